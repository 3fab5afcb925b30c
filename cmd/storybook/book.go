package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/hidden"
	"kassa/pos/history"
	"kassa/pos/integration"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/print/pdf"
	"kassa/sms/sandbox"
	"kassa/storage/images"
	"kassa/storage/local"
	"kassa/storage/tables"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/login"
	"kassa/ui/shell"
	"kassa/ui/theme"
	"kassa/ui/uitest"
)

// story is one screen or dialog in one state.
type story struct {
	name  string
	from  state       // "": day
	shows string      // the screen that must be the last one shown
	wide  bool        // drawn at 1920×1080 too
	real  bool        // the shop is no demo
	play  func(*book) // presses what leads there
}

// book is an open story: the window over its own copy of a shop.
type book struct {
	*uitest.Window
	story    story
	dir      string
	store    *local.Store
	till     *till.Till
	demo     *till.DemoShop
	env      *ui.Env
	shell    *shell.Shell
	admin    *admin
	answer   func(confirm.Delivery) confirm.Result // of the message provider
	code     string                                // the newest one sent
	theirs   bool                                  // the provider makes the codes
	backup   error
	keeper   *keeper
	files    string             // a folder the story made; "" for none
	printers []pos.FoundPrinter // that the first run finds
	stall    *stall             // of a message that never arrives in the story
	set      pos.Settings
	mail     map[string]string // what is kept of the mail server
	back     behind            // what stands behind the till
	pay      paid              // manual payments there
	setUp    *setUp            // merchants and offers of manual payments
	gap      *history.Gap      // what is missing of the shop's history; nil for nothing
	seen     string            // the screen shown last
	facts    map[string]string
}

// open opens the window over a copy of the story's shop.
func (s *shelf) open(st story, size fyne.Size, lang string) (b *book, err error) {
	from := st.from
	if from == "" {
		from = day
	}
	if from == season && lang == "en" {
		from = seasonEnglish
	}
	b = &book{story: st, facts: map[string]string{}, set: settingsIn(lang), setUp: newSetUp()}
	b.set.Demo = !st.real
	if b.dir, err = s.lend(from); err != nil {
		return nil, err
	}
	b.demo = s.demo[from]
	if b.store, err = local.Open(context.Background(), local.Params{Dir: b.dir}); err != nil {
		return nil, err
	}
	b.Window = uitest.New(size, theme.New(theme.Light, 1))
	b.answer = arrives
	settings := func() pos.Settings { return b.set }
	// Ids count, so that every picture of a story is the same, and begin above
	// those of the shop it opens.
	behind := params(b.store, b.Clock, postest.IDsAfter(1<<32), b, settings)
	behind.Gap = func() *history.Gap { return b.gap }
	b.till = till.New(behind)
	w := words.New(lang, "RUB", "").In(time.UTC)
	b.admin = newAdmin(b)
	b.env = &ui.Env{Ctx: context.Background(), Kit: b.Kit, Till: b.till, Runner: b.Runner, Words: w, Tables: tables.Files{}, Documents: pdf.Files{}, Watch: b.watch}
	b.env.Pictures = ui.NewPictures(b.env, images.New(b.dir))
	b.shell = shell.New(shell.Params{Env: b.env, Settings: settings, Admin: b.admin, Demo: func() []login.DemoPIN { return b.pins(w) },
		Trains: func() bool { return b.set.SMSProvider == sandbox.ID },
		Care:   newKeeper(b), History: b.keeper, Health: &ward{b}, Payables: b.setUp, Apply: func() {}, Quit: func() {},
		Printers: func(context.Context) []pos.FoundPrinter { return b.printers }})
	b.Resize(size)
	return b, nil
}

// Close ends the window and forgets the shop.
func (b *book) Close() {
	if b.stall != nil {
		close(b.stall.release)
		b.stall.work.Wait()
	}
	b.Window.Close()
	if b.pay.store != nil {
		_ = b.pay.store.Close()
	}
	_ = b.store.Close()
	_ = os.RemoveAll(b.dir)
	if b.files != "" {
		_ = os.RemoveAll(b.files)
	}
}

// tell plays the story and checks that it led where it says.
func (b *book) tell() (err error) {
	size := b.Fyne.Canvas().Size()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v; %s was shown", p, b.seen)
		}
	}()
	b.story.play(b)
	b.Resize(size)
	if b.seen != b.story.shows {
		return fmt.Errorf("shows %q %v instead of %q", b.seen, b.facts, b.story.shows)
	}
	return nil
}

func (b *book) watch(screen string, facts map[string]string) { b.seen, b.facts = screen, facts }

