package main

import (
	"context"
	"errors"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/till"
	"kassa/storage/backup"
)

// restoreJSON is what `restore` tells of a copy, before and after it took its place.
type restoreJSON struct {
	File        string           `json:"file"`
	Holds       pos.CopyContents `json:"holds"`
	Foreign     bool             `json:"foreign"`
	Lost        int64            `json:"lost_sales"`
	LostSum     string           `json:"lost_sum"`
	LostPINs    bool             `json:"lost_pins"`
	SealsUnread bool             `json:"seals_unread,omitempty"`
	Keys        till.KeysOf      `json:"keys,omitempty"`
	Problems    []string         `json:"problems"`
	Epoch       int64            `json:"epoch"`
	Done        bool             `json:"done"`
	Aside       string           `json:"aside,omitempty"`
}

// errLooked ends a restore that was only to be looked at.
var errLooked = pos.E(pos.CodeConflict, "backup.looked", nil)

// restore tells what a copy holds, and with --yes puts it into the place of the
// shop's data.
func (p *program) restore(ctx context.Context, words []string) error {
	file := words[0]
	sealed, err := backup.Sealed(file)
	if err != nil {
		return err
	}
	var key hidden.Text
	if sealed {
		if key, err = p.opener(ctx); err != nil {
			return err
		}
	}
	v := restoreJSON{Problems: []string{}}
	o := shop.Options{Home: p.args.get("home"), Version: version, Log: p.stderrLog()}
	v.Aside, err = shop.Restore(ctx, o, file, key, func(s *shop.Shop, r *till.RestorePlan) error {
		set := s.Settings()
		p.speak(p.args.get("lang"), &set)
		p.plan(&v, r)
		switch {
		case !p.args.has("yes"):
			return errLooked
		case r.Foreign && !p.args.has("foreign"):
			return pos.E(pos.CodeConflict, "backup.foreign", nil)
		case len(r.Problems) > 0 && !p.args.has("faulty"):
			return pos.E(pos.CodeConflict, "backup.faulty", pos.Args{"Count": len(r.Problems)})
		}
		return nil
	})
	if errors.Is(err, errLooked) {
		err = nil
	} else {
		v.Done = err == nil
	}
	if err != nil {
		return err
	}
	return p.answer(v, func() { p.sayPlan(&v) })
}

// opener is the passphrase or key of a sealed copy: the shop's own, else the
// first line of standard input.
func (p *program) opener(ctx context.Context) (hidden.Text, error) {
	s, err := shop.Open(ctx, shop.Options{Home: p.args.get("home"), Storeless: true, Log: p.stderrLog()})
	if err != nil {
		return hidden.Text{}, err
	}
	if line, err := p.secretLine(); err == nil {
		return line, nil
	}
	return s.Secrets.Get(shop.PassphraseName)
}

func (p *program) plan(v *restoreJSON, r *till.RestorePlan) {
	v.File, v.Holds, v.Foreign, v.Epoch, v.LostPINs = r.File, r.Holds, r.Foreign, r.Epoch, r.LostPINs
	v.Keys, v.SealsUnread = r.Keys, r.SealsUnread
	v.Lost, v.LostSum = r.Lost.Count, r.Lost.Sum.String()
	for _, one := range r.Problems {
		v.Problems = append(v.Problems, p.words.T(one.ID, one.Args))
	}
}

func (p *program) sayPlan(v *restoreJSON) {
	h := &v.Holds
	p.say("cli.restore.holds", pos.Args{"Shop": h.Shop, "Till": h.Till, "Count": h.Sales, "At": h.LastAt})
	if h.LastSale > 0 {
		p.say("cli.restore.last", pos.Args{"Number": h.LastSale, "At": h.LastSaleAt})
	}
	if v.Lost > 0 {
		p.say("cli.restore.lost", pos.Args{"Count": v.Lost})
	}
	if v.Foreign {
		p.say("cli.restore.foreign", nil)
	}
	if v.LostPINs {
		p.say("cli.restore.pins", nil)
	}
	if v.Keys != "" {
		p.say("restore.keys-"+string(v.Keys), nil)
	}
	if v.SealsUnread {
		p.say("cli.restore.seals", nil)
	}
	for _, one := range v.Problems {
		p.say("cli.restore.problem", pos.Args{"Problem": one})
	}
	if v.Done {
		p.say("cli.restore.done", pos.Args{"Dir": v.Aside})
		return
	}
	p.say("cli.restore.ask", nil)
}
