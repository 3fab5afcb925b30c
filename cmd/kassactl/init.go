package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"kassa/cmd/internal/shop"
	"kassa/cmd/kassactl/door"
	"kassa/pos"
	"kassa/pos/recovery"
	"kassa/pos/till"
)

// newEmployee is somebody who works in the demo shop `init` makes.
type newEmployee struct {
	Name  string      `json:"name"`
	Group pos.GroupID `json:"group"`
	PIN   string      `json:"pin"`
}

type newCustomer struct {
	ID          pos.CustomerID `json:"id"`
	Name        string         `json:"name"`
	Phone       string         `json:"phone"`
	Card        string         `json:"card"`
	Points      string         `json:"points"`
	Debt        string         `json:"debt"`
	CreditLimit string         `json:"credit_limit"`
}

type newProduct struct {
	ID      pos.ProductID `json:"id"`
	SKU     string        `json:"sku"`
	Name    string        `json:"name"`
	Barcode string        `json:"barcode"` // the first one
	Price   string        `json:"price"`
}

// newShop is what init answers: all that was made.
type newShop struct {
	Employees []newEmployee `json:"employees"`
	Customers []newCustomer `json:"customers"`
	Products  []newProduct  `json:"products"`
	// Code is the owner's recovery code, told this once.
	Code string `json:"recovery_code,omitempty"`
}

// init makes a shop where there is none.
func (p *program) init(ctx context.Context, _ []string) error {
	demo, owner := p.args.has("demo"), p.args.get("owner")
	if demo && p.args.has("owner") {
		return usage("cli.demo-or-owner", "owner")
	}
	if p.args.has("month") && !demo {
		return usage("cli.month-is-demo", "month")
	}
	var pin string
	if p.args.has("owner") {
		var err error
		if pin, err = p.askPIN(owner); err != nil {
			return err
		}
	}
	s, d, err := shop.Create(ctx, shop.Options{Home: p.args.get("home"), Log: p.stderrLog(), Anew: p.args.has("anew"), Month: p.args.has("month")}, demo)
	if err != nil {
		return err
	}
	defer s.Close()
	set := s.Settings()
	p.speak(p.args.get("lang"), &set)
	made := newShop{Employees: []newEmployee{}, Customers: []newCustomer{}, Products: []newProduct{}}
	switch {
	case demo:
		made = demoMade(d)
	case p.args.has("owner"):
		a, err := s.Till.CreateOwner(ctx, owner, pin)
		if err != nil {
			return err
		}
		made.Employees = append(made.Employees, newEmployee{Name: a.Name, Group: a.Group})
		code, err := s.Till.NewRecovery(ctx, a)
		if err != nil {
			return err
		}
		made.Code = recovery.Show(code)
	}
	return p.answer(made, func() { p.showMade(s, made, demo) })
}

func demoMade(d *till.DemoShop) newShop {
	var made newShop
	for _, e := range d.Employees {
		made.Employees = append(made.Employees, newEmployee(e))
	}
	for _, c := range d.Customers {
		made.Customers = append(made.Customers, newCustomer{ID: c.ID, Name: c.Name, Phone: c.Phone, Card: c.Card,
			Points: door.Count(c.Points), Debt: c.Debt.String(), CreditLimit: c.CreditLimit.String()})
	}
	for _, g := range d.Products {
		v := newProduct{ID: g.ID, SKU: g.SKU, Name: g.Name, Price: g.Price.String()}
		if len(g.Barcodes) > 0 {
			v.Barcode = g.Barcodes[0]
		}
		made.Products = append(made.Products, v)
	}
	return made
}

func (p *program) showMade(s *shop.Shop, made newShop, demo bool) {
	p.say("cli.init.done", pos.Args{"Dir": s.Home.Dir})
	switch {
	case demo:
		p.say("cli.init.demo", nil)
		w := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
		for _, e := range made.Employees {
			fmt.Fprintf(w, "  %s\t%s\t%s\n", e.Name, p.words.Value(e.Group), e.PIN)
		}
		_ = w.Flush()
	case len(made.Employees) == 0:
		p.say("cli.init.owner-later", nil)
	default:
		p.sayRecovery(made.Code)
	}
}

// askPIN reads the owner's PIN, never from the command line, where every
// program on the computer could read it. Name and PIN are checked before
// anything is made.
func (p *program) askPIN(owner string) (string, error) {
	if strings.TrimSpace(owner) == "" {
		return "", usage("cli.flag-needs-value", "owner")
	}
	if !p.json {
		fmt.Fprintln(p.err, p.words.T("cli.init.pin-prompt", nil))
	}
	line, err := bufio.NewReader(io.LimitReader(p.in, 256)).ReadString('\n')
	pin := strings.TrimSpace(line)
	if pin == "" {
		return "", &pos.Error{Code: pos.CodeInvalid, ID: "cli.no-pin", Err: err}
	}
	return pin, pos.CheckPIN(pin)
}
