// Package dates lets a person say a day or a period, by typing, by arrows or by
// pointing. Months have the names of the screen's language and weeks begin on
// Monday.
package dates

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Measures of the calendar at scale 1.
const (
	cellWidth  = 46
	cellHeight = 34
	weeks      = 6
)

// Calendar shows a month of days. Arrows move by a day and a week, PgUp and PgDn
// by a month, Home goes to today, Enter takes the day.
type Calendar struct {
	widget.BaseWidget
	// OnPicked hears of the day taken.
	OnPicked func(figures.Day)

	kit     *widgets.Kit
	say     func(id string, args pos.Args) string
	day     figures.Day // where the arrows stand
	today   figures.Day
	from    figures.Day // drawn as taken, with what lies between
	to      figures.Day
	focused bool
}

var (
	_ fyne.Focusable    = (*Calendar)(nil)
	_ fyne.Tappable     = (*Calendar)(nil)
	_ desktop.Keyable   = (*Calendar)(nil)
	_ fyne.Shortcutable = (*Calendar)(nil)
)

// NewCalendar makes a calendar that stands on a day.
func NewCalendar(k *widgets.Kit, say func(id string, args pos.Args) string, day, today figures.Day) *Calendar {
	c := &Calendar{kit: k, say: say, day: day, today: today}
	c.ExtendBaseWidget(c)
	return c
}

// SetDay stands on another day.
func (c *Calendar) SetDay(d figures.Day) { c.day = d; c.Refresh() }

// Day is where the arrows stand.
func (c *Calendar) Day() figures.Day { return c.day }

// SetRange draws the days from one to another as taken.
func (c *Calendar) SetRange(from, to figures.Day) { c.from, c.to = from, to; c.Refresh() }

// first is the Monday the grid begins with.
func (c *Calendar) first() figures.Day {
	m := c.day.Month()
	return m.Add(1 - m.Weekday())
}

// FocusGained implements fyne.Focusable.
func (c *Calendar) FocusGained() { c.focused = true; c.Refresh() }

// FocusLost implements fyne.Focusable.
func (c *Calendar) FocusLost() { c.focused = false; c.Refresh() }

// TypedRune implements fyne.Focusable.
func (c *Calendar) TypedRune(r rune) { c.kit.Keys.TypedRune(r, nil) }

// TypedShortcut implements fyne.Shortcutable.
func (c *Calendar) TypedShortcut(s fyne.Shortcut) { c.kit.Keys.TypedShortcut(s) }

// KeyDown implements desktop.Keyable.
func (c *Calendar) KeyDown(ev *fyne.KeyEvent) { c.kit.Keys.KeyDown(ev) }

// KeyUp implements desktop.Keyable.
func (c *Calendar) KeyUp(ev *fyne.KeyEvent) { c.kit.Keys.KeyUp(ev) }

// TypedKey implements fyne.Focusable: the calendar's own keys, then the window's.
func (c *Calendar) TypedKey(ev *fyne.KeyEvent) {
	if c.kit.Keys.Intercept(ev, nil) {
		return
	}
	switch ev.Name {
	case fyne.KeyLeft:
		c.SetDay(c.day.Add(-1))
	case fyne.KeyRight:
		c.SetDay(c.day.Add(1))
	case fyne.KeyUp:
		c.SetDay(c.day.Add(-7))
	case fyne.KeyDown:
		c.SetDay(c.day.Add(7))
	case fyne.KeyPageUp:
		c.SetDay(sameDay(c.day, -1))
	case fyne.KeyPageDown:
		c.SetDay(sameDay(c.day, 1))
	case fyne.KeyHome:
		c.SetDay(c.today)
	case fyne.KeyReturn, fyne.KeyEnter:
		c.pick(c.day)
	default:
		c.kit.Keys.Dispatch(ev)
	}
}

// sameDay is the same day of another month, or its last.
func sameDay(d figures.Day, months int) figures.Day {
	y, m, n := d.Parts()
	first := figures.Date(y, m, 1)
	if months < 0 {
		first = first.Add(-1).Month()
	} else {
		first = first.NextMonth()
	}
	return min(first.Add(n-1), first.NextMonth().Add(-1))
}

func (c *Calendar) pick(d figures.Day) {
	c.SetDay(d)
	if c.OnPicked != nil {
		c.OnPicked(d)
	}
}

