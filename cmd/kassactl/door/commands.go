package door

// This file holds the commands about the login, the shift, the cheque's payment and
// codes; the table of them all is in table.go.

import (
	"context"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/recovery"
	"kassa/pos/till"
)

// recoveryJSON is the owner's recovery code, told once.
type recoveryJSON struct {
	Code string `json:"recovery_code"`
}

// newRecovery draws a recovery code; the one before is void.
func (s *Session) newRecovery(ctx context.Context, r *request) (any, error) {
	if err := r.done(); err != nil {
		return nil, err
	}
	code, err := s.Till.NewRecovery(ctx, s.actor)
	if err != nil {
		return nil, err
	}
	return recoveryJSON{recovery.Show(code)}, nil
}

// nothing is the result of a command that has none to tell.
type nothing struct{}

func (s *Session) login(ctx context.Context, r *request) (any, error) {
	pin := r.text("pin")
	if err := r.done(); err != nil {
		return nil, err
	}
	a, err := s.Till.Login(ctx, pin)
	if err != nil {
		return nil, err
	}
	s.leave(ctx)
	s.actor = a
	in := loginJSON{Employee: employeeJSON{ID: a.ID, Name: a.Name, Group: a.Group}, Rights: a.Rights}
	if in.Rights == nil {
		in.Rights = []pos.Right{}
	}
	if s.Start != nil {
		in.Start = s.newStart(s.Start)
	}
	if s.Notices != nil {
		for _, e := range s.Notices() {
			in.Notices = append(in.Notices, s.Words.Error(e))
		}
	}
	switch sh, err := s.Till.Shift(ctx); {
	case err == nil:
		in.Shift = newShift(sh)
	case pos.CodeOf(err) != pos.CodeNotFound:
		return nil, err
	}
	return in, nil
}

func (s *Session) logout(ctx context.Context, _ *request) (any, error) {
	if err := s.Till.Logout(ctx, s.actor); err != nil {
		return nil, err
	}
	s.actor = pos.Actor{}
	return nothing{}, nil
}

func (s *Session) openShift(ctx context.Context, r *request) (any, error) {
	float := r.amount("float")
	if err := r.done(); err != nil {
		return nil, err
	}
	sh, err := s.Till.OpenShift(ctx, s.actor, float)
	if err != nil {
		return nil, err
	}
	return struct {
		Shift *shiftJSON `json:"shift"`
	}{newShift(sh)}, nil
}

func (s *Session) closeShift(ctx context.Context, r *request) (any, error) {
	counted := r.amount("counted")
	if err := r.done(); err != nil {
		return nil, err
	}
	rep, err := s.Till.CloseShift(ctx, s.actor, counted)
	if err != nil {
		return nil, err
	}
	return struct {
		reportJSON
		copiesJSON
	}{newReport(rep), s.copies(ctx)}, nil
}

func (s *Session) xReport(ctx context.Context, _ *request) (any, error) {
	return report(s.Till.XReport(ctx, s.actor))
}

func report(rep *pos.ShiftReport, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return newReport(rep), nil
}

func (s *Session) cashIn(ctx context.Context, r *request) (any, error) {
	return s.moveCash(ctx, r, s.Till.CashIn)
}

func (s *Session) cashOut(ctx context.Context, r *request) (any, error) {
	return s.moveCash(ctx, r, s.Till.CashOut)
}

func (s *Session) moveCash(ctx context.Context, r *request,
	move func(context.Context, pos.Actor, money.Amount, string) (*till.CashResult, error)) (any, error) {
	amount, reason := r.amount("amount"), r.text("reason")
	if err := r.done(); err != nil {
		return nil, err
	}
	c, err := move(ctx, s.actor, amount, reason)
	if err != nil {
		return nil, err
	}
	return cashJSON{Amount: amount.String(), Reason: c.Move.Reason, Expected: c.Expected.String()}, nil
}

func (s *Session) customer(ctx context.Context, r *request) (any, error) {
	f := till.FindCustomer{
		ID: pos.CustomerID(r.optional("id")), Phone: r.optional("phone"), Card: r.optional("card"),
	}
	if err := r.done(); err != nil {
		return nil, err
	}
	given := 0
	for _, v := range []string{string(f.ID), f.Phone, f.Card} {
		if v != "" {
			given++
		}
	}
	if given > 1 {
		return nil, pos.E(pos.CodeInvalid, "door.one-customer-field", nil)
	}
	return s.shown(s.Till.SetCustomer(ctx, s.actor, f))
}

func (s *Session) addCustomer(ctx context.Context, r *request) (any, error) {
	n := till.NewCustomer{
		Name: r.text("name"), Phone: r.optional("phone"), Email: r.optional("email"), Card: r.optional("card"),
		Language: r.optional("language"), Group: pos.CustomerGroupID(r.optional("group")),
		Birthday: r.optional("birthday"), Note: r.optional("note"),
	}
	if limit := r.amountIf("credit_limit"); limit != nil {
		n.CreditLimit = *limit
	}
	if err := r.done(); err != nil {
		return nil, err
	}
	c, err := s.Till.AddCustomer(ctx, s.actor, n)
	if err != nil {
		return nil, err
	}
	return newCard(c), nil
}

