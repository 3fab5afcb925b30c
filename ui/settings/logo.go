package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"kassa/pos"
	"kassa/pos/escpos"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// logo is the dialog in which the picture over receipts is chosen. What is taken
// in is kept at once, as dots, under the till's own name.
type logo struct {
	p       *printerPage
	printer ui.Printer
	dialog  *widgets.Dialog
	path    *widgets.Entry
	news    *widgets.Banner
	holder  *fyne.Container
}

func (p *printerPage) onLogo() {
	v := p.v
	printer := v.env.Print.Printer()
	if printer == nil {
		return
	}
	k, t := v.env.Kit, v.env.T
	l := &logo{p: p, printer: printer, news: widgets.NewBanner("", widgets.Bad), holder: widgets.VBox(0)}
	l.path = k.Entry(widgets.TextEntry, t("settings.print.logo.path", nil))
	l.path.MaxLength = 400
	l.path.OnSubmitted = func(string) { l.onTake() }
	take := k.KeyButton(t("settings.print.logo.take", nil), widgets.Primary, keys.Enter, l.onTake)
	drop := k.KeyButton(t("settings.print.logo.drop", nil), widgets.Secondary, "F8", l.onDrop)
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { l.dialog.Close() })
	l.dialog = k.Dialog(widgets.DialogSpec{Name: "settings.logo", Title: t("settings.print.logo.title", nil), Width: widgets.Narrow,
		Body: widgets.VBox(theme.GapCards, widgets.NewParagraph(t("settings.print.logo.why", nil), widgets.Muted),
			widgets.Field(t("settings.print.logo.file", nil), l.path), l.news, l.holder),
		Footer: widgets.Footer(theme.GapSmall, back, drop, take)})
	l.dialog.OnClosed = v.tell
	l.dialog.Show(l.path.Focusable(), func(s *keys.Scope) { s.BindKey("F8", l.onDrop) })
	l.work("", func() (*escpos.Bitmap, error) { return l.printer.Logo(), nil })
}

// onTake takes a picture in.
func (l *logo) onTake() {
	path := strings.Trim(strings.TrimSpace(l.path.Text()), `"`)
	if path == "" {
		l.dialog.Close()
		return
	}
	l.work("true", func() (*escpos.Bitmap, error) { return l.printer.TakeLogo(path) })
}

func (l *logo) onDrop() {
	l.work("false", func() (*escpos.Bitmap, error) { return nil, l.printer.DropLogo() })
}

// work does something with the picture and shows it; on is what the setting
// becomes then, "" to leave it.
func (l *logo) work(on string, do func() (*escpos.Bitmap, error)) {
	v := l.p.v
	a := v.env.Actor
	task.Run(v.env.Ctx, v.env.Runner, func(ctx context.Context) (*escpos.Bitmap, error) {
		if err := v.env.Till.Demand(ctx, a, pos.RightSettings); err != nil {
			return nil, err
		}
		return do()
	}, func(b *escpos.Bitmap, err error) {
		if err != nil {
			l.news.Set(v.env.Words.Error(err), widgets.Bad)
			l.dialog.Refresh()
			v.env.Shown("settings.logo", "error", idOf(err))
			return
		}
		l.news.Set("", widgets.Bad)
		l.show(b)
		if on != "" {
			v.m.set("printer.logo", on)
			v.fields["printer.logo"].show(on)
			v.refresh()
		}
		shown := "no"
		if b != nil {
			shown = "yes"
		}
		v.env.Shown("settings.logo", "error", "", "logo", shown)
	})
}

// show draws the dots as they will be printed.
func (l *logo) show(b *escpos.Bitmap) {
	l.holder.RemoveAll()
	if b != nil {
		img := canvas.NewImageFromImage(b.Picture())
		img.FillMode, img.ScaleMode = canvas.ImageFillContain, canvas.ImageScalePixels
		l.holder.Add(widgets.NewPanel(widgets.Sized(0, 160, img), theme.ColorCard, theme.ColorLine, theme.RadiusCard, theme.GapInside, theme.GapInside))
	}
	l.dialog.Refresh()
}
