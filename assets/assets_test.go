package assets_test

import (
	"bytes"
	"encoding/csv"
	"image"
	"image/png"
	"io/fs"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/assets"
	"kassa/pos"
	"kassa/pos/imports"
	"kassa/pos/money"
	"kassa/pos/phone"
)

func TestIcon(t *testing.T) {
	img, err := png.Decode(bytes.NewReader(assets.Icon))
	require.NoError(t, err)
	assert.Equal(t, image.Rect(0, 0, 512, 512), img.Bounds())
	r, g, b, a := img.At(256, 40).RGBA()
	assert.Equal(t, []uint32{0x0F, 0x6F, 0xDE, 0xFF}, []uint32{r >> 8, g >> 8, b >> 8, a >> 8}, "the house's blue")
	for _, p := range []image.Point{{0, 0}, {511, 0}, {0, 511}, {511, 511}} {
		_, _, _, a := img.At(p.X, p.Y).RGBA()
		assert.Zero(t, a, "the corners are clear")
	}
}

func rows(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := assets.Demo.Open("demo/" + name)
	require.NoError(t, err)
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	var all []map[string]string
	for _, r := range records[1:] {
		row := map[string]string{}
		for i, column := range records[0] {
			row[column] = r[i]
		}
		all = append(all, row)
	}
	return all
}

func amountOf(t *testing.T, s string) money.Amount {
	t.Helper()
	a, err := money.ParseAmount(s)
	require.NoError(t, err)
	return a
}

func TestDemo_IsImportedWithoutARefusal(t *testing.T) {
	open := func(name string) fs.File {
		f, err := assets.Demo.Open("demo/" + name)
		require.NoError(t, err)
		t.Cleanup(func() { f.Close() })
		return f
	}
	n := 0
	ignored, err := imports.Products(open("products.csv"), func(p imports.Product, bad []imports.BadRow) error {
		n++
		assert.Empty(t, bad, p.Name)
		return nil
	})
	require.NoError(t, err)
	assert.Empty(t, ignored, "every column is known")
	ignored, err = imports.Customers(open("customers.csv"), "RU", func(c imports.Customer, bad []imports.BadRow) error {
		n++
		assert.Empty(t, bad, c.Name)
		return nil
	})
	require.NoError(t, err)
	assert.Empty(t, ignored, "every column is known")
	assert.Equal(t, len(rows(t, "products.csv"))+len(rows(t, "customers.csv")), n)
}

func TestDemo_TheFirstSixProductsArePlain(t *testing.T) {
	products := rows(t, "products.csv")
	require.GreaterOrEqual(t, len(products), 12)
	for _, p := range products[:6] {
		assert.GreaterOrEqual(t, amountOf(t, p["price"]), money.Amount(2000), p["name"])
		for _, flag := range []string{"weighed", "ask_price", "no_points"} {
			assert.Empty(t, p[flag], p["name"])
		}
	}
	seen := map[string]bool{}
	for _, p := range products {
		assert.False(t, seen[p["sku"]], p["sku"])
		seen[p["sku"]] = true
		assert.Empty(t, pos.CodeOf((&pos.Product{Name: p["name"], SKU: p["sku"], Unit: p["unit"], Price: amountOf(t, p["price"])}).Check()))
	}
}

func TestDemo_CustomersCanSpendPointsAndBuyOnCredit(t *testing.T) {
	spend, credit := 0, 0
	phones := map[string]bool{}
	for _, c := range rows(t, "customers.csv") {
		number, err := phone.Parse(c["phone"], "RU")
		require.NoError(t, err, c["name"])
		assert.False(t, phones[number], c["name"])
		phones[number] = true
		if amountOf(t, c["points"]) >= 100_00 {
			spend++
			if amountOf(t, c["credit_limit"]).Sub(amountOf(t, c["debt"])) >= 1_000_00 {
				credit++
			}
		}
	}
	assert.GreaterOrEqual(t, spend, 6)
	assert.GreaterOrEqual(t, credit, 3)
}

// The demo in another language is the same shop: names, units, categories and the
// customers' language differ, and nothing of it stayed Russian.
func TestDemoIn_TheNamesAloneDiffer(t *testing.T) {
	read := func(from fs.FS, name string) [][]string {
		f, err := from.Open("demo/" + name)
		require.NoError(t, err)
		defer f.Close()
		records, err := csv.NewReader(f).ReadAll()
		require.NoError(t, err)
		return records
	}
	named := map[string]bool{"name": true, "unit": true, "category": true, "group": true, "language": true}
	for _, lang := range []string{"en", "be", "uk", "kk"} {
		in := assets.DemoIn(lang)
		for _, name := range []string{"products.csv", "customers.csv"} {
			own, other := read(assets.Demo, name), read(in, name)
			require.Len(t, other, len(own))
			seen := map[string]bool{}
			for i := range own {
				for col, head := range own[0] {
					if i == 0 || !named[head] {
						require.Equal(t, own[i][col], other[i][col], "%s %s", lang, own[i])
						continue
					}
					require.Equal(t, own[i][col] == "", other[i][col] == "", "%s %s", lang, own[i])
					if lang == "en" {
						require.Regexp(t, `^[\x00-\x7f]*$`, other[i][col])
					}
				}
				require.False(t, seen[other[i][1]], "%s: %q stands twice", lang, other[i][1])
				seen[other[i][1]] = true
			}
		}
		require.Len(t, read(in, "employees.csv"), 4)
	}
	require.Equal(t, fs.FS(assets.Demo), assets.DemoIn("ru"))
}
