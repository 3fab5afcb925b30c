package goods

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/imports"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/storage/tables"
	"kassa/ui/task"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

var scenes = map[string]func(d *desk){
	"list":    func(d *desk) { d.open() },
	"search":  func(d *desk) { d.open(); d.typed("ко") },
	"nothing": func(d *desk) { d.open(); d.typed("ананас") },
	"card":    func(d *desk) { d.open().press("Enter") },
	"new":     func(d *desk) { d.open().press("F3", "Ctrl+S") },
	"import":  func(d *desk) { Import(d.Env, KindProducts, d.onClosed) },
	"bad": func(d *desk) {
		Import(d.Env, KindProducts, d.onClosed)
		d.path(d.file("p.csv", "артикул;название;цена\nA1;Хлеб;12,50\nA2;;5\nA3;Соль;много\n"))
		d.press("Enter")
	},
	"fine": func(d *desk) {
		Import(d.Env, KindProducts, d.onClosed)
		d.path(d.file("p.csv", "артикул;название;цена;цвет\nA1;Хлеб;12,50;серый\n"))
		d.press("Enter")
	},
	"chooser": func(d *desk) {
		d.file("товары.csv", "")
		dir := filepath.Dir(d.file("x.csv", ""))
		require.NoError(d.T, os.Mkdir(filepath.Join(dir, "Архив"), 0o755))
		Import(d.Env, KindCustomers, d.onClosed)
		d.path(dir)
		d.press("F2")
	},
	"export": func(d *desk) { d.open().press("F7") },
	"pictured": func(d *desk) {
		d.pictured()
		d.open()
	},
	"pictured card": func(d *desk) {
		d.pictured()
		d.open().press("Enter")
	},
	"picture": func(d *desk) {
		d.pictured()
		d.open().press("Enter", "Ctrl+I")
	},
	"categories":     func(d *desk) { Categories(d.Env, d.onClosed) },
	"category":       func(d *desk) { Categories(d.Env, d.onClosed); d.press("Enter") },
	"category merge": func(d *desk) { Categories(d.Env, d.onClosed); d.press("F6") },
}

// file writes a file into a folder of the test.
func (d *desk) file(name, text string) string {
	d.T.Helper()
	path := filepath.Join(d.folder(), name)
	require.NoError(d.T, os.WriteFile(path, []byte(text), 0o600))
	return path
}

var folders = map[*desk]string{}

func (d *desk) folder() string {
	if folders[d] == "" {
		folders[d] = d.T.TempDir()
	}
	return folders[d]
}

// path types a path; slowly, as a hand does.
func (d *desk) path(text string) { d.typed(text) }

func (d *desk) product(sku string) *pos.Product {
	d.T.Helper()
	list, err := d.Till.Products(d.T.Context(), d.Env.Actor, "", "", 1000)
	require.NoError(d.T, err)
	for i := range list {
		if list[i].SKU == sku {
			return &list[i]
		}
	}
	return nil
}

func TestGoods_Find(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru").open()
	all := d.Facts["goods"]["rows"]
	require.True(t, uitest.HasText(d.Window, d.Env.Words.Money().Bare(d.product(d.Facts["goods"]["selected"]).Price)))
	require.NotEqual(t, "0", all)
	p := d.Demo.Products[0]
	word := []rune(strings.Fields(p.Name)[0])
	d.typed(string(word))
	assert.NotEqual(t, all, d.Facts["goods"]["rows"])
	assert.Contains(t, pos.Fold(d.product(d.Facts["goods"]["selected"]).Name), pos.Fold(string(word)))
	d.press("F2")
	assert.Equal(t, all, d.Facts["goods"]["rows"])
	d.typed("ананас")
	assert.Equal(t, "0", d.Facts["goods"]["rows"])
	d.press("Enter")
	assert.Equal(t, "goods", d.Last(), "there is nothing to open")
	d.press("Esc")
	assert.Equal(t, 1, d.closed)
}

func TestGoods_AnEmptyShopIsToldHowToBegin(t *testing.T) {
	d := &desk{Shop: shoptest.OpenEmpty(t, uitest.Usual, "ru")}
	owner, err := d.Till.CreateOwner(t.Context(), "Анна", "271828")
	require.NoError(t, err)
	d.Env.Actor = owner
	d.open()
	require.True(t, uitest.HasText(d.Window, "Товаров ещё нет. Загрузите их из файла (F5) или заведите первый (F3)."))
	d.typed("ананас")
	require.True(t, uitest.HasText(d.Window, "Проверьте написание"))
}

