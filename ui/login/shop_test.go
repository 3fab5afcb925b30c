package login

import (
	"testing"

	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// shop is a shop in a small test window; nobody is logged in.
type shop struct{ *shoptest.Shop }

// open opens a demo shop.
func open(t testing.TB) *shop { return &shop{shoptest.Open(t, uitest.Small, "ru")} }
