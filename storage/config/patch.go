package config

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// header begins a file of settings that did not exist; one that does is patched.
const header = "# Настройки кассы. Пароли и ключи сервисов здесь не хранятся.\n"

// patch changes the wanted lines of a file and leaves the rest as it is. It
// knows files the way people write them, one "key = value" a line under
// [section] headers, and nothing more of TOML.
func patch(raw string, want []entry) string {
	todo := map[string]string{}
	for _, e := range want {
		todo[e.key] = e.literal
	}
	var out []string
	section, last := "", map[string]int{} // last line of each section in out
	for _, line := range strings.Split(strings.TrimRight(raw, "\n"), "\n") {
		line = strings.TrimSuffix(line, "\r")
		if s, ok := sectionOf(line); ok {
			section = s
		}
		full := join(section, keyOf(line))
		literal, known := todo[full]
		switch {
		case known && literal == "":
			delete(todo, full)
			continue
		case known:
			delete(todo, full)
			line = withValue(line, literal)
		}
		out = append(out, line)
		if strings.TrimSpace(line) != "" {
			last[section] = len(out)
		}
	}
	return strings.Join(appendNew(out, last, want, todo), "\n") + "\n"
}

// appendNew adds the keys left to do: at the end of their section where there is
// one, else in new sections at the end, always in the order wanted.
func appendNew(out []string, last map[string]int, want []entry, todo map[string]string) []string {
	var fresh []string
	added := map[string]bool{}
	lines := map[string][]string{} // of existing sections
	for _, e := range want {
		literal, left := todo[e.key]
		section, name, _ := cutLast(e.key)
		_, there := last[section]
		switch {
		case !left || literal == "":
			continue
		case there:
			lines[section] = append(lines[section], name+" = "+literal)
			continue
		case !added[section]:
			added[section] = true
			fresh = append(fresh, "", "["+section+"]")
		}
		fresh = append(fresh, name+" = "+literal)
	}
	for section, more := range lines {
		at := last[section]
		out = slices.Insert(out, at, more...)
		for s, n := range last {
			if n > at {
				last[s] = n + len(more)
			}
		}
	}
	return append(out, fresh...)
}

func sectionOf(line string) (string, bool) {
	line = strings.TrimSpace(line)
	if !strings.HasPrefix(line, "[") || strings.HasPrefix(line, "[[") {
		return "", false
	}
	name, _, ok := strings.Cut(line[1:], "]")
	return fold(name), ok
}

// keyOf is the key a line sets, "" for any other line.
func keyOf(line string) string {
	line = strings.TrimSpace(line)
	name, _, ok := strings.Cut(line, "=")
	if !ok || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "[") {
		return ""
	}
	return fold(name)
}

func fold(name string) string {
	parts := strings.Split(strings.ToLower(name), ".")
	for i, p := range parts {
		parts[i] = strings.Trim(strings.TrimSpace(p), `"'`)
	}
	return strings.Join(parts, ".")
}

func join(section, name string) string {
	if section == "" || name == "" {
		return name
	}
	return section + "." + name
}

// withValue changes the value of a line and keeps the comment behind it.
func withValue(line, literal string) string {
	before, value, _ := strings.Cut(line, "=")
	return before + "= " + literal + comment(value)
}

// comment is the comment behind a value, with the spaces before it.
func comment(value string) string {
	quoted := rune(0)
	escaped := false
	for i, r := range value {
		switch {
		case escaped:
			escaped = false
		case quoted == '"' && r == '\\':
			escaped = true
		case quoted != 0:
			if r == quoted {
				quoted = 0
			}
		case r == '"' || r == '\'':
			quoted = r
		case r == '#':
			return value[len(strings.TrimRight(value[:i], " \t")):]
		}
	}
	return ""
}

// rewritten is a file made anew from all values.
func rewritten(before map[string]any, want []entry) string {
	all := map[string]string{}
	order := flatten(before)
	for _, name := range order {
		all[name] = tomlOf(valueAt(before, name))
	}
	for _, e := range want {
		if _, there := all[e.key]; !there {
			order = append(order, e.key)
		}
		all[e.key] = e.literal
	}
	var b strings.Builder
	b.WriteString(header)
	for _, name := range order { // keys without a section must come first
		if !strings.Contains(name, ".") && all[name] != "" {
			fmt.Fprintf(&b, "%s = %s\n", bareOrQuoted(name), all[name])
		}
	}
	written := map[string]bool{}
	for _, name := range order {
		section, _, ok := cutLast(name)
		if !ok || written[section] {
			continue
		}
		written[section] = true
		writeSection(&b, section, order, all)
	}
	return b.String()
}

func writeSection(b *strings.Builder, section string, order []string, all map[string]string) {
	head := false
	for _, name := range order {
		s, key, ok := cutLast(name)
		if !ok || s != section || all[name] == "" {
			continue
		}
		if !head {
			fmt.Fprintf(b, "\n[%s]\n", section)
			head = true
		}
		fmt.Fprintf(b, "%s = %s\n", bareOrQuoted(key), all[name])
	}
}

func cutLast(name string) (section, key string, ok bool) {
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return "", name, false
	}
	return name[:dot], name[dot+1:], true
}

func valueAt(m map[string]any, name string) any {
	for {
		head, rest, _ := strings.Cut(name, ".")
		inner, ok := m[head].(map[string]any)
		if !ok {
			return m[head]
		}
		m, name = inner, rest
	}
}

func bareOrQuoted(key string) string {
	if strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789_-") == "" && key != "" {
		return key
	}
	return quote(key)
}

// tomlOf writes a value read from a file back.
func tomlOf(v any) string {
	switch v := v.(type) {
	case string:
		return quote(v)
	case time.Time:
		return v.Format(time.RFC3339Nano)
	case []any:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = tomlOf(e)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case map[string]any:
		var parts []string
		for _, k := range flatten(v) {
			parts = append(parts, k+" = "+tomlOf(valueAt(v, k)))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return fmt.Sprint(v)
}
