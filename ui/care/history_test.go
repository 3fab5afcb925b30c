package care

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/ui/keys"
	"kassa/ui/uitest"
)

// past is a history that lacks something until somebody decides.
type past struct {
	gap  *history.Gap
	err  error
	who  pos.Actor
	went int
}

func (p *past) Missing() *history.Gap { return p.gap }

func (p *past) GoOn(_ context.Context, a pos.Actor) (string, error) {
	p.who, p.went = a, p.went+1
	if p.err != nil {
		return "", p.err
	}
	p.gap = nil
	return "/дом/aside-1", nil
}

func behind() *past {
	return &past{gap: &history.Gap{
		Known: history.Witness{Where: "/ключи/witness-1", Standing: history.Standing{Epoch: 1, Entries: 30, Events: 90, Sale: 124}},
		Now:   history.Standing{Epoch: 1, Entries: 23, Events: 70, Sale: 117},
	}}
}

func TestMissing(t *testing.T) {
	t.Run("names what is gone and goes on only when asked twice", func(t *testing.T) {
		s, p, closed := open(t).login(pos.GroupOwner), behind(), 0
		Missing(s.Env, newShelf(), p, func(decided bool) {
			closed++
			assert.True(t, decided)
		})
		s.Shows("history", "step", "ask")
		assert.True(t, uitest.HasText(s.Window, "118–124"))
		assert.True(t, uitest.HasText(s.Window, "24–30"))
		uitest.Press(s.Window, "F9")
		s.Shows("history", "step", "sure")
		assert.Zero(t, p.went)
		uitest.Press(s.Window, "F9")
		s.Shows("history", "step", "done", "error", "")
		assert.Equal(t, 1, p.went)
		assert.Equal(t, s.Env.Actor.ID, p.who.ID)
		assert.True(t, uitest.HasText(s.Window, "/дом/aside-1"))
		s.Fine()
		uitest.Press(s.Window, keys.Esc)
		assert.Equal(t, 1, closed)
	})
	t.Run("lets one look, and restore instead", func(t *testing.T) {
		s, p, decided := open(t).login(pos.GroupOwner), behind(), true
		Missing(s.Env, newShelf(), p, func(d bool) { decided = d })
		uitest.Press(s.Window, "F8")
		s.Shows("backup", "found", "1")
		uitest.Press(s.Window, keys.Esc)
		s.Shows("history", "step", "ask")
		uitest.Press(s.Window, keys.Esc)
		assert.False(t, decided)
		assert.Zero(t, p.went)
	})
	t.Run("asks a cashier nothing but to call the owner", func(t *testing.T) {
		s, p := open(t).login(pos.GroupCashier), behind()
		Missing(s.Env, newShelf(), p, func(bool) {})
		uitest.Press(s.Window, "F9")
		uitest.Press(s.Window, "F9")
		assert.Zero(t, p.went)
		assert.True(t, uitest.HasText(s.Window, "Позовите владельца"))
		s.Fine()
	})
	t.Run("says why it could not, and stays", func(t *testing.T) {
		s, p := open(t).login(pos.GroupOwner), behind()
		p.err = pos.E(pos.CodeUnavailable, "storage.full", pos.Args{"Path": "/дом"})
		Missing(s.Env, newShelf(), p, func(bool) {})
		uitest.Press(s.Window, "F9")
		uitest.Press(s.Window, "F9")
		s.Shows("history", "error", "unavailable")
	})
}
