// Package label draws a price label dot by dot and says it to a label printer in the
// language it knows. What is drawn is what comes out: letters are our own, since a
// printer's face may lack Cyrillic, and the modules of a barcode are whole dots.
package label

import (
	"math"

	"github.com/boombuler/barcode"

	"kassa/pos"
	"kassa/pos/escpos"
	"kassa/print/bars"
)

// TagWidth and TagHeight are the millimetres of a shelf tag of a sheet, which a
// preview shows as a label of that size.
const (
	TagWidth  = 64
	TagHeight = 45
)

// millimetresInch are in an inch.
const millimetresInch = 25.4

// sheet is a label that is being drawn. Lengths are dots.
type sheet struct {
	dots          *escpos.Bitmap
	mm            float64 // dots of a millimetre
	width, height int
	pad           int
	text          int // size of the name
}

// Draw sets a label for a printer of so many dots an inch. It returns CodeInvalid for
// a barcode that cannot be drawn.
func Draw(l *pos.PriceLabel, paper pos.LabelPaper, dpi int) (*escpos.Bitmap, error) {
	width, height, roll := paper.Millimetres()
	if !roll {
		width, height = TagWidth, TagHeight
	}
	s := &sheet{mm: float64(dpi) / millimetresInch}
	s.width, s.height = int(float64(width)*s.mm), int(float64(height)*s.mm)
	s.dots, s.pad = escpos.NewBitmap(s.width, s.height), s.of(1.5)
	s.text = s.of(1.4 + float64(height)*0.06)
	top := s.name(l.Name)
	bottom := s.foot(l, height)
	bottom, err := s.code(l.Code, bottom)
	if err != nil {
		return nil, err
	}
	s.price(l, top, bottom)
	return s.dots, nil
}

// of is a length in millimetres as dots.
func (s *sheet) of(mm float64) int { return int(math.Round(mm * s.mm)) }

// room is what a line may be wide.
func (s *sheet) room() int { return s.width - 2*s.pad }

// name sets the name on two lines at most and returns where they end.
func (s *sheet) name(name string) int {
	face := regular.at(s.text)
	y := s.pad
	for _, line := range face.lines(name, s.room(), 2) {
		face.draw(s.dots, line, s.pad, y)
		y += face.line()
	}
	return y
}

// foot sets the shop, the number and the date under everything, where the label is
// high enough, and returns where they begin.
func (s *sheet) foot(l *pos.PriceLabel, height int) int {
	bottom := s.height - s.pad
	if height < 25 || l.Shop+l.SKU+l.Date == "" {
		return bottom
	}
	face := regular.at(max(s.text*7/10, s.of(1.8)))
	y := bottom - face.line()
	right := l.Date
	if l.SKU != "" && l.SKU != l.Code {
		right = join(l.SKU, l.Date)
	}
	right = face.clip(right, s.room()*6/10)
	used := face.width(right)
	face.draw(s.dots, right, s.width-s.pad-used, y)
	if used > 0 {
		used += s.of(1.5)
	}
	face.draw(s.dots, face.clip(l.Shop, s.room()-used), s.pad, y)
	return y
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}

// Barcodes: the least and the most a module is, in millimetres, and the white beside
// the bars, in modules. A module below the least is not read by most scanners.
const (
	leastModule = 0.24
	mostModule  = 0.5
	quiet       = 10
	quietSquare = 4
)

// code sets the barcode above what stands at bottom, its text under it, and returns
// where it begins.
func (s *sheet) code(code string, bottom int) (int, error) {
	if code == "" {
		return bottom, nil
	}
	b, square, err := bars.Encode(code)
	if err != nil {
		return 0, err
	}
	if !square && s.module(s.width, b.Bounds().Dx()+2*quiet) < s.of(leastModule) {
		// So many bars are not read from so small a label; a square is.
		if as, err := bars.Square(code); err == nil {
			b, square = as, true
		}
	}
	high := s.height * 28 / 100
	if square {
		return s.square(b, bottom, s.height*42/100), nil
	}
	face := regular.at(max(s.text*7/10, s.of(1.8)))
	under := bottom - face.line()
	face.draw(s.dots, code, (s.width-face.width(code))/2, under)
	module := s.module(s.width, b.Bounds().Dx()+2*quiet)
	wide := b.Bounds().Dx() * module
	high -= face.line()
	for x := range b.Bounds().Dx() {
		if bars.Black(b, x, 0) {
			fill(s.dots, (s.width-wide)/2+x*module, under-high, module, high)
		}
	}
	return under - high, nil
}

// square sets a QR code at the right edge, no higher than a length.
func (s *sheet) square(b barcode.Barcode, bottom, high int) int {
	n := b.Bounds().Dx()
	module := max(high/(n+2*quietSquare), 1)
	left, top := s.width-s.pad-n*module, bottom-n*module
	for y := range n {
		for x := range n {
			if bars.Black(b, x, y) {
				fill(s.dots, left+x*module, top+y*module, module, module)
			}
		}
	}
	return top - quietSquare*module
}

// module is how many whole dots a module is, so that all fit into a width.
func (s *sheet) module(width, modules int) int {
	return min(max(width/modules, 1), max(s.of(mostModule), 1))
}

// price sets the price as large as there is room for, and beside it what it was
// before, what it is for, and what a whole unit costs.
func (s *sheet) price(l *pos.PriceLabel, top, bottom int) {
	gap := s.of(0.6)
	top, bottom = top+gap, bottom-gap
	small := regular.at(max(s.text*8/10, s.of(1.8)))
	var beside []string
	wide := 0
	for _, text := range []string{l.Old, l.Unit, l.PerUnit} {
		if text != "" {
			beside = append(beside, text)
			wide = max(wide, small.width(text))
		}
	}
	room := s.room()
	if wide = min(wide, room*4/10); wide > 0 {
		room -= wide + s.of(1.5)
	}
	size := bottom - top
	for size > s.of(2) && bold.at(size).width(l.Price) > room {
		size -= max(size/24, 1)
	}
	face := bold.at(max(size, 1))
	price := face.clip(l.Price, room)
	face.drawMiddle(s.dots, price, s.pad, top, bottom)
	x := s.pad + face.width(price) + s.of(1.5)
	y := top + max((bottom-top-len(beside)*small.line())/2, 0)
	for _, text := range beside {
		text = small.clip(text, s.width-s.pad-x)
		small.draw(s.dots, text, x, y)
		if text != "" && l.Old != "" && y == top+max((bottom-top-len(beside)*small.line())/2, 0) {
			fill(s.dots, x, y+small.line()*55/100, small.width(text), max(s.of(0.2), 1))
		}
		y += small.line()
	}
}

// fill makes a rectangle black.
func fill(b *escpos.Bitmap, x, y, wide, high int) {
	for dy := range high {
		for dx := range wide {
			b.Set(x+dx, y+dy)
		}
	}
}
