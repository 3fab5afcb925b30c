package till_test

import (
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
)

// bring picks a line of a sale for the open return, opening one when there is
// none.
func (s *shop) bring(sale *pos.Sale, no int, qty money.Quantity) *till.ReturnView {
	s.Helper()
	v, err := s.OpenReturn(s.Context())
	s.ok(err)
	if v.Draft.ID == "" {
		_, err = s.StartReturn(s.Context(), s.owner, till.FindSale{ID: sale.ID})
		s.ok(err)
	}
	v, err = s.ReturnLine(s.Context(), s.owner, no, qty, "", true)
	s.ok(err)
	return v
}

// back finishes the open return.
func (s *shop) back() *pos.Return {
	s.Helper()
	r, err := s.FinishReturn(s.Context(), s.owner, "не подошло")
	s.ok(err)
	return r
}

// shelf is what stands on the shelf of a product.
func (s *shop) shelf(sku string) money.Quantity {
	s.Helper()
	found, err := s.SearchProducts(s.Context(), sku, 1)
	s.ok(err)
	return found[0].Stock
}

func TestTill_Return(t *testing.T) {
	t.Run("gives cash back and puts the goods on the shelf", func(t *testing.T) {
		s := newShop(t)
		s.scan("3*milk")
		s.cash(300_00)
		sale := s.finish()
		v := s.bring(sale, 1, 2000)
		if v.Preview.Total != 200_00 || v.Preview.Refunded(pos.Cash) != 200_00 || v.Needs != pos.RightReturn {
			t.Fatalf("the view tells %+v, needs %s", v.Preview, v.Needs)
		}
		r := s.back()
		if r.Number != 1 || r.Total != 200_00 || r.VAT != 18_18 || len(r.Refunds) != 1 {
			t.Errorf("returned %+v", r)
		}
		if got := s.shelf("Молоко"); got != 9000 {
			t.Errorf("the shelf holds %v", got)
		}
		s.bring(sale, 1, 1000)
		_, err := s.ReturnLine(s.Context(), s.owner, 1, 2000, "", true)
		s.refuses(err, pos.CodeLimit, "return.too-many")
		s.back()
		_, err = s.StartReturn(s.Context(), s.owner, till.FindSale{ID: sale.ID})
		s.refuses(err, pos.CodeConflict, "return.all-back")
	})
}

// paid tenders without codes being asked for.
func (s *shop) paid(m pos.Method, amount money.Amount) {
	s.Helper()
	_, _, err := s.Tender(s.Context(), s.owner, m, amount)
	s.ok(err)
}

// uncoded is a shop that asks no customer for a code.
func uncoded(t *testing.T) *shop {
	s := newShop(t)
	s.set.ConfirmPoints, s.set.ConfirmCredit = pos.ConfirmNone, pos.ConfirmNone
	return s
}

// mixed sells Anna goods for points, credit, card and cash: 550.00 in all.
func (s *shop) mixed() *pos.Sale {
	s.Helper()
	s.scan("5*milk", "bread")
	s.customer("2000001")
	s.spend(100)
	s.credit(150_00)
	s.paid(pos.Card, 100_00)
	s.cash(200_00)
	return s.finish()
}

func TestTill_ReturnOfAMixedSale(t *testing.T) {
	s := uncoded(t)
	before := s.state("2000001")
	sale := s.mixed()
	s.bring(sale, 1, 2000)
	first := s.back()
	after := s.state("2000001")
	if after.Debt != 150_00-first.DebtLowered() || first.DebtLowered() != 54_55 {
		t.Errorf("owes %v, lowered by %v", after.Debt, first.DebtLowered())
	}
	if _, err := s.ReturnAll(s.Context(), s.owner, "", true); err == nil {
		t.Fatal("picked without a return")
	}
	_, err := s.StartReturn(s.Context(), s.owner, till.FindSale{Code: "№1"})
	s.ok(err)
	_, err = s.ReturnAll(s.Context(), s.owner, "всё", false)
	s.ok(err)
	s.back()
	after = s.state("2000001")
	if after.Points != before.Points || after.Debt != before.Debt {
		t.Errorf("has %d points and owes %v, had %d and %v", after.Points, after.Debt, before.Points, before.Debt)
	}
	if got := s.shelf("Молоко"); got != 7000 {
		t.Errorf("spoiled goods went back to the shelf: %v", got)
	}
	rep, err := s.XReport(s.Context(), s.owner)
	s.ok(err)
	if rep.Expected != 1000_00 || rep.Returns.Count != 2 || rep.Returns.Total != 550_00 || rep.Total != 550_00 {
		t.Errorf("the report tells %+v", rep)
	}
	list, back, err := s.CameBack(s.Context(), s.owner, sale.ID)
	s.ok(err)
	if len(list) != 2 || back[1] != 5000 || back[2] != 1000 {
		t.Errorf("came back %v in %d returns", back, len(list))
	}
}

