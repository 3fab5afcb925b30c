package counter_test

// These tests ring up, change, park and cancel a cheque.

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

func TestTill_Scan(t *testing.T) {
	t.Run("rings up a barcode and adds the same thing to its line", func(t *testing.T) {
		s := tilltest.Small(t)
		v := s.Ring("4600000000015", "4600000000015", "bread", "4600000000015")
		if len(v.Cheque.Lines) != 3 || v.Cheque.Lines[0].Qty != 2*money.One || v.Totals.Total != 35_000 {
			t.Errorf("lines %+v, total %d", v.Cheque.Lines, v.Totals.Total)
		}
	})
	t.Run("multiplies", func(t *testing.T) {
		for code, total := range map[string]money.Amount{
			"3*4600000000015": 30_000, "3×milk": 30_000, "0,5*apples": 6_000, "1.25 × apples": 15_000, " 2* milk ": 20_000,
		} {
			s := tilltest.Small(t)
			if v := s.Ring(code); v.Totals.Total != total {
				t.Errorf("%q: total %d, want %d", code, v.Totals.Total, total)
			}
		}
	})
	t.Run("reads no bank card", func(t *testing.T) {
		s := tilltest.Small(t)
		for _, swiped := range []string{";4111111111111111=27121011000012345?", "%B4111111111111111^IVANOV/IVAN^2712101?", "ж2200000000000004=2712101,", "4111111111111111=2712"} {
			_, err := s.Scan(s.Context(), s.Cashier, swiped, 0, nil)
			e := tilltest.Refused(t, err, pos.CodeInvalid, "scan.card-swiped")
			if len(e.Args) > 0 {
				t.Errorf("the refusal repeats it: %v", e.Args)
			}
		}
	})
	t.Run("refuses what it cannot sell", func(t *testing.T) {
		s := tilltest.Small(t)
		tests := []struct {
			name, code string
			qty        money.Quantity
			want       pos.Code
			id         string
		}{
			{"an unknown code", "4600000000999", 0, pos.CodeNotFound, "scan.unknown"},
			{"a part of a code", "46000000000", 0, pos.CodeNotFound, "scan.unknown"},
			{"nothing", "  ", 0, pos.CodeInvalid, "scan.empty"},
			{"a control character", "4600\x1b000", 0, pos.CodeInvalid, "scan.characters"},
			{"a broken letter", "46\xff00", 0, pos.CodeInvalid, "scan.characters"},
			{"a megabyte", strings.Repeat("9", 1<<20), 0, pos.CodeInvalid, "scan.long"},
			{"half a loaf", "0.5*bread", 0, pos.CodeInvalid, "line.qty-piece"},
			{"none of it", "0*bread", 0, pos.CodeInvalid, "scan.quantity-none"},
			{"none of it, finely", "0,000*bread", 0, pos.CodeInvalid, "scan.quantity-none"},
			{"a quantity of nothing", "3*", 0, pos.CodeInvalid, "scan.no-code"},
			{"the same with another sign", "0,5 × ", 0, pos.CodeInvalid, "scan.no-code"},
			{"a quantity too fine", "0.12345*bread", 0, pos.CodeInvalid, "scan.quantity"},
			{"no quantity before the sign", "a*bread", 0, pos.CodeNotFound, "scan.unknown"},
			{"less than none", "bread", -money.One, pos.CodeInvalid, "line.qty-none"},
			{"two quantities", "2*bread", money.One, pos.CodeInvalid, "scan.two-quantities"},
			{"too many", "bread", money.MaxQuantity + money.One, pos.CodeLimit, "line.qty-large"},
			{"goods without a price", "gift", 0, pos.CodeInvalid, "scan.price-needed"},
			{"SQL", "' OR 1=1 --", 0, pos.CodeNotFound, "scan.unknown"},
		}
		for _, tt := range tests {
			_, err := s.Scan(s.Context(), s.Owner, tt.code, tt.qty, nil)
			t.Log(tt.name)
			tilltest.Refused(t, err, tt.want, tt.id)
		}
		if v := s.Screen(); len(v.Cheque.Lines) != 0 || v.Cheque.ID != "" {
			t.Errorf("a refusal left %+v", v.Cheque)
		}
	})
	t.Run("asks how much of goods by weight", func(t *testing.T) {
		s := tilltest.Small(t)
		price := money.Amount(100)
		_, err := s.Scan(s.Context(), s.Owner, "apples", 0, nil)
		e := tilltest.Refused(t, err, pos.CodeInvalid, "scan.quantity-needed")
		p, ok := e.Args["Product"].(pos.Product)
		require.True(t, ok, "the goods it is about")
		_, err = s.Scan(s.Context(), s.Owner, "apples", 0, &price)
		tilltest.Refused(t, err, pos.CodeInvalid, "scan.quantity-needed")
		_, err = s.Add(s.Context(), s.Owner, p.ID, 0, nil)
		tilltest.Refused(t, err, pos.CodeInvalid, "scan.quantity-needed")
		require.Empty(t, s.Screen().Cheque.Lines, "no kilogram in silence")
		for _, ring := range []func() (*till.ChequeView, error){
			func() (*till.ChequeView, error) { return s.Scan(s.Context(), s.Owner, "apples", 350, nil) },
			func() (*till.ChequeView, error) { return s.Scan(s.Context(), s.Owner, "0,35*apples", 0, nil) },
			func() (*till.ChequeView, error) { return s.Add(s.Context(), s.Owner, p.ID, 350, nil) },
		} {
			_, err = ring()
			require.NoError(t, err)
		}
		if v := s.Screen(); len(v.Cheque.Lines) != 1 || v.Cheque.Lines[0].Qty != 1050 {
			t.Errorf("lines %+v", v.Cheque.Lines)
		}
	})
	t.Run("asks the price, and a right for any other", func(t *testing.T) {
		s := tilltest.Small(t)
		price := money.Amount(7_777)
		v, err := s.Scan(s.Context(), s.Cashier, "gift", 0, &price)
		require.NoError(t, err)
		if v.Totals.Total != price {
			t.Errorf("total %d", v.Totals.Total)
		}
		_, err = s.Scan(s.Context(), s.Cashier, "milk", 0, &price)
		tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
		_, err = s.Scan(s.Context(), s.Owner, "milk", 0, &price)
		require.NoError(t, err)
		if s.Happened(pos.EventPriceChanged) != 1 || s.Happened(pos.EventForbidden) != 1 {
			t.Error("the trail does not tell of the price")
		}
	})
	t.Run("needs an open shift", func(t *testing.T) {
		s := tilltest.Small(t)
		_, err := s.CloseShift(s.Context(), s.Owner, 100_000)
		require.NoError(t, err)
		_, err = s.Scan(s.Context(), s.Owner, "milk", 0, nil)
		tilltest.Refused(t, err, pos.CodeConflict, "shift.closed")
	})
	t.Run("bounds the whole cheque", func(t *testing.T) {
		s := tilltest.Small(t)
		price := money.MaxAmount
		_, err := s.Scan(s.Context(), s.Owner, "gift", 0, &price)
		require.NoError(t, err)
		_, err = s.Scan(s.Context(), s.Owner, "milk", 0, nil)
		tilltest.Refused(t, err, pos.CodeLimit, "cheque.too-large")
		_, err = s.SetQty(s.Context(), s.Owner, 1, 2*money.One)
		tilltest.Refused(t, err, pos.CodeLimit, "cheque.too-large")
		if v := s.Screen(); len(v.Cheque.Lines) != 1 {
			t.Errorf("%d lines", len(v.Cheque.Lines))
		}
	})
	t.Run("keeps every edit over the end of the process", func(t *testing.T) {
		s := tilltest.Small(t)
		s.Ring("milk", "bread")
		_, err := s.SetQty(s.Context(), s.Owner, 2, 3*money.One)
		require.NoError(t, err)
		s.Customer(tilltest.Anna)
		s.Cash(1_000)
		before := s.Screen()
		s.Restart()
		after := s.Screen()
		if after.Cheque.ID != before.Cheque.ID || after.Totals.Total != 25_000 || after.Totals.Due != 24_000 || after.Customer.Name != "Анна" {
			t.Errorf("after the restart %+v", after)
		}
	})
}

