package main

import (
	"context"
	"log/slog"
	"time"

	"kassa/cmd/internal/shop"
	"kassa/cmd/kassactl/door"
	"kassa/pos"
	"kassa/storage/config"
	"kassa/storage/logs"
)

// copiesWait is how long the closing of a shift waits for its copies, to tell what
// became of them.
const copiesWait = 10 * time.Second

// till serves the line protocol until its input ends or a signal comes.
func (p *program) till(ctx context.Context, _ []string) error {
	home, err := config.FindHome(p.args.get("home"))
	if err != nil {
		return err
	}
	log, err := logs.Open(home.Logs(), slog.LevelWarn)
	if err != nil {
		return pos.Wrap(pos.CodeUnavailable, "cli.no-log", err)
	}
	defer log.Close()
	return p.with(ctx, shop.Options{Log: log.Logger}, func(s *shop.Shop) error {
		start, err := s.Till.Begin(ctx)
		if err != nil {
			return err
		}
		for _, b := range start.Problems {
			log.Error("the self-check found something broken", "invariant", b.Invariant, "problem", p.words.T(b.ID, b.Args))
		}
		session := door.New(door.Params{Till: s.Till, Words: p.words, Start: start, Receipt: printer(s), Log: s.Log, Notices: s.Notices, Manual: s.Manual,
			Exchange: func(ctx context.Context) { s.TellAll(ctx) },
			Copies:   func(ctx context.Context) ([]pos.CopyResult, bool) { return s.ShiftCopies(ctx, copiesWait) }})
		err = session.Serve(ctx, p.in, p.out)
		if endErr := s.Till.End(context.WithoutCancel(ctx)); err == nil {
			err = endErr
		}
		return err
	})
}

// printer makes receipts: the first time as it is, later on, which is noted,
// marked as a copy.
func printer(s *shop.Shop) func(context.Context, pos.Actor, *pos.Sale, int, bool) (string, error) {
	return func(ctx context.Context, a pos.Actor, sale *pos.Sale, width int, duplicate bool) (string, error) {
		if duplicate {
			if err := s.Till.NoteReprint(ctx, a, sale.ID); err != nil {
				return "", err
			}
		}
		return s.Receipt(ctx, a, sale, width, duplicate)
	}
}
