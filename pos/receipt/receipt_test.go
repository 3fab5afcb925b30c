package receipt_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/postest/golden"
	"kassa/pos/receipt"
)

var at = time.Date(2026, 11, 21, 14, 5, 0, 0, time.UTC)

// sale rings lines and tenders up and prices them by the rules of the house.
func sale(c pos.Cheque, rules pos.Rules) *pos.Sale {
	t := pos.Price(&c, rules)
	s := &pos.Sale{ID: "019a0000-1111-7222-8333-444455556666", Till: "1", Number: 1240, At: at, Currency: "RUB",
		Gross: t.Gross, Discount: t.Discount, Rounding: t.Rounding, Total: t.Total, VAT: t.VAT, Change: t.Change, PointsEarned: t.Earn}
	j := 0
	for _, l := range c.Lines {
		line := pos.SaleLine{Line: l}
		if !l.Removed {
			line.LineTotals = t.Lines[j]
			j++
		}
		s.Lines = append(s.Lines, line)
	}
	for _, d := range c.Tenders {
		s.Tenders = append(s.Tenders, pos.SaleTender{Tender: d})
		switch d.Method {
		case pos.Points:
			s.PointsSpent = d.Points
		case pos.Credit:
			s.DebtAdded, s.DebtDue = d.Amount, at.AddDate(0, 0, 14)
		}
	}
	return s
}

func fullSale() *pos.Sale {
	rules := pos.DefaultRules()
	rules.RoundingStep = 100
	return sale(pos.Cheque{
		Discount: pos.Discount{Percent: 500},
		Lines: []pos.Line{
			{No: 1, Name: "Молоко 2,5 % «Луговое», 1 л", Unit: "шт", Price: 8990, Qty: 2000, VAT: 1000},
			{No: 2, Name: "Яблоки сезонные", Unit: "кг", Price: 12990, Qty: 845, VAT: 1000, Discount: pos.Discount{Sum: 976}},
			{No: 3, Name: "Снято с чека", Unit: "шт", Price: 99900, Qty: 1000, VAT: 2200, Removed: true, Reason: "передумал"},
			{No: 4, Name: "Порошок стиральный автомат для белого и цветного белья «Чистый день», 3 кг", Unit: "шт", Price: 45900, Qty: 3000, VAT: 2200},
			{No: 5, Name: "Книга", Unit: "шт", Price: 30000, Qty: 1000, VAT: pos.NoVAT},
		},
		Tenders: []pos.Tender{
			{No: 1, Method: pos.Points, Amount: 30000, Points: 300},
			{No: 2, Method: pos.Credit, Amount: 50000},
			{No: 3, Method: pos.Card, Amount: 40000},
			{No: 4, Method: pos.Cash, Amount: 100000},
		},
	}, rules)
}

func shop() pos.Settings {
	return pos.Settings{Shop: "Лавка у дома", Address: "г. Примерск, ул. Садовая, 1, вход со двора", TaxID: "0000000000",
		Till: "1", Footer: "Спасибо за покупку!\nЖдём вас снова"}
}

func customer() *receipt.CustomerInfo {
	return &receipt.CustomerInfo{Name: "Анна Лебедева", MaskedPhone: "+7 900 •••-••-01", PointsLeft: 1968, Debt: 170000}
}

func printed(lines []string) string { return strings.Join(lines, "\n") + "\n" }

