package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/recovery"
)

// recover lets the owner in by the recovery code where the keys of the till are
// lost. Code and new PIN are two lines of standard input, never words of the
// command line, which every program on the computer could read.
func (p *program) recover(ctx context.Context, _ []string) error {
	if !p.json {
		fmt.Fprintln(p.err, p.words.T("cli.recover.prompt", nil))
	}
	in := bufio.NewReader(io.LimitReader(p.in, 1024))
	code, _ := in.ReadString('\n')
	pin, err := in.ReadString('\n')
	if pin = strings.TrimSpace(pin); pin == "" {
		return &pos.Error{Code: pos.CodeInvalid, ID: "cli.no-recovery", Err: err}
	}
	r, err := shop.Recover(ctx, shop.Options{Home: p.args.get("home"), Version: version, Log: p.stderrLog()}, hidden.New(code), pin)
	if err != nil {
		return err
	}
	v := struct {
		Owner string `json:"owner"`
		Code  string `json:"recovery_code,omitempty"`
	}{Owner: r.Owner.Name}
	if !r.Next.Empty() {
		v.Code = recovery.Show(r.Next)
	}
	return p.answer(v, func() {
		p.say("cli.recover.done", pos.Args{"Owner": v.Owner})
		p.sayRecovery(v.Code)
	})
}

// sayRecovery shows a recovery code once, and what to do with it.
func (p *program) sayRecovery(code string) {
	if code != "" {
		p.say("cli.recovery-code", pos.Args{"Code": code})
	}
}
