package near

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWords(t *testing.T) {
	words := []string{"sale.finish", "return.finish", "scan", "sale.show", "tender", "cheque", "customer.add", "line.qty", "price", "reason"}
	for word, want := range map[string][]string{
		"scam": {"scan"}, "SCAN": {"scan"}, "finish": {"sale.finish", "return.finish"}, "sale_finish": {"sale.finish"},
		"quantity": nil, "qty": {"line.qty"}, "resaon": {"reason"}, "prices": {"price"}, "customer.ad": {"customer.add"},
		"": nil, "ж": nil, strings.Repeat("x", 500): nil, "...": nil,
	} {
		assert.Equal(t, want, Words(word, words), word)
	}
}
