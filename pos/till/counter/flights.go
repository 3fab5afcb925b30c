package counter

import (
	"context"
	"sync"

	"kassa/pos"
)

// flights are the codes that are being brought now.
type flights struct {
	mu  sync.Mutex
	now map[pos.ChallengeID]chan struct{}
}

// begin reports whether nobody brings the code yet: then the caller does, until
// end. The channel is closed at the end of whoever does.
func (f *flights) begin(id pos.ChallengeID) (arrived <-chan struct{}, first bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if c, ok := f.now[id]; ok {
		return c, false
	}
	if f.now == nil {
		f.now = map[pos.ChallengeID]chan struct{}{}
	}
	c := make(chan struct{})
	f.now[id] = c
	return c, true
}

func (f *flights) end(id pos.ChallengeID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	close(f.now[id])
	delete(f.now, id)
}

// waitAlong tells how a code stands that somebody else brings, now and once that
// has ended.
func (t *Till) waitAlong(ctx context.Context, a pos.Actor, id pos.ChallengeID, arrived <-chan struct{}, report func(CodeView)) (*CodeView, error) {
	v, err := t.Code(ctx, a, id)
	if err != nil {
		return nil, err
	}
	report(*v)
	select {
	case <-arrived:
	case <-ctx.Done():
		return nil, t.desk.Told(ctx.Err())
	}
	if v, err = t.Code(ctx, a, id); err != nil {
		return nil, err
	}
	report(*v)
	return v, nil
}
