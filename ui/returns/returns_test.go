package returns

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/uitest"
)

func TestScreen_ReturnsAWholeLineByEnterAlone(t *testing.T) {
	s := open(t, uitest.Usual, "ru", pos.GroupOwner)
	sale := s.sell(2000, 0, 0, 0, 1)
	s.enter()
	s.Shows("returns", "mode", "find", "found", "1", "blue", "open")
	s.press(keys.Enter)
	s.Shows("returns", "mode", "pick", "sale", "1", "blue", "pick", "total", "0.00")
	s.press(keys.Enter)
	s.Shows("returns", "picked", "1", "pick", "2", "total", sale.Lines[0].Sum.String())
	s.press(keys.Enter)
	s.Shows("returns.settle", "armed", "no", "cash", sale.Lines[0].Sum.String())

	s.press(keys.Enter)
	s.Shows("returns.settle", "error", "returns.reason-needed")
	s.press("F2", keys.Enter)
	s.Shows("returns.settle", "armed", "warm", "reason", "Брак")
	s.press(keys.Enter)
	require.Empty(t, s.done, "the finger that stays gives nothing away")
	s.Clock.Advance(time.Second)
	s.press(keys.Enter)
	r := s.last()
	assert.Equal(t, sale.Lines[0].Sum, r.Total)
	assert.Equal(t, "Брак", r.Reason)
	assert.Equal(t, sale.ID, r.Sale)
}

func TestScreen_EscTakesTheConfirmationBack(t *testing.T) {
	s := open(t, uitest.Usual, "ru", pos.GroupOwner)
	sale := s.sell(1000, 0, 0, 0)
	s.enter().scanReceipt(sale.ID)
	s.press("F5", "F9", "F1", keys.Enter)
	s.Clock.Advance(time.Second)
	s.Shows("returns.settle", "armed", "yes")
	s.press(keys.Esc)
	s.Shows("returns.settle", "armed", "no")
	s.press(keys.Esc)
	s.Shows("returns", "mode", "pick", "picked", "1")
	require.Empty(t, s.done)
}