func TestTill_ReturnOfARepaidDebt(t *testing.T) {
	s := uncoded(t)
	s.scan("2*milk")
	s.customer("2000001")
	s.credit(200_00)
	sale := s.finish()
	_, _, err := s.RepayDebt(s.Context(), s.owner, sale.Customer, pos.Transfer, 150_00)
	s.ok(err)
	s.bring(sale, 1, 2000)
	r := s.back()
	if r.DebtLowered() != 50_00 || r.Refunded(pos.Transfer) != 150_00 {
		t.Errorf("given back %+v", r.Refunds)
	}
}

func TestTill_ReturnOfPoints(t *testing.T) {
	s := uncoded(t)
	s.set.Rules.PointsLife = 48 * time.Hour
	s.scan("gold")
	s.customer("2000001")
	s.cash(5000_00)
	first := s.finish() // earns 150, which expire in two days
	spendEarned := func() *pos.Sale {
		s.scan("5*milk")
		s.customer("2000001")
		s.spend(150)
		s.cash(350_00)
		return s.finish()
	}
	second := spendEarned()
	s.bring(first, 1, 1000)
	r := s.back()
	if r.PointsTaken+r.PointsKept != 150 || r.PointsKept == 0 || r.Refunded(pos.Cash) != 5000_00-r.Refunded(pos.Withheld) {
		t.Errorf("points that were spent: %+v", r)
	}
	s.clock.Move(72 * time.Hour)
	s.bring(second, 1, 5000)
	r = s.back()
	fresh := 0
	for _, m := range r.Points {
		if m.Fresh != "" {
			fresh++
		}
	}
	if fresh == 0 || r.PointsRestored == 0 {
		t.Errorf("points of an expired lot: %+v", r.Points)
	}
}

