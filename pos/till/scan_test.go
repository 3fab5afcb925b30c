package till_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
)

func TestTill_Scan(t *testing.T) {
	t.Run("rings up a barcode and adds the same thing to its line", func(t *testing.T) {
		s := newShop(t)
		v := s.scan("4600000000015", "4600000000015", "bread", "4600000000015")
		if len(v.Cheque.Lines) != 3 || v.Cheque.Lines[0].Qty != 2*money.One || v.Totals.Total != 35_000 {
			t.Errorf("lines %+v, total %d", v.Cheque.Lines, v.Totals.Total)
		}
	})
	t.Run("multiplies", func(t *testing.T) {
		for code, total := range map[string]money.Amount{
			"3*4600000000015": 30_000, "3×milk": 30_000, "0,5*apples": 6_000, "1.25 × apples": 15_000, " 2* milk ": 20_000,
		} {
			s := newShop(t)
			if v := s.scan(code); v.Totals.Total != total {
				t.Errorf("%q: total %d, want %d", code, v.Totals.Total, total)
			}
		}
	})
	t.Run("refuses what it cannot sell", func(t *testing.T) {
		s := newShop(t)
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
			{"none of it", "0*bread", 0, pos.CodeNotFound, "scan.unknown"},
			{"less than none", "bread", -money.One, pos.CodeInvalid, "line.qty-none"},
			{"two quantities", "2*bread", money.One, pos.CodeInvalid, "scan.two-quantities"},
			{"too many", "bread", money.MaxQuantity + money.One, pos.CodeLimit, "line.qty-large"},
			{"goods without a price", "gift", 0, pos.CodeInvalid, "scan.price-needed"},
			{"SQL", "' OR 1=1 --", 0, pos.CodeNotFound, "scan.unknown"},
		}
		for _, tt := range tests {
			_, err := s.Scan(s.Context(), s.owner, tt.code, tt.qty, nil)
			t.Log(tt.name)
			s.refuses(err, tt.want, tt.id)
		}
		if v := s.cheque(); len(v.Cheque.Lines) != 0 || v.Cheque.ID != "" {
			t.Errorf("a refusal left %+v", v.Cheque)
		}
	})
	t.Run("asks the price, and a right for any other", func(t *testing.T) {
		s := newShop(t)
		price := money.Amount(7_777)
		v, err := s.Scan(s.Context(), s.cashier, "gift", 0, &price)
		s.ok(err)
		if v.Totals.Total != price {
			t.Errorf("total %d", v.Totals.Total)
		}
		_, err = s.Scan(s.Context(), s.cashier, "milk", 0, &price)
		s.refuses(err, pos.CodeForbidden, "till.forbidden")
		_, err = s.Scan(s.Context(), s.owner, "milk", 0, &price)
		s.ok(err)
		if s.happened(pos.EventPriceChanged) != 1 || s.happened(pos.EventForbidden) != 1 {
			t.Error("the trail does not tell of the price")
		}
	})
	t.Run("needs an open shift", func(t *testing.T) {
		s := newShop(t)
		_, err := s.CloseShift(s.Context(), s.owner, 100_000)
		s.ok(err)
		_, err = s.Scan(s.Context(), s.owner, "milk", 0, nil)
		s.refuses(err, pos.CodeConflict, "shift.closed")
	})
	t.Run("bounds the whole cheque", func(t *testing.T) {
		s := newShop(t)
		price := money.MaxAmount
		_, err := s.Scan(s.Context(), s.owner, "gift", 0, &price)
		s.ok(err)
		_, err = s.Scan(s.Context(), s.owner, "milk", 0, nil)
		s.refuses(err, pos.CodeLimit, "cheque.too-large")
		_, err = s.SetQty(s.Context(), s.owner, 1, 2*money.One)
		s.refuses(err, pos.CodeLimit, "cheque.too-large")
		if v := s.cheque(); len(v.Cheque.Lines) != 1 {
			t.Errorf("%d lines", len(v.Cheque.Lines))
		}
	})
	t.Run("keeps every edit over the end of the process", func(t *testing.T) {
		s := newShop(t)
		s.scan("milk", "bread")
		_, err := s.SetQty(s.Context(), s.owner, 2, 3*money.One)
		s.ok(err)
		s.customer("2000001")
		s.cash(1_000)
		before := s.cheque()
		s.restart()
		after := s.cheque()
		if after.Cheque.ID != before.Cheque.ID || after.Totals.Total != 25_000 || after.Totals.Due != 24_000 || after.Customer.Name != "Анна" {
			t.Errorf("after the restart %+v", after)
		}
	})
}

