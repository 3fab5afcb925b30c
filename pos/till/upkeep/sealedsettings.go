package upkeep

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"

	"kassa/pos"
	"kassa/pos/seal"
)

// The settings that guard money are in a text file, which is edited past the till.
// The till keeps, sealed, what was decided at it last; what the file says
// otherwise is told until somebody with the right confirms it.
const (
	metaSealedSettings = "settings.sealed"
	metaToldSettings   = "settings.outside" // of what the trail was told last
)

// WatchedSettings are the settings that guard money as they are in force, by key,
// without those a variable of the environment decides.
type WatchedSettings struct {
	Values   map[string]string
	Defaults map[string]string // of those that may be new in this version
	Skipped  map[string]bool   // what the environment decides
}

// watched keeps what is in force. It is safe for use by several goroutines.
type watched struct {
	mu  sync.Mutex
	set *WatchedSettings // nil while nobody looks
}

func (w *watched) get() *WatchedSettings {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.set
}

func (w *watched) put(s *WatchedSettings) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.set = s
}

// WatchSettings says which settings that guard money are in force. With note, what
// differs from what was decided at the till is recorded once, and a shop that has
// no record of it yet gets one.
func (t *Till) WatchSettings(ctx context.Context, s WatchedSettings, note bool) error {
	t.watched.put(&s)
	if !note {
		return nil
	}
	return t.desk.Change(ctx, pos.Actor{}, "", func(o *op) error {
		told, err := o.Meta(metaSealedSettings)
		if err != nil {
			return err
		}
		if told == "" {
			begun, err := o.settingsSealedOnce()
			if err != nil {
				return err
			}
			if !begun {
				if err := o.sealSettings(s.Values); err != nil {
					return err
				}
				return o.Note(pos.EventSettingsSealed, "", nil)
			}
		}
		kept, is, err := o.sealedSettings()
		if err != nil {
			return err
		}
		if is == pos.SealWhole && kept == nil {
			if err := o.sealSettings(s.Values); err != nil {
				return err
			}
			return o.Note(pos.EventSettingsSealed, "", nil)
		}
		return o.tellOutside()
	})
}

// settingsSealedOnce asks the trail: a record that is gone was taken out.
func (o *op) settingsSealedOnce() (begun bool, err error) {
	err = o.EachEvent(0, func(e *pos.Event) error {
		begun = begun || e.Kind == pos.EventSettingsSealed
		return nil
	})
	return begun, err
}

// tellOutside records what differs, once for each difference.
func (o *op) tellOutside() error {
	r, err := o.outsideSettings()
	if err != nil {
		return err
	}
	now := ""
	if r != nil {
		now = seen(r)
	}
	was, err := o.Meta(metaToldSettings)
	if err != nil || was == now {
		return err
	}
	if err := o.PutMeta(metaToldSettings, now); err != nil || r == nil {
		return err
	}
	detail := map[string]string{}
	for _, f := range r.Fields {
		detail[f.Name] = f.Was + " → " + f.Value
	}
	return o.Note(pos.EventSettingsOutside, "", detail)
}

// outsideSettings are the settings that guard money and differ from what was
// decided at the till; nil for none.
func (o *op) outsideSettings() (*seal.Record, error) {
	s := o.t.watched.get()
	if s == nil || o.t.desk.Seals == nil {
		return nil, nil
	}
	kept, is, err := o.sealedSettings()
	if err != nil {
		return nil, err
	}
	if is == pos.SealMissing {
		begun, err := o.settingsSealedOnce()
		if err != nil || !begun {
			return nil, err
		}
	}
	r := &seal.Record{Kind: pos.SealSettings, ID: settingsRecord, Name: "config.toml", Seal: is}
	if is == pos.SealWhole && kept == nil {
		return nil, nil // to be taken as they are at the next start
	}
	all := maps.Clone(kept)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, s.Values)
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if s.Skipped[key] {
			continue
		}
		was, known := kept[key]
		switch {
		case is != pos.SealWhole:
			was = "?"
		case !known:
			was = s.Defaults[key]
		}
		if was != s.Values[key] {
			r.Fields = append(r.Fields, seal.Field{Name: key, Value: s.Values[key], Was: was})
		}
	}
	if len(r.Fields) == 0 {
		return nil, nil
	}
	if is == pos.SealWhole {
		r.Seal = pos.SealBroken
	}
	return r, nil
}

