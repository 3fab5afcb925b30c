package door

// This file reads codes as a scanner sends them.

import (
	"encoding/json"
	"strings"

	"kassa/pos/barcode"
)

// code reads a code that must be there, though it may be empty: the group
// separators of a marking code come as signs that can be seen, and the line end
// of a scanner is none of it. Anything else that cannot be seen is refused as in
// any other text.
func (r *request) code(name string) string {
	r.unwrap(name)
	return r.text(name)
}

// codeIf is code for one that may be absent.
func (r *request) codeIf(name string) string {
	r.unwrap(name)
	return r.optional(name)
}

// unwrap writes a code as it is shown over the code as it was sent.
func (r *request) unwrap(name string) {
	var s string
	if !r.given(name) || json.Unmarshal(r.fields[name], &s) != nil {
		return // text says what is wrong with it
	}
	if shown, err := json.Marshal(barcode.Shown(strings.TrimRight(s, "\r\n"))); err == nil {
		r.fields[name] = shown
	}
}
