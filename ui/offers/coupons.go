package offers

import (
	"context"
	"strconv"
	"time"

	"kassa/pos"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// coupons is the window with the coupons of one promotion.
type coupons struct {
	env     *ui.Env
	id      pos.OfferID
	changed func()
	rows    []pos.Coupon
	table   *widgets.Table
	news    *widgets.Banner
	d       *widgets.Dialog
	busy    bool
}

// openCoupons shows the coupons of a promotion, newest first, and makes more.
func openCoupons(env *ui.Env, id pos.OfferID, name string, changed func()) {
	k, t := env.Kit, env.T
	c := &coupons{env: env, id: id, changed: changed, news: widgets.NewBanner("", widgets.Bad)}
	c.table = k.Table([]widgets.Column{
		{Title: t("offers.coupon.number", nil), Share: 2},
		{Title: t("offers.coupon.used", nil), Width: 220, Style: widgets.Muted},
	}, func(row, col int) widgets.Cell {
		r := &c.rows[row]
		switch {
		case col == 0:
			return widgets.Cell{Text: r.Number}
		case r.Sale == "":
			return widgets.Cell{Text: t("offers.coupon.free", nil)}
		}
		return widgets.Cell{Text: env.Words.DateTime(r.UsedAt)}
	})
	c.table.Empty = t("offers.coupon.none", nil)
	c.d = k.Dialog(widgets.DialogSpec{Name: "offers.coupons", Title: t("offers.coupons", nil), Subtitle: name, Width: 640, Height: 560, Fills: true,
		Body: widgets.VBox(theme.GapCards, c.news, widgets.Grow(widgets.NewFlatCard(c.table))),
		Footer: widgets.KeyBar(theme.GapSmall, k.KeyButton(t("word.back", nil), widgets.Secondary, keys.Esc, func() { c.d.Close() }),
			k.ActionButton(t("offers.coupons.make", pos.Args{"Count": couponsAtOnce}), widgets.Primary, actCoupons))})
	c.d.Show(c.table, func(s *keys.Scope) { s.Bind(actCoupons, c.onMake) })
	c.reload()
}

func (c *coupons) reload() {
	a := c.env.Actor
	task.Run(c.env.Ctx, c.env.Runner, func(ctx context.Context) ([]pos.Coupon, error) {
		return c.env.Till.Coupons(ctx, a, c.id)
	}, func(rows []pos.Coupon, err error) {
		c.rows = rows
		c.table.SetRows(len(rows))
		c.show(err)
	})
}

func (c *coupons) show(err error) {
	c.news.Set(c.env.Words.Error(err), widgets.Bad)
	c.d.Refresh()
	c.env.Shown("offers.coupons", "rows", strconv.Itoa(len(c.rows)), "error", string(pos.CodeOf(err)))
}

// onMake makes some more.
func (c *coupons) onMake() {
	if c.busy {
		return
	}
	a := c.env.Actor
	c.busy = true
	approval.Run(c.env, func(ctx context.Context) ([]pos.Coupon, error) {
		return c.env.Till.MakeCoupons(ctx, a, c.id, couponsAtOnce, time.Time{})
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
