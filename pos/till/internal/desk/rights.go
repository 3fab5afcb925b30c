package desk

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till/store"
	"kassa/pos/wire"
)

// The refusals for want of a right. Each is recorded; all but BeyondID can be
// lifted by an approval.
const (
	ForbiddenID = "till.forbidden"     // Args Right; Sum and Subject where the operation got to know them
	overCapID   = "till.over-cap"      // Args Right, Sum, Cap; Subject
	BeyondID    = "group.beyond-own"   // Args Right: dealing in rights one does not have
	foreignID   = "manual.foreign-cap" // a sum no cap can be compared with: Args Right, Sum, Currency; Subject
	authorID    = "approval.author"    // nobody decides this of their own: Args Right, Sum; Subject
	approvalIDs = "approval."          // an approval that does not fit (any more): Args Right, Sum
)

// Refusal is the error as one for want of a right.
func Refusal(err error) (*pos.Error, bool) {
	e, ok := errors.AsType[*pos.Error](err)
	if !ok || e.Code != pos.CodeForbidden || e.Args["Right"] == nil {
		return nil, false
	}
	return e, e.ID == ForbiddenID || e.ID == overCapID || e.ID == BeyondID || e.ID == foreignID || strings.HasPrefix(e.ID, approvalIDs)
}

// Refused is what a refusal for want of a right was about. An approval of it
// lets the same action pass.
type Refused struct {
	Right    pos.Right
	Sum      money.Amount   // 0 where the right has no sum
	Currency money.Currency // of Sum where that is not the shop's
	Subject  string         // "" where nothing particular is meant
}

