package till

import (
	"context"

	"kassa/pos"
)

// metaRunning is set while a till runs and cleared when it stops in order.
const metaRunning = "till.running"

// Begin settles what a crash left behind (challenges in flight become
// send_unknown), runs the quick self-check and tells how things stand.
func (t *Till) Begin(ctx context.Context) (*Start, error) {
	s := &Start{}
	err := t.change(ctx, pos.Actor{}, "", func(o *op) error {
		*s = Start{}
		for _, step := range []func(*Start) error{o.wasOrderly, o.settleSendings, o.settlePrints, o.standing} {
			if err := step(s); err != nil {
				return err
			}
		}
		var err error
		if s.Problems, err = o.quickCheck(); err != nil {
			return err
		}
		return o.note(pos.EventTillStarted, "", map[string]string{"orderly": yesNo(s.Orderly)})
	})
	return orNil(s, err)
}

// End notes an orderly stop.
func (t *Till) End(ctx context.Context) error {
	return t.change(ctx, pos.Actor{}, "", func(o *op) error {
		if err := o.PutMeta(metaRunning, ""); err != nil {
			return err
		}
		return o.note(pos.EventTillStopped, "", nil)
	})
}

func (o *op) wasOrderly(s *Start) error {
	running, err := o.Meta(metaRunning)
	if err != nil {
		return err
	}
	s.Orderly = running == ""
	return o.PutMeta(metaRunning, "1")
}

// settleSendings ends what a process was doing when it ended: whether the
// messages left is unknown, and they are never sent again by themselves.
func (o *op) settleSendings(*Start) error {
	flying, err := o.InFlightChallenges()
	if err != nil {
		return err
	}
	for i := range flying {
		ch := &flying[i]
		ch.Interrupt()
		if err := o.PutChallenge(ch); err != nil {
			return err
		}
		if err := o.noteCode(pos.EventCodeUnknown, ch, map[string]string{"reason": ch.ReasonID}); err != nil {
			return err
		}
	}
	return nil
}

// standing tells what the till finds: the last sale, the cheque, the shift and
// whether anybody works here yet.
func (o *op) standing(s *Start) error {
	last, err := o.LastSale()
	if err != nil && pos.CodeOf(err) != pos.CodeNotFound {
		return err
	}
	if err == nil {
		s.LastSale = last
	}
	c, err := o.openCheque()
	if err != nil {
		return err
	}
	s.OpenCheque = len(c.Lines) > 0 || len(c.Tenders) > 0 || c.Customer != ""
	shift, err := o.OpenShift()
	if err != nil && pos.CodeOf(err) != pos.CodeNotFound {
		return err
	}
	if err == nil {
		s.Shift, s.StaleShift = shift, shift.Stale(o.at)
	}
	staffed, err := o.staffed()
	s.FirstRun = !staffed
	return err
}
