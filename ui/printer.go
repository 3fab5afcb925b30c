package ui

import (
	"context"

	"kassa/pos"
	"kassa/pos/escpos"
)

// Printer is the receipt printer with the cash drawer on it. Its methods take as
// long as the device does, so they are called in the background, Ready and Logo
// excepted; its errors are *pos.Error with a sentence that says what to do.
type Printer interface {
	// Ready reports whether a printer is set.
	Ready() bool
	// Print puts a slip on the list and prints it, once. The job it returns says
	// how it ended; there is an error only when it could not even be listed.
	Print(ctx context.Context, a pos.Actor, j pos.PrintJob) (*pos.PrintJob, error)
	// Again prints a slip that did not come out, because somebody asked.
	Again(ctx context.Context, a pos.Actor, id pos.PrintID) (*pos.PrintJob, error)
	// Once prints a slip that is kept nowhere, neither before nor after: nobody
	// can print it again.
	Once(ctx context.Context, j pos.PrintJob) error
	// OpenDrawer opens the drawer, and does nothing where the settings have none.
	OpenDrawer(ctx context.Context) error

	// TryPage prints the test page under settings that are not kept yet; say
	// speaks the language of the page.
	TryPage(ctx context.Context, set pos.Settings, say func(id string, args pos.Args) string) error
	// TrySheet prints a text once in every line of escpos.Samples.
	TrySheet(ctx context.Context, set pos.Settings, text string) error
	// TryDrawer opens the drawer under settings that are not kept yet.
	TryDrawer(ctx context.Context, set pos.Settings) error

	// LabelsReady reports whether a label printer is set.
	LabelsReady() bool
	// LabelPicture is a label as it will come out of the label printer; for the
	// background.
	LabelPicture(paper pos.LabelPaper, l pos.PriceLabel) (*escpos.Bitmap, error)
	// TryLabel prints one label under settings that are not kept yet.
	TryLabel(ctx context.Context, set pos.LabelPrinterSettings, l pos.PriceLabel) error

	// Logo is the picture over receipts as dots, nil for none.
	Logo() *escpos.Bitmap
	// TakeLogo makes dots of a picture file and keeps them.
	TakeLogo(path string) (*escpos.Bitmap, error)
	// DropLogo forgets the picture.
	DropLogo() error
}
