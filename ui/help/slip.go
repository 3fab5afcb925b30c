package help

// Pictures of paper: the lines of a receipt, how receipts leave the printer, and the
// letters it has.

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"github.com/boombuler/barcode/qr"

	"kassa/pos"
	"kassa/pos/escpos"
	"kassa/pos/receipt"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// The parts of a receipt, as its rules part them.
const (
	partHead = iota
	partPlace
	partGoods
	partTotal
	partTender
	partCustomer
	partFoot
)

// excerpt is what a setting shows of a receipt: some parts of it, and what is to be
// taken out of the settings to find the lines it makes; nil marks none.
type excerpt struct {
	parts   []int
	without func(*pos.Settings)
}

var excerpts = map[string]excerpt{
	"shop.name":             {[]int{partHead, partPlace}, func(s *pos.Settings) { s.Shop = "" }},
	"shop.address":          {[]int{partHead, partPlace}, func(s *pos.Settings) { s.Address = "" }},
	"shop.tax_id":           {[]int{partHead, partPlace}, func(s *pos.Settings) { s.TaxID = "" }},
	"printer.header":        {[]int{partHead, partPlace}, func(s *pos.Settings) { s.Paper.Header = "" }},
	"printer.logo":          {[]int{partHead, partPlace}, nil},
	"till.number":           {[]int{partPlace, partGoods}, func(s *pos.Settings) { s.Till = "" }},
	"till.receipt_language": {[]int{partPlace, partGoods, partTotal}, nil},
	"till.receipt_width":    {[]int{partHead, partPlace, partGoods}, nil},
	"shop.currency":         {[]int{partGoods, partTotal, partTender}, nil},
	"money.rounding_step":   {[]int{partTotal, partTender}, func(s *pos.Settings) { s.Rules.RoundingStep = 0 }},
	"credit.due_days":       {[]int{partTotal, partCustomer}, func(s *pos.Settings) { s.Rules.CreditDays-- }},
	"shop.footer":           {[]int{partTender, partFoot}, func(s *pos.Settings) { s.Footer = "" }},
	"printer.qr":            {[]int{partFoot}, nil},
}

// slip shows the lines of a receipt that a setting changes, with those around them.
func (p *painter) slip() fyne.CanvasObject {
	what := excerpts[p.key]
	lines := p.parts(p.set, what.parts)
	var plain []string
	if what.without != nil {
		other := *p.set
		what.without(&other)
		plain = p.parts(&other, what.parts)
	}
	box := widgets.VBox(0)
	if p.key == "printer.logo" && p.set.Paper.Logo {
		box.Add(p.logo())
	}
	for _, line := range lines {
		box.Add(written(line, what.without != nil && !slices.Contains(plain, line)))
	}
	if p.key == "printer.qr" && p.set.Paper.QR {
		box.Add(square(string(p.sale(p.set, p.receiptWords()).ID)))
	}
	return p.wide(box)
}

// wide is a slip as wide as the printer's line.
func (p *painter) wide(box fyne.CanvasObject) fyne.CanvasObject {
	columns := float32(min(max(p.set.Width, receipt.MinWidth), receipt.MaxWidth))
	letter := fyne.MeasureText("0", theme.Size(theme.SizeSmall), fyne.TextStyle{Monospace: true}).Width
	return paperOf(widgets.Sized(columns*letter/theme.Px(1)+1, 0, box))
}

// parts are the lines of some parts of a receipt under settings.
func (p *painter) parts(set *pos.Settings, which []int) []string {
	w := p.receiptWords()
	s := p.sale(set, w)
	in := receipt.Input{Sale: s, Shop: *set, Cashier: p.env.Actor.Name}
	if p.key == "credit.due_days" {
		in.Customer = &receipt.CustomerInfo{Name: w.T("help.sample.customer", nil), MaskedPhone: "", Debt: owed}
	}
	all := receipt.Render(in, set.Width, w)
	rule := all[slices.IndexFunc(all, func(l string) bool { return strings.Trim(l, "-") == "" && l != "" })]
	var parts [][]string
	var now []string
	for _, line := range all {
		if line != rule {
			now = append(now, line)
			continue
		}
		parts, now = append(parts, now), nil
	}
	parts = append(parts, now)
	if in.Customer == nil { // whose part is not there then
		parts = slices.Insert(parts, partCustomer, nil)
	}
	var lines []string
	for _, n := range which {
		if len(lines) > 0 {
			lines = append(lines, rule)
		}
		lines = append(lines, parts[n]...)
	}
	return lines
}

// written is a line of a receipt, on a soft ground where it is what is meant.
func written(line string, marked bool) fyne.CanvasObject {
	mono := widgets.NewMono(line)
	if !marked {
		return mono
	}
	return widgets.NewPanel(mono, theme.ColorAccentSoft, theme.ColorNone, 0, 0, 0)
}

