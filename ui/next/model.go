// Package next is the card «что дальше»: what a new shop has yet to do, on the empty
// sale screen, each point with the key that leads there. A point is done when the till
// finds it done, whoever did it and however.
package next

import (
	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/keys"
)

// point is one thing to do.
type point struct {
	id    string        // its words are "next.<id>"
	act   keys.ActionID // whose key leads there
	right pos.Right     // of whoever can do it
	done  bool
}

// The keys that only the card has; the other points use those of the sale screen.
const (
	actGoods   keys.ActionID = "sale.next.goods"
	actPrinter keys.ActionID = "sale.next.printer"
	actStarter keys.ActionID = "sale.next.starter"
	actStaff   keys.ActionID = "sale.next.staff"
	actCodes   keys.ActionID = "sale.next.codes"
	actCopy    keys.ActionID = "sale.next.copy"
	actAway    keys.ActionID = "sale.next.away"
)

// own are the actions of the card, with the words they have there.
var own = []struct {
	act   keys.ActionID
	label string
	key   keys.Key
	place string // what Go is told
}{
	{actGoods, "next.goods", "Ctrl+1", "goods"},
	{actPrinter, "next.printer", "Ctrl+2", "printer"},
	{actStarter, "next.starter", "Ctrl+3", "starter"},
	{actStaff, "next.staff", "Ctrl+4", "staff"},
	{actCodes, "next.codes", "Ctrl+5", "codes"},
	{actCopy, "next.copy", "Ctrl+6", "copy"},
	{actAway, "next.away", "Ctrl+0", "away"},
}

// DefineKeys names the actions of the card.
func DefineKeys(r *keys.Router) {
	for _, a := range own {
		r.Define(keys.Action{ID: a.act, Label: a.label, Key: a.key})
	}
}

// Facts are what the points are judged by.
type Facts struct {
	Begun    till.Beginning
	Settings pos.Settings
}

// points are the things to do in the order of a shop's first day, for somebody with
// the rights can tells of.
func points(f Facts, can func(pos.Right) bool) []point {
	b, set := f.Begun, f.Settings
	all := []point{
		{"goods", actGoods, pos.RightProducts, b.Goods},
		{"printer", actPrinter, pos.RightSettings, set.Paper.Set()},
		{"shift", "sale.shift", pos.RightShiftOpen, b.Shift},
		{"sell", "sale.field", pos.RightSell, b.Sold},
		{"customer", "sale.customer", pos.RightCustomerAdd, b.Customer},
		{"staff", actStaff, pos.RightEmployees, b.Staff},
		{"codes", actCodes, pos.RightSettings, set.SMSProvider != "" || !set.ConfirmPoints.Asks() && !set.ConfirmCredit.Asks()},
		{"copy", actCopy, pos.RightSettings, set.Backup.Folders != ""},
	}
	if b.Starter && b.Goods { // they have served once there are goods of the shop's own
		all = append(all, point{"starter", actStarter, pos.RightProducts, false})
	}
	var mine []point
	for _, p := range all {
		if can(p.right) {
			mine = append(mine, p)
		}
	}
	return mine
}

// left counts the points that are not done.
func left(all []point) (n int) {
	for _, p := range all {
		if !p.done {
			n++
		}
	}
	return n
}
