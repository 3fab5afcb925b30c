package receipts

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/receipt"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// ShowReturn tells that a return is stored: the money to give, and the slip.
// sold is what it was exchanged for, nil for nothing; the slip then tells of
// both. Enter or the next scan goes on; closed hears of it. The slip is printed
// where the shop prints receipts by itself, and on request.
func ShowReturn(env *ui.Env, r *pos.Return, sold *pos.Sale, closed func()) {
	k := env.Kit
	paper := widgets.NewMono("")
	var d *widgets.Dialog
	state := newSlip(env)
	next := k.KeyButton(env.T("receipts.next", nil), widgets.Primary, keys.Enter, func() { d.Close() })
	next.Height = widgets.Large
	ui.DefinePrintKey(k.Keys)
	put := k.ActionButton(env.T("receipts.print", nil), widgets.Secondary, ui.ActPrint)
	put.Height = widgets.Large
	footer := fyne.CanvasObject(next)
	if env.Print.Ready() {
		footer = widgets.Columns(theme.GapCards, widgets.FixedWidth(260, put), widgets.Grow(next))
	}
	title := env.T("receipts.return.done", pos.Args{"Number": r.Number})
	if sold != nil {
		title = env.T("receipts.exchange.done", pos.Args{"Number": r.Number})
	}
	d = k.Dialog(widgets.DialogSpec{Name: "return", Title: title, Width: widgets.Middle, Height: 700, Fills: true,
		Body: widgets.Columns(24, paperCard(paper), widgets.Grow(asideReturn(env, r, sold, state))), Footer: footer})
	original := func(told func(*pos.PrintJob, error)) { printReturn(env, r, false, told) }
	d.OnClosed = func() {
		if closed != nil {
			closed()
		}
	}
	d.Show(next, func(sc *keys.Scope) {
		sc.BindKey(keys.Enter, d.Close)
		sc.Bind(ui.ActPDF, func() { saveReturn(env, r, false) })
		sc.Bind(ui.ActPrint, func() {
			if state.printed {
				PrintReturnCopy(env, r)
				return
			}
			state.print(original)
		})
		sc.OnScan = func(code string) { onNextScan(env, d, code) }
	})
	state.dialog = d
	state.begin(original)
	a := env.Actor
	task.Run(env.Ctx, env.Runner,
		func(ctx context.Context) (string, error) {
			return returnText(ctx, env, env.Words, a, r, sold, false, columns)
		},
		func(slip string, err error) {
			if err == nil {
				paper.SetText(slip)
				d.Refresh()
			}
			facts := []string{"id", string(r.ID), "number", strconv.FormatInt(r.Number, 10), "total", r.Total.String(),
				"cash", r.OutOfDrawer().String()}
			if sold != nil {
				facts = append(facts, "sale", string(sold.ID), "change", sold.Change.String())
			}
			env.Shown("return", facts...)
		})
}

// asideReturn tells the money to hand over in the largest type, and where the
// rest went.
func asideReturn(env *ui.Env, r *pos.Return, sold *pos.Sale, state *slip) fyne.CanvasObject {
	m := env.Words.Money()
	box := widgets.VBox(theme.GapSmall)
	big := func(id, value string) {
		box.Add(widgets.NewText(env.T(id, nil), widgets.Muted))
		box.Add(widgets.NewText(value, widgets.Total).Shrink())
		box.Add(widgets.NewSeparator())
	}
	if cash := r.OutOfDrawer(); cash > 0 {
		big("receipts.return.give-cash", m.Amount(cash))
	}
	if sold != nil && sold.Change > 0 {
		big("receipts.change", m.Amount(sold.Change))
	}
	for _, method := range pos.RefundMethods {
		if sum := r.Refunded(method); sum != 0 {
			box.Add(widgets.KeyValue(env.T("returns.way."+string(method), pos.Args{"Count": r.PointsBack}), m.Amount(sum), widgets.Body).Box)
		}
	}
	if r.PointsRestored > 0 {
		box.Add(widgets.KeyValue(env.T("returns.points.restored", nil), m.Points(r.PointsRestored), widgets.Body).Box)
	}
	if r.PointsTaken > 0 {
		box.Add(widgets.KeyValue(env.T("returns.points.taken", nil), m.Points(r.PointsTaken), widgets.Body).Box)
	}
	if sold != nil {
		box.Add(widgets.NewSeparator())
		for _, f := range facts(env, sold) {
			box.Add(widgets.KeyValue(f.label, f.value, widgets.Body).Box)
		}
	}
	box.Add(widgets.NewBanner(env.T("receipts.return.saved", pos.Args{"What": wentBack(env, r)}), widgets.Good))
	box.Add(state.news)
	return box
}

