package orders

import (
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
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// adding is «Добавить ручной платеж»: a customer and an offer that is paid by hand,
// or what a customer says they paid for.
type adding struct {
	env       *ui.Env
	find      Find
	who       pos.Customer // of the zero id while nobody is chosen
	where     manual.Place
	word      bool // by the customer's word
	offers    []manual.Offer
	merchants []manual.Merchant
	choices   []manual.Merchant // that can be chosen now
	names     names
	busy      bool
	done      func(*manual.Order)

	d        *widgets.Dialog
	kind     *widgets.Segments
	customer *widgets.Button
	table    *widgets.Table
	by       *widgets.Select
	text     *widgets.Entry
	price    *widgets.Entry
	in       *widgets.Select
	date     *dates.Field
	comment  *widgets.Entry
	listed   *fyne.Container // an offer is chosen
	told     *fyne.Container // words and a price
	details  *fyne.Container // day and comment
	news     *widgets.Banner
	act      *widgets.Button
}

// add opens the window; done hears of the order that was made. On a customer's card
// the customer is given and cannot be changed, and the contacts are asked next.
func add(env *ui.Env, find Find, who pos.Customer, where manual.Place, done func(*manual.Order)) {
	w := &adding{env: env, find: find, who: who, where: where, done: done, names: names{}, news: widgets.NewBanner("", widgets.Bad)}
	w.build()
	w.d.Show(w.table, func(s *keys.Scope) {
		s.BindKey("Ctrl+Enter", w.onAct)
		s.Bind(actMerchant, w.onNextMerchant)
		if where != manual.AtCard {
			s.Bind(actWhom, w.onCustomer)
			s.Bind(actWord, func() { w.setKind(1 - w.kind.Selected()) })
		}
	})
	w.load()
}

func (w *adding) build() {
	k, t := w.env.Kit, w.env.T
	w.kind = k.Segments([]string{t("orders.add.offer", nil), t("orders.add.word", nil)}, 0, w.setKind)
	w.customer = k.ActionButton("", widgets.Secondary, actWhom)
	w.table = k.Table([]widgets.Column{
		{Title: t("orders.col.offer", nil), Share: 1},
		{Title: t("orders.col.sum", nil), Width: 150, Align: fyne.TextAlignTrailing, Style: widgets.Strong},
	}, w.cell)
	w.table.Empty = t("orders.add.none", nil)
	w.table.OnSelected = func(int) { w.choose() }
	w.table.OnActivated = func(int) { w.onAct() }
	w.by = k.Select(nil, -1, func(int) { w.onMerchant() })
	w.by.Placeholder = t("orders.add.merchant", nil)
	w.text, w.price, w.in = k.Entry(widgets.TextEntry, t("orders.add.text.hint", nil)), k.Entry(widgets.TextEntry, ""), k.Select(nil, -1, nil)
	w.text.MaxLength, w.price.MaxLength = pos.MaxNameRunes, 20
	w.price.Filter, w.price.RefusesScan, w.price.SelectAll = widgets.Decimal(4), true, true
	w.date, w.comment = dayField(w.env), k.Entry(widgets.TextEntry, t("orders.field.comment.hint", nil))
	w.comment.MaxLength = manual.MaxText
	for _, e := range []*widgets.Entry{w.text, w.price, w.date.Entry, w.comment} {
		e.OnChanged = func(string) { w.refuse(nil) }
	}
	w.act = k.KeyButton(t("orders.add.do", nil), widgets.Primary, "Ctrl+Enter", w.onAct)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { w.d.Close() })
	w.act.Height, back.Height = widgets.Large, widgets.Large
	w.listed = widgets.Grow(widgets.NewFlatCard(w.table))
	w.told = widgets.VBox(theme.GapCards, widgets.Field(t("orders.field.text", nil), w.text),
		widgets.Equal(theme.GapCards, widgets.Field(t("orders.field.price", nil), w.price), widgets.Field(t("orders.field.currency", nil), w.in)))
	w.details = widgets.Columns(theme.GapCards, widgets.FixedWidth(200, widgets.Field(t("orders.field.date", nil), w.date.Entry)),
		widgets.Grow(widgets.Field(t("orders.field.comment", nil), w.comment)))
	top := widgets.HBox(theme.GapCards, w.kind, k.ActionButton(t("orders.add.kind", nil), widgets.Quiet, actWord))
	title, subtitle := "orders.add", ""
	if w.where == manual.AtCard {
		title, subtitle = "orders.card.add", w.who.Name
		top.Hide()
		w.customer.Hide()
		w.details.Hide() // the offer's own window asks
	}
	w.d = k.Dialog(widgets.DialogSpec{Name: "orders.add", Title: t(title, nil), Subtitle: subtitle, Width: widgets.Middle, Height: 640, Fills: true,
		Body: widgets.VBox(theme.GapCards, top, w.customer, widgets.Field(t("orders.field.merchant", nil),
			widgets.Columns(theme.GapSmall, widgets.Grow(w.by), k.ActionButton(t("orders.filter.state", nil), widgets.Quiet, actMerchant))), w.told, w.details, w.news, w.listed),
		Footer: widgets.Footer(theme.GapCards, back, w.act)})
	w.draw()
}

