package sale

import (
	"errors"
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/widgets"
)

// model is all the screen knows. It holds no widgets.
type model struct {
	view     *till.ChequeView
	shift    *pos.Shift // nil while none is open
	next     bool       // there is something to tell of what comes next
	parked   int
	back     *till.ReturnView                 // what the goods are exchanged for, nil without
	kept     bool                             // the shop counts its stock
	stock    map[pos.ProductID]money.Quantity // as last told, of goods in the cheque
	rows     []row
	selected int // number of the selected line, 0 for none
	notice   notice
}

// row is a line of the cheque with what is drawn of it; comparing two tells
// whether anything must be drawn anew.
type row struct {
	line  pos.Line
	sums  pos.LineTotals
	short bool // with the lines above it, more than the shelf holds
	shelf money.Quantity
}

// same reports that a row would be drawn as the other.
func (r *row) same(other *row) bool {
	return r.sums == other.sums && r.short == other.short && r.shelf == other.shelf && r.line.Same(&other.line)
}

// look is what decides how the goods of a row are written, fit to be remembered.
type look struct {
	name, unit, given string
	price, list       money.Amount
	off               money.Amount
	discount          pos.Discount
	removed, asked    bool
	reason            string
	short             bool
	shelf, qty        money.Quantity
}

func (r *row) look() look {
	l := &r.line
	k := look{name: l.Name, unit: l.Unit, price: l.Price, list: l.ListPrice, off: r.sums.Discount, discount: l.Discount,
		removed: l.Removed, asked: l.Flags.AskPrice, reason: l.Reason, short: r.short, shelf: r.shelf, qty: l.Qty}
	for i := range l.Offers {
		k.given += l.Offers[i].Name + "\n"
	}
	return k
}

// shape is what the height of a row depends on beside its name, which stays.
func (r row) shape() [3]bool {
	return [3]bool{r.line.Removed, r.short || r.repriced(), len(r.line.Offers) > 0}
}

func (r row) repriced() bool { return !r.line.Flags.AskPrice && r.line.Price != r.line.ListPrice }

const (
	warn = widgets.Warn
	bad  = widgets.Bad
)

// notice is a sentence between the scan field and the cheque.
type notice struct {
	id   string // of the words, when err is nil
	args pos.Args
	err  error
	tone widgets.Tone
}

// change tells which rows are not what they were.
type change struct {
	all  bool  // their heights or order changed: draw everything
	rows []int // these alone
}

var all = change{all: true}

// selection says which line is selected after a change.
type selection int

const (
	keepSelection selection = iota
	selectLast              // what was rung up last
)

func newModel() model {
	return model{view: &till.ChequeView{Cheque: pos.Cheque{State: pos.ChequeOpen}}, stock: map[pos.ProductID]money.Quantity{}}
}

// setCheque takes over a cheque and tells what changed of its rows.
func (m *model) setCheque(v *till.ChequeView, sel selection) change {
	other := v.Cheque.ID != m.view.Cheque.ID
	m.view = v
	c := m.rebuild()
	switch {
	case len(m.rows) == 0:
		m.selected = 0
	case sel == selectLast || other || m.rowOf(m.selected) < 0:
		m.selected = m.rows[len(m.rows)-1].line.No
	}
	return c
}

// setStock takes over what the shelf holds.
func (m *model) setStock(stock map[pos.ProductID]money.Quantity) change {
	for id, q := range stock {
		m.stock[id] = q
	}
	return m.rebuild()
}

func (m *model) rebuild() change {
	old := m.rows
	taken := map[pos.ProductID]money.Quantity{} // so far, from the top
	m.rows = make([]row, 0, len(m.view.Cheque.Lines))
	live := 0
	for _, l := range m.view.Cheque.Lines {
		r := row{line: l}
		if !l.Removed && live < len(m.view.Totals.Lines) {
			r.sums = m.view.Totals.Lines[live]
			live++
		}
		if !l.Removed {
			taken[l.Product] += l.Qty
		}
		if have, known := m.stock[l.Product]; known && !l.Removed && taken[l.Product] > have {
			r.short, r.shelf = true, have
		}
		m.rows = append(m.rows, r)
	}
	return diff(old, m.rows)
}

func diff(old, now []row) change {
	if len(old) == 0 || len(now) < len(old) {
		return all
	}
	var c change
	for i := range now {
		if i >= len(old) {
			c.rows = append(c.rows, i)
			continue
		}
		if old[i].shape() != now[i].shape() {
			return all
		}
		if !old[i].same(&now[i]) {
			c.rows = append(c.rows, i)
		}
	}
	return c
}

// rowOf is the row of a line, -1 when it is not in the cheque.
func (m *model) rowOf(no int) int {
	for i := range m.rows {
		if m.rows[i].line.No == no {
			return i
		}
	}
	return -1
}

// line is the selected line; false when none is selected or it was removed.
func (m *model) line() (pos.Line, bool) {
	i := m.rowOf(m.selected)
	if m.selected == 0 || i < 0 || m.rows[i].line.Removed {
		return pos.Line{}, false
	}
	return m.rows[i].line, true
}

