package check

import (
	"maps"
	"slices"
	"strconv"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/ledger"
)

// Epochs begin with the numbers that are stored for them and told in the audit
// trail, and the history reaches as far as its witnesses remember.

// epochs reads with which numbers each epoch begins.
func (w *walk) epochs() (err error) {
	w.first, err = w.FirstNumbers()
	return err
}

// next is the number that follows in an epoch.
func (w *walk) next(last map[int64]int64, epoch int64, s history.Series) int64 {
	if n, ok := last[epoch]; ok {
		return n + 1
	}
	return max(1, w.first[epoch][s])
}

// follows reports that a number of a series that runs through all epochs comes
// after the last one: the next, or the one with which an epoch begins.
func (w *walk) follows(n, last int64, s history.Series) bool {
	if n == last+1 {
		return true
	}
	for _, first := range w.first {
		if first[s] == n && n > last {
			return true
		}
	}
	return false
}

// hearEpoch remembers with which numbers an epoch was told to begin.
func (w *walk) hearEpoch(e *pos.Event) {
	if e.Kind != pos.EventDataRestored && e.Kind != pos.EventHistoryAccepted {
		return
	}
	epoch, err := strconv.ParseInt(e.Detail["epoch"], 10, 64)
	if err != nil {
		return
	}
	if first := history.FirstOf(e.Detail); len(first) > 0 {
		w.toldFirst[epoch] = first
	}
}

// firsts is I12 for the numbers epochs begin with: they are those the audit trail
// tells, so that no gap can be explained away.
func (w *walk) firsts() error {
	either := maps.Clone(w.first)
	maps.Copy(either, w.toldFirst)
	for _, epoch := range slices.Sorted(maps.Keys(either)) {
		if !maps.Equal(w.first[epoch], w.toldFirst[epoch]) {
			w.broken("I12", "check.epoch-first", pos.Args{"Epoch": epoch})
		}
	}
	return nil
}

// Against compares a history with what a witness remembers of it: nil when it
// reaches as far and is the same there. A witness of another till, or of an epoch
// before the present one, says nothing: what became of that was decided when the
// epoch began.
func Against(src Source, known history.Witness) (*history.Gap, error) {
	now, err := src.Standing()
	if err != nil || known.Origin == "" || known.Origin != now.Origin || known.Epoch < now.Epoch {
		return nil, err
	}
	gap := &history.Gap{Known: known, Now: now}
	if known.Epoch > now.Epoch || known.Events > now.Events || known.Entries > now.Entries {
		return gap, nil
	}
	same, err := sameAt(src, &known.Standing)
	if err != nil || same {
		return nil, err
	}
	gap.Forked = true
	return gap, nil
}

// sameAt reports that both chains have the links the witness remembers.
func sameAt(src Source, known *history.Standing) (bool, error) {
	event, entry := known.Events == 0, known.Entries == 0
	if !event {
		err := src.EachEvent(known.Events, func(e *pos.Event) error {
			event = e.N == known.Events && e.Hash == known.Head
			return errStopped
		})
		if err != nil && err != errStopped {
			return false, err
		}
	}
	if !entry {
		err := src.EachEntry(known.Entries, func(e *ledger.Entry) error {
			entry = e.N == known.Entries && e.Hash == known.Journal
			return errStopped
		})
		if err != nil && err != errStopped {
			return false, err
		}
	}
	return event && entry, nil
}

// Behind compares a history with all its witnesses and tells of the one that
// remembers most of what is missing; nil when none does.
func Behind(src Source, known []history.Witness) (worst *history.Gap, err error) {
	for _, w := range known {
		gap, err := Against(src, w)
		if err != nil {
			return nil, err
		}
		if gap != nil && (worst == nil || gap.Known.After(&worst.Known.Standing)) {
			worst = gap
		}
	}
	return worst, nil
}

// OfGap is a gap as a broken invariant.
func OfGap(g *history.Gap) Problem { return Problem{Invariant: "I12", ID: g.ID(), Args: g.Args()} }
