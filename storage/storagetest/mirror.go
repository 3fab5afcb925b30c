package storagetest

import (
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/till/store"
)

// mirrored is an order of a mirror as a store gives it back.
func mirrored(id, state, customer string, after time.Duration) store.MirrorRow {
	return store.MirrorRow{Kind: exchange.ManualOrder, ID: id, Version: 1, Body: []byte(`{"имя":"ё"}`), Came: noon, Past: 1, State: state, Customer: customer, Made: noon.Add(after)}
}

func mirrorIDs(x store.Tx, f store.MirrorFilter) (ids []string, err error) {
	list, err := x.ListMirrored(f)
	for _, r := range list {
		ids = append(ids, r.ID)
	}
	return ids, err
}

func keepsMirror(_ *testing.T, f *fixture) {
	missing := func(x store.Tx) error {
		_, err := x.Mirrored(exchange.ManualOrder, "a")
		return err
	}
	f.refused(pos.CodeNotFound, missing)
	a, b, c := mirrored("a", "open", "anna", 0), mirrored("b", "approved", "anna", time.Hour), mirrored("c", "open", "", time.Hour)
	m := store.MirrorRow{Kind: exchange.ManualMerchant, ID: "a", Version: 3, Body: []byte(`{}`), Came: noon, Past: 1}
	f.update(func(x store.Tx) error { return puts(x.PutMirrored, a, b, c, m) })
	one := func(kind exchange.ChangeKind, id string) func(store.Tx) (*store.MirrorRow, error) {
		return func(x store.Tx) (*store.MirrorRow, error) { return x.Mirrored(kind, id) }
	}
	reads(f, "an order", &a, one(exchange.ManualOrder, "a"))
	reads(f, "a merchant of the same id", &m, one(exchange.ManualMerchant, "a"))
	for name, tt := range map[string]struct {
		f    store.MirrorFilter
		want []string
	}{
		"all, newest first": {store.MirrorFilter{Limit: 9}, []string{"c", "b", "a"}},
		"no more than":      {store.MirrorFilter{Limit: 1}, []string{"c"}},
		"after one":         {store.MirrorFilter{After: c.Made, AfterID: "c", Limit: 9}, []string{"b", "a"}},
		"by state":          {store.MirrorFilter{State: "open", Limit: 9}, []string{"c", "a"}},
		"by customer":       {store.MirrorFilter{Customer: "anna", Limit: 9}, []string{"b", "a"}},
		"by two cards":      {store.MirrorFilter{Customer: "none", Also: []string{"anna", "boris"}, Limit: 9}, []string{"b", "a"}},
		"by both":           {store.MirrorFilter{Customer: "anna", State: "open", Limit: 9}, []string{"a"}},
	} {
		tt.f.Kind = exchange.ManualOrder
		reads(f, name, tt.want, func(x store.Tx) ([]string, error) { return mirrorIDs(x, tt.f) })
	}
	counts := func(customer string) func(store.Tx) (map[string]int64, error) {
		return func(x store.Tx) (map[string]int64, error) {
			return x.CountMirrored(store.MirrorFilter{Kind: exchange.ManualOrder, Customer: customer})
		}
	}
	reads(f, "counts", map[string]int64{"open": 2, "approved": 1}, counts(""))
	reads(f, "counts of one customer", map[string]int64{"open": 1, "approved": 1}, counts("anna"))

	reads(f, "counts of two cards", map[string]int64{"open": 1, "approved": 1}, func(x store.Tx) (map[string]int64, error) {
		return x.CountMirrored(store.MirrorFilter{Kind: exchange.ManualOrder, Customer: "none", Also: []string{"anna"}})
	})

	a.Version, a.State, a.Past, a.Body = 2, "declined", 2, []byte(`{"v":2}`)
	f.update(func(x store.Tx) error { return x.PutMirrored(&a) })
	reads(f, "replaced", &a, one(exchange.ManualOrder, "a"))
	reads(f, "found by its new state alone", []string{"c"}, func(x store.Tx) ([]string, error) {
		return mirrorIDs(x, store.MirrorFilter{Kind: exchange.ManualOrder, State: "open", Limit: 9})
	})
	f.update(func(x store.Tx) error {
		n, err := x.ForgetMirrored(2)
		same(f, "forgotten", n, int64(3))
		return err
	})
	reads(f, "what is left", []string{"a"}, func(x store.Tx) ([]string, error) {
		return mirrorIDs(x, store.MirrorFilter{Kind: exchange.ManualOrder, Limit: 9})
	})
}
