package till

import (
	"context"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/money"
)

// Begin settles what a crash left behind (challenges in flight become
// send_unknown), runs the quick self-check and tells how things stand.
func (t *Till) Begin(ctx context.Context) (*Start, error) { panic("not built") }

// End notes an orderly stop.
func (t *Till) End(ctx context.Context) error { panic("not built") }

// Cheque is the cheque on the screen: empty when nothing is rung up.
func (t *Till) Cheque(ctx context.Context) (*ChequeView, error) { panic("not built") }

// Scan adds what a code or a typed text names: a barcode or SKU exactly.
// "3*code" multiplies; qty 0 means one. price is asked for goods with AskPrice:
// CodeInvalid "scan.price-needed" with Args "Product" until it is given.
// CodeNotFound "scan.unknown" with Args "Code" for an unknown code, CodeConflict
// "shift.closed" without a shift. The same product again, unchanged in price and
// without a discount, adds to its line when that line is the last.
func (t *Till) Scan(ctx context.Context, a pos.Actor, code string, qty money.Quantity, price *money.Amount) (*ChequeView, error) {
	panic("not built")
}

// Add is Scan for a product picked from a list.
func (t *Till) Add(ctx context.Context, a pos.Actor, id pos.ProductID, qty money.Quantity, price *money.Amount) (*ChequeView, error) {
	panic("not built")
}

// SetQty, SetPrice, DiscountLine and RemoveLine change one line. A quantity
// with decimals is CodeInvalid for goods sold by the piece.
func (t *Till) SetQty(ctx context.Context, a pos.Actor, line int, qty money.Quantity) (*ChequeView, error) {
	panic("not built")
}
func (t *Till) SetPrice(ctx context.Context, a pos.Actor, line int, price money.Amount) (*ChequeView, error) {
	panic("not built")
}
func (t *Till) DiscountLine(ctx context.Context, a pos.Actor, line int, d pos.Discount) (*ChequeView, error) {
	panic("not built")
}
func (t *Till) RemoveLine(ctx context.Context, a pos.Actor, line int, reason string) (*ChequeView, error) {
	panic("not built")
}

// DiscountCheque sets the discount of the whole cheque; zero takes it away.
func (t *Till) DiscountCheque(ctx context.Context, a pos.Actor, d pos.Discount) (*ChequeView, error) {
	panic("not built")
}

// CancelCheque drops the open cheque; it stays in the records with its reason.
func (t *Till) CancelCheque(ctx context.Context, a pos.Actor, reason string) (*ChequeView, error) {
	panic("not built")
}

// Park puts the open cheque aside; its tenders must be taken off first
// (CodeConflict) and its challenges are revoked.
func (t *Till) Park(ctx context.Context, a pos.Actor, note string) (*ChequeView, error) {
	panic("not built")
}

// Parked lists the cheques put aside, oldest first.
func (t *Till) Parked(ctx context.Context) ([]ChequeView, error) { panic("not built") }

// Recall brings a parked cheque back; CodeConflict while another is open with
// lines in it.
func (t *Till) Recall(ctx context.Context, a pos.Actor, id pos.SaleID) (*ChequeView, error) {
	panic("not built")
}

// SetCustomer attaches a customer to the open cheque; the zero FindCustomer
// takes the customer off. Live codes of another customer are revoked.
func (t *Till) SetCustomer(ctx context.Context, a pos.Actor, f FindCustomer) (*ChequeView, error) {
	panic("not built")
}

// SpendPoints makes points a tender, replacing earlier ones of this cheque.
// Where a code is required it is sent, and the returned challenge tells what
// became of that; otherwise the challenge is nil. CodeLimit beyond what the
// customer has or the cheque may take, CodeInvalid without customer or phone,
// CodeWait when the phone was asked too often (Args "Until").
func (t *Till) SpendPoints(ctx context.Context, a pos.Actor, points int64) (*ChequeView, *confirm.Challenge, error) {
	panic("not built")
}

// Tender adds a payment. Cash may exceed what is due and gives change; other
// methods may not (CodeInvalid "tender.no-change"). Credit is as SpendPoints.
// Points go through SpendPoints.
func (t *Till) Tender(ctx context.Context, a pos.Actor, m pos.Method, amount money.Amount) (*ChequeView, *confirm.Challenge, error) {
	panic("not built")
}

// RemoveTender takes a payment off again and revokes its code. no 0 means the
// last one of the method.
func (t *Till) RemoveTender(ctx context.Context, a pos.Actor, m pos.Method, no int) (*ChequeView, error) {
	panic("not built")
}

// EnterCode compares what the customer told. A wrong code is no error: the
// challenge tells the attempts left. After the last one the challenge is dead
// and its tender is taken off.
func (t *Till) EnterCode(ctx context.Context, a pos.Actor, id pos.ChallengeID, code string) (*confirm.Challenge, error) {
	panic("not built")
}

// ResendCode sends a new code; the one before is void. CodeWait before ResendAt,
// CodeLimit after the third message.
func (t *Till) ResendCode(ctx context.Context, a pos.Actor, id pos.ChallengeID) (*confirm.Challenge, error) {
	panic("not built")
}

// SkipCode goes on without the code, with a reason. CodeForbidden without the
// right for that operation, CodeWait while it is not offered yet (the sending
// neither failed nor is unknown, and 120 s have not passed).
func (t *Till) SkipCode(ctx context.Context, a pos.Actor, id pos.ChallengeID, reason string) (*confirm.Challenge, error) {
	panic("not built")
}

// Challenge tells how a challenge stands now (expired ones included).
func (t *Till) Challenge(ctx context.Context, id pos.ChallengeID) (*confirm.Challenge, error) {
	panic("not built")
}

// FinishSale stores the sale. CodeCodeRequired while a tender waits for its
// code, CodeNotPaid while something is due, CodeConflict with nothing in the
// cheque or non-cash beyond the total. Nothing is stored on an error.
func (t *Till) FinishSale(ctx context.Context, a pos.Actor) (*pos.Sale, error) { panic("not built") }

// SelfCheck checks every invariant of the whole history and returns what is
// broken; an empty slice means all is well.
func (t *Till) SelfCheck(ctx context.Context, a pos.Actor) ([]Problem, error) { panic("not built") }
