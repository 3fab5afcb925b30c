package sale

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// couponList is the dialog of the coupons on the cheque.
type couponList struct {
	s      *Screen
	field  *widgets.Entry
	table  *widgets.Table
	banner *widgets.Banner
	dialog *widgets.Dialog
	busy   bool
}

// openCoupons shows the coupons on the cheque, takes more of them and takes them
// off again.
func (s *Screen) openCoupons() {
	c := &couponList{s: s, banner: widgets.NewBanner("", widgets.Bad)}
	k := s.env.Kit
	c.field = k.Entry(widgets.TextEntry, s.t("coupons.hint", nil))
	c.field.MaxLength = pos.MaxBarcodeRunes
	c.field.OnScan = func(_, code string) { c.put(code) }
	c.table = k.Table([]widgets.Column{
		{Title: s.t("coupons.number", nil), Width: 180},
		{Title: s.t("coupons.gave", nil), Align: fyne.TextAlignTrailing},
	}, c.cell)
	c.table.KeepsFocus = true
	c.table.Empty = s.t("coupons.none", nil)
	back := k.KeyButton(s.env.T("word.close", nil), widgets.Secondary, keys.Esc, func() { c.dialog.Close() })
	drop := k.KeyButton(s.t("coupons.remove", nil), widgets.Secondary, keys.Del, c.onRemove)
	blue := k.KeyButton(s.t("coupons.add", nil), widgets.Primary, keys.Enter, c.onAdd)
	for _, b := range []*widgets.Button{back, drop, blue} {
		b.Height = widgets.Large
	}
	c.dialog = k.Dialog(widgets.DialogSpec{Name: "sale.coupons", Title: s.t("coupons.title", nil), Width: widgets.Narrow, Height: 480, Fills: true,
		Body: widgets.VBox(theme.GapCards, c.field, c.banner, widgets.Grow(widgets.NewFlatCard(c.table)),
			widgets.NewParagraph(s.t("coupons.why", nil), widgets.SmallMuted)),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(150, back), widgets.FixedWidth(170, drop), widgets.Grow(blue))})
	c.dialog.OnClosed = func() { s.steps.release(); s.report() }
	s.steps.hold()
	c.dialog.Show(c.field.Focusable(), func(sc *keys.Scope) {
		sc.Home = c.field.Focusable()
		sc.Empty = func() bool { return c.field.Text() == "" }
		sc.OnScan = c.put
		sc.BindKey(keys.Enter, c.onAdd)
		sc.BindKey(keys.Del, c.onRemove, keys.WhenEmpty())
		sc.BindKey(keys.Up, func() { c.table.Step(-1) }, keys.Repeating())
		sc.BindKey(keys.Down, func() { c.table.Step(1) }, keys.Repeating())
	})
	c.show(nil)
}

// onCheque are the coupons on the cheque, the last one first.
func (c *couponList) onCheque() []string {
	list := slices.Clone(c.s.m.view.Cheque.Coupons)
	slices.Reverse(list)
	return list
}

func (c *couponList) cell(row, col int) widgets.Cell {
	number := c.onCheque()[row]
	if col == 0 {
		return widgets.Cell{Text: number}
	}
	gift, ok := c.s.m.view.CouponGifts[number]
	if !ok || gift.Sum == 0 {
		return widgets.Cell{Text: c.s.t("coupons.nothing", nil), Style: widgets.Muted}
	}
	return widgets.Cell{Text: gift.Name + " " + c.s.env.Words.Money().Bare(gift.Sum.Neg()), Style: widgets.Strong.In(theme.ColorGood)}
}

func (c *couponList) onAdd() {
	if number := strings.TrimSpace(c.field.Text()); number != "" {
		c.put(number)
		return
	}
	c.dialog.Close()
}

// put takes a coupon; one that is refused stays in the field.
func (c *couponList) put(number string) {
	a := c.s.env.Actor
	c.field.SetText(number)
	c.send(func(ctx context.Context) (*till.ChequeView, error) { return c.s.env.Till.AddCoupon(ctx, a, number) })
}

// onRemove takes the selected coupon off: it stays free.
func (c *couponList) onRemove() {
	list, row := c.onCheque(), c.table.Selected()
	if row < 0 || row >= len(list) {
		return
	}
	a, number := c.s.env.Actor, list[row]
	c.send(func(ctx context.Context) (*till.ChequeView, error) { return c.s.env.Till.RemoveCoupon(ctx, a, number) })
}

func (c *couponList) send(work workFunc) {
	if c.busy {
		return
	}
	c.busy = true
	c.s.steps.interject(step{work: work, after: func(v *till.ChequeView, err error) {
		c.busy = false
		if c.dialog.Shown() {
			c.s.steps.hold()
		}
		if err == nil {
			c.field.SetText("")
			c.s.changed(v, keepSelection)
		}
		c.show(err)
	}})
}

func (c *couponList) show(err error) {
	c.banner.Set(c.s.env.Words.Error(err), widgets.Bad)
	n := len(c.onCheque())
	c.table.SetRows(n)
	c.table.Select(min(max(c.table.Selected(), 0), n-1))
	c.dialog.Refresh()
	if c.dialog.Shown() {
		c.field.Focus()
		c.s.env.Shown("sale.coupons", "coupons", strconv.Itoa(n), "total", c.s.m.view.Totals.Total.String(), "error", errorID(err))
	}
}
