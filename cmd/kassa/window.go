package main

import (
	"cmp"
	"context"
	"log/slog"
	"os"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"kassa/assets"
	"kassa/cmd/internal/frugal"
	"kassa/cmd/internal/keytimes"
	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/manual"
	"kassa/print"
	"kassa/print/pdf"
	"kassa/sms/sandbox"
	"kassa/storage/tables"
	"kassa/ui"
	"kassa/ui/figures"
	"kassa/ui/firstrun"
	"kassa/ui/keys"
	"kassa/ui/login"
	"kassa/ui/shell"
	"kassa/ui/sound"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// appID names the program to the system: the window begins under it.
const appID = "example.kassa.till"

// usual is the size the window is made with, and goes back to from the whole screen.
var usual = fyne.NewSize(1366, 768)

// window is the running program: the shop in a window.
type window struct {
	ctx    context.Context
	app    fyne.App
	win    fyne.Window
	shop   *shop.Shop
	env    *ui.Env
	shell  *shell.Shell
	runner *task.Background
	log    *slog.Logger
	full   bool // it has the whole screen
	again  bool // the program begins anew once it ended
	heard  *keytimes.Keys

	exchanged atomic.Bool // the window is about to be told of the exchange

	display   fyne.Window // for customers; nil while there is none
	displayOn pos.Monitor
}

func newWindow(o options) (fyne.App, fyne.Window) {
	a := widgets.Still(app.NewWithID(appID))
	a.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon))
	w := a.NewWindow("Kassa")
	w.Resize(usual)
	w.SetMaster()
	w.SetFullScreen(o.full)
	if !o.full {
		askForAll()
	}
	return a, w
}

func runWindow(ctx context.Context, o options, a fyne.App, win fyne.Window, s *shop.Shop, log *slog.Logger) int {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	w := &window{full: o.full, ctx: ctx, app: a, win: win, shop: s, runner: task.NewBackground(), log: log}
	w.look()
	kit := widgets.NewKit(win, keys.NewRouter(nil), task.SystemTimers{})
	w.env = &ui.Env{Ctx: ctx, Kit: kit, Till: s.Till, Runner: w.runner, Words: s.Words(""), Training: w.training, Tables: tables.Files{}, Documents: pdf.Files{}, OpenFile: opener(a), Watch: watcher(o.watchFD)}
	w.env.Print = ui.NewPaper(w.env, s.Spool)
	w.env.Exchange = ui.NewExchange(s)
	w.env.Payments = s.Payments()
	w.env.Merchants = func(ctx context.Context) ([]manual.Merchant, error) {
		list, _, err := s.Till.MirroredMerchants(ctx)
		return list, err
	}
	w.env.Pictures = ui.NewPictures(w.env, s.Images)
	player := sound.NewSystem()
	w.env.Sound = sound.New(sound.Params{Settings: func() pos.FrontSettings { return s.Settings().Front }, Player: player, Log: log})
	care := &keeper{shop: s, restart: func() { w.again = true; a.Quit() }}
	sh := shell.New(shell.Params{
		Env: w.env, Settings: s.Settings, Admin: newAdmin(s), Demo: w.demoPINs, Trains: s.Trains, Loosened: s.Loosened, Notices: s.Notices,
		Care:      care,
		Check:     s,
		History:   care,
		Health:    s,
		Payables:  s.SetUp(),
		Attention: []figures.Source{w.troubles},
		Trouble:   s.Store.Trouble,
		Language:  firstrun.SystemLanguage(os.Getenv),
		Printers:  func(ctx context.Context) []pos.FoundPrinter { return print.Find(ctx, print.ThisComputer()) },
		Apply:     w.apply, Quit: w.quit, Entered: frugal.Settle,
	})
	w.shell = sh
	s.OnCopies = w.onCopies
	s.OnExchange = func(shop.ExchangeStatus) { w.onExchange() }
	s.OnMirror = func() { fyne.Do(w.env.Exchange.Mirrored) }
	s.KeepFigures(ctx)
	s.KeepCopies(ctx)
	s.KeepTrying(ctx)
	s.SweepImages(ctx)
	sh.Start()
	a.Lifecycle().SetOnStarted(w.started)
	stop := context.AfterFunc(ctx, func() { fyne.Do(sh.End) })
	deaf := hearFront(s.Home.Dir, log, w.forward)
	win.ShowAndRun()
	deaf()
	stop()
	cancel()
	w.stopHearing()
	sh.End() // where the loop ended before the till had begun to
	w.runner.Wait()
	w.env.Sound.Wait()
	if err := player.Close(); err != nil {
		log.Warn("the sounds' files stay behind", "error", err)
	}
	if w.again {
		return exitAgain
	}
	return 0
}

