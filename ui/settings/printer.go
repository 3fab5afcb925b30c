package settings

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/escpos"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// The actions of the page of the printer.
const (
	actTestPage keys.ActionID = "settings.print.test"
	actWizard   keys.ActionID = "settings.print.wizard"
	actLogo     keys.ActionID = "settings.print.logo"
	actPulse    keys.ActionID = "settings.print.drawer"
)

// printerForm are the settings of the receipt printer.
func printerForm() []setting {
	var pages []string
	for _, p := range escpos.Pages() {
		pages = append(pages, p.Name)
	}
	return []setting{
		choice("printer.connection", TabPrinter, chosen, func(s *pos.Settings) *pos.Connection { return &s.Paper.Connection },
			"none", "network", "usb", "serial", "file"),
		text("printer.address", TabPrinter, line, func(s *pos.Settings) *string { return &s.Paper.Address }).hinted(),
		number("printer.baud", TabPrinter, chosen, func(s *pos.Settings) *int { return &s.Paper.Baud }, "9600", "19200", "38400", "57600", "115200"),
		flag("printer.ask_status", func(s *pos.Settings) *bool { return &s.Paper.AskStatus }).hinted(),
		choice("printer.page", TabPrinter, chosen, func(s *pos.Settings) *string { return &s.Paper.Page }, append(pages, pos.RasterPage)...).hinted(),
		number("printer.page_number", TabPrinter, whole, func(s *pos.Settings) *int { return &s.Paper.PageNumber }),
		flag("printer.cancel_chinese", func(s *pos.Settings) *bool { return &s.Paper.CancelChinese }),
		choice("printer.cut", TabPrinter, chosen, func(s *pos.Settings) *pos.CutMode { return &s.Paper.Cut }, "partial", "full", "none"),
		choice("printer.drawer", TabPrinter, chosen, func(s *pos.Settings) *pos.DrawerPin { return &s.Paper.Drawer }, "off", "pin2", "pin5"),
		choice("printer.receipt", TabPrinter, picked, func(s *pos.Settings) *pos.When { return &s.Paper.Receipt }, "always", "ask", "never"),
		number("printer.copies", TabPrinter, chosen, func(s *pos.Settings) *int { return &s.Paper.Copies }, "1", "2", "3"),
		flag("printer.z", func(s *pos.Settings) *bool { return &s.Paper.Z }),
		flag("printer.logo", func(s *pos.Settings) *bool { return &s.Paper.Logo }),
		flag("printer.qr", func(s *pos.Settings) *bool { return &s.Paper.QR }),
		text("printer.header", TabPrinter, area, func(s *pos.Settings) *string { return &s.Paper.Header }),
	}
}

// flag is a decision between yes and no.
func flag(key string, at func(*pos.Settings) *bool) setting {
	return setting{key: key, tab: TabPrinter, look: picked, options: []string{"true", "false"},
		read: func(s *pos.Settings, v string) (err error) {
			*at(s), err = strconv.ParseBool(v)
			return err
		},
		write: func(s *pos.Settings) string { return strconv.FormatBool(*at(s)) },
	}
}

// printerPage is where the receipt printer is set up and tried.
type printerPage struct {
	v     *view
	news  *widgets.Banner
	tools []*widgets.Button
	busy  bool
}

func (v *view) printerTab() fyne.CanvasObject {
	k, t := v.env.Kit, v.env.T
	p := &printerPage{v: v, news: widgets.NewBanner("", widgets.Info)}
	v.printer = p
	for _, b := range []struct {
		id  string
		act keys.ActionID
	}{{"settings.print.test", actTestPage}, {"settings.print.wizard", actWizard}, {"settings.print.logo", actLogo}, {"settings.print.drawer", actPulse}} {
		p.tools = append(p.tools, k.ActionButton(t(b.id, nil), widgets.Secondary, b.act))
	}
	bar := widgets.KeyBar(theme.GapSmall, p.tools[0], p.tools[1], p.tools[2], p.tools[3])
	return v.page(
		bar, p.news,
		v.pair("printer.connection", "printer.address"),
		v.pair("printer.receipt", "printer.copies"),
		v.pair("printer.z", "printer.qr"),
		v.pair("printer.drawer", "printer.cut"),
		v.pair("printer.page", "printer.page_number"),
		v.pair("printer.logo", "printer.ask_status"),
		v.ask("printer.header"),
		widgets.NewSeparator(),
		v.pair("printer.baud", "printer.cancel_chinese"))
}

func (p *printerPage) bind(s *keys.Scope) {
	here := keys.When(func() bool { return p.v.tab == TabPrinter })
	s.Bind(actTestPage, p.onTest, here)
	s.Bind(actWizard, p.onWizard, here)
	s.Bind(actLogo, p.onLogo, here)
	s.Bind(actPulse, p.onDrawer, here)
}

// onChanged follows a chosen code page with the number most printers know it by.
func (p *printerPage) onChanged(key, text string) {
	p.news.Set("", widgets.Info)
	page, ok := escpos.PageNamed(text)
	if key != "printer.page" || !ok || p.v.m.locked("printer.page_number") != "" {
		return
	}
	number := strconv.Itoa(int(page.Number))
	p.v.m.set("printer.page_number", number)
	p.v.fields["printer.page_number"].entry.SetText(number)
}

// try sends something to the printer as the form has it, saved or not.
func (p *printerPage) try(doing, done string, send func(ctx context.Context, printer ui.Printer, set pos.Settings) error) {
	v := p.v
	printer := v.env.Print.Printer()
	if p.busy {
		return
	}
	d, _ := v.m.read()
	if printer == nil || !d.Settings.Paper.Set() {
		p.say(v.env.T("settings.print.first", nil), widgets.Warn)
		return
	}
	p.busy = true
	p.say(v.env.T(doing, nil), widgets.Info)
	a := v.env.Actor
	task.Run(v.env.Ctx, v.env.Runner, func(ctx context.Context) (struct{}, error) {
		if err := v.env.Till.Demand(ctx, a, pos.RightSettings); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, send(ctx, printer, d.Settings)
	}, func(_ struct{}, err error) {
		p.busy = false
		if err != nil {
			p.say(v.env.Words.Error(err), widgets.Bad)
			v.env.Shown("settings.print", "error", idOf(err))
			return
		}
		p.say(v.env.T(done, nil), widgets.Good)
		v.env.Shown("settings.print", "error", "")
	})
}

func (p *printerPage) say(text string, tone widgets.Tone) {
	p.news.Set(text, tone)
	p.v.dialog.Refresh()
}

func (p *printerPage) onTest() {
	w := p.v.env.Words
	p.try("settings.print.sending", "settings.print.sent", func(ctx context.Context, printer ui.Printer, set pos.Settings) error {
		return printer.TryPage(ctx, set, w.T)
	})
}

func (p *printerPage) onDrawer() {
	d, _ := p.v.m.read()
	if d.Settings.Paper.Set() && !d.Settings.Paper.HasDrawer() {
		p.say(p.v.env.T("settings.print.no-drawer", nil), widgets.Warn)
		return
	}
	p.try("settings.print.sending", "settings.print.pulsed", func(ctx context.Context, printer ui.Printer, set pos.Settings) error {
		return printer.TryDrawer(ctx, set)
	})
}
