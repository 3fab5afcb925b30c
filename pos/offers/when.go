package offers

import (
	"slices"
	"strconv"
	"time"

	"kassa/pos"
)

// Buyer is what a promotion may ask of the customer.
type Buyer struct {
	Group    string
	Birthday string // "MM-DD" or "YYYY-MM-DD"; "" for unknown
}

// Why says why a promotion gave nothing. Its values are ids of words.
type Why string

// Reasons, in the order in which they are looked for.
const (
	WhyOff      Why = "offers.why.off"
	WhyDate     Why = "offers.why.date"
	WhyDay      Why = "offers.why.day"
	WhyTime     Why = "offers.why.time"
	WhyGroup    Why = "offers.why.group"
	WhyBirthday Why = "offers.why.birthday"
	WhyCoupon   Why = "offers.why.coupon"
	WhyCheque   Why = "offers.why.cheque" // the sum of the cheque is too small
	WhyGoods    Why = "offers.why.goods"  // none of its goods are on the cheque
	WhyQty      Why = "offers.why.qty"    // too few of them
	WhyTaken    Why = "offers.why.taken"  // another promotion came first
	WhyManual   Why = "offers.why.manual" // the cashier gave a discount
	WhyNothing  Why = "offers.why.nothing"
)

// closed tells why the promotion is not to be had by this buyer at this moment;
// "" when it is.
func (p *Promotion) closed(c *Cheque) Why {
	day := c.At.Format(DateLayout)
	switch {
	case !p.On || p.Archived:
		return WhyOff
	case (p.From != "" && day < p.From) || (p.To != "" && day > p.To):
		return WhyDate
	case len(p.Days) > 0 && !slices.Contains(p.Days, c.At.Weekday()):
		return WhyDay
	case !p.hour(c.At):
		return WhyTime
	case len(p.Groups) > 0 && (c.Buyer == nil || !slices.Contains(p.Groups, c.Buyer.Group)):
		return WhyGroup
	case p.Birthday && (c.Buyer == nil || !Birthday(c.Buyer.Birthday, c.At, p.Around)):
		return WhyBirthday
	case p.Coupon && !slices.Contains(c.Coupons, p.ID):
		return WhyCoupon
	}
	return ""
}

// hour reports whether the rule counts at that time of the day.
func (r *Rule) hour(at time.Time) bool {
	m := at.Hour()*60 + at.Minute()
	switch {
	case r.After == 0 && r.Before == 0:
		return true
	case r.Before == 0:
		return m >= r.After
	case r.After < r.Before:
		return m >= r.After && m < r.Before
	}
	return m >= r.After || m < r.Before
}

// Birthday reports whether a birthday lies within so many days of at, over the
// turn of the year too. A day that is none is nobody's birthday; who was born on
// 29 February has it on 1 March in other years.
func Birthday(day string, at time.Time, around int) bool {
	month, date, ok := monthDay(day)
	if !ok {
		return false
	}
	y, m, d := at.Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	for year := y - 1; year <= y+1; year++ {
		off := today.Sub(time.Date(year, month, date, 0, 0, 0, 0, time.UTC)) / (24 * time.Hour)
		if max(off, -off) <= time.Duration(around) {
			return true
		}
	}
	return false
}

func monthDay(s string) (time.Month, int, bool) {
	if len(s) == len(DateLayout) {
		s = s[len("2006-"):]
	}
	if len(s) != len("01-02") || s[2] != '-' {
		return 0, 0, false
	}
	m, err := strconv.Atoi(s[:2])
	d, err2 := strconv.Atoi(s[3:])
	return time.Month(m), d, err == nil && err2 == nil && m >= 1 && m <= 12 && d >= 1 && d <= 31
}

// has reports whether goods are among those the rule is for.
func (r *Rule) has(l *Line) bool {
	if len(r.Products) == 0 && len(r.Categories) == 0 {
		return true
	}
	return slices.Contains(r.Products, l.Product) ||
		slices.ContainsFunc(r.Categories, func(c string) bool { return pos.Fold(c) == pos.Fold(l.Category) })
}
