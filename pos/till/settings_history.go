package till

import (
	"context"
	"encoding/json"

	"kassa/pos"
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
	return t.change(ctx, a, "", func(o *op) error {
		for _, c := range changes {
			c.At, c.Employee = o.at, a.ID
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
		if detail == nil {
			return nil
		}
		return o.note(pos.EventSettingsChanged, "", detail)
	})
}

// KnownSettings are the settings as NoteSettings stored them last, nil for never.
func (t *Till) KnownSettings(ctx context.Context) (known map[string]string, err error) {
	err = t.look(ctx, pos.Actor{}, "", func(o *op) error {
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
	err := t.look(ctx, a, pos.RightSettings, func(o *op) (err error) {
		list, err = o.SettingsChanges(key, clampLimit(limit))
		return err
	})
	return list, err
}

// ChangeOfSettings returns one change of the history.
func (t *Till) ChangeOfSettings(ctx context.Context, a pos.Actor, n int64) (*pos.SettingsChange, error) {
	var c *pos.SettingsChange
	err := t.look(ctx, a, pos.RightSettings, func(o *op) (err error) {
		c, err = o.SettingsChange(n)
		return err
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}
