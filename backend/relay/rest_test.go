package relay_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/backend/relay"
	"kassa/pos/exchange"
	"kassa/pos/till"
)

// endless is a till at which much waits for a backend that takes its time.
type endless struct {
	relay.Till
	relay.Backend
	left   int
	pushed []time.Time
}

func (e *endless) NextBatch(context.Context) (out till.Outgoing, err error) {
	if e.left > 0 {
		out.Commands = []exchange.Command{{ID: "1"}}
		out.More = int64(e.left - 1)
	}
	return out, nil
}

func (e *endless) SettleBatch(context.Context, []exchange.Answer) (int, error) {
	e.left--
	return 1, nil
}

func (e *endless) Acknowledged(context.Context) ([]exchange.Span, error) { return nil, nil }

func (e *endless) TakeChanges(context.Context, string, string, exchange.Changes) (int, error) {
	return 0, nil
}

func (e *endless) Contact(context.Context) (exchange.Held, error) { return exchange.Held{}, nil }

func (e *endless) Changes(context.Context, string) (exchange.Changes, error) {
	return exchange.Changes{}, nil
}

// working is how long the backend takes for a batch.
const working = 100 * time.Millisecond

func (e *endless) Push(context.Context, exchange.Batch, int64) (exchange.Reply, error) {
	e.pushed = append(e.pushed, time.Now())
	time.Sleep(working)
	return exchange.Reply{Answers: []exchange.Answer{{ID: "1", Verdict: exchange.Applied}}, Held: exchange.Held{Count: int64(len(e.pushed))}}, nil
}

// What has waited long is sent at a pace that leaves the computer to whoever sells,
// and a sale does not shorten the rests; the end does.
func TestRun_GivesWayWhileMuchWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &endless{left: 3}
		r := relay.New(relay.Params{Till: e, Backend: func(string) (relay.Backend, error) { return e, nil }, Now: time.Now, Jitter: func() float64 { return 0.5 }})
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); r.Run(ctx) }()
		for range 20 {
			time.Sleep(working)
			r.Tell()
		}
		require.Len(t, e.pushed, 3)
		for i := 1; i < len(e.pushed); i++ {
			require.GreaterOrEqual(t, e.pushed[i].Sub(e.pushed[i-1]), 8*working)
		}
		e.left = 5
		r.Tell()
		synctest.Wait()
		time.Sleep(2 * working) // into the rest after the next batch
		stopped := time.Now()
		stop()
		<-done
		require.Less(t, time.Since(stopped), working)
	})
}
