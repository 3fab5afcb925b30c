package stock

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/theme"
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

func (d *desk) open() *desk {
	Open(d.Env, func() { d.closed++ })
	return d
}

func (d *desk) press(names ...keys.Key) *desk { uitest.Press(d.Window, names...); return d }

func (d *desk) typed(text string) *desk { uitest.Type(d.Window, text); return d }

func (d *desk) scan(code string) *desk { uitest.Scan(d.Window, code); return d }

func (d *desk) product(i int) pos.Product {
	d.T.Helper()
	list, err := d.Till.SearchProducts(d.T.Context(), d.Demo.Products[i].SKU, 1)
	require.NoError(d.T, err)
	require.NotEmpty(d.T, list)
	return list[0]
}

// receiving is a draft with two goods.
func (d *desk) receiving() *desk {
	p := d.Demo.Products
	d.open().press("F2")
	d.scan(p[0].Barcodes[0]).scan(p[1].Barcodes[0]).scan(p[1].Barcodes[0])
	d.press("F8").typed("12").press("Enter").typed("31,50").press("Enter").typed("55").press("Enter")
	return d
}

var scenes = map[string]func(*desk){
	"receiving": func(d *desk) { d.receiving() },
	"line":      func(d *desk) { d.receiving().press("F8") },
	"journal": func(d *desk) {
		d.receiving().press("F9", "Enter", "F3").scan(d.Demo.Products[2].Barcodes[0]).press("Esc")
	},
	"post":   func(d *desk) { d.receiving().press("F9") },
	"posted": func(d *desk) { d.receiving().press("F9", "Enter", "Enter") },
	"reverse": func(d *desk) {
		d.receiving().press("F9", "Enter", "Enter", "F6")
	},
	"count": func(d *desk) {
		d.open().press("F4").scan(d.Demo.Products[0].Barcodes[0]).scan(d.Demo.Products[6].Barcodes[0]).typed("3,2").press("Enter")
	},
	"writeoff": func(d *desk) { d.open().press("F3").scan(d.Demo.Products[0].Barcodes[0]).press("F9", "Enter") },
	"pick":     func(d *desk) { d.open().press("F2").typed("ко").press("Enter") },
	"moves":    func(d *desk) { d.receiving().press("F9", "Enter", "Enter", "F7") },
}

// TestLook draws everything in every drawing it must hold in. With KASSA_SHOTS
// set the pictures are kept in that folder, for looking at.
func TestLook(t *testing.T) {
	for name, scene := range scenes {
		for _, l := range shoptest.Looks {
			t.Run(name+" "+l.Name, func(t *testing.T) {
				d := newDesk(t, l.Size, l.Lang)
				d.SetTheme(theme.New(l.Mode, l.Scale))
				scene(d)
				d.Picture("stock-" + name + "-" + l.Name)
			})
		}
	}
}

func TestReceiving(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru")
	was := d.product(1)
	d.receiving()
	d.Shows("stock.doc", "lines", "2", "line", was.SKU+" 12", "error", "")
	assert.True(t, uitest.HasText(d.Window, "378,00"), "twelve at 31.50")
	d.press("F9")
	d.Shows("stock.post", "lines", "2")
	d.press("Enter")
	d.Shows("stock", "rows", "1")
	now := d.product(1)
	assert.Equal(t, was.Stock+12_000, now.Stock)
	assert.EqualValues(t, 3150, now.Cost)
	assert.EqualValues(t, 5500, now.Price)
	d.press("Enter")
	d.Shows("stock.doc", "number", "1")
	d.press("F6", "Enter")
	d.Shows("stock.reverse", "error", "reason.short")
}