// paperOf is a slip of paper in the middle of the room there is.
func paperOf(box fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Centered(widgets.NewPanel(box, theme.ColorCard, theme.ColorLine, 2, theme.GapInside, theme.GapCards))
}

// logo stands for the shop's picture: the picture itself where there is one.
func (p *painter) logo() fyne.CanvasObject {
	if printer := p.env.Print.Printer(); printer != nil {
		if dots := printer.Logo(); dots != nil {
			return drawn(dots, 72)
		}
	}
	return widgets.Centered(widgets.NewPanel(widgets.NewText(p.env.T("help.logo", nil), widgets.SmallMuted),
		theme.ColorAccentSoft, theme.ColorNone, theme.RadiusField, theme.GapInside, theme.GapSmall))
}

// squareDots are the dots of a side of the smallest square in a code.
const squareDots = 3

// drawn are dots as they are printed, in a height at scale 1.
func drawn(dots *escpos.Bitmap, height float32) fyne.CanvasObject {
	img := canvas.NewImageFromImage(dots.Picture())
	img.FillMode, img.ScaleMode = canvas.ImageFillContain, canvas.ImageScalePixels
	return widgets.Sized(0, height, img)
}

// square is a code to scan of a text.
func square(text string) fyne.CanvasObject {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return widgets.VBox(0)
	}
	side := code.Bounds().Dx()
	dots := escpos.NewBitmap(side*squareDots, side*squareDots)
	for x := range side {
		for y := range side {
			if r, _, _, _ := code.At(x, y).RGBA(); r == 0 {
				dots.Fill(x*squareDots, y*squareDots, squareDots)
			}
		}
	}
	return drawn(dots, 88)
}

// short are the last lines of a receipt, for pictures of several.
func (p *painter) short() fyne.CanvasObject {
	w := p.receiptWords()
	s := p.sale(p.set, w)
	box := widgets.VBox(0)
	for _, line := range []string{w.T("receipt.number", pos.Args{"Number": s.Number}), w.T("receipt.total", nil) + " " + w.Money().Amount(s.Total)} {
		box.Add(widgets.NewText(line, widgets.Small).Ellipsis())
	}
	return box
}

// sheet is one of several receipts.
func (p *painter) sheet() fyne.CanvasObject {
	return widgets.NewPanel(p.short(), theme.ColorCard, theme.ColorEdge, 2, theme.GapInside, theme.GapCards)
}

// roll shows how receipts leave the printer.
func (p *painter) roll() fyne.CanvasObject {
	switch p.key {
	case "printer.copies":
		var all []fyne.CanvasObject
		for range min(max(p.set.Paper.Copies, 1), 3) {
			all = append(all, p.sheet())
		}
		return widgets.Equal(theme.GapSmall, all...)
	case "printer.z":
		if !p.set.Paper.Z {
			return p.off()
		}
		w := p.receiptWords()
		return paperOf(widgets.VBox(0, widgets.NewText(w.T("print.z", pos.Args{"Number": int64(42)}), widgets.Strong),
			widgets.KeyValue(w.T("receipt.total", nil)+"   ", w.Money().Amount(18_430_50), widgets.Small).Box))
	}
	return widgets.Centered(widgets.Sized(260, 0, p.parted()))
}

// parted is a receipt and the next one, as the cut leaves them.
func (p *painter) parted() fyne.CanvasObject {
	switch p.set.Paper.Cut {
	case pos.CutNone:
		return widgets.NewPanel(widgets.VBox(theme.GapInside, p.short(), p.short()), theme.ColorCard, theme.ColorEdge, 2, theme.GapInside, theme.GapCards)
	case pos.CutPartial:
		bridge := widgets.NewPanel(widgets.Sized(20, 12, widgets.VBox(0)), theme.ColorEdge, theme.ColorNone, 0, 0, 0)
		return widgets.VBox(0, p.sheet(), widgets.HBox(0, widgets.Spring(), bridge, widgets.Spring()), p.sheet())
	}
	return widgets.VBox(theme.GapInside, p.sheet(), p.sheet())
}

// letters show a line as the printer writes it with its code page.
func (p *painter) letters() fyne.CanvasObject {
	sample := p.receiptWords().T("settings.print.sample", nil)
	name := p.form.Say("printer.page")
	if page, ok := escpos.PageNamed(p.set.Paper.Page); ok {
		sample = page.Decode(page.Encode(sample))
		name += ", " + strconv.Itoa(p.set.Paper.PageNumber)
	}
	return p.wide(widgets.VBox(theme.GapTiny, widgets.NewMono(sample), widgets.NewMono(name)))
}