// dayField is a field for the day of a payment, today by default.
func dayField(env *ui.Env) *dates.Field {
	now := env.Kit.Timers.Now()
	return dates.NewField(env.Kit, env.T("dates.placeholder", nil), figures.DayOf(now, now.Location()), env.Words.Error)
}

// offered are the offers and merchants there are.
type offered struct {
	offers    []manual.Offer
	merchants []manual.Merchant
}

func (w *adding) load() {
	p, a := w.env.Payments, w.env.Actor
	task.Run(w.env.Ctx, w.env.Runner, func(ctx context.Context) (o offered, err error) {
		if o.offers, err = p.Offers(ctx, a); err != nil {
			return o, err
		}
		o.merchants, err = p.Merchants(ctx, a)
		return o, err
	}, w.onLoaded)
}

func (w *adding) onLoaded(o offered, err error) {
	if !w.d.Shown() {
		return
	}
	if err != nil {
		w.refuse(err)
		return
	}
	w.offers, w.merchants = o.offers, o.merchants
	w.table.SetRows(len(w.offers))
	if len(w.offers) > 0 {
		w.table.Select(0)
	}
	w.choose()
}

func (w *adding) cell(row, col int) widgets.Cell {
	o := &w.offers[row]
	if col == 1 {
		return widgets.Cell{Text: sum(w.env, o.Price, o.Currency)}
	}
	return widgets.Cell{Text: o.Text}
}

// offer is the chosen one, nil by the customer's word.
func (w *adding) offer() *manual.Offer {
	if i := w.table.Selected(); !w.word && i >= 0 && i < len(w.offers) {
		return &w.offers[i]
	}
	return nil
}

func (w *adding) setKind(i int) {
	w.kind.SetSelected(i)
	w.word = i == 1
	w.choose()
	if w.word {
		w.text.Focus()
		return
	}
	w.env.Kit.Focus(w.table)
}

// choose offers the merchants that fit what is chosen; where only one does, it is.
func (w *adding) choose() {
	kept := ""
	if m := w.merchant(); m != nil {
		kept = m.ID
	}
	w.choices = usable(w.merchants, w.offer())
	list := make([]string, len(w.choices))
	at := -1
	for i := range w.choices {
		list[i] = w.choices[i].Name
		if w.choices[i].ID == kept || len(w.choices) == 1 {
			at = i
		}
	}
	w.by.SetOptions(list, at)
	w.onMerchant()
}

func (w *adding) merchant() *manual.Merchant {
	if i := w.by.Selected(); i >= 0 && i < len(w.choices) {
		return &w.choices[i]
	}
	return nil
}

// onNextMerchant chooses the next that fits.
func (w *adding) onNextMerchant() {
	if len(w.choices) > 0 {
		w.by.SetSelected((w.by.Selected() + 1) % len(w.choices))
		w.refuse(nil)
		w.onMerchant()
	}
}

// onMerchant offers the merchant's currencies and shows its hint.
func (w *adding) onMerchant() {
	hint := w.env.T("orders.field.comment.hint", nil)
	if m := w.merchant(); m != nil {
		list := make([]string, len(m.Currencies))
		for i, c := range m.Currencies {
			list[i] = string(c)
		}
		w.in.SetOptions(list, slices.Index(m.Currencies, m.Account))
		if m.Hint != "" {
			hint = m.Hint
		}
	}
	w.comment.SetPlaceholder(hint)
	w.draw()
}

func (w *adding) draw() {
	name := w.env.T("orders.add.customer", nil)
	if w.who.ID != "" {
		name = w.env.T("orders.add.customer-is", pos.Args{"Name": w.who.Name})
	}
	w.customer.SetLabel(name)
	w.told.Hidden, w.listed.Hidden = !w.word, w.word
	w.act.SetEnabled(!w.busy)
	w.d.Refresh()
	w.tell(nil)
}