func TestTill_ChequeEdits(t *testing.T) {
	t.Run("discounts in the order of the house", func(t *testing.T) {
		s := newShop(t)
		s.scan("milk", "bread")
		_, err := s.DiscountLine(s.Context(), s.owner, 1, pos.Discount{Percent: 1000})
		s.ok(err)
		v, err := s.DiscountCheque(s.Context(), s.owner, pos.Discount{Sum: 4_000})
		s.ok(err)
		if v.Totals.Total != 10_000 || v.Totals.Discount != 5_000 || s.happened(pos.EventDiscountGiven) != 2 {
			t.Errorf("totals %+v", v.Totals)
		}
		v, err = s.DiscountCheque(s.Context(), s.owner, pos.Discount{})
		s.ok(err)
		if v.Totals.Total != 14_000 {
			t.Errorf("total %d without the discount", v.Totals.Total)
		}
	})
	t.Run("refuses senseless edits", func(t *testing.T) {
		s := newShop(t)
		s.scan("milk")
		ctx, o := s.Context(), s.owner
		_, err := s.DiscountLine(ctx, o, 1, pos.Discount{Percent: 10_001})
		s.refuses(err, pos.CodeInvalid, "discount.range")
		_, err = s.DiscountLine(ctx, o, 1, pos.Discount{Sum: 10_001})
		s.refuses(err, pos.CodeInvalid, "discount.too-big")
		_, err = s.DiscountCheque(ctx, o, pos.Discount{Sum: 10_001})
		s.refuses(err, pos.CodeInvalid, "discount.too-big")
		_, err = s.SetQty(ctx, o, 1, 0)
		s.refuses(err, pos.CodeInvalid, "line.qty-none")
		_, err = s.SetQty(ctx, o, 1, 1_500)
		s.refuses(err, pos.CodeInvalid, "line.qty-piece")
		_, err = s.SetPrice(ctx, o, 1, -1)
		s.refuses(err, pos.CodeInvalid, "line.price-none")
		_, err = s.SetQty(ctx, o, 7, money.One)
		s.refuses(err, pos.CodeNotFound, "line.unknown")
		_, err = s.RemoveLine(ctx, o, 1, "не\u202eто")
		s.refuses(err, pos.CodeInvalid, "text.control")
		if v := s.cheque(); v.Totals.Total != 10_000 {
			t.Errorf("total %d", v.Totals.Total)
		}
	})
	t.Run("asks the rights", func(t *testing.T) {
		s := newShop(t)
		s.scan("milk")
		_, err := s.SetPrice(s.Context(), s.cashier, 1, 1)
		if e := s.refuses(err, pos.CodeForbidden, "till.forbidden"); e.Args["Right"] != pos.RightPrice {
			t.Errorf("names the right %v", e.Args["Right"])
		}
		_, err = s.DiscountLine(s.Context(), s.cashier, 1, pos.Discount{Percent: 1})
		s.refuses(err, pos.CodeForbidden, "till.forbidden")
		_, err = s.DiscountCheque(s.Context(), s.cashier, pos.Discount{Percent: 1})
		s.refuses(err, pos.CodeForbidden, "till.forbidden")
		_, err = s.CancelCheque(s.Context(), s.cashier, "передумал")
		s.refuses(err, pos.CodeForbidden, "till.forbidden")
		if s.happened(pos.EventForbidden) != 4 {
			t.Error("refusals are missing in the trail")
		}
	})
	t.Run("keeps a removed line in the sale", func(t *testing.T) {
		s := newShop(t)
		s.scan("milk", "bread")
		v, err := s.RemoveLine(s.Context(), s.cashier, 1, "разбили")
		s.ok(err)
		if v.Totals.Total != 5_000 || v.Cheque.Live() != 1 {
			t.Errorf("total %d", v.Totals.Total)
		}
		_, err = s.SetQty(s.Context(), s.owner, 1, money.One)
		s.refuses(err, pos.CodeConflict, "line.removed")
		s.cash(5_000)
		sale := s.finish()
		if len(sale.Lines) != 2 || !sale.Lines[0].Removed || sale.Lines[0].Reason != "разбили" || sale.Total != 5_000 {
			t.Errorf("lines %+v", sale.Lines)
		}
	})
	t.Run("takes lowering a quantity for the removal it is", func(t *testing.T) {
		s := newShop(t)
		s.scan("milk")
		_, err := s.SetQty(s.Context(), s.cashier, 1, 5*money.One)
		s.ok(err)
		if s.happened(pos.EventLineReduced) != 0 {
			t.Error("raising is no removal")
		}
		_, err = s.SetQty(s.Context(), s.cashier, 1, 2*money.One)
		s.ok(err)
		if s.happened(pos.EventLineReduced) != 1 {
			t.Error("lowering left no trace")
		}
		groups, err := s.Groups(s.Context())
		s.ok(err)
		for _, g := range groups {
			if g.ID == s.cashier.Group {
				g.Rights = slices.DeleteFunc(slices.Clone(g.Rights), func(r pos.Right) bool { return r == pos.RightRemove })
				s.ok(s.SaveGroup(s.Context(), s.owner, g))
			}
		}
		_, err = s.SetQty(s.Context(), s.cashier, 1, money.One)
		s.refuses(err, pos.CodeForbidden, "till.forbidden")
		if v := s.cheque(); v.Cheque.Lines[0].Qty != 2*money.One {
			t.Errorf("quantity %s", v.Cheque.Lines[0].Qty)
		}
	})
	t.Run("cancels with a reason", func(t *testing.T) {
		s := newShop(t)
		s.scan("milk")
		_, err := s.CancelCheque(s.Context(), s.owner, " ")
		s.refuses(err, pos.CodeInvalid, "reason.short")
		_, err = s.CancelCheque(s.Context(), s.owner, "передумал")
		s.ok(err)
		_, err = s.CancelCheque(s.Context(), s.owner, "передумал")
		s.refuses(err, pos.CodeConflict, "cheque.empty")
		if v := s.cheque(); v.Cheque.ID != "" || s.happened(pos.EventChequeCancelled) != 1 {
			t.Errorf("still there: %+v", v.Cheque)
		}
	})
}

