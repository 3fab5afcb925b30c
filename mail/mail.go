// Package mail sends e-mail through the shop's own mail server. It knows the
// vocabulary of pos and no other adapter; what a mail says is somebody else's.
package mail

import (
	"context"
	"errors"
	"strings"

	"kassa/pos/integration"
)

// Message is one mail to one person. Its words were put in their place before;
// nothing in them can become a header or a further recipient.
type Message struct {
	ID      string // without brackets: "018f…@shop.example"; "" for one of the server's making
	To      string
	ToName  string
	Subject string
	Text    string
	HTML    string // "" for text alone
	Inline  []File // pictures the HTML names as cid:NAME
	Files   []File // attached
	// Unsubscribe is where one click ends such mails (RFC 8058), "" for none.
	Unsubscribe string
}

// File is a picture or an attachment.
type File struct {
	Name string
	Type string // of its content, image/png
	Data []byte
}

// Sender brings mails to a server. It is safe for use by several goroutines.
type Sender interface {
	// Check opens a session as sending would, and sends nothing.
	Check(ctx context.Context) error
	// Send brings mails over one connection and answers for each: nil for one the
	// server took, else an *Error. One that is refused does not stop the others.
	Send(ctx context.Context, mails ...*Message) []error
}

// Outcome is what became of one attempt. The words are permanent: they are
// stored with deliveries.
type Outcome string

// The outcomes.
const (
	Taken       Outcome = "taken"       // the server has it
	Refused     Outcome = "refused"     // it will never take this mail, or not for this address
	Later       Outcome = "later"       // it says so itself: greylisting, a full box, too many
	Unreachable Outcome = "unreachable" // nothing left us
	Untrusted   Outcome = "untrusted"   // the connection cannot be trusted, or is not encrypted
	Login       Outcome = "login"       // user or password
	Unknown     Outcome = "unknown"     // it may have been taken; never sent again by the same attempt
	Wrong       Outcome = "wrong"       // our own: an address or a setting that cannot be right
)

// Outcomes lists all.
func Outcomes() []Outcome {
	return []Outcome{Taken, Refused, Later, Unreachable, Untrusted, Login, Unknown, Wrong}
}

// Error is an attempt that did not end with the mail taken.
type Error struct {
	Kind    Outcome // never Taken
	Code    string  // the server's, "550 5.1.1", or ""
	Said    string  // its words, one line, without the password, or ""
	Setting string  // the key of the setting at fault, or ""
	Err     error   // for the log; holds no secret
}

// Error describes it for the log.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("mail: " + string(e.Kind))
	for _, part := range []string{e.Code, e.Said, e.Setting} {
		if part != "" {
			b.WriteString(": " + part)
		}
	}
	if e.Err != nil && e.Said == "" {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Message returns the translation id of the words for a person.
func (e *Error) Message() string { return "mail.err." + string(e.Kind) }

// Data is what the words may use.
func (e *Error) Data() map[string]any {
	return map[string]any{"Code": e.Code, "Text": e.Said, "Setting": e.Setting}
}

// OutcomeOf is what an answer of Send means.
func OutcomeOf(err error) Outcome {
	if err == nil {
		return Taken
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Unknown
}

// Keys of the settings, behind "mail.".
const (
	KeyHost     = "host"
	KeyPort     = "port"
	KeySecurity = "security"
	KeyLogin    = "login"
	KeyUser     = "user"
	KeyPassword = "password"
	KeyFrom     = "from"
	KeyFromName = "from_name"
	KeyBcc      = "bcc"
)

// How the connection is secured.
const (
	StartTLS = "starttls" // plain first, then encrypted, or not at all
	TLS      = "tls"      // from the first byte
	Plain    = "none"     // to this very machine only
)

// How one logs in.
const (
	ByPassword = "password"
	ByToken    = "oauth2" // the password is a token (XOAUTH2)
)

// Declaration is what the mail server needs.
func Declaration() integration.Declaration {
	word := func(key string) (string, string) { return "mail.field." + key, "mail.help." + key }
	field := func(key string, f integration.Field) integration.Field {
		f.Key = key
		f.LabelID, f.HelpID = word(key)
		return f
	}
	return integration.Declaration{Kind: integration.Mail, Name: "SMTP", Fields: []integration.Field{
		field(KeyHost, integration.Field{Type: integration.Text, Required: true}),
		field(KeySecurity, integration.Field{Type: integration.Choice, Default: StartTLS, Options: []string{StartTLS, TLS, Plain}}),
		field(KeyPort, integration.Field{Type: integration.Number, Least: 1, Most: 65535, Advanced: true}),
		field(KeyUser, integration.Field{Type: integration.Text}),
		field(KeyPassword, integration.Field{Type: integration.Secret}),
		field(KeyLogin, integration.Field{Type: integration.Choice, Default: ByPassword, Options: []string{ByPassword, ByToken}, Advanced: true}),
		field(KeyFrom, integration.Field{Type: integration.Text, Required: true}),
		field(KeyFromName, integration.Field{Type: integration.Text, Max: 100}),
		field(KeyBcc, integration.Field{Type: integration.Text, Advanced: true}),
	}}
}

// Preset is what a well-known provider of boxes needs.
type Preset struct {
	Name, Host, Security string
	Port                 int
}

// Presets are the providers most shops use.
var Presets = []Preset{
	{"Яндекс", "smtp.yandex.ru", TLS, 465},
	{"Mail.ru", "smtp.mail.ru", TLS, 465},
	{"Gmail", "smtp.gmail.com", StartTLS, 587},
}
