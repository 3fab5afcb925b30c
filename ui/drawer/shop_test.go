package drawer

import (
	"testing"

	"kassa/pos"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// shop is a shop in a small test window; nobody is logged in.
type shop struct{ *shoptest.Shop }

// open opens a demo shop.
func open(t testing.TB) *shop { return &shop{shoptest.Open(t, uitest.Small, "ru")} }

// login lets the first employee of a group in, past the lock screen.
func (s *shop) login(g pos.GroupID) *shop {
	s.Login(g)
	return s
}
