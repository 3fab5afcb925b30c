package login

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/uitest"
)

func TestLockedUntil(t *testing.T) {
	at := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	assert.Equal(t, at, lockedUntil(pos.E(pos.CodeWait, "login.locked", pos.Args{"Until": at})))
	assert.True(t, lockedUntil(pos.E(pos.CodeForbidden, "login.wrong", nil)).IsZero())
	assert.True(t, lockedUntil(nil).IsZero())
}

// lock shows the lock screen; in are the people it let in.
func (s *shop) lock(notice string, demo []DemoPIN) (screen *Screen, in *[]pos.Actor) {
	in = &[]pos.Actor{}
	screen = New(s.Env, "Магазин у дома · касса 1", notice, demo, func(a pos.Actor) { *in = append(*in, a) })
	s.Show(screen.Content())
	screen.Activate()
	return screen, in
}

func (s *shop) pin(g pos.GroupID) string {
	for _, e := range s.Demo.Employees {
		if e.Group == g {
			return e.PIN
		}
	}
	s.T.Fatal("nobody is in that group")
	return ""
}

// wrong is a PIN nobody has.
func (s *shop) wrong() string {
	for _, pin := range []string{"909091", "909092", "909093", "909094"} {
		free := true
		for _, e := range s.Demo.Employees {
			free = free && e.PIN != pin
		}
		if free {
			return pin
		}
	}
	return ""
}

func TestScreen_LetsInByPIN(t *testing.T) {
	s := open(t)
	_, in := s.lock("", nil)
	s.Fine()
	pin := s.pin(pos.GroupCashier)
	uitest.Type(s.Window, pin)
	assert.False(t, uitest.HasText(s.Window, pin), "nobody reads a PIN over a shoulder")
	uitest.Press(s.Window, keys.Enter)
	require.Len(t, *in, 1)
	assert.Equal(t, "Ирина Котова", (*in)[0].Name)
}

func TestScreen_WrongPIN(t *testing.T) {
	s := open(t)
	_, in := s.lock("", nil)
	uitest.Press(s.Window, keys.Enter)
	assert.Empty(t, s.Facts["login"]["error"], "nothing typed is no try")
	uitest.Type(s.Window, s.wrong())
	uitest.Press(s.Window, keys.Enter)
	assert.Empty(t, *in)
	assert.NotEmpty(t, s.Facts["login"]["error"])
	assert.True(t, uitest.HasText(s.Window, "не подошёл"))
	s.Fine()
	uitest.Type(s.Window, s.pin(pos.GroupOwner))
	assert.False(t, uitest.HasText(s.Window, "не подошёл"), "the refusal goes with the next digit")
	uitest.Press(s.Window, keys.Enter)
	assert.Len(t, *in, 1, "what was typed wrong is gone")
}

func TestScreen_TooManyWrongPINs(t *testing.T) {
	s := open(t)
	_, in := s.lock("", nil)
	for range pos.PINTries {
		uitest.Type(s.Window, s.wrong())
		uitest.Press(s.Window, keys.Enter)
	}
	assert.Equal(t, string(pos.CodeWait), s.Facts["login"]["error"])
	require.True(t, uitest.HasText(s.Window, "Вход откроется через 15:00"), uitest.Texts(s.Window))
	s.Clock.Advance(2 * time.Second)
	require.True(t, uitest.HasText(s.Window, "через 14:58"), uitest.Texts(s.Window))
	s.Fine()

	uitest.Type(s.Window, s.pin(pos.GroupOwner))
	uitest.Press(s.Window, keys.Enter)
	assert.Empty(t, *in, "the right PIN waits too")

	s.Clock.Advance(pos.PINLock)
	assert.False(t, uitest.HasText(s.Window, "Вход откроется"))
	uitest.Type(s.Window, s.pin(pos.GroupOwner))
	uitest.Press(s.Window, keys.Enter)
	assert.Len(t, *in, 1)
}

func TestScreen_ALockOutlivesTheScreen(t *testing.T) {
	s := open(t)
	first, _ := s.lock("", nil)
	for range pos.PINTries {
		uitest.Type(s.Window, s.wrong())
		uitest.Press(s.Window, keys.Enter)
	}
	first.Deactivate()
	_, in := s.lock("", nil)
	uitest.Type(s.Window, s.pin(pos.GroupOwner))
	uitest.Press(s.Window, keys.Enter)
	assert.Empty(t, *in)
	assert.Equal(t, string(pos.CodeWait), s.Facts["login"]["error"])
}

