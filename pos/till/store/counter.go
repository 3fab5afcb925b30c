package store

import (
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/offers"
)

// Cheques are the open and parked ones; finished ones are Sales.
type Cheques interface {
	OpenCheque() (*pos.Cheque, error) // CodeNotFound when none is open
	Cheque(id pos.SaleID) (*pos.Cheque, error)
	ParkedCheques() ([]pos.Cheque, error) // oldest first, with lines
	PutChequeHead(c *pos.Cheque) error    // everything but lines and tenders
	PutChequeLine(id pos.SaleID, l *pos.Line) error
	PutTender(id pos.SaleID, t *pos.Tender) error
	DeleteTender(id pos.SaleID, no int) error
	DeleteCheque(id pos.SaleID) error // lines and tenders too; when it became a sale
}

// Sales are finished cheques.
type Sales interface {
	NextSaleNumber() (int64, error)
	PutSale(s *pos.Sale) error
	Sale(id pos.SaleID) (*pos.Sale, error)
	SaleByNumber(n int64) (*pos.Sale, error)
	LastSale() (*pos.Sale, error)
	// ListSales returns heads without lines, newest first, of a shift or (with
	// "") of all, before the given place (pos.Place; 0: from the end).
	ListSales(shift pos.ShiftID, before int64, limit int) ([]pos.Sale, error)
	PutOverride(o *pos.Override) error
	Overrides(from, to time.Time) ([]pos.Override, error) // oldest first
	EachSale(from int64, fn func(*pos.Sale) error) error  // by number, with lines and tenders
	EachOverride(fn func(*pos.Override) error) error      // oldest first
}

// Challenges are the customers' codes.
type Challenges interface {
	Challenge(id pos.ChallengeID) (*confirm.Challenge, error)
	ChallengesOf(sale pos.SaleID) ([]confirm.Challenge, error) // oldest first, all states
	PutChallenge(c *confirm.Challenge) error
	// ConsumeChallenge moves a verified challenge to consumed and erases its
	// hash. It reports false when it was not verified (any more): the caller
	// rolls back.
	ConsumeChallenge(id pos.ChallengeID, at time.Time) (bool, error)
	// InFlightChallenges are those left in created or sending by a process
	// that ended.
	InFlightChallenges() ([]confirm.Challenge, error)
	// PutSend inserts a message, or replaces the one with the same phone, time
	// and challenge.
	PutSend(s confirm.Send) error
	// SendsTo lists the messages to a phone since a time, oldest first.
	SendsTo(phone string, since time.Time) ([]confirm.Send, error)
	EachChallenge(fn func(*confirm.Challenge) error) error // oldest first
}

// Awaiting are the manual payments that are to pay a sale.
type Awaiting interface {
	// Awaited is what is known of an order that is to pay a sale, CodeNotFound
	// "manual.order-unknown".
	Awaited(order string) (*manual.Awaited, error)
	AwaitedOf(sale pos.SaleID) ([]manual.Awaited, error) // by when they were asked for
	UntoldAwaited() ([]manual.Awaited, error)            // that are decided and not told, by when
	PutAwaited(w *manual.Awaited) error
	EachAwaited(fn func(*manual.Awaited) error) error // by order
}

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
