package pos

import (
	"slices"

	"kassa/pos/digest"
	"kassa/pos/money"
)

// OfferID names an automatic discount. It is a UUIDv7 text made by the till.
type OfferID string

// Given is what one automatic discount took off one line. It is stored with the
// line: a sale explains itself, whatever becomes of the discount's rule later.
type Given struct {
	Offer OfferID
	Name  string // of the rule as it was then
	Sum   money.Amount
}

// OfferSum sums what automatic discounts took off the line.
func (l *Line) OfferSum() money.Amount {
	var sum money.Amount
	for i := range l.Offers {
		sum = sum.Add(l.Offers[i].Sum)
	}
	return sum
}

// Same reports two lines that are alike in every field.
func (l *Line) Same(other *Line) bool {
	return l.No == other.No && l.Product == other.Product && l.SKU == other.SKU && l.Name == other.Name &&
		l.Barcode == other.Barcode && l.Unit == other.Unit && l.ListPrice == other.ListPrice && l.Price == other.Price &&
		l.Qty == other.Qty && l.VAT == other.VAT && l.Discount == other.Discount && l.Flags == other.Flags &&
		l.Removed == other.Removed && l.Reason == other.Reason && l.Cost == other.Cost && l.Certificate == other.Certificate &&
		l.Expires.Equal(other.Expires) && slices.Equal(l.Offers, other.Offers)
}

// writeOffers adds to a sale's digest what it tells of automatic discounts,
// coupons and certificates. A sale without any adds nothing, so that the digests
// of sales made before there were any still hold.
func (s *Sale) writeOffers(d *digest.Digest) {
	any := len(s.Coupons) > 0
	for i := range s.Lines {
		any = any || s.Lines[i].Certificate != "" || len(s.Lines[i].Offers) > 0 || s.Lines[i].Flags.NoOffers
	}
	for i := range s.Tenders {
		any = any || s.Tenders[i].Certificate != ""
	}
	if !any {
		return
	}
	d.Text("kassa.sale.offers.v1").Int(int64(len(s.Coupons)))
	for _, c := range s.Coupons {
		d.Text(c)
	}
	for i := range s.Lines {
		l := &s.Lines[i]
		d.Text(l.Certificate).Time(l.Expires).Bool(l.Flags.NoOffers).Int(int64(len(l.Offers)))
		for _, g := range l.Offers {
			d.Text(string(g.Offer)).Text(g.Name).Int(int64(g.Sum))
		}
	}
	for i := range s.Tenders {
		d.Text(s.Tenders[i].Certificate)
	}
}
