// Package customer finds, makes and shows customers, and takes money for their
// debts.
package customer

import (
	"context"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// finder is the search dialog.
type finder struct {
	env    *ui.Env
	m      search
	picked func(pos.CustomerState)
	d      *widgets.Dialog
	field  *widgets.Entry
	news   *widgets.Banner
	table  *widgets.Table
	latest *task.Latest
	office bool // it is the list of the back office, in which Enter opens a card
	next   till.CustomerPage
	asking bool // a further page is on its way
}

// Find looks for a customer by phone, its last four digits, card or name; again
// F3 makes a new one. picked is called once somebody was chosen or made, not
// when the dialog is left.
func Find(env *ui.Env, picked func(pos.CustomerState)) {
	find(env, "customers.find.title", false, picked)
}

// FindWithPhone is Find for what only somebody with a phone can do, such as
// buying on credit: others are told so and not picked.
func FindWithPhone(env *ui.Env, picked func(pos.CustomerState)) {
	find(env, "customers.find.title-phone", true, picked)
}

func find(env *ui.Env, title string, needsPhone bool, picked func(pos.CustomerState)) {
	f := &finder{env: env, picked: picked, latest: task.NewLatest(env.Runner)}
	f.m.needs = needsPhone
	f.show(title, func() {})
}

// Open lists the customers in the back office: Enter opens the card of one. closed
// is called when the list has gone.
func Open(env *ui.Env, closed func()) {
	f := &finder{env: env, latest: task.NewLatest(env.Runner), office: true}
	f.show("menu.customers", closed)
}

func (f *finder) show(title string, closed func()) {
	DefineKeys(f.env.Kit.Keys)
	f.build(f.env.T(title, nil))
	f.d.OnClosed = func() { f.latest.Cancel(); closed() }
	f.d.Show(f.field.Focusable(), f.bind)
	f.run()
}

func (f *finder) build(title string) {
	k, t := f.env.Kit, f.env.T
	f.field = k.Entry(widgets.SearchEntry, t("customers.find.hint", nil))
	f.field.MaxLength = pos.MaxNameRunes
	f.field.OnChanged = func(string) { f.onTyped() }
	f.field.OnScan = f.onScan
	f.news = widgets.NewBanner("", widgets.Bad)
	right := fyne.TextAlignTrailing
	f.table = k.Table([]widgets.Column{
		{Title: t("customers.column.customer", nil)},
		{Title: t("customers.column.points", nil), Width: 110, Align: right},
		{Title: t("customers.column.debt", nil), Width: 140, Align: right},
		{Title: t("customers.column.room", nil), Width: 150, Align: right},
	}, f.cell)
	f.table.Tall = func(int) bool { return true }
	f.table.KeepsFocus = true
	f.table.Empty = t("customers.find.start", nil)
	f.table.OnActivated = func(int) { f.onEnter() }
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { f.d.Close() })
	card := k.ActionButton(t("customers.open", nil), widgets.Secondary, "customer.open")
	add := k.ActionButton(t("customers.new", nil), widgets.Secondary, "customer.new")
	pick := k.KeyButton(t("customers.pick", nil), widgets.Primary, keys.Enter, f.onEnter)
	groups := k.ActionButton(t("customers.groups", nil), widgets.Secondary, "customer.groups")
	for _, b := range []*widgets.Button{back, card, add, pick, groups} {
		b.Height = widgets.Large
	}
	adding := widgets.Grow(add)
	adding.Hidden = !f.env.Actor.Can(pos.RightCustomerAdd)
	spec := widgets.DialogSpec{
		Name: "customer.find", Title: title, Width: widgets.Middle, Height: 600, Fills: true,
		Body:   widgets.VBox(theme.GapCards, f.field, f.news, widgets.Grow(widgets.NewFlatCard(f.table))),
		Footer: widgets.Footer(theme.GapCards, back, card, adding, groups, pick),
	}
	if f.office {
		spec.Page = "customers"
		pick.SetLabel(t("customers.open", nil))
		spec.Footer = widgets.Footer(theme.GapCards, back, adding, groups, pick)
	}
	f.d = k.Dialog(spec)
}

