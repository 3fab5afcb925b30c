package goods

import (
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/imports"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// showing are the controls of the window that imports.
type showing struct {
	path     *widgets.Entry
	news     *widgets.Banner
	counts   *widgets.Text
	hint     *widgets.Paragraph
	progress *widgets.Progress
	columns  *widgets.Table
	bad      *widgets.Table
	list     *widgets.Panel
	settings *fyne.Container
	act      *widgets.Button
	without  *widgets.Button
	turn     *widgets.Button
	buttons  map[keys.ActionID]*widgets.Button
	dialog   *widgets.Dialog
}

func (x *importing) build(closed func()) {
	k, t, s := x.env.Kit, x.env.T, &x.show
	s.news, s.counts, s.progress = widgets.NewBanner("", widgets.Bad), widgets.NewText("", widgets.Strong), widgets.NewProgress()
	s.path = k.Entry(widgets.TextEntry, t("goods.import.path", nil))
	s.path.OnChanged = func(string) { x.fresh(); x.refresh() }
	s.path.OnSubmitted = func(string) { x.onAct() }
	s.columns = k.Table([]widgets.Column{
		{Title: t("goods.import.in-file", nil), Width: 220},
		{Title: t("goods.import.examples", nil), From: 620, Style: widgets.Muted},
		{Title: t("goods.import.meaning", nil), Width: 240, Style: widgets.Strong},
	}, x.columnCell)
	s.columns.OnActivated = func(int) { x.onAct() }
	s.bad = k.Table([]widgets.Column{
		{Title: t("goods.import.line", nil), Width: 90, Align: fyne.TextAlignTrailing, Style: widgets.Muted},
		{Title: t("goods.import.column", nil), Width: 180, From: 560, Style: widgets.Muted},
		{Title: t("goods.import.reason", nil)},
	}, x.badCell)
	s.bad.OnActivated = func(int) { x.onAct() }
	s.columns.Empty = t("goods.import.empty", nil)
	s.list = widgets.NewFlatCard(s.columns)
	s.act = k.KeyButton("", widgets.Primary, keys.Enter, x.onAct)
	s.act.Height = widgets.Large
	back := k.KeyButton(t("goods.back", nil), widgets.Secondary, keys.Esc, x.onBack)
	back.Height = widgets.Large
	s.without = k.ActionButton(t("goods.import.without", nil), widgets.Secondary, actWithout)
	s.without.Height = widgets.Large
	s.turn = k.ActionButton("", widgets.Secondary, actTurn)
	s.turn.Height = widgets.Large
	s.hint = widgets.NewParagraph(t("goods.import."+string(x.plan.kind)+".hint", nil), widgets.SmallMuted)
	s.buttons = map[keys.ActionID]*widgets.Button{}
	var bar []fyne.CanvasObject
	for _, id := range x.settingActions() {
		b := k.ActionButton("", widgets.Secondary, id)
		b.Height = widgets.Compact
		s.buttons[id] = b
		bar = append(bar, b)
	}
	s.settings = widgets.KeyBar(theme.GapSmall, bar...)
	s.dialog = k.Dialog(widgets.DialogSpec{Name: "goods.import", Title: t("goods.import."+string(x.plan.kind)+".title", nil),
		Width: 1100, Height: 720, Fills: true, OnEsc: x.onBack,
		Body: widgets.VBox(theme.GapSmall,
			widgets.HBox(theme.GapSmall, widgets.Grow(s.path), k.ActionButton(t("goods.browse", nil), widgets.Secondary, actBrowse)),
			s.settings, s.news, s.progress, s.counts, widgets.Grow(s.list), s.hint),
		Footer: widgets.KeyBar(theme.GapSmall, back, s.turn, s.without, s.act)})
	s.dialog.OnClosed = func() { x.halt(); closed() }
	s.dialog.Show(s.path.Focusable(), x.bind)
}

// settingActions are the settings on the bar; customers have no shelf.
func (x *importing) settingActions() []keys.ActionID {
	list := []keys.ActionID{actCharset, actComma, actHeader, actDecimal, actExisting, actNew}
	if x.plan.kind == KindProducts {
		list = append(list, actMissing)
	}
	return list
}

func (x *importing) bind(s *keys.Scope) {
	s.Bind(actBrowse, x.onBrowse)
	s.Bind(actWithout, x.onWithout)
	s.Bind(actTurn, func() {
		if x.tried != nil && x.tried.BadCount > 0 {
			x.columns = !x.columns
			x.refresh()
		}
	})
	s.Bind(actCharset, x.onCharset)
	s.Bind(actComma, x.onComma)
	s.Bind(actHeader, func() { x.set((*plan).turnHeader) })
	s.Bind(actDecimal, func() {
		x.set(func(p *plan) { p.mapping.Decimal = after([]string{"", ",", "."}, p.mapping.Decimal) })
	})
	s.Bind(actExisting, func() {
		x.set(func(p *plan) {
			list := []till.Existing{till.ExistingAll, till.ExistingPrice, till.ExistingSkip}
			if p.kind == KindCustomers {
				list = []till.Existing{till.ExistingAll, till.ExistingSkip}
			}
			p.existing = after(list, p.existing)
		})
	})
	s.Bind(actNew, func() { x.set(func(p *plan) { p.skipNew = !p.skipNew }) })
	if x.plan.kind == KindProducts {
		s.Bind(actMissing, func() { x.set(func(p *plan) { p.archive = !p.archive }) })
	}
	// The list takes the focus when it is walked: sideways is for the caret where
	// text is being written.
	walk := func(by int) func() {
		return func() {
			x.table().Step(by)
			if x.known {
				x.env.Kit.Focus(x.table())
			}
		}
	}
	s.BindKey(keys.Up, walk(-1), keys.Repeating())
	s.BindKey(keys.Down, walk(1), keys.Repeating())
	onList := keys.When(func() bool { return x.known && x.columns && x.env.Kit.Focused() != x.show.path.Focusable() })
	s.BindKey(keys.Right, func() { x.onTurn(1) }, onList)
	s.BindKey(keys.Left, func() { x.onTurn(-1) }, onList)
	s.BindKey("+", func() { x.onTurn(1) }, onList)
	s.BindKey("-", func() { x.onTurn(-1) }, onList)
	s.BindKey(keys.Enter, x.onAct)
	s.Home = x.show.path.Focusable()
}

func (x *importing) table() *widgets.Table {
	if x.columns {
		return x.show.columns
	}
	return x.show.bad
}

// onTurn changes the meaning of the chosen column.
func (x *importing) onTurn(by int) {
	if i := x.show.columns.Selected(); i >= 0 && i < len(x.plan.mapping.Columns) {
		x.set(func(p *plan) { p.turn(i, by) })
	}
}

func (x *importing) onCharset() {
	if len(x.plan.sheets) == 0 {
		x.reread(func(p *plan) { p.asked.Charset = after(imports.Charsets, p.found.Charset) })
	}
}

func (x *importing) onComma() {
	x.reread(func(p *plan) {
		if len(p.sheets) > 0 {
			p.asked.Sheet = p.nextSheet()
			return
		}
		if p.found.Comma != 0 {
			p.asked.Comma = after(imports.Commas, p.found.Comma)
		}
	})
}

func (x *importing) refresh() {
	s := &x.show
	bad, cols := 0, 0
	if x.tried != nil {
		bad = len(x.tried.Bad)
	}
	if x.known {
		cols = len(x.plan.mapping.Columns)
	}
	s.bad.SetRows(bad)
	s.columns.SetRows(cols)
	if cols > 0 && s.columns.Selected() < 0 {
		s.columns.Select(0)
	}
	s.list.SetContent(x.table())
	counts := ""
	if r := x.tried; r != nil {
		counts = x.env.T("goods.import.counts", pos.Args{"New": r.New, "Updated": r.Updated, "Same": r.Unchanged + r.Skipped, "Bad": r.BadCount})
		if r.Archived > 0 {
			counts += " · " + x.env.T("goods.import.archived", pos.Args{"Count": r.Archived})
		}
	}
	s.counts.SetText(counts)
	s.counts.Hidden = counts == ""
	s.progress.Hidden = x.cancel == nil
	s.settings.Hidden = !x.known
	if x.known {
		s.hint.Set(x.env.T("goods.import.turn.hint", nil), widgets.SmallMuted)
	} else {
		s.hint.Set(x.env.T("goods.import."+string(x.plan.kind)+".hint", nil), widgets.SmallMuted)
	}
	s.hint.Hidden = !x.columns
	s.turn.Hidden = x.tried == nil || x.tried.BadCount == 0
	s.without.Hidden = !x.partly() || x.cancel != nil
	s.turn.SetLabel(x.env.T(map[bool]string{true: "goods.import.to-bad", false: "goods.import.to-columns"}[x.columns], nil))
	x.labelSettings()
	s.act.SetLabel(x.actLabel())
	s.act.SetEnabled(x.cancel == nil)
	s.dialog.Refresh()
	x.tell()
}

func (x *importing) actLabel() string {
	switch {
	case x.done:
		return x.env.T("goods.done", nil)
	case x.ready():
		return x.env.T("goods.import.do", pos.Args{"Count": x.tried.Stored() + x.tried.Archived})
	case x.tried != nil:
		return x.env.T("goods.import.again", nil)
	}
	return x.env.T("goods.import.try", nil)
}

// labelSettings writes on every setting what it stands at.
func (x *importing) labelSettings() {
	p := &x.plan
	label := func(id keys.ActionID, name, value string) {
		if b := x.show.buttons[id]; b != nil {
			b.SetLabel(x.env.T("goods.import.set."+name, pos.Args{"Value": value}))
			b.SetEnabled(x.cancel == nil)
		}
	}
	word := func(id string) string { return x.env.T("goods.import.is."+id, nil) }
	yes := func(on bool, a, b string) string {
		if on {
			return word(a)
		}
		return word(b)
	}
	if len(p.sheets) > 0 {
		label(actCharset, "book", "Excel")
		x.show.buttons[actCharset].SetEnabled(false)
		label(actComma, "sheet", oneLine(p.found.Sheet))
	} else {
		label(actCharset, "charset", p.found.Charset)
		comma := string(p.found.Comma)
		switch p.found.Comma {
		case '\t':
			comma = word("tab")
		case 0: // a web page has none
			comma = "—"
		}
		label(actComma, "comma", comma)
		if p.found.Comma == 0 {
			x.show.buttons[actComma].SetEnabled(false)
		}
	}
	label(actHeader, "header", yes(p.mapping.Header, "names", "goods"))
	decimal := p.mapping.Decimal
	if decimal == "" {
		decimal = word("any")
	}
	label(actDecimal, "decimal", decimal)
	existing := string(p.existing)
	if existing == "" {
		existing = "all"
	}
	label(actExisting, "existing", word(existing))
	label(actNew, "new", yes(p.skipNew, "skip", "add"))
	label(actMissing, "missing", yes(p.archive, "archive", "keep"))
}

func (x *importing) columnCell(row, col int) widgets.Cell {
	field := x.plan.mapping.Columns[row]
	switch col {
	case 0:
		return widgets.Cell{Text: x.plan.header(row)}
	case 1:
		return widgets.Cell{Text: x.plan.examples(row, 3)}
	}
	if field == "" {
		return widgets.Cell{Text: x.env.T("goods.import.field.none", nil), Style: widgets.Muted}
	}
	return widgets.Cell{Text: x.env.T("goods.import.field."+string(x.plan.kind)+"."+string(field), nil)}
}

func (x *importing) badCell(row, col int) widgets.Cell {
	b := &x.tried.Bad[row]
	switch col {
	case 0:
		return widgets.Cell{Text: strconv.Itoa(b.Line)}
	case 1:
		return widgets.Cell{Text: b.Column}
	}
	return widgets.Cell{Text: x.env.T(b.ID, b.Args)}
}
