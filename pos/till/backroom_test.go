package till_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"kassa/assets"
	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/storage/local"
	"kassa/storage/local/localtest"
)

// backroom is a demo shop behind its counter: the till over a real store, a
// clock and ids of the test's own.
type backroom struct {
	*till.Till
	t        testing.TB
	ctx      context.Context
	dir      string
	store    *local.Store
	clock    *postest.Clock
	ids      *postest.IDs
	sender   *postest.Sender
	settings pos.Settings
	demo     *till.DemoShop
	owner    pos.Actor
	senior   pos.Actor
	cashier  pos.Actor
}

// newBackroom makes an empty shop: nobody works there yet.
func newBackroom(t testing.TB) *backroom {
	b := &backroom{t: t, ctx: context.Background(), dir: localtest.Dir(t), clock: postest.NewClock(), ids: &postest.IDs{}, sender: postest.NewSender()}
	b.settings = pos.Settings{Shop: "Лавка", Till: "1", Language: "ru", Country: "RU", Currency: "RUB", Rules: pos.DefaultRules(),
		ConfirmPoints: pos.ConfirmSMS, ConfirmCredit: pos.ConfirmSMS, CodeLifetime: 5 * time.Minute}
	b.open()
	t.Cleanup(func() { _ = b.store.Close() })
	return b
}

// newDemo is a backroom of the demo shop, everybody logged in.
func newDemo(t testing.TB) *backroom {
	b := newBackroom(t)
	demo, err := b.SeedDemo(b.ctx, assets.Demo)
	require.NoError(t, err)
	b.demo = demo
	for i, who := range []*pos.Actor{&b.owner, &b.senior, &b.cashier} {
		*who, err = b.Login(b.ctx, demo.Employees[i].PIN)
		require.NoError(t, err)
	}
	return b
}

func (b *backroom) open() {
	store, err := local.Open(b.ctx, local.Params{Dir: b.dir, Now: b.clock.Now})
	require.NoError(b.t, err)
	b.store = store
	b.Till = till.New(till.Params{Store: store, Clock: b.clock, IDs: b.ids, Sender: b.sender, Pepper: postest.Pepper,
		Settings: func() pos.Settings { return b.settings }, HashCost: till.HashCost{MemoryKiB: 64, Passes: 1}})
}

// restart ends the process and starts it again.
func (b *backroom) restart() {
	require.NoError(b.t, b.store.Close())
	b.open()
}

// view reads the store beside the till.
func (b *backroom) view(fn func(till.Tx) error) {
	b.t.Helper()
	require.NoError(b.t, b.store.View(b.ctx, fn))
}

// events lists the kinds of the trail, newest first.
func (b *backroom) events() []pos.EventKind {
	var kinds []pos.EventKind
	b.view(func(tx till.Tx) error {
		list, err := tx.Events("", 1000)
		for _, e := range list {
			kinds = append(kinds, e.Kind)
		}
		return err
	})
	return kinds
}

// refused asserts a refusal by its code and id.
func refused(t testing.TB, err error, code pos.Code, id string) *pos.Error {
	t.Helper()
	var e *pos.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, id, e.ID)
	require.Equal(t, code, e.Code)
	return e
}

// healthy asserts that the whole history is in order.
func (b *backroom) healthy() {
	b.t.Helper()
	problems, err := b.SelfCheck(b.ctx, b.owner)
	require.NoError(b.t, err)
	require.Empty(b.t, problems)
}

// sell rings up the product n times and pays with tenders; the code of what
// needs one is entered rightly.
func (b *backroom) sell(customer int, n int, pay func()) *pos.Sale {
	b.t.Helper()
	for range n {
		_, err := b.Scan(b.ctx, b.cashier, b.demo.Products[4].Barcodes[0], 0, nil)
		require.NoError(b.t, err)
	}
	if customer >= 0 {
		_, err := b.SetCustomer(b.ctx, b.cashier, till.FindCustomer{ID: b.demo.Customers[customer].ID})
		require.NoError(b.t, err)
	}
	pay()
	s, err := b.FinishSale(b.ctx, b.cashier)
	require.NoError(b.t, err)
	return s
}

func (b *backroom) tender(m pos.Method, amount money.Amount) {
	b.t.Helper()
	_, ch, err := b.Tender(b.ctx, b.cashier, m, amount)
	require.NoError(b.t, err)
	if ch != nil {
		_, err = b.EnterCode(b.ctx, b.cashier, ch.ID, b.sender.Code())
		require.NoError(b.t, err)
	}
}

func (b *backroom) spendPoints(n int64) {
	b.t.Helper()
	_, ch, err := b.SpendPoints(b.ctx, b.cashier, n)
	require.NoError(b.t, err)
	require.NotNil(b.t, ch)
	_, err = b.EnterCode(b.ctx, b.cashier, ch.ID, b.sender.Code())
	require.NoError(b.t, err)
}

// shiftOpen opens a shift with 100.00 in the drawer.
func (b *backroom) shiftOpen() *pos.Shift {
	b.t.Helper()
	s, err := b.OpenShift(b.ctx, b.cashier, 10_000)
	require.NoError(b.t, err)
	return s
}

// tamper closes the till, changes its file behind its back and opens it again.
// The guards inside the file are taken off first, as an attacker would.
func (b *backroom) tamper(statements ...string) {
	b.t.Helper()
	require.NoError(b.t, b.store.Close())
	db, err := sql.Open("sqlite", filepath.Join(b.dir, "kassa.db"))
	require.NoError(b.t, err)
	db.SetMaxOpenConns(1)
	rows, err := db.Query(`SELECT name FROM sqlite_master WHERE type = 'trigger'`)
	require.NoError(b.t, err)
	var triggers []string
	for rows.Next() {
		var name string
		require.NoError(b.t, rows.Scan(&name))
		if strings.HasSuffix(name, "_keep") || strings.HasSuffix(name, "_stay") {
			triggers = append(triggers, name)
		}
	}
	require.NoError(b.t, rows.Close())
	for _, name := range triggers {
		_, err := db.Exec(`DROP TRIGGER "` + name + `"`)
		require.NoError(b.t, err)
	}
	for _, s := range append([]string{`PRAGMA ignore_check_constraints = 1`, `PRAGMA foreign_keys = 0`}, statements...) {
		_, err := db.Exec(s)
		require.NoError(b.t, err, s)
	}
	require.NoError(b.t, db.Close())
	b.open()
}
