package upkeep

import (
	"context"
	"path/filepath"
	"strconv"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/till/check"
	"kassa/pos/till/internal/desk"
)

// What somebody outside the data remembers of its history, and what becomes of a
// till whose data is older than that.

// Missing is what is missing of the history and keeps the till from trading; nil
// for nothing.
func (t *Till) Missing() *history.Gap { return t.desk.Missing() }

// Standing tells how far the history has come.
func (t *Till) Standing(ctx context.Context) (s history.Standing, err error) {
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *op) (err error) { s, err = o.Tx.Standing(); return err })
	return s, err
}

// Behind compares the history with witnesses: nil when it reaches as far as each
// of them and is the same there.
func (t *Till) Behind(ctx context.Context, known []history.Witness) (gap *history.Gap, err error) {
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *op) (err error) { gap, err = check.Behind(o.Tx, known); return err })
	return desk.OrNil(gap, err)
}

// GoOn lets a till trade whose history lacks something: in a new epoch, whose
// numbers are above all that were ever given as far as anybody knows. It is
// recorded with what was missing. aside is where the data of before is kept. It
// needs the right to restore.
func (t *Till) GoOn(ctx context.Context, a pos.Actor, g *history.Gap, known []history.Standing, aside string) (now history.Standing, err error) {
	err = t.desk.Change(ctx, a, pos.RightRestore, func(o *op) error {
		stands, err := o.Tx.Standing()
		if err != nil {
			return err
		}
		epoch, most := history.NextEpoch(append([]history.Standing{stands, g.Known.Standing}, known...)...)
		if err := o.BeginEpoch(epoch, most); err != nil {
			return err
		}
		if err := o.Note(pos.EventHistoryAccepted, "", gapDetail(g, epoch, most, aside)); err != nil {
			return err
		}
		now, err = o.Tx.Standing()
		return err
	})
	return now, err
}

func gapDetail(g *history.Gap, epoch int64, most history.Numbers, aside string) map[string]string {
	detail := map[string]string{
		"epoch": strconv.FormatInt(epoch, 10), "witness": string(g.Known.Kind), "aside": filepath.Base(aside), "forked": desk.YesNo(g.Forked),
		"known_epoch": strconv.FormatInt(g.Known.Epoch, 10), "known_head": g.Known.Head, "known_journal": g.Known.Journal,
		"sales": g.Of(history.Sales).Text(), "returns": g.Of(history.Returns).Text(), "shifts": g.Of(history.Shifts).Text(),
		"entries": g.Entries().Text(), "events": g.Events().Text(),
	}
	most.TellFirst(detail)
	return detail
}

// compared adds to a self-check what its witnesses show. They must have been
// asked before the data is read.
func (o *op) compared(problems []Problem, known []history.Witness) ([]Problem, error) {
	gap, err := check.Behind(o.Tx, known)
	if err != nil || gap == nil {
		return problems, err
	}
	return append(problems, Problem(check.OfGap(gap))), nil
}
