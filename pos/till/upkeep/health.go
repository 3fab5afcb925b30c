package upkeep

import (
	"context"
	"strings"
	"time"
	"unicode"

	"kassa/pos"
	"kassa/pos/seal"
)

// Vitals are how the shop's data stands, as the data itself tells.
type Vitals struct {
	Problems []string // what the engine says of the file; empty for nothing
	Schema   int64
	Sales    int64
	LastAt   time.Time        // of the newest record in the audit trail
	Outbox   pos.OutboxCounts // messages somebody has not heard yet
	Prints   int              // slips that did not come out
	Copies   []pos.CopyStanding
	Broken   int  // records that guard money and were changed past the till, of the kinds looked at quickly
	Outside  bool // settings that guard money were edited past the till
	Unsealed bool // the secret behind their seals is not here
}

// Vitals looks at the data without reading its history. It needs the right to
// check it.
func (t *Till) Vitals(ctx context.Context, a pos.Actor) (*Vitals, error) {
	v := &Vitals{}
	err := t.desk.Look(ctx, a, pos.RightVerify, func(o *op) (err error) {
		*v = Vitals{}
		if v.Problems, err = o.EngineProblems(true); err != nil || len(v.Problems) > 0 {
			return err
		}
		if v.Schema, _, err = o.Schema(); err != nil {
			return err
		}
		if v.Sales, err = o.SaleCount(); err != nil {
			return err
		}
		newest, err := o.Tx.Events("", 1)
		if err != nil {
			return err
		}
		for _, e := range newest {
			v.LastAt = e.At
		}
		if v.Outbox, err = o.CountOutbox(); err != nil {
			return err
		}
		if v.Prints, err = o.Tx.OpenPrints(); err != nil {
			return err
		}
		if v.Copies, err = o.copyStandings(); err != nil {
			return err
		}
		stand, err := o.Seals(true, func(*seal.Record) error { v.Broken++; return nil })
		if err == nil {
			v.Unsealed = stand.Unread
			if stand.Foreign {
				v.Broken = int(stand.Sealed)
			}
		}
		if err != nil {
			return err
		}
		outside, err := o.outsideSettings()
		v.Outside = outside != nil
		return err
	})
	if err != nil {
		return nil, err
	}
	return v, nil
}

// Shape is how the data is laid out, without any of it.
type Shape struct {
	Schema     int64
	Statements []string
	Rows       map[string]int64 // by table
}

// Shape tells how the data is laid out. It needs the right to check it.
func (t *Till) Shape(ctx context.Context, a pos.Actor) (*Shape, error) {
	s := &Shape{}
	err := t.desk.Look(ctx, a, pos.RightVerify, func(o *op) (err error) {
		*s = Shape{}
		if s.Schema, s.Statements, err = o.Schema(); err != nil {
			return err
		}
		s.Rows, err = o.RowCounts()
		return err
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// Personal picks of lower-case words those that stand in what the shop knows of
// its customers and employees: their names, cards, addresses and notes. It needs
// the right to check the data and takes as long as reading every customer.
func (t *Till) Personal(ctx context.Context, a pos.Actor, words map[string]bool) (map[string]bool, error) {
	var found map[string]bool
	err := t.desk.Look(ctx, a, pos.RightVerify, func(o *op) error {
		found = map[string]bool{}
		note := func(texts ...string) {
			for _, text := range texts {
				for _, w := range Words(text) {
					if words[w] {
						found[w] = true
					}
				}
			}
		}
		staff, err := o.Employees()
		if err != nil {
			return err
		}
		for _, e := range staff {
			note(e.Name)
		}
		return o.EachCustomer(func(c *pos.Customer) error {
			note(c.Name, c.Card, c.Email, c.Note)
			return ctx.Err()
		})
	})
	return found, err
}

// Words are the words of a text in lower case: runs of letters and digits of two
// signs or more.
func Words(text string) []string {
	all := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	kept := all[:0]
	for _, w := range all {
		if len([]rune(w)) > 1 {
			kept = append(kept, w)
		}
	}
	return kept
}
