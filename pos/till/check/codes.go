package check

import (
	"kassa/pos"
	"kassa/pos/confirm"
)

// confirmed remembers the tenders of a sale that needed a code.
func (w *walk) confirmed(s *pos.Sale) {
	for _, d := range s.Tenders {
		if d.Override != nil {
			w.overridden++
		}
		if d.Challenge == "" {
			if d.Override != nil {
				w.broken("I10", "check.override-alone", pos.Args{"Number": s.Number})
			}
			continue
		}
		if _, twice := w.protected[d.Challenge]; twice {
			w.broken("I10", "check.code-twice", pos.Args{"Number": s.Number})
		}
		w.protected[d.Challenge] = tender{sale: s.ID, number: s.Number, customer: s.Customer, cashier: s.Employee, total: s.Total,
			method: d.Method, amount: d.Amount, points: d.Points, over: d.Override != nil}
	}
}

// hearCode remembers what the trail says a sale's code stood for.
func (w *walk) hearCode(e *pos.Event) {
	if e.Kind != pos.EventCodeConsumed && e.Kind != pos.EventCodeSkipped {
		return
	}
	id := pos.ChallengeID(e.Detail["challenge"])
	if t, named := w.protected[id]; named {
		t.digest = e.Detail["digest"]
		w.protected[id] = t
	}
}

// stoodFor tells whether a challenge was made for that tender: the same sale,
// customer and sums, the digest the trail knows, and, unless somebody else went
// on without the code, the same cashier.
func (t *tender) stoodFor(c *confirm.Challenge) bool {
	return c.Sale == t.sale && c.Customer == t.customer && string(c.Operation) == string(t.method) &&
		c.Amount == t.amount && c.Points == t.points && c.Total == t.total &&
		(t.over || c.Cashier == t.cashier) && (t.digest == "" || c.Digest == t.digest)
}

// codes is I10: each tender that needed a code has exactly one consumed
// challenge or one override, for this sale and this sum, and no challenge was
// consumed for anything else.
func (w *walk) codes() error {
	err := w.EachChallenge(func(c *confirm.Challenge) error {
		if c.Operation == confirm.ChangePhone {
			w.phoneCode(c)
			return nil
		}
		t, named := w.protected[c.ID]
		if !named {
			if c.State == confirm.Consumed {
				w.broken("I10", "check.code-unused", pos.Args{"Challenge": string(c.ID)})
			}
			return nil
		}
		t.seen++
		w.protected[c.ID] = t
		switch {
		case !t.stoodFor(c):
			w.broken("I10", "check.code-other", pos.Args{"Number": t.number})
		case t.over == (c.State == confirm.Consumed):
			w.broken("I10", "check.code-state", pos.Args{"Number": t.number, "State": string(c.State)})
		case c.CodeHash != "" && c.State == confirm.Consumed:
			w.broken("I10", "check.code-kept", pos.Args{"Number": t.number})
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, t := range w.protected {
		if t.seen != 1 {
			w.broken("I10", "check.code-none", pos.Args{"Number": t.number})
		}
	}
	for id := range w.changes {
		w.broken("I10", "check.phone-code", pos.Args{"Challenge": string(id)})
	}
	return w.overrides()
}

func (w *walk) overrides() error {
	var rows int64
	err := w.EachOverride(func(o *pos.Override) error {
		rows++
		t, named := w.protected[o.Challenge]
		if !named || !t.over || t.sale != o.Sale || t.customer != o.Customer || t.amount != o.Amount {
			w.broken("I10", "check.override-other", pos.Args{"Challenge": string(o.Challenge)})
		}
		return nil
	})
	if err == nil && rows != w.overridden {
		w.broken("I10", "check.override-count", pos.Args{"Rows": rows, "Tenders": w.overridden})
	}
	return err
}
