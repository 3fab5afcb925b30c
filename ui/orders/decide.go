package orders

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/dates"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// ruling is the window in which an order is decided with what is corrected: price,
// currency, date, comment. What was first said stays in sight beside.
type ruling struct {
	env        *ui.Env
	seen       manual.Order
	where      manual.Place
	currencies []money.Currency
	names      names
	busy       bool
	late       bool // somebody else decided
	changed    func()

	d       *widgets.Dialog
	price   *widgets.Entry
	in      *widgets.Select
	date    *dates.Field
	comment *widgets.Entry
	news    *widgets.Banner
	yes, no *widgets.Button
}

// rule opens the window; changed is called when the order is another one now.
func rule(env *ui.Env, o manual.Order, m *manual.Merchant, where manual.Place, changed func()) {
	r := &ruling{env: env, seen: o, where: where, changed: changed, news: widgets.NewBanner("", widgets.Bad), names: names{}}
	r.currencies = []money.Currency{o.Requested.Currency}
	if m != nil && len(m.Currencies) > 0 {
		r.currencies = m.Currencies
	}
	if !slices.Contains(r.currencies, o.Requested.Currency) {
		r.currencies = append([]money.Currency{o.Requested.Currency}, r.currencies...)
	}
	r.build(m)
	r.d.Show(r.price.Focusable(), func(s *keys.Scope) {
		s.Bind(actApprove, func() { r.decide(manual.Approve) })
		s.Bind(actDecline, func() { r.decide(manual.Decline) })
	})
	r.tell(nil)
}

func (r *ruling) build(m *manual.Merchant) {
	k, t, asked := r.env.Kit, r.env.T, &r.seen.Requested
	r.price = k.Entry(widgets.TextEntry, "")
	r.price.Filter, r.price.RefusesScan, r.price.SelectAll, r.price.MaxLength = widgets.Decimal(4), true, true, 20
	r.price.SetText(bare(r.env, asked.Price, asked.Currency))
	codes := make([]string, len(r.currencies))
	for i, c := range r.currencies {
		codes[i] = string(c)
	}
	r.in = k.Select(codes, slices.Index(r.currencies, asked.Currency), nil)
	now := r.env.Kit.Timers.Now()
	r.date = dates.NewField(k, t("dates.placeholder", nil), figures.DayOf(asked.Date, now.Location()), r.env.Words.Error)
	hint := t("orders.field.comment.hint", nil)
	if m != nil && m.Hint != "" {
		hint = m.Hint
	}
	r.comment = k.Entry(widgets.TextEntry, hint)
	r.comment.MaxLength = manual.MaxText
	for _, e := range []*widgets.Entry{r.price, r.date.Entry, r.comment} {
		e.OnChanged = func(string) { r.refuse(nil) }
	}
	r.yes, r.no = k.ActionButton(t("orders.approve", nil), widgets.Primary, actApprove), k.ActionButton(t("orders.decline", nil), widgets.DangerKind, actDecline)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { r.d.Close() })
	for _, b := range []*widgets.Button{r.yes, r.no, back} {
		b.Height = widgets.Large
	}
	first := func(value string) string { return t("orders.first", pos.Args{"Value": value}) }
	before := cmp.Or(asked.Comment, "—")
	field := func(id, was string, control fyne.CanvasObject) fyne.CanvasObject {
		return widgets.VBox(theme.GapTiny, widgets.Field(t(id, nil), control), widgets.NewParagraph(first(was), widgets.SmallMuted))
	}
	r.d = k.Dialog(widgets.DialogSpec{Name: "orders.rule", Title: r.seen.Text, Subtitle: whom(r.env, &r.seen) + " · " + r.seen.Account, Width: widgets.Middle,
		Body: widgets.VBox(theme.GapCards, widgets.NewParagraph(t("orders.rule.why", nil), widgets.Muted),
			widgets.Equal(theme.GapCards, field("orders.field.price", sum(r.env, asked.Price, asked.Currency), r.price),
				field("orders.field.currency", string(asked.Currency), r.in),
				field("orders.field.date", r.env.Words.Date(asked.Date), r.date.Entry)),
			field("orders.field.comment", before, r.comment), r.news),
		Footer: widgets.Footer(theme.GapCards, back, r.no, r.yes)})
}

