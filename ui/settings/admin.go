package settings

import (
	"context"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/integration"
	"kassa/ui/merchants"
)

// Admin is the shop behind the window of settings. Its errors are *pos.Error or
// bring words of their own; none holds a token.
type Admin interface {
	// Kept returns what is decided now and what of it can be changed here.
	Kept(ctx context.Context) (*Kept, error)
	// Save checks the draft, keeps it whole and puts it in force. It returns
	// CodeForbidden without RightSettings, and CodeInvalid "config.value" or
	// "config.values" for what cannot be kept; nothing is changed then.
	Save(ctx context.Context, a pos.Actor, d Draft) error
	// Balance asks the provider of the draft what is left on its account.
	Balance(ctx context.Context, a pos.Actor, d Draft) (Balance, error)
	// Cost asks the provider of the draft what its message to a number would
	// cost. Nothing is sent.
	Cost(ctx context.Context, d Draft, phone string) (Cost, error)
	// SendTest sends the draft's message with a made-up code, once. It needs
	// RightTestSMS and is recorded whatever becomes of it.
	SendTest(ctx context.Context, a pos.Actor, d Draft, phone string) (Sent, error)
	MailAdmin
	// History tells who decided what, newest first, as much of it as a person
	// looks through. It needs RightSettings.
	History(ctx context.Context, a pos.Actor) ([]Decision, error)
	// Revert takes the n-th change back, which is a change of its own. It needs
	// RightSettings; CodeConflict "settings.no-revert" or "settings.already" for
	// what cannot be taken back, and CodeInvalid "config.value" for a value that
	// is not allowed any more.
	Revert(ctx context.Context, a pos.Actor, n int64) error
	// Behind is what stands behind the till.
	Behind() Server
	// PaymentSystems are the merchants through whom the shop is paid past the till.
	PaymentSystems() merchants.Backend
}

// Kept is what the shop has decided.
type Kept struct {
	Settings pos.Settings
	// Providers are what all message providers the program knows declare, in the
	// order to offer them.
	Providers []integration.Declaration
	// Mail is what the mail server declares, MailPresets what well-known providers
	// of boxes need.
	Mail        integration.Declaration
	MailPresets []MailPreset
	// Plain is what their fields hold, by key of the setting; of a shared field
	// what the shop decided for all where it did. Secrets are never shown again:
	// Secrets reports which are kept.
	Plain   map[string]string
	Secrets map[string]bool
	// Locked names the environment variable that decides a setting, by the
	// setting's key ("sms.provider"). What is locked cannot be changed here.
	Locked map[string]string
	// SecretMode is the translation id of where tokens are kept, SecretSafe
	// whether that is the key store of the system.
	SecretMode string
	SecretSafe bool
	// HasPassphrase reports that a passphrase for sealed copies is kept.
	HasPassphrase bool
}

// Draft is what stands in the form, saved or not.
type Draft struct {
	Settings pos.Settings
	// Plain are settings of providers by key of the setting.
	Plain map[string]string
	// Tokens are the secrets that were typed, by key of the setting; an empty one
	// is to be forgotten, one that is missing stays what it is.
	Tokens map[string]hidden.Text
}

// Balance is what a provider says is left. It may be below zero.
type Balance struct {
	Provider string
	Minor    int64  // hundredths of Currency
	Currency string // "" when the provider counts messages
	Credits  int64
	NoteID   string // a remark instead of a sum, or ""
}

// Cost is the price of one message.
type Cost struct {
	Minor    int64 // hundredths of Currency
	Currency string
	Parts    int
}

// Sent tells of a message the provider took.
type Sent struct {
	Provider string
	ID       string // the provider's own, may be ""
	Cost     *Cost  // nil when the provider does not tell
}
