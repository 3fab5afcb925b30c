package staff

import (
	"context"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
)

// AskApproval asks somebody else to allow one action. RefusedOf fills Right,
// Sum and Subject from the refusal.
type AskApproval struct {
	Right   pos.Right
	Sum     money.Amount
	Subject string
	PIN     string // of who allows it
	Reason  string
}

// Approve lets the actor do once, within pos.ApprovalLife, what was refused;
// WithApproval carries the answer into the operation. Whoever the PIN belongs to
// must hold the right, uncapped or with a cap that suffices, and be somebody
// else than the actor (CodeForbidden). A wrong PIN counts as one at login:
// CodeForbidden with Args "Left", CodeWait with Args "Until" while the till is
// locked. CodeInvalid without a reason.
//
// A refusal is kept in the trail, so it changes something while the caller gets
// an error.
func (t *Till) Approve(ctx context.Context, a pos.Actor, ask AskApproval) (pos.Approval, error) {
	var given pos.Approval
	err := t.desk.ChangeOrRefuse(ctx, a, "", func(o *Op) (refused, err error) {
		given = pos.Approval{}
		if _, err := o.OwnGroup(); err != nil {
			return nil, err
		}
		want := pos.Approval{
			ID: pos.ApprovalID(o.NewID()), Right: ask.Right, Sum: ask.Sum, Subject: ask.Subject,
			AskedBy: a.ID, At: o.Steady, Expires: o.Steady.Add(pos.ApprovalLife),
		}
		if err := want.Check(); err != nil {
			return nil, err
		}
		if want.Reason, err = desk.NeedReason(ask.Reason); err != nil {
			return nil, err
		}
		guard, err := o.guard()
		if err != nil {
			return nil, err
		}
		if !guard.LockedUntil.IsZero() {
			return pos.E(pos.CodeWait, "login.locked", pos.Args{"Until": o.Shown(guard.LockedUntil)}), nil
		}
		granter, err := o.employeeByPIN(strings.TrimSpace(ask.PIN))
		if err != nil {
			return nil, err
		}
		if granter == nil {
			return o.wrongPIN(guard)
		}
		refused, err = o.mayApprove(granter, &want)
		if refused != nil || err != nil {
			return refused, err
		}
		want.GrantedBy = granter.ID
		if guard != (pos.LoginGuard{}) {
			if err := o.PutLoginGuard(pos.LoginGuard{}); err != nil {
				return nil, err
			}
		}
		if err := o.PutApproval(&want); err != nil {
			return nil, err
		}
		given = want
		return nil, o.Note(pos.EventApprovalGranted, string(want.ID), map[string]string{
			"right": string(want.Right), "sum": desk.Minor(want.Sum), "subject": want.Subject, "granted_by": string(granter.ID),
			"reason": want.Reason, "digest": want.Digest()})
	})
	if err != nil {
		return pos.Approval{}, err
	}
	return given, nil
}

// mayApprove tells why the owner of the PIN cannot allow it; that is recorded.
func (o *Op) mayApprove(granter *pos.Employee, want *pos.Approval) (refused, err error) {
	g, err := o.Group(granter.Group)
	if err != nil {
		return nil, err
	}
	if err := g.Guard(); err != nil {
		return nil, err
	}
	most, capped := g.Cap(want.Right)
	_, foreign := pos.SubjectOf(want.Subject)
	var why *pos.Error
	switch {
	case granter.ID == want.AskedBy:
		why = pos.E(pos.CodeForbidden, "approval.own", nil)
	case !g.Has(want.Right):
		why = pos.E(pos.CodeForbidden, "approval.granter-right", pos.Args{"Name": granter.Name, "Granting": want.Right})
	case foreign != "" && capped:
		why = pos.E(pos.CodeForbidden, "approval.granter-foreign", pos.Args{"Name": granter.Name, "Currency": string(foreign)})
	case !g.Allows(want.Right, want.Sum):
		why = pos.E(pos.CodeForbidden, "approval.granter-cap", pos.Args{"Name": granter.Name, "Sum": want.Sum, "Cap": most})
	default:
		return nil, nil
	}
	return why, o.Note(pos.EventApprovalRefused, want.Subject, map[string]string{
		"right": string(want.Right), "sum": desk.Minor(want.Sum), "granter": string(granter.ID), "why": why.ID})
}

// Approvals lists what was approved in a period: from included, to excluded,
// oldest first.
func (t *Till) Approvals(ctx context.Context, a pos.Actor, from, to time.Time) ([]pos.Approval, error) {
	var list []pos.Approval
	err := t.desk.Look(ctx, a, pos.RightReports, func(o *Op) (err error) {
		list, err = o.Tx.Approvals(from, to)
		return err
	})
	return desk.OrNone(list, err)
}
