package images

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

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

type kept struct {
	*Keeper
	t   testing.TB
	dir string
}

func newKeeper(t testing.TB) kept {
	dir := t.TempDir()
	return kept{New(dir), t, dir}
}

// take keeps the bytes as a file of that name.
func (k kept) take(name string, raw []byte) (string, error) {
	k.t.Helper()
	path := filepath.Join(k.t.TempDir(), name)
	require.NoError(k.t, os.WriteFile(path, raw, 0o600))
	return k.Take(path)
}

func (k kept) files() []string {
	k.t.Helper()
	list, err := filepath.Glob(filepath.Join(k.dir, "*"))
	require.NoError(k.t, err)
	hidden, err := filepath.Glob(filepath.Join(k.dir, ".*"))
	require.NoError(k.t, err)
	return append(list, hidden...)
}

func id(err error) string {
	if e, ok := errors.AsType[*pos.Error](err); ok {
		return e.ID
	}
	return ""
}

func TestKeeper_Take(t *testing.T) {
	seen := halves(1200, 300)
	glass := halves(40, 20)
	glass.SetNRGBA(3, 3, color.NRGBA{})
	for name, c := range map[string]struct {
		raw  []byte
		ext  string
		w, h int
	}{
		"PNG":                       {asPNG(t, seen), ".jpg", 512, 128},
		"JPEG":                      {asJPEG(t, seen), ".jpg", 512, 128},
		"GIF, its first frame":      {asGIF(t, halves(60, 30), halves(60, 30)), ".jpg", 60, 30},
		"BMP":                       {asBMP(t, seen), ".jpg", 512, 128},
		"WebP":                      {tinyWebP, ".png", 1, 1},
		"one can see through":       {asPNG(t, glass), ".png", 40, 20},
		"very large":                {asPNG(t, image.NewGray(image.Rect(0, 0, 6000, 3000))), ".jpg", 512, 256},
		"very thin":                 {asPNG(t, image.NewGray(image.Rect(0, 0, 3000, 1))), ".jpg", 512, 1},
		"turned by its camera":      {turned(asJPEG(t, halves(60, 30)), 6), ".jpg", 30, 60},
		"an orientation of nothing": {turned(asJPEG(t, halves(60, 30)), 99), ".jpg", 60, 30},
	} {
		t.Run(name, func(t *testing.T) {
			k := newKeeper(t)
			kept, err := k.take("Моё фото (1).txt", c.raw)
			require.NoError(t, err)
			require.True(t, pos.IsImageName(kept), kept)
			assert.Equal(t, c.ext, filepath.Ext(kept))
			img, err := k.Load(kept, false)
			require.NoError(t, err)
			assert.Equal(t, image.Pt(c.w, c.h), img.Bounds().Size())
			little, err := k.Load(kept, true)
			require.NoError(t, err)
			assert.LessOrEqual(t, max(little.Bounds().Dx(), little.Bounds().Dy()), Small)
			assert.Len(t, k.files(), 2, "two pictures and nothing half written")
			again, err := k.take("other.png", c.raw)
			require.NoError(t, err)
			assert.Equal(t, kept, again, "the same picture has the same name")
		})
	}
}

