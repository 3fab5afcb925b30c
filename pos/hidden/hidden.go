// Package hidden holds values that must not show themselves: tokens and
// passwords on their way from where they are kept to where they are used.
package hidden

import (
	"fmt"
	"io"
	"log/slog"
)

const shown = "[hidden]"

// Text is a text that printing, logging or encoding, alone or inside another
// value, turns into "[hidden]". The zero Text is empty.
type Text struct {
	// A function, because printing a struct reaches into unexported fields of
	// its fields without asking their methods; of a function it can show no more
	// than an address.
	reveal func() string
}

// New hides value.
func New(value string) Text {
	if value == "" {
		return Text{}
	}
	return Text{reveal: func() string { return value }}
}

// Reveal returns the value. Call it only where the value leaves for its
// destination.
func (t Text) Reveal() string {
	if t.reveal == nil {
		return ""
	}
	return t.reveal()
}

// Empty tells whether there is no value.
func (t Text) Empty() bool { return t.reveal == nil }

// String hides the value.
func (t Text) String() string { return shown }

// Format hides the value whatever the verb.
func (t Text) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, shown) }

// MarshalText hides the value in JSON, TOML and other encodings.
func (t Text) MarshalText() ([]byte, error) { return []byte(shown), nil }

// LogValue hides the value in logs.
func (t Text) LogValue() slog.Value { return slog.StringValue(shown) }
