package integration

// What is kept for a declared thing, and its defaults.

import (
	"maps"
	"strings"

	"github.com/shopspring/decimal"

	"kassa/pos/hidden"
)

// Values are what a declared thing is opened with, by Field.Key. Secrets have a
// map of their own so that they cannot be written where plain values go.
type Values struct {
	Plain   map[string]string
	Secrets map[string]hidden.Text
}

// Get returns a plain value without surrounding spaces, or "".
func (v Values) Get(key string) string { return strings.TrimSpace(v.Plain[key]) }

// Secret returns a secret value, empty when it is not set.
func (v Values) Secret(key string) hidden.Text { return v.Secrets[key] }

// On returns a switch.
func (v Values) On(key string) bool { return v.Get(key) == "true" }

// List returns the words of Several.
func (v Values) List(key string) []string { return strings.Fields(v.Plain[key]) }

// Number returns a number in units of its last decimal, as Field.Least has it,
// and 0 for what is none: Check tells before.
func (v Values) Number(f Field) int64 {
	n, _ := f.number(v.Get(f.Key))
	return n
}

// Has reports whether anything is set for a field, its default apart.
func (v Values) Has(f Field) bool {
	if f.IsSecret() {
		return !v.Secret(f.Key).Empty()
	}
	return v.Get(f.Key) != ""
}

// Filled are the values with the declaration's defaults where nothing is set.
func (d Declaration) Filled(v Values) Values {
	v.Plain = maps.Clone(v.Plain)
	if v.Plain == nil {
		v.Plain = map[string]string{}
	}
	for _, f := range d.Fields {
		if !f.IsSecret() && f.Default != "" && !v.Has(f) {
			v.Plain[f.Key] = f.Default
		}
	}
	return v
}

// maxNumber bounds a number's text, so that no hostile exponent is written out.
const maxNumber = 24

// number reads a number in units of its last decimal.
func (f Field) number(text string) (int64, bool) {
	text = strings.Replace(strings.TrimSpace(text), ",", ".", 1)
	if text == "" || len(text) > maxNumber || strings.Trim(text, digits+".-") != "" {
		return 0, false
	}
	d, err := decimal.NewFromString(text)
	if err != nil {
		return 0, false
	}
	d = d.Shift(int32(f.Decimals))
	if !d.IsInteger() || !d.BigInt().IsInt64() {
		return 0, false
	}
	return d.IntPart(), true
}

// written is a bound of a number as a person writes it.
func (f Field) written(n int64) string { return decimal.New(n, -int32(f.Decimals)).String() }
