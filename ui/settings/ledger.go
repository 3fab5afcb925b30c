package settings

import (
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/integration"
)

// Decision is a change of the settings as its history tells it.
type Decision struct {
	pos.SettingsChange
	Who      string // name of the employee, "" where nobody at the till did it
	Now      string // what is in force, as config.toml writes it; "" for a secret
	Variable string // of the environment that decides the setting, "" for none
}

// refusal tells why the change cannot be taken back, nil when it can. Whoever
// does it looks again.
func (d *Decision) refusal() error {
	switch {
	case d.Secret:
		return pos.E(pos.CodeConflict, "settings.history.secret", nil)
	case d.Variable != "":
		return pos.E(pos.CodeConflict, "settings.locked", pos.Args{"Variable": d.Variable})
	case !d.CanRevert():
		return pos.E(pos.CodeConflict, "settings.history.outside", nil)
	case d.Now == d.Old:
		return pos.E(pos.CodeConflict, "settings.already", nil)
	}
	return nil
}

// ledger is the history in words.
type ledger struct {
	kept  *Kept
	list  []Decision // newest first
	shown []*Decision
	say   func(id string, args pos.Args) string
	has   func(id string) bool
	mark  rune // of a fraction
}

// filter keeps the changes in which every word of a text occurs: in the name or
// key of the setting, who changed it, or the values.
func (l *ledger) filter(text string) {
	words := strings.Fields(strings.ToLower(text))
	l.shown = nil
	for i := range l.list {
		d := &l.list[i]
		old, now := l.change(d)
		hay := strings.ToLower(strings.Join([]string{l.name(d.Key), d.Key, l.who(d), old, now}, "\n"))
		fits := true
		for _, w := range words {
			fits = fits && strings.Contains(hay, w)
		}
		if fits {
			l.shown = append(l.shown, d)
		}
	}
}

// who names the employee, or the way past the till.
func (l *ledger) who(d *Decision) string {
	if d.Who != "" {
		return d.Who
	}
	return l.say("settings.history.source."+string(d.Source), nil)
}

// name is what a setting is called in the window, or its key.
func (l *ledger) name(key string) string {
	if id := "settings.field." + key; l.has(id) {
		return l.say(id, nil)
	}
	if d, f, ok := integration.Find(l.kept.Providers, key); ok {
		return d.Name + ": " + l.say(f.LabelID, nil)
	}
	return key
}

// change writes what was and what came instead; of a secret, and of the keys,
// a list of codes nobody reads, only that they changed.
func (l *ledger) change(d *Decision) (old, now string) {
	if d.Secret || d.Key == "till.keys" {
		return "", l.say("settings.history.changed", nil)
	}
	return l.value(d.Key, d.Old), l.value(d.Key, d.New)
}

// value is a value of config.toml in words.
func (l *ledger) value(key, text string) string {
	switch {
	case key == "till.scale":
		if f, err := strconv.ParseFloat(text, 64); err == nil {
			text = strconv.Itoa(int(f*100 + 0.5))
		}
		return l.say("settings.option.till.scale", pos.Args{"Percent": text})
	case key == "till.receipt_width":
		return l.say("settings.option.till.receipt_width", pos.Args{"Columns": text})
	case key == "sms.provider" && text != "":
		for _, p := range l.kept.Providers {
			if p.ID == text {
				return p.Name
			}
		}
	case text == "":
		return l.say("settings.history.empty", nil)
	case text == "true", text == "false":
		return l.say("settings.history.is."+text, nil)
	}
	if id := "settings.option." + key + "." + text; l.has(id) {
		return l.say(id, nil)
	}
	if s, ok := settingOf(key); ok && s.look == figure {
		return fraction(text, l.mark)
	}
	return strings.Join(strings.Fields(text), " ")
}
