package goods

import (
	"testing"

	"kassa/ui/theme"
	"kassa/ui/uitest/shoptest"
)

// TestLook draws everything in every drawing it must hold in. With KASSA_SHOTS
// set the pictures are kept in that folder, for looking at.
func TestLook(t *testing.T) {
	for name, scene := range scenes {
		for _, l := range shoptest.Looks {
			t.Run(name+" "+l.Name, func(t *testing.T) {
				d := newDesk(t, l.Size, l.Lang)
				d.SetTheme(theme.New(l.Mode, l.Scale))
				scene(d)
				d.Picture("goods-" + name + "-" + l.Name)
			})
		}
	}
}
