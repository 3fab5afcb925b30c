package pos

import (
	"slices"
	"strings"
	"time"

	"kassa/pos/money"
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
	RightReturn         Right = "return"            // with its receipt, on the day or in the shift of the sale
	RightReturnOtherDay Right = "return.other-day"  // with its receipt, later
	RightReturnNoProof  Right = "return.no-receipt" // without a receipt, or with one that is too old
	RightCorrectTender  Right = "tender.correct"
	RightShiftOpen      Right = "shift.open"
	RightShiftClose     Right = "shift.close"
	RightCashIn         Right = "cash.in"
	RightCashOut        Right = "cash.out"
	RightOpenDrawer     Right = "drawer.open"
	RightXReport        Right = "report.x"
	RightReports        Right = "reports"
	RightReprint        Right = "receipt.reprint"
	RightCustomerView   Right = "customer.view"
	RightCustomerAdd    Right = "customer.add"
	RightCustomerEdit   Right = "customer.edit"
	RightCreditLimit    Right = "customer.limit"
	RightCustomerGroups Right = "customer.groups"
	RightMerge          Right = "customer.merge"
	RightErase          Right = "customer.anonymise"
	RightSkipPhone      Right = "customer.phone.skip"
	RightProducts       Right = "products"
	RightStock          Right = "stock"
	RightStockAdjust    Right = "stock.adjust"
	RightImport         Right = "import"
	RightExport         Right = "export"
	RightEmployees      Right = "employees"
	RightSettings       Right = "settings"
	RightTestSMS        Right = "sms.test"
	RightVerify         Right = "verify"
	RightBackup         Right = "backup"
	RightRestore        Right = "restore"
	RightOffers         Right = "offers"
	RightSellCert       Right = "certificate.sell"
	RightIssueCert      Right = "certificate.issue"
	RightBlockCert      Right = "certificate.block"
	RightQueue          Right = "queue.manage" // of what waits for the backend

	// Of manual payments: money that moved outside the till.
	RightManualSee, RightManualCreate     Right = "manual.see", "manual.create"
	RightManualDecide, RightManualOwn     Right = "manual.decide", "manual.decide.own" // own: what they noted themselves
	RightManualCorrect, RightManualRefund Right = "manual.correct", "manual.refund"
)

// Rights lists every right in the order in which a group card shows them.
var Rights = []Right{
	RightSell, RightPrice, RightLineDiscount, RightChequeDiscount, RightRemove, RightCancel, RightPark,
	RightPoints, RightSkipPoints, RightCredit, RightSkipCredit, RightRepay,
	RightReturn, RightReturnOtherDay, RightReturnNoProof, RightCorrectTender,
	RightSellCert, RightIssueCert, RightBlockCert, RightOffers,
	RightManualSee, RightManualCreate, RightManualDecide, RightManualOwn, RightManualCorrect, RightManualRefund,
	RightShiftOpen, RightShiftClose, RightCashIn, RightCashOut, RightOpenDrawer, RightXReport, RightReports, RightReprint,
	RightCustomerView, RightCustomerAdd, RightCustomerEdit, RightCreditLimit,
	RightCustomerGroups, RightMerge, RightErase, RightSkipPhone,
	RightProducts, RightStock, RightStockAdjust, RightImport, RightExport, RightEmployees, RightSettings, RightQueue, RightTestSMS, RightVerify, RightBackup, RightRestore,
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
	// Caps bound what one action may come to; a right that is not in it has no
	// cap, 0 lets nothing pass without an approval. The owner has none.
	Caps map[Right]money.Amount
	Seal Seal // how the seal was found when the group was read
}

// Has reports whether the group holds the right.
func (g *Group) Has(r Right) bool { return slices.Contains(g.Rights, r) }

// Guard refuses a group that was changed past the till.
func (g *Group) Guard() error {
	name := g.Name
	if name == "" {
		name = string(g.ID)
	}
	return g.Seal.Guard(SealGroup, name)
}

// Check tells the first thing wrong with a group as CodeInvalid; a cut of the
// owner's rights is CodeConflict.
func (g *Group) Check() error {
	preset := g.ID.Preset()
	switch {
	case strings.TrimSpace(g.Name) == "" && !preset:
		return E(CodeInvalid, "group.name-empty", nil)
	case len([]rune(g.Name)) > MaxNameRunes:
		return E(CodeInvalid, "group.name-long", Args{"Max": MaxNameRunes})
	case HasControl(g.Name):
		return E(CodeInvalid, "text.control", nil)
	}
	for _, r := range g.Rights {
		if !slices.Contains(Rights, r) {
			return E(CodeInvalid, "group.right-unknown", Args{"Right": string(r)})
		}
	}
	if g.ID == GroupOwner && len(SortRights(g.Rights)) != len(Rights) {
		return E(CodeConflict, "group.owner-cut", nil)
	}
	return g.checkCaps()
}

// Preset reports one of the groups every shop begins with.
func (id GroupID) Preset() bool {
	return id == GroupOwner || id == GroupAdmin || id == GroupSeniorCashier || id == GroupCashier
}

// SortRights returns the rights in the order of a group card, each once.
func SortRights(rights []Right) []Right {
	sorted := make([]Right, 0, len(rights))
	for _, r := range Rights {
		if slices.Contains(rights, r) {
			sorted = append(sorted, r)
		}
	}
	return sorted
}

// PresetGroups are the groups of a new shop, most powerful first. The owner
// holds every right and cannot lose one.
func PresetGroups() []Group {
	cashier := []Right{
		RightSell, RightRemove, RightPark, RightPoints, RightCredit, RightRepay, RightReturn,
		RightShiftOpen, RightShiftClose, RightCashIn, RightXReport, RightReprint, RightCustomerView, RightCustomerAdd, RightSellCert, RightManualSee, RightManualCreate,
	}
	senior := append(slices.Clone(cashier),
		RightLineDiscount, RightChequeDiscount, RightCancel, RightPrice, RightSkipPoints, RightSkipCredit,
		RightReturnOtherDay, RightReturnNoProof, RightCorrectTender, RightCashOut, RightOpenDrawer, RightReports, RightCustomerEdit, RightBlockCert, RightManualDecide, RightManualRefund)
	var admin []Right
	for _, r := range Rights {
		if r != RightEmployees && r != RightSkipCredit && r != RightSkipPoints && r != RightRestore && r != RightSkipPhone && r != RightManualOwn {
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
	Seal      Seal // how the seal was found when the employee was read
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

// CheckEmployeeName tells what is wrong with a name as CodeInvalid.
func CheckEmployeeName(name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return E(CodeInvalid, "employee.name-empty", nil)
	case len([]rune(name)) > MaxNameRunes:
		return E(CodeInvalid, "employee.name-long", Args{"Max": MaxNameRunes})
	case HasControl(name):
		return E(CodeInvalid, "text.control", nil)
	}
	return nil
}

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
