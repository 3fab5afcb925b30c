// Package people is the window of those who work at the till: employees with
// their PINs, and the groups that say who may do what.
package people

import (
	"slices"
	"strings"

	"kassa/pos"
	"kassa/ui"
)

// topic is a heading of the group card with the rights under it.
type topic struct {
	id     string // "people.theme.<id>" is its name
	rights []pos.Right
}

// topics order the rights of a group card. The two that let somebody go on
// without the customer's code stand first and apart: they are what a shop has
// to think about.
var topics = []topic{
	{"skip", []pos.Right{pos.RightSkipPoints, pos.RightSkipCredit, pos.RightSkipPhone}},
	{"cheque", []pos.Right{pos.RightSell, pos.RightPrice, pos.RightLineDiscount, pos.RightChequeDiscount, pos.RightRemove,
		pos.RightCancel, pos.RightPark, pos.RightReprint}},
	{"returns", []pos.Right{pos.RightReturn, pos.RightReturnOtherDay, pos.RightReturnNoProof, pos.RightCorrectTender}},
	{"customers", []pos.Right{pos.RightPoints, pos.RightCredit, pos.RightRepay, pos.RightCustomerView, pos.RightCustomerAdd,
		pos.RightCustomerEdit, pos.RightCreditLimit, pos.RightCustomerGroups, pos.RightMerge, pos.RightErase}},
	{"offers", []pos.Right{pos.RightSellCert, pos.RightIssueCert, pos.RightBlockCert, pos.RightOffers}},
	{"manual", []pos.Right{pos.RightManualSee, pos.RightManualCreate, pos.RightManualDecide, pos.RightManualOwn, pos.RightManualCorrect, pos.RightManualRefund}},
	{"shift", []pos.Right{pos.RightShiftOpen, pos.RightShiftClose, pos.RightCashIn, pos.RightCashOut, pos.RightOpenDrawer, pos.RightXReport, pos.RightReports}},
	{"shop", []pos.Right{pos.RightProducts, pos.RightStock, pos.RightStockAdjust, pos.RightImport, pos.RightExport, pos.RightEmployees, pos.RightSettings,
		pos.RightQueue, pos.RightTestSMS, pos.RightVerify, pos.RightBackup, pos.RightRestore}},
}

// list is what the window shows.
type list struct {
	employees []pos.Employee
	groups    []pos.Group
}

// groupName is what a group is called: its own name, or the translated one of a
// preset.
func groupName(env *ui.Env, g *pos.Group) string {
	if g.Name != "" {
		return g.Name
	}
	return env.Words.Value(g.ID)
}

// nameOf is the name of the group with this id.
func (l *list) nameOf(env *ui.Env, id pos.GroupID) string {
	for i := range l.groups {
		if l.groups[i].ID == id {
			return groupName(env, &l.groups[i])
		}
	}
	return string(id)
}

// members counts who of a group works here.
func (l *list) members(id pos.GroupID) int64 {
	var n int64
	for _, e := range l.employees {
		if e.Group == id && !e.Archived {
			n++
		}
	}
	return n
}

// checkPINs compares a PIN with its repetition. A new employee needs one; of
// somebody known an empty one leaves the old PIN.
func checkPINs(pin, again string, isNew bool) error {
	if pin == "" && again == "" && !isNew {
		return nil
	}
	if err := pos.CheckPIN(pin); err != nil {
		return err
	}
	if pin != again {
		return pos.E(pos.CodeInvalid, "people.pin-differs", nil)
	}
	return nil
}

// with returns the rights with one of them given or taken.
func with(rights []pos.Right, r pos.Right, on bool) []pos.Right {
	rights = slices.DeleteFunc(slices.Clone(rights), func(have pos.Right) bool { return have == r })
	if on {
		rights = append(rights, r)
	}
	return rights
}

// machine is a list of names as one word for those who watch the window.
func machine[T ~string](list []T) string {
	parts := make([]string, len(list))
	for i, v := range list {
		parts[i] = string(v)
	}
	return strings.Join(parts, ",")
}
