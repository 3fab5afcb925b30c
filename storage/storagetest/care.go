package storagetest

import (
	"testing"

	"kassa/pos"
	"kassa/pos/till/store"
)

// keepsSettingsChanges: who decided what comes back, numbered.
func keepsSettingsChanges(_ *testing.T, f *fixture) {
	first := pos.SettingsChange{At: noon, Employee: "anna", Key: "shop.name", Old: "a", New: "b", Source: pos.SettingsByTill}
	second := pos.SettingsChange{At: noon, Key: "sms.smsru.api_id", Secret: true, Source: pos.SettingsByFile, Reverts: 1}
	for _, c := range []*pos.SettingsChange{&first, &second} {
		f.update(func(x store.Tx) error { return x.AddSettingsChange(c) })
	}
	if first.N != 1 || second.N != 2 {
		f.Errorf("numbers %d, %d", first.N, second.N)
	}
	reads(f, "newest first", []pos.SettingsChange{second, first}, func(x store.Tx) ([]pos.SettingsChange, error) { return x.SettingsChanges("", 9) })
	reads(f, "of a setting", []pos.SettingsChange{first}, func(x store.Tx) ([]pos.SettingsChange, error) { return x.SettingsChanges("shop.name", 9) })
	reads(f, "one", &second, func(x store.Tx) (*pos.SettingsChange, error) { return x.SettingsChange(2) })
	f.refused(pos.CodeNotFound, func(x store.Tx) error { _, err := x.SettingsChange(3); return err })
	reads(f, "sales", int64(0), func(x store.Tx) (int64, error) { return x.SaleCount() })
	reads(f, "no origin", "", func(x store.Tx) (string, error) { return x.Origin() })
}
