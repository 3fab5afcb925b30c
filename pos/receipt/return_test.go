package receipt_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/postest/golden"
	"kassa/pos/receipt"
)

func goodsBack() *pos.Return {
	return &pos.Return{
		ID: "019a0000-1111-7222-8333-aaaabbbbcccc", Till: "1", Number: 12, Sale: "019a0000-1111-7222-8333-444455556666", SaleNo: 1240,
		At: at, Currency: "RUB", Reason: "Не подошёл размер", Total: 120_000, VAT: 10_909,
		PointsBack: 300, PointsRestored: 280, PointsTaken: 20, PointsWithheld: 20, PointsKept: 5,
		Lines: []pos.ReturnLine{
			{No: 1, Name: "Молоко 2,5 % «Луговое», 1 л", Unit: "шт", Price: 8990, Qty: 1000, Rate: 1000, Sum: 8_500, VAT: 773},
			{No: 2, Name: "Порошок стиральный автомат для белого и цветного белья «Чистый день», 3 кг", Unit: "шт", Price: 45900, Qty: 2000, Rate: 2200, Sum: 86_500, VAT: 15_598},
			{No: 3, Name: "Книга", Unit: "шт", Price: 30000, Qty: 1000, Rate: pos.NoVAT, Sum: 25_000},
		},
		Refunds: []pos.Refund{
			{No: 1, Of: pos.Points, Method: pos.Points, Amount: 30_000, Points: 300},
			{No: 2, Of: pos.Credit, Method: pos.Credit, Amount: 20_000},
			{No: 3, Of: pos.Card, Method: pos.Card, Amount: 29_500},
			{No: 4, Of: pos.Cash, Method: pos.Cash, Amount: 40_000},
			{No: 5, Of: pos.Cash, Method: pos.Withheld, Amount: 500},
		},
	}
}

func TestReturns_Golden(t *testing.T) {
	nothing := goodsBack()
	nothing.Sale, nothing.SaleNo, nothing.Refunds = "", 0, []pos.Refund{{No: 1, Of: pos.Cash, Method: pos.Cash, Amount: 120_000}}
	next := sale(pos.Cheque{
		Lines:   []pos.Line{{No: 1, Name: "Пальто", Unit: "шт", Price: 150_000, Qty: 1000, VAT: 2200}},
		Tenders: []pos.Tender{{No: 1, Method: pos.Exchange, Amount: 120_000}, {No: 2, Method: pos.Card, Amount: 30_000}},
	}, pos.DefaultRules())
	turned := goodsBack()
	turned.Refunds = []pos.Refund{{No: 1, Of: pos.Cash, Method: pos.Exchange, Amount: 120_000}}
	cheap := sale(pos.Cheque{
		Lines:   []pos.Line{{No: 1, Name: "Хлеб", Unit: "шт", Price: 4650, Qty: 1000, VAT: 1000}},
		Tenders: []pos.Tender{{No: 1, Method: pos.Exchange, Amount: 4650}},
	}, pos.DefaultRules())
	rest := goodsBack()
	rest.Refunds = []pos.Refund{{No: 1, Of: pos.Cash, Method: pos.Exchange, Amount: 4650}, {No: 2, Of: pos.Cash, Method: pos.Cash, Amount: 115_350}}
	corrected := &pos.Correction{ID: "019a0000-1111-7222-8333-ddddeeeeffff", SaleNo: 1240, From: pos.Cash, To: pos.Card, Amount: 50_000,
		Reason: "Перепутали кнопку", At: at}
	for _, lang := range []string{"ru", "en"} {
		w := words.New(lang, "RUB", "").In(time.UTC)
		for _, width := range []int{32, 48} {
			in := func(r *pos.Return) receipt.ReturnInput {
				return receipt.ReturnInput{Return: r, Shop: shop(), Cashier: "Ольга", Customer: customer()}
			}
			for name, lines := range map[string][]string{
				"return":            receipt.RenderReturn(in(goodsBack()), width, w),
				"return-no-receipt": receipt.RenderReturn(receipt.ReturnInput{Return: nothing, Shop: pos.Settings{Shop: "Ларёк"}, Copy: true}, width, w),
				"exchange-paid":     receipt.RenderExchange(receipt.ExchangeInput{ReturnInput: in(turned), Sale: next}, width, w),
				"exchange-given":    receipt.RenderExchange(receipt.ExchangeInput{ReturnInput: in(rest), Sale: cheap}, width, w),
				"correction":        receipt.RenderCorrection(receipt.CorrectionInput{Correction: corrected, Shop: shop(), Cashier: "Ольга"}, width, w),
			} {
				for _, l := range lines {
					require.LessOrEqual(t, utf8.RuneCountInString(l), width, l)
				}
				golden.Equal(t, fmt.Sprintf("%s-%d-%s.txt", name, width, lang), printed(lines))
			}
		}
	}
}

