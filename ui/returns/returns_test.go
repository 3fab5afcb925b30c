package returns

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
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
	uitest.Mash(s.Window, keys.Enter, 8, 150*time.Millisecond) // one opens the last look
	s.Clock.Advance(time.Second)
	s.Shows("returns.settle", "armed", "no", "cash", sale.Lines[0].Sum.String())

	s.press(keys.Enter)
	s.Shows("returns.settle", "error", "returns.reason-needed")
	s.press("F2")
	uitest.Hold(s.Window, keys.Enter, 30)
	s.Shows("returns.settle", "armed", "warm", "reason", "Брак")
	uitest.Mash(s.Window, keys.Enter, 8, 150*time.Millisecond)
	require.Empty(t, s.done, "a finger that hammers gives nothing away")
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

func TestScreen_Quantities(t *testing.T) {
	s := open(t, uitest.Usual, "ru", pos.GroupOwner)
	sale := s.sell(3000, 0, 0, 0, 1)
	s.enter().scanReceipt(sale.ID)

	t.Run("plus and minus", func(t *testing.T) {
		s.press("+", "+", "-")
		s.Shows("returns", "pick", "1")
	})
	t.Run("a number", func(t *testing.T) {
		uitest.Type(s.Window, "3")
		s.press(keys.Enter)
		s.Shows("returns", "pick", "3", "error", "")
	})
	t.Run("more than was sold", func(t *testing.T) {
		s.press("+")
		s.Shows("returns", "pick", "3", "error", "return.too-many")
		assert.True(t, uitest.HasText(s.Window, "вернуть можно не больше 3 шт"), uitest.Texts(s.Window))
		uitest.Type(s.Window, "7")
		s.press(keys.Enter)
		s.Shows("returns", "pick", "3", "error", "return.too-many")
	})
	t.Run("the dialog", func(t *testing.T) {
		s.press(keys.Esc, "*")
		uitest.Type(s.Window, "5")
		s.press(keys.Enter)
		s.Shows("returns.qty", "error", "return.too-many")
		s.press(keys.Esc, "*")
		uitest.Type(s.Window, "2")
		s.press(keys.Enter)
		s.Shows("returns", "pick", "2")
	})
	t.Run("a scan picks its line", func(t *testing.T) {
		s.Scan(1)
		s.Shows("returns", "selected", "2", "pick", "1", "picked", "2")
		s.Scan(4)
		s.Shows("returns", "error", "return.not-sold", "picked", "2")
	})
	t.Run("is taken out", func(t *testing.T) {
		s.press(keys.Esc, keys.Del)
		s.Shows("returns", "picked", "1")
	})
}

func TestScreen_TwiceAndNeverMoreThanWasSold(t *testing.T) {
	s := open(t, uitest.Usual, "ru", pos.GroupOwner)
	sale := s.sell(3000, 50, 50_00, 0)
	before, err := s.Till.CustomerCard(t.Context(), s.Env.Actor, s.Demo.Customers[0].ID)
	require.NoError(t, err)
	s.enter().scanReceipt(sale.ID)
	s.press("+")
	s.settle()
	first := s.last()
	require.Positive(t, int64(first.Refunded(pos.Points)))
	require.Positive(t, int64(first.DebtLowered()))
	require.Positive(t, int64(first.Refunded(pos.Cash)))

	s.restart().scanReceipt(sale.ID)
	s.Shows("returns", "picked", "0", "selected", "1")
	s.press(keys.Enter)
	s.Shows("returns", "pick", "2")
	s.settle()
	second := s.last()
	assert.Equal(t, sale.Total, first.Total+second.Total)
	after, err := s.Till.CustomerCard(t.Context(), s.Env.Actor, s.Demo.Customers[0].ID)
	require.NoError(t, err)
	assert.Equal(t, before.Debt-50_00, after.Debt)
	assert.Equal(t, before.Points+50-sale.PointsEarned, after.Points)

	s.restart().scanReceipt(sale.ID)
	s.Shows("returns", "mode", "find", "error", "return.all-back")
}

