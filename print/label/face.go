package label

import (
	"image"
	"image/color"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"kassa/assets/fonts"
	"kassa/pos/escpos"
	"kassa/pos/paper"
)

// family is a typeface in whatever size is asked for; sizes are kept.
type family struct {
	mu    sync.Mutex
	raw   []byte
	font  *sfnt.Font
	sizes map[int]*face
}

var (
	regular = &family{raw: fonts.Sans, sizes: map[int]*face{}}
	bold    = &family{raw: fonts.SansBold, sizes: map[int]*face{}}
)

// mostSizes bounds the sizes kept: fitting a price tries many.
const mostSizes = 200

// at is the typeface whose line is so many dots high.
func (f *family) at(line int) *face {
	f.mu.Lock()
	defer f.mu.Unlock()
	if got := f.sizes[line]; got != nil {
		return got
	}
	if f.font == nil {
		f.font, _ = opentype.Parse(f.raw) // our own file, which a test opens
	}
	if len(f.sizes) >= mostSizes {
		clear(f.sizes)
	}
	made, _ := opentype.NewFace(f.font, &opentype.FaceOptions{Size: float64(max(line, 1)) / lineOfSize, DPI: 72, Hinting: font.HintingFull})
	got := &face{face: made, high: line}
	f.sizes[line] = got
	return got
}

// lineOfSize is how high a line is, in sizes of its letters.
const lineOfSize = 1.2

// face is a typeface in one size. It is not for use by several goroutines at once,
// so it locks.
type face struct {
	mu   sync.Mutex
	face font.Face
	high int
}

// line is the height of a line in dots.
func (f *face) line() int { return f.high }

// written is a text in letters the face has.
func (f *face) written(text string) string {
	has := func(r rune) bool {
		_, ok := f.face.GlyphAdvance(r)
		return ok
	}
	var b strings.Builder
	for _, r := range text {
		b.WriteString(paper.Nearest(r, has))
	}
	return b.String()
}

func (f *face) width(text string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return font.MeasureString(f.face, f.written(text)).Ceil()
}

// lines breaks a text into so many lines at most; what does not fit is cut, and
// says so.
func (f *face) lines(text string, room, most int) []string {
	var all []string
	line := ""
	words := strings.Fields(text)
	for i, word := range words {
		next := strings.TrimSpace(line + " " + word)
		if line == "" || f.width(next) <= room {
			line = next
			continue
		}
		all = append(all, f.clip(line, room))
		if line = word; len(all) == most-1 {
			line = strings.Join(words[i:], " ")
			break
		}
	}
	return append(all, f.clip(line, room))
}

// clip cuts a text that does not fit and says so.
func (f *face) clip(text string, room int) string {
	if text == "" || f.width(text) <= room {
		return text
	}
	for text != "" && f.width(text+"…") > room {
		_, n := utf8.DecodeLastRuneInString(text)
		text = strings.TrimSpace(text[:len(text)-n])
	}
	if text == "" {
		return ""
	}
	return text + "…"
}

// threshold is how dark a dot of a letter's edge must be to be printed.
const threshold = 110

// draw sets a text with the top of its line at y.
func (f *face) draw(on *escpos.Bitmap, text string, x, y int) {
	f.put(on, text, x, y+f.high*95/120)
}

// drawMiddle sets a text so that its capitals stand in the middle of a band.
func (f *face) drawMiddle(on *escpos.Bitmap, text string, x, top, bottom int) {
	f.mu.Lock()
	caps := f.face.Metrics().CapHeight.Ceil()
	f.mu.Unlock()
	f.put(on, text, x, (top+bottom+caps)/2)
}

// put sets a text on a base line.
func (f *face) put(on *escpos.Bitmap, text string, x, base int) {
	wide := f.width(text)
	if wide == 0 {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	up := f.high
	img := image.NewGray(image.Rect(0, 0, wide+2, 2*f.high))
	d := font.Drawer{Dst: img, Src: image.NewUniform(color.White), Face: f.face, Dot: fixed.P(0, up)}
	d.DrawString(f.written(text))
	for dy := range 2 * f.high {
		for dx := range wide + 2 {
			if img.GrayAt(dx, dy).Y > threshold {
				on.Set(x+dx, base-up+dy)
			}
		}
	}
}