// Tapped implements fyne.Tappable: a day, or the month before or after at the
// ends of the title.
func (c *Calendar) Tapped(ev *fyne.PointEvent) {
	c.kit.Keys.Touch()
	c.kit.Focus(c)
	w, h := theme.Px(cellWidth), theme.Px(cellHeight)
	row, col := int(ev.Position.Y/h), int(ev.Position.X/w)
	switch {
	case row == 0 && col <= 1:
		c.SetDay(sameDay(c.day, -1))
	case row == 0 && col >= 5:
		c.SetDay(sameDay(c.day, 1))
	case row >= 2 && row < 2+weeks && col >= 0 && col < 7:
		c.pick(c.first().Add((row-2)*7 + col))
	}
}

// CreateRenderer implements fyne.Widget.
func (c *Calendar) CreateRenderer() fyne.WidgetRenderer {
	r := &calendarRenderer{c: c, frame: canvas.NewRectangle(nil), title: canvas.NewText("", nil),
		back: canvas.NewText("‹", nil), on: canvas.NewText("›", nil)}
	r.objects = []fyne.CanvasObject{r.frame, r.title, r.back, r.on}
	for i := range r.heads {
		r.heads[i] = canvas.NewText("", nil)
		r.objects = append(r.objects, r.heads[i])
	}
	for i := range r.days {
		r.grounds[i], r.days[i] = canvas.NewRectangle(nil), canvas.NewText("", nil)
		r.objects = append(r.objects, r.grounds[i], r.days[i])
	}
	r.paint()
	return r
}

type calendarRenderer struct {
	c               *Calendar
	frame           *canvas.Rectangle
	title, back, on *canvas.Text
	heads           [7]*canvas.Text
	grounds         [weeks * 7]*canvas.Rectangle
	days            [weeks * 7]*canvas.Text
	objects         []fyne.CanvasObject
}

func (r *calendarRenderer) paint() {
	c := r.c
	r.frame.CornerRadius = theme.Px(theme.RadiusField)
	r.frame.StrokeWidth, r.frame.StrokeColor = theme.LineWidth, theme.Color(theme.ColorLine)
	r.frame.FillColor = theme.Color(theme.ColorCard)
	if c.focused {
		r.frame.StrokeWidth, r.frame.StrokeColor = theme.FocusWidth, theme.Color(theme.ColorAccent)
	}
	write := func(t *canvas.Text, text string, name fyne.ThemeColorName, strong bool) {
		t.Text, t.Color, t.TextSize = text, theme.Color(name), theme.Size(theme.SizeText)
		t.Alignment, t.TextStyle.Bold = fyne.TextAlignCenter, strong
	}
	write(r.title, figures.MonthLabel(c.day).Say(c.say), theme.ColorInk, true)
	write(r.back, "‹", theme.ColorMuted, true)
	write(r.on, "›", theme.ColorMuted, true)
	for i, h := range r.heads {
		write(h, c.say("figures.weekday-short."+strconv.Itoa(i+1), nil), theme.ColorMuted, false)
	}
	first := c.first()
	for i, t := range r.days {
		d := first.Add(i)
		_, _, n := d.Parts()
		ink, ground := theme.ColorInk, theme.ColorNone
		switch {
		case c.from <= d && d <= c.to:
			ground = theme.ColorAccentSoft
		case d.Month() != c.day.Month():
			ink = theme.ColorMuted
		}
		g := r.grounds[i]
		g.StrokeWidth = 0
		if d == c.day {
			g.StrokeWidth, g.StrokeColor = theme.FocusWidth, theme.Color(theme.ColorAccent)
		}
		g.FillColor, g.CornerRadius = theme.Color(ground), 0
		if d == c.today {
			ink = theme.ColorAccent
		}
		write(t, strconv.Itoa(n), ink, d == c.today)
	}
}

func (r *calendarRenderer) Layout(size fyne.Size) {
	w, h := size.Width/7, theme.Px(cellHeight)
	r.frame.Resize(size)
	put := func(o fyne.CanvasObject, row, col, wide int) {
		o.Move(fyne.NewPos(float32(col)*w, float32(row)*h))
		o.Resize(fyne.NewSize(w*float32(wide), h))
	}
	put(r.back, 0, 0, 1)
	put(r.title, 0, 1, 5)
	put(r.on, 0, 6, 1)
	for i, t := range r.heads {
		put(t, 1, i, 1)
	}
	for i := range r.days {
		put(r.grounds[i], 2+i/7, i%7, 1)
		put(r.days[i], 2+i/7, i%7, 1)
	}
}

func (r *calendarRenderer) MinSize() fyne.Size {
	return fyne.NewSize(7*theme.Px(cellWidth), (2+weeks)*theme.Px(cellHeight)+theme.Px(theme.GapTiny))
}

func (r *calendarRenderer) Refresh() {
	r.paint()
	r.Layout(r.c.Size())
	for _, o := range r.objects {
		canvas.Refresh(o)
	}
}

func (r *calendarRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *calendarRenderer) Destroy() {}
