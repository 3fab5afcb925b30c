package till_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos/money"
	"kassa/pos/scale"
)

// A weight label's price is the shop's own, so no right to give discounts or to
// change prices is asked for it, also when the same one comes twice.
func TestTill_LabelsTakeNoApproval(t *testing.T) {
	s := newShop(t)
	s.set.Labels.Rules = scaleRules
	rules, err := scale.ParseRules(scaleRules)
	s.ok(err)
	for sku, item := range map[string]string{"apples": "00042", "milk": "7"} {
		p := s.product(sku)
		p.ScaleCode = item
		_, err := s.PutProduct(t.Context(), s.owner, p)
		s.ok(err)
	}
	var want money.Amount
	for _, label := range []struct {
		item string
		sum  int64
	}{{"42", 12_347}, {"42", 12_347}, {"7", 4321}, {"7", 4321}} {
		code, err := rules[1].Write(label.item, label.sum)
		s.ok(err)
		v, err := s.Scan(s.Context(), s.cashier, code, 0, nil)
		s.ok(err)
		want += money.Amount(label.sum)
		require.Equal(t, want, v.Totals.Total)
	}
}