// sums are the figures of the selected line.
func (m *model) sums() pos.LineTotals {
	if i := m.rowOf(m.selected); i >= 0 {
		return m.rows[i].sums
	}
	return pos.LineTotals{}
}

// last is the line rung up last that was not removed.
func (m *model) last() (pos.Line, bool) {
	for i := len(m.rows) - 1; i >= 0; i-- {
		if !m.rows[i].line.Removed {
			return m.rows[i].line, true
		}
	}
	return pos.Line{}, false
}

// live counts the lines that were not removed.
func (m *model) live() int { return len(m.view.Totals.Lines) }

// withoutStock are goods in the cheque of which the shelf was not asked yet.
func (m *model) withoutStock() []pos.ProductID {
	var ids []pos.ProductID
	for _, id := range products(m.view) {
		if _, known := m.stock[id]; !known {
			ids = append(ids, id)
		}
	}
	return ids
}

// products lists the goods of a cheque, each once.
func products(v *till.ChequeView) []pos.ProductID {
	seen := map[pos.ProductID]bool{}
	var ids []pos.ProductID
	for i := range v.Cheque.Lines {
		if l := &v.Cheque.Lines[i]; !l.Removed && !seen[l.Product] {
			seen[l.Product] = true
			ids = append(ids, l.Product)
		}
	}
	return ids
}

// revoked tells which words explain that a new view lost a tender of the customer
// that the old one had, "" when nothing was lost.
func (m *model) revoked(v *till.ChequeView) string {
	if v.Cheque.ID != m.view.Cheque.ID || v.Cheque.ID == "" {
		return ""
	}
	for _, method := range pos.Methods {
		if method.NeedsCustomer() && m.view.Cheque.Tender(method) != nil && v.Cheque.Tender(method) == nil {
			return "revoked." + string(method)
		}
	}
	return ""
}

// action is what the blue button does.
type action int

const (
	pay        action = iota
	openShift         // none is open
	closeStale        // one of an earlier day is, and nothing is rung up
)

// blue is the one main action now. A cheque begun before midnight can still be
// paid; only then the old shift is closed.
func (m *model) blue(now time.Time) action {
	switch {
	case m.shift == nil:
		return openShift
	case m.shift.Stale(now) && m.live() == 0:
		return closeStale
	}
	return pay
}

// offer is what spending all the points there are would do.
type offer struct {
	points int64        // that may still be spent; 0 when some are already, or none may
	earn   int64        // earned if they are spent, or as it stands
	plain  int64        // earned if none are
	room   money.Amount // left on credit
}

func (m *model) offer(r pos.Rules) offer {
	t := m.view.Totals
	o := offer{earn: t.Earn, plain: t.EarnUnspent}
	if c := m.view.Customer; c != nil {
		o.room = room(c)
	}
	if m.view.Cheque.Tender(pos.Points) != nil || m.view.MaxPoints <= 0 {
		return o
	}
	o.points = m.view.MaxPoints
	spent := m.view.Cheque
	spent.Tenders = append(spent.Tenders[:len(spent.Tenders):len(spent.Tenders)],
		pos.Tender{Method: pos.Points, Points: o.points, Amount: money.Amount(o.points) * r.PointValue})
	o.earn = pos.Price(&spent, r).Earn
	return o
}

// room is what a customer may still buy on credit now: nothing while a debt is
// overdue.
func room(c *pos.CustomerState) money.Amount {
	if c.Overdue > 0 {
		return 0
	}
	return c.Room
}

// codeState is how far a tender that needs a code has come.
type codeState struct {
	id   string // of the words, "" for a tender that needs none
	tone widgets.Tone
}

// code tells how the code of a tender stands.
func (m *model) code(d pos.Tender, now time.Time) codeState {
	if d.Challenge == "" {
		return codeState{}
	}
	for i := range m.view.Challenges {
		if c := &m.view.Challenges[i]; c.ID == d.Challenge {
			return stateOf(c, now)
		}
	}
	return codeState{"code.waits", widgets.Warn}
}

func stateOf(c *confirm.Challenge, now time.Time) codeState {
	switch {
	case c.Confirmed(now) && c.Override != nil:
		return codeState{"code.skipped", widgets.Warn}
	case c.Confirmed(now):
		return codeState{"code.right", widgets.Good}
	case c.State == confirm.Created, c.State == confirm.Sending:
		return codeState{"code.sending", widgets.Info}
	case c.State == confirm.Sent, c.State == confirm.SendUnknown:
		return codeState{"code.waits", widgets.Warn}
	case c.State == confirm.SendFailed:
		return codeState{"code.failed", widgets.Bad}
	case c.State == confirm.Expired:
		return codeState{"code.expired", widgets.Bad}
	}
	return codeState{"code.ended", widgets.Bad}
}

// idOf is the permanent id of an error's message, "" when it has none.
func idOf(err error) string {
	if e, ok := errors.AsType[*pos.Error](err); ok {
		return e.ID
	}
	return ""
}

// argOf is one of the values an error carries.
func argOf[T any](err error, name string) (T, bool) {
	var none T
	e, ok := errors.AsType[*pos.Error](err)
	if !ok {
		return none, false
	}
	v, ok := e.Args[name].(T)
	return v, ok
}