func (w *adding) onCustomer() {
	if w.where == manual.AtCard {
		return
	}
	w.find(w.env, func(c pos.CustomerState) {
		w.who = c.Customer
		w.refuse(nil)
		w.draw()
	})
}

// ask is what is to be noted, as far as this window knows.
func (w *adding) ask() (in manual.Ask, err error) {
	m, o := w.merchant(), w.offer()
	in = manual.Ask{Where: w.where, Customer: string(w.who.ID), CustomerName: w.who.Name, Email: w.who.Email, Phone: w.who.Phone}
	switch {
	case w.who.ID == "" && !w.word:
		return in, pos.E(pos.CodeInvalid, "orders.add.no-customer", nil)
	case !w.word && o == nil:
		return in, pos.E(pos.CodeInvalid, "orders.add.no-offer", nil)
	case m == nil:
		return in, pos.E(pos.CodeInvalid, "manual.merchant-which", nil)
	}
	in.Merchant = m.ID
	if o != nil {
		in.Offer = o.ID
	} else if err = w.askWord(&in, m); err != nil {
		return in, err
	}
	return in, details(w.env, &in, w.date, w.comment)
}

// askWord adds what the customer says they paid for.
func (w *adding) askWord(in *manual.Ask, m *manual.Merchant) (err error) {
	in.Where, in.Text = manual.AtTill, strings.TrimSpace(w.text.Text())
	if in.Text == "" {
		return pos.E(pos.CodeInvalid, "orders.add.no-text", nil)
	}
	in.Currency = m.Account
	if i := w.in.Selected(); i >= 0 {
		in.Currency = m.Currencies[i]
	}
	in.Price, err = parseSum(w.price.Text(), in.Currency)
	return err
}

// details adds the day and the comment.
func details(env *ui.Env, in *manual.Ask, date *dates.Field, comment *widgets.Entry) error {
	paid, ok := date.Day()
	if !ok {
		return pos.E(pos.CodeInvalid, "orders.date", nil)
	}
	now := env.Kit.Timers.Now()
	// Today is now, as the backend's own clock has it.
	if today := figures.DayOf(now, now.Location()); paid != today {
		in.Date = paid.Start(now.Location())
	}
	in.Comment = strings.TrimSpace(comment.Text())
	return nil
}

func (w *adding) onAct() {
	if w.busy {
		return
	}
	in, err := w.ask()
	if err != nil {
		w.refuse(err)
		return
	}
	if w.where == manual.AtCard {
		pay(w.env, in, w.offer(), w.merchant(), func(o *manual.Order) {
			w.d.Close()
			w.done(o)
		})
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

// answered ends a request of a window that had its action off meanwhile. A refusal is
// said in the window and all else closes it; it reports whether that was so.
func answered(d *widgets.Dialog, act *widgets.Button, busy *bool, err error, refuse func(error)) bool {
	*busy = false
	if !d.Shown() {
		return false
	}
	act.SetEnabled(true)
	if err != nil {
		refuse(err)
		return false
	}
	d.Close()
	return true
}

// create notes what was asked, under the same name as long as it is the same.
func create(env *ui.Env, n names, in manual.Ask, show func(manual.Order, error)) {
	what := strings.Join([]string{in.Offer, in.Text, in.Merchant, in.Customer, in.Email, in.Phone, in.Date.String(), in.Comment, money.Amount(in.Price).String(), string(in.Currency)}, "|")
	in.ID = n.of(env, what)
	p, a := env.Payments, env.Actor
	approval.Run(env, func(ctx context.Context) (manual.Order, error) { return p.New(ctx, a, in) }, func(o manual.Order, err error) {
		n.heard(what, err)
		if ui.Queued(err) { // it is noted, and its id is known
			env.Kit.Toast(env.Words.Error(err), widgets.Info)
			o, err = manual.Order{ID: in.ID, Text: in.Text}, nil
		}
		show(o, err)
	})
}

func (w *adding) refuse(err error) {
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
		w.tell(err)
	}
}

func (w *adding) tell(err error) {
	facts := []string{"customer", string(w.who.ID), "offers", itoa(int64(len(w.offers))), "news", w.news.Text(), "error", string(pos.CodeOf(err))}
	if o := w.offer(); o != nil {
		facts = append(facts, "offer", o.ID)
	}
	if m := w.merchant(); m != nil {
		facts = append(facts, "merchant", m.ID)
	}
	w.env.Shown("orders.add", facts...)
}
