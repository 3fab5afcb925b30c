package customer

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// groups is the list of customers' groups.
type groups struct {
	env   *ui.Env
	list  []till.CustomerGroupView
	table *widgets.Table
	news  *widgets.Banner
	d     *widgets.Dialog
}

// Groups shows the groups of customers with their rules; from it they are made
// and changed. closed is called when it is left.
func Groups(env *ui.Env, closed func()) {
	DefineKeys(env.Kit.Keys)
	k, t := env.Kit, env.T
	g := &groups{env: env, news: widgets.NewBanner("", widgets.Bad)}
	right := fyne.TextAlignTrailing
	g.table = k.Table([]widgets.Column{
		{Title: t("customers.groups.name", nil)},
		{Title: t("customers.groups.earn", nil), Width: 110, Align: right},
		{Title: t("customers.groups.share", nil), Width: 130, Align: right},
		{Title: t("customers.groups.limit", nil), Width: 150, Align: right},
		{Title: t("customers.groups.days", nil), Width: 110, Align: right},
		{Title: t("customers.groups.members", nil), Width: 120, Align: right, Style: widgets.Muted, From: 760},
	}, g.cell)
	g.table.Empty = t("customers.groups.empty", nil)
	g.table.OnActivated = func(int) { g.onOpen() }
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { g.d.Close() })
	add := k.ActionButton(t("customers.groups.add", nil), widgets.Secondary, actAddGroup)
	open := k.KeyButton(t("customers.groups.open", nil), widgets.Primary, keys.Enter, g.onOpen)
	for _, b := range []*widgets.Button{back, add, open} {
		b.Height = widgets.Large
	}
	g.d = k.Dialog(widgets.DialogSpec{
		Name: "customer.groups", Page: "customers", OnPage: true, Title: t("customers.groups.title", nil), Subtitle: t("customers.groups.why", nil), Width: widgets.Middle, Height: 560, Fills: true,
		Body:   widgets.VBox(theme.GapCards, g.news, widgets.Grow(widgets.NewFlatCard(g.table))),
		Footer: widgets.Columns(theme.GapCards, back, widgets.Grow(add), widgets.GrowBy(2, open)),
	})
	g.d.OnClosed = closed
	g.d.Show(g.table, func(s *keys.Scope) {
		s.Bind(actAddGroup, func() { g.edit(pos.CustomerGroup{}) })
		s.BindKey(keys.Enter, g.onOpen)
	})
	g.load()
}

func (g *groups) load() {
	a := g.env.Actor
	approval.Run(g.env, func(ctx context.Context) ([]till.CustomerGroupView, error) {
		return g.env.Till.CustomerGroups(ctx, a)
	}, func(list []till.CustomerGroupView, err error) {
		if !g.d.Shown() {
			return
		}
		g.news.Set(g.env.Words.Error(err), widgets.Bad)
		if err == nil {
			g.list = list
			g.table.SetRows(len(list))
			if g.table.Selected() < 0 && len(list) > 0 {
				g.table.Select(0)
			}
		}
		g.d.Refresh()
		g.env.Shown("customer.groups", "count", strconv.Itoa(len(g.list)))
	})
}

// cell shows a rule, or that it is the shop's.
func (g *groups) cell(row, col int) widgets.Cell {
	v, m := &g.list[row], g.env.Words.Money()
	own := func(has bool, text func() string) widgets.Cell {
		if !has {
			return widgets.Cell{Text: g.env.T("customers.groups.shop", nil), Style: widgets.Muted}
		}
		return widgets.Cell{Text: text()}
	}
	switch col {
	case 1:
		return own(v.EarnRate != nil, func() string { return m.Percent(*v.EarnRate) })
	case 2:
		return own(v.MaxPointsShare != nil, func() string { return m.Percent(*v.MaxPointsShare) })
	case 3:
		return own(v.CreditLimit != nil, func() string { return m.Amount(*v.CreditLimit) })
	case 4:
		return own(v.DueDays != nil, func() string { return strconv.Itoa(*v.DueDays) })
	case 5:
		return widgets.Cell{Text: m.Points(v.Members)}
	}
	cell := widgets.Cell{Text: v.Name}
	if v.Archived {
		cell.Style, cell.Aside = widgets.Muted, g.env.T("customers.archived", nil)
	}
	return cell
}

func (g *groups) onOpen() {
	if i := g.table.Selected(); i >= 0 && i < len(g.list) {
		g.edit(g.list[i].CustomerGroup)
	}
}

// groupForm makes or changes one group. An empty field leaves the rule to the
// shop.
type groupForm struct {
	g        *groups
	was      pos.CustomerGroup
	name     *widgets.Entry
	earn     *widgets.Entry
	share    *widgets.Entry
	limit    *widgets.Entry
	days     *widgets.Entry
	archived *widgets.Check
	start    string // the fields as they were opened
	news     *widgets.Banner
	save     *widgets.Button
	d        *widgets.Dialog
}