// RefusedOf tells whether somebody else's approval would lift an error, and
// what would have to be approved.
func RefusedOf(err error) (Refused, bool) {
	e, ok := Refusal(err)
	if !ok || e.ID == BeyondID {
		return Refused{}, false
	}
	var r Refused
	r.Right, _ = e.Args["Right"].(pos.Right)
	r.Sum, _ = e.Args["Sum"].(money.Amount)
	r.Subject, _ = e.Args["Subject"].(string)
	_, r.Currency = pos.SubjectOf(r.Subject)
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

// About notes what the operation is about, for refusals and approvals.
func (o *Op) About(id string) {
	if id != "" {
		o.grant.about = id
	}
}

// allowed runs fn when the right is there. Where the right has a sum the
// Refusal waits for fn to get to know it, so that whoever is asked to approve
// sees how much it is; nothing of fn is kept or told.
func (o *Op) allowed(need pos.Right, fn func(*Op) error) error {
	err := o.Demand(need)
	lacking, ok := Refusal(err)
	switch {
	case err == nil:
		return fn(o)
	case !ok || !need.HasSum():
		return err
	}
	if e, ok := Refusal(fn(o)); ok && e.Args["Right"] == need {
		return e
	}
	return lacking
}

// Demand asks the stored group for the right, so that a right taken away takes
// effect at once, and then the approvals the operation carries. The refusal
// names the right.
func (o *Op) Demand(need pos.Right) error {
	if need == "" || systemMay(o.Actor, need) {
		return nil
	}
	g, err := o.OwnGroup()
	if err != nil || g.Has(need) {
		return err
	}
	return o.approved(need, 0, pos.E(pos.CodeForbidden, ForbiddenID, o.refusalArgs(need)))
}

// DemandSum is demand for a right whose use has a sum: beyond the group's cap
// it takes an approval too. Call it as soon as the sum is known, before anything
// is noted.
func (o *Op) DemandSum(need pos.Right, sum money.Amount) error {
	if systemMay(o.Actor, need) {
		return nil
	}
	g, err := o.OwnGroup()
	if err != nil || g.Allows(need, sum) {
		return err
	}
	e := pos.E(pos.CodeForbidden, ForbiddenID, o.refusalArgs(need))
	if most, capped := g.Cap(need); capped && g.Has(need) {
		e.ID, e.Args["Cap"] = overCapID, most
	}
	e.Args["Sum"] = sum
	return o.approved(need, sum, e)
}

// DemandOther asks for the approval of somebody else, whatever the actor's group
// may: it is for what nobody decides of their own.
func (o *Op) DemandOther(need pos.Right, sum money.Amount) error {
	e := pos.E(pos.CodeForbidden, authorID, o.refusalArgs(need))
	e.Args["Sum"] = sum
	return o.approved(need, sum, e)
}

// DemandForeign asks for the approval of somebody without a cap for a sum in another
// currency than the shop's. others says that nobody may decide this of their own.
func (o *Op) DemandForeign(need pos.Right, sum money.Amount, c money.Currency, others bool) error {
	g, err := o.OwnGroup()
	if err != nil {
		return err
	}
	about := pos.SubjectIn(o.grant.about, c)
	e := pos.E(pos.CodeForbidden, foreignID, pos.Args{"Right": need, "Sum": sum, "Currency": string(c), "Subject": about})
	switch {
	case others:
		e.ID = authorID
	case !g.Has(need):
		e.ID = ForbiddenID
	}
	return o.approvedAbout(need, sum, about, e)
}

func (o *Op) refusalArgs(need pos.Right) pos.Args {
	args := pos.Args{"Right": need}
	if o.grant.about != "" {
		args["Subject"] = o.grant.about
	}
	return args
}

// OwnGroup is the actor's group as stored now. CodeConflict where it or the
// employee was changed past the till: what somebody may do cannot be told then.
func (o *Op) OwnGroup() (*pos.Group, error) {
	e, err := o.Employee(o.Actor.ID)
	if pos.CodeOf(err) == pos.CodeNotFound || (err == nil && e.Archived) {
		return nil, pos.E(pos.CodeForbidden, "till.not-logged-in", nil)
	}
	if err != nil {
		return nil, err
	}
	if err := e.Seal.Guard(pos.SealEmployee, e.Name); err != nil {
		return nil, err
	}
	g, err := o.Group(e.Group)
	if err != nil {
		return nil, err
	}
	return g, g.Guard()
}

// approved looks among the carried approvals for one that lifts the refusal.
// One that was meant for this and cannot be used any more says why.
func (o *Op) approved(need pos.Right, sum money.Amount, refused *pos.Error) error {
	return o.approvedAbout(need, sum, o.grant.about, refused)
}

func (o *Op) approvedAbout(need pos.Right, sum money.Amount, about string, refused *pos.Error) error {
	_, foreign := pos.SubjectOf(about)
	meant := func(a *pos.Approval) bool {
		return a.Meant(o.Actor.ID, need, about) && (foreign == "" || a.Subject == about)
	}
	for _, a := range o.grant.used {
		if meant(a) && sum <= a.Sum {
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
		if !meant(a) {
			continue
		}
		if err := a.Seal.Guard(pos.SealApproval, ""); err != nil {
			return err
		}
		if e, ok := Refusal(a.Spend(sum, o.Steady)); ok {
			maps.Copy(e.Args, refused.Args)
			why = e
			continue
		}
		o.grant.used = append(o.grant.used, a)
		return nil
	}
	return why
}

// KeepApprovals leaves what the operation needed unused: it came to nothing.
func (o *Op) KeepApprovals() { o.grant.kept = true }

// useApprovals marks what the operation needed as used, in its own transaction:
// an operation that fails leaves its approval for another try.
func (o *Op) useApprovals() error {
	if o.grant.kept {
		return nil
	}
	used, about := o.grant.used, o.usedFor()
	o.grant.used = nil
	for _, a := range used {
		a.UsedAt, a.UsedFor = o.Steady, about
		ok, err := o.UseApproval(a.ID, a.UsedAt, a.UsedFor)
		if err != nil {
			return err
		}
		if !ok {
			return pos.E(pos.CodeForbidden, "approval.used", pos.Args{"Right": a.Right, "Sum": a.Sum})
		}
		if err := o.Note(pos.EventApprovalUsed, string(a.ID), map[string]string{
			"right": string(a.Right), "sum": Minor(a.Sum), "granted_by": string(a.GrantedBy), "used_for": a.UsedFor,
			"use": a.UseDigest()}); err != nil {
			return err
		}
		if err := o.Tell(wire.OfApproval(a, o.Settings.Currency)); err != nil {
			return err
		}
	}
	return nil
}

// usedFor names what came of the operation: what it is about, else what its
// last event told of.
func (o *Op) usedFor() string {
	if o.grant.last != "" {
		return o.grant.last
	}
	return o.grant.about
}

// approvedBy adds to the detail of an event who allowed what it tells of.
func (o *Op) approvedBy(subject string, detail map[string]string) map[string]string {
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

func (d *Desk) noteRefusal(ctx context.Context, a pos.Actor, now look, set pos.Settings, e *pos.Error) {
	err := d.write(ctx, now, func(tx store.Tx) (*Op, error) {
		o := &Op{Tx: careful{tx}, d: d, Actor: a, Times: now.mark.Times, mark: now.mark, Settings: set}
		return o, o.Note(pos.EventForbidden, "", RefusalDetail(e))
	})
	if err != nil {
		d.Log.Error("refusal not recorded", "right", e.Args["Right"], "error", err)
	}
}

// RefusalDetail is what the trail keeps of a refusal for want of a right.
func RefusalDetail(e *pos.Error) map[string]string {
	right, _ := e.Args["Right"].(pos.Right)
	detail := map[string]string{"right": string(right)}
	if c, ok := e.Args["Currency"].(string); ok {
		detail["currency"] = c
	}
	for key, arg := range map[string]string{"sum": "Sum", "cap": "Cap", "granted": "Granted"} {
		if sum, ok := e.Args[arg].(money.Amount); ok {
			detail[key] = Minor(sum)
		}
	}
	if e.ID != ForbiddenID {
		detail["why"] = e.ID
	}
	return detail
}

// Has reports whether the actor's group has one of the rights as it stands. It
// refuses nothing, so nothing is recorded and no approval is spent: it is for
// what is left out of an answer.
func (o *Op) Has(rights ...pos.Right) (bool, error) {
	if slices.ContainsFunc(rights, func(r pos.Right) bool { return systemMay(o.Actor, r) }) {
		return true, nil
	}
	g, err := o.OwnGroup()
	if pos.CodeOf(err) == pos.CodeForbidden {
		return false, nil // nobody is logged in
	}
	return err == nil && slices.ContainsFunc(rights, g.Has), err
}

// DemandAny asks for one of several rights; the refusal names the first.
func (o *Op) DemandAny(rights ...pos.Right) error {
	var first error
	for _, r := range rights {
		err := o.Demand(r)
		if err == nil {
			return nil
		}
		if first == nil {
			first = err
		}
	}
	return first
}

// ClampLimit keeps a page of a list between one and a thousand rows.
func ClampLimit(n int) int { return max(1, min(n, 1000)) }