func (f *finder) bind(s *keys.Scope) {
	s.BindKey(keys.Enter, f.onEnter)
	s.BindKey(keys.Down, func() { f.table.Step(1) }, keys.Repeating())
	s.BindKey(keys.Up, func() { f.table.Step(-1) }, keys.Repeating())
	s.BindKey(keys.PgDn, func() { f.table.Step(6) }, keys.Repeating())
	s.BindKey(keys.PgUp, func() { f.table.Step(-6) }, keys.Repeating())
	s.Bind("customer.new", f.onNew)
	s.Bind("customer.open", f.onOpen)
	s.Bind("customer.groups", func() { Groups(f.env, func() { f.tell(nil) }) })
	s.Home = f.field.Focusable()
	s.OnScan = func(code string) { f.onScan("", code) }
}

func (f *finder) cell(row, col int) widgets.Cell {
	if row >= len(f.m.rows)-nearEnd && f.m.text == "" && f.next.More && !f.asking {
		f.asking = true
		f.env.Kit.Timers.After(time.Millisecond, f.more) // not now: the table is being drawn
	}
	c := &f.m.rows[row]
	w := f.env.Words
	switch col {
	case 0:
		number := Masked(&c.Customer)
		if number == "" {
			number = f.env.T("customers.no-phone", nil)
		}
		if c.Archived {
			number += " · " + f.env.T("customers.archived", nil)
		}
		if c.Card != "" {
			number += " · " + f.env.T("customers.card-number", pos.Args{"Card": c.Card})
		}
		return widgets.Cell{Text: c.Name, Sub: number}
	case 1:
		return widgets.Cell{Text: w.Money().Points(c.Points)}
	case 2:
		cell := widgets.Cell{Text: w.Money().Amount(c.Debt)}
		if c.Overdue > 0 {
			cell.Style = widgets.Strong.In(theme.ColorBad)
			cell.Sub = f.env.T("customers.overdue-short", nil)
		}
		return cell
	}
	if c.Limit == 0 {
		return widgets.Cell{Text: f.env.T("customers.no-credit", nil), Style: widgets.Muted}
	}
	return widgets.Cell{Text: w.Money().Amount(room(c))}
}

func (f *finder) onTyped() {
	f.m.wantsOne = false
	f.say("", widgets.Neutral)
	f.run()
}

// onScan searches for what was scanned, a card as a rule, in place of whatever
// was typed.
func (f *finder) onScan(_, code string) {
	f.field.SetText(code)
	f.m.wantsOne = true
	f.say("", widgets.Neutral)
	f.run()
}

func (f *finder) run() {
	text, a := strings.TrimSpace(f.field.Text()), f.env.Actor
	if text == "" {
		f.next, f.asking = till.CustomerPage{More: true}, true
		f.more()
		return
	}
	task.RunLatest(f.env.Ctx, f.latest, func(ctx context.Context) (pos.Found[pos.CustomerState], error) {
		return f.env.Till.FindCustomers(ctx, a, text, searchLimit)
	}, func(found pos.Found[pos.CustomerState], err error) { f.onFound(text, found, err) })
}

// more lists everybody while nothing is typed, a page at a time.
func (f *finder) more() {
	if !f.d.Shown() || !f.next.More {
		f.asking = false
		return
	}
	a, from := f.env.Actor, f.next
	task.RunLatest(f.env.Ctx, f.latest, func(ctx context.Context) (till.CustomerPage, error) {
		return f.env.Till.Customers(ctx, a, from.AfterName, from.AfterID, searchLimit)
	}, func(p till.CustomerPage, err error) { f.onPage(from.AfterID == "", p, err) })
}

func (f *finder) onPage(first bool, p till.CustomerPage, err error) {
	f.asking = false
	if !f.d.Shown() {
		return
	}
	if err != nil {
		f.next.More = false
		f.say(f.env.Words.Error(err), widgets.Bad)
		f.tell(err)
		return
	}
	f.next = p
	if first {
		f.table.Select(-1)
		f.m.rows, f.m.text, f.m.guessed = nil, "", false
	}
	f.m.rows = append(f.m.rows, p.List...)
	f.table.Empty = f.env.T("customers.find.start", nil)
	f.table.SetRows(len(f.m.rows))
	if first && f.office {
		f.table.Select(0) // for a cheque somebody must be chosen: Enter alone puts nobody on it
	}
	f.tell(nil)
}

