package orders

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/pos/manual"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// again is how often the board looks what others did meanwhile, while it is open; it
// also does when something came into the till's mirror.
const again = 20 * time.Second

// Find lets somebody choose a customer.
type Find func(env *ui.Env, picked func(pos.CustomerState))

// view is the board.
type view struct {
	env    *ui.Env
	find   Find
	filter filter
	now    loaded
	failed bool // the list on the screen is not what was asked for
	asking bool
	busy   bool // something is being decided
	names  names
	latest *task.Latest
	report *report
	stop   func()

	dialog   *widgets.Dialog
	tabs     *widgets.Segments
	states   []*widgets.Button // all, and one of each state, with how many there are
	customer *widgets.Button
	merchant *widgets.Button
	days     *widgets.Button
	all      *widgets.Button
	retry    *widgets.Button
	table    *widgets.Table
	stands   *widgets.Banner // that the backend does not answer, or how old the list is
	news     *widgets.Banner // what became of what somebody did
	more     *widgets.Paragraph
	list     *fyne.Container
	footer   *fyne.Container
	leave    *widgets.Button
	open     *widgets.Button
	approve  *widgets.Button
	decline  *widgets.Button
	refund   *widgets.Button
}

// Open shows the board; find chooses a customer, closed is called when it has gone.
func Open(env *ui.Env, find Find, closed func()) {
	DefineKeys(env.Kit.Keys)
	v := &view{env: env, find: find, names: names{}, latest: task.NewLatest(env.Runner)}
	v.build()
	v.stop = both(env.Kit.Timers.Every(again, func(time.Time) { v.onTick() }), env.Exchange.WatchMirror(v.onTick))
	v.dialog.OnClosed = func() {
		v.stop()
		v.latest.Cancel()
		closed()
	}
	v.dialog.Show(v.table, v.bind)
	v.load()
}

// both ends two watches.
func both(a, b func()) func() { return func() { a(); b() } }

func (v *view) bind(s *keys.Scope) {
	s.BindKey(keys.Enter, v.onOpen)
	for id, do := range map[keys.ActionID]func(){
		actAdd: v.onAdd, actApprove: func() { v.decide(manual.Approve) }, actDecline: func() { v.decide(manual.Decline) },
		actRefund: v.onRefund, actState: v.onState, actMerchant: v.onMerchant, actCustomer: v.onCustomer, actDays: v.onDays,
		actAll: v.onAll, actExport: v.onExport, actTab: func() { v.setTab(1 - v.tabs.Selected()) }, actAgain: v.onAgain,
	} {
		s.Bind(id, do)
	}
}

func (v *view) build() {
	k, t := v.env.Kit, v.env.T
	v.stands, v.news = widgets.NewBanner("", widgets.Warn), widgets.NewBanner("", widgets.Info)
	v.more = widgets.NewParagraph(t("orders.choose", nil), widgets.Body)
	v.table = k.Table([]widgets.Column{
		{Title: t("orders.col.what", nil), Share: 1},
		{Title: t("orders.col.at", nil), Width: 128, Style: widgets.Muted, From: 760},
		{Title: t("orders.col.sum", nil), Width: 150, Align: fyne.TextAlignTrailing, Style: widgets.Strong},
		{Title: t("orders.col.state", nil), Width: 178},
	}, v.cell)
	v.table.Tall = func(int) bool { return !v.low() }
	v.table.OnSelected = v.onSelected
	v.table.OnActivated = func(int) { v.onOpen() }
	button := func(id string, kind widgets.Kind, act keys.ActionID) *widgets.Button {
		return k.ActionButton(t(id, nil), kind, act)
	}
	v.customer, v.merchant = button("orders.filter.customers", widgets.Secondary, actCustomer), button("orders.filter.merchants", widgets.Secondary, actMerchant)
	v.days, v.all = button("orders.filter.days", widgets.Secondary, actDays), button("orders.filter.all", widgets.Quiet, actAll)
	v.retry = button("orders.retry", widgets.Secondary, actAgain)
	counters := make([]fyne.CanvasObject, 0, len(manual.States)+2)
	for i, name := range v.stateNames() {
		b := k.Button(name, widgets.Secondary, func() { v.setState(i) })
		b.Height = widgets.Compact
		v.states, counters = append(v.states, b), append(counters, b)
	}
	next := button("orders.filter.state", widgets.Quiet, actState)
	next.Height = widgets.Compact
	v.tabs = k.Segments([]string{t("orders.tab.payments", nil), t("orders.tab.takings", nil)}, 0, v.setTab)
	v.report = newReport(v.env)
	v.refund, v.decline = button("orders.refund", widgets.Secondary, actRefund), button("orders.decline", widgets.Secondary, actDecline)
	v.approve = button("orders.approve", widgets.Primary, actApprove)
	v.open = k.KeyButton(t("orders.open", nil), widgets.Secondary, keys.Enter, v.onOpen)
	leave := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { v.dialog.Close() })
	for _, b := range []*widgets.Button{v.refund, v.decline, v.approve, v.open, leave} {
		b.Height = widgets.Large
	}
	v.list = widgets.VBox(theme.GapCards, widgets.KeyBar(theme.GapSmall, append(counters, next)...),
		widgets.Grow(widgets.NewFlatCard(v.table)), widgets.NewCard(v.more))
	v.leave = leave
	v.footer = widgets.Footer(theme.GapCards, leave, v.refund, v.open, v.decline, v.approve)
	plus, file, other := button("orders.add", widgets.Secondary, actAdd), button("orders.export", widgets.Secondary, actExport), button("orders.tab", widgets.Quiet, actTab)
	for _, b := range []*widgets.Button{v.customer, v.merchant, v.days, v.all, file} {
		b.Height = widgets.Compact
	}
	gap := float32(theme.GapCards)
	if v.low() {
		gap = theme.GapTiny
		v.closer(other, plus, next)
	}
	v.dialog = k.Dialog(widgets.DialogSpec{Name: "orders", Page: "orders", Title: t("menu.orders", nil), Width: widgets.Wide, Height: 700, Fills: true,
		Body: widgets.VBox(gap, widgets.KeyBar(theme.GapSmall, v.tabs, other, plus),
			widgets.KeyBar(theme.GapSmall, v.customer, v.merchant, v.days, v.all, file),
			v.stands, v.retry, v.news, widgets.Grow(container.NewStack(v.list, v.report.box))),
		Footer: v.footer})
	v.report.box.Hide()
	v.retry.Hide()
	v.draw()
}

