package figures

import (
	"strconv"
	"time"

	"kassa/pos"
)

// DayRows is the range of rows of one day.
type DayRows struct {
	Day Day
	Rows
}

// Find says which sales a figure is made of. Empty fields leave open.
type Find struct {
	From, To time.Time // [From, To)
	In       []DayRows // the rows in which they lie, newest first
	After    int64     // and all rows after this one
	Before   int64     // below this row, for the next page; 0: from the newest
	Product  string
	Category *string // of the products sold
	Employee string
	Seller   bool // Employee is who sold, of what came back too
	Tender   string
	Offer    string // that took something off
	Hour     int    // 0…23, -1 for any
	Weekday  int    // 1…7, 0 for any
	Zone     *time.Location
	Limit    int
}

// Matches tells whether a sale was made at the hour and on the weekday sought.
func (f *Find) Matches(at time.Time) bool {
	if f.Hour >= 0 && at.In(f.Zone).Hour() != f.Hour {
		return false
	}
	return f.Weekday == 0 || DayOf(at, f.Zone).Weekday() == f.Weekday
}

// Product is what reports name goods by.
type Product struct {
	Name, SKU, Unit, Category string
}

// Given is what an automatic discount took off in some sales.
type Given struct {
	Offer, Name string // as it was called last
	Times       int64  // sales
	Sum         int64  // minor units
}

// Code is what became of one customer's code.
type Code struct {
	Operation, Channel, Provider, State string
	Sends, Wrong                        int64
	Sale                                pos.SaleID
	Skipped                             bool
}

// Behind says which sales are behind a row of a report, and the dimension whose
// days with that key hold them; ByDay where every day may.
func (q Query) Behind(key string, zone *time.Location) (Find, Dim, error) {
	p := q.Period
	f := Find{Hour: -1, Zone: zone}
	dim := ByDay
	num, err := strconv.Atoi(key)
	switch {
	case key == "" && q.Kind != Categories:
		err = nil
	case q.Kind == Days && err == nil:
		p = Of(SpanDay, p.From.Add(num))
	case (q.Kind == Months || q.Kind == PointsFlow) && err == nil:
		month := Of(SpanMonth, p.From.Month().plusMonths(num))
		p = Period{SpanCustom, max(p.From, month.From), min(p.To, month.To)}
	case q.Kind == Hours && err == nil:
		f.Hour, dim = num, ByHour
	case q.Kind == Weekdays && err == nil:
		f.Weekday = num
	case q.Kind == Products || q.Kind == Margin:
		f.Product, dim, err = key, ByProduct, nil
	case q.Kind == Categories:
		f.Category, err = &key, nil
	case q.Kind == Employees || q.Kind == Discounts:
		f.Employee, dim, err = key, ByEmployee, nil
		f.Seller = q.Kind == Discounts
	case q.Kind == Promotions:
		f.Offer, err = key, nil
	case q.Kind == Tenders:
		f.Tender, dim, err = key, ByTender, nil
	default:
		err = pos.E(pos.CodeInvalid, "figures.no-sales", nil)
	}
	f.From, f.To = p.Moments(zone)
	return f, dim, err
}

// Counts are one code in the columns of its report: codes, messages sent, right,
// wrong entries, not sent, perhaps sent, skipped.
func (c *Code) Counts() [7]int64 {
	n := [7]int64{1, c.Sends, 0, c.Wrong, 0, 0, 0}
	switch {
	case c.Skipped:
		n[6] = 1
	case c.State == "verified" || c.State == "consumed":
		n[2] = 1
	case c.State == "send_failed":
		n[4] = 1
	case c.State == "send_unknown":
		n[5] = 1
	}
	return n
}
