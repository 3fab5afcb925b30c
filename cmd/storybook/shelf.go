package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // to break a database on purpose

	"kassa/assets"
	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/message"
	"kassa/pos/money"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/storage"
	"kassa/storage/local"
	"kassa/ui/uitest"
)

// state is a shop at a certain moment, from which stories begin.
type state string

const (
	nobody  state = "nobody"  // a database without an employee
	morning state = "morning" // a demo shop before its first shift
	day     state = "day"     // with a shift of yesterday, and half a day sold
	crowd   state = "crowd"   // day, and a cheque of 500 lines
	stale   state = "stale"   // day, but nobody closed yesterday's shift, and the power failed
	broken  state = "broken"  // day, and somebody changed a sale behind the till
)

// shelf keeps the states as folders, each made once; a story works in a copy.
type shelf struct {
	dir  string
	made map[state]string
	demo map[state]*till.DemoShop
}

func newShelf() (*shelf, error) {
	dir, err := os.MkdirTemp("", "kassa-storybook-")
	return &shelf{dir: dir, made: map[state]string{}, demo: map[state]*till.DemoShop{}}, err
}

// Close removes everything.
func (s *shelf) Close() { _ = os.RemoveAll(s.dir) }

// lend copies a state into a folder of its own.
func (s *shelf) lend(st state) (string, error) {
	from, ok := s.made[st]
	if !ok {
		from = filepath.Join(s.dir, string(st))
		if err := s.build(st, from); err != nil {
			return "", fmt.Errorf("shop %q: %w", st, err)
		}
		s.made[st] = from
	}
	to, err := os.MkdirTemp(s.dir, "story-")
	if err != nil {
		return "", err
	}
	return to, copyShop(to, from)
}

// copyShop copies a shop's folder but for the reserve on the disk, of which a
// hole does for the time of a story.
func copyShop(to, from string) error {
	reserve := filepath.Join(to, storage.BallastName)
	if err := errors.Join(os.WriteFile(reserve, nil, 0o600), os.Truncate(reserve, storage.BallastSize)); err != nil {
		return err
	}
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		rel, relErr := filepath.Rel(from, path)
		if err := errors.Join(err, relErr); err != nil {
			return err
		}
		switch {
		case rel == storage.BallastName:
			return nil
		case d.IsDir():
			return os.MkdirAll(filepath.Join(to, rel), 0o700)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), content, 0o600)
	})
}

// build makes a state by selling.
func (s *shelf) build(st state, dir string) (err error) {
	store, err := local.Open(context.Background(), local.Params{Dir: dir})
	if err != nil {
		return err
	}
	c := postest.NewClock()
	c.Move(uitest.Start.Add(-27 * time.Hour).Sub(postest.Noon))
	m := &maker{clock: c, ctx: context.Background(), sender: postest.NewSender()}
	behind := params(store, c, &postest.IDs{}, m.sender, func() pos.Settings { return settingsIn("ru") })
	m.till = till.New(behind)
	if st != nobody && st != season && st != seasonEnglish {
		m.seed()
	}
	switch st {
	case season:
		m.season(behind, "ru")
		m.morning()
	case seasonEnglish:
		m.season(behind, "en")
		m.morning()
	case day, crowd, broken:
		m.days()
	case stale:
		m.yesterday()
	}
	if st == crowd {
		m.crowd()
	}
	s.demo[st] = m.demo
	if m.err != nil {
		_ = store.Close()
		return m.err
	}
	if err := store.Close(); err != nil {
		return err
	}
	if st == broken {
		return tamper(dir)
	}
	return nil
}

// tamper changes a stored sale and records that guard money as somebody with a database tool would: past the
// guards of the database, which stand again afterwards.
func tamper(dir string) error {
	db, err := sql.Open("sqlite", filepath.Join(dir, "kassa.db"))
	if err != nil {
		return err
	}
	defer db.Close()
	guards, err := guardsOf(db, "sales")
	if err != nil {
		return err
	}
	var steps []string
	for name := range guards {
		steps = append(steps, "DROP TRIGGER "+name)
	}
	steps = append(steps, "UPDATE sales SET total = total + 100 WHERE number = (SELECT max(number) FROM sales)",
		"UPDATE customers SET phone = '+79000000666' WHERE phone = '+79000000001'", "UPDATE products SET price = 100 WHERE n = 3",
		"UPDATE groups SET rights = rights || ' settings' WHERE id = 'cashier'")
	for _, create := range guards {
		steps = append(steps, create)
	}
	for _, step := range steps {
		if _, err := db.Exec(step); err != nil {
			return fmt.Errorf("%s: %w", step, err)
		}
	}
	return nil
}

