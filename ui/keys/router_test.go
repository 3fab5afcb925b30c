package keys_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/ui/keys"
)

// desk is a router with hands on it and a field that records.
type desk struct {
	*keys.Router
	now  time.Time
	mods fyne.KeyModifier
	log  []string
}

func newDesk() *desk {
	d := &desk{now: time.Unix(1_000_000, 0)}
	d.Router = keys.NewRouter(func() time.Time { return d.now })
	d.SetModifiers(func() fyne.KeyModifier { return d.mods })
	d.OnDroppedScan = func(code string) { d.note("dropped " + code)() }
	return d
}

func (d *desk) note(s string) func() { return func() { d.log = append(d.log, s) } }

func (d *desk) key(name fyne.KeyName, f keys.Field) bool {
	return d.TypedKey(&fyne.KeyEvent{Name: name}, f)
}

// field is a text input that only appends.
type field struct {
	d       *desk
	text    string
	refuses bool
}

func (f *field) Held() string                { return f.text }
func (f *field) Takes(r rune) bool           { return !f.refuses || r >= '0' && r <= '9' }
func (f *field) Whole() bool                 { return false }
func (f *field) Put(r rune)                  { f.text += string(r) }
func (f *field) TakesScan() bool             { return !f.refuses }
func (f *field) Restore(text string, _ bool) { f.text = text }
func (f *field) Scanned(before, code string) {
	f.d.note("scanned " + before + "|" + code)()
}

// typed sends characters with a gap between them.
func (f *field) typed(text string, gap time.Duration) {
	for _, r := range text {
		f.d.now = f.d.now.Add(gap)
		if !f.d.TypedRune(r, f) {
			f.text += string(r)
		}
	}
}

const hand, scanner = 150 * time.Millisecond, 8 * time.Millisecond

func TestRouter_Scopes(t *testing.T) {
	d := newDesk()
	d.Define(keys.Action{ID: "points", Key: "F6"}, keys.Action{ID: "lock", Key: "Ctrl+L"})
	d.Push("window").Bind("lock", d.note("lock"))
	d.Push("sale").Bind("points", d.note("points"))

	assert.True(t, d.key(fyne.KeyF6, nil))
	assert.True(t, d.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyL, Modifier: fyne.KeyModifierControl}))
	assert.False(t, d.key(fyne.KeyF7, nil), "nobody binds it")

	dialog := d.PushModal("payment")
	dialog.BindKey("F1", d.note("cash"))
	assert.False(t, d.key(fyne.KeyF6, nil), "a dialog hides the screen")
	assert.False(t, d.Perform("points"))
	assert.True(t, d.key(fyne.KeyF1, nil))
	dialog.Pop()
	dialog.Pop()
	assert.True(t, d.Perform("points"))
	assert.Equal(t, []string{"points", "lock", "cash", "points"}, d.log)
}

func TestRouter_ModifiersTellKeysApart(t *testing.T) {
	d := newDesk()
	s := d.Push("sale")
	s.BindKey("F8", d.note("line"))
	s.BindKey("Shift+F8", d.note("cheque"))
	d.key(fyne.KeyF8, nil)
	d.mods = fyne.KeyModifierShift
	d.key(fyne.KeyF8, nil)
	assert.Equal(t, []string{"line", "cheque"}, d.log)
}

func TestRouter_WhenEmpty(t *testing.T) {
	d := newDesk()
	f := &field{d: d}
	s := d.Push("sale")
	s.Empty = func() bool { return f.text == "" }
	s.BindKey("+", d.note("more"), keys.WhenEmpty())
	s.BindKey(keys.Del, d.note("remove"), keys.WhenEmpty())

	f.typed("+", hand)
	assert.True(t, d.key(fyne.KeyDelete, f))
	f.typed("a+", hand)
	assert.False(t, d.key(fyne.KeyDelete, f), "the field needs it")
	assert.Equal(t, "a+", f.text)
	assert.Equal(t, []string{"more", "remove"}, d.log)
}

