package counter

import (
	"context"
	"strconv"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/money"
)

// SpendPoints makes points a tender, replacing earlier ones of this cheque.
// Where a code is required, the tender waits for it: the code comes back as
// placed, and BringCode sends it; otherwise it is nil. CodeLimit beyond what the
// customer has or the cheque may take, CodeInvalid without customer or phone,
// CodeWait when the phone was asked too often or the
// code before was guessed at (Args "Until").
func (t *Till) SpendPoints(ctx context.Context, a pos.Actor, points int64) (*ChequeView, *CodeView, error) {
	return t.protect(ctx, a, request{operation: confirm.SpendPoints, points: points})
}

// request asks for a tender that belongs to a customer.
type request struct {
	operation confirm.Operation
	points    int64        // of SpendPoints
	amount    money.Amount // of SellCredit
}

func (r request) method() pos.Method { return methodOf(r.operation) }

func (r request) right() pos.Right { return r.method().Right() }

func methodOf(op confirm.Operation) pos.Method {
	if op == confirm.SpendPoints {
		return pos.Points
	}
	return pos.Credit
}

// plan is a request that every rule allows, not yet stored.
type plan struct {
	cheque    *pos.Cheque
	customer  *pos.Customer
	tender    pos.Tender
	challenge *confirm.Challenge // nil where no code is required
}

// protect puts a customer's tender on the cheque and, where one is required,
// places the code for it.
func (t *Till) protect(ctx context.Context, a pos.Actor, r request) (*ChequeView, *CodeView, error) {
	id := pos.ChallengeID(t.desk.NewID())
	var v *ChequeView
	var code *CodeView
	err := t.desk.ChangeOrRefuse(ctx, a, r.right(), func(o *Op) (refused, err error) {
		v, code = nil, nil
		p, err := o.plan(r, id)
		if err != nil {
			return nil, err
		}
		if p.challenge != nil {
			if refused, err := o.phoneLimit(p.challenge); refused != nil || err != nil {
				return refused, err
			}
		}
		if old := p.cheque.Tender(r.method()); old != nil {
			if err := o.TakeOff(p.cheque, *old, "code.revoked-amount"); err != nil {
				return nil, err
			}
		}
		if p.challenge != nil {
			if err := o.place(p.challenge); err != nil {
				return nil, err
			}
			code = new(ShowCode(p.challenge, p.customer.Name, a))
		}
		if err := o.AddTender(p.cheque, p.tender); err != nil {
			return nil, err
		}
		v, err = o.View(p.cheque)
		return nil, err
	})
	if err != nil {
		return nil, nil, err
	}
	return v, code, nil
}

// plan asks every rule whether the request is allowed now.
func (o *Op) plan(r request, id pos.ChallengeID) (*plan, error) {
	c, _, err := o.ChequeToPay()
	if err != nil {
		return nil, err
	}
	if c.Customer == "" {
		return nil, pos.E(pos.CodeInvalid, string(r.operation)+".no-customer", nil)
	}
	figures, err := o.price(c)
	if err != nil {
		return nil, err
	}
	p := &plan{cheque: c, customer: figures.buyer, tender: pos.Tender{No: c.NextTender(), Method: r.method()}}
	s, err := o.clients.StateOf(p.customer)
	if err != nil {
		return nil, err
	}
	if err := p.customer.CheckHold(o.Steady); err != nil {
		return nil, o.ShownIn(err)
	}
	if err := o.clients.Untouched(p.customer); err != nil {
		return nil, err
	}
	if err := o.CodesDecided(); err != nil {
		return nil, err
	}
	totals, rules := figures.Totals, figures.rules
	coded := o.Settings.Confirm(r.method()).Asks()
	if r.operation == confirm.SpendPoints {
		if coded && p.customer.Phone == "" {
			return nil, pos.E(pos.CodeInvalid, "points.no-phone", pos.Args{"Name": p.customer.Name})
		}
		if err := checkPoints(totals, s, rules, r.points); err != nil {
			return nil, err
		}
		if room := pointsRoom(c, totals, s, rules); r.points > room {
			return nil, pos.E(pos.CodeLimit, "points.over-due", pos.Args{"Max": room})
		}
		p.tender.Points = r.points
		p.tender.Amount = money.Amount(r.points) * rules.PointValue
	} else {
		if err := checkCredit(c, totals, s, r.amount); err != nil {
			return nil, err
		}
		p.tender.Amount = r.amount
	}
	if err := o.DemandSum(r.right(), p.tender.Amount); err != nil {
		return nil, err
	}
	if coded {
		err = o.challenge(p, r, id, totals.Total)
	}
	return p, err
}

// checkPoints tells whether the customer has so many points and the cheque may
// take them, whatever other tenders pay.
func checkPoints(t pos.Totals, s *pos.CustomerState, r pos.Rules, n int64) error {
	switch {
	case r.PointValue <= 0:
		return pos.E(pos.CodeConflict, "points.off", nil)
	case n <= 0:
		return pos.E(pos.CodeInvalid, "points.not-positive", nil)
	case n > s.Points:
		return pos.E(pos.CodeLimit, "points.too-few", pos.Args{"Have": s.Points, "Asked": n})
	case t.MaxPoints == 0 && t.Prepaid > 0 && t.Prepaid == t.Total: // nothing but certificates
		return pos.E(pos.CodeConflict, "certificate.pays-certificate", nil)
	case n > t.MaxPoints:
		return pos.E(pos.CodeLimit, "points.over-cheque", pos.Args{"Max": t.MaxPoints})
	}
	return nil
}

