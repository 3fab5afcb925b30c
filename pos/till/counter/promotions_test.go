package counter_test

// These tests give promotions and take coupons.

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/offers"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

func TestTill_Promotions(t *testing.T) {
	t.Run("are given with every change, and a sale tells of them", func(t *testing.T) {
		s := tilltest.Small(t)
		p := tilltest.TenPercent("Сыр и хлеб")
		p.Categories = []string{"Хлеб"}
		s.Promote(p)
		v := s.Ring("4600000000015", "4600000000022")
		require.Equal(t, money.Amount(14_500), v.Totals.Total)
		require.Equal(t, money.Amount(500), v.Totals.Offered)
		require.Equal(t, "Сыр и хлеб", v.Cheque.Lines[1].Offers[0].Name)
		v, err := s.SetQty(t.Context(), s.Owner, 2, 3000)
		require.NoError(t, err)
		require.Equal(t, money.Amount(1_500), v.Totals.Offered)
		sale := s.PayAll(v)
		stored, err := s.Sale(t.Context(), s.Owner, sale.ID)
		require.NoError(t, err)
		require.Equal(t, money.Amount(1_500), stored.Lines[1].Offered)
	})
	t.Run("rest while the cashier gives a discount", func(t *testing.T) {
		s := tilltest.Small(t)
		s.Promote(tilltest.TenPercent("Всё"))
		s.Ring("4600000000015")
		v, err := s.DiscountLine(t.Context(), s.Owner, 1, pos.Discount{Percent: 500})
		require.NoError(t, err)
		require.Equal(t, money.Amount(9_500), v.Totals.Total)
		v, err = s.DiscountLine(t.Context(), s.Owner, 1, pos.Discount{})
		require.NoError(t, err)
		require.Equal(t, money.Amount(9_000), v.Totals.Total)
		s.PayAll(v)
	})
	t.Run("do not change a cheque that stands still", func(t *testing.T) {
		s := tilltest.Small(t)
		p := tilltest.TenPercent("Полдень")
		p.After, p.Before = 11*60, 13*60
		s.Promote(p)
		s.Customer(tilltest.Anna)
		v := s.Ring("4600000000015")
		require.Equal(t, money.Amount(9_000), v.Totals.Total)
		_, ch, err := s.SpendPoints(t.Context(), s.Owner, 10)
		require.NoError(t, err)
		s.Brought(ch)
		s.Clock.Move(2 * time.Hour)
		require.Equal(t, money.Amount(9_000), s.Screen().Totals.Total)
		require.NotNil(t, s.Screen().Cheque.Tender(pos.Points), "the hour passed, the code did not")
		require.NotNil(t, ch)
		v = s.Ring("4600000000022") // a change: the promotion is over now
		require.Equal(t, money.Amount(15_000), v.Totals.Total)
		require.Nil(t, v.Cheque.Tender(pos.Points), "what was confirmed was another cheque")
		s.PayAll(v)
	})
	t.Run("ask for their right, and stop when they are switched off", func(t *testing.T) {
		s := tilltest.Small(t)
		_, err := s.PutPromotion(t.Context(), s.Cashier, tilltest.TenPercent("Всё"))
		tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
		_, err = s.Promotions(t.Context(), s.Cashier)
		tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
		p := s.Promote(tilltest.TenPercent("Всё"))
		require.Equal(t, money.Amount(9_000), s.Ring("4600000000015").Totals.Total)
		p.On = false
		_, err = s.PutPromotion(t.Context(), s.Owner, *p)
		require.NoError(t, err)
		v := s.Ring("4600000000022")
		require.Equal(t, money.Amount(15_000), v.Totals.Total)
		s.PayAll(v)
		list, err := s.Promotions(t.Context(), s.Owner)
		require.NoError(t, err)
		require.Len(t, list, 1)
		p.ID = "nobody"
		_, err = s.PutPromotion(t.Context(), s.Owner, *p)
		tilltest.Refused(t, err, pos.CodeNotFound, "offers.unknown")
	})
}

