package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/keys"
	"kassa/ui/theme"
)

// DialogSpec describes a dialog.
type DialogSpec struct {
	Name     string // of its key scope
	Title    string
	Subtitle string // under the title
	Aside    string // muted, at the right of the title
	Width    Width
	Height   float32 // at scale 1, in a window 768 high; 0: as high as the content needs
	Body     fyne.CanvasObject
	Footer   fyne.CanvasObject // usually Columns of buttons; stays in sight when the body scrolls
	OnEsc    func()            // Esc and its cap; nil closes the dialog
	NoEsc    bool              // the dialog can only be left by its buttons
	Fills    bool              // the body takes all the height there is and scrolls by itself, down to its least height
	Page     string            // the place of the back office it is: a page where the window is wide
	OnPage   bool              // it is a page only over another one, and a window over the sale
}

// Dialog lies over the screen, keeps the focus inside, and hides the keys of
// what is below. Dialogs may lie over one another.
type Dialog struct {
	// Scope binds the dialog's keys; it is on the stack while the dialog is shown.
	Scope *keys.Scope
	// OnClosed is called after the dialog has gone, however it went.
	OnClosed func()

	kit    *Kit
	spec   DialogSpec
	frame  *dialogFrame
	toasts *toastLayer
	before fyne.Focusable
	shown  bool
	first  fyne.Focusable
}

// Dialog returns a dialog that is not shown yet. Its scope exists from Show on.
func (k *Kit) Dialog(spec DialogSpec) *Dialog {
	d := &Dialog{kit: k, spec: spec, toasts: newToastLayer(k, toastLayout{k})}
	d.frame = newDialogFrame(d)
	return d
}

// Show puts the dialog over the window and gives first the focus; nil means the
// first control of the dialog. bind sets the keys of the scope and may be nil.
func (d *Dialog) Show(first fyne.Focusable, bind func(s *keys.Scope)) {
	if d.shown {
		return
	}
	c := d.kit.Window.Canvas()
	d.choosePage()
	d.shown, d.before, d.first = true, c.Focused(), first
	c.Unfocus() // only one thing may look focused
	d.Scope = d.kit.Keys.PushModal(d.spec.Name)
	d.bindPage()
	d.kit.bindKeyHelp(d.Scope)
	d.bindNoPalette()
	if !d.spec.NoEsc {
		d.Scope.BindKey(keys.Esc, d.esc)
	}
	if bind != nil {
		bind(d.Scope)
	}
	d.kit.dialogs = append(d.kit.dialogs, d)
	c.Overlays().Add(d.frame)
	d.focusFirst()
}

func (d *Dialog) focusFirst() {
	d.kit.Focus(d.first)
	if d.kit.Focused() == nil {
		d.kit.Window.Canvas().FocusNext()
	}
}

func (d *Dialog) esc() {
	d.kit.Stay()
	d.leave()
}

func (d *Dialog) leave() {
	if d.spec.OnEsc != nil {
		d.spec.OnEsc()
		return
	}
	d.Close()
}

// Close takes the dialog away, with all that lie over it, and gives the focus
// back to what had it before. Closing twice is harmless.
func (d *Dialog) Close() {
	if !d.shown {
		return
	}
	if i := slices.Index(d.kit.dialogs, d); i >= 0 {
		for _, above := range slices.Backward(d.kit.dialogs[i+1:]) {
			above.Close()
		}
		d.kit.dialogs = d.kit.dialogs[:i]
	}
	d.shown = false
	d.Scope.Pop()
	d.kit.Window.Canvas().Unfocus()
	d.kit.Window.Canvas().Overlays().Remove(d.frame)
	if d.before != nil {
		d.kit.Focus(d.before)
	}
	d.kit.settle()
	if d.OnClosed != nil {
		d.OnClosed()
	}
	d.kit.goOn(d)
}

// Shown tells whether the dialog is on the screen.
func (d *Dialog) Shown() bool { return d.shown }

// SetTitle changes the words at the top.
func (d *Dialog) SetTitle(title, subtitle, aside string) {
	d.spec.Title, d.spec.Subtitle, d.spec.Aside = title, subtitle, aside
	d.Refresh()
}

// Refresh lays the dialog out anew, after something in it came, went or grew.
func (d *Dialog) Refresh() {
	d.frame.Refresh()
	d.kit.reveal() // a sentence that came may have taken its room
}

