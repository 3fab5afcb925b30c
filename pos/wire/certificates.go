package wire

import (
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// CertificateIssued tells "certificate.issued": one made without a sale. One that
// is sold stands in its sale.
type CertificateIssued struct {
	Head
	Number   string `json:"number"`
	Amount   int64  `json:"amount_minor"`
	Currency string `json:"currency,omitempty"` // not told in version 0
	Employee string `json:"employee"`
	At       int64  `json:"at_ms"`
	Expires  int64  `json:"expires_ms,omitempty"`
	Reason   string `json:"reason"`
	Digest   string `json:"digest,omitempty"` // not told in version 0
}

// OfIssue tells a certificate that was issued; digest is the one it is booked
// with.
func OfIssue(c *pos.Certificate, digest string, in money.Currency) *CertificateIssued {
	return &CertificateIssued{Head: now(), Number: c.Number, Amount: int64(c.Amount), Currency: string(in), Employee: string(c.IssuedBy),
		At: ms(c.IssuedAt), Expires: ms(c.Expires), Reason: c.Note, Digest: digest}
}

// EventKind implements Payload.
func (*CertificateIssued) EventKind() pos.EventKind { return pos.EventCertificateIssued }

// Subject implements Payload.
func (p *CertificateIssued) Subject() string { return p.Number }

// Object implements Payload.
func (p *CertificateIssued) Object() string { return p.Number }

func (p *CertificateIssued) lacks() string { return empty("number", p.Number) }

// CertificateBlocked tells "certificate.blocked": a certificate cannot be used
// any more, or can again.
type CertificateBlocked struct {
	Head
	Number   string `json:"number"`
	State    string `json:"state"` // "blocked" or "active"
	Reason   string `json:"reason,omitempty"`
	Employee string `json:"employee,omitempty"` // not told in version 0
	At       int64  `json:"at_ms"`
}

// OfBlock tells the state a certificate was put into, and why.
func OfBlock(c *pos.Certificate, reason string, by Act) *CertificateBlocked {
	return &CertificateBlocked{Head: now(), Number: c.Number, State: string(c.State), Reason: reason, Employee: string(by.Employee), At: ms(by.At)}
}

// EventKind implements Payload.
func (*CertificateBlocked) EventKind() pos.EventKind { return pos.EventCertificateBlocked }

// Subject implements Payload.
func (p *CertificateBlocked) Subject() string { return p.Number }

// Object implements Payload.
func (p *CertificateBlocked) Object() string { return p.Number }

func (p *CertificateBlocked) lacks() string { return empty("number", p.Number, "state", p.State) }

// CertificateLapsed tells "certificate.lapsed": what nobody spent in time became
// income.
type CertificateLapsed struct {
	Head
	Number   string `json:"number"`
	Amount   int64  `json:"amount_minor"`
	Currency string `json:"currency,omitempty"` // not told in version 0
	Employee string `json:"employee,omitempty"` // not told in version 0
	At       int64  `json:"at_ms"`
}

// OfLapse tells what was left on a certificate when it lapsed.
func OfLapse(number string, left money.Amount, by Act) *CertificateLapsed {
	return &CertificateLapsed{Head: now(), Number: number, Amount: int64(left), Currency: string(by.Currency), Employee: string(by.Employee),
		At: ms(by.At)}
}

// EventKind implements Payload.
func (*CertificateLapsed) EventKind() pos.EventKind { return pos.EventCertificateLapsed }

// Subject implements Payload.
func (p *CertificateLapsed) Subject() string { return p.Number }

// Object implements Payload.
func (p *CertificateLapsed) Object() string { return p.Number }

func (p *CertificateLapsed) lacks() string { return empty("number", p.Number) }

// Certificates as they were told before there were versions: the number of one
// that was blocked or lapsed stood beside the payload alone.
type (
	certificateV0 struct {
		Number, IssuedBy, Note string
		Amount                 int64
		IssuedAt, Expires      time.Time
	}
	certificateStateV0 struct {
		State string `json:"state"`
	}
	certificateRestV0 struct {
		Amount int64 `json:"amount_minor"`
	}
)

func certificateIssuedBefore(_ *pos.OutboxMessage, c *certificateV0) Payload {
	return &CertificateIssued{Number: c.Number, Amount: c.Amount, Employee: c.IssuedBy, At: ms(c.IssuedAt), Expires: ms(c.Expires), Reason: c.Note}
}

func certificateBlockedBefore(m *pos.OutboxMessage, c *certificateStateV0) Payload {
	return &CertificateBlocked{Number: m.Subject, State: c.State, At: ms(m.At)}
}

func certificateLapsedBefore(m *pos.OutboxMessage, c *certificateRestV0) Payload {
	return &CertificateLapsed{Number: m.Subject, Amount: c.Amount, At: ms(m.At)}
}