// pointsRoom is the most points a customer may spend on the cheque, in place of
// those on it now: bounded by the cheque, by what the customer has and by what
// other tenders leave to pay.
func pointsRoom(c *pos.Cheque, t pos.Totals, s *pos.CustomerState, r pos.Rules) int64 {
	if r.PointValue <= 0 {
		return 0
	}
	return min(t.MaxPoints, s.Points, int64(dueWithout(c, t, pos.Points)/r.PointValue))
}

// checkCredit tells whether the customer may owe the amount.
func checkCredit(c *pos.Cheque, t pos.Totals, s *pos.CustomerState, amount money.Amount) error {
	due := dueWithout(c, t, pos.Credit)
	switch {
	case amount <= 0:
		return pos.E(pos.CodeInvalid, "amount.not-positive", nil)
	case due == 0 && t.Due > 0 && t.Prepaid > 0: // what is due still buys the certificate
		return pos.E(pos.CodeConflict, "certificate.pays-certificate", nil)
	case due == 0:
		return pos.E(pos.CodeConflict, "tender.nothing-due", nil)
	case amount > due:
		return pos.E(pos.CodeInvalid, "tender.no-change", pos.Args{"Due": due})
	}
	return pos.CheckCredit(*s, amount)
}

// dueWithout is what would be due without the tenders of a method. For a method
// that is no money of its own (points, credit, certificates) gift certificates on
// the cheque are left out: only money pays for those.
func dueWithout(c *pos.Cheque, t pos.Totals, m pos.Method) money.Amount {
	var others, promises money.Amount
	for _, d := range c.Tenders {
		if d.Method == m {
			continue
		}
		others = others.Add(d.Amount)
		if d.Method.Promise() {
			promises = promises.Add(d.Amount)
		}
	}
	due := t.Total.Sub(others)
	if m.Promise() {
		due = min(due, t.Total.Sub(t.Prepaid).Sub(promises))
	}
	return max(due, 0)
}

// challenge adds to a plan the challenge that binds the code to it.
func (o *Op) challenge(p *plan, r request, id pos.ChallengeID, total money.Amount) error {
	ch := &confirm.Challenge{
		ID: id, Sale: p.cheque.ID, Operation: r.operation, Customer: p.customer.ID, Phone: p.customer.Phone,
		Amount: p.tender.Amount, Points: p.tender.Points, Total: total, Cashier: o.Actor.ID,
		CreatedAt: o.Steady,
	}
	var err error
	ch.Digest, err = o.bindingOf(ch)
	p.challenge, p.tender.Challenge = ch, id
	return err
}

// phoneLimit refuses one more message to a phone that got too many, or whose last
// code was guessed at until it was dead, and leaves that in the trail.
func (o *Op) phoneLimit(ch *confirm.Challenge) (refused, err error) {
	sends, err := o.SendsTo(ch.Phone, o.Steady.Add(-confirm.PhoneSpan))
	if err != nil {
		return nil, err
	}
	dead, err := o.guessedAt(ch, sends)
	if err != nil {
		return nil, err
	}
	if refused = confirm.CheckPhone(sends, o.Steady); refused == nil {
		refused = confirm.CheckDead(dead, o.Steady)
	}
	if refused == nil {
		return nil, nil
	}
	return o.ShownIn(refused), o.clients.NoteCode(pos.EventCodeLimited, ch, nil)
}

// guessedAt are the codes for the same operation of the same phone, among those
// sent, that ended with too many wrong entries.
func (o *Op) guessedAt(ch *confirm.Challenge, sends []confirm.Send) ([]confirm.Challenge, error) {
	var dead []confirm.Challenge
	seen := map[pos.ChallengeID]bool{ch.ID: true}
	for _, s := range sends {
		if seen[s.Challenge] {
			continue
		}
		seen[s.Challenge] = true
		was, err := o.Challenge(s.Challenge)
		if err != nil {
			return nil, err
		}
		if was.State == confirm.Dead && was.Operation == ch.Operation {
			dead = append(dead, *was)
		}
	}
	return dead, nil
}

// place stores that a message is to be brought, by the first way of the
// settings. Nothing has left yet, and a crash leaves behind what never will. Where
// the shop has chosen nobody to bring it, it is settled at once as not sent.
func (o *Op) place(ch *confirm.Challenge) error {
	if err := o.CodesDecided(); err != nil {
		return err
	}
	route := o.route()
	ch.Place(route, o.Steady)
	if route.Nobody {
		ch.Refuse(confirm.NoProvider, nil)
	}
	if err := o.PutChallenge(ch); err != nil {
		return err
	}
	if route.Nobody {
		return o.clients.NoteSent(ch.State, ch, map[string]string{"reason": ch.ReasonID})
	}
	return o.clients.NoteCode(pos.EventCodeCreated, ch, map[string]string{"number": strconv.Itoa(ch.Sends + 1)})
}

// route is how a code would go now: by the first way of the settings.
func (o *Op) route() confirm.Route { return o.t.desk.Sender.Route(confirm.Ways(&o.Settings)[0]) }
