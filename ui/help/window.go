package help

// A piece of the till's window as it would look: in the theme, the size of letters and
// the language of the form, which need not be those of the window around it.

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/ui/theme"
)

// sceneHeight is how high the piece of a window is, at scale 1 of its own.
const sceneHeight = 200

// scene draws a piece of the window by hand: the controls themselves know only the
// look that is in force.
type scene struct {
	widget.BaseWidget
	p    *painter
	w    *words.Words
	look *theme.Theme
}

func (p *painter) window() fyne.CanvasObject {
	s := &scene{p: p, w: p.screenWords(), look: theme.New(theme.Mode(p.set.Theme), float32(p.set.Scale))}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer implements fyne.Widget.
func (s *scene) CreateRenderer() fyne.WidgetRenderer { return &sceneRenderer{s: s} }

type sceneRenderer struct {
	s       *scene
	objects []fyne.CanvasObject
}

func (r *sceneRenderer) Destroy()                     {}
func (r *sceneRenderer) MinSize() fyne.Size           { return fyne.NewSize(0, sceneHeight*r.s.look.Scale()) }
func (r *sceneRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *sceneRenderer) Refresh() {
	r.Layout(r.s.Size())
	canvas.Refresh(r.s)
}

func (r *sceneRenderer) Layout(size fyne.Size) {
	b := &brush{look: r.s.look, room: size}
	if size.Width > 0 && size.Height > 0 {
		r.s.paint(b)
	}
	r.objects = b.objects
}

// brush draws in a look. Measures are at scale 1 of that look.
type brush struct {
	look    *theme.Theme
	room    fyne.Size
	objects []fyne.CanvasObject
}

func (b *brush) px(v float32) float32 { return v * b.look.Scale() }

func (b *brush) color(name fyne.ThemeColorName) color.Color {
	return b.look.Color(name, fyne.CurrentApp().Settings().ThemeVariant())
}

// box draws a part of the room; what would leave it is cut.
func (b *brush) box(at fyne.Position, size fyne.Size, fill, line fyne.ThemeColorName, radius float32) {
	size.Width, size.Height = min(size.Width, b.room.Width-at.X), min(size.Height, b.room.Height-at.Y)
	if size.Width <= 0 || size.Height <= 0 {
		return
	}
	r := canvas.NewRectangle(b.color(fill))
	r.CornerRadius = b.px(radius)
	if line != theme.ColorNone {
		r.StrokeColor, r.StrokeWidth = b.color(line), theme.LineWidth
	}
	r.Move(at)
	r.Resize(size)
	b.objects = append(b.objects, r)
}

// text writes a line no wider than given, and none that would leave the room. It
// returns the height of the line.
func (b *brush) text(s string, at fyne.Position, width float32, size fyne.ThemeSizeName, bold, right bool, ink fyne.ThemeColorName) float32 {
	style, points := fyne.TextStyle{Bold: bold}, b.look.Size(size)
	for s != "" && fyne.MeasureText(s, points, style).Width > width {
		runes := []rune(strings.TrimSuffix(s, "…"))
		if len(runes) < 2 {
			return 0
		}
		s = strings.TrimRight(string(runes[:len(runes)-1]), " ") + "…"
	}
	room := fyne.MeasureText(s, points, style)
	if s == "" || at.Y+room.Height > b.room.Height {
		return room.Height
	}
	t := canvas.NewText(s, b.color(ink))
	t.TextSize, t.TextStyle = points, style
	if right {
		at.X += width - room.Width
	}
	t.Move(at)
	t.Resize(room)
	b.objects = append(b.objects, t)
	return room.Height
}

// paint draws the bar of the window and what stands under it.
func (s *scene) paint(b *brush) {
	b.box(fyne.Position{}, b.room, theme.ColorBackground, theme.ColorLine, 0)
	bar := b.px(36)
	b.box(fyne.Position{}, fyne.NewSize(b.room.Width, bar), theme.ColorCard, theme.ColorLine, 0)
	pad := b.px(12)
	title, overview := s.w.T("app.name", nil), s.p.key == "till.start_screen" && s.p.set.StartScreen == "overview"
	if overview {
		title = s.w.T("overview.title", nil)
	}
	b.text(title, fyne.NewPos(pad, b.px(8)), b.room.Width/2-pad, theme.SizeText, true, false, theme.ColorInk)
	b.text(s.p.set.Shop, fyne.NewPos(b.room.Width/2, b.px(9)), b.room.Width/2-pad, theme.SizeSmall, false, true, theme.ColorMuted)
	under := fyne.NewPos(pad, bar+pad)
	if overview {
		s.overview(b, under)
		return
	}
	side := b.room.Width * 0.42
	s.cheque(b, under, b.room.Width-side-3*pad)
	s.total(b, fyne.NewPos(b.room.Width-side-pad, under.Y), side)
}

// cheque is the list of what is bought, with the tiles under it or what comes next.
func (s *scene) cheque(b *brush, at fyne.Position, width float32) {
	pad, row := b.px(12), b.px(32)
	lines := s.p.cheque(s.w).Lines[:2]
	next := s.p.key == "till.next_steps" && s.p.set.NextSteps
	if next { // it stands where nothing has been rung up
		lines = nil
	}
	b.box(at, fyne.NewSize(width, row*float32(len(lines))), theme.ColorCard, theme.ColorLine, theme.RadiusCard)
	for i, l := range lines {
		y := at.Y + row*float32(i) + b.px(6)
		sum := s.w.Money().Bare(l.Price)
		figure := fyne.MeasureText(sum, b.look.Size(theme.SizeText), fyne.TextStyle{Bold: true}).Width
		b.text(l.Name, fyne.NewPos(at.X+pad, y), width-3*pad-figure, theme.SizeText, false, false, theme.ColorInk)
		b.text(sum, fyne.NewPos(at.X+width-pad-figure, y), figure+1, theme.SizeText, true, true, theme.ColorInk)
	}
	switch {
	case next:
		s.next(b, at, width)
	case s.p.key == "front.tiles" && s.p.set.Front.Tiles:
		s.tiles(b, at.AddXY(0, row*float32(len(lines))+pad), width)
	}
}

// tiles are quick goods under a short cheque.
func (s *scene) tiles(b *brush, at fyne.Position, width float32) {
	gap := b.px(8)
	side := (width - 2*gap) / 3
	for i, l := range s.p.cheque(s.w).Lines {
		x := at.X + float32(i)*(side+gap)
		b.box(fyne.NewPos(x, at.Y), fyne.NewSize(side, b.px(64)), theme.ColorCard, theme.ColorEdge, theme.RadiusField)
		h := b.text(l.Name, fyne.NewPos(x+gap, at.Y+b.px(8)), side-2*gap, theme.SizeSmall, false, false, theme.ColorInk)
		b.text(s.w.Money().Amount(l.Price), fyne.NewPos(x+gap, at.Y+b.px(12)+h), side-2*gap, theme.SizeSmall, true, false, theme.ColorInk)
	}
}

// next is the card of what a new shop does next.
func (s *scene) next(b *brush, at fyne.Position, width float32) {
	pad := b.px(12)
	b.box(at, fyne.NewSize(width, b.px(120)), theme.ColorCard, theme.ColorLine, theme.RadiusCard)
	y := at.Y + pad
	y += b.text(s.w.T("next.title", nil), fyne.NewPos(at.X+pad, y), width-2*pad, theme.SizeText, true, false, theme.ColorInk) + b.px(6)
	for _, id := range []string{"next.goods", "next.printer"} {
		b.box(fyne.NewPos(at.X+pad, y+b.px(3)), fyne.NewSquareSize(b.px(14)), theme.ColorNone, theme.ColorFrame, 3)
		y += b.text(s.w.T(id, nil), fyne.NewPos(at.X+pad+b.px(22), y), width-2*pad-b.px(22), theme.SizeText, false, false, theme.ColorInk) + b.px(6)
	}
}

// total is the sum with the button that takes the money.
func (s *scene) total(b *brush, at fyne.Position, width float32) {
	pad := b.px(12)
	sum := pos.Price(s.p.cheque(s.w), s.p.set.Rules).Total
	b.box(at, fyne.NewSize(width, b.px(76)), theme.ColorCard, theme.ColorLine, theme.RadiusCard)
	b.text(s.w.T("sale.to-pay", nil), at.AddXY(pad, b.px(8)), width-2*pad, theme.SizeSmall, false, false, theme.ColorMuted)
	b.text(s.w.Money().Amount(sum), at.AddXY(pad, b.px(28)), width-2*pad, theme.SizeAmount, true, true, theme.ColorInk)
	y := at.Y + b.px(88)
	b.box(fyne.NewPos(at.X, y), fyne.NewSize(width, b.px(48)), theme.ColorAccent, theme.ColorNone, theme.RadiusField)
	label := s.w.T("sale.pay", nil)
	wide := fyne.MeasureText(label, b.look.Size(theme.SizeFigure), fyne.TextStyle{Bold: true}).Width
	b.text(label, fyne.NewPos(at.X+max((width-wide)/2, 0), y+b.px(10)), width, theme.SizeFigure, true, false, theme.ColorOnAccent)
}

// overview is the day in figures.
func (s *scene) overview(b *brush, at fyne.Position) {
	pad := b.px(12)
	width := (b.room.Width - 3*pad) / 2
	m := s.w.Money()
	for i, one := range []struct{ id, value string }{{"overview.total", m.Amount(18_430_50)}, {"overview.average", m.Amount(512_00)}} {
		x := at.X + float32(i)*(width+pad)
		b.box(fyne.NewPos(x, at.Y), fyne.NewSize(width, b.px(84)), theme.ColorCard, theme.ColorLine, theme.RadiusCard)
		b.text(s.w.T(one.id, nil), fyne.NewPos(x+pad, at.Y+b.px(10)), width-2*pad, theme.SizeSmall, false, false, theme.ColorMuted)
		b.text(one.value, fyne.NewPos(x+pad, at.Y+b.px(32)), width-2*pad, theme.SizeAmount, true, false, theme.ColorInk)
	}
	y := at.Y + b.px(96)
	b.box(fyne.NewPos(at.X, y), fyne.NewSize(b.room.Width-2*pad, b.px(48)), theme.ColorCard, theme.ColorLine, theme.RadiusCard)
	b.text(s.w.T("overview.quiet", nil), fyne.NewPos(at.X+pad, y+b.px(12)), b.room.Width-4*pad, theme.SizeText, false, false, theme.ColorGood)
}
