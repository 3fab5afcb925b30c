package main

import (
	"context"
	"fmt"

	"kassa/cmd/internal/shop"
	"kassa/cmd/kassactl/door"
	"kassa/pos"
	"kassa/pos/till"
)

// problemJSON is what `verify` found out of order.
type problemJSON struct {
	Invariant string `json:"invariant"`
	Message   string `json:"message"`
}

type checkedJSON struct {
	Sales      int64 `json:"sales"`
	Entries    int64 `json:"entries"`
	Events     int64 `json:"events"`
	Shifts     int64 `json:"shifts"`
	Challenges int64 `json:"challenges"`
	Customers  int64 `json:"customers"`
	Products   int64 `json:"products"`
}

// verify checks every invariant of the whole history and refuses when one is
// broken, naming each.
func (p *program) verify(ctx context.Context, _ []string) error {
	return p.with(ctx, keyless, func(s *shop.Shop) error {
		problems, err := s.SelfCheck(ctx, till.System())
		if err != nil {
			return err
		}
		server, err := s.Till.Server(ctx)
		if err != nil {
			return err
		}
		n, err := s.Till.Count(ctx, till.System())
		if err != nil {
			return err
		}
		v := struct {
			OK       bool          `json:"ok"`
			Problems []problemJSON `json:"problems"`
			Checked  checkedJSON   `json:"checked"`
			Server   string        `json:"server,omitempty"` // that keeps and proves books of its own
			Error    *door.Fault   `json:"error,omitempty"`
		}{OK: len(problems) == 0 && s.Keys == nil, Server: server, Problems: make([]problemJSON, 0, len(problems)), Checked: checkedJSON(n)}
		for _, b := range problems {
			v.Problems = append(v.Problems, problemJSON{b.Invariant, p.words.T(b.ID, b.Args)})
		}
		if s.Keys != nil {
			v.Problems = append(v.Problems, problemJSON{"keys", p.words.Error(s.Keys)})
		}
		var refusal error
		if !v.OK {
			refusal = pos.E(pos.CodeConflict, "cli.broken", pos.Args{"Count": len(v.Problems)})
			v.Error = door.NewFault(p.words, refusal)
		}
		err = p.answer(v, func() {
			for _, b := range v.Problems {
				fmt.Fprintln(p.out, p.words.T("cli.verify.problem", pos.Args{"Invariant": b.Invariant, "Problem": b.Message}))
			}
			p.say("cli.verify.counts", pos.Args{"Sales": n.Sales, "Entries": n.Entries, "Events": n.Events, "Shifts": n.Shifts,
				"Challenges": n.Challenges, "Customers": n.Customers, "Products": n.Products})
			if v.OK {
				p.say("cli.verify.ok", nil)
			}
			if server != "" {
				p.say("cli.verify.server", pos.Args{"Server": server})
			}
		})
		switch {
		case err != nil || v.OK:
			return err
		case p.json:
			return errTold
		}
		return refusal
	})
}
