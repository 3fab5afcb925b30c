package wire

import (
	"strconv"

	"kassa/pos"
)

// CustomerGroup tells "customer_group.changed": a group of customers with its
// rules. A rule that is left out is the shop's.
type CustomerGroup struct {
	Head
	ID             string `json:"id"`
	Name           string `json:"name"`
	EarnRate       *int64 `json:"earn_rate_bp,omitempty"`
	MaxPointsShare *int64 `json:"max_points_share_bp,omitempty"`
	CreditLimit    *int64 `json:"credit_limit_minor,omitempty"`
	Currency       string `json:"currency,omitempty"` // of the limit; not told in version 0
	DueDays        *int64 `json:"due_days,omitempty"`
	Archived       bool   `json:"archived,omitempty"`
	Employee       string `json:"employee,omitempty"` // not told in version 0
	At             int64  `json:"at_ms"`
}

// OfCustomerGroup tells a group as it stands since.
func OfCustomerGroup(g *pos.CustomerGroup, by Act) *CustomerGroup {
	p := &CustomerGroup{Head: now(), ID: string(g.ID), Name: g.Name, EarnRate: whole(g.EarnRate), MaxPointsShare: whole(g.MaxPointsShare),
		CreditLimit: whole(g.CreditLimit), DueDays: whole(g.DueDays), Archived: g.Archived, Employee: string(by.Employee), At: ms(by.At)}
	if g.CreditLimit != nil {
		p.Currency = string(by.Currency)
	}
	return p
}

func whole[T ~int | ~int64](v *T) *int64 {
	if v == nil {
		return nil
	}
	n := int64(*v)
	return &n
}

// customerGroupV0 is a group as it was told before there were versions: texts of
// figures, "" where the rule is the shop's; its id stood beside the payload alone.
type customerGroupV0 struct {
	Name     string `json:"name"`
	Earn     figure `json:"earn"`
	Share    figure `json:"share"`
	Limit    figure `json:"limit"`
	Days     figure `json:"days"`
	Archived string `json:"archived"` // "yes" or "no"
}

// figure is a number written as a text.
type figure struct{ n *int64 }

// UnmarshalText implements encoding.TextUnmarshaler.
func (f *figure) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		return nil
	}
	n, err := strconv.ParseInt(string(text), 10, 64)
	f.n = &n
	return err
}

func customerGroupBefore(m *pos.OutboxMessage, g *customerGroupV0) Payload {
	return &CustomerGroup{ID: m.Subject, Name: g.Name, EarnRate: g.Earn.n, MaxPointsShare: g.Share.n, CreditLimit: g.Limit.n, DueDays: g.Days.n,
		Archived: g.Archived == "yes", At: ms(m.At)}
}

// EventKind implements Payload.
func (*CustomerGroup) EventKind() pos.EventKind { return pos.EventCustomerGroup }

// Subject implements Payload.
func (p *CustomerGroup) Subject() string { return p.ID }

// Object implements Payload.
func (p *CustomerGroup) Object() string { return p.ID }

func (p *CustomerGroup) lacks() string { return empty("id", p.ID, "name", p.Name) }
