package offers

import (
	"context"
	"strconv"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// couponState is what has become of a coupon.
type couponState int

const (
	anyCoupon couponState = iota
	freeCoupon
	usedCoupon
	lateCoupon // its time has passed, and nobody used it
)

// couponStates name the states, in the order of their numbers.
var couponStates = []string{"offers.coupon.any", "offers.coupon.free", "offers.coupon.used-up", "offers.coupon.late"}

func stateOf(c *pos.Coupon, now time.Time) couponState {
	switch {
	case c.Sale != "":
		return usedCoupon
	case !c.Expires.IsZero() && now.After(c.Expires):
		return lateCoupon
	}
	return freeCoupon
}

// coupons is the window with the coupons of one promotion.
type coupons struct {
	env     *ui.Env
	id      pos.OfferID
	name    string
	changed func()
	all     []pos.Coupon
	rows    []pos.Coupon // of the state shown
	state   couponState
	states  *widgets.Segments
	count   *widgets.Entry
	ends    *widgets.Entry
	table   *widgets.Table
	news    *widgets.Banner
	d       *widgets.Dialog
	busy    bool
}

// openCoupons shows the coupons of a promotion, newest first, and makes more.
func openCoupons(env *ui.Env, id pos.OfferID, name string, changed func()) {
	k, t := env.Kit, env.T
	c := &coupons{env: env, id: id, name: name, changed: changed, news: widgets.NewBanner("", widgets.Bad)}
	c.table = k.Table([]widgets.Column{
		{Title: t("offers.coupon.number", nil), Share: 2},
		{Title: t("offers.coupon.ends", nil), Width: 130, Style: widgets.Muted},
		{Title: t("offers.coupon.used", nil), Width: 170, Style: widgets.Muted},
		{Title: "", Width: 150},
	}, c.cell)
	c.table.Empty = t("offers.coupon.none", nil)
	names := make([]string, len(couponStates))
	for i, id := range couponStates {
		names[i] = t(id, nil)
	}
	c.states = k.Segments(names, 0, func(i int) { c.state = couponState(i); c.filter(); c.show(nil) })
	c.count = c.entry("10", 5)
	c.count.Filter = widgets.Digits()
	c.count.SetText("10")
	c.ends = c.entry("31.12.2026", 10)
	c.d = k.Dialog(widgets.DialogSpec{Name: "offers.coupons", Title: t("offers.coupons", nil), Subtitle: name, Width: widgets.Middle, Height: 620, Fills: true,
		Body: widgets.VBox(theme.GapCards,
			widgets.Equal(theme.GapCards, widgets.Field(t("offers.coupon.count", nil), c.count), widgets.Field(t("offers.coupon.until", nil), c.ends)),
			c.states, c.news, widgets.Grow(widgets.NewFlatCard(c.table))),
		Footer: widgets.Footer(theme.GapSmall, k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { c.d.Close() }),
			k.ActionButton(t("offers.coupon.export", nil), widgets.Secondary, actExport),
			k.ActionButton(t("offers.coupon.make", nil), widgets.Primary, actMake))})
	c.d.Show(c.count.Focusable(), func(s *keys.Scope) {
		s.Bind(actMake, c.onMake)
		s.Bind(actExport, c.onExport)
	})
	c.count.Select()
	c.reload()
}

func (c *coupons) entry(hint string, most int) *widgets.Entry {
	e := c.env.Kit.Entry(widgets.TextEntry, hint)
	e.MaxLength, e.RefusesScan = most, true
	e.OnSubmitted = func(string) { c.env.Kit.Window.Canvas().FocusNext() }
	return e
}

func (c *coupons) cell(row, col int) widgets.Cell {
	r, w := &c.rows[row], c.env.Words
	switch col {
	case 0:
		return widgets.Cell{Text: r.Number}
	case 1:
		if r.Expires.IsZero() {
			return widgets.Cell{Text: "—"}
		}
		return widgets.Cell{Text: w.Date(r.Expires)}
	case 2:
		if r.Sale == "" {
			return widgets.Cell{}
		}
		return widgets.Cell{Text: w.DateTime(r.UsedAt)}
	}
	state := stateOf(r, c.env.Kit.Timers.Now())
	tone := map[couponState]widgets.Tone{freeCoupon: widgets.Good, usedCoupon: widgets.Neutral, lateCoupon: widgets.Warn}[state]
	return widgets.Cell{Text: c.env.T(couponStates[state], nil), Chip: true, Tone: tone}
}

func (c *coupons) reload() {
	a := c.env.Actor
	task.Run(c.env.Ctx, c.env.Runner, func(ctx context.Context) ([]pos.Coupon, error) {
		return c.env.Till.Coupons(ctx, a, c.id)
	}, func(rows []pos.Coupon, err error) {
		c.all = rows
		c.filter()
		c.show(err)
	})
}

// filter keeps the coupons of the state shown.
func (c *coupons) filter() {
	now := c.env.Kit.Timers.Now()
	c.rows = nil
	for i := range c.all {
		if c.state == anyCoupon || stateOf(&c.all[i], now) == c.state {
			c.rows = append(c.rows, c.all[i])
		}
	}
	c.table.SetRows(len(c.rows))
}

func (c *coupons) show(err error) {
	c.news.Set(c.env.Words.Error(err), widgets.Bad)
	c.d.Refresh()
	c.env.Shown("offers.coupons", "rows", strconv.Itoa(len(c.rows)), "error", string(pos.CodeOf(err)))
}

// asked reads how many coupons are wanted and until when they count.
func (c *coupons) asked() (n int, ends time.Time, err error) {
	n, err = strconv.Atoi(strings.TrimSpace(c.count.Text()))
	if err != nil {
		return 0, ends, &pos.Error{Code: pos.CodeInvalid, ID: "coupon.count", Args: pos.Args{"Max": till.MostCoupons}, Err: err}
	}
	var r reader
	day := r.day(c.ends.Text())
	if day == "" || r.err != nil {
		return n, ends, r.err
	}
	ends, err = time.ParseInLocation(time.DateOnly, day, c.env.Kit.Timers.Now().Location())
	return n, pos.EndOfDay(ends), err
}

// onMake makes as many as were asked for.
func (c *coupons) onMake() {
	if c.busy {
		return
	}
	n, ends, err := c.asked()
	if err != nil {
		c.show(err)
		return
	}
	a := c.env.Actor
	c.busy = true
	approval.Run(c.env, func(ctx context.Context) ([]pos.Coupon, error) {
		return c.env.Till.MakeCoupons(ctx, a, c.id, n, ends)
	}, func(_ []pos.Coupon, err error) {
		c.busy = false
		if err != nil {
			c.show(err)
			return
		}
		c.changed()
		c.reload()
	})
}
