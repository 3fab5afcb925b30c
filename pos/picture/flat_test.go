package picture

import (
	"bytes"
	"image"
	"image/color"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos/picture/picturetest"
)

// What one can see through stands on white.
func TestFlat(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 16, 16))
	for i := range 8 {
		img.SetNRGBA(i, i, color.NRGBA{A: 255})
	}
	raw, err := Flat(img)
	require.NoError(t, err)
	require.True(t, IsFlat(raw, 16))
	back, _, err := image.Decode(bytes.NewReader(raw))
	require.NoError(t, err)
	r, g, b, _ := back.At(15, 0).RGBA()
	assert.Greater(t, min(r, g, b), uint32(0xf000))
}

func TestIsFlat_RefusesWhatHidesSomething(t *testing.T) {
	ours, err := Flat(picturetest.Halves(40, 20))
	require.NoError(t, err)
	for name, raw := range map[string][]byte{
		"nothing":                  nil,
		"a file behind the end":    append(bytes.Clone(ours), "<script>"...),
		"no end":                   ours[:len(ours)-2],
		"half":                     ours[:len(ours)/2],
		"the head":                 ours[:30],
		"what a camera wrote":      picturetest.Turned(ours, 1),
		"a comment":                append([]byte("\xff\xd8\xff\xfe\x00\x06HTML"), ours[2:]...),
		"another kind of picture":  picturetest.PNG(t, picturetest.Halves(4, 4)),
		"a segment past the end":   []byte("\xff\xd8\xff\xdb\xff\xff\x00"),
		"pixels that are no scan":  append(append([]byte{}, ours[:len(ours)-40]...), 0xff, 0xd9),
		"a picture larger than it": func() []byte { raw, _ := Flat(picturetest.Halves(50, 20)); return raw }(),
	} {
		assert.False(t, IsFlat(raw, 40), name)
	}
}