// lowBelow is the height of the window, at scale 1, below which the board leaves more of
// it to the list.
const lowBelow = 600

// low tells of a window in which large letters leave little height.
func (v *view) low() bool {
	return v.env.Kit.Window.Canvas().Size().Height < theme.Px(lowBelow)
}

// closer makes everything around the list as low as it can be. Each order is a line, and
// what is said of the chosen one is on its card.
func (v *view) closer(tools ...*widgets.Button) {
	for _, b := range tools {
		b.Height = widgets.Compact
	}
	for _, o := range v.footer.Objects {
		if b, ok := o.(*widgets.Button); ok {
			b.Height = widgets.Normal
		}
	}
	v.list.Objects[len(v.list.Objects)-1].Hide()
	v.list = widgets.VBox(theme.GapTiny, v.list.Objects...)
}

// stateNames are the states with how many orders stand in each.
func (v *view) stateNames() []string {
	names := []string{v.env.T("orders.state.all", pos.Args{"Number": count(v.now.page.Counts, "")})}
	for _, s := range manual.States {
		names = append(names, v.env.T("orders.state."+string(s), nil)+" "+itoa(count(v.now.page.Counts, s)))
	}
	return names
}

func (v *view) zone() *time.Location { return v.env.Kit.Timers.Now().Location() }

// load reads the list anew.
func (v *view) load() {
	if v.env.Payments == nil {
		v.refuse(pos.E(pos.CodeUnavailable, "exchange.offline", nil))
		return
	}
	a, c, p := v.env.Actor, v.filter.choice(v.zone()), v.env.Payments
	c.Limit = max(page, min(len(v.now.page.Orders), 100))
	v.asking = true
	task.RunLatest(v.env.Ctx, v.latest, func(ctx context.Context) (loaded, error) { return load(ctx, p, a, c) }, v.onLoaded)
}

func (v *view) onLoaded(l loaded, err error) {
	v.asking = false
	if !v.dialog.Shown() {
		return
	}
	if err != nil {
		v.failed = true
		v.unanswered(err)
		return
	}
	v.failed = false
	kept := ""
	if o := v.chosen(); o != nil {
		kept = o.ID
	}
	at := v.table.Selected()
	v.now = l
	v.take(at, kept)
}

// take shows what was read; the chosen order stays chosen.
func (v *view) take(at int, kept string) {
	list := v.now.page.Orders
	v.table.Empty = v.env.T("orders.none", nil)
	if v.filter.any() {
		v.table.Empty = v.env.T("orders.none-such", nil)
	}
	v.table.SetRows(len(list))
	at = min(max(at, 0), len(list)-1)
	for i := range list {
		if list[i].ID == kept {
			at = i
		}
	}
	v.table.Select(at)
	v.stands.Set("", widgets.Neutral)
	if old := v.now.page.AsOf; !old.IsZero() {
		v.stands.Set(v.env.T("orders.as-of", pos.Args{"At": old}), widgets.Warn)
	}
	v.draw()
}

