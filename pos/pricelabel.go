package pos

import (
	"fmt"
	"strconv"
	"strings"
)

// PriceLabel is what stands on one price label or shelf tag, in words a person
// reads.
type PriceLabel struct {
	Name    string
	Price   string // as it is written, with its currency
	Old     string // the price before, struck through; "" for none
	Unit    string // "за кг", "" for none
	PerUnit string // what a whole unit of it costs: "1 л — 89,90 ₽"; "" for none
	SKU     string
	Code    string // the barcode; "" for none
	Shop    string
	Date    string // when it was printed; "" for none
	Count   int    // how many of it
}

// LabelPaper is what labels are put on; the word is permanent.
type LabelPaper string

// Labels of a roll, one on a page, and shelf tags on sheets of A4.
const (
	Label58x40  LabelPaper = "58x40"
	Label58x30  LabelPaper = "58x30"
	Label43x25  LabelPaper = "43x25"
	Label30x20  LabelPaper = "30x20"
	Label40x25  LabelPaper = "40x25"
	Label60x40  LabelPaper = "60x40"
	Label70x50  LabelPaper = "70x50"
	Label100x70 LabelPaper = "100x70"
	LabelA4     LabelPaper = "a4"
)

// LabelPapers lists them in the order to offer them.
var LabelPapers = []LabelPaper{Label58x40, Label58x30, Label43x25, LabelA4, Label30x20, Label40x25, Label60x40, Label70x50, Label100x70}

// Millimetres is the size of one label of a roll; ok is false for sheets, which no
// label printer takes.
func (p LabelPaper) Millimetres() (width, height int, ok bool) {
	w, h, cut := strings.Cut(string(p), "x")
	width, err1 := strconv.Atoi(w)
	height, err2 := strconv.Atoi(h)
	return width, height, cut && err1 == nil && err2 == nil
}

// LabelLanguage is what a label printer is spoken to in; the word is permanent.
type LabelLanguage string

// The languages nearly every label printer knows one of.
const (
	LabelZPL LabelLanguage = "zpl"
	LabelEPL LabelLanguage = "epl"
)

// LabelPrinterSettings are what a shop decides about its label printer.
type LabelPrinterSettings struct {
	Connection Connection
	Address    string // as that of the receipt printer
	Baud       int    // of a serial port
	Language   LabelLanguage
	DPI        int        // dots an inch: 203 or 300
	Paper      LabelPaper // what is in it as a rule
}

// DefaultLabelPrinter are the settings of a shop without one.
func DefaultLabelPrinter() LabelPrinterSettings {
	return LabelPrinterSettings{Connection: PrinterNone, Baud: 9600, Language: LabelZPL, DPI: 203, Paper: Label58x40}
}

// Set reports whether there is a label printer.
func (p *LabelPrinterSettings) Set() bool {
	return p.Connection != PrinterNone && p.Connection != "" && p.Address != ""
}

// Way is how it is reached, as a receipt printer is.
func (p *LabelPrinterSettings) Way() PaperSettings {
	return PaperSettings{Connection: p.Connection, Address: p.Address, Baud: p.Baud}
}

// labelLines is how many lines a label has in a print job.
const labelLines = 10

// LabelJob is a print job for a label printer: the paper, then each label field by
// field, so that the queue shows what it is and any printer can print it again. It
// returns CodeInvalid "labels.none" for nothing and "labels.many" for more than a job
// holds.
func LabelJob(paper LabelPaper, labels []PriceLabel) (PrintJob, error) {
	j := PrintJob{Kind: PrintLabels, Copies: 1, Lines: []string{string(paper)}}
	for i := range labels {
		l := &labels[i]
		if l.Count <= 0 {
			continue
		}
		for _, text := range []string{l.Name, l.Price, l.Old, l.Unit, l.PerUnit, l.SKU, l.Code, l.Shop, l.Date, strconv.Itoa(l.Count)} {
			j.Lines = append(j.Lines, oneLine(text))
		}
	}
	switch {
	case len(j.Lines) == 1:
		return j, E(CodeInvalid, "labels.none", nil)
	case len(j.Lines) > MaxPrintLines:
		return j, E(CodeInvalid, "labels.many", Args{"Max": (MaxPrintLines - 1) / labelLines})
	}
	return j, nil
}

// oneLine is a text as a print job takes it.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, " ")), " ")
	if r := []rune(s); len(r) > MaxPrintRunes {
		s = string(r[:MaxPrintRunes])
	}
	return s
}

// Labels reads a print job of labels back; CodeInvalid "print.bad-job" for one that
// is none.
func (j *PrintJob) Labels() (LabelPaper, []PriceLabel, error) {
	bad := func(why string) (LabelPaper, []PriceLabel, error) {
		return "", nil, Wrap(CodeInvalid, "print.bad-job", fmt.Errorf("labels: %s", why))
	}
	if j.Kind != PrintLabels || len(j.Lines) < 1+labelLines || len(j.Lines)%labelLines != 1 {
		return bad("lines are missing")
	}
	var all []PriceLabel
	for rest := j.Lines[1:]; len(rest) > 0; rest = rest[labelLines:] {
		count, err := strconv.Atoi(rest[9])
		if err != nil || count < 1 {
			return bad("no number of labels")
		}
		all = append(all, PriceLabel{Name: rest[0], Price: rest[1], Old: rest[2], Unit: rest[3], PerUnit: rest[4],
			SKU: rest[5], Code: rest[6], Shop: rest[7], Date: rest[8], Count: count})
	}
	return LabelPaper(j.Lines[0]), all, nil
}
