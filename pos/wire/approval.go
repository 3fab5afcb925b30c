package wire

import (
	"kassa/pos"
	"kassa/pos/money"
)

// ApprovalUsed tells "approval.used": somebody did what another allowed once.
type ApprovalUsed struct {
	Head
	ID        string `json:"id"`
	Right     string `json:"right"`
	Sum       int64  `json:"sum_minor"`
	Currency  string `json:"currency,omitempty"` // not told in version 0
	About     string `json:"subject,omitempty"`  // id of what was asked about
	AskedBy   string `json:"asked_by"`
	GrantedBy string `json:"granted_by"`
	Reason    string `json:"reason"`
	At        int64  `json:"at_ms"`
	UsedAt    int64  `json:"used_at_ms"`
	UsedFor   string `json:"used_for,omitempty"` // id of what came of it
}

// OfApproval tells an approval that was used, in the currency of the shop or that of
// its own sum.
func OfApproval(a *pos.Approval, c money.Currency) *ApprovalUsed {
	about, other := pos.SubjectOf(a.Subject)
	if other != "" {
		c = other
	}
	return &ApprovalUsed{
		Head: now(), ID: string(a.ID), Right: string(a.Right), Sum: int64(a.Sum), Currency: string(c), About: about,
		AskedBy: string(a.AskedBy), GrantedBy: string(a.GrantedBy), Reason: a.Reason, At: ms(a.At), UsedAt: ms(a.UsedAt), UsedFor: a.UsedFor,
	}
}

// EventKind implements Payload.
func (*ApprovalUsed) EventKind() pos.EventKind { return pos.EventApprovalUsed }

// Subject implements Payload.
func (p *ApprovalUsed) Subject() string { return p.ID }

// Object implements Payload.
func (p *ApprovalUsed) Object() string { return p.ID }

func (p *ApprovalUsed) lacks() string { return empty("id", p.ID, "right", p.Right) }
