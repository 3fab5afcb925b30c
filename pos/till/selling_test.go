package till_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/imports"
	"kassa/pos/money"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/storage/local"
	"kassa/storage/local/localtest"
)

// The goods and people of the tests. Anna has points and credit, Boris credit
// and an overdue debt, Vera nothing.
const (
	goods = `sku,name,barcodes,unit,price,vat,category,stock,weighed,ask_price,no_earn,no_points
milk,Молоко,4600000000015,шт,100.00,10,Молочное,10,,,,
bread,Хлеб,4600000000022,шт,50.00,10,Хлеб,5,,,,
apples,Яблоки,4600000000039,кг,120.00,20,Фрукты,20,да,,,
gift,Подарок,4600000000046,шт,0.00,20,Разное,0,,да,,
gold,Кольцо,4600000000053,шт,5000.00,20,Разное,1,,,,
`
	people = `name,phone,card,language,credit_limit,points,debt,debt_due
Анна,+79000000001,2000001,ru,3000.00,500,0.00,
Борис,+79000000002,2000002,ru,3000.00,0,100.00,2026-01-15
Вера,+79000000003,2000003,ru,0.00,0,0.00,
`
)

// shop is a till over a store of its own, with an open shift.
type shop struct {
	*testing.T
	*till.Till
	store          *local.Store
	clock          *postest.Clock
	ids            *postest.IDs
	sender         *postest.Sender
	set            pos.Settings
	owner, cashier pos.Actor
}

// Context outlives the test itself, so that its end can still be checked.
func (s *shop) Context() context.Context { return context.Background() }

func newShop(t *testing.T) *shop {
	t.Helper()
	s := &shop{T: t, clock: postest.NewClock(), ids: &postest.IDs{}, sender: postest.NewSender()}
	s.set = pos.Settings{
		Shop: "Лавка", Till: "1", Language: "ru", Country: "RU", Currency: "RUB", Rules: pos.DefaultRules(),
		ConfirmPoints: pos.ConfirmSMS, ConfirmCredit: pos.ConfirmSMS, SMSProvider: "sandbox",
	}
	store, err := local.Open(t.Context(), local.Params{Dir: localtest.Dir(t), Now: s.clock.Now})
	s.ok(err)
	s.store = store
	t.Cleanup(func() {
		s.sound()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	s.restart()
	s.ok(s.InitShop(t.Context()))
	s.owner, err = s.CreateOwner(t.Context(), "Ольга", "482915")
	s.ok(err)
	_, err = s.AddEmployee(t.Context(), s.owner, "Костя", pos.GroupCashier, "739152")
	s.ok(err)
	s.cashier, err = s.Login(t.Context(), "739152")
	s.ok(err)
	_, err = s.Import(t.Context(), s.owner, till.Import{Kind: imports.KindProducts, Open: imports.Text(goods)})
	s.ok(err)
	_, err = s.Import(t.Context(), s.owner, till.Import{Kind: imports.KindCustomers, Open: imports.Text(people)})
	s.ok(err)
	_, err = s.OpenShift(t.Context(), s.owner, 100_000)
	s.ok(err)
	return s
}

// restart is the same shop in a new process.
func (s *shop) restart() {
	s.Till = till.New(till.Params{
		Store: s.store, Clock: s.clock, IDs: s.ids, Sender: s.sender, Settings: func() pos.Settings { return s.set },
		Pepper: postest.Pepper, HashCost: till.HashCost{MemoryKiB: 8, Passes: 1},
	})
}

// sound runs the whole self-check: whatever a test did, the books are right.
func (s *shop) sound() {
	s.Helper()
	problems, err := s.SelfCheck(s.Context(), s.owner)
	if err != nil {
		s.Errorf("self-check: %v", err)
	}
	for _, p := range problems {
		s.Errorf("self-check: %s %s %v", p.Invariant, p.ID, p.Args)
	}
}

func (s *shop) ok(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// refuses asks for an error of a code, and of an id when one is given.
func (s *shop) refuses(err error, code pos.Code, id string) *pos.Error {
	s.Helper()
	var e *pos.Error
	if !errors.As(err, &e) || e.Code != code || (id != "" && e.ID != id) {
		s.Fatalf("error %v, want %s %s", err, code, id)
	}
	return e
}

func (s *shop) scan(codes ...string) *till.ChequeView {
	s.Helper()
	var v *till.ChequeView
	for _, code := range codes {
		var err error
		v, err = s.Scan(s.Context(), s.owner, code, 0, nil)
		s.ok(err)
	}
	return v
}

func (s *shop) customer(card string) *till.ChequeView {
	s.Helper()
	v, err := s.SetCustomer(s.Context(), s.owner, till.FindCustomer{Card: card})
	s.ok(err)
	return v
}

func (s *shop) cheque() *till.ChequeView {
	s.Helper()
	v, err := s.Cheque(s.Context())
	s.ok(err)
	return v
}

func (s *shop) cash(amount money.Amount) {
	s.Helper()
	_, _, err := s.Tender(s.Context(), s.owner, pos.Cash, amount)
	s.ok(err)
}

func (s *shop) spend(points int64) *confirm.Challenge {
	s.Helper()
	_, ch, err := s.SpendPoints(s.Context(), s.owner, points)
	s.ok(err)
	return ch
}

func (s *shop) credit(amount money.Amount) *confirm.Challenge {
	s.Helper()
	_, ch, err := s.Tender(s.Context(), s.owner, pos.Credit, amount)
	s.ok(err)
	return ch
}

func (s *shop) enter(id pos.ChallengeID, code string) *confirm.Challenge {
	s.Helper()
	ch, err := s.EnterCode(s.Context(), s.owner, id, code)
	s.ok(err)
	return ch
}

func (s *shop) finish() *pos.Sale {
	s.Helper()
	sale, err := s.FinishSale(s.Context(), s.owner)
	s.ok(err)
	return sale
}

// state is a customer as stored now.
func (s *shop) state(card string) *till.CardView {
	s.Helper()
	found, err := s.SearchCustomers(s.Context(), s.owner, card, 1)
	s.ok(err)
	if len(found) != 1 {
		s.Fatalf("no customer with card %s", card)
	}
	v, err := s.CustomerCard(s.Context(), s.owner, found[0].ID)
	s.ok(err)
	return v
}

// happened counts the events of a kind in the whole trail.
func (s *shop) happened(k pos.EventKind) (n int) {
	s.Helper()
	s.ok(s.store.View(s.Context(), func(tx till.Tx) error {
		return tx.EachEvent(1, func(e *pos.Event) error {
			if e.Kind == k {
				n++
			}
			return nil
		})
	}))
	return n
}

// tenders are the methods on the open cheque.
func (s *shop) tenders() string {
	s.Helper()
	var list []string
	for _, d := range s.cheque().Cheque.Tenders {
		list = append(list, string(d.Method))
	}
	return strings.Join(list, " ")
}
