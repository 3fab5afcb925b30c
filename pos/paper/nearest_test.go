package paper_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"

	"kassa/pos/paper"
)

// none is a paper with plain Latin letters alone.
func none(rune) bool { return false }

func TestNearest_IsNeverAQuestionMark(t *testing.T) {
	for r := rune(' '); r < 0x20000; r++ {
		if r >= 0xd800 && r < 0xe000 || r == '?' {
			continue
		}
		got := paper.Nearest(r, none)
		if got == "" || strings.Contains(got, "?") && !strings.ContainsRune("⁇⁈⁉？﹖︖", r) {
			t.Fatalf("%U %q becomes %q", r, r, got)
		}
		for _, c := range got {
			if c < ' ' || c >= 0x7f {
				t.Fatalf("%U %q becomes %q, which the paper lacks", r, r, got)
			}
		}
	}
	assert.Equal(t, " ", paper.Nearest('🙂', none))
	assert.Equal(t, "-", paper.Nearest('漢', none))
	assert.Equal(t, "·", paper.Nearest('漢', func(r rune) bool { return r == '·' }))
	assert.Equal(t, "é", paper.Nearest('é', unicode.IsLetter))
	assert.Equal(t, "e", paper.Nearest('é', none))
	assert.Equal(t, "Shch", paper.Nearest('Щ', none))
}

func TestPage_PutsALetterAndItsMarkTogether(t *testing.T) {
	p := paper.New(10)
	p.Pair("\u0418\u0306од❤\ufe0f", "1")
	assert.Equal(t, []string{"Йод❤     1"}, p.Lines())
}
