package sms

// What every vendor's package says alike: what is refused before it costs a round trip, and how a request that went
// wrong reads as an Error.

import (
	"errors"
	"strings"

	"kassa/pos/message"
	"kassa/sms/vendorhttp"
)

// CheckMessage refuses what the provider of that name would refuse, with an *Error: what is no number, an empty text,
// and more parts than it takes, 0 for any number of them.
func CheckMessage(provider string, m Message, maxParts int) error {
	refuse := func(kind Outcome, messageID string) error {
		return &Error{Kind: kind, Provider: provider, MessageID: messageID}
	}
	switch {
	case !ValidNumber(m.To):
		return refuse(BadNumber, "")
	case strings.TrimSpace(m.Text) == "":
		return refuse(FailedRequest, MsgNoText)
	case maxParts > 0 && message.Count(m.Text).Parts > maxParts:
		return refuse(FailedRequest, MsgTextTooLong)
	}
	return nil
}

// failures says what a request without a usable answer means for a message.
var failures = map[vendorhttp.Reason]Error{
	vendorhttp.Offline:      {Kind: TemporaryError, MessageID: MsgOffline},
	vendorhttp.Untrusted:    {Kind: FailedRequest, MessageID: MsgTLS},
	vendorhttp.Cancelled:    {Kind: TemporaryError, MessageID: MsgCancelled},
	vendorhttp.Portal:       {Kind: TemporaryError, MessageID: MsgPortal},
	vendorhttp.NoAnswer:     {Kind: Unknown, MessageID: MsgNoAnswer},
	vendorhttp.BadAnswer:    {Kind: Unknown, MessageID: MsgBadAnswer},
	vendorhttp.TooMany:      {Kind: RateLimited},
	vendorhttp.Busy:         {Kind: TemporaryError},
	vendorhttp.Trouble:      {Kind: TemporaryError, MessageID: MsgServerTrouble, Unclear: true},
	vendorhttp.WrongAddress: {Kind: FailedRequest, MessageID: MsgWrongAddress},
}

// Failed makes an *Error of what went wrong between us and the provider of that name. An error that is no
// *vendorhttp.Failure is one nobody can judge: Unknown.
func Failed(provider string, err error) error {
	e := Error{Kind: Unknown, MessageID: MsgBadAnswer}
	if f, ok := errors.AsType[*vendorhttp.Failure](err); ok {
		e = failures[f.Reason]
	}
	e.Provider, e.Err = provider, err
	return &e
}

// BadAnswer is an answer that does not tell what happened to a request that has left.
func BadAnswer(provider string, cause error) error {
	return &Error{Kind: Unknown, Provider: provider, MessageID: MsgBadAnswer, Err: cause}
}
