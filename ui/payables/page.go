package payables

import (
	"context"
	"image"

	"fyne.io/fyne/v2"

	"github.com/boombuler/barcode/qr"

	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// quiet is the room around a code that scanners need, in its own dots.
const quiet = 4

// findPage asks whether customers can see the offer on a page of its own. Without an
// answer nothing is shown of it: a link nobody can open is worse than none.
func (c *card) findPage() {
	if c.made || c.draft.o.Archived {
		return
	}
	a, b, id := c.env.Actor, c.b, c.draft.o.ID
	task.Run(c.env.Ctx, c.env.Runner, func(ctx context.Context) (string, error) { return b.OfferPage(ctx, a, id) },
		func(page string, err error) {
			if err == nil && page != "" && c.d.Shown() {
				c.page = page
				c.draw()
			}
		})
}

// onPage shows the link to the offer's own page, to be copied, and as a code to be
// scanned by a telephone.
func (c *card) onPage() {
	if c.page == "" {
		return
	}
	k, t := c.env.Kit, c.env.T
	link := k.Entry(widgets.TextEntry, "")
	link.SetText(c.page)
	link.RefusesScan = true
	link.OnChanged = func(string) { link.SetText(c.page) } // it is read, not written
	code := widgets.NewPicture(220)
	code.Set(square(c.page))
	var d *widgets.Dialog
	take := func() {
		fyne.CurrentApp().Clipboard().SetContent(c.page)
		k.Toast(t("payables.page.copied", nil), widgets.Good)
		c.env.Shown(placePage, "page", c.page, "copied", "yes")
	}
	d = k.Dialog(widgets.DialogSpec{Name: placePage, Title: t("payables.page", nil), Subtitle: c.draft.o.Text, Width: widgets.Middle,
		Body: widgets.HBox(theme.GapInside, code, widgets.Grow(widgets.VBox(theme.GapCards, widgets.NewParagraph(t("payables.page.why", nil), widgets.Muted), link))),
		Footer: widgets.Footer(theme.GapCards, k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { d.Close() }),
			k.KeyButton(t("payables.page.copy", nil), widgets.Primary, keys.Enter, take))})
	d.Show(link.Focusable(), func(s *keys.Scope) { s.BindKey(keys.Enter, take) })
	c.env.Shown(placePage, "page", c.page, "copied", "no")
}

// square is a code to scan of a text, black on white whatever the theme; nil for a
// text too long for one.
func square(text string) image.Image {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return nil
	}
	const dot = 6 // so that it stays sharp when it is drawn smaller
	side := code.Bounds().Dx()
	out := image.NewGray(image.Rect(0, 0, (side+2*quiet)*dot, (side+2*quiet)*dot))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			out.Pix[out.PixOffset(x, y)] = 255
			at := image.Pt(x/dot-quiet, y/dot-quiet)
			if at.In(code.Bounds()) {
				if r, _, _, _ := code.At(at.X, at.Y).RGBA(); r == 0 {
					out.Pix[out.PixOffset(x, y)] = 0
				}
			}
		}
	}
	return out
}
