package widgets

import (
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"

	"kassa/ui/theme"
)

func TestKeepUnits(t *testing.T) {
	for name, want := range map[string]string{
		"Порошок стиральный, 3 кг": "Порошок стиральный, 3\u00a0кг",
		"Молоко 2,5 % 1 л":         "Молоко 2,5\u00a0% 1\u00a0л",
		"Flour 2 kg (bag)":         "Flour 2\u00a0kg (bag)",
		"Сырок 45 творожный":       "Сырок 45 творожный",
		"Хлеб":                     "Хлеб",
	} {
		assert.Equal(t, want, keepUnits(name))
	}
}

// A unit alone on a line says nothing: the number comes down with it.
func TestTile_UnitsStayWithTheirNumber(t *testing.T) {
	test.NewApp().Settings().SetTheme(theme.New(theme.Light, 1))
	d := &tileDrawing{t: NewTile(nil)}
	d.t.Name = "Порошок стиральный, 3 кг"
	for width := float32(90); width < 260; width++ {
		_, lines := d.name(width)
		assert.NotEqual(t, "кг", lines[len(lines)-1], "at %v", width)
	}
}
