package approval

import (
	"errors"
	"strings"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
)

// reasons are the quick choices, each with its F-key.
var reasons = []string{"approval.reason.customer", "approval.reason.goods", "approval.reason.mistake", "approval.reason.manager"}

// model is what is asked.
type model struct {
	what till.Refused
	err  error // the refusal
	busy bool
	name string // of who asks
}

// limit is the sentence on what the asker may do alone.
func (m *model) limit(w *words.Words) string {
	e, ok := errors.AsType[*pos.Error](m.err)
	if !ok {
		return ""
	}
	most, capped := e.Args["Cap"].(money.Amount)
	switch {
	case capped && most > 0:
		return w.T("approval.alone", pos.Args{"Cap": most})
	case capped:
		return w.T("approval.always", nil)
	case strings.HasPrefix(e.ID, "approval."):
		return w.Error(m.err)
	}
	return w.T("approval.never", nil)
}

// ask is what the till is asked for.
func (m *model) ask(pin, reason string) till.AskApproval {
	return till.AskApproval{Right: m.what.Right, Sum: m.what.Sum, Subject: m.what.Subject, PIN: pin, Reason: strings.TrimSpace(reason)}
}

// errorID names an error for Watch: the id of its words, or its code.
func errorID(err error) string {
	if e, ok := errors.AsType[*pos.Error](err); ok {
		return e.ID
	}
	return string(pos.CodeOf(err))
}