func TestTill_Exchange(t *testing.T) {
	t.Run("the customer pays the difference, and everything comes back the way it went", func(t *testing.T) {
		s := uncoded(t)
		before := s.state("2000001")
		sale := s.mixed()
		s.bring(sale, 1, 5000)
		_, err := s.StartExchange(s.Context(), s.owner)
		s.ok(err)
		s.scan("6*milk")
		v, err := s.OpenReturn(s.Context())
		s.ok(err)
		if v.Difference() != 100_00 || v.Exchange == nil {
			t.Fatalf("the difference is %v", v.Difference())
		}
		_, err = s.FinishSale(s.Context(), s.owner)
		s.refuses(err, pos.CodeConflict, "return.finish-exchange")
		_, err = s.FinishReturn(s.Context(), s.owner, "размер")
		s.refuses(err, pos.CodeConflict, "return.exchange-open")
		_, err = s.RemoveTender(s.Context(), s.owner, pos.Exchange, 0)
		s.refuses(err, pos.CodeConflict, "return.exchange-tender")
		_, _, err = s.FinishExchange(s.Context(), s.owner, "размер")
		s.refuses(err, pos.CodeNotPaid, "sale.not-paid")
		s.cash(100_00)
		r, next, err := s.FinishExchange(s.Context(), s.owner, "размер")
		s.ok(err)
		if r.Exchange != next.ID || r.Refunded(pos.Exchange) != 500_00 || next.Paid(pos.Exchange) != 500_00 || next.Paid(pos.Cash) != 100_00 {
			t.Errorf("exchanged %+v for %+v", r, next)
		}
		s.bring(next, 1, 6000)
		all := s.back()
		if all.Refunded(pos.Exchange) != 0 || all.Refunded(pos.Card) == 0 || all.PointsBack == 0 || all.DebtLowered() == 0 {
			t.Errorf("given back %+v", all.Refunds)
		}
		s.bring(sale, 2, 1000)
		s.back()
		after := s.state("2000001")
		if after.Points != before.Points || after.Debt != before.Debt {
			t.Errorf("has %d points and owes %v, had %d and %v", after.Points, after.Debt, before.Points, before.Debt)
		}
	})
	t.Run("the shop gives the rest back", func(t *testing.T) {
		s := uncoded(t)
		s.scan("3*milk")
		s.cash(300_00)
		sale := s.finish()
		s.bring(sale, 1, 3000)
		_, err := s.StartExchange(s.Context(), s.owner)
		s.ok(err)
		s.scan("bread")
		r, next, err := s.FinishExchange(s.Context(), s.owner, "размер")
		s.ok(err)
		if r.Refunded(pos.Cash) != 250_00 || next.Paid(pos.Exchange) != 50_00 || next.Change != 0 {
			t.Errorf("exchanged %+v for %+v", r.Refunds, next.Tenders)
		}
	})
	t.Run("gives no certificate for goods that were paid for with promises", func(t *testing.T) {
		s := uncoded(t)
		s.bring(s.mixed(), 1, 5000)
		_, err := s.StartExchange(s.Context(), s.owner)
		s.ok(err)
		gift := till.NewCertificate{Number: "2000000000017", Amount: 300_00}
		_, err = s.SellCertificate(s.Context(), s.owner, gift)
		s.refuses(err, pos.CodeConflict, "certificate.in-exchange")
		s.ok(s.AbandonReturn(s.Context(), s.owner))
		_, err = s.SellCertificate(s.Context(), s.owner, gift)
		s.ok(err)
	})
	t.Run("is given up", func(t *testing.T) {
		s := uncoded(t)
		s.scan("3*milk")
		s.cash(300_00)
		sale := s.finish()
		s.bring(sale, 1, 1000)
		_, err := s.StartExchange(s.Context(), s.owner)
		s.ok(err)
		_, err = s.DropExchange(s.Context(), s.owner)
		s.ok(err)
		_, err = s.Scan(s.Context(), s.owner, "milk", 0, nil)
		s.refuses(err, pos.CodeConflict, "return.open")
		_, err = s.StartExchange(s.Context(), s.owner)
		s.ok(err)
		s.scan("bread")
		s.restart()
		_, err = s.DropExchange(s.Context(), s.owner)
		s.refuses(err, pos.CodeConflict, "return.exchange-rung")
		s.ok(s.AbandonReturn(s.Context(), s.owner))
		if v := s.cheque(); v.Totals.Due != 50_00 || len(v.Cheque.Tenders) != 0 {
			t.Errorf("the cheque is left as %+v", v.Totals)
		}
	})
}

func TestTill_ReturnWithoutReceipt(t *testing.T) {
	s := newShop(t)
	_, err := s.StartReturnWithoutReceipt(s.Context(), s.owner)
	s.ok(err)
	_, err = s.ReturnScan(s.Context(), s.owner, "2*milk", 0, nil)
	s.ok(err)
	v, err := s.RefundBy(s.Context(), s.owner, pos.Card)
	s.ok(err)
	if v.Needs != pos.RightReturnNoProof || v.Preview.Refunded(pos.Card) != 200_00 || v.Preview.VAT != 18_18 {
		t.Errorf("the view tells %+v", v.Preview)
	}
	_, err = s.FinishReturn(s.Context(), s.cashier, "брак")
	s.refuses(err, pos.CodeForbidden, "till.forbidden")
	_, err = s.FinishReturn(s.Context(), s.owner, "")
	s.refuses(err, pos.CodeInvalid, "reason.short")
	s.back()
	_, err = s.StartReturnWithoutReceipt(s.Context(), s.owner)
	s.ok(err)
	_, err = s.FinishReturn(s.Context(), s.owner, "брак")
	s.refuses(err, pos.CodeConflict, "return.empty")
	_, err = s.ReturnScan(s.Context(), s.owner, "gold", 0, nil)
	s.ok(err)
	_, err = s.FinishReturn(s.Context(), s.owner, "брак")
	s.refuses(err, pos.CodeConflict, "return.drawer")
	_, err = s.CloseShift(s.Context(), s.owner, 0)
	s.refuses(err, pos.CodeConflict, "shift.return-open")
	s.ok(s.AbandonReturn(s.Context(), s.owner))
	s.refuses(s.AbandonReturn(s.Context(), s.owner), pos.CodeConflict, "return.none")
}

