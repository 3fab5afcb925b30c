package settings

import (
	"context"
	"strconv"

	"kassa/pos"
	"kassa/pos/escpos"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// wizard finds the code page: it prints the same line in every page and asks
// which one can be read.
type wizard struct {
	p      *printerPage
	dialog *widgets.Dialog
	number *widgets.Entry
	news   *widgets.Banner
}

// onWizard prints the sheet and asks.
func (p *printerPage) onWizard() {
	v := p.v
	sample := v.env.T("settings.print.sample", nil)
	p.try("settings.print.sending", "settings.print.sheet", func(ctx context.Context, printer ui.Printer, set pos.Settings) error {
		return printer.TrySheet(ctx, set, sample)
	})
	d, _ := v.m.read()
	if v.env.Print.Printer() == nil || !d.Settings.Paper.Set() {
		return
	}
	k, t := v.env.Kit, v.env.T
	w := &wizard{p: p, news: widgets.NewBanner("", widgets.Warn)}
	w.number = k.Entry(widgets.TextEntry, "1")
	w.number.Filter, w.number.MaxLength, w.number.RefusesScan = widgets.Digits(), 2, true
	w.number.OnSubmitted = func(string) { w.onNumber() }
	use := k.KeyButton(t("settings.print.wizard.use", nil), widgets.Primary, keys.Enter, w.onNumber)
	none := k.KeyButton(t("settings.print.wizard.none", nil), widgets.Secondary, "F2", w.onNone)
	again := k.KeyButton(t("settings.print.wizard.again", nil), widgets.Secondary, "F5", func() { w.dialog.Close(); p.onWizard() })
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { w.dialog.Close() })
	w.dialog = k.Dialog(widgets.DialogSpec{Name: "settings.codepage", Title: t("settings.print.wizard.title", nil), Width: widgets.Narrow,
		Body: widgets.VBox(theme.GapCards,
			widgets.NewParagraph(t("settings.print.wizard.why", pos.Args{"Sample": sample}), widgets.Body),
			widgets.Field(t("settings.print.wizard.number", nil), w.number), w.news),
		Footer: widgets.Footer(theme.GapSmall, back, again, none, use)})
	w.dialog.OnClosed = v.tell
	w.dialog.Show(w.number.Focusable(), func(s *keys.Scope) {
		s.BindKey("F2", w.onNone)
		s.BindKey("F5", func() { w.dialog.Close(); p.onWizard() })
	})
	v.env.Shown("settings.codepage", "lines", strconv.Itoa(len(escpos.Samples())))
}

// onNumber takes the page of the readable line into the form.
func (w *wizard) onNumber() {
	n, err := strconv.Atoi(w.number.Text())
	list := escpos.Samples()
	if err != nil || n < 1 || n > len(list) {
		w.news.Set(w.p.v.env.T("settings.print.wizard.range", pos.Args{"Most": strconv.Itoa(len(list))}), widgets.Warn)
		w.dialog.Refresh()
		return
	}
	s := list[n-1]
	page, _ := escpos.PageNamed(s.Page)
	w.take(s.Page, strconv.Itoa(s.PageNumber), w.p.v.env.T("settings.print.wizard.taken", pos.Args{"Page": page.Label, "Number": s.PageNumber}))
}

// onNone prints as pictures: that every printer can.
func (w *wizard) onNone() {
	w.take(pos.RasterPage, "", w.p.v.env.T("settings.print.wizard.raster", nil))
}

func (w *wizard) take(page, number, said string) {
	v := w.p.v
	w.dialog.Close()
	v.m.set("printer.page", page)
	if number != "" {
		v.m.set("printer.page_number", number)
	}
	for _, key := range []string{"printer.page", "printer.page_number"} {
		v.fields[key].show(v.m.texts[key])
	}
	v.refresh()
	w.p.say(said, widgets.Good)
}
