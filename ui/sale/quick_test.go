package sale

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/payment"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/widgets"
)

// told is a fact the screen tells of itself.
func (s *shop) told(name string) string { return s.Facts["sale"][name] }

// tap taps the tile or pill at an object of the strip that shows a text.
func (s *shop) tap(text string) {
	s.T.Helper()
	for _, o := range s.screen.v.quick.Content().(*fyne.Container).Objects {
		if !o.Visible() {
			continue
		}
		switch o := o.(type) {
		case *widgets.Tile:
			if o.Name == text {
				test.Tap(o)
				return
			}
		case *widgets.Pill:
			if o.Label == text {
				test.Tap(o)
				return
			}
		}
	}
	s.T.Fatalf("nothing on the tiles says %q: %v", text, s.faces())
}

// faces are the names on the tiles in sight.
func (s *shop) faces() (out []string) {
	for _, o := range s.screen.v.quick.Content().(*fyne.Container).Objects {
		if tile, ok := o.(*widgets.Tile); ok && tile.Visible() {
			out = append(out, tile.Name)
		}
	}
	return out
}

// lines are the names on the cheque.
func (s *shop) lines() (out []string) {
	for _, r := range s.screen.m.rows {
		out = append(out, r.line.Name)
	}
	return out
}

func TestQuick_Tap(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	require.Equal(t, "12", s.told("tiles"))
	first := s.faces()
	s.tap(first[2])
	s.tap(first[2])
	require.Equal(t, []string{first[2]}, s.lines())
	assert.Equal(t, "2", s.told("qty"))
	assert.Equal(t, "field", s.told("focus"))
	assert.Equal(t, first, s.faces(), "they stay where they are")

	uitest.Type(s.Window, "3*")
	s.tap(first[4])
	assert.Equal(t, "3", s.told("qty"), "a quantity typed before goes with the goods")
	assert.Empty(t, s.screen.v.field.Text())

	uitest.Type(s.Window, "мол")
	s.tap(first[0])
	assert.Equal(t, "мол", s.screen.v.field.Text(), "what else was typed stays")
}

func TestQuick_Numbers(t *testing.T) {
	t.Run("a number and Enter take a tile", func(t *testing.T) {
		s := open(t, uitest.Usual, "ru").show()
		uitest.Type(s.Window, "12")
		s.Clock.Advance(time.Second)
		require.Equal(t, "12", s.told("tile-marked"))
		require.False(t, s.screen.v.list.Visible(), "no list lies over the tile")
		uitest.Press(s.Window, "Enter")
		require.Equal(t, []string{s.faces()[11]}, s.lines())
		assert.Empty(t, s.told("tile-marked"))
		uitest.Type(s.Window, "2*3")
		uitest.Press(s.Window, "Enter")
		require.Equal(t, []string{s.faces()[11], s.faces()[2]}, s.lines())
		assert.Equal(t, "2", s.told("qty"))
	})
	t.Run("the article wins its number", func(t *testing.T) {
		s := open(t, uitest.Usual, "ru")
		candle(s, "5")
		s.show()
		uitest.Type(s.Window, "5")
		s.Clock.Advance(time.Second)
		assert.Empty(t, s.told("tile-marked"))
		uitest.Press(s.Window, "Enter")
		require.Equal(t, []string{"Свеча"}, s.lines())
		for _, o := range s.screen.v.quick.Content().(*fyne.Container).Objects {
			if tile, ok := o.(*widgets.Tile); ok && tile.Visible() {
				assert.NotEqual(t, "5", tile.Number, "its number is on no tile")
			}
		}
	})
	t.Run("which is meant is asked where an article came meanwhile", func(t *testing.T) {
		s := open(t, uitest.Usual, "ru").show()
		candle(s, "5")
		for _, want := range []string{"Свеча", s.faces()[4]} {
			uitest.Type(s.Window, "5")
			uitest.Press(s.Window, "Enter")
			require.Equal(t, "scan.several", s.told("error"))
			require.Equal(t, "2", s.told("found"))
			if want != "Свеча" {
				uitest.Press(s.Window, "Down")
			}
			uitest.Press(s.Window, "Enter")
			lines := s.lines()
			require.Equal(t, want, lines[len(lines)-1])
		}
	})
	t.Run("a scanned number is a code", func(t *testing.T) {
		s := open(t, uitest.Usual, "ru").show()
		s.screen.onScan("", "7")
		require.Empty(t, s.lines())
		require.Equal(t, "scan.unknown", s.told("error"))
	})
	t.Run("a number no tile has is a code", func(t *testing.T) {
		s := open(t, uitest.Usual, "ru").show()
		uitest.Type(s.Window, "13")
		uitest.Press(s.Window, "Enter")
		require.Equal(t, "scan.unknown", s.told("error"))
	})
}

