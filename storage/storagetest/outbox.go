package storagetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/till/store"
)

// message is one as a store gives it back.
func message(seq int64, id, object string) *pos.OutboxMessage {
	return &pos.OutboxMessage{ID: id, Epoch: 1, Seq: seq, Kind: pos.EventSaleCompleted, Subject: "of " + id, Object: object,
		Payload: []byte(`{"v":1,"имя":"ё"}`), At: noon, State: pos.OutboxWaiting}
}

// tells puts messages into the outbox.
func (f *fixture) tells(list ...*pos.OutboxMessage) {
	f.Helper()
	f.update(func(x store.Tx) error {
		for _, m := range list {
			if err := x.Enqueue(m); err != nil {
				return err
			}
		}
		return nil
	})
}

func keepsTold(_ *testing.T, f *fixture) {
	reads(f, "nothing waits", pos.OutboxCounts{}, store.Tx.CountOutbox)
	first := message(1, "o1", "anna")
	bare := &pos.OutboxMessage{ID: "o0", Epoch: 3, Kind: pos.EventShiftClosed, Subject: "s", Object: "s"}
	f.tells(first, bare)
	bare.Seq, bare.State = 2, pos.OutboxWaiting
	f.refused(pos.CodeConflict, func(x store.Tx) error { return x.Enqueue(first) })
	f.refused(pos.CodeNotFound, func(x store.Tx) error {
		_, err := x.OutboxMessage("o2")
		return err
	})
	reads(f, "OutboxMessage", first, func(x store.Tx) (*pos.OutboxMessage, error) { return x.OutboxMessage("o1") })
	f.view(func(x store.Tx) error {
		all, err := walk(x.EachOutbox)
		same(f, "EachOutbox", all, []pos.OutboxMessage{*first, *bare})
		return err
	})
	reads(f, "two wait", pos.OutboxCounts{Waiting: 2}, store.Tx.CountOutbox)
}

// movesTold: every way from state to state, allowed and refused.
func movesTold(t *testing.T, f *fixture) {
	f.tells(message(1, "o1", "a"), message(2, "o2", "b"))
	later := noon.Add(time.Hour)
	acknowledge := func(x store.Tx, id string) (bool, error) { return x.AcknowledgeOutbox(id, later) }
	aside := func(x store.Tx, id string) (bool, error) { return x.PutOutboxAside(id, later, "не читается") }
	back := func(x store.Tx, id string) (bool, error) { return x.TakeOutboxBack(id, later) }
	for i, step := range []struct {
		move   func(store.Tx, string) (bool, error)
		moved  bool
		state  pos.OutboxState
		why    string
		counts pos.OutboxCounts
	}{
		{back, false, pos.OutboxWaiting, "", pos.OutboxCounts{Waiting: 2}},
		{aside, true, pos.OutboxAside, "не читается", pos.OutboxCounts{Waiting: 1, Aside: 1}},
		{aside, false, pos.OutboxAside, "не читается", pos.OutboxCounts{Waiting: 1, Aside: 1}},
		{back, true, pos.OutboxWaiting, "", pos.OutboxCounts{Waiting: 2}},
		{acknowledge, true, pos.OutboxAcknowledged, "", pos.OutboxCounts{Waiting: 1}},
		{acknowledge, false, pos.OutboxAcknowledged, "", pos.OutboxCounts{Waiting: 1}},
		{aside, false, pos.OutboxAcknowledged, "", pos.OutboxCounts{Waiting: 1}},
		{back, true, pos.OutboxWaiting, "", pos.OutboxCounts{Waiting: 2}},
		{aside, true, pos.OutboxAside, "не читается", pos.OutboxCounts{Waiting: 1, Aside: 1}},
		{acknowledge, true, pos.OutboxAcknowledged, "", pos.OutboxCounts{Waiting: 1}},
	} {
		later = later.Add(time.Second)
		f.update(func(x store.Tx) error {
			was, err := x.OutboxMessage("o1")
			if err != nil {
				return err
			}
			moved, err := step.move(x, "o1")
			if moved != step.moved {
				t.Errorf("step %d moved: %v, want %v", i, moved, step.moved)
			}
			want := *was
			want.State, want.Why = step.state, step.why
			if moved {
				want.Since = later
			}
			now, err2 := x.OutboxMessage("o1")
			same(f, fmt.Sprintf("after step %d", i), now, &want)
			return errors.Join(err, err2)
		})
		reads(f, "counts", step.counts, store.Tx.CountOutbox)
	}
	f.update(func(x store.Tx) error {
		for _, move := range []func(store.Tx, string) (bool, error){acknowledge, aside, back} {
			if moved, err := move(x, "nobody's"); moved || err != nil {
				t.Errorf("a message that is not there: %v, %v", moved, err)
			}
		}
		return nil
	})
}

