package local

import (
	"encoding/json"
	"errors"

	"kassa/pos"
)

// keptTrouble is what was wrong with a message as it is stored: the id of a sentence with
// values that need no type.
type keptTrouble struct {
	Code pos.Code       `json:"code"`
	ID   string         `json:"id"`
	Args map[string]any `json:"args,omitempty"`
}

// encodeTrouble leaves out values that are neither text nor whole number.
func encodeTrouble(e *pos.Error) string {
	if e == nil {
		return ""
	}
	k := keptTrouble{Code: e.Code, ID: e.ID, Args: map[string]any{}}
	for name, v := range e.Args {
		switch v.(type) {
		case string, int, int64, bool:
			k.Args[name] = v
		}
	}
	b, err := json.Marshal(k)
	if err != nil {
		return ""
	}
	return string(b)
}

// trouble reads what encodeTrouble wrote.
type trouble struct{ to **pos.Error }

// Scan implements sql.Scanner.
func (t trouble) Scan(v any) error {
	text, ok := v.(string)
	if !ok {
		return errors.New("a trouble is no text")
	}
	*t.to = nil
	if text == "" {
		return nil
	}
	var k keptTrouble
	if err := json.Unmarshal([]byte(text), &k); err != nil {
		return err
	}
	e := &pos.Error{Code: k.Code, ID: k.ID}
	for name, v := range k.Args {
		if e.Args == nil {
			e.Args = pos.Args{}
		}
		if f, ok := v.(float64); ok {
			v = int64(f)
		}
		e.Args[name] = v
	}
	*t.to = e
	return nil
}
