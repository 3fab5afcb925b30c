package shell

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/uitest"
)

func TestShell_TheFirstStartMakesTheOwner(t *testing.T) {
	s := openEmpty(t)
	s.shell.Start()
	require.Equal(t, "firstrun.shop", s.Last())
	s.Fine()
	uitest.Type(s.Window, "Лавка")
	uitest.Press(s.Window, keys.Enter)
	require.Equal(t, "firstrun", s.Last())
	s.Fine()
	uitest.Type(s.Window, "Анна")
	uitest.Press(s.Window, keys.Enter)
	uitest.Type(s.Window, "507316")
	uitest.Press(s.Window, keys.Enter)
	uitest.Type(s.Window, "507316")
	uitest.Press(s.Window, keys.Enter)
	require.Equal(t, "recovery.code", s.Last(), "the owner's way in without the keys comes before anything else")
	uitest.Press(s.Window, keys.Enter)
	require.Equal(t, "recovery.code", s.Last(), "and is not passed over in haste")
	for _, text := range uitest.Texts(s.Window) {
		if part := strings.Split(text, "-"); len(part) == 5 && len(text) == 29 {
			uitest.Type(s.Window, part[4])
		}
	}
	uitest.Press(s.Window, keys.Enter)
	require.Equal(t, "firstrun.goods", s.Last(), "nothing here prints, so no printer is asked for")
	uitest.Press(s.Window, keys.Esc)
	assert.Equal(t, "Лавка", s.Settings.Shop)
	assert.Equal(t, "shift.open", s.Last(), "no shift is open, so one is offered")
	assert.True(t, uitest.HasText(s.Window, "Анна"))
}

func TestShell_SellsByKeysAlone(t *testing.T) {
	s := selling(t, pos.GroupCashier)
	s.Scan(0)
	s.Scan(1)
	assert.Equal(t, "136.40", s.Facts["sale"]["total"])
	s.Fine()
	uitest.Press(s.Window, keys.Enter)
	require.Equal(t, "payment", s.Last())
	uitest.Type(s.Window, "200")
	uitest.Press(s.Window, keys.Enter)
	assert.Equal(t, "63.60", s.Facts["payment"]["change"])
	uitest.Press(s.Window, keys.Enter)
	require.Equal(t, "63.60", s.Facts["receipt"]["change"])
	s.Fine()
	uitest.Press(s.Window, keys.Enter)
	assert.Equal(t, "0.00", s.Facts["sale"]["total"], "the next cheque is empty")
	sales, err := s.Till.Sales(context.Background(), s.Env.Actor, 0, 10)
	require.NoError(t, err)
	require.Len(t, sales, 1)
	assert.Equal(t, "136.40", sales[0].Total.String())
}

func TestShell_YesterdaysShiftIsOfferedForClosing(t *testing.T) {
	s := selling(t, pos.GroupCashier)
	s.shell.End()
	require.Equal(t, 1, s.quits)
	s.Clock.Advance(24 * time.Hour)
	s.open()
	s.shell.Start()
	assert.Contains(t, s.Facts["login"]["notice"], "не закрыта")
	s.login(pos.GroupCashier)
	assert.Equal(t, "shift.close", s.Last())
}

func TestShell_ACrashIsToldAndNothingIsLost(t *testing.T) {
	s := selling(t, pos.GroupCashier)
	s.Scan(0)
	s.open() // nobody ended the till
	s.shell.Start()
	assert.Contains(t, s.Facts["login"]["notice"], "аварийно")
	assert.Contains(t, s.Facts["login"]["notice"], "чек тоже сохранён")
	s.login(pos.GroupCashier)
	assert.Equal(t, "89.90", s.Facts["sale"]["total"])
}

