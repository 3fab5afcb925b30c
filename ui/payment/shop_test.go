package payment_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"kassa/assets"
	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/money"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/storage/local"
	"kassa/ui"
	"kassa/ui/payment"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/widgets"
)

// clock is the test window's clock, so that the shop and its window have one
// time.
type clock struct{ w *uitest.Window }

func (c clock) Now() time.Time { return c.w.Clock.Now() }

// The demo's people and customers the tests speak of, by their place in the
// files.
const (
	owner = iota
	senior
	cashier
)

const (
	anna  = 0 // 1240 points, 5000 of credit, no debt
	boris = 1 // 860 points, 3000 of credit, owes 1200
	gleb  = 3 // 310 points, no credit
	kira  = 9 // an overdue debt
)

// shop is a demo shop with an open shift, a cheque of 594.59 and a test window.
type shop struct {
	*uitest.Window
	t      *testing.T
	ctx    context.Context
	till   *till.Till
	sender *postest.Sender
	demo   *till.DemoShop
	env    *ui.Env
	set    pos.Settings

	screen string            // shown last
	facts  map[string]string // of it
	seen   []string          // all screens shown
	sold   []*pos.Sale
	backs  int // how often the payment window was left without a sale
}

func newShop(t *testing.T) *shop { return openShop(t, uitest.Usual, "ru", theme.Light) }

func openShop(t *testing.T, size fyne.Size, lang string, mode theme.Mode) *shop {
	t.Helper()
	w := uitest.New(size, theme.New(mode, 1))
	t.Cleanup(w.Close)
	s := &shop{Window: w, t: t, ctx: t.Context(), sender: postest.NewSender()}
	store, err := local.Open(s.ctx, local.Params{Dir: t.TempDir(), Now: w.Clock.Now})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	s.set = pos.Settings{Shop: "Магазин у дома", Till: "1", Language: lang, Country: "RU", Currency: "RUB",
		Rules: pos.DefaultRules(), ConfirmPoints: pos.ConfirmSMS, ConfirmCredit: pos.ConfirmSMS, CodeLifetime: 5 * time.Minute,
		SMSProvider: "smsru"}
	s.till = till.New(till.Params{Store: store, Clock: clock{w}, IDs: &postest.IDs{}, Sender: s.sender,
		Settings: func() pos.Settings { return s.set }, Pepper: postest.Pepper, HashCost: till.HashCost{MemoryKiB: 8, Passes: 1}})
	s.demo, err = s.till.SeedDemo(s.ctx, assets.Demo)
	require.NoError(t, err)
	s.env = &ui.Env{Ctx: s.ctx, Kit: w.Kit, Till: s.till, Runner: w.Runner,
		Words: words.New(lang, "RUB", "").In(time.UTC), Watch: s.watch}
	s.sender.Answer(smsru)
	s.login(senior)
	_, err = s.till.OpenShift(s.ctx, s.env.Actor, 100_000)
	require.NoError(t, err)
	for _, i := range []int{0, 2, 4} { // 89.90 + 119.00 + 389.00
		_, err = s.till.Scan(s.ctx, s.env.Actor, s.demo.Products[i].Barcodes[0], 0, nil)
		require.NoError(t, err)
	}
	w.Show(widgets.NewBar(widgets.Spring()))
	return s
}

// smsru answers as the real provider does when all is well.
func smsru(d confirm.Delivery) confirm.Result {
	r := postest.Arrives(d)
	r.Provider = "smsru"
	return r
}

func (s *shop) watch(screen string, facts map[string]string) {
	s.screen, s.facts = screen, facts
	s.seen = append(s.seen, screen)
}

func (s *shop) login(i int) {
	s.t.Helper()
	a, err := s.till.Login(s.ctx, s.demo.Employees[i].PIN)
	require.NoError(s.t, err)
	s.env.Actor = a
}

// customer puts a demo customer on the cheque.
func (s *shop) customer(i int) {
	s.t.Helper()
	_, err := s.till.SetCustomer(s.ctx, s.env.Actor, till.FindCustomer{ID: s.demo.Customers[i].ID})
	require.NoError(s.t, err)
}

func (s *shop) cheque() *till.ChequeView {
	s.t.Helper()
	v, err := s.till.Cheque(s.ctx)
	require.NoError(s.t, err)
	return v
}

// pay opens the payment window.
func (s *shop) pay() {
	s.t.Helper()
	payment.Open(s.env, s.cheque(), s.done)
}

func (s *shop) done(sale *pos.Sale) {
	if sale == nil {
		s.backs++
		return
	}
	s.sold = append(s.sold, sale)
}

// settle lets the pause after a code pass.
func (s *shop) settle() { s.Clock.Advance(time.Second) }

// shows asserts the screen in charge and some of its facts.
func (s *shop) shows(screen string, facts ...string) {
	s.t.Helper()
	require.Equal(s.t, screen, s.screen)
	for i := 0; i < len(facts); i += 2 {
		require.Equal(s.t, facts[i+1], s.facts[facts[i]], "%s of %s: %v", facts[i], screen, s.facts)
	}
}

// sale asserts that exactly one sale was stored, and returns it.
func (s *shop) sale() *pos.Sale {
	s.t.Helper()
	require.Len(s.t, s.sold, 1)
	stored, err := s.till.Sales(s.ctx, s.env.Actor, 0, 10)
	require.NoError(s.t, err)
	require.Len(s.t, stored, 1)
	require.Equal(s.t, s.sold[0].ID, stored[0].ID)
	problems, err := s.till.SelfCheck(s.ctx, s.ownerActor())
	require.NoError(s.t, err)
	require.Empty(s.t, problems)
	return s.sold[0]
}

func (s *shop) ownerActor() pos.Actor {
	s.t.Helper()
	a, err := s.till.Login(s.ctx, s.demo.Employees[owner].PIN)
	require.NoError(s.t, err)
	return a
}

// unsold asserts that no sale was stored.
func (s *shop) unsold() {
	s.t.Helper()
	require.Empty(s.t, s.sold)
	stored, err := s.till.Sales(s.ctx, s.ownerActor(), 0, 10)
	require.NoError(s.t, err)
	require.Empty(s.t, stored)
}

// look asserts that nothing on the screen is cut off or overlaps, and with
// KASSA_SHOTS set keeps a picture for the eyes.
func (s *shop) look(name string) {
	s.t.Helper()
	require.Empty(s.t, uitest.Faults(s.Window), name)
	if dir := os.Getenv("KASSA_SHOTS"); dir != "" {
		require.NoError(s.t, uitest.Shot(s.Window, filepath.Join(dir, name+".png")))
	}
}

func paidBy(sale *pos.Sale) map[pos.Method]money.Amount {
	paid := map[pos.Method]money.Amount{}
	for _, t := range sale.Tenders {
		paid[t.Method] += t.Amount
	}
	return paid
}
