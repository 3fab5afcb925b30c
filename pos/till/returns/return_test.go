package returns_test

// These tests bring goods back, exchange them and correct tenders.

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// bring picks a line of a sale for the open return, opening one when there is
// none.
func bring(s *tilltest.Shop, sale *pos.Sale, no int, qty money.Quantity) *till.ReturnView {
	s.Helper()
	v, err := s.OpenReturn(s.Context())
	require.NoError(s, err)
	if v.Draft.ID == "" {
		_, err = s.StartReturn(s.Context(), s.Owner, till.FindSale{ID: sale.ID})
		require.NoError(s, err)
	}
	v, err = s.ReturnLine(s.Context(), s.Owner, no, qty, "", true)
	require.NoError(s, err)
	return v
}

// back finishes the open return.
func back(s *tilltest.Shop) *pos.Return {
	s.Helper()
	r, err := s.FinishReturn(s.Context(), s.Owner, "не подошло")
	require.NoError(s, err)
	return r
}

// shelf is what stands on the shelf of a product.
func shelf(s *tilltest.Shop, sku string) money.Quantity {
	s.Helper()
	found, err := s.SearchProducts(s.Context(), sku, 1)
	require.NoError(s, err)
	return found[0].Stock
}

func TestTill_Return(t *testing.T) {
	t.Run("gives cash back and puts the goods on the shelf", func(t *testing.T) {
		s := tilltest.Small(t)
		s.Ring("3*milk")
		s.Cash(300_00)
		sale := s.Finish()
		v := bring(s, sale, 1, 2000)
		if v.Preview.Total != 200_00 || v.Preview.Refunded(pos.Cash) != 200_00 || v.Needs != pos.RightReturn {
			t.Fatalf("the view tells %+v, needs %s", v.Preview, v.Needs)
		}
		r := back(s)
		if r.Number != 1 || r.Total != 200_00 || r.VAT != 18_18 || len(r.Refunds) != 1 {
			t.Errorf("returned %+v", r)
		}
		if got := shelf(s, "Молоко"); got != 9000 {
			t.Errorf("the shelf holds %v", got)
		}
		bring(s, sale, 1, 1000)
		_, err := s.ReturnLine(s.Context(), s.Owner, 1, 2000, "", true)
		tilltest.Refused(t, err, pos.CodeLimit, "return.too-many")
		back(s)
		_, err = s.StartReturn(s.Context(), s.Owner, till.FindSale{ID: sale.ID})
		tilltest.Refused(t, err, pos.CodeConflict, "return.all-back")
	})
}

// uncoded is a shop that asks no customer for a code.
func uncoded(t *testing.T) *tilltest.Shop {
	s := tilltest.Small(t)
	s.Settings.ConfirmPoints, s.Settings.ConfirmCredit = pos.ConfirmNever, pos.ConfirmNever
	return s
}

// mixed sells Anna goods for points, credit, card and cash: 550.00 in all.
func mixed(s *tilltest.Shop) *pos.Sale {
	s.Helper()
	s.Ring("5*milk", "bread")
	s.Customer(tilltest.Anna)
	s.Spend(100)
	s.Credit(150_00)
	s.Pay(pos.Card, 100_00)
	s.Cash(200_00)
	return s.Finish()
}

func TestTill_ReturnOfAMixedSale(t *testing.T) {
	s := uncoded(t)
	before := s.Person(tilltest.Anna)
	sale := mixed(s)
	bring(s, sale, 1, 2000)
	first := back(s)
	after := s.Person(tilltest.Anna)
	if after.Debt != 150_00-first.DebtLowered() || first.DebtLowered() != 54_55 {
		t.Errorf("owes %v, lowered by %v", after.Debt, first.DebtLowered())
	}
	if _, err := s.ReturnAll(s.Context(), s.Owner, "", true); err == nil {
		t.Fatal("picked without a return")
	}
	_, err := s.StartReturn(s.Context(), s.Owner, till.FindSale{Code: "№1"})
	require.NoError(t, err)
	_, err = s.ReturnAll(s.Context(), s.Owner, "всё", false)
	require.NoError(t, err)
	back(s)
	after = s.Person(tilltest.Anna)
	if after.Points != before.Points || after.Debt != before.Debt {
		t.Errorf("has %d points and owes %v, had %d and %v", after.Points, after.Debt, before.Points, before.Debt)
	}
	if got := shelf(s, "Молоко"); got != 7000 {
		t.Errorf("spoiled goods went back to the shelf: %v", got)
	}
	rep, err := s.XReport(s.Context(), s.Owner)
	require.NoError(t, err)
	if rep.Expected != 1000_00 || rep.Returns.Count != 2 || rep.Returns.Total != 550_00 || rep.Total != 550_00 {
		t.Errorf("the report tells %+v", rep)
	}
	list, back, err := s.CameBack(s.Context(), s.Owner, sale.ID)
	require.NoError(t, err)
	if len(list) != 2 || back[1] != 5000 || back[2] != 1000 {
		t.Errorf("came back %v in %d returns", back, len(list))
	}
}

