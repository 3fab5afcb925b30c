package images

import (
	"bytes"
	"image"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos/picture/picturetest"
)

// A picture that is kept elsewhere is held to its own bounds, and is as small as any
// of ours.
func TestBytes(t *testing.T) {
	file := func(raw []byte) string {
		path := filepath.Join(t.TempDir(), "picture.png")
		require.NoError(t, os.WriteFile(path, raw, 0o600))
		return path
	}
	for name, raw := range map[string][]byte{"png": picturetest.PNG(t, picturetest.Halves(1200, 300)), "jpeg": picturetest.JPEG(t, picturetest.Halves(1200, 300))} {
		kept, err := Bytes(file(raw), 1<<20)
		require.NoError(t, err, name)
		head, kind, err := image.DecodeConfig(bytes.NewReader(kept))
		require.NoError(t, err, name)
		assert.Equal(t, []any{Side, Side / 4, "jpeg"}, []any{head.Width, head.Height, kind}, name)
	}
	for want, raw := range map[string][]byte{
		"picture.plain":   picturetest.GIF(t, picturetest.Halves(20, 20)),
		"picture.unknown": []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`),
		"picture.large":   append(picturetest.PNG(t, picturetest.Halves(20, 20)), make([]byte, 1<<20)...),
		"picture.pixels":  picturetest.Huge(t, 60_000, 60_000),
		"picture.damaged": picturetest.PNG(t, picturetest.Halves(60, 60))[:60],
	} {
		kept, err := Bytes(file(raw), 1<<20)
		assert.Equal(t, want, id(err), "%v", err)
		assert.Empty(t, kept)
	}
}