// unanswered says that the list could not be read, and leaves what was read before
// in sight.
func (v *view) unanswered(err error) {
	text := v.env.Words.Error(err)
	if len(v.now.page.Orders) > 0 {
		text += " " + v.env.T("orders.old", nil)
	}
	v.stands.Set(text, widgets.Bad)
	v.draw()
	v.tell(err)
}

// onTick looks what others did, unless somebody is at it.
func (v *view) onTick() {
	if !v.asking && !v.busy && v.tabs.Selected() == 0 && len(v.env.Kit.Window.Canvas().Overlays().List()) == 1 {
		v.load()
	}
}

func (v *view) onAgain() {
	if v.tabs.Selected() == 1 {
		v.report.load(&v.filter, v.zone())
		return
	}
	v.load()
}

// onSelected reads further orders near the end of the list.
func (v *view) onSelected(row int) {
	if v.now.page.More && !v.asking && row >= len(v.now.page.Orders)-nearEnd {
		v.further()
	}
	v.draw()
}

// further reads the next page.
func (v *view) further() {
	a, c, p := v.env.Actor, v.filter.choice(v.zone()), v.env.Payments
	c.After = v.now.page.Orders[len(v.now.page.Orders)-1].ID
	v.asking = true
	task.RunLatest(v.env.Ctx, v.latest, func(ctx context.Context) (manual.Page, error) { return p.Orders(ctx, a, c) }, func(got manual.Page, err error) {
		v.asking = false
		if err != nil {
			v.unanswered(err)
			return
		}
		v.now.page.Orders, v.now.page.More = append(v.now.page.Orders, got.Orders...), got.More
		v.table.SetRows(len(v.now.page.Orders))
		v.draw()
	})
}

func (v *view) chosen() *manual.Order {
	if i := v.table.Selected(); i >= 0 && i < len(v.now.page.Orders) {
		return &v.now.page.Orders[i]
	}
	return nil
}

func (v *view) cell(row, col int) widgets.Cell {
	c := v.twoLines(row, col)
	if v.low() {
		c.Aside, c.Sub, c.Was = c.Sub, "", ""
		if col > 0 {
			c.Aside = ""
		}
	}
	return c
}

// twoLines is a cell of an order, as high as there is room for.
func (v *view) twoLines(row, col int) widgets.Cell {
	o := &v.now.page.Orders[row]
	switch col {
	case 0:
		return widgets.Cell{Text: o.Text, Sub: whom(v.env, o) + " · " + o.Account}
	case 1:
		return widgets.Cell{Text: v.env.Words.Date(o.Created), Sub: v.env.Words.Clock(o.Created)}
	case 2:
		t := o.Terms()
		c := widgets.Cell{Text: sum(v.env, t.Price, t.Currency)}
		switch {
		case o.Refunded > 0:
			c.Sub = theme.Minus + sum(v.env, o.Refunded, t.Currency)
		case o.Corrected():
			c.Was = sum(v.env, o.Requested.Price, o.Requested.Currency)
		}
		return c
	}
	left, _ := deadline(v.env, o)
	return widgets.Cell{Text: stateWord(v.env, o), Chip: true, Tone: tone(o.State), Sub: left}
}

// draw says what is chosen and what can be done with it.
func (v *view) draw() {
	o, payments := v.chosen(), v.tabs.Selected() == 0
	text := v.env.T("orders.choose", nil)
	if o != nil {
		text = v.about(o)
	}
	v.more.SetText(text)
	v.open.SetEnabled(o != nil && payments)
	v.customer.SetEnabled(payments) // the books know no customers
	for _, b := range []*widgets.Button{v.open, v.approve, v.decline, v.refund} {
		b.Hidden = !payments
	}
	v.leave.Hidden = payments && v.low() // Esc stands above, and the others have one line then
	can := o != nil && payments && !v.busy
	v.approve.SetEnabled(can && o.State == manual.Open)
	v.decline.SetEnabled(can && o.State == manual.Open)
	v.refund.SetEnabled(can && o.Left() > 0)
	v.all.SetEnabled(v.filter.any())
	if v.failed {
		v.retry.Show()
	} else {
		v.retry.Hide()
	}
	for i, name := range v.stateNames() {
		v.states[i].SetLabel(name)
		v.states[i].SetSelected(i == v.stateAt())
	}
	v.labels()
	v.footer.Refresh()
	v.dialog.Refresh()
	v.tell(nil)
}

// labels write what the filter chooses on its buttons.
func (v *view) labels() {
	t := v.env.T
	name, account, days := t("orders.filter.customers", nil), t("orders.filter.merchants", nil), t("orders.filter.days", nil)
	if v.filter.customer.ID != "" {
		name = v.filter.customer.Name
	}
	if m := merchantOf(v.now.merchants, v.filter.merchant); m != nil {
		account = m.Name
	}
	if v.filter.days != nil {
		days = periodName(v.env, v.filter.days)
	}
	v.customer.SetLabel(name)
	v.merchant.SetLabel(account)
	v.days.SetLabel(days)
}

