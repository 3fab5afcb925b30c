package care

import (
	"context"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// restore asks which copy shall become the data, shows what it holds, and does
// it for whoever holds the right and types the PIN.
type restore struct {
	env    *ui.Env
	keeper Keeper
	who    pos.Actor // whose PIN was typed
	plan   *till.RestorePlan
	busy   bool
	done   bool
	dialog *widgets.Dialog
	news   *widgets.Banner
	facts  *fyne.Container
	form   *fyne.Container
	path   *widgets.Entry
	key    *widgets.Entry
	pin    *widgets.Entry
	yes    *widgets.Button // checks, and begins the till anew at the end
	do     *widgets.Button // restores: never under the key that checked
	back   *widgets.Button
}

// Rescue is the restore of a till that cannot start: nobody's PIN can be asked
// there, and whoever may use its folder may do it.
func Rescue(env *ui.Env, k Keeper, path string, closed func()) {
	DefineKeys(env.Kit.Keys)
	askRestore(env, k, path, closed)
}

// askRestore opens the dialog; closed is called when it has gone with nothing
// changed.
func askRestore(env *ui.Env, k Keeper, path string, closed func()) {
	kit, t := env.Kit, env.T
	r := &restore{env: env, keeper: k, news: widgets.NewBanner(t("restore.first", nil), widgets.Info), facts: widgets.VBox(theme.GapSmall)}
	r.path = kit.Entry(widgets.TextEntry, t("restore.path", nil))
	r.path.SetText(path)
	r.key = kit.Entry(widgets.SecretEntry, t("restore.key.hint", nil))
	r.pin = kit.Entry(widgets.PINEntry, "")
	r.pin.MaxLength = pos.PINMaxDigits
	for _, e := range []*widgets.Entry{r.path, r.key} {
		e.OnChanged = func(string) { r.forget() }
	}
	next := func(string) { r.onYes() }
	r.path.OnSubmitted, r.key.OnSubmitted, r.pin.OnSubmitted = next, next, next
	locks := []fyne.CanvasObject{widgets.Field(t("restore.key", nil), r.key)}
	if env.Till != nil {
		locks = append(locks, widgets.Field(t("restore.pin", nil), r.pin))
	}
	r.form = widgets.VBox(theme.GapCards, widgets.Field(t("restore.path", nil), r.path), widgets.Equal(theme.GapInside, locks...))
	r.yes = kit.KeyButton(t("restore.look", nil), widgets.Primary, keys.Enter, r.onYes)
	r.do = kit.ActionButton(t("restore.do", nil), widgets.DangerKind, actPlace)
	r.do.Hide()
	r.back = kit.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, r.onEsc)
	r.yes.Height, r.do.Height, r.back.Height = widgets.Large, widgets.Large, widgets.Large
	r.dialog = kit.Dialog(widgets.DialogSpec{Name: "backup.restore", Title: t("restore.title", nil), Width: widgets.Middle,
		Body:   widgets.VBox(theme.GapCards, r.form, r.news, r.facts),
		Footer: widgets.Footer(theme.GapCards, r.back, r.do, r.yes), OnEsc: r.onEsc})
	r.dialog.OnClosed = func() {
		k.Drop()
		closed()
	}
	first := r.pin
	switch {
	case path == "":
		first = r.path
	case env.Till == nil:
		first = r.key
	}
	r.dialog.Show(first.Focusable(), func(s *keys.Scope) { s.Bind(actPlace, r.place) })
	r.tell("")
}

// onEsc leaves with nothing changed; after the copy was placed there is no way
// back.
func (r *restore) onEsc() {
	if r.busy {
		return
	}
	if r.done {
		r.keeper.Restart()
		return
	}
	r.dialog.Close()
}

// forget drops what is known of the copy: another one was named.
func (r *restore) forget() {
	if r.plan == nil {
		return
	}
	r.plan = nil
	r.facts.Objects = nil
	r.offer(false)
	r.news.Set(r.env.T("restore.first", nil), widgets.Info)
	r.dialog.Refresh()
}

// offer puts the button that restores in the place of the one that checks, or
// takes it away again.
func (r *restore) offer(on bool) {
	if on {
		r.yes.Hide()
		r.do.Show()
	} else {
		r.do.Hide()
		r.yes.Show()
	}
}

// onYes checks the copy, or begins the till anew once it was placed. A copy that
// was checked waits for its own key: a second Enter out of habit must not throw
// sales away.
func (r *restore) onYes() {
	switch {
	case r.busy:
	case r.done:
		r.keeper.Restart()
	case r.plan == nil:
		r.look()
	}
}

