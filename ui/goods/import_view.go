package goods

import (
	"strconv"
	"strings"

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
	notes    *widgets.Table
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
	said := func(reason string, cell func(row, col int) widgets.Cell) *widgets.Table {
		table := k.Table([]widgets.Column{
			{Title: t("goods.import.line", nil), Width: 90, Align: fyne.TextAlignTrailing, Style: widgets.Muted},
			{Title: t("goods.import.column", nil), Width: 180, From: 560, Style: widgets.Muted},
			{Title: t(reason, nil)},
		}, cell)
		table.OnActivated = func(int) { x.onAct() }
		table.OnSelected = func(int) { x.explain() }
		return table
	}
	s.bad = said("goods.import.reason", func(row, col int) widgets.Cell { return x.saidCell(&x.tried.Bad[row], col) })
	s.notes = said("import.refused.note", func(row, col int) widgets.Cell { return x.saidCell(&x.tried.Notes[row], col) })
	s.columns.Empty = t("goods.import.empty", nil)
	s.list = widgets.NewFlatCard(s.columns)
	s.act = k.KeyButton("", widgets.Primary, keys.Enter, x.onAct)
	s.act.Height = widgets.Large
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, x.onBack)
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
		Width: widgets.Wide, Height: 720, Fills: true, OnEsc: x.onBack,
		Body: widgets.VBox(theme.GapSmall,
			widgets.HBox(theme.GapSmall, widgets.Grow(s.path), k.ActionButton(t("goods.browse", nil), widgets.Secondary, actBrowse)),
			s.settings, s.news, s.progress, s.counts, widgets.Grow(s.list), s.hint),
		Footer: widgets.Footer(theme.GapSmall, back, s.turn, s.without, s.act)})
	s.dialog.OnClosed = func() { x.halt(); closed() }
	s.dialog.Show(s.path.Focusable(), x.bind)
}

// settingActions are the settings on the bar; customers have no shelf.
func (x *importing) settingActions() []keys.ActionID {
	list := []keys.ActionID{actPreset, actCharset, actComma, actHeader, actRow, actDecimal, actExisting, actNew}
	if x.plan.kind == KindProducts {
		return append(list, actMissing)
	}
	return append(list, actDates)
}

