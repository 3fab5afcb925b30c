package quick

import (
	"slices"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// showPills draws the categories, the open one among those in sight.
func (s *Strip) showPills() {
	s.often.Set(widgets.PillFace{Label: s.t("often", nil), Colour: theme.ColorNone, Selected: s.m.open == ""})
	for len(s.pills) < len(s.m.shelves) {
		i := len(s.pills)
		p := widgets.NewPill(func() { s.choose(s.m.shelves[i].ID) })
		s.pills = append(s.pills, p)
		s.box.Objects = append(s.box.Objects, p)
	}
	for i, p := range s.pills {
		if i < len(s.m.shelves) {
			c := &s.m.shelves[i]
			p.Set(widgets.PillFace{Label: c.Name, Colour: theme.TileColour(c.Colour), Selected: c.ID == s.m.open})
		}
	}
}

// pillsSeen counts the pills of categories that are in sight.
func (s *Strip) pillsSeen() int {
	n := 0
	for _, p := range s.pills {
		if !p.Hidden {
			n++
		}
	}
	return n
}

// stripLayout places the pills in one row and the tiles under it.
type stripLayout struct{ s *Strip }

// MinSize implements fyne.Layout: the screen says how large the strip is.
func (l *stripLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout implements fyne.Layout.
func (l *stripLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	if size.Width <= 0 {
		return
	}
	l.top(size.Width)
	s := l.s
	across, g := s.across(size.Width), theme.Px(gap)
	w := (size.Width - g*float32(across-1)) / float32(across)
	h := theme.Px(widgets.TileHeight)
	for i, t := range s.tiles {
		t.Move(fyne.NewPos(float32(i%across)*(w+g), theme.Px(theme.TouchHeight)+float32(i/across)*(h+g)+g/2))
		t.Resize(fyne.NewSize(w, h))
	}
}

// top places the row over the tiles: the pages at its end, the pills as far as
// they have room, and the hint where room is left.
func (l *stripLayout) top(width float32) {
	s, g, h := l.s, theme.Px(gap), theme.Px(theme.TouchHeight)
	end := width
	if !s.next.Hidden {
		w := s.next.MinSize().Width
		end -= w
		s.next.Move(fyne.NewPos(end, 0))
		s.next.Resize(fyne.NewSize(w, h))
		end -= g
	}
	x := l.pill(s.often, 0)
	s.keepOpenInSight(end - x)
	x = l.pills(x, end)
	w := s.hint.MinSize().Width
	if see(s.hint, s.m.numbered() && end-x >= w) {
		th := s.hint.MinSize().Height
		s.hint.Move(fyne.NewPos(end-w, (h-th)/2))
		s.hint.Resize(fyne.NewSize(w, th))
	}
}

// see shows an object or hides it, and tells which.
func see(o fyne.CanvasObject, shown bool) bool {
	switch {
	case shown && !o.Visible():
		o.Show()
	case !shown && o.Visible():
		o.Hide()
	}
	return shown
}

func (l *stripLayout) pill(p *widgets.Pill, x float32) float32 {
	w := p.MinSize().Width
	p.Move(fyne.NewPos(x, 0))
	p.Resize(fyne.NewSize(w, theme.Px(theme.TouchHeight)))
	return x + w + theme.Px(gap)
}

// pills places the categories in sight and returns where the room behind them
// begins.
func (l *stripLayout) pills(x, end float32) float32 {
	s := l.s
	n := len(s.m.shelves)
	last := s.fitting(s.from, end-x)
	for i, p := range s.pills {
		if see(p, i >= s.from && i < min(last, n)) {
			x = l.pill(p, x)
		}
	}
	if see(s.more, s.from > 0 || last < n) {
		x = l.pill(s.more, x)
	}
	return x
}

// fitting is behind the last category whose pill has room when one is the first
// in sight; unless that is all of them, the way to the others has its room too.
func (s *Strip) fitting(from int, room float32) int {
	n := len(s.m.shelves)
	count := func(room float32) int {
		for i := from; i < n; i++ {
			if room -= s.pills[i].MinSize().Width; room < 0 {
				return i
			}
			room -= theme.Px(gap)
		}
		return n
	}
	if from == 0 && count(room) == n {
		return n
	}
	return max(count(room-s.more.MinSize().Width-theme.Px(gap)), min(from+1, n))
}

// keepOpenInSight moves the row of pills as little as shows the open one.
func (s *Strip) keepOpenInSight(room float32) {
	if s.from >= len(s.m.shelves) {
		s.from = 0
	}
	open := slices.IndexFunc(s.m.shelves, func(c pos.Category) bool { return c.ID == s.m.open })
	if open < 0 || s.shown == s.m.open {
		if open < 0 {
			s.shown = ""
		}
		return
	}
	s.shown = s.m.open // once: afterwards a hand may look at the others
	if open < s.from {
		s.from = open
	}
	for s.fitting(s.from, room) <= open {
		s.from++
	}
}
