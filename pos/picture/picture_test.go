package picture

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/image/bmp"

	"kassa/pos"
)

// halves is a picture red on its left and blue on its right.
func halves(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{R: 255, A: 255}
			if x >= w/2 {
				c = color.NRGBA{B: 255, A: 255}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

func asPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, img))
	return out.Bytes()
}

func asJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, jpeg.Encode(&out, img, nil))
	return out.Bytes()
}

func asGIF(t testing.TB, frames ...image.Image) []byte {
	t.Helper()
	all := &gif.GIF{}
	for _, f := range frames {
		p := image.NewPaletted(f.Bounds(), palette.Plan9)
		for y := range f.Bounds().Dy() {
			for x := range f.Bounds().Dx() {
				p.Set(x, y, f.At(x, y))
			}
		}
		all.Image, all.Delay = append(all.Image, p), append(all.Delay, 10)
	}
	var out bytes.Buffer
	require.NoError(t, gif.EncodeAll(&out, all))
	return out.Bytes()
}

func asBMP(t testing.TB, img image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, bmp.Encode(&out, img))
	return out.Bytes()
}

// tinyWebP is one pixel, lossless.
var tinyWebP = []byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00")

// turned puts an orientation and a place into a JPEG, as a camera does.
func turned(raw []byte, orientation byte) []byte {
	tiff := []byte("MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00")
	tiff = append(tiff, orientation, 0, 0, 0, 0, 0, 0)
	body := append(append([]byte("Exif\x00\x00"), tiff...), "SECRET PLACE"...)
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(body)+2))...)
	return append(append(out, body...), raw[2:]...)
}

// huge is a picture of any kind that tells of more pixels than it has.
func huge(t testing.TB, w, h uint32) []byte {
	raw := asPNG(t, image.NewGray(image.Rect(0, 0, 2, 2)))
	binary.BigEndian.PutUint32(raw[16:], w)
	binary.BigEndian.PutUint32(raw[20:], h)
	binary.BigEndian.PutUint32(raw[29:], crc32.ChecksumIEEE(raw[12:29])) // the head is whole, only not true
	return raw
}

// hiding is a WebP whose canvas is small and whose frame is not.
func hiding() []byte {
	frame := []byte{0x2f, 0, 0, 0, 0}
	binary.LittleEndian.PutUint32(frame[1:], 0x3fff|0x3fff<<14)
	raw := []byte("RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00VP8L\x05\x00\x00\x00")
	raw = append(append(raw, frame...), 0)
	binary.LittleEndian.PutUint32(raw[4:], uint32(len(raw)-8))
	return raw
}

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
	whole := asJPEG(f, halves(20, 20))
	for _, raw := range [][]byte{nil, whole, whole[:40], turned(whole, 6), turned(whole, 6)[:24], asPNG(f, halves(9, 9)), asGIF(f, halves(9, 9)),
		asBMP(f, halves(9, 9)), tinyWebP, tinyWebP[:21], hiding(), huge(f, 60_000, 60_000), huge(f, 39_000_000, 1),
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