func (x *importing) bind(s *keys.Scope) {
	s.Bind(actBrowse, x.onBrowse)
	s.Bind(actWithout, x.onWithout)
	s.Bind(actTurn, func() {
		x.list = x.nextList()
		x.refresh()
	})
	s.Bind(actPreset, func() { x.set((*plan).nextPreset) })
	s.Bind(actRow, func() { x.set((*plan).nextRow) })
	s.Bind(actCharset, x.onCharset)
	s.Bind(actComma, x.onComma)
	s.Bind(actHeader, func() { x.set((*plan).turnHeader) })
	s.Bind(actDecimal, func() {
		x.set(func(p *plan) {
			p.mapping.Decimal = after([]string{"", ",", "."}, p.mapping.Decimal)
			p.settle(imports.SettingDecimal)
		})
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
	} else {
		s.Bind(actDates, func() {
			x.set(func(p *plan) {
				p.mapping.Dates = after([]string{"", imports.MonthFirst}, p.mapping.Dates)
				p.settle(imports.SettingDates)
			})
		})
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
	onList := keys.When(func() bool { return x.known && x.list == listColumns && x.env.Kit.Focused() != x.show.path.Focusable() })
	s.BindKey(keys.Right, func() { x.onTurn(1) }, onList)
	s.BindKey(keys.Left, func() { x.onTurn(-1) }, onList)
	s.BindKey("+", func() { x.onTurn(1) }, onList)
	s.BindKey("-", func() { x.onTurn(-1) }, onList)
	s.BindKey(keys.Enter, x.onAct)
	s.Home = x.show.path.Focusable()
}

func (x *importing) table() *widgets.Table {
	switch x.list {
	case listBad:
		return x.show.bad
	case listNotes:
		return x.show.notes
	}
	return x.show.columns
}

// listed is what the table of the window shows.
type listed int

const (
	listColumns listed = iota
	listBad
	listNotes
)

// explain says below the list what can be done with it: of a row that may be cut
// short above, the whole sentence.
func (x *importing) explain() {
	s := &x.show
	id := "goods.import." + string(x.plan.kind) + ".hint"
	if x.known {
		id = "goods.import.turn.hint"
	}
	text, style := x.env.T(id, nil), widgets.SmallMuted
	rows := map[listed][]till.BadRow{}
	if x.tried != nil {
		rows[listBad], rows[listNotes] = x.tried.Bad, x.tried.Notes
	}
	if i := x.table().Selected(); x.list != listColumns && i >= 0 && i < len(rows[x.list]) {
		b := rows[x.list][i]
		text, style = x.env.T("goods.import.row", pos.Args{"Number": b.Line, "Reason": x.reasons(rows[x.list][i : i+1])}), widgets.Small
	}
	s.hint.Set(text, style)
	s.hint.Refresh()
}

// nextList is the next of the lists that have something to show.
func (x *importing) nextList() listed {
	has := map[listed]bool{listColumns: true, listBad: x.tried != nil && x.tried.BadCount > 0, listNotes: x.tried != nil && x.tried.NoteCount > 0}
	next := x.list
	for range has {
		if next = (next + 1) % 3; has[next] {
			break
		}
	}
	return next
}

// onTurn changes the meaning of the chosen column.
func (x *importing) onTurn(by int) {
	if i := x.show.columns.Selected(); i >= 0 && i < len(x.plan.mapping.Columns) {
		x.set(func(p *plan) { p.turn(i, by) })
	}
}

func (x *importing) onCharset() {
	if len(x.plan.sheets) == 0 {
		x.reread(func(p *plan) { p.asked.Charset = after(p.charsets, p.found.Charset) })
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
	bad, notes, cols := 0, 0, 0
	if x.tried != nil {
		bad, notes = len(x.tried.Bad), len(x.tried.Notes)
	}
	if x.known {
		cols = len(x.plan.mapping.Columns)
	}
	if (x.list == listBad && bad == 0) || (x.list == listNotes && notes == 0) {
		x.list = listColumns
	}
	s.bad.SetRows(bad)
	s.notes.SetRows(notes)
	s.columns.SetRows(cols)
	if cols > 0 && s.columns.Selected() < 0 {
		s.columns.Select(0)
	}
	s.list.SetContent(x.table())
	x.ask()
	counts := x.counted()
	s.counts.SetText(counts)
	s.counts.Hidden = counts == ""
	s.progress.Hidden = x.cancel == nil
	s.settings.Hidden = !x.known
	if x.list != listColumns && x.table().Selected() < 0 {
		x.table().Select(0)
	}
	x.explain()
	s.turn.Hidden = x.nextList() == x.list
	s.without.Hidden = !x.partly() || x.cancel != nil
	s.turn.SetLabel(x.env.T(map[listed]string{listBad: "goods.import.to-bad", listColumns: "goods.import.to-columns", listNotes: "goods.import.to-notes"}[x.nextList()], nil))
	x.labelSettings()
	s.act.SetLabel(x.actLabel())
	s.act.SetEnabled(x.cancel == nil)
	s.dialog.Refresh()
	x.tell()
}

// counted is the line of figures of the last run.
func (x *importing) counted() string {
	r := x.tried
	if r == nil {
		return ""
	}
	counts := x.env.T("goods.import.counts", pos.Args{"New": r.New, "Updated": r.Updated, "Same": r.Unchanged + r.Skipped, "Bad": r.BadCount})
	if r.Archived > 0 {
		counts += " · " + x.env.T("goods.import.archived", pos.Args{"Count": r.Archived})
	}
	if r.NoteCount > 0 {
		counts += " · " + x.env.T("goods.import.noted", pos.Args{"Count": r.NoteCount})
	}
	return counts
}

// ask puts what only a person can decide above the columns.
func (x *importing) ask() {
	if !x.known || x.cancel != nil || x.tried != nil || len(x.plan.doubts) == 0 {
		return
	}
	parts := make([]string, 0, len(x.plan.doubts)+1)
	for _, d := range x.plan.doubts {
		parts = append(parts, x.env.T(d.ID, d.Args))
	}
	x.show.news.Set(strings.Join(append(parts, x.env.T("goods.import.doubt.hint", nil)), " "), widgets.Warn)
}

func (x *importing) actLabel() string {
	switch {
	case x.known && x.tried == nil && len(x.plan.doubts) > 0:
		return x.env.T("goods.import.agree", nil)
	case x.done:
		return x.env.T("word.close", nil)
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
	preset := "preset.auto"
	if p.preset != "" {
		preset = "preset." + string(p.preset)
	}
	label(actPreset, "preset", word(preset))
	label(actRow, "row", strconv.Itoa(p.mapping.Row))
	label(actDates, "dates", yes(p.mapping.Dates == "", "day-first", "month-first"))
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

func (x *importing) saidCell(b *till.BadRow, col int) widgets.Cell {
	switch col {
	case 0:
		return widgets.Cell{Text: strconv.Itoa(b.Line)}
	case 1:
		return widgets.Cell{Text: x.columnOf(*b)}
	}
	return widgets.Cell{Text: x.env.T(b.ID, b.Args)}
}
