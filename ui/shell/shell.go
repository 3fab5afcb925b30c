// Package shell is the frame around the screens: who is logged in, what is
// shown, the menu, the keys overlay, the lock and the orderly end.
package shell

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/care"
	"kassa/ui/certificates"
	"kassa/ui/customer"
	"kassa/ui/drawer"
	"kassa/ui/figures"
	"kassa/ui/goods"
	"kassa/ui/health"
	"kassa/ui/keymap"
	"kassa/ui/labels"
	"kassa/ui/login"
	"kassa/ui/next"
	"kassa/ui/offers"
	"kassa/ui/orders"
	"kassa/ui/payables"
	"kassa/ui/people"
	"kassa/ui/points"
	"kassa/ui/prints"
	"kassa/ui/queue"
	"kassa/ui/receipts"
	"kassa/ui/returns"
	"kassa/ui/sale"
	"kassa/ui/settings"
	"kassa/ui/sound"
	"kassa/ui/stock"
	"kassa/ui/task"
	"kassa/ui/waiting"
	"kassa/ui/widgets"
)

// Params are what the shell stands on beside the screens' own Env.
type Params struct {
	Env      *ui.Env
	Settings func() pos.Settings
	Admin    settings.Admin
	Demo     func() []login.DemoPIN // PINs to show; none outside a demo shop
	Trains   func() bool            // whether messages reach nobody now; nil: they do
	Loosened func() []error         // what the environment switches off; nil: nothing
	Notices  func() []error         // what the lock screen tells of the settings, that included; nil: nothing
	// Care looks after the data: copies and restoring.
	Care care.Keeper
	// Check checks all that is kept here; nil: the till checks its own.
	Check care.Checker
	// History tells whether the data lacks something; nil: it does not.
	History care.Historian
	// Health looks at what the till stands on.
	Health health.Doctor
	// Payables is where manual payments are set up.
	Payables payables.Backend
	// Apply takes over changed settings that concern the window: theme, scale,
	// language. It may replace Env.Words.
	Apply func()
	// Language is that of the system, in which a first run opens; "" for none of ours.
	Language string
	// Printers looks what printers there are; nil finds none.
	Printers func(ctx context.Context) []pos.FoundPrinter
	// Quit ends the program after the till was ended in order.
	Quit func()
	// Attention tells the owner's page what needs looking at; it may be empty.
	Attention []figures.Source
	// Trouble is why nothing can be stored now, nil while all is well; it answers
	// at once and is asked each second. It may be nil.
	Trouble func() error
	// Entered hears that somebody logged in and sees the sale screen; it may be
	// nil.
	Entered func()
}

// screen is what can fill the window.
type screen interface {
	Content() fyne.CanvasObject
	Activate()
	Deactivate()
}

// Shell is the window.
type Shell struct {
	Params
	bar     *bar
	shown   screen
	sale    *sale.Screen // nil while nobody is logged in
	returns *returns.Screen
	start   *till.Start
	frame   *fyne.Container // the bar over the holder
	holder  *fyne.Container
	closing bool
	leaving bool        // whether to leave an open cheque is being asked
	counted drawer.Kept // what a refused closing was counted by
	noCopy  string      // why a copy was not made
	clocked time.Time   // when the till's time was asked for last
	stop    []func()
	unwatch func() // of the exchange
	teller  *waiting.Teller
	aside   int64          // of the queue, when it was looked at last
	spoken  []*words.Words // every language, for the palette
}

// New makes the shell; Start shows it.
func New(p Params) *Shell {
	s := &Shell{Params: p}
	DefineKeys(p.Env.Kit.Keys)
	p.Env.Kit.OnKeys, p.Env.Kit.Decimal = s.openKeys, p.Env.Decimal
	p.Env.Kit.OnNoPalette = func() { p.Env.Kit.Toast(p.Env.T("palette.over", nil), widgets.Info) }
	// Silence would pass for goods rung up.
	p.Env.Kit.Keys.OnDroppedScan = func(string) {
		p.Env.Sound.Play(sound.Error)
		p.Env.Kit.Toast(p.Env.T("shell.scan-dropped", nil), widgets.Warn)
	}
	p.Env.Kit.Keys.OnDoubt = func() {
		p.Env.Sound.Play(sound.Error)
		p.Env.Kit.Toast(p.Env.T("shell.scan-doubt", nil), widgets.Warn)
	}
	s.teller = waiting.NewTeller(p.Env, s.onPaid, s.onPaidAlone, s.refresh)
	s.build()
	return s
}

