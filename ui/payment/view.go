package payment

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Measures of the window at scale 1.
const (
	tenderWidth  = 300
	tenderHeight = 48
	padWidth     = 260
	padHeight    = 280
	bodyHeight   = 460
	narrowBelow  = 900 // a window less wide, as with large letters, has fewer quick sums
	narrowQuick  = 3
)

// parts are the controls whose words or state change.
type parts struct {
	tenders        []*widgets.Button // in the order of pos.Methods
	remove, exact  *widgets.Button
	below          bool // exact stands in the footer
	total, paid    *widgets.Text
	restName, rest *widgets.Text
	totalName      *widgets.Text
	paidName       *widgets.Text
	rule           *widgets.Separator
	pad            fyne.CanvasObject
	news           *widgets.Banner
	quick          []*widgets.Button
	quickShown     []money.Amount // what the quick buttons bring
	quickRow       *fyne.Container
	field          *widgets.Entry
	primary        *widgets.Button
}

func methodKey(i int) keys.Key { return keys.Key("F" + strconv.Itoa(i+1)) }

func (w *window) build() {
	k, t := w.env.Kit, w.env.T
	p := &w.parts
	back := k.KeyButton(t("payment.back", nil), widgets.Secondary, keys.Esc, w.leave)
	p.primary = k.KeyButton("", widgets.Primary, keys.Enter, w.onPrimary)
	back.Height, p.primary.Height = widgets.Large, widgets.Large
	p.field = k.Entry(widgets.AmountEntry, w.env.Words.Money().Bare(0))
	p.field.OnChanged = func(string) { w.onTyped() }
	w.d = k.Dialog(widgets.DialogSpec{
		Name: "payment", Title: w.title(), Aside: w.aside(), Width: widgets.Wide, OnEsc: w.leave,
		Body:   w.buildBody(),
		Footer: w.footer(back),
	})
}

// footer has the exact card too where there is little height: in the body a sentence
// would take its place.
func (w *window) footer(back *widgets.Button) fyne.CanvasObject {
	if !w.parts.below {
		return widgets.Columns(theme.GapCards, widgets.FixedWidth(220, back), widgets.Grow(w.parts.primary))
	}
	back.Height, w.parts.primary.Height = widgets.Normal, widgets.Normal
	return widgets.HBox(theme.GapTiny, back, w.parts.exact, widgets.Grow(w.parts.primary))
}

func (w *window) title() string {
	if w.x != nil {
		return w.env.T("payment.exchange.title", nil)
	}
	return w.env.T("payment.title", nil)
}

func (w *window) aside() string {
	lines := w.env.T("count.lines", pos.Args{"Count": w.m.view.Cheque.Live()})
	if c := w.m.view.Customer; c != nil {
		return c.Name + " · " + lines
	}
	return lines
}

func (w *window) buildBody() fyne.CanvasObject {
	p := &w.parts
	w.buildTenders()
	w.buildFigures()
	p.pad = w.env.Kit.Numpad(p.field, false)
	objects := []fyne.CanvasObject{p.totalName, p.total, p.paidName, p.paid, p.rule, p.restName, p.rest, p.news, p.quickRow}
	for _, b := range p.tenders {
		objects = append(objects, b)
	}
	if p.below = w.low() && w.env.Kit.Window.Canvas().Size().Width >= theme.Px(belowFrom); !p.below {
		objects = append(objects, p.exact)
	}
	return container.New(&bodyLayout{w: w}, append(objects, p.remove, p.field, p.pad)...)
}

func (w *window) buildTenders() {
	k, t := w.env.Kit, w.env.T
	p := &w.parts
	for i, method := range pos.Methods {
		b := k.KeyButton(t(method.Word(), nil), widgets.Secondary, methodKey(i), func() { w.onMethod(method) })
		b.CapFirst, b.Leading = true, true
		if w.low() && len(pos.Methods) > 2*lowRows { // three beside one another
			b.Height = widgets.Compact
		}
		p.tenders = append(p.tenders, b)
	}
	p.remove = k.ActionButton(t("payment.remove", nil), widgets.Quiet, "payment.remove")
	p.remove.OnTapped = w.onRemove
	p.exact = k.ActionButton(t("payment.card-exact", nil), widgets.Secondary, "payment.card-exact")
}

func (w *window) buildFigures() {
	k, t := w.env.Kit, w.env.T
	p := &w.parts
	// A sum with a few noughts too many must not push the keys out of the window.
	p.total = widgets.NewMoney("", widgets.Missing.In(theme.ColorInk)).Shrink()
	p.paid = widgets.NewMoney("", widgets.Amount)
	p.restName = widgets.NewText("", widgets.Muted)
	p.rest = widgets.NewMoney("", widgets.Missing).Shrink()
	p.news = widgets.NewBanner("", widgets.Warn)
	var quick []fyne.CanvasObject
	for i := range quickCount {
		b := k.Button("", widgets.Secondary, func() { w.onQuick(w.parts.quickShown[i]) })
		p.quick = append(p.quick, b)
		quick = append(quick, b)
	}
	p.quickRow = widgets.Equal(theme.GapSmall, quick...)
	p.totalName, p.paidName = widgets.NewText(t("payment.total", nil), widgets.Muted), widgets.NewText(t("payment.paid", nil), widgets.Muted)
	p.rule = widgets.NewSeparator()
}