func TestShell_Lock(t *testing.T) {
	t.Run("by key, and the cheque waits", func(t *testing.T) {
		s := selling(t, pos.GroupCashier)
		s.Scan(0)
		uitest.Press(s.Window, "Ctrl+L")
		require.Equal(t, "login", s.Last())
		assert.Empty(t, s.Env.Actor.ID)
		s.Fine()
		s.Scan(1)
		uitest.Press(s.Window, "F9", "F10", "F12")
		assert.Equal(t, "login", s.Last(), "no key works behind the lock")
		s.login(pos.GroupSeniorCashier)
		assert.Equal(t, "89.90", s.Facts["sale"]["total"])
	})
	t.Run("by itself, dialogs included", func(t *testing.T) {
		s := selling(t, pos.GroupCashier)
		uitest.Press(s.Window, "F7")
		require.Equal(t, "cash", s.Last())
		s.Clock.Advance(9 * time.Minute)
		require.Equal(t, "cash", s.Last())
		s.Clock.Advance(time.Minute + time.Second)
		assert.Equal(t, "login", s.Last())
		assert.False(t, uitest.HasText(s.Window, "Деньги в ящике"))
	})
	t.Run("by key over a dialog", func(t *testing.T) {
		s := selling(t, pos.GroupCashier)
		s.Scan(0)
		uitest.Press(s.Window, "F9")
		require.Equal(t, "payment", s.Last())
		uitest.Press(s.Window, "Ctrl+L")
		assert.Equal(t, "login", s.Last())
		assert.False(t, uitest.HasText(s.Window, "Внесено"))
	})
	t.Run("while an answer is on its way", func(t *testing.T) {
		s := selling(t, pos.GroupCashier)
		late := &task.Queue{}
		s.Env.Runner = late
		s.shell.onCustomer(pos.CustomerState{})
		s.shell.refreshBar(s.shell.offerShift)
		s.Env.Runner = task.Inline{}
		uitest.Press(s.Window, "Ctrl+L")
		require.Equal(t, 2, late.Len())
		late.Finish(0)
		late.Finish(0)
		assert.Equal(t, "login", s.Last(), "nothing opens over the lock")
	})
	t.Run("not while somebody works", func(t *testing.T) {
		s := selling(t, pos.GroupCashier)
		s.Clock.Advance(9 * time.Minute)
		s.Scan(0)
		s.Clock.Advance(9 * time.Minute)
		assert.Equal(t, "sale", s.Last())
	})
}

func TestShell_Menu(t *testing.T) {
	t.Run("a digit opens what stands there", func(t *testing.T) {
		for place, want := range map[string]string{"goods": "goods", "customers": "customer.find", "people": "people", "reports": "figures",
			"receipts": "receipts", "selfcheck": "selfcheck", "backup": "backup", "keymap": "keymap", "lock": "login"} {
			s := selling(t, pos.GroupOwner)
			uitest.Press(s.Window, "F10")
			require.Equal(t, "menu", s.Last())
			s.Fine()
			uitest.Press(s.Window, MenuKey(place))
			assert.Equal(t, want, s.Last())
			s.Fine()
		}
	})
	t.Run("a refusal names the right and leaves the menu", func(t *testing.T) {
		s := selling(t, pos.GroupCashier)
		uitest.Press(s.Window, "F10", "1")
		assert.Equal(t, string(pos.CodeForbidden), s.Facts["menu"]["error"])
		assert.True(t, uitest.HasText(s.Window, "Нужно право «Настройки»"), uitest.Texts(s.Window))
		s.Fine()
		uitest.Press(s.Window, keys.Esc)
		s.Scan(0)
		assert.Equal(t, "89.90", s.Facts["sale"]["total"])
	})
	t.Run("arrows and Enter do as well", func(t *testing.T) {
		s := selling(t, pos.GroupOwner)
		uitest.Press(s.Window, "F10", keys.Tab, keys.Tab, keys.Enter)
		assert.Equal(t, "certificates", s.Last())
	})
}

func TestShell_KeysOverlayShowsTheLiveMap(t *testing.T) {
	s := selling(t, pos.GroupCashier)
	require.NoError(t, s.Keys.Remap("sale.pay", "Ctrl+J"))
	uitest.Press(s.Window, "F1")
	require.Equal(t, "keys", s.Last())
	assert.True(t, uitest.HasText(s.Window, "Ctrl+J"))
	s.Fine()
	uitest.Press(s.Window, "F1")
	s.Scan(0)
	assert.Equal(t, "1", s.Facts["sale"]["lines"], "the same key puts it away")
}

