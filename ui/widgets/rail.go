package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/keys"
	"kassa/ui/theme"
)

// rail is the list of places at the left of a page. It takes no focus: places are
// changed by a finger, the mouse, or the keys written under it.
type rail struct {
	widget.BaseWidget
	kit    *Kit
	list   *railLayout
	scroll *container.Scroll
	foot   *fyne.Container // the menu, and the keys that go from place to place
	items  []*railItem
	marked *railItem
}

// Heights of the rail at scale 1: rows shrink to the least before they scroll.
const (
	railRow      = 40
	railRowLeast = 34
	railHead     = 24
	railPad      = 8
)

func newRail(k *Kit, place string) *rail {
	l := &rail{kit: k, list: &railLayout{}, foot: newRailFoot(k)}
	column := container.New(l.list)
	for _, g := range k.pages.Rail() {
		title := NewText(g.Title, SmallMuted.InBold()).Ellipsis()
		l.list.heads = append(l.list.heads, title)
		column.Add(title)
		for _, p := range g.Places {
			item := newRailItem(k, p, p.ID == place)
			if item.marked {
				l.marked = item
			}
			l.items = append(l.items, item)
			column.Add(item)
		}
	}
	l.scroll = container.NewVScroll(column)
	l.ExtendBaseWidget(l)
	return l
}

// newRailFoot is what stands under the places.
func newRailFoot(k *Kit) *fyne.Container {
	menu := newRailItem(k, k.pages.Menu, false)
	menu.key = k.pages.MenuKey
	return VBox(theme.GapTiny, NewSeparator(), menu, Padded(12, 0, HBox(theme.GapTiny,
		NewKeyCap(k.Keys.KeyOf(k.pages.Before)), NewKeyCap(k.Keys.KeyOf(k.pages.After)))))
}

// step opens the neighbour of the place shown.
func (l *rail) step(by int) {
	var shown []*railItem
	at := 0
	for _, i := range l.items {
		if i == l.marked {
			at = len(shown)
		}
		if i.Visible() {
			shown = append(shown, i)
		}
	}
	if next := at + by; next >= 0 && next < len(shown) {
		shown[next].open()
	}
}

// choose leaves the seldom places out where there is no room for all.
func (l *rail) choose(room float32) {
	all := float32(len(l.items))*theme.Px(railRowLeast)+float32(len(l.list.heads))*theme.Px(railHead) <= room
	for _, i := range l.items {
		i.Hidden = i.place.Seldom && !all && i != l.marked
	}
}

// Tapped gives the focus back after a tap beside the places.
func (l *rail) Tapped(*fyne.PointEvent) { l.kit.settle() }

// CreateRenderer implements fyne.Widget.
func (l *rail) CreateRenderer() fyne.WidgetRenderer {
	ground := newBox(theme.ColorCard, theme.ColorNone, 0)
	line := newBox(theme.ColorLine, theme.ColorNone, 0)
	r := newRenderer(ground, line, l.scroll, l.foot)
	r.layout = func(size fyne.Size) {
		ground.Resize(size)
		line.Resize(fyne.NewSize(theme.LineWidth, size.Height))
		line.Move(fyne.NewPos(size.Width-theme.LineWidth, 0))
		pad := theme.Px(railPad)
		foot := HeightFor(l.foot, size.Width-2*pad)
		l.foot.Resize(fyne.NewSize(size.Width-2*pad, foot))
		l.foot.Move(fyne.NewPos(pad, size.Height-foot-pad))
		room := fyne.NewSize(size.Width-2*pad, size.Height-foot-3*pad)
		l.list.room = room.Height
		l.choose(room.Height)
		l.scroll.Move(fyne.NewPos(pad, pad))
		l.scroll.Resize(room)
		l.scroll.Content.Refresh()
		if l.marked != nil {
			scrollTo(l.scroll, l.scroll.Content, l.marked)
		}
	}
	r.min = func() fyne.Size { return fyne.NewSize(theme.Px(railWidth), 0) }
	r.refresh = func() { l.scroll.Content.Refresh(); l.foot.Refresh() }
	return r
}

