package till_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/offers"
	"kassa/pos/till"
)

func (s *shop) promote(p offers.Promotion) *offers.Promotion {
	s.Helper()
	p.On = true
	made, err := s.PutPromotion(s.Context(), s.owner, p)
	s.ok(err)
	return made
}

func tenPercent(name string) offers.Promotion {
	return offers.Promotion{Name: name, Rule: offers.Rule{Effect: offers.PercentOff, Percent: 1000}}
}

func TestTill_Promotions(t *testing.T) {
	t.Run("are given with every change, and a sale tells of them", func(t *testing.T) {
		s := newShop(t)
		p := tenPercent("Сыр и хлеб")
		p.Categories = []string{"Хлеб"}
		s.promote(p)
		v := s.scan("4600000000015", "4600000000022")
		require.Equal(t, money.Amount(14_500), v.Totals.Total)
		require.Equal(t, money.Amount(500), v.Totals.Offered)
		require.Equal(t, "Сыр и хлеб", v.Cheque.Lines[1].Offers[0].Name)
		v, err := s.SetQty(t.Context(), s.owner, 2, 3000)
		s.ok(err)
		require.Equal(t, money.Amount(1_500), v.Totals.Offered)
		sale := s.payAll(v)
		stored, err := s.Sale(t.Context(), s.owner, sale.ID)
		s.ok(err)
		require.Equal(t, money.Amount(1_500), stored.Lines[1].Offered)
	})
	t.Run("rest while the cashier gives a discount", func(t *testing.T) {
		s := newShop(t)
		s.promote(tenPercent("Всё"))
		s.scan("4600000000015")
		v, err := s.DiscountLine(t.Context(), s.owner, 1, pos.Discount{Percent: 500})
		s.ok(err)
		require.Equal(t, money.Amount(9_500), v.Totals.Total)
		v, err = s.DiscountLine(t.Context(), s.owner, 1, pos.Discount{})
		s.ok(err)
		require.Equal(t, money.Amount(9_000), v.Totals.Total)
		s.payAll(v)
	})
	t.Run("do not change a cheque that stands still", func(t *testing.T) {
		s := newShop(t)
		p := tenPercent("Полдень")
		p.After, p.Before = 11*60, 13*60
		s.promote(p)
		s.customer("2000001")
		v := s.scan("4600000000015")
		require.Equal(t, money.Amount(9_000), v.Totals.Total)
		_, ch, err := s.SpendPoints(t.Context(), s.owner, 10)
		s.ok(err)
		s.clock.Move(2 * time.Hour)
		require.Equal(t, money.Amount(9_000), s.cheque().Totals.Total)
		require.NotNil(t, s.cheque().Cheque.Tender(pos.Points), "the hour passed, the code did not")
		require.NotNil(t, ch)
		v = s.scan("4600000000022") // a change: the promotion is over now
		require.Equal(t, money.Amount(15_000), v.Totals.Total)
		require.Nil(t, v.Cheque.Tender(pos.Points), "what was confirmed was another cheque")
		s.payAll(v)
	})
	t.Run("ask for their right, and stop when they are switched off", func(t *testing.T) {
		s := newShop(t)
		_, err := s.PutPromotion(t.Context(), s.cashier, tenPercent("Всё"))
		s.refuses(err, pos.CodeForbidden, "till.forbidden")
		_, err = s.Promotions(t.Context(), s.cashier)
		s.refuses(err, pos.CodeForbidden, "till.forbidden")
		p := s.promote(tenPercent("Всё"))
		require.Equal(t, money.Amount(9_000), s.scan("4600000000015").Totals.Total)
		p.On = false
		_, err = s.PutPromotion(t.Context(), s.owner, *p)
		s.ok(err)
		v := s.scan("4600000000022")
		require.Equal(t, money.Amount(15_000), v.Totals.Total)
		s.payAll(v)
		list, err := s.Promotions(t.Context(), s.owner)
		s.ok(err)
		require.Len(t, list, 1)
		p.ID = "nobody"
		_, err = s.PutPromotion(t.Context(), s.owner, *p)
		s.refuses(err, pos.CodeNotFound, "offers.unknown")
	})
}

