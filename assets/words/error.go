package words

import (
	"errors"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/phone"
)

// Speaker is an error outside of package pos that brings the id and the values
// of its own words.
type Speaker interface {
	error
	MessageID() string
	MessageArgs() map[string]any
}

// provider is the shape in which the senders of messages describe an error.
type provider interface {
	error
	Message() string
	Data() map[string]any
}

// somethingWrong is said where nothing better is known.
const somethingWrong = "error.unknown"

// Error says what went wrong and what to do next, "" for nil. The outermost
// error in the chain that has words speaks: a *pos.Error, a Speaker, a
// number or phone that could not be read, or an error of a message provider. A *pos.Error whose id has no words speaks by
// its code. Everything else reads "Something went wrong": the text of a Go
// error is for the log.
func (w *Words) Error(err error) string {
	if err == nil {
		return ""
	}
	if id, args := w.spoken(err); id != "" {
		return w.T(id, args)
	}
	if e, ok := errors.AsType[*pos.Error](err); ok {
		if id := "error.code." + string(e.Code); w.Has(id) {
			return w.T(id, nil)
		}
	}
	return w.T(somethingWrong, nil)
}

// spoken finds the first error of the tree under err that has words.
func (w *Words) spoken(err error) (string, pos.Args) {
	id, args := "", pos.Args(nil)
	switch e := err.(type) {
	case nil:
		return "", nil
	case *pos.Error:
		id, args = e.ID, e.Args
	case Speaker:
		id, args = e.MessageID(), e.MessageArgs()
	case *money.ParseError:
		id, args = "number.reason."+string(e.Reason), pos.Args{"Input": e.Input}
	case *phone.ParseError:
		id = "phone.reason." + string(e.Reason)
	case provider:
		id, args = e.Message(), e.Data()
	}
	if id != "" && w.Has(id) {
		return id, args
	}
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		return w.spoken(e.Unwrap())
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			if id, args := w.spoken(inner); id != "" {
				return id, args
			}
		}
	}
	return "", nil
}