func (s *Shell) build() {
	s.bar = newBar(s.Env, s.openQueue)
	s.Env.Kit.ToastUntil = s.bar.toastUntil
	s.holder = container.NewStack()
	s.watchPrints()
	s.frame = container.NewBorder(s.bar.content, nil, nil, nil, s.holder)
	s.tell(s.bar.copies, s.noCopy, widgets.Warn) // in a window built anew too
	s.Env.Kit.SetContent(s.frame)
	s.setPages()
	s.ownKeys()
	s.watchExchange()
}

// watchPrints shows in the bar how many slips did not come out.
func (s *Shell) watchPrints() {
	if s.Env.Print != nil {
		s.Env.Print.Changed = s.bar.setPrints
		s.bar.setPrints(s.Env.Print.Open())
	}
}

// Start settles what the last run left and shows the first screen. It is called
// before the window opens and does its few milliseconds of work at once, so that
// the first picture painted can already be used.
func (s *Shell) Start() {
	s.watchPrints()
	s.watchExchange()
	t := s.Env.Kit.Timers
	s.stop = append(s.stop, t.Every(time.Second, s.onSecond))
	s.Env.Kit.Window.SetCloseIntercept(s.Quit)
	task.Run(s.Env.Ctx, task.Inline{}, s.Env.Till.Begin, s.onBegun)
}

func (s *Shell) onBegun(st *till.Start, err error) {
	if err != nil {
		s.show(newStuck(s.Env, s.Env.Words.Error(err), s.Params.Quit))
		return
	}
	s.start = st
	s.stop = append(s.stop, orders.Watch(s.Env))
	if st.FirstRun || st.KeysLost {
		s.show(s.firstRun(st.KeysLost))
		return
	}
	s.showLogin()
}

func (s *Shell) showLogin() {
	set := s.Settings()
	var say []string
	if s.start != nil {
		for _, n := range notices(s.start) {
			say = append(say, s.Env.T(n.ID, n.Args))
		}
	}
	say = append(say, s.ofSettings()...)
	who := s.Env.T("shell.till", pos.Args{"Shop": set.Shop, "Till": set.Till})
	var demo []login.DemoPIN
	if set.Demo && s.Demo != nil {
		demo = s.Demo()
	}
	s.setBar(pos.Actor{}, nil)
	s.show(login.New(s.Env, who, strings.Join(say, " "), demo, s.onLogin))
}

// ofSettings are the sentences about the settings for the lock screen, as many as
// leave room for its keys; Health tells all.
func (s *Shell) ofSettings() []string {
	if s.Notices == nil {
		return nil
	}
	var say []string
	all := s.Notices()
	for _, e := range all[:min(len(all), problemsTold)] {
		say = append(say, s.Env.Words.Error(e))
	}
	if more := len(all) - len(say); more > 0 {
		say = append(say, s.Env.T("start.more-notices", pos.Args{"Count": more, "Key": string(s.Env.Kit.Keys.KeyOf("menu"))}))
	}
	return say
}

func (s *Shell) setBar(a pos.Actor, sh *pos.Shift) {
	s.bar.set(s.Settings(), a, sh, s.training())
	if s.Loosened != nil {
		s.bar.setLoose(len(s.Loosened()))
	}
}

func (s *Shell) training() bool {
	return s.Env.Training != nil && s.Trains != nil && s.Trains()
}

func (s *Shell) show(next screen) {
	if s.shown != nil {
		s.shown.Deactivate()
	}
	s.shown = next
	s.holder.Objects = []fyne.CanvasObject{next.Content()}
	s.holder.Refresh()
	next.Activate()
}

func (s *Shell) onLogin(a pos.Actor) {
	s.Env.Actor = a
	s.Env.Kit.Keys.Touch()
	s.showSale()
	s.Env.Print.Refresh()
	s.refreshBar(s.first)
	s.HearDecided()
	if s.Entered != nil {
		s.Entered()
	}
}

