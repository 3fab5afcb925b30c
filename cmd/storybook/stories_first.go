package main

import (
	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/uitest"
)

// firstStories are the first run of a new shop.
var firstStories = []story{
	{name: "first-run", from: nobody, shows: "firstrun.shop", real: true, wide: true, play: func(b *book) { b.start() }},
	{name: "first-run-country", from: nobody, shows: "firstrun.shop", real: true, play: func(b *book) {
		b.start().typed("Крамнiца").press(keys.Tab, keys.Right)
	}},
	{name: "first-run-kazakhstan", from: nobody, shows: "firstrun.shop", real: true, play: func(b *book) {
		b.start().press(keys.Tab, keys.Right, keys.Right, keys.Right)
	}},
	{name: "first-run-owner", from: nobody, shows: "firstrun", real: true, play: func(b *book) { b.start().press(keys.Enter) }},
	{name: "first-run-refused", from: nobody, shows: "firstrun", real: true, play: func(b *book) {
		b.start().press(keys.Enter).typed("Анна").press(keys.Enter).typed("123456").press(keys.Enter).typed("123456").press(keys.Enter)
	}},
	{name: "first-run-printer", from: nobody, shows: "firstrun.printer", real: true, play: func(b *book) {
		b.toFile().printers = []pos.FoundPrinter{{Connection: pos.PrinterSystem, Address: "/dev/usb/lp0"}, {Connection: pos.PrinterNetwork, Address: "127.0.0.1:9100"}}
		b.made()
	}},
	{name: "first-run-no-printer", from: nobody, shows: "firstrun.printer", real: true, play: func(b *book) { b.toFile().made() }},
	{name: "first-run-printed", from: nobody, shows: "firstrun.printed", real: true, play: func(b *book) {
		b.toFile().made().typed(b.set.Paper.Address).press(keys.Enter)
	}},
	{name: "first-run-goods", from: nobody, shows: "firstrun.goods", real: true, play: func(b *book) { b.made() }},
	{name: "first-run-product", from: nobody, shows: "firstrun.product", real: true, play: func(b *book) {
		b.made()
		uitest.Scan(b.Window, "4699999999990")
		b.typed("Хлеб")
	}},
	{name: "first-run-weighed", from: nobody, shows: "firstrun.product", real: true, play: func(b *book) {
		b.made().typed("Яблоки").press(keys.Enter).typed("129").press("F2")
	}},
	{name: "first-run-added", from: nobody, shows: "firstrun.goods", real: true, play: func(b *book) {
		b.made()
		uitest.Scan(b.Window, "4699999999990")
		b.typed("Хлеб бородинский").press(keys.Enter).typed("64,90").press(keys.Enter)
	}},
	{name: "first-run-ten", from: nobody, shows: "firstrun.goods", real: true, play: func(b *book) { b.made().press("F6") }},
	{name: "next", from: nobody, shows: "sale", real: true, wide: true, play: func(b *book) { b.made().press(keys.Esc, keys.Esc, "F2") }},
	{name: "next-some", from: nobody, shows: "sale", real: true, wide: true, play: func(b *book) {
		b.made().press("F6")
		uitest.Scan(b.Window, "4699999999990")
		b.typed("Хлеб бородинский").press(keys.Enter).typed("64,90").press(keys.Enter, keys.Enter)
		b.typed("1000").press(keys.Enter)
		uitest.Scan(b.Window, "4699999999990")
		b.press("F9", keys.Enter, keys.Enter, keys.Enter)
	}},
}

// made goes through the shop and its owner to what comes after the recovery code.
func (b *book) made() *book {
	b.start().typed("Лавка у дома").press(keys.Enter)
	b.typed("Анна").press(keys.Enter).typed("507316").press(keys.Enter).typed("507316").press(keys.Enter)
	return b.typed(uitest.LastGroup(b.Window)).press(keys.Enter)
}
