package desk

import (
	"slices"

	"kassa/pos"
)

// systemID is no UUID, so no employee can ever have it and nobody can log in
// as it.
const systemID pos.EmployeeID = "system"

// systemRights are what can be done to a shop's files by whoever may read them
// anyway: look, copy, check, and bring in what an owner prepared. Selling,
// customers' codes and the drawer take a person with a PIN.
var systemRights = []pos.Right{
	pos.RightXReport, pos.RightReports, pos.RightReprint, pos.RightCustomerView, pos.RightProducts, pos.RightImport, pos.RightExport,
	pos.RightSettings, pos.RightTestSMS, pos.RightVerify, pos.RightBackup, pos.RightRestore, pos.RightQueue,
	pos.RightCustomerAdd, pos.RightCustomerEdit, pos.RightCreditLimit,
}

// System is who acts when nobody is logged in because the command line does
// the work: reports, checks, backups, imports and exports. The trail names it
// "system".
func System() pos.Actor {
	return pos.Actor{ID: systemID, Name: string(systemID), Rights: slices.Clone(systemRights)}
}

// systemMay reports whether the actor is the system and may use the right.
func systemMay(a pos.Actor, need pos.Right) bool {
	return a.ID == systemID && slices.Contains(systemRights, need)
}
