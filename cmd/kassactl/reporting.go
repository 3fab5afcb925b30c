package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"kassa/cmd/internal/shop"
	"kassa/cmd/kassactl/door"
	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/money"
	"kassa/pos/phone"
	"kassa/pos/report"
	"kassa/pos/till"
)

// looking is how a report opens the shop: beside a till that may be working.
var looking = shop.Options{Beside: true}

// keyless is how what looks after the data opens it: also where the keys are lost,
// which is when it is needed most.
var keyless = shop.Options{Beside: true, Keyless: true}

func (p *program) reportX(ctx context.Context, _ []string) error {
	return p.with(ctx, looking, func(s *shop.Shop) error {
		r, err := s.Till.XReport(ctx, till.System())
		return p.shiftReport(s, r, err)
	})
}

func (p *program) reportZ(ctx context.Context, _ []string) error {
	return p.with(ctx, looking, func(s *shop.Shop) error {
		r, err := s.Till.ZReport(ctx, till.System(), pos.ShiftID(p.args.get("shift")))
		return p.shiftReport(s, r, err)
	})
}

func (p *program) shiftReport(s *shop.Shop, r *pos.ShiftReport, err error) error {
	if err != nil {
		return err
	}
	return p.answer(struct {
		Report door.Report `json:"report"`
	}{door.NewReport(r)}, func() {
		for _, line := range report.Lines(report.Shift(r, p.words.T, p.words.Money()), s.Settings().Width) {
			fmt.Fprintln(p.out, line)
		}
	})
}

// table writes a report of like rows for people.
func (p *program) table(t report.Table) {
	fmt.Fprintln(p.out, t.Title)
	if len(t.Rows) == 0 {
		p.say("cli.report.empty", nil)
		return
	}
	w := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
	names := make([]string, len(t.Head))
	for i, c := range t.Head {
		names[i] = c.Name
	}
	fmt.Fprintln(w, strings.Join(names, "\t"))
	for _, cells := range t.Rows {
		shown := make([]string, len(cells))
		for i, c := range cells {
			shown[i] = printable(c)
		}
		fmt.Fprintln(w, strings.Join(shown, "\t"))
	}
	_ = w.Flush()
	for _, r := range t.Total {
		fmt.Fprintln(p.out, r.Label+" "+r.Value)
	}
}

// salesPage is how many sales are read at once.
const salesPage = 1000

// storedSales reads the sales page by page, newest first: all of them, or with
// a limit above zero only so many. A report that left some out by itself would
// tell a total that is none.
func storedSales(ctx context.Context, s *shop.Shop, limit, page int) ([]pos.Sale, error) {
	var all []pos.Sale
	for before := int64(0); limit == 0 || len(all) < limit; {
		size := page
		if limit > 0 {
			size = min(size, limit-len(all))
		}
		got, err := s.Till.Sales(ctx, till.System(), before, size)
		if err != nil {
			return nil, err
		}
		all = append(all, got...)
		if len(got) < size {
			break
		}
		last := &got[len(got)-1]
		before = history.Place(last.Epoch, last.Number)
	}
	return all, nil
}

type saleRow struct {
	ID           pos.SaleID      `json:"id"`
	Number       int64           `json:"number"`
	At           *door.Timestamp `json:"at"`
	Total        string          `json:"total"`
	Customer     pos.CustomerID  `json:"customer"`
	PointsSpent  string          `json:"points_spent"`
	PointsEarned string          `json:"points_earned"`
	DebtAdded    string          `json:"debt_added"`
}

func (p *program) reportSales(ctx context.Context, _ []string) error {
	limit, err := p.number("limit", 0)
	if err != nil {
		return err
	}
	return p.with(ctx, looking, func(s *shop.Shop) error {
		sales, err := storedSales(ctx, s, limit, salesPage)
		if err != nil {
			return err
		}
		list := make([]saleRow, 0, len(sales))
		var total money.Amount
		for i := range sales {
			v := &sales[i]
			total = total.Add(v.Total)
			list = append(list, saleRow{v.ID, v.Number, door.Stamp(v.At), v.Total.String(), v.Customer,
				door.Count(v.PointsSpent), door.Count(v.PointsEarned), v.DebtAdded.String()})
		}
		return p.answer(struct {
			Sales []saleRow `json:"sales"`
			Total string    `json:"total"`
		}{list, total.String()}, func() { p.table(report.Sales(sales, p.words.T, p.words.Money())) })
	})
}

// customers collects those a report is about.
func customers(ctx context.Context, s *shop.Shop, wanted func(*pos.CustomerState) bool) ([]pos.CustomerState, map[pos.CustomerID]time.Time, error) {
	var list []pos.CustomerState
	due := map[pos.CustomerID]time.Time{} // of the debt that is due first
	err := s.Till.CustomerStates(ctx, till.System(), func(c *pos.CustomerState, debts []pos.Debt) error {
		if !wanted(c) {
			return nil
		}
		list = append(list, *c)
		for _, d := range debts {
			if first, ok := due[c.ID]; !ok || d.Due.Before(first) {
				due[c.ID] = d.Due
			}
		}
		return nil
	})
	return list, due, err
}