func TestScreen_ADemoOffersItsPeople(t *testing.T) {
	s := open(t)
	demo := []DemoPIN{
		{Name: "Ольга Волкова", Group: "Владелец", PIN: s.pin(pos.GroupOwner)},
		{Name: "Ирина Котова", Group: "Кассир", PIN: s.pin(pos.GroupCashier)},
	}
	_, in := s.lock("В прошлый раз касса закрылась аварийно.", demo)
	assert.True(t, uitest.HasText(s.Window, "аварийно"))
	assert.True(t, uitest.HasText(s.Window, demo[1].PIN))
	s.Fine()
	uitest.Press(s.Window, "F2")
	require.Len(t, *in, 1)
	assert.Equal(t, "Ирина Котова", (*in)[0].Name)
	uitest.TapText(s.Window, "Ольга Волкова · Владелец")
	require.Len(t, *in, 2)
	assert.Equal(t, "Ольга Волкова", (*in)[1].Name)
}

// TestScreen_OnePINAtATime presses Enter again while the till compares.
func TestScreen_OnePINAtATime(t *testing.T) {
	s := open(t)
	q := &task.Queue{}
	s.Env.Runner = q
	_, in := s.lock("", nil)
	uitest.Type(s.Window, s.pin(pos.GroupOwner))
	uitest.Press(s.Window, keys.Enter, keys.Enter)
	require.Equal(t, 1, q.Len())
	q.Finish(0)
	assert.Len(t, *in, 1)
}

func TestScreen_AScanIsNoPIN(t *testing.T) {
	s := open(t)
	_, in := s.lock("", nil)
	uitest.Scan(s.Window, "4600000000015")
	assert.Empty(t, *in)
	assert.Empty(t, s.Facts["login"]["error"], "a scan is no wrong PIN either")
}

// TestScreen_ThePadStays: a till without a keyboard is entered at any scale, with a
// sentence and a refusal in sight and a demo's people beside.
func TestScreen_ThePadStays(t *testing.T) {
	usual := fyne.NewSize(1366, 768-26) // under the bar
	for _, look := range []struct {
		size  fyne.Size
		scale float32
	}{{usual, 0.8}, {usual, 1}, {usual, 1.1}, {usual, 1.25}, {usual, 1.4}, {usual, 1.6}, {fyne.NewSize(1024, 768-26), 1.25}} {
		for _, people := range []int{0, 3} {
			t.Run(fmt.Sprint(look.size.Width, look.scale, people), func(t *testing.T) {
				s := open(t)
				s.SetTheme(theme.New(theme.Light, look.scale))
				s.Resize(look.size)
				demo := []DemoPIN{{Name: "Ольга Волкова", Group: "Владелец", PIN: "1111"}, {Name: "Ирина Котова", Group: "Кассир", PIN: "2222"}, {Name: "Пётр Лис", Group: "Старший", PIN: "3333"}}
				_, in := s.lock("В прошлый раз касса закрылась аварийно.", demo[:people])
				uitest.Type(s.Window, s.wrong())
				uitest.Press(s.Window, keys.Enter)
				require.True(t, uitest.HasText(s.Window, "не подошёл"))
				s.Fine()
				for _, digit := range s.pin(pos.GroupCashier) {
					uitest.TapText(s.Window, string(digit))
				}
				s.Fine()
				uitest.Press(s.Window, keys.Enter)
				require.Len(t, *in, 1)
			})
		}
	}
}

// TestScreen_TellsItsKeys: F1 works before anybody is logged in; where a demo's first
// person has it, Ctrl+F1 does.
func TestScreen_TellsItsKeys(t *testing.T) {
	for key, demo := range map[keys.Key][]DemoPIN{"F1": nil, "Ctrl+F1": {{Name: "Ольга Волкова", Group: "Владелец", PIN: "1111"}}} {
		s := open(t)
		told := 0
		s.Kit.OnKeys = func() { told++ }
		s.lock("", demo)
		uitest.Press(s.Window, key)
		require.Equal(t, 1, told, key)
	}
}
