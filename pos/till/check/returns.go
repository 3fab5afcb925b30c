package check

import (
	"fmt"
	"hash/fnv"
	"slices"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/refund"
)

// returned is what the returns and corrections of a history add up to.
type returned struct {
	entries   map[string][]bookedEntry // of returns and corrections, in order
	origins   map[pos.SaleID]*origin   // sales that came back, or paid for ones that did
	corrected map[pos.SaleID]map[pos.Method]money.Amount
	tendered  map[pos.SaleID]money.Amount // worth brought back, as the sales tell
	turned    map[pos.SaleID][]pos.Refund // the same, as the returns tell
	lowered   map[pos.DebtID]money.Amount
	moved     map[docLot]int64     // points of lots, as the returns tell − as their moves
	fresh     map[pos.LotID]string // lots made for points of expired ones
}

// bookedEntry is what the journal tells of a document.
type bookedEntry struct {
	digest   string
	postings []ledger.Posting
	shift    pos.ShiftID
}

type docLot struct {
	doc string
	lot pos.LotID
}

// origin is a sale with what came back of it so far.
type origin struct {
	sale    *pos.Sale
	back    refund.Returned
	refunds []pos.Refund // by returns of this very sale
	points  int64        // spent on it and given back
	rounded money.Amount // waits to be given back in cash
	settled int64        // earned by it and dealt with
}

func newReturned() returned {
	return returned{
		entries: map[string][]bookedEntry{}, origins: map[pos.SaleID]*origin{},
		corrected: map[pos.SaleID]map[pos.Method]money.Amount{}, tendered: map[pos.SaleID]money.Amount{},
		turned: map[pos.SaleID][]pos.Refund{}, lowered: map[pos.DebtID]money.Amount{}, moved: map[docLot]int64{},
		fresh: map[pos.LotID]string{},
	}
}

// bookReturn remembers an entry of a return or a correction.
func (w *walk) bookReturn(e *ledger.Entry) {
	w.back.entries[e.Doc] = append(w.back.entries[e.Doc], bookedEntry{digest: e.Digest, postings: e.Postings, shift: e.Shift})
}

// returns checks every return and correction: that it is booked as it is stored
// (I1, I12), that its sums follow from what was sold (I7), and that no more came
// back than was sold, paid, spent and earned (I8).
func (w *walk) returns() error {
	if err := w.EachCorrection(func(c *pos.Correction) error { return w.correction(c) }); err != nil {
		return err
	}
	numbers := map[int64]int64{}
	err := w.EachReturn(func(r *pos.Return) error {
		if want := w.next(numbers, r.Epoch, history.Returns); r.Number != want {
			w.broken("I2", "check.return-gap", pos.Args{"Number": r.Number, "Want": want})
		}
		numbers[r.Epoch] = r.Number
		return w.oneReturn(r)
	})
	if err != nil {
		return err
	}
	for doc := range w.back.entries {
		w.broken("I1", "check.doc-missing", pos.Args{"Doc": doc})
	}
	for id := range w.back.tendered {
		w.broken("I7", "check.exchange", pos.Args{"Doc": string(id)})
	}
	for _, a := range []ledger.Account{ledger.Exchanged, ledger.Corrected} {
		if sum := w.posted[balance{account: a, currency: w.currency}]; sum != 0 {
			w.broken("I3", "check.passing", pos.Args{"Account": string(a), "Left": money.Amount(sum)})
		}
	}
	return nil
}

// bookedAs compares a document with its entries and forgets them.
func (w *walk) bookedAs(doc string, shift pos.ShiftID, want []*ledger.Entry) {
	have := w.back.entries[doc]
	delete(w.back.entries, doc)
	if len(have) != len(want) {
		w.broken("I1", "check.doc-unbooked", pos.Args{"Doc": doc})
		return
	}
	for i, e := range want {
		switch {
		case have[i].digest != e.Digest || have[i].shift != shift:
			w.broken("I12", "check.doc-changed", pos.Args{"Doc": doc})
		case !slices.Equal(have[i].postings, e.Postings):
			w.broken("I7", "check.doc-postings", pos.Args{"Doc": doc})
		}
	}
}

