package offers

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/offers"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/customer"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// preview is the window «Сколько бы стоил чек».
type preview struct {
	env      *ui.Env
	m        trial
	found    []pos.Product // for what is typed
	field    *widgets.Entry
	list     *widgets.Table // of found goods, over the lines while something is typed
	lines    *widgets.Table
	verdicts *widgets.Table
	stack    *fyne.Container
	buyer    *widgets.Button
	group    *widgets.Select
	birthday *widgets.Check
	moment   *widgets.Entry
	coupon   *widgets.Select
	gross    *widgets.Pair
	off      *widgets.Pair
	total    *widgets.Text
	news     *widgets.Banner
	d        *widgets.Dialog
	search   *task.Latest
	price    *task.Latest
}

// openPreview prices a trial cheque with all promotions that are on, and with
// edited in place of the stored one of its id.
func openPreview(env *ui.Env, edited *offers.Promotion) {
	v := &preview{env: env, search: task.NewLatest(env.Runner), price: task.NewLatest(env.Runner)}
	v.m = trial{edited: edited, moment: env.Kit.Timers.Now().Format(momentLayout)}
	v.build()
	v.d.OnClosed = func() { v.search.Cancel(); v.price.Cancel() }
	v.d.Show(v.field.Focusable(), v.bind)
	v.show()
	v.load()
}

func (v *preview) build() {
	k, t := v.env.Kit, v.env.T
	v.field = k.Entry(widgets.SearchEntry, t("offers.preview.field", nil))
	v.field.MaxLength = pos.MaxNameRunes
	v.field.OnChanged = func(string) { v.onTyped() }
	v.field.OnScan = func(before, code string) { v.onScan(before, code) }
	right := fyne.TextAlignTrailing
	v.list = k.List([]widgets.Column{{}, {Width: 130, Align: right, Style: widgets.Strong}}, func(row, col int) widgets.Cell {
		p := &v.found[row]
		return widgets.Cell{Text: []string{p.Name, v.env.Words.Money().Bare(p.Price)}[col]}
	})
	v.list.KeepsFocus = true
	v.list.Empty = t("offers.choose.none", nil)
	v.list.OnActivated = func(int) { v.onEnter() }
	v.lines = k.Table([]widgets.Column{
		{Title: t("offers.preview.goods", nil)},
		{Title: t("offers.preview.qty", nil), Width: 100, Align: right},
		{Title: t("offers.preview.sum", nil), Width: 120, Align: right, Style: widgets.Strong},
	}, v.line)
	v.lines.KeepsFocus = true
	v.lines.Empty = t("offers.preview.empty", nil)
	v.lines.Tall = func(row int) bool { l := v.priced(row); return l != nil && len(l.Given) > 0 }
	v.verdicts = k.Table([]widgets.Column{
		{Title: t("offers.preview.offer", nil)},
		{Title: t("offers.preview.gives", nil), Align: right},
	}, v.verdict)
	v.verdicts.Empty = t("offers.preview.no-offers", nil)
	v.stack = container.NewStack(v.list, v.lines)
	v.list.Hide()
	v.news = widgets.NewBanner("", widgets.Bad)
	subtitle := t("offers.preview.all", nil)
	if v.m.edited != nil {
		subtitle = t("offers.preview.with", pos.Args{"Name": v.m.edited.Name})
	}
	v.d = k.Dialog(widgets.DialogSpec{Name: "offers.preview", Title: t("offers.preview.title", nil), Subtitle: subtitle, Width: widgets.Wide, Height: 720, Fills: true,
		Body: widgets.VBox(theme.GapCards, v.news, widgets.Grow(widgets.Columns(theme.GapInside,
			widgets.Grow(widgets.VBox(theme.GapCards, v.field, widgets.GrowBy(3, widgets.NewFlatCard(v.stack)), widgets.GrowBy(2, widgets.NewFlatCard(v.verdicts)))),
			k.Width(func(window float32) float32 { return min(theme.Px(300), window*0.32) }, v.side())))),
		Footer: widgets.Footer(theme.GapSmall,
			k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, v.onEsc),
			k.ActionButton("", widgets.Secondary, actTryLess),
			k.ActionButton("", widgets.Secondary, actTryMore),
			k.ActionButton(t("offers.preview.remove", nil), widgets.Secondary, actTryRemove),
			k.ActionButton(t("offers.preview.clear", nil), widgets.Secondary, actTryClear),
			k.KeyButton(t("offers.preview.add", nil), widgets.Primary, keys.Enter, v.onEnter)), OnEsc: v.onEsc})
}