// candle puts goods into the shop whose article is a number.
func candle(s *shop, sku string) {
	s.T.Helper()
	owner, err := s.Till.Login(s.T.Context(), s.Employee(pos.GroupOwner).PIN)
	require.NoError(s.T, err)
	_, err = s.Till.PutProduct(s.T.Context(), owner, pos.Product{SKU: sku, Name: "Свеча", Unit: "шт", Price: 1000, VAT: s.Demo.Products[0].VAT})
	require.NoError(s.T, err)
}

func TestQuick_Shelves(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	often := s.faces()
	uitest.Press(s.Window, "PgDn")
	require.Equal(t, "2", s.told("tile-page"))
	require.NotEqual(t, often, s.faces())
	uitest.Press(s.Window, "PgDn")
	require.Equal(t, often, s.faces())

	uitest.Press(s.Window, "Ctrl+PgDn")
	shelf := s.told("tile-shelf")
	require.NotEmpty(t, shelf)
	for _, name := range s.faces() {
		for _, p := range s.Demo.Products {
			if p.Name == name {
				assert.Equal(t, shelf, p.Category)
			}
		}
	}
	uitest.Press(s.Window, "Ctrl+PgUp", "Ctrl+PgUp")
	last := s.told("tile-shelf")
	assert.NotEqual(t, shelf, last)
	require.True(t, uitest.HasText(s.Window, last), "the open category is in sight")
	s.tap("Частые")
	assert.Equal(t, often, s.faces())
	s.tap("Хлеб")
	require.Equal(t, "Хлеб", s.told("tile-shelf"))
	s.tap(s.faces()[0])
	require.Len(t, s.lines(), 1)
	require.Equal(t, "Хлеб", s.told("tile-shelf"), "it stays open while goods go in")
}

func TestQuick_FoldsForTheCheque(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	var rows []string
	for i := range 16 {
		s.Scan(i)
		if uitest.Press(s.Window, "Esc"); s.Last() != "sale" {
			continue
		}
		if r := s.told("tile-rows"); len(rows) == 0 || rows[len(rows)-1] != r {
			rows = append(rows, r)
		}
		least := s.screen.v.lay.cheque.Size().Height
		require.GreaterOrEqual(t, least, theme.Px(34+5*theme.TouchHeight), "the cheque keeps five lines")
	}
	require.Equal(t, []string{"2", "1", "0"}, rows)
	require.Equal(t, "0", s.told("tiles"))
	uitest.Press(s.Window, "Ctrl+Del")
	uitest.Type(s.Window, "проверка")
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "0", s.told("lines"))
	require.Equal(t, "2", s.told("tile-rows"), "they are back on the next cheque")
}

// TestQuick_StandInLargeLetters: larger letters alone take no tiles away.
func TestQuick_StandInLargeLetters(t *testing.T) {
	for _, scale := range []float32{1.1, 1.25} {
		s := open(t, uitest.Usual, "ru").show()
		s.SetTheme(theme.New(theme.Light, scale))
		s.Resize(fyne.NewSize(1366, 768-26*scale)) // under the bar
		require.NotZero(t, s.screen.v.quick.RowsShown(), scale)
		s.Fine()
		s.Scan(0)
		require.NotZero(t, s.screen.v.quick.RowsShown(), scale)
		require.GreaterOrEqual(t, s.screen.v.lay.cheque.Size().Height, theme.Px(34+3*theme.TouchHeight), "the cheque keeps three lines")
		s.Picture(fmt.Sprint("tiles-", scale))
	}
}

// TestQuick_AFoldUnderTheFinger: a tap meant for the tile that stood there before
// takes nothing.
func TestQuick_AFoldUnderTheFinger(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	for i := 0; s.told("tile-rows") == "2"; i++ {
		uitest.Scan(s.Window, s.Demo.Products[i].Barcodes[0])
	}
	require.Equal(t, "1", s.told("tile-rows"))
	n, name := len(s.lines()), s.faces()[1]
	s.tap(name)
	require.Len(t, s.lines(), n)
	s.Clock.Advance(time.Second)
	s.tap(name)
	require.Contains(t, s.lines(), name)
}

func TestQuick_NoTiles(t *testing.T) {
	s := open(t, uitest.Usual, "ru")
	s.Settings.Front.Tiles = false
	s.show()
	require.Nil(t, s.screen.v.quick)
	uitest.Type(s.Window, "1")
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "scan.unknown", s.told("error"))
	uitest.Press(s.Window, "Home")
	require.Equal(t, "sale.tiles", s.Last(), "the board is there all the same")
}