func (g *groups) edit(was pos.CustomerGroup) {
	k, t := g.env.Kit, g.env.T
	f := &groupForm{g: g, was: was, news: widgets.NewBanner("", widgets.Bad)}
	set := g.env.Till.Settings()
	m := g.env.Words.Money()
	next := func(string) { k.Window.Canvas().FocusNext() }
	field := func(text, hint string) *widgets.Entry {
		e := k.Entry(widgets.TextEntry, hint)
		e.SetText(text)
		e.OnSubmitted, e.OnChanged, e.MaxLength = next, func(string) { f.refuse(nil) }, pos.MaxNameRunes
		return e
	}
	percent := func(p *money.Percent) string {
		if p == nil {
			return ""
		}
		return m.Typed(*p)
	}
	f.name = field(was.Name, t("customers.groups.name.hint", nil))
	f.earn = field(percent(was.EarnRate), m.Typed(set.Rules.EarnRate))
	f.share = field(percent(was.MaxPointsShare), m.Typed(set.Rules.MaxPointsShare))
	limit, days := "", ""
	if was.CreditLimit != nil {
		limit = m.Bare(*was.CreditLimit)
	}
	if was.DueDays != nil {
		days = strconv.Itoa(*was.DueDays)
	}
	f.limit = field(limit, t("customers.groups.limit.hint", nil))
	f.days = field(days, strconv.Itoa(set.Rules.CreditDays))
	for _, e := range []*widgets.Entry{f.earn, f.share, f.limit} {
		e.Filter, e.RefusesScan = widgets.Decimal(2), true
	}
	f.days.Filter, f.days.RefusesScan = widgets.Digits(), true
	if !g.env.Actor.Can(pos.RightCreditLimit) {
		f.limit.Disable()
	}
	f.archived = k.Check(t("customers.groups.archive", nil), was.Archived, nil)
	f.archived.Hidden = was.ID == ""
	f.save = k.ActionButton(t("customers.save", nil), widgets.Primary, actSave)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, f.onLeave)
	f.save.Height, back.Height = widgets.Large, widgets.Large
	title := was.Name
	if was.ID == "" {
		title = t("customers.groups.new", nil)
	}
	f.d = k.Dialog(widgets.DialogSpec{
		Name: "customer.group", Title: title, Subtitle: t("customers.groups.empty-field", nil), Width: widgets.Narrow, OnEsc: f.onLeave,
		Body: widgets.VBox(theme.GapCards, widgets.Field(t("customers.groups.name", nil), f.name),
			widgets.Equal(theme.GapInside, widgets.Field(t("customers.groups.earn.field", nil), f.earn), widgets.Field(t("customers.groups.share.field", nil), f.share)),
			widgets.Equal(theme.GapInside, widgets.Field(t("customers.field.limit", nil), f.limit), widgets.Field(t("customers.groups.days.field", nil), f.days)),
			f.archived, f.news),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(180, back), widgets.Grow(f.save)),
	})
	f.start = f.typed()
	f.d.Show(f.name.Focusable(), func(s *keys.Scope) { s.Bind(actSave, f.onSave) })
	g.env.Shown("customer.group", "id", string(was.ID))
}

// typed is everything in the fields, to see whether anything was changed.
func (f *groupForm) typed() string {
	return f.name.Text() + "\x00" + f.earn.Text() + "\x00" + f.share.Text() + "\x00" + f.limit.Text() + "\x00" + f.days.Text() +
		"\x00" + strconv.FormatBool(f.archived.On())
}

func (f *groupForm) read() (pos.CustomerGroup, error) {
	n := pos.CustomerGroup{ID: f.was.ID, Name: f.name.Text(), Archived: f.archived.On(), CreditLimit: f.was.CreditLimit}
	var err error
	if n.EarnRate, err = optional(f.earn.Text(), money.ParsePercent); err != nil {
		return n, err
	}
	if n.MaxPointsShare, err = optional(f.share.Text(), money.ParsePercent); err != nil {
		return n, err
	}
	if !f.limit.Disabled() {
		if n.CreditLimit, err = optional(f.limit.Text(), money.ParseAmount); err != nil {
			return n, err
		}
	}
	n.DueDays, err = optional(f.days.Text(), strconv.Atoi)
	if err != nil {
		err = pos.E(pos.CodeInvalid, "customer-group.days", pos.Args{"Max": 365})
	}
	return n, err
}

// optional reads a field that may stand empty.
func optional[T any](text string, parse func(string) (T, error)) (*T, error) {
	if text == "" {
		return nil, nil
	}
	v, err := parse(text)
	if err != nil {
		return nil, err
	}
	return &v, nil
}

func (f *groupForm) onLeave() {
	if f.typed() == f.start {
		f.d.Close()
		return
	}
	f.g.env.Leave("customer.group", f.onSave, f.d.Close)
}

func (f *groupForm) onSave() {
	if f.save.Disabled() {
		return
	}
	n, err := f.read()
	if err != nil {
		f.refuse(err)
		return
	}
	env, a := f.g.env, f.g.env.Actor
	f.save.Disable()
	approval.Run(env, func(ctx context.Context) (*pos.CustomerGroup, error) {
		return env.Till.SaveCustomerGroup(ctx, a, n)
	}, func(saved *pos.CustomerGroup, err error) {
		if !f.d.Shown() {
			return
		}
		f.save.Enable()
		if err != nil {
			f.refuse(err)
			return
		}
		f.d.Close()
		env.Kit.Toast(env.T("customers.groups.saved", pos.Args{"Name": saved.Name}), widgets.Good)
		f.g.load()
	})
}

func (f *groupForm) refuse(err error) {
	text := f.g.env.Words.Error(err)
	if text == f.news.Text() {
		return
	}
	f.news.Set(text, widgets.Bad)
	f.d.Refresh()
	if err != nil {
		f.g.env.Shown("customer.group", "error", string(pos.CodeOf(err)))
	}
}