func TestTill_ReturnOfARepaidDebt(t *testing.T) {
	s := uncoded(t)
	s.Ring("2*milk")
	s.Customer(tilltest.Anna)
	s.Credit(200_00)
	sale := s.Finish()
	_, _, err := s.RepayDebt(s.Context(), s.Owner, sale.Customer, pos.Transfer, 150_00)
	require.NoError(t, err)
	bring(s, sale, 1, 2000)
	r := back(s)
	if r.DebtLowered() != 50_00 || r.Refunded(pos.Transfer) != 150_00 {
		t.Errorf("given back %+v", r.Refunds)
	}
}

func TestTill_ReturnOfPoints(t *testing.T) {
	s := uncoded(t)
	s.Settings.Rules.PointsLife = 48 * time.Hour
	s.Ring("gold")
	s.Customer(tilltest.Anna)
	s.Cash(5000_00)
	first := s.Finish() // earns 150, which expire in two days
	spendEarned := func() *pos.Sale {
		s.Ring("5*milk")
		s.Customer(tilltest.Anna)
		s.Spend(150)
		s.Cash(350_00)
		return s.Finish()
	}
	second := spendEarned()
	bring(s, first, 1, 1000)
	r := back(s)
	if r.PointsTaken+r.PointsKept != 150 || r.PointsKept == 0 || r.Refunded(pos.Cash) != 5000_00-r.Refunded(pos.Withheld) {
		t.Errorf("points that were spent: %+v", r)
	}
	s.Clock.Move(72 * time.Hour)
	bring(s, second, 1, 5000)
	r = back(s)
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
		before := s.Person(tilltest.Anna)
		sale := mixed(s)
		bring(s, sale, 1, 5000)
		_, err := s.StartExchange(s.Context(), s.Owner)
		require.NoError(t, err)
		s.Ring("6*milk")
		v, err := s.OpenReturn(s.Context())
		require.NoError(t, err)
		if v.Difference() != 100_00 || v.Exchange == nil {
			t.Fatalf("the difference is %v", v.Difference())
		}
		_, err = s.FinishSale(s.Context(), s.Owner)
		tilltest.Refused(t, err, pos.CodeConflict, "return.finish-exchange")
		_, err = s.FinishReturn(s.Context(), s.Owner, "размер")
		tilltest.Refused(t, err, pos.CodeConflict, "return.exchange-open")
		_, err = s.RemoveTender(s.Context(), s.Owner, pos.Exchange, 0)
		tilltest.Refused(t, err, pos.CodeConflict, "return.exchange-tender")
		_, _, err = s.FinishExchange(s.Context(), s.Owner, "размер")
		tilltest.Refused(t, err, pos.CodeNotPaid, "sale.not-paid")
		s.Cash(100_00)
		r, next, err := s.FinishExchange(s.Context(), s.Owner, "размер")
		require.NoError(t, err)
		if r.Exchange != next.ID || r.Refunded(pos.Exchange) != 500_00 || next.Paid(pos.Exchange) != 500_00 || next.Paid(pos.Cash) != 100_00 {
			t.Errorf("exchanged %+v for %+v", r, next)
		}
		bring(s, next, 1, 6000)
		all := back(s)
		if all.Refunded(pos.Exchange) != 0 || all.Refunded(pos.Card) == 0 || all.PointsBack == 0 || all.DebtLowered() == 0 {
			t.Errorf("given back %+v", all.Refunds)
		}
		bring(s, sale, 2, 1000)
		back(s)
		after := s.Person(tilltest.Anna)
		if after.Points != before.Points || after.Debt != before.Debt {
			t.Errorf("has %d points and owes %v, had %d and %v", after.Points, after.Debt, before.Points, before.Debt)
		}
	})
	t.Run("the shop gives the rest back", func(t *testing.T) {
		s := uncoded(t)
		s.Ring("3*milk")
		s.Cash(300_00)
		sale := s.Finish()
		bring(s, sale, 1, 3000)
		_, err := s.StartExchange(s.Context(), s.Owner)
		require.NoError(t, err)
		s.Ring("bread")
		r, next, err := s.FinishExchange(s.Context(), s.Owner, "размер")
		require.NoError(t, err)
		if r.Refunded(pos.Cash) != 250_00 || next.Paid(pos.Exchange) != 50_00 || next.Change != 0 {
			t.Errorf("exchanged %+v for %+v", r.Refunds, next.Tenders)
		}
	})
	t.Run("gives no certificate for goods that were paid for with promises", func(t *testing.T) {
		s := uncoded(t)
		bring(s, mixed(s), 1, 5000)
		_, err := s.StartExchange(s.Context(), s.Owner)
		require.NoError(t, err)
		gift := till.NewCertificate{Number: "2000000000017", Amount: 300_00}
		_, err = s.SellCertificate(s.Context(), s.Owner, gift)
		tilltest.Refused(t, err, pos.CodeConflict, "certificate.in-exchange")
		require.NoError(t, s.AbandonReturn(s.Context(), s.Owner))
		_, err = s.SellCertificate(s.Context(), s.Owner, gift)
		require.NoError(t, err)
	})
	t.Run("is given up", func(t *testing.T) {
		s := uncoded(t)
		s.Ring("3*milk")
		s.Cash(300_00)
		sale := s.Finish()
		bring(s, sale, 1, 1000)
		_, err := s.StartExchange(s.Context(), s.Owner)
		require.NoError(t, err)
		_, err = s.DropExchange(s.Context(), s.Owner)
		require.NoError(t, err)
		_, err = s.Scan(s.Context(), s.Owner, "milk", 0, nil)
		tilltest.Refused(t, err, pos.CodeConflict, "return.open")
		_, err = s.StartExchange(s.Context(), s.Owner)
		require.NoError(t, err)
		s.Ring("bread")
		s.Restart()
		_, err = s.DropExchange(s.Context(), s.Owner)
		tilltest.Refused(t, err, pos.CodeConflict, "return.exchange-rung")
		id := s.Screen().Cheque.ID
		tilltest.Refused(t, s.AbandonReturn(s.Context(), s.Cashier), pos.CodeForbidden, "till.forbidden")
		require.NoError(t, s.AbandonReturn(s.Context(), s.Owner))
		if v := s.Screen(); v.Cheque.ID != "" || len(v.Cheque.Lines) != 0 {
			t.Errorf("the cheque is left as %+v", v.Cheque)
		}
		require.Equal(t, string(id), s.Last(pos.EventChequeCancelled).Subject)
		s.Ring("milk")
		s.Cash(100_00)
		s.Finish()
	})
	t.Run("earns only on what was paid in money", func(t *testing.T) {
		s := uncoded(t)
		s.Ring("5*milk")
		s.Customer(tilltest.Anna)
		s.Spend(100)
		gift, err := s.IssueCertificate(s.Context(), s.Owner, till.NewCertificate{Amount: 200_00}, "подарок")
		require.NoError(t, err)
		_, err = s.PayCertificate(s.Context(), s.Owner, gift.Number, 0)
		require.NoError(t, err)
		s.Cash(200_00)
		sale := s.Finish()
		require.EqualValues(t, 6, sale.PointsEarned) // 3 % of 200.00
		bring(s, sale, 1, 5000)
		_, err = s.StartExchange(s.Context(), s.Owner)
		require.NoError(t, err)
		v := s.Ring("6*milk")
		require.Equal(t, pos.Brought{Points: 100_00, Gifts: 200_00}, v.Cheque.Brought)
		require.EqualValues(t, 9, v.Totals.Earn, "3 % of 200.00 brought and 100.00 to be paid")
		require.EqualValues(t, 80, v.MaxPoints, "30 % of 600.00, less the points of the first sale")
		_, _, err = s.SpendPoints(s.Context(), s.Owner, 81)
		tilltest.Refused(t, err, pos.CodeLimit, "points.over-cheque")
		s.Spend(80)
		s.Cash(20_00)
		_, next, err := s.FinishExchange(s.Context(), s.Owner, "размер")
		require.NoError(t, err)
		require.EqualValues(t, 6, next.PointsEarned) // 3 % of 220.00
	})
}

