// Package shoptest puts a true shop behind a screen under test: a shop of
// package tilltest, in a test window whose clock is the till's too. Only tests
// import it, so it may reach what a screen itself must not know. The end of every
// test proves the books.
package shoptest

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
	"kassa/print/pdf"
	"kassa/storage/images"
	"kassa/storage/local"
	"kassa/storage/tables"
	"kassa/ui"
	"kassa/ui/theme"
	"kassa/ui/uitest"
)

// Shop is a shop before an empty window; nobody is logged in.
type Shop struct {
	*uitest.Window
	T         testing.TB
	Books     *tilltest.Shop // the shop itself, with the verbs of its tests
	Till      *till.Till
	Store     *local.Store
	Sender    *postest.Sender // where codes go
	Env       *ui.Env
	Images    *images.Keeper
	ImagesDir string         // its folder
	Demo      *till.DemoShop // nil in an empty shop

	// Settings are what the till asks for anew in every operation: without
	// codes, in the language of the screen.
	Settings *pos.Settings

	// Disk stands between the till and its store once it is set: it saves a
	// transaction, or says what became of it.
	Disk func(save func() error) error

	Shown []string                     // the names of what was shown, in order
	Facts map[string]map[string]string // by name, as last told
}

// Open opens the demo shop in a light window of the given size.
func Open(t testing.TB, size fyne.Size, lang string) *Shop {
	t.Helper()
	w := uitest.Open(t, size)
	return open(t, w, tilltest.DemoAt(t, w.Clock, settings(lang)))
}

// OpenEmpty opens a shop in which nobody works yet.
func OpenEmpty(t testing.TB, size fyne.Size, lang string) *Shop {
	t.Helper()
	w := uitest.Open(t, size)
	return open(t, w, tilltest.EmptyAt(t, w.Clock, settings(lang)))
}

func settings(lang string) pos.Settings {
	return pos.Settings{Shop: "Магазин у дома", Till: "1", Language: lang, ReceiptLanguage: lang, Country: "RU", Currency: "RUB",
		Rules: pos.DefaultRules(), ConfirmPoints: pos.ConfirmNever, ConfirmCredit: pos.ConfirmNever, CodeLifetime: 5 * time.Minute}
}

// open puts a shop behind a window.
func open(t testing.TB, w *uitest.Window, shop *tilltest.Shop) *Shop {
	t.Helper()
	s := &Shop{Window: w, T: t, Books: shop, Store: shop.Store, Sender: shop.Sender, Demo: shop.Demo, Settings: &shop.Settings, Facts: map[string]map[string]string{}}
	p := shop.Params()
	p.Store = between{s.Store, s}
	s.Till = till.New(p)
	shop.Till = s.Till
	lang := s.Settings.Language
	s.Env = &ui.Env{Ctx: t.Context(), Kit: s.Kit, Till: s.Till, Runner: s.Runner, Tables: tables.Files{}, Documents: pdf.Files{}, Words: words.New(lang, "RUB", "").In(time.UTC), Watch: s.watch}
	s.Kit.Decimal = s.Env.Decimal
	s.ImagesDir = t.TempDir()
	s.Images = images.New(s.ImagesDir)
	s.Env.Pictures = ui.NewPictures(s.Env, s.Images)
	s.Show(container.NewStack())
	return s
}

// between is the store as the till reaches it, through the shop's disk.
type between struct {
	till.Store
	shop *Shop
}

func (b between) Update(ctx context.Context, fn func(till.Tx) error) error {
	save := func() error { return b.Store.Update(ctx, fn) }
	if b.shop.Disk == nil {
		return save()
	}
	return b.shop.Disk(save)
}

func (s *Shop) watch(screen string, facts map[string]string) {
	s.Shown = append(s.Shown, screen)
	s.Facts[screen] = maps.Clone(facts)
}

// Last is the name of what was shown last.
func (s *Shop) Last() string {
	if len(s.Shown) == 0 {
		return ""
	}
	return s.Shown[len(s.Shown)-1]
}

