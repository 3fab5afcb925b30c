package sale

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos/manual"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/waiting"
	"kassa/ui/widgets"
)

// parkedLinesFrom is the width of the list below which it does not count lines.
const parkedLinesFrom = 640

// parkedList is the dialog of cheques put aside.
type parkedList struct {
	s      *Screen
	list   []till.ChequeView
	table  *widgets.Table
	banner *widgets.Banner
	dialog *widgets.Dialog
	blue   *widgets.Button
	busy   bool
}

// openParked lists the cheques put aside; Enter goes on with one.
func (s *Screen) openParked() {
	p := &parkedList{s: s, banner: widgets.NewBanner("", widgets.Bad)}
	k, right := s.env.Kit, fyne.TextAlignTrailing
	p.table = k.Table([]widgets.Column{
		{Title: s.t("parked.at", nil), Width: 124, Style: widgets.Muted},
		{Title: s.t("parked.note", nil)},
		{Title: s.t("parked.lines", nil), Width: 110, Align: right, From: parkedLinesFrom},
		{Title: s.t("col.sum", nil), Width: 140, Align: right, Style: widgets.Strong},
	}, p.cell)
	p.table.Tall = func(int) bool { return true }
	p.table.Empty = s.t("parked.none", nil)
	p.table.OnActivated = p.onChosen
	back := k.KeyButton(s.env.T("word.close", nil), widgets.Secondary, keys.Esc, func() { p.dialog.Close() })
	back.Height = widgets.Large
	p.blue = k.KeyButton(s.t("parked.do", nil), widgets.Primary, keys.Enter, p.onBlue)
	p.blue.Height = widgets.Large
	p.table.OnSelected = func(int) { p.draw() }
	p.dialog = k.Dialog(widgets.DialogSpec{Name: "sale.parked", Title: s.t("parked.title", nil), Width: widgets.Middle, Height: 520, Fills: true,
		Body:   widgets.VBox(theme.GapCards, widgets.Grow(widgets.NewFlatCard(p.table)), p.banner),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(160, back), widgets.Grow(p.blue))})
	p.dialog.OnClosed = func() { s.steps.release(); s.report() }
	s.steps.hold()
	p.dialog.Show(p.table, func(sc *keys.Scope) { sc.BindKey(keys.Enter, p.onBlue) })
	task.Run(s.env.Ctx, s.env.Runner, s.env.Till.Parked, p.onLoaded)
}

func (p *parkedList) onLoaded(list []till.ChequeView, err error) {
	if err != nil {
		p.refuse(err)
		return
	}
	p.list = list
	p.table.SetRows(len(list))
	if len(list) > 0 {
		p.table.Select(max(0, slices.IndexFunc(list, p.paid)))
	}
	p.draw()
	p.s.env.Shown("sale.parked", "found", strconv.Itoa(len(list)), "error", "")
}

func (p *parkedList) cell(row, col int) widgets.Cell {
	s, v := p.s, p.list[row]
	m := s.env.Words.Money()
	switch col {
	case 0:
		return widgets.Cell{Text: s.env.Words.Clock(v.Cheque.ParkedAt), Sub: s.env.Words.DayMonth(v.Cheque.ParkedAt)}
	case 1:
		c := widgets.Cell{Text: v.Cheque.Note, Sub: p.goods(&v)}
		if n := len(v.Awaited); n > 0 {
			says := waiting.Says(&v.Awaited[n-1])
			c.Aside, c.Text = c.Text, s.env.T(says.ID, says.Args)
			c.Style = widgets.Strong.In(theme.ColorWarn)
			if says.Good {
				c.Style = widgets.Strong.In(theme.ColorGood)
			}
		}
		if c.Text == "" {
			c.Text = s.t("parked.no-note", nil)
		}
		return c
	case 2:
		return widgets.Cell{Text: m.Points(int64(v.Cheque.Live()))}
	default:
		return widgets.Cell{Text: m.Amount(v.Totals.Total)}
	}
}

// ready reports a row that waits for nothing but its end.
func (p *parkedList) ready(row int) bool { return row >= 0 && row < len(p.list) && p.paid(p.list[row]) }

// paid reports a cheque that a manual payment has paid.
func (p *parkedList) paid(v till.ChequeView) bool {
	return len(v.Cheque.Tenders) > 0 && v.Totals.Due == 0 && !slices.ContainsFunc(v.Awaited, func(w till.AwaitedView) bool { return w.Standing != manual.Pays })
}

// draw says what Enter does with the chosen row.
func (p *parkedList) draw() {
	label := p.s.t("parked.do", nil)
	if p.ready(p.table.Selected()) {
		label = p.s.t("parked.finish", nil)
	}
	p.blue.SetLabel(label)
}

// goods are the first goods of a cheque, by which it is known again.
func (p *parkedList) goods(v *till.ChequeView) string {
	var names []string
	if v.Customer != nil && v.Customer.Name != v.Cheque.Note {
		names = append(names, v.Customer.Name)
	}
	for _, l := range v.Cheque.Lines {
		if !l.Removed && len(names) < 4 {
			names = append(names, l.Name)
		}
	}
	return strings.Join(names, ", ")
}

func (p *parkedList) onBlue() {
	if row := p.table.Selected(); row >= 0 {
		p.onChosen(row)
		return
	}
	p.dialog.Close()
}

// onChosen goes on with a parked cheque. One that is open now is not lost: the
// till refuses until it is parked or paid.
func (p *parkedList) onChosen(row int) {
	if p.busy || row >= len(p.list) {
		return
	}
	p.busy = true
	s, a, id := p.s, p.s.env.Actor, p.list[row].Cheque.ID
	if p.ready(row) && s.h.Waiting != nil {
		p.dialog.Close()
		s.h.Waiting(id, func(err error) { s.env.Kit.Toast(s.env.Words.Error(err), widgets.Bad) })
		return
	}
	s.steps.interject(step{
		work: func(ctx context.Context) (*till.ChequeView, error) { return s.env.Till.Recall(ctx, a, id) },
		after: func(v *till.ChequeView, err error) {
			p.busy = false
			if err != nil {
				s.steps.hold()
				p.refuse(err)
				return
			}
			p.dialog.Close()
			s.changed(v, selectLast)
			s.Refresh()
		}})
}

func (p *parkedList) refuse(err error) {
	p.banner.Set(p.s.env.Words.Error(err), widgets.Bad)
	p.dialog.Refresh()
	p.s.env.Shown("sale.parked", "found", strconv.Itoa(len(p.list)), "error", errorID(err))
}
