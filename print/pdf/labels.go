package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"io"
	"strings"
	"unicode/utf8"

	"codeberg.org/go-pdf/fpdf"
	"github.com/boombuler/barcode"

	"kassa/assets/fonts"
	"kassa/pos"
	"kassa/print/bars"
)

// layout is a sheet of labels or tags, in millimetres.
type layout struct {
	width, height  float64
	columns, rows  int     // on a page
	margin         float64 // of the page
	framed         bool    // a line to cut along
	price, caption float64 // sizes of type, in points
}

// layouts has one for every paper of labels.
var layouts = map[pos.LabelPaper]layout{
	pos.Label58x40:  {width: 58, height: 40, columns: 1, rows: 1, price: 20, caption: 8},
	pos.Label58x30:  {width: 58, height: 30, columns: 1, rows: 1, price: 16, caption: 7},
	pos.Label43x25:  {width: 43, height: 25, columns: 1, rows: 1, price: 13, caption: 6},
	pos.Label30x20:  {width: 30, height: 20, columns: 1, rows: 1, price: 10, caption: 5},
	pos.Label40x25:  {width: 40, height: 25, columns: 1, rows: 1, price: 12, caption: 6},
	pos.Label60x40:  {width: 60, height: 40, columns: 1, rows: 1, price: 20, caption: 8},
	pos.Label70x50:  {width: 70, height: 50, columns: 1, rows: 1, price: 26, caption: 10},
	pos.Label100x70: {width: 100, height: 70, columns: 1, rows: 1, price: 38, caption: 13},
	pos.LabelA4:     {width: 64, height: 45, columns: 3, rows: 6, margin: 9, framed: true, price: 24, caption: 9},
}

// MaxLabels is how many labels one document holds.
const MaxLabels = 5000

// Labels writes labels in their order on a paper of pos.LabelPapers. It returns
// CodeInvalid "labels.none" for nothing, "labels.many" for more than MaxLabels,
// and CodeInternal for another paper.
func Labels(w io.Writer, title string, paper pos.LabelPaper, labels []pos.PriceLabel) error {
	total := 0
	for _, one := range labels {
		total += max(one.Count, 0)
	}
	switch {
	case total == 0:
		return pos.E(pos.CodeInvalid, "labels.none", nil)
	case total > MaxLabels:
		return pos.E(pos.CodeInvalid, "labels.many", pos.Args{"Max": MaxLabels})
	}
	l, ok := layouts[paper]
	if !ok {
		return pos.Wrap(pos.CodeInternal, "till.internal", fmt.Errorf("pdf: no measures of labels on %q", paper))
	}
	s := newSheet(title, l)
	for i := range labels {
		for range labels[i].Count {
			if err := s.put(&labels[i]); err != nil {
				return err
			}
		}
	}
	return finish(s.doc, w)
}

// sheet fills pages with labels.
type sheet struct {
	layout
	doc    *fpdf.Fpdf
	placed int
	codes  map[string]string // names of pictures that are in the document
}

func newSheet(title string, l layout) *sheet {
	width, height := l.width, l.height
	if l.columns*l.rows > 1 {
		width, height = 210, 297
	}
	s := &sheet{layout: l, doc: newDocument(title, width, height), codes: map[string]string{}}
	s.doc.AddUTF8FontFromBytes("sans", "", fonts.Sans)
	s.doc.AddUTF8FontFromBytes("sans", "B", fonts.SansBold)
	return s
}

func (s *sheet) put(label *pos.PriceLabel) error {
	face, err := sansFace()
	if err != nil {
		return err
	}
	l := *label
	for _, text := range []*string{&l.Name, &l.Price, &l.Old, &l.Unit, &l.PerUnit, &l.SKU, &l.Shop, &l.Date} {
		*text = face.written(*text)
	}
	return s.set(&l)
}

// set places a label whose letters the face has.
func (s *sheet) set(l *pos.PriceLabel) error {
	at := s.placed % (s.columns * s.rows)
	if at == 0 {
		s.doc.AddPage()
	}
	s.placed++
	x := s.margin + float64(at%s.columns)*s.width
	y := s.margin + float64(at/s.columns)*s.height
	if s.framed {
		s.doc.SetLineWidth(0.1)
		s.doc.Rect(x, y, s.width, s.height, "D")
	}
	const pad = 2.0
	room := s.width - 2*pad
	top := y + pad
	top = s.lines(l.Name, x+pad, top, room, s.caption*1.15, 2)
	return s.foot(l, x+pad, y+s.height-pad, room, s.prices(l, x+pad, top, room)+1)
}

// besidePrice is how much of a label's width what stands beside the price may take.
const besidePrice = 0.42

// prices sets the price and beside it, one under another, what it was before, what it
// is for, and what a whole unit costs. It returns where they end.
func (s *sheet) prices(l *pos.PriceLabel, x, top, room float64) float64 {
	s.doc.SetFont("sans", "", s.caption*0.8)
	_, high := s.doc.GetFontSize()
	wide, lines := 0.0, 0.0
	for _, text := range []string{l.Old, l.Unit, l.PerUnit} {
		if text != "" {
			wide = max(wide, s.doc.GetStringWidth(text)+1)
			lines++
		}
	}
	wide = min(wide, room*besidePrice)
	s.doc.SetFont("sans", "B", s.price)
	s.fit(l.Price, (room-wide)*0.96, s.price)
	_, size := s.doc.GetFontSize()
	s.doc.Text(x, top+size, l.Price)
	x += s.doc.GetStringWidth(l.Price) + 1
	s.doc.SetFont("sans", "", s.caption*0.8)
	y := top + max(size*1.1-lines*high*lineOver, 0) // the last stands on the line of the price
	for i, text := range []string{l.Old, l.Unit, l.PerUnit} {
		if text == "" {
			continue
		}
		text = s.clip(text, room*besidePrice)
		y += high * lineOver
		s.doc.Text(x, y-high*0.1, text)
		if i == 0 {
			s.doc.SetLineWidth(0.2)
			s.doc.Line(x, y-high*0.4, x+s.doc.GetStringWidth(text), y-high*0.4)
		}
	}
	return max(top+size, y)
}

