// Package twice finds a field that an object of JSON has two of.
package twice

import (
	"bytes"
	"encoding/json"
)

// Field names the first field that an object of valid JSON has two of, with the
// fields it is inside of; "" where there is none. Readers of JSON silently take
// the last one, and which sum was meant nobody could say.
func Field(raw []byte) string {
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
