package strict_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos/strict"
)

func TestTwice(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":1,"b":2}`:                              "",
		`{"a":1,"a":2}`:                              "a",
		`{"a":1,"A":2}`:                              "A",
		`{"price":1,"pr\u0069ce":2}`:                 "price",
		`{"a":{"b":1},"c":{"b":1}}`:                  "",
		`{"customer":{"phone":1,"phone":2}}`:         "customer.phone",
		`[{"a":1},{"a":1}]`:                          "",
		`{"lines":[{"sku":1},{"sku":1,"sku":2}]}`:    "lines.sku",
		`{"a":"a","b":"\"a\":1","c":["a","a"]}`:      "",
		`{"a" :1, "a"` + "\t\r\n" + `:2}`:            "a",
		`"a"`:                                        "",
		`{"a":{"b":{"c":{"d":1,"d":2}}},"e":[[{}]]}`: "a.b.c.d",
	} {
		require.Equal(t, want, strict.Twice([]byte(text), 0), text)
	}
	require.Empty(t, strict.Twice([]byte(`{"a":{"b":{"c":{"d":1,"d":2}}}}`), 3), "deeper than is looked at")
	require.Equal(t, "a.b.c", strict.Twice([]byte(`{"a":{"b":{"c":1,"c":2}}}`), 3))
}

// Whatever valid JSON comes, nothing breaks, and what json reads the same in both
// orders has no field twice.
func FuzzTwice(f *testing.F) {
	f.Add([]byte(`{"a":{"b":[1,"\\\""]},"c":"\u0041"}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if json.Valid(raw) {
			strict.Twice(raw, 0)
			strict.Twice(raw, 3)
		}
	})
}
