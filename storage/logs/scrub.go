package logs

import (
	"encoding/json"
	"regexp"
	"strings"
	"time"
	"unicode"
)

// The patterns of what a stranger must not read.
var (
	email = regexp.MustCompile(`[\p{L}\p{N}._%+\-]+@[\p{L}\p{N}.\-]+`)
	// Four digits may be a PIN, sixteen with marks between them a card.
	figures = regexp.MustCompile(`\d(?:[ ()\-\x{00a0}]{0,2}\d){3,}`)
	// Our own ids name nobody and lead from one line to the other.
	ageKey = regexp.MustCompile(`AGE-SECRET-KEY-\S+`)
	uuid   = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	word   = regexp.MustCompile(`[\p{L}\p{M}\p{N}]+`)
)

// blot stands in place of what was taken out.
const blot = "•••"

// Scrubber takes out of texts whatever tells of a person or opens something, for
// a reader outside the shop. What it cannot judge it takes out too: every word
// with a letter other than the Latin ones of the program's own messages, every
// number of four digits or more. The zero value knows no words of the shop.
type Scrubber struct {
	Hide  []string          // texts hidden wherever they stand: tokens, the shop's name
	Names map[string]bool   // words in lower case that stand in somebody's name or card
	Paths map[string]string // folders that may hold a person's name, with what stands for each
}

// Text scrubs a text.
func (s *Scrubber) Text(t string) string {
	for path, short := range s.Paths {
		if len(path) > 1 {
			t = strings.ReplaceAll(t, path, short)
		}
	}
	for _, h := range s.Hide {
		if h != "" {
			t = strings.ReplaceAll(t, h, blot)
		}
	}
	var b strings.Builder
	from := 0
	for _, at := range uuid.FindAllStringIndex(t, -1) {
		b.WriteString(s.plain(t[from:at[0]]))
		b.WriteString(t[at[0]:at[1]])
		from = at[1]
	}
	b.WriteString(s.plain(t[from:]))
	return b.String()
}

// plain scrubs a text without ids of ours.
func (s *Scrubber) plain(t string) string {
	t = email.ReplaceAllString(Mask(ageKey.ReplaceAllString(t, blot)), blot)
	// Of a phone the usual mask leaves two digits; here nobody needs them.
	t = masked.ReplaceAllString(t, blot)
	t = figures.ReplaceAllString(t, blot)
	return word.ReplaceAllStringFunc(t, func(w string) string {
		if s.Names[strings.ToLower(w)] || strings.ContainsFunc(w, foreign) {
			return blot
		}
		return w
	})
}

// masked is what Mask leaves of a phone.
var masked = regexp.MustCompile(`\+?•••\d\d`)

func foreign(r rune) bool { return r > unicode.MaxASCII }

// Line scrubs a line of the log. Of a line that is not one only the text is kept.
func (s *Scrubber) Line(line string) string {
	var all map[string]any
	if json.Unmarshal([]byte(line), &all) != nil {
		return s.Text(line)
	}
	out := make(map[string]any, len(all))
	for k, v := range all {
		out[s.Text(k)] = s.value(k, v)
	}
	raw, err := json.Marshal(out)
	if err != nil {
		return ""
	}
	return string(raw)
}

// value scrubs what stands under a name.
func (s *Scrubber) value(key string, v any) any {
	switch v := v.(type) {
	case string:
		switch {
		case key == "time":
			if _, err := time.Parse(time.RFC3339Nano, v); err == nil {
				return v
			}
		case telling(key) || personal(key):
			return blot
		}
		return s.Text(v)
	case float64, json.Number:
		if telling(key) || personal(key) {
			return blot
		}
		raw, err := json.Marshal(v)
		if text := string(raw); err != nil || s.Text(text) != text {
			return blot
		}
		return v
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, inner := range v {
			out[s.Text(k)] = s.value(k, inner)
		}
		return out
	case []any:
		for i := range v {
			v[i] = s.value(key, v[i])
		}
		return v
	}
	return v // true, false and nothing
}

// personal reports a name whose value is about a person.
func personal(key string) bool {
	switch strings.ToLower(key) {
	case "name", "customer", "employee", "person", "phone", "email", "mail", "card", "address", "to", "birthday", "note", "title":
		return true
	}
	return false
}

// Skeleton is a line of the log with nothing but its time, level and the plain
// small words of its message, for when nobody can tell what else names somebody.
func Skeleton(line string) string {
	var all struct {
		Time  string `json:"time"`
		Level string `json:"level"`
		Msg   string `json:"msg"`
	}
	if json.Unmarshal([]byte(line), &all) != nil {
		return ""
	}
	all.Msg = word.ReplaceAllStringFunc(all.Msg, func(w string) string {
		if strings.ContainsFunc(w, func(r rune) bool { return r < 'a' || r > 'z' }) {
			return blot
		}
		return w
	})
	raw, err := json.Marshal(all)
	if err != nil {
		return ""
	}
	return string(raw)
}
