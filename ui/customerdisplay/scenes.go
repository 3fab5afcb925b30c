package customerdisplay

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/ui/theme"
)

// The faces of the display, in units.
var (
	quiet   = face{size: 5, color: theme.ColorMuted}
	plain   = face{size: 5.5, color: theme.ColorInk}
	named   = face{size: 6.5, color: theme.ColorMuted}
	strong  = face{size: 8.5, color: theme.ColorInk, bold: true}
	figure  = face{size: 11, color: theme.ColorInk, bold: true}
	loud    = face{size: 17, color: theme.ColorInk, bold: true}
	largest = face{size: 24, color: theme.ColorGood, bold: true}
	good    = face{size: 6, color: theme.ColorGood, bold: true}
)

func (f face) in(color fyne.ThemeColorName) face { f.color = color; return f }

// show draws the scene.
func (p *picture) show(d *Display) {
	switch d.m.scene() {
	case Idle:
		p.idle(d)
	case Ringing:
		p.ringing(d)
	case Paying:
		p.paying(d)
	case Code:
		p.middle(d, []part{{d.t("display.code", nil), strong}, {d.t("display.code."+string(d.m.coding), nil), named}})
	case Sold:
		p.sold(d)
	case Returned:
		p.middle(d, []part{{d.t("display.returned", nil), strong}, {d.sum(d.m.given), largest}})
	}
}

// side is the empty edge around everything.
func (p *picture) side() float32 { return 4 * p.u }

// head names the shop and the customer, and returns where it ends.
func (p *picture) head(d *Display) float32 {
	x, w := p.side(), p.w-2*p.side()
	name := p.width(d.m.customer, plain)
	p.text(d.p.Shop(), x, p.side()/2, w-name-p.side(), quiet)
	p.text(d.m.customer, x+w/2, p.side()/2, w/2, plain.right())
	return p.side()/2 + p.height(plain) + p.u
}

func (p *picture) idle(d *Display) {
	parts := []part{{d.p.Shop(), figure}, {d.words().Clock(d.p.Timers.Now()), strong.in(theme.ColorMuted)}}
	if d.p.Logo != nil {
		if img := d.p.Logo(); img != nil {
			p.logo(canvas.NewImageFromImage(img))
			p.text(d.words().Clock(d.p.Timers.Now()), p.side(), p.h-p.side()-p.height(strong), p.w-2*p.side(), strong.in(theme.ColorMuted).center())
			return
		}
	}
	p.block(parts, 0, p.h)
}

// logo draws the shop's picture on white, as it would be on paper.
func (p *picture) logo(img *canvas.Image) {
	img.FillMode = canvas.ImageFillContain
	w, h := p.w*0.6, p.h*0.5
	x, y := (p.w-w)/2, p.h*0.17
	r := canvas.NewRectangle(white)
	r.CornerRadius = 3 * p.u
	r.Move(fyne.NewPos(x-3*p.u, y-3*p.u))
	r.Resize(fyne.NewSize(w+6*p.u, h+6*p.u))
	img.Move(fyne.NewPos(x, y))
	img.Resize(fyne.NewSize(w, h))
	p.objects = append(p.objects, r, img)
}

// ringing shows what was rung up last, large, what was before it, and the sum.
func (p *picture) ringing(d *Display) {
	x, w := p.side(), p.w-2*p.side()
	y := p.head(d)
	y = p.last(d, x, y, w) + 2*p.u
	foot := p.h - p.foot(d)
	row := p.height(plain) + 0.8*p.u
	room := int((foot - y - p.u) / row)
	earlier := d.m.lines[:len(d.m.lines)-1]
	for i := range earlier {
		l := &earlier[len(earlier)-1-i]
		if i == room-1 && len(earlier) > room {
			p.text(d.t("display.more", pos.Args{"Count": len(earlier) - i}), x+3*p.u, y, w-6*p.u, quiet)
			return
		}
		sum := d.sum(l.Sum)
		taken := p.width(sum, plain)
		p.text(d.goods(l), x+3*p.u, y, w-taken-9*p.u, plain.in(theme.ColorMuted))
		p.text(sum, x+w-taken-3*p.u, y, taken+p.u, plain.in(theme.ColorMuted))
		y += row
	}
}

