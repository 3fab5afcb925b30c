// Package strict finds what two readers of one JSON text could understand
// differently.
package strict

import (
	"encoding/json"
	"strings"
)

// Twice names the first field that an object of valid JSON names twice in whatever
// writing, with the fields it is inside of ("customer.phone"); "" where there is
// none. Readers take the last of them, and some fold case: which sum was meant nobody
// could say. deep is how deep objects are looked at, 0 for all of them.
func Twice(raw []byte, deep int) string {
	var open []level
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case '{', '[':
			open = append(open, level{})
		case '}', ']':
			open = open[:len(open)-1]
		case '"':
			from := i
			for i++; raw[i] != '"'; i++ {
				if raw[i] == '\\' {
					i++
				}
			}
			if len(open) == 0 || deep > 0 && len(open) > deep || !named(raw[i+1:]) {
				continue
			}
			name := string(raw[from+1 : i])
			if strings.Contains(name, `\`) && json.Unmarshal(raw[from:i+1], &name) != nil {
				continue
			}
			if open[len(open)-1].has(name) {
				return pathOf(open[:len(open)-1], name)
			}
		}
	}
	return ""
}

// level is an object or a list that is being read.
type level struct {
	names []string // so far, of an object
}

func (l *level) has(name string) bool {
	for _, other := range l.names {
		if strings.EqualFold(other, name) {
			return true
		}
	}
	l.names = append(l.names, name)
	return false
}

// pathOf writes a name behind those of the objects it is inside of.
func pathOf(outer []level, name string) string {
	for i := len(outer) - 1; i >= 0; i-- {
		if n := len(outer[i].names); n > 0 {
			name = outer[i].names[n-1] + "." + name
		}
	}
	return name
}

// named reports that what was read before is the name of a field.
func named(rest []byte) bool {
	for _, c := range rest {
		switch c {
		case ' ', '\t', '\r', '\n':
		default:
			return c == ':'
		}
	}
	return false
}
