package widgets

import (
	"image/color"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/keys"
	"kassa/ui/theme"
)

// innerEntry is Fyne's entry with the router in front of it.
type innerEntry struct {
	widget.Entry
	e      *Entry
	sizing bool // while it is given its size of text
	scroll *container.Scroll
}

var (
	_ keys.Field        = (*innerEntry)(nil)
	_ desktop.Keyable   = (*innerEntry)(nil)
	_ fyne.Shortcutable = (*innerEntry)(nil)
)

func newInnerEntry(e *Entry) *innerEntry {
	i := &innerEntry{e: e}
	i.MultiLine = e.kind == AreaEntry
	i.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	if i.MultiLine {
		i.Wrapping = fyne.TextWrapWord
	}
	if e.kind == SecretEntry || e.kind == PINEntry {
		i.Password = true
		// An own action item keeps Fyne from adding its button that reveals the secret.
		i.ActionItem = canvas.NewRectangle(color.Transparent)
	}
	i.OnChanged = e.onInnerChanged
	i.ExtendBaseWidget(i)
	return i
}

// AcceptsTab keeps Tab for walking between fields, in several lines too.
func (i *innerEntry) AcceptsTab() bool { return false }

// MinSize is small: the field around it decides.
func (i *innerEntry) MinSize() fyne.Size {
	return fyne.NewSize(theme.Px(20), i.Entry.MinSize().Height)
}

// FocusGained implements fyne.Focusable.
func (i *innerEntry) FocusGained() {
	i.Entry.FocusGained()
	i.focusChanged(true)
	if i.e.SelectAll && i.Text != "" {
		i.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// FocusLost implements fyne.Focusable.
func (i *innerEntry) FocusLost() {
	i.e.kit.Keys.Release()
	i.Entry.FocusLost()
	i.focusChanged(false)
}

func (i *innerEntry) focusChanged(gained bool) {
	i.e.focused = gained
	i.e.Refresh()
	if gained {
		i.e.kit.reveal()
	}
	if i.e.OnFocus != nil {
		i.e.OnFocus(gained)
	}
}

// KeyDown implements desktop.Keyable.
func (i *innerEntry) KeyDown(ev *fyne.KeyEvent) {
	i.e.kit.Keys.KeyDown(ev)
	i.Entry.KeyDown(ev)
}

// KeyUp implements desktop.Keyable.
func (i *innerEntry) KeyUp(ev *fyne.KeyEvent) {
	i.e.kit.Keys.KeyUp(ev)
	i.Entry.KeyUp(ev)
}

// TypedKey offers the key to the router, then to the screen, then to the text.
func (i *innerEntry) TypedKey(ev *fyne.KeyEvent) {
	router := i.e.kit.Keys
	enter := ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter
	if enter && i.MultiLine {
		if !router.Intercept(ev, i) {
			i.Entry.TypedKey(ev)
		}
		return
	}
	if router.TypedKey(ev, i) {
		return
	}
	if i.e.OnKey != nil && i.e.OnKey(ev) {
		return
	}
	if enter {
		i.e.submit()
		return
	}
	i.Entry.TypedKey(ev)
}

// TypedRune offers the character to the router and filters it.
func (i *innerEntry) TypedRune(r rune) {
	if !i.e.kit.Keys.TypedRune(r, i) {
		i.insert(r)
	}
}

func (i *innerEntry) insert(r rune) {
	r, ok := i.e.Filter.rune(r, i.e.kit.decimal(), i.with)
	if !ok {
		return
	}
	if n := i.e.MaxLength; n > 0 && utf8.RuneCountInString(i.Text) >= n && i.SelectedText() == "" {
		return
	}
	i.Entry.TypedRune(r)
}

// with is the text with a character typed at the cursor.
func (i *innerEntry) with(r rune) string {
	if i.SelectedText() != "" {
		return string(r) // nearly always the whole text is selected
	}
	runes := []rune(i.Text)
	at := min(i.CursorTextOffset(), len(runes))
	return string(runes[:at]) + string(r) + string(runes[at:])
}

// TypedShortcut offers Ctrl and Alt keys to the router before they edit text.
func (i *innerEntry) TypedShortcut(s fyne.Shortcut) {
	if i.e.kit.Keys.TypedShortcut(s) {
		return
	}
	if ks, ok := s.(*desktop.CustomShortcut); ok && i.MultiLine &&
		keys.FromEvent(ks.KeyName, ks.Modifier) == "Ctrl+Enter" {
		i.e.submit()
		return
	}
	i.Entry.TypedShortcut(s)
}

// Held implements keys.Field.
func (i *innerEntry) Held() string { return i.Text }

// Whole implements keys.Field.
func (i *innerEntry) Whole() bool { return i.Text != "" && i.SelectedText() == i.Text }

// Restore implements keys.Field.
func (i *innerEntry) Restore(text string, whole bool) {
	i.SetText(text)
	i.cursorToEnd()
	if whole {
		i.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// Takes implements keys.Field.
func (i *innerEntry) Takes(char rune) bool {
	_, ok := i.e.Filter.rune(char, i.e.kit.decimal(), func(r rune) string { return string(r) })
	return ok
}

// Put implements keys.Field.
func (i *innerEntry) Put(r rune) { i.insert(r) }

// TakesScan implements keys.Field.
func (i *innerEntry) TakesScan() bool { return !i.e.RefusesScan && !i.Disabled() }

// Scanned implements keys.Field.
func (i *innerEntry) Scanned(before, code string) {
	if i.e.OnScan != nil {
		i.e.OnScan(before, code)
		return
	}
	i.e.submit()
}

func (i *innerEntry) cursorToEnd() {
	if i.MultiLine {
		i.CursorRow = strings.Count(i.Text, "\n")
	}
	i.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
}