// showText puts the model's sum into the field, written as the shop writes it
// and selected, so that typing replaces it.
func (w *window) showText() {
	text := w.m.text
	if sum, err := w.m.amount(); err == nil && text != "" {
		text = w.env.Words.Money().Bare(sum)
	}
	w.wrote = wrote{text: w.m.text, shown: text, typed: w.m.typed}
	w.parts.field.SetText(text)
	if text != "" && w.parts.field.Focused() {
		w.parts.field.Select()
	}
}

// draw shows the model.
func (w *window) draw() {
	w.drawTenders()
	w.drawFigures()
	w.closer()
	w.drawPrimary()
	w.d.SetTitle(w.title(), "", w.aside())
}

func (w *window) drawTenders() {
	p, words := &w.parts, w.env.Words
	now := w.now()
	for i, method := range pos.Methods {
		r := w.m.tendered(method, now)
		text, style := "", widgets.Strong
		switch {
		case r.id != "":
			text = w.env.T(r.id, pos.Args{"Sum": words.Money().Bare(r.amount), "Points": r.points})
			style = rowStyle(r.tone)
		case r.amount > 0:
			text = words.Money().Bare(r.amount)
		}
		p.tenders[i].SetValue(text, style)
		p.tenders[i].SetSelected(method == w.m.method)
	}
	p.remove.SetLabel(w.env.T("payment.remove", pos.Args{"Method": w.m.method}))
	p.remove.Hidden = !w.m.removable()
	p.exact.Hidden = w.m.view.Totals.Due == 0
}

func rowStyle(tone widgets.Tone) widgets.Style {
	switch tone {
	case widgets.Good:
		return widgets.Strong.In(theme.ColorGood)
	case widgets.Warn:
		return widgets.Strong.In(theme.ColorWarn)
	}
	return widgets.Muted
}

func (w *window) drawFigures() {
	p, words := &w.parts, w.env.Words
	f := w.m.figures()
	p.total.SetText(words.Money().Amount(f.total))
	p.paid.SetText(words.Money().Amount(f.paid))
	switch {
	case f.short > 0 && w.m.untouched():
		p.restName.SetText(w.env.T("payment.nothing", nil))
		p.rest.Set(words.Money().Amount(f.short), widgets.Missing.In(theme.ColorInk))
	case f.short > 0:
		p.restName.SetText(w.env.T("payment.missing", nil))
		p.rest.Set(theme.Minus+words.Money().Amount(f.short), widgets.Missing)
	case f.change > 0:
		p.restName.SetText(w.env.T("payment.change", nil))
		p.rest.Set(words.Money().Amount(f.change), widgets.Missing.In(theme.ColorGood))
	default:
		p.restName.SetText(w.env.T("payment.nothing", nil))
		p.rest.Set(words.Money().Amount(0), widgets.Missing.In(theme.ColorGood))
	}
	now := w.now()
	switch n := w.m.news(now, words.DayMonth(w.m.view.Rules.DueDate(now))); {
	case n.err != nil:
		p.news.Set(words.Error(n.err), n.tone)
	case n.id != "":
		p.news.Set(w.env.T(n.id, n.args), n.tone)
	default:
		p.news.Set("", widgets.Neutral)
	}
	w.drawExchange()
	w.drawQuick()
}

func (w *window) drawQuick() {
	p := &w.parts
	p.quickShown = quickSums(w.m.view.Totals.Due, w.env.Till.Settings().Currency.Notes())
	if width := w.env.Kit.Window.Canvas().Size().Width; width < theme.Px(narrowBelow) {
		p.quickShown = p.quickShown[:min(narrowQuick, len(p.quickShown))]
	}
	for i, b := range p.quick {
		b.Hidden = i >= len(p.quickShown)
		if !b.Hidden {
			b.SetLabel(w.env.Words.Money().Points(int64(p.quickShown[i] / unit)))
		}
	}
	p.quickRow.Hidden = len(p.quickShown) == 0
}

func (w *window) drawPrimary() {
	p, t := &w.parts, w.env.T
	now := w.now()
	next := w.m.next(now)
	if next == waitStep { // keep the words while the till works
		p.primary.Disable()
		return
	}
	sum, _ := w.m.amount()
	label := ""
	switch next {
	case acceptStep:
		label = t("payment.do.accept", pos.Args{"Sum": sum, "Method": w.m.method})
	case pointsStep:
		label = t("payment.do.points", nil)
	case certificateStep:
		label = t("payment.do.certificate", nil)
	case creditStep:
		label = t("payment.do.credit", pos.Args{"Sum": w.m.owed()})
	case manualStep:
		label = t("payment.do.manual", nil)
	case takeStep:
		v := w.m.takes()
		label = t("payment.do.take", pos.Args{"Sum": min(v.Price, w.m.room(v))})
	case awaitStep:
		label = t("payment.do.await", nil)
	case codeStep:
		ch := w.m.pending(now)
		label = t("payment.do.code."+string(ch.Operation), pos.Args{"Sum": ch.Amount})
	case finishStep:
		label = w.finishLabel()
		if c := w.m.view.Totals.Change; c > 0 {
			label = t("payment.do.finish-change", pos.Args{"Change": c})
		}
	default:
		label = t("payment.do.nothing", nil)
	}
	p.primary.SetLabel(label)
	p.primary.SetEnabled(next != noStep)
	if due := w.m.view.Totals.Due; due == 0 {
		p.field.Disable()
	} else {
		p.field.Enable()
	}
}

// focus gives the focus to the field while a sum may be typed, else to the blue
// button.
func (w *window) focus() {
	switch {
	case !w.d.Shown():
	case w.parts.field.Disabled():
		w.env.Kit.Focus(w.parts.primary)
	default:
		w.parts.field.Focus()
	}
}
