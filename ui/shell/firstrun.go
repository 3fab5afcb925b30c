package shell

import (
	"context"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/firstrun"
	"kassa/ui/goods"
	"kassa/ui/keys"
	"kassa/ui/settings"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// firstRun asks a new shop what it must know, and a restored one that lost its keys
// for its owner alone.
func (s *Shell) firstRun(restored bool) *firstrun.Wizard {
	s.setBar(pos.Actor{}, nil)
	s.bar.shift.SetText("") // nobody locked it
	return firstrun.New(firstrun.Params{
		Env: s.Env, Restored: restored, Language: s.Language, Settings: s.Settings, Keep: s.keepSettings, Spoke: s.onSpoke,
		Kept:     func() { s.Apply(); s.sayAnew() },
		Printers: s.Printers,
		Import:   func(closed func()) { goods.Import(s.Env, goods.KindProducts, closed) },
		Done:     s.onLogin,
	})
}

// onSpoke says everything anew in a language just chosen, the window's title too: no
// settings are kept yet from which it would follow.
func (s *Shell) onSpoke() {
	s.sayAnew()
	s.Env.Kit.Window.SetTitle(s.Env.T("app.name", nil))
}

// sayAnew builds what stands around the screen in the words that hold now.
func (s *Shell) sayAnew() {
	shown := s.shown
	s.build()
	s.setBar(s.Env.Actor, nil)
	if shown != nil {
		s.holder.Objects = []fyne.CanvasObject{shown.Content()}
		s.holder.Refresh()
	}
}

// keepSettings saves the settings of the shop, and nothing of its providers.
func (s *Shell) keepSettings(ctx context.Context, a pos.Actor, set pos.Settings) error {
	return s.Admin.Save(ctx, a, settings.Draft{Settings: set})
}

// goNext goes where a point of the card «что дальше» leads.
func (s *Shell) goNext(to string) {
	page := func(tab settings.Tab) func() {
		return func() { settings.Open(s.Env, s.Admin, string(tab), s.onSettings) }
	}
	for id, at := range map[string]struct {
		right pos.Right
		open  func()
	}{
		"goods":   {pos.RightProducts, func() { s.open("goods") }},
		"printer": {pos.RightSettings, page(settings.TabPrinter)},
		"staff":   {pos.RightEmployees, func() { s.open("people") }},
		"codes":   {pos.RightSettings, page(settings.TabIntegrations)},
		"copy":    {pos.RightSettings, page(settings.TabCopies)},
		"starter": {pos.RightProducts, s.askDropStarter},
		"away":    {pos.RightSettings, s.putNextAway},
	} {
		if id == to {
			s.choose(place{right: at.right}, at.open, s.sayRefusal)
		}
	}
}

// askDropStarter asks before the goods to begin with go: the key stands beside others
// that only lead somewhere.
func (s *Shell) askDropStarter() {
	k, t := s.Env.Kit, s.Env.T
	var d *widgets.Dialog
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { d.Close() })
	drop := func() {
		if d.Shown() {
			d.Close()
			s.dropStarter()
		}
	}
	do := k.KeyButton(t("next.drop.do", nil), widgets.DangerKind, keys.Del, drop)
	back.Height, do.Height = widgets.Large, widgets.Large
	d = k.Dialog(widgets.DialogSpec{Name: "next.drop", Title: t("next.starter", nil), Width: widgets.Narrow,
		Body:   widgets.NewParagraph(t("next.drop.text", nil), widgets.Body),
		Footer: widgets.Footer(theme.GapCards, back, do)})
	d.Show(back, func(sc *keys.Scope) { sc.BindKey(keys.Del, drop) })
	s.Env.Shown("next.drop")
}

// dropStarter takes the goods to begin with away, together.
func (s *Shell) dropStarter() {
	a := s.Env.Actor
	task.Run(s.Env.Ctx, s.Env.Runner, func(ctx context.Context) ([2]int, error) {
		dropped, stayed, err := s.Env.Till.DropStarter(ctx, a)
		return [2]int{dropped, stayed}, err
	}, func(n [2]int, err error) {
		if err != nil {
			s.sayRefusal(err)
			return
		}
		s.Env.Kit.Toast(s.Env.T("next.dropped", pos.Args{"Count": n[0], "Stayed": n[1]}), widgets.Good)
		s.refresh()
	})
}

// putNextAway takes the card off the screen for good; the settings bring it back.
func (s *Shell) putNextAway() {
	a, set := s.Env.Actor, s.Settings()
	set.NextSteps = false
	task.Run(s.Env.Ctx, s.Env.Runner,
		func(ctx context.Context) (struct{}, error) { return struct{}{}, s.keepSettings(ctx, a, set) },
		func(_ struct{}, err error) {
			if err != nil {
				s.sayRefusal(err)
				return
			}
			s.Env.Kit.Toast(s.Env.T("next.told", nil), widgets.Info)
			s.refresh()
		})
}
