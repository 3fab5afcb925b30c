package escpos

import (
	"image"
	"image/color"
)

// Bitmap is a picture of dots. Rows are whole bytes, the leftmost dot the
// highest bit; a set bit is black.
type Bitmap struct {
	Width, Height int
	Bits          []byte
}

// NewBitmap is a white picture.
func NewBitmap(width, height int) *Bitmap {
	b := &Bitmap{Width: max(width, 0), Height: max(height, 0)}
	b.Bits = make([]byte, b.Stride()*b.Height)
	return b
}

// Stride is the length of a row in bytes.
func (b *Bitmap) Stride() int { return (b.Width + 7) / 8 }

// Set makes a dot black; outside of the picture it does nothing.
func (b *Bitmap) Set(x, y int) {
	if x >= 0 && y >= 0 && x < b.Width && y < b.Height {
		b.Bits[y*b.Stride()+x/8] |= 0x80 >> (x % 8)
	}
}

// Fill makes a square of dots black.
func (b *Bitmap) Fill(x, y, side int) {
	for dy := range side {
		for dx := range side {
			b.Set(x+dx, y+dy)
		}
	}
}

// Black reports a black dot.
func (b *Bitmap) Black(x, y int) bool {
	return x >= 0 && y >= 0 && x < b.Width && y < b.Height && b.Bits[y*b.Stride()+x/8]&(0x80>>(x%8)) != 0
}

// Dither turns a picture into dots: greys become patterns (Floyd–Steinberg),
// what is transparent stays white.
func Dither(img image.Image) *Bitmap {
	box := img.Bounds()
	b := NewBitmap(box.Dx(), box.Dy())
	row, next := make([]int, box.Dx()+2), make([]int, box.Dx()+2)
	for y := range b.Height {
		for x := range b.Width {
			grey := lightness(img.At(box.Min.X+x, box.Min.Y+y)) + row[x+1]/16
			lost := grey
			if grey < 128 {
				b.Set(x, y)
			} else {
				lost = grey - 255
			}
			row[x+2] += lost * 7
			next[x] += lost * 3
			next[x+1] += lost * 5
			next[x+2] += lost
		}
		row, next = next, row
		clear(next)
	}
	return b
}

// lightness is 0 for black to 255 for white, over white paper.
func lightness(c color.Color) int {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	grey := (299*int(n.R) + 587*int(n.G) + 114*int(n.B)) / 1000
	return 255 - (255-grey)*int(n.A)/255
}

// FromPicture reads a picture of two colours back: the darker half is black.
func FromPicture(img image.Image) *Bitmap {
	box := img.Bounds()
	b := NewBitmap(box.Dx(), box.Dy())
	for y := range b.Height {
		for x := range b.Width {
			if lightness(img.At(box.Min.X+x, box.Min.Y+y)) < 128 {
				b.Set(x, y)
			}
		}
	}
	return b
}

// Picture is the bitmap as an image of black on white.
func (b *Bitmap) Picture() *image.Paletted {
	p := image.NewPaletted(image.Rect(0, 0, b.Width, b.Height), color.Palette{color.White, color.Black})
	for y := range b.Height {
		for x := range b.Width {
			if b.Black(x, y) {
				p.SetColorIndex(x, y, 1)
			}
		}
	}
	return p
}
