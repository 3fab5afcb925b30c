package till

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// The refusals for want of a right. Each is recorded; all but beyondID can be
// lifted by an approval.
const (
	forbiddenID = "till.forbidden"   // Args Right; Sum and Subject where the operation got to know them
	overCapID   = "till.over-cap"    // Args Right, Sum, Cap; Subject
	beyondID    = "group.beyond-own" // Args Right: dealing in rights one does not have
	approvalIDs = "approval."        // an approval that does not fit (any more): Args Right, Sum
)

// refusal is the error as one for want of a right.
func refusal(err error) (*pos.Error, bool) {
	e, ok := errors.AsType[*pos.Error](err)
	if !ok || e.Code != pos.CodeForbidden || e.Args["Right"] == nil {
		return nil, false
	}
	return e, e.ID == forbiddenID || e.ID == overCapID || e.ID == beyondID || strings.HasPrefix(e.ID, approvalIDs)
}

// Refused is what a refusal for want of a right was about. An approval of it
// lets the same action pass.
type Refused struct {
	Right   pos.Right
	Sum     money.Amount // 0 where the right has no sum
	Subject string       // "" where nothing particular is meant
}

// RefusedOf tells whether somebody else's approval would lift an error, and
// what would have to be approved.
func RefusedOf(err error) (Refused, bool) {
	e, ok := refusal(err)
	if !ok || e.ID == beyondID {
		return Refused{}, false
	}
	var r Refused
	r.Right, _ = e.Args["Right"].(pos.Right)
	r.Sum, _ = e.Args["Sum"].(money.Amount)
	r.Subject, _ = e.Args["Subject"].(string)
	return r, true
}

// grant is what an operation knows of approvals.
type grant struct {
	carried []pos.ApprovalID // by the context
	used    []*pos.Approval  // needed so far; used up when the operation succeeds
	kept    bool             // the operation came to nothing: used stays unused
	about   string           // id of what the operation is about, "" while unknown
	last    string           // subject of the last event
}

type approvalKey struct{}

// WithApproval carries an approval into the operations of the context. Whatever
// needs its right takes it, once; several approvals may be carried.
func WithApproval(ctx context.Context, id pos.ApprovalID) context.Context {
	return context.WithValue(ctx, approvalKey{}, append(slices.Clone(carried(ctx)), id))
}

func carried(ctx context.Context) []pos.ApprovalID {
	ids, _ := ctx.Value(approvalKey{}).([]pos.ApprovalID)
	return ids
}

// about notes what the operation is about, for refusals and approvals.
func (o *op) about(id string) {
	if id != "" {
		o.grant.about = id
	}
}

// allowed runs fn when the right is there. Where the right has a sum the
// refusal waits for fn to get to know it, so that whoever is asked to approve
// sees how much it is; nothing of fn is kept or told.
func (o *op) allowed(need pos.Right, fn func(*op) error) error {
	err := o.demand(need)
	lacking, ok := refusal(err)
	switch {
	case err == nil:
		return fn(o)
	case !ok || !need.HasSum():
		return err
	}
	if e, ok := refusal(fn(o)); ok && e.Args["Right"] == need {
		return e
	}
	return lacking
}

// demand asks the stored group for the right, so that a right taken away takes
// effect at once, and then the approvals the operation carries. The refusal
// names the right.
func (o *op) demand(need pos.Right) error {
	if need == "" || systemMay(o.actor, need) {
		return nil
	}
	g, err := o.ownGroup()
	if err != nil || g.Has(need) {
		return err
	}
	return o.approved(need, 0, pos.E(pos.CodeForbidden, forbiddenID, o.refusalArgs(need)))
}

// demandSum is demand for a right whose use has a sum: beyond the group's cap
// it takes an approval too. Call it as soon as the sum is known, before anything
// is noted.
func (o *op) demandSum(need pos.Right, sum money.Amount) error {
	if systemMay(o.actor, need) {
		return nil
	}
	g, err := o.ownGroup()
	if err != nil || g.Allows(need, sum) {
		return err
	}
	e := pos.E(pos.CodeForbidden, forbiddenID, o.refusalArgs(need))
	if most, capped := g.Cap(need); capped && g.Has(need) {
		e.ID, e.Args["Cap"] = overCapID, most
	}
	e.Args["Sum"] = sum
	return o.approved(need, sum, e)
}