func TestTill_ReturnWithoutReceipt(t *testing.T) {
	s := tilltest.Small(t)
	_, err := s.StartReturnWithoutReceipt(s.Context(), s.Owner)
	require.NoError(t, err)
	_, err = s.ReturnScan(s.Context(), s.Owner, "2*milk", 0, nil)
	require.NoError(t, err)
	v, err := s.RefundBy(s.Context(), s.Owner, pos.Card)
	require.NoError(t, err)
	if v.Needs != pos.RightReturnNoProof || v.Preview.Refunded(pos.Card) != 200_00 || v.Preview.VAT != 18_18 {
		t.Errorf("the view tells %+v", v.Preview)
	}
	_, err = s.FinishReturn(s.Context(), s.Cashier, "брак")
	tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
	_, err = s.FinishReturn(s.Context(), s.Owner, "")
	tilltest.Refused(t, err, pos.CodeInvalid, "reason.short")
	back(s)
	_, err = s.StartReturnWithoutReceipt(s.Context(), s.Owner)
	require.NoError(t, err)
	_, err = s.FinishReturn(s.Context(), s.Owner, "брак")
	tilltest.Refused(t, err, pos.CodeConflict, "return.empty")
	_, err = s.ReturnScan(s.Context(), s.Owner, "gold", 0, nil)
	require.NoError(t, err)
	_, err = s.FinishReturn(s.Context(), s.Owner, "брак")
	tilltest.Refused(t, err, pos.CodeConflict, "return.drawer")
	_, err = s.CloseShift(s.Context(), s.Owner, 0)
	tilltest.Refused(t, err, pos.CodeConflict, "shift.return-open")
	require.NoError(t, s.AbandonReturn(s.Context(), s.Owner))
	tilltest.Refused(t, s.AbandonReturn(s.Context(), s.Owner), pos.CodeConflict, "return.none")
}

