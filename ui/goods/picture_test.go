package goods

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/uitest"
)

// photo writes a picture of one colour into a folder of the test.
func (d *desk) photo(name string, c color.Color) string {
	d.T.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 300, 200))
	for y := range 200 {
		for x := range 300 {
			img.Set(x, y, c)
		}
	}
	var out bytes.Buffer
	require.NoError(d.T, png.Encode(&out, img))
	return d.file(name, out.String())
}

// pictured gives most goods of the demo shop one of two pictures.
func (d *desk) pictured() {
	d.T.Helper()
	var names []string
	for _, c := range []color.Color{color.NRGBA{R: 200, G: 120, B: 60, A: 255}, color.NRGBA{R: 40, G: 120, B: 200, A: 255}} {
		name, err := d.Images.Take(d.photo("photo.png", c))
		require.NoError(d.T, err)
		names = append(names, name)
	}
	for i := range d.Demo.Products {
		if i%5 != 3 {
			_, err := d.Till.SetImage(d.T.Context(), d.Env.Actor, d.Demo.Products[i].ID, names[i%2])
			require.NoError(d.T, err)
		}
	}
}

func TestPicture(t *testing.T) {
	begin := func(t *testing.T) (d *desk, sku string) {
		d = newDesk(t, uitest.Usual, "ru").open()
		d.press("Enter")
		return d, d.Facts["goods.card"]["sku"]
	}
	t.Run("is taken by its path, saved with the card and removed again", func(t *testing.T) {
		d, sku := begin(t)
		d.press("Ctrl+I")
		d.typed(d.photo("Молоко моё.png", color.White))
		d.press("Enter")
		require.Equal(t, "goods.card", d.Last())
		name := d.Facts["goods.card"]["image"]
		require.True(t, pos.IsImageName(name), name)
		require.Empty(t, d.product(sku).Image, "nothing is stored before the card is saved")
		d.press("Ctrl+S")
		require.Equal(t, name, d.product(sku).Image)
		d.press("Enter", "Ctrl+I", "Del", "Ctrl+S")
		require.Empty(t, d.product(sku).Image)
	})
	t.Run("is chosen from a folder", func(t *testing.T) {
		d, _ := begin(t)
		d.photo("a.png", color.White)
		d.file("b.csv", "")
		d.press("Ctrl+I")
		d.typed(d.folder())
		d.press("F2")
		require.Equal(t, "2", d.Facts["goods.browse"]["entries"], "the way up and the picture, no list")
		d.press("Down", "Enter")
		require.Equal(t, "goods.card", d.Last())
		require.NotEmpty(t, d.Facts["goods.card"]["image"])
	})
	t.Run("that is none is refused and changes nothing", func(t *testing.T) {
		d, _ := begin(t)
		d.press("Ctrl+I")
		d.typed(d.file("list.png", "артикул;название"))
		d.press("Enter")
		require.Equal(t, "invalid", d.Facts["goods.picture"]["error"])
		assert.True(t, uitest.HasText(d.Window, "PNG, JPEG, GIF, WebP и BMP"))
		d.press("Esc")
		require.Empty(t, d.Facts["goods.card"]["image"])
	})
	t.Run("chosen but not saved is asked about", func(t *testing.T) {
		d, _ := begin(t)
		d.press("Ctrl+I")
		d.typed(d.photo("a.png", color.White))
		d.press("Enter", "Esc")
		require.Equal(t, "goods.card.leave", d.Last())
	})
	t.Run("whose file is gone is told, and another one can be taken", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		d.pictured()
		kept, err := filepath.Glob(filepath.Join(d.ImagesDir, "*"))
		require.NoError(t, err)
		require.NotEmpty(t, kept)
		for _, f := range kept {
			require.NoError(t, os.Remove(f))
		}
		d.open().press("Down", "Enter", "Ctrl+I")
		require.Equal(t, "not_found", d.Facts["goods.picture"]["error"])
		d.typed(d.photo("a.png", color.White))
		d.press("Enter", "Ctrl+S")
		require.Equal(t, "goods", d.Last())
	})
}
