package queue

import (
	"context"
	"sort"
	"strings"

	"kassa/pos"
)

// View is the queue as somebody looks at it.
type View struct {
	Paused bool
	Counts pos.OutboxCounts
	Rows   []pos.OutboxMessage // waiting and put aside, oldest first
	More   bool                // there are more after the last
}

// Queue shows what waits and what was put aside, after a Seq.
func (t *Till) Queue(ctx context.Context, a pos.Actor, after int64, limit int) (View, error) {
	return t.view(ctx, a, limit, func(o *op) ([]pos.OutboxMessage, error) { return o.OutboxPage(after, limit+1) })
}

// QueueAside shows what was put aside alone, after a Seq: it may stand behind
// thousands that wait.
func (t *Till) QueueAside(ctx context.Context, a pos.Actor, after int64, limit int) (View, error) {
	return t.view(ctx, a, limit, func(o *op) ([]pos.OutboxMessage, error) {
		list, err := o.AsideOutbox()
		first := sort.Search(len(list), func(i int) bool { return list[i].Seq > after })
		return list[first:min(len(list), first+limit+1)], err
	})
}

func (t *Till) view(ctx context.Context, a pos.Actor, limit int, rows func(*op) ([]pos.OutboxMessage, error)) (v View, err error) {
	err = t.desk.Look(ctx, a, "", func(o *op) error {
		v = View{}
		paused, err := o.Meta(metaPaused)
		if err != nil {
			return err
		}
		v.Paused = paused != ""
		if v.Counts, err = o.CountOutbox(); err != nil {
			return err
		}
		v.Rows, err = rows(o)
		if v.More = len(v.Rows) > limit; v.More {
			v.Rows = v.Rows[:limit]
		}
		return err
	})
	return v, err
}

// Queued is one message of the queue. CodeNotFound "outbox.unknown".
func (t *Till) Queued(ctx context.Context, a pos.Actor, id string) (m *pos.OutboxMessage, err error) {
	err = t.desk.Look(ctx, a, pos.RightQueue, func(o *op) error { m, err = o.OutboxMessage(id); return err })
	return m, err
}

// ResendQueued lets one message go again: taken back where it was put aside, and tried
// as if for the first time. CodeConflict "queue.acknowledged" for one that arrived.
func (t *Till) ResendQueued(ctx context.Context, a pos.Actor, id string) error {
	return t.manage(ctx, a, pos.EventQueueResent, id, nil, func(o *op) error { return o.again(id) })
}

// again lets a message wait anew.
func (o *op) again(id string) error {
	m, err := o.OutboxMessage(id)
	if err != nil {
		return err
	}
	if m.State == pos.OutboxAcknowledged {
		return pos.E(pos.CodeConflict, "queue.acknowledged", nil)
	}
	if m.State == pos.OutboxWaiting {
		if m.Tries == 0 {
			return nil
		}
		if _, err := o.PutOutboxAside(id, o.At, ""); err != nil {
			return err
		}
	}
	_, err = o.TakeOutboxBack(id, o.At)
	return err
}

// ResendQueue lets all go again that were put aside or tried in vain, and counts
// them.
func (t *Till) ResendQueue(ctx context.Context, a pos.Actor) (n int, err error) {
	err = t.manage(ctx, a, pos.EventQueueResent, "", nil, func(o *op) error {
		n = 0
		list, err := o.AsideOutbox()
		if err != nil {
			return err
		}
		for i := range list {
			if err := o.again(list[i].ID); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// maxReason bounds what is written as a reason.
const maxReason = 200

// PutQueuedAside takes a waiting message out of the way, with the reason; what stands
// behind it of the same object waits. CodeInvalid without a reason, CodeConflict
// "queue.not-waiting".
func (t *Till) PutQueuedAside(ctx context.Context, a pos.Actor, id, why string) error {
	why = strings.TrimSpace(why)
	if why == "" || len([]rune(why)) > maxReason || pos.HasControl(why) {
		return pos.E(pos.CodeInvalid, "queue.reason", pos.Args{"Max": maxReason})
	}
	return t.manage(ctx, a, pos.EventQueueAside, id, map[string]string{"why": why}, func(o *op) error {
		if _, err := o.OutboxMessage(id); err != nil {
			return err
		}
		moved, err := o.PutOutboxAside(id, o.At, why)
		if err == nil && !moved {
			err = pos.E(pos.CodeConflict, "queue.not-waiting", nil)
		}
		return err
	})
}

// DismissQueued takes a request out of the queue whose refusal somebody has seen; the
// answer stays with it. CodeConflict "queue.not-refused" for anything else.
func (t *Till) DismissQueued(ctx context.Context, a pos.Actor, id string) error {
	return t.manage(ctx, a, pos.EventQueueDismissed, id, nil, func(o *op) error {
		m, err := o.OutboxMessage(id)
		if err != nil {
			return err
		}
		if !m.Answered() {
			return pos.E(pos.CodeConflict, "queue.not-refused", nil)
		}
		_, err = o.DismissOutbox(id, o.At)
		return err
	})
}

// PauseQueue lets nothing be sent until ResumeQueue; what happens goes on being stored.
func (t *Till) PauseQueue(ctx context.Context, a pos.Actor) error {
	return t.manage(ctx, a, pos.EventQueuePaused, "", nil, func(o *op) error { return o.PutMeta(metaPaused, "1") })
}

// ResumeQueue lets the queue go on.
func (t *Till) ResumeQueue(ctx context.Context, a pos.Actor) error {
	return t.manage(ctx, a, pos.EventQueueResumed, "", nil, func(o *op) error { return o.PutMeta(metaPaused, "") })
}

// manage does something about the queue, which is recorded.
func (t *Till) manage(ctx context.Context, a pos.Actor, k pos.EventKind, id string, detail map[string]string, fn func(*op) error) error {
	return t.desk.Tend(ctx, a, pos.RightQueue, func(o *op) error {
		if err := fn(o); err != nil {
			return err
		}
		return o.Note(k, id, detail)
	})
}
