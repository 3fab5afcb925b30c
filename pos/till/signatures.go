package till

import (
	"context"
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/money"
)

// Begin settles what a crash left behind (challenges in flight become
// send_unknown), runs the quick self-check and tells how things stand.
func (t *Till) Begin(ctx context.Context) (*Start, error) { panic("not built") }

// End notes an orderly stop.
func (t *Till) End(ctx context.Context) error { panic("not built") }

// CreateOwner makes the first employee. CodeConflict when there is one already.
func (t *Till) CreateOwner(ctx context.Context, name, pin string) (pos.Actor, error) {
	panic("not built")
}

// Login finds the employee by PIN. CodeForbidden for a wrong one with Args
// "Left" tries, CodeWait with Args "Until" while the till is locked.
func (t *Till) Login(ctx context.Context, pin string) (pos.Actor, error) { panic("not built") }

// Logout notes that the employee left.
func (t *Till) Logout(ctx context.Context, a pos.Actor) error { panic("not built") }

// Shift returns the open shift or CodeNotFound.
func (t *Till) Shift(ctx context.Context) (*pos.Shift, error) { panic("not built") }

// OpenShift opens a shift with a float. CodeConflict when one is open.
func (t *Till) OpenShift(ctx context.Context, a pos.Actor, float money.Amount) (*pos.Shift, error) {
	panic("not built")
}

// CloseShift closes the open shift with a blind count: the difference is
// recorded and never refused. CodeConflict while an open cheque has lines or
// tenders (parked ones stay).
func (t *Till) CloseShift(ctx context.Context, a pos.Actor, counted money.Amount) (*pos.ShiftReport, error) {
	panic("not built")
}

// CashIn puts cash into the drawer with a reason.
func (t *Till) CashIn(ctx context.Context, a pos.Actor, amount money.Amount, reason string) (*CashResult, error) {
	panic("not built")
}

// CashOut takes cash out of the drawer with a reason; CodeLimit beyond what is
// expected in it.
func (t *Till) CashOut(ctx context.Context, a pos.Actor, amount money.Amount, reason string) (*CashResult, error) {
	panic("not built")
}

// XReport tells the open shift's figures, expected cash included.
func (t *Till) XReport(ctx context.Context, a pos.Actor) (*pos.ShiftReport, error) {
	panic("not built")
}

// ZReport tells a closed shift's figures; "" is the last closed one.
func (t *Till) ZReport(ctx context.Context, a pos.Actor, id pos.ShiftID) (*pos.ShiftReport, error) {
	panic("not built")
}

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

// AddCustomer makes a customer. CodeConflict when phone or card are taken.
func (t *Till) AddCustomer(ctx context.Context, a pos.Actor, n NewCustomer) (*pos.CustomerState, error) {
	panic("not built")
}

// UpdateCustomer replaces what may be changed of a customer.
func (t *Till) UpdateCustomer(ctx context.Context, a pos.Actor, id pos.CustomerID, n NewCustomer) (*pos.CustomerState, error) {
	panic("not built")
}

// CustomerCard tells everything of a customer.
func (t *Till) CustomerCard(ctx context.Context, a pos.Actor, id pos.CustomerID) (*CardView, error) {
	panic("not built")
}

// SearchCustomers finds customers while somebody types.
func (t *Till) SearchCustomers(ctx context.Context, a pos.Actor, text string, limit int) ([]pos.CustomerState, error) {
	panic("not built")
}

// SearchProducts finds goods while somebody types, most sold first.
func (t *Till) SearchProducts(ctx context.Context, text string, limit int) ([]pos.Product, error) {
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

// RepayDebt takes money against a customer's debts, oldest first; it returns
// what is still owed.
func (t *Till) RepayDebt(ctx context.Context, a pos.Actor, id pos.CustomerID, m pos.Method, amount money.Amount) (*pos.Repayment, money.Amount, error) {
	panic("not built")
}

// Sale returns a stored sale.
func (t *Till) Sale(ctx context.Context, a pos.Actor, id pos.SaleID) (*pos.Sale, error) {
	panic("not built")
}

// Sales lists stored sales without lines, newest first, before a number (0:
// from the newest).
func (t *Till) Sales(ctx context.Context, a pos.Actor, before int64, limit int) ([]pos.Sale, error) {
	panic("not built")
}

// NoteReprint records that a receipt is printed again.
func (t *Till) NoteReprint(ctx context.Context, a pos.Actor, id pos.SaleID) error { panic("not built") }

// Employees and groups.
func (t *Till) Employees(ctx context.Context) ([]pos.Employee, error) { panic("not built") }

// AddEmployee makes an employee with a PIN nobody else has (CodeConflict).
func (t *Till) AddEmployee(ctx context.Context, a pos.Actor, name string, g pos.GroupID, pin string) (*pos.Employee, error) {
	panic("not built")
}

// UpdateEmployee changes name, group, archive flag and, when pin is not "", the
// PIN. The last owner cannot be archived or moved (CodeConflict).
func (t *Till) UpdateEmployee(ctx context.Context, a pos.Actor, id pos.EmployeeID, name string, g pos.GroupID, archived bool, pin string) (*pos.Employee, error) {
	panic("not built")
}

// Groups lists the employee groups.
func (t *Till) Groups(ctx context.Context) ([]pos.Group, error) { panic("not built") }

// SaveGroup stores a group's name and rights; the owner's rights cannot be cut.
func (t *Till) SaveGroup(ctx context.Context, a pos.Actor, g pos.Group) error { panic("not built") }

// Demand asks for a right outside an operation of the till (settings, test
// SMS); a refusal is noted and names the right.
func (t *Till) Demand(ctx context.Context, a pos.Actor, r pos.Right) error { panic("not built") }

// Note writes an audit record of something done outside the till's operations.
func (t *Till) Note(ctx context.Context, a pos.Actor, k pos.EventKind, subject string, detail map[string]string) error {
	panic("not built")
}

// Skips lists the codes skipped in a period.
func (t *Till) Skips(ctx context.Context, a pos.Actor, from, to time.Time) ([]pos.Override, error) {
	panic("not built")
}

// SelfCheck checks every invariant of the whole history and returns what is
// broken; an empty slice means all is well.
func (t *Till) SelfCheck(ctx context.Context, a pos.Actor) ([]Problem, error) { panic("not built") }
