package pos

import (
	"slices"
	"time"
)

// Right is permission for one protected action. Rights are permanent words:
// they are stored with groups and named in refusals.
type Right string

// One right per protected action.
const (
	RightSell           Right = "sell"
	RightPrice          Right = "line.price"
	RightLineDiscount   Right = "line.discount"
	RightChequeDiscount Right = "cheque.discount"
	RightRemove         Right = "line.remove"
	RightCancel         Right = "cheque.cancel"
	RightPark           Right = "cheque.park"
	RightPoints         Right = "points.spend"
	RightCredit         Right = "credit.sell"
	RightSkipPoints     Right = "code.skip.points"
	RightSkipCredit     Right = "code.skip.credit"
	RightRepay          Right = "debt.repay"
	RightShiftOpen      Right = "shift.open"
	RightShiftClose     Right = "shift.close"
	RightCashIn         Right = "cash.in"
	RightCashOut        Right = "cash.out"
	RightXReport        Right = "report.x"
	RightReports        Right = "reports"
	RightReprint        Right = "receipt.reprint"
	RightCustomerView   Right = "customer.view"
	RightCustomerAdd    Right = "customer.add"
	RightCustomerEdit   Right = "customer.edit"
	RightCreditLimit    Right = "customer.limit"
	RightProducts       Right = "products"
	RightImport         Right = "import"
	RightExport         Right = "export"
	RightEmployees      Right = "employees"
	RightSettings       Right = "settings"
	RightTestSMS        Right = "sms.test"
	RightVerify         Right = "verify"
	RightBackup         Right = "backup"
)

// Rights lists every right in the order in which a group card shows them.
var Rights = []Right{
	RightSell, RightPrice, RightLineDiscount, RightChequeDiscount, RightRemove, RightCancel, RightPark,
	RightPoints, RightSkipPoints, RightCredit, RightSkipCredit, RightRepay,
	RightShiftOpen, RightShiftClose, RightCashIn, RightCashOut, RightXReport, RightReports, RightReprint,
	RightCustomerView, RightCustomerAdd, RightCustomerEdit, RightCreditLimit,
	RightProducts, RightImport, RightExport, RightEmployees, RightSettings, RightTestSMS, RightVerify, RightBackup,
}

// The preset groups. A shop may change their rights and add groups.
const (
	GroupOwner         GroupID = "owner"
	GroupAdmin         GroupID = "admin"
	GroupSeniorCashier GroupID = "senior"
	GroupCashier       GroupID = "cashier"
)

// Group is a set of employees with the same rights.
type Group struct {
	ID     GroupID
	Name   string // "" for a preset: shown by its translated name
	Rights []Right
}

// Has reports whether the group holds the right.
func (g *Group) Has(r Right) bool { return slices.Contains(g.Rights, r) }

// PresetGroups are the groups of a new shop, most powerful first. The owner
// holds every right and cannot lose one.
func PresetGroups() []Group {
	cashier := []Right{
		RightSell, RightRemove, RightPark, RightPoints, RightCredit, RightRepay,
		RightShiftOpen, RightShiftClose, RightCashIn, RightXReport, RightCustomerView, RightCustomerAdd,
	}
	senior := append(slices.Clone(cashier),
		RightLineDiscount, RightChequeDiscount, RightCancel, RightPrice, RightSkipPoints, RightSkipCredit,
		RightCashOut, RightReports, RightReprint, RightCustomerEdit)
	var admin []Right
	for _, r := range Rights {
		if r != RightEmployees && r != RightSkipCredit && r != RightSkipPoints {
			admin = append(admin, r)
		}
	}
	return []Group{
		{ID: GroupOwner, Rights: slices.Clone(Rights)},
		{ID: GroupAdmin, Rights: admin},
		{ID: GroupSeniorCashier, Rights: senior},
		{ID: GroupCashier, Rights: cashier},
	}
}

// Employee is somebody who works at the till.
type Employee struct {
	ID        EmployeeID
	Name      string
	Group     GroupID
	PINHash   string // argon2id in PHC form; never the PIN
	PINTag    string // two hex digits of an HMAC under the till's pepper: narrows the search, gives little away
	Archived  bool
	CreatedAt time.Time
}

// Actor is the employee who does something, as logged in now.
type Actor struct {
	ID     EmployeeID
	Name   string
	Group  GroupID
	Rights []Right
}

// Can reports whether the actor held the right at login. The till asks the
// stored group again before every protected operation.
func (a Actor) Can(r Right) bool { return slices.Contains(a.Rights, r) }

// LoginGuard counts wrong PINs at this till; it survives a restart.
type LoginGuard struct {
	Wrong       int
	LockedUntil time.Time // zero: not locked
}

// PIN rules. Five wrong entries lock the till for fifteen minutes.
const (
	PINMinDigits = 6
	PINMaxDigits = 12
	PINTries     = 5
	PINLock      = 15 * time.Minute
)

// CheckPIN refuses a PIN that is too short, too long, not digits, or one of
// the obvious ones (one digit repeated, a run up or down).
func CheckPIN(pin string) error {
	if len(pin) < PINMinDigits || len(pin) > PINMaxDigits {
		return E(CodeInvalid, "pin.length", Args{"Min": PINMinDigits, "Max": PINMaxDigits})
	}
	same, up, down := true, true, true
	for i := 0; i < len(pin); i++ {
		if pin[i] < '0' || pin[i] > '9' {
			return E(CodeInvalid, "pin.digits", nil)
		}
		if i > 0 {
			same = same && pin[i] == pin[i-1]
			up = up && pin[i] == pin[i-1]+1
			down = down && pin[i]+1 == pin[i-1]
		}
	}
	if same || up || down {
		return E(CodeInvalid, "pin.obvious", nil)
	}
	return nil
}