func TestRouter_HeldKeyActsOnce(t *testing.T) {
	d := newDesk()
	s := d.Push("sale")
	s.BindKey("F9", d.note("pay"))
	s.BindKey(keys.Down, d.note("down"), keys.Repeating())
	for _, name := range []fyne.KeyName{fyne.KeyF9, fyne.KeyDown} {
		d.KeyDown(&fyne.KeyEvent{Name: name})
		for range 3 {
			assert.True(t, d.key(name, nil))
		}
		d.KeyUp(&fyne.KeyEvent{Name: name})
	}
	d.KeyDown(&fyne.KeyEvent{Name: fyne.KeyF9})
	d.key(fyne.KeyF9, nil)
	assert.Equal(t, []string{"pay", "down", "down", "down", "pay"}, d.log)
}

func TestRouter_Remap(t *testing.T) {
	d := newDesk()
	d.Define(keys.Action{ID: "points", Place: "sale", Key: "F6"}, keys.Action{ID: "drawer", Place: "sale", Key: "F7"},
		keys.Action{ID: "elsewhere", Place: "goods", Key: "F5"}, keys.Action{ID: "menu", Key: "F10"})
	s := d.Push("sale")
	s.Bind("points", d.note("points"))
	s.Bind("drawer", d.note("drawer"))
	redrawn := 0
	stop := d.OnRemap(func() { redrawn++ })

	require.NoError(t, d.Remap("points", "Ctrl+P"))
	assert.Equal(t, keys.Key("Ctrl+P"), d.KeyOf("points"))
	assert.False(t, d.key(fyne.KeyF6, nil))
	assert.True(t, d.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyP, Modifier: fyne.KeyModifierControl}))

	assert.ErrorContains(t, d.Remap("points", "F7"), "drawer")
	assert.ErrorContains(t, d.Remap("points", "Ctrl+C"), "edits text")
	assert.ErrorContains(t, d.Remap("points", "F10"), "menu", "that one works everywhere")
	assert.ErrorContains(t, d.Remap("menu", "F5"), "elsewhere")
	assert.ErrorContains(t, d.Remap("points", "7"), "edits text")
	assert.Error(t, d.Remap("nobody", "F5"))
	require.NoError(t, d.Remap("points", "F5"), "the action with F5 is not on this screen")
	stop()
	require.NoError(t, d.Remap("points", keys.None))
	assert.Equal(t, keys.Key("F6"), d.KeyOf("points"), "the default is back")
	assert.Equal(t, 2, redrawn)
}

func TestRouter_SetMap(t *testing.T) {
	d := newDesk()
	refused := d.SetMap(map[keys.ActionID]keys.Key{"sale.pay": "F10", "sale.late": "F3"})
	assert.Empty(t, refused, "nothing is defined yet")
	d.Define(keys.Action{ID: "sale.pay", Key: "F9"}, keys.Action{ID: "sale.late", Key: "F2"}, keys.Action{ID: "sale.drawer", Key: "F7"})
	assert.Equal(t, keys.Key("F10"), d.KeyOf("sale.pay"), "defined after its key was chosen")

	t.Run("swaps two keys", func(t *testing.T) {
		assert.Empty(t, d.SetMap(map[keys.ActionID]keys.Key{"sale.pay": "F7", "sale.drawer": "F9"}))
		assert.Equal(t, keys.Key("F7"), d.KeyOf("sale.pay"))
		assert.Equal(t, keys.Key("F9"), d.KeyOf("sale.drawer"))
		assert.Equal(t, keys.Key("F2"), d.KeyOf("sale.late"), "what is not named has its default again")
		assert.Equal(t, map[keys.ActionID]keys.Key{"sale.pay": "F7", "sale.drawer": "F9"}, d.Map())
	})
	t.Run("leaves out what cannot be", func(t *testing.T) {
		assert.Equal(t, []keys.ActionID{"sale.drawer", "sale.pay"},
			d.SetMap(map[keys.ActionID]keys.Key{"sale.pay": "F2", "sale.drawer": keys.Enter}))
		assert.Equal(t, keys.Key("F9"), d.KeyOf("sale.pay"))
		assert.Equal(t, keys.Key("F7"), d.KeyOf("sale.drawer"))
	})
}

