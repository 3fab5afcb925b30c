package pos

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestReceiptSale(t *testing.T) {
	for text, want := range map[string]SaleID{
		"01900000-0000-7000-8000-0000000000ab":                         "01900000-0000-7000-8000-0000000000ab",
		" https://shop.example/r/01900000-0000-7000-8000-0000000000AB": "01900000-0000-7000-8000-0000000000ab",
		"4600000000015": "", "": "", "01900000-0000-7000-8000-0000000000a": "", "01900000x0000-7000-8000-0000000000ab": "",
	} {
		id, ok := ReceiptSale(text)
		assert.Equal(t, want, id, text)
		assert.Equal(t, want != "", ok, text)
	}
}
