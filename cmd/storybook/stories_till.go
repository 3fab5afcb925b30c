package main

import (
	"time"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/shell"
	"kassa/ui/uitest"
)

// stories are all pictures, in the order of a day.
var stories = gather(startStories, firstStories, saleStories, lineStories, shiftStories, paymentStories, waitingStories, offerStories, codeStories,
	customerStories, cardStories, receiptStories, menuStories, settingsStories, peopleStories, goodsStories, shelfStories, tableStories, stockStories, labelStories, careStories, copyStories, rescueStories, healthStories, historyStories, keyStories, approvalStories, returnStories, figuresStories, whyStories,
	paperStories, queueStories, manualStories, orderStories, displayStories, promotionStories)

func gather(chapters ...[]story) []story {
	var all []story
	for _, c := range chapters {
		all = append(all, c...)
	}
	return all
}

var startStories = []story{
	{name: "login", shows: "login", wide: true, play: func(b *book) { b.start() }},
	{name: "login-wrong", shows: "login", real: true, play: func(b *book) { b.start().typed("909090").press(keys.Enter) }},
	{name: "login-locked", shows: "login", real: true, play: func(b *book) {
		b.start()
		for range pos.PINTries {
			b.typed("909090").press(keys.Enter)
		}
		b.wait(2 * time.Second)
	}},
	{name: "login-crash", from: stale, shows: "login", play: func(b *book) {
		_, err := b.till.Begin(b.env.Ctx) // a till that never ends in order
		must(err)
		b.start()
	}},
	{name: "login-broken", from: broken, shows: "login", real: true, play: func(b *book) { b.start() }},
	{name: "login-loosened", shows: "login", real: true, play: func(b *book) { b.loosened().start() }},
	{name: "start-stuck", shows: "stuck", play: func(b *book) {
		shell.ShowStuck(b.env, b.env.Words.Error(pos.E(pos.CodeUnavailable, "storage.running", pos.Args{"Dir": "/home/kassa/.config/kassa"})), func() {})
	}},
}

var saleStories = []story{
	{name: "sale-no-shift", from: morning, shows: "sale", play: func(b *book) { b.senior().press(keys.Esc, "F2") }},
	{name: "sale-empty", shows: "sale", wide: true, play: func(b *book) { b.senior() }},
	{name: "sale", shows: "sale", wide: true, play: func(b *book) { b.senior().five().buyer("Лебедева") }},
	{name: "sale-disk-fails", shows: "trouble", play: func(b *book) {
		b.senior().five().buyer("Лебедева")
		b.shell.Trouble = func() error { return pos.E(pos.CodeUnavailable, "storage.disk-fails", nil) }
		b.wait(time.Second)
	}},
	{name: "sale-no-copy", shows: "sale", play: func(b *book) {
		b.senior().five()
		b.shell.TellCopies(b.env.T("shell.no-backup", nil) + " " + b.env.Words.Error(pos.E(pos.CodeUnavailable, "backup.stalled", pos.Args{"Path": "/mnt/office/kassa"})))
	}},
	{name: "sale-loosened", shows: "sale", real: true, play: func(b *book) { b.loosened().senior().five().buyer("Лебедева") }},
	{name: "sale-nobody", shows: "sale", play: func(b *book) { b.senior().five() }},
	{name: "sale-debtor", shows: "sale", play: func(b *book) { b.senior().scan(0, 1).buyer("Чижова") }},
	{name: "sale-search", shows: "sale", play: func(b *book) { b.senior().five().typed("мол") }},
	{name: "sale-search-guess", shows: "sale", play: func(b *book) { b.senior().five().typed("малоко") }},
	{name: "sale-search-nothing", shows: "sale", play: func(b *book) { b.senior().scan(0).typed("ананас") }},
	{name: "sale-unknown", shows: "sale", play: func(b *book) {
		b.senior().scan(0, 1)
		uitest.Scan(b.Window, "4699999999990")
	}},
	{name: "sale-weight", shows: "sale.weight", play: func(b *book) { b.senior().scan(0, 6).typed("0,845") }},
	{name: "sale-weight-behind", shows: "sale.weight", play: func(b *book) { b.senior().scan(0, 6, 1, 4) }},
	{name: "sale-price-asked", shows: "sale.price", play: func(b *book) { b.senior().scan(0, 18) }},
	{name: "sale-points-pending", shows: "sale", play: func(b *book) {
		b.senior().five().buyer("Лебедева").press("F6", keys.Enter, keys.Esc)
	}},
	{name: "sale-500", from: crowd, shows: "sale", wide: true, play: func(b *book) { b.senior() }},
	{name: "sale-training", shows: "sale", play: func(b *book) { b.training().senior().five() }},
	{name: "tiles", shows: "sale.tiles", wide: true, play: func(b *book) { b.senior().press(keys.Home) }},
	{name: "catalogue", shows: "sale.catalogue", play: func(b *book) { b.senior().press(keys.Home, keys.Home) }},
	{name: "keys-dialog", shows: "keys", play: func(b *book) { b.senior().press("F7", "F1") }},
	{name: "keys-payment", shows: "keys", play: func(b *book) { b.senior().five().press("F9", "Ctrl+F1") }},
	{name: "keys", shows: "keys", play: func(b *book) { b.senior().scan(0).press("F1") }},
}

