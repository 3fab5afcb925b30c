package orders

import "kassa/ui/keys"

// The actions of the windows.
const (
	actAdd      keys.ActionID = "orders.add"
	actApprove  keys.ActionID = "orders.approve"
	actDecline  keys.ActionID = "orders.decline"
	actRefund   keys.ActionID = "orders.refund"
	actState    keys.ActionID = "orders.state"
	actMerchant keys.ActionID = "orders.merchant"
	actCustomer keys.ActionID = "orders.customer"
	actDays     keys.ActionID = "orders.days"
	actAll      keys.ActionID = "orders.all"
	actExport   keys.ActionID = "orders.export"
	actTab      keys.ActionID = "orders.tab"
	actAgain    keys.ActionID = "orders.again"
	actCorrect  keys.ActionID = "orders.correct"
	actAllow    keys.ActionID = "orders.refund.allow"
	actRefuse   keys.ActionID = "orders.refund.refuse"
	actGive     keys.ActionID = "orders.refund.give"
	actExpand   keys.ActionID = "orders.expand"
	actWord     keys.ActionID = "orders.word"
	actWhom     keys.ActionID = "orders.whom"

	actProofs    keys.ActionID = "orders.proofs"
	actAttach    keys.ActionID = "orders.proofs.attach"
	actSaveProof keys.ActionID = "orders.proofs.save"
	actBrowse    keys.ActionID = "orders.proofs.browse"
)

// The windows that lie over one another, each with keys of its own.
const (
	placeOrder   = "orders.order"
	placeAdd     = "orders.add"
	placeHistory = "orders.history"
	placeProofs  = "orders.proofs"
	placeAttach  = "orders.attach"
)

// DefineKeys names the actions of the windows.
func DefineKeys(r *keys.Router) {
	r.Define(
		keys.Action{ID: actAdd, Label: "key.orders.add", Key: "F2"},
		keys.Action{ID: actCustomer, Label: "key.orders.customer", Key: "F3"},
		keys.Action{ID: actState, Label: "key.orders.state", Key: "F4"},
		keys.Action{ID: actMerchant, Label: "key.orders.merchant", Key: "F5"},
		keys.Action{ID: actDays, Label: "key.orders.days", Key: "F6"},
		keys.Action{ID: actExport, Label: "key.orders.export", Key: "F7"},
		keys.Action{ID: actDecline, Label: "key.orders.decline", Key: "F8"},
		keys.Action{ID: actApprove, Label: "key.orders.approve", Key: "F9"},
		keys.Action{ID: actTab, Label: "key.orders.tab", Key: "F11"},
		keys.Action{ID: actAll, Label: "key.orders.all", Key: "Shift+F3"},
		keys.Action{ID: actAgain, Label: "key.orders.again", Key: "Shift+F5"},
		keys.Action{ID: actRefund, Label: "key.orders.refund", Key: "Shift+F9"},
		keys.Action{ID: actCorrect, Label: "key.orders.correct", Key: "F4", Place: placeOrder},
		keys.Action{ID: actAllow, Label: "key.orders.refund.allow", Key: "F5", Place: placeOrder},
		keys.Action{ID: actRefuse, Label: "key.orders.refund.refuse", Key: "F6", Place: placeOrder},
		keys.Action{ID: actGive, Label: "key.orders.refund.give", Key: "F7", Place: placeOrder},
		keys.Action{ID: actProofs, Label: "key.orders.proofs", Key: "F2", Place: placeOrder},
		keys.Action{ID: actAttach, Label: "key.orders.proofs.attach", Key: "F2", Place: placeProofs},
		keys.Action{ID: actSaveProof, Label: "key.orders.proofs.save", Key: "F7", Place: placeProofs},
		keys.Action{ID: actBrowse, Label: "key.orders.proofs.browse", Key: "F4", Place: placeAttach},
		keys.Action{ID: actWhom, Label: "key.orders.whom", Key: "F3", Place: placeAdd},
		keys.Action{ID: actWord, Label: "key.orders.word", Key: "F4", Place: placeAdd},
		keys.Action{ID: actExpand, Label: "key.orders.expand", Key: "+", Place: placeHistory},
	)
}
