package drawer

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/money"
)

func report0() *pos.ShiftReport {
	r := &pos.ShiftReport{Shift: pos.Shift{Number: 7, Float: 10000}, Sales: 2, Gross: 50000, Discount: 5000, Total: 45000,
		ByTender: map[pos.Method]money.Amount{pos.Cash: 30000, pos.Card: 15000}, Repaid: map[pos.Method]money.Amount{pos.Cash: 700},
		CashIn: 2000, CashOut: 1000, Counted: 41000, Skips: 3}
	r.Expected = r.CashDue()
	r.Difference = r.Counted.Sub(r.Expected)
	return r
}

func values(list []figure) map[string]string {
	m := map[string]string{}
	for _, f := range list {
		m[f.label] = f.value
	}
	return m
}

// Whoever adds up what the window shows comes to what must be in the drawer.
func TestFigures_ReturnsExplainTheDrawer(t *testing.T) {
	w := words.New("ru", "RUB", "")
	sum := func(a money.Amount) string { return w.Money().Amount(a) }
	r := report0()
	r.ByTender[pos.Exchange] = 210_50
	r.Returns = pos.ReturnTotals{Count: 2, Total: 890_00, ByMethod: map[pos.Method]money.Amount{pos.Cash: 229_04, pos.Exchange: 210_50}}
	r.Corrected = map[pos.Method]money.Amount{pos.Cash: -50_00, pos.Card: 50_00}
	r.Expected = r.CashDue()

	x := values(xFigures(w, r))
	assert.Equal(t, sum(210_50), x["Обмен"])
	assert.Equal(t, sum(890_00), x["Возвращено (2)"])
	assert.Equal(t, sum(229_04), x["Выдано по возвратам"])
	assert.Equal(t, sum(-50_00), x["Исправлено: Наличные"])
	assert.Equal(t, sum(41_700-229_04-50_00), x["Должно быть в ящике"])
}

func TestFigures(t *testing.T) {
	w := words.New("ru", "RUB", "")
	thin := func(a money.Amount) string { return w.Money().Amount(a) }

	x := values(xFigures(w, report0()))
	assert.Equal(t, "2", x["Чеков"])
	assert.Equal(t, thin(45000), x["Продано"])
	assert.Equal(t, thin(30000), x["Наличные"])
	assert.Equal(t, thin(15000), x["Карта"])
	assert.NotContains(t, x, "Перевод", "nothing was paid so")
	assert.Equal(t, thin(700), x["Оплачено долгов: Наличные"])
	assert.Equal(t, thin(41700), x["Должно быть в ящике"])
	assert.Equal(t, "3", x["Без кода покупателя"])
	assert.NotContains(t, x, "Насчитано", "an X report knows of no count")

	z := values(zFigures(w, report0()))
	assert.Equal(t, thin(41000), z["Насчитано"])
	assert.Equal(t, thin(-700), z["Недостача"], "the word of the paper")

	r := report0()
	r.Skips = 0
	assert.NotContains(t, values(zFigures(w, r)), "Без кода покупателя")
}

func TestDifference(t *testing.T) {
	w := words.New("ru", "RUB", "")
	for name, tt := range map[string]struct {
		d     money.Amount
		says  string
		right bool
	}{
		"exact": {0, "до копейки", true},
		"over":  {700, "больше", false},
		"short": {-700, "не хватает 7,00", false},
	} {
		t.Run(name, func(t *testing.T) {
			text, right := difference(w, tt.d)
			assert.Contains(t, text, tt.says)
			assert.Equal(t, tt.right, right)
			assert.NotContains(t, text, "−", "the words carry the sign")
		})
	}
}

func TestAmount(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		zero bool
		want money.Amount
		bad  bool
	}{
		"an empty float is none":    {"", true, 0, false},
		"blanks are empty":          {"  ", true, 0, false},
		"an empty count is refused": {"", false, 0, true},
		"a sum":                     {"1 500,50", false, 150050, false},
		"words":                     {"много", true, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := amount(tt.text, tt.zero)
			if tt.bad {
				require.Error(t, err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, tt.want, got)
		})
	}
}
