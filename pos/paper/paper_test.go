package paper_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"kassa/pos/paper"
)

func TestPage(t *testing.T) {
	p := paper.New(12)
	p.Centre("Лавка")
	p.Rule()
	p.Text("")
	p.Text("слово и ещё одно, длинноедлинное")
	p.Pair("ИТОГ", "5,00")
	p.Pair("  баллы", "10")
	p.Pair("наименование", "1\u00a0262,61")
	p.Pair("имя одно", "")
	assert.Equal(t, []string{
		"   Лавка",
		"------------",
		"слово и ещё",
		"одно,",
		"длинноедлинн",
		"ое",
		"ИТОГ    5,00",
		"  баллы   10",
		"наименование",
		"    1 262,61",
		"имя одно",
	}, p.Lines())
}

func TestPage_IsNoPlaceForCommands(t *testing.T) {
	p := paper.New(40)
	p.Pair("Анна\x1b@\x1dV0\u202e", "\u22125 ••01\x00")
	assert.Equal(t, []string{"Анна@V0" + strings.Repeat(" ", 26) + "-5 **01"}, p.Lines())
}

func TestProperty_NoLineIsWiderThanThePage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(1, 48).Draw(t, "width")
		p := paper.New(width)
		name, figure := rapid.String().Draw(t, "name"), rapid.String().Draw(t, "figure")
		p.Text(name)
		p.Centre(name)
		p.Pair(strings.Repeat(" ", rapid.IntRange(0, 60).Draw(t, "indent"))+name, figure)
		for _, line := range p.Lines() {
			require.LessOrEqual(t, utf8.RuneCountInString(line), width, "%q", line)
			require.False(t, strings.ContainsFunc(line, unicode.IsControl), "%q", line)
		}
	})
}
