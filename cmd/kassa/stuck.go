package main

import (
	"context"

	"fyne.io/fyne/v2"

	"kassa/assets/words"
	"kassa/cmd/internal/shop"
	"kassa/pos/hidden"
	"kassa/print/pdf"
	"kassa/storage/secret"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/rescue"
	"kassa/ui/shell"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// runStuck shows why the till cannot start, since nobody at a till reads a
// terminal, and helps where the data or its keys are what is missing.
func runStuck(ctx context.Context, o options, a fyne.App, win fyne.Window, opening shop.Options, why error) int {
	// Without a home there are no settings: the look a new shop begins with.
	a.Settings().SetTheme(theme.New(theme.Light, 1))
	kit := widgets.NewKit(win, keys.NewRouter(nil), task.SystemTimers{})
	runner := task.NewBackground()
	env := &ui.Env{Ctx: ctx, Kit: kit, Words: words.New("ru", "RUB", ""), Runner: runner, Documents: pdf.Files{}, Watch: watcher(o.watchFD)}
	h := &helper{opening: opening, demo: o.demo, why: why, quit: a.Quit}
	show := func() { shell.ShowStuck(env, env.Words.Error(why), a.Quit) }
	if p, ok := h.params(ctx); ok {
		p.Env, env.Words = env, h.shop.Words("")
		show = func() { rescue.Show(p) }
	}
	win.SetTitle(env.T("app.name", nil))
	a.Lifecycle().SetOnStarted(func() {
		if !o.full {
			takeAll(win)
		}
		show()
	})
	stop := context.AfterFunc(ctx, func() { fyne.Do(a.Quit) })
	defer stop()
	win.ShowAndRun()
	runner.Wait()
	h.close()
	if h.again {
		return exitAgain
	}
	return 1
}

// helper brings a shop back whose data or keys are gone.
type helper struct {
	opening shop.Options
	demo    bool
	why     error
	quit    func()
	shop    *shop.Shop // to look and to restore; nil once it was closed
	again   bool
}

// params tells what can be done; ok is false where nothing of it would help.
func (h *helper) params(ctx context.Context) (p rescue.Params, ok bool) {
	lost := secret.Lost(h.why)
	if !lost && !shop.Broken(h.why) {
		return p, false
	}
	o := h.opening
	o.Storeless, o.Keyless, o.Beside = !lost, lost, lost
	s, err := shop.Open(ctx, o)
	if err != nil {
		return p, false
	}
	h.shop = s
	p = rescue.Params{Why: h.why, Shop: s.Settings().Shop, Best: shop.FindRemains(s.Home).Best(),
		Keeper: &keeper{shop: s, restart: h.restart}, Anew: h.anew, Restart: h.restart, Quit: h.quit}
	if lost {
		p.Recover = h.recover
	}
	return p, true
}

func (h *helper) restart() {
	h.again = true
	h.quit()
}

func (h *helper) recover(ctx context.Context, code hidden.Text, pin string) (hidden.Text, error) {
	r, err := shop.Recover(ctx, h.opening, code, pin)
	return r.Next, err
}

func (h *helper) anew(ctx context.Context) error {
	h.close() // some systems move no file that is open
	o := h.opening
	o.Anew = true
	s, _, err := shop.Create(ctx, o, h.demo)
	if err != nil {
		return err
	}
	return s.Close()
}

func (h *helper) close() {
	if h.shop == nil {
		return
	}
	if err := h.shop.Close(); err != nil {
		h.shop.Log.Warn("the shop that was looked at was not closed in order", "error", err)
	}
}