// went reports that something of a return went back by such a method.
func went(r *pos.Return, by func(pos.Method) bool) bool {
	return slices.ContainsFunc(r.Refunds, func(f pos.Refund) bool { return f.Amount > 0 && by(f.Method) })
}

// wentBack names what a return moved, and nothing else: «деньги», «деньги и баллы».
func wentBack(env *ui.Env, r *pos.Return) string {
	var what []string
	for _, part := range []struct {
		id   string
		some bool
	}{
		{"money", went(r, func(m pos.Method) bool { return m.OverCounter() && !m.NeedsCertificate() })},
		{"certificate", went(r, pos.Method.NeedsCertificate)},
		{"exchange", r.TurnedOver() > 0},
		{"points", r.PointsRestored > 0 || r.PointsTaken > 0},
		{"debt", r.DebtLowered() > 0},
	} {
		if part.some {
			what = append(what, env.T("receipts.return.back."+part.id, nil))
		}
	}
	if len(what) == 0 { // such as goods that had cost nothing
		what = append(what, env.T("receipts.return.back.goods", nil))
	}
	return strings.Join(what, ", ")
}

// ReturnText is the slip of a stored return, as Text is the receipt of a sale.
func ReturnText(ctx context.Context, env *ui.Env, w *words.Words, a pos.Actor, id pos.ReturnID) (string, error) {
	r, err := env.Till.Return(ctx, a, id)
	if err != nil {
		return "", err
	}
	return returnText(ctx, env, w, a, r, nil, true, columns)
}

// returnText is a return, or with sold an exchange, as lines of text. It asks the
// till what to tell, so call it where slow work may be done.
func returnText(ctx context.Context, env *ui.Env, w *words.Words, a pos.Actor, r *pos.Return, sold *pos.Sale, isCopy bool, width int) (string, error) {
	in, err := env.Till.SlipOf(ctx, a, r, isCopy)
	if err != nil {
		return "", err
	}
	if sold != nil {
		return strings.Join(receipt.RenderExchange(receipt.ExchangeInput{ReturnInput: in, Sale: sold}, width, w), "\n"), nil
	}
	return strings.Join(receipt.RenderReturn(in, width, w), "\n"), nil
}

// PrintReturnCopy notes that a copy of a stored return is made and prints it.
func PrintReturnCopy(env *ui.Env, r *pos.Return) {
	if !env.Print.Ready() {
		printReturn(env, r, true, nil) // says what is missing; a copy nobody gets is not noted
		return
	}
	a := env.Actor
	approval.Run(env,
		func(ctx context.Context) (struct{}, error) {
			return struct{}{}, env.Till.NoteReturnReprint(ctx, a, r.ID)
		},
		func(_ struct{}, err error) {
			if err != nil {
				env.Kit.Toast(env.Words.Error(err), widgets.Bad)
				env.Shown("printed", "error", string(pos.CodeOf(err)))
				return
			}
			printReturn(env, r, true, nil)
		})
}

func printReturn(env *ui.Env, r *pos.Return, isCopy bool, told func(*pos.PrintJob, error)) {
	if env.Print == nil {
		return
	}
	a, w, width, id := env.Actor, env.Print.Words(), env.Print.Width(), r.ID
	title := w.T("receipt.return", pos.Args{"Number": r.Number})
	env.Print.Make(pos.PrintReturn, func(ctx context.Context) (pos.PrintJob, error) {
		whole, err := env.Till.Return(ctx, a, id)
		if err != nil {
			return pos.PrintJob{}, err
		}
		sold, err := soldFor(ctx, env, a, whole)
		if err != nil {
			return pos.PrintJob{}, err
		}
		lines, err := returnText(ctx, env, w, a, whole, sold, isCopy, width)
		if err != nil {
			return pos.PrintJob{}, err
		}
		return pos.PrintJob{Doc: string(id), Title: title, Lines: strings.Split(lines, "\n")}, nil
	}, told)
}

// soldFor is the sale goods were exchanged for, nil for none.
func soldFor(ctx context.Context, env *ui.Env, a pos.Actor, r *pos.Return) (*pos.Sale, error) {
	if r.Exchange == "" {
		return nil, nil
	}
	return env.Till.Sale(ctx, a, r.Exchange)
}