func (w *walk) oneReturn(r *pos.Return) error {
	if !boundedReturn(r) {
		w.broken("I7", "check.return-range", pos.Args{"Number": r.Number})
		return nil
	}
	w.bookedAs(string(r.ID), r.Shift, []*ledger.Entry{ledger.OfReturn(r)})
	w.tells(pos.EventReturned, string(r.ID), r.At)
	w.cash[r.Shift] -= r.OutOfDrawer()
	err := r.Restocked(func(id pos.ProductID, qty money.Quantity) error {
		w.shelf.did(string(r.ID), id, qty)
		return nil
	})
	if err != nil {
		return err
	}
	w.returnSums(r)
	if err := w.exchangePoints(r); err != nil {
		return err
	}
	if err := w.returnOrigin(r); err != nil {
		return err
	}
	return w.returnPoints(r)
}

func boundedReturn(r *pos.Return) bool {
	ok := true
	in := func(a money.Amount) { ok = ok && a >= 0 && a <= money.MaxAmount*pos.MaxLines }
	in(r.Total)
	for i := range r.Lines {
		in(r.Lines[i].Sum)
		in(r.Lines[i].Price)
		ok = ok && r.Lines[i].Qty > 0 && r.Lines[i].Qty <= money.MaxQuantity
	}
	for i := range r.Refunds {
		f := &r.Refunds[i]
		if a := f.Amount; a < 0 && f.Method == pos.Rounding { // given back now
			in(-a)
		} else {
			in(a)
		}
	}
	return ok
}

// returnSums: the lines and the refunds both sum to what the head tells.
func (w *walk) returnSums(r *pos.Return) {
	var sum, vat, refunded money.Amount
	for i := range r.Lines {
		sum, vat = sum+r.Lines[i].Sum, vat+r.Lines[i].VAT
	}
	var points int64
	for i := range r.Refunds {
		f := &r.Refunds[i]
		refunded += f.Amount
		switch f.Method {
		case pos.Points:
			points += f.Points
		case pos.Credit:
			w.back.lowered[f.Debt] += f.Amount
		case pos.Exchange:
			w.back.turned[r.Exchange] = append(w.back.turned[r.Exchange], *f)
		}
	}
	if len(r.Lines) == 0 || sum != r.Total || vat != r.VAT || refunded != r.Total {
		w.broken("I7", "check.return-sums", pos.Args{"Number": r.Number})
	}
	turned := r.TurnedOver()
	if tendered := w.back.tendered[r.Exchange]; turned != tendered || (turned != 0 && r.Exchange == "") {
		w.broken("I7", "check.exchange", pos.Args{"Doc": string(r.ID)})
	}
	delete(w.back.tendered, r.Exchange)
	var put, taken int64
	for i := range r.Points {
		m := &r.Points[i]
		if m.Points > 0 {
			put += m.Points
		} else {
			taken -= m.Points
		}
		if m.Fresh == "" {
			w.back.moved[docLot{string(r.ID), m.Lot}] += m.Points
		} else {
			w.back.fresh[m.Fresh] = freshPrint(&pos.Lot{Customer: m.Customer, Sale: m.Sale, Return: r.ID, Points: m.Points,
				At: r.At, ActiveFrom: r.At, Expires: m.Expires})
		}
	}
	if points != r.PointsBack || put != r.PointsRestored || taken != r.PointsTaken || put != points-r.PointsWithheld ||
		r.PointsWithheld < 0 || r.PointsKept < 0 {
		w.broken("I7", "check.return-points", pos.Args{"Number": r.Number})
	}
}

