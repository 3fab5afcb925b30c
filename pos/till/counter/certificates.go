package counter

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
	"kassa/pos/wire"
)

// NewCertificate is a gift certificate to be sold or issued.
type NewCertificate struct {
	Number  string // as printed or scanned; "" lets the till make one
	Amount  money.Amount
	Expires time.Time // the last moment it counts; zero: as the shop's settings say
	Endless bool      // never ends, whatever the settings say
	Name    string    // of the cheque's line before its number, in the language of the receipt
}

// CertificateView is a certificate with its movements, newest first.
type CertificateView struct {
	pos.CertificateBalance
	Moves []pos.CertificateMove
}

// certificateRows bounds what one look at a certificate reads.
const certificateRows = 200

// SellCertificate adds a gift certificate to the open cheque. It becomes good for
// payment when the sale is finished, in the same transaction. CodeConflict when
// the number is taken or on the cheque already, and in an exchange: goods that
// were paid for with points or on credit would come back as money.
func (t *Till) SellCertificate(ctx context.Context, a pos.Actor, n NewCertificate) (*ChequeView, error) {
	var v *ChequeView
	err := t.desk.Change(ctx, a, pos.RightSellCert, func(o *Op) error {
		if err := o.Demand(pos.RightSell); err != nil {
			return err
		}
		if _, err := o.drawer.WorkingShift(); err != nil {
			return err
		}
		c, err := o.CurrentCheque()
		if err != nil {
			return err
		}
		if c.Exchange() != nil {
			return inExchange()
		}
		cert, err := o.draftCertificate(n)
		if err != nil {
			return err
		}
		if step := o.Settings.Rules.RoundingStep; money.RoundDown(cert.Amount, step) != cert.Amount {
			return pos.E(pos.CodeInvalid, "certificate.step", pos.Args{"Step": step})
		}
		for i := range c.Lines {
			if l := &c.Lines[i]; !l.Removed && l.Certificate == cert.Number {
				return pos.E(pos.CodeConflict, "certificate.on-cheque", pos.Args{"Number": cert.Number})
			}
		}
		before := snapshotOf(c)
		if err := o.start(c); err != nil {
			return err
		}
		if err := o.ringUp(c, certificateLine(cert, n.Name)); err != nil {
			return err
		}
		v, err = o.settle(c, before)
		return err
	})
	return desk.OrNil(v, err)
}

// inExchange refuses to give a certificate for goods that come back: they may
// have been paid for with a promise, and only money buys a certificate.
func inExchange() error { return pos.E(pos.CodeConflict, "certificate.in-exchange", nil) }

// certificateLine is the line that sells a certificate: a prepayment, which has
// no tax and earns nothing.
func certificateLine(c *pos.Certificate, name string) *pos.Line {
	return &pos.Line{Name: strings.TrimSpace(name + " " + c.Number), Price: c.Amount, ListPrice: c.Amount, Qty: money.One, VAT: pos.NoVAT,
		Flags:       pos.ProductFlags{NoEarn: true, NoPoints: true, NoOffers: true},
		Certificate: c.Number, Expires: c.Expires}
}

// draftCertificate is the new certificate, checked; its number is free.
func (o *Op) draftCertificate(n NewCertificate) (*pos.Certificate, error) {
	c := &pos.Certificate{Number: pos.TidyCertificateNumber(n.Number), Amount: n.Amount, Expires: n.Expires,
		IssuedAt: o.At, IssuedBy: o.Actor.ID, State: pos.CertificateActive}
	if c.Expires.IsZero() && !n.Endless {
		c.Expires = o.Settings.Certificates.EndsAt(o.At)
	}
	var err error
	if c.Number == "" {
		if c.Number, err = o.freeCertificateNumber(); err != nil {
			return nil, err
		}
	}
	if err := c.Check(o.At); err != nil {
		return nil, err
	}
	_, err = o.Tx.Certificate(c.Number, o.Settings.Currency)
	switch {
	case err == nil:
		return nil, pos.E(pos.CodeConflict, "certificate.number-taken", pos.Args{"Number": c.Number})
	case pos.CodeOf(err) != pos.CodeNotFound:
		return nil, err
	}
	return c, nil
}

