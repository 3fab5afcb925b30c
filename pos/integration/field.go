package integration

// One setting of a declared thing: what may stand in it and how it is asked for.

import (
	"cmp"
	"slices"
	"strings"
)

// Field is one setting of a declared thing.
type Field struct {
	Key      string // "api_id": permanent, see Declaration.Key
	LabelID  string // translation id of the label
	HelpID   string // translation id of the hint under the field, or ""
	Type     Type
	Default  string // what counts where nothing is set; "" for secrets
	Required bool
	Advanced bool // folded away at first

	// Shared names a setting of the shop, such as "sms.sender", that stands above
	// this field in every declaration naming it: while it holds something, the
	// field's own value counts for nothing. Deciding the field itself empties it.
	Shared string

	Options []string // of a Choice or Several, the permanent words in their order

	// Bounds of a Number, in units of its last decimal: with Decimals 2 a Most of
	// 9999 is 99.99.
	Least, Most int64
	Decimals    int

	Max   int  // characters of a text; 0 for the usual bound, see Bound
	Query bool // of an Address: a query may stand behind it
}

// Type is what kind of value a field holds. Every value is kept as a text.
type Type string

// The types. Their words are permanent: programs are told them.
const (
	Text    Type = "text"    // one line
	Lines   Type = "lines"   // a text in which line ends may stand
	Secret  Type = "secret"  // a token or password: kept in the secret store, never shown again
	Number  Type = "number"  // a whole number or a decimal fraction, with a point or a comma
	Switch  Type = "switch"  // "true" or "false"
	Choice  Type = "choice"  // one of Options
	Several Type = "several" // any of Options, with spaces between
	Address Type = "address" // a web address: https, plain http only to this very machine
	Path    Type = "path"    // the full path of a file on this computer
)

// Types lists every type.
func Types() []Type {
	return []Type{Text, Lines, Secret, Number, Switch, Choice, Several, Address, Path}
}

// The usual bounds of a text, in characters. A secret may have as many bytes as
// the narrowest key store of a system takes.
const (
	maxText   = 300
	maxLines  = 2000
	maxSecret = 2048
)

// Bound is the most characters the field takes.
func (f Field) Bound() int {
	usual := maxText
	switch f.Type {
	case Lines:
		usual = maxLines
	case Secret:
		usual = maxSecret
	}
	return cmp.Or(f.Max, usual)
}

// IsSecret reports whether the value belongs into the secret store.
func (f Field) IsSecret() bool { return f.Type == Secret }

// OptionID is the translation id of an option's words. An option that has none,
// such as a currency, is its own name.
func (f Field) OptionID(option string) string { return f.LabelID + "." + option }

// SoundsSecret reports a key whose very name says that its value is a secret:
// one written for a vendor this program does not know must not lie about in
// config.toml either.
func SoundsSecret(key string) bool {
	name := key[strings.LastIndexByte(key, '.')+1:]
	if strings.HasSuffix(name, "api_id") || strings.HasSuffix(name, "api_key") {
		return true
	}
	return slices.ContainsFunc(strings.Split(name, "_"), func(word string) bool {
		return slices.Contains([]string{"token", "password", "passphrase", "secret", "apikey"}, word)
	})
}