func waiting(after int64, limit int) func(store.Tx) ([]pos.OutboxMessage, error) {
	return func(x store.Tx) ([]pos.OutboxMessage, error) { return x.WaitingOutbox(after, limit) }
}

// tellsInOrder: what stands behind a message put aside waits for it, of its own
// object alone.
func tellsInOrder(_ *testing.T, f *fixture) {
	bare := message(4, "o4", "of o4")
	a1, b2, a3, a5 := message(1, "o1", "a"), message(2, "o2", "b"), message(3, "o3", "a"), message(5, "o5", "a")
	f.tells(a1, b2, a3, bare, a5, message(6, "o6", "of o4"))
	behind := message(6, "o6", "of o4")
	all := []pos.OutboxMessage{*a1, *b2, *a3, *bare, *a5, *behind}
	reads(f, "all", all, waiting(0, 10))
	reads(f, "a page", all[2:4], waiting(2, 2))
	f.update(func(x store.Tx) error {
		_, err := x.PutOutboxAside("o3", noon, "x")
		_, err2 := x.PutOutboxAside("o4", noon, "y")
		return errors.Join(err, err2)
	})
	reads(f, "behind those put aside", []pos.OutboxMessage{*a1, *b2}, waiting(0, 10))
	a3.State, a3.Since, a3.Why = pos.OutboxAside, noon, "x"
	bare.State, bare.Since, bare.Why = pos.OutboxAside, noon, "y"
	reads(f, "AsideOutbox", []pos.OutboxMessage{*a3, *bare}, store.Tx.AsideOutbox)
	f.update(func(x store.Tx) error {
		_, err := x.AcknowledgeOutbox("o3", noon)
		_, err2 := x.TakeOutboxBack("o4", noon)
		return errors.Join(err, err2)
	})
	bare.State, bare.Why = pos.OutboxWaiting, ""
	reads(f, "once they are out of the way", []pos.OutboxMessage{*a1, *b2, *bare, *a5, *behind}, waiting(0, 10))
}

// tellsAfterMany: messages go on counting whatever became of those before.
func tellsAfterMany(_ *testing.T, f *fixture) {
	var list []*pos.OutboxMessage
	for i := range 50 {
		list = append(list, message(int64(i)+1, fmt.Sprintf("o%02d", i), "a"))
	}
	f.tells(list...)
	f.update(func(x store.Tx) error {
		for _, m := range list {
			if _, err := x.AcknowledgeOutbox(m.ID, noon); err != nil {
				return err
			}
		}
		return nil
	})
	reads(f, "nothing waits", 0, func(x store.Tx) (int, error) {
		left, err := x.WaitingOutbox(0, 10)
		return len(left), err
	})
	last := message(51, "o50", "a")
	f.tells(last)
	reads(f, "the next", []pos.OutboxMessage{*last}, waiting(0, 10))
}