func TestRouter_KeyThatTypesActsOnlyInAnEmptyField(t *testing.T) {
	d := newDesk()
	d.Define(keys.Action{ID: "sale.pay", Key: "F9"})
	f := &field{d: d}
	s := d.Push("sale")
	s.Empty = func() bool { return f.text == "" }
	s.Bind("sale.pay", d.note("pay"))
	require.NoError(t, d.Remap("sale.pay", "*"))
	f.typed("*", hand)
	assert.Equal(t, []string{"pay"}, d.log)
	f.typed("3*1001", hand)
	assert.Equal(t, "3*1001", f.text)
	assert.Equal(t, []string{"pay"}, d.log)
}

func TestRouter_Capture(t *testing.T) {
	d := newDesk()
	s := d.Push("sale")
	s.BindKey("F9", d.note("pay"))
	s.BindKey(keys.Esc, d.note("back"))
	release := d.Capture(func(k keys.Key) { d.note("took " + string(k))() })
	assert.True(t, d.key(fyne.KeyF9, nil))
	assert.True(t, d.key(fyne.KeyEscape, nil))
	release()
	assert.True(t, d.key(fyne.KeyF9, nil))
	assert.Equal(t, []string{"took F9", "back", "pay"}, d.log)
}

func TestRouter_Scan(t *testing.T) {
	const code = "4600000000017"
	t.Run("is told from a hand and keeps what was typed before", func(t *testing.T) {
		d := newDesk()
		f := &field{d: d}
		f.typed("3*", hand)
		d.now = d.now.Add(time.Second)
		f.typed(code, scanner)
		assert.True(t, d.key(fyne.KeyReturn, f))
		assert.Equal(t, []string{"scanned 3*|" + code}, d.log)
	})
	t.Run("typing by hand is none", func(t *testing.T) {
		d := newDesk()
		f := &field{d: d}
		f.typed(code, 60*time.Millisecond)
		assert.False(t, d.key(fyne.KeyReturn, f))
		assert.Equal(t, code, f.text)
	})
	t.Run("three characters are none", func(t *testing.T) {
		d := newDesk()
		f := &field{d: d}
		f.typed("460", scanner)
		assert.False(t, d.key(fyne.KeyReturn, f))
	})
	t.Run("a held key is none", func(t *testing.T) {
		d := newDesk()
		f := &field{d: d, refuses: true}
		f.typed("0000000", 30*time.Millisecond)
		assert.False(t, d.key(fyne.KeyReturn, f))
		assert.Equal(t, "0000000", f.text)
	})
	t.Run("leaves no trace in a field that refuses it", func(t *testing.T) {
		d := newDesk()
		f := &field{d: d, refuses: true}
		d.PushModal("quantity").OnScan = func(code string) { d.note("scope " + code)() }
		f.typed("12", hand)
		d.now = d.now.Add(time.Second)
		f.typed(code, scanner)
		assert.Equal(t, "12", f.text)
		assert.True(t, d.key(fyne.KeyReturn, f), "its Enter does not submit the quantity")
		assert.Equal(t, []string{"scope " + code}, d.log)
	})
	t.Run("a short one is seen by what cannot stand in the field", func(t *testing.T) {
		d := newDesk()
		f := &field{d: d, refuses: true}
		f.typed("GC-1001", scanner)
		assert.True(t, d.key(fyne.KeyReturn, f))
		f.typed("1001", scanner)
		assert.False(t, d.key(fyne.KeyReturn, f), "money")
		assert.Equal(t, "1001", f.text)
		assert.Equal(t, []string{"dropped GC-1001"}, d.log)
	})
	t.Run("is dropped aloud where nobody takes it", func(t *testing.T) {
		d := newDesk()
		d.Push("sale").OnScan = func(string) { t.Error("the dialog hides the screen") }
		d.PushModal("code")
		f := &field{d: d, refuses: true}
		f.typed(code, scanner)
		d.key(fyne.KeyReturn, f)
		assert.Equal(t, []string{"dropped " + code}, d.log)
	})
	t.Run("survives the uneven frames of a slow machine", func(t *testing.T) {
		d := newDesk()
		f := &field{d: d}
		f.typed("4", time.Second)
		d.now = d.now.Add(90 * time.Millisecond)
		f.typed("60000000001", 0)
		d.now = d.now.Add(90 * time.Millisecond)
		f.typed("7", 0)
		assert.True(t, d.key(fyne.KeyReturn, f))
		assert.Equal(t, []string{"scanned |" + code}, d.log)
	})
	t.Run("its second line end is swallowed, a later Enter is not", func(t *testing.T) {
		d := newDesk()
		f := &field{d: d}
		f.typed(code, scanner)
		d.key(fyne.KeyReturn, f)
		d.now = d.now.Add(250 * time.Millisecond)
		assert.True(t, d.key(fyne.KeyReturn, f))
		d.now = d.now.Add(60 * time.Millisecond)
		assert.False(t, d.key(fyne.KeyReturn, f))
	})
	t.Run("is read as Latin under the Russian layout", func(t *testing.T) {
		d := newDesk()
		f := &field{d: d}
		f.typed("ФИС123", scanner)
		d.key(fyne.KeyReturn, f)
		assert.Equal(t, []string{"scanned |ABC123"}, d.log)
	})
	t.Run("may hold characters that are keys", func(t *testing.T) {
		d := newDesk()
		d.Push("sale").BindKey("-", d.note("less"))
		f := &field{d: d}
		f.typed("AB12-34", scanner)
		d.key(fyne.KeyReturn, f)
		assert.Equal(t, []string{"scanned |AB12-34"}, d.log)
	})
}

