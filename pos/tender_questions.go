package pos

// This file holds the questions the house asks the table of tenders in place of
// naming single ones.

// Methods lists the tenders a cashier can choose, in the order in which the
// payment window shows them.
var Methods = methodsThat(Method.ByHand)

// SaleMethods lists every method a stored sale can have been paid by, in the
// order of reports.
var SaleMethods = methodsThat(Method.InSale)

// RefundMethods lists every way a return can give back, in the order of reports.
var RefundMethods = methodsThat(func(Method) bool { return true })

// CounterMethods lists the money the till takes and hands back by itself. The
// first is what is proposed.
var CounterMethods = methodsThat(Method.OverCounter)

// ChangeMethod is the one change is given out of.
var ChangeMethod = methodsThat(Method.GivesChange)[0]

func methodsThat(is func(Method) bool) []Method {
	var all []Method
	for i := range tenders {
		if is(tenders[i].Method) {
			all = append(all, tenders[i].Method)
		}
	}
	return all
}

// row is the method's row, nil for one this program does not know.
func (m Method) row() *TenderTraits {
	for i := range tenders {
		if tenders[i].Method == m {
			return &tenders[i]
		}
	}
	return nil
}

// Traits is the method's row of the table. Of a method that a newer program
// stored it tells the least: nobody can choose it, nothing is asked of anybody,
// it has no account, and it would come back the way it came.
func (m Method) Traits() TenderTraits {
	if r := m.row(); r != nil {
		return *r
	}
	return TenderTraits{Method: m, Back: m}
}

// Put tells who puts the tender onto a document, and how.
func (m Method) Put() Put {
	if r := m.row(); r != nil {
		return r.Put
	}
	return PutNowhere
}

// ByHand reports a tender the cashier can choose: one of Methods.
func (m Method) ByHand() bool { return m.Put() == PutBySum || m.Put() == PutByAsking }

// InSale reports what can stand in a stored sale: one of SaleMethods.
func (m Method) InSale() bool { return m.ByHand() || m.Put() == PutByTill }

// Kept reports what a return keeps instead of giving it back.
func (m Method) Kept() bool { return m.Put() == PutOnReturn }

// Right is what an employee needs to put the tender onto a cheque.
func (m Method) Right() Right { return m.Traits().Right }

// GivesChange reports a tender of which more than what is due is taken.
func (m Method) GivesChange() bool { r := m.row(); return r != nil && r.Change }

// OverCounter reports money the till takes and hands back by itself: one of
// CounterMethods.
func (m Method) OverCounter() bool { r := m.row(); return r != nil && r.Counter }

// InDrawer reports money that lies in the drawer: it is counted with a shift,
// and the drawer opens for it.
func (m Method) InDrawer() bool { r := m.row(); return r != nil && r.Account.Name == drawer }

// Promise reports a tender that is no money of its own but a promise of the
// shop's or the customer's. It buys goods, not gift certificates.
func (m Method) Promise() bool { r := m.row(); return r != nil && r.Promise }

// NoEarn reports a tender that earns no points.
func (m Method) NoEarn() bool { r := m.row(); return r != nil && r.NoEarn }

// NeedsCustomer reports a tender that belongs to a customer and may need that
// customer's code.
func (m Method) NeedsCustomer() bool { r := m.row(); return r != nil && r.Customer }

// NeedsCertificate reports a tender that names the gift certificate it is of.
func (m Method) NeedsCertificate() bool { return m.Account().Of == OfCertificate }

// NeedsCode reports a tender its customer confirms by a code where the shop asks
// for one. Settings.Confirm tells whether it does.
func (m Method) NeedsCode() bool { r := m.row(); return r != nil && r.Code != nil }

// NeedsApproval reports a tender that is no payment before somebody elsewhere
// approved it.
func (m Method) NeedsApproval() bool { r := m.row(); return r != nil && r.Elsewhere }

// Account names the account of the journal on which the tender stands; its Name
// is "" for an unknown method.
func (m Method) Account() TenderAccount {
	if r := m.row(); r != nil {
		return r.Account
	}
	return TenderAccount{}
}

// ComesBackAs is the method by which a return gives it back; "" where what
// stands behind it goes back instead.
func (m Method) ComesBackAs() Method {
	if r := m.row(); r != nil {
		return r.Back
	}
	return m
}

// Fiscal is what the tender is to the tax authority.
func (m Method) Fiscal() FiscalKind { return m.Traits().Fiscal }

// Word is the translation id of its name.
func (m Method) Word() string { return "method." + string(m) }

// Confirm returns whether the tender is confirmed with a code.
func (s *Settings) Confirm(m Method) ConfirmPolicy {
	if r := m.row(); r != nil && r.Code != nil {
		return r.Code(s)
	}
	return ConfirmNever
}

// Guarded reports that customers confirm something they pay with: only then a
// number is worth protecting.
func (s *Settings) Guarded() bool {
	for _, m := range Methods {
		if s.Confirm(m).Asks() {
			return true
		}
	}
	return false
}
