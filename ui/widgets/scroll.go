package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/theme"
)

// Scroll shows something that may be higher than the room for it, such as a
// long form. Its height follows its width, and the control that gets the focus
// comes into sight.
type Scroll struct {
	widget.BaseWidget
	content fyne.CanvasObject
	inner   *scrolledLayout
	scroll  *container.Scroll
}

// barRoom is kept for the bar beside what scrolls.
const barRoom = 12

// Scroll returns a form that scrolls where there is no room for all of it.
func (k *Kit) Scroll(content fyne.CanvasObject) *Scroll {
	s := &Scroll{content: content, inner: &scrolledLayout{}}
	s.scroll = container.NewVScroll(container.New(s.inner, content))
	s.ExtendBaseWidget(s)
	return s
}

// Reveal scrolls so that a part of the content, such as an answer that came, is
// in sight.
func (s *Scroll) Reveal(o fyne.CanvasObject) { scrollTo(s.scroll, s.content, o) }

// focusedObject is what has the focus as layouts hold it: of a field the whole field.
func (k *Kit) focusedObject() fyne.CanvasObject {
	switch f := k.Focused().(type) {
	case *innerEntry:
		return f.e
	case fyne.CanvasObject:
		return f
	}
	return nil
}

// FocusIn reports that what has the focus lies in an object.
func (k *Kit) FocusIn(o fyne.CanvasObject) bool {
	focused := k.focusedObject()
	if focused == nil {
		return false
	}
	_, found := topOf(o, focused)
	return found
}

// reveal brings what has the focus now into sight, when it is in something that
// scrolls.
func (k *Kit) reveal() {
	focused := k.focusedObject()
	if focused == nil {
		return
	}
	if n := len(k.dialogs); n > 0 {
		d := k.dialogs[n-1]
		revealIn(d.spec.Body, focused)
		d.frame.reveal(focused)
		return
	}
	revealIn(k.content, focused)
}

// revealIn scrolls whatever holds an object, the innermost first.
func revealIn(in, o fyne.CanvasObject) {
	for _, part := range partsOf(in) {
		if _, found := topOf(part, o); !found {
			continue
		}
		revealIn(part, o)
	}
	if s, ok := in.(*Scroll); ok {
		scrollTo(s.scroll, s.content, o)
	}
}

// scrollTo scrolls so that an object somewhere in the content is in sight.
func scrollTo(scroll *container.Scroll, content, o fyne.CanvasObject) {
	top, found := topOf(content, o)
	room := scroll.Size().Height
	if !found || room == 0 {
		return
	}
	offset, bottom := scroll.Offset.Y, top+o.Size().Height+2*theme.Px(scrollRim)
	switch {
	case top < offset:
		offset = top
	case o.Size().Height > room*2/3 && top < offset+room/2:
		return // a list: what stands above it is worth more than its last lines
	case bottom > offset+room:
		offset = bottom - room
	default:
		return
	}
	scroll.ScrollToOffset(fyne.NewPos(0, offset))
}

// partsOf are the visible objects that a layout or a panel holds.
func partsOf(o fyne.CanvasObject) []fyne.CanvasObject {
	var parts []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		for _, part := range o.Objects {
			if part.Visible() {
				parts = append(parts, part)
			}
		}
	case *Panel:
		parts = append(parts, o.content)
	case *Scroll:
		parts = append(parts, o.content)
	}
	return parts
}

// topOf finds an object among what layouts and panels hold and tells how far it
// lies below the top.
func topOf(in, o fyne.CanvasObject) (float32, bool) {
	if in == o {
		return 0, true
	}
	for _, part := range partsOf(in) {
		if y, ok := topOf(part, o); ok {
			return y + part.Position().Y, true
		}
	}
	return 0, false
}

// CreateRenderer implements fyne.Widget.
func (s *Scroll) CreateRenderer() fyne.WidgetRenderer {
	r := newRenderer(s.scroll)
	r.layout = func(size fyne.Size) {
		// What scrolls is clipped, and frames at the very edge with it: the rim
		// lies outside of the room.
		rim := theme.Px(scrollRim)
		s.inner.needs, s.inner.bar = HeightFor(s.content, size.Width), 0
		if s.inner.needs > size.Height {
			s.inner.bar = theme.Px(barRoom)
			s.inner.needs = HeightFor(s.content, size.Width-s.inner.bar)
		}
		s.inner.needs = max(s.inner.needs, size.Height)
		s.scroll.Move(fyne.NewPos(-rim, -rim))
		s.scroll.Resize(size.AddWidthHeight(2*rim, 2*rim))
		s.scroll.Content.Refresh()
	}
	r.min = func() fyne.Size { return fyne.NewSize(s.content.MinSize().Width, theme.Px(120)) }
	r.refresh = func() {
		s.content.Refresh()
		r.layout(s.Size())
		s.scroll.Refresh()
	}
	return r
}
