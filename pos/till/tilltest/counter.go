package tilltest

// This file holds the verbs with which tests arrange a sale. Each acts as Who
// and ends the test when it is refused; what a test is about it does itself.

import (
	"strings"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/money"
	"kassa/pos/offers"
	"kassa/pos/till"
)

// StartShift opens a shift with so much in the drawer.
func (s *Shop) StartShift(float money.Amount) *pos.Shift {
	s.Helper()
	shift, err := s.OpenShift(s.Context(), s.Who, float)
	require.NoError(s, err)
	return shift
}

// Ring rings up codes, "3*milk" among them, and shows the cheque.
func (s *Shop) Ring(codes ...string) *till.ChequeView {
	s.Helper()
	var v *till.ChequeView
	for _, code := range codes {
		var err error
		v, err = s.Scan(s.Context(), s.Who, code, 0, nil)
		require.NoError(s, err)
	}
	return v
}

// Customer puts the customer with a card on the cheque.
func (s *Shop) Customer(card string) *till.ChequeView {
	s.Helper()
	v, err := s.SetCustomer(s.Context(), s.Who, till.FindCustomer{Card: card})
	require.NoError(s, err)
	return v
}

// Screen is the open cheque as the screen shows it.
func (s *Shop) Screen() *till.ChequeView {
	s.Helper()
	v, err := s.Cheque(s.Context())
	require.NoError(s, err)
	return v
}

// Tenders are the methods on the open cheque.
func (s *Shop) Tenders() string {
	s.Helper()
	var list []string
	for _, d := range s.Screen().Cheque.Tenders {
		list = append(list, string(d.Method))
	}
	return strings.Join(list, " ")
}

// Pay tenders a sum and brings the code the customer is asked for, if any. The
// challenge is that code's.
func (s *Shop) Pay(m pos.Method, amount money.Amount) *confirm.Challenge {
	s.Helper()
	_, v, err := s.Tender(s.Context(), s.Who, m, amount)
	require.NoError(s, err)
	return s.Brought(v)
}

// Brought sends a code that was placed, and tells its challenge as it then is
// stored; nil for none.
func (s *Shop) Brought(v *till.CodeView) *confirm.Challenge {
	s.Helper()
	if v == nil {
		return nil
	}
	_, err := s.BringCode(s.Context(), s.Who, v.ID, nil)
	require.NoError(s, err)
	return s.Asked(v.ID)
}

// Asked is a challenge as it is stored now.
func (s *Shop) Asked(id pos.ChallengeID) *confirm.Challenge {
	s.Helper()
	ch, err := s.Challenge(s.Context(), id)
	require.NoError(s, err)
	return ch
}

// Cash is Pay in cash.
func (s *Shop) Cash(amount money.Amount) { s.Helper(); s.Pay(pos.Cash, amount) }

// Credit is Pay on credit.
func (s *Shop) Credit(amount money.Amount) *confirm.Challenge {
	s.Helper()
	return s.Pay(pos.Credit, amount)
}

// Spend spends the customer's points and brings the code the customer is asked
// for, if any. The challenge is that code's.
func (s *Shop) Spend(points int64) *confirm.Challenge {
	s.Helper()
	_, v, err := s.SpendPoints(s.Context(), s.Who, points)
	require.NoError(s, err)
	return s.Brought(v)
}

// Enter enters a code and tells what became of its challenge.
func (s *Shop) Enter(id pos.ChallengeID, code string) *confirm.Challenge {
	s.Helper()
	_, err := s.EnterCode(s.Context(), s.Who, id, code)
	require.NoError(s, err)
	return s.Asked(id)
}

// CreditConfirmed is Credit in a shop that asks for a code, which is entered
// rightly.
func (s *Shop) CreditConfirmed(amount money.Amount) {
	s.Helper()
	s.confirm(s.Credit(amount))
}

// SpendConfirmed is Spend in a shop that asks for a code, which is entered rightly.
func (s *Shop) SpendConfirmed(points int64) {
	s.Helper()
	s.confirm(s.Spend(points))
}

func (s *Shop) confirm(ch *confirm.Challenge) {
	s.Helper()
	require.NotNil(s, ch, "no code is asked for")
	require.Equal(s, confirm.Verified, s.Enter(ch.ID, s.Sender.Code()).State)
}

// Finish finishes the sale.
func (s *Shop) Finish() *pos.Sale {
	s.Helper()
	sale, err := s.FinishSale(s.Context(), s.Who)
	require.NoError(s, err)
	return sale
}

// PayAll pays in cash what is due on the cheque shown and finishes the sale.
func (s *Shop) PayAll(v *till.ChequeView) *pos.Sale {
	s.Helper()
	if v.Totals.Due > 0 {
		s.Cash(v.Totals.Due)
	}
	return s.Finish()
}

// DemoGoods is what Sell sells: it costs 389.00 in the demo shop.
const DemoGoods = 4

// Sell rings up n pieces of DemoGoods in the demo shop, to a customer by the
// number in its file or to nobody (-1), lets pay pay and finishes the sale.
func (s *Shop) Sell(customer, n int, pay func()) *pos.Sale {
	s.Helper()
	for range n {
		s.Ring(s.Demo.Products[DemoGoods].Barcodes[0])
	}
	if customer >= 0 {
		_, err := s.SetCustomer(s.Context(), s.Who, till.FindCustomer{ID: s.Demo.Customers[customer].ID})
		require.NoError(s, err)
	}
	pay()
	return s.Finish()
}

// SellGift sells a gift certificate for cash.
func (s *Shop) SellGift(number string, amount money.Amount) *pos.Sale {
	s.Helper()
	v, err := s.SellCertificate(s.Context(), s.Cashier, till.NewCertificate{Number: number, Amount: amount, Name: "Сертификат"})
	require.NoError(s, err)
	return s.PayAll(v)
}

// Promote switches a promotion on.
func (s *Shop) Promote(p offers.Promotion) *offers.Promotion {
	s.Helper()
	p.On = true
	made, err := s.PutPromotion(s.Context(), s.Owner, p)
	require.NoError(s, err)
	return made
}

// TenPercent is a promotion that takes a tenth off everything.
func TenPercent(name string) offers.Promotion {
	return offers.Promotion{Name: name, Rule: offers.Rule{Effect: offers.PercentOff, Percent: 1000}}
}