func TestKeeper_DropsWhatACameraWrote(t *testing.T) {
	k := newKeeper(t)
	_, err := k.take("a.jpg", turned(asJPEG(t, halves(60, 30)), 3))
	require.NoError(t, err)
	for _, f := range k.files() {
		raw, err := os.ReadFile(f)
		require.NoError(t, err)
		assert.NotContains(t, string(raw), "SECRET")
		assert.NotContains(t, string(raw), "Exif")
	}
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

func TestKeeper_Take_Refuses(t *testing.T) {
	whole := asJPEG(t, halves(300, 300))
	for name, c := range map[string]struct {
		raw []byte
		id  string
	}{
		"nothing":                      {nil, "picture.empty"},
		"a text":                       {[]byte("артикул;название\n"), "picture.unknown"},
		"a program":                    {[]byte("MZ\x90\x00\x03"), "picture.unknown"},
		"a telephone's HEIC":           {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), "picture.heic"},
		"half a JPEG":                  {whole[:len(whole)/2], "picture.damaged"},
		"the head of a JPEG":           {whole[:30], "picture.damaged"},
		"half a PNG":                   {asPNG(t, halves(300, 300))[:200], "picture.damaged"},
		"half a GIF":                   {asGIF(t, halves(60, 60))[:900], "picture.damaged"},
		"half a BMP":                   {asBMP(t, halves(60, 60))[:900], "picture.damaged"},
		"half a WebP":                  {tinyWebP[:22], "picture.damaged"},
		"a bomb":                       {huge(t, 60_000, 60_000), "picture.pixels"},
		"a bomb thin as a thread":      {huge(t, 39_000_000, 1), "picture.pixels"},
		"more pixels than there is":    {huge(t, 1<<31-1, 1<<31-1), "picture.damaged"},
		"a bomb behind a small canvas": {hiding(), "picture.pixels"},
		"a file too large":             {append(bytes.Clone(whole), make([]byte, mostBytes)...), "picture.large"},
	} {
		t.Run(name, func(t *testing.T) {
			k := newKeeper(t)
			kept, err := k.take("photo.png", c.raw)
			assert.Equal(t, c.id, id(err), "%v", err)
			assert.Empty(t, kept)
			assert.Empty(t, k.files())
		})
	}
	t.Run("what is no file", func(t *testing.T) {
		k, dir := newKeeper(t), t.TempDir()
		_, err := k.Take(filepath.Join(dir, "none.png"))
		assert.Equal(t, "picture.missing", id(err))
		_, err = k.Take(dir)
		assert.Equal(t, "picture.folder", id(err))
		astray := filepath.Join(dir, "astray.png")
		require.NoError(t, os.Symlink(filepath.Join(dir, "none.png"), astray))
		_, err = k.Take(astray)
		assert.Equal(t, "picture.missing", id(err))
		inward := filepath.Join(dir, "inward.png")
		require.NoError(t, os.Symlink(dir, inward))
		_, err = k.Take(inward)
		assert.Equal(t, "picture.folder", id(err))
	})
	t.Run("no room to keep it", func(t *testing.T) {
		k := kept{New(filepath.Join(t.TempDir(), "none")), t, ""}
		_, err := k.take("a.jpg", whole)
		assert.Equal(t, pos.CodeUnavailable, pos.CodeOf(err))
	})
}

func TestKeeper_Load_Refuses(t *testing.T) {
	k := newKeeper(t)
	name, err := k.take("a.png", asPNG(t, halves(20, 20)))
	require.NoError(t, err)
	outside := filepath.Join(filepath.Dir(k.dir), "outside.png")
	require.NoError(t, os.WriteFile(outside, asPNG(t, halves(2, 2)), 0o600))
	for _, bad := range []string{"", "../outside.png", outside, "logo.png", name[1:], "0" + name[1:]} {
		_, err := k.Load(bad, false)
		assert.Equal(t, pos.CodeNotFound, pos.CodeOf(err), bad)
	}
	require.NoError(t, os.WriteFile(k.path(name, false), []byte("nonsense"), 0o600))
	_, err = k.Load(name, false)
	assert.Equal(t, pos.CodeUnavailable, pos.CodeOf(err))
	require.NoError(t, os.WriteFile(k.path(name, false), huge(t, 9000, 9000), 0o600))
	_, err = k.Load(name, false)
	assert.Equal(t, pos.CodeUnavailable, pos.CodeOf(err), "larger than anything of ours")
	again, err := k.take("a.png", asPNG(t, halves(20, 20)))
	require.NoError(t, err)
	_, err = k.Load(again, false)
	require.NoError(t, err, "taking it in again mends the file")
}

func TestKeeper_Sweep(t *testing.T) {
	k := newKeeper(t)
	var names []string
	for i := range 3 {
		name, err := k.take("a.png", asPNG(t, halves(20, 20+i)))
		require.NoError(t, err)
		names = append(names, name)
	}
	logo := filepath.Join(k.dir, "logo.png")
	require.NoError(t, os.WriteFile(logo, []byte("the shop's"), 0o600))
	now := time.Now()
	for _, f := range append(k.files(), k.path(names[2], false)) {
		require.NoError(t, os.Chtimes(f, now, now.Add(-48*time.Hour)))
	}
	_, err := k.take("a.png", asPNG(t, halves(20, 22)))
	require.NoError(t, err, "chosen again for a card that is not saved yet")
	used := func(name string) (bool, error) { return name == names[0], nil }
	n, err := k.Sweep(now.Add(-24*time.Hour), used)
	require.NoError(t, err)
	assert.Equal(t, 1, n)
	_, err = k.Load(names[0], true)
	assert.NoError(t, err, "in use")
	_, err = k.Load(names[1], true)
	assert.Equal(t, pos.CodeNotFound, pos.CodeOf(err))
	_, err = k.Load(names[2], false)
	assert.NoError(t, err, "new")
	assert.FileExists(t, logo)
	_, err = k.Sweep(now.Add(time.Hour), func(string) (bool, error) { return false, os.ErrPermission })
	assert.ErrorIs(t, err, os.ErrPermission, "who cannot tell removes nothing")
	_, err = k.Load(names[0], false)
	assert.NoError(t, err)
}
