// Package settings is the window in which a shop decides: about itself, the
// till, points and debts, the sending of codes, and when a code is asked for.
// It edits a copy, checks it, and saves it whole; cancel means cancel.
package settings

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/integration"
)

// model is the form as plain texts. It remembers what was kept, so that it
// knows whether anything was changed.
type model struct {
	kept   *Kept
	texts  map[string]string // by key of the setting, those of providers among them
	before map[string]string
	tokens map[string]hidden.Text // typed, or empty to be forgotten
	bad    map[string]error       // why a field is refused
}

func newModel(k *Kept) *model {
	m := &model{kept: k, texts: map[string]string{}, tokens: map[string]hidden.Text{}, bad: map[string]error{}}
	for _, s := range form {
		m.texts[s.key] = s.write(&k.Settings)
	}
	for _, d := range k.declared() {
		for _, f := range d.Fields {
			if !f.IsSecret() {
				m.texts[d.Key(f.Key)] = k.Plain[d.Key(f.Key)]
			}
		}
	}
	m.before = maps.Clone(m.texts)
	return m
}

// set takes what was typed or chosen; the field is no longer refused.
func (m *model) set(key, text string) {
	m.texts[key] = text
	delete(m.bad, key)
}

// setToken takes a typed secret; an emptied field leaves what is kept.
func (m *model) setToken(key, typed string) {
	delete(m.bad, key)
	if typed == "" {
		delete(m.tokens, key)
		return
	}
	m.tokens[key] = hidden.New(typed)
}

// forget marks a secret to be forgotten, or takes that back.
func (m *model) forget(key string, on bool) {
	delete(m.tokens, key)
	if on {
		m.tokens[key] = hidden.Text{}
	}
}

// forgotten tells whether a kept secret is to be forgotten.
func (m *model) forgotten(key string) bool {
	t, marked := m.tokens[key]
	return marked && t.Empty()
}

// dirty tells whether saving would change anything.
func (m *model) dirty() bool { return len(m.tokens) > 0 || !maps.Equal(m.texts, m.before) }

// changed tells whether one field differs from what is kept.
func (m *model) changed(key string) bool { return m.texts[key] != m.before[key] }

// options are the permanent words a choice offers; what is kept is always
// among them, even when nobody would offer it.
func (m *model) options(s setting) []string {
	list := slices.Clone(s.options)
	if s.key == "sms.provider" {
		for _, p := range m.kept.Providers {
			list = append(list, p.ID)
		}
		list = append(list, "")
	}
	if now := m.before[s.key]; !slices.Contains(list, now) {
		list = append(list, now)
	}
	return list
}

// provider is what the chosen one declares, nil for none or one the program
// does not know.
func (m *model) provider() *integration.Declaration {
	for i := range m.kept.Providers {
		if d := &m.kept.Providers[i]; d.ID == m.texts["sms.provider"] {
			return d
		}
	}
	return nil
}

// locked names the variable of the environment that decides a field, "" for none.
func (m *model) locked(key string) string { return m.kept.Locked[key] }

// draft reads the form. What cannot be read stays as it was kept and is refused;
// ok is false then.
func (m *model) draft() (d Draft, ok bool) {
	d, m.bad = m.read()
	for _, p := range m.kept.declared() {
		for _, problem := range m.problems(p) {
			m.bad[problem.Key()] = saidOf(problem)
		}
	}
	return d, len(m.bad) == 0
}

// problems are what stands in the way of using a provider: of the chosen one all
// there is, of another what was changed. A shop that leaves its provider alone
// may save the rest all the same.
func (m *model) problems(d integration.Declaration) []*integration.Problem {
	touched := d.Kind == integration.Messages && m.texts["sms.provider"] == d.ID && m.changed("sms.provider")
	for _, f := range d.Fields {
		_, typed := m.tokens[d.Key(f.Key)]
		touched = touched || typed || m.changed(d.Key(f.Key))
	}
	if !touched {
		return nil
	}
	chosen := m.chosen(d)
	return slices.DeleteFunc(d.Check(m.values(d)), func(p *integration.Problem) bool {
		return m.locked(p.Key()) != "" || !chosen && (p.Reason == integration.Missing || !m.changed(p.Key()))
	})
}

