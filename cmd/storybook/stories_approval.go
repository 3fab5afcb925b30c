package main

import (
	"kassa/pos"
	"kassa/ui/keys"
)

// approvalStories show somebody else's PIN letting a cashier go on.
var approvalStories = []story{
	{name: "approval", shows: "approval", wide: true, play: func(b *book) { b.discounting() }},
	{name: "approval-wrong", shows: "approval", play: func(b *book) {
		b.discounting().press("F1").typed("000111").press(keys.Enter)
	}},
	{name: "approval-report", shows: "reports", play: func(b *book) {
		b.discounting().press("F2").typed(b.pin(pos.GroupSeniorCashier)).press(keys.Enter)
		b.press("Ctrl+L").typed(b.pin(pos.GroupOwner)).press(keys.Enter).menu("reports").press("F12", "F6")
	}},
	{name: "people-caps", shows: "people.group", play: func(b *book) {
		b.owner().menu("people").press(keys.Tab, keys.Down, keys.Down, keys.Enter, "F4").typed("1500")
	}},
}

// discounting has a cashier give a discount that is not the cashier's to give.
func (b *book) discounting() *book {
	return b.login(pos.GroupCashier).scan(2).press("F8").typed("10").press(keys.Enter)
}

// pin is the PIN of the first employee of a group.
func (b *book) pin(g pos.GroupID) string {
	for _, e := range b.demo.Employees {
		if e.Group == g {
			return e.PIN
		}
	}
	panic("nobody is in group " + string(g))
}
