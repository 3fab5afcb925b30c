package store

import (
	"time"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/offers"
)

// Offers are gift certificates, automatic discounts and coupons.
type Offers interface {
	// Certificate is one certificate with what is left on it.
	Certificate(number string, c money.Currency) (*pos.CertificateBalance, error)
	// Certificates lists those whose number holds the text, newest first.
	Certificates(text string, c money.Currency, limit int) ([]pos.CertificateBalance, error)
	// CertificateMoves are the movements of one, newest first.
	CertificateMoves(number string, limit int) ([]pos.CertificateMove, error)
	// PutCertificate inserts; CodeConflict when the number is taken.
	PutCertificate(c *pos.Certificate) error
	// SetCertificateState changes state and reason alone.
	SetCertificateState(number string, s pos.CertificateState, reason string) error
	EachCertificate(fn func(*pos.Certificate) error) error // as issued

	Promotion(id pos.OfferID) (*offers.Promotion, error)
	Promotions() ([]offers.Promotion, error)       // highest priority first, archived last
	ActivePromotions() ([]offers.Promotion, error) // that are on, in the order they are tried
	PutPromotion(p *offers.Promotion) error

	Coupon(number string) (*pos.Coupon, error)
	Coupons(id pos.OfferID, limit int) ([]pos.Coupon, error) // of a promotion, newest first
	CouponCounts() (map[pos.OfferID]pos.CouponCount, error)
	PutCoupon(c *pos.Coupon) error // inserts; CodeConflict when the number is taken
	// UseCoupon marks a free coupon as used by the sale. It reports false when it
	// is not free (any more): the caller rolls back.
	UseCoupon(number string, sale pos.SaleID, at time.Time) (bool, error)
	EachCoupon(fn func(*pos.Coupon) error) error // as made
}
