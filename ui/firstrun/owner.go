package firstrun

import (
	"context"
	"strings"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// ownerStep asks for the owner: the first employee, who makes all others.
type ownerStep struct {
	w                *Wizard
	name, pin, again *widgets.Entry
	create           *widgets.Button
	news             *widgets.Banner // why not
	dialog           *widgets.Dialog
}

func (w *Wizard) askOwner() {
	if w.over {
		return
	}
	k, t := w.Env.Kit, w.Env.T
	s := &ownerStep{w: w, news: widgets.NewBanner("", widgets.Bad)}
	s.name = k.Entry(widgets.TextEntry, t("login.owner.name", nil))
	s.name.MaxLength = pos.MaxNameRunes
	s.pin = k.Entry(widgets.PINEntry, t("login.owner.pin", nil))
	s.again = k.Entry(widgets.PINEntry, t("login.owner.again", nil))
	s.pin.MaxLength, s.again.MaxLength = pos.PINMaxDigits, pos.PINMaxDigits
	s.name.OnSubmitted = func(string) { s.pin.Focus() }
	s.pin.OnSubmitted = func(string) { s.again.Focus() }
	s.again.OnSubmitted = func(string) { s.onCreate() }
	s.create = k.KeyButton(t("firstrun.next", nil), widgets.Primary, keys.Enter, s.onCreate)
	footer := foot(k.KeyButton(t("firstrun.back", nil), widgets.Secondary, keys.Esc, s.onBack), s.create)
	why := t("login.owner.why", nil)
	if w.Restored {
		footer = foot(s.create)
		why = t("firstrun.owner.restored", pos.Args{"Shop": w.Settings().Shop})
	}
	s.dialog = k.Dialog(widgets.DialogSpec{Name: "firstrun", Title: t("login.owner.title", nil), Subtitle: why,
		Aside: w.aside(ownerCounted), Width: widgets.Narrow, OnEsc: s.onBack, NoEsc: w.Restored,
		Body: widgets.VBox(theme.GapInside,
			widgets.Field(t("login.owner.name-label", nil), s.name),
			widgets.Field(t("login.owner.pin-label", pos.Args{"Min": pos.PINMinDigits}), s.pin),
			widgets.Field(t("login.owner.again-label", nil), s.again),
			s.news),
		Footer: footer})
	s.dialog.Show(s.name.Focusable(), nil)
	w.Env.Shown("firstrun")
}

func (s *ownerStep) onBack() {
	s.dialog.Close()
	s.w.askShop(nameOfShop)
}

func (s *ownerStep) onCreate() {
	if s.create.Disabled() {
		return
	}
	w, name, pin := s.w, strings.TrimSpace(s.name.Text()), s.pin.Text()
	s.news.Set("", widgets.Bad)
	s.dialog.Refresh()
	if field, err := owner(name, pin, s.again.Text()); err != nil {
		s.refuse([]*widgets.Entry{s.name, s.pin, s.again}[field], err)
		return
	}
	s.create.Disable()
	task.Run(w.Env.Ctx, w.Env.Runner,
		func(ctx context.Context) (pos.Actor, error) { return w.Env.Till.CreateOwner(ctx, name, pin) },
		func(a pos.Actor, err error) {
			s.create.Enable()
			if err != nil {
				s.refuse(s.name, err)
				return
			}
			s.dialog.Close()
			w.onOwner(a)
		})
}

func (s *ownerStep) refuse(at *widgets.Entry, err error) {
	s.news.Set(s.w.Env.Words.Error(err), widgets.Bad)
	s.dialog.Refresh()
	if at != s.name { // nobody sees what is wrong behind the dots
		s.pin.Clear()
		s.again.Clear()
		at = s.pin
	}
	at.Focus()
	s.w.Env.Shown("firstrun", "error", string(pos.CodeOf(err)))
}
