package people

import (
	"testing"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// desk is a demo shop with its owner before an empty window.
type desk struct {
	*shoptest.Shop
	closed int
}

func newDesk(t *testing.T, size fyne.Size, lang string) *desk {
	t.Helper()
	d := &desk{Shop: shoptest.Open(t, size, lang)}
	d.Login(pos.GroupOwner)
	return d
}

func (d *desk) onClosed() { d.closed++ }

func (d *desk) open() *desk {
	Open(d.Env, d.onClosed)
	return d
}

func (d *desk) press(names ...keys.Key) { uitest.Press(d.Window, names...) }

func (d *desk) typed(text string) { uitest.Type(d.Window, text) }