func TestTill_ChequeEdits(t *testing.T) {
	t.Run("discounts in the order of the house", func(t *testing.T) {
		s := tilltest.Small(t)
		s.Ring("milk", "bread")
		_, err := s.DiscountLine(s.Context(), s.Owner, 1, pos.Discount{Percent: 1000})
		require.NoError(t, err)
		v, err := s.DiscountCheque(s.Context(), s.Owner, pos.Discount{Sum: 4_000})
		require.NoError(t, err)
		if v.Totals.Total != 10_000 || v.Totals.Discount != 5_000 || s.Happened(pos.EventDiscountGiven) != 2 {
			t.Errorf("totals %+v", v.Totals)
		}
		v, err = s.DiscountCheque(s.Context(), s.Owner, pos.Discount{})
		require.NoError(t, err)
		if v.Totals.Total != 14_000 {
			t.Errorf("total %d without the discount", v.Totals.Total)
		}
	})
	t.Run("refuses senseless edits", func(t *testing.T) {
		s := tilltest.Small(t)
		s.Ring("milk")
		ctx, o := s.Context(), s.Owner
		_, err := s.DiscountLine(ctx, o, 1, pos.Discount{Percent: 10_001})
		tilltest.Refused(t, err, pos.CodeInvalid, "discount.range")
		_, err = s.DiscountLine(ctx, o, 1, pos.Discount{Sum: 10_001})
		tilltest.Refused(t, err, pos.CodeInvalid, "discount.too-big")
		_, err = s.DiscountCheque(ctx, o, pos.Discount{Sum: 10_001})
		tilltest.Refused(t, err, pos.CodeInvalid, "discount.too-big")
		_, err = s.SetQty(ctx, o, 1, 0)
		tilltest.Refused(t, err, pos.CodeInvalid, "line.qty-none")
		_, err = s.SetQty(ctx, o, 1, 1_500)
		tilltest.Refused(t, err, pos.CodeInvalid, "line.qty-piece")
		_, err = s.SetPrice(ctx, o, 1, -1)
		tilltest.Refused(t, err, pos.CodeInvalid, "line.price-none")
		_, err = s.SetQty(ctx, o, 7, money.One)
		tilltest.Refused(t, err, pos.CodeNotFound, "line.unknown")
		_, err = s.RemoveLine(ctx, o, 1, "не\u202eто")
		tilltest.Refused(t, err, pos.CodeInvalid, "text.control")
		if v := s.Screen(); v.Totals.Total != 10_000 {
			t.Errorf("total %d", v.Totals.Total)
		}
	})
	t.Run("asks the rights", func(t *testing.T) {
		s := tilltest.Small(t)
		s.Ring("milk")
		_, err := s.SetPrice(s.Context(), s.Cashier, 1, 1)
		if e := tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden"); e.Args["Right"] != pos.RightPrice {
			t.Errorf("names the right %v", e.Args["Right"])
		}
		_, err = s.DiscountLine(s.Context(), s.Cashier, 1, pos.Discount{Percent: 1})
		tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
		_, err = s.DiscountCheque(s.Context(), s.Cashier, pos.Discount{Percent: 1})
		tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
		_, err = s.CancelCheque(s.Context(), s.Cashier, "передумал")
		tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
		if s.Happened(pos.EventForbidden) != 4 {
			t.Error("refusals are missing in the trail")
		}
	})
	t.Run("keeps a removed line in the sale", func(t *testing.T) {
		s := tilltest.Small(t)
		s.Ring("milk", "bread")
		v, err := s.RemoveLine(s.Context(), s.Cashier, 1, "разбили")
		require.NoError(t, err)
		if v.Totals.Total != 5_000 || v.Cheque.Live() != 1 {
			t.Errorf("total %d", v.Totals.Total)
		}
		_, err = s.SetQty(s.Context(), s.Owner, 1, money.One)
		tilltest.Refused(t, err, pos.CodeConflict, "line.removed")
		s.Cash(5_000)
		sale := s.Finish()
		if len(sale.Lines) != 2 || !sale.Lines[0].Removed || sale.Lines[0].Reason != "разбили" || sale.Total != 5_000 {
			t.Errorf("lines %+v", sale.Lines)
		}
	})
	t.Run("takes lowering a quantity for the removal it is", func(t *testing.T) {
		s := tilltest.Small(t)
		s.Ring("milk")
		_, err := s.SetQty(s.Context(), s.Cashier, 1, 5*money.One)
		require.NoError(t, err)
		if s.Happened(pos.EventLineReduced) != 0 {
			t.Error("raising is no removal")
		}
		_, err = s.SetQty(s.Context(), s.Cashier, 1, 2*money.One)
		require.NoError(t, err)
		if s.Happened(pos.EventLineReduced) != 1 {
			t.Error("lowering left no trace")
		}
		groups, err := s.Groups(s.Context())
		require.NoError(t, err)
		for _, g := range groups {
			if g.ID == s.Cashier.Group {
				g.Rights = slices.DeleteFunc(slices.Clone(g.Rights), func(r pos.Right) bool { return r == pos.RightRemove })
				require.NoError(t, s.SaveGroup(s.Context(), s.Owner, g))
			}
		}
		_, err = s.SetQty(s.Context(), s.Cashier, 1, money.One)
		tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
		if v := s.Screen(); v.Cheque.Lines[0].Qty != 2*money.One {
			t.Errorf("quantity %s", v.Cheque.Lines[0].Qty)
		}
	})
	t.Run("cancels with a reason", func(t *testing.T) {
		s := tilltest.Small(t)
		s.Ring("milk")
		_, err := s.CancelCheque(s.Context(), s.Owner, " ")
		tilltest.Refused(t, err, pos.CodeInvalid, "reason.short")
		_, err = s.CancelCheque(s.Context(), s.Owner, "передумал")
		require.NoError(t, err)
		_, err = s.CancelCheque(s.Context(), s.Owner, "передумал")
		tilltest.Refused(t, err, pos.CodeConflict, "cheque.empty")
		if v := s.Screen(); v.Cheque.ID != "" || s.Happened(pos.EventChequeCancelled) != 1 {
			t.Errorf("still there: %+v", v.Cheque)
		}
	})
}

