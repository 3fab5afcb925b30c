package pages

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"

	"kassa/pos"
)

// QR is a QR code to be drawn by <svg class="qr" viewBox="0 0 {{.Size}} {{.Size}}"><path d="{{.Path}}"/></svg>.
type QR struct {
	Size int // with the margin around
	Path string
}

// margin is how many modules stay white around a code.
const margin = 4

// NewQR draws a text. CodeLimit "pages.large" for one that is too long.
func NewQR(text string) (QR, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return QR{}, pos.Wrap(pos.CodeLimit, "pages.large", err)
	}
	size := code.Bounds().Dx()
	black := func(x, y int) bool {
		return x < size && color.GrayModel.Convert(code.At(x, y)).(color.Gray).Y < 128
	}
	var path strings.Builder
	for y := range size {
		for x := 0; x < size; x++ {
			began := x
			for black(x, y) {
				x++
			}
			if n := x - began; n > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", began+margin, y+margin, n, n)
			}
		}
	}
	return QR{Size: size + 2*margin, Path: path.String()}, nil
}
