package firstrun

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/rescue"
	"kassa/ui/task"
	"kassa/ui/widgets"
)

// Params are what the first run stands on.
type Params struct {
	Env      *ui.Env
	Settings func() pos.Settings
	// Restored is a shop that came from a copy without its keys: it has its name, its
	// goods and its people, and only nobody's PIN. Nothing but the owner is asked.
	Restored bool
	// Language is that of the system, "" where it is none of ours: the first step opens
	// in it, so that somebody who reads no Russian finds his own.
	Language string
	// Keep saves settings and puts them in force.
	Keep func(ctx context.Context, a pos.Actor, set pos.Settings) error
	// Spoke says that the words of Env are others now; what stands around the steps
	// is said anew.
	Spoke func()
	// Kept says that settings were saved.
	Kept func()
	// Printers looks what printers there are; nil finds none.
	Printers func(ctx context.Context) []pos.FoundPrinter
	// Import brings goods in from a file; closed is called when its window has gone.
	Import func(closed func())
	// Done gets the owner, once.
	Done func(pos.Actor)
}

// Wizard is the first run: an empty screen with one step after the other over it.
type Wizard struct {
	Params
	ground fyne.CanvasObject
	scope  *keys.Scope
	shop   shop
	actor  pos.Actor
	over   bool // another screen has taken its place
}

// New makes the first run; Activate begins it.
func New(p Params) *Wizard {
	return &Wizard{Params: p, ground: container.NewStack(), shop: beginWith(p.Settings())}
}

// Content is what the window shows.
func (w *Wizard) Content() fyne.CanvasObject { return w.ground }

// Activate shows the first step.
func (w *Wizard) Activate() {
	w.scope = w.Env.Kit.Keys.Push("firstrun")
	if w.Restored {
		w.askOwner()
		return
	}
	if w.Language != "" && w.Language != w.shop.language {
		w.shop.language = w.Language
		w.speak()
	}
	w.askShop(nameOfShop)
}

// Deactivate ends it, wherever it stands.
func (w *Wizard) Deactivate() {
	w.over = true
	w.scope.Pop()
}

// say speaks a language that need not be that of the screen yet.
func (w *Wizard) say(id string, args pos.Args) string {
	set := w.Settings()
	set.Currency, set.CurrencySymbol = w.shop.currency, ""
	return w.Env.WordsFor(w.shop.language, &set).T(id, args)
}

// speak changes the words of the screen to what the shop chose.
func (w *Wizard) speak() {
	set := w.Settings()
	set.Currency = w.shop.currency
	w.Env.Words = w.Env.WordsFor(w.shop.language, &set)
	w.Spoke()
}

// The steps that are counted. The recovery code and the trial slip belong to the step
// before them.
const (
	shopCounted = iota
	ownerCounted
	printerCounted
	goodsCounted
)

// aside tells which of the steps is shown. They are counted without a hole: where
// nothing can print there is no step of the printer, and a shop that was restored has
// one thing to do.
func (w *Wizard) aside(step int) string {
	if w.Restored {
		return ""
	}
	n, all := step+1, goodsCounted+1
	if w.Env.Print.Printer() == nil {
		all--
		if step > printerCounted {
			n--
		}
	}
	return w.Env.T("firstrun.step", pos.Args{"N": n, "All": all})
}

// foot are the buttons under a step.
func foot(buttons ...fyne.CanvasObject) fyne.CanvasObject {
	for _, b := range buttons {
		if b, ok := b.(*widgets.Button); ok {
			b.Height = widgets.Large
		}
	}
	return widgets.MainFirst(12, buttons...)
}

// onOwner keeps what the first step decided, gives the owner the recovery code, and
// goes on. Where either fails the till goes on all the same: the settings can be
// decided later, and Health reminds of the code.
func (w *Wizard) onOwner(a pos.Actor) {
	w.actor, w.Env.Actor = a, a
	if w.Restored { // its settings came with it
		w.giveCode(w.Settings().Shop)
		return
	}
	set := w.shop.settings(w.Settings(), w.say)
	w.keep(set, func() { w.giveCode(set.Shop) })
}

func (w *Wizard) giveCode(shop string) {
	a := w.actor
	task.Run(w.Env.Ctx, w.Env.Runner,
		func(ctx context.Context) (hidden.Text, error) { return w.Env.Till.NewRecovery(ctx, a) },
		func(code hidden.Text, err error) {
			if err != nil {
				w.Env.Kit.Toast(w.Env.Words.Error(err), widgets.Bad)
				w.onCode()
				return
			}
			rescue.ShowCode(w.Env, shop, code, w.onCode)
		})
}

// onCode goes on once the owner has the recovery code.
func (w *Wizard) onCode() {
	if w.Restored {
		w.finish()
		return
	}
	w.askPrinter()
}

// keep saves settings in the background; then comes whatever became of it.
func (w *Wizard) keep(set pos.Settings, then func()) {
	a := w.actor
	task.Run(w.Env.Ctx, w.Env.Runner,
		func(ctx context.Context) (struct{}, error) { return struct{}{}, w.Keep(ctx, a, set) },
		func(_ struct{}, err error) {
			if w.over {
				return
			}
			if err != nil {
				w.Env.Kit.Toast(w.Env.Words.Error(err), widgets.Bad)
			} else {
				w.Kept()
			}
			then()
		})
}

// finish hands the till over to its owner.
func (w *Wizard) finish() {
	if !w.over {
		w.Done(w.actor)
	}
}