func TestTill_Park(t *testing.T) {
	s := tilltest.Small(t)
	s.Ring("milk")
	s.Cash(1_000)
	_, err := s.Park(s.Context(), s.Owner, "за хлебом")
	tilltest.Refused(t, err, pos.CodeConflict, "cheque.park-tenders")
	_, err = s.RemoveTender(s.Context(), s.Owner, pos.Cash, 0)
	require.NoError(t, err)
	s.Customer(tilltest.Anna)
	ch := s.Spend(10)
	_, err = s.Park(s.Context(), s.Owner, "за хлебом")
	require.NoError(t, err)
	if now, err := s.Challenge(s.Context(), ch.ID); err != nil || now.State != "revoked" {
		t.Errorf("the code of a parked cheque is %s, %v", now.State, err)
	}
	s.Clock.Move(time.Minute)
	first := s.Screen()
	if first.Cheque.ID != "" {
		t.Fatal("the screen is not empty")
	}
	s.Ring("bread")
	parked, err := s.Parked(s.Context())
	require.NoError(t, err)
	if len(parked) != 1 || parked[0].Cheque.Note != "за хлебом" || parked[0].Totals.Total != 10_000 {
		t.Fatalf("parked %+v", parked)
	}
	id := parked[0].Cheque.ID
	_, err = s.Recall(s.Context(), s.Owner, id)
	tilltest.Refused(t, err, pos.CodeConflict, "cheque.open")
	_, err = s.RemoveLine(s.Context(), s.Owner, 1, "")
	require.NoError(t, err)
	v, err := s.Recall(s.Context(), s.Owner, id)
	require.NoError(t, err)
	if v.Cheque.ID != id || v.Customer == nil || len(v.Cheque.Tenders) != 0 {
		t.Errorf("recalled %+v", v.Cheque)
	}
	_, err = s.Recall(s.Context(), s.Owner, id)
	tilltest.Refused(t, err, pos.CodeNotFound, "cheque.not-parked")
	s.Cash(10_000)
	s.Finish()
}

