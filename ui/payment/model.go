package payment

import (
	"slices"
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/code"
	"kassa/ui/widgets"
)

// step is what the blue button does. Its values are told to Shown.
type step string

const (
	acceptStep      step = "accept"      // take the sum in the field
	pointsStep      step = "points"      // ask how many points
	certificateStep step = "certificate" // ask for a certificate's number
	creditStep      step = "credit"      // make what is missing a debt
	manualStep      step = "manual"      // ask for a manual payment
	takeStep        step = "take"        // take an approved one though it differs from what was asked
	awaitStep       step = "await"       // set the cheque aside until it is decided
	codeStep        step = "code"        // enter the code a tender waits for
	finishStep      step = "finish"      // store the sale
	waitStep        step = "wait"        // the till works, or the last key is still warm
	noStep          step = "none"        // something must be typed first
)

// usual is the tender the window opens with, and goes back to.
const usual = pos.Cash

// asking are the tenders for which a window of its own asks what a sum does not
// tell, each with the step that opens it. The others take the sum in the field.
var asking = map[pos.Method]step{
	pos.Points:        pointsStep,
	pos.ByCertificate: certificateStep,
	pos.Credit:        creditStep,
	pos.Manual:        manualStep,
}

// model is what the payment window knows. It touches no widget.
type model struct {
	view   *till.ChequeView
	set    pos.Settings
	actor  pos.Actor
	method pos.Method
	text   string // in the field
	typed  bool   // the cashier's, not the till's proposal
	busy   bool
	picked bool   // the tender is the cashier's choice, not the till's
	warm   bool   // a code was entered a moment ago: its Enter must not finish the sale
	failed error  // the last refusal
	said   phrase // what is told of the last scan
}

// take shows another state of the cheque and proposes what is due. After a sum
// that was short nothing is proposed: Enter goes on to a debt where the employee may
// put the rest on credit, and takes money from nobody where not.
func (m *model) take(v *till.ChequeView, accepted bool) {
	m.view = v
	m.text, m.typed, m.picked = "", false, false
	if !accepted {
		m.propose()
	}
}

// mark chooses the tender of which the window says that it waits for its code, so
// that what takes a tender off takes off that one.
func (m *model) mark(now time.Time) {
	if m.picked || m.view.Totals.Due > 0 {
		return
	}
	for _, method := range pos.Methods {
		if code.Pending(m.view, method, now) != nil {
			m.method = method
			return
		}
	}
	if m.open() != nil {
		m.method = pos.Manual
	}
}

// turn goes back to the usual tender once one that asks is settled.
func (m *model) turn(now time.Time) {
	if asking[m.method] != "" && code.Pending(m.view, m.method, now) == nil {
		m.method = usual
		m.propose()
	}
}

// propose puts into the field what the chosen tender would have to bring.
func (m *model) propose() {
	m.text, m.typed = "", false
	if m.view.Totals.Due > 0 && m.method.Put() == pos.PutBySum {
		m.text = m.view.Totals.Due.String()
	}
}

// choose selects a tender. A sum the cashier typed stays.
func (m *model) choose(method pos.Method) {
	m.method, m.failed, m.said, m.picked = method, nil, phrase{}, true
	if !m.typed {
		m.propose()
	}
}

// mayOwe reports that the rest may be made a debt, as far as the employee goes.
func (m *model) mayOwe() bool { return m.actor.Can(pos.RightCredit) }

// amount is the sum in the field; zero when there is none.
func (m *model) amount() (money.Amount, error) {
	if m.text == "" {
		return 0, nil
	}
	return money.ParseAmount(m.text)
}

// next is what Enter does at now.
func (m *model) next(now time.Time) step {
	switch {
	case m.busy || m.warm:
		return waitStep
	case code.Pending(m.view, m.method, now) != nil:
		return codeStep
	case m.takes() != nil:
		return takeStep
	case m.view.Totals.Due == 0:
		if m.pending(now) != nil {
			return codeStep
		}
		return m.last()
	case asking[m.method] != "":
		return asking[m.method]
	case m.text != "":
		return acceptStep
	case m.mayOwe():
		return creditStep
	}
	return noStep
}

