package pos

import (
	"strings"
	"time"

	"kassa/pos/digest"
	"kassa/pos/money"
)

// CertificateState says whether a gift certificate may be used. Whether it is
// spent or expired follows from its balance and its date.
type CertificateState string

// States of a certificate.
const (
	CertificateActive  CertificateState = "active"
	CertificateBlocked CertificateState = "blocked" // lost, stolen, or in doubt; may be freed again
	CertificateLapsed  CertificateState = "lapsed"  // expired, and its rest booked as income
)

// Certificate is a gift certificate: a number that stands for money the shop
// owes to whoever brings it. What is left on it is not kept here: it is the
// balance of its account in the journal.
type Certificate struct {
	Number   string
	Amount   money.Amount // what it was sold or issued for
	Sale     SaleID       // that sold it; "" for one issued without a sale
	IssuedAt time.Time
	IssuedBy EmployeeID
	Expires  time.Time // the last moment it can be spent; zero: never ends
	Note     string    // why it was issued without a sale
	State    CertificateState
	Reason   string // why it is blocked
	Seal     Seal   // how the seal was found when the certificate was read
}

// CertificateBalance is a certificate with what is left on it.
type CertificateBalance struct {
	Certificate
	Left money.Amount
}

// CertificateMove is one movement of a certificate's balance.
type CertificateMove struct {
	At     time.Time
	Kind   string // of the journal's entry
	Doc    string // the document it books
	Number int64  // of the sale; 0 for another document
	Amount money.Amount
}

// Limits of a certificate.
const (
	MaxCertificateRunes = 40
	minCertificateRunes = 4
)

// CheckCertificateNumber refuses what cannot be the number of a certificate:
// too short to be told from a quantity, too long, or with anything but printable
// characters.
func CheckCertificateNumber(s string) error {
	if n := len([]rune(s)); n < minCertificateRunes || n > MaxCertificateRunes {
		return E(CodeInvalid, "certificate.number-length", Args{"Min": minCertificateRunes, "Max": MaxCertificateRunes})
	}
	return CheckBarcode(s)
}

// TidyCertificateNumber is the number as it is kept: without the spaces and in
// the capitals in which it may have been typed.
func TidyCertificateNumber(s string) string {
	return strings.ToUpper(strings.Join(strings.Fields(s), ""))
}

// Check tells the first thing wrong with a certificate that is to be issued at
// now, as CodeInvalid.
func (c *Certificate) Check(now time.Time) error {
	if err := CheckCertificateNumber(c.Number); err != nil {
		return err
	}
	switch {
	case c.Amount <= 0:
		return E(CodeInvalid, "amount.not-positive", nil)
	case c.Amount > money.MaxAmount:
		return E(CodeInvalid, "amount.too-large", Args{"Max": money.MaxAmount})
	case c.Expired(now):
		return E(CodeInvalid, "certificate.expires-past", nil)
	}
	return nil
}

// Expired reports a certificate whose time has passed.
func (c *Certificate) Expired(now time.Time) bool { return !c.Expires.IsZero() && now.After(c.Expires) }

// Usable refuses a certificate that cannot be spent at now, each reason with
// its own sentence, as CodeConflict.
func (c *CertificateBalance) Usable(now time.Time) error {
	if err := c.Takes(now); err != nil {
		return err
	}
	if c.Left <= 0 {
		return E(CodeConflict, "certificate.spent", Args{"Number": MaskCertificate(c.Number)})
	}
	return nil
}

// Takes refuses a certificate that money cannot go back onto at now: blocked,
// lapsed or expired ones. It is CodeConflict with the reason.
func (c *Certificate) Takes(now time.Time) error {
	if err := c.Seal.Guard(SealCertificate, MaskCertificate(c.Number)); err != nil {
		return err
	}
	switch {
	case c.State == CertificateBlocked:
		return E(CodeConflict, "certificate.blocked", Args{"Number": MaskCertificate(c.Number), "Reason": c.Reason})
	case c.State == CertificateLapsed || c.Expired(now):
		return E(CodeConflict, "certificate.expired", Args{"Number": MaskCertificate(c.Number), "Expires": c.Expires})
	}
	return nil
}

// Digest is the hex SHA-256 of what a certificate was issued as. The journal's
// entry of one issued without a sale carries it.
func (c *Certificate) Digest() string {
	d := digest.New("kassa.certificate.v1")
	d.Text(c.Number).Int(int64(c.Amount)).Text(string(c.Sale)).Time(c.IssuedAt).Text(string(c.IssuedBy))
	return d.Time(c.Expires).Text(c.Note).Hex()
}

// SoldCertificate is the certificate a line of a sale sold, as it is activated.
func SoldCertificate(s *Sale, l *Line) *Certificate {
	return &Certificate{Number: l.Certificate, Amount: l.Price, Sale: s.ID, IssuedAt: s.At, IssuedBy: s.Employee,
		Expires: l.Expires, State: CertificateActive}
}

// MaskCertificate hides all of a number but its end: whoever has the number has
// the money.
func MaskCertificate(number string) string {
	const shown = 4
	r := []rune(number)
	if len(r) <= shown {
		return number
	}
	return "…" + string(r[len(r)-shown:])
}

// CertificateDigits is how long the numbers are that a till makes, the check
// digit included.
const CertificateDigits = 14

// NewCertificateNumber makes a number of random digits, each 0…9, with a check
// digit (Luhn) at its end, so that a slip of the hand is no other certificate.
func NewCertificateNumber(random [CertificateDigits - 1]byte) string {
	digits := make([]byte, 0, CertificateDigits)
	for _, d := range random {
		digits = append(digits, '0'+d%10)
	}
	return string(append(digits, luhn(digits)))
}

// luhn is the check digit for digits.
func luhn(digits []byte) byte {
	sum := 0
	for i := range digits {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return byte('0' + (10-sum%10)%10)
}

// CertificateSettings are what a shop decides about certificates.
type CertificateSettings struct {
	Life time.Duration // from sale to expiry where no date is given; 0: never ends
}

// EndsAt is when a certificate issued at ends by default: at the end of a day,
// in the location of at.
func (s CertificateSettings) EndsAt(at time.Time) time.Time {
	if s.Life <= 0 {
		return time.Time{}
	}
	return EndOfDay(at.Add(s.Life))
}

// EndOfDay is the last second of t's day, in t's location.
func EndOfDay(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 23, 59, 59, 0, t.Location())
}