// TestReturns_LinesAddUp holds that each line of a return's slip is its price times
// its quantity, less the discount that stands under it.
func TestReturns_LinesAddUp(t *testing.T) {
	apples := func(sum money.Amount) string {
		r := &pos.Return{ID: "019a0000-1111-7222-8333-aaaabbbbcccc", Number: 1, SaleNo: 3, At: at, Total: sum,
			Lines: []pos.ReturnLine{{No: 1, Name: "Яблоки", Unit: "кг", Price: 140_00, Qty: 500, Rate: pos.NoVAT, Sum: sum}}}
		return printed(receipt.RenderReturn(receipt.ReturnInput{Return: r, Shop: shop()}, 32, words.New("ru", "RUB", "").In(time.UTC)))
	}
	for name, tt := range map[string]struct {
		sum    money.Amount
		has    []string
		hasNot string
	}{
		"sold with a discount":   {63_00, []string{"0,5 кг x 140,00          70,00", "скидка                   -7,00", "со скидкой               63,00", "Без скидки                 70,00"}, "кругление"},
		"sold at its price":      {70_00, []string{"0,5 кг x 140,00          70,00"}, "скидк"},
		"a coin less of a share": {69_99, []string{"0,5 кг x 140,00          70,00", "-0,01"}, "скидка"},
		"a coin more of a share": {70_01, []string{"0,5 кг x 140,00          70,00", "Округление                  0,01"}, "скидка"},
	} {
		t.Run(name, func(t *testing.T) {
			slip := strings.ReplaceAll(apples(tt.sum), "\u2212", "-")
			for _, line := range tt.has {
				assert.Contains(t, slip, line)
			}
			assert.NotContains(t, slip, tt.hasNot)
		})
	}
}

// TestReturns_ThankForNoPurchase holds that the shop's last lines, which thank for a
// purchase, are on slips of purchases alone, in every language.
func TestReturns_ThankForNoPurchase(t *testing.T) {
	next := sale(pos.Cheque{
		Lines:   []pos.Line{{No: 1, Name: "Хлеб", Unit: "шт", Price: 4650, Qty: 1000, VAT: 1000}},
		Tenders: []pos.Tender{{No: 1, Method: pos.Exchange, Amount: 4650}},
	}, pos.DefaultRules())
	for _, lang := range words.Languages() {
		w := words.New(lang, "RUB", "").In(time.UTC)
		set := shop()
		set.Footer = w.T("firstrun.footer", nil)
		back := receipt.ReturnInput{Return: goodsBack(), Shop: set, Customer: customer()}
		for name, lines := range map[string][]string{
			"return":     receipt.RenderReturn(back, 48, w),
			"correction": receipt.RenderCorrection(receipt.CorrectionInput{Correction: &pos.Correction{SaleNo: 1240, From: pos.Cash, To: pos.Card, Amount: 50_000, At: at}, Shop: set}, 48, w),
			"repayment":  receipt.RenderRepayment(receipt.RepaymentInput{Repayment: &pos.Repayment{Amount: 100, Method: pos.Cash, At: at}, Shop: set}, 48, w),
		} {
			assert.NotContains(t, printed(lines), set.Footer, "%s in %s", name, lang)
		}
		bought := receipt.RenderExchange(receipt.ExchangeInput{ReturnInput: back, Sale: next}, 48, w)
		assert.Contains(t, printed(bought), set.Footer, "an exchange takes goods along, in %s", lang)
	}
}