// about tells of the chosen order in a sentence or two.
func (v *view) about(o *manual.Order) string {
	t := o.Terms()
	text := v.env.T("orders.about", pos.Args{"Text": o.Text, "Sum": sum(v.env, t.Price, t.Currency), "Date": v.env.Words.Date(t.Date), "Who": who(v.env, o.Author, manual.EventCreated)})
	if t.Comment != "" {
		text += " " + v.env.T("orders.about.comment", pos.Args{"Comment": t.Comment})
	}
	if o.State != manual.Open && o.Decider.Name != "" {
		text += " " + v.env.T("orders.about.decided", pos.Args{"Who": o.Decider.Name, "At": o.Decided})
	}
	return text
}

func (v *view) refuse(err error) {
	v.news.Set(v.env.Words.Error(err), toneOf(err))
	v.dialog.Refresh()
	v.tell(err)
}

func (v *view) tell(err error) {
	tab := "payments"
	if v.tabs.Selected() == 1 {
		tab = "takings"
	}
	facts := []string{"tab", tab, "found", strconv.Itoa(len(v.now.page.Orders)), "open", itoa(v.now.page.Counts[manual.Open]), "filter", string(v.filter.state),
		"merchant", v.filter.merchant, "customer", string(v.filter.customer.ID), "news", v.news.Text(), "stands", v.stands.Text(), "error", string(pos.CodeOf(err))}
	if o := v.chosen(); o != nil {
		left, _ := deadline(v.env, o)
		facts = append(facts, "id", o.ID, "state", string(o.State), "left", left)
	}
	v.env.Shown("orders", facts...)
}

// decide confirms or declines the chosen order at one key, as it was said.
func (v *view) decide(d manual.Decision) {
	o := v.chosen()
	if o == nil || v.busy || v.approve.Disabled() {
		return
	}
	v.busy = true
	v.draw()
	seen, in, p, a := *o, manual.Ruling{Decision: d, Version: o.Version, Where: manual.AtOrders}, v.env.Payments, v.env.Actor
	what := seen.ID + string(d)
	request := v.names.of(v.env, what)
	approval.Run(v.env, func(ctx context.Context) (manual.Order, error) { return p.Decide(ctx, a, request, &seen, in) },
		func(done manual.Order, err error) {
			v.busy = false
			v.names.heard(what, err)
			v.onDecided(&seen, &done, err)
		})
}

// onDecided shows how an order stands after somebody decided it, here or elsewhere.
func (v *view) onDecided(seen, done *manual.Order, err error) {
	if !v.dialog.Shown() {
		return
	}
	if now := ui.CameTooLate(err); now != nil {
		v.put(seen, now)
		v.news.Set(lost(v.env, err, now), widgets.Warn)
		v.draw()
		v.tell(err)
		return
	}
	if err != nil {
		v.draw()
		v.refuse(err)
		return
	}
	v.put(seen, done)
	t := done.Terms()
	v.news.Set(v.env.T("orders.done", pos.Args{"State": stateWord(v.env, done), "Text": done.Text, "Sum": sum(v.env, t.Price, t.Currency)}), tone(done.State))
	v.draw()
}

// put replaces an order in the list by how it stands now. It stays where it was
// until the list is read anew, so that a second press meets the same order.
func (v *view) put(seen, now *manual.Order) {
	move(v.now.page.Counts, seen.State, now.State)
	for i := range v.now.page.Orders {
		if v.now.page.Orders[i].ID == now.ID {
			v.now.page.Orders[i] = *now
			v.table.RefreshRow(i)
		}
	}
}

// onOpen shows the chosen order whole.
func (v *view) onOpen() {
	o := v.chosen()
	if o == nil || v.tabs.Selected() == 1 {
		return
	}
	showOrder(v.env, o.ID, manual.AtOrders, v.now.merchants, v.load)
}

func (v *view) onRefund() {
	o := v.chosen()
	if o == nil || v.refund.Disabled() {
		return
	}
	askRefund(v.env, *o, manual.AtOrders, func(done *manual.Order) {
		if done == nil {
			v.load()
			return
		}
		v.onDecided(o, done, nil)
	})
}

func (v *view) onAdd() {
	if v.env.Payments == nil {
		return
	}
	add(v.env, v.find, pos.Customer{}, manual.AtOrders, func(o *manual.Order) {
		v.news.Set(v.env.T("orders.added", pos.Args{"Text": o.Text}), widgets.Good)
		v.filter.state = ""
		v.load()
	})
}

// today is the day of the window's clock.
func (v *view) today() figures.Day { return figures.DayOf(v.env.Kit.Timers.Now(), v.zone()) }