var lineStories = []story{
	{name: "line-quantity", shows: "sale.qty", play: func(b *book) { b.senior().five().press("*") }},
	{name: "line-price", shows: "sale.price", play: func(b *book) { b.senior().five().press("Ctrl+P") }},
	{name: "line-discount", shows: "sale.discount", play: func(b *book) { b.senior().five().press("F8").typed("15") }},
	{name: "cheque-discount", shows: "sale.discount", play: func(b *book) { b.senior().five().press("Shift+F8").typed("5") }},
	{name: "line-discount-refused", shows: "sale.discount", play: func(b *book) {
		b.senior().five().press("F8").typed("150").press(keys.Enter)
	}},
	{name: "line-remove", shows: "sale.remove", play: func(b *book) { b.senior().five().press(keys.Del) }},
	{name: "cheque-cancel", shows: "sale.cancel", play: func(b *book) { b.senior().five().press("Ctrl+Del") }},
	{name: "cheque-park", shows: "sale.park", play: func(b *book) { b.senior().five().press("F4").typed("пошла за хлебом") }},
	{name: "cheque-parked", shows: "sale.parked", play: func(b *book) {
		b.senior().five().press("F4").typed("пошла за хлебом").press(keys.Enter, "F5")
	}},
	{name: "quit", shows: "quit", play: func(b *book) { b.senior().five(); b.shell.Quit() }},
}

var shiftStories = []story{
	{name: "shift-open", from: morning, shows: "shift.open", play: func(b *book) { b.senior().typed("1500") }},
	{name: "shift-stale", from: stale, shows: "shift.close", play: func(b *book) { b.senior() }},
	{name: "cash-in", shows: "cash", play: func(b *book) { b.senior().press("F7").typed("500") }},
	{name: "cash-out", shows: "cash", play: func(b *book) { b.senior().press("F7", "F7").typed("500") }},
	{name: "cash-refused", shows: "cash", play: func(b *book) {
		b.senior().press("F7", "F7").typed("999999").press(keys.Enter).typed("банк").press(keys.Enter)
	}},
	{name: "shift-x", shows: "xreport", play: func(b *book) { b.senior().press("F11") }},
	{name: "drawer-notes", shows: "drawer.notes", play: func(b *book) {
		b.senior().press("F12", "F6", keys.Down, keys.Down).typed("2").press(keys.Enter).typed("1").press(keys.Enter)
	}},
	{name: "drawer-notes-z", shows: "zreport", play: func(b *book) {
		b.senior().press("F12", "F6", keys.Down, keys.Down).typed("2").press(keys.Enter).typed("1").press("F9", keys.Enter)
	}},
	{name: "shift-close", shows: "shift.close", play: func(b *book) { b.senior().press("F12").typed("2650") }},
	{name: "shift-close-kept", shows: "shift.close", play: func(b *book) {
		b.senior().press("F12").typed("2650")
		_, err := b.till.Scan(b.env.Ctx, b.env.Actor, b.demo.Products[0].Barcodes[0], 1000, nil) // refuses the closing
		must(err)
		b.press(keys.Enter, keys.Esc)
		_, err = b.till.CancelCheque(b.env.Ctx, b.env.Actor, "передумали")
		must(err)
		b.press("F12")
	}},
	{name: "shift-z", shows: "zreport", play: func(b *book) { b.senior().press("F12").typed("2650").press(keys.Enter) }},
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
