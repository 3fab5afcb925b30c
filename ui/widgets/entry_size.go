package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/theme"
)

// This file gives a field the size of its text. Fyne's entry knows one size, that
// of the theme, and a theme of a part's own makes Fyne read a set of fonts for each
// text in that part and keep it for ever, megabytes for every field that was once
// shown. So our own theme makes the usual field by itself, and one of another size
// gets a theme for its sums alone, where the cursor stands and what a tap meets: the
// texts in it stay outside and are told their size.

// sized tells whether the field's text has another size than all texts.
func (i *innerEntry) sized() bool { return i.e.textSize() != theme.SizeText }

// CreateRenderer implements fyne.Widget. Fyne forgets the theme of a part together
// with its renderer, so both are made here.
func (i *innerEntry) CreateRenderer() fyne.WidgetRenderer {
	if i.sizing {
		// Fyne asks what the field is made of, to give the theme to that as well.
		return widget.NewSimpleRenderer(container.NewWithoutLayout())
	}
	if i.sized() {
		i.sizing = true
		container.NewThemeOverride(i, sizedTheme{i.e.textSize()})
		i.sizing = false
	}
	r := i.Entry.CreateRenderer()
	if i.sized() {
		sizeTexts(r.Objects(), i.e.textSize())
	}
	for _, o := range r.Objects() {
		if s, ok := o.(*container.Scroll); ok {
			i.scroll = s
		}
	}
	return r
}

// scrolled is how far a text that is longer than the field is scrolled away.
func (i *innerEntry) scrolled() fyne.Position {
	if i.scroll == nil {
		return fyne.Position{}
	}
	return i.scroll.Offset
}

// sizeTexts gives a size to all texts among objects and what they are made of.
func sizeTexts(objects []fyne.CanvasObject, size fyne.ThemeSizeName) {
	for _, o := range objects {
		switch o := o.(type) {
		case *widget.RichText:
			for _, s := range o.Segments {
				if text, ok := s.(*widget.TextSegment); ok {
					text.Style.SizeName = size
				}
			}
		case *container.Scroll:
			sizeTexts([]fyne.CanvasObject{o.Content}, size)
		case fyne.Widget:
			sizeTexts(o.CreateRenderer().Objects(), size)
		}
	}
}

// sizedTheme is the theme in use with another size of text.
type sizedTheme struct{ text fyne.ThemeSizeName }

func (t sizedTheme) base() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

// Color implements fyne.Theme.
func (t sizedTheme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	return t.base().Color(name, v)
}

// Font implements fyne.Theme.
func (t sizedTheme) Font(s fyne.TextStyle) fyne.Resource { return t.base().Font(s) }

// Icon implements fyne.Theme.
func (t sizedTheme) Icon(n fyne.ThemeIconName) fyne.Resource { return t.base().Icon(n) }

// Size implements fyne.Theme.
func (t sizedTheme) Size(name fyne.ThemeSizeName) float32 {
	if name == fynetheme.SizeNameText {
		name = t.text
	}
	return t.base().Size(name)
}