// railLayout puts headings and places under one another, as high as there is room
// for.
type railLayout struct {
	room  float32
	heads []fyne.CanvasObject
}

func (r *railLayout) isHead(o fyne.CanvasObject) bool {
	for _, h := range r.heads {
		if h == o {
			return true
		}
	}
	return false
}

func (r *railLayout) row(objects []fyne.CanvasObject) float32 {
	places := -len(r.heads)
	for _, o := range objects {
		if o.Visible() {
			places++
		}
	}
	free := r.room - float32(len(r.heads))*theme.Px(railHead)
	return min(max(free/float32(max(places, 1)), theme.Px(railRowLeast)), theme.Px(railRow))
}

func (r *railLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		switch {
		case r.isHead(o):
			size.Height += theme.Px(railHead)
		case o.Visible():
			size.Height += r.row(objects)
		}
	}
	return size
}

func (r *railLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	row, y := r.row(objects), float32(0)
	for _, o := range objects {
		switch {
		case r.isHead(o):
			height, pad := o.MinSize().Height, theme.Px(12)
			o.Resize(fyne.NewSize(size.Width-2*pad, height))
			o.Move(fyne.NewPos(pad, y+theme.Px(railHead)-height-theme.Px(2)))
			y += theme.Px(railHead)
		case o.Visible():
			o.Resize(fyne.NewSize(size.Width, row))
			o.Move(fyne.NewPos(0, y))
			y += row
		}
	}
}

// railItem is one place of the rail.
type railItem struct {
	widget.BaseWidget
	kit     *Kit
	place   RailPlace
	marked  bool
	hovered bool
	key     keys.ActionID // whose cap stands at its end; "" for none
}

func newRailItem(k *Kit, p RailPlace, marked bool) *railItem {
	i := &railItem{kit: k, place: p, marked: marked}
	i.ExtendBaseWidget(i)
	return i
}

// Tapped implements fyne.Tappable.
func (i *railItem) Tapped(*fyne.PointEvent) {
	i.kit.Keys.Touch()
	i.kit.settle()
	i.open()
}

// open goes to the place, unless the person is there.
func (i *railItem) open() {
	if !i.marked {
		i.place.Open()
	}
}

// MouseIn implements desktop.Hoverable.
func (i *railItem) MouseIn(*desktop.MouseEvent) { i.hovered = true; i.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (i *railItem) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (i *railItem) MouseOut() { i.hovered = false; i.Refresh() }

// CreateRenderer implements fyne.Widget.
func (i *railItem) CreateRenderer() fyne.WidgetRenderer {
	ground := newBox(theme.ColorNone, theme.ColorNone, theme.RadiusField)
	name, key := newLabel("", Body), NewKeyCap(keys.None)
	r := newRenderer(ground, name, key)
	r.layout = func(size fyne.Size) {
		ground.Resize(size.SubtractWidthHeight(0, theme.Px(2)))
		ground.Move(fyne.NewPos(0, theme.Px(1)))
		name.fit(size.Width - theme.Px(24))
		place(name.Text, theme.Px(12), size.Width-theme.Px(24), size.Height)
		width := key.MinSize().Width
		place(key, size.Width-width-theme.Px(8), width, size.Height)
	}
	r.min = func() fyne.Size { return fyne.NewSize(0, theme.Px(railRowLeast)) }
	r.refresh = func() {
		style := Body
		ground.fill = theme.ColorNone
		switch {
		case i.marked:
			style = style.In(theme.ColorAccent).InBold()
			ground.fill = theme.ColorAccentSoft
		case i.place.Quiet:
			style = Muted
		}
		if i.hovered && !i.marked {
			ground.fill = theme.ColorHover
		}
		name.set(i.place.Name, style)
		key.SetKey(i.kit.Keys.KeyOf(i.key))
		r.layout(i.Size())
	}
	r.refresh()
	return r
}
