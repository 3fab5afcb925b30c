package waiting

import (
	"context"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/sound"
	"kassa/ui/task"
	"kassa/ui/widgets"
)

// Teller says what was decided about manual payments as soon as the till hears of it,
// and keeps the sale that is ready to be finished by one key. It belongs to the
// window's goroutine.
type Teller struct {
	env   *ui.Env
	sold  func(*pos.Sale) // a sale that waited is stored, as somebody asked
	alone func(*pos.Sale) // likewise, by itself
	fresh func()          // what is set aside stands otherwise
	busy  bool
	again bool
	ready []pos.SaleID // told of and not finished, the latest last
}

// NewTeller makes one; sold is called with each sale somebody had it finish, alone with
// each it finished by itself, fresh when what was set aside stands otherwise.
func NewTeller(env *ui.Env, sold, alone func(*pos.Sale), fresh func()) *Teller {
	return &Teller{env: env, sold: sold, alone: alone, fresh: fresh}
}

// Look asks the till for news. It may be called as often as one likes: while one
// look is under way one more waits.
func (t *Teller) Look() {
	if t.busy {
		t.again = true
		return
	}
	t.busy = true
	task.Run(t.env.Ctx, t.env.Runner, t.env.Till.TellDecided, t.onNews)
}

func (t *Teller) onNews(list []till.Decided, err error) {
	t.busy = false
	if err == nil {
		for i := range list {
			t.tell(&list[i])
		}
		if len(list) > 0 {
			t.fresh()
		}
	}
	if t.again {
		t.again = false
		t.Look()
	}
}

// tell says one decision, and finishes the sale where the shop wants that.
func (t *Teller) tell(d *till.Decided) {
	p := news(d)
	tone, kind := widgets.Warn, sound.Error
	if p.Good {
		tone, kind = widgets.Good, sound.News
	}
	t.env.Sound.Play(kind)
	t.env.Kit.Toast(t.env.T(p.ID, p.Args), tone)
	t.env.Shown("waiting.news", "says", p.ID, "merchant", d.Account, "sum", d.Amount.String())
	if !d.Ready() {
		return
	}
	t.ready = append(t.ready, d.Sale)
	if t.env.Till.Settings().ManualFinish {
		t.finish(t.alone)
	}
}

// Finish finishes the sale that was told of last and is ready; false where there is
// none, or somebody else saw to it.
func (t *Teller) Finish() bool { return t.finish(t.sold) }

func (t *Teller) finish(sold func(*pos.Sale)) bool {
	if len(t.ready) == 0 || t.env.Actor.ID == "" {
		return false
	}
	id := t.ready[len(t.ready)-1]
	t.ready = t.ready[:len(t.ready)-1]
	Finish(t.env, id, func(s *pos.Sale, err error) {
		switch {
		case err == nil:
			sold(s)
		case pos.CodeOf(err) != pos.CodeNotFound: // else it was finished or taken back from the list
			t.env.Sound.Play(sound.Error)
			t.env.Kit.Toast(t.env.Words.Error(err), widgets.Warn)
			t.fresh()
		}
	})
	return true
}

// Finish stores a sale that was set aside for a manual payment.
func Finish(env *ui.Env, id pos.SaleID, done func(*pos.Sale, error)) {
	a := env.Actor
	approval.Run(env, func(ctx context.Context) (*pos.Sale, error) { return env.Till.FinishWaiting(ctx, a, id) }, func(s *pos.Sale, err error) {
		if err == nil {
			env.Display.Sold(s)
			env.Sound.Play(sound.Sold)
		}
		done(s, err)
	})
}
