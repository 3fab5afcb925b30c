package images

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/picture/picturetest"
)

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
	seen := picturetest.Halves(1200, 300)
	glass := picturetest.Halves(40, 20)
	glass.SetNRGBA(3, 3, color.NRGBA{})
	for name, c := range map[string]struct {
		raw  []byte
		ext  string
		w, h int
	}{
		"PNG":                              {picturetest.PNG(t, seen), ".jpg", 512, 128},
		"JPEG":                             {picturetest.JPEG(t, seen), ".jpg", 512, 128},
		"GIF, its first frame":             {picturetest.GIF(t, picturetest.Halves(60, 30), picturetest.Halves(60, 30)), ".jpg", 60, 30},
		"BMP":                              {picturetest.BMP(t, seen), ".jpg", 512, 128},
		"WebP":                             {picturetest.TinyWebP, ".png", 1, 1},
		"one can see through":              {picturetest.PNG(t, glass), ".png", 40, 20},
		"very large":                       {picturetest.PNG(t, image.NewGray(image.Rect(0, 0, 6000, 3000))), ".jpg", 512, 256},
		"very thin":                        {picturetest.PNG(t, image.NewGray(image.Rect(0, 0, 3000, 1))), ".jpg", 512, 1},
		"picturetest.Turned by its camera": {picturetest.Turned(picturetest.JPEG(t, picturetest.Halves(60, 30)), 6), ".jpg", 30, 60},
		"an orientation of nothing":        {picturetest.Turned(picturetest.JPEG(t, picturetest.Halves(60, 30)), 99), ".jpg", 60, 30},
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
	_, err := k.take("a.jpg", picturetest.Turned(picturetest.JPEG(t, picturetest.Halves(60, 30)), 3))
	require.NoError(t, err)
	for _, f := range k.files() {
		raw, err := os.ReadFile(f)
		require.NoError(t, err)
		assert.NotContains(t, string(raw), "SECRET")
		assert.NotContains(t, string(raw), "Exif")
	}
}

func TestKeeper_Take_Refuses(t *testing.T) {
	whole := picturetest.JPEG(t, picturetest.Halves(300, 300))
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
		"half a PNG":                   {picturetest.PNG(t, picturetest.Halves(300, 300))[:200], "picture.damaged"},
		"half a GIF":                   {picturetest.GIF(t, picturetest.Halves(60, 60))[:900], "picture.damaged"},
		"half a BMP":                   {picturetest.BMP(t, picturetest.Halves(60, 60))[:900], "picture.damaged"},
		"half a WebP":                  {picturetest.TinyWebP[:22], "picture.damaged"},
		"a bomb":                       {picturetest.Huge(t, 60_000, 60_000), "picture.pixels"},
		"a bomb thin as a thread":      {picturetest.Huge(t, 39_000_000, 1), "picture.pixels"},
		"more pixels than there is":    {picturetest.Huge(t, 1<<31-1, 1<<31-1), "picture.damaged"},
		"a bomb behind a small canvas": {picturetest.Hiding(), "picture.pixels"},
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
	name, err := k.take("a.png", picturetest.PNG(t, picturetest.Halves(20, 20)))
	require.NoError(t, err)
	outside := filepath.Join(filepath.Dir(k.dir), "outside.png")
	require.NoError(t, os.WriteFile(outside, picturetest.PNG(t, picturetest.Halves(2, 2)), 0o600))
	for _, bad := range []string{"", "../outside.png", outside, "logo.png", name[1:], "0" + name[1:]} {
		_, err := k.Load(bad, false)
		assert.Equal(t, pos.CodeNotFound, pos.CodeOf(err), bad)
	}
	require.NoError(t, os.WriteFile(k.path(name, false), []byte("nonsense"), 0o600))
	_, err = k.Load(name, false)
	assert.Equal(t, pos.CodeUnavailable, pos.CodeOf(err))
	require.NoError(t, os.WriteFile(k.path(name, false), picturetest.Huge(t, 9000, 9000), 0o600))
	_, err = k.Load(name, false)
	assert.Equal(t, pos.CodeUnavailable, pos.CodeOf(err), "larger than anything of ours")
	again, err := k.take("a.png", picturetest.PNG(t, picturetest.Halves(20, 20)))
	require.NoError(t, err)
	_, err = k.Load(again, false)
	require.NoError(t, err, "taking it in again mends the file")
}

func TestKeeper_Sweep(t *testing.T) {
	k := newKeeper(t)
	var names []string
	for i := range 3 {
		name, err := k.take("a.png", picturetest.PNG(t, picturetest.Halves(20, 20+i)))
		require.NoError(t, err)
		names = append(names, name)
	}
	logo := filepath.Join(k.dir, "logo.png")
	require.NoError(t, os.WriteFile(logo, []byte("the shop's"), 0o600))
	now := time.Now()
	for _, f := range append(k.files(), k.path(names[2], false)) {
		require.NoError(t, os.Chtimes(f, now, now.Add(-48*time.Hour)))
	}
	_, err := k.take("a.png", picturetest.PNG(t, picturetest.Halves(20, 22)))
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
