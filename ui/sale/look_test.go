package sale

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/theme"
	"kassa/ui/uitest"
)

// TestScreen_Looks draws the screen in the states a cashier meets, in every
// look, and lets no text be cut off or lie over another. With KASSA_SHOTS set
// the pictures are kept in that folder.
func TestScreen_Looks(t *testing.T) {
	states := []struct {
		name string
		make func(s *shop)
	}{
		{"empty", func(*shop) {}},
		{"closed", func(s *shop) {
			_, err := s.Till.CloseShift(context.Background(), s.Env.Actor, 100000)
			require.NoError(s.T, err)
			s.screen.Refresh()
		}},
		{"cheque", rung},
		{"search", func(s *shop) { rung(s); uitest.Type(s.Window, "мол") }},
		{"unknown", func(s *shop) { rung(s); uitest.Scan(s.Window, "4609999999999") }},
		{"tenders", func(s *shop) {
			rung(s)
			_, _, err := s.Till.Tender(context.Background(), s.Env.Actor, pos.Cash, 10000)
			require.NoError(s.T, err)
			_, ch, err := s.Till.SpendPoints(context.Background(), s.Env.Actor, 100)
			require.NoError(s.T, err)
			_, err = s.Till.BringCode(context.Background(), s.Env.Actor, ch.ID, nil)
			require.NoError(s.T, err)
			s.screen.Refresh()
		}},
		{"qty", func(s *shop) { rung(s); uitest.Press(s.Window, "*") }},
		{"discount", func(s *shop) { rung(s); uitest.Press(s.Window, "F8"); uitest.Type(s.Window, "15") }},
		{"remove", func(s *shop) { rung(s); uitest.Press(s.Window, "Del") }},
		{"cancel", func(s *shop) { rung(s); uitest.Press(s.Window, "Ctrl+Del") }},
		{"park", func(s *shop) { rung(s); uitest.Press(s.Window, "F4") }},
		{"parked", func(s *shop) { rung(s); uitest.Press(s.Window, "F4", "Enter"); s.Scan(0); uitest.Press(s.Window, "F5") }},
		{"tiles", func(s *shop) { uitest.Press(s.Window, "Home", "Right", "Down") }},
		{"catalogue", func(s *shop) { uitest.Press(s.Window, "Home", "Home") }},
	}
	for _, look := range looks {
		for _, st := range states {
			t.Run(look.Name+"/"+st.name, func(t *testing.T) {
				s := open(t, look.Size, look.Lang)
				s.SetTheme(theme.New(look.Mode, look.Scale))
				s.show()
				st.make(s)
				if dir := os.Getenv("KASSA_SHOTS"); dir != "" {
					require.NoError(t, uitest.Shot(s.Window, filepath.Join(dir, "sale-"+st.name+"-"+look.Name+".png")))
				}
				if s.screen.v.list.Visible() {
					s.screen.v.lay.cheque.Hide() // the list lies over it on purpose
				}
				require.Empty(t, uitest.Faults(s.Window))
				if st.name == "cheque" {
					require.True(t, uitest.HasText(s.Window, "Чай чёрный"), "goods have room for their names")
					require.LessOrEqual(t, right(s.screen.v.tools.drop), right(s.screen.v.lay.cheque), "the tools stay on their card")
				}
			})
		}
	}
}

// right is where an object ends in the window.
func right(o fyne.CanvasObject) float32 {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).X + o.Size().Width
}

// rung rings up a cheque with something of everything.
func rung(s *shop) {
	s.T.Helper()
	s.Scan(0)
	uitest.Press(s.Window, "+")
	s.Scan(1)
	s.Scan(2)
	uitest.Press(s.Window, "Del")
	uitest.Type(s.Window, "передумал")
	uitest.Press(s.Window, "Enter")
	s.Scan(3)
	uitest.Press(s.Window, "F8")
	uitest.Type(s.Window, "10")
	uitest.Press(s.Window, "Enter")
	uitest.Type(s.Window, "20*"+s.Demo.Products[4].Barcodes[0])
	uitest.Press(s.Window, "Enter")
	s.customer(1)
}
