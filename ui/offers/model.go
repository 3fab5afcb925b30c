// Package offers is the window of automatic discounts: the list of promotions, a
// card for each, and the making of coupons.
package offers

import (
	"fmt"
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
	p                     offers.Promotion // what the card does not show stays as it was
	goods, kinds, members []choice         // the goods, categories and groups of customers it is for
	typed
}

// typed is what the card shows, fit to be compared.
type typed struct {
	name, priority, value, group, free            string
	from, to, after, before                       string
	chosen, minQty, minSum, most, near            string
	effect                                        int
	days                                          [7]bool // from Monday
	on, birthday, coupon, alone, manual, archived bool
}

// The days of the week as a card shows them.
var week = [7]time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

func newDraft(env *ui.Env, p *offers.Promotion) draft {
	if p == nil {
		return draft{typed: typed{priority: "0", on: true, near: "0", group: "3", free: "1"}}
	}
	m := env.Words.Money()
	d := draft{p: *p, typed: typed{name: p.Name, priority: strconv.Itoa(p.Priority), from: shownDay(p.From), to: shownDay(p.To),
		near: strconv.Itoa(p.Around), group: strconv.Itoa(max(p.Group, 2)), free: strconv.Itoa(max(p.Free, 1)),
		on: p.On, birthday: p.Birthday, coupon: p.Coupon, alone: p.Alone, manual: p.WithManual, archived: p.Archived}}
	if p.After != 0 || p.Before != 0 {
		d.after = clock(p.After)
	}
	if p.Before != 0 {
		d.before = clock(p.Before)
	}
	d.choose(plainly(p.Products), plainly(p.Categories), plainly(p.Groups))
	switch p.Effect {
	case offers.SumOff:
		d.value = m.Bare(p.Sum)
	case offers.PriceAt:
		d.value = m.Bare(p.Price)
	default:
		d.value = m.Typed(p.Percent)
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

// choose takes over what the promotion is for.
func (d *draft) choose(goods, kinds, members []choice) {
	d.goods, d.kinds, d.members = goods, kinds, members
	var all strings.Builder
	for _, list := range [][]choice{goods, kinds, members} {
		for _, c := range list {
			all.WriteString(c.key + "\n")
		}
		all.WriteString("\n")
	}
	d.chosen = all.String()
}

// read is the promotion that was typed, or the first thing nobody can read.
func (d *draft) read() (offers.Promotion, error) {
	p := d.p
	p.Name, p.On, p.Effect = d.name, d.on, offers.Effects[d.effect]
	p.Birthday, p.Coupon, p.Alone, p.WithManual, p.Archived = d.birthday, d.coupon, d.alone, d.manual, d.archived
	p.Products, p.Categories, p.Groups = keysOf[pos.ProductID](d.goods), keysOf[string](d.kinds), keysOf[string](d.members)
	p.Percent, p.Sum, p.Price, p.Group, p.Free = 0, 0, 0, 0, 0
	var r reader
	p.Priority = r.whole(d.priority, "offers.priority", offers.MaxPriority)
	p.From, p.To = r.day(d.from), r.day(d.to)
	p.After, p.Before = r.minute(d.after, 0), r.minute(d.before, dayEnd)
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
	p.Days = nil
	for i, on := range d.days {
		if on {
			p.Days = append(p.Days, week[i])
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

// dayEnd is the minute at which a day ends.
const dayEnd = 24 * 60

// minute reads "9:30" as the minute of the day, and nothing as no hour at all.
// midnight is the minute meant by "00:00": a day begins with it and ends with it.
func (r *reader) minute(text string, midnight int) int {
	switch text = strings.TrimSpace(text); text {
	case "":
		return 0
	case "24:00":
		return dayEnd
	}
	t, err := time.Parse("15:04", text)
	if err != nil {
		r.fail("offers.time", nil)
	}
	if m := t.Hour()*60 + t.Minute(); m != 0 {
		return m
	}
	return midnight
}

// clock writes a minute of the day. It is asked for the hour from which a
// promotion counts only where there are hours at all: then 0 is midnight.
func clock(minute int) string {
	return fmt.Sprintf("%02d:%02d", minute/60, minute%60)
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