func (s *Shell) showSale() {
	s.sale = sale.New(s.Env, sale.Hooks{
		Pay:          s.pay,
		CardExact:    s.payByCard,
		Points:       func(v *till.ChequeView) { points.Ask(s.Env, v, s.refresh) },
		FindCustomer: func() { customer.Find(s.Env, s.onCustomer) },
		Customer:     func(id pos.CustomerID) { customer.Card(s.Env, id, s.refresh) },
		Drawer:       func() { drawer.Cash(s.Env, s.refresh) },
		NewGoods:     func(code string, stored func(pos.Product)) { goods.Add(s.Env, code, stored, s.refresh) },
		XReport:      func() { drawer.X(s.Env, func() {}) },
		OpenShift:    s.openShift,
		CloseShift:   s.closeShift,
		Menu:         s.openMenu,
		Keys:         s.openKeys,
		Palette:      s.openPalette,
		Prints:       func() { prints.Open(s.Env, s.refresh) },
		Lock:         s.Lock,
		Return:       s.showReturns,
		Ready:        s.teller.Finish,
		Waiting:      s.finishWaiting,
		Next:         next.New(s.Env, s.goNext),
	})
	s.returns = returns.New(s.Env, returns.Hooks{Back: s.backToSale, Done: s.onReturned,
		Menu: s.openMenu, Keys: s.openKeys, Palette: s.openPalette, Lock: s.Lock})
	s.show(s.sale)
}

// first shows what this person begins with: what is missing of the data, which
// must be decided before anything is sold, the day's figures where the shop
// wants that for those who may see them, then what must be done about the shift.
func (s *Shell) first(sh *pos.Shift) {
	if s.History != nil && s.History.Missing() != nil {
		care.Missing(s.Env, s.Care, s.History, func(decided bool) {
			s.refresh()
			if decided && s.sale != nil {
				s.first(sh)
			}
		})
		return
	}
	if s.Settings().StartScreen != "overview" || !slices.Contains(s.Env.Actor.Rights, pos.RightReports) {
		s.offerShift(sh)
		return
	}
	figures.Overview(s.Env, s.attention(), func() {
		s.refresh()
		if s.sale != nil {
			s.offerShift(sh)
		}
	})
}

// offerShift offers first what must be done first: closing a shift left open
// on an earlier day, or opening one.
func (s *Shell) offerShift(sh *pos.Shift) {
	switch {
	case sh == nil:
		s.openShift()
	case s.start != nil && s.start.StaleShift:
		s.start.StaleShift = false
		s.closeShift()
	}
	s.start = nil
}

func (s *Shell) openShift() {
	drawer.OpenShift(s.Env, func(*pos.Shift) { s.refreshBar(nil); s.refresh() })
}

func (s *Shell) closeShift() {
	drawer.CloseShift(s.Env, &s.counted, func(*pos.ShiftReport) { s.refreshBar(nil); s.refresh() })
}

func (s *Shell) onPaid(done *pos.Sale) {
	s.refresh()
	if done != nil && done.TakesCash() {
		s.Env.Print.Drawer()
	}
	if done != nil && s.sale != nil {
		receipts.Show(s.Env, done, s.refresh)
	}
}

// refresh shows the cheque or the return anew, unless the till was locked meanwhile.
func (s *Shell) refresh() {
	switch {
	case s.sale == nil:
	case s.shown == screen(s.returns):
		s.returns.Refresh()
	default:
		s.sale.Refresh()
	}
}

func (s *Shell) onCustomer(c pos.CustomerState) {
	a := s.Env.Actor
	task.Run(s.Env.Ctx, s.Env.Runner,
		func(ctx context.Context) (*till.ChequeView, error) {
			return s.Env.Till.SetCustomer(ctx, a, till.FindCustomer{ID: c.ID})
		},
		func(_ *till.ChequeView, err error) {
			if err != nil {
				s.Env.Kit.Toast(s.Env.Words.Error(err), widgets.Bad)
			}
			s.refresh()
		})
}

// refreshBar asks for the shift and shows it; then is called with it, nil when
// none is open.
func (s *Shell) refreshBar(then func(*pos.Shift)) {
	task.Run(s.Env.Ctx, s.Env.Runner, s.Env.Till.Shift, func(sh *pos.Shift, err error) {
		if err != nil {
			sh = nil
			if pos.CodeOf(err) != pos.CodeNotFound {
				s.Env.Kit.Toast(s.Env.Words.Error(err), widgets.Bad)
				return
			}
		}
		s.setBar(s.Env.Actor, sh)
		if then != nil && s.sale != nil {
			then(sh)
		}
	})
}

