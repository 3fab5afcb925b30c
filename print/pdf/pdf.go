// Package pdf puts the texts a receipt printer prints, and labels for goods and
// shelves, into PDF files with letters of their own: they read the same on
// every computer.
package pdf

import (
	"io"
	"unicode/utf8"

	"codeberg.org/go-pdf/fpdf"

	"kassa/assets/fonts"
	"kassa/pos"
)

// Measures of a slip as a page, in millimetres.
const (
	slipMargin = 4.0
	slipFont   = 9.0 // points
	slipLine   = 3.8
	// advance is the width of a letter of the monospaced face, of its size.
	advance   = 0.602
	point     = 25.4 / 72
	maxLines  = 5000
	pageLines = 1200 // a longer page no reader shows
)

// Slip writes lines of text as one page just as wide and long as they are, like
// a receipt that was never torn off. It returns CodeInvalid for nothing or for
// more than anybody prints.
func Slip(w io.Writer, title string, lines []string) error {
	if len(lines) == 0 || len(lines) > maxLines {
		return pos.E(pos.CodeInvalid, "print.bad-job", nil)
	}
	face, err := monoFace()
	if err != nil {
		return err
	}
	columns := 24
	text := make([]string, len(lines))
	for i, line := range lines {
		line = face.written(line)
		text[i] = line
		columns = max(columns, utf8.RuneCountInString(line))
	}
	width := float64(columns)*slipFont*advance*point + 2*slipMargin
	perPage := min(len(lines), pageLines)
	height := float64(perPage)*slipLine + 2*slipMargin
	doc := newDocument(title, width, height)
	doc.AddUTF8FontFromBytes("mono", "", fonts.Mono)
	for i, line := range text {
		if i%perPage == 0 {
			doc.AddPage()
			doc.SetFont("mono", "", slipFont)
		}
		doc.Text(slipMargin, slipMargin+float64(i%perPage)*slipLine+slipFont*point, line)
	}
	return finish(doc, w)
}

// newDocument is an empty document of pages of one size.
func newDocument(title string, width, height float64) *fpdf.Fpdf {
	doc := fpdf.NewCustom(&fpdf.InitType{OrientationStr: "P", UnitStr: "mm", Size: fpdf.SizeType{Wd: width, Ht: height}})
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	doc.SetTitle(title, true)
	doc.SetCreator("Kassa", true)
	return doc
}

func finish(doc *fpdf.Fpdf, w io.Writer) error {
	if err := doc.Output(w); err != nil {
		return pos.Wrap(pos.CodeUnavailable, "print.pdf-not-written", err)
	}
	return nil
}
