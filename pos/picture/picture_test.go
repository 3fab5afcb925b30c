package picture

import (
	"bytes"
	"image"
	"image/color"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/picture/picturetest"
)

// TestUpright turns a corner through all eight orientations.
func TestUpright(t *testing.T) {
	in := image.NewNRGBA(image.Rect(0, 0, 4, 2))
	mark := color.NRGBA{R: 255, A: 255}
	in.SetNRGBA(0, 0, mark)
	for orientation, at := range map[int]image.Point{
		1: {X: 0, Y: 0}, 2: {X: 3, Y: 0}, 3: {X: 3, Y: 1}, 4: {X: 0, Y: 1},
		5: {X: 0, Y: 0}, 6: {X: 1, Y: 0}, 7: {X: 1, Y: 3}, 8: {X: 0, Y: 3},
	} {
		out := upright(in, orientation)
		assert.Equal(t, mark, out.NRGBAAt(at.X, at.Y), orientation)
		assert.Equal(t, orientation >= 5, out.Bounds().Dy() == 4, orientation)
	}
}

func FuzzDecode(f *testing.F) {
	whole := picturetest.JPEG(f, picturetest.Halves(20, 20))
	for _, raw := range [][]byte{nil, whole, whole[:40], picturetest.Turned(whole, 6), picturetest.Turned(whole, 6)[:24], picturetest.PNG(f, picturetest.Halves(9, 9)), picturetest.GIF(f, picturetest.Halves(9, 9)),
		picturetest.BMP(f, picturetest.Halves(9, 9)), picturetest.TinyWebP, picturetest.TinyWebP[:21], picturetest.Hiding(), picturetest.Huge(f, 60_000, 60_000), picturetest.Huge(f, 39_000_000, 1),
		[]byte("RIFF\xff\xff\xff\xffWEBPEXIF\xff\xff\xff\xffII"), []byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00MM\x00\x2a\xff\xff\xff\xff")} {
		f.Add(raw)
	}
	const side = 512
	f.Fuzz(func(t *testing.T, raw []byte) {
		turn := orientation(raw)
		if _, _, err := image.DecodeConfig(bytes.NewReader(raw)); err != nil {
			_, err := Decode(raw)
			require.Error(t, err)
			return
		}
		img, err := Decode(raw)
		if err != nil {
			require.Equal(t, pos.CodeInvalid, pos.CodeOf(err))
			return
		}
		small := upright(Shrink(img, side), turn)
		require.LessOrEqual(t, max(small.Bounds().Dx(), small.Bounds().Dy()), side)
		_, _, err = Encode(small)
		require.NoError(t, err)
	})
}
