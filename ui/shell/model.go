package shell

import (
	"slices"
	"time"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/till"
	"kassa/ui/icons"
	"kassa/ui/keys"
)

// place is one entry of the menu «Файл», and of the rail beside pages.
type place struct {
	id    string    // also the translation id "menu.<id>"
	key   rune      // opens it in the menu; kept for ever, since hands remember it
	right pos.Right // asked before it opens; "" for nobody's business
	// seldom is left out of the rail of a low window.
	seldom bool
	// deed is done at once and has no page: it stands in the menu only.
	deed bool
	icon icons.Icon
}

// group is some places under a heading, whose translation id is "menu.group.<id>".
type group struct {
	id     string
	places []place
}

// The menu and the rail, in the order shown.
var groups = []group{
	{"sale", []place{
		{id: "receipts", key: '8', right: pos.RightReports, icon: icons.Receipt},
		{id: "orders", key: 'M', right: pos.RightManualSee, icon: icons.Orders},
		{id: "certificates", key: '5', right: pos.RightSell, icon: icons.Certificate},
		{id: "prints", key: 'D', seldom: true, icon: icons.Printer},
		{id: "lock", key: 'I', deed: true, icon: icons.Lock},
		{id: "quit", key: 'J', deed: true, icon: icons.Quit},
	}},
	{"goods", []place{
		{id: "goods", key: '2', right: pos.RightProducts, icon: icons.Goods},
		{id: "stock", key: 'C', right: pos.RightStock, icon: icons.Stock},
		{id: "labels", key: 'E', right: pos.RightProducts, icon: icons.Label},
		{id: "offers", key: '6', right: pos.RightOffers, icon: icons.Offer},
		{id: "payables", key: 'P', right: pos.RightManualSee, seldom: true, icon: icons.Payable},
	}},
	{"people", []place{
		{id: "customers", key: '3', right: pos.RightCustomerView, icon: icons.Customer},
		{id: "people", key: '4', right: pos.RightEmployees, icon: icons.People},
	}},
	{"reports", []place{
		{id: "overview", key: 'F', right: pos.RightReports, icon: icons.Day},
		{id: "reports", key: '7', right: pos.RightReports, icon: icons.Chart},
		{id: "lists", key: 'K', right: pos.RightReports, icon: icons.List},
	}},
	{"system", []place{
		{id: "settings", key: '1', right: pos.RightSettings, icon: icons.Settings},
		{id: "history", key: 'G', right: pos.RightSettings, seldom: true, icon: icons.History},
		{id: "keymap", key: 'B', right: pos.RightSettings, seldom: true, icon: icons.Keys},
		{id: "backup", key: '0', right: pos.RightBackup, icon: icons.Copies},
		{id: "health", key: 'A', right: pos.RightVerify, icon: icons.Health},
		{id: "selfcheck", key: '9', right: pos.RightVerify, seldom: true, icon: icons.Check},
		{id: "queue", key: 'L', seldom: true, icon: icons.Queue},
		{id: "seals", key: 'H', right: pos.RightVerify, seldom: true, icon: icons.Seal},
	}},
}

// menuColumns are the groups that stand under one another in the menu.
var menuColumns = [][]string{{"sale", "people"}, {"goods", "reports"}, {"system"}}

// places are those of all groups.
func places() []place {
	var all []place
	for _, g := range groups {
		all = append(all, g.places...)
	}
	return all
}

// placeOf finds a place by its id.
func placeOf(id string) (place, bool) {
	all := places()
	i := slices.IndexFunc(all, func(p place) bool { return p.id == id })
	if i < 0 {
		return place{}, false
	}
	return all[i], true
}

// MenuKey is the key that opens a place once the menu is shown; keys.None for a
// place the menu does not have.
func MenuKey(id string) keys.Key {
	p, _ := placeOf(id)
	return p.menuKey()
}

func (p *place) menuKey() keys.Key {
	if p.key == 0 {
		return keys.None
	}
	return keys.Key(string(p.key))
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
