package labels

import (
	"context"
	"image"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// previewWidth is how wide the label is shown, at scale 1, and previewLeast where the
// window is low: below noPreview there is no room for it at all.
const (
	previewWidth = 300
	previewLeast = 120
	sizeWidth    = 170 // the size alone
	lowBelow     = 640
	noPreview    = 500
)

// blueWidth is how wide the blue button is: the letters of its words are larger.
const blueWidth = 270

// preview shows a label as it will come out: the printer's own dots.
type preview struct {
	picture *widgets.Picture
	title   *widgets.Text
	latest  *task.Latest
}

func newPreview(env *ui.Env) preview {
	side := float32(previewWidth)
	if low(env) {
		side = previewLeast
	}
	return preview{picture: widgets.NewPicture(side), latest: task.NewLatest(env.Runner),
		title: widgets.NewText(env.T("labels.preview", nil), widgets.SmallMuted)}
}

// low tells that large letters leave the window little height.
func low(env *ui.Env) bool { return env.Kit.Window.Canvas().Size().Height < theme.Px(lowBelow) }

// besideWidth is how wide the column at the right is.
func besideWidth(env *ui.Env) float32 {
	if env.Kit.Window.Canvas().Size().Height < theme.Px(noPreview) {
		return sizeWidth
	}
	return previewWidth
}

// box is the preview under the size it is of.
func (p *preview) box(k *widgets.Kit, size fyne.CanvasObject) fyne.CanvasObject {
	shown := k.FoldAt(func(window fyne.Size) bool { return window.Height >= noPreview },
		widgets.VBox(theme.GapSmall, p.title, widgets.Grow(p.picture)), widgets.VBox(0))
	return widgets.VBox(theme.GapSmall, size, widgets.Grow(shown))
}

// showPreview draws the label of the selected goods, or of the first.
func (v *view) showPreview() {
	printer := v.env.Print.Printer()
	if v.look.picture == nil || printer == nil {
		return
	}
	if len(v.m.rows) == 0 {
		v.look.latest.Cancel()
		v.look.picture.Set(nil)
		return
	}
	row := &v.m.rows[min(max(v.table.Selected(), 0), len(v.m.rows)-1)]
	paper := pos.LabelPapers[v.m.paper]
	label := row.label(v.env.Words, v.env.Till.Settings().Shop, v.env.Kit.Timers.Now())
	task.RunLatest(v.env.Ctx, v.look.latest, func(context.Context) (image.Image, error) {
		dots, err := printer.LabelPicture(paper, label)
		if err != nil {
			return nil, err
		}
		return dots.Picture(), nil
	}, func(img image.Image, err error) {
		if err != nil {
			img = nil // printing says why
		}
		v.look.picture.Set(img)
		v.env.Shown("labels.preview", "name", label.Name, "paper", string(paper), "drawn", strconv.FormatBool(img != nil))
	})
}
