package keymap_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/keymap"
	"kassa/ui/keys"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// desk is the window of keys over three actions.
type desk struct {
	*shoptest.Shop
	saved  []string
	refuse error
	closed int
}

func open(t *testing.T) *desk {
	t.Helper()
	d := &desk{Shop: shoptest.Open(t, uitest.Usual, "ru")}
	d.Keys.Define(
		keys.Action{ID: "sale.pay", Label: "key.sale.pay", Key: "F9"},
		keys.Action{ID: "sale.drawer", Label: "key.sale.drawer", Key: "F7"},
		keys.Action{ID: "menu", Label: "key.menu", Key: "F10"})
	keymap.Open(d.Env, func(_ context.Context, _ pos.Actor, m string) error {
		d.saved = append(d.saved, m)
		return d.refuse
	}, func() { d.closed++ })
	require.Equal(t, "keymap", d.Last())
	d.Fine()
	return d
}

// choose goes down to an action and asks for its key.
func (d *desk) choose(id keys.ActionID) {
	d.T.Helper()
	uitest.Press(d.Window, keys.Home)
	for range 20 {
		uitest.Press(d.Window, keys.Enter)
		if d.Facts["keymap.ask"]["action"] == string(id) {
			return
		}
		uitest.Press(d.Window, keys.Esc, keys.Down)
	}
	d.T.Fatalf("%s is not in the list", id)
}

func TestKeymap_GivesAnotherKey(t *testing.T) {
	d := open(t)
	d.choose("sale.pay")
	uitest.Press(d.Window, "F4")
	require.Equal(t, "free", d.Facts["keymap.ask"]["verdict"])
	d.Fine()
	uitest.Press(d.Window, keys.Enter)
	assert.Equal(t, "1", d.Facts["keymap"]["own"])
	assert.Equal(t, keys.Key("F9"), d.Keys.KeyOf("sale.pay"), "not before it is saved")
	uitest.Press(d.Window, "Ctrl+S")
	assert.Equal(t, []string{"sale.pay=F4"}, d.saved)
	assert.Equal(t, keys.Key("F4"), d.Keys.KeyOf("sale.pay"))
	assert.Equal(t, 1, d.closed)
}

func TestKeymap_ShowsAConflictAndSwaps(t *testing.T) {
	d := open(t)
	d.choose("sale.pay")
	uitest.Press(d.Window, "F7")
	require.Equal(t, "swap", d.Facts["keymap.ask"]["verdict"])
	assert.True(t, uitest.HasText(d.Window, "поменяются клавишами"), uitest.Texts(d.Window))
	d.Fine()
	uitest.Press(d.Window, keys.Enter, "Ctrl+S")
	assert.Equal(t, []string{"sale.drawer=F9 sale.pay=F7"}, d.saved)
}

func TestKeymap_RefusesKeysOfTyping(t *testing.T) {
	for _, key := range []keys.Key{"7", "x", keys.Up, keys.Space} {
		d := open(t)
		d.choose("sale.pay")
		uitest.Press(d.Window, key)
		uitest.Press(d.Window, keys.Enter)
		assert.Equal(t, "0", d.Facts["keymap"]["own"], key)
	}
}

func TestKeymap_DelGivesTheUsualKeyBack(t *testing.T) {
	d := open(t)
	d.choose("sale.pay")
	uitest.Press(d.Window, "F4", keys.Enter)
	require.Equal(t, "1", d.Facts["keymap"]["own"])
	uitest.Press(d.Window, keys.Del)
	assert.Equal(t, "0", d.Facts["keymap"]["own"])
	uitest.Press(d.Window, keys.Esc)
	assert.Equal(t, 1, d.closed, "nothing is changed, nothing is asked")
}

func TestKeymap_LosesNothing(t *testing.T) {
	t.Run("Esc asks", func(t *testing.T) {
		d := open(t)
		d.choose("sale.pay")
		uitest.Press(d.Window, "F4", keys.Enter, keys.Esc)
		require.Equal(t, "keymap.leave", d.Last())
		uitest.Press(d.Window, keys.Enter)
		assert.Equal(t, []string{"sale.pay=F4"}, d.saved)
	})
	t.Run("a refusal keeps the draft", func(t *testing.T) {
		d := open(t)
		d.refuse = pos.E(pos.CodeForbidden, "till.forbidden", pos.Args{"Right": pos.RightSettings})
		d.choose("sale.pay")
		uitest.Press(d.Window, "F4", keys.Enter, "Ctrl+S")
		assert.Equal(t, string(pos.CodeForbidden), d.Facts["keymap"]["error"])
		assert.Equal(t, keys.Key("F9"), d.Keys.KeyOf("sale.pay"))
		assert.Zero(t, d.closed)
	})
}

func TestKeymap_SavesTheCardAsPDF(t *testing.T) {
	d := open(t)
	path := filepath.Join(t.TempDir(), "клавиши.pdf")
	uitest.Press(d.Window, "Ctrl+E")
	require.Equal(t, "savepdf", d.Last())
	uitest.Press(d.Window, "Ctrl+A")
	uitest.Type(d.Window, path)
	d.Fine()
	uitest.Press(d.Window, keys.Enter)
	d.Shows("savepdf.done", "file", path)
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "%PDF-", string(raw[:5]))
}