// codesDecided refuses what a code guards while a setting of codes was edited past
// the till: CodeConflict "check.settings-outside" names them all.
func (o *op) codesDecided() error {
	r, err := o.outsideSettings()
	if err != nil || r == nil {
		return err
	}
	if !slices.ContainsFunc(r.Fields, func(f seal.Field) bool { return seal.BringsCodes(f.Name) }) {
		return nil
	}
	return pos.E(pos.CodeConflict, outsideID, pos.Args{"Keys": fieldNames(r)})
}

// settingsRecord is the id of the settings among sealed records.
const settingsRecord = "settings"

// sealedSettings is what was decided at the till last.
func (o *op) sealedSettings() (kept map[string]string, is pos.Seal, err error) {
	text, err := o.Meta(metaSealedSettings)
	if err != nil {
		return nil, 0, err
	}
	head, body, _ := strings.Cut(text, " ")
	mark, err := hex.DecodeString(head)
	if err != nil {
		return nil, pos.SealBroken, nil
	}
	if is = o.t.desk.Seals.Check(mark, pos.SealSettings, settingsRecord, body); is != pos.SealWhole {
		return nil, is, nil
	}
	return kept, is, json.Unmarshal([]byte(body), &kept)
}

// sealSettings writes down what was decided at the till; nil stands for whatever
// will be in force at the next start.
func (o *op) sealSettings(values map[string]string) error {
	if o.t.desk.Seals == nil {
		return nil
	}
	body, err := json.Marshal(values)
	if err != nil {
		return pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	was, err := o.Meta(metaSealedSettings)
	if err != nil {
		return err
	}
	head, _, _ := strings.Cut(was, " ")
	old, err := hex.DecodeString(head)
	if err != nil {
		old = nil // not ours: the new one begins anew
	}
	return o.PutMeta(metaSealedSettings, hex.EncodeToString(o.t.desk.Seals.Make(pos.SealSettings, settingsRecord, old, string(body)))+" "+string(body))
}

// decided takes changes made at the till into the record of what was decided.
// What the file says otherwise beside them stays to be confirmed.
func (o *op) decided(changes []pos.SettingsChange, inForce map[string]string) error {
	s := o.t.watched.get()
	if s == nil || o.t.desk.Seals == nil {
		return nil
	}
	next := &WatchedSettings{Values: maps.Clone(s.Values), Defaults: s.Defaults, Skipped: s.Skipped}
	kept, is, err := o.sealedSettings()
	if err != nil {
		return err
	}
	changed := false
	for _, c := range changes {
		if c.Secret || c.Source != pos.SettingsByTill || !seal.GuardsSetting(c.Key) {
			continue
		}
		next.Values[c.Key] = inForce[c.Key]
		if is == pos.SealWhole && kept != nil {
			kept[c.Key], changed = inForce[c.Key], true
		}
	}
	o.t.watched.put(next)
	if !changed {
		return nil
	}
	return o.sealSettings(kept)
}

// confirmSettings takes what is in force for what was decided.
func (o *op) confirmSettings() error {
	s := o.t.watched.get()
	if s == nil {
		return nil
	}
	kept, is, err := o.sealedSettings()
	if err != nil {
		return err
	}
	if is != pos.SealWhole || kept == nil {
		kept = map[string]string{}
	}
	maps.DeleteFunc(kept, func(key, _ string) bool { return !s.Skipped[key] })
	maps.Copy(kept, s.Values)
	if err := o.sealSettings(kept); err != nil {
		return err
	}
	return o.PutMeta(metaToldSettings, "")
}