func TestTill_ReturnAsksTheRightOfTheDay(t *testing.T) {
	s := newShop(t)
	s.set.Returns.Days = 14
	s.scan("milk")
	s.cash(100_00)
	sale := s.finish()
	_, err := s.CloseShift(s.Context(), s.owner, 1100_00)
	s.ok(err)
	_, err = s.OpenShift(s.Context(), s.owner, 1000_00)
	s.ok(err)
	for _, day := range []struct {
		after time.Duration
		right pos.Right
	}{{0, pos.RightReturn}, {24 * time.Hour, pos.RightReturnOtherDay}, {14 * 24 * time.Hour, pos.RightReturnNoProof}} {
		s.clock.Move(day.after)
		if v := s.bring(sale, 1, 1000); v.Needs != day.right {
			t.Errorf("after %v it needs %s", day.after, v.Needs)
		}
		s.ok(s.AbandonReturn(s.Context(), s.owner))
	}
}

func TestTill_CorrectTender(t *testing.T) {
	s := newShop(t)
	s.scan("3*milk")
	s.paid(pos.Card, 300_00)
	sale := s.finish()
	correct := func(from, to pos.Method, amount money.Amount) error {
		_, err := s.CorrectTender(s.Context(), s.owner, sale.ID, from, to, amount, "перепутали кнопку")
		return err
	}
	s.ok(correct(pos.Card, pos.Cash, 200_00))
	s.refuses(correct(pos.Card, pos.Transfer, 150_00), pos.CodeLimit, "correction.too-much")
	s.refuses(correct(pos.Card, pos.Card, 1), pos.CodeInvalid, "correction.same")
	s.refuses(correct(pos.Points, pos.Card, 1), pos.CodeInvalid, "correction.method")
	s.refuses(correct(pos.Card, pos.Cash, 0), pos.CodeInvalid, "amount.not-positive")
	_, err := s.CorrectTender(s.Context(), s.cashier, sale.ID, pos.Card, pos.Cash, 1, "перепутали кнопку")
	s.refuses(err, pos.CodeForbidden, "till.forbidden")
	rep, err := s.XReport(s.Context(), s.owner)
	s.ok(err)
	if rep.Expected != 1200_00 || rep.Corrected[pos.Cash] != 200_00 || rep.Corrected[pos.Card] != -200_00 {
		t.Errorf("the report tells %+v", rep)
	}
	s.bring(sale, 1, 3000)
	if r := s.back(); r.Refunded(pos.Cash) != 200_00 || r.Refunded(pos.Card) != 100_00 {
		t.Errorf("given back %+v", r.Refunds)
	}
	_, err = s.CloseShift(s.Context(), s.owner, 1000_00)
	s.ok(err)
	_, err = s.OpenShift(s.Context(), s.owner, 0)
	s.ok(err)
	s.refuses(correct(pos.Card, pos.Cash, 1), pos.CodeConflict, "correction.other-shift")
}

func TestTill_ReturnOntoACertificate(t *testing.T) {
	s := newShop(t)
	c, err := s.IssueCertificate(s.Context(), s.owner, till.NewCertificate{Number: "GIFT-0001", Amount: 150_00}, "подарок")
	s.ok(err)
	s.scan("3*milk")
	_, err = s.PayCertificate(s.Context(), s.owner, c.Number, 0)
	s.ok(err)
	s.cash(150_00)
	sale := s.finish()
	s.bring(sale, 1, 1000)
	if r := s.back(); r.Refunded(pos.ByCertificate) != 50_00 || r.Refunded(pos.Cash) != 50_00 {
		t.Errorf("given back %+v", r.Refunds)
	}
	_, err = s.BlockCertificate(s.Context(), s.owner, c.Number, "потерян", false)
	s.ok(err)
	s.bring(sale, 1, 2000)
	_, err = s.FinishReturn(s.Context(), s.owner, "не подошло")
	s.refuses(err, pos.CodeConflict, "certificate.blocked")
}
