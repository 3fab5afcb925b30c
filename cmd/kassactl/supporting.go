package main

import (
	"context"
	"fmt"
	"time"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/till"
	"kassa/storage/config"
)

// packedJSON is one file in the parcel of `support`.
type packedJSON struct {
	Name  string `json:"name"`
	Bytes int    `json:"bytes"`
}

// support gathers the parcel for support into a new file. A shop that does not
// open is no reason to refuse it: what can be read goes in.
func (p *program) support(ctx context.Context, args []string) error {
	home, err := config.FindHome(p.args.get("home"))
	if err != nil {
		return err
	}
	parcel := shop.Parcel{Home: home, Lines: p.examine(ctx, true), Version: version, At: time.Now()}
	s, err := p.open(ctx, keyless)
	if err != nil {
		s, err = p.open(ctx, shop.Options{Storeless: true})
	}
	if err == nil {
		defer s.Close()
		parcel.Shop = s
	}
	b, err := shop.Support(ctx, till.System(), parcel)
	if err != nil {
		return err
	}
	file, err := shop.WriteSupport(b, args[0])
	if err != nil {
		return err
	}
	if s != nil && s.Till != nil {
		if err := s.Till.Note(ctx, till.System(), pos.EventExported, "", map[string]string{"what": "support"}); err != nil {
			return err
		}
	}
	v := struct {
		File  string       `json:"file"`
		Holds []packedJSON `json:"holds"`
	}{File: file}
	for _, f := range b.Files {
		v.Holds = append(v.Holds, packedJSON{f.Name, len(f.Body)})
	}
	return p.answer(v, func() {
		p.say("cli.support.done", pos.Args{"File": file})
		for _, f := range v.Holds {
			fmt.Fprintf(p.out, "  %s\t%d\n", f.Name, f.Bytes)
		}
	})
}