// dialogFrame is the dialog as an overlay.
type dialogFrame struct {
	widget.BaseWidget
	d        *Dialog
	title    *Text
	subtitle *Paragraph
	aside    *Text
	body     *fyne.Container
	esc      *escCap
	scroll   *container.Scroll // the renderer's, nil before it is made
	rail     *rail             // of a page, nil until it first is one
}

// reveal scrolls the body so that a control in it is in sight.
func (f *dialogFrame) reveal(o fyne.CanvasObject) {
	if f.scroll != nil {
		scrollTo(f.scroll, f.body, o)
	}
}

func newDialogFrame(d *Dialog) *dialogFrame {
	f := &dialogFrame{d: d, esc: newEscCap(d), body: container.NewStack()}
	f.title = NewText(d.spec.Title, Heading).Ellipsis()
	f.subtitle = NewParagraph(d.spec.Subtitle, Muted)
	f.aside = NewText(d.spec.Aside, Muted)
	f.body = container.New(&holdLayout{})
	if d.spec.Body != nil {
		f.body.Add(d.spec.Body)
	}
	f.ExtendBaseWidget(f)
	return f
}

// Tapped gives the focus back after a tap beside the controls.
func (f *dialogFrame) Tapped(*fyne.PointEvent) { f.d.kit.settle() }

const (
	dialogPad    = 28
	dialogMargin = 12
)

// CreateRenderer implements fyne.Widget.
func (f *dialogFrame) CreateRenderer() fyne.WidgetRenderer {
	r := &dialogRenderer{
		f:      f,
		dim:    newBox(theme.ColorDim, theme.ColorNone, 0),
		card:   newBox(theme.ColorCard, theme.ColorLine, theme.RadiusCard),
		ground: newBox(theme.ColorBackground, theme.ColorNone, 0),
	}
	r.body = &scrolledLayout{}
	r.scroll = container.NewVScroll(container.New(r.body, f.body))
	f.scroll = r.scroll
	r.Refresh()
	return r
}

type dialogRenderer struct {
	f         *dialogFrame
	dim, card *box
	ground    *box // of a page
	scroll    *container.Scroll
	body      *scrolledLayout
}

// scrollRim is the room kept around scrolled content.
const scrollRim = 4

// scrolledLayout keeps the rim around the body and tells the height it needs,
// which follows from the dialog's width and not from the body's minimum.
type scrolledLayout struct {
	needs float32
	bar   float32 // room kept free at the right
}

func (s *scrolledLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, s.needs+2*theme.Px(scrollRim))
}

func (s *scrolledLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	rim := theme.Px(scrollRim)
	for _, o := range objects {
		o.Resize(fyne.NewSize(size.Width-2*rim-s.bar, s.needs))
		o.Move(fyne.NewPos(rim, rim))
	}
}

func (r *dialogRenderer) Destroy() {}

// headHeight is the height of title and subtitle at a width.
func (r *dialogRenderer) headHeight(width float32) float32 {
	h := theme.Px(30)
	if r.f.d.spec.Subtitle != "" {
		h += theme.Px(2) + r.f.subtitle.HeightFor(width)
	}
	return h + theme.Px(theme.GapInside)
}

func (r *dialogRenderer) footHeight(width float32) float32 {
	if r.f.d.spec.Footer == nil {
		return 0
	}
	return theme.Px(20) + HeightFor(r.f.d.spec.Footer, width)
}

func (r *dialogRenderer) Layout(size fyne.Size) {
	page := r.isPage(size)
	r.dim.Hidden, r.card.Hidden, r.ground.Hidden = page, page, !page
	r.f.d.toasts.box.Resize(size)
	if page {
		r.layoutPage(size)
		return
	}
	r.layoutWindow(size)
}

// isPage tells whether a window of a size shows the dialog as a page.
func (r *dialogRenderer) isPage(size fyne.Size) bool {
	return r.f.d.spec.Page != "" && r.f.d.kit.wide(size)
}

func (r *dialogRenderer) layoutWindow(size fyne.Size) {
	spec := r.f.d.spec
	r.dim.Resize(size)
	margin, pad := theme.Px(dialogMargin), theme.Px(dialogPad)
	one := theme.Px(1)
	outer := fyne.NewSize(min(theme.Px(spec.Width.in(size.Width/one, spec.Fills)), size.Width-2*margin), 0)
	inner := outer.Width - 2*pad
	head, foot := r.headHeight(inner), r.footHeight(inner)
	body := HeightFor(r.f.body, inner)
	most := size.Height - 2*margin
	outer.Height = min(max(theme.Px(spec.Height), head+body+foot+2*theme.Px(24)), most)
	if spec.Fills {
		outer.Height = min(theme.Px(max(spec.Height, 400)+tallerBy(size.Height/one)), most)
	}
	at := fyne.NewPos((size.Width-outer.Width)/2, (size.Height-outer.Height)/2)
	r.card.Resize(outer)
	r.card.Move(at)
	room := outer.Height - 2*theme.Px(24) - head - foot
	r.layoutParts(at.AddXY(pad, theme.Px(24)), inner, head, room, foot, body)
}

