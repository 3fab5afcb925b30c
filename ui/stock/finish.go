package stock

import (
	"context"
	"strconv"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// onPost asks once more, then posts: what is posted is never changed.
func (d *doc) onPost() {
	k, t := d.env.Kit, d.env.T
	var ask *widgets.Dialog
	yes := k.KeyButton(t("stock.post", nil), widgets.Primary, keys.Enter, func() { ask.Close(); d.post() })
	yes.Height = widgets.Large
	no := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { ask.Close() })
	no.Height = widgets.Large
	ask = k.Dialog(widgets.DialogSpec{Name: "stock.post", Title: t("stock.post.title", nil), Width: widgets.Narrow,
		Body:   widgets.NewParagraph(t("stock.post.text."+string(d.view.Doc.Kind), pos.Args{"Count": len(d.view.Doc.Lines)}), widgets.Body),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(150, no), widgets.Grow(yes))})
	ask.Show(yes, nil)
	d.env.Shown("stock.post", "lines", strconv.Itoa(len(d.view.Doc.Lines)))
}

func (d *doc) post() {
	if d.busy {
		return
	}
	d.busy = true
	a, head, keep := d.env.Actor, d.head.typed, d.head.differs()
	approval.Run(d.env,
		func(ctx context.Context) (*till.StockView, error) {
			if keep {
				if _, err := d.env.Till.SetStockHead(ctx, a, head.ID, head); err != nil {
					return nil, err
				}
			}
			return d.env.Till.PostStock(ctx, a, head.ID)
		},
		func(v *till.StockView, err error) {
			d.busy = false
			if err != nil {
				d.show(nil, err)
				return
			}
			d.view = v
			d.dialog.Close()
			d.env.Kit.Toast(d.env.T("stock.posted.toast", pos.Args{"Name": title(d.env, &v.Doc)}), widgets.Good)
		})
}

// onDrop throws the draft away, after asking when there is something in it.
func (d *doc) onDrop() {
	if len(d.view.Doc.Lines) == 0 {
		d.dropNow()
		return
	}
	k, t := d.env.Kit, d.env.T
	var ask *widgets.Dialog
	yes := k.KeyButton(t("stock.drop", nil), widgets.DangerKind, keys.Del, func() { ask.Close(); d.dropNow() })
	no := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { ask.Close() })
	ask = k.Dialog(widgets.DialogSpec{Name: "stock.drop", Title: t("stock.drop.title", nil), Width: widgets.Narrow,
		Body:   widgets.NewParagraph(t("stock.drop.text", pos.Args{"Count": len(d.view.Doc.Lines)}), widgets.Body),
		Footer: widgets.Footer(theme.GapCards, no, yes)})
	ask.Show(no, func(s *keys.Scope) { s.BindKey(keys.Del, func() { ask.Close(); d.dropNow() }) })
	d.env.Shown("stock.drop")
}

func (d *doc) dropNow() {
	a, id := d.env.Actor, d.view.Doc.ID
	approval.Run(d.env,
		func(ctx context.Context) (struct{}, error) { return struct{}{}, d.env.Till.DropStockDoc(ctx, a, id) },
		func(_ struct{}, err error) {
			if err != nil {
				d.show(nil, err)
				return
			}
			d.dialog.Close()
		})
}

// onReverse asks why, then posts the document that takes this one back.
func (d *doc) onReverse() {
	k, t := d.env.Kit, d.env.T
	var ask *widgets.Dialog
	news := widgets.NewBanner("", widgets.Bad)
	why := k.Entry(widgets.TextEntry, "")
	why.MaxLength = pos.MaxStockTextSize
	a, id := d.env.Actor, d.view.Doc.ID
	run := func() {
		reason := why.Text()
		approval.RunFor(d.env, reason,
			func(ctx context.Context) (*till.StockView, error) { return d.env.Till.ReverseStock(ctx, a, id, reason) },
			func(v *till.StockView, err error) {
				if err != nil {
					news.Set(d.env.Words.Error(err), widgets.Bad)
					ask.Refresh()
					why.Focus()
					d.env.Shown("stock.reverse", "error", errorID(err))
					return
				}
				ask.Close()
				d.dialog.Close()
				d.env.Kit.Toast(d.env.T("stock.posted.toast", pos.Args{"Name": title(d.env, &v.Doc)}), widgets.Good)
			})
	}
	why.OnSubmitted = func(string) { run() }
	yes := k.KeyButton(t("stock.reverse", nil), widgets.DangerKind, keys.Enter, run)
	yes.Height = widgets.Large
	no := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { ask.Close() })
	no.Height = widgets.Large
	ask = k.Dialog(widgets.DialogSpec{Name: "stock.reverse", Title: t("stock.reverse.title", nil), Width: widgets.Narrow,
		Body: widgets.VBox(theme.GapCards, widgets.NewParagraph(t("stock.reverse.text", nil), widgets.Muted),
			widgets.Field(t("stock.reverse.why", nil), why), news),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(150, no), widgets.Grow(yes))})
	ask.Show(why.Focusable(), nil)
	d.env.Shown("stock.reverse", "error", "")
}
