package uitest_test

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/widgets"
)

func TestFaults(t *testing.T) {
	at := func(x, y float32, o fyne.CanvasObject) fyne.CanvasObject {
		o.Move(fyne.NewPos(x, y))
		o.Resize(o.MinSize())
		return o
	}
	text := func(s string) fyne.CanvasObject { return widgets.NewText(s, widgets.Body) }
	narrow := text("Оформить остаток в долг")
	narrow.Resize(fyne.NewSize(40, 20))
	for name, tt := range map[string]struct {
		shown fyne.CanvasObject
		want  string
	}{
		"leaves the window":   {at(980, 10, text("Оформить остаток в долг")), "leaves the window"},
		"has too little room": {narrow, "has a width of 40"},
		"overlap":             {container.NewWithoutLayout(at(10, 10, text("Итого")), at(20, 14, text("Скидка"))), "overlap"},
	} {
		t.Run(name, func(t *testing.T) {
			w := uitest.Open(t, uitest.Small)
			w.Show(container.NewWithoutLayout(tt.shown))
			faults := uitest.Faults(w)
			require.NotEmpty(t, faults)
			assert.Contains(t, faults[0], tt.want)
		})
	}
	t.Run("a good picture has none", func(t *testing.T) {
		w := uitest.Open(t, uitest.Small)
		w.Show(widgets.VBox(4, text("Итого"), text("Скидка")))
		assert.Empty(t, uitest.Faults(w))
		assert.Equal(t, []string{"Итого", "Скидка"}, uitest.Texts(w))
		assert.NoError(t, uitest.Shot(w, filepath.Join(t.TempDir(), "shots", "a.png")))
	})
}

// TestNew_SharesNothingThatIsSeen opens a second window over the fonts of the first.
func TestNew_SharesNothingThatIsSeen(t *testing.T) {
	dark := uitest.New(uitest.Small, theme.New(theme.Dark, 1.25))
	t.Cleanup(dark.Close)
	large := theme.Size(theme.SizeText)
	fyne.CurrentApp().Clipboard().SetContent("4111 1111")
	uitest.Open(t, uitest.Small)
	assert.InDelta(t, large/1.25, theme.Size(theme.SizeText), 0.01)
	assert.Equal(t, theme.New(theme.Light, 1).Color(theme.ColorCard, 0), theme.Color(theme.ColorCard))
	assert.Empty(t, fyne.CurrentApp().Clipboard().Content())
}
