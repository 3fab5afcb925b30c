package tilltest

// This file makes the shops tests begin with.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/assets"
	"kassa/pos"
	"kassa/pos/imports"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/storage/local/localtest"
)

// The PINs of the small shop's people, and one nobody has there.
const (
	OwnerPIN   = "482915"
	SeniorPIN  = "615243"
	CashierPIN = "739152"
	WrongPIN   = "111222"
)

// Goods and People are the lists the small shop is made from. Anna has points
// and credit, Boris credit and an overdue debt, Vera nothing.
const (
	Goods = `sku,name,barcodes,unit,price,vat,category,stock,weighed,ask_price,no_earn,no_points
milk,Молоко,4600000000015,шт,100.00,10,Молочное,10,,,,
bread,Хлеб,4600000000022,шт,50.00,10,Хлеб,5,,,,
apples,Яблоки,4600000000039,кг,120.00,20,Фрукты,20,да,,,
gift,Подарок,4600000000046,шт,0.00,20,Разное,0,,да,,
gold,Кольцо,4600000000053,шт,5000.00,20,Разное,1,,,,
`
	People = `name,phone,card,language,credit_limit,points,debt,debt_due
Анна,+79000000001,2000001,ru,3000.00,500,0.00,
Борис,+79000000002,2000002,ru,3000.00,0,100.00,2026-01-15
Вера,+79000000003,2000003,ru,0.00,0,0.00,
`
)

// The cards of the small shop's people.
const (
	Anna  = "2000001"
	Boris = "2000002"
	Vera  = "2000003"
)

var smalls, demos shelf

// Empty is a shop in which nobody works yet.
func Empty(t testing.TB) *Shop {
	t.Helper()
	c := postest.NewClock()
	s := EmptyAt(t, c, usual())
	s.Clock = c
	return s
}

// EmptyAt is an empty shop at a clock and with settings of the test's own.
func EmptyAt(t testing.TB, c till.Clock, set pos.Settings) *Shop {
	t.Helper()
	s := &Shop{TB: t, Settings: set, Pepper: postest.Pepper, clock: c, ids: &postest.IDs{}, Sender: postest.NewSender()}
	s.begin(localtest.Dir(t))
	return s
}

// Small is a shop with a handful of goods and three customers, in which Olga, the
// owner, has opened a shift with 1000.00 in the drawer and stands at the counter.
// Sveta, the senior cashier, and Kostya, the cashier, are logged in too.
func Small(t testing.TB) *Shop {
	t.Helper()
	return smalls.of(postest.NewClock(), usual(), func() *Shop {
		s := Empty(t)
		s.hire()
		_, err := s.ImportList(s.Owner, imports.KindProducts, Goods, false)
		require.NoError(t, err)
		_, err = s.ImportList(s.Owner, imports.KindCustomers, People, false)
		require.NoError(t, err)
		s.StartShift(100_000)
		return s
	}).Open(t)
}

// hire gives an empty shop its people.
func (s *Shop) hire() {
	s.Helper()
	require.NoError(s, s.InitShop(s.Context()))
	var err error
	s.Owner, err = s.CreateOwner(s.Context(), "Ольга", OwnerPIN)
	require.NoError(s, err)
	s.Who = s.Owner
	s.Senior = s.Hire("Света", pos.GroupSeniorCashier, SeniorPIN)
	s.Cashier = s.Hire("Костя", pos.GroupCashier, CashierPIN)
}

// Demo is the demo shop before its first shift, everybody logged in and the
// cashier at the counter.
func Demo(t testing.TB) *Shop {
	t.Helper()
	c := postest.NewClock()
	s := DemoAt(t, c, usual())
	s.Clock = c
	return s
}

// DemoAt is the demo shop at a clock and with settings of the test's own.
func DemoAt(t testing.TB, c till.Clock, set pos.Settings) *Shop {
	t.Helper()
	return demos.of(c, set, func() *Shop {
		s := EmptyAt(t, c, set)
		var err error
		s.Demo, err = s.SeedDemo(t.Context(), assets.Demo)
		require.NoError(t, err)
		for i, who := range []*pos.Actor{&s.Owner, &s.Senior, &s.Cashier} {
			*who, err = s.Login(t.Context(), s.Demo.Employees[i].PIN)
			require.NoError(t, err)
		}
		s.Who = s.Cashier
		return s
	}).open(t, c)
}