func TestGoods_ScanOpensTheProduct(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru").open()
	p := d.Demo.Products[3]
	uitest.Scan(d.Window, p.Barcodes[0])
	assert.Equal(t, p.SKU, d.Facts["goods.card"]["sku"])
	assert.True(t, uitest.HasText(d.Window, p.Name))
}

// A marking code is of goods like any other, and a new product keeps its number
// alone: each piece has another code.
func TestGoods_ScanOfAMarkingCode(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru").open()
	p := d.Demo.Products[3]
	uitest.Scan(d.Window, "]d2010"+p.Barcodes[0]+"215abcDEF\x1d91EE06")
	assert.Equal(t, p.SKU, d.Facts["goods.card"]["sku"])

	d = newDesk(t, uitest.Usual, "ru").open()
	uitest.Scan(d.Window, "]d20104600999999994215abcDEF\x1d91EE06")
	d.press("F3")
	assert.True(t, uitest.HasText(d.Window, "4600999999994"))
	d.typed("Новое")
	d.press("Esc")
}

func TestGoods_Card(t *testing.T) {
	t.Run("changes a product whole", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("Enter")
		was := d.product(d.Facts["goods.card"]["sku"])
		d.press("Ctrl+A")
		d.typed("Новое имя")
		d.press("Enter", "Enter", "Enter", "Ctrl+A")
		d.typed("123,45")
		uitest.Scan(d.Window, "4600000099999") // a price takes no scan: it becomes a barcode
		d.press("Ctrl+S")
		require.Equal(t, "goods", d.Last(), uitest.Texts(d.Window))
		now := d.product(was.SKU)
		want := *was
		want.Name, want.Price, want.Barcodes = "Новое имя", 12345, append(append([]string(nil), was.Barcodes...), "4600000099999")
		assert.Equal(t, want, *now)
	})
	t.Run("makes a new one", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("F3")
		d.typed("Арбуз")
		d.press("Tab")
		d.typed("AR-1")
		d.press("Tab", "Tab")
		d.typed("49,9")
		d.press("Ctrl+S")
		p := d.product("AR-1")
		require.NotNil(t, p, uitest.Texts(d.Window))
		assert.EqualValues(t, 4990, p.Price)
		assert.Equal(t, "шт", p.Unit)
		assert.Equal(t, pos.NoVAT, p.VAT)
	})
	t.Run("refuses at the field, one after the other, where the cursor then stands", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru").open()
		d.press("F3")
		for _, typed := range []string{"Хлеб", "много"} {
			d.press("Ctrl+S")
			require.Equal(t, "invalid", d.Facts["goods.card"]["error"], typed)
			d.typed(typed)
		}
		d.press("Shift+Tab", "Shift+Tab")
		d.typed(d.Demo.Products[0].SKU)
		d.press("Ctrl+S")
		assert.True(t, uitest.HasText(d.Window, "«много»"), "what could not be read is told")
		d.press("Ctrl+A")
		d.typed("5")
		d.press("Ctrl+S")
		assert.Equal(t, "conflict", d.Facts["goods.card"]["error"])
		assert.True(t, uitest.HasText(d.Window, d.Demo.Products[0].Name), "the refusal names whose it is")
		assert.True(t, uitest.HasText(d.Window, "Хлеб"), "nothing typed is lost")
	})
	t.Run("needs no price where the till asks for it", func(t *testing.T) {
		d := newDraft(newDesk(t, uitest.Usual, "ru").Env, nil)
		d.name, d.sku = "Букет", "B"
		_, field, err := d.read()
		require.Error(t, err)
		assert.Equal(t, fieldPrice, field)
		d.flags.AskPrice = true
		p, _, err := d.read()
		require.NoError(t, err)
		assert.Zero(t, p.Price)
	})
	t.Run("needs the right", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		d.Login(pos.GroupCashier)
		d.open().press("Enter", "Ctrl+S", "Esc")
		assert.Equal(t, "products", d.Facts["approval"]["right"])
		assert.Equal(t, "forbidden", d.Facts["goods.card"]["error"])
	})
}

