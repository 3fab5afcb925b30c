package pos

import "kassa/pos/money"

// Connection is how the receipt printer is reached.
type Connection string

// Ways to a printer. Of PrinterSystem the address is a device such as
// /dev/usb/lp0 or LPT1, or the name the printer has in the system.
const (
	PrinterNone    Connection = "none"
	PrinterNetwork Connection = "network"
	PrinterSystem  Connection = "usb"
	PrinterSerial  Connection = "serial"
	PrinterFile    Connection = "file"
)

// When says whether something is printed by itself.
type When string

// Answers to "print it?".
const (
	PrintAlways When = "always"
	PrintAsk    When = "ask"
	PrintNever  When = "never"
)

// CutMode is what happens at the end of a slip.
type CutMode string

// Ways to part a slip from the roll.
const (
	CutPartial CutMode = "partial"
	CutFull    CutMode = "full"
	CutNone    CutMode = "none"
)

// DrawerPin is the contact the cash drawer hangs on.
type DrawerPin string

// Contacts of the drawer's socket.
const (
	DrawerOff  DrawerPin = "off"
	DrawerPin2 DrawerPin = "pin2"
	DrawerPin5 DrawerPin = "pin5"
)

// RasterPage stands in PaperSettings.Page for a printer without a usable code
// page: the text is drawn and sent as a picture.
const RasterPage = "raster"

// PaperSettings are what a shop decides about its receipt printer.
type PaperSettings struct {
	Connection Connection
	Address    string // host:port, device, queue, port or file, by Connection
	Baud       int    // of a serial port
	AskStatus  bool   // the printer answers when asked how it is

	Page          string // name of a code page, or RasterPage
	PageNumber    int    // by which the printer knows the page; it differs by model
	CancelChinese bool   // first leave the mode in which two bytes are one sign
	Cut           CutMode
	Drawer        DrawerPin

	Receipt When // a sale's receipt and the slip of a repayment
	Copies  int
	Z       bool // the Z report when a shift is closed
	Logo    bool
	QR      bool   // the sale's id as a code to scan
	Header  string // lines under the shop's address
}

// DefaultPaper are the settings of a shop without a printer. What they say of
// the printer fits most of those sold with Cyrillic.
func DefaultPaper() PaperSettings {
	return PaperSettings{Connection: PrinterNone, Baud: 9600, AskStatus: true, Page: "pc866", PageNumber: 17,
		CancelChinese: true, Cut: CutPartial, Drawer: DrawerOff, Receipt: PrintAlways, Copies: 1, Z: true, QR: true}
}

// Set reports whether there is a printer.
func (p *PaperSettings) Set() bool {
	return p.Connection != PrinterNone && p.Connection != "" && p.Address != ""
}

// HasDrawer reports whether the printer opens a drawer.
func (p *PaperSettings) HasDrawer() bool { return p.Set() && p.Drawer != DrawerOff && p.Drawer != "" }

// TakesCash reports whether money went into the drawer or out of it with a sale,
// so that it has to open.
func (s *Sale) TakesCash() bool {
	for i := range s.Tenders {
		if s.Tenders[i].Method.InDrawer() && s.Tenders[i].Amount != 0 {
			return true
		}
	}
	return s.Change != money.Amount(0)
}

// FoundPrinter is a printer that is there, though nobody knows yet whether it prints.
type FoundPrinter struct {
	Connection Connection
	Address    string
}