// quit ends the window's loop. At a signal the toolkit does that by itself, and
// perhaps has by now: quitting again would close windows that are gone.
func (w *window) quit() {
	if w.ctx.Err() == nil {
		w.app.Quit()
	}
}

// started is the first turn of the loop. A signal that came before it was heard by
// nobody but us.
func (w *window) started() {
	if !w.full {
		takeAll(w.win)
	}
	w.hearKeys()
	w.showDisplay()
	w.shop.KeepTelling(w.ctx)
	if w.ctx.Err() != nil {
		w.app.Quit()
	}
}

// look puts the shop's theme and scale on the window.
func (w *window) look() {
	set := w.shop.Settings()
	w.app.Settings().SetTheme(theme.New(theme.Mode(cmp.Or(set.Theme, string(theme.System))), float32(set.Scale)))
	w.win.SetTitle(w.shop.Words("").T("app.name", nil) + " · " + set.Shop)
}

// apply takes over changed settings.
func (w *window) apply() {
	w.look()
	w.env.Words = w.shop.Words("")
	w.showDisplay()
}

// training answers with the message that the sandbox kept under its id; false
// while another provider really sends.
func (w *window) training(id string) (string, bool) {
	if w.shop.Settings().SMSProvider != sandbox.ID {
		return "", false
	}
	messages := w.shop.Inbox.Messages()
	for i := len(messages) - 1; i >= 0; i-- {
		if messages[i].ID == id {
			return messages[i].Text, true
		}
	}
	return "", false
}

// onCopies tells of a copy that could not be made, until one could, which is no
// news.
func (w *window) onCopies(results []pos.CopyResult) {
	err := shop.CopyError(results)
	fyne.Do(func() {
		if err == nil {
			w.shell.TellCopies("")
			return
		}
		w.shell.TellCopies(w.env.T("shell.no-backup", nil) + " " + w.env.Words.Error(err))
	})
}

// onExchange tells the window that the exchange stands otherwise. It comes many
// times a second while much is sent; the window hears of the last.
func (w *window) onExchange() {
	if w.exchanged.Swap(true) {
		return // it is on its way to the window
	}
	fyne.Do(func() {
		w.exchanged.Store(false)
		w.env.Exchange.Changed()
	})
}

// troubles tells the owner's page of what must be put right.
func (w *window) troubles(ctx context.Context, a pos.Actor) ([]figures.Notice, error) {
	bad, err := w.shop.Troubles(ctx, a)
	words := w.shop.Words("")
	var list []figures.Notice
	for i := range bad {
		list = append(list, figures.Notice{ID: "attention.health", Tone: widgets.Bad,
			Args: pos.Args{"What": words.T("health."+bad[i].Name, nil), "How": bad[i].Say(words)}})
	}
	return list, err
}

func (w *window) demoPINs() []login.DemoPIN {
	staff, err := w.shop.Till.DemoEmployees(w.ctx)
	if err != nil {
		w.log.Warn("the demo's PINs cannot be shown", "error", err)
		return nil
	}
	pins := make([]login.DemoPIN, len(staff))
	for i, e := range staff {
		pins[i] = login.DemoPIN{Name: e.Name, Group: demoName(w.env.Words, e.Group), PIN: e.PIN}
	}
	return pins
}
