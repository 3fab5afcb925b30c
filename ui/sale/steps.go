package sale

import (
	"context"

	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/approval"
)

// workFunc does something with the cheque at the till, in the background.
type workFunc = func(context.Context) (*till.ChequeView, error)

// step is one thing to do with the cheque.
type step struct {
	before func() bool // when its turn comes, on the window's goroutine; false: that was all
	work   workFunc
	reason string // of the work, when it was asked
	after  func(*till.ChequeView, error)
}

// steps does one thing after the other, in the order of the keys: a scanner is
// faster than a disk, and nothing it sends may be lost or overtake.
type steps struct {
	env     *ui.Env
	waiting []step
	busy    bool
	held    bool // a question is on the screen
	stopped bool // the screen is gone
}

// stop forgets what waits, and shows nothing of what is under way: whoever logs
// in next reads how things stand.
func (q *steps) stop() { q.waiting, q.held, q.stopped = nil, false, true }

// start lets steps be done again.
func (q *steps) start() { q.stopped = false }

func (q *steps) add(st step) {
	q.waiting = append(q.waiting, st)
	q.next()
}

func (q *steps) next() {
	for !q.busy && !q.held && !q.stopped && len(q.waiting) > 0 {
		st := q.waiting[0]
		q.waiting = q.waiting[1:]
		if st.before != nil && !st.before() || st.work == nil {
			continue
		}
		q.busy = true
		approval.RunFor(q.env, st.reason, st.work, func(v *till.ChequeView, err error) {
			if !q.stopped {
				st.after(v, err) // still busy: what it adds or lets go waits for its end
			}
			q.busy = false
			q.next()
		})
	}
}

// interject does a step before all that wait: the answer to the question they
// wait behind.
func (q *steps) interject(st step) {
	q.waiting = append([]step{st}, q.waiting...)
	q.release()
}

// hold keeps what waits until release: what was scanned behind goods whose
// price is being asked belongs under them.
func (q *steps) hold() { q.held = true }

func (q *steps) release() {
	q.held = false
	q.next()
}