func TestTill_ReturnAsksTheRightOfTheDay(t *testing.T) {
	s := tilltest.Small(t)
	s.Settings.Returns.Days = 14
	s.Ring("milk")
	s.Cash(100_00)
	sale := s.Finish()
	_, err := s.CloseShift(s.Context(), s.Owner, 1100_00)
	require.NoError(t, err)
	_, err = s.OpenShift(s.Context(), s.Owner, 1000_00)
	require.NoError(t, err)
	for _, day := range []struct {
		after time.Duration
		right pos.Right
	}{{0, pos.RightReturn}, {24 * time.Hour, pos.RightReturnOtherDay}, {14 * 24 * time.Hour, pos.RightReturnNoProof}} {
		s.Clock.Move(day.after)
		if v := bring(s, sale, 1, 1000); v.Needs != day.right {
			t.Errorf("after %v it needs %s", day.after, v.Needs)
		}
		require.NoError(t, s.AbandonReturn(s.Context(), s.Owner))
	}
}

func TestTill_CorrectTender(t *testing.T) {
	s := tilltest.Small(t)
	s.Ring("3*milk")
	s.Pay(pos.Card, 300_00)
	sale := s.Finish()
	correct := func(from, to pos.Method, amount money.Amount) error {
		_, err := s.CorrectTender(s.Context(), s.Owner, sale.ID, from, to, amount, "перепутали кнопку")
		return err
	}
	require.NoError(t, correct(pos.Card, pos.Cash, 200_00))
	tilltest.Refused(t, correct(pos.Card, pos.Transfer, 150_00), pos.CodeLimit, "correction.too-much")
	tilltest.Refused(t, correct(pos.Card, pos.Card, 1), pos.CodeInvalid, "correction.same")
	tilltest.Refused(t, correct(pos.Points, pos.Card, 1), pos.CodeInvalid, "correction.method")
	tilltest.Refused(t, correct(pos.Card, pos.Cash, 0), pos.CodeInvalid, "amount.not-positive")
	_, err := s.CorrectTender(s.Context(), s.Cashier, sale.ID, pos.Card, pos.Cash, 1, "перепутали кнопку")
	tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
	rep, err := s.XReport(s.Context(), s.Owner)
	require.NoError(t, err)
	if rep.Expected != 1200_00 || rep.Corrected[pos.Cash] != 200_00 || rep.Corrected[pos.Card] != -200_00 {
		t.Errorf("the report tells %+v", rep)
	}
	bring(s, sale, 1, 3000)
	if r := back(s); r.Refunded(pos.Cash) != 200_00 || r.Refunded(pos.Card) != 100_00 {
		t.Errorf("given back %+v", r.Refunds)
	}
	_, err = s.CloseShift(s.Context(), s.Owner, 1000_00)
	require.NoError(t, err)
	_, err = s.OpenShift(s.Context(), s.Owner, 0)
	require.NoError(t, err)
	tilltest.Refused(t, correct(pos.Card, pos.Cash, 1), pos.CodeConflict, "correction.other-shift")
}

