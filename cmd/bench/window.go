package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"kassa/cmd/internal/shop"
	"kassa/pos"
)

// How often the window is started, scanned into and drawn anew.
const (
	windowRounds  = 5 // of starting each window
	windowScans   = 100
	windowRedraws = 40
)

// seen is what a started copy tells about its window.
type seen struct {
	First    int64   `json:"first,omitempty"`    // the first usable screen is painted: memory in bytes
	Redraw   []int64 `json:"redraw,omitempty"`   // asked to be drawn anew to painted, ns
	Work     []int64 `json:"work,omitempty"`     // of the processors, for each redraw, ns
	ScanWork []int64 `json:"scanwork,omitempty"` // of the processors, for each scan, ns
	Scans    []int64 `json:"scans,omitempty"`    // Enter of the scanner to the line painted, ns
	After    int64   `json:"after,omitempty"`    // memory after the scans, bytes

	Decisions []int64 `json:"decisions,omitempty"` // key to the frame that shows it applied, ns
	Rest      resting `json:"rest,omitzero"`       // of a shop that was left alone
}

// benchWindow measures the real window beside an empty one: each is a copy of
// this program, started anew in each round.
func benchWindow(ctx context.Context, dir string) ([]promise, error) {
	home := filepath.Join(dir, "shop")
	pin, err := makeDemo(ctx, home)
	if err != nil {
		return nil, err
	}
	kinds := []string{childEmpty, childOpened, childTill}
	starts, first, after := map[string][]int64{}, map[string][]int64{}, map[string][]int64{}
	redraw, work, scans, scanWork := map[string][]int64{}, map[string][]int64{}, []int64{}, []int64{}
	for range windowRounds {
		for _, kind := range kinds {
			took, got, err := startChild(ctx, kind, home)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", kind, err)
			}
			starts[kind] = append(starts[kind], took.Nanoseconds())
			first[kind] = append(first[kind], got.First)
			after[kind] = append(after[kind], got.After)
			redraw[kind] = append(redraw[kind], got.Redraw...)
			work[kind] = append(work[kind], got.Work...)
			scans, scanWork = append(scans, got.Scans...), append(scanWork, got.ScanWork...)
		}
		if err := clearCheque(ctx, home, pin); err != nil {
			return nil, err
		}
	}
	mem := func(of []int64) stats { s := summarise(of); s.unit = "MiB"; return s }
	twoFrames := stats{median: int64(frame), p99: int64(frame)}
	empty := mem(first[childEmpty])
	const bare, busy = "redraw of an empty window", "processors for an empty window"
	return []promise{
		{what: "scan to the line in the window", got: summarise(scans), base: twoFrames, beside: "one frame", limit: 2},
		{what: "the same", got: summarise(scans), base: summarise(redraw[childEmpty]), beside: bare, limit: 2},
		{what: "processors for it", got: summarise(scanWork), base: summarise(work[childEmpty]), beside: busy},
		{what: "redraw of the sale screen alone", got: summarise(redraw[childTill]), base: summarise(redraw[childEmpty]), beside: bare, limit: 1.6},
		{what: "processors for it", got: summarise(work[childTill]), base: summarise(work[childEmpty]), beside: busy, limit: 1.6},
		{what: "start to the first usable screen", got: summarise(starts[childTill]), base: summarise(starts[childOpened]), beside: "an empty window and the same database", limit: 1.5},
		{what: "memory on the first screen", got: mem(first[childTill]), base: empty, beside: "an empty window", limit: 1.5},
		{what: fmt.Sprintf("memory after %d scans", windowScans), got: mem(after[childTill]), base: empty, beside: "an empty window", limit: 1.5},
	}, nil
}

// makeDemo makes the shop the windows open, with its shift open, and returns a
// PIN of its owner.
func makeDemo(ctx context.Context, home string) (pin string, err error) {
	s, demo, err := shop.Create(ctx, shop.Options{Home: home}, true)
	if err != nil {
		return "", err
	}
	pin = demo.Employees[0].PIN
	return pin, errors.Join(s.Close(), work(ctx, home, pin, func(s *shop.Shop, who pos.Actor) error {
		_, err := s.Till.OpenShift(ctx, who, 500_00)
		return err
	}))
}

// clearCheque takes away the cheque a window left, so that all begin alike.
func clearCheque(ctx context.Context, home, pin string) error {
	return work(ctx, home, pin, func(s *shop.Shop, who pos.Actor) error {
		_, err := s.Till.CancelCheque(ctx, who, "проба")
		return err
	})
}

func work(ctx context.Context, home, pin string, do func(*shop.Shop, pos.Actor) error) (err error) {
	s, err := shop.Open(ctx, shop.Options{Home: home})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	who, err := s.Till.Login(ctx, pin)
	if err != nil {
		return err
	}
	return errors.Join(do(s, who), s.Till.End(ctx))
}

// startChild runs one window from its start to its end. took is the time until
// its first usable screen was painted.
func startChild(ctx context.Context, kind, home string) (took time.Duration, got seen, err error) {
	self, err := os.Executable()
	if err != nil {
		return 0, got, err
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, self, "-child", kind, home)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		return 0, got, err
	}
	began := time.Now()
	if err := c.Start(); err != nil {
		return 0, got, err
	}
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		before := got.First
		if err := json.Unmarshal(lines.Bytes(), &got); err != nil {
			return 0, got, errors.Join(err, c.Wait())
		}
		if before == 0 && got.First != 0 {
			took = time.Since(began)
		}
	}
	if err := errors.Join(lines.Err(), c.Wait()); err != nil {
		return 0, got, err
	}
	if took == 0 {
		return 0, got, errors.New("the window was never painted")
	}
	return took, got, nil
}
