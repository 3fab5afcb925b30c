package offers

import (
	"context"
	"path/filepath"
	"strconv"
	"time"

	"kassa/pos"
	"kassa/pos/exports"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// exporting is the dialog that writes the coupons shown to a file, to be printed
// or sent out.
type exporting struct {
	env  *ui.Env
	rows [][]exports.Cell
	path *widgets.Entry
	news *widgets.Banner
	act  *widgets.Button
	d    *widgets.Dialog
	done bool
}

// onExport writes the coupons of the state shown.
func (c *coupons) onExport() {
	k, t := c.env.Kit, c.env.T
	now := k.Timers.Now()
	x := &exporting{env: c.env, news: widgets.NewBanner("", widgets.Bad)}
	for i := range c.rows {
		x.rows = append(x.rows, couponRow(&c.rows[i], c.name, now))
	}
	x.path = k.Entry(widgets.TextEntry, "")
	x.path.SetText(filepath.Join(ui.Home(), "kassa-coupons-"+now.Format(time.DateOnly)+".xlsx"))
	x.path.OnChanged = func(string) { x.again() }
	x.path.OnSubmitted = func(string) { x.onAct() }
	x.act = k.KeyButton(t("offers.export.do", nil), widgets.Primary, keys.Enter, x.onAct)
	x.d = k.Dialog(widgets.DialogSpec{Name: "offers.export", Title: t("offers.export.title", nil), Subtitle: c.name, Width: widgets.Narrow,
		Body: widgets.VBox(theme.GapCards, widgets.Field(t("offers.export.file", nil), x.path),
			widgets.NewText(t("offers.export.count", pos.Args{"Count": len(x.rows)}), widgets.SmallMuted), x.news),
		Footer: widgets.HBox(theme.GapCards, k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { x.d.Close() }), widgets.Grow(x.act))})
	x.d.Show(x.path.Focusable(), func(s *keys.Scope) { s.BindKey(keys.Enter, x.onAct) })
	c.env.Shown("offers.export", "rows", strconv.Itoa(len(x.rows)))
}

// couponRow is a coupon as a file keeps it.
func couponRow(c *pos.Coupon, offer string, now time.Time) []exports.Cell {
	stamp := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.In(now.Location()).Format(time.DateTime)
	}
	state := map[couponState]string{freeCoupon: "free", usedCoupon: "used", lateCoupon: "expired"}[stateOf(c, now)]
	return []exports.Cell{
		{Name: "number", Value: c.Number, Kind: exports.Plain}, {Name: "offer", Value: offer}, {Name: "state", Value: state, Kind: exports.Plain},
		{Name: "made_at", Value: stamp(c.MadeAt), Kind: exports.Plain}, {Name: "expires", Value: stamp(c.Expires), Kind: exports.Plain},
		{Name: "used_at", Value: stamp(c.UsedAt), Kind: exports.Plain}, {Name: "sale", Value: string(c.Sale), Kind: exports.Plain},
	}
}

// again lets the blue button write once more.
func (x *exporting) again() {
	x.done = false
	x.act.SetLabel(x.env.T("offers.export.do", nil))
	x.news.Set("", widgets.Neutral)
}

func (x *exporting) onAct() {
	if x.act.Disabled() {
		return
	}
	if x.done {
		x.d.Close()
		return
	}
	path, a, rows := x.path.Text(), x.env.Actor, x.rows
	x.act.Disable()
	approval.Run(x.env, func(ctx context.Context) (string, error) {
		return x.env.SaveRows(ctx, a, path, rows)
	}, x.onWritten)
}

func (x *exporting) onWritten(path string, err error) {
	x.act.Enable()
	if err != nil {
		x.news.Set(x.env.Words.Error(err), widgets.Bad)
	} else {
		x.news.Set(x.env.T("offers.export.done", pos.Args{"File": path}), widgets.Good)
		x.done = true
		x.act.SetLabel(x.env.T("word.close", nil))
	}
	x.d.Refresh()
	x.env.Shown("offers.export", "rows", strconv.Itoa(len(x.rows)), "file", path, "error", string(pos.CodeOf(err)))
}
