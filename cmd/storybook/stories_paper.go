package main

import (
	"os"
	"path/filepath"
	"time"

	"kassa/pos"
	"kassa/print"
	"kassa/ui"
	"kassa/ui/keys"
)

// paperStories show the printer, its queue, and labels.
var paperStories = []story{
	{name: "settings-printer", shows: "settings", wide: true, play: func(b *book) { b.toFile().owner().settings(5) }},
	{name: "settings-printer-test", shows: "settings.print", play: func(b *book) { b.toFile().owner().settings(5).press("F8") }},
	{name: "settings-printer-failed", shows: "settings.print", play: func(b *book) { b.unplugged().owner().settings(5).press("F8") }},
	{name: "settings-codepage", shows: "settings.codepage", play: func(b *book) { b.toFile().owner().settings(5).press("F9") }},
	{name: "settings-logo", shows: "settings.logo", play: func(b *book) { b.toFile().owner().settings(5).press("F11") }},
	{name: "receipt-printed", shows: "receipt", play: func(b *book) { b.toFile().paying().press(keys.Enter, keys.Enter) }},
	{name: "receipt-not-printed", shows: "receipt", play: func(b *book) { b.unplugged().paying().press(keys.Enter, keys.Enter) }},
	{name: "sale-not-printed", shows: "sale", play: func(b *book) {
		b.unplugged().paying().press(keys.Enter, keys.Enter, keys.Enter).scan(0, 1)
	}},
	{name: "prints", shows: "prints", play: func(b *book) {
		b.unplugged().paying().press(keys.Enter, keys.Enter, keys.Enter, "Ctrl+O")
	}},
	{name: "prints-empty", shows: "prints", play: func(b *book) { b.toFile().senior().press("Ctrl+O") }},
	{name: "drawer-with-printer", shows: "cash", play: func(b *book) { b.toFile().senior().press("F7") }},
	{name: "labels", shows: "labels", wide: true, play: func(b *book) {
		b.toFile().owner().menu("labels").scan(0, 0, 1).wait(time.Second).typed("ко")
	}},
	{name: "labels-printer", shows: "labels.preview", wide: true, play: func(b *book) {
		b.labelPrinter().owner().menu("labels").scan(0, 0, 1)
	}},
	{name: "labels-guess", shows: "labels", play: func(b *book) {
		b.labelPrinter().owner().menu("labels").scan(0, 1).wait(time.Second).typed("малоко")
	}},
	{name: "settings-labelprinter", shows: "settings.labelprinter", wide: true, play: func(b *book) {
		b.labelPrinter().owner().settings(9).press("Shift+F9")
	}},
	{name: "labels-empty", shows: "labels", play: func(b *book) { b.owner().menu("labels") }},
	{name: "x-with-printer", shows: "xreport", play: func(b *book) { b.toFile().senior().press("F11") }},
}

// toFile gives the shop a printer that writes into a file.
func (b *book) toFile() *book {
	b.files = filepath.Join(os.TempDir(), "kassa")
	must(os.MkdirAll(b.files, 0o700))
	return b.printer(pos.PrinterFile, filepath.Join(b.files, "lp.bin"))
}

// labelPrinter gives the shop a label printer that writes into a file.
func (b *book) labelPrinter() *book {
	b.toFile()
	b.set.LabelPrinter.Connection, b.set.LabelPrinter.Address = pos.PrinterFile, filepath.Join(b.files, "labels.prn")
	return b
}

// unplugged gives the shop a printer that is not there.
func (b *book) unplugged() *book { return b.printer(pos.PrinterSystem, "/dev/usb/lp9") }

func (b *book) printer(c pos.Connection, address string) *book {
	b.set.Paper, b.set.LabelPrinter = pos.DefaultPaper(), pos.DefaultLabelPrinter()
	b.set.Paper.Connection, b.set.Paper.Address, b.set.Paper.Drawer = c, address, pos.DrawerPin2
	b.env.Print = ui.NewPaper(b.env, print.New(print.Params{Queue: b.till, Settings: b.till.Settings, Images: b.files}))
	return b
}