func TestTill_SetCustomer(t *testing.T) {
	s := tilltest.Small(t)
	find := func(f till.FindCustomer) (string, error) {
		v, err := s.SetCustomer(s.Context(), s.Owner, f)
		if err != nil || v.Customer == nil {
			return "", err
		}
		return v.Customer.Name, nil
	}
	for _, f := range []till.FindCustomer{
		{Phone: "8 (900) 000-00-01"}, {Phone: "+79000000001"}, {Phone: "0001"}, {Card: tilltest.Anna},
	} {
		if name, err := find(f); name != "Анна" {
			t.Errorf("%+v finds %q, %v", f, name, err)
		}
		if name, err := find(till.FindCustomer{}); name != "" || err != nil {
			t.Errorf("taken off: %q, %v", name, err)
		}
	}
	_, err := find(till.FindCustomer{Phone: "+79000000099"})
	tilltest.Refused(t, err, pos.CodeNotFound, "customer.unknown")
	_, err = find(till.FindCustomer{Phone: "01"})
	tilltest.Refused(t, err, pos.CodeInvalid, "customer.find-phone")
	_, err = find(till.FindCustomer{Phone: "0001", Card: tilltest.Anna})
	tilltest.Refused(t, err, pos.CodeInvalid, "customer.find-one")
	_, err = s.AddCustomer(s.Context(), s.Owner, till.NewCustomer{Name: "Тёзка", Phone: "+79010000001"})
	require.NoError(t, err)
	_, err = find(till.FindCustomer{Phone: "0001"})
	tilltest.Refused(t, err, pos.CodeConflict, "customer.several")
}
