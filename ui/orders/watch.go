package orders

import (
	"context"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/task"
	"kassa/ui/widgets"
)

// watcher tells whoever may decide when a payment begins to wait that somebody else
// noted: a customer on the offer's page, or another till.
type watcher struct {
	env    *ui.Env
	seen   map[string]bool // those that waited when it was looked last; nil before
	asking bool
	stale  bool
}

// mostWatched is how many of the newest open payments are looked at.
const mostWatched = 100

// Watch begins to tell of payments that wait, until stop is called. It looks when
// something came from the backend, and at no other time.
func Watch(env *ui.Env) (stop func()) {
	w := &watcher{env: env}
	w.look()
	return env.Exchange.WatchMirror(w.look)
}

func (w *watcher) look() {
	if w.asking {
		w.stale = true
		return
	}
	w.asking, w.stale = true, false
	task.Run(w.env.Ctx, w.env.Runner, func(ctx context.Context) (till.MirroredOrders, error) {
		return w.env.Till.MirroredOrders(ctx, till.MirroredChoice{State: manual.Open, Limit: mostWatched})
	}, w.onLooked)
}

func (w *watcher) onLooked(got till.MirroredOrders, err error) {
	w.asking = false
	if err == nil {
		w.tell(w.fresh(got.Orders))
	}
	if w.stale {
		w.look()
	}
}

// fresh are the orders that began to wait since it was looked last and that whoever
// is here did not note themselves.
func (w *watcher) fresh(open []manual.Order) (list []*manual.Order) {
	first := w.seen == nil
	now := make(map[string]bool, len(open))
	for i := range open {
		o := &open[i]
		now[o.ID] = true
		if !first && !w.seen[o.ID] && o.Author.ID != string(w.env.Actor.ID) {
			list = append(list, o)
		}
	}
	w.seen = now
	return list
}

func (w *watcher) tell(list []*manual.Order) {
	if len(list) == 0 || !w.env.Actor.Can(pos.RightManualDecide) {
		return
	}
	text := w.env.T("orders.waits.many", pos.Args{"Count": len(list)})
	if len(list) == 1 {
		o := list[0]
		text = w.env.T("orders.waits", pos.Args{"Text": o.Text, "Sum": sum(w.env, o.Requested.Price, o.Requested.Currency)})
	}
	w.env.Kit.Toast(text, widgets.Info)
	w.env.Shown("orders.waits", "count", itoa(int64(len(list))), "text", text)
}
