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
		"leaves the window":     {at(980, 10, text("Оформить остаток в долг")), "leaves the window"},
		"has too little room":   {narrow, "has a width of 40"},
		"fades into its ground": {at(10, 10, widgets.NewText("Итого", widgets.Body.In(theme.ColorLine))), "stands out"},
		"overlap":               {container.NewWithoutLayout(at(10, 10, text("Итого")), at(20, 14, text("Скидка"))), "overlap"},
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

// TestFaint looks at what says by its shape what it is, and at grounds that lie
// over one another.
func TestFaint(t *testing.T) {
	w := uitest.Open(t, uitest.Small)
	on := func(ground fyne.ThemeColorName, o fyne.CanvasObject) fyne.CanvasObject {
		return widgets.NewPanel(o, ground, theme.ColorNone, 0, 8, 8)
	}
	large := widgets.NewText("1 281,67", widgets.Total.In(theme.ColorEdge))
	small := widgets.NewText("1 281,67", widgets.Body.In(theme.ColorFrame))
	white := widgets.NewText("Итого", widgets.Body.In(theme.ColorCard))
	for name, tt := range map[string]struct {
		shown fyne.CanvasObject
		want  string
	}{
		"large text is held to less":     {on(theme.ColorCard, widgets.NewText("1 281,67", widgets.Total.In(theme.ColorFrame))), ""},
		"but to something":               {on(theme.ColorCard, large), "1 281,67"},
		"what large text may, small not": {on(theme.ColorCard, small), "1 281,67"},
		"a ground below does not count":  {on(theme.ColorAccent, on(theme.ColorCard, white)), "Итого"},
		"the ground right below counts":  {on(theme.ColorCard, on(theme.ColorAccent, white)), ""},
		"a tick":                         {w.Kit.Check("Продавать", true, nil), ""},
		"a frame that is not seen":       {on(theme.ColorFrame, w.Kit.Entry(widgets.TextEntry, "Имя")), "the frame of *widgets.Entry"},
	} {
		t.Run(name, func(t *testing.T) {
			w.Show(widgets.VBox(4, tt.shown))
			if faint := uitest.Faint(w); tt.want == "" {
				assert.Empty(t, faint)
			} else {
				require.Len(t, faint, 1)
				assert.Contains(t, faint[0], tt.want)
			}
		})
	}
}
