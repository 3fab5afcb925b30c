package vendorhttp

// The tolerant decoder: JSON as vendors write it.

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Object is a JSON object of an answer. Its fields are read tolerantly: a number may come as a string, and any field
// may be null, missing or of another shape, which all count as "not told".
type Object map[string]json.RawMessage

// ErrNoObject says that an answer is not a JSON object. The decoder's own words might quote the answer.
var ErrNoObject = errors.New("answer is not a JSON object")

// ParseObject reads an answer that is one object.
func ParseObject(body []byte) (Object, error) {
	o, ok := object(body)
	if !ok {
		return nil, ErrNoObject
	}
	return o, nil
}

// ParseList reads an answer that is a list of objects, see Object.List. An answer that is none at all is
// ErrNoObject; an empty list is no error.
func ParseList(body []byte) ([]Object, error) {
	all, ok := objects(body)
	if !ok {
		return nil, ErrNoObject
	}
	return all, nil
}

func object(raw []byte) (Object, bool) {
	var o Object
	err := json.Unmarshal(raw, &o)
	return o, err == nil && o != nil
}

// objects reads a list, an object whose keys are numbers, which some servers write for a list, or a single object.
func objects(raw []byte) ([]Object, bool) {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) == nil && list != nil {
		return only(list), true
	}
	o, ok := object(raw)
	if !ok {
		return nil, false
	}
	if list, ok = o.numbered(); ok {
		return only(list), true
	}
	return []Object{o}, true
}

// only keeps what is an object.
func only(list []json.RawMessage) []Object {
	all := make([]Object, 0, len(list))
	for _, raw := range list {
		if o, ok := object(raw); ok {
			all = append(all, o)
		}
	}
	return all
}

// numbered returns the values of an object that has numbers for keys, in their order; an empty one is such.
func (o Object) numbered() ([]json.RawMessage, bool) {
	byNumber := make(map[int]json.RawMessage, len(o))
	for key, raw := range o {
		n, err := strconv.Atoi(key)
		if err != nil || n < 0 || len(key) > 6 { // a longer one is a phone or an id
			return nil, false
		}
		byNumber[n] = raw
	}
	list := make([]json.RawMessage, 0, len(byNumber))
	for _, n := range slices.Sorted(maps.Keys(byNumber)) {
		list = append(list, byNumber[n])
	}
	return list, true
}

// Has tells whether the answer holds a key at all, be it null.
func (o Object) Has(key string) bool {
	_, there := o[key]
	return there
}

// Text returns a string or a number as it is written, else "".
func (o Object) Text(key string) string { return text(o[key]) }

func text(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	var n json.Number
	if json.Unmarshal(raw, &n) == nil {
		return n.String()
	}
	return ""
}

// Int returns a whole number.
func (o Object) Int(key string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(o.Text(key)))
	return n, err == nil
}

// Flag returns a yes or no, however it is written: true, 1, "true", "1" and their opposites.
func (o Object) Flag(key string) (yes, told bool) {
	var b bool
	if raw := o[key]; len(raw) > 0 && string(raw) != "null" && json.Unmarshal(raw, &b) == nil {
		return b, true
	}
	switch strings.ToLower(strings.TrimSpace(o.Text(key))) {
	case "1", "true":
		return true, true
	case "0", "false":
		return false, true
	}
	return false, false
}

// Bounds of a sum worth believing; they keep a hostile exponent from being written out in full.
const (
	maxSumLength   = 32
	maxSumExponent = 20
	maxSumDigits   = 15
)

// Minor returns a sum in hundredths, rounded to the nearest: servers print their own floats.
func (o Object) Minor(key string) (int64, bool) {
	s := strings.TrimSpace(o.Text(key))
	if s == "" || len(s) > maxSumLength {
		return 0, false
	}
	d, err := decimal.NewFromString(s)
	if err != nil || d.Exponent() > maxSumExponent || d.Exponent() < -maxSumLength {
		return 0, false
	}
	d = d.Shift(2).Round(0)
	if d.NumDigits() > maxSumDigits || d.Exponent() > maxSumDigits {
		return 0, false
	}
	return d.IntPart(), true
}

// MaxID is the longest id worth keeping.
const MaxID = 64

// ID returns an id that can be stored and sent back, else "".
func (o Object) ID(key string) string {
	id := o.Text(key)
	odd := func(r rune) bool { return r <= ' ' || r > '~' }
	if len(id) > MaxID || strings.ContainsFunc(id, odd) {
		return ""
	}
	return id
}

// Object returns an object within.
func (o Object) Object(key string) (Object, bool) { return object(o[key]) }

// List returns the objects within: of a list, of an object whose keys are numbers, or a single one. What is null,
// missing or of another shape has none.
func (o Object) List(key string) []Object {
	all, _ := objects(o[key])
	return all
}

// Texts returns the texts of a list, of an object whose keys are numbers, or a single one.
func (o Object) Texts(key string) []string {
	var list []json.RawMessage
	if json.Unmarshal(o[key], &list) != nil || list == nil {
		list = []json.RawMessage{o[key]}
		if within, ok := object(o[key]); ok {
			list, _ = within.numbered()
		}
	}
	var all []string
	for _, raw := range list {
		if s := text(raw); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// Entry returns what the answer says about one of several that were asked about, such as a recipient: the one under
// want, or the only one, since a server may write a number in its own way. An object, a list of objects and a single
// bare object all pass; mark is a key by which a bare one is known.
func (o Object) Entry(key, want, mark string) (Object, bool) {
	if entries, ok := o.Object(key); ok {
		if e, ok := entries.Object(want); ok {
			return e, true
		}
		if entries.Has(mark) {
			return entries, true
		}
		if len(entries) == 1 {
			for only := range entries {
				return entries.Object(only)
			}
		}
		return nil, false
	}
	var list []json.RawMessage
	if json.Unmarshal(o[key], &list) == nil && len(list) == 1 {
		return object(list[0])
	}
	return nil, false
}