func TestTill_Coupons(t *testing.T) {
	s := tilltest.Small(t)
	p := tilltest.TenPercent("По купону")
	_, err := s.MakeCoupons(t.Context(), s.Owner, s.Promote(p).ID, 1, time.Time{})
	tilltest.Refused(t, err, pos.CodeConflict, "coupon.not-asked")
	p.Coupon, p.Percent = true, 5000
	p.Name = "Половина"
	half := s.Promote(p)
	for _, n := range []int{0, -1, till.MostCoupons + 1} {
		_, err = s.MakeCoupons(t.Context(), s.Owner, half.ID, n, time.Time{})
		tilltest.Refused(t, err, pos.CodeInvalid, "coupon.count")
	}
	made, err := s.MakeCoupons(t.Context(), s.Owner, half.ID, 3, s.Clock.Now().Add(time.Hour))
	require.NoError(t, err)
	_, err = s.AddCoupon(t.Context(), s.Cashier, made[0].Number)
	tilltest.Refused(t, err, pos.CodeConflict, "cheque.empty")
	s.Ring("4600000000015")
	_, err = s.AddCoupon(t.Context(), s.Cashier, "K0")
	tilltest.Refused(t, err, pos.CodeNotFound, "coupon.unknown")
	v := s.Ring(made[0].Number) // scanned like goods
	require.Equal(t, []string{made[0].Number}, v.Cheque.Coupons)
	require.Equal(t, money.Amount(4_500), v.Totals.Total)
	_, err = s.AddCoupon(t.Context(), s.Cashier, made[1].Number)
	tilltest.Refused(t, err, pos.CodeConflict, "coupon.same")
	v, err = s.RemoveCoupon(t.Context(), s.Cashier, made[0].Number)
	require.NoError(t, err)
	require.Equal(t, money.Amount(9_000), v.Totals.Total)
	s.Ring(made[0].Number)
	_, err = s.CancelCheque(t.Context(), s.Owner, "передумал")
	require.NoError(t, err)
	s.Ring("4600000000015")
	v = s.Ring(made[0].Number) // free again
	sale := s.PayAll(v)
	require.Equal(t, []string{made[0].Number}, sale.Coupons)
	s.Ring("4600000000015")
	_, err = s.AddCoupon(t.Context(), s.Cashier, made[0].Number)
	e := tilltest.Refused(t, err, pos.CodeConflict, "coupon.used")
	require.Equal(t, s.Clock.Now(), e.Args["At"].(time.Time).UTC())
	s.Clock.Move(2 * time.Hour)
	_, err = s.AddCoupon(t.Context(), s.Cashier, made[1].Number)
	tilltest.Refused(t, err, pos.CodeConflict, "coupon.expired")
	list, err := s.Coupons(t.Context(), s.Owner, half.ID)
	require.NoError(t, err)
	require.Len(t, list, 3)
}

func TestTill_PreviewOffers(t *testing.T) {
	s := tilltest.Small(t)
	first := tilltest.TenPercent("Всё")
	first.Priority, first.Alone = 5, true
	s.Promote(first)
	milk, err := s.Scan(t.Context(), s.Owner, "4600000000015", 0, nil)
	require.NoError(t, err)
	edited := tilltest.TenPercent("Новая")
	got, err := s.TryOffers(t.Context(), s.Owner, till.TrialCheque{Edited: &edited, Lines: []till.TrialLine{{Product: milk.Cheque.Lines[0].Product, Qty: 2000}}})
	require.NoError(t, err)
	require.Equal(t, money.Amount(20_000), got.Gross)
	require.Equal(t, money.Amount(18_000), got.Total)
	require.Equal(t, offers.WhyTaken, got.Verdicts[1].Why)
	require.Equal(t, "Всё", got.Verdicts[1].By)
	edited.Percent = 0
	_, err = s.TryOffers(t.Context(), s.Owner, till.TrialCheque{Edited: &edited})
	tilltest.Refused(t, err, pos.CodeInvalid, "offers.percent")
	_, err = s.TryOffers(t.Context(), s.Cashier, till.TrialCheque{})
	tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
}