func TestDraft(t *testing.T) {
	t.Run("is kept with every change and opened again", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("F3").scan(d.Demo.Products[0].Barcodes[0])
		d.press("Shift+Tab").typed("истёк срок").press("Esc")
		d.Shows("stock", "rows", "1")
		list, err := d.Till.StockDocs(t.Context(), d.Env.Actor, pos.WriteOff, 0, 5)
		require.NoError(t, err)
		require.Equal(t, "истёк срок", list[0].Reason)
		d.press("Enter")
		d.Shows("stock.doc", "lines", "1")
		d.press("F9", "Enter")
		d.Shows("stock", "rows", "1")
		assert.Equal(t, d.Demo.Products[0].Stock-1000, d.product(0).Stock)
	})
	t.Run("without a reason says so and loses nothing", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("F3").scan(d.Demo.Products[0].Barcodes[0]).press("F9", "Enter")
		d.Shows("stock.doc", "lines", "1", "error", "stock.reason")
	})
	t.Run("an unknown code is told, a name is chosen from", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("F2").scan("4699999999999")
		d.Shows("stock.doc", "lines", "0", "error", "scan.unknown")
		d.typed("ко").press("Enter")
		require.Equal(t, "stock.pick", d.Last())
		d.press("Enter")
		require.Equal(t, "stock.line", d.Last())
		d.typed("много").press("Enter", "Enter", "Enter")
		d.Shows("stock.doc", "lines", "1")
	})
	t.Run("the only goods of a name need no choice, and the button says what Enter does", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("F2").typed(d.Demo.Products[6].Name).press("Enter")
		require.Equal(t, "stock.line", d.Last())
		require.True(t, uitest.HasText(d.Window, "Пришло, кг"), "%q", uitest.Texts(d.Window))
		require.True(t, uitest.HasText(d.Window, "Закупка за кг"))
		require.True(t, uitest.HasText(d.Window, "Дальше"))
		d.typed("700").press("Enter", "Enter")
		require.True(t, uitest.HasText(d.Window, "Записать"))
		d.press("Enter")
		require.Equal(t, "weight.doubt", d.Last())
		d.press("F3")
		d.Shows("stock.doc", "lines", "1", "line", d.Demo.Products[6].SKU+" 700")
	})
	t.Run("Del takes a line out, Ctrl+Del the draft", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("F2").scan(d.Demo.Products[0].Barcodes[0]).press("Del")
		d.Shows("stock.doc", "lines", "0")
		d.scan(d.Demo.Products[0].Barcodes[0]).press("Ctrl+Del")
		require.Equal(t, "stock.drop", d.Last())
		d.press("Del")
		d.Shows("stock", "rows", "0")
	})
	t.Run("goods by weight ask for the weight", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("F2").scan(d.Demo.Products[6].Barcodes[0])
		require.Equal(t, "stock.weight", d.Last())
		d.press("Esc")
		d.Shows("stock.doc", "lines", "0")
		d.scan(d.Demo.Products[6].Barcodes[0]).scan(d.Demo.Products[0].Barcodes[0])
		require.Equal(t, "stock.weight", d.Last(), "the milk waits for its turn")
		d.typed("12,5").press("Enter")
		d.Shows("stock.doc", "lines", "2", "line", d.Demo.Products[0].SKU+" 1")
		d.scan(d.Demo.Products[6].Barcodes[0]).typed("0,5").press("Enter")
		d.Shows("stock.doc", "lines", "2", "line", d.Demo.Products[6].SKU+" 13")
	})
	t.Run("a cashier may not", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		d.Login(pos.GroupCashier)
		d.open()
		d.Shows("stock", "error", "till.forbidden")
	})
}

func TestStocktake(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru").open()
	d.press("F4").scan(d.Demo.Products[0].Barcodes[0]).scan(d.Demo.Products[0].Barcodes[0])
	d.Shows("stock.doc", "line", d.Demo.Products[0].SKU+" 2")
	d.press("F8").typed("0").press("Enter")
	d.Shows("stock.doc", "line", d.Demo.Products[0].SKU+" 0")
	d.press("F4")
	require.NotEqual(t, "1", d.Facts["stock.doc"]["lines"], "everything else is counted none")
	d.press("F9", "Enter")
	assert.Zero(t, d.product(0).Stock)
	assert.Zero(t, d.product(5).Stock)
	d.press("F5", "F5", "F5")
	d.Shows("stock", "kind", "stocktake", "rows", "1")
	d.scan(d.Demo.Products[0].Barcodes[0])
	d.Shows("stock.moves", "rows", "2")
	d.press("Down", "Up", "Enter") // an Enter right after a scan is the scanner's
	d.Shows("stock.doc", "kind", "stocktake")
	d.press("Esc", "Esc", "Esc")
	assert.Equal(t, 1, d.closed)
}

func TestMarkup(t *testing.T) {
	share, ok := markup(100, 150)
	assert.True(t, ok)
	assert.EqualValues(t, 5000, share)
	_, ok = markup(0, 150)
	assert.False(t, ok)
}
