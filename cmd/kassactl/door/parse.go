package door

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"

	"kassa/cmd/kassactl/twice"
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
	if name := twice.Field(raw); name != "" {
		return nil, pos.E(pos.CodeInvalid, "door.twice", pos.Args{"Field": shown(name)})
	}
	r.cmd = r.text("cmd")
	return r, r.done()
}
