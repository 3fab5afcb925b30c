package task_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/ui/task"
)

func TestRun(t *testing.T) {
	test.NewTempApp(t)
	background := task.NewBackground()
	for name, r := range map[string]task.Runner{"inline": task.Inline{}, "background": background} {
		t.Run(name, func(t *testing.T) {
			shown := make(chan int, 2)
			task.Run(t.Context(), r, func(context.Context) (int, error) { return 42, nil }, func(n int, err error) {
				assert.NoError(t, err)
				shown <- n
			})
			assert.Equal(t, 42, <-shown)
			background.Wait()
			assert.Empty(t, shown, "shown once")
		})
	}
}

func TestBackground(t *testing.T) {
	test.NewTempApp(t)
	t.Run("shows what is done at once before it goes on", func(t *testing.T) {
		var b task.Background
		// One attempt may lose to a busy machine's scheduler; all do not.
		for range 100 {
			var shown atomic.Bool
			b.Do(func() {}, func() { shown.Store(true) })
			if shown.Load() {
				b.Wait()
				return
			}
		}
		t.Fatal("quick work was never shown before Do returned")
	})
	t.Run("slow work does not hold the window and is shown once", func(t *testing.T) {
		var b task.Background
		disk, shown := make(chan struct{}), make(chan struct{}, 2)
		b.Do(func() { <-disk }, func() { shown <- struct{}{} })
		assert.Empty(t, shown, "shown only once it is done")
		close(disk)
		<-shown
		b.Wait()
		assert.Empty(t, shown)
	})
}

func TestRun_PanicBecomesAnError(t *testing.T) {
	cause := errors.New("broken row")
	var got error
	task.Run(t.Context(), task.Inline{}, func(context.Context) (string, error) { panic(cause) }, func(s string, err error) {
		assert.Empty(t, s)
		got = err
	})
	var p *task.PanicError
	require.ErrorAs(t, got, &p)
	assert.ErrorIs(t, got, cause)
	assert.NotEmpty(t, p.Stack)
}

func TestFollow(t *testing.T) {
	test.NewTempApp(t)
	background := task.NewBackground()
	for name, r := range map[string]task.Runner{"inline": task.Inline{}, "background": background} {
		t.Run(name+" shows what is told in order, then the end", func(t *testing.T) {
			heard := make(chan string, 8)
			task.Follow(t.Context(), r, func(_ context.Context, tell func(string)) (string, error) {
				tell("sending")
				tell("sent")
				return "end", nil
			}, func(s string) { heard <- s }, func(s string, err error) {
				assert.NoError(t, err)
				heard <- s
			})
			for _, want := range []string{"sending", "sent", "end"} {
				assert.Equal(t, want, <-heard)
			}
			background.Wait()
			assert.Empty(t, heard, "each once")
		})
	}
	t.Run("shows slow work while it goes on", func(t *testing.T) {
		var b task.Background
		heard, disk := make(chan string, 8), make(chan struct{})
		task.Follow(t.Context(), &b, func(_ context.Context, tell func(string)) (string, error) {
			tell("sending")
			<-disk
			return "end", nil
		}, func(s string) { heard <- s }, func(s string, _ error) { heard <- s })
		assert.Equal(t, "sending", <-heard)
		assert.Empty(t, heard)
		close(disk)
		assert.Equal(t, "end", <-heard)
		b.Wait()
	})
	t.Run("what was told before a panic is shown before it", func(t *testing.T) {
		var got []string
		task.Follow(t.Context(), task.Inline{}, func(_ context.Context, tell func(string)) (string, error) {
			tell("sending")
			panic("broken")
		}, func(s string) { got = append(got, s) }, func(_ string, err error) {
			var p *task.PanicError
			assert.ErrorAs(t, err, &p)
			got = append(got, "end")
		})
		assert.Equal(t, []string{"sending", "end"}, got)
	})
}

func TestLatest_ShowsOnlyTheNewest(t *testing.T) {
	q := &task.Queue{}
	l := task.NewLatest(q)
	var shown []string
	var first context.Context
	ask := func(text string) {
		task.RunLatest(t.Context(), l, func(ctx context.Context) (string, error) {
			if first == nil {
				first = ctx
			}
			return text, ctx.Err()
		}, func(s string, err error) { shown = append(shown, s) })
	}
	ask("м")
	ask("мо")
	ask("мол")
	require.Equal(t, 3, q.Len())
	q.Finish(2)
	q.Finish(0)
	q.Finish(0)
	assert.Equal(t, []string{"мол"}, shown)

	ask("моло")
	l.Cancel()
	q.Finish(0)
	assert.Equal(t, []string{"мол"}, shown)
	assert.Error(t, first.Err(), "the overtaken request was told to stop")
}

func TestManual(t *testing.T) {
	m := task.NewManual(time.Unix(0, 0))
	var log []string
	stop := m.Every(time.Second, func(now time.Time) { log = append(log, now.UTC().Format("05")) })
	m.After(1500*time.Millisecond, func() { log = append(log, "once") })
	never := m.After(time.Minute, func() { t.Error("was stopped") })
	m.Advance(2 * time.Second)
	assert.Equal(t, []string{"01", "once", "02"}, log)
	stop()
	never()
	m.Advance(time.Hour)
	assert.Len(t, log, 3)
	assert.Zero(t, m.Waiting())
}

func TestSystemTimers_AfterAndEvery(t *testing.T) {
	test.NewTempApp(t)
	var timers task.SystemTimers
	done := make(chan string, 8)
	stop := timers.Every(time.Millisecond, func(time.Time) {
		select {
		case done <- "tick":
		default:
		}
	})
	assert.Equal(t, "tick", <-done)
	stop()
	stop()
	once := make(chan bool, 1)
	timers.After(time.Millisecond, func() { once <- true })
	assert.True(t, <-once)
}
