package orders

import (
	"strings"

	"kassa/pos"
	"kassa/pos/email"
	"kassa/pos/manual"
	"kassa/ui"
	"kassa/ui/dates"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// paying is the offer's window on the way from a customer's card: the e-mail and the
// phone, then «оплатить».
type paying struct {
	env   *ui.Env
	in    manual.Ask
	names names
	busy  bool
	done  func(*manual.Order)

	d       *widgets.Dialog
	email   *widgets.Entry
	phone   *widgets.Entry
	date    *dates.Field
	comment *widgets.Entry
	news    *widgets.Banner
	act     *widgets.Button
}

// pay opens the window for what is known already; done hears of the order.
func pay(env *ui.Env, in manual.Ask, offer *manual.Offer, m *manual.Merchant, done func(*manual.Order)) {
	w := &paying{env: env, in: in, names: names{}, done: done, news: widgets.NewBanner("", widgets.Bad)}
	k, t := env.Kit, env.T
	w.email, w.phone = k.Entry(widgets.TextEntry, ""), k.Entry(widgets.TextEntry, t("customers.field.phone.hint", nil))
	w.email.SetText(in.Email)
	w.phone.SetText(in.Phone)
	w.email.MaxLength, w.phone.MaxLength, w.phone.RefusesScan = manual.MaxContact, pos.MaxNameRunes, true
	w.email.SelectAll, w.phone.SelectAll = true, true
	hint := t("orders.field.comment.hint", nil)
	if m.Hint != "" {
		hint = m.Hint
	}
	w.date, w.comment = dayField(env), k.Entry(widgets.TextEntry, hint)
	w.comment.MaxLength = manual.MaxText
	for _, e := range []*widgets.Entry{w.email, w.phone, w.date.Entry, w.comment} {
		e.OnChanged = func(string) { w.refuse(nil) }
	}
	w.email.OnSubmitted = func(string) { w.phone.Focus() }
	w.phone.OnSubmitted = func(string) { w.onAct() }
	w.act = k.KeyButton(t("orders.pay.do", nil), widgets.Primary, "Ctrl+Enter", w.onAct)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { w.d.Close() })
	w.act.Height, back.Height = widgets.Large, widgets.Large
	w.d = k.Dialog(widgets.DialogSpec{Name: "orders.pay", Title: offer.Text, Subtitle: sum(env, offer.Price, offer.Currency) + " · " + m.Name, Width: widgets.Narrow,
		Body: widgets.VBox(theme.GapCards, widgets.NewText(in.CustomerName, widgets.Strong),
			widgets.Field(t("orders.pay.email", nil), w.email), widgets.Field(t("orders.pay.phone", nil), w.phone),
			widgets.Field(t("orders.field.date", nil), w.date.Entry), widgets.Field(t("orders.field.comment", nil), w.comment), w.news),
		Footer: widgets.Footer(theme.GapCards, back, w.act)})
	w.d.Show(w.email.Focusable(), func(s *keys.Scope) { s.BindKey("Ctrl+Enter", w.onAct) })
	env.Shown("orders.pay", "offer", offer.ID, "email", w.email.Text(), "phone", w.phone.Text())
}

// contacts reads the e-mail and the phone.
func (w *paying) contacts() (mail, phone string, err error) {
	mail, phone = strings.TrimSpace(w.email.Text()), strings.TrimSpace(w.phone.Text())
	switch {
	case mail == "" && phone == "":
		return "", "", pos.E(pos.CodeInvalid, "manual.contact", nil)
	case mail != "" && !email.Plausible(mail):
		return "", "", pos.E(pos.CodeInvalid, "customer.email", nil)
	case phone != "":
		phone, err = w.env.Payments.Phone(phone)
	}
	return mail, phone, err
}

func (w *paying) onAct() {
	if w.busy {
		return
	}
	in := w.in
	var err error
	if in.Email, in.Phone, err = w.contacts(); err == nil {
		err = details(w.env, &in, w.date, w.comment)
	}
	if err != nil {
		w.refuse(err)
		return
	}
	w.busy = true
	w.act.SetEnabled(false)
	create(w.env, w.names, in, func(o manual.Order, err error) {
		if answered(w.d, w.act, &w.busy, err, w.refuse) {
			w.done(&o)
		}
	})
}

func (w *paying) refuse(err error) {
	text := ""
	if err != nil {
		text = w.env.Words.Error(err)
	}
	if text == w.news.Text() {
		return
	}
	w.news.Set(text, widgets.Bad)
	w.d.Refresh()
	if err != nil {
		w.env.Shown("orders.pay", "news", text, "error", string(pos.CodeOf(err)))
	}
}
