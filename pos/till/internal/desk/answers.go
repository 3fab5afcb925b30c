package desk

import (
	"strings"
	"unicode/utf8"

	"kassa/pos"
)

// OrNil keeps a half-made view from leaving with an error.
func OrNil[T any](v *T, err error) (*T, error) {
	if err != nil {
		return nil, err
	}
	return v, nil
}

// YesNo writes a yes or a no for the audit trail.
func YesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// What a person types as a reason or a note: enough to mean something, short
// enough for a report.
const (
	minReasonRunes = 3
	maxReasonRunes = 200
)

// NeedReason returns a reason without the spaces around it, or CodeInvalid when
// it is missing, too short, too long or holds invisible characters or the number of
// a payment card.
func NeedReason(s string) (string, error) {
	s, err := NoteText(s)
	if err == nil && utf8.RuneCountInString(s) < minReasonRunes {
		err = pos.E(pos.CodeInvalid, "reason.short", pos.Args{"Min": minReasonRunes})
	}
	return s, err
}

// NoteText is needReason for a text that may be empty.
func NoteText(s string) (string, error) {
	s = strings.TrimSpace(s)
	switch {
	case len(s) > maxReasonRunes*utf8.UTFMax || utf8.RuneCountInString(s) > maxReasonRunes:
		return "", pos.E(pos.CodeInvalid, "reason.long", pos.Args{"Max": maxReasonRunes})
	case !utf8.ValidString(s) || pos.HasControl(s):
		return "", pos.E(pos.CodeInvalid, "text.control", nil)
	}
	return s, noCards(s)
}
