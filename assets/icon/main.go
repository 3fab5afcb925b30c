// Command icon draws the program's icon: a receipt on the house's blue.
//
//	go run ./icon -o icon.png
package main

import (
	"bufio"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"

	"golang.org/x/image/vector"
)

// side is the icon's width and height; every measure below is in its pixels.
const side = 512

var (
	accent = color.NRGBA{0x0F, 0x6F, 0xDE, 0xFF}
	paper  = color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF}
	ink    = color.NRGBA{0xB9, 0xCF, 0xEB, 0xFF}
)

func main() {
	out := flag.String("o", "icon.png", "the file to write")
	flag.Parse()
	if err := write(*out); err != nil {
		fmt.Fprintln(os.Stderr, "icon:", err)
		os.Exit(1)
	}
}

func write(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(w, icon()); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// icon paints the tile, the receipt with its torn edge, two printed lines and
// the total as a check mark: paid.
func icon() image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, side, side))
	fill(img, accent, rounded(16, 16, 496, 496, 108))
	fill(img, paper, receipt(136, 96, 376, 420, 20, 5))
	fill(img, ink, rounded(176, 144, 336, 166, 11))
	fill(img, ink, rounded(176, 192, 290, 214, 11))
	fill(img, accent, stroke(34, point{184, 296}, point{236, 346}, point{332, 250}))
	return img
}

type point struct{ x, y float32 }

type path func(*vector.Rasterizer)

func fill(img draw.Image, c color.Color, p path) {
	// One pixel more than needed: up to 512 the rasterizer counts in fixed point,
	// whose rest leaks out of a shape this large.
	r := vector.NewRasterizer(side+1, side+1)
	p(r)
	r.Draw(img, img.Bounds(), image.NewUniform(c), image.Point{})
}

// rounded is a rectangle with round corners.
func rounded(x0, y0, x1, y1, radius float32) path {
	return func(r *vector.Rasterizer) {
		r.MoveTo(x0+radius, y0)
		r.LineTo(x1-radius, y0)
		corner(r, point{x1, y0}, point{x1, y0 + radius})
		r.LineTo(x1, y1-radius)
		corner(r, point{x1, y1}, point{x1 - radius, y1})
		r.LineTo(x0+radius, y1)
		corner(r, point{x0, y1}, point{x0, y1 - radius})
		r.LineTo(x0, y0+radius)
		corner(r, point{x0, y0}, point{x0 + radius, y0})
		r.ClosePath()
	}
}

// corner bends from the pen to the point to around the corner at, close to a
// quarter of a circle.
func corner(r *vector.Rasterizer, at, to point) {
	const bend = 0.5523
	pen := point{}
	pen.x, pen.y = r.Pen()
	r.CubeTo(
		pen.x+(at.x-pen.x)*bend, pen.y+(at.y-pen.y)*bend,
		to.x+(at.x-to.x)*bend, to.y+(at.y-to.y)*bend,
		to.x, to.y)
}

// receipt is a sheet with round upper corners and teeth along its lower edge.
func receipt(x0, y0, x1, y1, radius float32, teeth int) path {
	return func(r *vector.Rasterizer) {
		step := (x1 - x0) / float32(teeth)
		r.MoveTo(x0+radius, y0)
		r.LineTo(x1-radius, y0)
		corner(r, point{x1, y0}, point{x1, y0 + radius})
		r.LineTo(x1, y1)
		for i := range teeth {
			right := x1 - float32(i)*step
			r.LineTo(right-step/2, y1-step/2)
			r.LineTo(right-step, y1)
		}
		r.LineTo(x0, y0+radius)
		corner(r, point{x0, y0}, point{x0 + radius, y0})
		r.ClosePath()
	}
}

// stroke is a check mark of three points drawn width wide, its two legs going
// down and up at 45 degrees.
func stroke(width float32, a, knee, b point) path {
	h := width * 0.7071 / 2
	return func(r *vector.Rasterizer) {
		r.MoveTo(a.x+h, a.y-h)
		r.LineTo(knee.x, knee.y-2*h)
		r.LineTo(b.x-h, b.y-h)
		r.LineTo(b.x+h, b.y+h)
		r.LineTo(knee.x, knee.y+2*h)
		r.LineTo(a.x-h, a.y+h)
		r.ClosePath()
	}
}
