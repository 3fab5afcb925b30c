package sale

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/ui/theme"
	"kassa/ui/uitest"
)

func TestMultiplier(t *testing.T) {
	for _, c := range []struct {
		text string
		n    money.Quantity
		rest string
	}{
		{"4600000000015", 0, "4600000000015"},
		{"3*4600000000015", 3000, "4600000000015"},
		{"0,5 × яблоки", 500, "яблоки"},
		{"3*", 3000, ""},
		{"*3", 0, "*3"},
		{"0*1001", 0, "0*1001"},
		{"два*1001", 0, "два*1001"},
		{"", 0, ""},
	} {
		n, rest := pos.Multiple(c.text)
		require.Equal(t, c.n, n, c.text)
		require.Equal(t, c.rest, rest, c.text)
	}
}

func TestDiff(t *testing.T) {
	line := func(no int, qty money.Quantity) row { return row{line: pos.Line{No: no, Qty: qty}} }
	removed := line(1, 1000)
	removed.line.Removed = true
	for name, c := range map[string]struct {
		old, now []row
		want     change
	}{
		"the first line":       {nil, []row{line(1, 1000)}, all},
		"one more":             {[]row{line(1, 1000)}, []row{line(1, 1000), line(2, 1000)}, change{rows: []int{1}}},
		"another quantity":     {[]row{line(1, 1000), line(2, 1000)}, []row{line(1, 2000), line(2, 1000)}, change{rows: []int{0}}},
		"a line was removed":   {[]row{line(1, 1000)}, []row{removed}, all},
		"another cheque":       {[]row{line(1, 1000), line(2, 1000)}, []row{line(1, 1000)}, all},
		"nothing happened":     {[]row{line(1, 1000)}, []row{line(1, 1000)}, change{}},
		"a note came under it": {[]row{line(1, 1000)}, []row{{line: pos.Line{No: 1, Qty: 1000}, short: true}}, all},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, diff(c.old, c.now)) })
	}
}

func TestFoldName(t *testing.T) {
	uitest.Open(t, uitest.Small) // fonts are measured by an application
	const name = "Молоко «Луговое» цельное, 930 мл"
	whole := textWidth(name, theme.SizeText)
	first, rest := foldName(name, whole)
	require.Equal(t, name, first)
	require.Empty(t, rest)
	first, rest = foldName(name, whole-1)
	require.Equal(t, name, first+" "+rest)
	require.LessOrEqual(t, textWidth(first, theme.SizeText), whole-1)
	first, rest = foldName("Неразделимое", 10)
	require.Equal(t, "Неразделимое", first, "one long word is left to the ellipsis")
	require.Empty(t, rest)
}
