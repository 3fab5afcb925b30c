package door

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"

	"kassa/pos"
)

// byteOrderMark begins what some shells send.
const byteOrderMark = "\ufeff"

// parse takes a line apart. Each way in which a line can fail to be one command
// has its own answer: whoever writes a program against the door sees only that.
func parse(l line) (*request, error) {
	text := bytes.TrimSpace(bytes.TrimPrefix(l.text, []byte(byteOrderMark)))
	switch {
	case l.tooLong:
		return nil, pos.E(pos.CodeInvalid, "door.line-too-long", pos.Args{"Max": MaxLine})
	case !utf8.Valid(l.text):
		return nil, pos.E(pos.CodeInvalid, "door.not-utf8", nil)
	case len(text) == 0:
		return nil, pos.E(pos.CodeInvalid, "door.empty-line", nil)
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	var raw, more json.RawMessage
	if err := dec.Decode(&raw); err != nil {
		return nil, pos.Wrap(pos.CodeInvalid, "door.not-json", err)
	}
	switch err := dec.Decode(&more); {
	case err == nil:
		return nil, pos.E(pos.CodeInvalid, "door.several", nil)
	case !errors.Is(err, io.EOF):
		return nil, pos.Wrap(pos.CodeInvalid, "door.not-json", err)
	}
	r := &request{}
	if err := json.Unmarshal(raw, &r.fields); err != nil || r.fields == nil {
		return nil, pos.Wrap(pos.CodeInvalid, "door.not-json", err)
	}
	if name := twice(raw); name != "" {
		return nil, pos.E(pos.CodeInvalid, "door.twice", pos.Args{"Field": shown(name)})
	}
	r.cmd = r.text("cmd")
	return r, r.done()
}

// twice names the first field that an object of valid JSON has two of, with the
// fields it is inside of; "" where there is none. Readers of JSON silently take
// the last one, and which sum was meant nobody could say.
func twice(raw []byte) string {
	var open []level
	dec := json.NewDecoder(bytes.NewReader(raw))
	for {
		t, err := dec.Token()
		if err != nil {
			return "" // the end: the JSON is valid
		}
		top := len(open) - 1
		name, isText := t.(string)
		switch {
		case t == json.Delim('{'):
			open = append(open, level{seen: map[string]bool{}})
			continue
		case t == json.Delim('['):
			open = append(open, level{})
			continue
		case t == json.Delim('}') || t == json.Delim(']'):
			open = open[:top]
			top--
		case isText && top >= 0 && open[top].seen != nil && !open[top].named:
			if open[top].seen[name] {
				return pathOf(open[:top], name)
			}
			open[top].seen[name], open[top].named, open[top].name = true, true, name
			continue
		}
		if top >= 0 { // a value ended
			open[top].named = false
		}
	}
}

// level is an object or a list that is being read.
type level struct {
	seen  map[string]bool // the names so far; nil for a list
	name  string          // the last of them
	named bool            // its value comes next
}

// pathOf writes a name behind those of the objects it is inside of.
func pathOf(outer []level, name string) string {
	for i := len(outer) - 1; i >= 0; i-- {
		if outer[i].seen != nil {
			name = outer[i].name + "." + name
		}
	}
	return name
}