// side is who buys, when, and what it comes to.
func (v *preview) side() fyne.CanvasObject {
	k, t := v.env.Kit, v.env.T
	v.buyer = k.ActionButton(t("offers.preview.nobody", nil), widgets.Secondary, actTryBuyer)
	v.buyer.Leading = true
	v.group = k.Select([]string{t("offers.preview.own-group", nil)}, 0, func(i int) { v.m.group = i; v.ask() })
	v.coupon = k.Select([]string{t("offers.preview.no-coupon", nil)}, 0, func(i int) { v.m.coupon = i; v.ask() })
	v.birthday = k.Check(t("offers.preview.birthday", nil), false, func(on bool) { v.m.birthday = on; v.ask() })
	v.moment = k.Entry(widgets.TextEntry, momentLayout)
	v.moment.MaxLength, v.moment.RefusesScan = len(momentLayout), true
	v.moment.SetText(v.m.moment)
	v.moment.OnChanged = func(text string) { v.m.moment = text; v.ask() }
	v.moment.OnSubmitted = func(string) { v.field.Focus() }
	v.gross = widgets.KeyValue(t("offers.preview.before", nil), "", widgets.Muted)
	v.off = widgets.KeyValue(t("offers.title", nil), "", widgets.Body.In(theme.ColorGood))
	v.total = widgets.NewText("", widgets.Missing.In(theme.ColorInk)).Shrink()
	withKey := func(id string, act keys.ActionID, o fyne.CanvasObject) fyne.CanvasObject {
		return widgets.VBox(theme.GapTiny, widgets.HBox(theme.GapSmall, widgets.NewText(t(id, nil), widgets.SmallMuted), widgets.Spring(),
			widgets.NewKeyCap(k.Keys.KeyOf(act))), o)
	}
	return widgets.VBox(theme.GapSmall,
		v.buyer,
		withKey("offers.preview.group", actTryGroup, v.group),
		withKey("offers.preview.birthday.key", actTryBirthday, v.birthday),
		withKey("offers.preview.when", actTryWhen, v.moment),
		withKey("offers.preview.coupon", actTryCoupon, v.coupon),
		widgets.Spring(), v.gross.Box, v.off.Box, v.total)
}

func (v *preview) bind(s *keys.Scope) {
	s.Home = v.field.Focusable()
	s.Empty = func() bool { return v.field.Text() == "" }
	s.OnScan = func(code string) { v.onScan("", code) }
	for key, by := range map[keys.Key]int{keys.Up: -1, keys.Down: 1, keys.PgUp: -10, keys.PgDn: 10} {
		s.BindKey(key, func() { v.shown().Step(by) }, keys.Repeating())
	}
	s.BindKey(keys.Enter, v.onEnter)
	s.Bind(actTryMore, func() { v.onStep(money.One) }, keys.WhenEmpty(), keys.Repeating())
	s.Bind(actTryLess, func() { v.onStep(-money.One) }, keys.WhenEmpty(), keys.Repeating())
	s.Bind(actTryRemove, v.onRemove, keys.WhenEmpty())
	s.Bind(actTryClear, func() { v.m.lines = nil; v.ask() })
	s.Bind(actTryBuyer, v.onBuyer)
	s.Bind(actTryGroup, func() {
		v.m.group = (v.m.group + 1) % (len(v.m.groups) + 1)
		v.group.SetSelected(v.m.group)
		v.ask()
	})
	s.Bind(actTryCoupon, func() {
		v.m.coupon = (v.m.coupon + 1) % (len(v.m.coupons) + 1)
		v.coupon.SetSelected(v.m.coupon)
		v.ask()
	})
	s.Bind(actTryBirthday, func() {
		v.m.birthday = !v.m.birthday
		v.birthday.SetOn(v.m.birthday)
		v.ask()
	})
	s.Bind(actTryWhen, func() { v.moment.Focus(); v.moment.Select() })
}