// freeCertificateNumber draws numbers until one is free; among ten thousand
// billion the first one is.
func (o *Op) freeCertificateNumber() (string, error) {
	for range 10 {
		var random [pos.CertificateDigits - 1]byte
		if err := randomDigits(random[:]); err != nil {
			return "", err
		}
		number := pos.NewCertificateNumber(random)
		if _, err := o.Tx.Certificate(number, o.Settings.Currency); pos.CodeOf(err) == pos.CodeNotFound {
			return number, nil
		}
	}
	return "", pos.E(pos.CodeInternal, "till.internal", nil)
}

// randomDigits fills b with digits 0…9 nobody can foretell, each as likely.
func randomDigits(b []byte) error {
	buf := make([]byte, 4*len(b))
	for i := 0; i < len(b); {
		if _, err := rand.Read(buf); err != nil {
			return err
		}
		for _, r := range buf {
			if r < 250 && i < len(b) { // 250…255 would make the low digits likelier
				b[i] = r % 10
				i++
			}
		}
	}
	return nil
}

// IssueCertificate makes a certificate without a sale: a prize, a compensation, or
// one from before this till. The reason is required and kept with it; beyond the
// group's cap it takes an approval.
func (t *Till) IssueCertificate(ctx context.Context, a pos.Actor, n NewCertificate, reason string) (*pos.CertificateBalance, error) {
	var made *pos.CertificateBalance
	err := t.desk.Change(ctx, a, pos.RightIssueCert, func(o *Op) error {
		c, err := o.draftCertificate(n)
		if err != nil {
			return err
		}
		if c.Note, err = desk.NeedReason(reason); err != nil {
			return err
		}
		if err := o.DemandSum(pos.RightIssueCert, c.Amount); err != nil {
			return err
		}
		if err := o.PutCertificate(c); err != nil {
			return err
		}
		digest := c.Digest()
		if err := o.BookDoc(ledger.KindCertificateIssue, c.Number, digest, "",
			o.Money(ledger.CertificatesGiven, c.Amount), o.Money(ledger.CertificateOf(c.Number), c.Amount.Neg())); err != nil {
			return err
		}
		made = &pos.CertificateBalance{Certificate: *c, Left: c.Amount}
		if err := o.Tell(wire.OfIssue(c, digest, o.Settings.Currency)); err != nil {
			return err
		}
		return o.Note(pos.EventCertificateIssued, c.Number, map[string]string{"amount": desk.Minor(c.Amount), "reason": c.Note})
	})
	return desk.OrNil(made, err)
}

// BlockCertificate makes a certificate unusable, lost ones above all; with free
// it is good again. The reason is required. CodeConflict when it is so already
// or has lapsed.
func (t *Till) BlockCertificate(ctx context.Context, a pos.Actor, number, reason string, free bool) (*pos.CertificateBalance, error) {
	to := pos.CertificateBlocked
	if free {
		to = pos.CertificateActive
	}
	var done *pos.CertificateBalance
	err := t.desk.Change(ctx, a, pos.RightBlockCert, func(o *Op) error {
		c, err := o.Tx.Certificate(pos.TidyCertificateNumber(number), o.Settings.Currency)
		if err != nil {
			return err
		}
		why, err := desk.NeedReason(reason)
		if err != nil {
			return err
		}
		if c.State == to || c.State == pos.CertificateLapsed {
			return pos.E(pos.CodeConflict, "certificate.state-already", nil)
		}
		if c.State, c.Reason = to, why; free {
			c.Reason = ""
		}
		done = c
		if err := o.setCertificate(c, why); err != nil {
			return err
		}
		return o.Tell(wire.OfBlock(&c.Certificate, why, o.Act()))
	})
	return desk.OrNil(done, err)
}

