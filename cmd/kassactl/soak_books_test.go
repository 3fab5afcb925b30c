package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// The books a shop's day is compared with: kept beside the till, out of what a
// cashier was shown alone. Sums are kopecks.

// doc is a numbered document of an act.
type doc struct {
	kind   string // "sale", "return", "shift"
	id     string
	number int64 // 0 while its answer is not known
	total  int64
}

// act is one thing that is either whole in the books or not there at all.
type act struct {
	what     string
	docs     []doc
	drawer   int64
	customer string
	debt     int64
	points   int64
	opens    bool // the shift, with drawer in it
	closes   bool
}

// standing is how the books stand after some acts. It is compared as a whole.
type standing struct {
	open    bool // the shift
	drawer  int64
	sold    int // sales of the open shift
	docs    map[string]int
	debts   map[string]int64
	points  map[string]int64
	returns int64
	sales   int64 // their sums
}

// books are the acts that were told as done, in their order.
type books struct {
	debts, points map[string]int64 // at the beginning
	acts          []act
	// numbers are all that were ever told, by kind, with the document that has it:
	// what was lost and given up keeps its number.
	numbers map[string]map[int64]string
	highest map[string]int64
}

func newBooks(made newShop) *books {
	b := &books{debts: map[string]int64{}, points: map[string]int64{}, numbers: map[string]map[int64]string{}, highest: map[string]int64{}}
	for _, c := range made.Customers[:customersOfDay] {
		b.debts[string(c.ID)], b.points[string(c.ID)] = kopecks(c.Debt), whole(c.Points)
	}
	return b
}

// begin is how the books stood before the first act.
func (b *books) begin() standing {
	return standing{docs: map[string]int{}, debts: maps.Clone(b.debts), points: maps.Clone(b.points)}
}

// add takes an act into a standing.
func (s *standing) add(a *act) {
	s.drawer += a.drawer
	if a.opens {
		s.open, s.drawer, s.sold = true, a.drawer, 0
	}
	if a.closes {
		s.open, s.drawer, s.sold = false, 0, 0
	}
	for _, d := range a.docs {
		s.docs[d.kind]++
		switch d.kind {
		case "sale":
			s.sold++
			s.sales += d.total
		case "return":
			s.returns += d.total
		}
	}
	if a.customer != "" {
		s.debts[a.customer] += a.debt
		s.points[a.customer] += a.points
	}
}

// now is how the books stand.
func (b *books) now() standing { return b.after(len(b.acts)) }

// after is how they stood after the first n acts.
func (b *books) after(n int) standing {
	s := b.begin()
	for i := range b.acts[:n] {
		s.add(&b.acts[i])
	}
	return s
}

// with is how they would stand with one more.
func (b *books) with(a act) standing {
	s := b.now()
	s.add(&a)
	return s
}

// book takes an act whose documents have their numbers. A number that another
// document had, or one below, is told.
func (b *books) book(a act) error {
	for _, d := range a.docs {
		if b.numbers[d.kind] == nil {
			b.numbers[d.kind] = map[int64]string{}
		}
		if other := b.numbers[d.kind][d.number]; d.kind != "shift" && other != "" && other != d.id {
			return fmt.Errorf("%s %d is the number of %s and of %s", d.kind, d.number, other, d.id)
		}
		if d.number < b.highest[d.kind] {
			return fmt.Errorf("%s %d comes after %d", d.kind, d.number, b.highest[d.kind])
		}
		b.numbers[d.kind][d.number], b.highest[d.kind] = d.id, d.number
	}
	b.acts = append(b.acts, a)
	return nil
}

// goBack gives up every act after the first n, and tells the sales among them
// as the till names what is missing: "118–124". Their numbers stay known.
func (b *books) goBack(n int) (lost string) {
	var numbers []int64
	for _, a := range b.acts[n:] {
		for _, d := range a.docs {
			if d.kind == "sale" {
				numbers = append(numbers, d.number)
			}
		}
	}
	b.acts = b.acts[:n]
	switch len(numbers) {
	case 0:
		return ""
	case 1:
		return strconv.FormatInt(numbers[0], 10)
	}
	return fmt.Sprintf("%d–%d", slices.Min(numbers), slices.Max(numbers))
}

// differs tells what two standings have not in common, "" for nothing.
func (s *standing) differs(from *standing) string {
	var all []string
	say := func(what string, a, b any) {
		if fmt.Sprint(a) != fmt.Sprint(b) {
			all = append(all, fmt.Sprintf("%s %v, not %v", what, a, b))
		}
	}
	say("shift open", s.open, from.open)
	say("drawer", s.drawer, from.drawer)
	say("sales of the shift", s.sold, from.sold)
	for _, kind := range []string{"sale", "return"} {
		say("number of documents: "+kind, s.docs[kind], from.docs[kind])
	}
	say("sum of sales", s.sales, from.sales)
	say("sum of returns", s.returns, from.returns)
	for id := range s.debts {
		say("debt of "+id, s.debts[id], from.debts[id])
		say("points of "+id, s.points[id], from.points[id])
	}
	return strings.Join(all, "; ")
}

// kopecks reads an amount as it is told; what is none counts as an absurd sum.
func kopecks(text string) int64 {
	rubles, rest, _ := strings.Cut(text, ".")
	if len(rest) == 0 {
		rest = "00"
	}
	n, err := strconv.ParseInt(rubles+rest, 10, 64)
	if err != nil || len(rest) != 2 {
		return -1 << 50
	}
	return n
}

func rubles(n int64) string { return fmt.Sprintf("%d.%02d", n/100, n%100) }

func whole(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return -1 << 50
	}
	return n
}
