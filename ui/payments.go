package ui

import (
	"context"
	"errors"
	"time"

	"kassa/pos"
	"kassa/pos/manual"
)

// Payments are manual payments as a screen asks for them: of the backend behind the
// till, as whoever is logged in. Errors are *pos.Error: a refusal for want of a
// right is one another's approval lifts, and whoever came too late finds how the
// order stands in Args "Order", a *manual.Order.
type Payments interface {
	// Orders lists a page, newest first; Order is one with all that happened to it.
	Orders(ctx context.Context, a pos.Actor, f manual.Choice) (manual.Page, error)
	Order(ctx context.Context, a pos.Actor, id string) (manual.Kept, error)
	// Offers lists what can be paid by hand now, Merchants all there ever were.
	Offers(ctx context.Context, a pos.Actor) ([]manual.Offer, error)
	Merchants(ctx context.Context, a pos.Actor) ([]manual.Merchant, error)
	// Takings tells what came by each merchant; a time that is zero bounds nothing.
	Takings(ctx context.Context, a pos.Actor, from, to time.Time) ([]manual.Takings, error)
	// Phone reads a number as typed.
	Phone(typed string) (string, error)

	// New notes what somebody says was paid; its id names the request.
	New(ctx context.Context, a pos.Actor, in manual.Ask) (manual.Order, error)
	// Decide approves or declines an order as it was seen. request names it, the
	// same through every try.
	Decide(ctx context.Context, a pos.Actor, request string, seen *manual.Order, in manual.Ruling) (manual.Order, error)
	// AskRefund asks for money back; its id names the request.
	AskRefund(ctx context.Context, a pos.Actor, seen *manual.Order, in manual.AskRefund) (manual.Order, error)
	// AdvanceRefund takes a refund a step on.
	AdvanceRefund(ctx context.Context, a pos.Actor, request string, seen *manual.Order, f *manual.Refund, step manual.RefundStep, where manual.Place) (manual.Order, error)

	// AddProof attaches a file of this computer; in.ID names the request. Proof reads
	// the file of one, SaveProof keeps it on this computer.
	AddProof(ctx context.Context, a pos.Actor, seen *manual.Order, in manual.AskProof, path string) (manual.Order, error)
	Proof(ctx context.Context, a pos.Actor, order string, p manual.Proof) ([]byte, error)
	SaveProof(ctx context.Context, a pos.Actor, order string, p manual.Proof, path string) error
}

// Queued reports what was asked while the backend did not answer: it waits in the
// queue.
func Queued(err error) bool {
	e, ok := errors.AsType[*pos.Error](err)
	return ok && e.ID == "manual.queued"
}

// CameTooLate is how an order stands that somebody else decided first; nil for any
// other error.
func CameTooLate(err error) *manual.Order {
	e, ok := errors.AsType[*pos.Error](err)
	if !ok {
		return nil
	}
	o, _ := e.Args["Order"].(*manual.Order)
	return o
}
