package pos

import (
	"strings"

	"kassa/pos/money"
)

// CustomerGroup is a set of customers with rules of their own. A nil field
// leaves the rule to the shop.
type CustomerGroup struct {
	ID             CustomerGroupID
	Name           string
	EarnRate       *money.Percent // points earned on what is left to pay
	MaxPointsShare *money.Percent // most of a cheque payable with points
	CreditLimit    *money.Amount  // of a member who has none of his own
	DueDays        *int           // days until a debt is due
	Archived       bool           // offered to nobody new
	Seal           Seal           // how the seal was found when the group was read
}

// The bounds of a group's rules.
const (
	maxShare   money.Percent = 10_000 // 100 %
	maxDueDays int           = 365
)

// Check tells the first thing wrong with a group as CodeInvalid.
func (g *CustomerGroup) Check() error {
	share := func(p *money.Percent) bool { return p == nil || *p >= 0 && *p <= maxShare }
	switch {
	case strings.TrimSpace(g.Name) == "":
		return E(CodeInvalid, "customer-group.name-empty", nil)
	case len([]rune(g.Name)) > MaxNameRunes:
		return E(CodeInvalid, "customer-group.name-long", Args{"Max": MaxNameRunes})
	case HasControl(g.Name):
		return E(CodeInvalid, "text.control", nil)
	case !share(g.EarnRate):
		return E(CodeInvalid, "customer-group.earn", nil)
	case !share(g.MaxPointsShare):
		return E(CodeInvalid, "customer-group.share", nil)
	case g.CreditLimit != nil && (*g.CreditLimit < 0 || *g.CreditLimit > money.MaxAmount):
		return E(CodeInvalid, "customer.limit", nil)
	case g.DueDays != nil && (*g.DueDays < 1 || *g.DueDays > maxDueDays):
		return E(CodeInvalid, "customer-group.days", Args{"Max": maxDueDays})
	}
	return nil
}

// For is the rules for members of a group: its own where it has some, else the
// shop's. Nil is nobody's group.
func (r Rules) For(g *CustomerGroup) Rules {
	if g == nil {
		return r
	}
	if g.EarnRate != nil {
		r.EarnRate = *g.EarnRate
	}
	if g.MaxPointsShare != nil {
		r.MaxPointsShare = *g.MaxPointsShare
	}
	if g.DueDays != nil {
		r.CreditDays = *g.DueDays
	}
	return r
}

// Limit is how much a customer may owe in all: the customer's own limit, else
// that of the group.
func (c *Customer) Limit(g *CustomerGroup) money.Amount {
	if c.CreditLimit == 0 && g != nil && g.CreditLimit != nil {
		return *g.CreditLimit
	}
	return c.CreditLimit
}

// Terms are the rules under which something was sold to a customer. They are
// kept with the sale, which explains itself by them whatever the rules are now.
type Terms struct {
	Group          CustomerGroupID // "" for none
	EarnRate       money.Percent
	MaxPointsShare money.Percent
	PointValue     money.Amount
	CreditLimit    money.Amount // the customer's own, 0 for none
	GroupLimit     money.Amount // the group's, 0 for none
}

// Limit is how much the customer might owe in all.
func (t *Terms) Limit() money.Amount {
	if t.CreditLimit == 0 {
		return t.GroupLimit
	}
	return t.CreditLimit
}

// TermsOf are the terms of a customer under the rules that apply.
func TermsOf(c *Customer, g *CustomerGroup, r Rules) *Terms {
	t := &Terms{Group: c.Group, EarnRate: r.EarnRate, MaxPointsShare: r.MaxPointsShare, PointValue: r.PointValue, CreditLimit: c.CreditLimit}
	if g != nil && g.CreditLimit != nil {
		t.GroupLimit = *g.CreditLimit
	}
	return t
}

// PointsBy is what a sale gives in points under its terms, and the most of it
// that may be paid with points, where that much stood behind its exchange. Both
// are zero without terms.
func (s *Sale) PointsBy(brought Brought) (earned, most int64) {
	if s.Terms == nil {
		return 0, 0
	}
	t := Totals{Total: s.Total}
	c := &Cheque{Brought: brought, Lines: make([]Line, 0, len(s.Lines)), Tenders: make([]Tender, 0, len(s.Tenders))}
	for i := range s.Lines {
		c.Lines = append(c.Lines, s.Lines[i].Line)
		if !s.Lines[i].Removed {
			t.Lines = append(t.Lines, s.Lines[i].LineTotals)
		}
	}
	for i := range s.Tenders {
		c.Tenders = append(c.Tenders, s.Tenders[i].Tender)
	}
	t.price(c, Rules{EarnRate: s.Terms.EarnRate, MaxPointsShare: s.Terms.MaxPointsShare, PointValue: s.Terms.PointValue})
	return t.Earn, t.MaxPoints
}