// terms is what the fields say as a decision.
func (r *ruling) terms(d manual.Decision) (manual.Ruling, error) {
	in := manual.Ruling{Decision: d, Version: r.seen.Version, Where: r.where, Comment: strings.TrimSpace(r.comment.Text())}
	asked, now := &r.seen.Requested, r.env.Kit.Timers.Now()
	if i := r.in.Selected(); i >= 0 && r.currencies[i] != asked.Currency {
		in.Currency = r.currencies[i]
	}
	currency := asked.Currency
	if in.Currency != "" {
		currency = in.Currency
	}
	price, err := parseSum(r.price.Text(), currency)
	if err != nil {
		return in, err
	}
	if price != asked.Price || in.Currency != "" {
		in.Price = &price
	}
	paid, ok := r.date.Day()
	if !ok {
		return in, pos.E(pos.CodeInvalid, "orders.date", nil)
	}
	if at := day(paid, asked.Date, now); !at.Equal(asked.Date) {
		in.Date = at
	}
	return in, nil
}

func (r *ruling) decide(d manual.Decision) {
	if r.busy || r.late {
		return
	}
	in, err := r.terms(d)
	if err != nil {
		r.refuse(err)
		return
	}
	r.rest(true)
	p, a, name := r.env.Payments, r.env.Actor, r.names.of(r.env, said(d, &in))
	approval.Run(r.env, func(ctx context.Context) (manual.Order, error) { return p.Decide(ctx, a, name, &r.seen, in) },
		func(done manual.Order, err error) {
			r.names.heard(said(d, &in), err)
			r.onDecided(done, err)
		})
}

// said tells what a decision says: said otherwise it is another request.
func said(d manual.Decision, in *manual.Ruling) string {
	text := string(d) + "|" + string(in.Currency) + "|" + in.Date.String() + "|" + in.Comment
	if in.Price != nil {
		text += "|" + in.Price.String()
	}
	return text
}

// rest lets the buttons rest while something is decided.
func (r *ruling) rest(busy bool) {
	r.busy = busy
	r.yes.SetEnabled(!busy && !r.late)
	r.no.SetEnabled(!busy && !r.late)
}

func (r *ruling) onDecided(done manual.Order, err error) {
	if !r.d.Shown() {
		return
	}
	if now := ui.CameTooLate(err); now != nil {
		r.late = true
		r.rest(false)
		r.news.Set(lost(r.env, err, now), widgets.Warn)
		r.d.Refresh()
		r.changed()
		r.tell(err)
		return
	}
	r.rest(false)
	if ui.Queued(err) {
		r.d.Close()
		r.env.Kit.Toast(r.env.Words.Error(err), widgets.Info)
		r.changed()
		return
	}
	if err != nil {
		r.refuse(err)
		return
	}
	r.d.Close()
	t := done.Terms()
	r.env.Kit.Toast(r.env.T("orders.done", pos.Args{"State": stateWord(r.env, &done), "Text": done.Text, "Sum": sum(r.env, t.Price, t.Currency)}), tone(done.State))
	r.changed()
}

func (r *ruling) refuse(err error) {
	text := ""
	if err != nil {
		text = r.env.Words.Error(err)
	}
	if text == r.news.Text() || r.late {
		return
	}
	r.news.Set(text, widgets.Bad)
	r.d.Refresh()
	if err != nil {
		r.tell(err)
	}
}

func (r *ruling) tell(err error) {
	r.env.Shown("orders.rule", "id", r.seen.ID, "price", r.price.Text(), "news", r.news.Text(), "error", string(pos.CodeOf(err)))
}
