package storagetest

import (
	"errors"
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/till/store"
)

// keepsPeople: employees and groups come back; customers and the search among them
// follow.
func keepsPeople(t *testing.T, f *fixture) {
	ivan := pos.Employee{ID: "e1", Name: "Иван", Group: pos.GroupOwner, PINHash: "$argon2id$x", PINTag: "a1", CreatedAt: noon}
	gone := pos.Employee{ID: "e2", Name: "Анна", Group: pos.GroupCashier, PINTag: "a1", Archived: true}
	olga := pos.Employee{ID: "e3", Name: "Ольга", Group: pos.GroupCashier, PINTag: "b2"}
	f.update(func(x store.Tx) error { return puts(x.PutEmployee, gone, olga, ivan) })
	reads(f, "Employee", &ivan, func(x store.Tx) (*pos.Employee, error) { return x.Employee("e1") })
	reads(f, "Employees", []pos.Employee{ivan, olga, gone}, func(x store.Tx) ([]pos.Employee, error) { return x.Employees() })
	reads(f, "by tag", []pos.Employee{ivan, gone}, func(x store.Tx) ([]pos.Employee, error) { return x.EmployeesByPINTag("a1") })
	ivan.Name, ivan.PINTag = "Иван Петров", "c3"
	f.update(func(x store.Tx) error { return x.PutEmployee(&ivan) })
	reads(f, "replaced", &ivan, func(x store.Tx) (*pos.Employee, error) { return x.Employee("e1") })

	presets := pos.PresetGroups()
	own := pos.Group{ID: "own", Name: "Стажёры", Rights: []pos.Right{pos.RightSell, pos.RightPark}}
	bare := pos.Group{ID: "bare", Name: "Без прав"}
	f.update(func(x store.Tx) error {
		return errors.Join(puts(x.PutGroup, own, bare), puts(x.PutGroup, presets...))
	})
	reads(f, "Groups", append(presets, bare, own), func(x store.Tx) ([]pos.Group, error) { return x.Groups() })
	own.Rights = nil
	f.update(func(x store.Tx) error { return x.PutGroup(&own) })
	reads(f, "Group", &own, func(x store.Tx) (*pos.Group, error) { return x.Group("own") })

	guard := pos.LoginGuard{Wrong: 5, LockedUntil: noon.Add(15 * time.Minute)}
	f.update(func(x store.Tx) error { return x.PutLoginGuard(guard) })
	reads(f, "LoginGuard", guard, func(x store.Tx) (pos.LoginGuard, error) { return x.LoginGuard() })
	f.update(func(x store.Tx) error { return x.PutLoginGuard(pos.LoginGuard{}) })
	reads(f, "LoginGuard", pos.LoginGuard{}, func(x store.Tx) (pos.LoginGuard, error) { return x.LoginGuard() })
}

func anna() *pos.Customer {
	return &pos.Customer{
		ID: "c-anna", Name: "Анна Ёлкина", Phone: "+79000000001", PhoneConfirmed: true, Email: "anna@example.test",
		Card: "K-77", Language: "ru", Group: "постоянные", CreditLimit: 500_000, CreatedAt: noon, PhoneChangedAt: noon.Add(time.Hour),
	}
}

func keepsCustomers(t *testing.T, f *fixture) {
	bare := &pos.Customer{ID: "c-bare", Name: "Без всего"}
	bare2 := &pos.Customer{ID: "c-bare2", Name: "Без телефона и карты, как и прежний"}
	for _, c := range []*pos.Customer{anna(), bare, bare2} {
		f.update(func(x store.Tx) error { return x.PutCustomer(c) })
		reads(f, "Customer", c, func(x store.Tx) (*pos.Customer, error) { return x.Customer(c.ID) })
	}
	reads(f, "by phone", anna(), func(x store.Tx) (*pos.Customer, error) { return x.CustomerByPhone("+79000000001") })
	reads(f, "by card", anna(), func(x store.Tx) (*pos.Customer, error) { return x.CustomerByCard("K-77") })
	f.view(func(x store.Tx) error {
		_, err := x.CustomerByPhone("")
		_, err2 := x.CustomerByCard("")
		if pos.CodeOf(err) != pos.CodeNotFound || pos.CodeOf(err2) != pos.CodeNotFound {
			t.Errorf("an empty key found somebody: %v, %v", err, err2)
		}
		return nil
	})
	taken := *bare
	taken.Phone = anna().Phone
	f.refused(pos.CodeConflict, func(x store.Tx) error { return x.PutCustomer(&taken) })
	taken.Phone, taken.Card = "", anna().Card
	f.refused(pos.CodeConflict, func(x store.Tx) error { return x.PutCustomer(&taken) })

	changed := anna()
	changed.Phone, changed.Card, changed.PhoneConfirmed = "", "", false
	f.update(func(x store.Tx) error { return errors.Join(x.PutCustomer(changed), x.PutCustomer(&taken)) })
	reads(f, "replaced", changed, func(x store.Tx) (*pos.Customer, error) { return x.Customer(changed.ID) })

	reads(f, "pages by name", []pos.Customer{taken, *bare2}, func(x store.Tx) ([]pos.Customer, error) {
		return x.ListCustomers(changed.Name, changed.ID, 5)
	})
	f.view(func(x store.Tx) error {
		all, err := walk(x.EachCustomer)
		same(f, "EachCustomer", all, []pos.Customer{*changed, taken, *bare2})
		return err
	})
}

func findsCustomers(t *testing.T, f *fixture) {
	f.update(func(x store.Tx) error {
		return puts(x.PutCustomer,
			pos.Customer{ID: "1", Name: "Пётр Анненский", Phone: "+79000000011", Card: "100"},
			pos.Customer{ID: "2", Name: "Анна Семёнова", Phone: "+79000000022", Card: "777"},
			pos.Customer{ID: "3", Name: "Ян Ли", Phone: "+375290000033"},
			pos.Customer{ID: "4", Name: "Иоанна", Card: "AB-5"},
		)
	})
	find := func(text string, want ...pos.CustomerID) {
		t.Helper()
		f.view(func(x store.Tx) error {
			found, err := x.SearchCustomers(text, 10)
			var got []pos.CustomerID
			for _, c := range found {
				got = append(got, c.ID)
			}
			same(f, "search "+text, got, want)
			return err
		})
	}
	find("анн", "2", "4", "1") // those that begin with it first
	find("СЕМЕН", "2")
	find("ян", "3")
	find("ли ян", "3")
	find("0022", "2")
	find("00-33", "3")
	find("+7 900 000-00-11", "1")
	find("8 900 000-00-11", "1")
	find("80290000033", "3")
	find("+7900", "1", "2")
	find("777", "2")
	find("AB-5", "4")
	find("22") // too few digits, and no card
	for _, text := range []string{"", " ", `"`, "*", "AND", "\x00", "( OR"} {
		find(text)
	}
	renamed := pos.Customer{ID: "4", Name: "Мария"}
	f.update(func(x store.Tx) error { return x.PutCustomer(&renamed) })
	find("иоанна")
	find("мария", "4")
	find("AB-5")
}