// pending is the challenge the blue button asks for: that of the chosen tender,
// else the first that is still waited for.
func (m *model) pending(now time.Time) *confirm.Challenge {
	if ch := code.Pending(m.view, m.method, now); ch != nil {
		return ch
	}
	for _, method := range pos.Methods {
		if ch := code.Pending(m.view, method, now); ch != nil {
			return ch
		}
	}
	return nil
}

// onCredit is what the cheque leaves as a debt already. A new debt takes its
// place, so it counts as missing for that one.
func (m *model) onCredit() money.Amount {
	if t := m.view.Cheque.Tender(pos.Credit); t != nil {
		return t.Amount
	}
	return 0
}

// owed is the sum that would be made a debt: what was typed, else all that is
// missing.
func (m *model) owed() money.Amount {
	due := m.view.Totals.Due.Add(m.onCredit())
	if sum, err := m.amount(); err == nil && m.typed && m.method == pos.Credit && sum > 0 && sum < due {
		return sum
	}
	return due
}

// figures are the three sums in the middle, as they will be once the sum in the
// field is taken.
type figures struct {
	total, paid   money.Amount
	short, change money.Amount // at most one is not zero
}

func (m *model) figures() figures {
	t := m.view.Totals
	f := figures{total: t.Total, paid: t.Paid, short: t.Due, change: t.Change}
	sum, err := m.amount()
	if err != nil || !m.typed || t.Due == 0 || asking[m.method] != "" {
		return f
	}
	if !m.method.GivesChange() && sum > t.Due {
		return f // will be refused
	}
	f.paid = t.Paid.Add(sum)
	f.short, f.change = max(t.Due.Sub(sum), 0), max(sum.Sub(t.Due), 0)
	return f
}

// untouched reports that nobody has typed anything, and that the till proposes what
// the chosen tender brings or nobody has paid yet: nothing is missing then, it is only
// still to be paid, and Enter makes no debt of it.
func (m *model) untouched() bool {
	return !m.typed && (m.view.Totals.Paid == 0 || m.text != "" && asking[m.method] == "")
}

// phrase is a message for the cashier; its id is "" for none.
type phrase struct {
	id   string
	args pos.Args
	err  error // in place of id
	tone widgets.Tone
}

// news is the sentence under the figures: why the last action was refused, what
// a code is waited for, or what becomes of a sum that is short.
func (m *model) news(now time.Time, dueDay string) phrase {
	f := m.figures()
	switch {
	case m.failed != nil:
		return phrase{err: m.failed, tone: widgets.Bad}
	case m.said.id != "":
		return m.said
	case m.waits(now) != nil:
		ch := *m.waits(now)
		if ch.Lapse(now); ch.ReasonID == confirm.RanOut {
			return phrase{id: confirm.RanOut, tone: widgets.Warn}
		}
		return phrase{id: "payment.waits." + string(ch.Operation), args: pos.Args{"Amount": ch.Amount}, tone: widgets.Info}
	case m.awaited() != nil:
		return m.elsewhere(m.awaited())
	case f.short == 0 || m.untouched():
		return phrase{}
	case !m.mayOwe():
		return phrase{id: "payment.short", args: pos.Args{"Short": f.short, "Key": creditKey()}, tone: widgets.Warn}
	case m.view.Customer == nil:
		return phrase{id: "payment.owe-nobody", args: pos.Args{"Short": f.short}, tone: widgets.Warn}
	}
	owed := f.short.Add(m.onCredit())
	if err := pos.CheckCredit(*m.view.Customer, owed); err != nil {
		return phrase{err: err, tone: widgets.Warn}
	}
	id := "payment.owe"
	switch {
	case !m.set.Confirm(pos.Credit).Asks():
	case m.set.SMSProvider == "":
		id = "payment.owe-nocode"
	default:
		id = "payment.owe-code"
	}
	c := m.view.Customer
	return phrase{id: id, tone: widgets.Warn, args: pos.Args{"Short": owed, "Date": dueDay,
		"Debt": c.Debt.Add(owed), "Limit": c.Limit}}
}