// guardsOf are a table's triggers by name.
func guardsOf(db *sql.DB, table string) (map[string]string, error) {
	rows, err := db.Query("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	guards := map[string]string{}
	for rows.Next() {
		var name, create string
		if err := rows.Scan(&name, &create); err != nil {
			return nil, err
		}
		guards[name] = create
	}
	return guards, rows.Err()
}

// params are what a storybook's till stands on.
func params(store *local.Store, c till.Clock, i till.IDs, s till.CodeSender, set func() pos.Settings) till.Params {
	return till.Params{Store: store, Clock: c, IDs: i, Sender: s, Settings: set, Pepper: postest.Pepper,
		HashCost: till.HashCost{MemoryKiB: 8, Passes: 1}}
}

// settingsIn are the demo shop's settings, the screen in a language.
func settingsIn(lang string) pos.Settings {
	return pos.Settings{Shop: "Магазин у дома", Address: "г. Тверь, ул. Садовая, 5", TaxID: "000000000000", Till: "1",
		Language: lang, ReceiptLanguage: lang, Country: "RU", Currency: "RUB", Footer: "Спасибо за покупку!",
		Rules: pos.DefaultRules(), ConfirmPoints: pos.ConfirmAlways, ConfirmCredit: pos.ConfirmAlways, CodeLifetime: 5 * time.Minute,
		SMSProvider: "smsru", SMSTemplate: message.DefaultTemplate, IdleLock: 10 * time.Minute,
		Theme: "light", StartScreen: "sale", Scale: 1, Width: 48, Demo: true, Front: pos.DefaultFront()}
}

// maker brings a shop into a state. After the first error it does nothing more.
type maker struct {
	ctx    context.Context
	till   *till.Till
	clock  *postest.Clock
	sender *postest.Sender
	demo   *till.DemoShop
	who    pos.Actor
	err    error
}

func (m *maker) do(f func() error) {
	if m.err == nil {
		m.err = f()
	}
}

func (m *maker) seed() {
	m.do(func() (err error) { m.demo, err = m.till.SeedDemo(m.ctx, assets.Demo); return err })
	m.login(pos.GroupOwner)
}

func (m *maker) login(g pos.GroupID) {
	m.do(func() error {
		for _, e := range m.demo.Employees {
			if e.Group == g {
				var err error
				m.who, err = m.till.Login(m.ctx, e.PIN)
				return err
			}
		}
		return fmt.Errorf("nobody is in group %s", g)
	})
}

func (m *maker) open(float money.Amount) {
	m.do(func() error { _, err := m.till.OpenShift(m.ctx, m.who, float); return err })
}

// yesterday sells a little and leaves the shift open.
func (m *maker) yesterday() {
	m.open(150000)
	m.sell(0, pos.Cash, 0, 0, 1, 4)
	m.sell(0, pos.Card, 2, 10, 10)
}

// days closes yesterday's shift with a small difference and sells this morning.
func (m *maker) days() {
	m.yesterday()
	m.do(func() error { _, err := m.till.CloseShift(m.ctx, m.who, 270430); return err })
	m.morning()
}

// morning sells this morning.
func (m *maker) morning() {
	m.clock.Move(uitest.Start.Add(-3 * time.Hour).Sub(m.clock.Now()))
	m.login(pos.GroupSeniorCashier)
	m.open(200000)
	m.sell(0, pos.Cash, 1, 3, 20, 20)
	m.do(func() error { _, err := m.till.CashIn(m.ctx, m.who, 50000, "размен"); return err })
	m.sell(1, pos.Card, 4, 5, 5, 12)
	m.sellCoded(2, func() (*till.ChequeView, *till.CodeView, error) { return m.till.SpendPoints(m.ctx, m.who, 80) }, true, 3, 4)
	m.do(func() error {
		_, err := m.till.CashOut(m.ctx, m.who, 30000, "поставщику за хлеб")
		return err
	})
	m.sellCoded(1, func() (*till.ChequeView, *till.CodeView, error) {
		return m.till.Tender(m.ctx, m.who, pos.Credit, 45900)
	}, false, 16)
	m.do(func() error {
		_, _, err := m.till.RepayDebt(m.ctx, m.who, m.demo.Customers[8].ID, pos.Cash, 30000)
		return err
	})
	m.sell(0, pos.Transfer, 30, 31, 32)
	m.park()
}

// park leaves a cheque aside.
func (m *maker) park() {
	m.ring(21, 26)
	m.do(func() error {
		_, err := m.till.Park(m.ctx, m.who, "забыл кошелёк, вернётся")
		return err
	})
	m.clock.Move(7 * time.Minute)
}

// piece are the demo goods that are sold by the piece at a set price.
var piece = []int{0, 1, 2, 3, 4, 5, 9, 10, 11, 12, 13, 14, 15, 16, 20, 21, 22, 23, 24, 25}

// crowd rings up a cheque longer than anybody's patience.
func (m *maker) crowd() {
	for i := range 500 {
		p := piece[i%len(piece)]
		m.do(func() error {
			_, err := m.till.Add(m.ctx, m.who, m.demo.Products[p].ID, money.Quantity(1000), nil)
			if err != nil {
				return err
			}
			if i%len(piece) == len(piece)-1 { // the same goods again begin a line of their own
				v, err := m.till.Cheque(m.ctx)
				if err == nil && len(v.Cheque.Lines) < i {
					return fmt.Errorf("%d scans made %d lines", i+1, len(v.Cheque.Lines))
				}
			}
			return nil
		})
	}
}

func (m *maker) ring(products ...int) {
	for _, p := range products {
		m.do(func() error {
			_, err := m.till.Scan(m.ctx, m.who, m.demo.Products[p].Barcodes[0], 1000, nil)
			return err
		})
	}
}

func (m *maker) customer(i int) {
	if i > 0 {
		m.do(func() error {
			_, err := m.till.SetCustomer(m.ctx, m.who, till.FindCustomer{ID: m.demo.Customers[i].ID})
			return err
		})
	}
}

// sell sells products paid in one way, to a customer by number or to nobody (0).
func (m *maker) sell(customer int, method pos.Method, products ...int) {
	m.ring(products...)
	m.customer(customer)
	m.pay(method)
	m.finish()
}

// sellCoded sells with a tender that needs the customer's code: entered, or
// skipped after the message could not be sent. The rest is paid by card.
func (m *maker) sellCoded(customer int, tender func() (*till.ChequeView, *till.CodeView, error), entered bool, products ...int) {
	m.ring(products...)
	m.customer(customer)
	if !entered {
		m.sender.Answer(postest.Ends(confirm.SendFailed))
	}
	m.do(func() error {
		_, ch, err := tender()
		if err != nil {
			return err
		}
		if _, err = m.till.BringCode(m.ctx, m.who, ch.ID, nil); err != nil {
			return err
		}
		if entered {
			_, err = m.till.EnterCode(m.ctx, m.who, ch.ID, m.sender.Code())
			return err
		}
		_, err = m.till.SkipCode(m.ctx, m.who, ch.ID, "нет связи, покупателя знаю лично")
		return err
	})
	m.sender.Answer(postest.Arrives)
	m.pay(pos.Card)
	m.finish()
}

func (m *maker) pay(method pos.Method) {
	m.do(func() error {
		v, err := m.till.Cheque(m.ctx)
		if err != nil || v.Totals.Due == 0 {
			return err
		}
		sum := v.Totals.Due
		if method == pos.Cash {
			sum = (sum + 9999) / 10000 * 10000
		}
		_, _, err = m.till.Tender(m.ctx, m.who, method, sum)
		return err
	})
}

func (m *maker) finish() {
	m.do(func() error { _, err := m.till.FinishSale(m.ctx, m.who); return err })
	m.clock.Move(13 * time.Minute)
}
