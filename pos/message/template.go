package message

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// DefaultTemplate is used until the shop writes its own. With usual values it fits into one Cyrillic SMS.
const DefaultTemplate = "Код <code>: <operation> <amount>, «<shop>»"

// Limits of a template and of what is put into it.
const (
	MaxTemplateChars = 500 // longer ones are refused
	MaxValueChars    = 40  // a longer name is cut, so that it cannot push the rest out of the message
	MaxParts         = 8   // SMS a message may take; the strictest of the providers
)

// Translation ids of what Check finds.
const (
	MsgTemplateNoCode      = "sms.template.no-code"
	MsgTemplateUnknownName = "sms.template.unknown-variable"
	MsgTemplateTooLong     = "sms.template.too-long"
	MsgTemplateNoAmount    = "sms.template.no-amount"
	MsgTemplateManyParts   = "sms.template.many-parts"
	MsgTemplateControl     = "sms.template.control"
)

// TemplateMessages lists the translation ids a Finding may carry.
func TemplateMessages() []string {
	return []string{MsgTemplateNoCode, MsgTemplateUnknownName, MsgTemplateTooLong, MsgTemplateNoAmount,
		MsgTemplateManyParts, MsgTemplateControl}
}

// Vars are the values a template may name: <code>, <amount>, <shop>, <operation>, <customer>.
type Vars struct {
	Code      string
	Amount    string // with its currency, as the customer is to read it
	Shop      string
	Operation string
	Customer  string
}

// SampleVars are of usual length, for previews and for counting parts.
func SampleVars() Vars {
	return Vars{Code: "123456", Amount: "1 234,50 ₽", Shop: "Касса", Operation: "списание баллов", Customer: "Анна"}
}

// VariableNames lists what may stand between < and >.
func VariableNames() []string { return []string{"code", "amount", "shop", "operation", "customer"} }

func (v Vars) value(name string) string {
	switch name {
	case "code":
		return v.Code
	case "amount":
		return v.Amount
	case "shop":
		return v.Shop
	case "operation":
		return v.Operation
	}
	return v.Customer
}

// Finding is something Check has to say about a template.
type Finding struct {
	MessageID string
	Text      string // the piece at fault, or ""
	Number    int    // the number the message speaks of (characters, parts), or 0
}

// Data returns what the translations may use: Text and Number.
func (f Finding) Data() map[string]any { return map[string]any{"Text": f.Text, "Number": f.Number} }

// ErrTemplate is wrapped by the errors of Expand.
var ErrTemplate = errors.New("message: template cannot be used")

// Check tells what is wrong with a template: with a problem it must not be saved, with a warning it may.
func Check(template string) (problems, warnings []Finding) {
	pieces := parse(template)
	for _, p := range pieces {
		if p.variable && !slices.Contains(VariableNames(), p.text) {
			problems = append(problems, Finding{MessageID: MsgTemplateUnknownName, Text: p.raw})
		}
	}
	if !uses(pieces, "code") {
		problems = append(problems, Finding{MessageID: MsgTemplateNoCode})
	}
	if !uses(pieces, "amount") {
		warnings = append(warnings, Finding{MessageID: MsgTemplateNoAmount})
	}
	if clean(template, true) != template {
		warnings = append(warnings, Finding{MessageID: MsgTemplateControl})
	}
	parts := Count(render(pieces, SampleVars())).Parts
	switch {
	case utf8.RuneCountInString(template) > MaxTemplateChars, parts > MaxParts:
		problems = append(problems, Finding{MessageID: MsgTemplateTooLong, Number: MaxTemplateChars})
	case parts > 1:
		warnings = append(warnings, Finding{MessageID: MsgTemplateManyParts, Number: parts})
	}
	return problems, warnings
}

// Expand puts the values into the template, once: what a value contains is never expanded again, so a customer
// whose name is "<code>" reads just that. It returns an error wrapping ErrTemplate when Check finds a problem or
// there is no code, since a message without its code must not go out.
func Expand(template string, v Vars) (string, error) {
	if problems, _ := Check(template); len(problems) > 0 {
		return "", fmt.Errorf("%w: %s %s", ErrTemplate, problems[0].MessageID, problems[0].Text)
	}
	if v.Code == "" {
		return "", fmt.Errorf("%w: no code to put in", ErrTemplate)
	}
	return render(parse(template), v), nil
}

// Preview puts sample values into the template whatever its problems; unknown variables stay as they are.
func Preview(template string) string { return render(parse(template), SampleVars()) }

// piece is literal text, or a variable with its lower-case name in text and its spelling in raw.
type piece struct {
	text, raw string
	variable  bool
}

// parse cuts a template into pieces. Whatever stands between < and > is a variable, known or not; of what stands
// in braces only the known names are, since braces are otherwise ordinary text.
func parse(template string) []piece {
	var pieces []piece
	literal := 0 // where the literal text not yet taken begins
	for i := 0; i < len(template); {
		p, ok := variableAt(template[i:])
		if !ok {
			i++
			continue
		}
		if literal < i {
			pieces = append(pieces, piece{text: template[literal:i]})
		}
		pieces = append(pieces, p)
		i += len(p.raw)
		literal = i
	}
	if literal < len(template) {
		pieces = append(pieces, piece{text: template[literal:]})
	}
	return pieces
}

// variableAt reads a variable at the start of s.
func variableAt(s string) (piece, bool) {
	end := -1
	switch s[0] {
	case '<':
		end = strings.IndexAny(s[1:], "<>")
	case '{':
		end = strings.IndexAny(s[1:], "{}")
	}
	if end < 0 || s[end+1] == s[0] {
		return piece{}, false
	}
	name := strings.ToLower(strings.TrimSpace(s[1 : end+1]))
	if s[0] == '{' && !slices.Contains(VariableNames(), name) {
		return piece{}, false
	}
	return piece{text: name, raw: s[:end+2], variable: true}, true
}

func uses(pieces []piece, name string) bool {
	return slices.ContainsFunc(pieces, func(p piece) bool { return p.variable && p.text == name })
}

func render(pieces []piece, v Vars) string {
	var b strings.Builder
	for _, p := range pieces {
		switch {
		case !p.variable:
			b.WriteString(clean(p.text, true))
		case !slices.Contains(VariableNames(), p.text):
			b.WriteString(clean(p.raw, true))
		default:
			b.WriteString(cut(strings.TrimSpace(clean(v.value(p.text), false))))
		}
	}
	return strings.TrimSpace(b.String())
}

// clean drops what cannot be seen, such as control bytes and marks that turn the direction of writing, and turns
// every kind of space into a plain one. Line ends stay only where lines are wanted: a name must not fake a line.
func clean(s string, lines bool) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' && lines:
			return r
		case unicode.IsSpace(r):
			return ' '
		case r == utf8.RuneError, unicode.In(r, unicode.C):
			return -1
		}
		return r
	}, s)
}

func cut(s string) string {
	n := 0
	for i := range s {
		if n == MaxValueChars {
			return s[:i]
		}
		n++
	}
	return s
}
