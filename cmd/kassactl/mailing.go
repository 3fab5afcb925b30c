package main

import (
	"cmp"
	"context"
	"strings"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/email"
	"kassa/pos/till"
)

// mailCheck opens a session with the shop's mail server and sends nothing.
func (p *program) mailCheck(ctx context.Context, _ []string) error {
	return p.with(ctx, looking, func(s *shop.Shop) error {
		if err := s.CheckMailThrough(ctx, till.System(), s.Mailer); err != nil {
			return shop.MailError(err)
		}
		return p.answer(struct {
			Ready bool `json:"ready"`
		}{true}, func() { p.say("mail.ready", nil) })
	})
}

// mailSend sends one mail for a test. It is recorded.
func (p *program) mailSend(ctx context.Context, rest []string) error {
	to := p.args.get("to")
	if len(rest) > 0 {
		to = cmp.Or(to, rest[0])
	}
	if strings.TrimSpace(to) == "" {
		return usage("cli.word-missing", "mail")
	}
	return p.with(ctx, looking, func(s *shop.Shop) error {
		if err := s.SendTestMailThrough(ctx, till.System(), s.Mailer, to); err != nil {
			return shop.MailError(err)
		}
		return p.answer(struct {
			To   string `json:"to"`
			Sent bool   `json:"sent"`
		}{email.Mask(to), true}, func() { p.say("mail.sent", pos.Args{"To": email.Mask(to)}) })
	})
}
