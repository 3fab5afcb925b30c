// The picture of the merchant in the stories of manual payments.

package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
)

// cardPicture is a bank card as simple as can be: a band on a coloured ground.
func cardPicture() []byte {
	const w, h = 160, 100
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{R: 38, G: 110, B: 200, A: 255}
			if y > 18 && y < 38 {
				c = color.NRGBA{R: 20, G: 30, B: 50, A: 255}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	var out bytes.Buffer
	must(png.Encode(&out, img))
	return out.Bytes()
}
