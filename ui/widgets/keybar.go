package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/ui/theme"
)

// KeyBar puts buttons side by side over the whole width, on as many lines as
// they need to keep their words whole.
func KeyBar(gap float32, buttons ...fyne.CanvasObject) *fyne.Container {
	return container.New(&keyBarLayout{gap: gap}, buttons...)
}

// MainFirst is a KeyBar whose last button, the one Enter means, is the first that Tab
// comes to: whoever tabs out of the fields must not land on the way out.
func MainFirst(gap float32, buttons ...fyne.CanvasObject) *fyne.Container {
	last := len(buttons) - 1
	order := append([]fyne.CanvasObject{buttons[last]}, buttons[:last]...)
	return container.New(&keyBarLayout{gap: gap, mainFirst: true}, order...)
}

// Footer is a KeyBar under a dialog. Where there is much more room than the words
// need, buttons grow a little and no further: the way back stays at the left, the
// others stand at the right.
func Footer(gap float32, buttons ...fyne.CanvasObject) *fyne.Container {
	return container.New(&keyBarLayout{gap: gap, most: footerGrowth}, buttons...)
}

// footerGrowth is how much wider a button of a footer gets than its words ask for,
// at scale 1.
const footerGrowth = 120

type keyBarLayout struct {
	gap  float32
	most float32 // a button grows by, at scale 1; 0: as much as there is room
	// mainFirst says that the first object is drawn as the last.
	mainFirst bool
}

// lines splits the visible buttons into the fewest lines that fit.
func (k *keyBarLayout) lines(objects []fyne.CanvasObject, width float32) [][]fyne.CanvasObject {
	var shown []fyne.CanvasObject
	for _, o := range objects {
		if o.Visible() {
			shown = append(shown, o)
		}
	}
	if k.mainFirst && len(shown) > 1 && objects[0].Visible() {
		shown = append(shown[1:], shown[0])
	}
	for n := 1; n < len(shown); n++ {
		lines, fits := split(shown, n), true
		for _, line := range lines {
			fits = fits && k.needs(line) <= width
		}
		if fits {
			return lines
		}
	}
	return split(shown, len(shown))
}

func split(objects []fyne.CanvasObject, n int) [][]fyne.CanvasObject {
	var lines [][]fyne.CanvasObject
	for i := range n {
		lines = append(lines, objects[i*len(objects)/n:(i+1)*len(objects)/n])
	}
	return lines
}

// needs is the least width of a line.
func (k *keyBarLayout) needs(line []fyne.CanvasObject) float32 {
	width := -theme.Px(k.gap)
	for _, o := range line {
		width += o.MinSize().Width + theme.Px(k.gap)
	}
	return width
}

func lineHeight(line []fyne.CanvasObject) float32 {
	height := float32(0)
	for _, o := range line {
		height = max(height, o.MinSize().Height)
	}
	return height
}

func (k *keyBarLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, line := range k.lines(objects, size.Width) {
		height := lineHeight(line)
		free := max(size.Width-k.needs(line), 0)
		spare := free / float32(len(line))
		if k.most > 0 {
			spare = min(spare, theme.Px(k.most))
		}
		x, between := float32(0), free-spare*float32(len(line))
		for i, o := range line {
			if i == 1 {
				x += between
			}
			width := o.MinSize().Width + spare
			o.Resize(fyne.NewSize(width, height))
			o.Move(fyne.NewPos(x, y))
			x += width + theme.Px(k.gap)
		}
		y += height + theme.Px(k.gap)
	}
}

func (k *keyBarLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}

func (k *keyBarLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	height := -theme.Px(k.gap)
	for _, line := range k.lines(objects, width) {
		height += lineHeight(line) + theme.Px(k.gap)
	}
	return max(height, 0)
}
