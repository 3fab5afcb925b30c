package offers

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/offers"
	"kassa/pos/till"
	"kassa/ui"
)

// momentLayout is how the moment of a trial cheque is typed.
const momentLayout = "02.01.2006 15:04"

// trial is a cheque that is only thought of.
type trial struct {
	lines    []trialLine
	buyer    *pos.CustomerState // nil for nobody
	group    int                // in groups, from 1; 0 for none
	birthday bool               // it is the buyer's
	moment   string             // as it was typed
	coupon   int                // in coupons, from 1; 0 for none

	groups  []pos.CustomerGroup
	coupons []offers.Promotion // that want a coupon
	edited  *offers.Promotion
	result  *till.TrialOutcome
}

type trialLine struct {
	product pos.Product
	qty     money.Quantity
}

// add puts goods on the cheque, or more of them.
func (m *trial) add(p pos.Product, qty money.Quantity) (row int) {
	for i := range m.lines {
		if m.lines[i].product.ID == p.ID {
			m.lines[i].qty = min(m.lines[i].qty+qty, money.MaxQuantity)
			return i
		}
	}
	m.lines = append(m.lines, trialLine{p, qty})
	return len(m.lines) - 1
}

// step changes the quantity of a line by whole pieces; the last piece stays until
// the line is removed.
func (m *trial) step(row int, by money.Quantity) bool {
	if row < 0 || row >= len(m.lines) {
		return false
	}
	qty := m.lines[row].qty + by
	if qty <= 0 || qty > money.MaxQuantity {
		return false
	}
	m.lines[row].qty = qty
	return true
}

func (m *trial) remove(row int) {
	if row >= 0 && row < len(m.lines) {
		m.lines = slices.Delete(m.lines, row, row+1)
	}
}

// query is the question to the till, or why there is none. zone is the shop's.
func (m *trial) query(zone *time.Location) (till.TrialCheque, error) {
	q := till.TrialCheque{Edited: m.edited}
	at, err := time.ParseInLocation(momentLayout, strings.TrimSpace(m.moment), zone)
	if err != nil {
		return q, &pos.Error{Code: pos.CodeInvalid, ID: "offers.moment", Err: err}
	}
	q.At = at
	for _, l := range m.lines {
		q.Lines = append(q.Lines, till.TrialLine{Product: l.product.ID, Qty: l.qty})
	}
	if m.coupon > 0 {
		q.Coupons = []pos.OfferID{m.coupons[m.coupon-1].ID}
	}
	if m.buyer != nil && m.group == 0 && !m.birthday {
		q.Customer = m.buyer.ID
		return q, nil
	}
	if m.buyer == nil && m.group == 0 && !m.birthday {
		return q, nil
	}
	q.Buyer = &offers.Buyer{}
	if m.buyer != nil {
		q.Buyer.Group, q.Buyer.Birthday = string(m.buyer.Group), m.buyer.Birthday
	}
	if m.group > 0 {
		q.Buyer.Group = string(m.groups[m.group-1].ID)
	}
	if m.birthday {
		q.Buyer.Birthday = at.Format("01-02")
	}
	return q, nil
}

// verdict says what became of a promotion.
func verdict(env *ui.Env, v *offers.Verdict) string {
	switch {
	case v.Why == "":
		return env.Words.Money().Bare(v.Sum.Neg())
	case v.By != "":
		return env.T("offers.preview.by", pos.Args{"Why": env.T(string(v.Why), nil), "Name": v.By})
	}
	return env.T(string(v.Why), nil)
}

// givenBy names the promotions that made a line cheaper.
func givenBy(env *ui.Env, l *till.TrialOutcomeLine) string {
	out := make([]string, len(l.Given))
	for i, g := range l.Given {
		out[i] = g.Name + " " + env.Words.Money().Bare(g.Sum.Neg())
	}
	return strings.Join(out, " · ")
}

// pieces is how much a text asks for: one piece where it does not say.
func pieces(text string) money.Quantity {
	n, _ := pos.Multiple(text)
	return cmp.Or(n, money.One)
}
