// Package sms says what a sender of confirmation codes is: what it declares about itself, what it can be asked,
// and how its failures are told apart. Vendors live in packages of their own and are judged by one conformance
// suite, smstest.Conformance. The package knows nothing of the till: numbers and texts come in as strings, money
// as minor units.
package sms

import "context"

// Channel is a way a code can reach a person.
type Channel string

// The channels a provider may declare.
const (
	ChannelSMS      Channel = "sms"
	ChannelCall     Channel = "call" // the code is the end of the number that calls
	ChannelViber    Channel = "viber"
	ChannelWhatsApp Channel = "whatsapp"
	ChannelTelegram Channel = "telegram"
)

// CodeMaker says who chooses the code. A code chosen by the provider comes back in its answer and has to be kept
// from the cashier, so the two cases need different handling.
type CodeMaker string

// Who may choose the code.
const (
	CodeByTill     CodeMaker = "till"
	CodeByProvider CodeMaker = "provider"
)

// Info is a provider's declaration. The settings window is drawn from it, and the conformance suite holds the
// provider to it.
type Info struct {
	ID       string // permanent, lower-case, used in settings keys and stored with every sent code
	Name     string // as the provider writes itself
	Channels []Channel
	CodeBy   CodeMaker

	HasBalance  bool // the provider implements Balancer
	HasCost     bool // the provider implements Coster
	HasStatus   bool // the provider implements StatusChecker
	HasTestMode bool // Message.Test is honoured: checked and answered, never sent, never charged

	// Training is true for a provider that delivers to nobody. A real shop is warned when it is chosen.
	Training bool

	Fields []Field // the settings it needs, in the order to show them
}

// Field is one setting of a provider.
type Field struct {
	Key      string // "api_id"; stored as sms.<provider id>.<key>
	LabelID  string // translation id of the label
	HelpID   string // translation id of the hint under the field, or ""
	Default  string // value when nothing is set; empty for secrets
	Secret   bool   // kept in the secret store, shown masked
	Required bool
	Advanced bool // folded away by default
}

// Message is one text to one person.
type Message struct {
	To     string // E.164 with the plus
	Text   string // UTF-8, as the person is to read it
	Sender string // sender's name; empty for the one from the settings or the account
	Test   bool   // dry run where Info.HasTestMode, otherwise ignored
}

// Receipt is what the provider answered when it took a message.
type Receipt struct {
	ID           string   // the provider's id, for Status; may be empty when it gave none
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
	// Info returns the provider's declaration, the same at every call.
	Info() Info

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
	if b, ok := p.(Balancer); ok && p.Info().HasBalance {
		return b.Balance(ctx)
	}
	return Balance{}, unsupported(p)
}

// CheckCost asks p for the price of m; a provider that does not tell answers with an *Error whose MessageID is
// MsgUnsupported.
func CheckCost(ctx context.Context, p Provider, m Message) (Cost, error) {
	if c, ok := p.(Coster); ok && p.Info().HasCost {
		return c.Cost(ctx, m)
	}
	return Cost{}, unsupported(p)
}

// CheckStatus asks p what became of a message; a provider that does not tell answers with an *Error whose
// MessageID is MsgUnsupported.
func CheckStatus(ctx context.Context, p Provider, id string) (Status, error) {
	if s, ok := p.(StatusChecker); ok && p.Info().HasStatus {
		return s.Status(ctx, id)
	}
	return Status{}, unsupported(p)
}

func unsupported(p Provider) *Error {
	return &Error{Kind: FailedRequest, Provider: p.Info().Name, MessageID: MsgUnsupported}
}
