package counter_test

// These tests scan what the scale of a shop prints.

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/scale"
	"kassa/pos/till/tilltest"
)

const scaleRules = "20=weight/5, 24=price/5"

func TestTill_ScanLabel(t *testing.T) {
	s := tilltest.Small(t)
	s.Settings.Labels.Rules = scaleRules
	rules, err := scale.ParseRules(scaleRules)
	require.NoError(t, err)
	apples := s.Stored("apples")
	apples.ScaleCode = "00042"
	_, err = s.PutProduct(t.Context(), s.Owner, apples)
	require.NoError(t, err)
	milk := s.Stored("milk")
	milk.ScaleCode = "7"
	_, err = s.PutProduct(t.Context(), s.Owner, milk)
	require.NoError(t, err)
	code := func(rule int, item string, figure int64) string {
		c, err := rules[rule].Write(item, figure)
		require.NoError(t, err)
		return c
	}
	v := s.Ring(code(0, "42", 1234))
	l := v.Cheque.Lines[0]
	require.EqualValues(t, 1234, l.Qty)
	require.Equal(t, code(0, "42", 1234), l.Barcode)

	rnd := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		sum := 1 + rnd.Int64N(99_999)
		before := s.Screen().Totals.Total
		v := s.Ring(code(1, "42", sum))
		require.EqualValues(t, sum, v.Totals.Total-before, "the label's price to the last minor unit")
	}
	v = s.Ring(code(1, "7", 4321))
	require.EqualValues(t, 4321, v.Cheque.Last().Price, "one piece at the label's price")
	require.Equal(t, money.One, v.Cheque.Last().Qty)

	good := code(0, "42", 1234)
	wrong := good[:12] + string('0'+(good[12]-'0'+1)%10)
	for name, tt := range map[string]struct {
		code string
		kind pos.Code
		id   string
	}{
		"a wrong check digit":    {wrong, pos.CodeInvalid, "label.check"},
		"a number nobody has":    {code(0, "41", 100), pos.CodeNotFound, "label.unknown"},
		"a weight of nothing":    {code(0, "42", 0), pos.CodeInvalid, "label.none-weight"},
		"a weight of pieces":     {code(0, "7", 500), pos.CodeConflict, "label.piece"},
		"a label and a quantity": {"2*" + good, pos.CodeInvalid, "scan.two-quantities"},
		"a prefix nobody set up": {"2900042012346", pos.CodeNotFound, "scan.unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := s.Scan(t.Context(), s.Owner, tt.code, 0, nil)
			tilltest.Refused(t, err, tt.kind, tt.id)
		})
	}
	bread := s.Stored("bread")
	bread.Barcodes = append(bread.Barcodes, good)
	_, err = s.PutProduct(t.Context(), s.Owner, bread)
	require.NoError(t, err)
	require.Equal(t, "bread", s.Ring(good).Cheque.Last().SKU, "a barcode of its own wins")

	gold := s.Stored("gold")
	gold.ScaleCode = "42"
	_, err = s.PutProduct(t.Context(), s.Owner, gold)
	tilltest.Refused(t, err, pos.CodeConflict, "product.scale-code-taken")
	gold.ScaleCode = "4a"
	_, err = s.PutProduct(t.Context(), s.Owner, gold)
	tilltest.Refused(t, err, pos.CodeInvalid, "product.scale-code")

	t.Run("is tried out in the settings", func(t *testing.T) {
		r, err := s.ReadLabel(t.Context(), s.Owner, rules, code(1, "42", 999))
		require.NoError(t, err)
		require.Equal(t, "Яблоки", r.Product.Name)
		require.EqualValues(t, 999, r.Sum)
		_, err = s.ReadLabel(t.Context(), s.Owner, rules, "2900042012346")
		tilltest.Refused(t, err, pos.CodeInvalid, "label.not")
		r, err = s.ReadLabel(t.Context(), s.Owner, rules, code(0, "41", 5))
		tilltest.Refused(t, err, pos.CodeNotFound, "label.unknown")
		require.Equal(t, "41", r.Label.Item)
		_, err = s.ReadLabel(t.Context(), s.Cashier, rules, good)
		tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
	})
	_, err = s.CancelCheque(t.Context(), s.Owner, "проба")
	require.NoError(t, err)
}

// A weight label's price is the shop's own, so no right to give discounts or to
// change prices is asked for it, also when the same one comes twice.
func TestTill_LabelsTakeNoApproval(t *testing.T) {
	s := tilltest.Small(t)
	s.Settings.Labels.Rules = scaleRules
	rules, err := scale.ParseRules(scaleRules)
	require.NoError(t, err)
	for sku, item := range map[string]string{"apples": "00042", "milk": "7"} {
		p := s.Stored(sku)
		p.ScaleCode = item
		_, err := s.PutProduct(t.Context(), s.Owner, p)
		require.NoError(t, err)
	}
	var want money.Amount
	for _, label := range []struct {
		item string
		sum  int64
	}{{"42", 12_347}, {"42", 12_347}, {"7", 4321}, {"7", 4321}} {
		code, err := rules[1].Write(label.item, label.sum)
		require.NoError(t, err)
		v, err := s.Scan(s.Context(), s.Cashier, code, 0, nil)
		require.NoError(t, err)
		want += money.Amount(label.sum)
		require.Equal(t, want, v.Totals.Total)
	}
}
