package main

import (
	"context"

	"kassa/cmd/internal/shop"
	"kassa/cmd/kassactl/door"
	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/report"
	"kassa/pos/till"
)

// approvalRow is an approval as JSON.
type approvalRow struct {
	ID        pos.ApprovalID  `json:"id"`
	At        *door.Timestamp `json:"at"`
	Right     pos.Right       `json:"right"`
	Sum       string          `json:"sum"`
	Currency  money.Currency  `json:"currency,omitempty"` // of sum, where that is not the shop's
	Subject   string          `json:"subject"`
	AskedBy   pos.EmployeeID  `json:"asked_by"`
	GrantedBy pos.EmployeeID  `json:"granted_by"`
	Reason    string          `json:"reason"`
	UsedAt    *door.Timestamp `json:"used_at"`
	UsedFor   string          `json:"used_for"`
}

func (p *program) reportApprovals(ctx context.Context, _ []string) error {
	from, to, err := p.days()
	if err != nil {
		return err
	}
	return p.with(ctx, looking, func(s *shop.Shop) error {
		approvals, err := s.Till.Approvals(ctx, till.System(), from, to)
		if err != nil {
			return err
		}
		names, err := employeeNames(ctx, s)
		if err != nil {
			return err
		}
		list := make([]approvalRow, 0, len(approvals))
		for _, a := range approvals {
			about, other := pos.SubjectOf(a.Subject)
			row := approvalRow{ID: a.ID, At: door.Stamp(a.At), Right: a.Right, Sum: a.Sum.String(), Currency: other, Subject: about,
				AskedBy: a.AskedBy, GrantedBy: a.GrantedBy, Reason: a.Reason, UsedFor: a.UsedFor}
			if a.Used() {
				row.UsedAt = door.Stamp(a.UsedAt)
			}
			list = append(list, row)
		}
		who := func(id pos.EmployeeID) string { return names[id] }
		return p.answer(struct {
			Approvals []approvalRow `json:"approvals"`
		}{list}, func() { p.table(report.Approvals(approvals, who, p.words.T, p.words.Money())) })
	})
}
