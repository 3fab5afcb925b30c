package widgets_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/widgets"
)

func TestEntry_OffersItsKeysToTheRouterFirst(t *testing.T) {
	w, scan, s := screen(t)
	w.Keys.Define(keys.Action{ID: "pay", Key: "F9"}, keys.Action{ID: "palette", Key: "Ctrl+K"},
		keys.Action{ID: "card", Key: "Ctrl+Enter"}, keys.Action{ID: "cheque", Key: "Shift+F8"},
		keys.Action{ID: "remove", Key: keys.Del}, keys.Action{ID: "more", Key: "+"})
	var log []string
	for _, id := range []keys.ActionID{"pay", "palette", "card", "cheque"} {
		s.Bind(id, func() { log = append(log, string(id)) })
	}
	s.Bind("remove", func() { log = append(log, "remove") }, keys.WhenEmpty())
	s.Bind("more", func() { log = append(log, "more") }, keys.WhenEmpty())
	scan.OnSubmitted = func(text string) { log = append(log, "submit "+text) }

	uitest.Press(w, "F9", "Ctrl+K", "Ctrl+Enter", "Shift+F8", keys.Del, "+")
	uitest.Type(w, "3+1")
	uitest.Press(w, keys.Enter)
	assert.Equal(t, []string{"pay", "palette", "card", "cheque", "remove", "more", "submit 3+1"}, log)
}

func TestEntry_TellsAScanFromTyping(t *testing.T) {
	w, scan, _ := screen(t)
	var log []string
	scan.OnScan = func(before, code string) { log = append(log, before+"|"+code); scan.Clear() }
	scan.OnSubmitted = func(text string) { log = append(log, "typed "+text); scan.Clear() }
	uitest.Type(w, "3*")
	uitest.Scan(w, "4600000000017")
	uitest.Mash(w, keys.Enter, 1, 150*time.Millisecond) // the scanner's second line end
	w.Clock.Advance(handPause)
	uitest.Type(w, "молоко")
	uitest.Press(w, keys.Enter)
	assert.Equal(t, []string{"3*|4600000000017", "typed молоко"}, log)
}

func TestEntry_WhatIsTypedNowhereLandsAtHome(t *testing.T) {
	w, scan, _ := screen(t)
	w.Fyne.Canvas().Unfocus()
	uitest.Type(w, "мол")
	assert.Equal(t, "мол", scan.Text())
	assert.True(t, scan.Focused())
	uitest.TapText(w, "На экране")
	assert.True(t, scan.Focused(), "a tapped button gives the focus back")
}

func TestEntry_AmountTakesOnlyAnAmount(t *testing.T) {
	w, _, s := screen(t)
	var scanned string
	s.OnScan = func(code string) { scanned = code }
	amount := w.Kit.Entry(widgets.AmountEntry, "0,00")
	var changes []string
	amount.OnChanged = func(text string) { changes = append(changes, text) }
	w.Show(amount)
	amount.Focus()
	uitest.Type(w, "a1x2.5,0")
	assert.Equal(t, "12,50", amount.Text())
	uitest.Type(w, "99")
	assert.Equal(t, "12,50", amount.Text(), "two digits after the comma")
	uitest.Press(w, keys.Home)
	uitest.Type(w, "3")
	assert.Equal(t, "312,50", amount.Text(), "but more before it")
	uitest.Scan(w, "4600000000017")
	assert.Equal(t, "312,50", amount.Text())
	assert.Equal(t, "4600000000017", scanned)
	assert.NotContains(t, changes, "a")

	w.Fyne.Canvas().Unfocus()
	amount.Focus()
	uitest.Type(w, "7")
	assert.Equal(t, "7", amount.Text(), "the focus selects all, typing replaces it")

	fyne.CurrentApp().Clipboard().SetContent("1 262.619 ₽")
	amount.Select()
	uitest.Press(w, "Ctrl+V")
	assert.Equal(t, "1262,61", amount.Text())
}

func TestEntry_SetTextIsSilent(t *testing.T) {
	w, scan, _ := screen(t)
	scan.OnChanged = func(string) { t.Error("only a person changes it") }
	scan.SetText("мол")
	scan.Clear()
	scan.OnChanged = nil
	scan.MaxLength = 3
	uitest.Type(w, "молоко")
	assert.Equal(t, "мол", scan.Text())
	fyne.CurrentApp().Clipboard().SetContent("сметана")
	scan.Select()
	uitest.Press(w, "Ctrl+V")
	assert.Equal(t, "сме", scan.Text())
}

func TestEntry_SeveralLines(t *testing.T) {
	w, _, _ := screen(t)
	area := w.Kit.Entry(widgets.AreaEntry, "")
	var saved string
	area.OnSubmitted = func(text string) { saved = text }
	next := w.Kit.Button("Дальше", widgets.Secondary, nil)
	w.Show(widgets.VBox(8, area, next))
	area.Focus()
	uitest.Type(w, "Код")
	uitest.Press(w, keys.Enter)
	uitest.Type(w, "два")
	uitest.Press(w, "Ctrl+Enter", keys.Tab)
	assert.Equal(t, "Код\nдва", saved)
	assert.Equal(t, fyne.Focusable(next), w.Kit.Focused(), "Tab leaves the field")
}

