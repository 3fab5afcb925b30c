package storagetest

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till/store"
)

// challenge is a code with everything: codes, journal, audit trail and meta values
// are kept, and each is used or numbered once.
func challenge(id pos.ChallengeID, s confirm.State) *confirm.Challenge {
	return &confirm.Challenge{
		ID: id, Sale: "sale-1", Operation: confirm.SellCredit, Customer: "anna", Phone: "+79000000001", Amount: 2000, Points: 3,
		Total: 13140, Cashier: "e", Digest: "d1", CodeHash: "h", Digits: 4, State: s, Channel: "sms", Provider: "sandbox", MessageID: "m",
		Sends: 2, Wrong: 1, CreatedAt: noon, SentAt: noon.Add(time.Second), ExpiresAt: noon.Add(5 * time.Minute),
		ResendAt: noon.Add(time.Minute), VerifiedAt: noon.Add(2 * time.Minute), ReasonID: "sms.no-balance",
		ReasonArgs: pos.Args{"Sum": money.Amount(120), "Until": noon, "Left": 3, "N": int64(4), "Text": "ё", "Right": pos.RightSell,
			"Qty": money.Quantity(1500), "Share": money.Percent(30), "Method": pos.Cash, "Never": time.Time{}, "Yes": true, "In": time.Minute},
	}
}

func keepsChallenges(t *testing.T, f *fixture) {
	full := challenge("a", confirm.Sent)
	full.Override = override("sale-1", noon)
	flying := challenge("b", confirm.Sending)
	bare := &confirm.Challenge{ID: "c", Sale: "sale-2", State: confirm.Created, Override: &pos.Override{}}
	for _, c := range []*confirm.Challenge{full, flying, bare} {
		f.update(func(x store.Tx) error { return x.PutChallenge(c) })
		reads(f, "Challenge", c, func(x store.Tx) (*confirm.Challenge, error) { return x.Challenge(c.ID) })
	}
	reads(f, "ChallengesOf", []confirm.Challenge{*full, *flying}, func(x store.Tx) ([]confirm.Challenge, error) { return x.ChallengesOf("sale-1") })
	inFlight := func(x store.Tx) ([]confirm.Challenge, error) { return x.InFlightChallenges() }
	reads(f, "InFlightChallenges", []confirm.Challenge{*flying, *bare}, inFlight)
	flying.State, flying.ReasonID, flying.ReasonArgs, flying.CodeHash = confirm.Dead, "", nil, ""
	f.update(func(x store.Tx) error { return x.PutChallenge(flying) })
	reads(f, "in flight no more", []confirm.Challenge{*bare}, inFlight)
	f.view(func(x store.Tx) error {
		all, err := walk(x.EachChallenge)
		same(f, "EachChallenge", all, []confirm.Challenge{*full, *flying, *bare})
		return err
	})

	first := confirm.Send{Challenge: "a", Phone: "+79000000001", At: noon, State: confirm.SendUnknown}
	second := confirm.Send{Challenge: "a", Phone: "+79000000001", At: noon.Add(time.Minute), State: confirm.Sent}
	foreign := confirm.Send{Challenge: "b", Phone: "+79000000002", At: noon, State: confirm.Sent}
	f.update(func(x store.Tx) error { return errors.Join(x.PutSend(second), x.PutSend(first), x.PutSend(foreign)) })
	second.Answered = true
	f.update(func(x store.Tx) error { return x.PutSend(second) })
	sends := func(since time.Time) func(store.Tx) ([]confirm.Send, error) {
		return func(x store.Tx) ([]confirm.Send, error) { return x.SendsTo("+79000000001", since) }
	}
	reads(f, "SendsTo", []confirm.Send{first, second}, sends(noon))
	reads(f, "SendsTo since", []confirm.Send{second}, sends(noon.Add(time.Millisecond)))
}