// chosen tells whether the shop uses an integration: the message provider it names,
// and the mail server as soon as it has a name.
func (m *model) chosen(d integration.Declaration) bool {
	if d.Kind == integration.Mail {
		return strings.TrimSpace(m.texts[d.Key("host")]) != ""
	}
	return m.texts["sms.provider"] == d.ID
}

// values are what a provider would be opened with. What a kept secret is nobody
// knows here; that it is there is enough.
func (m *model) values(d integration.Declaration) integration.Values {
	v := integration.Values{Plain: map[string]string{}, Secrets: map[string]hidden.Text{}}
	for _, f := range d.Fields {
		key := d.Key(f.Key)
		token, typed := m.tokens[key]
		switch {
		case !f.IsSecret():
			v.Plain[f.Key] = m.texts[key]
		case typed:
			v.Secrets[f.Key] = token
		case m.kept.Secrets[key]:
			v.Secrets[f.Key] = hidden.New("kept")
		}
	}
	return v
}

// saidOf says beside a field what is wrong with it.
func saidOf(p *integration.Problem) error {
	if p.Reason == integration.Missing {
		return pos.E(pos.CodeInvalid, "settings.required", nil)
	}
	return pos.E(pos.CodeInvalid, "settings.allowed", pos.Args{"Allowed": p.Field.Allowed()})
}

// read reads the form without refusing anything on the screen, for what is asked
// while somebody still types.
func (m *model) read() (Draft, map[string]error) {
	bad := map[string]error{}
	d := Draft{Settings: m.kept.Settings, Plain: map[string]string{}, Tokens: maps.Clone(m.tokens)}
	for _, s := range form {
		if !m.changed(s.key) {
			continue // 0.85, which no choice offers, must not become 0.8 unasked
		}
		next := d.Settings
		if err := s.read(&next, m.texts[s.key]); err != nil {
			bad[s.key] = allowed(s.key)
			continue
		}
		d.Settings = next
	}
	for _, p := range m.kept.declared() {
		for _, f := range p.Fields {
			if key := p.Key(f.Key); !f.IsSecret() && m.changed(key) {
				d.Plain[key] = m.texts[key]
			}
		}
	}
	return d, bad
}

// allowed is the refusal that tells what may stand in a field.
func allowed(key string) error {
	return pos.E(pos.CodeInvalid, "settings.allowed", pos.Args{"Allowed": pos.E(pos.CodeInvalid, "config.allowed."+key, nil)})
}

// refuse spreads an error of saving over the fields it names and returns what
// is left to say, nil when every part found its field.
func (m *model) refuse(err error) error {
	e, ok := errors.AsType[*pos.Error](err)
	if !ok {
		return err
	}
	if list, many := e.Args["List"].([]error); many {
		var rest []error
		for _, one := range list {
			if left := m.refuse(one); left != nil {
				rest = append(rest, left)
			}
		}
		return errors.Join(rest...)
	}
	key, _ := e.Args["Key"].(string)
	if _, known := m.texts[key]; !known {
		return err
	}
	m.bad[key] = err
	if reason, ok := e.Args["Allowed"].(error); ok {
		m.bad[key] = pos.E(pos.CodeInvalid, "settings.allowed", pos.Args{"Allowed": reason})
	}
	return nil
}

// firstBad is the first refused field in the order of the pages, and its page.
func (m *model) firstBad() (tab Tab, key string) {
	for _, s := range form {
		if m.bad[s.key] != nil {
			return s.tab, s.key
		}
	}
	for _, p := range m.kept.declared() {
		for _, f := range p.Fields {
			if key := p.Key(f.Key); m.bad[key] != nil {
				return tabOf(p), key
			}
		}
	}
	return "", ""
}

// declared are all integrations there is something to set of.
func (k *Kept) declared() []integration.Declaration {
	return append(slices.Clone(k.Providers), k.Mail)
}

// tabOf is the page an integration stands on.
func tabOf(d integration.Declaration) Tab {
	if d.Kind == integration.Mail {
		return TabMail
	}
	return TabIntegrations
}

// trainingInEarnest tells that a shop that is no demo is about to confirm with
// messages nobody receives.
func (m *model) trainingInEarnest() bool {
	p := m.provider()
	return p != nil && p.Has(integration.Trains) && !m.kept.Settings.Demo
}

// asksCodes tells whether any operation is confirmed by a message.
func (m *model) asksCodes() bool {
	sms := string(pos.ConfirmAlways)
	return m.texts["confirm.points"] == sms || m.texts["confirm.credit"] == sms
}
