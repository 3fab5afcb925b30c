package pos_test

import (
	"testing"

	"kassa/pos"
	"kassa/pos/money"
)

func TestMultiple(t *testing.T) {
	for text, want := range map[string]struct {
		n    money.Quantity
		code string
	}{
		"3*4600000000015": {3000, "4600000000015"},
		"0,5×apples":      {500, "apples"},
		" 2 * milk ":      {2000, "milk"},
		"2*3*x":           {2000, "3*x"},
		"3*":              {3000, ""},
		"4600000000015":   {0, "4600000000015"},
		"*milk":           {0, "*milk"},
		"×":               {0, "×"},
		"a*b":             {0, "a*b"},
		"0*milk":          {0, "0*milk"},
		"-1*milk":         {0, "-1*milk"},
		"":                {0, ""},
	} {
		n, code := pos.Multiple(text)
		if n != want.n || code != want.code {
			t.Errorf("%q is %d of %q, want %d of %q", text, n, code, want.n, want.code)
		}
	}
}
