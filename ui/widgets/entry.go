package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"kassa/ui/keys"
	"kassa/ui/theme"
)

// EntryKind is what a field is for.
type EntryKind int

// The kinds.
const (
	TextEntry   EntryKind = iota
	SearchEntry           // the scan field: a little larger
	AmountEntry           // large, right-aligned, a number with a fraction; takes no scan
	SecretEntry           // bullets, for tokens and passwords
	PINEntry              // bullets, digits only; takes no scan
	AreaEntry             // several lines
)

// Entry is a text field. Set its exported fields before it is shown.
type Entry struct {
	widget.BaseWidget
	OnChanged   func(text string)
	OnSubmitted func(text string) // Enter; in an AreaEntry Ctrl+Enter
	// OnScan receives a scan that landed in the field, and what was typed
	// before it. Without it a scan is submitted like typed text.
	OnScan  func(before, code string)
	OnFocus func(gained bool)
	// OnKey sees a key after the router and before the field; true keeps it
	// from the field.
	OnKey func(ev *fyne.KeyEvent) bool

	Filter      Filter // what may be typed; the zero Filter lets all through
	MaxLength   int    // in characters; 0 means no limit
	RefusesScan bool   // a scan leaves no trace in the field
	Key         keys.Key
	Action      keys.ActionID // whose live key is drawn instead of Key
	Note        string        // muted words at the right end
	Rows        int           // visible lines of an AreaEntry, 3 by default
	SelectAll   bool          // the whole text is selected when the focus comes

	kit         *Kit
	kind        EntryKind
	inner       *innerEntry
	placeholder string
	message     string
	tone        Tone
	focused     bool
	setting     bool
	relayout    func()
	stopKeys    func()
}

// Entry returns a field of a kind. placeholder stands in it while it is empty.
func (k *Kit) Entry(kind EntryKind, placeholder string) *Entry {
	e := &Entry{kit: k, kind: kind, placeholder: placeholder}
	switch kind {
	case AmountEntry:
		e.Filter, e.RefusesScan, e.SelectAll, e.MaxLength = Decimal(2), true, true, 14
	case PINEntry:
		e.Filter, e.RefusesScan = Digits(), true
	}
	e.inner = newInnerEntry(e)
	e.ExtendBaseWidget(e)
	return e
}

// Text returns what the field holds.
func (e *Entry) Text() string { return e.inner.Text }

// SetText puts a text into the field without calling OnChanged.
func (e *Entry) SetText(text string) {
	e.setting = true
	e.inner.SetText(text)
	e.setting = false
	e.inner.cursorToEnd()
	e.changed()
}

// Clear empties the field without calling OnChanged.
func (e *Entry) Clear() { e.SetText("") }

// SetPlaceholder changes what stands in the empty field.
func (e *Entry) SetPlaceholder(text string) {
	e.placeholder = text
	e.changed()
}

// Select selects the whole text, so that typing replaces it.
func (e *Entry) Select() { e.inner.TypedShortcut(&fyne.ShortcutSelectAll{}) }

// SetMessage shows a sentence under the field, such as why it is refused. Bad
// also colours the frame, with an empty text too: then the words stand elsewhere.
// An empty Neutral message takes everything away. The container around the field
// must be refreshed when the message comes or goes.
func (e *Entry) SetMessage(text string, tone Tone) {
	if e.message == text && e.tone == tone {
		return
	}
	e.message, e.tone = text, tone
	e.Refresh()
}

// Message returns the sentence under the field.
func (e *Entry) Message() string { return e.message }

// Enable lets the field be edited again.
func (e *Entry) Enable() { e.inner.Enable(); e.Refresh() }

// Disable shows the field's text without letting it be edited.
func (e *Entry) Disable() { e.inner.Disable(); e.Refresh() }

// Disabled tells whether the field can be edited.
func (e *Entry) Disabled() bool { return e.inner.Disabled() }

// Focus gives the field the focus.
func (e *Entry) Focus() { e.kit.Focus(e.inner) }

// Focused tells whether the field has the focus.
func (e *Entry) Focused() bool { return e.focused }

// Focusable returns the part that has the focus, for keys.Scope.Home and Dialog.Show.
func (e *Entry) Focusable() fyne.Focusable { return e.inner }

// Type puts a character at the cursor as if it had been typed, for a Numpad.
func (e *Entry) Type(r rune) {
	e.kit.Keys.Release()
	e.inner.insert(r)
}

// Backspace removes the character before the cursor, for a Numpad.
func (e *Entry) Backspace() {
	e.kit.Keys.Release()
	e.inner.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
}

func (e *Entry) refocus() {
	all := e.SelectAll
	e.SelectAll = false
	e.Focus()
	e.SelectAll = all
}

// Tapped gives the focus, for taps beside the text.
func (e *Entry) Tapped(*fyne.PointEvent) { e.Focus() }

// changed follows a change of the text from whatever side.
func (e *Entry) changed() {
	if e.relayout != nil {
		e.relayout()
	}
}

// onInnerChanged cleans pasted text and reports the change.
func (e *Entry) onInnerChanged(text string) {
	if clean := e.clean(text); clean != text {
		e.inner.SetText(clean) // calls here again with the clean text
		e.inner.cursorToEnd()
		return
	}
	e.changed()
	if e.OnChanged != nil && !e.setting {
		e.OnChanged(text)
	}
}

func (e *Entry) clean(text string) string {
	if e.setting {
		return text
	}
	text = e.Filter.apply(text, e.kit.decimal())
	if e.MaxLength > 0 {
		if runes := []rune(text); len(runes) > e.MaxLength {
			text = string(runes[:e.MaxLength])
		}
	}
	return text
}

func (e *Entry) submit() {
	if e.OnSubmitted != nil {
		e.OnSubmitted(e.inner.Text)
	}
}

func (e *Entry) textSize() fyne.ThemeSizeName {
	switch e.kind {
	case SearchEntry:
		return theme.SizeField
	case AmountEntry:
		return theme.SizeAmount
	default:
		return theme.SizeText
	}
}

func (e *Entry) fieldHeight() float32 {
	switch e.kind {
	case AmountEntry:
		return theme.Px(64)
	case SearchEntry:
		return theme.Px(48)
	case AreaEntry:
		rows := e.Rows
		if rows == 0 {
			rows = 3
		}
		line := Style{Size: theme.SizeText}.measure("Щg").Height
		return max(float32(rows)*line+2*theme.Px(12), theme.Px(theme.TouchHeight))
	default:
		return theme.Px(theme.TouchHeight)
	}
}

func (e *Entry) key() keys.Key {
	if e.Action != "" {
		return e.kit.Keys.KeyOf(e.Action)
	}
	return e.Key
}
