package counter

import (
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
)

// SendTimeout bounds one sending of a code, in all.
const SendTimeout = 15 * time.Second

// ChequeView is a cheque with every figure a screen or a program shows.
type ChequeView struct {
	Cheque     pos.Cheque
	Totals     pos.Totals
	Customer   *pos.CustomerState  // nil for nobody
	Challenges []confirm.Challenge // of the tenders that need a code, in tender order
	Awaited    []AwaitedView       // the manual payments among the tenders, in their order; of a parked cheque without any, the last it was asked for
	MaxPoints  int64               // the most points this customer may spend on it
	Rules      pos.Rules           // that apply: the customer's group's, where it has its own

	// CouponGifts is what the promotion of each coupon on the cheque gives it; its
	// sum is 0 for nothing.
	CouponGifts map[string]pos.Given
}
