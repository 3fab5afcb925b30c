package counter

import (
	"context"
	"strconv"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/barcode"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
)

// Numbers nobody knows that a till takes within a time before it makes people
// wait.
const (
	certificateTries = 5
	certificateSpan  = 15 * time.Minute
)

// metaCertificateTries keeps when unknown numbers were tried, in Unix ms.
const metaCertificateTries = "certificate_tries"

// PayCertificate adds a payment with a gift certificate; amount 0 takes as much
// as it has and the cheque needs. CodeNotFound for an unknown number, which is
// counted (CodeWait after several), CodeConflict for a blocked, expired or spent
// one and for a cheque of nothing but certificates, CodeLimit beyond what is left
// on it.
func (t *Till) PayCertificate(ctx context.Context, a pos.Actor, number string, amount money.Amount) (*ChequeView, error) {
	var v *ChequeView
	err := t.desk.ChangeOrRefuse(ctx, a, pos.RightSell, func(o *Op) (refused, err error) {
		c, _, err := o.ChequeToPay()
		if err != nil {
			return nil, err
		}
		cert, refused, err := o.tryCertificate(number)
		if refused != nil || err != nil {
			return refused, err
		}
		if err := cert.Usable(o.Due()); err != nil {
			return nil, err
		}
		p, err := o.price(c)
		if err != nil {
			return nil, err
		}
		if amount, err = certificateShare(c, p.Totals, cert, amount); err != nil {
			return nil, err
		}
		d := pos.Tender{No: c.NextTender(), Method: pos.ByCertificate, Amount: amount, Certificate: cert.Number}
		if err := o.AddTender(c, d); err != nil {
			return nil, err
		}
		v, err = o.View(c)
		return nil, err
	})
	return desk.OrNil(v, err)
}

// certificateShare is how much of the cheque the certificate pays: amount, or
// with 0 all it can.
func certificateShare(c *pos.Cheque, t pos.Totals, cert *pos.CertificateBalance, amount money.Amount) (money.Amount, error) {
	for _, d := range c.Tenders {
		if d.Certificate == cert.Number {
			return 0, pos.E(pos.CodeConflict, "certificate.on-cheque", pos.Args{"Number": pos.MaskCertificate(cert.Number)})
		}
	}
	room := CertificateRoom(c, t)
	switch {
	case t.Due == 0:
		return 0, pos.E(pos.CodeConflict, "tender.nothing-due", nil)
	case room == 0:
		return 0, pos.E(pos.CodeConflict, "certificate.pays-certificate", nil)
	case amount < 0:
		return 0, pos.E(pos.CodeInvalid, "amount.not-positive", nil)
	case amount == 0:
		return min(room, cert.Left), nil
	case amount > cert.Left:
		return 0, pos.E(pos.CodeLimit, "certificate.over", pos.Args{"Left": cert.Left})
	case amount > room:
		return 0, pos.E(pos.CodeInvalid, "tender.no-change", pos.Args{"Due": room})
	}
	return amount, nil
}

// CertificateRoom is what one more gift certificate may pay of a cheque: what is
// due, without the certificates it sells.
func CertificateRoom(c *pos.Cheque, t pos.Totals) money.Amount {
	var promises money.Amount
	for _, d := range c.Tenders {
		if d.Method.Promise() {
			promises = promises.Add(d.Amount)
		}
	}
	return max(min(t.Due, t.Total.Sub(t.Prepaid).Sub(promises)), 0)
}

