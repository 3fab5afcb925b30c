package care

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/uitest"
)

// shelf is the data behind the windows, as the test says.
type shelf struct {
	folders  []pos.CopyFolder
	err      error // of making
	plan     till.RestorePlan
	planErr  error
	key      hidden.Text
	who      pos.Actor
	file     string
	placed   int
	restarts int
}

func (f *shelf) Copies(context.Context, pos.Actor) ([]pos.CopyFolder, error) { return f.folders, nil }

func (f *shelf) MakeCopies(context.Context, pos.Actor) ([]pos.CopyResult, error) {
	if f.err != nil {
		return nil, f.err
	}
	return []pos.CopyResult{{Folder: "/копии", Copy: &pos.Copy{Path: "/копии/kassa-1.db"}}}, nil
}

func (f *shelf) Plan(_ context.Context, a pos.Actor, file string, key hidden.Text) (*till.RestorePlan, error) {
	f.who, f.file, f.key = a, file, key
	if f.planErr != nil {
		return nil, f.planErr
	}
	return &f.plan, nil
}

func (f *shelf) Place(context.Context, pos.Actor) (string, error) {
	f.placed++
	return "/дом/aside-1", nil
}

func (f *shelf) Drop() {}

func (f *shelf) Restart() { f.restarts++ }

// newShelf has one copy and a plan in which two sales are lost.
func newShelf() *shelf {
	at := time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)
	return &shelf{
		folders: []pos.CopyFolder{{Folder: "/копии", Own: true, Copies: []pos.Copy{{Path: "/копии/kassa-0.db", At: at, Bytes: 3 << 20, Verified: true, Holds: &pos.CopyContents{Sales: 7}}}}},
		plan: till.RestorePlan{Holds: pos.CopyContents{Shop: "Лавка", Till: "1", Sales: 7, LastSale: 7, LastSaleAt: at},
			Lost: till.SalesAfter{Count: 2, Sum: money.Amount(5000)}},
	}
}

func TestCopies(t *testing.T) {
	t.Run("are listed and made by one key", func(t *testing.T) {
		s, f, closed := open(t).login(pos.GroupOwner), newShelf(), 0
		Copies(s.Env, f, func() { closed++ })
		s.Shows("backup", "found", "1", "error", "")
		assert.True(t, uitest.HasText(s.Window, "3 МБ"))
		uitest.Press(s.Window, "F5")
		s.Shows("backup", "path", "/копии/kassa-1.db", "error", "")
		assert.True(t, uitest.HasText(s.Window, "/копии/kassa-1.db"))
		s.Fine()
		uitest.Press(s.Window, keys.Esc)
		assert.Equal(t, 1, closed)
	})
	t.Run("tell why there is none, and of a folder that is gone", func(t *testing.T) {
		s, f := open(t).login(pos.GroupOwner), newShelf()
		f.folders = append(f.folders, pos.CopyFolder{Folder: "/media/STICK", Err: pos.E(pos.CodeUnavailable, "backup.folder-missing", pos.Args{"Path": "/media/STICK"})})
		f.err = pos.E(pos.CodeUnavailable, "storage.full", pos.Args{"Path": "/копии"})
		Copies(s.Env, f, func() {})
		assert.True(t, uitest.HasText(s.Window, "подключите"))
		uitest.Press(s.Window, "F5")
		s.Shows("backup", "error", "unavailable")
		assert.True(t, uitest.HasText(s.Window, "нет места"))
		s.Fine()
	})
}

func TestRestore(t *testing.T) {
	ask := func(t *testing.T) (*shop, *shelf) {
		s, f := open(t).login(pos.GroupCashier), newShelf()
		Copies(s.Env, f, func() {})
		uitest.Press(s.Window, "F8")
		s.Shows("backup.restore", "step", "ask")
		return s, f
	}
	pin := func(s *shop, g pos.GroupID) {
		uitest.Type(s.Window, s.Employee(g).PIN)
		uitest.Press(s.Window, keys.Enter)
	}
	t.Run("by keys alone: who types the PIN does it, and the till begins anew", func(t *testing.T) {
		s, f := ask(t)
		pin(s, pos.GroupOwner)
		s.Shows("backup.restore", "step", "planned", "error", "")
		assert.Equal(t, "/копии/kassa-0.db", f.file)
		assert.Equal(t, pos.GroupOwner, f.who.Group)
		assert.True(t, uitest.HasText(s.Window, "пробито 2 продажи"))
		s.Fine()
		uitest.Press(s.Window, "F9")
		s.Shows("backup.restore", "step", "done")
		assert.Equal(t, 1, f.placed)
		s.Fine()
		uitest.Press(s.Window, keys.Esc)
		assert.Equal(t, 1, f.restarts, "there is no way back to selling from the old data")
	})
	t.Run("a second Enter out of habit leaves, and restores nothing", func(t *testing.T) {
		s, f := ask(t)
		pin(s, pos.GroupOwner)
		uitest.Press(s.Window, keys.Enter)
		assert.Zero(t, f.placed)
		assert.False(t, uitest.HasText(s.Window, "PIN-код того, кто восстанавливает"))
		uitest.Press(s.Window, "F9")
		assert.Zero(t, f.placed)
	})
	t.Run("Enter in a field of a checked copy restores nothing either, and F9 only what was checked", func(t *testing.T) {
		s, f := ask(t)
		uitest.Press(s.Window, "F9")
		assert.Zero(t, f.placed, "nothing was checked yet")
		pin(s, pos.GroupOwner)
		uitest.Press(s.Window, "Shift+Tab", keys.Enter)
		s.Shows("backup.restore", "step", "planned")
		uitest.Type(s.Window, "1")
		assert.Zero(t, f.placed)
	})
	t.Run("a wrong PIN and a copy that cannot be opened change nothing", func(t *testing.T) {
		s, f := ask(t)
		uitest.Press(s.Window, keys.Enter)
		s.Shows("backup.restore", "step", "ask", "error", "invalid")
		uitest.Type(s.Window, "000001")
		uitest.Press(s.Window, keys.Enter)
		s.Shows("backup.restore", "step", "ask", "error", "forbidden")
		assert.Empty(t, f.file)
		f.planErr = pos.E(pos.CodeInvalid, "backup.wrong-key", pos.Args{"Path": "/копии/kassa-0.db"})
		pin(s, pos.GroupOwner)
		s.Shows("backup.restore", "step", "ask", "error", "invalid")
		assert.True(t, uitest.HasText(s.Window, "не подходит"))
		assert.Zero(t, f.placed)
	})
	t.Run("a copy with faults is not restored", func(t *testing.T) {
		s, f := ask(t)
		f.plan.Problems = []till.Problem{{Invariant: "I12", ID: "check.audit-head", Args: pos.Args{"N": 3}}}
		pin(s, pos.GroupOwner)
		uitest.Press(s.Window, "F9")
		assert.Zero(t, f.placed)
		s.Fine()
	})
}