func TestDraft_Stock(t *testing.T) {
	for text, want := range map[string]money.Quantity{"": 0, "0": 0, "0,000": 0, "-0": 0, "5": 5000, "-2,5": -2500, "\u22121": -1000, " 3 ": 3000} {
		got, err := parseStock(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{"много", "1,2345", "-", "--1", ",", "1e9"} {
		_, err := parseStock(text)
		assert.Error(t, err, text)
	}
}

func TestGoods_PagesThroughALongCatalogue(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru")
	var b strings.Builder
	b.WriteString("sku;name;price\n")
	for i := range 2*pageSize + 50 {
		fmt.Fprintf(&b, "L%04d;Список %04d;1\n", i, i)
	}
	_, err := d.Till.Import(t.Context(), d.Env.Actor, till.Import{Kind: imports.KindProducts, Open: imports.Text(b.String())})
	require.NoError(t, err)
	d.open()
	require.Equal(t, fmt.Sprint(pageSize), d.Facts["goods"]["rows"])
	seen := map[string]bool{}
	for range 70 {
		d.press("PgDn")
		seen[d.Facts["goods"]["rows"]] = true
	}
	total := 2*pageSize + 50 + len(d.Demo.Products)
	assert.Equal(t, fmt.Sprint(total), d.Facts["goods"]["rows"])
	assert.True(t, seen[fmt.Sprint(2*pageSize)], "one page at a time")
}

func TestGoods_SlowSearchIsOvertaken(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru")
	q := &task.Queue{}
	d.Env.Runner = q
	d.open()
	d.typed("ко")
	require.Equal(t, 3, q.Len())
	q.Finish(2)
	found := d.Facts["goods"]["rows"]
	q.Finish(0)
	q.Finish(0)
	assert.Equal(t, found, d.Facts["goods"]["rows"])
	assert.Equal(t, "ко", d.Facts["goods"]["query"])
}

func TestImport(t *testing.T) {
	const good = "артикул;название;цена\nN1;Хлеб;12,50\nN2;Соль;5\n"
	t.Run("tries first, then stores on the second Enter", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		Import(d.Env, KindProducts, d.onClosed)
		d.path(d.file("p.csv", good))
		d.press("Enter")
		f := d.Facts["goods.import"]
		assert.Equal(t, []string{"2", "0", "0", "false"}, []string{f["new"], f["updated"], f["bad"], f["done"]})
		assert.Nil(t, d.product("N1"), "a dry run stores nothing")
		assert.True(t, uitest.HasText(d.Window, "Загрузить 2 строки"))
		d.press("Enter")
		assert.Equal(t, "true", d.Facts["goods.import"]["done"])
		require.NotNil(t, d.product("N1"))
		assert.EqualValues(t, 1250, d.product("N1").Price)
		d.press("Enter")
		assert.Equal(t, 1, d.closed)
	})
	t.Run("names every bad row and stores nothing", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		Import(d.Env, KindProducts, d.onClosed)
		path := d.file("p.csv", "артикул;название;цена\nN1;Хлеб;12,50\nN2;;5\nN3;Соль;много\n")
		d.path(path)
		d.press("Enter")
		assert.Equal(t, "2", d.Facts["goods.import"]["bad"])
		for _, text := range []string{"3", "4", "название", "цена"} {
			assert.Contains(t, uitest.Texts(d.Window), text)
		}
		assert.Nil(t, d.product("N1"))
		// Mended meanwhile, the blue button looks again.
		require.NoError(t, os.WriteFile(path, []byte(good), 0o600))
		d.press("Enter")
		assert.Equal(t, "0", d.Facts["goods.import"]["bad"])
		assert.Nil(t, d.product("N1"), "looking again stores nothing either")
	})
	t.Run("another path forgets the dry run", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		Import(d.Env, KindProducts, d.onClosed)
		d.path(d.file("p.csv", good))
		d.press("Enter")
		d.typed("x")
		d.press("Enter")
		assert.Equal(t, "", d.Facts["goods.import"]["new"])
		assert.True(t, uitest.HasText(d.Window, "p.csvx нет"))
		assert.Nil(t, d.product("N1"))
	})
	t.Run("customers", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		Import(d.Env, KindCustomers, d.onClosed)
		d.path(d.file("c.csv", "имя;телефон\nПроба Пробная;+79000000990\n"))
		d.press("Enter", "Enter")
		list, err := d.Till.SearchCustomers(t.Context(), d.Env.Actor, "Проба", 5)
		require.NoError(t, err)
		assert.Len(t, list, 1)
	})
	t.Run("Esc stops a run and tells what became of it", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		q := &task.Queue{}
		d.Env.Runner = q
		Import(d.Env, KindProducts, d.onClosed)
		d.path(d.file("p.csv", good))
		d.press("Enter")
		assert.Equal(t, "true", d.Facts["goods.import"]["busy"])
		d.press("Enter")
		require.Equal(t, 1, q.Len(), "Enter does not start a second run")
		d.press("Esc")
		assert.Equal(t, "true", d.Facts["goods.import"]["busy"], "nobody knows yet whether anything was stored")
		q.Finish(0)
		assert.Equal(t, "false", d.Facts["goods.import"]["busy"])
		assert.Equal(t, "", d.Facts["goods.import"]["new"])
		assert.True(t, uitest.HasText(d.Window, "ничего не сохранено"))
		d.press("Esc")
		assert.Equal(t, 1, d.closed)
	})
	t.Run("a second Esc leaves without waiting for the end", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		q := &task.Queue{}
		d.Env.Runner = q
		Import(d.Env, KindProducts, d.onClosed)
		d.path(d.file("p.csv", good))
		d.press("Enter", "Esc", "Esc")
		assert.Equal(t, 1, d.closed)
		q.Finish(0)
		assert.Nil(t, d.product("N1"))
	})
	for name, path := range map[string]string{"a folder": os.TempDir(), "nothing": "", "a path that is not there": "/nowhere/at/all.csv"} {
		t.Run("refuses "+name, func(t *testing.T) {
			d := newDesk(t, uitest.Usual, "ru")
			Import(d.Env, KindProducts, d.onClosed)
			d.path(path)
			d.press("Enter")
			assert.Equal(t, "false", d.Facts["goods.import"]["done"])
			assert.Equal(t, "", d.Facts["goods.import"]["new"])
			assert.Equal(t, "goods.import", d.Last())
		})
	}
}

