package config

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/integration"
	"kassa/pos/message"
	"kassa/storage"
)

// Save checks the settings, writes config.toml whole or not at all, and puts
// them in force. Plain settings of what is declared come by their full key
// ("sms.smsru.base_url"), "" takes one away; a secret among them is refused.
// Comments and keys nobody knows stay where they are; where the file is written
// in a way that does not allow it, a copy is kept as config.toml.bak. What the
// environment decides is not written. It returns the errors of Load, CodeInvalid
// with what is wrong with the text of messages, or CodeUnavailable
// "config.not-saved": the file is as it was, unless the disk failed at its very
// name.
func (c *Config) Save(s pos.Settings, plain map[string]string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	name := c.home.Config()
	raw, err := readText(name)
	if err != nil {
		return err
	}
	file, err := parse(name, raw)
	if err != nil {
		return err
	}
	want, err := c.wanted(s, plain, file)
	if err != nil {
		return err
	}
	text, keep := patched(name, string(raw), want)
	after, err := parse(name, []byte(text))
	if err != nil {
		return err
	}
	next := &Config{home: c.home, declared: c.declared}
	if err := next.take(after); err != nil {
		return err
	}
	if err := c.checkTemplate(next.settings.SMSTemplate); err != nil {
		return err
	}
	if keep {
		if err := storage.ReplaceFile(name+".bak", raw); err != nil {
			return notSaved(name, err)
		}
	}
	if text != string(raw) {
		if err := storage.ReplaceFile(name, []byte(text)); err != nil {
			return notSaved(name, err)
		}
	}
	c.settings, c.plain, c.warnings = next.settings, next.plain, next.warnings
	return nil
}

// checkTemplate refuses to save a text that could not be sent. One that stands in
// the file already keeps the till neither from starting nor from telling so, and
// what the environment decides cannot be put right by saving.
func (c *Config) checkTemplate(template string) error {
	problems, _ := message.Check(template)
	if len(problems) == 0 || c.Overridden("sms.template") {
		return nil
	}
	return pos.E(pos.CodeInvalid, problems[0].MessageID, problems[0].Data())
}

func notSaved(name string, err error) error {
	return &pos.Error{Code: pos.CodeUnavailable, ID: "config.not-saved", Args: pos.Args{"File": name},
		Err: fmt.Errorf("config: %w", err)}
}

// entry is a key with its value as TOML writes it; no literal takes it away.
type entry struct{ key, literal string }

// wanted lists what has to stand in the file: every key that differs from its
// default or stands there already.
func (c *Config) wanted(s pos.Settings, plain map[string]string, file map[string]any) ([]entry, error) {
	var want []entry
	var refused problems
	there := flatten(file)
	d := Defaults()
	for _, k := range keys {
		value, scratch := k.write(&s), pos.Settings{}
		if allowed := k.read(&scratch, value); allowed != "" {
			refused.add(badValue(k.name, value, allowed))
		}
		if c.Overridden(k.name) || (value == k.write(&d) && !slices.Contains(there, k.name)) {
			continue
		}
		literal := value
		if !k.bare {
			literal = quote(value)
		}
		want = append(want, entry{k.name, literal})
	}
	for _, name := range slices.Sorted(maps.Keys(plain)) {
		d, f, known := integration.Find(c.declared, name)
		value := plain[name]
		bad := d.CheckValue(f, value)
		switch {
		case c.isSecret(name):
			refused.add(pos.E(pos.CodeInvalid, "config.secret", pos.Args{"Key": name, "Variable": Variable(name)}))
		case !known:
			refused.add(pos.E(pos.CodeInvalid, "config.unknown", pos.Args{"Key": name, "File": c.home.Config()}))
		case c.Overridden(name):
		case bad != nil:
			refused.add(refusedValue(bad, value))
		case value != "":
			want = append(want, entry{name, quote(value)})
		case slices.Contains(there, name):
			want = append(want, entry{name, ""})
		}
	}
	return want, refused.err()
}

// patched puts the entries into the text of the file. keep is true when the
// text had to be written anew and its comments are lost.
func patched(name, raw string, want []entry) (text string, keep bool) {
	if raw == "" {
		return rewritten(nil, want), false
	}
	before, _ := parse(name, []byte(raw))
	text = patch(raw, want)
	if after, err := parse(name, []byte(text)); err == nil && holds(before, after, want) {
		return text, false
	}
	return rewritten(before, want), true
}

// holds reports that after is before with the wanted values and nothing else
// changed. The patch reads lines, not TOML, and is trusted for no more than this
// shows.
func holds(before, after map[string]any, want []entry) bool {
	expect := literals(before)
	for _, e := range want {
		if delete(expect, e.key); e.literal != "" {
			value, err := parse("", []byte("v = "+e.literal))
			if err != nil {
				return false
			}
			expect[e.key] = literals(value)["v"]
		}
	}
	return maps.Equal(expect, literals(after))
}

// literals are all values by full key, in a form that can be compared.
func literals(m map[string]any) map[string]string {
	out := map[string]string{}
	for k, v := range m {
		if inner, ok := v.(map[string]any); ok {
			for name, value := range literals(inner) {
				out[k+"."+name] = value
			}
			continue
		}
		out[k] = fmt.Sprintf("%T %v", v, v)
	}
	return out
}

// quote writes a TOML string; line ends and whatever cannot be seen are escaped.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case strconv.IsPrint(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, `\U%08X`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