// shown is the list the arrows go through.
func (v *preview) shown() *widgets.Table {
	if v.list.Visible() {
		return v.list
	}
	return v.lines
}

// load fills the lists of groups and of promotions with coupons. Whoever may not
// see groups does without.
func (v *preview) load() {
	type loaded struct {
		groups  []pos.CustomerGroup
		coupons []offers.Promotion
	}
	a := v.env.Actor
	task.Run(v.env.Ctx, v.env.Runner, func(ctx context.Context) (loaded, error) {
		var out loaded
		groups, err := v.env.Till.CustomerGroups(ctx, a)
		if err != nil && pos.CodeOf(err) != pos.CodeForbidden {
			return out, err
		}
		for _, g := range groups {
			if !g.Archived {
				out.groups = append(out.groups, g.CustomerGroup)
			}
		}
		all, err := v.env.Till.Promotions(ctx, a)
		for _, p := range all {
			if p.Coupon && p.On && !p.Archived && (v.m.edited == nil || p.ID != v.m.edited.ID) {
				out.coupons = append(out.coupons, p.Promotion)
			}
		}
		return out, err
	}, func(l loaded, err error) {
		if e := v.m.edited; e != nil && e.Coupon {
			p := *e
			if p.ID == "" {
				p.ID = till.EditedOffer
			}
			l.coupons = append([]offers.Promotion{p}, l.coupons...)
		}
		v.m.groups, v.m.coupons = l.groups, l.coupons
		groups, coupons := []string{v.env.T("offers.preview.own-group", nil)}, []string{v.env.T("offers.preview.no-coupon", nil)}
		for _, g := range l.groups {
			groups = append(groups, g.Name)
		}
		for _, p := range l.coupons {
			coupons = append(coupons, p.Name)
		}
		v.group.SetOptions(groups, 0)
		v.coupon.SetOptions(coupons, 0)
		if err != nil {
			v.say(err)
			return
		}
		v.ask()
	})
}

// onTyped looks for goods while somebody types.
func (v *preview) onTyped() {
	_, text := pos.Multiple(strings.TrimSpace(v.field.Text()))
	if text == "" {
		v.search.Cancel()
		v.found = nil
		v.list.SetRows(0)
		v.showList()
		return
	}
	task.RunLatest(v.env.Ctx, v.search, func(ctx context.Context) (pos.Found[pos.Product], error) {
		return v.env.Till.FindProducts(ctx, text, foundRows)
	}, func(f pos.Found[pos.Product], err error) {
		v.found = f.List
		v.list.SetFound(len(f.List), v.env.Guess(f.Meant))
		v.showList()
		if err != nil {
			v.say(err)
		}
	})
}

// showList shows the goods found while something is typed, else the cheque.
func (v *preview) showList() {
	typed := v.field.Text() != ""
	v.list.Hidden, v.lines.Hidden = !typed, typed
	v.stack.Refresh()
}

// onEnter takes the goods chosen in the list.
func (v *preview) onEnter() {
	i := v.list.Selected()
	if !v.list.Visible() || i < 0 || i >= len(v.found) {
		return
	}
	qty := pieces(v.field.Text())
	v.add(v.found[i], qty)
}

func (v *preview) onScan(before, code string) {
	qty := pieces(before)
	task.Run(v.env.Ctx, v.env.Runner, func(ctx context.Context) (*pos.Product, error) { return scanned(ctx, v.env, code) },
		func(p *pos.Product, err error) {
			if err != nil {
				v.field.SetText("")
				v.onTyped()
				v.say(err)
				return
			}
			v.add(*p, qty)
		})
}

func (v *preview) add(p pos.Product, qty money.Quantity) {
	row := v.m.add(p, qty)
	v.field.SetText("")
	v.onTyped()
	v.ask()
	v.lines.Select(row)
	v.field.Focus()
}

func (v *preview) onStep(by money.Quantity) {
	if v.m.step(v.lines.Selected(), by) {
		v.ask()
	}
}

func (v *preview) onRemove() {
	v.m.remove(v.lines.Selected())
	v.ask()
}