func TestChooser(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru")
	path := d.file("товары.csv", "артикул;название;цена\nN1;Хлеб;1\n")
	d.file("фото.png", "")
	d.file(".скрытый.csv", "")
	inner := filepath.Join(d.folder(), "inner")
	require.NoError(t, os.Mkdir(inner, 0o755))
	Import(d.Env, KindProducts, d.onClosed)
	d.path(inner)
	d.press("F2")
	require.Equal(t, inner, d.Facts["goods.browse"]["dir"])
	d.press("Left")
	require.Equal(t, d.folder(), d.Facts["goods.browse"]["dir"])
	require.Equal(t, "3", d.Facts["goods.browse"]["entries"], "the way up, the folder and the list; no picture, nothing hidden")
	d.press("Down", "Enter")
	assert.Equal(t, "1", d.Facts["goods.import"]["new"], "the chosen file is tried at once")
	assert.True(t, uitest.HasText(d.Window, filepath.Base(path)))
}

func TestExport(t *testing.T) {
	t.Run("writes a new file that can be imported again", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		t.Setenv("HOME", d.folder())
		d.open().press("F7", "Enter")
		path := filepath.Join(d.folder(), "kassa-products-2026-11-21.csv")
		assert.Equal(t, path, d.Facts["goods.export"]["file"])
		r, err := d.Till.Import(context.Background(), d.Env.Actor, till.Import{Kind: imports.KindProducts, DryRun: true,
			Open: func() (imports.Rows, error) { return tables.Open(path, imports.Format{}) }})
		require.NoError(t, err)
		assert.EqualValues(t, len(d.Demo.Products), r.Unchanged)
		left, err := filepath.Glob(filepath.Join(d.folder(), ".kassa-*"))
		require.NoError(t, err)
		assert.Empty(t, left)
	})
	t.Run("never overwrites", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		t.Setenv("HOME", d.folder())
		path := d.file("kassa-sales-2026-11-21.csv", "precious")
		d.open().press("F7", "Down", "Down", "Enter")
		assert.Equal(t, "conflict", d.Facts["goods.export"]["error"])
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, "precious", string(text))
	})
	t.Run("needs the right and leaves nothing", func(t *testing.T) {
		d := newDesk(t, uitest.Usual, "ru")
		t.Setenv("HOME", d.folder())
		d.Login(pos.GroupCashier)
		d.open().press("F7", "Enter")
		assert.Equal(t, "forbidden", d.Facts["goods.export"]["error"])
		list, err := os.ReadDir(d.folder())
		require.NoError(t, err)
		assert.Empty(t, list)
	})
}
