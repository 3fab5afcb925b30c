package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/manual"
)

// How long a shop is left alone, how often each is begun, and what the backend it
// carries may take of the memory.
const (
	restRounds    = 5
	restFor       = 20 * time.Second
	carriedMemory = 10 << 20 // in bytes
)

// resting is what a shop that nobody uses tells of itself.
type resting struct {
	Live     int64 `json:"live"`     // in use after a collection, bytes
	Resident int64 `json:"resident"` // in the computer's memory then, bytes
	Written  int64 `json:"written"`  // bytes given to the system while it was left alone
	Files    int64 `json:"files"`    // files of the shop that changed meanwhile
	Told     int64 `json:"told"`     // how often anybody was told of something
	Woken    int64 `json:"woken"`    // how often the system gave it a processor
}

// benchCarried measures what the backend carried in the till adds while nobody uses
// it: processes with and without it, in turn.
func benchCarried(ctx context.Context, dir string) ([]promise, error) {
	home := filepath.Join(dir, "shop")
	pin, err := makeDemo(ctx, home)
	if err != nil {
		return nil, err
	}
	if err := work(ctx, home, pin, func(s *shop.Shop, who pos.Actor) error { return fillBoard(ctx, s, who) }); err != nil {
		return nil, err
	}
	all := map[string][]resting{}
	for i := range restRounds {
		kinds := []string{childAlone, childBehind}
		if i%2 == 1 {
			kinds = []string{childBehind, childAlone}
		}
		for _, kind := range kinds {
			_, got, err := startChild(ctx, kind, home)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", kind, err)
			}
			all[kind] = append(all[kind], got.Rest)
		}
	}
	of := func(kind, unit string, what func(*resting) int64) stats {
		var list []int64
		for i := range all[kind] {
			list = append(list, what(&all[kind][i]))
		}
		s := summarise(list)
		s.unit = unit
		return s
	}
	added := func(what func(*resting) int64) stats {
		with, without := of(childBehind, "MiB", what), of(childAlone, "MiB", what)
		return stats{median: with.median - without.median, p99: with.p99 - without.median, unit: "MiB"}
	}
	may, one := stats{median: carriedMemory, p99: carriedMemory, unit: "MiB"}, func(unit string) stats { return stats{median: 1, p99: 1, unit: unit} }
	in := fmt.Sprintf(" in %s with nothing waiting", restFor)
	return []promise{
		{what: "live heap the carried backend adds", got: added(func(r *resting) int64 { return r.Live }), base: may, beside: "what it may add", limit: 1},
		{what: "resident memory it adds", got: added(func(r *resting) int64 { return r.Resident }), base: may, beside: "what it may add", limit: 1},
		nothing("written"+in, of(childBehind, "bytes", func(r *resting) int64 { return r.Written }), one("bytes")),
		nothing("files changed"+in, of(childBehind, "files", func(r *resting) int64 { return r.Files }), one("files")),
		nothing("told anybody"+in, of(childBehind, "times", func(r *resting) int64 { return r.Told }), one("times")),
		{what: "woken by the system" + in, got: of(childBehind, "times", func(r *resting) int64 { return r.Woken + wokenGrain }),
			base: of(childAlone, "times", func(r *resting) int64 { return r.Woken + wokenGrain }), beside: "the till alone", limit: 1.5},
	}, nil
}

// wokenGrain is how often a program that does nothing is woken by its own runtime, by
// the way: it is no measure of a few times more or less.
const wokenGrain = 20

// nothing promises that not even one of something came about, in no round.
func nothing(what string, got, one stats) promise {
	got.median = got.p99
	return promise{what: what, got: got, base: one, beside: "one", limit: 0.5}
}

// holdShop opens a shop, with what it carries behind it or without, and leaves it
// alone.
func holdShop(tell *json.Encoder, home string, carried bool) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	s, err := shop.Open(ctx, shop.Options{Home: home})
	if err != nil {
		return err
	}
	var told atomic.Int64
	s.OnExchange = func(shop.ExchangeStatus) { told.Add(1) }
	s.OnMirror = func() { told.Add(1) }
	demo, err := s.Till.DemoEmployees(ctx)
	if err == nil {
		var who pos.Actor
		if who, err = s.Till.Login(ctx, demo[0].PIN); err == nil && carried {
			err = useCarried(ctx, s, who)
		}
	}
	if err == nil {
		var r resting
		if r, err = leaveAlone(home, &told); err == nil {
			err = tell.Encode(seen{First: r.Resident, Rest: r})
		}
	}
	cancel()
	return errors.Join(err, s.Close())
}

// useCarried sends all that waits, and reads what is shared, so that all of the
// backend that is ever used was used.
func useCarried(ctx context.Context, s *shop.Shop, who pos.Actor) error {
	s.KeepTelling(ctx)
	for began := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		now := s.Exchange()
		if now.Trouble != nil {
			return now.Trouble
		}
		if now.State == exchange.Resting && !now.Contact.IsZero() && now.Queue == 0 {
			break
		}
		if time.Since(began) > time.Minute {
			return errors.New("what waits was not sent in a minute")
		}
	}
	page, err := s.Payments().Orders(ctx, who, manual.Choice{})
	if err == nil && len(page.Orders) == 0 {
		err = errors.New("the backend shows no payments")
	}
	return err
}

// leaveAlone measures what is held, and what is done while nobody does anything.
func leaveAlone(home string, told *atomic.Int64) (r resting, err error) {
	runtime.GC() // twice: what a collection finds unused is given up at the next
	debug.FreeOSMemory()
	time.Sleep(2 * time.Second) // until the last that was begun has ended
	runtime.GC()
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	r.Live, r.Resident = int64(m.HeapAlloc), memory()
	before, err := filesOf(home)
	if err != nil {
		return r, err
	}
	written, woken, heard := bytesWritten(), switches(), told.Load()
	time.Sleep(restFor)
	r.Woken, r.Written, r.Told = switches()-woken, bytesWritten()-written, told.Load()-heard
	after, err := filesOf(home)
	for path, is := range after {
		if before[path] != is {
			r.Files++
		}
	}
	return r, err
}

// filesOf is how each file of a folder stands: its size and when it was written.
func filesOf(dir string) (map[string]string, error) {
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		i, err := d.Info()
		if err == nil {
			all[path] = fmt.Sprint(i.Size(), i.ModTime().UnixNano())
		}
		return err
	})
	return all, err
}

// bytesWritten is how much this process gave to the system to be written so far.
func bytesWritten() int64 { return numberIn("/proc/self/io", "wchar:") }

// switches is how often a thread of this process waited and was given a processor
// again so far.
func switches() (n int64) {
	tasks, err := filepath.Glob("/proc/self/task/*/status")
	if err != nil {
		return 0
	}
	for _, t := range tasks {
		n += numberIn(t, "voluntary_ctxt_switches:")
	}
	return n
}

// numberIn is the number behind a name in a file of the system, 0 where there is none.
func numberIn(path, name string) (n int64) {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, name); ok {
			if _, err := fmt.Sscan(rest, &n); err != nil {
				return 0
			}
		}
	}
	return n
}
