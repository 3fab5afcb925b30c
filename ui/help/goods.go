package help

// Pictures of labels and of what customers see.

import (
	"context"
	"image"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/scale"
	"kassa/pos/till"
	"kassa/ui/customerdisplay"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// labelSide is how wide a label is drawn, at scale 1.
const labelSide = 240

// label is a price label: the printer's own dots where one can draw them.
func (p *painter) label() fyne.CanvasObject {
	w := p.receiptWords()
	l := pos.PriceLabel{Name: w.T("help.sample.coffee", nil), Price: w.Money().Amount(349_00), SKU: "1001", Code: "4600000000015",
		Shop: p.set.Shop, Date: w.Date(p.now)}
	paper := p.set.LabelPrinter.Paper
	about := p.form.Say("label_printer.paper") + ", " + p.form.Say("label_printer.dpi") + ", " + p.form.Say("label_printer.language")
	printer := p.env.Print.Printer()
	if printer == nil {
		return widgets.VBox(theme.GapSmall, paperOf(widgets.VBox(theme.GapTiny, widgets.NewText(l.Name, widgets.Small),
			widgets.NewText(l.Price, widgets.Figure), widgets.NewText(l.Code, widgets.SmallMuted))), widgets.NewText(about, widgets.SmallMuted.Center()))
	}
	picture := widgets.NewPicture(labelSide)
	task.RunLatest(p.env.Ctx, p.latest, func(context.Context) (image.Image, error) {
		dots, err := printer.LabelPicture(paper, l)
		if err != nil {
			return nil, err
		}
		return dots.Picture(), nil
	}, func(img image.Image, err error) {
		if err == nil {
			picture.Set(img)
		}
	})
	return widgets.VBox(theme.GapSmall, picture, widgets.NewText(about, widgets.SmallMuted.Center()))
}

// scale shows which digits of a scale's label mean what, by the first rule.
func (p *painter) scale() fyne.CanvasObject {
	rules, err := scale.ParseRules(p.set.Labels.Rules)
	if err != nil || len(rules) == 0 {
		return p.off()
	}
	r := rules[0]
	figure, what := int64(845), "settings.labels.qty"
	m := p.env.WordsFor(p.env.Words.Lang(), p.set).Money()
	worth := m.Quantity(money.Quantity(figure)) + " " + p.env.T("help.sample.kilo", nil)
	if r.Kind == scale.Price {
		figure, what = 10901, "settings.labels.price"
		worth = m.Amount(money.Amount(figure))
	}
	code, err := r.Write("42", figure)
	if err != nil && r.Kind == scale.Price { // four digits hold less
		figure = 9990
		worth = m.Amount(money.Amount(figure))
		code, err = r.Write("42", figure)
	}
	if err != nil {
		return p.off()
	}
	item := 2 + r.Item
	from := len(code) - 1 - r.Figure()
	return widgets.VBox(theme.GapCards, row(
		step{strconv.Itoa(r.Prefix), p.env.T("settings.labels.prefix", nil)},
		step{code[2:item], p.env.T("settings.labels.item", nil)},
		step{code[from : len(code)-1], p.env.T(what, nil)}),
		widgets.KeyValue(code, worth, widgets.Strong).Box)
}

// board is the customer display itself, in small.
func (p *painter) board() fyne.CanvasObject {
	if !p.set.Front.Display {
		return p.off()
	}
	w := p.receiptWords()
	p.display = customerdisplay.New(customerdisplay.Params{Timers: p.env.Kit.Timers, Words: func() *words.Words { return w },
		Shop: func() string { return p.set.Shop }})
	c := p.cheque(w)
	c.Tenders = nil
	p.display.Cheque(&till.ChequeView{Cheque: *c, Totals: pos.Price(c, p.set.Rules), Rules: p.set.Rules})
	screen := widgets.NewPanel(widgets.Sized(320, 200, p.display.Content()), theme.ColorLine, theme.ColorEdge, 4, 3, 3)
	if p.set.Front.DisplayOn == pos.DisplayWindow { // a part of a screen
		return widgets.Centered(widgets.NewPanel(screen, theme.ColorCap, theme.ColorEdge, 4, 56, 20))
	}
	return widgets.Centered(screen)
}