type pointsRow struct {
	Customer pos.CustomerID `json:"customer"`
	Name     string         `json:"name"`
	Phone    string         `json:"phone"` // masked
	Points   string         `json:"points"`
	Soon     string         `json:"points_soon"`
}

func (p *program) reportPoints(ctx context.Context, _ []string) error {
	return p.with(ctx, looking, func(s *shop.Shop) error {
		found, _, err := customers(ctx, s, func(c *pos.CustomerState) bool { return c.Points != 0 || c.PointsSoon != 0 })
		if err != nil {
			return err
		}
		list := make([]pointsRow, 0, len(found))
		var total int64
		for _, c := range found {
			total += c.Points
			list = append(list, pointsRow{c.ID, c.Name, masked(c.Phone), door.Count(c.Points), door.Count(c.PointsSoon)})
		}
		return p.answer(struct {
			Customers []pointsRow `json:"customers"`
			Total     string      `json:"total"`
		}{list, door.Count(total)}, func() { p.table(report.Points(found, p.words.T, p.words.Money())) })
	})
}

type debtsRow struct {
	Customer pos.CustomerID  `json:"customer"`
	Name     string          `json:"name"`
	Phone    string          `json:"phone"` // masked
	Debt     string          `json:"debt"`
	Overdue  string          `json:"overdue"`
	Limit    string          `json:"limit"`
	Due      *door.Timestamp `json:"due"` // of the debt that is due first
}

func (p *program) reportDebts(ctx context.Context, _ []string) error {
	return p.with(ctx, looking, func(s *shop.Shop) error {
		found, due, err := customers(ctx, s, func(c *pos.CustomerState) bool { return c.Debt != 0 })
		if err != nil {
			return err
		}
		list := make([]debtsRow, 0, len(found))
		var total money.Amount
		for _, c := range found {
			total = total.Add(c.Debt)
			list = append(list, debtsRow{c.ID, c.Name, masked(c.Phone), c.Debt.String(), c.Overdue.String(),
				c.Limit.String(), door.Stamp(due[c.ID])})
		}
		return p.answer(struct {
			Customers []debtsRow `json:"customers"`
			Total     string     `json:"total"`
		}{list, total.String()}, func() { p.table(report.Debts(found, p.words.T, p.words.Money())) })
	})
}

type skipRow struct {
	At        *door.Timestamp `json:"at"`
	Sale      pos.SaleID      `json:"sale"`
	Challenge pos.ChallengeID `json:"challenge"`
	Operation string          `json:"operation"`
	Amount    string          `json:"amount"`
	Customer  pos.CustomerID  `json:"customer"`
	Employee  pos.EmployeeID  `json:"employee"`
	Name      string          `json:"employee_name"`
	Cause     string          `json:"cause"`
	Reason    string          `json:"reason"`
}

func (p *program) reportSkips(ctx context.Context, _ []string) error {
	from, to, err := p.days()
	if err != nil {
		return err
	}
	return p.with(ctx, looking, func(s *shop.Shop) error {
		skips, err := s.Till.Skips(ctx, till.System(), from, to)
		if err != nil {
			return err
		}
		names, err := employeeNames(ctx, s)
		if err != nil {
			return err
		}
		list := make([]skipRow, 0, len(skips))
		for _, o := range skips {
			list = append(list, skipRow{door.Stamp(o.At), o.Sale, o.Challenge, o.Operation, o.Amount.String(), o.Customer,
				o.Employee, names[o.Employee], o.Cause, o.Reason})
		}
		who := func(id pos.EmployeeID) string { return names[id] }
		return p.answer(struct {
			Skips []skipRow `json:"skips"`
		}{list}, func() { p.table(report.Skips(skips, who, p.words.T, p.words.Money())) })
	})
}

func employeeNames(ctx context.Context, s *shop.Shop) (map[pos.EmployeeID]string, error) {
	all, err := s.Till.Employees(ctx)
	if err != nil {
		return nil, err
	}
	names := make(map[pos.EmployeeID]string, len(all))
	for _, e := range all {
		names[e.ID] = e.Name
	}
	return names, nil
}

func masked(e164 string) string {
	if e164 == "" {
		return ""
	}
	return phone.Mask(e164)
}

// number reads a flag that is a whole number above zero.
func (p *program) number(flag string, otherwise int) (int, error) {
	if !p.args.has(flag) {
		return otherwise, nil
	}
	n, err := strconv.Atoi(p.args.get(flag))
	if err != nil || n < 1 || n > 1_000_000 {
		return 0, usage("cli.flag-choice", p.args.get(flag))
	}
	return n, nil
}

// date reads a flag that is a day, in the computer's time zone.
func (p *program) date(flag string, otherwise time.Time) (time.Time, error) {
	if !p.args.has(flag) {
		return otherwise, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, p.args.get(flag), time.Local)
	if err != nil {
		return time.Time{}, usage("cli.bad-date", p.args.get(flag))
	}
	return t, nil
}

// days are what --since and --until bound; the last day counts whole.
func (p *program) days() (from, to time.Time, err error) {
	if from, err = p.date("since", time.Time{}); err != nil {
		return from, to, err
	}
	to, err = p.date("until", time.Now().AddDate(1, 0, 0))
	return from, to.AddDate(0, 0, 1), err
}