func consumesOnce(t *testing.T, f *fixture) {
	f.update(func(x store.Tx) error {
		return errors.Join(x.PutChallenge(challenge("a", confirm.Verified)), x.PutChallenge(challenge("b", confirm.Sent)))
	})
	f.update(func(x store.Tx) error {
		for _, id := range []pos.ChallengeID{"b", "nobody's"} {
			ok, err := x.ConsumeChallenge(id, noon)
			if ok || err != nil {
				t.Errorf("ConsumeChallenge(%s) = %v, %v, want false", id, ok, err)
			}
		}
		return nil
	})
	var won atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			err := f.store.Update(context.Background(), func(x store.Tx) error {
				ok, err := x.ConsumeChallenge("a", noon)
				if ok {
					won.Add(1)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if won.Load() != 1 {
		t.Errorf("%d of 8 consumed the code, want 1", won.Load())
	}
	f.view(func(x store.Tx) error {
		c, err := x.Challenge("a")
		if err == nil && (c.State != confirm.Consumed || c.CodeHash != "") {
			t.Errorf("consumed challenge: state %s, hash %q", c.State, c.CodeHash)
		}
		return err
	})
}

func entry(n int64) *ledger.Entry {
	return &ledger.Entry{N: n, At: noon, Kind: ledger.KindSale, Doc: "sale-1", Digest: "d", Shift: "shift-1", Employee: "e", Reverses: n - 1,
		Hash: "h1", Postings: []ledger.Posting{
			{Account: ledger.Drawer, Currency: "RUB", Amount: 100 * n},
			{Account: ledger.Sales, Currency: "RUB", Amount: -90 * n},
			{Account: ledger.Sales, Currency: "RUB", Amount: -10 * n},
			{Account: ledger.PointsOf("anna"), Currency: money.Points, Amount: 3},
			{Account: ledger.PointsIssued, Currency: money.Points, Amount: -3},
		}}
}

func keepsJournal(t *testing.T, f *fixture) {
	f.update(func(x store.Tx) error { return errors.Join(x.AppendEntry(entry(1)), x.AppendEntry(entry(2))) })
	f.view(func(x store.Tx) error {
		n, hash, err := x.LedgerHead()
		same(f, "head", n, 2)
		same(f, "hash", hash, "h1")
		all, err2 := walk(func(fn func(*ledger.Entry) error) error { return x.EachEntry(1, fn) })
		same(f, "EachEntry", all, []ledger.Entry{*entry(1), *entry(2)})
		tail, err3 := walk(func(fn func(*ledger.Entry) error) error { return x.EachEntry(2, fn) })
		same(f, "EachEntry from 2", tail, []ledger.Entry{*entry(2)})
		return errors.Join(err, err2, err3)
	})
	sums := map[ledger.Account]int64{ledger.Drawer: 300, ledger.Sales: -300, ledger.PointsOf("anna"): 6, ledger.PointsIssued: -6}
	f.view(func(x store.Tx) error {
		drawer, err := x.Balance(ledger.Drawer, "RUB")
		same(f, "Balance", drawer, 300)
		none, err2 := x.Balance(ledger.Drawer, "USD")
		same(f, "Balance never posted to", none, 0)
		got := map[ledger.Account]int64{}
		err3 := x.EachBalance(func(a ledger.Account, _ money.Currency, n int64) error { got[a] = n; return nil })
		same(f, "EachBalance", got, sums)
		return errors.Join(err, err2, err3)
	})
	for _, n := range []int64{2, 4} { // a number twice, a number left out
		f.refused(pos.CodeInternal, func(x store.Tx) error { return x.AppendEntry(entry(n)) })
	}
}

func event(n int64, subject string) *pos.Event {
	return &pos.Event{N: n, At: noon, Kind: pos.EventPriceChanged, Employee: "e", Subject: subject, Hash: "h",
		Detail: map[string]string{"from": "100", "имя": "\"ё\"\n"}}
}

func keepsAudit(t *testing.T, f *fixture) {
	bare := &pos.Event{N: 3, At: noon, Kind: pos.EventTillStarted, Hash: "h"}
	f.update(func(x store.Tx) error {
		return errors.Join(x.AppendEvent(event(1, "s1")), x.AppendEvent(event(2, "s2")), x.AppendEvent(bare))
	})
	f.view(func(x store.Tx) error {
		n, _, err := x.AuditHead()
		same(f, "head", n, 3)
		all, err2 := walk(func(fn func(*pos.Event) error) error { return x.EachEvent(1, fn) })
		same(f, "EachEvent", all, []pos.Event{*event(1, "s1"), *event(2, "s2"), *bare})
		return errors.Join(err, err2)
	})
	reads(f, "Events", []pos.Event{*bare, *event(2, "s2")}, func(x store.Tx) ([]pos.Event, error) { return x.Events("", 2) })
	reads(f, "Events of", []pos.Event{*event(1, "s1")}, func(x store.Tx) ([]pos.Event, error) { return x.Events("s1", 2) })
	f.refused(pos.CodeInternal, func(x store.Tx) error { return x.AppendEvent(event(9, "")) })
}

func keepsMeta(t *testing.T, f *fixture) {
	get := func(x store.Tx) (string, error) { return x.Meta("ключ") }
	reads(f, "unset", "", get)
	for _, v := range []string{"1", "ё \"'%", ""} {
		f.update(func(x store.Tx) error { return x.PutMeta("ключ", v) })
		reads(f, "Meta", v, get)
	}
}
