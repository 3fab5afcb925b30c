package rescue

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/recovery"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/uitest"
)

var gone = pos.E(pos.CodeConflict, "shop.gone", pos.Args{"Dir": "/дом", "Path": "/дом/kassa.db", "Copy": "/копии/kassa-1.db"})

func TestScreen_RestoresTheNewestCopyByKeys(t *testing.T) {
	s := open(t)
	f := s.show(gone)
	s.Shows("rescue", "error", "shop.gone")
	s.Fine()
	uitest.Press(s.Window, "F5")
	s.Shows("backup.restore", "step", "ask")
	s.Fine()
	uitest.Press(s.Window, keys.Enter)
	s.Shows("backup.restore", "step", "planned", "error", "")
	assert.Equal(t, "/копии/kassa-1.db", f.file)
	assert.Equal(t, till.System().ID, f.who.ID)
	assert.True(t, uitest.HasText(s.Window, "не с чем"), "nothing is said to be in the copy that nobody could compare")
	s.Fine()
	uitest.Press(s.Window, "F9")
	s.Shows("backup.restore", "step", "done", "error", "")
	uitest.Press(s.Window, keys.Enter)
	assert.Equal(t, 1, f.restarts)
}

func TestScreen_AnotherCopyAndTheWayOut(t *testing.T) {
	s := open(t)
	f := s.show(gone)
	uitest.Press(s.Window, "F6")
	uitest.Type(s.Window, "/media/STICK/kassa-2.db")
	uitest.Press(s.Window, keys.Enter)
	assert.Equal(t, "/media/STICK/kassa-2.db", f.file)
	uitest.Press(s.Window, keys.Esc)
	s.Shows("rescue", "error", "shop.gone")
	uitest.Press(s.Window, "F7")
	s.Shows("rescue", "error", "shop.gone")
	assert.False(t, uitest.HasText(s.Window, "Ввести код"), "the keys are not what is wrong")
	uitest.Press(s.Window, keys.Esc)
	assert.Equal(t, 1, f.quits)
}

// TestScreen_ANewShopTakesAWord presses every key somebody in a hurry would.
func TestScreen_ANewShopTakesAWord(t *testing.T) {
	s := open(t)
	f := s.show(gone)
	uitest.Press(s.Window, "F8", keys.Enter, keys.Enter)
	s.Shows("rescue.anew", "error", "word")
	s.Fine()
	uitest.Type(s.Window, "да")
	uitest.Press(s.Window, keys.Enter)
	assert.Zero(t, f.anew)
	uitest.Press(s.Window, keys.Backspace, keys.Backspace)
	uitest.Type(s.Window, "Новый")
	f.err = pos.E(pos.CodeUnavailable, "storage.running", pos.Args{"Dir": "/дом"})
	uitest.Press(s.Window, keys.Enter)
	s.Shows("rescue.anew", "error", "unavailable")
	assert.Zero(t, f.restarts)
	f.err = nil
	uitest.Press(s.Window, keys.Enter)
	assert.Equal(t, 2, f.anew)
	assert.Equal(t, 1, f.restarts)
}

func TestScreen_TheRecoveryCodeLetsIn(t *testing.T) {
	s := open(t)
	f := s.show(pos.E(pos.CodeUnavailable, "secret.pepper-lost", nil))
	s.Fine()
	right, err := recovery.New()
	require.NoError(t, err)
	uitest.Press(s.Window, "F7")
	s.Shows("recovery.enter")
	s.Fine()
	uitest.Type(s.Window, "AC3DE")
	uitest.Press(s.Window, keys.Enter)
	uitest.Type(s.Window, "720541")
	uitest.Press(s.Window, keys.Enter)
	uitest.Type(s.Window, "720541")
	uitest.Press(s.Window, keys.Enter)
	s.Shows("recovery.enter", "error", "invalid")
	assert.True(t, f.code.Empty(), "a slip is no try")
	s.Fine()
	for range 5 {
		uitest.Press(s.Window, keys.Backspace)
	}
	uitest.Type(s.Window, strings.ToLower(recovery.Show(right)))
	uitest.Press(s.Window, keys.Enter, keys.Enter, keys.Enter)
	assert.Equal(t, "720541", f.pin)
	read, err := recovery.Parse(f.code)
	require.NoError(t, err)
	assert.Equal(t, right.Reveal(), read.Reveal())
	s.Shows("recovery.code")
	assert.True(t, uitest.HasText(s.Window, "N3X10"), "the next code is told")
	uitest.Press(s.Window, keys.Enter, keys.Esc)
	assert.Zero(t, f.restarts)
	uitest.Type(s.Window, "N3X10")
	uitest.Press(s.Window, keys.Enter)
	assert.Equal(t, 1, f.restarts)
}

func TestShowCode_IsNotPassedOverInHaste(t *testing.T) {
	s := open(t)
	s.Login(pos.GroupOwner)
	code, err := s.Till.NewRecovery(context.Background(), s.Env.Actor)
	require.NoError(t, err)
	done := 0
	ShowCode(s.Env, "Лавка", code, func() { done++ })
	s.Fine()
	uitest.Press(s.Window, keys.Enter, keys.Enter, keys.Esc)
	uitest.Scan(s.Window, "4600000000015")
	assert.Zero(t, done)
	s.Shows("recovery.code", "haste", "yes")
	assert.True(t, uitest.HasText(s.Window, recovery.Show(code)))
	s.Fine()
	written := strings.Split(recovery.Show(code), "-")
	uitest.Type(s.Window, written[3])
	uitest.Press(s.Window, keys.Enter)
	assert.Zero(t, done, "the last group is asked for")
	for range written[3] {
		uitest.Press(s.Window, keys.Backspace)
	}
	uitest.Type(s.Window, strings.ToLower(written[4]))
	uitest.Press(s.Window, keys.Enter)
	assert.Equal(t, 1, done)
}

func TestShowCode_OnPaperAndNowhereElse(t *testing.T) {
	s := open(t)
	s.Login(pos.GroupOwner)
	p := s.Printer()
	code, err := s.Till.NewRecovery(context.Background(), s.Env.Actor)
	require.NoError(t, err)
	ShowCode(s.Env, "Лавка", code, func() {})
	uitest.Press(s.Window, "Ctrl+P")
	s.Shows("recovery.printed", "error", "")
	slip := s.Slips(p, 1)[0].Text()
	for _, part := range strings.Split(recovery.Show(code), "-") {
		assert.Contains(t, slip, part)
	}
	jobs, err := s.Till.Prints(context.Background(), false, 10)
	require.NoError(t, err)
	assert.Empty(t, jobs, "the list of slips keeps what they say")
	uitest.Press(s.Window, "Ctrl+E")
	s.Shows("savepdf")
}

func TestAskCode(t *testing.T) {
	s := open(t)
	s.Login(pos.GroupOwner)
	ask := func(g pos.GroupID) {
		AskCode(s.Env, func() {})
		uitest.Type(s.Window, s.Employee(g).PIN)
		uitest.Press(s.Window, keys.Enter)
	}
	ask(pos.GroupCashier)
	s.Shows("recovery.ask", "error", "forbidden")
	s.Fine()
	uitest.Press(s.Window, keys.Esc)
	ask(pos.GroupOwner)
	s.Shows("recovery.code")
	at, err := s.Till.RecoveryMade(context.Background())
	require.NoError(t, err)
	assert.False(t, at.IsZero())
}
