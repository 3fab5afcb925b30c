// Package offers is the window of automatic discounts: the list of promotions, a
// card for each, and the making of coupons.
package offers

import (
	"strconv"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/offers"
	"kassa/ui"
)

// draft is a promotion as it is typed.
type draft struct {
	p offers.Promotion // what the card does not show stays as it was
	typed
}

// typed is what the card shows, fit to be compared.
type typed struct {
	name, priority, value, group, free     string
	from, to, after, before                string
	categories, minQty, minSum, most, near string
	effect                                 int
	days                                   [7]bool // from Monday
	on, birthday, coupon, alone, manual    bool
}

// The days of the week as a card shows them.
var week = [7]time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

func newDraft(env *ui.Env, p *offers.Promotion) draft {
	if p == nil {
		return draft{typed: typed{priority: "0", on: true, near: "0", group: "3", free: "1"}}
	}
	m := env.Words.Money()
	d := draft{p: *p, typed: typed{name: p.Name, priority: strconv.Itoa(p.Priority), from: shownDay(p.From), to: shownDay(p.To),
		after: clock(p.After), before: clock(p.Before), categories: strings.Join(p.Categories, ", "), near: strconv.Itoa(p.Around),
		group: strconv.Itoa(max(p.Group, 2)), free: strconv.Itoa(max(p.Free, 1)),
		on: p.On, birthday: p.Birthday, coupon: p.Coupon, alone: p.Alone, manual: p.WithManual}}
	switch p.Effect {
	case offers.SumOff:
		d.value = m.Bare(p.Sum)
	case offers.PriceAt:
		d.value = m.Bare(p.Price)
	default:
		d.value = p.Percent.String()
	}
	for i, e := range offers.Effects {
		if e == p.Effect {
			d.effect = i
		}
	}
	for i, day := range week {
		for _, has := range p.Days {
			d.days[i] = d.days[i] || has == day
		}
	}
	if p.MinQty != 0 {
		d.minQty = m.Quantity(p.MinQty)
	}
	if p.MinSum != 0 {
		d.minSum = m.Bare(p.MinSum)
	}
	if p.Most != 0 {
		d.most = m.Bare(p.Most)
	}
	return d
}

// read is the promotion that was typed, or the first thing nobody can read.
func (d *draft) read() (offers.Promotion, error) {
	p := d.p
	p.Name, p.On, p.Effect = d.name, d.on, offers.Effects[d.effect]
	p.Birthday, p.Coupon, p.Alone, p.WithManual = d.birthday, d.coupon, d.alone, d.manual
	p.Percent, p.Sum, p.Price, p.Group, p.Free = 0, 0, 0, 0, 0
	var r reader
	p.Priority = r.whole(d.priority, "offers.priority", offers.MaxPriority)
	p.From, p.To = r.day(d.from), r.day(d.to)
	p.After, p.Before = r.minute(d.after), r.minute(d.before)
	p.MinQty, p.MinSum, p.Most = r.quantity(d.minQty), r.amount(d.minSum), r.amount(d.most)
	p.Around = 0
	if d.birthday {
		p.Around = r.whole(d.near, "offers.around", offers.MaxAround)
	}
	switch p.Effect {
	case offers.SumOff:
		p.Sum = r.amount(d.value)
	case offers.PriceAt:
		p.Price = r.amount(d.value)
	case offers.SomeOff:
		p.Group, p.Free = r.whole(d.group, "offers.some", offers.MaxGroup), r.whole(d.free, "offers.some", offers.MaxGroup)
		fallthrough
	default:
		p.Percent = r.percent(d.value)
	}
	p.Days, p.Categories = nil, nil
	for i, on := range d.days {
		if on {
			p.Days = append(p.Days, week[i])
		}
	}
	for c := range strings.SplitSeq(d.categories, ",") {
		if c = strings.TrimSpace(c); c != "" {
			p.Categories = append(p.Categories, c)
		}
	}
	if r.err != nil {
		return p, r.err
	}
	return p, p.Check()
}

// reader reads what was typed and keeps the first mistake.
type reader struct{ err error }

func (r *reader) fail(id string, args pos.Args) {
	if r.err == nil {
		r.err = pos.E(pos.CodeInvalid, id, args)
	}
}

func (r *reader) whole(text, id string, most int) int {
	n, err := strconv.Atoi(strings.ReplaceAll(strings.TrimSpace(text), "−", "-"))
	if err != nil {
		r.fail(id, pos.Args{"Max": most})
	}
	return n
}

func (r *reader) day(text string) string {
	if text = strings.TrimSpace(text); text == "" {
		return ""
	}
	for _, layout := range []string{"02.01.2006", "2.1.2006", offers.DateLayout} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.Format(offers.DateLayout)
		}
	}
	r.fail("offers.date", nil)
	return ""
}

func shownDay(day string) string {
	if t, err := time.Parse(offers.DateLayout, day); err == nil {
		return t.Format("02.01.2006")
	}
	return ""
}

// minute reads "9:30" as the minute of the day; "24:00" is its end.
func (r *reader) minute(text string) int {
	if text = strings.TrimSpace(text); text == "" || text == "24:00" {
		return 0
	}
	t, err := time.Parse("15:04", text)
	if err != nil {
		r.fail("offers.time", nil)
	}
	return t.Hour()*60 + t.Minute()
}

func clock(minute int) string {
	if minute == 0 {
		return ""
	}
	return time.Time{}.Add(time.Duration(minute) * time.Minute).Format("15:04")
}

func (r *reader) amount(text string) money.Amount {
	if strings.TrimSpace(text) == "" {
		return 0
	}
	a, err := money.ParseAmount(text)
	if err != nil {
		r.fail("offers.limits", nil)
	}
	return a
}

func (r *reader) quantity(text string) money.Quantity {
	if strings.TrimSpace(text) == "" {
		return 0
	}
	q, err := money.ParseQuantity(text)
	if err != nil {
		r.fail("offers.limits", nil)
	}
	return q
}

func (r *reader) percent(text string) money.Percent {
	p, err := money.ParsePercent(text)
	if err != nil {
		r.fail("offers.percent", nil)
	}
	return p
}

// gives says in a few words what a promotion does.
func gives(env *ui.Env, p *offers.Promotion) string {
	return env.T("offers.gives."+string(p.Effect), pos.Args{"Percent": p.Percent, "Sum": p.Sum, "Price": p.Price, "Group": p.Group, "Free": p.Free})
}

// period says when a promotion runs.
func period(env *ui.Env, p *offers.Promotion) string {
	if p.From == "" && p.To == "" {
		return env.T("offers.always", nil)
	}
	return shownDay(p.From) + " – " + shownDay(p.To)
}
