package main

import (
	"time"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/uitest"
)

// paymentStories show the payment window, credit, points and the code window.
var paymentStories = []story{
	{name: "payment", shows: "payment", wide: true, play: func(b *book) { b.paying() }},
	{name: "payment-change", shows: "payment", play: func(b *book) { b.paying().typed("2000") }},
	{name: "payment-sure", shows: "payment.sure", play: func(b *book) { b.paying().typed("500000").press(keys.Enter) }},
	{name: "payment-short", shows: "payment", play: func(b *book) { b.paying().typed("500").press(keys.Enter) }},
	{name: "payment-short-nobody", shows: "payment", play: func(b *book) { b.senior().five().press("F9").typed("500").press(keys.Enter) }},
	{name: "payment-mixed", shows: "payment", play: func(b *book) { b.paying().typed("500").press(keys.Enter, "F2") }},
	{name: "payment-points", shows: "payment", play: func(b *book) { b.paying().points("300").press("F1").typed("500") }},
	{name: "payment-points-waits", shows: "payment", play: func(b *book) { b.paying().press("F4").typed("300").press(keys.Enter, keys.Esc).wait(time.Second) }},
	{name: "payment-paid", shows: "payment", play: func(b *book) { b.paying().typed("2000").press(keys.Enter) }},
	{name: "payment-card-too-much", shows: "payment", play: func(b *book) { b.paying().press("F2").typed("9000").press(keys.Enter) }},
	{name: "points", shows: "points", play: func(b *book) { b.senior().five().buyer("Лебедева").press("F6") }},
	{name: "points-too-many", shows: "points", play: func(b *book) {
		b.senior().five().buyer("Лебедева").press("F6").typed("5000").press(keys.Enter)
	}},
	{name: "credit", shows: "credit", play: func(b *book) { b.paying().typed("500").press(keys.Enter, keys.Enter) }},
	{name: "credit-nobody", shows: "customer.find", play: func(b *book) {
		b.senior().five().press("F9").typed("500").press(keys.Enter, keys.Enter)
	}},
	{name: "credit-limit", shows: "credit", play: func(b *book) {
		b.senior().times("5", 8).buyer("Орлов").press("F9", "F5")
	}},
	{name: "payment-scan", shows: "payment.scan", play: func(b *book) { b.senior().five().press("F9", "F2", keys.Enter).scan(1) }},
	{name: "payment-scan-weight", shows: "payment.weight", play: func(b *book) { b.senior().five().press("F9").scan(6) }},
	{name: "payment-scan-unknown", shows: "payment", play: func(b *book) {
		b.senior().five().press("F9")
		uitest.Scan(b.Window, "4699999999990")
	}},
	{name: "credit-overdue", shows: "credit", play: func(b *book) { b.senior().scan(0, 1).buyer("Чижова").press("F9", "F5") }},
}

var codeStories = []story{
	{name: "code-sending", shows: "code", play: func(b *book) {
		b.senior().five().buyer("Лебедева").press("F6").typed("300").stalled().press(keys.Enter).wait(3 * time.Second)
	}},
	{name: "code", shows: "code", wide: true, play: func(b *book) { b.spending("300").typed("482") }},
	{name: "code-training", shows: "code", play: func(b *book) { b.training().spending("300") }},
	{name: "code-wrong", shows: "code", play: func(b *book) { b.spending("300").wrong() }},
	{name: "code-failed", shows: "code", play: func(b *book) { b.answer = fails("sms.err.offline"); b.spending("300") }},
	{name: "code-failed-setting", shows: "code", play: func(b *book) { b.answer = fails("sms.err.auth-error"); b.spending("300") }},
	{name: "code-failed-cashier", shows: "code", play: func(b *book) {
		b.answer = fails("sms.err.insufficient-funds")
		b.login(pos.GroupCashier).scan(0, 1, 2, 3).buyer("Лебедева").press("F6", keys.Enter)
	}},
	{name: "code-unknown", shows: "code", play: func(b *book) { b.answer = unknown; b.spending("300") }},
	{name: "code-of-provider", shows: "code", play: func(b *book) { b.makes("0435").spending("300").typed("04") }},
	{name: "code-unreadable", shows: "code", play: func(b *book) { b.makes("none").spending("300").wait(15 * time.Second) }},
	{name: "code-skippable", shows: "code", play: func(b *book) { b.spending("300").wait(125 * time.Second) }},
	{name: "code-skip", shows: "code.skip", play: func(b *book) {
		b.answer = fails("sms.err.offline")
		b.spending("300").press("F8").typed("нет связи, покупателя знаю")
	}},
	{name: "code-expired", shows: "code", play: func(b *book) { b.spending("300").wait(5*time.Minute + 5*time.Second) }},
	{name: "code-dead", shows: "code", play: func(b *book) {
		b.spending("300")
		for range 5 {
			b.wrong()
		}
	}},
	{name: "code-credit", shows: "code", play: func(b *book) {
		b.paying().typed("500").press(keys.Enter, keys.Enter, keys.Enter)
	}},
}

