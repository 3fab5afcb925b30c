package settings

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"kassa/ui/theme"
	"kassa/ui/uitest"
)

// TestLook draws every page in every drawing it must hold in. With KASSA_SHOTS
// set the pictures are kept in that folder, for looking at.
func TestLook(t *testing.T) {
	looks := []struct {
		name string
		size fyne.Size
		mode theme.Mode
		lang string
	}{
		{"light-1366-ru", uitest.Usual, theme.Light, "ru"},
		{"dark-1366-en", uitest.Usual, theme.Dark, "en"},
		{"light-1024-en", uitest.Small, theme.Light, "en"},
		{"dark-1024-ru", uitest.Small, theme.Dark, "ru"},
		{"light-1920-ru", uitest.Wide, theme.Light, "ru"},
	}
	scenes := map[string]func(d *desk){
		"shop":     func(d *desk) { d.open(TabShop) },
		"till":     func(d *desk) { d.office.locked = map[string]string{"till.theme": "KASSA_TILL_THEME"}; d.open(TabTill) },
		"money":    func(d *desk) { d.open(TabMoney) },
		"sms":      func(d *desk) { d.open(TabIntegrations); uitest.Press(d.Window, "F5") },
		"advanced": func(d *desk) { d.open(TabIntegrations); uitest.Press(d.Window, "F7", "F4") },
		"training": func(d *desk) { d.office.set.SMSProvider = "sandbox"; d.open(TabIntegrations) },
		"bad":      func(d *desk) { d.office.set.SMSTemplate = "Покупка на <amonut>"; d.open(TabIntegrations) },
		"send": func(d *desk) {
			d.open(TabIntegrations)
			uitest.Press(d.Window, "F6")
			uitest.Type(d.Window, "+79000000001")
			uitest.Press(d.Window, "Enter")
		},
		"contacts": func(d *desk) {
			d.office.set.ConfirmCredit, d.office.set.SMSProvider = "none", ""
			d.open(TabContacts)
		},
		"leave": func(d *desk) {
			d.open(TabShop)
			uitest.Press(d.Window, "Tab")
			uitest.Type(d.Window, "1")
			uitest.Press(d.Window, "Esc")
		},
	}
	for name, scene := range scenes {
		for _, l := range looks {
			t.Run(name+" "+l.name, func(t *testing.T) {
				d := newDesk(t, l.size, l.lang)
				d.SetTheme(theme.New(l.mode, 1))
				scene(d)
				if dir := os.Getenv("KASSA_SHOTS"); dir != "" {
					require.NoError(t, uitest.Shot(d.Window, filepath.Join(dir, "settings-"+name+"-"+l.name+".png")))
				}
				require.Empty(t, uitest.Faults(d.Window))
			})
		}
	}
	t.Run("the largest type in a small window", func(t *testing.T) {
		for name, scene := range scenes {
			d := newDesk(t, uitest.Small, "ru")
			d.SetTheme(theme.New(theme.Light, 1.25))
			scene(d)
			require.Empty(t, uitest.Faults(d.Window), name)
		}
	})
}