func TestScreen_FindsASale(t *testing.T) {
	s := open(t, uitest.Usual, "ru", pos.GroupOwner)
	s.sell(1000, 0, 0, 0)
	s.sell(2000, 10, 0, 1, 4)
	third := s.sell(1000, 0, 0, 2)
	name := s.Demo.Customers[0].Name
	s.enter()
	s.Shows("returns", "found", "3")
	for text, want := range map[string]string{
		"1": "1", "№2": "1", "119": "1", "119,00": "1", name: "1", s.Demo.Products[4].Name: "1",
		s.Clock.Now().Format("02.01"): "3", s.Clock.Now().Format("02.01.2006"): "3", "01.01.2020": "0", "ъъъ": "0",
	} {
		s.press("F2")
		uitest.Type(s.Window, text)
		assert.Equal(t, want, s.Facts["returns"]["found"], text)
	}
	s.press("F2")
	uitest.Type(s.Window, "ъъъ")
	s.press(keys.Enter)
	s.Shows("returns", "mode", "find")
	s.press("F2")
	uitest.Type(s.Window, "119")
	s.press(keys.Enter)
	s.Shows("returns", "mode", "pick", "sale", "3")
	s.press(keys.Esc)
	s.Shows("returns", "mode", "find")

	t.Run("a scan of goods lists their sales", func(t *testing.T) {
		s.Scan(2)
		s.Shows("returns", "mode", "find", "found", "1")
		s.press(keys.Enter)
		s.Shows("returns", "mode", "pick", "sale", "3")
		require.EqualValues(t, 3, third.Number)
	})
}

func TestScreen_WithoutAReceipt(t *testing.T) {
	s := open(t, uitest.Usual, "ru", pos.GroupCashier)
	s.enter().press("F6")
	s.Shows("returns", "mode", "pick", "sale", "", "needs", string(pos.RightReturnNoProof))
	s.Scan(0)
	s.Scan(0)
	s.Shows("returns", "picked", "2")
	s.press("F9", "F2", "F7")
	s.Shows("returns.settle", "cash", "0.00", "other", "179.80")
	s.press("F6")
	s.Shows("returns.settle", "cash", "179.80", "other", "0.00")
	s.press(keys.Enter)
	s.Clock.Advance(time.Second)
	s.press(keys.Enter)
	require.Equal(t, "approval", s.Last(), "another employee is asked")
	require.Empty(t, s.done)
	s.press("F2")
	uitest.Type(s.Window, s.Employee(pos.GroupOwner).PIN)
	s.press(keys.Enter)
	r := s.last()
	assert.Empty(t, r.Sale)
	assert.EqualValues(t, 179_80, r.Refunded(pos.Cash))
}

func TestScreen_GoodsByWeightWithoutAReceiptAskForTheWeight(t *testing.T) {
	s := open(t, uitest.Usual, "ru", pos.GroupOwner)
	s.enter().press("F6")
	s.Scan(6)
	require.Equal(t, "returns.weight", s.Last())
	s.press(keys.Enter)
	require.Equal(t, "returns.weight", s.Last(), "an empty answer is none")
	s.press(keys.Esc)
	s.Shows("returns", "picked", "0")
	s.Scan(6)
	uitest.Type(s.Window, "0,35")
	s.press(keys.Enter)
	s.Shows("returns", "picked", "1")
	v, err := s.Till.OpenReturn(t.Context())
	require.NoError(t, err)
	assert.EqualValues(t, 350, v.Draft.Lines[0].Qty)
}

func TestScreen_TooLittleCash(t *testing.T) {
	s := open(t, uitest.Usual, "ru", pos.GroupOwner)
	sale := s.sell(3000, 0, 0, 4)
	_, err := s.Till.CashOut(t.Context(), s.Env.Actor, 1500_00, "инкассация")
	require.NoError(t, err)
	s.enter().scanReceipt(sale.ID)
	s.press("F5", "F9", "F1", keys.Enter)
	s.Shows("returns.settle", "armed", "no", "error", "return.drawer")
	assert.True(t, uitest.HasText(s.Window, "Сначала внесите наличные"), uitest.Texts(s.Window))
	s.Fine()
}