// paying opens the payment of the usual cheque of a customer.
func (b *book) paying() *book { return b.senior().five().buyer("Лебедева").press("F9") }

// spending opens the code window of so many points.
func (b *book) spending(points string) *book {
	return b.senior().five().buyer("Лебедева").press("F6").typed(points).press(keys.Enter)
}

// points spends points in the payment window, code included.
func (b *book) points(n string) *book {
	b.press("F4").typed(n).press(keys.Enter)
	return b.typed(b.code).press(keys.Enter).wait(time.Second)
}

// wrong enters a code that is not the right one.
func (b *book) wrong() *book {
	code := "000000"
	if b.code == code {
		code = "000001"
	}
	return b.typed(code).press(keys.Enter)
}

// training makes messages practice ones, shown in the window.
func (b *book) training() *book {
	b.set.SMSProvider = "sandbox"
	b.env.Training = func(string) (string, bool) {
		return "Код 482913: списание 300 баллов, «Магазин у дома»", true
	}
	return b
}

var customerStories = []story{
	{name: "customer-find", shows: "customer.find", play: func(b *book) { b.senior().scan(0).press("F3") }},
	{name: "customer-found", shows: "customer.find", play: func(b *book) { b.senior().scan(0).press("F3").typed("ор") }},
	{name: "customer-none", shows: "customer.find", play: func(b *book) { b.senior().scan(0).press("F3").typed("9876") }},
	{name: "customer-new", shows: "customer.add", play: func(b *book) {
		b.senior().scan(0).press("F3").typed("+7 900 000-00-99").press("F3").typed("Мария Соколова")
	}},
	{name: "customer-refused", shows: "customer.add", play: func(b *book) {
		b.senior().scan(0).press("F3").typed("+7 900 000-00-01").press("F3").typed("Мария Соколова").press("Ctrl+Enter")
	}},
	{name: "customer-card", shows: "customer.card", wide: true, play: func(b *book) { b.senior().card("Орлов") }},
	{name: "customer-card-overdue", shows: "customer.card", play: func(b *book) { b.owner().card("Чижова") }},
	{name: "customer-repay", shows: "customer.repay", play: func(b *book) { b.senior().card("Орлов").press("F5").typed("300") }},
}

// card opens a customer's card from the list.
func (b *book) card(name string) *book { return b.press("F3").typed(name).press("F4") }

var receiptStories = []story{
	{name: "receipt", shows: "receipt", wide: true, play: func(b *book) { b.paying().typed("2000").press(keys.Enter, keys.Enter) }},
	{name: "receipt-card", shows: "receipt", play: func(b *book) { b.senior().scan(0, 1, 2).press("Ctrl+Enter") }},
	{name: "receipts", shows: "receipts", play: func(b *book) { b.senior().menu("receipts") }},
	{name: "receipts-empty", from: morning, shows: "receipts", play: func(b *book) { b.owner().press(keys.Esc).menu("receipts") }},
}
