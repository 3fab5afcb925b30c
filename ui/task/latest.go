package task

import "context"

// Latest keeps only the newest of many requests, as a search while typing
// needs: starting one cancels the one before, whose answer is then not shown.
// It belongs to the window's goroutine.
type Latest struct {
	runner Runner
	cancel context.CancelFunc
	turn   int
}

// NewLatest returns a Latest over r.
func NewLatest(r Runner) *Latest { return &Latest{runner: r} }

// Cancel drops what is under way; its answer is not shown.
func (l *Latest) Cancel() {
	l.turn++
	if l.cancel != nil {
		l.cancel()
		l.cancel = nil
	}
}

// RunLatest is Run with the promise of Latest: show is called once, or not at
// all when a newer request or Cancel came in between.
func RunLatest[T any](ctx context.Context, l *Latest, load func(context.Context) (T, error), show func(T, error)) {
	l.Cancel()
	ctx, cancel := context.WithCancel(ctx)
	l.cancel = cancel
	turn := l.turn
	Run(ctx, l.runner, load, func(value T, err error) {
		if turn != l.turn {
			return
		}
		l.cancel = nil
		cancel()
		show(value, err)
	})
}
