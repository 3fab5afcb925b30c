package receipts

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/money"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/widgets"
)

// The actions of the list. Their names are permanent: a shop's own keys are
// stored under them.
const (
	actKind    keys.ActionID = "receipts.kind"
	actCorrect keys.ActionID = "receipts.correct"
)

// DefineKeys names the actions of the list of receipts.
func DefineKeys(r *keys.Router) {
	r.Define(
		keys.Action{ID: actKind, Label: "key.receipts.kind", Key: "F6"},
		keys.Action{ID: actCorrect, Label: "key.receipts.correct", Key: "F7"})
}

// after is what happened to a sale since.
type after struct {
	text        string // the copy of its receipt
	sale        *pos.Sale
	returns     []pos.Return
	back        map[int]money.Quantity
	corrections []pos.Correction
}

// loadAfter reads a sale with everything that happened to it.
func loadAfter(ctx context.Context, env *ui.Env, a pos.Actor, id pos.SaleID) (after, error) {
	var f after
	var err error
	if f.sale, err = env.Till.Sale(ctx, a, id); err != nil {
		return f, err
	}
	if f.returns, f.back, err = env.Till.CameBack(ctx, a, id); err != nil {
		return f, err
	}
	if f.corrections, err = env.Till.Corrections(ctx, a, id); err != nil {
		return f, err
	}
	f.text, err = text(ctx, env, env.Words, a, f.sale, true, columns)
	return f, err
}

// told says what came back of the sale and how its payment was corrected; ""
// when nothing happened to it.
func (f *after) told(env *ui.Env) string {
	var all []string
	if len(f.returns) > 0 {
		var goods, numbers []string
		for i := range f.sale.Lines {
			l := &f.sale.Lines[i]
			if qty := f.back[l.Line.No]; qty > 0 && !l.Removed {
				goods = append(goods, env.T("receipts.came-back-line", pos.Args{"Name": l.Name, "Qty": qty, "Unit": l.Unit}))
			}
		}
		for i := range f.returns {
			numbers = append(numbers, "№ "+strconv.FormatInt(f.returns[i].Number, 10))
		}
		all = append(all, env.T("receipts.came-back", pos.Args{"What": strings.Join(goods, ", ")}),
			env.T("receipts.by-returns", pos.Args{"Numbers": strings.Join(numbers, ", ")}))
	}
	for _, c := range f.corrections {
		all = append(all, env.T("receipts.corrected", pos.Args{"Amount": c.Amount, "From": c.From, "To": c.To, "Reason": c.Reason}))
	}
	return strings.Join(all, " ")
}

// onKind changes between sales and returns.
func (l *list) onKind() { l.setKind(!l.returns) }

func (l *list) setKind(returns bool) {
	if l.asking {
		returns = l.returns // one thing at a time
	}
	chosen, empty := 0, "receipts.none"
	if returns {
		chosen, empty = 1, "receipts.no-returns"
	}
	l.kind.SetSelected(chosen)
	if returns == l.returns {
		return
	}
	l.latest.Cancel()
	l.returns, l.whole, l.shown = returns, false, ""
	l.sales, l.backs = nil, nil
	l.told.Set("", widgets.Neutral)
	l.table.Empty = l.env.T(empty, nil)
	l.table.SetRows(0)
	l.table.Select(-1)
	l.paper.SetText("")
	l.banner.Set("", widgets.Neutral)
	l.correct.Hidden = returns
	l.blue.Disable()
	l.dialog.Refresh()
	l.more()
}

// moreReturns reads older returns.
func (l *list) moreReturns() {
	var before int64
	if n := len(l.backs); n > 0 {
		before = history.Place(l.backs[n-1].Epoch, l.backs[n-1].Number)
	}
	a := l.env.Actor
	l.asking = true
	task.Run(l.env.Ctx, l.env.Runner,
		func(ctx context.Context) ([]pos.Return, error) { return l.env.Till.Returns(ctx, a, before, page) },
		func(more []pos.Return, err error) {
			l.asking = false
			if err != nil {
				l.refuse(err)
				return
			}
			first := len(l.backs) == 0
			l.whole = len(more) < page
			l.backs = append(l.backs, more...)
			l.table.SetRows(len(l.backs))
			if first && len(l.backs) > 0 {
				l.table.Select(0)
			}
			l.report(nil)
		})
}

// showReturn shows the slip of a return beside the list.
func (l *list) showReturn(row int) {
	id, a := l.backs[row].ID, l.env.Actor
	task.RunLatest(l.env.Ctx, l.latest, func(ctx context.Context) (string, error) {
		r, err := l.env.Till.Return(ctx, a, id)
		if err != nil {
			return "", err
		}
		sold, err := soldFor(ctx, l.env, a, r)
		if err != nil {
			return "", err
		}
		return returnText(ctx, l.env, l.env.Words, a, r, sold, true, columns)
	}, func(text string, err error) { l.onText(after{text: text}, err) })
}

// copyReturn notes that a copy of a slip is made before anybody has it.
func (l *list) copyReturn(row int) {
	r, a, text := &l.backs[row], l.env.Actor, l.shown
	l.blue.Disable()
	approval.Run(l.env,
		func(ctx context.Context) (struct{}, error) {
			return struct{}{}, l.env.Till.NoteReturnReprint(ctx, a, r.ID)
		},
		func(_ struct{}, err error) {
			l.blue.Enable()
			if err != nil {
				l.refuse(err)
				return
			}
			fyne.CurrentApp().Clipboard().SetContent(text)
			l.env.Kit.Toast(l.env.T("receipts.copied", pos.Args{"Number": r.Number}), widgets.Good)
			l.env.Shown("receipts", "copied", string(r.ID), "number", strconv.FormatInt(r.Number, 10), "kind", "returns")
		})
}
