package main

import (
	"context"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/till"
)

// backup makes a checked copy while a till may be working.
func (p *program) backup(ctx context.Context, _ []string) error {
	return p.with(ctx, shop.Options{Beside: true}, func(s *shop.Shop) error {
		file, err := s.Backup(ctx, till.System(), p.args.get("to"))
		if err != nil {
			return err
		}
		return p.answer(struct {
			File string `json:"file"`
		}{file}, func() { p.say("cli.backup.done", pos.Args{"File": file}) })
	})
}
