package pos

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

// Code tells a program what kind of refusal an Error is. Codes are permanent:
// they are part of the headless door's protocol.
type Code string

// The codes of the headless door.
const (
	CodeInvalid      Code = "invalid"       // the input makes no sense as it stands
	CodeNotFound     Code = "not_found"     // nothing is known by that id, code, phone or name
	CodeForbidden    Code = "forbidden"     // the employee group lacks the right
	CodeConflict     Code = "conflict"      // the state does not allow it now
	CodeCodeRequired Code = "code_required" // the customer's code has not been entered
	CodeNotPaid      Code = "not_paid"      // the tenders do not cover the total
	CodeLimit        Code = "limit"         // a limit of points, credit or money is exceeded
	CodeOverdue      Code = "overdue"       // an overdue debt blocks a new one
	CodeWait         Code = "wait"          // allowed later; Args "Until" holds a time.Time
	CodeUnavailable  Code = "unavailable"   // disk, network or provider does not answer
	CodeInternal     Code = "internal"      // our own mistake
)

// Args are the values put into a translated message. Amounts are given as
// money.Amount, quantities as money.Quantity, times as time.Time, rights as
// Right; whoever translates formats them for the reader's language.
type Args map[string]any

// Error is a refusal: a code for the program, a message id with its values for
// the person, and a cause for the log. The id names an entry of
// assets/i18n/<language>/<first word of the id>.toml.
type Error struct {
	Code Code
	ID   string
	Args Args
	Err  error
}

// E makes an Error without a cause.
func E(code Code, id string, args Args) *Error { return &Error{Code: code, ID: id, Args: args} }

// Wrap makes an Error with a cause for the log.
func Wrap(code Code, id string, err error) *Error { return &Error{Code: code, ID: id, Err: err} }

// Error is for logs; people read the translation of ID.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", e.Code, e.ID)
	keys := make([]string, 0, len(e.Args))
	for k := range e.Args {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		fmt.Fprintf(&b, " %s=%v", k, e.Args[k])
	}
	if e.Err != nil {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	return b.String()
}

// Unwrap returns the cause, which may be nil.
func (e *Error) Unwrap() error { return e.Err }

// CodeOf returns the code of the first Error in err's chain, CodeInternal for
// any other error and "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return CodeInternal
}