// look checks the PIN and then the copy.
func (r *restore) look() {
	path, key, pin := r.path.Text(), hidden.New(r.key.Text()), r.pin.Text()
	if path == "" || pin == "" && r.env.Till != nil {
		r.refuse(pos.E(pos.CodeInvalid, "restore.fill", nil))
		return
	}
	r.work("restore.looking")
	r.pin.Clear()
	type found struct {
		who  pos.Actor
		plan *till.RestorePlan
	}
	task.Run(r.env.Ctx, r.env.Runner, func(ctx context.Context) (f found, err error) {
		if f.who, err = r.allowed(ctx, pin); err != nil {
			return f, err
		}
		f.plan, err = r.keeper.Plan(ctx, f.who, path, key)
		return f, err
	}, func(f found, err error) {
		r.busy = false
		if !r.dialog.Shown() {
			r.keeper.Drop()
			return
		}
		if err != nil {
			r.refuse(err)
			if r.env.Till != nil {
				r.pin.Focus()
			}
			return
		}
		r.who, r.plan = f.who, f.plan
		r.show()
	})
}

// allowed is who restores: whoever has the PIN, and the system where there is no
// till to ask.
func (r *restore) allowed(ctx context.Context, pin string) (pos.Actor, error) {
	if r.env.Till == nil {
		return till.System(), nil
	}
	return r.env.Till.Login(ctx, pin)
}

// show tells what the copy holds and what would be lost.
func (r *restore) show() {
	p, t := r.plan, r.env.T
	say := func(text string, style widgets.Style) { r.facts.Add(widgets.NewParagraph(text, style)) }
	r.facts.Objects = nil
	say(t("restore.holds", pos.Args{"Shop": p.Holds.Shop, "Till": p.Holds.Till, "Count": p.Holds.Sales}), widgets.Strong)
	if p.Holds.LastSale > 0 {
		say(t("restore.last", pos.Args{"Number": p.Holds.LastSale, "At": p.Holds.LastSaleAt}), widgets.Body)
	}
	tone, text := widgets.Info, t("restore.nothing-lost", nil)
	if p.Now == nil && r.env.Till == nil {
		text = t("restore.nothing-here", nil)
	}
	if p.Lost.Count > 0 {
		tone, text = widgets.Warn, t("restore.lost", pos.Args{"Count": p.Lost.Count, "Sum": p.Lost.Sum})
	}
	if p.Foreign {
		tone, text = widgets.Bad, t("restore.foreign", nil)
	}
	if n := len(p.Problems); n > 0 {
		tone, text = widgets.Bad, t("restore.faulty", pos.Args{"Count": n})
		for _, one := range p.Problems[:min(n, 5)] {
			say(one.Invariant+" · "+t(one.ID, one.Args), widgets.SmallMuted)
		}
	}
	if p.LostPINs {
		say(t("restore.pins", nil), widgets.Body)
	}
	if p.Keys != "" {
		say(t("restore.keys-"+string(p.Keys), nil), widgets.Body)
	}
	if p.SealsUnread {
		say(t("restore.seals", nil), widgets.Body)
	}
	say(t("restore.aside", nil), widgets.SmallMuted)
	r.news.Set(text, tone)
	r.offer(true)
	r.do.SetEnabled(len(p.Problems) == 0)
	r.yes.Enable() // for when another copy is named
	r.env.Kit.Focus(r.back)
	r.dialog.Refresh()
	r.tell("")
}

// place makes the copy the next data; the till begins anew with it.
func (r *restore) place() {
	if r.busy || r.done || r.plan == nil || len(r.plan.Problems) > 0 {
		return
	}
	r.work("restore.placing")
	who := r.who
	task.Run(r.env.Ctx, r.env.Runner, func(ctx context.Context) (string, error) { return r.keeper.Place(ctx, who) },
		func(aside string, err error) {
			r.busy = false
			if err != nil {
				r.do.Enable()
				r.refuse(err)
				return
			}
			r.done = true
			r.yes.Enable()
			r.offer(false)
			r.back.Hide()
			r.facts.Objects, r.form.Objects = nil, nil
			r.news.Set(r.env.T("restore.done", pos.Args{"Dir": aside}), widgets.Good)
			r.yes.SetLabel(r.env.T("restore.restart", nil))
			r.env.Kit.Focus(r.yes)
			r.dialog.Refresh()
			r.tell("")
		})
}

func (r *restore) work(id string) {
	r.busy = true
	r.yes.Disable()
	r.do.Disable()
	r.news.Set(r.env.T(id, nil), widgets.Info)
	r.dialog.Refresh()
}

func (r *restore) refuse(err error) {
	r.yes.Enable()
	r.news.Set(r.env.Words.Error(err), widgets.Bad)
	r.dialog.Refresh()
	r.tell(string(pos.CodeOf(err)))
}

func (r *restore) tell(fault string) {
	step := "ask"
	switch {
	case r.done:
		step = "done"
	case r.plan != nil:
		step = "planned"
	}
	r.env.Shown("backup.restore", "step", step, "error", fault)
}