// waits is the challenge to speak of: that of the chosen tender, which is one that
// waits once nothing else is due, see mark.
func (m *model) waits(now time.Time) *confirm.Challenge {
	return code.Pending(m.view, m.method, now)
}

// creditKey is the key of a debt.
func creditKey() string { return string(methodKey(slices.Index(pos.Methods, pos.Credit))) }

// row is what stands beside a tender.
type row struct {
	id     string // of the words; "" for the sum alone
	amount money.Amount
	points int64
	tone   widgets.Tone
}

// tendered describes the payments of one method so far, or what the method
// could bring.
func (m *model) tendered(method pos.Method, now time.Time) row {
	var sum money.Amount
	var last *pos.Tender
	for i := range m.view.Cheque.Tenders {
		if t := &m.view.Cheque.Tenders[i]; t.Method == method {
			sum, last = sum.Add(t.Amount), t
		}
	}
	if last == nil {
		return m.possible(method)
	}
	r := row{amount: sum}
	if last.Order != "" {
		return m.decided(last.Order, r)
	}
	if last.Challenge == "" {
		return r
	}
	r.id, r.tone = "payment.row.code", widgets.Good
	for _, ch := range m.view.Challenges {
		switch {
		case ch.ID != last.Challenge:
		case !ch.Confirmed(now):
			r.id, r.tone = "payment.row.waits", widgets.Warn
		case ch.Override != nil:
			r.id, r.tone = "payment.row.skipped", widgets.Warn
		}
	}
	return r
}

// possible is what a method could still bring, where that is known.
func (m *model) possible(method pos.Method) row {
	c := m.view.Customer
	switch {
	case c == nil:
	case method == pos.Points && m.view.MaxPoints > 0:
		return row{id: "payment.row.points", points: m.view.MaxPoints}
	case method == pos.Credit && !m.mayOwe():
		return row{id: "payment.row.allowed"}
	case method == pos.Credit && c.Room > 0 && c.Overdue == 0 && c.Phone != "":
		return row{id: "payment.row.room", amount: c.Room}
	case method.NeedsCustomer():
		return row{id: "payment.row.none"}
	}
	return row{}
}

// removable reports that a payment of the chosen method can be taken off.
func (m *model) removable() bool {
	return !m.busy && m.view.Cheque.Tender(m.method) != nil
}

// unit is one whole rouble, hryvnia or tenge in stored units.
const unit money.Amount = 100

// quickCount is how many quick sums there is room for.
const quickCount = 4

// quickSums are up to four sums above what is due that a customer is likely to hand
// over: a little rounder ones below the next larger note, then the larger notes. values
// are the notes of the currency, the largest first.
func quickSums(due money.Amount, values []money.Amount) []money.Amount {
	if due <= 0 || len(values) == 0 {
		return nil
	}
	var sums []money.Amount
	add := func(sum money.Amount) {
		if sum > due && sum <= money.MaxAmount && len(sums) < quickCount && !slices.Contains(sums, sum) {
			sums = append(sums, sum)
		}
	}
	var larger []money.Amount
	next := money.MaxAmount
	for _, note := range values {
		if note > due {
			larger = append(larger, note)
			next = note
		}
	}
	for i, note := range slices.Backward(values) {
		// Nobody pays a large sum in small notes to make it a little rounder, or rounds
		// by twos.
		if i > 0 && note*25 < due || byTwos(note) {
			continue
		}
		if sum := (due + note - 1) / note * note; sum < next && (len(sums) == 0 || sum > sums[len(sums)-1]) {
			add(sum)
		}
	}
	for _, note := range slices.Backward(larger) {
		add(note)
	}
	return sums
}

// byTwos tells of 2, 20, 200 and so on.
func byTwos(note money.Amount) bool {
	for note >= 10 {
		note /= 10
	}
	return note == 2
}
