package customer

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/orders"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// card shows a customer.
type card struct {
	env    *ui.Env
	id     pos.CustomerID
	closed func()
	view   *till.CardView
	rows   []pastRow // of the history
	here   bool      // the customer of the cheque on the screen
	busy   bool

	d                         *widgets.Dialog
	points, debt, limit, room *widgets.Pair
	news                      *widgets.Banner
	debts, lots, history      *widgets.Table
	repay, edit, off          *fyne.Container // the places of buttons that come and go
}

// Card shows a customer with points, debts and history; from it debts are paid
// and the customer is changed or taken off the cheque. closed is called when the
// card is left.
func Card(env *ui.Env, id pos.CustomerID, closed func()) {
	DefineKeys(env.Kit.Keys)
	c := &card{env: env, id: id, closed: closed}
	c.build()
	c.d.Show(c.history, c.bind)
	c.load()
}

func (c *card) build() {
	k, t := c.env.Kit, c.env.T
	c.points = widgets.Stat(t("customers.points", nil), "", widgets.Figure)
	c.debt = widgets.Stat(t("customers.debt", nil), "", widgets.Figure)
	c.limit = widgets.Stat(t("customers.limit", nil), "", widgets.Figure)
	c.room = widgets.Stat(t("customers.room", nil), "", widgets.Figure)
	c.news = widgets.NewBanner("", widgets.Bad)
	right := fyne.TextAlignTrailing
	c.debts = k.Table([]widgets.Column{
		{Title: t("customers.debts.sale", nil)},
		{Title: t("customers.debts.due", nil), Width: 120},
		{Title: t("customers.debts.left", nil), Width: 120, Align: right, Style: widgets.Strong},
	}, c.debtCell)
	c.debts.Empty = t("customers.debts.none", nil)
	c.lots = k.Table([]widgets.Column{
		{Title: t("customers.lots.expire", nil)},
		{Title: t("customers.lots.left", nil), Width: 120, Align: right, Style: widgets.Strong},
	}, c.lotCell)
	c.lots.Empty = t("customers.lots.none", nil)
	c.history = k.Table([]widgets.Column{
		{Title: t("customers.history.what", nil)},
		{Title: t("customers.history.points", nil), Width: 120, Align: right},
		{Title: t("customers.history.sum", nil), Width: 160, Align: right, Style: widgets.Strong},
	}, c.historyCell)
	c.history.Tall = func(int) bool { return true }
	c.history.Empty = t("customers.history.none", nil)
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, c.leave)
	edit := k.ActionButton(t("customers.edit", nil), widgets.Secondary, "customer.edit")
	more := k.ActionButton(t("customers.more", nil), widgets.Secondary, "customer.more")
	off := k.ActionButton(t("customers.off", nil), widgets.DangerKind, "customer.off")
	repay := k.ActionButton(t("customers.repay", nil), widgets.Primary, "customer.repay")
	for _, b := range []*widgets.Button{back, edit, more, off, repay} {
		b.Height = widgets.Large
	}
	c.edit, c.off, c.repay = widgets.Grow(edit), widgets.Grow(off), widgets.GrowBy(2, repay)
	stats := widgets.NewCard(widgets.Equal(theme.GapInside, c.points.Box, c.debt.Box, c.room.Box, c.limit.Box))
	left := widgets.VBox(theme.GapCards,
		widgets.Grow(widgets.NewFlatCard(c.debts)), widgets.Grow(widgets.NewFlatCard(c.lots)))
	c.d = k.Dialog(widgets.DialogSpec{
		Name: "customer.card", Page: "customers", OnPage: true, Title: t("customers.card.title", nil), Width: widgets.Wide, Height: 700, Fills: true, OnEsc: c.leave,
		Body: widgets.VBox(theme.GapCards, stats, c.news,
			widgets.Grow(widgets.Columns(theme.GapCards, widgets.GrowBy(4, left), widgets.GrowBy(5, c.past())))),
		Footer: widgets.Columns(theme.GapCards, widgets.Grow(back), widgets.Grow(more), c.edit, c.off, c.repay),
	})
	c.drawButtons()
}

func (c *card) bind(s *keys.Scope) {
	s.Home = c.history
	s.Bind("customer.edit", c.onEdit)
	s.Bind("customer.more", c.onMore)
	s.Bind("customer.off", c.onOff)
	s.Bind("customer.repay", c.onRepay)
	s.BindKey(keys.Enter, c.onRepay)
	s.Bind(actOrders, c.onOrders)
}