// last is the card of what was rung up last; it returns where it ends.
func (p *picture) last(d *Display, x, y, w float32) float32 {
	l := &d.m.lines[len(d.m.lines)-1]
	inside := 3 * p.u
	h := p.height(strong) + p.height(figure) + 2*inside
	p.fill(x, y, w, h, theme.ColorAccentSoft, 2*p.u)
	p.text(l.Name, x+inside, y+inside, w-2*inside, strong)
	sum := d.sum(l.Sum)
	taken := p.width(sum, figure)
	below := y + inside + p.height(strong)
	p.text(d.times(l), x+inside, below+(p.height(figure)-p.height(named))/2, w-2*inside-taken-2*p.u, named)
	p.text(sum, x+w-inside-taken, below, taken+p.u, figure)
	return y + h
}

// foot is the band of the total; it returns its height.
func (p *picture) foot(d *Display) float32 {
	h := p.height(loud) + 3*p.u
	top := p.h - h
	p.fill(0, top, p.w, h, theme.ColorCard, 0)
	p.fill(0, top, p.w, max(1, p.u/4), theme.ColorLine, 0)
	x, w := p.side(), p.w-2*p.side()
	left := w * 0.42
	y := top + (h-p.height(named)-p.height(good))/2
	if d.m.customer == "" || d.m.earn <= 0 {
		p.text(d.t("display.total", nil), x, top+(h-p.height(strong))/2, left, strong.in(theme.ColorMuted))
	} else {
		p.text(d.t("display.total", nil), x, y, left, named)
		p.text(d.t("display.earn", pos.Args{"Count": d.m.earn}), x, y+p.height(named), left, good)
	}
	p.text(d.sum(d.m.total), x+left, top+1.5*p.u, w-left, loud.right())
	return h
}

// paying shows the total, what was received and what is left, or the change.
func (p *picture) paying(d *Display) {
	m := &d.m
	x, w := p.side(), p.w-2*p.side()
	y := p.head(d) + 3*p.u
	for _, row := range []struct {
		name string
		sum  money.Amount
	}{{"display.total", m.total}, {"display.received", m.paid}} {
		p.text(d.t(row.name, nil), x, y+(p.height(figure)-p.height(named))/2, w*0.4, named)
		p.text(d.sum(row.sum), x+w*0.4, y, w*0.6, figure.right())
		y += p.height(figure) + 2*p.u
	}
	name, sum, f := "display.due", m.due, largest.in(theme.ColorInk)
	if m.due == 0 && m.change > 0 {
		name, sum, f = "display.change", m.change, largest
	}
	band := p.height(largest) + 6*p.u
	y = max(y, p.h-band-p.side())
	p.fill(x, y, w, band, theme.ColorCard, 2*p.u)
	p.text(d.t(name, nil), x+3*p.u, y+(band-p.height(strong))/2, w*0.33, strong.in(theme.ColorMuted))
	p.text(d.sum(sum), x+w*0.36, y+3*p.u, w*0.64-3*p.u, f.right())
}

func (p *picture) sold(d *Display) {
	thanks := d.t("display.thanks", nil)
	if d.m.greeting != "" {
		thanks = d.t("display.thanks-name", pos.Args{"Name": d.m.greeting})
	}
	parts := []part{{thanks, strong}}
	if d.m.given > 0 {
		parts = append(parts, part{d.t("display.change", nil), named}, part{d.sum(d.m.given), largest})
	}
	if d.m.earned > 0 {
		parts = append(parts, part{d.t("display.earned", pos.Args{"Count": d.m.earned}), good})
	}
	p.middle(d, parts)
}

// part is a sentence of a scene whose parts stand in the middle.
type part struct {
	text string
	face face
}

// middle shows parts under each other in the middle, below the shop's name.
func (p *picture) middle(d *Display, parts []part) {
	p.text(d.p.Shop(), p.side(), p.side()/2, p.w-2*p.side(), quiet.center())
	p.block(parts, p.side()/2+p.height(quiet), p.h)
}

func (p *picture) block(parts []part, top, bottom float32) {
	w := p.w - 2*p.side()
	gap := 2.5 * p.u
	var rows []part
	high := -gap
	for _, q := range parts {
		for i, l := range p.lines(strings.Split(q.text, " "), w, q.face) {
			rows = append(rows, part{l, q.face})
			high += p.height(q.face)
			if i == 0 {
				high += gap
			}
		}
	}
	y := max(top, top+(bottom-top-high)/2)
	for i, r := range rows {
		if i > 0 && rows[i-1].face != r.face {
			y += gap
		}
		p.text(r.text, p.side(), y, w, r.face.center())
		y += p.height(r.face)
	}
}
