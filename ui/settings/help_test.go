package settings

import (
	"regexp"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/sms"
	"kassa/sms/sandbox"
	"kassa/sms/smsru"
	"kassa/ui/help"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
	"kassa/ui/widgets"
)

// helpKeys are all settings that are asked for in the window, those of every provider
// among them.
func helpKeys() []string {
	list := append(Keys(), passphraseKey)
	for _, v := range []sms.Vendor{smsru.Vendor(), sandbox.Vendor(nil, "")} {
		for _, f := range v.Declaration.Fields {
			list = append(list, v.Declaration.Key(f.Key))
		}
	}
	return list
}

var sentence = regexp.MustCompile(`[.!?][»”]?( [«“]?\p{Lu}|$)`)

// TestHelp_IsThereForEverySetting lists what is missing: two sentences in each language,
// with a figure somewhere in the example, and a picture.
func TestHelp_IsThereForEverySetting(t *testing.T) {
	figure := regexp.MustCompile(`[0-9]`)
	figures := 0
	for _, key := range helpKeys() {
		assert.NotEmpty(t, help.KindOf(key), "%s has no picture in ui/help", key)
		for _, lang := range words.Languages() {
			w := words.New(lang, "RUB", "")
			if !assert.True(t, w.Has(help.WordsID(key)), "%s: %s has no help", lang, help.WordsID(key)) {
				continue
			}
			text := w.T(help.WordsID(key), nil)
			ends := strings.NewReplacer("ул. ", "", "вул. ", "").Replace(text) // a street's name is no new sentence
			assert.Len(t, sentence.FindAllString(ends, -1), 2, "%s: %s is to be two sentences: %s", lang, key, text)
			if figure.MatchString(text) {
				figures++
			}
		}
	}
	assert.Greater(t, figures, len(helpKeys())*len(words.Languages())*9/10, "an example has figures")
}

// marks are the «?» in sight, in their order.
func marks(w *uitest.Window) (list []*widgets.HelpMark) {
	var look func(o fyne.CanvasObject)
	look = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		switch o := o.(type) {
		case *widgets.HelpMark:
			list = append(list, o)
		case *fyne.Container:
			for _, child := range o.Objects {
				look(child)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				look(child)
			}
		}
	}
	for _, root := range w.Fyne.Canvas().Overlays().List() {
		look(root)
	}
	return list
}

// TestHelp_EveryFieldHasItsSign taps every «?» of every page.
func TestHelp_EveryFieldHasItsSign(t *testing.T) {
	seen := map[string]bool{}
	for _, provider := range []string{smsru.ID, sandbox.ID} {
		d := newDesk(t, uitest.Usual, "ru")
		d.office.set.SMSProvider = provider
		for _, tab := range Tabs() {
			d.open(tab)
			if tab == TabIntegrations {
				uitest.Press(d.Window, "F7")
			}
			for i := range marks(d.Window) {
				mark := marks(d.Window)[i]
				require.GreaterOrEqual(t, mark.Size().Height, float32(theme.TouchHeight), "a finger has room")
				test.Tap(mark)
				d.Shows("help")
				key := d.Facts["help"]["about"]
				seen[key] = true
				d.Picture("help-" + key)
				uitest.Press(d.Window, "Esc")
				require.Equal(t, "settings", d.Keys.Top().Name)
			}
			uitest.Press(d.Window, "Esc")
		}
	}
	for _, key := range helpKeys() {
		assert.True(t, seen[key], "%s has no «?» on its page", key)
	}
}

func TestHelp_F1TellsAboutTheFieldInHand(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru")
	told := 0
	d.Kit.OnKeys = func() { told++ }
	d.open(TabMoney)
	uitest.Press(d.Window, "F1")
	require.Equal(t, 1, told, "the list of pages is no field: the keys are told")

	uitest.Press(d.Window, "Tab", "F1")
	d.Shows("help", "about", "points.earn_percent", "picture", "offer")
	require.True(t, uitest.HasText(d.Window, "30 баллов"))
	uitest.Press(d.Window, "Enter")
	require.Equal(t, "settings", d.Keys.Top().Name)
	field, ok := d.Kit.Focused().(keys.Field)
	require.True(t, ok, "the focus is back in the field")
	require.Equal(t, "3", field.Held())

	uitest.Press(d.Window, "F1", "F1")
	require.Equal(t, 2, told, "again: the keys of the window")
	require.Equal(t, "settings", d.Keys.Top().Name, "and the help has gone")
}

func TestHelp_DrawsWhatStandsInTheForm(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru").open(TabMoney)
	uitest.Press(d.Window, "Tab", "Ctrl+A")
	uitest.Type(d.Window, "10")
	uitest.Press(d.Window, "F1")
	require.True(t, uitest.HasText(d.Window, "63 балла"), "ten percent of 637,81, saved or not: %q", uitest.Texts(d.Window))
	uitest.Press(d.Window, "Esc", "PgUp", "PgUp", "Tab", "Ctrl+A")
	uitest.Type(d.Window, "Лавка")
	uitest.Press(d.Window, "F1")
	require.True(t, uitest.HasText(d.Window, "     Лавка"), "in the middle of the receipt: %q", uitest.Texts(d.Window))
	d.Fine()
}

// TestHelp_Look draws one help of each kind in every drawing it must hold in.
func TestHelp_Look(t *testing.T) {
	for _, l := range shoptest.Looks {
		t.Run(l.Name, func(t *testing.T) {
			d := newDesk(t, l.Size, l.Lang)
			d.SetTheme(theme.New(l.Mode, l.Scale))
			set := d.office.set
			set.Labels.Rules, set.Front.Display, set.Front.Tiles, set.Backup.At, set.Backup.Folders = "20=weight/5", true, true, "21:30", "/media/kassa/STICK"
			set.Paper.Connection, set.Paper.Address = "network", "192.168.0.50"
			kinds := map[string]bool{}
			for _, tab := range Tabs() {
				d.open(tab)
				for i := range marks(d.Window) {
					test.Tap(marks(d.Window)[i])
					kind := d.Facts["help"]["picture"]
					if !kinds[kind] {
						d.Picture("look-" + string(tab) + "-" + kind + "-" + l.Name)
					}
					kinds[kind] = true
					uitest.Press(d.Window, "Esc")
				}
				uitest.Press(d.Window, "Esc")
			}
		})
	}
}

// Each word to choose is said in the language of the screen: a new switch showed "true"
// and "false" to everybody.
func TestForm_EveryChoiceHasItsWords(t *testing.T) {
	written := map[string]bool{"till.scale": true, "till.receipt_width": true} // with the figure in a sentence
	for _, lang := range words.Languages() {
		w := words.New(lang, "RUB", "")
		for _, one := range form {
			if written[one.key] {
				continue
			}
			for _, option := range one.options {
				if id := "settings.option." + one.key + "." + option; !w.Has(id) {
					assert.Regexp(t, `^[0-9]+$`, option, "%s: %s is not said", lang, id)
				}
			}
		}
	}
}
