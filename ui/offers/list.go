package offers

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// The actions of the window.
const (
	actAdd        keys.ActionID = "offers.add"
	actSwitch     keys.ActionID = "offers.switch"
	actCoupons    keys.ActionID = "offers.coupons"
	actPreview    keys.ActionID = "offers.preview"
	actGoods      keys.ActionID = "offers.goods"
	actCategories keys.ActionID = "offers.categories"
	actGroups     keys.ActionID = "offers.groups"
	actSave       keys.ActionID = "offers.save"

	actMake   keys.ActionID = "offers.coupons.make"
	actExport keys.ActionID = "offers.coupons.export"

	actTryBuyer    keys.ActionID = "offers.preview.buyer"
	actTryGroup    keys.ActionID = "offers.preview.group"
	actTryBirthday keys.ActionID = "offers.preview.birthday"
	actTryWhen     keys.ActionID = "offers.preview.when"
	actTryCoupon   keys.ActionID = "offers.preview.coupon"
	actTryClear    keys.ActionID = "offers.preview.clear"
	actTryMore     keys.ActionID = "offers.preview.more"
	actTryLess     keys.ActionID = "offers.preview.less"
	actTryRemove   keys.ActionID = "offers.preview.remove"
)

// The windows over the list, whose keys are their own.
const (
	placeCoupons = "offers.coupons"
	placePreview = "offers.preview"
)

// DefineKeys names the actions of the window of promotions.
func DefineKeys(r *keys.Router) {
	r.Define(
		keys.Action{ID: actAdd, Label: "key.offers.add", Key: "F3"},
		keys.Action{ID: actSwitch, Label: "key.offers.switch", Key: "F4"},
		keys.Action{ID: actCoupons, Label: "key.offers.coupons", Key: "F5"},
		keys.Action{ID: actPreview, Label: "key.offers.preview", Key: "F6"},
		keys.Action{ID: actGoods, Label: "key.offers.goods", Key: "F7"},
		keys.Action{ID: actCategories, Label: "key.offers.categories", Key: "F8"},
		keys.Action{ID: actGroups, Label: "key.offers.groups", Key: "F9"},
		keys.Action{ID: actSave, Label: "key.offers.save", Key: "Ctrl+S"},

		keys.Action{ID: actMake, Label: "key.offers.coupons.make", Key: "F5", Place: placeCoupons},
		keys.Action{ID: actExport, Label: "key.offers.coupons.export", Key: "F7", Place: placeCoupons},

		keys.Action{ID: actTryBuyer, Label: "key.offers.preview.buyer", Key: "F3", Place: placePreview},
		keys.Action{ID: actTryGroup, Label: "key.offers.preview.group", Key: "F4", Place: placePreview},
		keys.Action{ID: actTryBirthday, Label: "key.offers.preview.birthday", Key: "F5", Place: placePreview},
		keys.Action{ID: actTryWhen, Label: "key.offers.preview.when", Key: "F6", Place: placePreview},
		keys.Action{ID: actTryCoupon, Label: "key.offers.preview.coupon", Key: "F7", Place: placePreview},
		keys.Action{ID: actTryClear, Label: "key.offers.preview.clear", Key: "F8", Place: placePreview},
		keys.Action{ID: actTryMore, Label: "key.offers.preview.more", Key: "+", Place: placePreview},
		keys.Action{ID: actTryLess, Label: "key.offers.preview.less", Key: "-", Place: placePreview},
		keys.Action{ID: actTryRemove, Label: "key.offers.preview.remove", Key: keys.Del, Place: placePreview},
	)
}

// view is the window «Акции».
type view struct {
	env    *ui.Env
	closed func()
	table  *widgets.Table
	news   *widgets.Banner
	dialog *widgets.Dialog
	rows   []till.PromotionView
}

// Open shows the promotions. closed is called when the window has gone.
func Open(env *ui.Env, closed func()) {
	DefineKeys(env.Kit.Keys)
	v := &view{env: env, closed: closed, news: widgets.NewBanner("", widgets.Bad)}
	v.build()
	v.dialog.Show(v.table, func(s *keys.Scope) {
		s.Bind(actAdd, func() { openCard(env, nil, v.reload) })
		s.Bind(actSwitch, v.onSwitch)
		s.Bind(actCoupons, v.onCoupons)
		s.Bind(actPreview, func() { openPreview(env, nil) })
		s.Home = v.table
	})
	v.reload()
}

