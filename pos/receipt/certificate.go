package receipt

import (
	"kassa/pos"
	"kassa/pos/money"
)

// certificatesLeft tells what is left on the certificates that paid.
func (p *page) certificatesLeft(s *pos.Sale, left map[string]money.Amount) {
	for i := range s.Tenders {
		number := s.Tenders[i].Certificate
		if rest, known := left[number]; known && number != "" {
			p.Pair(p.words.T("receipt.certificate-left", pos.Args{"Number": pos.MaskCertificate(number)}), p.money.Bare(rest))
		}
	}
}

// CertificateInput is a gift certificate with what is told about it.
type CertificateInput struct {
	Certificate *pos.CertificateBalance
	Shop        pos.Settings
}

// RenderCertificate writes the slip of what is left on a gift certificate, within
// width like Render. Its number is masked: whoever has the number has the money.
func RenderCertificate(in CertificateInput, width int, w Words) []string {
	p := newPage(width, w)
	c := in.Certificate
	p.shop(in.Shop)
	p.Text(w.T("receipt.certificate", pos.Args{"Number": pos.MaskCertificate(c.Number)}))
	p.Rule()
	p.Pair(w.T("receipt.certificate-worth", nil), p.money.Amount(c.Amount))
	p.Pair(w.T("receipt.certificate-rest", nil), p.money.Amount(c.Left))
	if !c.Expires.IsZero() {
		p.Pair(w.T("receipt.certificate-until", nil), w.Date(c.Expires))
	}
	return p.Lines()
}