func (s *Session) customerCard(ctx context.Context, r *request) (any, error) {
	id := pos.CustomerID(r.text("id"))
	if err := r.done(); err != nil {
		return nil, err
	}
	v, err := s.Till.CustomerCard(ctx, s.actor, id)
	if err != nil {
		return nil, err
	}
	return newFullCard(v), nil
}

func (s *Session) spendPoints(ctx context.Context, r *request) (any, error) {
	amount := r.amount("amount")
	if err := r.done(); err != nil {
		return nil, err
	}
	settings := s.Till.Settings()
	value := settings.Rules.PointValue
	if value <= 0 || amount%value != 0 {
		return nil, pos.E(pos.CodeInvalid, "door.whole-points", pos.Args{"Value": value})
	}
	v, c, err := s.Till.SpendPoints(ctx, s.actor, int64(amount/value))
	return s.tendered(ctx, v, c, err)
}

func (s *Session) tender(ctx context.Context, r *request) (any, error) {
	m, amount, sure, merchant := r.method("method"), r.amount("amount"), r.yes("sure", false), r.optional("merchant")
	if err := r.done(); err != nil {
		return nil, err
	}
	switch m {
	case pos.Manual:
		return s.askManual(ctx, merchant, amount)
	case pos.Points:
		return nil, pos.E(pos.CodeInvalid, "door.points-command", nil)
	case pos.ByCertificate:
		return nil, pos.E(pos.CodeInvalid, "door.certificate-command", nil)
	}
	put := s.Till.Tender
	if sure { // somebody looked twice at a sum far beyond what is due
		put = s.Till.TenderSure
	}
	v, c, err := put(ctx, s.actor, m, amount)
	return s.tendered(ctx, v, c, err)
}

// removeTender takes off the tender with that number, or else the last one of
// its method: with an amount, the last one of that amount.
func (s *Session) removeTender(ctx context.Context, r *request) (any, error) {
	m, no, amount := r.method("method"), int(r.wholeIf("tender")), r.amountIf("amount")
	if err := r.done(); err != nil {
		return nil, err
	}
	if no == 0 && amount != nil {
		v, err := s.Till.Cheque(ctx)
		if err != nil {
			return nil, err
		}
		for _, d := range v.Cheque.Tenders {
			if d.Method == m && d.Amount == *amount {
				no = d.No
			}
		}
		if no == 0 {
			return nil, pos.E(pos.CodeNotFound, "tender.none", nil)
		}
	}
	return s.shown(s.Till.RemoveTender(ctx, s.actor, m, no))
}

func (s *Session) enterCode(ctx context.Context, r *request) (any, error) {
	id, code := pos.ChallengeID(r.text("challenge")), r.text("code")
	if err := r.done(); err != nil {
		return nil, err
	}
	c, err := s.Till.EnterCode(ctx, s.actor, id, code)
	if err != nil {
		return nil, err
	}
	out := s.newChallenge(c)
	if out.Message == "" && !c.Confirmed() && !out.Skipped {
		out.Message = s.Words.T("door.code-wrong", pos.Args{"Count": out.AttemptsLeft})
	}
	return out, nil
}

func (s *Session) resendCode(ctx context.Context, r *request) (any, error) {
	id := pos.ChallengeID(r.text("challenge"))
	if err := r.done(); err != nil {
		return nil, err
	}
	c, err := s.Till.ResendCode(ctx, s.actor, id)
	return s.brought(ctx, c, err)
}

func (s *Session) skipCode(ctx context.Context, r *request) (any, error) {
	id, reason := pos.ChallengeID(r.text("challenge")), r.text("reason")
	if err := r.done(); err != nil {
		return nil, err
	}
	return s.told(s.Till.SkipCode(ctx, s.actor, id, reason))
}

func (s *Session) challenge(ctx context.Context, r *request) (any, error) {
	id := pos.ChallengeID(r.text("challenge"))
	if err := r.done(); err != nil {
		return nil, err
	}
	return s.told(s.Till.Code(ctx, s.actor, id))
}

func (s *Session) told(c *till.CodeView, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return s.newChallenge(c), nil
}

// brought sends the code that an operation placed, and tells how it stands
// then: whoever is at the door places and brings in one command.
func (s *Session) brought(ctx context.Context, c *till.CodeView, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return s.told(s.Till.BringCode(ctx, s.actor, c.ID, nil))
}

// tendered is the cheque with the challenge of the tender just made, if any,
// once its code is sent.
func (s *Session) tendered(ctx context.Context, v *till.ChequeView, c *till.CodeView, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	if c == nil {
		return s.newCheque(v), nil
	}
	if c, err = s.Till.BringCode(ctx, s.actor, c.ID, nil); err != nil {
		return nil, err
	}
	if v, err = s.Till.Cheque(ctx); err != nil {
		return nil, err
	}
	out := s.newCheque(v)
	out.Challenge = s.newChallenge(c)
	return out, nil
}

// shown is the cheque as the result of a command.
func (s *Session) shown(v *till.ChequeView, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return s.newCheque(v), nil
}
