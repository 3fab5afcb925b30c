package upkeep

import (
	"context"
	"encoding/json"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
)

// metaKnownSettings holds every setting in force when they were last looked at,
// by key, so that what was changed past the till is told too.
const metaKnownSettings = "settings.known"

// NoteSettings stores what was decided anew, each setting a row, together with
// the settings now in force. detail goes into the audit trail; nil leaves the
// trail alone, for what nobody at the till did.
func (t *Till) NoteSettings(ctx context.Context, a pos.Actor, changes []pos.SettingsChange, inForce map[string]string, detail map[string]string) error {
	known, err := json.Marshal(inForce)
	if err != nil {
		return pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	return t.desk.Change(ctx, a, "", func(o *op) error {
		for _, c := range changes {
			c.At, c.Employee = o.At, a.ID
			if c.Secret {
				c.Old, c.New = "", ""
			}
			if err := o.AddSettingsChange(&c); err != nil {
				return err
			}
		}
		if err := o.PutMeta(metaKnownSettings, string(known)); err != nil {
			return err
		}
		if err := o.decided(changes, inForce); err != nil {
			return err
		}
		if detail == nil {
			return nil
		}
		return o.Note(pos.EventSettingsChanged, "", detail)
	})
}

// KnownSettings are the settings as NoteSettings stored them last, nil for never.
func (t *Till) KnownSettings(ctx context.Context) (known map[string]string, err error) {
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *op) error {
		text, err := o.Meta(metaKnownSettings)
		if err != nil || text == "" {
			return err
		}
		return json.Unmarshal([]byte(text), &known)
	})
	return known, err
}

// SettingsHistory lists who decided what, newest first; "" is every setting. It
// needs the right to change settings.
func (t *Till) SettingsHistory(ctx context.Context, a pos.Actor, key string, limit int) ([]pos.SettingsChange, error) {
	var list []pos.SettingsChange
	err := t.desk.Look(ctx, a, pos.RightSettings, func(o *op) (err error) {
		list, err = o.SettingsChanges(key, desk.ClampLimit(limit))
		return err
	})
	return list, err
}

// ChangeOfSettings returns one change of the history.
func (t *Till) ChangeOfSettings(ctx context.Context, a pos.Actor, n int64) (*pos.SettingsChange, error) {
	var c *pos.SettingsChange
	err := t.desk.Look(ctx, a, pos.RightSettings, func(o *op) (err error) {
		c, err = o.SettingsChange(n)
		return err
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

// MetaSettings names the shop's settings in the store's meta, as KeptSettings in
// JSON. They ride along with the data so that a copy alone brings a shop back.
const MetaSettings = "shop.settings"

// KeptSettings are the settings a copy of the data carries.
type KeptSettings struct {
	Shop string `json:"shop"` // its name
	Till string `json:"till"` // the till's number
	File string `json:"file"` // config.toml as it was; it holds no secrets
	// Currency is the one the books are kept in.
	Currency money.Currency `json:"currency"`
}

// KeepSettings stores the settings beside the data. It writes only where they
// differ from what is stored.
func (t *Till) KeepSettings(ctx context.Context, k KeptSettings) error {
	text, err := json.Marshal(k)
	if err != nil {
		return pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	var was string
	if err := t.desk.Look(ctx, pos.Actor{}, "", func(o *op) (err error) { was, err = o.Meta(MetaSettings); return err }); err != nil {
		return err
	}
	if was == string(text) {
		return nil
	}
	return t.desk.Change(ctx, pos.Actor{}, "", func(o *op) error { return o.PutMeta(MetaSettings, string(text)) })
}

// StoredSettings are the settings stored beside the data; zero for none.
func (t *Till) StoredSettings(ctx context.Context) (k KeptSettings, err error) {
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *op) error {
		text, err := o.Meta(MetaSettings)
		if err != nil || text == "" {
			return err
		}
		return json.Unmarshal([]byte(text), &k)
	})
	return k, err
}
