package check

import (
	"strings"

	"kassa/pos"
	"kassa/pos/ledger"
)

// certificates is what the walk gathers of gift certificates and coupons.
type certificates struct {
	issued map[string]string               // digests as sold or booked, by number
	lapsed map[string]bool                 // whose rest was booked as income
	told   map[string]pos.CertificateState // as the audit trail tells
	used   map[string]pos.SaleID           // coupons, by the sales that used them up
}

func newCertificates() certificates {
	return certificates{issued: map[string]string{}, lapsed: map[string]bool{}, told: map[string]pos.CertificateState{},
		used: map[string]pos.SaleID{}}
}

// soldOffers remembers the certificates a sale sold and the coupons it used up.
func (w *walk) soldOffers(s *pos.Sale) {
	for i := range s.Lines {
		l := &s.Lines[i].Line
		if l.Certificate == "" || l.Removed {
			continue
		}
		if _, twice := w.certs.issued[l.Certificate]; twice {
			w.broken("I1", "check.certificate-twice", pos.Args{"Number": pos.MaskCertificate(l.Certificate)})
		}
		w.certs.issued[l.Certificate] = pos.SoldCertificate(s, l).Digest()
	}
	for _, n := range s.Coupons {
		if _, twice := w.certs.used[n]; twice {
			w.broken("I1", "check.coupon", pos.Args{"Number": n})
		}
		w.certs.used[n] = s.ID
	}
}

// certificateEntry remembers what the journal tells of a certificate.
func (w *walk) certificateEntry(e *ledger.Entry) {
	switch e.Kind {
	case ledger.KindCertificateIssue:
		if _, twice := w.certs.issued[e.Doc]; twice {
			w.broken("I1", "check.certificate-twice", pos.Args{"Number": pos.MaskCertificate(e.Doc)})
		}
		w.certs.issued[e.Doc] = e.Digest
	case ledger.KindCertificateLapse:
		w.certs.lapsed[e.Doc] = true
	}
}

// hearCertificate remembers whether a certificate was blocked.
func (w *walk) hearCertificate(e *pos.Event) {
	if e.Kind == pos.EventCertificateBlocked {
		w.certs.told[e.Subject] = pos.CertificateState(e.Detail["state"])
	}
}

// overspent is I5 for a certificate: the shop never owes less than nothing on it.
func (w *walk) overspent(p ledger.Posting, sum int64, n int64) {
	if sum > 0 && strings.HasPrefix(string(p.Account), ledger.CertificatePrefix) {
		number := strings.TrimPrefix(string(p.Account), ledger.CertificatePrefix)
		w.broken("I5", "check.certificate-overspent", pos.Args{"Number": pos.MaskCertificate(number), "N": n})
	}
}

// offers compares certificates and coupons with the sales and the journal: each
// is what it was sold or issued as, in the state that was told, and a used coupon
// was used by the sale it names.
func (w *walk) offers() error {
	known := map[string]bool{}
	err := w.EachCertificate(func(c *pos.Certificate) error {
		known[c.Number] = true
		w.certificate(c)
		return nil
	})
	if err != nil {
		return err
	}
	for number := range w.certs.issued {
		if !known[number] {
			w.broken("I1", "check.certificate-missing", pos.Args{"Number": pos.MaskCertificate(number)})
		}
	}
	for k := range w.posted {
		number, ok := strings.CutPrefix(string(k.account), ledger.CertificatePrefix)
		if _, issued := w.certs.issued[number]; ok && !known[number] && !issued {
			w.broken("I4", "check.certificate-missing", pos.Args{"Number": pos.MaskCertificate(number)})
		}
	}
	return w.coupons()
}

func (w *walk) certificate(c *pos.Certificate) {
	name := pos.Args{"Number": pos.MaskCertificate(c.Number)}
	switch issued, ok := w.certs.issued[c.Number]; {
	case !ok:
		w.broken("I1", "check.certificate-unbooked", name)
	case issued != c.Digest():
		w.broken("I12", "check.certificate-changed", name)
	}
	want := w.certs.told[c.Number]
	switch {
	case w.certs.lapsed[c.Number]:
		want = pos.CertificateLapsed
	case want == "":
		want = pos.CertificateActive
	}
	if c.State != want {
		w.broken("I12", "check.certificate-state", name)
	}
}

func (w *walk) coupons() error {
	err := w.EachCoupon(func(c *pos.Coupon) error {
		if c.Sale != w.certs.used[c.Number] {
			w.broken("I1", "check.coupon", pos.Args{"Number": c.Number})
		}
		delete(w.certs.used, c.Number)
		return nil
	})
	for number := range w.certs.used {
		w.broken("I1", "check.coupon", pos.Args{"Number": number})
	}
	return err
}