// exchangePoints is what a sale that was paid with a return gave and took in
// points, by its own terms. Before goods that points had paid for stopped earning
// again, it gave as if they had been paid for in money.
func (w *walk) exchangePoints(r *pos.Return) error {
	if r.TurnedOver() == 0 {
		return nil
	}
	to, err := w.origin(r.Exchange)
	if err != nil || to == nil || to.sale.Terms == nil || !bounded(to.sale) {
		return err
	}
	s := to.sale
	worth := money.Amount(s.PointsSpent) * s.Terms.PointValue
	fits := func(b pos.Brought) bool {
		earned, most := s.PointsBy(b)
		return earned == s.PointsEarned && s.PointsSpent <= most && worth == s.Paid(pos.Points)
	}
	if !fits(r.Brought()) && !fits(pos.Brought{}) {
		w.broken("I7", "check.sale-points", pos.Args{"Number": s.Number})
	}
	return nil
}

// returnOrigin: every line is what of its sale came back, no more than was sold;
// every refund is of a payment that was made, no more than that.
func (w *walk) returnOrigin(r *pos.Return) error {
	if r.Sale == "" {
		for i := range r.Lines {
			l := &r.Lines[i]
			want, err := refund.WithoutReceipt(&pos.Line{Price: l.Price, Qty: l.Qty, VAT: l.Rate})
			if err != nil || l.Origin != 0 || want.Sum != l.Sum || want.VAT != l.VAT {
				w.broken("I7", "check.return-line", pos.Args{"Number": r.Number, "Line": l.No})
			}
		}
		return nil
	}
	from, err := w.origin(r.Sale)
	if err != nil {
		return err
	}
	if from == nil || !bounded(from.sale) {
		w.broken("I1", "check.return-sale", pos.Args{"Number": r.Number})
		return nil
	}
	for i := range r.Lines {
		l := &r.Lines[i]
		sold := lineOf(from.sale, l.Origin)
		switch {
		case sold == nil || sold.Product != l.Product:
			w.broken("I7", "check.return-line", pos.Args{"Number": r.Number, "Line": l.No})
		case from.back[l.Origin]+l.Qty > sold.Qty:
			w.broken("I8", "check.return-more", pos.Args{"Number": r.Number, "Line": l.No})
		default:
			if want := refund.Line(sold, from.back[l.Origin], l.Qty); want.Sum != l.Sum || want.VAT != l.VAT {
				w.broken("I7", "check.return-line", pos.Args{"Number": r.Number, "Line": l.No})
			}
		}
		from.back[l.Origin] += l.Qty
	}
	from.refunds = append(from.refunds, r.Refunds...)
	if from.rounded += r.Refunded(pos.Rounding); from.rounded < 0 {
		w.broken("I8", "check.refund-more", pos.Args{"Number": r.Number, "Amount": from.rounded.Neg()})
	}
	for i := range r.Refunds {
		f := &r.Refunds[i]
		if sameSource(from.refunds, f) > w.paid(from.sale, f) {
			w.broken("I8", "check.refund-more", pos.Args{"Number": r.Number, "Amount": f.Amount})
		}
	}
	return nil
}

// returnPoints: no more points go back than were spent on a sale, and no more
// are dealt with than it earned.
func (w *walk) returnPoints(r *pos.Return) error {
	for i := range r.Refunds {
		f := &r.Refunds[i]
		if f.Method != pos.Points || f.Sale == "" {
			continue
		}
		spent, err := w.origin(f.Sale)
		if err != nil {
			return err
		}
		if spent == nil {
			w.broken("I1", "check.return-sale", pos.Args{"Number": r.Number})
			continue
		}
		if spent.points += f.Points; spent.points > spent.sale.PointsSpent {
			w.broken("I8", "check.points-more", pos.Args{"Number": r.Number})
		}
	}
	if from := w.back.origins[r.Sale]; from != nil {
		if from.settled += r.PointsTaken + r.PointsWithheld + r.PointsKept; from.settled > from.sale.PointsEarned {
			w.broken("I8", "check.points-more", pos.Args{"Number": r.Number})
		}
	}
	return nil
}

// origin reads a sale once; nil when it is not there.
func (w *walk) origin(id pos.SaleID) (*origin, error) {
	if o := w.back.origins[id]; o != nil {
		return o, nil
	}
	s, err := w.Sale(id)
	if pos.CodeOf(err) == pos.CodeNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	o := &origin{sale: s, back: refund.Returned{}}
	w.back.origins[id] = o
	return o, nil
}

