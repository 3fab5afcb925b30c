package orders

import (
	"context"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/goods"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// attaching chooses a file that shows that the money of an order moved.
type attaching struct {
	env   *ui.Env
	order manual.Order
	where manual.Place
	names names
	busy  bool
	done  func()

	d       *widgets.Dialog
	path    *widgets.Entry
	comment *widgets.Entry
	news    *widgets.Banner
	act     *widgets.Button
}

// proofEndings are those of the files that are offered. What is in a file decides.
var proofEndings = []string{".pdf", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp"}

// attachTo asks for a file and attaches it; done hears that it was.
func attachTo(env *ui.Env, o *manual.Order, where manual.Place, done func()) {
	w := &attaching{env: env, order: *o, where: where, names: names{}, done: done, news: widgets.NewBanner("", widgets.Bad)}
	k, t := env.Kit, env.T
	w.path, w.comment = k.Entry(widgets.TextEntry, t("orders.attach.path", nil)), k.Entry(widgets.TextEntry, t("orders.attach.comment.hint", nil))
	w.path.RefusesScan, w.comment.RefusesScan = true, true
	w.path.MaxLength, w.comment.MaxLength = 1000, manual.MaxHint
	w.path.OnChanged = func(string) { w.refuse(nil) }
	w.comment.OnChanged = w.path.OnChanged
	w.act = k.KeyButton(t("orders.attach.do", nil), widgets.Primary, keys.Enter, w.onAct)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { w.d.Close() })
	w.act.Height, back.Height = widgets.Large, widgets.Large
	w.d = k.Dialog(widgets.DialogSpec{Name: placeAttach, Title: t("orders.attach", nil), Subtitle: o.Text, Width: widgets.Middle,
		Body: widgets.VBox(theme.GapCards, widgets.Field(t("orders.attach.file", nil), w.path),
			widgets.Field(t("orders.field.comment", nil), w.comment),
			widgets.KeyBar(theme.GapSmall, k.ActionButton(t("goods.browse", nil), widgets.Secondary, actBrowse)),
			widgets.NewParagraph(t("orders.attach.limits", pos.Args{"Max": manual.MaxProof >> 20, "Most": manual.MostProofs}), widgets.SmallMuted)),
		Footer: widgets.VBox(theme.GapSmall, w.news, widgets.Footer(theme.GapCards, back, w.act))})
	w.d.Show(w.path.Focusable(), func(s *keys.Scope) {
		s.Bind(actBrowse, w.onBrowse)
		s.BindKey(keys.Enter, w.onAct)
	})
	w.tell(nil)
}

func (w *attaching) onBrowse() {
	goods.BrowseFiles(w.env, w.path.Text(), proofEndings, w.env.T("orders.attach.none", nil), func(path string) {
		w.path.SetText(path)
		w.comment.Focus()
	})
}

// onAct attaches the chosen file; without a path it lets one choose.
func (w *attaching) onAct() {
	path := goods.PathOf(w.path.Text())
	switch {
	case w.busy:
		return
	case path == "":
		w.onBrowse()
		return
	}
	w.busy = true
	w.act.SetEnabled(false)
	w.news.Set(w.env.T("orders.attach.under-way", nil), widgets.Info)
	w.d.Refresh()
	p, a, seen := w.env.Payments, w.env.Actor, w.order
	what := path + "\x00" + w.comment.Text() // the same once more is the same request
	in := manual.AskProof{ID: w.names.of(w.env, what), Where: w.where, Comment: w.comment.Text()}
	approval.Run(w.env, func(ctx context.Context) (manual.Order, error) { return p.AddProof(ctx, a, &seen, in, path) }, func(_ manual.Order, err error) {
		w.names.heard(what, err)
		if answered(w.d, w.act, &w.busy, err, w.refuse) {
			w.env.Kit.Toast(w.env.T("orders.attach.done", nil), widgets.Good)
			w.done()
		}
	})
}

func (w *attaching) refuse(err error) {
	w.news.Set(w.env.Words.Error(err), widgets.Bad)
	w.d.Refresh()
	w.tell(err)
}

func (w *attaching) tell(err error) {
	w.env.Shown(placeAttach, "order", w.order.ID, "news", w.news.Text(), "error", string(pos.CodeOf(err)))
}