func (f *finder) onFound(text string, found pos.Found[pos.CustomerState], err error) {
	if !f.d.Shown() {
		return
	}
	f.m.rows, f.m.text, f.m.guessed = found.List, text, found.Guessed()
	f.table.Empty = f.env.T("customers.find.none", nil)
	f.table.SetFound(len(found.List), f.env.Guess(found.Meant))
	if err != nil {
		f.say(f.env.Words.Error(err), widgets.Bad)
	}
	f.tell(err)
	if c, ok := f.m.choice(); ok {
		f.pick(c)
	}
	f.m.wantsOne = false
}

func (f *finder) onEnter() {
	text, chosen := strings.TrimSpace(f.field.Text()), f.table.Selected()
	switch {
	case f.office && chosen >= 0 && text == f.m.text:
		f.onOpen()
	case text == "" && chosen < 0:
		f.say(f.env.T("customers.find.start", nil), widgets.Info)
	case text != f.m.text:
		f.m.wantsOne = true // the answer to what was typed is on its way
	case len(f.m.rows) == 0:
		f.say(f.env.T("customers.find.none", nil), widgets.Warn)
	case chosen >= 0:
		f.pick(f.m.rows[chosen])
	}
}

func (f *finder) pick(c pos.CustomerState) {
	if err := f.m.check(&c.Customer); err != nil {
		f.say(f.env.Words.Error(err), widgets.Bad)
		f.tell(err)
		return
	}
	if f.office {
		Card(f.env, c.ID, f.run)
		return
	}
	f.d.Close()
	f.picked(c)
}

func (f *finder) onNew() {
	if !f.env.Actor.Can(pos.RightCustomerAdd) {
		return
	}
	Add(f.env, f.field.Text(), f.pick)
}

func (f *finder) onOpen() {
	if i := f.table.Selected(); i >= 0 {
		Card(f.env, f.m.rows[i].ID, f.run)
	}
}

func (f *finder) say(text string, tone widgets.Tone) {
	if f.news.Text() == text {
		return
	}
	f.news.Set(text, tone)
	f.d.Refresh()
}

func (f *finder) tell(err error) {
	facts := []string{"found", strconv.Itoa(len(f.m.rows)), "text", f.m.text}
	if err != nil {
		facts = append(facts, "error", string(pos.CodeOf(err)))
	}
	f.env.Shown("customer.find", facts...)
}

// The actions of the dialogs that lie over one another.
const (
	actSave     keys.ActionID = "customer.save"
	actAddGroup keys.ActionID = "customer.group.add"
)

// DefineKeys names the actions of the windows about a customer.
func DefineKeys(r *keys.Router) {
	r.Define(
		keys.Action{ID: "customer.new", Label: "key.customer.new", Key: "F3", Place: "customer.find"},
		keys.Action{ID: "customer.open", Label: "key.customer.open", Key: "F4", Place: "customer.find"},
		keys.Action{ID: "customer.edit", Label: "key.customer.edit", Key: "F4"},
		keys.Action{ID: "customer.repay", Label: "key.customer.repay", Key: "F5"},
		keys.Action{ID: actOrders, Label: "key.customer.orders", Key: "F6"},
		keys.Action{ID: "customer.more", Label: "key.customer.more", Key: "F2"},
		keys.Action{ID: "customer.groups", Label: "key.customer.groups", Key: "F6", Place: "customer.find"},
		keys.Action{ID: actSave, Label: "key.customer.save", Key: "Ctrl+S", Place: "customer.form"},
		keys.Action{ID: actAddGroup, Label: "key.customer.group.add", Key: "F3", Place: "customer.groups"},
		keys.Action{ID: "customer.off", Label: "key.customer.off", Key: "Del"},
	)
}