// pins are PINs for the eye: the real ones are drawn by lot for every demo.
func (b *book) pins(w *words.Words) []login.DemoPIN {
	var list []login.DemoPIN
	for i, e := range b.demo.Employees {
		list = append(list, login.DemoPIN{Name: e.Name, Group: w.Value(e.Group), PIN: []string{"507316", "284095", "631948"}[i]})
	}
	return list
}

// Route is the provider of the storybook for every way.
func (b *book) Route(by integration.Way) confirm.Route {
	return confirm.Route{By: by, Provider: "smsru", Foreign: b.theirs}
}

// SendCode is the provider of the storybook: it does as the story says.
func (b *book) SendCode(_ context.Context, d confirm.Delivery) confirm.Result {
	b.code = d.Code
	return b.answer(d)
}

func arrives(d confirm.Delivery) confirm.Result {
	return confirm.Result{State: confirm.Sent, Channel: "sms", Provider: "smsru", MessageID: string(d.Challenge)}
}

// makes is a provider that makes the code.
func (b *book) makes(code string) *book {
	b.theirs = true
	b.answer = func(d confirm.Delivery) confirm.Result {
		r := arrives(d)
		r.Code = hidden.New(code)
		return r
	}
	return b
}

func fails(reason string) func(confirm.Delivery) confirm.Result {
	return func(confirm.Delivery) confirm.Result {
		return confirm.Result{State: confirm.SendFailed, Channel: "sms", Provider: "smsru", ReasonID: reason, ReasonArgs: pos.Args{"Provider": "SMS.RU"}}
	}
}

func unknown(confirm.Delivery) confirm.Result {
	return confirm.Result{State: confirm.SendUnknown, Channel: "sms", Provider: "smsru", ReasonID: "sms.err.no-answer", ReasonArgs: pos.Args{"Provider": "SMS.RU"}}
}

// stall is a runner that goes on while the provider has not answered yet.
type stall struct {
	arrived, release chan struct{}
	said             chan func()
	work             sync.WaitGroup
}

// stalled lets the next message hang at the provider until the book is closed.
func (b *book) stalled() *book {
	s := &stall{arrived: make(chan struct{}), release: make(chan struct{}), said: make(chan func())}
	b.stall, b.env.Runner = s, s
	b.answer = func(d confirm.Delivery) confirm.Result {
		s.arrived <- struct{}{}
		<-s.release
		return unknown(d)
	}
	return b
}

// Do implements task.Runner.
func (s *stall) Do(work, then func()) {
	done := make(chan struct{})
	s.work.Go(func() { work(); close(done) })
	for {
		select {
		case fn := <-s.said:
			fn()
			continue
		case <-done:
			then()
		case <-s.arrived:
		}
		return
	}
}

// Show implements task.Runner. What is said after the book is closed is heard by
// nobody.
func (s *stall) Show(fn func()) {
	select {
	case s.said <- fn:
	case <-s.release:
	}
}

// start shows the first screen.
func (b *book) start() *book {
	b.shell.Start()
	return b
}

// login starts the till and lets the first employee of a group in.
func (b *book) login(g pos.GroupID) *book {
	b.start()
	for _, e := range b.demo.Employees {
		if e.Group == g {
			return b.typed(e.PIN).press(keys.Enter)
		}
	}
	panic("nobody is in group " + string(g))
}

// senior lets the senior cashier in, who sells in most stories.
func (b *book) senior() *book { return b.login(pos.GroupSeniorCashier) }

func (b *book) owner() *book { return b.login(pos.GroupOwner) }

func (b *book) press(names ...keys.Key) *book {
	uitest.Press(b.Window, names...)
	return b
}

func (b *book) typed(text string) *book {
	uitest.Type(b.Window, text)
	return b
}

// times types n*code and adds it.
func (b *book) times(n string, product int) *book {
	return b.typed(n + "*" + b.demo.Products[product].Barcodes[0]).press(keys.Enter)
}

// scan scans demo products by their number in the file.
func (b *book) scan(products ...int) *book {
	for _, p := range products {
		uitest.Scan(b.Window, b.demo.Products[p].Barcodes[0])
	}
	return b
}

// buyer finds a demo customer by name and puts it on the cheque.
func (b *book) buyer(name string) *book {
	return b.press("F3").typed(name).press(keys.Enter)
}

// wait lets time pass, second by second as the window's own timers do.
func (b *book) wait(d time.Duration) *book {
	for range int(d / time.Second) {
		b.Clock.Advance(time.Second)
	}
	b.Keys.Touch()
	return b
}

// five rings up the cheque of the shop's usual picture: a pair, something
// weighed, a line removed, one with a discount, and a few of something.
func (b *book) five() *book {
	b.scan(0).press("+")
	b.times("0,845", 6)
	b.scan(5).press(keys.Del).typed("передумал").press(keys.Enter)
	b.scan(4).press("F8").typed("10").press(keys.Enter)
	return b.times("3", 24)
}
