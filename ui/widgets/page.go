package widgets

// A place of the back office is a dialog that fills a wide window as a page: the
// shell's bar stays above it, the rail of places at its left. In a smaller window
// the same dialog is a window over the screen.

import (
	"fyne.io/fyne/v2"

	"kassa/ui/keys"
	"kassa/ui/theme"
)

// PageFrom is the width of the window (at scale 1) from which places are pages.
const PageFrom = 1366

const (
	railWidth = 240
	pagePad   = 24 // around a page's content
	pageTop   = 16 // above its title
)

// Pages are what all pages have in common. The shell gives them to the Kit.
type Pages struct {
	// Top is the height of what stays in sight above a page.
	Top func() float32
	// Rail lists the places in their groups, as the person who is logged in sees
	// them.
	Rail func() []RailGroup
	// Menu stands under the rail and opens all there is, by a key too.
	Menu    RailPlace
	MenuKey keys.ActionID
	// Before and After go to the neighbours in the rail.
	Before, After keys.ActionID
	// Bind gives a page further keys, to which it may give another meaning.
	Bind func(s *keys.Scope, when keys.Option)
}

// RailGroup is some places of one kind.
type RailGroup struct {
	Title  string
	Places []RailPlace
}

// RailPlace is one place of the rail.
type RailPlace struct {
	ID    string
	Name  string
	Quiet bool // the person has no right of their own to it; it can be tried
	// Seldom leaves the place out where there is no room for all, unless it is the
	// one shown.
	Seldom bool
	Open   func()
}

// SetPages says what surrounds pages; without it every place is a window.
func (k *Kit) SetPages(p Pages) { k.pages = &p }

// wide tells whether the window has room for pages.
func (k *Kit) wide(size fyne.Size) bool {
	const rounding = 1 // of the toolkit, between pixels and its own unit
	return k.pages != nil && size.Width+rounding >= theme.Px(PageFrom)
}

// IsPage tells whether the dialog is a page now: the window may be made larger or
// smaller while it is shown.
func (d *Dialog) IsPage() bool {
	return d.spec.Page != "" && d.kit.wide(d.kit.Window.Canvas().Size())
}

// RefreshDialogs lays all dialogs out anew, after what is above pages came, went
// or grew.
func (k *Kit) RefreshDialogs() {
	for _, d := range k.dialogs {
		d.Refresh()
	}
}

// most is how often a page is asked to go: Esc may first undo a step in it.
const most = 8

// Leave leaves the dialogs there are, the topmost first and each as its Esc does,
// and then goes on. Where one asks something first, such as about changes that
// are not saved, the rest waits for the answer; staying forgets it.
func (k *Kit) Leave(then func()) {
	k.leave(append([]*Dialog(nil), k.dialogs...), then)
}

// going is what waits for a dialog to go.
type going struct {
	from *Dialog
	rest []*Dialog
	then func()
}

func (k *Kit) leave(list []*Dialog, then func()) {
	k.going = nil
	for i := len(list) - 1; i >= 0; i-- {
		d := list[i]
		for tried := 0; d.shown; tried++ {
			if k.dialogs[len(k.dialogs)-1] != d || tried == most {
				k.going = &going{from: d, rest: list[:i], then: then}
				return
			}
			d.leave()
		}
	}
	then()
}

// Stay forgets where the person wanted to go: they stay in the dialog that asked.
func (k *Kit) Stay() { k.going = nil }

// goOn continues on the way out once a dialog has gone.
func (k *Kit) goOn(left *Dialog) {
	if g := k.going; g != nil && g.from == left {
		k.leave(g.rest, g.then)
	}
}

// choosePage makes a window of what is a page only over another one.
func (d *Dialog) choosePage() {
	n := len(d.kit.dialogs)
	if d.spec.OnPage && (n == 0 || d.kit.dialogs[n-1].spec.Page == "") {
		d.spec.Page = ""
	}
}

// bindPage gives a place the keys it has as a page.
func (d *Dialog) bindPage() {
	p := d.kit.pages
	if p == nil || d.spec.Page == "" {
		return
	}
	when := keys.When(d.IsPage)
	d.Scope.Bind(p.Before, func() { d.frame.rail.step(-1) }, when)
	d.Scope.Bind(p.After, func() { d.frame.rail.step(1) }, when)
	p.Bind(d.Scope, when)
}

// layoutPage places everything for a wide window and returns the body's place.
func (r *dialogRenderer) layoutPage(size fyne.Size) {
	spec, top := &r.f.d.spec, r.f.d.kit.pages.Top()
	if r.f.rail == nil {
		r.f.rail = newRail(r.f.d.kit, spec.Page)
	}
	pad := theme.Px(pagePad)
	r.ground.Resize(fyne.NewSize(size.Width, size.Height-top))
	r.ground.Move(fyne.NewPos(0, top))
	r.f.rail.Resize(fyne.NewSize(theme.Px(railWidth), size.Height-top))
	r.f.rail.Move(fyne.NewPos(0, top))
	at := fyne.NewPos(theme.Px(railWidth)+pad, top+theme.Px(pageTop))
	inner := size.Width - at.X - pad
	head, foot := r.headHeight(inner), r.footHeight(inner)
	body := HeightFor(r.f.body, inner)
	room := size.Height - at.Y - head - foot - theme.Px(pageTop)
	if !spec.Fills {
		room = min(room, body) // the buttons follow what is filled in
	}
	r.layoutParts(at, inner, head, room, foot, body)
}
