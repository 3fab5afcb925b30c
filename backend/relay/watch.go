package relay

import "context"

// watch is a wait at a server for what changes there after a cursor.
type watch struct {
	backend        Backend
	server, cursor string
	end            context.CancelFunc
}

// attend tells whether somebody waits at the server. It begins to wait for what Step left to be watched, and ends to where it left
// nothing. A wait that came to nothing is not tried again before the next look, so that
// a server that lets nobody wait is asked no more often than that.
func (r *Relay) attend(ctx context.Context) bool {
	now := r.rests
	if was := r.watches; was != nil && (now == nil || now.server != was.server || !r.awake.Load()) {
		was.end()
		r.waits.Wait()
		r.watches = nil
	}
	if now == nil || r.watches != nil || r.shunned.Swap(false) {
		return r.watches != nil
	}
	ctx, now.end = context.WithCancel(ctx)
	r.watches = now
	r.awake.Store(true)
	r.waits.Go(func() { r.await(ctx, now) })
	return true
}

// await waits until something changed, or nobody may wait. That the server is not there
// is news as well: the next step finds out what is wrong.
func (r *Relay) await(ctx context.Context, w *watch) {
	for {
		changed, heardOut, err := w.backend.Await(ctx, w.cursor)
		if ctx.Err() != nil {
			r.awake.Store(false)
			return
		}
		if err == nil && !changed && heardOut {
			continue
		}
		r.shunned.Store(!changed)
		r.awake.Store(false) // before the next step looks
		if changed || err != nil {
			r.Notice()
		}
		return
	}
}
