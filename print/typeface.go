package print

import (
	"image"
	"image/color"
	"sync"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"kassa/assets/fonts"
	"kassa/pos/escpos"
	"kassa/pos/paper"
)

// Cells of drawn text: as wide and high as a printer's own letters, so that as
// many stand in a line.
const (
	cellWidth  = 12
	cellHeight = 24
	fontSize   = 19.9 // pixels: the advance of the face is then one cell
	baseline   = 19
)

// typeface draws letters into cells and keeps them: a receipt uses few.
type typeface struct {
	mu    sync.Mutex
	face  font.Face
	cells map[rune]*[cellHeight]uint16
}

// mono is parsed when the first text is drawn.
var mono = sync.OnceValues(func() (*typeface, error) {
	f, err := opentype.Parse(fonts.Mono)
	if err != nil {
		return nil, err
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: fontSize, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		return nil, err
	}
	return &typeface{face: face, cells: map[rune]*[cellHeight]uint16{}}, nil
})

// instead are letters the face lacks and a reader knows by another shape than the
// one of paper.Nearest.
var instead = map[rune]rune{'₸': 'Т'}

// has reports a letter the face can draw.
func (t *typeface) has(r rune) bool {
	_, ok := t.face.GlyphAdvance(r)
	return ok
}

// shape is the one letter drawn for another: each has one cell.
func (t *typeface) shape(r rune) rune {
	if t.has(r) {
		return r
	}
	if s := instead[r]; s != 0 {
		return s
	}
	first, _ := utf8.DecodeRuneInString(paper.Nearest(r, t.has))
	return first
}

// cell is a letter as rows of dots, the leftmost the highest of twelve bits.
func (t *typeface) cell(r rune) *[cellHeight]uint16 {
	if c, ok := t.cells[r]; ok {
		return c
	}
	c := &[cellHeight]uint16{}
	img := image.NewGray(image.Rect(0, 0, cellWidth, cellHeight))
	d := font.Drawer{Dst: img, Src: image.NewUniform(color.White), Face: t.face, Dot: fixed.P(0, baseline)}
	d.DrawString(string(t.shape(r)))
	for y := range cellHeight {
		for x := range cellWidth {
			if img.GrayAt(x, y).Y > 110 {
				c[y] |= 1 << (cellWidth - 1 - x)
			}
		}
	}
	t.cells[r] = c
	return c
}

// draw sets lines one below the other into a picture of the paper's width.
func (t *typeface) draw(lines []string, dots int) *escpos.Bitmap {
	t.mu.Lock()
	defer t.mu.Unlock()
	b := escpos.NewBitmap(dots, len(lines)*cellHeight)
	stride := b.Stride()
	for i, line := range lines {
		x := 0
		for _, r := range line {
			if x+cellWidth > dots {
				break
			}
			if r != ' ' {
				blit(b.Bits[i*cellHeight*stride:], stride, x, t.cell(r))
			}
			x += cellWidth
		}
	}
	return b
}

// blit lays a cell over rows of dots at a column, which need not begin a byte.
func blit(rows []byte, stride, x int, c *[cellHeight]uint16) {
	at, shift := x/8, x%8
	for y, bits := range c {
		if bits == 0 {
			continue
		}
		// Twelve bits stand in the upper part of three bytes.
		v := uint32(bits) << (24 - cellWidth - shift)
		row := rows[y*stride:]
		row[at] |= byte(v >> 16)
		row[at+1] |= byte(v >> 8)
		if at+2 < stride {
			row[at+2] |= byte(v)
		}
	}
}
