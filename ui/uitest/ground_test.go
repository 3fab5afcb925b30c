package uitest_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"github.com/stretchr/testify/assert"

	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/widgets"
)

// TestFaint_SeesTheGroundOfALargeCard: its middle is no rectangle.
func TestFaint_SeesTheGroundOfALargeCard(t *testing.T) {
	w := uitest.Open(t, uitest.Usual)
	ink := canvas.NewText("на карточке", theme.Color(theme.ColorAccent))
	w.Show(widgets.NewPanel(widgets.Centered(ink), theme.ColorAccent, theme.ColorNone, theme.RadiusCard, 0, 0))
	w.Resize(fyne.NewSize(1366, 768))
	assert.NotEmpty(t, uitest.Faint(w))
}