// lineOver is how far apart lines beside the price are, in heights of their type.
const lineOver = 1.1

// datedFrom is the height in millimetres a label shows from when it was printed.
const datedFrom = 25

// foot puts the barcode above the shop, the article and the date at the bottom.
func (s *sheet) foot(l *pos.PriceLabel, x, bottom, room, least float64) error {
	s.doc.SetFont("sans", "", s.caption*0.8)
	_, small := s.doc.GetFontSize()
	right := l.SKU
	if l.Date != "" && s.height >= datedFrom {
		if right == l.Code { // it stands under the bars already, and the date wants its place
			right = ""
		}
		right = strings.TrimPrefix(right+" · "+l.Date, " · ")
	}
	right = s.clip(right, room*0.6)
	used := s.doc.GetStringWidth(right)
	s.doc.Text(x+room-used, bottom, right)
	if rest := room - used - 1; rest > 6 {
		s.doc.Text(x, bottom, s.clip(l.Shop, rest))
	}
	if l.Code == "" {
		return nil
	}
	name, square, err := s.picture(l.Code)
	if err != nil {
		return err
	}
	base := bottom - small - 0.5 - small // its digits stand under it
	high := base - least
	if high < 4 {
		high = 4
	}
	wide, at := room, x
	if square {
		base += small
		high = min(base-least, room)
		wide = high
		at = x + (room-wide)/2
	}
	s.doc.ImageOptions(name, at, base-high, wide, high, false, fpdf.ImageOptions{ImageType: "PNG"}, 0, "")
	if !square {
		s.doc.Text(x+(room-s.doc.GetStringWidth(l.Code))/2, base+small, l.Code)
	}
	return nil
}

// picture puts a code into the document, once.
func (s *sheet) picture(code string) (name string, square bool, err error) {
	bars, square, err := Barcode(code)
	if err != nil {
		return "", false, err
	}
	if name, ok := s.codes[code]; ok {
		return name, square, nil
	}
	var out bytes.Buffer
	if err := png.Encode(&out, bars); err != nil {
		return "", false, pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	name = fmt.Sprintf("code-%d", len(s.codes))
	s.codes[code] = name
	s.doc.RegisterImageOptionsReader(name, fpdf.ImageOptions{ImageType: "PNG"}, &out)
	return name, square, nil
}

// Barcode draws a code by whole dots with the white a reader needs around it:
// EAN-13 or EAN-8 where it is one, else Code 128, and a QR code for what is long
// or has letters Code 128 lacks. square tells the last.
func Barcode(code string) (img image.Image, square bool, err error) {
	const dot, high, quiet = 4, 160, 10
	bars, square, err := bars.Encode(code)
	if err != nil {
		return nil, false, err
	}
	modules := bars.Bounds().Dx()
	height := high
	if square {
		height = modules * dot
	}
	scaled, err := barcode.Scale(bars, modules*dot, height)
	if err != nil {
		return nil, false, pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	white := quiet * dot
	margin := 0
	if square {
		white, margin = 4*dot, 4*dot
	}
	out := image.NewGray(image.Rect(0, 0, modules*dot+2*white, height+2*margin))
	for i := range out.Pix {
		out.Pix[i] = 0xff
	}
	for y := range height {
		for x := range modules * dot {
			out.Set(x+white, y+margin, scaled.At(x, y))
		}
	}
	return out, square, nil
}

// lines writes a text on at most so many lines and returns where the next
// thing begins.
func (s *sheet) lines(text string, x, top, room, size float64, most int) float64 {
	s.doc.SetFont("sans", "", size)
	_, high := s.doc.GetFontSize()
	line := ""
	var all []string
	for _, word := range strings.Fields(text) {
		next := strings.TrimSpace(line + " " + word)
		if line != "" && s.doc.GetStringWidth(next) > room {
			all = append(all, line)
			next = word
		}
		line = next
	}
	all = append(all, line)
	if len(all) > most {
		all[most-1] = strings.Join(all[most-1:], " ")
		all = all[:most]
	}
	for _, l := range all {
		top += high
		s.doc.Text(x, top, s.clip(l, room))
	}
	return top + high*0.35
}

// fit makes the type smaller until a text fits.
func (s *sheet) fit(text string, room, size float64) {
	for size > 6 && s.doc.GetStringWidth(text) > room {
		size--
		s.doc.SetFontSize(size)
	}
}

// clip cuts a text that does not fit and says so.
func (s *sheet) clip(text string, room float64) string {
	if s.doc.GetStringWidth(text) <= room {
		return text
	}
	for text != "" && s.doc.GetStringWidth(text+"…") > room {
		_, n := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-n]
	}
	return strings.TrimSpace(text) + "…"
}