func TestEntry_HidesSecrets(t *testing.T) {
	w, _, _ := screen(t)
	pin := w.Kit.Entry(widgets.PINEntry, "")
	w.Show(pin)
	pin.Focus()
	uitest.Type(w, "12a34")
	assert.Equal(t, "1234", pin.Text())
	assert.False(t, uitest.HasText(w, "1"))
	pin.Clear()
	uitest.Scan(w, "460000000")
	assert.Empty(t, pin.Text())
}

func TestNumpad_TypesAndLeavesTheFocus(t *testing.T) {
	w, _, _ := screen(t)
	amount := w.Kit.Entry(widgets.AmountEntry, "0,00")
	amount.SetText("500,00")
	w.Show(widgets.VBox(8, amount, w.Kit.Numpad(amount, false)))
	amount.Focus()
	for _, key := range []string{"7", "5", ",", "9", "⌫", "1"} {
		uitest.TapText(w, key)
		assert.True(t, amount.Focused(), key)
	}
	assert.Equal(t, "75,1", amount.Text())
}

// TestEntry_IsDrawnAnewInItsThemeOfBefore keeps a field from telling Fyne its
// theme with each key, which makes Fyne forget fonts and sizes.
func TestEntry_IsDrawnAnewInItsThemeOfBefore(t *testing.T) {
	w := uitest.Open(t, uitest.Usual)
	e := w.Kit.Entry(widgets.AmountEntry, "0,00")
	w.Show(widgets.VBox(8, e))
	own := func() fyne.Theme { return fynetheme.CurrentForWidget(e.Focusable().(fyne.Widget)) }
	before := own()
	require.NotSame(t, fyne.CurrentApp().Settings().Theme(), before)
	e.Focus()
	uitest.Type(w, "12,50")
	e.SetMessage("Введите сумму", widgets.Bad)
	w.SetTheme(theme.New(theme.Dark, 1))
	assert.Equal(t, before.Size(fynetheme.SizeNameText), own().Size(fynetheme.SizeNameText), "the size of the field")
	before = own()
	e.Disable()
	e.Refresh()
	assert.Same(t, before, own())
}

// A comma and a point are both taken; what stands in the field is what the language
// of the screen writes, and groups of thousands never become a fraction.
func TestEntry_WritesAFractionAsTheLanguageDoes(t *testing.T) {
	for name, tt := range map[string]struct {
		mark               rune
		typed, stood, want string
	}{
		"a point becomes a comma":                 {',', "12.5", "", "12,5"},
		"a comma becomes a point":                 {'.', "12,5", "", "12.5"},
		"its own mark stays":                      {'.', "12.5", "", "12.5"},
		"a second mark is refused":                {'.', "1.2,5", "", "1.25"},
		"a grouped sum in English, made shorter":  {'.', "\b", "1,262.61", "1262.6"},
		"a grouped sum in Russian, made shorter":  {',', "\b", "1\u2009262,61", "1262,6"},
		"thousands without a fraction, made less": {'.', "\b", "1,262,000", "126200"},
	} {
		t.Run(name, func(t *testing.T) {
			w, _, _ := screen(t)
			w.Kit.Decimal = func() rune { return tt.mark }
			amount := w.Kit.Entry(widgets.AmountEntry, "")
			amount.SelectAll = false
			w.Show(amount)
			amount.SetText(tt.stood)
			amount.Focus()
			if tt.typed == "\b" {
				uitest.Press(w, keys.Backspace)
			} else {
				uitest.Type(w, tt.typed)
			}
			assert.Equal(t, tt.want, amount.Text())
		})
	}
}

func TestNumpad_HasTheMarkOfTheLanguage(t *testing.T) {
	for _, mark := range []string{",", "."} {
		w, _, _ := screen(t)
		w.Kit.Decimal = func() rune { return rune(mark[0]) }
		amount := w.Kit.Entry(widgets.AmountEntry, "")
		w.Show(widgets.VBox(8, amount, w.Kit.Numpad(amount, false)))
		amount.Focus()
		for _, key := range []string{"7", mark, "5"} {
			uitest.TapText(w, key)
		}
		assert.Equal(t, "7"+mark+"5", amount.Text())
	}
}

// A line of text has nothing to scroll: at some scales a bar stood in the field.
func TestEntry_OfOneLineHasNoBarAtAnyScale(t *testing.T) {
	for _, scale := range []float32{0.8, 1, 1.1, 1.25, 1.4, 1.5, theme.MaxScale} {
		for _, kind := range []widgets.EntryKind{widgets.TextEntry, widgets.SearchEntry, widgets.AmountEntry} {
			w := uitest.Open(t, fyne.NewSize(600, 200))
			w.SetTheme(theme.New(theme.Light, scale))
			e := w.Kit.Entry(kind, "")
			w.Show(widgets.VBox(8, e))
			e.SetText("1 281,67")
			bars := 0
			for _, o := range test.WidgetRenderer(e).Objects() {
				inner, is := o.(fyne.Disableable)
				if _, widget := o.(fyne.Widget); !is || !widget || inner == nil {
					continue
				}
				for _, part := range test.WidgetRenderer(o.(fyne.Widget)).Objects() {
					if s, ok := part.(*container.Scroll); ok {
						bars++
						assert.LessOrEqual(t, s.Content.MinSize().Height, s.Size().Height, "kind %v at %v", kind, scale)
					}
				}
			}
			require.Equal(t, 1, bars)
		}
	}
}