func TestTill_Coupons(t *testing.T) {
	s := newShop(t)
	p := tenPercent("По купону")
	_, err := s.MakeCoupons(t.Context(), s.owner, s.promote(p).ID, 1, time.Time{})
	s.refuses(err, pos.CodeConflict, "coupon.not-asked")
	p.Coupon, p.Percent = true, 5000
	p.Name = "Половина"
	half := s.promote(p)
	for _, n := range []int{0, -1, till.MostCoupons + 1} {
		_, err = s.MakeCoupons(t.Context(), s.owner, half.ID, n, time.Time{})
		s.refuses(err, pos.CodeInvalid, "coupon.count")
	}
	made, err := s.MakeCoupons(t.Context(), s.owner, half.ID, 3, s.clock.Now().Add(time.Hour))
	s.ok(err)
	_, err = s.AddCoupon(t.Context(), s.cashier, made[0].Number)
	s.refuses(err, pos.CodeConflict, "cheque.empty")
	s.scan("4600000000015")
	_, err = s.AddCoupon(t.Context(), s.cashier, "K0")
	s.refuses(err, pos.CodeNotFound, "coupon.unknown")
	v := s.scan(made[0].Number) // scanned like goods
	require.Equal(t, []string{made[0].Number}, v.Cheque.Coupons)
	require.Equal(t, money.Amount(4_500), v.Totals.Total)
	_, err = s.AddCoupon(t.Context(), s.cashier, made[1].Number)
	s.refuses(err, pos.CodeConflict, "coupon.same")
	v, err = s.RemoveCoupon(t.Context(), s.cashier, made[0].Number)
	s.ok(err)
	require.Equal(t, money.Amount(9_000), v.Totals.Total)
	s.scan(made[0].Number)
	_, err = s.CancelCheque(t.Context(), s.owner, "передумал")
	s.ok(err)
	s.scan("4600000000015")
	v = s.scan(made[0].Number) // free again
	sale := s.payAll(v)
	require.Equal(t, []string{made[0].Number}, sale.Coupons)
	s.scan("4600000000015")
	_, err = s.AddCoupon(t.Context(), s.cashier, made[0].Number)
	e := s.refuses(err, pos.CodeConflict, "coupon.used")
	require.Equal(t, s.clock.Now(), e.Args["At"].(time.Time).UTC())
	s.clock.Move(2 * time.Hour)
	_, err = s.AddCoupon(t.Context(), s.cashier, made[1].Number)
	s.refuses(err, pos.CodeConflict, "coupon.expired")
	list, err := s.Coupons(t.Context(), s.owner, half.ID)
	s.ok(err)
	require.Len(t, list, 3)
}

func TestTill_PreviewOffers(t *testing.T) {
	s := newShop(t)
	first := tenPercent("Всё")
	first.Priority, first.Alone = 5, true
	s.promote(first)
	milk, err := s.Scan(t.Context(), s.owner, "4600000000015", 0, nil)
	s.ok(err)
	edited := tenPercent("Новая")
	got, err := s.TryOffers(t.Context(), s.owner, till.TrialCheque{Edited: &edited, Lines: []till.TrialLine{{Product: milk.Cheque.Lines[0].Product, Qty: 2000}}})
	s.ok(err)
	require.Equal(t, money.Amount(20_000), got.Gross)
	require.Equal(t, money.Amount(18_000), got.Total)
	require.Equal(t, offers.WhyTaken, got.Verdicts[1].Why)
	require.Equal(t, "Всё", got.Verdicts[1].By)
	edited.Percent = 0
	_, err = s.TryOffers(t.Context(), s.owner, till.TrialCheque{Edited: &edited})
	s.refuses(err, pos.CodeInvalid, "offers.percent")
	_, err = s.TryOffers(t.Context(), s.cashier, till.TrialCheque{})
	s.refuses(err, pos.CodeForbidden, "till.forbidden")
}

// What is changed behind the till on discounts and coupons is found.
func TestTill_SelfCheckFindsTamperedOffers(t *testing.T) {
	day := newDemo(t)
	day.shiftOpen()
	p := tenPercent("По купону")
	p.Coupon, p.On = true, true
	made, err := day.PutPromotion(day.ctx, day.owner, p)
	require.NoError(t, err)
	coupons, err := day.MakeCoupons(day.ctx, day.owner, made.ID, 2, time.Time{})
	require.NoError(t, err)
	day.sell(-1, 1, func() {
		v, err := day.AddCoupon(day.ctx, day.cashier, coupons[0].Number)
		require.NoError(t, err)
		day.tender(pos.Cash, v.Totals.Due)
	})
	day.healthy()
	require.NoError(t, day.store.Close())
	for name, tt := range map[string]struct{ sql, want string }{
		"more taken off":          {`UPDATE sale_lines SET offers = replace(offers, '"s":3890', '"s":3900')`, "check.sale-line"},
		"another promotion":       {`UPDATE sale_lines SET offers = replace(offers, 'По купону', 'Другая')`, "check.sale-changed"},
		"nothing said":            {`UPDATE sale_lines SET offers = ''`, "check.sale-line"},
		"a coupon free again":     {`UPDATE coupons SET sale = '', used_at = NULL WHERE sale <> ''`, "check.coupon"},
		"a coupon used by nobody": {`UPDATE coupons SET sale = 'x' WHERE sale = ''`, "check.coupon"},
		"a coupon taken out":      {`DELETE FROM coupons WHERE sale <> ''`, "check.coupon"},
		"a sale without coupon":   {`UPDATE sales SET coupons = ''`, "check.sale-changed"},
	} {
		t.Run(name, func(t *testing.T) {
			b := day.copy(t)
			b.tamper(tt.sql)
			problems, err := b.SelfCheck(b.ctx, b.owner)
			require.NoError(t, err)
			var ids []string
			for _, p := range problems {
				ids = append(ids, p.ID)
			}
			require.Contains(t, ids, tt.want)
		})
	}
}
