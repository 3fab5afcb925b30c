package door

import (
	"context"
	"encoding/json"
	"errors"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
)

// permission is the field "approval" of any command: the PIN of another
// employee who allows what the one logged in may not do, and why. It is used
// only when the command is refused for want of a right or beyond a cap, for
// exactly that, once.
type permission struct{ pin, reason string }

// approval reads the permission of a command; nil when none is given.
func (r *request) approval() *permission {
	if !r.given("approval") {
		return nil
	}
	inner := &request{within: "approval"}
	if json.Unmarshal(r.fields["approval"], &inner.fields) != nil {
		r.fail("door.not-approval", "approval")
		return nil
	}
	for name := range inner.fields {
		if name != "pin" && name != "reason" {
			r.fail("door.not-approval", "approval")
			return nil
		}
	}
	p := &permission{pin: inner.text("pin"), reason: inner.text("reason")}
	if r.err == nil {
		r.err = inner.err
	}
	return p
}

// carryOut does a command; with a permission again when it was refused, and
// approved now. A command that takes two rights is approved twice.
func (s *Session) carryOut(ctx context.Context, c *command, r *request) (any, error) {
	by := r.approval()
	if err := r.done(); err != nil {
		return nil, err
	}
	asked := map[pos.Right]bool{}
	for {
		result, err := c.do(s, ctx, r)
		what, refused := till.RefusedOf(err)
		if !refused || by == nil || asked[what.Right] || s.actor.ID == "" {
			return result, err
		}
		asked[what.Right] = true
		a, err := s.Till.Approve(ctx, s.actor, till.AskApproval{
			Right: what.Right, Sum: what.Sum, Subject: what.Subject, PIN: by.pin, Reason: by.reason})
		if err != nil {
			return nil, err
		}
		ctx = till.WithApproval(ctx, a.ID)
	}
}

// refusedJSON tells a program what somebody else would have to approve.
type refusedJSON struct {
	Right pos.Right `json:"right"`
	Sum   string    `json:"sum,omitempty"`
	Cap   string    `json:"cap,omitempty"`
	// Currency is that of Sum, where that is not the shop's.
	Currency money.Currency `json:"currency,omitempty"`
}

func newRefused(what till.Refused, err error) *refusedJSON {
	r := &refusedJSON{Right: what.Right, Currency: what.Currency}
	e, _ := errors.AsType[*pos.Error](err)
	if sum, ok := e.Args["Sum"].(money.Amount); ok {
		r.Sum = sum.String()
	}
	if most, ok := e.Args["Cap"].(money.Amount); ok {
		r.Cap = most.String()
	}
	return r
}
