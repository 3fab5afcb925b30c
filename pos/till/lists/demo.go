package lists

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"kassa/pos"
	"kassa/pos/imports"
	"kassa/pos/till/staff"
)

// The files of a demo shop, in the form in which a shop imports its own.
const (
	demoProducts  = "demo/products.csv"
	demoCustomers = "demo/customers.csv"
	demoPeople    = "demo/employees.csv" // names of the staff in another language; there need be none
)

// metaDemo keeps the PINs of a demo's employees, which its login screen shows.
// A shop that sells for real never has it.
const metaDemo = "demo.employees"

// DemoShop is what SeedDemo made, in the order of its files.
type DemoShop struct {
	Employees []DemoEmployee // the owner first
	Customers []pos.CustomerState
	Products  []pos.Product
}

// DemoEmployee is an employee of a demo shop, PIN included.
type DemoEmployee struct {
	Name  string
	Group pos.GroupID
	PIN   string
}

// demoStaff are the people of a demo shop: one who may do everything, one who
// may go on without a code, one who may not.
var demoStaff = []DemoEmployee{
	{Name: "Ольга Волкова", Group: pos.GroupOwner},
	{Name: "Сергей Титов", Group: pos.GroupSeniorCashier},
	{Name: "Ирина Котова", Group: pos.GroupCashier},
}

// SeedDemo fills an empty shop with employees, goods and customers. The PINs are
// drawn now, so no two demos share one. files holds demo/products.csv and
// demo/customers.csv, and demo/employees.csv where the staff is called otherwise. CodeConflict "demo.not-empty" when somebody works here
// already: a demo is never poured over a real shop.
func (t *Till) SeedDemo(ctx context.Context, files fs.FS) (*DemoShop, error) {
	var d *DemoShop
	err := t.desk.Change(ctx, pos.Actor{}, "", func(o *op) error {
		d = &DemoShop{}
		there, err := o.Employees()
		if err != nil {
			return err
		}
		if len(there) > 0 {
			return pos.E(pos.CodeConflict, "demo.not-empty", nil)
		}
		if err := o.staff.InitShop(); err != nil {
			return err
		}
		for _, step := range []func(*DemoShop, fs.FS) error{o.demoStaff, o.demoProducts, o.demoCustomers} {
			if err := step(d, files); err != nil {
				return err
			}
		}
		return o.Note(pos.EventImported, "demo", map[string]string{
			"what": "demo", "products": count(int64(len(d.Products))), "customers": count(int64(len(d.Customers))),
		})
	})
	if err != nil {
		return nil, err
	}
	return d, nil
}

// DemoEmployees are the employees of a demo shop with their PINs, for its login
// screen; nobody in a shop that was not made by SeedDemo.
func (t *Till) DemoEmployees(ctx context.Context) ([]DemoEmployee, error) {
	var staff []DemoEmployee
	err := t.desk.Look(ctx, pos.Actor{}, "", func(o *op) error {
		text, err := o.Meta(metaDemo)
		if err != nil || text == "" {
			return err
		}
		return json.Unmarshal([]byte(text), &staff)
	})
	return staff, err
}

// demoNames are the people of the demo under their names in the language of its
// files.
func demoNames(files fs.FS) ([]DemoEmployee, error) {
	people := slices.Clone(demoStaff)
	text, err := fs.ReadFile(files, demoPeople)
	if errors.Is(err, fs.ErrNotExist) {
		return people, nil
	}
	if err != nil {
		return nil, err
	}
	names := strings.Split(strings.TrimSpace(string(text)), "\n")[1:]
	if len(names) != len(people) {
		return nil, pos.Wrap(pos.CodeInternal, "till.internal", fmt.Errorf("%s: %d names for %d people", demoPeople, len(names), len(people)))
	}
	for i := range people {
		people[i].Name = names[i]
	}
	return people, nil
}

func (o *op) demoStaff(d *DemoShop, files fs.FS) error {
	people, err := demoNames(files)
	if err != nil {
		return err
	}
	used := map[string]bool{}
	for _, e := range people {
		for e.PIN == "" || used[e.PIN] {
			var err error
			if e.PIN, err = staff.NewPIN(); err != nil {
				return err
			}
		}
		used[e.PIN] = true
		hired, err := o.staff.Hire(e.Name, e.Group, e.PIN)
		if err != nil {
			return err
		}
		if o.Actor.ID == "" { // the owner makes the rest
			if o.Actor, err = o.staff.ActorOf(hired); err != nil {
				return err
			}
		}
		if err := o.Note(pos.EventEmployeeChanged, string(hired.ID), map[string]string{"added": "1", "group": string(e.Group)}); err != nil {
			return err
		}
		d.Employees = append(d.Employees, e)
	}
	text, err := json.Marshal(d.Employees)
	if err != nil {
		return err
	}
	return o.PutMeta(metaDemo, string(text))
}

func (o *op) demoProducts(d *DemoShop, files fs.FS) error {
	f, err := files.Open(demoProducts)
	if err != nil {
		return err
	}
	defer f.Close()
	i := demoImport(o.t)
	_, err = imports.Products(f, func(row imports.Product, bad []BadRow) error {
		if len(bad) > 0 {
			return errDemo(bad[0])
		}
		if err := o.importProducts(i, []productRow{{Product: row}}); err != nil {
			return err
		}
		if len(i.report.Bad) > 0 {
			return errDemo(i.report.Bad[0])
		}
		p, err := o.ProductBySKU(row.SKU)
		if err != nil {
			return err
		}
		put(&p.Stock, row.Stock) // the movement is still under way in this transaction
		d.Products = append(d.Products, *p)
		return nil
	})
	return err
}

func (o *op) demoCustomers(d *DemoShop, files fs.FS) error {
	f, err := files.Open(demoCustomers)
	if err != nil {
		return err
	}
	defer f.Close()
	i := demoImport(o.t)
	_, err = imports.Customers(f, o.Settings.Country, func(row imports.Customer, bad []BadRow) error {
		if len(bad) > 0 {
			return errDemo(bad[0])
		}
		if _, err := o.importCustomer(row, i); err != nil {
			return err
		}
		c, err := o.CustomerByPhone(row.Phone)
		if err != nil {
			return err
		}
		s, err := o.clients.StateOf(c)
		if err != nil {
			return err
		}
		d.Customers = append(d.Customers, *s)
		return nil
	})
	return err
}

// demoImport brings our own lists in within the operation that makes the shop.
func demoImport(t *Till) *importing {
	return &importing{t: t, doc: "import:demo", report: &ImportReport{}, people: map[pos.CustomerID]int{}}
}

// errDemo says which row of our own demo files is wrong: a mistake of ours.
func errDemo(b BadRow) error {
	return pos.Wrap(pos.CodeInternal, "till.internal", errors.New("demo file: line "+count(int64(b.Line))+": "+b.ID))
}
