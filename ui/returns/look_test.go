package returns

import (
	"testing"
	"time"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/uitest/shoptest"
)

// TestLooks draws the screen in every look. With KASSA_SHOTS set the pictures
// are kept in that folder.
func TestLooks(t *testing.T) {
	for _, look := range shoptest.Looks {
		for name, draw := range map[string]func(*shop){
			"find": func(s *shop) { s.enter() },
			"pick": func(s *shop) {
				s.enter().press(keys.Enter, keys.Enter, "F8", "F2", "F7", keys.Down, "+")
			},
			"settle": func(s *shop) {
				s.enter().press(keys.Enter, "F5", "F9", "F2", keys.Enter)
				s.Clock.Advance(time.Second)
			},
			"bare": func(s *shop) {
				s.enter().press("F6")
				s.Scan(0)
				s.press("F9")
			},
			"abandon": func(s *shop) { s.enter().press(keys.Enter, keys.Enter, keys.PgUp) },
			"qty":     func(s *shop) { s.enter().press(keys.Enter, "*") },
		} {
			t.Run(look.Name+"/"+name, func(t *testing.T) {
				s := open(t, look.Size, look.Lang, pos.GroupOwner)
				s.SetTheme(theme.New(look.Mode, look.Scale))
				s.sell(1000, 0, 0, 2)
				s.sell(3000, 50, 100_00, 0, 1, 2, 4)
				draw(s)
				s.Picture("returns-" + name + "-" + look.Name)
			})
		}
	}
}