func TestRouter_Reachable(t *testing.T) {
	d := newDesk()
	d.Define(keys.Action{ID: "lock", Label: "key.lock", Key: "Ctrl+L"}, keys.Action{ID: "points", Key: "F6"})
	d.Push("window").Bind("lock", d.note(""))
	s := d.Push("sale")
	s.Bind("points", d.note(""), keys.When(func() bool { return false }))
	assert.Equal(t, []keys.Action{{ID: "points", Key: "F6", Place: keys.Everywhere}, {ID: "lock", Label: "key.lock", Key: "Ctrl+L", Place: keys.Everywhere}}, d.Reachable())
	d.PushModal("dialog")
	assert.Empty(t, d.Reachable())
}

// table is a home that is no field: it offers characters to the router, as all
// our controls do.
type table struct {
	d *desk
}

func (*table) FocusGained()              {}
func (*table) FocusLost()                {}
func (t *table) TypedRune(r rune)        { t.d.TypedRune(r, nil) }
func (t *table) TypedKey(*fyne.KeyEvent) {}

func TestRouter_ACharacterTypedAtATableIsAKey(t *testing.T) {
	d := newDesk()
	d.Attach(test.NewCanvas())
	s := d.Push("card")
	s.Home = &table{d}
	s.BindKey("+", d.note("plus"))
	d.TypedRune('7', nil)
	d.TypedRune('+', nil)
	assert.Equal(t, []string{"plus"}, d.log)
}

// A scanner types the separator of a marking code as Ctrl+], of which no character
// comes, and a prefix as "]" before the code.
func TestRouter_ScansKeepTheirSeparators(t *testing.T) {
	separator := &desktop.CustomShortcut{KeyName: fyne.KeyRightBracket, Modifier: fyne.KeyModifierControl}
	for name, tt := range map[string]struct{ typed, want string }{
		"a Latin layout":     {"]d20104600000000015215abc", "]d20104600000000015215abc"},
		"the Russian layout": {"ъв20104600000000015215фис", "]d20104600000000015215abc"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk()
			f := &field{d: d, text: "3*"}
			d.TypedShortcut(separator) // FNC1 before the code
			f.typed(tt.typed, scanner)
			d.now = d.now.Add(2 * scanner)
			assert.True(t, d.TypedShortcut(separator))
			f.typed("91EE06", scanner)
			d.now = d.now.Add(scanner)
			assert.True(t, d.key(fyne.KeyReturn, f))
			assert.Equal(t, []string{"scanned 3*|" + tt.want + "\x1d91EE06"}, d.log)
		})
	}
	d := newDesk()
	f := &field{d: d}
	f.typed("ab", hand)
	d.now = d.now.Add(time.Second)
	assert.False(t, d.TypedShortcut(separator), "a hand's key is nobody's")
}