func TestGolden(t *testing.T) {
	simple := sale(pos.Cheque{
		Lines:   []pos.Line{{No: 1, Name: "Хлеб", Unit: "шт", Price: 4650, Qty: 1000, VAT: 1000}},
		Tenders: []pos.Tender{{No: 1, Method: pos.Cash, Amount: 4650}},
	}, pos.DefaultRules())
	repayment := &pos.Repayment{ID: "019a0000-1111-7222-8333-777788889999", Method: pos.Transfer, Amount: 120000, At: at}
	for _, lang := range []string{"ru", "en"} {
		w := words.New(lang, "RUB", "").In(time.UTC)
		for _, width := range []int{32, 48} {
			name := fmt.Sprintf("-%d-%s", width, lang)
			golden.Equal(t, "full"+name+".txt", printed(receipt.Render(receipt.Input{Sale: fullSale(), Shop: shop(), Cashier: "Ольга", Customer: customer()}, width, w)))
			golden.Equal(t, "repayment"+name+".txt", printed(receipt.RenderRepayment(receipt.RepaymentInput{Repayment: repayment, Shop: shop(),
				Cashier: "Ольга", Customer: customer()}, width, w)))
			golden.Equal(t, "simple-copy"+name+".txt", printed(receipt.Render(receipt.Input{Sale: simple, Shop: pos.Settings{Shop: "Ларёк"}, Copy: true}, width, w)))
		}
	}
}

func TestRender_TellsNothingOfRemovedLines(t *testing.T) {
	text := strings.Join(receipt.Render(receipt.Input{Sale: fullSale(), Shop: shop()}, 48, words.New("ru", "RUB", "")), "\n")
	assert.NotContains(t, text, "Снято")
	assert.NotContains(t, text, "999,00")
}

func TestProperty_NoLineIsWiderThanThePaper(t *testing.T) {
	anything := rapid.OneOf(rapid.String(), rapid.StringMatching("[\\x00-\\x1f\\x7fa-zА-Я 0-9•\u200b\u202e]{0,200}"),
		rapid.SampledFrom([]string{"", strings.Repeat("ы", 300), "\x1b@\x1dV0", "a\r\nb\tc", "\xff\xfe"}))
	amounts := rapid.Int64Range(-int64(money.MaxAmount), int64(money.MaxAmount))
	ws := []*words.Words{words.New("ru", "RUB", ""), words.New("en", "USD", "рублей и копеек")}
	rapid.Check(t, func(t *rapid.T) {
		a := func(name string) money.Amount { return money.Amount(amounts.Draw(t, name)) }
		s := fullSale()
		s.ID, s.Till, s.Number = pos.SaleID(anything.Draw(t, "id")), anything.Draw(t, "till"), rapid.Int64().Draw(t, "number")
		s.Gross, s.Discount, s.Total, s.Change, s.DebtAdded = a("gross"), a("discount"), a("total"), a("change"), a("debt")
		s.PointsSpent, s.PointsEarned = rapid.Int64().Draw(t, "spent"), rapid.Int64().Draw(t, "earned")
		for i := range s.Lines {
			l := &s.Lines[i]
			l.Name, l.Unit, l.Price, l.Gross = anything.Draw(t, "name"), anything.Draw(t, "unit"), a("price"), a("line")
			l.Qty = money.Quantity(rapid.Int64().Draw(t, "qty"))
		}
		who := &receipt.CustomerInfo{Name: anything.Draw(t, "customer"), MaskedPhone: anything.Draw(t, "phone"), Debt: a("all")}
		in := receipt.Input{Sale: s, Cashier: anything.Draw(t, "cashier"), Customer: who, Copy: true,
			Shop: pos.Settings{Shop: anything.Draw(t, "shop"), Address: anything.Draw(t, "address"), TaxID: anything.Draw(t, "tax"), Footer: anything.Draw(t, "footer")}}
		width := rapid.IntRange(-1, 80).Draw(t, "width")
		w := rapid.SampledFrom(ws).Draw(t, "words")
		lines := append(receipt.Render(in, width, w), receipt.RenderRepayment(receipt.RepaymentInput{
			Repayment: &pos.Repayment{ID: "x", Method: "cash", Amount: a("repaid"), At: at}, Shop: in.Shop, Cashier: in.Cashier, Customer: who}, width, w)...)
		limit := min(max(width, receipt.MinWidth), receipt.MaxWidth)
		for _, line := range lines {
			require.True(t, utf8.ValidString(line), "%q", line)
			require.LessOrEqual(t, utf8.RuneCountInString(line), limit, "%q", line)
			require.False(t, strings.ContainsFunc(line, func(r rune) bool { return unicode.In(r, unicode.C) }), "%q", line)
		}
	})
}
