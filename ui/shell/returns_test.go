package shell

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/uitest"
)

// sold is a shop in which three of the first goods were sold for cash.
func sold(t *testing.T, g pos.GroupID) (*shop, *pos.Sale) {
	t.Helper()
	s := selling(t, g)
	for range 3 {
		s.Scan(0)
	}
	uitest.Press(s.Window, "F9", keys.Enter, keys.Enter)
	require.Equal(t, "receipt", s.Last())
	uitest.Press(s.Window, keys.Enter)
	sale, err := s.Till.Sale(t.Context(), s.Env.Actor, "")
	require.NoError(t, err)
	return s, sale
}

// again starts the window anew over the same database, and logs the owner in.
func (s *shop) again() {
	s.T.Helper()
	s.shell.shown.Deactivate() // its keys go with the process
	s.open()
	s.shell.Start()
	s.login(pos.GroupOwner)
}

func TestShell_PgUpChangesTheMode(t *testing.T) {
	s, _ := sold(t, pos.GroupOwner)
	uitest.Press(s.Window, keys.PgUp)
	s.Shows("returns", "mode", "find", "found", "1")
	assert.True(t, uitest.HasText(s.Window, "ВОЗВРАТ"))
	s.Fine()
	uitest.Press(s.Window, keys.PgUp)
	s.Shows("sale")
	uitest.Press(s.Window, keys.PgUp, keys.Esc)
	s.Shows("sale")

	t.Run("not over goods that are rung up", func(t *testing.T) {
		s.Scan(0)
		uitest.Press(s.Window, keys.PgUp)
		s.Shows("sale", "lines", "1")
		assert.True(t, uitest.HasText(s.Window, "Сначала оплатите"), uitest.Texts(s.Window))
	})
}

func TestShell_OneReturnAfterTheOther(t *testing.T) {
	s, _ := sold(t, pos.GroupOwner)
	for _, n := range []string{"1", "2"} {
		uitest.Press(s.Window, keys.PgUp)
		s.Shows("returns", "mode", "find", "found", "1")
		uitest.Press(s.Window, keys.Enter, "+", "F9", "F2", keys.Enter)
		s.Clock.Advance(time.Second)
		uitest.Press(s.Window, keys.Enter)
		require.Equal(t, "return", s.Last(), uitest.Texts(s.Window))
		assert.True(t, uitest.HasText(s.Window, "Возврат № "+n+" сохранён"), uitest.Texts(s.Window))
		s.Clock.Advance(time.Second)
		uitest.Press(s.Window, keys.Enter)
		s.Shows("sale")
	}
}

func TestShell_ReturnGoesOnAfterAKill(t *testing.T) {
	s, _ := sold(t, pos.GroupOwner)
	uitest.Press(s.Window, keys.PgUp, keys.Enter, "+", "+")
	s.Shows("returns", "mode", "pick", "pick", "2")
	s.again()
	s.Shows("returns", "mode", "pick", "pick", "2", "sale", "1")
	uitest.Press(s.Window, keys.PgUp)
	s.Shows("returns.abandon")
	uitest.Press(s.Window, keys.Enter)
	s.Shows("returns", "pick", "2")
	uitest.Press(s.Window, keys.Enter, "F1", keys.Enter)
	s.Clock.Advance(time.Second)
	uitest.Press(s.Window, keys.Enter)
	s.Shows("return", "number", "1")
	s.Fine()
	uitest.Press(s.Window, keys.Enter)
	s.Shows("sale", "lines", "0")
}

func TestShell_Exchange(t *testing.T) {
	begin := func(t *testing.T, qty int) *shop {
		s, _ := sold(t, pos.GroupOwner)
		uitest.Press(s.Window, keys.PgUp, keys.Enter)
		for range qty {
			uitest.Press(s.Window, "+")
		}
		uitest.Press(s.Window, "F4", "F1")
		s.Shows("sale", "exchange", "true", "lines", "0")
		return s
	}
	t.Run("with a surcharge", func(t *testing.T) {
		s := begin(t, 1) // 89.90
		s.Scan(4)        // 389.00
		assert.True(t, uitest.HasText(s.Window, "Доплатить 299,10"), uitest.Texts(s.Window))
		s.Fine()
		uitest.Press(s.Window, "F9")
		s.Shows("payment", "due", "299.10", "give", "0.00")
		assert.True(t, uitest.HasText(s.Window, "Доплатить"))
		s.Fine()
		uitest.Press(s.Window, keys.Enter, keys.Enter)
		s.Shows("return", "number", "1", "total", "89.90", "cash", "0.00")
		uitest.Press(s.Window, keys.Enter)
		s.Shows("sale", "exchange", "false", "lines", "0")
	})
	t.Run("with money back", func(t *testing.T) {
		s := begin(t, 3) // 269.70
		s.Scan(2)        // 119.00
		assert.True(t, uitest.HasText(s.Window, "Вернуть 150,70"), uitest.Texts(s.Window))
		uitest.Press(s.Window, "F9")
		s.Shows("payment", "due", "0.00", "give", "150.70", "action", "finish")
		assert.True(t, uitest.HasText(s.Window, "Наличные 150,70"), uitest.Texts(s.Window))
		s.Fine()
		uitest.Press(s.Window, keys.Enter)
		s.Shows("return", "cash", "150.70")
		s.Fine()
	})
	t.Run("is changed and given up", func(t *testing.T) {
		s := begin(t, 1)
		uitest.Press(s.Window, keys.PgUp)
		s.Shows("returns", "mode", "pick", "blue", "goods")
		uitest.Press(s.Window, "Ctrl+Del")
		s.Shows("returns.abandon")
		uitest.Press(s.Window, "F4")
		s.Shows("returns", "blue", "finish")
		uitest.Press(s.Window, "F4")
		s.Shows("sale", "exchange", "true")
		s.Scan(2)
		uitest.Press(s.Window, "Ctrl+Del", "F1")
		s.Shows("returns", "mode", "pick", "picked", "1")
	})
	t.Run("goes on after a kill", func(t *testing.T) {
		s := begin(t, 1)
		s.Scan(2)
		s.again()
		s.Shows("sale", "exchange", "true", "lines", "1")
	})
}
