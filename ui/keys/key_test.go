package keys_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/ui/keys"
)

func TestParse(t *testing.T) {
	for in, want := range map[string]keys.Key{
		"F6": "F6", "f12": "F12", "shift+f8": "Shift+F8", "Shift+Ctrl+P": "Ctrl+Shift+P",
		"ctrl+л": "Ctrl+K", "Ctrl+Enter": "Ctrl+Enter", "del": "Del", "+": "+", "*": "*",
		"Ctrl++": "Ctrl++", " PgUp ": "PgUp",
	} {
		got, err := keys.Parse(in)
		require.NoError(t, err, in)
		assert.Equal(t, want, got, in)
	}
	for _, in := range []string{"", "F13", "Hyper+A", "Ctrl+", "Shift+a", "Ctrl+Alt+"} {
		_, err := keys.Parse(in)
		assert.Error(t, err, in)
	}
}

func TestFromEvent(t *testing.T) {
	const ctrl, shift, alt = fyne.KeyModifierControl, fyne.KeyModifierShift, fyne.KeyModifierAlt
	for _, tt := range []struct {
		name fyne.KeyName
		mod  fyne.KeyModifier
		want keys.Key
	}{
		{fyne.KeyF8, shift, "Shift+F8"},
		{fyne.KeyEnter, 0, "Enter"}, // the keypad's
		{fyne.KeyReturn, ctrl, "Ctrl+Enter"},
		{fyne.KeyK, ctrl, "Ctrl+K"},
		{fyne.KeyP, shift | ctrl | alt, "Ctrl+Alt+Shift+P"},
		{fyne.KeyK, 0, keys.None},        // comes as a rune
		{fyne.KeyPlus, shift, keys.None}, // too
		{fyne.KeySpace, 0, keys.None},    // too
		{fyne.KeyUnknown, ctrl, keys.None},
	} {
		assert.Equal(t, tt.want, keys.FromEvent(tt.name, tt.mod), "%s %d", tt.name, tt.mod)
	}
}

func TestToLatin(t *testing.T) {
	assert.Equal(t, "ABC-123/x", keys.ToLatin("ФИС-123.ч"), "a scan under the Russian layout")
	assert.Equal(t, "460/7", keys.ToLatin("460/7"), "nothing tells of a layout")
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"F6", "Ctrl+Л", "+", "Shift+", "++", "Ctrl++"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key, err := keys.Parse(s)
		if err != nil {
			return
		}
		again, err := keys.Parse(string(key))
		if err != nil || again != key {
			t.Fatalf("%q parsed to %q, which parses to %q, %v", s, key, again, err)
		}
	})
}

func TestToLatin_ReadsDigitsOfTheKazakhLayout(t *testing.T) {
	for typed, want := range map[string]string{
		`ң,қққққққққ"ү`: "4600000000018",
		`ә"әі`:          "2123",
		"оплата":        "jgkfnf",
		"аі":            "fs", // without a letter of its own it is the neighbours'
	} {
		assert.Equal(t, want, keys.ToLatin(typed), typed)
	}
}