// Shows asserts what was shown last and, in pairs of name and value, some of its
// facts.
func (s *Shop) Shows(screen string, facts ...string) {
	s.T.Helper()
	require.Equal(s.T, screen, s.Last())
	told := s.Facts[screen]
	for i := 0; i < len(facts); i += 2 {
		require.Equal(s.T, facts[i+1], told[facts[i]], "%s of %s: %v", facts[i], screen, told)
	}
}

// Employee is the first demo employee of a group.
func (s *Shop) Employee(g pos.GroupID) till.DemoEmployee {
	s.T.Helper()
	for _, e := range s.Demo.Employees {
		if e.Group == g {
			return e
		}
	}
	s.T.Fatalf("nobody is in group %s", g)
	return till.DemoEmployee{}
}

// Login lets the first demo employee of a group in, past the lock screen.
func (s *Shop) Login(g pos.GroupID) {
	s.T.Helper()
	a, err := s.Till.Login(s.T.Context(), s.Employee(g).PIN)
	require.NoError(s.T, err)
	s.Env.Actor = a
}

// OpenShift opens a shift with 1000 in the drawer.
func (s *Shop) OpenShift() {
	s.T.Helper()
	_, err := s.Till.OpenShift(s.T.Context(), s.Env.Actor, 100_000)
	require.NoError(s.T, err)
}

// Scan scans a demo product by its number in the file, and waits until an Enter
// can no longer be the scanner's second line end.
func (s *Shop) Scan(i int) {
	uitest.Scan(s.Window, s.Demo.Products[i].Barcodes[0])
	s.Clock.Advance(time.Second)
}

// SetCustomer puts a demo customer on the cheque, by the number in the file.
func (s *Shop) SetCustomer(i int) {
	s.T.Helper()
	_, err := s.Till.SetCustomer(s.T.Context(), s.Env.Actor, till.FindCustomer{ID: s.Demo.Customers[i].ID})
	require.NoError(s.T, err)
}

// Fine asserts that nothing on the screen is cut off or lies over another text.
func (s *Shop) Fine() {
	s.T.Helper()
	require.Empty(s.T, uitest.Faults(s.Window))
}

// Picture asserts that the screen is Fine, and with KASSA_SHOTS set keeps a
// picture of it in that folder, for the eyes.
func (s *Shop) Picture(name string) {
	s.T.Helper()
	if dir := os.Getenv("KASSA_SHOTS"); dir != "" {
		require.NoError(s.T, uitest.Shot(s.Window, filepath.Join(dir, name+".png")))
	}
	require.Empty(s.T, uitest.Faults(s.Window), name)
}

// Look is a drawing in which a screen must hold.
type Look struct {
	Name  string
	Size  fyne.Size
	Mode  theme.Mode
	Lang  string
	Scale float32 // of letters and controls, 1 is usual
}

// Looks are the drawings in which every screen must hold.
var Looks = []Look{
	{"light-1366-ru", uitest.Usual, theme.Light, "ru", 1},
	{"dark-1366-en", uitest.Usual, theme.Dark, "en", 1},
	{"light-1024-en", uitest.Small, theme.Light, "en", 1},
	{"dark-1024-ru", uitest.Small, theme.Dark, "ru", 1},
	{"light-1920-ru", uitest.Wide, theme.Light, "ru", 1},
	{"large-1024-ru", uitest.Small, theme.Light, "ru", 1.25},
}

// ChangeGroup changes what a group may do, as the owner.
func (s *Shop) ChangeGroup(id pos.GroupID, change func(*pos.Group)) {
	s.T.Helper()
	owner, err := s.Till.Login(s.T.Context(), s.Employee(pos.GroupOwner).PIN)
	require.NoError(s.T, err)
	groups, err := s.Till.Groups(s.T.Context())
	require.NoError(s.T, err)
	for _, g := range groups {
		if g.ID == id {
			change(&g)
			require.NoError(s.T, s.Till.SaveGroup(s.T.Context(), owner, g))
		}
	}
}
