package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/ui/keys"
	"kassa/ui/uitest"
)

// left is what a window still holds.
type left struct {
	Scopes   []string // of the key router
	Overlays int      // that lie over the screen
	Timers   int      // that will still call somebody
}

// locked locks the till, wherever it stands, and tells what is left once every
// toast has gone and every mark has come to rest. known is false for a till that
// cannot be locked, since nobody has logged in.
func (b *book) locked() (l left, known bool) {
	if b.seen == "login" {
		return l, false
	}
	b.press("Ctrl+L")
	if b.seen != "login" {
		return l, false
	}
	b.wait(20 * time.Second)
	return left{Scopes: b.Keys.Stack(), Overlays: len(b.Fyne.Canvas().Overlays().List()), Timers: b.Clock.Waiting()}, true
}

// TestStories_LeaveNothingBehind closes every dialog there is, by Esc or by locking
// the till over it, and looks for what outlived it: a scope that would take keys
// meant for others, a timer that goes on all day.
func TestStories_LeaveNothingBehind(t *testing.T) {
	shelf := lent(t)
	var want left
	func() {
		b, err := shelf.open(story{name: "nothing"}, uitest.Usual, "ru")
		require.NoError(t, err)
		defer b.Close()
		var known bool
		want, known = b.senior().locked()
		require.True(t, known)
		require.Zero(t, want.Overlays)
	}()
	told, closed := 0, 0
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			told++
			b, err := shelf.open(s, uitest.Usual, "ru")
			require.NoError(t, err)
			defer b.Close()
			require.NoError(t, b.tell())
			if told%2 == 0 {
				b.press(keys.Esc, keys.Esc)
			}
			if got, known := b.locked(); known {
				closed++
				want := want
				if strings.HasPrefix(s.name, "display") {
					want.Timers++ // the customer's display goes on
				}
				assert.Equal(t, want, got)
			}
		})
	}
	assert.Greater(t, closed, told/2, "few stories are of tills that cannot be locked")
}