// tryCertificate finds a certificate by what somebody scanned or typed. Unknown
// numbers leave a trace and are counted; the refusal is to be kept.
func (o *Op) tryCertificate(number string) (c *pos.CertificateBalance, refused, err error) {
	number = pos.TidyCertificateNumber(number)
	if err := pos.CheckCertificateNumber(number); err != nil {
		return nil, nil, err
	}
	tries, err := o.certificateTries()
	if err != nil {
		return nil, nil, err
	}
	if len(tries) >= certificateTries {
		return nil, nil, pos.E(pos.CodeWait, "certificate.tries", pos.Args{"Until": o.Shown(tries[0].Add(certificateSpan))})
	}
	c, err = o.certificateNumbered(number)
	if pos.CodeOf(err) != pos.CodeNotFound {
		return c, nil, err
	}
	tries = append(tries, o.Steady)
	if err := o.putCertificateTries(tries); err != nil {
		return nil, nil, err
	}
	left := certificateTries - len(tries)
	return nil, pos.E(pos.CodeNotFound, "certificate.unknown", nil), o.Note(pos.EventCertificateWrong, "",
		map[string]string{"number": pos.MaskCertificate(number), "left": strconv.Itoa(left)})
}

// certificateNumbered is the certificate that was scanned or typed, maybe behind a
// prefix or under another layout. What fits two is as unknown as what fits none.
func (o *Op) certificateNumbered(text string) (*pos.CertificateBalance, error) {
	c, err := o.Tx.Certificate(text, o.Settings.Currency)
	if pos.CodeOf(err) != pos.CodeNotFound {
		return c, err
	}
	for _, keys := range barcode.Typed(text) {
		var found *pos.CertificateBalance
		for _, key := range keys {
			c, other := o.Tx.Certificate(pos.TidyCertificateNumber(key), o.Settings.Currency)
			switch {
			case pos.CodeOf(other) == pos.CodeNotFound:
			case other != nil:
				return nil, other
			case found != nil && found.Number != c.Number:
				return nil, err
			default:
				found = c
			}
		}
		if found != nil {
			return found, nil
		}
	}
	return nil, err
}

// certificateTries are the times within the span, oldest first.
func (o *Op) certificateTries() ([]time.Time, error) {
	text, err := o.Meta(metaCertificateTries)
	if err != nil || text == "" {
		return nil, err
	}
	var tries []time.Time
	for field := range strings.FieldsSeq(text) {
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return nil, pos.Wrap(pos.CodeInternal, "till.internal", err)
		}
		if at := time.UnixMilli(n); o.Steady.Sub(at) < certificateSpan && !at.After(o.Steady) {
			tries = append(tries, at)
		}
	}
	return tries, nil
}

func (o *Op) putCertificateTries(tries []time.Time) error {
	texts := make([]string, len(tries))
	for i, at := range tries {
		texts[i] = strconv.FormatInt(at.UnixMilli(), 10)
	}
	return o.PutMeta(metaCertificateTries, strings.Join(texts, " "))
}

// recheckCertificates asks the rules about certificates again: since a tender was
// entered the certificate may have been blocked or have expired, and the cheque
// may have lost the goods it pays for.
func (o *Op) recheckCertificates(c *pos.Cheque, t pos.Totals) error {
	var promises money.Amount
	for _, d := range c.Tenders {
		if d.Method.Promise() {
			promises = promises.Add(d.Amount)
		}
		if !d.Method.NeedsCertificate() {
			continue
		}
		cert, err := o.Tx.Certificate(d.Certificate, o.Settings.Currency)
		if err != nil {
			return err
		}
		if err := cert.Usable(o.Due()); err != nil {
			return err
		}
		if d.Amount > cert.Left {
			return pos.E(pos.CodeLimit, "certificate.over", pos.Args{"Left": cert.Left})
		}
	}
	if promises > t.Total.Sub(t.Prepaid) {
		return pos.E(pos.CodeConflict, "certificate.pays-certificate", nil)
	}
	return nil
}

// RefundCertificate tells whether money may go back onto a certificate now:
// CodeNotFound for a number nobody knows, CodeConflict for a blocked or expired
// one. Whoever books the refund posts −amount to ledger.CertificateOf(number).
func (o *Op) RefundCertificate(number string) (*pos.CertificateBalance, error) {
	c, err := o.Tx.Certificate(number, o.Settings.Currency)
	if err != nil {
		return nil, err
	}
	return c, c.Takes(o.Due())
}
