package door

import (
	"context"
	"time"

	"kassa/pos"
	"kassa/pos/till"
)

// certificateJSON is a gift certificate as it is told.
type certificateJSON struct {
	Number  string               `json:"number"`
	State   pos.CertificateState `json:"state"`
	Amount  string               `json:"amount"` // what it was sold or issued for
	Left    string               `json:"left"`
	Expires *Timestamp           `json:"expires"` // null: never
	Moves   []certificateMove    `json:"moves,omitempty"`
}

type certificateMove struct {
	At     *Timestamp `json:"at"`
	Kind   string     `json:"kind"`
	Sale   int64      `json:"sale,omitempty"` // its number
	Amount string     `json:"amount"`
}

func newCertificate(c *pos.CertificateBalance) *certificateJSON {
	return &certificateJSON{Number: c.Number, State: c.State, Amount: c.Amount.String(), Left: c.Left.String(), Expires: Stamp(c.Expires)}
}

// sellCertificate adds one to the cheque: number (optional), amount, expires
// (optional, a date).
func (s *Session) sellCertificate(ctx context.Context, r *request) (any, error) {
	n, err := s.newCertificate(r)
	if err != nil {
		return nil, err
	}
	return s.shown(s.Till.SellCertificate(ctx, s.actor, n))
}

// issueCertificate makes one without a sale, with a reason.
func (s *Session) issueCertificate(ctx context.Context, r *request) (any, error) {
	reason := r.text("reason")
	n, err := s.newCertificate(r)
	if err != nil {
		return nil, err
	}
	c, err := s.Till.IssueCertificate(ctx, s.actor, n, reason)
	if err != nil {
		return nil, err
	}
	return newCertificate(c), nil
}

func (s *Session) newCertificate(r *request) (till.NewCertificate, error) {
	n := till.NewCertificate{Number: r.optional("number"), Amount: r.amount("amount"), Expires: r.dayIf("expires")}
	if err := r.done(); err != nil {
		return n, err
	}
	n.Name = s.Words.T("certificate.line", nil)
	return n, nil
}

// payCertificate is a tender by a certificate's number; without an amount it
// takes all it can.
func (s *Session) payCertificate(ctx context.Context, r *request) (any, error) {
	number, amount := r.text("number"), r.amountIf("amount")
	if err := r.done(); err != nil {
		return nil, err
	}
	if amount == nil {
		return s.shown(s.Till.PayCertificate(ctx, s.actor, number, 0))
	}
	if *amount <= 0 {
		return nil, pos.E(pos.CodeInvalid, "amount.not-positive", nil)
	}
	return s.shown(s.Till.PayCertificate(ctx, s.actor, number, *amount))
}

func (s *Session) certificate(ctx context.Context, r *request) (any, error) {
	number := r.text("number")
	if err := r.done(); err != nil {
		return nil, err
	}
	v, err := s.Till.Certificate(ctx, s.actor, number)
	if err != nil {
		return nil, err
	}
	out := newCertificate(&v.CertificateBalance)
	for _, m := range v.Moves {
		out.Moves = append(out.Moves, certificateMove{At: Stamp(m.At), Kind: m.Kind, Sale: m.Number, Amount: m.Amount.String()})
	}
	return out, nil
}

// blockCertificate blocks a lost one, or with "free" makes it good again.
func (s *Session) blockCertificate(ctx context.Context, r *request) (any, error) {
	number, reason, free := r.text("number"), r.text("reason"), r.flag("free")
	if err := r.done(); err != nil {
		return nil, err
	}
	c, err := s.Till.BlockCertificate(ctx, s.actor, number, reason, free)
	if err != nil {
		return nil, err
	}
	return newCertificate(c), nil
}

// dayIf reads a date YYYY-MM-DD as the last moment of that day; the zero time
// when it is not given.
func (r *request) dayIf(name string) time.Time {
	if !r.given(name) {
		return time.Time{}
	}
	t, err := time.ParseInLocation(time.DateOnly, r.text(name), time.Local)
	if err != nil {
		r.fail("door.field-date", name)
		return time.Time{}
	}
	return pos.EndOfDay(t)
}
