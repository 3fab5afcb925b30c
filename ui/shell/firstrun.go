package shell

import (
	"context"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/firstrun"
	"kassa/ui/goods"
	"kassa/ui/settings"
)

// firstRun asks a new shop what it must know.
func (s *Shell) firstRun() *firstrun.Wizard {
	s.setBar(pos.Actor{}, nil)
	s.bar.shift.SetText("") // nobody locked it
	return firstrun.New(firstrun.Params{
		Env: s.Env, Settings: s.Settings, Keep: s.keepSettings, Spoke: s.sayAnew,
		Kept:     func() { s.Apply(); s.sayAnew() },
		Printers: s.Printers,
		Import:   func(closed func()) { goods.Import(s.Env, goods.KindProducts, closed) },
		Done:     s.onLogin,
	})
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
