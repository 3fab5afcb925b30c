// Package integration says what a thing from outside the shop declares about
// itself before anybody sets it up: a sender of messages, a payment gateway, a
// bot, a mail server. The declaration names the settings it needs, what may
// stand in them and where they are kept, and what the thing can do. Settings
// window, headless door, config.toml and the vendor's own package all read the
// one declaration; none of them has a list of its own.
package integration

import (
	"slices"
	"strings"
)

// Kind is what a declared thing is for. It is the first word of the keys of its
// settings and permanent.
type Kind string

// The kinds.
const (
	Messages Kind = "sms"     // brings codes and notices to people
	Gateway  Kind = "gateway" // takes payments
	Bot      Kind = "bot"     // talks to people in a messenger
	Mail     Kind = "mail"    // sends e-mail
	Webhook  Kind = "webhook" // is told by URL
)

// Kinds lists every kind.
func Kinds() []Kind { return []Kind{Messages, Gateway, Bot, Mail, Webhook} }

// Declaration is what a vendor declares. It never changes while the program
// runs.
type Declaration struct {
	Kind Kind
	ID   string // permanent, unique within its kind: lower-case letters and digits; "" where there is one of its kind
	Name string // as the vendor writes itself

	// Many is true for what a shop may have several of, such as the merchants of
	// one gateway. Each has an instance id, which stands in the keys of its
	// settings.
	Many     bool
	Instance string // which of several, see As; "" in the declaration itself

	Fields   []Field   // the settings it needs, in the order to show them
	Channels []Channel // the ways its messages go; a sender of messages has one at least
	Can      []Ability
}

// Ability is something a declared thing can do beside what its kind is for, or
// a way in which it differs from the rest of its kind. The words are permanent.
type Ability string

// The abilities of senders of messages. Other kinds add their own.
const (
	TellsBalance Ability = "balance" // what is left on the account
	TellsCost    Ability = "cost"    // the price of a message before it is sent
	TellsStatus  Ability = "status"  // what became of a message
	DryRuns      Ability = "test"    // checks a message and answers, without sending or charging
	// Trains marks what reaches nobody and moves nothing, so that a real shop is
	// warned when it is chosen.
	Trains Ability = "training"
)

// Channel is a way in which messages go.
type Channel struct {
	By     Way
	CodeBy CodeMaker
}

// Way is how a message reaches a person. The words are permanent: they are
// stored with every code.
type Way string

// The ways in use among vendors.
const (
	BySMS      Way = "sms"
	ByCall     Way = "call"   // the code is the end of the number that calls
	ByVoice    Way = "voice"  // a voice reads the code out
	ByCallIn   Way = "callin" // the person calls a number shown; there is no code
	ByViber    Way = "viber"
	ByWhatsApp Way = "whatsapp"
	ByTelegram Way = "telegram"
	ByMax      Way = "max"
	ByEmail    Way = "email"
)

// AllWays lists every way.
func AllWays() []Way {
	return []Way{BySMS, ByCall, ByVoice, ByCallIn, ByViber, ByWhatsApp, ByTelegram, ByMax, ByEmail}
}

// CodeMaker says who chooses the code of a message. A code chosen by the
// provider comes back in its answer and has to be kept from the cashier, so the
// cases need different handling.
type CodeMaker string

// Who may choose the code.
const (
	CodeByTill     CodeMaker = "till"
	CodeByProvider CodeMaker = "provider"
	CodeByNobody   CodeMaker = "nobody" // the way itself confirms, see ByCallIn
)

// Has reports whether the declared thing has an ability.
func (d Declaration) Has(a Ability) bool { return slices.Contains(d.Can, a) }

// Ways are the ways of the channels, in their order.
func (d Declaration) Ways() []Way {
	ways := make([]Way, len(d.Channels))
	for i, c := range d.Channels {
		ways[i] = c.By
	}
	return ways
}

// CodeBy tells who makes the code of a message that goes a way, "" where none
// goes it.
func (d Declaration) CodeBy(w Way) CodeMaker {
	for _, c := range d.Channels {
		if c.By == w {
			return c.CodeBy
		}
	}
	return ""
}

// As is the declaration of one of several. The id is the shop's choice, see
// ValidInstance.
func (d Declaration) As(instance string) Declaration {
	d.Instance = instance
	return d
}

// Field finds a field by its key within the declaration.
func (d Declaration) Field(key string) (Field, bool) {
	i := slices.IndexFunc(d.Fields, func(f Field) bool { return f.Key == key })
	if i < 0 {
		return Field{}, false
	}
	return d.Fields[i], true
}

// Key is the permanent name of a field's setting and of a secret in its store:
// "sms.smsru.api_id", "gateway.uapay.main.secret_key" of one of several, and
// "mail.host" of the one of its kind.
func (d Declaration) Key(field string) string {
	parts := slices.DeleteFunc([]string{string(d.Kind), d.ID, d.Instance, field}, func(part string) bool { return part == "" })
	return strings.Join(parts, ".")
}

// Find tells which field of which declaration a setting belongs to; of one of
// several the declaration comes back with its instance.
func Find(list []Declaration, key string) (Declaration, Field, bool) {
	parts := strings.Split(key, ".")
	for _, d := range list {
		want := 3
		switch {
		case d.Many:
			want = 4
		case d.ID == "":
			want = 2
		}
		if len(parts) != want || parts[0] != string(d.Kind) || d.ID != "" && parts[1] != d.ID {
			continue
		}
		if d.Many {
			if !ValidInstance(parts[2]) {
				continue
			}
			d = d.As(parts[2])
		}
		if f, ok := d.Field(parts[want-1]); ok {
			return d, f, true
		}
	}
	return Declaration{}, Field{}, false
}

// Within reports a key in the place where declared things of any kind keep
// their settings, whether or not anybody declares it.
func Within(key string) bool {
	parts := strings.Split(key, ".")
	return slices.Contains(Kinds(), Kind(parts[0])) && (len(parts) >= 3 || len(parts) == 2 && parts[0] == string(Mail))
}

// maxID bounds ids and keys, so that the longest key still is a name the
// system's key store takes.
const maxID = 32

// ValidInstance reports whether an id of one of several can stand in keys. It
// has no underscore: the variable of the environment puts one for every dot, and
// must stay unambiguous.
func ValidInstance(id string) bool {
	return id != "" && len(id) <= maxID && isLower(id[0]) && strings.Trim(id, lower+digits) == ""
}

const (
	lower  = "abcdefghijklmnopqrstuvwxyz"
	digits = "0123456789"
)

func isLower(b byte) bool { return strings.IndexByte(lower, b) >= 0 }
