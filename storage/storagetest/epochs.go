package storagetest

import (
	"testing"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/ledger"
	"kassa/pos/till/store"
)

// beginsEpoch: the documents of an epoch are numbered above what was given before,
// those of a series nobody named from 1.
func beginsEpoch(_ *testing.T, f *fixture) {
	reads(f, "nothing stored", map[int64]history.Numbers{}, func(x store.Tx) (map[int64]history.Numbers, error) { return x.FirstNumbers() })
	f.update(func(x store.Tx) error { return x.PutSale(&pos.Sale{ID: "a", Epoch: 1, Number: 1, Currency: "RUB"}) })
	reads(f, "kept from the epoch before", 2, func(x store.Tx) (int64, error) { return x.NextSaleNumber() })
	above := history.Numbers{history.Sales: 7, history.Returns: 3, history.Shifts: 4, history.Stock(pos.Receiving): 9}
	f.update(func(x store.Tx) error { return x.BeginEpoch(2, above) })
	reads(f, "the firsts", map[int64]history.Numbers{2: {history.Sales: 8, history.Returns: 4, history.Shifts: 5, history.Stock(pos.Receiving): 10}},
		func(x store.Tx) (map[int64]history.Numbers, error) { return x.FirstNumbers() })
	reads(f, "what is lost had its number all the same", int64(3), func(x store.Tx) (int64, error) {
		now, err := x.Standing()
		return now.Most[history.Returns], err
	})
	for name, tt := range map[string]struct {
		want int64
		next func(store.Tx) (int64, error)
	}{
		"sale":      {8, func(x store.Tx) (int64, error) { return x.NextSaleNumber() }},
		"return":    {4, func(x store.Tx) (int64, error) { return x.NextReturnNumber() }},
		"shift":     {5, func(x store.Tx) (int64, error) { return x.NextShiftNumber() }},
		"receiving": {10, func(x store.Tx) (int64, error) { return x.NextStockNumber(pos.Receiving) }},
		"write-off": {1, func(x store.Tx) (int64, error) { return x.NextStockNumber(pos.WriteOff) }},
	} {
		reads(f, name, tt.want, tt.next)
	}
	f.update(func(x store.Tx) error { return x.PutSale(&pos.Sale{ID: "b", Epoch: 2, Number: 8, Currency: "RUB"}) })
	reads(f, "goes on", 9, func(x store.Tx) (int64, error) { return x.NextSaleNumber() })
	f.update(func(x store.Tx) error {
		n, err := x.NextSaleNumber()
		same(f, "in the change too", n, int64(9))
		return err
	})
	f.view(func(x store.Tx) error {
		found, err := x.SearchSales(store.SaleQuery{Number: 1}, 5)
		if err == nil && (len(found) != 1 || found[0].ID != "a") {
			f.Errorf("number 1 of the first epoch: %v", found)
		}
		list, err2 := x.ListSales("", history.Place(2, 8), 5)
		if err2 == nil && (len(list) != 1 || list[0].ID != "a") {
			f.Errorf("below the first of the epoch: %v", list)
		}
		if err == nil {
			err = err2
		}
		return err
	})
}

// tellsStanding: heads and numbers are those of what is stored, in a look and in
// the change that stores more.
func tellsStanding(_ *testing.T, f *fixture) {
	now := func(x store.Tx) (history.Standing, error) { return x.Standing() }
	reads(f, "nothing", history.Standing{Epoch: 1, Most: history.Numbers{}}, now)
	var inside history.Standing
	f.update(func(x store.Tx) (err error) {
		if _, err := x.Standing(); err != nil { // kept from here on
			return err
		}
		e := &ledger.Entry{N: 1, At: noon, Kind: ledger.KindCash, Doc: "d", Postings: []ledger.Posting{
			{Account: ledger.Drawer, Currency: "RUB", Amount: 5}, {Account: ledger.CashInOut, Currency: "RUB", Amount: -5}}}
		if err := e.Seal(""); err != nil {
			return err
		}
		ev := &pos.Event{N: 1, At: noon, Kind: pos.EventTillStarted}
		ev.Seal("")
		for _, put := range []func() error{
			func() error { return x.AppendEntry(e) },
			func() error { return x.AppendEvent(ev) },
			func() error { return x.PutSale(&pos.Sale{ID: "a", Epoch: 1, Number: 1, Currency: "RUB"}) },
			func() error { return x.PutSale(&pos.Sale{ID: "b", Epoch: 1, Number: 2, Currency: "RUB"}) },
			func() error {
				return x.PutReturn(&pos.Return{ID: "r", Epoch: 1, Number: 1, Currency: "RUB", Reason: "x"})
			},
			func() error { return x.PutShift(&pos.Shift{ID: "s", Number: 3, OpenedAt: noon}) },
			func() error {
				return x.PutStockHead(&pos.StockDoc{ID: "w", Kind: pos.WriteOff, Number: 4, CreatedAt: noon})
			},
		} {
			if err := put(); err != nil {
				return err
			}
		}
		inside, err = x.Standing()
		return err
	})
	if inside.Entries != 1 || inside.Events != 1 || inside.Head == "" || inside.Journal == "" || inside.Origin != inside.Head {
		f.Errorf("heads %+v", inside)
	}
	same(f, "sales and returns", []int64{inside.Sale, inside.Return}, []int64{2, 1})
	same(f, "most", inside.Most, history.Numbers{history.Sales: 2, history.Returns: 1, history.Shifts: 3, history.Stock(pos.WriteOff): 4})
	reads(f, "seen from outside", inside, now)
	f.update(func(x store.Tx) error { return x.BeginEpoch(3, inside.Most) })
	next := inside
	next.Epoch, next.Sale, next.Return = 3, 0, 0
	reads(f, "in a new epoch", next, now)
}