func (o *op) refusalArgs(need pos.Right) pos.Args {
	args := pos.Args{"Right": need}
	if o.grant.about != "" {
		args["Subject"] = o.grant.about
	}
	return args
}

// ownGroup is the actor's group as stored now.
func (o *op) ownGroup() (*pos.Group, error) {
	e, err := o.Employee(o.actor.ID)
	if pos.CodeOf(err) == pos.CodeNotFound || (err == nil && e.Archived) {
		return nil, pos.E(pos.CodeForbidden, "till.not-logged-in", nil)
	}
	if err != nil {
		return nil, err
	}
	return o.Group(e.Group)
}

// approved looks among the carried approvals for one that lifts the refusal.
// One that was meant for this and cannot be used any more says why.
func (o *op) approved(need pos.Right, sum money.Amount, refused *pos.Error) error {
	for _, a := range o.grant.used {
		if a.Meant(o.actor.ID, need, o.grant.about) && sum <= a.Sum {
			return nil
		}
	}
	var why error = refused
	for _, id := range o.grant.carried {
		a, err := o.Approval(id)
		if pos.CodeOf(err) == pos.CodeNotFound {
			continue
		}
		if err != nil {
			return err
		}
		if !a.Meant(o.actor.ID, need, o.grant.about) {
			continue
		}
		if e, ok := refusal(a.Spend(sum, o.at)); ok {
			maps.Copy(e.Args, refused.Args)
			why = e
			continue
		}
		o.grant.used = append(o.grant.used, a)
		return nil
	}
	return why
}

// useApprovals marks what the operation needed as used, in its own transaction:
// an operation that fails leaves its approval for another try.
func (o *op) useApprovals() error {
	if o.grant.kept {
		return nil
	}
	used, about := o.grant.used, o.usedFor()
	o.grant.used = nil
	for _, a := range used {
		a.UsedAt, a.UsedFor = o.at, about
		ok, err := o.UseApproval(a.ID, a.UsedAt, a.UsedFor)
		if err != nil {
			return err
		}
		if !ok {
			return pos.E(pos.CodeForbidden, "approval.used", pos.Args{"Right": a.Right, "Sum": a.Sum})
		}
		if err := o.note(pos.EventApprovalUsed, string(a.ID), map[string]string{
			"right": string(a.Right), "sum": minor(a.Sum), "granted_by": string(a.GrantedBy), "used_for": a.UsedFor,
			"use": a.UseDigest()}); err != nil {
			return err
		}
		if err := o.tell(pos.EventApprovalUsed, string(a.ID), approvalPayloadOf(a)); err != nil {
			return err
		}
	}
	return nil
}

// usedFor names what came of the operation: what it is about, else what its
// last event told of.
func (o *op) usedFor() string {
	if o.grant.last != "" {
		return o.grant.last
	}
	return o.grant.about
}

// approvedBy adds to the detail of an event who allowed what it tells of.
func (o *op) approvedBy(subject string, detail map[string]string) map[string]string {
	if subject != "" {
		o.grant.last = subject
	}
	if len(o.grant.used) == 0 {
		return detail
	}
	detail = maps.Clone(detail)
	if detail == nil {
		detail = map[string]string{}
	}
	var ids, granters []string
	for _, a := range o.grant.used {
		ids = append(ids, string(a.ID))
		granters = append(granters, string(a.GrantedBy))
	}
	detail[pos.DetailApproval], detail[pos.DetailApprovedBy] = strings.Join(ids, " "), strings.Join(granters, " ")
	return detail
}

func (t *Till) noteRefusal(ctx context.Context, a pos.Actor, at time.Time, set pos.Settings, e *pos.Error) {
	err := t.Store.Update(ctx, func(tx Tx) error {
		o := &op{Tx: tx, t: t, actor: a, at: at, set: set}
		return o.note(pos.EventForbidden, "", refusalDetail(e))
	})
	if err != nil {
		t.Log.Error("refusal not recorded", "right", e.Args["Right"], "error", err)
	}
}

func refusalDetail(e *pos.Error) map[string]string {
	right, _ := e.Args["Right"].(pos.Right)
	detail := map[string]string{"right": string(right)}
	for key, arg := range map[string]string{"sum": "Sum", "cap": "Cap", "granted": "Granted"} {
		if sum, ok := e.Args[arg].(money.Amount); ok {
			detail[key] = minor(sum)
		}
	}
	if e.ID != forbiddenID {
		detail["why"] = e.ID
	}
	return detail
}
