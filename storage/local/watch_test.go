//go:build linux && (amd64 || arm64)

package local_test

import (
	"context"
	"errors"
	"testing"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/till/store"
	"kassa/storage/local"
	"kassa/storage/local/localtest"
	"kassa/storage/storagetest/faultdisk"
)

// note appends an event.
func note(x store.Tx) error {
	n, head, err := x.AuditHead()
	if err != nil {
		return err
	}
	e := &pos.Event{N: n + 1, Kind: pos.EventTillStarted}
	e.Seal(head)
	return x.AppendEvent(e)
}

func stands(t *testing.T, s *local.Store) (now history.Standing) {
	t.Helper()
	must(t, s.View(context.Background(), func(x store.Tx) (err error) { now, err = x.Standing(); return err }))
	return now
}

// TestWatch_IsNeverAhead breaks every write, sync and truncate of a change in turn:
// what was heard of the history is in the file when it is opened again, whatever
// became of the change.
func TestWatch_IsNeverAhead(t *testing.T) {
	defer faultdisk.Heal()
	ctx := context.Background()
	for _, always := range []bool{false, true} {
		done := false
		for k := int64(1); !done; k++ {
			if k > mostOperations {
				t.Fatalf("always=%v: one change took more than %d operations", always, mostOperations)
			}
			dir := localtest.Dir(t)
			s := openIn(t, local.Params{Dir: dir, VFS: faultdisk.Name})
			var heard history.Standing
			s.Watch(func(now history.Standing) { heard = now })
			must(t, s.Update(ctx, note))
			faultdisk.FailAt(k, always)
			err := s.Update(ctx, note)
			done = faultdisk.Heal() < k
			if err != nil && heard.Events > 1 {
				t.Errorf("k=%d always=%v: heard of what was refused: %v", k, always, err)
			}
			if err := s.Close(); err != nil {
				t.Logf("k=%d: closing: %v", k, err)
			}
			if now := stands(t, openIn(t, local.Params{Dir: dir})); heard.Events > now.Events {
				t.Errorf("k=%d always=%v: heard of event %d, stored are %d (%v)", k, always, heard.Events, now.Events, err)
			}
		}
	}
}

// TestWatch_HearsWhatIsStored: after changes that were taken back too.
func TestWatch_HearsWhatIsStored(t *testing.T) {
	ctx := context.Background()
	s := openIn(t, local.Params{Dir: localtest.Dir(t)})
	var heard history.Standing
	calls := 0
	s.Watch(func(now history.Standing) { heard, calls = now, calls+1 })
	sale := func(id pos.SaleID, n int64) func(store.Tx) error {
		return func(x store.Tx) error {
			return errors.Join(note(x), x.PutSale(&pos.Sale{ID: id, Epoch: 1, Number: n, Currency: "RUB"}))
		}
	}
	no := errors.New("no")
	must(t, s.Update(ctx, sale("a", 1)))
	if err := s.Update(ctx, func(x store.Tx) error { return errors.Join(sale("b", 2)(x), no) }); !errors.Is(err, no) {
		t.Fatal(err)
	}
	must(t, s.Update(ctx, note))
	if heard.Sale != 1 || heard.Events != 2 || calls != 2 {
		t.Errorf("heard %d times, last %+v", calls, heard)
	}
	must(t, s.Update(ctx, func(x store.Tx) error { return x.BeginEpoch(2, heard.Most) }))
	must(t, s.Update(ctx, func(x store.Tx) error {
		n, err := x.NextSaleNumber()
		if err != nil {
			return err
		}
		return x.PutSale(&pos.Sale{ID: "c", Epoch: 2, Number: n, Currency: "RUB"})
	}))
	now := stands(t, s)
	if heard.Sale != 2 || heard.Epoch != 2 || now.Sale != heard.Sale || now.Head != heard.Head || now.Most[history.Sales] != heard.Most[history.Sales] {
		t.Errorf("heard %+v, stored %+v", heard, now)
	}
	s.Watch(nil)
	must(t, s.Update(ctx, note))
	if heard.Events == stands(t, s).Events {
		t.Error("heard although nobody listens")
	}
}
