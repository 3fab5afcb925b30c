package help

// What comes after what: cards with arrows between them.

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// step is one card: what stands large on it, and what that is.
type step struct{ head, what string }

// row lays steps side by side.
func row(list ...step) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	for i, s := range list {
		if i > 0 {
			parts = append(parts, widgets.NewText("→", widgets.Muted))
		}
		parts = append(parts, widgets.Grow(widgets.NewPanel(
			widgets.VBox(theme.GapTiny, widgets.NewParagraph(s.head, widgets.Strong), widgets.NewParagraph(s.what, widgets.SmallMuted)),
			theme.ColorCard, theme.ColorLine, theme.RadiusCard, theme.GapCards, theme.GapCards)))
	}
	return widgets.HBox(theme.GapSmall, parts...)
}

func (p *painter) steps() fyne.CanvasObject {
	switch {
	case p.key == "shop.country":
		return p.phone()
	case p.key == "till.idle_lock_minutes":
		return p.lock()
	case p.key == "manual.finish":
		end := step{p.env.T("help.step.by-enter", nil), p.env.T("sale.parked.finish", nil)}
		if p.set.ManualFinish {
			end.head = p.env.T("help.step.by-itself", nil)
		}
		return row(step{p.env.T("method.manual", nil), p.env.T("help.step.allowed", nil)}, end)
	case p.key == "printer.receipt", p.key == "printer.drawer":
		return row(step{p.env.T("settings.field.sound.sold", nil), p.env.T("help.step.enter", nil)},
			step{p.env.T("settings.field."+p.key, nil), p.form.Say(p.key)})
	case strings.HasPrefix(p.key, "printer."):
		return p.way(p.set.Paper.Connection, p.set.Paper.Address, p.set.Paper.Baud, "settings.page.printer", "printer.connection")
	case strings.HasPrefix(p.key, "label_printer."):
		l := p.set.LabelPrinter
		return p.way(l.Connection, l.Address, l.Baud, "settings.page.labelprinter", "label_printer.connection")
	}
	return p.term()
}

// phones are how a number is dialled in a country and how it is kept.
var phones = map[string]step{
	"RU": {"8 900 000-00-00", "+7 900 000-00-00"},
	"KZ": {"8 700 000-00-00", "+7 700 000-00-00"},
	"BY": {"8 029 000-00-00", "+375 29 000-00-00"},
	"UA": {"050 000-00-00", "+380 50 000-00-00"},
}

func (p *painter) phone() fyne.CanvasObject {
	n, known := phones[p.set.Country]
	if !known {
		return p.off()
	}
	return row(step{n.head, p.env.T("help.step.typed", nil)}, step{n.what, p.env.T("help.step.kept", nil)})
}

// noon is when everything begins in the pictures.
func (p *painter) noon() time.Time {
	y, m, d := p.now.Date()
	return time.Date(y, m, d, 12, 0, 0, 0, time.UTC)
}

func (p *painter) lock() fyne.CanvasObject {
	w, at := p.env.Words.In(time.UTC), p.noon()
	last := step{w.Clock(at), p.env.T("help.step.last-key", nil)}
	if p.set.IdleLock <= 0 {
		return row(last, step{p.env.T("help.step.never", nil), p.env.T("help.step.open", nil)})
	}
	return row(last, step{w.Clock(at.Add(p.set.IdleLock)), p.env.T("help.step.locked", nil)})
}

// way is how a slip comes to its printer.
func (p *painter) way(by pos.Connection, address string, baud int, printerID, key string) fyne.CanvasObject {
	pdf := "help.step.pdf"
	if key == "label_printer.connection" {
		pdf = "help.step.labels-pdf"
	}
	if by == pos.PrinterNone || by == "" {
		return row(step{p.env.T("app.name", nil), p.till()}, step{p.form.Say(key), p.env.T(pdf, nil)})
	}
	how := p.form.Say(key)
	if by == pos.PrinterSerial {
		how += ", " + strconv.Itoa(baud)
	}
	if address == "" {
		address = p.env.T("help.step.no-address", nil)
	}
	return row(step{p.env.T("app.name", nil), p.till()}, step{address, how}, step{p.env.T(printerID, nil), p.asked()})
}

// till names the till.
func (p *painter) till() string { return p.env.T("receipt.till", pos.Args{"Till": p.set.Till}) }

// asked tells what the printer says of itself.
func (p *painter) asked() string {
	if p.key == "printer.ask_status" && p.set.Paper.AskStatus {
		return p.env.T("help.step.answers", nil)
	}
	return p.env.T("help.step.prints", nil)
}

// term is a day and the day that follows from the setting.
func (p *painter) term() fyne.CanvasObject {
	w, t := p.env.Words, p.env.T
	var days time.Duration
	begins, ends, never := "help.step.bought", "", "help.step.for-ever"
	switch p.key {
	case "points.delay_days":
		days, ends, never = p.set.Rules.PointsDelay, "help.step.spend", "help.step.at-once"
	case "points.life_days":
		days, ends = p.set.Rules.PointsLife, "help.step.burn"
	case "returns.days":
		days, ends = time.Duration(p.set.Returns.Days)*24*time.Hour, "help.step.return"
	case "certificates.life_days":
		days, begins, ends = p.set.Certificates.Life, "help.step.given", "help.step.ends"
	}
	first := step{w.Date(p.now), t(begins, nil)}
	if days <= 0 {
		return row(first, step{t(never, nil), t(ends, nil)})
	}
	return row(first, step{w.Date(p.now.Add(days)), t(ends, nil)})
}
