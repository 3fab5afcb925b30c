package sms

import (
	"cmp"
	"errors"
	"slices"
	"strings"
)

// Translation ids of the messages that are finer than an Outcome. Every other error uses the one of its Kind,
// "sms.err." and the kind's name.
const (
	MsgOffline         = "sms.err.offline"          // the request did not leave: no network, no such host, refused
	MsgPortal          = "sms.err.portal"           // a web page answered instead of the provider
	MsgTLS             = "sms.err.tls"              // the connection could not be trusted
	MsgCancelled       = "sms.err.cancelled"        // given up by us before the request left
	MsgNoAnswer        = "sms.err.no-answer"        // the request left, no answer came
	MsgBadAnswer       = "sms.err.bad-answer"       // an answer came that cannot be understood
	MsgServerTrouble   = "sms.err.server-trouble"   // 5xx: the provider may have taken the request or not
	MsgWrongAddress    = "sms.err.wrong-address"    // 4xx without a provider's answer
	MsgUnsupported     = "sms.err.unsupported"      // the provider has no such ability
	MsgUnknownProvider = "sms.err.unknown-provider" // no provider with this id
	MsgSettingMissing  = "sms.err.setting-missing"  // a required setting is empty
	MsgSettingInvalid  = "sms.err.setting-invalid"  // a setting cannot be right
	MsgInsecureAddress = "sms.err.insecure-address" // plain HTTP to another machine
	MsgNoText          = "sms.err.no-text"          // nothing to send
	MsgTextTooLong     = "sms.err.text-too-long"    // more parts than the provider takes
	MsgSandboxFile     = "sms.err.sandbox-file"     // the file of training messages cannot be written
	MsgDailyLimit      = "sms.err.daily-limit"      // RateLimited until tomorrow: waiting some minutes is no use
	msgKindPrefix      = "sms.err."
	msgAskPrefix       = "sms.ask."
)

// Messages lists the translation ids an Error of this package or of a vendor may carry.
func Messages() []string {
	ids := []string{MsgOffline, MsgPortal, MsgTLS, MsgCancelled, MsgNoAnswer, MsgBadAnswer, MsgServerTrouble,
		MsgWrongAddress, MsgUnsupported, MsgUnknownProvider, MsgSettingMissing, MsgSettingInvalid,
		MsgInsecureAddress, MsgNoText, MsgTextTooLong, MsgSandboxFile, MsgDailyLimit}
	for _, o := range Outcomes() {
		if o != Accepted {
			ids = append(ids, msgKindPrefix+string(o))
		}
	}
	for _, id := range aboutSending() {
		ids = append(ids, msgAskPrefix+strings.TrimPrefix(id, msgKindPrefix))
	}
	return ids
}

// Error is a request to a provider that did not end well.
type Error struct {
	Kind         Outcome // never Accepted
	Provider     string  // the provider's name
	ProviderCode string  // its code as it wrote it, or ""
	ProviderText string  // its words, cleaned of numbers and secrets, or ""
	Setting      string  // the key of the setting at fault, or ""
	MessageID    string  // translation id; empty for the one of Kind (see Message)

	// Unclear marks an error of a kind that usually means "not sent" where the request left and nobody said what
	// became of it, such as a gateway's 502.
	Unclear bool

	// Asking marks a question about balance, cost or status: nothing could have been sent, and the words for a
	// person do not speak of a message. See Asked.
	Asking bool

	Err error // the cause, for the log; never holds a secret or a whole phone number
}

// Error describes the failure for the log.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("sms")
	for _, part := range []string{e.Provider, string(e.Kind)} {
		if part != "" {
			b.WriteString(": " + part)
		}
	}
	if e.ProviderCode != "" {
		b.WriteString(" (code " + e.ProviderCode + ")")
	}
	if e.Setting != "" {
		b.WriteString(": setting " + e.Setting)
	}
	if e.ProviderText != "" {
		b.WriteString(": " + e.ProviderText)
	}
	switch {
	case e.Err != nil:
		b.WriteString(": " + e.Err.Error())
	case e.MessageID != "":
		b.WriteString(": " + strings.TrimPrefix(e.MessageID, msgKindPrefix))
	}
	return b.String()
}

// Unwrap returns the cause, which may be nil.
func (e *Error) Unwrap() error { return e.Err }

// Message returns the translation id of the words for a person. They say what to do next and may use the fields
// of Data.
func (e *Error) Message() string {
	id := cmp.Or(e.MessageID, msgKindPrefix+string(e.Kind))
	if e.Asking && slices.Contains(aboutSending(), id) {
		return msgAskPrefix + strings.TrimPrefix(id, msgKindPrefix)
	}
	return id
}

// aboutSending lists the ids whose words tell whether a message went out; each has a second wording for questions.
func aboutSending() []string {
	return []string{MsgOffline, MsgPortal, MsgTLS, MsgCancelled, MsgNoAnswer, MsgBadAnswer, MsgServerTrouble,
		MsgWrongAddress, msgKindPrefix + string(TemporaryError), msgKindPrefix + string(Unknown)}
}

// Asked marks an *Error that came of a question, not of a sending; other errors it returns as they are.
func Asked(err error) error {
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return err
	}
	asked := *e
	asked.Asking = true
	return &asked
}

// Data returns what the translations may use: Provider, Code, Text and Setting, all strings.
func (e *Error) Data() map[string]any {
	return map[string]any{"Provider": e.Provider, "Code": e.ProviderCode, "Text": e.ProviderText, "Setting": e.Setting}
}

// OutcomeOf returns the outcome of the request that answered err: Accepted for nil, Unknown for an error that is
// not an *Error.
func OutcomeOf(err error) Outcome {
	if err == nil {
		return Accepted
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Unknown
}

// NotSent tells that a sending failed and that the message certainly did not go out, so a further attempt cannot
// double it. It is false for nil and for every error it knows nothing about.
func NotSent(err error) bool { return err != nil && !MayHaveLeft(err) }

// MayHaveLeft tells that the person may have received the message or may still receive it: its code must stay
// valid and nothing is sent again without somebody's decision. It is true for nil, which means that the provider
// took the message.
func MayHaveLeft(err error) bool {
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return true
	}
	return !e.Asking && (e.Unclear || e.Kind == Unknown || e.Kind == Duplicate)
}
