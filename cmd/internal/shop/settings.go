package shop

import (
	"context"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"kassa/pos"
	"kassa/pos/message"
	"kassa/pos/pan"
	"kassa/storage/secret"
)

// Change is a new set of settings as a dialog or a program hands it in.
type Change struct {
	Settings pos.Settings
	// Provider are plain settings of integrations by full key
	// ("sms.smsru.base_url"); "" takes one away.
	Provider map[string]string
	// Secrets are new secrets by full key ("sms.smsru.api_id"); an empty one is
	// forgotten. What is not named stays.
	Secrets map[string]secret.Secret

	reverts int64 // the change of the history this one takes back, 0 for none
}

// CheckSettings tells what is wrong with the settings without saving them, as
// SaveSettings would.
func (s *Shop) CheckSettings(set pos.Settings) error {
	if problems, _ := message.Check(set.SMSTemplate); len(problems) > 0 && !s.Config.Overridden("sms.template") {
		return pos.E(pos.CodeInvalid, problems[0].MessageID, problems[0].Data())
	}
	if _, ok := s.Vendors.Declaration(set.SMSProvider); set.SMSProvider != "" && !ok {
		return pos.E(pos.CodeInvalid, "shop.unknown-provider", pos.Args{"Provider": set.SMSProvider, "Known": s.providerIDs()})
	}
	return s.noCards(set)
}

// noCards refuses the number of a payment card in a text of the settings that was
// changed: the head of a receipt, the template of a message.
func (s *Shop) noCards(set pos.Settings) error {
	before := map[string]bool{}
	for _, text := range texts(reflect.ValueOf(s.Settings())) {
		before[text] = true
	}
	for _, text := range texts(reflect.ValueOf(set)) {
		if before[text] {
			continue
		}
		for _, part := range parts(text) {
			if masked, had := pan.Mask(part); had {
				return pos.E(pos.CodeInvalid, "text.card-number", pos.Args{"Text": masked})
			}
		}
	}
	return nil
}

// parts are what is looked at by itself: the figures of two folders, one within
// the other, are no number.
func parts(text string) []string {
	if !filepath.IsAbs(text) && !strings.Contains(text, "://") {
		return []string{text}
	}
	return strings.FieldsFunc(text, func(r rune) bool { return r == '/' || r == '\\' })
}

// texts are all those within a value.
func texts(v reflect.Value) (out []string) {
	switch v.Kind() {
	case reflect.String:
		return []string{v.String()}
	case reflect.Struct:
		for _, field := range v.Fields() {
			out = append(out, texts(field)...)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			out = append(out, texts(v.Index(i))...)
		}
	case reflect.Map:
		for _, value := range v.Seq2() {
			out = append(out, texts(value)...)
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return texts(v.Elem())
		}
	}
	return out
}

func (s *Shop) providerIDs() []string {
	var ids []string
	for _, d := range s.Vendors.Declarations() {
		ids = append(ids, d.ID)
	}
	return ids
}

// SaveSettings checks the settings, keeps them, puts them in force together
// with their provider, and records who changed what; of secrets and texts only
// that they changed. It needs the right to change settings. On an error the
// settings in force stay as they were.
func (s *Shop) SaveSettings(ctx context.Context, a pos.Actor, c Change) error {
	if err := s.Till.Demand(ctx, a, pos.RightSettings); err != nil {
		return err
	}
	if err := s.CheckSettings(c.Settings); err != nil {
		return err
	}
	if err := s.checkCurrency(ctx, c.Settings); err != nil {
		return err
	}
	if err := s.checkMail(c); err != nil {
		return err
	}
	s.saving.Lock()
	defer s.saving.Unlock()
	before, values := s.Config.Settings(), s.Config.Values()
	undo, err := s.keepSecrets(c.Secrets)
	if err != nil {
		return err
	}
	if err := s.Config.Save(c.Settings, c.Provider); err != nil {
		undo()
		return err
	}
	s.swap()
	now := s.Config.Values()
	changes := differences(values, now, func(string) pos.SettingsSource { return pos.SettingsByTill })
	for i := range changes {
		changes[i].Reverts = c.reverts
	}
	for _, name := range slices.Sorted(maps.Keys(c.Secrets)) {
		changes = append(changes, pos.SettingsChange{Key: name, Secret: true, Source: pos.SettingsByTill})
	}
	return s.Till.NoteSettings(ctx, a, changes, now, map[string]string{"changed": changed(before, s.Config.Settings(), c)})
}

// keepSecrets stores the new secrets. undo puts the old ones back, as far as
// the store lets it.
func (s *Shop) keepSecrets(secrets map[string]secret.Secret) (undo func(), err error) {
	old := map[string]secret.Secret{}
	undo = func() {
		for name, v := range old {
			if err := s.keepSecret(name, v); err != nil {
				s.Log.Error("a secret could not be put back", "name", name, "error", err)
			}
		}
	}
	for name, v := range secrets {
		was, err := s.Secrets.Get(name)
		if err == nil {
			old[name] = was
			err = s.keepSecret(name, v)
		}
		if err != nil {
			undo()
			return nil, err
		}
	}
	return undo, nil
}

func (s *Shop) keepSecret(name string, v secret.Secret) error {
	if v.Empty() {
		return s.Secrets.Delete(name)
	}
	return s.Secrets.Set(name, v)
}

// changed names the settings that differ, sorted, without their values.
func changed(before, after pos.Settings, c Change) string {
	var names []string
	x, y := reflect.ValueOf(before), reflect.ValueOf(after)
	for i := range x.NumField() {
		if !x.Field(i).Equal(y.Field(i)) {
			names = append(names, x.Type().Field(i).Name)
		}
	}
	for name := range c.Provider {
		names = append(names, name)
	}
	for name := range c.Secrets {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, ",")
}