// TestQuick_CostsNothingAScan: what a scan does not change is not drawn.
func TestQuick_CostsNothingAScan(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.Scan(0)
	before := s.screen.v.quick.Drawn()
	for i := range 3 {
		s.Scan(i)
	}
	require.Equal(t, before, s.screen.v.quick.Drawn())
	require.NotZero(t, before)
}

// TestQuick_Targets: fingers hit every tile and pill at any scale.
func TestQuick_Targets(t *testing.T) {
	for _, scale := range []float32{0.8, 1, 1.25} {
		s := open(t, uitest.Wide, "ru")
		s.SetTheme(theme.New(theme.Light, scale))
		s.show()
		require.NotEqual(t, "0", s.told("tile-rows"))
		for _, o := range s.screen.v.quick.Content().(*fyne.Container).Objects {
			if _, text := o.(*widgets.Text); text || !o.Visible() {
				continue
			}
			assert.GreaterOrEqual(t, o.Size().Height, theme.Px(44))
			assert.GreaterOrEqual(t, o.Size().Width, theme.Px(44))
		}
	}
}

// TestQuick_AsksTheWeight: goods by weight are not put as one kilogram, by a tap or by
// their number.
func TestQuick_AsksTheWeight(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	require.Equal(t, "Бананы", s.faces()[0])
	require.True(t, uitest.HasText(s.Window, "149,90\u00a0/\u00a0кг"), "the price and its unit stay together")
	s.tap("Бананы")
	require.Empty(t, s.lines())
	uitest.Type(s.Window, "0,5")
	uitest.Press(s.Window, "Enter")
	require.Equal(t, []string{"Бананы"}, s.lines())
	require.Equal(t, "0.5", s.told("qty"))
	uitest.Type(s.Window, "1")
	uitest.Press(s.Window, "Enter")
	require.NotEqual(t, "sale", s.Last())
	uitest.Type(s.Window, "0,25")
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "0.75", s.told("qty"))
}

// press taps where a text that begins so stands on the screen, the one on top of all, as a finger
// does.
func (s *shop) press(text string) {
	s.T.Helper()
	spots := uitest.Spots(s.Window)
	for i := len(spots) - 1; i >= 0; i-- {
		if strings.HasPrefix(spots[i].Text, text) {
			s.Clock.Advance(time.Second)
			test.TapCanvas(s.Window.Fyne.Canvas(), spots[i].Position.AddXY(4, 4))
			return
		}
	}
	s.T.Fatalf("%q is not on the screen: %v", text, uitest.Texts(s.Window))
}

// TestQuick_WholeSaleByTouch counts the taps of a sale: a tile, payment, cash as it
// stands, done.
func TestQuick_WholeSaleByTouch(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	var sold *pos.Sale
	s.screen.h.Pay = func(v *till.ChequeView) {
		payment.Open(s.Env, v, func(done *pos.Sale) { sold = done; s.screen.Refresh() })
	}
	name := s.faces()[1]
	s.tap(name)
	taps := 1
	for _, words := range []string{"Оплата", "Принять", "Завершить"} {
		s.press(words)
		taps++
	}
	require.NotNil(t, sold, "%v", uitest.Texts(s.Window))
	require.Equal(t, name, sold.Lines[0].Name)
	require.Equal(t, 4, taps)
	require.Equal(t, "0", s.told("lines"))
	require.Equal(t, "12", s.told("tiles"))
}

// A toast lies over the lower lines of the cheque: whoever reads it still sees the
// tiles and the tools of the line.
func TestQuick_ToastsCoverNoTile(t *testing.T) {
	for _, size := range []fyne.Size{uitest.Small, uitest.Usual, uitest.Wide} {
		for _, scale := range []float32{1, 1.25, 1.6} {
			s := open(t, size, "ru").show()
			s.SetTheme(theme.New(theme.Light, scale))
			s.Resize(size)
			s.Scan(0)
			s.Kit.Toast("Смена открыта", widgets.Good)
			at := func(o fyne.CanvasObject) fyne.Position {
				return fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
			}
			i := slices.IndexFunc(uitest.Spots(s.Window), func(one uitest.Spot) bool { return one.Text == "Смена открыта" })
			require.GreaterOrEqual(t, i, 0)
			toast := uitest.Spots(s.Window)[i]
			require.Less(t, toast.Position.Y+toast.Size.Height, at(s.screen.v.tools.box).Y, "%v at %v", size, scale)
			require.Greater(t, toast.Position.Y, at(s.screen.v.lines).Y, "%v at %v", size, scale)
		}
	}
}
