package print

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/boombuler/barcode/qr"

	"kassa/pos"
	"kassa/pos/escpos"
)

// Measures of a slip.
const (
	endFeed   = 3 // lines between the text and the knife
	qrModule  = 5 // dots
	qrQuiet   = 4 // modules of white around a drawn code
	narrow    = 384
	middle    = 512
	wide      = 576
	narrowMax = 32 // columns a narrow roll takes
	middleMax = 42
)

// Dots is how many dots a roll of that many columns is wide.
func Dots(columns int) int {
	switch {
	case columns <= narrowMax:
		return narrow
	case columns <= middleMax:
		return middle
	case columns*cellWidth > wide:
		return columns * cellWidth
	}
	return wide
}

// composer writes slips for one printer.
type composer struct {
	set  pos.PaperSettings
	dots int
	page escpos.Page
	logo *escpos.Bitmap // nil for none
	e    *escpos.Encoder
}

// newComposer makes a composer for a roll of so many columns. A code page nobody
// knows is drawn as a picture.
func newComposer(set pos.PaperSettings, columns int, logo *escpos.Bitmap) *composer {
	c := &composer{set: set, dots: Dots(columns), logo: logo}
	page, ok := escpos.PageNamed(set.Page)
	if !ok {
		page, _ = escpos.PageNamed("pc437")
		c.set.Page = pos.RasterPage
		page = page.At(0)
	} else {
		page = page.At(byte(set.PageNumber))
	}
	c.page = page
	c.e = escpos.NewEncoder(page)
	return c
}

// Compose writes the copies of a job.
func Compose(j *pos.PrintJob, set pos.PaperSettings, columns int, logo *escpos.Bitmap) ([]byte, error) {
	c := newComposer(set, columns, logo)
	if err := c.slip(j); err != nil {
		return nil, err
	}
	// A slip begins by putting the printer into a known state, so further copies
	// are the same bytes; drawing a code anew takes most of the time of a slip.
	return bytes.Repeat(c.e.Bytes(), max(j.Copies, 1)), nil
}

// begin puts the printer into a known state. Text is written a byte a letter; a
// picture is the same in any mode.
func (c *composer) begin(text bool) { c.e.Init(text && c.set.CancelChinese) }

func (c *composer) slip(j *pos.PrintJob) error {
	c.begin(c.set.Page != pos.RasterPage)
	if c.logo != nil && c.set.Logo && headed(j.Kind) {
		c.e.Align(escpos.Centre)
		c.e.Raster(c.logo)
		c.e.Align(escpos.Left)
	}
	if err := c.lines(j.Lines); err != nil {
		return err
	}
	if j.QR != "" && c.set.QR {
		if err := c.code(j.QR); err != nil {
			return err
		}
	}
	c.end()
	return nil
}

// headed reports slips a customer takes home: those have the shop's logo.
func headed(k pos.PrintKind) bool {
	switch k {
	case pos.PrintReceipt, pos.PrintCopy, pos.PrintReturn, pos.PrintRepayment:
		return true
	}
	return false
}

func (c *composer) lines(lines []string) error {
	if c.set.Page != pos.RasterPage {
		for _, line := range lines {
			c.e.Line(line)
		}
		return nil
	}
	face, err := mono()
	if err != nil {
		return pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	c.e.Raster(face.draw(lines, c.dots))
	return nil
}

// code prints a code in the middle: the printer draws it, or a picture of it is
// sent to one that is known by pictures alone.
func (c *composer) code(text string) error {
	c.e.Feed(1)
	c.e.Align(escpos.Centre)
	if c.set.Page == pos.RasterPage {
		img, err := qr.Encode(text, qr.M, qr.Auto)
		if err != nil {
			return pos.Wrap(pos.CodeInternal, "till.internal", err)
		}
		n := img.Bounds().Dx()
		b := escpos.NewBitmap((n+2*qrQuiet)*qrModule, (n+2*qrQuiet)*qrModule)
		for y := range n {
			for x := range n {
				if r, _, _, _ := img.At(x, y).RGBA(); r == 0 {
					b.Fill((x+qrQuiet)*qrModule, (y+qrQuiet)*qrModule, qrModule)
				}
			}
		}
		c.e.Raster(b)
	} else {
		c.e.QR(text, qrModule)
	}
	c.e.Align(escpos.Left)
	return nil
}

func (c *composer) end() {
	c.e.Feed(endFeed)
	switch c.set.Cut {
	case pos.CutFull:
		c.e.Cut(false)
	case pos.CutPartial:
		c.e.Cut(true)
	}
}

// Pulse is what opens the drawer; nothing where there is none.
func Pulse(set pos.PaperSettings) []byte {
	e := escpos.NewEncoder(escpos.Page{})
	switch set.Drawer {
	case pos.DrawerPin2:
		e.Pulse(2)
	case pos.DrawerPin5:
		e.Pulse(5)
	}
	return e.Bytes()
}

// SampleSheet prints the samples: a number, a text in the page, for each of
// them. Title and end are lines in plain Latin letters, the text is in the
// alphabet that is looked for.
func SampleSheet(set pos.PaperSettings, columns int, text string) []byte {
	c := newComposer(set, columns, nil)
	c.begin(true)
	c.e.Line("KASSA: CODE PAGES")
	for _, s := range escpos.Samples() {
		page, _ := escpos.PageNamed(s.Page)
		c.e.SelectPage(page.At(byte(s.PageNumber)))
		c.e.Line(twoDigits(s.Number) + "  " + clip(text, columns-4))
	}
	c.end()
	return c.e.Bytes()
}

func twoDigits(n int) string { return string([]byte{byte('0' + n/10%10), byte('0' + n%10)}) }

func clip(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:max(most, 1)]))
}