func (v *view) build() {
	k, t := v.env.Kit, v.env.T
	v.table = k.Table([]widgets.Column{
		{Title: t("offers.name", nil), Share: 2},
		{Title: t("offers.effect.title", nil), From: 700, Style: widgets.Muted},
		{Title: t("offers.period", nil), Width: 210, From: 900, Style: widgets.Muted},
		{Title: t("offers.priority.title", nil), Width: 90, Align: fyne.TextAlignTrailing},
		{Title: t("offers.coupons", nil), Width: 110, Align: fyne.TextAlignTrailing},
		{Title: "", Width: 140},
	}, v.cell)
	v.table.Empty = t("offers.empty", pos.Args{"Add": k.Keys.KeyOf(actAdd).Cap()})
	v.table.OnActivated = func(int) { v.onOpen() }
	v.dialog = k.Dialog(widgets.DialogSpec{
		Name: "offers", Page: "offers", Title: t("offers.title", nil), Width: widgets.Wide, Height: 640, Fills: true,
		Body: widgets.VBox(theme.GapCards, v.news, widgets.Grow(widgets.NewFlatCard(v.table))),
		Footer: widgets.Footer(theme.GapSmall,
			k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { v.dialog.Close() }),
			k.ActionButton(t("offers.add", nil), widgets.Secondary, actAdd),
			k.ActionButton(t("offers.switch", nil), widgets.Secondary, actSwitch),
			k.ActionButton(t("offers.coupons", nil), widgets.Secondary, actCoupons),
			k.ActionButton(t("offers.preview", nil), widgets.Secondary, actPreview),
			k.KeyButton(t("offers.open", nil), widgets.Primary, keys.Enter, v.onOpen)),
	})
	v.dialog.OnClosed = v.closed
}

func (v *view) reload() {
	a := v.env.Actor
	task.Run(v.env.Ctx, v.env.Runner, func(ctx context.Context) ([]till.PromotionView, error) {
		return v.env.Till.Promotions(ctx, a)
	}, func(rows []till.PromotionView, err error) {
		at := v.table.Selected()
		v.rows = rows
		v.news.Set(v.env.Words.Error(err), widgets.Bad)
		v.table.SetRows(len(rows))
		v.table.Select(min(max(at, 0), len(rows)-1))
		v.dialog.Refresh()
		v.tell(err)
	})
}

func (v *view) tell(err error) {
	on := 0
	for i := range v.rows {
		if v.rows[i].On && !v.rows[i].Archived {
			on++
		}
	}
	v.env.Shown("offers", "rows", strconv.Itoa(len(v.rows)), "on", strconv.Itoa(on), "error", string(pos.CodeOf(err)))
}

func (v *view) cell(row, col int) widgets.Cell {
	p := &v.rows[row]
	switch col {
	case 0:
		return widgets.Cell{Text: p.Name}
	case 1:
		return widgets.Cell{Text: gives(v.env, &p.Promotion)}
	case 2:
		return widgets.Cell{Text: period(v.env, &p.Promotion)}
	case 3:
		return widgets.Cell{Text: strconv.Itoa(p.Priority)}
	case 4:
		if p.Coupons.Made == 0 {
			return widgets.Cell{}
		}
		return widgets.Cell{Text: strconv.FormatInt(p.Coupons.Used, 10) + " / " + strconv.FormatInt(p.Coupons.Made, 10)}
	}
	switch {
	case p.Archived:
		return widgets.Cell{Text: v.env.T("offers.archived", nil), Chip: true, Tone: widgets.Neutral}
	case p.On:
		return widgets.Cell{Text: v.env.T("offers.on", nil), Chip: true, Tone: widgets.Good}
	}
	return widgets.Cell{Text: v.env.T("offers.off", nil), Chip: true, Tone: widgets.Neutral}
}

func (v *view) chosen() *till.PromotionView {
	if i := v.table.Selected(); i >= 0 && i < len(v.rows) {
		return &v.rows[i]
	}
	return nil
}

func (v *view) onOpen() {
	if p := v.chosen(); p != nil {
		openCard(v.env, &p.Promotion, v.reload)
	}
}

// onSwitch turns the chosen promotion on or off.
func (v *view) onSwitch() {
	if p := v.chosen(); p != nil {
		next, a := p.Promotion, v.env.Actor
		next.On = !next.On
		v.do(func(ctx context.Context) error {
			_, err := v.env.Till.PutPromotion(ctx, a, next)
			return err
		})
	}
}

// onCoupons shows the coupons of the chosen promotion.
func (v *view) onCoupons() {
	if p := v.chosen(); p != nil {
		openCoupons(v.env, p.ID, p.Name, v.reload)
	}
}

// do changes something and shows the list anew.
func (v *view) do(change func(context.Context) error) {
	approval.Run(v.env, func(ctx context.Context) (struct{}, error) { return struct{}{}, change(ctx) },
		func(_ struct{}, err error) {
			if err != nil {
				v.news.Set(v.env.Words.Error(err), widgets.Bad)
				v.dialog.Refresh()
				v.tell(err)
				return
			}
			v.reload()
		})
}
