package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"kassa/cmd/internal/shop"
	"kassa/cmd/kassactl/door"
	"kassa/pos"
	"kassa/pos/till"
)

// noID stands on the command line for the number of a kind's records, which has no
// id of its own.
const noID = "-"

// seals lists the records that guard money and were changed past the till: as they
// are stored now, beside what the audit trail told of them last.
func (p *program) seals(ctx context.Context, _ []string) error {
	return p.with(ctx, looking, func(s *shop.Shop) error { return p.tellSeals(ctx, s) })
}

func (p *program) tellSeals(ctx context.Context, s *shop.Shop) error {
	list, stand, err := s.Till.BrokenSeals(ctx, till.System())
	if err != nil {
		return err
	}
	if stand.Foreign {
		return pos.E(pos.CodeConflict, "check.seals-foreign", pos.Args{"Count": stand.Sealed})
	}
	v := struct {
		Sealed int64       `json:"sealed"`
		Seals  []door.Seal `json:"seals"`
	}{stand.Sealed, door.NewSeals(list)}
	return p.answer(v, func() {
		for i := range list {
			p.saySeal(&list[i])
		}
		if len(list) == 0 {
			p.say("cli.seals.none", pos.Args{"Count": stand.Sealed})
			return
		}
		p.say("cli.seals.ask", nil)
	})
}

func (p *program) saySeal(b *till.BrokenSeal) {
	p.say("cli.seals.one", pos.Args{"Kind": b.Kind, "Name": b.Kind.Called(b.Name)})
	for _, f := range b.Fields {
		if f.Was != "" {
			fmt.Fprintf(p.out, "    %s: %s → %s\n", f.Name, f.Was, f.Value)
			continue
		}
		fmt.Fprintf(p.out, "    %s: %s\n", f.Name, f.Value)
	}
	for _, e := range b.Told {
		p.say("cli.seals.told", pos.Args{"At": e.At, "Event": string(e.Kind), "Detail": detailOf(e.Detail)})
	}
	id := b.ID
	if id == "" {
		id = noID
	}
	fmt.Fprintf(p.out, "    kassactl seals renew %s %s %s\n", b.Kind, id, b.Seen)
}

// detailOf writes the facts of an event in one line.
func detailOf(facts map[string]string) string {
	var all []string
	for _, key := range slices.Sorted(maps.Keys(facts)) {
		all = append(all, key+"="+facts[key])
	}
	return strings.Join(all, " ")
}

// renewSeal seals one record as it stands, as it was looked at, and tells what is
// left.
func (p *program) renewSeal(ctx context.Context, words []string) error {
	kind, id, seen := pos.SealKind(words[0]), words[1], words[2]
	if id == noID {
		id = ""
	}
	return p.with(ctx, looking, func(s *shop.Shop) error {
		if err := s.Till.SealAgain(ctx, till.System(), kind, id, seen); err != nil {
			return err
		}
		return p.tellSeals(ctx, s)
	})
}
