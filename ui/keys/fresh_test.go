package keys_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"kassa/ui/keys"
)

// asking is a window in which Enter answers, opened just now by another Enter.
func asking() (*desk, func()) {
	d := newDesk()
	d.Push("sale").BindKey(keys.Enter, func() {
		d.PushModal("payment").BindKey(keys.Enter, d.note("sold"))
	})
	enter := func() {
		ev := &fyne.KeyEvent{Name: fyne.KeyReturn}
		d.KeyDown(ev)
		d.key(fyne.KeyReturn, nil)
		d.KeyUp(ev)
	}
	d.now = d.now.Add(time.Second)
	enter()
	return d, enter
}

func TestFresh_EnterMashedAnswersNothing(t *testing.T) {
	for _, gap := range []time.Duration{20 * time.Millisecond, 150 * time.Millisecond, 399 * time.Millisecond} {
		d, enter := asking()
		for range 20 {
			d.now = d.now.Add(gap)
			enter()
		}
		require.Empty(t, d.log, gap)
		d.now = d.now.Add(400 * time.Millisecond)
		enter()
		require.Equal(t, []string{"sold"}, d.log, "a fresh press after %s", gap)
	}
}

func TestFresh_EnterHeldAnswersNothing(t *testing.T) {
	d := newDesk()
	s := d.Push("sale")
	ev := &fyne.KeyEvent{Name: fyne.KeyReturn}
	f := &field{d: d, refuses: true}
	opened := false
	s.BindKey(keys.Enter, func() {
		opened = true
		d.PushModal("payment") // its field serves Enter itself
	})
	d.now = d.now.Add(time.Second)
	d.KeyDown(ev)
	d.TypedKey(ev, nil)
	require.True(t, opened)
	for range 100 {
		d.now = d.now.Add(33 * time.Millisecond)
		require.True(t, d.key(fyne.KeyReturn, f), "a repetition, long after the window opened")
	}
	d.now = d.now.Add(time.Second)
	require.True(t, d.key(fyne.KeyReturn, f), "held still, with a pause in between")
	d.KeyUp(ev)
	d.now = d.now.Add(400 * time.Millisecond)
	d.KeyDown(ev)
	require.False(t, d.key(fyne.KeyReturn, f), "a fresh press")
}

func TestFresh_AnotherKeyShowsThatItWasSeen(t *testing.T) {
	d, enter := asking()
	f := &field{d: d, refuses: true}
	d.now = d.now.Add(100 * time.Millisecond)
	f.typed("5", 60*time.Millisecond)
	d.now = d.now.Add(60 * time.Millisecond)
	enter()
	require.Equal(t, []string{"sold"}, d.log)
}

// What was pressed before the window was there answers nothing, however late it is
// handled; and a stall does not make a press count for nothing for ever.
func TestFresh_CountsFromTheTimeOfThePress(t *testing.T) {
	d, _ := asking()
	opened := d.now
	pressed := opened
	d.SetPressed(func(*fyne.KeyEvent) (time.Time, bool) { return pressed, true })
	for _, tt := range []struct {
		after time.Duration
		sold  bool
	}{{-time.Second, false}, {100 * time.Millisecond, false}, {600 * time.Millisecond, true}} {
		pressed, d.now = opened.Add(tt.after), opened.Add(3*time.Second)
		d.key(fyne.KeyReturn, nil)
		require.Equal(t, tt.sold, len(d.log) == 1, tt.after)
	}
}
