package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/manual"
	"kassa/ui"
)

// How many decisions are made in a window, and how often a window is started.
const (
	boardDecisions = 20
	boardRounds    = 2
)

// benchDecision measures a decision of a manual payment in the real window, from its
// key to the frame that shows it applied, with the backend the till carries.
func benchDecision(ctx context.Context, dir string) ([]promise, error) {
	var decided, redraw []int64
	for i := range boardRounds {
		home := filepath.Join(dir, fmt.Sprint("shop", i))
		pin, err := makeDemo(ctx, home)
		if err != nil {
			return nil, err
		}
		if err := work(ctx, home, pin, func(s *shop.Shop, who pos.Actor) error { return fillBoard(ctx, s, who) }); err != nil {
			return nil, err
		}
		_, got, err := startChild(ctx, childBoard, home)
		if err != nil {
			return nil, err
		}
		decided, redraw = append(decided, got.Decisions...), append(redraw, got.Redraw...)
	}
	one := stats{median: int64(frame), p99: int64(frame)}
	return []promise{
		{what: "decision to the frame that shows it applied", got: summarise(decided), base: one, beside: "one frame", limit: 2},
		{what: "the same", got: summarise(decided), base: summarise(redraw), beside: "redraw of the board alone"},
	}, nil
}

// fillBoard makes a merchant and payments that wait for a decision.
func fillBoard(ctx context.Context, s *shop.Shop, who pos.Actor) error {
	b, err := s.Manual(ctx, who)
	if err != nil {
		return err
	}
	ids := shop.NewIDs()
	m, err := b.PutMerchant(ctx, b.Asker, manual.Merchant{ID: ids.NewID(), Name: "Карта", Account: "RUB", Commission: 25_000})
	if err != nil {
		return shop.Spoken(err)
	}
	for i := range boardDecisions {
		_, err := b.NewOrder(ctx, b.Asker, manual.Ask{ID: ids.NewID(), Where: manual.AtTill, Text: fmt.Sprint("Починка ", i+1), Price: 300_00, Merchant: m.ID})
		if err != nil {
			return shop.Spoken(err)
		}
	}
	return nil
}

// behind stands the backend behind the window, as the program does.
func (m *measured) behind() {
	m.env.Exchange, m.env.Payments = ui.NewExchange(m.shop), m.shop.Payments()
	m.env.Merchants = func(ctx context.Context) ([]manual.Merchant, error) {
		list, _, err := m.shop.Till.MirroredMerchants(ctx)
		return list, err
	}
	m.shop.OnExchange = func(shop.ExchangeStatus) { fyne.Do(m.env.Exchange.Changed) }
	m.shop.OnMirror = func() { fyne.Do(m.env.Exchange.Mirrored) }
}

// decide approves all that waits on the board, at one key each.
func (m *measured) decide(tell *json.Encoder) error {
	if _, err := m.await("the login screen", func(r report) bool { return r.screen == "login" }); err != nil {
		return err
	}
	if err := tell.Encode(seen{First: memory()}); err != nil {
		return err
	}
	m.shop.KeepTelling(m.ctx)
	open := strconv.Itoa(boardDecisions)
	for _, step := range []struct {
		key   fyne.KeyName
		rune  rune
		seen  string
		facts map[string]string
	}{
		{fyne.KeyF1, 0, "sale", map[string]string{"shift": "open"}}, {fyne.KeyF10, 0, "menu", nil},
		{fyne.KeyM, 'm', "orders", map[string]string{"open": open, "state": "open"}},
	} {
		m.settle()
		if _, err := m.press(step.key, step.rune, step.seen, step.facts); err != nil {
			return err
		}
	}
	var out seen
	for i := range boardDecisions {
		took, err := m.approve(i)
		if err != nil {
			return fmt.Errorf("decision %d: %w", i, err)
		}
		out.Decisions = append(out.Decisions, took.Nanoseconds())
	}
	if err := m.redraws(windowRedraws, &out); err != nil {
		return err
	}
	return errors.Join(m.untroubled(), tell.Encode(out))
}

// approve approves the chosen payment and steps to the next one.
func (m *measured) approve(i int) (time.Duration, error) {
	m.settle()
	phase(i)
	left := strconv.Itoa(boardDecisions - 1 - i)
	took, err := m.press(fyne.KeyF9, 0, "orders", map[string]string{"open": left, "state": "approved", "error": ""})
	if err == nil && i+1 < boardDecisions {
		m.settle()
		_, err = m.press(fyne.KeyDown, 0, "orders", map[string]string{"state": "open"})
	}
	return took, err
}

// press strikes a key and tells how long it took until what it brings was painted.
func (m *measured) press(key fyne.KeyName, r rune, name string, facts map[string]string) (time.Duration, error) {
	began := time.Now()
	m.keys <- func() { m.strike(key, r) }
	at, err := m.await(name, func(r report) bool {
		for k, v := range facts {
			if r.facts[k] != v {
				return false
			}
		}
		return r.screen == name
	})
	return at.Sub(began), err
}

// untroubled tells whether the exchange had trouble, with which nothing is measured.
func (m *measured) untroubled() error {
	if now := m.shop.Exchange(); now.Trouble != nil {
		return now.Trouble
	}
	return nil
}