func (o *Op) setCertificate(c *pos.CertificateBalance, why string) error {
	if err := o.SetCertificateState(c.Number, c.State, c.Reason); err != nil {
		return err
	}
	return o.Note(pos.EventCertificateBlocked, c.Number, map[string]string{"state": string(c.State), "reason": why})
}

// LapseCertificate books what nobody spent on an expired certificate as income.
// CodeConflict while it has not expired, is blocked, or has nothing left.
func (t *Till) LapseCertificate(ctx context.Context, a pos.Actor, number string) (*pos.CertificateBalance, error) {
	var done *pos.CertificateBalance
	err := t.desk.Change(ctx, a, pos.RightIssueCert, func(o *Op) error {
		c, err := o.Tx.Certificate(pos.TidyCertificateNumber(number), o.Settings.Currency)
		if err != nil {
			return err
		}
		switch {
		case c.State == pos.CertificateBlocked:
			return c.Takes(o.Due())
		case c.Left <= 0:
			return pos.E(pos.CodeConflict, "certificate.spent", pos.Args{"Number": pos.MaskCertificate(c.Number)})
		case !c.Expired(o.Due()):
			return pos.E(pos.CodeConflict, "certificate.not-expired", pos.Args{"Expires": c.Expires})
		}
		if err := o.BookDoc(ledger.KindCertificateLapse, c.Number, c.Digest(), "",
			o.Money(ledger.CertificateOf(c.Number), c.Left), o.Money(ledger.CertificatesLapsed, c.Left.Neg())); err != nil {
			return err
		}
		left := c.Left
		c.State, c.Left = pos.CertificateLapsed, 0
		if err := o.SetCertificateState(c.Number, c.State, ""); err != nil {
			return err
		}
		done = c
		if err := o.Tell(wire.OfLapse(c.Number, left, o.Act())); err != nil {
			return err
		}
		return o.Note(pos.EventCertificateLapsed, c.Number, map[string]string{"amount": desk.Minor(left)})
	})
	return desk.OrNil(done, err)
}

// Certificates lists the certificates whose number holds the text, newest first.
// It takes the right to issue, to block or to see reports: whoever reads a number
// could spend it.
func (t *Till) Certificates(ctx context.Context, a pos.Actor, text string, limit int) ([]pos.CertificateBalance, error) {
	var list []pos.CertificateBalance
	err := t.desk.Look(ctx, a, "", func(o *Op) (err error) {
		if err := o.DemandAny(pos.RightIssueCert, pos.RightBlockCert, pos.RightReports); err != nil {
			return err
		}
		if len(text) > pos.MaxBarcodeRunes {
			return pos.E(pos.CodeInvalid, "certificate.number-length", pos.Args{"Min": 1, "Max": pos.MaxCertificateRunes})
		}
		list, err = o.Tx.Certificates(pos.TidyCertificateNumber(text), o.Settings.Currency, desk.ClampLimit(limit))
		return err
	})
	return list, err
}

// Certificate is one certificate with its movements, for whoever may sell: the
// answer to "how much is left on it". Numbers nobody knows are counted, and after
// some of them the till answers CodeWait: a number must not be found by trying.
func (t *Till) Certificate(ctx context.Context, a pos.Actor, number string) (*CertificateView, error) {
	var v *CertificateView
	err := t.desk.ChangeOrRefuse(ctx, a, pos.RightSell, func(o *Op) (refused, err error) {
		c, refused, err := o.tryCertificate(number)
		if refused != nil || err != nil {
			return refused, err
		}
		v = &CertificateView{CertificateBalance: *c}
		v.Moves, err = o.CertificateMoves(c.Number, certificateRows)
		return nil, err
	})
	return desk.OrNil(v, err)
}

// activate makes the certificates a sale sold good for payment.
func (o *Op) activate(s *pos.Sale) error {
	for i := range s.Lines {
		l := &s.Lines[i].Line
		if l.Certificate == "" || l.Removed {
			continue
		}
		if err := o.PutCertificate(pos.SoldCertificate(s, l)); err != nil {
			return err
		}
	}
	return nil
}