// onBuyer chooses a customer; a second time it lets them go.
func (v *preview) onBuyer() {
	if v.m.buyer != nil {
		v.m.buyer = nil
		v.ask()
		return
	}
	customer.Find(v.env, func(c pos.CustomerState) {
		v.m.buyer = &c
		v.ask()
	})
}

func (v *preview) onEsc() {
	if v.field.Text() != "" {
		v.field.SetText("")
		v.onTyped()
		v.field.Focus()
		return
	}
	v.d.Close()
}

// ask prices the cheque as it is now.
func (v *preview) ask() {
	v.show()
	q, err := v.m.query(v.env.Kit.Timers.Now().Location())
	if err != nil {
		v.price.Cancel()
		v.m.result = nil
		v.show()
		v.say(err)
		return
	}
	a := v.env.Actor
	task.RunLatest(v.env.Ctx, v.price, func(ctx context.Context) (*till.TrialOutcome, error) {
		return v.env.Till.TryOffers(ctx, a, q)
	}, func(p *till.TrialOutcome, err error) {
		v.m.result = p
		v.show()
		v.say(err)
	})
}

// priced is what the till says about a line; nil until it said something about
// these lines.
func (v *preview) priced(row int) *till.TrialOutcomeLine {
	if v.m.result == nil || len(v.m.result.Lines) != len(v.m.lines) {
		return nil
	}
	return &v.m.result.Lines[row]
}

func (v *preview) line(row, col int) widgets.Cell {
	l, m := &v.m.lines[row], v.env.Words.Money()
	p := v.priced(row)
	switch {
	case col == 0 && p != nil:
		return widgets.Cell{Text: l.product.Name, Sub: givenBy(v.env, p)}
	case col == 0:
		return widgets.Cell{Text: l.product.Name}
	case col == 1:
		return widgets.Cell{Text: m.Quantity(l.qty) + " " + l.product.Unit}
	case p == nil:
		return widgets.Cell{}
	case p.Sum != p.Gross:
		return widgets.Cell{Text: m.Bare(p.Sum), Was: m.Bare(p.Gross)}
	}
	return widgets.Cell{Text: m.Bare(p.Sum)}
}

func (v *preview) verdict(row, col int) widgets.Cell {
	d := &v.m.result.Verdicts[row]
	if col == 0 {
		c := widgets.Cell{Text: d.Name}
		if e := v.m.edited; e != nil && (d.Offer == e.ID || d.Offer == till.EditedOffer) {
			c.Aside = v.env.T("offers.preview.edited", nil)
		}
		return c
	}
	c := widgets.Cell{Text: verdict(v.env, d), Style: widgets.Muted.Right()}
	if d.Why == "" {
		c.Style = widgets.Strong.In(theme.ColorGood).Right()
	}
	return c
}

// show draws the cheque and what it comes to.
func (v *preview) show() {
	verdicts := 0
	if v.m.result != nil {
		verdicts = len(v.m.result.Verdicts)
	}
	v.verdicts.SetRows(verdicts)
	m, at := v.env.Words.Money(), v.lines.Selected()
	v.lines.SetRows(len(v.m.lines))
	v.lines.Select(min(max(at, 0), len(v.m.lines)-1))
	label, total, gross, off := v.env.T("offers.preview.nobody", nil), "—", "—", "—"
	if v.m.buyer != nil {
		label = v.m.buyer.Name
	}
	if r := v.m.result; r != nil {
		total, gross, off = m.Amount(r.Total), m.Bare(r.Gross), m.Bare(r.Total.Sub(r.Gross))
	}
	v.buyer.SetLabel(label)
	v.gross.Value.SetText(gross)
	v.off.Value.SetText(off)
	v.total.SetText(total)
}

func (v *preview) say(err error) {
	v.news.Set(v.env.Words.Error(err), widgets.Bad)
	v.d.Refresh()
	gross, total, gave := "", "", 0
	if r := v.m.result; r != nil {
		gross, total = r.Gross.String(), r.Total.String()
		for i := range r.Verdicts {
			if r.Verdicts[i].Why == "" {
				gave++
			}
		}
	}
	v.env.Shown("offers.preview", "lines", strconv.Itoa(len(v.m.lines)), "gross", gross, "total", total, "gave", strconv.Itoa(gave),
		"error", string(pos.CodeOf(err)))
}
