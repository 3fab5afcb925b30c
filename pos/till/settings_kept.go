package till

import (
	"context"
	"encoding/json"

	"kassa/pos"
	"kassa/pos/money"
)

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
	if err := t.look(ctx, pos.Actor{}, "", func(o *op) (err error) { was, err = o.Meta(MetaSettings); return err }); err != nil {
		return err
	}
	if was == string(text) {
		return nil
	}
	return t.change(ctx, pos.Actor{}, "", func(o *op) error { return o.PutMeta(MetaSettings, string(text)) })
}

// StoredSettings are the settings stored beside the data; zero for none.
func (t *Till) StoredSettings(ctx context.Context) (k KeptSettings, err error) {
	err = t.look(ctx, pos.Actor{}, "", func(o *op) error {
		text, err := o.Meta(MetaSettings)
		if err != nil || text == "" {
			return err
		}
		return json.Unmarshal([]byte(text), &k)
	})
	return k, err
}
