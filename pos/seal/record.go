package seal

import (
	"slices"
	"strings"
	"time"

	"kassa/pos"
)

// What is told of seals that are not whole.

// Record is a record whose seal is not whole, as it is stored now. ID is ""
// where not one record but the number of a kind's records is meant: some were
// taken out, or put back to what they once were.
type Record struct {
	Kind   pos.SealKind
	ID     string
	Name   string
	Seal   pos.Seal
	Fields []Field
}

// Field is one guarded field of a record as it is stored now.
type Field struct {
	Name  string // permanent word
	Value string
	Was   string // what was decided at the till; of settings alone
}

// Stand is how the seals of the whole data stand.
type Stand struct {
	Since   time.Time // of the first sealing; zero: not sealed yet
	Sealed  int64     // records that carry or should carry a seal
	Foreign bool      // not one seal fits: they were made under another secret
	Quick   bool      // only kinds of which a shop has a handful were looked at
	Unread  bool      // the secret behind them is not here, so none was looked at
}

// guarding are the beginnings of the keys of settings that guard money: what asks
// for a code, by whom it is brought, and what points, credit and returns come to.
var guarding = []string{"confirm.", "sms.", "points.", "credit.", "certificates.", "returns.", "money."}

// BringsCodes reports a setting that decides whether a code is asked for, or who
// gets it.
func BringsCodes(key string) bool {
	return strings.HasPrefix(key, "confirm.") || strings.HasPrefix(key, "sms.")
}

// GuardsSetting reports a setting that guards money: edited past the till it is
// told until somebody confirms it.
func GuardsSetting(key string) bool {
	return slices.ContainsFunc(guarding, func(begin string) bool { return strings.HasPrefix(key, begin) })
}
