package counter

import (
	"context"
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/integration"
	"kassa/pos/money"
	"kassa/pos/till/clients"
	"kassa/pos/till/internal/desk"
)

// CodeView is a customer's code as whoever asks for it is shown it. The code,
// its hash and the whole number it goes to are in none of it. Times are zero
// where what they tell of will not come.
type CodeView struct {
	ID        pos.ChallengeID
	Operation confirm.Operation
	State     confirm.State
	Amount    money.Amount
	Points    int64
	Total     money.Amount // of the cheque
	Customer  string       // name
	NewPhone  string       // of confirm.ChangePhone, masked; "" to have none
	Phone     string       // masked
	Rungs     []Rung       // the ways it goes, the first tried first; the last is the one in use

	Digits       int // of the code to enter; 0 while nobody knows it
	Sends        int // messages attempted so far
	Tries        int // wrong entries that end it
	AttemptsLeft int
	ExpiresAt    time.Time
	ResendAt     time.Time // no further message before
	SkipAt       time.Time // from then on going on without the code is offered
	MaySkip      bool      // to this employee
	Skipped      bool      // somebody went on without the code
	ReasonID     string    // why it failed or ended, "" when all is well
	ReasonArgs   pos.Args
}

// Rung is one way by which a code goes to the customer.
type Rung struct {
	By        integration.Way
	Provider  string        // "smsru", "" for none
	State     confirm.State // of the message that went this way
	MessageID string        // the provider's id of it, once it has one
	At        time.Time     // when it was sent
}

// Coming reports a message that is to be sent or on its way to the provider.
func (v *CodeView) Coming() bool { return v.State == confirm.Created || v.State == confirm.Sending }

// Over reports a code that can confirm nothing any more.
func (v *CodeView) Over() bool { return v.State.Ended() }

// Confirmed reports that the operation may go on, or has: the right code was
// entered, or somebody went on without it.
func (v *CodeView) Confirmed() bool {
	changed := v.Operation == confirm.ChangePhone && v.State == confirm.Consumed // at once, with the right code
	skipped := v.Skipped && !v.Over() && v.State != confirm.Expired
	return v.State == confirm.Verified || changed || skipped
}

// ShowCode is a challenge of a customer as an employee is shown it.
func ShowCode(ch *confirm.Challenge, customer string, a pos.Actor) CodeView {
	return CodeView{
		ID: ch.ID, Operation: ch.Operation, State: ch.State, Amount: ch.Amount, Points: ch.Points, Total: ch.Total,
		Customer: customer, Phone: clients.MaskPhone(ch.Phone), NewPhone: clients.MaskPhone(ch.NewPhone),
		Rungs: []Rung{{By: integration.Way(ch.Channel), Provider: ch.Provider, State: ch.State, MessageID: ch.MessageID,
			At: ch.SentAt}},
		Digits: ch.Digits, Sends: ch.Sends, Tries: ch.Tries(), AttemptsLeft: ch.AttemptsLeft(),
		ExpiresAt: ch.ExpiresAt, ResendAt: ch.ResendFrom(), SkipAt: ch.SkipFrom(),
		MaySkip: a.Can(skipRight(ch.Operation)), Skipped: ch.Override != nil,
		ReasonID: ch.ReasonID, ReasonArgs: ch.ReasonArgs,
	}
}

// Code tells how a customer's code stands now (expired ones included), as the
// employee is shown it.
func (t *Till) Code(ctx context.Context, a pos.Actor, id pos.ChallengeID) (*CodeView, error) {
	var v *CodeView
	err := t.desk.Look(ctx, a, "", func(o *Op) error {
		ch, err := o.challengeOf(id)
		if err != nil {
			return err
		}
		ch.Lapse(o.Steady)
		v, err = o.showCode(ch)
		return err
	})
	return desk.OrNil(v, err)
}

// showCode is ShowCode for who acts.
func (o *Op) showCode(ch *confirm.Challenge) (*CodeView, error) {
	c, err := o.Customer(ch.Customer)
	if err != nil {
		return nil, err
	}
	v := ShowCode(ch, c.Name, o.Actor)
	for _, t := range []*time.Time{&v.Rungs[0].At, &v.ExpiresAt, &v.ResendAt, &v.SkipAt} {
		*t = o.Shown(*t)
	}
	return &v, nil
}

// onTheWall is a challenge with its times as the computer's clock shows them, for
// who compares them with that. It is not to be stored.
func (o *Op) onTheWall(ch *confirm.Challenge) confirm.Challenge {
	shown := *ch
	times := []*time.Time{&shown.CreatedAt, &shown.SentAt, &shown.ExpiresAt, &shown.ResendAt, &shown.VerifiedAt}
	if ch.Override != nil {
		shown.Override = new(*ch.Override)
		times = append(times, &shown.Override.At)
	}
	for _, t := range times {
		*t = o.Shown(*t)
	}
	return shown
}

// skipRight is the right to go on without the code of an operation.
func skipRight(op confirm.Operation) pos.Right {
	switch op {
	case confirm.SpendPoints:
		return pos.RightSkipPoints
	case confirm.ChangePhone:
		return pos.RightSkipPhone
	}
	return pos.RightSkipCredit
}
