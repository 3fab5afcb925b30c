package words

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"

	"kassa/assets"
	"kassa/pos"
	"kassa/pos/money"
)

// counted notes which files are read.
type counted struct {
	fstest.MapFS
	read []string
}

func (c *counted) ReadFile(name string) ([]byte, error) {
	c.read = append(c.read, name)
	return c.MapFS.ReadFile(name)
}

func TestTongue_ReadsAFileWhenItIsSpokenFirst(t *testing.T) {
	files := &counted{MapFS: fstest.MapFS{
		"i18n/en/menu.toml": {Data: []byte("[menu]\ngoods = \"Goods\"\ncount = \"{{.Count}} goods\"\n")},
		"i18n/en/sale.toml": {Data: []byte("[sale]\npay = \"Pay\"\n")},
	}}
	w := &Words{lang: "en", own: learn(files, "en"), money: money.NewFormatter("en", "RUB", "")}
	assert.Empty(t, files.read)
	assert.Equal(t, "Goods", w.T("menu.goods", nil))
	assert.Equal(t, "Goods", w.T("menu.goods", nil))
	assert.Equal(t, "3 goods", w.T("menu.count", pos.Args{"Count": 3}))
	assert.False(t, w.Has("menu.none"))
	assert.False(t, w.Has("nothing.of.it"))
	assert.Equal(t, []string{"i18n/en/menu.toml"}, files.read)
}

// TestTongue_EveryFileCanBeRead stands for the panic that a broken file would be in
// front of a customer.
func TestTongue_EveryFileCanBeRead(t *testing.T) {
	for _, lang := range Languages() {
		names, err := fs.ReadDir(assets.I18n, "i18n/"+lang)
		assert.NoError(t, err)
		spoken := learn(assets.I18n, lang)
		assert.Len(t, spoken.files, len(names))
		for first, read := range spoken.files {
			assert.NotNil(t, read(), "%s of %s", first, lang)
		}
	}
	broken := learn(fstest.MapFS{"i18n/en/sale.toml": {Data: []byte("[sale")}}, "en")
	assert.Panics(t, func() { broken.files["sale"]() })
}