// The list of a dialog's keys has none that does nothing at the moment: before anything
// is paid there is nothing to take off.
func TestShell_KeysOfADialogAreThoseThatWork(t *testing.T) {
	s := selling(t, pos.GroupSeniorCashier)
	s.Scan(0)
	uitest.Press(s.Window, "F9", "Ctrl+F1")
	require.Equal(t, "keys", s.Last())
	assert.False(t, uitest.HasText(s.Window, "Убрать оплату"), "%q", uitest.Texts(s.Window))
	assert.True(t, uitest.HasText(s.Window, "Картой без сдачи"))
	uitest.Press(s.Window, keys.Esc)
	uitest.Type(s.Window, "10")
	uitest.Press(s.Window, keys.Enter, "Ctrl+F1")
	require.Equal(t, "keys", s.Last())
	assert.True(t, uitest.HasText(s.Window, "Убрать оплату"), "%q", uitest.Texts(s.Window))
}

func TestShell_Quit(t *testing.T) {
	t.Run("an empty cheque asks nothing", func(t *testing.T) {
		s := selling(t, pos.GroupCashier)
		s.shell.Quit()
		assert.Equal(t, 1, s.quits)
	})
	t.Run("an open one may be kept", func(t *testing.T) {
		s := selling(t, pos.GroupCashier)
		s.Scan(0)
		s.shell.Quit()
		require.Equal(t, "quit", s.Last())
		s.Fine()
		uitest.Press(s.Window, "F9")
		assert.Equal(t, 1, s.quits)
		start, err := s.Till.Begin(context.Background())
		require.NoError(t, err)
		assert.True(t, start.Orderly)
		assert.True(t, start.OpenCheque)
	})
	t.Run("the Enter that follows stays", func(t *testing.T) {
		s := selling(t, pos.GroupCashier)
		s.Scan(0)
		s.shell.Quit()
		s.shell.Quit()
		uitest.Mash(s.Window, keys.Enter, 4, 100*time.Millisecond)
		require.Equal(t, "quit", s.Last(), "an Enter that nobody meant does nothing")
		s.Clock.Advance(time.Second)
		uitest.Press(s.Window, keys.Enter)
		assert.Zero(t, s.quits)
		require.Equal(t, "1", s.Facts["sale"]["lines"])
		s.Scan(1)
		assert.Equal(t, "2", s.Facts["sale"]["lines"], "one window was there to be closed")
	})
	t.Run("or parked", func(t *testing.T) {
		s := selling(t, pos.GroupCashier)
		s.Scan(0)
		s.shell.Quit()
		uitest.Press(s.Window, "F4")
		assert.Equal(t, 1, s.quits)
		parked, err := s.Till.Parked(context.Background())
		require.NoError(t, err)
		assert.Len(t, parked, 1)
	})
	t.Run("or gone on with", func(t *testing.T) {
		s := selling(t, pos.GroupCashier)
		s.Scan(0)
		s.shell.Quit()
		uitest.Press(s.Window, keys.Esc)
		assert.Zero(t, s.quits)
		s.Scan(1)
		assert.Equal(t, "2", s.Facts["sale"]["lines"])
	})
	t.Run("once only", func(t *testing.T) {
		s := selling(t, pos.GroupCashier)
		s.shell.Quit()
		s.shell.Quit()
		s.shell.End()
		assert.Equal(t, 1, s.quits)
	})
	t.Run("nobody is asked behind the lock", func(t *testing.T) {
		s := selling(t, pos.GroupCashier)
		s.Scan(0)
		uitest.Press(s.Window, "Ctrl+L")
		s.shell.Quit()
		assert.Equal(t, 1, s.quits)
	})
}

func TestShell_TheBarTellsWhoWorks(t *testing.T) {
	s := selling(t, pos.GroupCashier)
	assert.True(t, uitest.HasText(s.Window, "Смена 1 · Ирина Котова"))
	assert.True(t, uitest.HasText(s.Window, "12:01"))
	s.Clock.Advance(time.Minute)
	assert.True(t, uitest.HasText(s.Window, "12:02"))
	uitest.Press(s.Window, "Ctrl+L")
	assert.True(t, uitest.HasText(s.Window, "заблокировано"))
}