// loaded is a card and whether its customer is on the cheque.
type loaded struct {
	view *till.CardView
	here bool
}

func (c *card) load() {
	a := c.env.Actor
	approval.Run(c.env, func(ctx context.Context) (loaded, error) {
		v, err := c.env.Till.CustomerCard(ctx, a, c.id)
		if err != nil {
			return loaded{}, err
		}
		l := loaded{view: v}
		if cheque, err := c.env.Till.Cheque(ctx); err == nil {
			l.here = cheque.Cheque.Customer == c.id
		}
		return l, nil
	}, c.show)
}

func (c *card) show(l loaded, err error) {
	if !c.d.Shown() {
		return
	}
	if err != nil {
		c.refuse(err)
		return
	}
	c.view, c.here = l.view, l.here
	// First of all: the rows drawn before may be more than there are now.
	c.debts.SetRows(len(c.view.Debts))
	c.lots.SetRows(len(c.view.Lots))
	c.gather(nil)
	c.news.Set(c.notice())
	v, t, w := c.view, c.env.T, c.env.Words
	words := make([]string, 0, 5)
	number := Masked(&v.Customer)
	if number == "" {
		number = t("customers.no-phone", nil)
	}
	words = append(words, number)
	if v.Card != "" {
		words = append(words, t("customers.card-number", pos.Args{"Card": v.Card}))
	}
	if v.Email != "" {
		words = append(words, v.Email)
	}
	if v.GroupName != "" {
		words = append(words, v.GroupName)
	}
	if v.Birthday != "" {
		words = append(words, t("customers.born", pos.Args{"Day": shownBirthday(v.Birthday)}))
	}
	c.d.SetTitle(c.name(), strings.Join(words, " · "), "")
	c.points.Value.SetText(w.Money().Points(v.Points))
	c.points.Label.SetText(t("customers.points", nil))
	if v.PointsSoon > 0 {
		c.points.Label.SetText(t("customers.points-soon", pos.Args{"Soon": v.PointsSoon}))
	}
	c.debt.Value.Set(w.Money().Amount(v.Debt), widgets.Figure)
	c.debt.Label.SetText(t("customers.debt", nil))
	if v.Overdue > 0 {
		c.debt.Value.SetStyle(widgets.Figure.In(theme.ColorBad))
		c.debt.Label.SetText(t("customers.debt-overdue", pos.Args{"Overdue": v.Overdue}))
	}
	c.room.Value.SetText(w.Money().Amount(room(&v.CustomerState)))
	c.limit.Value.SetText(w.Money().Amount(v.Limit))
	c.drawButtons()
	c.d.Refresh()
	c.tell(nil)
	c.loadOrders()
}

// notice is what has to be known of a card before anything is done with it.
func (c *card) notice() (string, widgets.Tone) {
	v, now := c.view, c.env.Kit.Timers.Now()
	switch {
	case !v.ErasedAt.IsZero():
		return c.env.T("customer.erased", nil), widgets.Info
	case v.Archived:
		return c.env.T("customer.in-archive", pos.Args{"Name": v.Name}), widgets.Warn
	case v.PhoneHeldUntil.After(now):
		return c.env.T("customer.phone-held", pos.Args{"Name": v.Name, "Until": v.PhoneHeldUntil}), widgets.Warn
	case v.Note != "":
		return v.Note, widgets.Info
	}
	return "", widgets.Neutral
}

func (c *card) drawButtons() {
	a := c.env.Actor
	c.edit.Hidden = !a.Can(pos.RightCustomerEdit) || c.view != nil && !c.view.ErasedAt.IsZero()
	c.off.Hidden = !c.here
	owes := c.view != nil && c.view.Debt > 0
	c.repay.Hidden = !owes || !a.Can(pos.RightRepay)
}

func (c *card) debtCell(row, col int) widgets.Cell {
	d := &c.view.Debts[row]
	switch col {
	case 0:
		if d.Sale == "" {
			return widgets.Cell{Text: c.env.T("customers.debts.opening", nil)}
		}
		return widgets.Cell{Text: c.env.T("customers.history.sale", pos.Args{"Number": d.Number})}
	case 1:
		cell := widgets.Cell{Text: c.env.Words.Date(d.Due)}
		if d.Overdue(c.env.Kit.Timers.Now()) {
			cell.Style = widgets.Strong.In(theme.ColorBad)
		}
		return cell
	}
	return widgets.Cell{Text: c.env.Words.Money().Amount(d.Left)}
}

