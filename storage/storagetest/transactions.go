package storagetest

import (
	"context"
	"errors"
	"testing"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/till/store"
)

// everything writes a row of most kinds.
func everything(x store.Tx) error {
	s := sale(1)
	return errors.Join(
		x.PutProduct(milk()), x.MoveStock(milk().ID, -1000, "doc", noon), x.CountSold(milk().ID, 3),
		x.PutCustomer(anna()), x.PutEmployee(&pos.Employee{ID: "e", Name: "Е"}), x.PutGroup(&pos.Group{ID: "g"}),
		x.PutChequeHead(&pos.Cheque{ID: "c", State: pos.ChequeOpen}), x.PutChequeLine("c", line(1)),
		x.PutSale(s), x.PutShift(&pos.Shift{ID: "s", Number: 1, OpenedAt: noon}),
		x.PutChallenge(challenge("ch", confirm.Verified)), x.AppendEntry(entry(1)), x.AppendEvent(event(1, "")),
		x.PutMeta("k", "v"), x.PutLoginGuard(pos.LoginGuard{Wrong: 3}),
	)
}

// nothing checks that none of everything is there.
func nothing(f *fixture) {
	f.Helper()
	f.view(func(x store.Tx) error {
		for name, get := range map[string]func() error{
			"product":   func() error { _, err := x.Product(milk().ID); return err },
			"customer":  func() error { _, err := x.Customer(anna().ID); return err },
			"employee":  func() error { _, err := x.Employee("e"); return err },
			"cheque":    func() error { _, err := x.OpenCheque(); return err },
			"sale":      func() error { _, err := x.LastSale(); return err },
			"shift":     func() error { _, err := x.LastShift(); return err },
			"challenge": func() error { _, err := x.Challenge("ch"); return err },
		} {
			if err := get(); pos.CodeOf(err) != pos.CodeNotFound {
				f.Errorf("%s: %v, want CodeNotFound", name, err)
			}
		}
		found, err := x.SearchProducts("молоко", 10)
		same(f, "search", len(found), 0)
		n, _, err2 := x.LedgerHead()
		same(f, "journal", n, 0)
		b, err3 := x.Balance("drawer", "RUB")
		same(f, "balance", b, 0)
		v, err4 := x.Meta("k")
		same(f, "meta", v, "")
		g, err5 := x.LoginGuard()
		same(f, "guard", g, pos.LoginGuard{})
		moves := 0
		err6 := x.EachStock(stockCounter(&moves))
		same(f, "stock moves", moves, 0)
		return errors.Join(err, err2, err3, err4, err5, err6)
	})
}

func undoesFailure(t *testing.T, f *fixture) {
	err := f.store.Update(context.Background(), func(x store.Tx) error {
		return errors.Join(everything(x), errUndo)
	})
	if !errors.Is(err, errUndo) {
		t.Fatalf("Update = %v, want the error of its function", err)
	}
	nothing(f)
	f.update(everything) // and the store goes on
}

func undoesPanic(t *testing.T, f *fixture) {
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = f.store.Update(context.Background(), func(x store.Tx) error {
			if err := everything(x); err != nil {
				t.Error(err)
			}
			panic("a mistake of ours")
		})
	}()
	nothing(f)
	f.update(everything)
}

func showsOneState(t *testing.T, f *fixture) {
	f.update(func(x store.Tx) error { return x.PutMeta("k", "before") })
	f.view(func(x store.Tx) error {
		before, err := x.Meta("k")
		if err != nil {
			return err
		}
		done := make(chan error)
		go func() {
			done <- f.store.Update(context.Background(), func(x store.Tx) error { return x.PutMeta("k", "after") })
		}()
		if err := <-done; err != nil { // a writer does not wait for readers
			return err
		}
		after, err := x.Meta("k")
		same(f, "within one View", after, before)
		return err
	})
	reads(f, "the next View", "after", func(x store.Tx) (string, error) { return x.Meta("k") })

	// What a transaction wrote it reads itself, and nobody else does.
	f.update(func(x store.Tx) error {
		if err := x.PutMeta("k", "mine"); err != nil {
			return err
		}
		own, err := x.Meta("k")
		same(f, "own write", own, "mine")
		f.view(func(x store.Tx) error {
			beside, err := x.Meta("k")
			same(f, "beside the write", beside, "after")
			return err
		})
		return err
	})
}

func stopsWhenCancelled(t *testing.T, f *fixture) {
	ctx, cancel := context.WithCancel(context.Background())
	err := f.store.Update(ctx, func(x store.Tx) error {
		if err := x.PutMeta("k", "v"); err != nil {
			return err
		}
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Update = %v, want context.Canceled", err)
	}
	if err := f.store.View(ctx, func(store.Tx) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("View = %v, want context.Canceled", err)
	}
	reads(f, "after cancelling", "", func(x store.Tx) (string, error) { return x.Meta("k") })
}

func endsWalk(t *testing.T, f *fixture) {
	f.update(func(x store.Tx) error {
		return errors.Join(everything(x), x.AppendEvent(event(2, "")), x.AppendEvent(event(3, "")))
	})
	calls := 0
	err := f.store.View(context.Background(), func(x store.Tx) error {
		return x.EachEvent(1, func(*pos.Event) error {
			calls++
			return errUndo
		})
	})
	if !errors.Is(err, errUndo) || calls != 1 {
		t.Errorf("EachEvent = %v after %d calls, want the error after the first", err, calls)
	}
}