func TestTill_Park(t *testing.T) {
	s := newShop(t)
	s.scan("milk")
	s.cash(1_000)
	_, err := s.Park(s.Context(), s.owner, "за хлебом")
	s.refuses(err, pos.CodeConflict, "cheque.park-tenders")
	_, err = s.RemoveTender(s.Context(), s.owner, pos.Cash, 0)
	s.ok(err)
	s.customer("2000001")
	ch := s.spend(10)
	_, err = s.Park(s.Context(), s.owner, "за хлебом")
	s.ok(err)
	if now, err := s.Challenge(s.Context(), ch.ID); err != nil || now.State != "revoked" {
		t.Errorf("the code of a parked cheque is %s, %v", now.State, err)
	}
	s.clock.Move(time.Minute)
	first := s.cheque()
	if first.Cheque.ID != "" {
		t.Fatal("the screen is not empty")
	}
	s.scan("bread")
	parked, err := s.Parked(s.Context())
	s.ok(err)
	if len(parked) != 1 || parked[0].Cheque.Note != "за хлебом" || parked[0].Totals.Total != 10_000 {
		t.Fatalf("parked %+v", parked)
	}
	id := parked[0].Cheque.ID
	_, err = s.Recall(s.Context(), s.owner, id)
	s.refuses(err, pos.CodeConflict, "cheque.open")
	_, err = s.RemoveLine(s.Context(), s.owner, 1, "")
	s.ok(err)
	v, err := s.Recall(s.Context(), s.owner, id)
	s.ok(err)
	if v.Cheque.ID != id || v.Customer == nil || len(v.Cheque.Tenders) != 0 {
		t.Errorf("recalled %+v", v.Cheque)
	}
	_, err = s.Recall(s.Context(), s.owner, id)
	s.refuses(err, pos.CodeNotFound, "cheque.not-parked")
	s.cash(10_000)
	s.finish()
}

func TestTill_SetCustomer(t *testing.T) {
	s := newShop(t)
	find := func(f till.FindCustomer) (string, error) {
		v, err := s.SetCustomer(s.Context(), s.owner, f)
		if err != nil || v.Customer == nil {
			return "", err
		}
		return v.Customer.Name, nil
	}
	for _, f := range []till.FindCustomer{
		{Phone: "8 (900) 000-00-01"}, {Phone: "+79000000001"}, {Phone: "0001"}, {Card: "2000001"},
	} {
		if name, err := find(f); name != "Анна" {
			t.Errorf("%+v finds %q, %v", f, name, err)
		}
		if name, err := find(till.FindCustomer{}); name != "" || err != nil {
			t.Errorf("taken off: %q, %v", name, err)
		}
	}
	_, err := find(till.FindCustomer{Phone: "+79000000099"})
	s.refuses(err, pos.CodeNotFound, "customer.unknown")
	_, err = find(till.FindCustomer{Phone: "01"})
	s.refuses(err, pos.CodeInvalid, "customer.find-phone")
	_, err = find(till.FindCustomer{Phone: "0001", Card: "2000001"})
	s.refuses(err, pos.CodeInvalid, "customer.find-one")
	_, err = s.AddCustomer(s.Context(), s.owner, till.NewCustomer{Name: "Тёзка", Phone: "+79010000001"})
	s.ok(err)
	_, err = find(till.FindCustomer{Phone: "0001"})
	s.refuses(err, pos.CodeConflict, "customer.several")
}