func (c *card) lotCell(row, col int) widgets.Cell {
	l := &c.view.Lots[row]
	if col == 1 {
		return widgets.Cell{Text: c.env.Words.Money().Points(l.Left)}
	}
	now := c.env.Kit.Timers.Now()
	switch {
	case l.ActiveFrom.After(now):
		return widgets.Cell{Text: c.env.T("customers.lots.from", pos.Args{"Date": c.env.Words.Date(l.ActiveFrom)}), Style: widgets.Muted}
	case l.Expires.IsZero():
		return widgets.Cell{Text: c.env.T("customers.lots.forever", nil)}
	}
	return widgets.Cell{Text: c.env.T("customers.lots.until", pos.Args{"Date": c.env.Words.Date(l.Expires)})}
}

func (c *card) historyCell(row, col int) widgets.Cell {
	if e := c.rows[row].change; e != nil {
		return orders.Indicator(c.env, e, c.rows[row].order, col)
	}
	h := c.rows[row].entry
	m := c.env.Words.Money()
	switch col {
	case 0:
		return widgets.Cell{Text: c.env.T("customers.history."+string(h.Kind), pos.Args{"Number": h.Number}), Sub: c.env.Words.DateTime(h.At)}
	case 1:
		switch {
		case h.PointsEarned > 0 && h.PointsSpent > 0:
			return widgets.Cell{Text: "+" + m.Points(h.PointsEarned), Sub: theme.Minus + m.Points(h.PointsSpent)}
		case h.PointsEarned > 0:
			return widgets.Cell{Text: "+" + m.Points(h.PointsEarned), Style: widgets.Body.In(theme.ColorGood)}
		case h.PointsSpent > 0:
			return widgets.Cell{Text: theme.Minus + m.Points(h.PointsSpent)}
		}
		return widgets.Cell{}
	}
	cell := widgets.Cell{Text: m.Amount(h.Amount)}
	if h.Kind == pos.HistoryOpening && h.Amount == 0 {
		cell.Text = ""
	}
	if h.Kind == pos.HistoryReturn {
		cell.Text = theme.Minus + cell.Text
	}
	if h.DebtAdded > 0 {
		cell.Sub = c.env.T("customers.history.debt", pos.Args{"Sum": h.DebtAdded})
	}
	return cell
}

func (c *card) onEdit() {
	if c.view == nil || !c.view.ErasedAt.IsZero() || !c.env.Actor.Can(pos.RightCustomerEdit) {
		return
	}
	Edit(c.env, c.view.Customer, func(pos.CustomerState) { c.load() })
}

func (c *card) onRepay() {
	if c.view == nil || c.view.Debt == 0 || !c.env.Actor.Can(pos.RightRepay) {
		return
	}
	Repay(c.env, c.id, c.load)
}

func (c *card) onOff() {
	if !c.here || c.busy {
		return
	}
	c.busy = true
	a := c.env.Actor
	approval.Run(c.env, func(ctx context.Context) (*till.ChequeView, error) {
		return c.env.Till.SetCustomer(ctx, a, till.FindCustomer{})
	}, func(_ *till.ChequeView, err error) {
		c.busy = false
		if !c.d.Shown() {
			return
		}
		if err != nil {
			c.refuse(err)
			return
		}
		c.leave()
	})
}

func (c *card) refuse(err error) {
	c.news.Set(c.env.Words.Error(err), widgets.Bad)
	c.d.Refresh()
	c.tell(err)
}

func (c *card) leave() {
	c.d.Close()
	c.closed()
}

func (c *card) tell(err error) {
	facts := []string{"id", string(c.id), "past", strconv.Itoa(len(c.rows))}
	if v := c.view; v != nil {
		facts = append(facts, "points", strconv.FormatInt(v.Points, 10), "debt", v.Debt.String(), "room", v.Room.String())
	}
	if err != nil {
		facts = append(facts, "error", string(pos.CodeOf(err)))
	}
	c.env.Shown("customer.card", facts...)
}
