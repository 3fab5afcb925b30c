package receipts

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/money"
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
	env     *ui.Env
	sales   []pos.Sale
	backs   []pos.Return
	returns bool // returns are listed, not sales
	whole   bool // the oldest is listed
	asking  bool
	shown   string // text of the selected document, as a copy
	now     after  // what happened to the selected sale
	kind    *widgets.Segments
	told    *widgets.Banner
	correct *widgets.Button
	table   *widgets.Table
	paper   *widgets.Mono
	banner  *widgets.Banner
	latest  *task.Latest
	blue    *widgets.Button
	dialog  *widgets.Dialog
}

// List shows the stored sales or returns, newest first, and what came back of a
// sale. Enter makes a copy of a receipt: the copy is noted, and its text is on
// the clipboard.
func List(env *ui.Env, closed func()) {
	DefineKeys(env.Kit.Keys)
	l := &list{env: env, banner: widgets.NewBanner("", widgets.Bad), paper: widgets.NewMono(""), latest: task.NewLatest(env.Runner)}
	k, right := env.Kit, fyne.TextAlignTrailing
	l.table = k.Table([]widgets.Column{
		{Title: env.T("receipts.col.number", nil), Width: 62},
		{Title: env.T("receipts.col.at", nil), Style: widgets.Muted},
		{Title: env.T("receipts.col.total", nil), Width: 114, Align: right, Style: widgets.Strong},
	}, l.cell)
	l.table.Empty = env.T("receipts.none", nil)
	l.table.Tall = func(int) bool { return l.narrow() }
	l.table.OnSelected = l.onSelected
	l.table.OnActivated = func(int) { l.onCopy() }
	back := k.KeyButton(env.T("word.close", nil), widgets.Secondary, keys.Esc, func() { l.dialog.Close() })
	back.Height = widgets.Large
	l.blue = k.KeyButton(env.T("receipts.copy", nil), widgets.Primary, keys.Enter, l.onCopy)
	l.blue.Height = widgets.Large
	ui.DefinePrintKey(k.Keys)
	put := k.ActionButton(env.T("receipts.print", nil), widgets.Secondary, ui.ActPrint)
	put.Height = widgets.Large
	file := k.ActionButton(env.T("receipts.pdf", nil), widgets.Secondary, ui.ActPDF)
	file.Height = widgets.Large
	l.correct = k.ActionButton(env.T("receipts.correct", nil), widgets.Secondary, actCorrect)
	l.correct.Height = widgets.Large
	l.told = widgets.NewBanner("", widgets.Warn)
	l.kind = k.Segments([]string{env.T("receipts.sales", nil), env.T("receipts.returns", nil)}, 0, func(i int) { l.setKind(i == 1) })
	kind := widgets.HBox(theme.GapCards, l.kind, k.ActionButton(env.T("receipts.kind", nil), widgets.Quiet, actKind))
	l.dialog = k.Dialog(widgets.DialogSpec{Name: "receipts", Page: "receipts", Title: env.T("receipts.title", nil), Width: widgets.Wide, Height: 640, Fills: true,
		Body: widgets.VBox(theme.GapCards, kind, l.banner, l.told, widgets.Grow(widgets.Columns(theme.GapInside,
			widgets.Grow(widgets.NewFlatCard(l.table)), paperCard(l.paper)))),
		Footer: widgets.Footer(theme.GapSmall, back, put, file, l.correct, l.blue)})
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
		sc.Bind(actKind, l.onKind)
		sc.Bind(actCorrect, l.onCorrect)
	})
	l.blue.Disable()
	l.more()
}

func scrolled(o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewVScroll(o)
}

func (l *list) more() {
	if l.returns {
		l.moreReturns()
		return
	}
	var before int64
	if n := len(l.sales); n > 0 {
		before = history.Place(l.sales[n-1].Epoch, l.sales[n-1].Number)
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

// narrow tells that a moment has no room in one line beside the paper.
func (l *list) narrow() bool {
	return l.env.Kit.Window.Canvas().Size().Width < theme.Px(narrowBelow)
}

func (l *list) cell(row, col int) widgets.Cell {
	w := l.env.Words
	number, at, total := l.row(row)
	switch col {
	case 0:
		return widgets.Cell{Text: strconv.FormatInt(number, 10)}
	case 1:
		if l.narrow() {
			return widgets.Cell{Text: w.Date(at), Sub: w.Clock(at)}
		}
		return widgets.Cell{Text: w.DateTime(at)}
	default:
		return widgets.Cell{Text: w.Money().Amount(total)}
	}
}

// narrowBelow is the width of the window, at scale 1.
const narrowBelow = 1000

// row is what is listed of a document.
func (l *list) row(i int) (number int64, at time.Time, total money.Amount) {
	if l.returns {
		r := &l.backs[i]
		return r.Number, r.At, r.Total
	}
	s := &l.sales[i]
	return s.Number, s.At, s.Total
}

// onSelected shows the receipt of a sale beside the list.
func (l *list) onSelected(row int) {
	if !l.whole && !l.asking && row > max(len(l.sales), len(l.backs))-10 {
		l.more()
	}
	l.shown, l.now = "", after{}
	l.blue.Disable()
	if l.returns {
		l.showReturn(row)
		return
	}
	id, a := l.sales[row].ID, l.env.Actor
	task.RunLatest(l.env.Ctx, l.latest, func(ctx context.Context) (after, error) { return loadAfter(ctx, l.env, a, id) }, l.onText)
}

// onText shows a document; of a sale also what happened to it since.
func (l *list) onText(f after, err error) {
	if err != nil {
		l.refuse(err)
		return
	}
	l.shown, l.now = f.text, f
	l.told.Set(f.told(l.env), widgets.Warn)
	l.correct.SetEnabled(f.sale != nil)
	l.paper.SetText(f.text)
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
	if l.returns {
		l.copyReturn(row)
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
	switch row := l.table.Selected(); {
	case row < 0:
	case l.returns:
		PrintReturnCopy(l.env, &l.backs[row])
	default:
		PrintCopy(l.env, &l.sales[row])
	}
}

// onPDF saves a copy of the chosen receipt.
func (l *list) onPDF() {
	switch row := l.table.Selected(); {
	case row < 0:
	case l.returns:
		saveReturn(l.env, &l.backs[row], true)
	default:
		savePDF(l.env, &l.sales[row], true)
	}
}

// onCorrect says how the chosen sale was really paid.
func (l *list) onCorrect() {
	if l.returns || l.now.sale == nil {
		return
	}
	row := l.table.Selected()
	Correct(l.env, l.now.sale, func() { l.onSelected(row) })
}

func (l *list) refuse(err error) {
	l.banner.Set(l.env.Words.Error(err), widgets.Bad)
	l.dialog.Refresh()
	l.report(err)
}

func (l *list) report(err error) {
	selected := ""
	if row := l.table.Selected(); row >= 0 {
		number, _, _ := l.row(row)
		selected = strconv.FormatInt(number, 10)
	}
	kind, found := "sales", len(l.sales)
	if l.returns {
		kind, found = "returns", len(l.backs)
	}
	l.env.Shown("receipts", "kind", kind, "found", strconv.Itoa(found), "number", selected, "told", l.told.Text(), "error", string(pos.CodeOf(err)))
}