func TestScreen_GoesOnAfterAKill(t *testing.T) {
	s := open(t, uitest.Usual, "ru", pos.GroupOwner)
	sale := s.sell(3000, 0, 0, 0)
	s.enter().scanReceipt(sale.ID)
	s.press("+", "F8", "F3", "F7")
	s.restart()
	s.Shows("returns", "mode", "pick", "sale", "1", "pick", "1")
	assert.True(t, uitest.HasText(s.Window, "Ошибка кассира · не на склад"), uitest.Texts(s.Window))
	s.press(keys.PgUp)
	s.Shows("returns.abandon")
	s.press(keys.Del)
	require.Equal(t, 1, s.backs)
	v, err := s.Till.OpenReturn(t.Context())
	require.NoError(t, err)
	assert.Empty(t, v.Draft.ID)
}

// sellApples sells one kilogram of the demo goods by weight with 10 % off.
func (s *shop) sellApples() *pos.Sale {
	s.T.Helper()
	ctx, a := s.T.Context(), s.Env.Actor
	_, err := s.Till.Scan(ctx, a, s.Demo.Products[6].Barcodes[0], money.One, nil)
	require.NoError(s.T, err)
	v, err := s.Till.DiscountLine(ctx, a, 1, pos.Discount{Percent: 1000})
	require.NoError(s.T, err)
	_, _, err = s.Till.Tender(ctx, a, pos.Cash, v.Totals.Due)
	require.NoError(s.T, err)
	sale, err := s.Till.FinishSale(ctx, a)
	require.NoError(s.T, err)
	return sale
}

func TestScreen_GoodsByWeightSoldWithADiscount(t *testing.T) {
	s := open(t, uitest.Usual, "ru", pos.GroupOwner)
	sale := s.sellApples()
	unit, m := sale.Lines[0].Unit, s.Env.Words.Money()
	s.enter().scanReceipt(sale.ID)
	text := func() string { return strings.Join(uitest.Texts(s.Window), "\n") }

	t.Run("the heading steps by weight and tells that a number can be typed", func(t *testing.T) {
		assert.Contains(t, text(), "по 0,1 "+unit+", или наберите количество")
		assert.Contains(t, text(), "1 "+unit, "what was sold has its unit")
	})
	t.Run("the blue button says what Enter does with what was typed", func(t *testing.T) {
		uitest.Type(s.Window, "0,5")
		s.Shows("returns", "blue", "typed")
		assert.Contains(t, text(), "Вернуть 0,5 "+unit)
		assert.NotContains(t, text(), "Вернуть всю позицию")
		s.press("F2")
		assert.Contains(t, text(), "Вернуть всю позицию")
		uitest.Type(s.Window, "5")
		s.Shows("returns", "blue", "take")
		s.press("F2")
		uitest.Type(s.Window, "0,5")
		s.press(keys.Enter)
		s.Shows("returns", "pick", "0.5", "blue", "finish")
	})
	t.Run("line and total tell the discount", func(t *testing.T) {
		r, err := s.Till.OpenReturn(t.Context())
		require.NoError(t, err)
		l := r.Preview.Lines[0]
		require.Equal(t, l.Price/2, l.Gross())
		require.Equal(t, l.Sum, l.Gross()-l.Off())
		want := m.Amount(l.Gross()) + ", скидка " + m.Amount(l.Off())
		assert.Equal(t, 2, strings.Count(text(), want), "under the name and under the sum: %s", text())
	})
}

// TestScreen_ShelfSaysWhatPressingDoes holds that F7 does what its button says, and
// that the line tells where the goods go.
func TestScreen_ShelfSaysWhatPressingDoes(t *testing.T) {
	s := open(t, uitest.Usual, "ru", pos.GroupOwner)
	sale := s.sell(3000, 0, 0, 0)
	s.enter().scanReceipt(sale.ID)
	s.press(keys.Enter)
	for _, tt := range []struct{ button, line string }{
		{"Не возвращать на склад", "на склад"}, {"Вернуть на склад", "не на склад"}, {"Не возвращать на склад", "на склад"},
	} {
		assert.True(t, uitest.HasText(s.Window, tt.button), "%s: %v", tt.button, uitest.Texts(s.Window))
		assert.Contains(t, uitest.Texts(s.Window), tt.line)
		s.press("F7")
	}
}
