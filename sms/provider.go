// Package sms says what a sender of confirmation codes is: what it can be asked, and how its failures are told apart.
// What it declares about itself is an integration.Declaration. Vendors live in packages of their own and are judged by one conformance
// suite, smstest.Conformance. The package knows nothing of the till: numbers and texts come in as strings, money
// as minor units.
package sms

import (
	"context"

	"kassa/pos/integration"
)

// KeySender is the shop's setting with the sender's name for all providers. A vendor whose messages carry a name
// declares its field with it as Shared.
const KeySender = "sms.sender"

// Message is one text to one person.
type Message struct {
	To     string          // E.164 with the plus
	By     integration.Way // one of those the provider declares; empty for the first
	Text   string          // UTF-8, as the person is to read it; a provider that makes the code writes its own instead
	Sender string          // sender's name; empty for the one from the settings or the account
	Test   bool            // dry run where the provider has integration.DryRuns, otherwise ignored
}

// Receipt is what the provider answered when it took a message.
type Receipt struct {
	ID           string   // the provider's id, for Status; may be empty when it gave none
	Code         Secret   // the code the provider made, digit for digit as the person gets it; empty with CodeByTill
	Cost         *Cost    // nil when the answer does not tell
	BalanceAfter *Balance // nil when the answer does not tell
}

// Balance is what is left on the account. It may be below zero.
type Balance struct {
	Minor    int64  // hundredths of Currency
	Currency string // ISO 4217; empty when the provider counts Credits instead
	Credits  int64  // messages left, where the provider counts those
	NoteID   string // translation id of a remark shown instead of a sum, or ""
}

// Cost is what a message will cost or did cost.
type Cost struct {
	Minor    int64  // hundredths of Currency for all parts together
	Currency string // ISO 4217
	Parts    int    // SMS parts the provider counted; 0 when it does not tell
}

// Provider sends messages. Implementations are safe for use by several goroutines.
type Provider interface {
	// Declaration returns what the provider declares, the same at every call. With integration.TellsBalance it
	// implements Balancer, with TellsCost Coster, with TellsStatus StatusChecker.
	Declaration() integration.Declaration

	// Send hands one message to the provider, once: it never retries. A nil error means that the provider took
	// it. Otherwise the error is an *Error, and NotSent and MayHaveLeft tell whether the person may receive it
	// all the same.
	Send(ctx context.Context, m Message) (Receipt, error)
}

// Balancer is a provider that tells what is left on the account.
type Balancer interface {
	// Balance returns what is left, or an *Error.
	Balance(ctx context.Context) (Balance, error)
}

// Coster is a provider that tells the price of a message before it is sent.
type Coster interface {
	// Cost returns the price of m, or an *Error. Nothing is sent.
	Cost(ctx context.Context, m Message) (Cost, error)
}

// StatusChecker is a provider that tells what became of a message.
type StatusChecker interface {
	// Status returns where the message with the given Receipt.ID is, or an *Error when that could not be found
	// out. A message that failed is a Status, not an error.
	Status(ctx context.Context, id string) (Status, error)
}

// CheckBalance asks p for its balance; a provider that has none answers with an *Error whose MessageID is
// MsgUnsupported.
func CheckBalance(ctx context.Context, p Provider) (Balance, error) {
	if b, ok := p.(Balancer); ok && p.Declaration().Has(integration.TellsBalance) {
		return b.Balance(ctx)
	}
	return Balance{}, unsupported(p)
}

// CheckCost asks p for the price of m; a provider that does not tell answers with an *Error whose MessageID is
// MsgUnsupported.
func CheckCost(ctx context.Context, p Provider, m Message) (Cost, error) {
	if c, ok := p.(Coster); ok && p.Declaration().Has(integration.TellsCost) {
		return c.Cost(ctx, m)
	}
	return Cost{}, unsupported(p)
}

// CheckStatus asks p what became of a message; a provider that does not tell answers with an *Error whose
// MessageID is MsgUnsupported.
func CheckStatus(ctx context.Context, p Provider, id string) (Status, error) {
	if s, ok := p.(StatusChecker); ok && p.Declaration().Has(integration.TellsStatus) {
		return s.Status(ctx, id)
	}
	return Status{}, unsupported(p)
}

func unsupported(p Provider) *Error {
	return &Error{Kind: FailedRequest, Provider: p.Declaration().Name, MessageID: MsgUnsupported}
}
