package keymap

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/ui/keys"
)

func TestCard_IsMadeOfTheLiveMap(t *testing.T) {
	r := keys.NewRouter(nil)
	r.Define(keys.Action{ID: "sale.pay", Label: "key.sale.pay", Key: "F9"}, keys.Action{ID: "menu", Label: "key.menu", Key: "F10"})
	require.NoError(t, r.Remap("sale.pay", "End"))
	for _, width := range []int{32, 42, 48} {
		lines := card(words.New("ru", "RUB", ""), newModel(r).rows(), width)
		text := strings.Join(lines, "\n")
		assert.Contains(t, text, "End")
		assert.NotContains(t, text, "F9")
		assert.Less(t, strings.Index(text, "Везде"), strings.Index(text, "Чек"))
		for _, l := range lines {
			assert.LessOrEqual(t, len([]rune(l)), width, l)
		}
	}
}
