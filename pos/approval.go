package pos

import (
	"strings"
	"time"

	"kassa/pos/digest"
	"kassa/pos/money"
)

// ApprovalLife is how long an approval waits to be used: long enough to press a
// key, too short to be kept for another customer.
const ApprovalLife = 2 * time.Minute

// Approval lets one employee do once what the own group does not allow, because
// another who may do it entered a PIN for exactly this. It is stored before it
// is used and never edited but for the mark of its use.
type Approval struct {
	ID        ApprovalID
	Right     Right
	Sum       money.Amount // the most it covers; 0 where the right has no sum
	Subject   string       // id of the cheque, sale or customer it is about; "" for nothing in particular; see SubjectIn
	AskedBy   EmployeeID   // who may use it
	GrantedBy EmployeeID
	Reason    string
	At        time.Time
	Expires   time.Time
	UsedAt    time.Time // zero while unused
	UsedFor   string    // id of what came of it; "" while unused, or when nothing has an id
	Seal      Seal      // how the seal was found when the approval was read to be used
}

// SubjectIn is what an approval is about whose sum is in another currency than the
// shop's. No cap can be compared with such a sum, so it is allowed for that thing and
// that currency alone, by somebody without a cap.
func SubjectIn(id string, c money.Currency) string { return id + " " + string(c) }

// SubjectOf takes what an approval is about apart: the id and, where its sum is not in
// the shop's currency, that currency. Ids hold no blanks.
func SubjectOf(subject string) (id string, c money.Currency) {
	id, code, _ := strings.Cut(subject, " ")
	return id, money.Currency(code)
}

// Used reports an approval that was spent.
func (a *Approval) Used() bool { return !a.UsedAt.IsZero() }

// Fresh reports an approval that is neither too old nor, after the clock was
// put back, from the future.
func (a *Approval) Fresh(at time.Time) bool { return !at.Before(a.At) && at.Before(a.Expires) }

// Meant reports whether the approval was given to this employee for this right
// and, where both are known, about this very thing.
func (a *Approval) Meant(by EmployeeID, r Right, about string) bool {
	return a.AskedBy == by && a.Right == r && (a.Subject == "" || about == "" || a.Subject == about)
}

// Spend tells why an approval cannot be used now for a sum, as CodeForbidden;
// nil when it can.
func (a *Approval) Spend(sum money.Amount, at time.Time) error {
	args := Args{"Right": a.Right, "Sum": sum}
	switch {
	case a.Used():
		return E(CodeForbidden, "approval.used", args)
	case !a.Fresh(at):
		return E(CodeForbidden, "approval.expired", args)
	case sum > a.Sum:
		args["Granted"] = a.Sum
		return E(CodeForbidden, "approval.sum-raised", args)
	}
	return nil
}

// Check tells the first thing wrong with what is asked for as CodeInvalid.
func (a *Approval) Check() error {
	switch {
	case !a.Right.Known():
		return E(CodeInvalid, "approval.right-unknown", nil)
	case a.Sum < 0 || a.Sum > money.MaxAmount || (a.Sum != 0 && !a.Right.HasSum()):
		return E(CodeInvalid, "approval.sum-range", nil)
	case len(a.Subject) > MaxNameRunes || HasControl(a.Subject):
		return E(CodeInvalid, "approval.subject", nil)
	}
	return nil
}

// Digest is the hex SHA-256 of everything that was granted, without the mark of
// its use. The audit trail carries it, so an approval changed behind the till's
// back is found.
func (a *Approval) Digest() string {
	d := digest.New("kassa.approval.v1")
	d.Text(string(a.ID)).Text(string(a.Right)).Int(int64(a.Sum)).Text(a.Subject)
	d.Text(string(a.AskedBy)).Text(string(a.GrantedBy)).Text(a.Reason).Time(a.At).Time(a.Expires)
	return d.Hex()
}

// UseDigest is the hex SHA-256 of when and for what it was used.
func (a *Approval) UseDigest() string {
	d := digest.New("kassa.approval.use.v1")
	d.Text(string(a.ID)).Time(a.UsedAt).Text(a.UsedFor)
	return d.Hex()
}
