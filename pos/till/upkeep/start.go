package upkeep

import (
	"context"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/till/internal/desk"
)

// metaRunning is set while a till runs and cleared when it stops in order.
const metaRunning = "till.running"

// Begin settles what a crash left behind (codes on their way become
// send_unknown, those only placed send_failed), runs the quick self-check and tells how things stand.
func (t *Till) Begin(ctx context.Context) (*Start, error) {
	s := &Start{}
	err := t.desk.Change(ctx, pos.Actor{}, "", func(o *op) error {
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
		s.Missing = t.Missing()
		return o.Note(pos.EventTillStarted, "", map[string]string{"orderly": desk.YesNo(s.Orderly)})
	})
	return desk.OrNil(s, err)
}

// End notes an orderly stop.
func (t *Till) End(ctx context.Context) error {
	return t.desk.Change(ctx, pos.Actor{}, "", func(o *op) error {
		if err := o.PutMeta(metaRunning, ""); err != nil {
			return err
		}
		return o.Note(pos.EventTillStopped, "", nil)
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

// settleSendings ends what a process was doing when it ended: a code that was
// only placed has certainly not left; whether one on its way did is unknown, and
// neither is ever sent again by itself.
func (o *op) settleSendings(*Start) error {
	flying, err := o.InFlightChallenges()
	if err != nil {
		return err
	}
	for i := range flying {
		ch := &flying[i]
		if ch.Seal != pos.SealWhole {
			if err := o.clients.Revoke(ch, "code.revoked-tampered"); err != nil {
				return err
			}
			continue
		}
		ch.Interrupt()
		if err := o.PutChallenge(ch); err != nil {
			return err
		}
		if err := o.clients.NoteSent(ch.State, ch, map[string]string{"reason": ch.ReasonID}); err != nil {
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
	c, err := o.counter.CurrentCheque()
	if err != nil {
		return err
	}
	s.OpenCheque = len(c.Lines) > 0 || len(c.Tenders) > 0 || c.Customer != ""
	shift, err := o.OpenShift()
	if err != nil && pos.CodeOf(err) != pos.CodeNotFound {
		return err
	}
	if err == nil {
		s.Shift, s.StaleShift = shift, shift.Stale(o.At)
	}
	staffed, err := o.staff.Staffed()
	if err != nil || staffed {
		return err
	}
	people, err := o.Employees()
	s.FirstRun, s.KeysLost = len(people) == 0, len(people) > 0
	return err
}

// Start is what a till finds when it is started.
type Start struct {
	Orderly    bool       // the process before ended in order
	LastSale   *pos.Sale  // nil when none was ever made
	OpenCheque bool       // the screen goes on with it
	Shift      *pos.Shift // the open one, nil when none
	StaleShift bool       // it was opened on an earlier day
	Problems   []Problem  // of the quick self-check; empty when all is well
	FirstRun   bool       // there is no employee yet: the owner must be made
	KeysLost   bool       // a restored shop whose PINs went with its keys: an owner must be made again
	// Missing is what is missing of the history: until somebody decides, nothing
	// is traded. nil for nothing.
	Missing *history.Gap
}

// Problem is one broken invariant found by a self-check.
type Problem struct {
	Invariant string // "I3", as in the reliability reference
	ID        string // translation id
	Args      pos.Args
}
