package config

import (
	"net"
	"strconv"
	"strings"
	"unicode/utf8"

	"kassa/pos"
	"kassa/pos/escpos"
)

// paperKeys are the settings of the receipt printer.
var paperKeys = []key{
	choice("printer.connection", func(s *pos.Settings) *pos.Connection { return &s.Paper.Connection },
		pos.PrinterNone, pos.PrinterNetwork, pos.PrinterSystem, pos.PrinterSerial, pos.PrinterFile),
	matching("printer.address", "config.allowed.printer.address", isPrinterAddress, func(s *pos.Settings) *string { return &s.Paper.Address }),
	whole("printer.baud", 1200, 921600, func(s *pos.Settings) *int { return &s.Paper.Baud }),
	boolean("printer.ask_status", func(s *pos.Settings) *bool { return &s.Paper.AskStatus }),
	matching("printer.page", "config.allowed.printer.page", isPage, func(s *pos.Settings) *string { return &s.Paper.Page }),
	whole("printer.page_number", 0, 255, func(s *pos.Settings) *int { return &s.Paper.PageNumber }),
	boolean("printer.cancel_chinese", func(s *pos.Settings) *bool { return &s.Paper.CancelChinese }),
	choice("printer.cut", func(s *pos.Settings) *pos.CutMode { return &s.Paper.Cut }, pos.CutPartial, pos.CutFull, pos.CutNone),
	choice("printer.drawer", func(s *pos.Settings) *pos.DrawerPin { return &s.Paper.Drawer }, pos.DrawerOff, pos.DrawerPin2, pos.DrawerPin5),
	choice("printer.receipt", func(s *pos.Settings) *pos.When { return &s.Paper.Receipt }, pos.PrintAlways, pos.PrintAsk, pos.PrintNever),
	whole("printer.copies", 1, pos.MaxPrintCopies, func(s *pos.Settings) *int { return &s.Paper.Copies }),
	boolean("printer.z", func(s *pos.Settings) *bool { return &s.Paper.Z }),
	boolean("printer.logo", func(s *pos.Settings) *bool { return &s.Paper.Logo }),
	boolean("printer.qr", func(s *pos.Settings) *bool { return &s.Paper.QR }),
	lines("printer.header", 400, func(s *pos.Settings) *string { return &s.Paper.Header }),
}

// labelPrinterKeys are the settings of the label printer.
var labelPrinterKeys = []key{
	choice("label_printer.connection", func(s *pos.Settings) *pos.Connection { return &s.LabelPrinter.Connection },
		pos.PrinterNone, pos.PrinterNetwork, pos.PrinterSystem, pos.PrinterSerial, pos.PrinterFile),
	matching("label_printer.address", "config.allowed.label_printer.address", isPrinterAddress, func(s *pos.Settings) *string { return &s.LabelPrinter.Address }),
	whole("label_printer.baud", 1200, 921600, func(s *pos.Settings) *int { return &s.LabelPrinter.Baud }),
	choice("label_printer.language", func(s *pos.Settings) *pos.LabelLanguage { return &s.LabelPrinter.Language }, pos.LabelZPL, pos.LabelEPL),
	whole("label_printer.dpi", 150, 600, func(s *pos.Settings) *int { return &s.LabelPrinter.DPI }),
	choice("label_printer.paper", func(s *pos.Settings) *pos.LabelPaper { return &s.LabelPrinter.Paper }, rolls()...),
}

// rolls are the papers a label printer takes.
func rolls() (all []pos.LabelPaper) {
	for _, p := range pos.LabelPapers {
		if _, _, roll := p.Millimetres(); roll {
			all = append(all, p)
		}
	}
	return all
}

// isPrinterAddress accepts what can be a host with or without a port, a device
// or a file; which of them it must be is known when it is used.
func isPrinterAddress(s string) bool {
	if utf8.RuneCountInString(s) > 255 || pos.HasControl(s) || strings.TrimSpace(s) != s {
		return false
	}
	if _, port, err := net.SplitHostPort(s); err == nil && port != "" {
		if n, err := strconv.Atoi(port); err == nil && (n < 1 || n > 65535) {
			return false
		}
	}
	return true
}

func isPage(s string) bool {
	_, known := escpos.PageNamed(s)
	return known || s == pos.RasterPage
}
