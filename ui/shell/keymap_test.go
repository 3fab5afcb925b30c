package shell

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/ui/keymap"
	"kassa/ui/keys"
	"kassa/ui/settings"
	"kassa/ui/uitest"
)

// everyKey is a router that knows every action of the till.
func everyKey() *keys.Router {
	r := keys.NewRouter(nil)
	DefineKeys(r)
	return r
}

func TestKeys_EachHasItsNameAndMeansOneThing(t *testing.T) {
	r := everyKey()
	for _, lang := range words.Languages() {
		w := words.New(lang, "RUB", "")
		for _, a := range r.Actions() {
			assert.True(t, w.Has(a.Label), "%s has no name in %s: %q", a.ID, lang, a.Label)
			assert.True(t, w.Has("keymap.place."+a.Place), "%s: the place %q has no name in %s", a.ID, a.Place, lang)
		}
	}
	for _, a := range r.Actions() {
		other, taken := r.Clash(a.ID, a.Key)
		assert.False(t, taken, "%s and %s are both on %s", a.ID, other, a.Key)
	}
}

// actionNamed finds the ids of actions in the source of the window.
var actionNamed = regexp.MustCompile(`(?:keys\.ActionID\s*=\s*|keys\.Action\{ID: )"([^"]+)"`)

func TestKeys_EveryActionIsKnownBeforeItsScreenOpens(t *testing.T) {
	r, found := everyKey(), 0
	require.NoError(t, filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") ||
			strings.HasPrefix(path, "../keys/") || strings.HasPrefix(path, "../uitest/") {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range actionNamed.FindAllStringSubmatch(string(source), -1) {
			found++
			assert.NotEmpty(t, r.Action(keys.ActionID(m[1])).ID, "%s: %s is not among the actions of DefineKeys, so no shop can give it another key", path, m[1])
		}
		return nil
	}))
	require.Greater(t, found, 40)
}

func TestKeys_PresetsCanBe(t *testing.T) {
	for _, p := range keymap.Presets {
		assert.Empty(t, everyKey().SetMap(p.Keys), p.ID)
	}
}

// office keeps what is saved.
type office struct {
	settings.Admin
	s *shop
}

func (o office) Kept(context.Context) (*settings.Kept, error) {
	return &settings.Kept{Settings: *o.s.Settings}, nil
}

func (o office) Save(_ context.Context, _ pos.Actor, d settings.Draft) error {
	*o.s.Settings = d.Settings
	return nil
}

func TestShell_OwnKeys(t *testing.T) {
	s := selling(t, pos.GroupOwner)
	s.shell.Admin = office{s: s}
	uitest.Press(s.Window, "F10", MenuKey("keymap"))
	require.Equal(t, "keymap", s.Last())
	s.Fine()

	t.Run("a preset", func(t *testing.T) {
		uitest.Press(s.Window, "F5", "Ctrl+S")
		require.Equal(t, "sale.catalogue=Ins sale.pay=End", s.Settings.Keys)
		s.Scan(0)
		uitest.Press(s.Window, keys.End)
		require.Equal(t, "payment", s.Last())
		uitest.Press(s.Window, keys.Esc)
	})
	t.Run("hold after a start", func(t *testing.T) {
		s.open()
		s.shell.Start()
		s.login(pos.GroupOwner)
		uitest.Press(s.Window, keys.End)
		require.Equal(t, "payment", s.Last())
		uitest.Press(s.Window, keys.Esc)
	})
	t.Run("one that does not fit any more is told", func(t *testing.T) {
		s.Settings.Keys = "sale.pay=F7 sale.card=Ctrl+F9"
		s.open()
		assert.True(t, uitest.HasText(s.Window, "Одна клавиша из настроек"), uitest.Texts(s.Window))
		assert.Equal(t, keys.Key("F9"), s.Keys.KeyOf("sale.pay"))
		assert.Equal(t, keys.Key("Ctrl+F9"), s.Keys.KeyOf("sale.card"))
	})
}

func TestShell_Palette(t *testing.T) {
	t.Run("finds an action by a word of the other language and does it", func(t *testing.T) {
		s := selling(t, pos.GroupOwner)
		s.Scan(0)
		uitest.Press(s.Window, "Ctrl+K")
		require.Equal(t, "palette", s.Last())
		s.Fine()
		uitest.Type(s.Window, "payment")
		require.Equal(t, "sale.pay", s.Facts["palette"]["first"])
		uitest.Press(s.Window, keys.Enter)
		assert.Equal(t, "payment", s.Last())
	})
	t.Run("opens a page of the settings", func(t *testing.T) {
		s := selling(t, pos.GroupOwner)
		s.shell.Admin = office{s: s}
		uitest.Press(s.Window, "Ctrl+K")
		uitest.Type(s.Window, "bynt") // «инте» with the wrong layout
		require.Equal(t, "settings.page.integrations", s.Facts["palette"]["first"])
		uitest.Press(s.Window, keys.Enter)
		assert.Equal(t, "settings", s.Last())
		assert.Equal(t, "integrations", s.Facts["settings"]["tab"])
	})
	t.Run("a refusal is told", func(t *testing.T) {
		s := selling(t, pos.GroupCashier)
		uitest.Press(s.Window, "Ctrl+K")
		uitest.Type(s.Window, "Сотрудники")
		uitest.Press(s.Window, keys.Enter)
		assert.True(t, uitest.HasText(s.Window, "Нужно право"), uitest.Texts(s.Window))
	})
	t.Run("nothing found does nothing", func(t *testing.T) {
		s := selling(t, pos.GroupOwner)
		uitest.Press(s.Window, "Ctrl+K")
		uitest.Type(s.Window, "ъъъ")
		assert.Equal(t, "0", s.Facts["palette"]["found"])
		uitest.Press(s.Window, keys.Enter)
		assert.Equal(t, "palette", s.Last())
		uitest.Press(s.Window, keys.Esc)
		s.Scan(0)
		assert.Equal(t, "1", s.Facts["sale"]["lines"])
	})
}

func TestShell_Why(t *testing.T) {
	s := selling(t, pos.GroupCashier)
	s.Scan(0)
	uitest.Press(s.Window, "Shift+F1")
	require.Equal(t, "why", s.Last())
	require.Equal(t, "why.line", s.Facts["why"]["figure"])
	assert.True(t, uitest.HasText(s.Window, "× 1 шт"), uitest.Texts(s.Window))
	s.Fine()
	uitest.Press(s.Window, keys.Down)
	assert.Equal(t, "why.total", s.Facts["why"]["figure"])
	uitest.Press(s.Window, keys.Enter)
	s.Scan(1)
	assert.Equal(t, "2", s.Facts["sale"]["lines"], "the till goes on")

	uitest.Press(s.Window, "F1", "F2")
	assert.Equal(t, "why", s.Last(), "from the keys overlay as well")
}

func TestShell_OwnersPageTellsWhatRunsOut(t *testing.T) {
	s := selling(t, pos.GroupOwner)
	list, err := s.Till.SearchProducts(context.Background(), "хлеб", 1)
	require.NoError(t, err)
	require.NotEmpty(t, list)
	bread := list[0]
	bread.MinStock = bread.Stock + 1000
	_, err = s.Till.PutProduct(context.Background(), s.Env.Actor, bread)
	require.NoError(t, err)
	uitest.Press(s.Window, "F10", MenuKey("overview"))
	require.Equal(t, "overview", s.Last())
	assert.True(t, uitest.HasText(s.Window, "Заканчивается: "+bread.Name), uitest.Texts(s.Window))
	s.Fine()
}
