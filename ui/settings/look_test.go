package settings

import (
	"testing"

	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// TestLook draws every page in every drawing it must hold in. With KASSA_SHOTS
// set the pictures are kept in that folder, for looking at.
func TestLook(t *testing.T) {
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
		"labels": func(d *desk) {
			d.Settings.Labels.Rules = "20=weight/5"
			d.open(TabLabels)
			uitest.Press(d.Window, "Tab", "Tab")
			uitest.Scan(d.Window, "2000042012342")
		},
		"front": func(d *desk) { d.open(TabFront) },
		"leave": func(d *desk) {
			d.open(TabShop)
			uitest.Press(d.Window, "Tab")
			uitest.Type(d.Window, "1")
			uitest.Press(d.Window, "Esc")
		},
	}
	for name, scene := range scenes {
		for _, l := range shoptest.Looks {
			t.Run(name+" "+l.Name, func(t *testing.T) {
				d := newDesk(t, l.Size, l.Lang)
				d.SetTheme(theme.New(l.Mode, l.Scale))
				scene(d)
				d.Picture("settings-" + name + "-" + l.Name)
			})
		}
	}
}