// Lock logs out and shows the lock screen; the cheque stays as it is.
func (s *Shell) Lock() {
	if s.sale == nil {
		return
	}
	a := s.Env.Actor
	s.Env.Actor = pos.Actor{}
	s.sale = nil
	s.Env.Kit.CloseDialogs()
	s.Env.Display.Clear()
	s.showLogin()
	task.Run(s.Env.Ctx, s.Env.Runner,
		func(ctx context.Context) (struct{}, error) { return struct{}{}, s.Env.Till.Logout(ctx, a) },
		func(struct{}, error) {})
}

func (s *Shell) onSecond(now time.Time) {
	s.bar.tick(now)
	s.onExchange(s.Env.Exchange.Status()) // what waits for long becomes worth a look
	s.tellTrouble()
	s.watchClock(now)
	if s.sale != nil && idle(s.Env.Kit.Keys.Touched(), now, s.Settings().IdleLock) {
		s.Lock()
	}
}

// tellTrouble says for as long as it lasts that nothing can be stored.
func (s *Shell) tellTrouble() {
	text := ""
	if s.Trouble != nil {
		if err := s.Trouble(); err != nil {
			text = s.Env.Words.Error(err)
		}
	}
	if s.tell(s.bar.trouble, text, widgets.Bad) {
		s.Env.Shown("trouble", "says", text)
	}
}

// TellCopies says across the window why a copy was not made, until it is called
// with "".
func (s *Shell) TellCopies(text string) {
	s.noCopy = text
	if text != "" && s.Env.Kit.Covered() { // such as by the closed shift's figures
		s.Env.Kit.Toast(text, widgets.Bad)
	}
	s.tell(s.bar.copies, text, widgets.Warn)
}

// tell puts a sentence across the window, "" for none, and reports whether that is
// news.
func (s *Shell) tell(b *widgets.Banner, text string, tone widgets.Tone) bool {
	if b.Text() == text {
		return false
	}
	b.Set(text, tone)
	// A banner that was never drawn knows no width and would ask for the height of
	// a narrow one, which leaves a gap under it.
	b.Resize(fyne.NewSize(s.frame.Size().Width, b.Size().Height))
	s.frame.Refresh()
	s.Env.Kit.RefreshDialogs() // pages stand under the bar
	return true
}

// open opens an entry of the menu.
func (s *Shell) open(id string) {
	back := s.refresh
	switch id {
	case "settings":
		settings.Open(s.Env, s.Admin, "", s.onSettings)
	case "history":
		settings.OpenHistory(s.Env, s.Admin, s.onSettings)
	case "goods":
		goods.Open(s.Env, back)
	case "customers":
		customer.Open(s.Env, back)
	case "people":
		people.Open(s.Env, back)
	case "offers":
		offers.Open(s.Env, back)
	case "orders":
		orders.Open(s.Env, customer.Find, back)
	case "payables":
		payables.Open(s.Env, s.Payables, back)
	case "certificates":
		certificates.Open(s.Env, back)
	case "reports":
		figures.Open(s.Env, back)
	case "lists":
		figures.Lists(s.Env, back)
	case "receipts":
		receipts.List(s.Env, back)
	case "labels":
		labels.Open(s.Env, nil, back)
	case "prints":
		prints.Open(s.Env, back)
	case "queue":
		queue.Open(s.Env, back)
	case "selfcheck":
		care.SelfCheck(s.Env, s.Check, back)
	case "seals":
		care.Seals(s.Env, back)
	case "backup":
		care.Copies(s.Env, s.Care, back)
	case "health":
		health.Open(s.Env, s.Health, s.mend, back)
	case "keymap":
		keymap.Open(s.Env, s.keepKeys, back)
	case "stock":
		stock.Open(s.Env, back)
	case "overview":
		figures.Overview(s.Env, s.attention(), back)
	case "lock":
		s.Lock()
	case "quit":
		s.Quit()
	}
}

// onSettings takes over what was changed: the whole window is built anew in
// its new language and look.
func (s *Shell) onSettings(changed bool) {
	if !changed {
		return
	}
	s.Apply()
	if s.sale == nil {
		return // locked meanwhile; the next login shows it
	}
	s.shown.Deactivate()
	s.shown = nil
	s.build()
	s.showSale()
	s.refreshBar(nil)
}
