package upkeep

import (
	"context"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/seal"
	"kassa/pos/till/check"
)

// SelfCheck checks every invariant of the whole history and returns what is
// broken; an empty slice means all is well. That it was run, and what it found,
// is itself recorded.
func (t *Till) SelfCheck(ctx context.Context, a pos.Actor) ([]Problem, error) {
	problems := []Problem{}
	known := t.desk.Known(true)
	err := t.desk.Look(ctx, a, pos.RightVerify, func(o *op) error {
		found, err := check.Whole(o.Tx, o.Settings.Currency, o.Zone())
		if err != nil {
			return err
		}
		if problems, err = o.compared(asProblems(found), known); err != nil {
			return err
		}
		problems, err = o.withOutside(problems)
		return err
	})
	if err != nil {
		return nil, err
	}
	detail := map[string]string{"problems": strconv.Itoa(len(problems))}
	return problems, t.desk.Change(ctx, a, "", func(o *op) error { return o.Note(pos.EventVerified, "", detail) })
}

// quickCheck is the short form for the start.
func (o *op) quickCheck() ([]Problem, error) {
	found, err := check.Quick(o.Tx, o.Settings.Currency)
	if err != nil {
		return nil, err
	}
	if g := o.t.Missing(); g != nil {
		found = append([]check.Problem{check.OfGap(g)}, found...)
	}
	return o.withOutside(asProblems(found))
}

// withOutside adds settings that guard money and were edited past the till.
func (o *op) withOutside(problems []Problem) ([]Problem, error) {
	r, err := o.outsideSettings()
	if err != nil || r == nil {
		return problems, err
	}
	return append(problems, Problem{Invariant: "I15", ID: outsideID, Args: pos.Args{"Keys": fieldNames(r)}}), nil
}

// outsideID says which settings were edited past the till, and what to do.
const outsideID = "check.settings-outside"

func fieldNames(r *seal.Record) string {
	keys := make([]string, len(r.Fields))
	for i, f := range r.Fields {
		keys[i] = f.Name
	}
	return strings.Join(keys, ", ")
}

func asProblems(found []check.Problem) []Problem {
	problems := make([]Problem, len(found))
	for i, p := range found {
		problems[i] = Problem(p)
	}
	return problems
}
