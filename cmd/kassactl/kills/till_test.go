package kills_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/cmd/internal/killat"
)

// TestKill_TillSending kills the till at each call while it tells a server what it did
// and takes what changed there.
func TestKill_TillSending(t *testing.T) {
	traced(t)
	t.Parallel()
	sweep(t, joined(t, ""), func(w *world, at int) killat.End {
		w.serve(-1)
		_, e := w.ctl(at, "queue", "send")
		w.must("queue", "send")
		require.Zero(w, w.leave().Code)
		b := w.booksOf(w.base)
		w.whole(b)
		w.mirrors(b)
		require.Equal(w, sales, w.sold())
		require.Len(w, b.Orders, 3)
		return e
	})
}

// few sales are enough where they are not what is killed.
const some = 3

// alone is a till without a server that told its own backend everything.
func alone(t *testing.T) *world {
	w := newWorld(t)
	k, err := w.work(-1)
	require.NoError(t, err)
	k.setUp()
	k.must("shift.open", "float", "1000.00")
	k.sell(some)
	require.Zero(t, k.close().Code)
	w.must("queue", "send")
	return w
}

// goesOn does something at the till until it is done, starting the till anew where it
// was killed, and returns how the first of them ended.
func (w *world) goesOn(at int, do func(k *talk) error) killat.End {
	w.Helper()
	k, err := w.work(at)
	first := k.process
	if err == nil {
		err = do(k)
	}
	if errors.Is(err, errGone) {
		k.close()
		if k, err = w.work(-1); err == nil {
			err = do(k)
		}
	}
	require.NoError(w, err, k.said.String())
	k.close()
	return w.end(first)
}

// TestKill_TillDeciding kills the till at each call while an order is made, decided and
// given back with the backend it carries: two files, of which the one may be further
// than the other.
func TestKill_TillDeciding(t *testing.T) {
	traced(t)
	t.Parallel()
	sweep(t, alone(t), func(w *world, at int) killat.End {
		lines := orders(w.by)
		e := w.goesOn(at, func(k *talk) error {
			for len(lines) > 0 {
				if _, err := k.do(lines[0][0].(string), lines[0][1:]...); err != nil {
					return err
				}
				lines = lines[1:]
			}
			return nil
		})
		w.must("queue", "send")
		w.standsAsDone(w.carried(), some)
		return e
	})
}

// TestKill_TillPaidByHand kills the till at each call while a sale is paid by a manual
// payment: asked for, approved and finished.
func TestKill_TillPaidByHand(t *testing.T) {
	traced(t)
	t.Parallel()
	sweep(t, alone(t), func(w *world, at int) killat.End {
		e := w.goesOn(at, (*talk).paysByHand)
		w.must("queue", "send")
		b := w.booksOf(w.carried())
		w.whole(b)
		w.mirrors(b)
		require.Equal(w, some+1, w.sold())
		require.Len(w, b.Orders, 4, "one was asked for")
		known := map[string]bool{"asked": true, "paid": true, "back": true}
		kinds := map[string][]string{}
		for _, line := range b.Events {
			order, rest, _ := cut(line)
			if !known[order] {
				kinds[order] = append(kinds[order], rest)
			}
		}
		require.Len(w, kinds, 1)
		for _, events := range kinds {
			require.Equal(w, []string{"1 | created", "2 | approved", "3 | used"}, events)
		}
		require.Len(w, b.Journal, 4)
		return e
	})
}

// paysByHand takes a sale from wherever it stands to its end.
func (k *talk) paysByHand() error {
	for range 10 {
		found, err := k.do("return.find", "limit", 1)
		if err != nil {
			return err
		}
		if n, _ := found.list("sales")[0]["number"].(float64); n > some {
			return nil
		}
		parked, err := k.do("cheque.parked")
		if err != nil {
			return err
		}
		if waiting := parked.list("cheques"); len(waiting) > 0 {
			err = k.approvesAndFinishes(waiting[0])
		} else {
			err = k.asksByHand()
		}
		if err != nil {
			return err
		}
	}
	return errors.New("the sale does not come to its end")
}

func (k *talk) asksByHand() error {
	r, err := k.do("cheque")
	if err != nil {
		return err
	}
	if len(r.list("lines")) == 0 {
		code := k.w.made["products"].([]any)[0].(map[string]any)["barcode"]
		if r, err = k.do("scan", "code", code); err != nil {
			return err
		}
	}
	_, err = k.do("tender", "method", "manual", "amount", r.text("due"), "merchant", k.w.by)
	return err
}

func (k *talk) approvesAndFinishes(cheque map[string]any) error {
	tender := reply{Result: cheque}.list("tenders")[0]
	order := tender["order"].(string)
	shown, err := k.do("order.show", "id", order)
	if err != nil {
		return err
	}
	if shown.text("state") == "open" {
		if _, err := k.do("order.decide", "id", order, "version", shown.Result["version"], "decision", "approve", "request", "yes-"+order); err != nil {
			return err
		}
	}
	if _, err := k.do("cheque.parked"); err != nil { // and hears of it
		return err
	}
	_, err = k.do("sale.finish", "id", cheque["id"])
	return err
}