func TestTill_ReturnOntoACertificate(t *testing.T) {
	s := tilltest.Small(t)
	c, err := s.IssueCertificate(s.Context(), s.Owner, till.NewCertificate{Number: "GIFT-0001", Amount: 150_00}, "подарок")
	require.NoError(t, err)
	s.Ring("3*milk")
	_, err = s.PayCertificate(s.Context(), s.Owner, c.Number, 0)
	require.NoError(t, err)
	s.Cash(150_00)
	sale := s.Finish()
	bring(s, sale, 1, 1000)
	if r := back(s); r.Refunded(pos.ByCertificate) != 50_00 || r.Refunded(pos.Cash) != 50_00 {
		t.Errorf("given back %+v", r.Refunds)
	}
	_, err = s.BlockCertificate(s.Context(), s.Owner, c.Number, "потерян", false)
	require.NoError(t, err)
	bring(s, sale, 1, 2000)
	_, err = s.FinishReturn(s.Context(), s.Owner, "не подошло")
	tilltest.Refused(t, err, pos.CodeConflict, "certificate.blocked")
}

func TestTill_ReturnOfAReceiptWithCertificates(t *testing.T) {
	s := tilltest.Small(t)
	gift := s.SellGift("GC-0001", 500_00)
	start := func(sale *pos.Sale) error {
		_, err := s.StartReturn(s.Context(), s.Owner, till.FindSale{ID: sale.ID})
		return err
	}
	tilltest.Refused(t, start(gift), pos.CodeConflict, "return.gifts-only")
	s.Ring("milk")
	v, err := s.SellCertificate(s.Context(), s.Owner, till.NewCertificate{Number: "GC-0002", Amount: 500_00})
	require.NoError(t, err)
	both := s.PayAll(v)
	bring(s, both, 1, 1000)
	back(s)
	tilltest.Refused(t, start(both), pos.CodeConflict, "return.all-but-gifts")
}

// Two receipts have one number in a shop that was restored when numbers still
// began anew: neither is taken for the other.
func TestTill_ReturnOfSeveralEpochs(t *testing.T) {
	s := tilltest.Small(t)
	sell := func() *pos.Sale {
		s.Ring("milk")
		s.Cash(100_00)
		return s.Finish()
	}
	first := sell()
	require.NoError(t, s.Store.Update(s.Context(), func(tx till.Tx) error { return tx.PutMeta("epoch", "2") }))
	second := sell()
	require.Equal(t, first.Number, second.Number)
	third := sell()
	for _, f := range []till.FindSale{{Number: first.Number}, {Code: "№ 1"}} {
		_, err := s.StartReturn(s.Context(), s.Owner, f)
		require.Equal(t, pos.CodeConflict, pos.CodeOf(err))
		require.Contains(t, err.Error(), "sale.several")
	}
	for epoch, want := range map[int64]pos.SaleID{1: first.ID, 2: second.ID} {
		v, err := s.StartReturn(s.Context(), s.Owner, till.FindSale{Number: 1, Epoch: epoch})
		require.NoError(t, err)
		require.Equal(t, want, v.Sale.ID)
		require.NoError(t, s.AbandonReturn(s.Context(), s.Owner))
		sale, err := s.SaleNumbered(s.Context(), s.Owner, 1, epoch)
		require.NoError(t, err)
		require.Equal(t, want, sale.ID)
	}
	v, err := s.StartReturn(s.Context(), s.Owner, till.FindSale{Number: third.Number})
	require.NoError(t, err, "a number of one epoch needs none")
	require.Equal(t, third.ID, v.Sale.ID)
	_, err = s.SaleNumbered(s.Context(), s.Owner, 3, 0)
	require.Equal(t, pos.CodeNotFound, pos.CodeOf(err))
}
