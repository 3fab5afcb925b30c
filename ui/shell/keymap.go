package shell

import (
	"context"

	"kassa/pos"
	"kassa/ui"
	"kassa/ui/care"
	"kassa/ui/certificates"
	"kassa/ui/code"
	"kassa/ui/credit"
	"kassa/ui/customer"
	"kassa/ui/drawer"
	"kassa/ui/goods"
	"kassa/ui/health"
	"kassa/ui/keymap"
	"kassa/ui/keys"
	"kassa/ui/labels"
	"kassa/ui/next"
	"kassa/ui/offers"
	"kassa/ui/orders"
	"kassa/ui/payables"
	"kassa/ui/payment"
	"kassa/ui/people"
	"kassa/ui/points"
	"kassa/ui/prints"
	"kassa/ui/queue"
	"kassa/ui/quick"
	"kassa/ui/receipts"
	"kassa/ui/returns"
	"kassa/ui/sale"
	"kassa/ui/settings"
	"kassa/ui/stock"
	"kassa/ui/widgets"
)

// screens name the actions of every screen, so that each can be given another
// key and be found before its screen was ever opened.
var screens = []func(*keys.Router){
	care.DefineKeys, health.DefineKeys, sale.DefineKeys, payment.DefineKeys, points.DefineKeys, certificates.DefineKeys, offers.DefineKeys, payables.DefineKeys, credit.DefineKeys, code.DefineKeys,
	customer.DefineKeys, goods.DefineKeys, people.DefineKeys, stock.DefineKeys, settings.DefineKeys, keymap.DefineKeys,
	ui.DefinePrintKey, drawer.DefineKeys, prints.DefineKeys, queue.DefineKeys, orders.DefineKeys, labels.DefineKeys, returns.DefineKeys, receipts.DefineKeys, next.DefineKeys, quick.DefineKeys,
}

// DefineKeys names every action of the till with its usual key.
func DefineKeys(r *keys.Router) {
	r.Define(
		keys.Action{ID: "menu", Label: "key.menu", Key: "F10"},
		keys.Action{ID: "keys", Label: "key.keys", Key: "F1"},
		keys.Action{ID: "palette", Label: "key.palette", Key: "Ctrl+K"},
		keys.Action{ID: "lock", Label: "key.lock", Key: "Ctrl+L"},
		keys.Action{ID: actBefore, Label: "key.page.before", Key: "Alt+Up", Place: keys.Everywhere},
		keys.Action{ID: actAfter, Label: "key.page.after", Key: "Alt+Down", Place: keys.Everywhere},
	)
	for _, define := range screens {
		define(r)
	}
}

// ownKeys puts the shop's own keys in force. One that does not fit any more
// keeps its usual key; the shop is told, since a key that does nothing is worse
// than one that moved.
func (s *Shell) ownKeys() {
	own, err := keys.ParseMap(s.Settings().Keys)
	lost := len(s.Env.Kit.Keys.SetMap(own))
	if err != nil {
		lost = max(lost, 1)
	}
	if lost > 0 {
		s.Env.Kit.Toast(s.Env.T("keymap.lost", pos.Args{"Count": lost}), widgets.Warn)
	}
}

// keepKeys saves the shop's own keys with its other settings.
func (s *Shell) keepKeys(ctx context.Context, a pos.Actor, keymap string) error {
	kept, err := s.Admin.Kept(ctx)
	if err != nil {
		return err
	}
	set := kept.Settings
	set.Keys = keymap
	return s.Admin.Save(ctx, a, settings.Draft{Settings: set})
}
