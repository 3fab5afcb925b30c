package manual

import (
	"strings"
	"time"

	"kassa/pos/ledger"
	"kassa/pos/money"
)

// Choice chooses orders to list; what is empty chooses all.
type Choice struct {
	State    State
	Merchant string
	Customer string
	Also     []string  // other cards of that customer, merged into one
	From, To time.Time // of making, To excluded
	After    string    // the last order of the page before
	Limit    int
}

// Page is a page of orders, newest first.
type Page struct {
	Orders []Order
	Counts map[State]int64 // of all that fit, whatever their state
	More   bool
	// AsOf is when that was so, where it was read from what the till keeps of it
	// because the backend did not answer; zero for now.
	AsOf time.Time
}

// Wait is how long an open order may still wait.
type Wait struct {
	Days  int  // until the day of the deadline; 0 is today
	Over  bool // the deadline has passed; time is about to decline it
	Short bool // today or tomorrow
}

// WaitOf counts the days until an order's deadline as people in a zone count them:
// by midnights, not by 24 hours.
func WaitOf(deadline, now time.Time, zone *time.Location) Wait {
	day := func(t time.Time) time.Time {
		y, m, d := t.In(zone).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	days := int(day(deadline).Sub(day(now)) / (24 * time.Hour))
	return Wait{Days: max(days, 0), Over: !now.Before(deadline), Short: days <= 1}
}

// Terms are what counts of an order: what was confirmed, or while nobody decided
// what was asked for.
func (o *Order) Terms() *Terms {
	if o.Confirmed != nil {
		return o.Confirmed
	}
	return &o.Requested
}

// Corrected reports that whoever decided said another sum, currency or day than was
// first said.
func (o *Order) Corrected() bool { return o.Confirmed != nil && !o.Confirmed.same(&o.Requested) }

// Corrects reports that a decision says another sum, currency or day than the order
// has.
func (d *Ruling) Corrects(o *Order) bool {
	t := d.terms(&o.Requested)
	return !t.same(&o.Requested)
}

// Most is the larger of what was asked for and what a decision makes of it, as far
// as both are in one currency: a cap is held to both.
func (d *Ruling) Most(o *Order) (money.Amount, money.Currency) {
	t := d.terms(&o.Requested)
	if t.Currency == o.Requested.Currency {
		return max(t.Price, o.Requested.Price), t.Currency
	}
	return t.Price, t.Currency
}

// Posted is the sum of a kind's postings to an account in a currency.
type Posted struct {
	Account  ledger.Account
	Currency money.Currency
	Kind     ledger.Kind
	Sum      int64
	Count    int64 // of postings
}

// Takings are what came by one merchant in one currency in a time. Gross less
// Returned is Fees and Net; a fixed fee in another currency is a row of its own.
type Takings struct {
	Merchant string         `json:"merchant"`
	Name     string         `json:"name"`
	Currency money.Currency `json:"currency"`
	Payments int64          `json:"payments"`
	Refunds  int64          `json:"refunds"`
	Gross    money.Amount   `json:"gross" doc:"Minor units of the currency"`
	Returned money.Amount   `json:"returned"`
	Fees     money.Amount   `json:"fees" doc:"What the merchant kept, less what came back with refunds"`
	Net      money.Amount   `json:"net" doc:"What is left of it with the merchant"`
}

// SumUp makes the report of sums of the journal, in the order of the merchants and
// by currency. A merchant without any is left out.
func SumUp(posted []Posted, merchants []Merchant) []Takings {
	rows := []Takings{}
	for i := range merchants {
		m := &merchants[i]
		at := map[money.Currency]int{}
		for _, p := range posted {
			account, id, _ := strings.Cut(string(p.Account), ":")
			if id != m.ID || account+":" == accountOwed {
				continue
			}
			n, known := at[p.Currency]
			if !known {
				n = len(rows)
				at[p.Currency] = n
				rows = append(rows, Takings{Merchant: m.ID, Name: m.Name, Currency: p.Currency})
			}
			rows[n].add(account+":", &p)
		}
	}
	return rows
}

func (t *Takings) add(account string, p *Posted) {
	sum := money.Amount(p.Sum)
	switch {
	case account == accountNet:
		t.Net = t.Net.Add(sum)
	case account == accountFees:
		t.Fees = t.Fees.Add(sum)
	case account == accountGross && p.Kind == KindReturned:
		t.Returned, t.Refunds = t.Returned.Add(sum), t.Refunds+p.Count
	case account == accountGross:
		t.Gross, t.Payments = t.Gross.Sub(sum), t.Payments+p.Count
	}
}
