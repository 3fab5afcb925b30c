package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image/color"
	"os"
	"slices"
	"strconv"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"kassa/cmd/internal/frugal"
	"kassa/cmd/internal/shop"
	"kassa/storage/local"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/login"
	"kassa/ui/shell"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// What a started copy shows.
const (
	childEmpty  = "empty"  // an empty window
	childOpened = "opened" // an empty window, the database opened before it
	childTill   = "till"   // the till, wired as the program is
	childBoard  = "board"  // the till with the backend it carries, its board of manual payments
	childAlone  = "alone"  // no window: a shop whose queue nobody carries
	childBehind = "behind" // no window: a shop with the backend it carries
)

var windowSize = fyne.NewSize(1366, 768)

// runChild shows one window, measures it, tells on standard output and ends.
func runChild(kind string, args []string) {
	tell := json.NewEncoder(os.Stdout)
	var err error
	switch kind {
	case childEmpty:
		err = showEmpty(tell)
	case childOpened:
		var s *local.Store
		if s, err = local.Open(context.Background(), local.Params{Dir: args[0]}); err == nil {
			err = showEmpty(tell)
			s.Close()
		}
	case childTill:
		err = showTill(args[0], false, func(m *measured) error { return m.run(tell) })
	case childBoard:
		err = showTill(args[0], true, func(m *measured) error { return m.decide(tell) })
	case childAlone, childBehind:
		err = holdShop(tell, args[0], kind == childBehind)
	default:
		err = fmt.Errorf("no such window: %q", kind)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// probe is one dot of a window that tells when it was painted: what is
// refreshed in the same turn of the window's loop reaches the screen in the
// same frame. All but its channel belongs to the window's goroutine.
type probe struct {
	dot     *canvas.Raster
	armed   bool
	reports []report
	frames  chan painted
}

// report is what a screen told of itself when its widgets were changed.
type report struct {
	screen string
	facts  map[string]string
}

// painted is a frame that was handed to the screen, and what was reported for it.
type painted struct {
	at      time.Time
	reports []report
}

func newProbe() *probe {
	p := &probe{armed: true, frames: make(chan painted, 1024)}
	p.dot = canvas.NewRasterWithPixels(func(int, int, int, int) color.Color {
		if p.armed {
			p.armed = false
			reports := p.reports
			p.reports = nil
			// Queued behind the frame being drawn now: it runs when that frame
			// is done.
			go fyne.Do(func() { p.frames <- painted{time.Now(), reports} })
		}
		return color.Transparent
	})
	p.dot.Resize(fyne.NewSize(1, 1))
	return p
}

// over is the content with the dot in its corner.
func (p *probe) over(content fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(content, container.NewWithoutLayout(p.dot))
}

// arm makes the next frame tell.
func (p *probe) arm() {
	p.armed = true
	p.dot.Refresh()
}

// await is when the frame was painted that match accepts a report of.
func (p *probe) await(what string, match func(report) bool) (time.Time, error) {
	limit := time.After(30 * time.Second)
	for {
		select {
		case f := <-p.frames:
			if slices.ContainsFunc(f.reports, match) {
				return f.at, nil
			}
		case <-limit:
			return time.Time{}, fmt.Errorf("%s was not painted in 30 seconds", what)
		}
	}
}

// settle drops what was painted so far, once nothing more comes.
func (p *probe) settle() {
	for {
		select {
		case <-p.frames:
		case <-time.After(60 * time.Millisecond):
			return
		}
	}
}

// phase waits so that what follows is in no step with the frames; a person and
// a scanner are not either.
func phase(i int) { time.Sleep(time.Duration(i*7%17) * time.Millisecond) }

// redraws measures how long it takes from asking for a frame to its end, and how
// long the processors work for it: the toolkit draws every frame anew as a whole.
func (p *probe) redraws(n int, out *seen) error {
	const mark = "redraw"
	for i := range n {
		p.settle()
		phase(i)
		began, busy := time.Now(), processor()
		fyne.Do(func() { p.reports = append(p.reports, report{screen: mark}); p.arm() })
		at, err := p.await(mark, func(r report) bool { return r.screen == mark })
		if err != nil {
			return err
		}
		out.Redraw = append(out.Redraw, at.Sub(began).Nanoseconds())
		out.Work = append(out.Work, (processor() - busy).Nanoseconds())
	}
	return nil
}

func showEmpty(tell *json.Encoder) error {
	a := app.NewWithID("example.kassa.bench")
	w := a.NewWindow("Kassa")
	w.SetPadded(false)
	p := newProbe()
	w.SetContent(p.over(canvas.NewRectangle(color.White)))
	w.Resize(windowSize)
	w.SetMaster()
	failed := make(chan error, 1)
	go func() {
		failed <- tellEmpty(p, tell)
		fyne.Do(a.Quit)
	}()
	w.ShowAndRun()
	return <-failed
}

func tellEmpty(p *probe, tell *json.Encoder) error {
	<-p.frames
	if err := tell.Encode(seen{First: memory()}); err != nil {
		return err
	}
	out := seen{After: memory()}
	if err := p.redraws(windowRedraws, &out); err != nil {
		return err
	}
	return tell.Encode(out)
}

// measured is the till in a window under measurement.
type measured struct {
	*probe
	ctx   context.Context
	shop  *shop.Shop
	env   *ui.Env
	win   fyne.Window
	keys  chan func() // arrived, not yet taken by the window
	codes []string
}

// showTill shows the till, with the backend it carries or without, and lets do work
// at it.
func showTill(home string, behind bool, do func(m *measured) error) error {
	frugal.Begin() // as the till itself does
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	m := &measured{ctx: ctx, probe: newProbe(), keys: make(chan func(), 64)}
	var s *shop.Shop
	var err error
	opened := make(chan struct{})
	go func() {
		defer close(opened)
		if s, err = shop.OpenOrCreate(ctx, shop.Options{Home: home}, false); err == nil {
			s.Words("")
		}
	}()
	a := widgets.Still(app.NewWithID("example.kassa.bench"))
	m.win = a.NewWindow("Kassa")
	m.win.Resize(windowSize)
	m.win.SetMaster()
	if <-opened; err != nil {
		return err
	}
	defer s.Close()
	if m.codes, err = codes(ctx, s); err != nil {
		return err
	}
	set := s.Settings()
	a.Settings().SetTheme(theme.New(theme.Mode(cmp.Or(set.Theme, string(theme.System))), float32(set.Scale)))
	kit := widgets.NewKit(m.win, keys.NewRouter(nil), task.SystemTimers{})
	runner := task.NewBackground()
	env := &ui.Env{Ctx: ctx, Kit: kit, Till: s.Till, Runner: runner, Words: s.Words(""), Watch: m.watch}
	if m.shop, m.env = s, env; behind {
		m.behind()
	}
	sh := shell.New(shell.Params{Env: env, Settings: s.Settings, Apply: func() {}, Quit: a.Quit, Entered: frugal.Settle,
		Demo: func() []login.DemoPIN {
			staff, err := s.Till.DemoEmployees(ctx)
			pins := make([]login.DemoPIN, len(staff))
			for i, e := range staff {
				pins[i] = login.DemoPIN{Name: e.Name, Group: env.Words.Value(e.Group), PIN: e.PIN}
			}
			if err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
			return pins
		}})
	m.win.SetContent(m.over(m.win.Content()))
	sh.Start()
	m.takeKeys()
	failed := make(chan error, 1)
	go func() {
		failed <- do(m)
		fyne.Do(a.Quit)
	}()
	m.win.ShowAndRun()
	cancel()
	runner.Wait()
	return <-failed
}

// codes are barcodes of goods that a scan alone rings up.
func codes(ctx context.Context, s *shop.Shop) ([]string, error) {
	goods, err := s.Till.SearchProducts(ctx, "46000", 20)
	var out []string
	for _, g := range goods {
		if !g.Flags.AskPrice && !g.Flags.Weighed {
			out = append(out, g.Barcodes[0])
		}
	}
	if err == nil && len(out) < 2 {
		err = errors.New("the demo shop has too few goods to scan")
	}
	return out, err
}

// watch hears what is shown, in the very turn in which the widgets were
// changed.
func (m *measured) watch(screen string, facts map[string]string) {
	m.reports = append(m.reports, report{screen, facts})
	m.arm()
}

// takeKeys takes what arrived once a frame, where the window's loop takes the
// real keyboard's events.
func (m *measured) takeKeys() {
	fyne.NewAnimation(time.Hour, func(float32) {
		for {
			select {
			case press := <-m.keys:
				press()
			default:
				return
			}
		}
	}).Start()
}

// enter types a text at once and ends it with Enter, as a scanner does.
func (m *measured) enter(text string) {
	m.keys <- func() {
		for _, r := range text {
			m.strike(fyne.KeyName(string(r)), r)
		}
		m.strike(fyne.KeyReturn, 0)
	}
}

// strike does what the window's driver does with one key.
func (m *measured) strike(name fyne.KeyName, r rune) {
	ev, focus := &fyne.KeyEvent{Name: name}, m.win.Canvas().Focused()
	if focus == nil {
		return // what is awaited will not come, and says so
	}
	if k, ok := focus.(desktop.Keyable); ok {
		k.KeyDown(ev)
		defer k.KeyUp(ev)
	}
	focus.TypedKey(ev)
	if r != 0 {
		focus.TypedRune(r)
	}
}

// run waits for the first screen, logs in, scans and tells.
func (m *measured) run(tell *json.Encoder) error {
	if _, err := m.await("the login screen", func(r report) bool { return r.screen == "login" }); err != nil {
		return err
	}
	if err := tell.Encode(seen{First: memory()}); err != nil {
		return err
	}
	m.settle()
	// A PIN takes no scanner's burst; the demo's people have a key each.
	m.keys <- func() { m.strike(fyne.KeyF1, 0) }
	if _, err := m.await("the sale screen", func(r report) bool { return r.screen == "sale" && r.facts["shift"] == "open" }); err != nil {
		return err
	}
	var out seen
	for i := range windowScans {
		busy := processor()
		took, err := m.scan(i)
		if err != nil {
			return err
		}
		out.Scans = append(out.Scans, took.Nanoseconds())
		out.ScanWork = append(out.ScanWork, (processor() - busy).Nanoseconds())
	}
	out.After = memory()
	if err := m.redraws(windowRedraws, &out); err != nil {
		return err
	}
	return tell.Encode(out)
}

// scan rings up the next goods and waits until their line is painted.
func (m *measured) scan(i int) (time.Duration, error) {
	m.settle()
	phase(i)
	lines := strconv.Itoa(i%windowScans + 1)
	began := time.Now()
	m.enter(m.codes[i%len(m.codes)])
	at, err := m.await("the scanned line", func(r report) bool { return r.screen == "sale" && r.facts["lines"] == lines })
	return at.Sub(began), err
}

// processor is how long the processors have worked for this process so far, those
// that fill the pixels of a window drawn in software included.
func processor() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// memory is what of this process is in memory now, in bytes.
func memory() int64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	var all, resident int64
	if _, err := fmt.Sscan(string(text), &all, &resident); err != nil {
		return 0
	}
	return resident * int64(os.Getpagesize())
}
