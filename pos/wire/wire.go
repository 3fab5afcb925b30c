// Package wire is what a till tells others: a struct for each kind of message in
// the outbox, with a golden file that shows it.
//
// Names are permanent and carry their unit: _minor for money in the smallest
// unit of the currency beside it, _milli for thousandths of a quantity, _bp for
// hundredths of a percent, _ms for Unix milliseconds. Ids are texts. What is
// left out is nothing: no customer, no reason, not archived. No payload holds a
// PIN, a code, a hash of either, or a token; a customer is named by id, and by
// phone and name in the customer's own card and where a payment of theirs is asked for.
//
// What is told is a fact: it has happened, whoever receives it books it, and what is
// odd about it is theirs to look into. A kind that begins with "request." asks for
// something instead, and may be refused.
//
// A field may be added under the same version: whoever does not know it passes
// over it. The version grows when what was there means something else or is
// gone; then a reader that does not know it refuses the message instead of
// misreading it. What was written in an older version stays as it was written,
// and is read for ever.
package wire

import (
	"encoding/json"
	"errors"
	"time"

	"kassa/pos"
)

// Version is the one in which everything is told today. Version 0 is what tills
// wrote before there was one.
const Version = 1

// MaxSize is the most bytes of a payload that are read: several times the
// longest document a till can make.
const MaxSize = 8 << 20

// Payload is what one message tells. Only this package makes payloads, so that
// nothing can be told that has no permanent form.
type Payload interface {
	EventKind() pos.EventKind
	// Subject is the id of what the payload tells of.
	Subject() string
	// Object is the id of what is told of in order: what concerns a customer by
	// the customer, what concerns no customer by the document that came first.
	Object() string

	head() *Head
	lacks() string // the name of a field without which it tells nothing, "" for none
}

// Head begins every payload.
type Head struct {
	V int `json:"v"` // the version it was written in
}

func (h *Head) head() *Head { return h }

// now begins what is told in today's version.
func now() Head { return Head{V: Version} }

// Pack puts what happened at a time, in an epoch of the till, into a message with
// that id. The payload's bytes are made here, once.
func Pack(id string, epoch int64, at time.Time, p Payload) (*pos.OutboxMessage, error) {
	if _, known := kinds[p.EventKind()]; !known || p.head().V != Version || p.lacks() != "" {
		return nil, pos.E(pos.CodeInternal, "till.internal", nil)
	}
	body, err := json.Marshal(p)
	if err != nil {
		return nil, pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	return &pos.OutboxMessage{ID: id, Epoch: epoch, Kind: p.EventKind(), Subject: p.Subject(), Object: p.Object(), Payload: body, At: at,
		State: pos.OutboxWaiting}, nil
}

// Decode reads the payload of a message in whatever version it was written, and
// passes over fields it does not know. It returns CodeInvalid: "wire.kind" for a
// kind nobody here knows, "wire.newer" for a version of tomorrow, and
// "wire.unreadable" with what is wrong for anything else that is no payload of
// that kind, or tells of something else than its message.
func Decode(m *pos.OutboxMessage) (Payload, error) {
	k, known := kinds[m.Kind]
	if !known {
		return nil, pos.E(pos.CodeInvalid, "wire.kind", pos.Args{"Kind": string(m.Kind)})
	}
	if len(m.Payload) > MaxSize {
		return nil, unreadable(m, "size", nil)
	}
	// Nearly all is of today: it is read once, and looked at twice only where that
	// comes to nothing.
	if p := k.blank(); json.Unmarshal(m.Payload, p) == nil && p.head().V == Version {
		return fitting(m, p)
	}
	var h struct {
		V *int `json:"v"`
	}
	if err := json.Unmarshal(m.Payload, &h); err != nil {
		return nil, unreadable(m, "v", err)
	}
	var p Payload
	var err error
	switch {
	case h.V == nil && k.before == nil:
		return nil, unreadable(m, "v", nil)
	case h.V == nil:
		p, err = k.before(m)
	case *h.V > Version:
		return nil, pos.E(pos.CodeInvalid, "wire.newer", pos.Args{"Kind": string(m.Kind), "Version": *h.V, "Known": Version})
	case *h.V < Version:
		return nil, unreadable(m, "v", nil)
	default:
		p = k.blank()
		err = json.Unmarshal(m.Payload, p)
	}
	if err != nil {
		return nil, unreadable(m, fieldOf(err), err)
	}
	return fitting(m, p)
}

// fitting returns a payload that lacks nothing and tells of what its message says.
func fitting(m *pos.OutboxMessage, p Payload) (Payload, error) {
	if field := p.lacks(); field != "" {
		return nil, unreadable(m, field, nil)
	}
	if p.Subject() != m.Subject {
		return nil, unreadable(m, "subject", nil)
	}
	return p, nil
}

// Kinds lists every kind that can be told, in no order.
func Kinds() []pos.EventKind {
	list := make([]pos.EventKind, 0, len(kinds))
	for k := range kinds {
		list = append(list, k)
	}
	return list
}

func unreadable(m *pos.OutboxMessage, field string, err error) error {
	return &pos.Error{Code: pos.CodeInvalid, ID: "wire.unreadable", Args: pos.Args{"Kind": string(m.Kind), "Field": field}, Err: err}
}

// fieldOf names the field an error of reading is about, "JSON" for none.
func fieldOf(err error) string {
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && e.Field != "" {
		return e.Field
	}
	return "JSON"
}

// ms is how a time is told: 0, which is left out, for none.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// empty returns the first of the names whose value is ""; names and values take
// turns.
func empty(pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			return pairs[i]
		}
	}
	return ""
}

// either is the first text that is not "".
func either(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
