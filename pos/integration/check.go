package integration

// The judgement of values against a declaration, and its words.

import (
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Reason is why a value cannot stand in a field.
type Reason string

// The reasons.
const (
	Missing  Reason = "missing"  // the declared thing cannot do without it
	Refused  Reason = "refused"  // the value is none of those allowed
	Insecure Reason = "insecure" // a web address over which secrets would travel openly
)

// Problem is a field that stands in the way of using a declared thing. It is an
// error that brings its own words and never holds the value.
type Problem struct {
	Declaration Declaration
	Field       Field
	Reason      Reason
}

// Check tells what of the values the declared thing cannot be used with, in the
// order of its fields; nothing when all is well. A field with a default may be
// left out.
func (d Declaration) Check(v Values) []*Problem {
	var found []*Problem
	for _, f := range d.Fields {
		if reason := f.judge(v); reason != "" {
			found = append(found, &Problem{d, f, reason})
		}
	}
	return found
}

// CheckValue tells why one plain value cannot stand in a field, nil when it can.
// An empty value always can: it takes the setting away.
func (d Declaration) CheckValue(f Field, value string) *Problem {
	if value = strings.TrimSpace(value); value == "" {
		return nil
	}
	if reason := f.refuses(value); reason != "" {
		return &Problem{d, f, reason}
	}
	return nil
}

func (f Field) judge(v Values) Reason {
	switch {
	case !v.Has(f) && f.Required && f.Default == "":
		return Missing
	case !v.Has(f):
		return ""
	case f.IsSecret():
		return f.refuses(v.Secret(f.Key).Reveal())
	}
	return f.refuses(v.Get(f.Key))
}

// refuses tells why a value that is not empty is refused.
func (f Field) refuses(value string) Reason {
	ok := true
	switch f.Type {
	case Lines:
		ok = f.fits(strings.NewReplacer("\r\n", " ", "\n", " ").Replace(value))
	case Number:
		n, isNumber := f.number(value)
		ok = isNumber && n >= f.Least && n <= f.Most
	case Switch:
		ok = value == "true" || value == "false"
	case Choice:
		ok = slices.Contains(f.Options, value)
	case Several:
		ok = !slices.ContainsFunc(strings.Fields(value), func(word string) bool { return !slices.Contains(f.Options, word) })
	case Path:
		ok = f.fits(value) && filepath.IsAbs(value)
	case Address:
		_, err := ParseAddress(value, f.Query)
		if err == ErrInsecure {
			return Insecure
		}
		ok = f.fits(value) && err == nil
	case Secret:
		ok = f.fits(value) && len(value) <= f.Bound()
	default: // Text
		ok = f.fits(value)
	}
	if !ok {
		return Refused
	}
	return ""
}

// fits reports a text of one line that is no longer than its bound.
func (f Field) fits(text string) bool {
	odd := func(r rune) bool { return unicode.IsControl(r) || r == utf8.RuneError }
	return utf8.RuneCountInString(text) <= f.Bound() && !strings.ContainsFunc(text, odd)
}

// Error is for the log.
func (p *Problem) Error() string {
	return "integration: " + p.Key() + ": " + string(p.Reason)
}

// Key is the key of the setting at fault.
func (p *Problem) Key() string { return p.Declaration.Key(p.Field.Key) }

// MessageID is the translation id of the whole sentence, which says what to do.
func (p *Problem) MessageID() string {
	if p.Reason == Missing {
		return "integration.missing"
	}
	return "integration.refused"
}

// MessageArgs are the values of the sentence.
func (p *Problem) MessageArgs() map[string]any {
	args := map[string]any{"Name": p.Declaration.Name, "Field": Phrase{ID: p.Field.LabelID}}
	if p.Reason != Missing {
		args["Allowed"] = p.Field.Allowed()
	}
	return args
}

// Phrase is a part of a sentence in the reader's language: a translation id with
// its values. It is an error only because the values of messages that speak for
// themselves are.
type Phrase struct {
	ID   string
	Args map[string]any
}

// Error is for the log.
func (p Phrase) Error() string { return p.ID }

// MessageID is the translation id.
func (p Phrase) MessageID() string { return p.ID }

// MessageArgs are the values of the phrase.
func (p Phrase) MessageArgs() map[string]any { return p.Args }

// Allowed says what may stand in the field, to be put behind "allowed:".
func (f Field) Allowed() Phrase {
	switch f.Type {
	case Number:
		if f.Decimals > 0 {
			return Phrase{"integration.allowed.fraction",
				map[string]any{"Least": f.written(f.Least), "Most": f.written(f.Most), "Count": f.Decimals}}
		}
		return Phrase{"integration.allowed.number", map[string]any{"Least": f.written(f.Least), "Most": f.written(f.Most)}}
	case Choice, Several:
		return Phrase{"integration.allowed." + string(f.Type), map[string]any{"Options": strings.Join(f.Options, ", ")}}
	case Switch, Address, Path:
		return Phrase{ID: "integration.allowed." + string(f.Type)}
	}
	return Phrase{"integration.allowed." + string(f.Type), map[string]any{"Count": f.Bound()}}
}