func forgetsTold(_ *testing.T, f *fixture) {
	card, sale := message(1, "o1", "anna"), message(2, "o2", "anna")
	card.Kind, card.Subject = pos.EventCustomerAdded, "anna"
	sale.Subject = "anna" // a document may have any id
	group := message(3, "o3", "anna")
	group.Kind, group.Subject = pos.EventCustomerGroup, "anna"
	f.tells(card, sale, group)
	told := func(x store.Tx) ([]pos.OutboxMessage, error) { return x.ToldOfCustomer("anna") }
	reads(f, "ToldOfCustomer", []pos.OutboxMessage{*card}, told)
	asked := message(4, "o4", "order")
	asked.Kind, asked.Subject, asked.Payload = pos.EventOrderAsked, "order", []byte(`{"customer":"anna"}`)
	f.tells(asked)
	reads(f, "and what was asked for them", []pos.OutboxMessage{*card, *asked}, told)
	f.update(func(x store.Tx) error { return x.ForgetTold("o4", []byte(`{}                `)) })
	f.update(func(x store.Tx) error { return x.ForgetTold("o1", []byte(`{"v":1}`)) })
	card.Payload = []byte(`{"v":1}`)
	reads(f, "forgotten", []pos.OutboxMessage{*card}, told)
	if err := f.store.Update(f.Context(), func(x store.Tx) error { return x.ForgetTold("o2", []byte(`{"v":1}`)) }); err == nil {
		f.Error("the payload of a sale was changed")
	}
	reads(f, "the sale", sale, func(x store.Tx) (*pos.OutboxMessage, error) { return x.OutboxMessage("o2") })
}

// answersRequests: one that was refused holds nothing up, and once somebody has seen
// that, whoever it was for is not taken to have it.
func answersRequests(_ *testing.T, f *fixture) {
	asked, ruled, fact := message(1, "o1", "order"), message(2, "o2", "order"), message(3, "o3", "order")
	asked.Kind, ruled.Kind = pos.EventOrderAsked, pos.EventOrderRuled
	f.tells(asked, ruled, fact)
	why := pos.E(pos.CodeConflict, "manual.changed", nil)
	f.update(func(x store.Tx) error {
		_, err := x.TryOutbox("o1", noon, why)
		_, err2 := x.PutOutboxAside("o1", noon, "")
		return errors.Join(err, err2)
	})
	asked.State, asked.Since, asked.Tries, asked.Tried, asked.Trouble = pos.OutboxAside, noon, 1, noon, why
	reads(f, "what stands behind it goes on", []pos.OutboxMessage{*ruled, *fact}, waiting(0, 10))
	open := func(object string) func(x store.Tx) ([]pos.OutboxMessage, error) {
		return func(x store.Tx) ([]pos.OutboxMessage, error) { return x.OpenRequests(object) }
	}
	reads(f, "open requests", []pos.OutboxMessage{*asked, *ruled}, open(""))
	reads(f, "of one order", []pos.OutboxMessage{*asked, *ruled}, open("order"))
	reads(f, "of another", nil, open("other"))
	dismiss := func(id string, want bool) {
		f.update(func(x store.Tx) error {
			done, err := x.DismissOutbox(id, noon)
			same(f, "dismissed "+id, done, want)
			return err
		})
	}
	dismiss("o2", false)
	dismiss("o3", false)
	dismiss("o1", true)
	asked.State = pos.OutboxAcknowledged
	reads(f, "it keeps its answer", asked, func(x store.Tx) (*pos.OutboxMessage, error) { return x.OutboxMessage("o1") })
	reads(f, "left open", []pos.OutboxMessage{*ruled}, open(""))
	spans := func(x store.Tx) ([]exchange.Span, error) { return x.SpansAcknowledged(0) }
	listed := func(x store.Tx) (int, error) {
		list, err := x.AcknowledgedOutbox(0, 10)
		return len(list), err
	}
	reads(f, "nobody has it", nil, spans)
	reads(f, "nor is it looked for", 0, listed)
	f.update(func(x store.Tx) error {
		n, err := x.TakeOutboxBackSince(noon.Add(-time.Hour), noon)
		same(f, "nor told anew", n, int64(0))
		_, err2 := x.TryOutbox("o2", noon, why)
		_, err3 := x.AcknowledgeOutbox("o2", noon)
		return errors.Join(err, err2, err3)
	})
	reads(f, "one that was done in the end is had", []exchange.Span{{Epoch: 1, UpTo: 2, Count: 1}}, spans)
	reads(f, "and looked for", 1, listed)
}