// layoutParts places head, body and footer under one another; body is the height
// the body needs, room the one it gets.
func (r *dialogRenderer) layoutParts(at fyne.Position, inner, head, room, foot, body float32) {
	r.layoutHead(at, inner)
	r.layoutBody(at.AddXY(0, head), fyne.NewSize(inner, room), body)
	if footer := r.f.d.spec.Footer; footer != nil {
		footer.Resize(fyne.NewSize(inner, foot-theme.Px(20)))
		footer.Move(at.AddXY(0, head+room+theme.Px(20)))
	}
}

func (r *dialogRenderer) layoutHead(at fyne.Position, width float32) {
	f := r.f
	right := width
	if f.esc.Visible() {
		m := f.esc.MinSize()
		f.esc.Resize(m)
		f.esc.Move(at.AddXY(right-m.Width, (theme.Px(30)-m.Height)/2))
		right -= m.Width
	}
	if f.d.spec.Aside != "" {
		m := f.aside.MinSize()
		f.aside.Resize(m)
		f.aside.Move(at.AddXY(right-m.Width-theme.Px(8), (theme.Px(30)-m.Height)/2))
		right -= m.Width + theme.Px(8)
	}
	f.title.Resize(fyne.NewSize(max(right-theme.Px(theme.GapInside), 0), theme.Px(30)))
	f.title.Move(at)
	f.subtitle.Resize(fyne.NewSize(width, f.subtitle.HeightFor(width)))
	f.subtitle.Move(at.AddXY(0, theme.Px(32)))
}

// layoutBody scrolls the body only when there is no room for it.
func (r *dialogRenderer) layoutBody(at fyne.Position, room fyne.Size, needs float32) {
	// Fyne clips what scrolls, and the line of a card at the very edge with it.
	rim := theme.Px(scrollRim)
	r.scroll.Move(at.SubtractXY(rim, rim))
	r.scroll.Resize(room.AddWidthHeight(2*rim, 2*rim))
	r.body.needs, r.body.bar = room.Height, 0
	if needs > room.Height+1 { // one that fills has a least height too
		r.body.bar = theme.Px(barRoom)
		r.body.needs = max(HeightFor(r.f.body, room.Width-r.body.bar), room.Height)
	}
	r.scroll.Content.Refresh()
	r.scroll.Refresh()
}

func (r *dialogRenderer) MinSize() fyne.Size { return fyne.Size{} }

func (r *dialogRenderer) Objects() []fyne.CanvasObject {
	f := r.f
	objects := []fyne.CanvasObject{r.dim.Rectangle, r.card.Rectangle, r.ground.Rectangle}
	if f.rail != nil && r.isPage(f.Size()) {
		objects = append(objects, f.rail)
	}
	objects = append(objects, f.title, f.subtitle, f.aside, r.scroll)
	if f.d.spec.Footer != nil {
		objects = append(objects, f.d.spec.Footer)
	}
	return append(objects, f.esc, f.d.toasts.box)
}

func (r *dialogRenderer) Refresh() {
	f := r.f
	f.title.SetText(f.d.spec.Title)
	f.subtitle.SetText(f.d.spec.Subtitle)
	f.subtitle.Hidden = f.d.spec.Subtitle == ""
	f.aside.SetText(f.d.spec.Aside)
	f.aside.Hidden = f.d.spec.Aside == ""
	f.esc.Hidden = f.d.spec.NoEsc
	r.dim.paint()
	r.card.paint()
	r.ground.paint()
	if f.rail != nil {
		f.rail.Refresh()
	}
	r.Layout(f.Size())
	f.body.Refresh()
	if f.d.spec.Footer != nil {
		f.d.spec.Footer.Refresh() // a button that came or went changes no size
	}
}

// escCap is the key cap that closes a dialog when tapped.
type escCap struct {
	KeyCap
	d *Dialog
}

func newEscCap(d *Dialog) *escCap {
	e := &escCap{d: d}
	e.text = string(keys.Esc)
	e.ExtendBaseWidget(e)
	return e
}

// Tapped implements fyne.Tappable.
func (e *escCap) Tapped(*fyne.PointEvent) { e.d.esc() }