// paid is what a sale was paid with from the source a refund names.
func (w *walk) paid(s *pos.Sale, f *pos.Refund) money.Amount {
	if f.Sale == s.ID && f.Of.NeedsCertificate() {
		var sum money.Amount
		for i := range s.Tenders {
			if d := &s.Tenders[i]; d.Method == f.Of && d.Certificate == f.Certificate {
				sum += d.Amount
			}
		}
		return sum
	}
	if f.Sale == s.ID {
		return s.Paid(f.Of) + w.back.corrected[s.ID][f.Of]
	}
	return sameSource(w.back.turned[s.ID], f)
}

// sameSource sums the refunds that give back the same payment as f.
func sameSource(all []pos.Refund, f *pos.Refund) money.Amount {
	var sum money.Amount
	for i := range all {
		if r := &all[i]; r.Sale == f.Sale && r.Of == f.Of && r.Certificate == f.Certificate {
			sum += r.Amount
		}
	}
	return sum
}

func lineOf(s *pos.Sale, no int) *pos.SaleLine {
	for i := range s.Lines {
		if l := &s.Lines[i]; l.Line.No == no && !l.Removed && l.Certificate == "" {
			return l
		}
	}
	return nil
}

// correction: it is booked as a pair and moves no more than was paid.
func (w *walk) correction(c *pos.Correction) error {
	w.tells(pos.EventTenderCorrected, string(c.ID), c.At)
	pair := ledger.OfCorrection(c, w.currency, 0)
	w.bookedAs(string(c.ID), c.Shift, pair[:])
	s, err := w.Sale(c.Sale)
	if err != nil && pos.CodeOf(err) != pos.CodeNotFound {
		return err
	}
	if err != nil || c.Check() != nil || c.Amount > money.MaxAmount || !bounded(s) {
		w.broken("I1", "check.correction-sale", pos.Args{"Doc": string(c.ID)})
		return nil
	}
	moved := w.back.corrected[c.Sale]
	if moved == nil {
		moved = map[pos.Method]money.Amount{}
		w.back.corrected[c.Sale] = moved
	}
	moved[c.From] -= c.Amount
	moved[c.To] += c.Amount
	if s.Paid(c.From)+moved[c.From] < 0 {
		w.broken("I8", "check.correction-more", pos.Args{"Number": s.Number})
	}
	for _, side := range []struct {
		method pos.Method
		amount money.Amount
	}{{c.From, -c.Amount}, {c.To, c.Amount}} {
		if side.method.InDrawer() {
			w.cash[c.Shift] += side.amount
		}
	}
	return nil
}

// freshPrint is everything that must not change of a lot that a return made.
func freshPrint(l *pos.Lot) string {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s %s %s %d %d %s", first(l.Customer, l.Origin), l.Sale, l.Return, l.Points, l.At.UnixMilli(), l.Period())
	return fmt.Sprint(h.Sum64())
}

// freshLot compares a lot with the return that made it.
func (w *walk) freshLot(l *pos.Lot) {
	if w.back.fresh[l.ID] != freshPrint(l) {
		w.broken("I12", "check.lot-return", pos.Args{"Lot": string(l.ID)})
	}
	delete(w.back.fresh, l.ID)
}

// returnMove takes a move of a lot off what its return tells of.
func (w *walk) returnMove(m *pos.LotMove) {
	k := docLot{string(m.Sale), m.Lot}
	if n, ok := w.back.moved[k]; ok {
		w.back.moved[k] = n - m.Points
	}
}

// lotsReturned: every move and every lot the returns tell of was there.
func (w *walk) lotsReturned() {
	for k, rest := range w.back.moved {
		if rest != 0 {
			w.broken("I4", "check.lot-moves", pos.Args{"Lot": string(k.lot)})
		}
	}
	for id := range w.back.fresh {
		w.broken("I12", "check.lot-return", pos.Args{"Lot": string(id)})
	}
}
