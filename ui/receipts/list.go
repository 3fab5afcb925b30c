package receipts

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/pos"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// page is how many sales are read at a time.
const page = 100

// list is the dialog of stored sales.
type list struct {
	env    *ui.Env
	sales  []pos.Sale
	whole  bool // sales holds the oldest
	asking bool
	shown  string // text of the selected sale, as a copy
	table  *widgets.Table
	paper  *widgets.Mono
	banner *widgets.Banner
	latest *task.Latest
	blue   *widgets.Button
	dialog *widgets.Dialog
}

// List shows the stored sales, newest first. Enter makes a copy of a receipt:
// the copy is noted, and its text is on the clipboard.
func List(env *ui.Env, closed func()) {
	l := &list{env: env, banner: widgets.NewBanner("", widgets.Bad), paper: widgets.NewMono(""), latest: task.NewLatest(env.Runner)}
	k, right := env.Kit, fyne.TextAlignTrailing
	l.table = k.Table([]widgets.Column{
		{Title: env.T("receipts.col.number", nil), Width: 62},
		{Title: env.T("receipts.col.at", nil), Style: widgets.Muted},
		{Title: env.T("receipts.col.total", nil), Width: 114, Align: right, Style: widgets.Strong},
	}, l.cell)
	l.table.Empty = env.T("receipts.none", nil)
	l.table.OnSelected = l.onSelected
	l.table.OnActivated = func(int) { l.onCopy() }
	back := k.KeyButton(env.T("receipts.back", nil), widgets.Secondary, keys.Esc, func() { l.dialog.Close() })
	back.Height = widgets.Large
	l.blue = k.KeyButton(env.T("receipts.copy", nil), widgets.Primary, keys.Enter, l.onCopy)
	l.blue.Height = widgets.Large
	ui.DefinePrintKey(k.Keys)
	put := k.ActionButton(env.T("receipts.print", nil), widgets.Secondary, ui.ActPrint)
	put.Height = widgets.Large
	file := k.ActionButton(env.T("receipts.pdf", nil), widgets.Secondary, ui.ActPDF)
	file.Height = widgets.Large
	l.dialog = k.Dialog(widgets.DialogSpec{Name: "receipts", Title: env.T("receipts.title", nil), Width: 1000, Height: 640, Fills: true,
		Body: widgets.VBox(theme.GapCards, l.banner, widgets.Grow(widgets.Columns(theme.GapInside,
			widgets.Grow(widgets.NewFlatCard(l.table)), paperCard(l.paper)))),
		Footer: widgets.KeyBar(theme.GapSmall, back, put, file, l.blue)})
	l.dialog.OnClosed = func() {
		l.latest.Cancel()
		if closed != nil {
			closed()
		}
	}
	l.dialog.Show(l.table, func(sc *keys.Scope) {
		sc.BindKey(keys.Enter, l.onCopy)
		sc.Bind(ui.ActPrint, l.onPrint)
		sc.Bind(ui.ActPDF, l.onPDF)
	})
	l.blue.Disable()
	l.more()
}

func scrolled(o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewVScroll(o)
}

func (l *list) more() {
	var before int64
	if n := len(l.sales); n > 0 {
		before = l.sales[n-1].Number
	}
	a := l.env.Actor
	l.asking = true
	task.Run(l.env.Ctx, l.env.Runner,
		func(ctx context.Context) ([]pos.Sale, error) { return l.env.Till.Sales(ctx, a, before, page) }, l.onSales)
}

func (l *list) onSales(sales []pos.Sale, err error) {
	l.asking = false
	if err != nil {
		l.refuse(err)
		return
	}
	first := len(l.sales) == 0
	l.whole = len(sales) < page
	l.sales = append(l.sales, sales...)
	l.table.SetRows(len(l.sales))
	if first && len(l.sales) > 0 {
		l.table.Select(0)
	}
	l.report(nil)
}

func (l *list) cell(row, col int) widgets.Cell {
	s, w := &l.sales[row], l.env.Words
	switch col {
	case 0:
		return widgets.Cell{Text: strconv.FormatInt(s.Number, 10)}
	case 1:
		return widgets.Cell{Text: w.DateTime(s.At)}
	default:
		return widgets.Cell{Text: w.Money().Amount(s.Total)}
	}
}

// onSelected shows the receipt of a sale beside the list.
func (l *list) onSelected(row int) {
	if !l.whole && !l.asking && row > len(l.sales)-10 {
		l.more()
	}
	id, a := l.sales[row].ID, l.env.Actor
	l.shown = ""
	l.blue.Disable()
	task.RunLatest(l.env.Ctx, l.latest, func(ctx context.Context) (string, error) {
		s, err := l.env.Till.Sale(ctx, a, id)
		if err != nil {
			return "", err
		}
		return text(ctx, l.env, l.env.Words, a, s, true, columns), nil
	}, l.onText)
}

func (l *list) onText(text string, err error) {
	if err != nil {
		l.refuse(err)
		return
	}
	l.shown = text
	l.paper.SetText(text)
	l.blue.Enable()
	l.dialog.Refresh()
	l.report(nil)
}

// onCopy notes that a copy is made before anybody has it.
func (l *list) onCopy() {
	row := l.table.Selected()
	if row < 0 || l.shown == "" || l.blue.Disabled() {
		return
	}
	id, number, a, text := l.sales[row].ID, l.sales[row].Number, l.env.Actor, l.shown
	l.blue.Disable()
	approval.Run(l.env,
		func(ctx context.Context) (struct{}, error) { return struct{}{}, l.env.Till.NoteReprint(ctx, a, id) },
		func(_ struct{}, err error) {
			l.blue.Enable()
			if err != nil {
				l.refuse(err)
				return
			}
			fyne.CurrentApp().Clipboard().SetContent(text)
			l.env.Kit.Toast(l.env.T("receipts.copied", pos.Args{"Number": number}), widgets.Good)
			l.env.Shown("receipts", "copied", string(id), "number", strconv.FormatInt(number, 10))
		})
}

// onPrint prints a copy of the chosen receipt.
func (l *list) onPrint() {
	if row := l.table.Selected(); row >= 0 {
		PrintCopy(l.env, &l.sales[row])
	}
}

// onPDF saves a copy of the chosen receipt.
func (l *list) onPDF() {
	if row := l.table.Selected(); row >= 0 {
		savePDF(l.env, &l.sales[row], true)
	}
}

func (l *list) refuse(err error) {
	l.banner.Set(l.env.Words.Error(err), widgets.Bad)
	l.dialog.Refresh()
	l.report(err)
}

func (l *list) report(err error) {
	selected := ""
	if row := l.table.Selected(); row >= 0 {
		selected = strconv.FormatInt(l.sales[row].Number, 10)
	}
	l.env.Shown("receipts", "found", strconv.Itoa(len(l.sales)), "number", selected, "error", string(pos.CodeOf(err)))
}
