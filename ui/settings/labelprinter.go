package settings

import (
	"context"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// actTestLabel prints a label from the page of the label printer.
const actTestLabel keys.ActionID = "settings.label.test"

// labelPrinterForm are the settings of the label printer.
func labelPrinterForm() []setting {
	var rolls []string
	for _, p := range pos.LabelPapers {
		if _, _, roll := p.Millimetres(); roll {
			rolls = append(rolls, string(p))
		}
	}
	return []setting{
		choice("label_printer.connection", TabLabelPrinter, chosen, func(s *pos.Settings) *pos.Connection { return &s.LabelPrinter.Connection },
			"none", "network", "usb", "serial", "file"),
		text("label_printer.address", TabLabelPrinter, line, func(s *pos.Settings) *string { return &s.LabelPrinter.Address }).hinted(),
		choice("label_printer.language", TabLabelPrinter, picked, func(s *pos.Settings) *pos.LabelLanguage { return &s.LabelPrinter.Language }, "zpl", "epl").hinted(),
		number("label_printer.dpi", TabLabelPrinter, chosen, func(s *pos.Settings) *int { return &s.LabelPrinter.DPI }, "203", "300").hinted(),
		choice("label_printer.paper", TabLabelPrinter, chosen, func(s *pos.Settings) *pos.LabelPaper { return &s.LabelPrinter.Paper }, rolls...),
		number("label_printer.baud", TabLabelPrinter, chosen, func(s *pos.Settings) *int { return &s.LabelPrinter.Baud }, "9600", "19200", "38400", "57600", "115200"),
	}
}

// labelPrinterPage is where the label printer is set up and tried.
type labelPrinterPage struct {
	v    *view
	news *widgets.Banner
	busy bool
}

func (v *view) labelPrinterTab() fyne.CanvasObject {
	p := &labelPrinterPage{v: v, news: widgets.NewBanner("", widgets.Info)}
	v.labels = p
	return v.page(
		widgets.KeyBar(theme.GapSmall, v.env.Kit.ActionButton(v.env.T("settings.label.test", nil), widgets.Secondary, actTestLabel)), p.news,
		v.pair("label_printer.connection", "label_printer.address"),
		v.pair("label_printer.language", "label_printer.dpi"),
		v.pair("label_printer.paper", "label_printer.baud"))
}

func (p *labelPrinterPage) bind(s *keys.Scope) {
	s.Bind(actTestLabel, p.onTest, keys.When(func() bool { return p.v.tab == TabLabelPrinter }))
}

// onTest prints a label as the form has it, saved or not.
func (p *labelPrinterPage) onTest() {
	v := p.v
	d, _ := v.m.read()
	set, printer := d.Settings.LabelPrinter, v.env.Print.Printer()
	switch {
	case p.busy:
		return
	case printer == nil || !set.Set():
		p.say(v.env.T("settings.print.first", nil), widgets.Warn)
		return
	}
	p.busy = true
	p.say(v.env.T("settings.print.sending", nil), widgets.Info)
	a, sample := v.env.Actor, v.sampleLabel(&d.Settings)
	task.Run(v.env.Ctx, v.env.Runner, func(ctx context.Context) (struct{}, error) {
		if err := v.env.Till.Demand(ctx, a, pos.RightSettings); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, printer.TryLabel(ctx, set, sample)
	}, func(_ struct{}, err error) {
		p.busy = false
		if err != nil {
			p.say(v.env.Words.Error(err), widgets.Bad)
		} else {
			p.say(v.env.T("settings.label.sent", nil), widgets.Good)
		}
		v.env.Shown("settings.labelprinter", "error", idOf(err))
	})
}

// sampleLabel shows every letter and figure a label may have.
func (v *view) sampleLabel(set *pos.Settings) pos.PriceLabel {
	w := v.env.Words
	return pos.PriceLabel{Name: w.T("print.test.letters", nil), Price: w.Money().Amount(123_456), SKU: "1001", Code: "4600000000015",
		Shop: set.Shop, Date: w.Date(v.env.Kit.Timers.Now())}
}

func (p *labelPrinterPage) say(text string, tone widgets.Tone) {
	p.news.Set(text, tone)
	p.v.dialog.Refresh()
}
