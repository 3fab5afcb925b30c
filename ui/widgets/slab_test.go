package widgets

import (
	"fmt"
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"

	"kassa/ui/theme"
)

// TestSlab_IsDrawnAsOneRectangleWouldBe compares the parts with what they stand for,
// also where a layout has put them between two pixels.
func TestSlab_IsDrawnAsOneRectangleWouldBe(t *testing.T) {
	defer test.NewApp().Quit()
	for _, look := range []theme.Mode{theme.Light, theme.Dark} {
		for _, scale := range []float32{1, 1.25, 1.6} {
			fyne.CurrentApp().Settings().SetTheme(theme.New(look, scale))
			for _, c := range []struct {
				name       string
				fill, line fyne.ThemeColorName
				radius     float32
				at         fyne.Position
				size       fyne.Size
			}{
				{"a card", theme.ColorCard, theme.ColorLine, theme.RadiusCard, fyne.NewPos(10, 10), fyne.NewSize(300, 200)},
				{"a card between pixels", theme.ColorCard, theme.ColorLine, theme.RadiusCard, fyne.NewPos(10.4, 10.7), fyne.NewSize(300.3, 200.6)},
				{"a card of half pixels", theme.ColorCard, theme.ColorLine, theme.RadiusCard, fyne.NewPos(10.5, 10.5), fyne.NewSize(300.5, 201.5)},
				{"a card without a line", theme.ColorAccentSoft, theme.ColorNone, theme.RadiusField, fyne.NewPos(3, 4), fyne.NewSize(280, 121)},
				{"a bar", theme.ColorCard, theme.ColorNone, 0, fyne.NewPos(0, 250), fyne.NewSize(400, 50)},
				{"a frame", theme.ColorNone, theme.ColorLine, theme.RadiusCard, fyne.NewPos(3, 4), fyne.NewSize(280, 121)},
				{"a chip", theme.ColorGoodSoft, theme.ColorLine, theme.RadiusCard, fyne.NewPos(3, 4), fyne.NewSize(80, 26)},
			} {
				t.Run(fmt.Sprint(look, scale, c.name), func(t *testing.T) {
					s, b := newSlab(c.fill, c.line, c.radius), newBox(c.fill, c.line, c.radius)
					s.put(c.at, c.size)
					lay(b.Rectangle, c.at, c.size)
					assert.Empty(t, unlike(drawn(s.objects()...), drawn(b.Rectangle), rectOf(c.at, c.size)))
				})
			}
		}
	}
}

func drawn(objects ...fyne.CanvasObject) image.Image {
	w := test.NewWindow(container.NewWithoutLayout(objects...))
	defer w.Close()
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, 300))
	return w.Canvas().Capture()
}

// unlike are the first pixels in which two pictures differ for an eye. Corners and
// lines are left out: the painter of tests softens them, the one of the window does not.
func unlike(a, b image.Image, outline image.Rectangle) (list []string) {
	const seen, soft = 3, 2
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			at := image.Pt(x, y)
			if at.In(outline.Inset(-soft)) && !at.In(outline.Inset(soft)) {
				continue
			}
			p, q := color.NRGBAModel.Convert(a.At(x, y)).(color.NRGBA), color.NRGBAModel.Convert(b.At(x, y)).(color.NRGBA)
			if max(apart(p.R, q.R), apart(p.G, q.G), apart(p.B, q.B)) > seen && len(list) < 5 {
				list = append(list, fmt.Sprintf("%d,%d: %v, not %v", x, y, p, q))
			}
		}
	}
	return list
}

func rectOf(at fyne.Position, size fyne.Size) image.Rectangle {
	return image.Rect(int(at.X), int(at.Y), int(at.X+size.Width+1), int(at.Y+size.Height+1))
}

func apart(a, b uint8) int { return max(int(a), int(b)) - min(int(a), int(b)) }

// TestSlab_ManyPixelsAreFilledByWhatCostsLeast holds a large card to it: its
// rectangles are few pixels.
func TestSlab_ManyPixelsAreFilledByWhatCostsLeast(t *testing.T) {
	defer test.NewApp().Quit()
	s := newSlab(theme.ColorCard, theme.ColorLine, theme.RadiusCard)
	s.put(fyne.NewPos(12, 12), fyne.NewSize(890, 576))
	asked := float32(0)
	for _, o := range s.objects() {
		if r, ok := o.(*canvas.Rectangle); ok && r.Visible() {
			asked += r.Size().Width * r.Size().Height
		}
	}
	assert.Less(t, asked, float32(890*576/15))
}
