package shell

import (
	"slices"
	"time"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/till"
)

// place is one entry of the menu «Файл».
type place struct {
	id    string    // also the translation id "menu.<id>"
	right pos.Right // asked before it opens; "" for nobody's business
}

// The menu, in the order shown; digits and then letters open them.
var places = []place{
	{"settings", pos.RightSettings},
	{"goods", pos.RightProducts},
	{"customers", pos.RightCustomerView},
	{"people", pos.RightEmployees},
	{"certificates", pos.RightSell},
	{"offers", pos.RightOffers},
	{"reports", pos.RightReports},
	{"receipts", pos.RightReports},
	{"selfcheck", pos.RightVerify},
	{"backup", pos.RightBackup},
	{"health", pos.RightVerify},
	{"keymap", pos.RightSettings},
	{"stock", pos.RightStock},
	{"prints", ""},
	{"labels", pos.RightProducts},
	{"overview", pos.RightReports},
	{"history", pos.RightSettings},
	{"seals", pos.RightVerify},
	{"lock", ""},
	{"quit", ""},
}

// problemsTold bounds how many broken invariants the lock screen names; the
// self-check lists them all.
const problemsTold = 2

// notices turns what the till found at its start into the sentences a person
// must read before selling, most serious first: ids and their values.
func notices(st *till.Start) []pos.Error {
	var n []pos.Error
	problems := st.Problems
	if g := st.Missing; g != nil {
		// Told in short here, and whole to whoever logs in.
		n = append(n, pos.Error{ID: "start.missing", Args: pos.Args{"Sales": g.Of(history.Sales).Text(), "Entries": g.Entries().Text()}})
		problems = slices.DeleteFunc(slices.Clone(problems), func(p till.Problem) bool { return p.ID == g.ID() })
	}
	for i, p := range problems {
		if i == 0 {
			n = append(n, pos.Error{ID: "start.problems", Args: pos.Args{"Count": len(problems)}})
		}
		if i < problemsTold {
			n = append(n, pos.Error{ID: p.ID, Args: p.Args})
		}
	}
	if !st.Orderly {
		switch {
		case st.LastSale == nil:
			n = append(n, pos.Error{ID: "start.crash-nothing"})
		default:
			n = append(n, pos.Error{ID: "start.crash-sale", Args: pos.Args{
				"Number": st.LastSale.Number, "Total": st.LastSale.Total, "At": st.LastSale.At}})
		}
		if st.OpenCheque {
			n = append(n, pos.Error{ID: "start.crash-cheque"})
		}
	}
	if st.StaleShift && st.Shift != nil {
		n = append(n, pos.Error{ID: "start.stale-shift", Args: pos.Args{"Number": st.Shift.Number, "At": st.Shift.OpenedAt}})
	}
	return n
}

// idle tells whether the till has been left alone for too long. limit 0 means
// never.
func idle(last, now time.Time, limit time.Duration) bool {
	return limit > 0 && !last.IsZero() && now.Sub(last) >= limit
}
