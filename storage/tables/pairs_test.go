package tables

// What the table of letter pairs is made of, and that it is made of that.

import (
	"flag"
	"math"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write pairs.txt anew")

const alphabet = " абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўәғқңөұүһ"

// pairsOf counts which letters follow one another in words, each language for
// the same, and writes how seldom in the form of pairs.txt.
func pairsOf(words string) string {
	letters := []rune(alphabet)
	place := map[rune]int{}
	for i, r := range letters {
		place[r] = i
	}
	share := make([][]float64, len(letters))
	for i := range share {
		share[i] = make([]float64, len(letters))
	}
	for language := range strings.SplitSeq(words, "\n\n") {
		all := float64(len([]rune(language)))
		before := 0
		for _, r := range strings.ToLower(language) + " " {
			at := place[r]
			if !unicode.IsLetter(r) {
				at = 0
			}
			if before != 0 || at != 0 {
				share[before][at] += 1 / all
			}
			before = at
		}
	}
	var b strings.Builder
	for i, row := range share {
		sum := 0.0
		for _, n := range row {
			sum += n
		}
		b.WriteRune(letters[i])
		for _, n := range row {
			p := (n + 1e-6) / (sum + 1e-6*float64(len(row)))
			b.WriteByte(pairDigits[min(int(math.Round(-3*math.Log(p))), len(pairDigits)-1)])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestPairs_AreMadeOfTheWords(t *testing.T) {
	words, err := os.ReadFile("testdata/words.txt")
	require.NoError(t, err)
	made := pairsOf(string(words))
	if *update {
		require.NoError(t, os.WriteFile("pairs.txt", []byte(made), 0o644))
		return
	}
	require.Equal(t, made, pairsText, "go test ./storage/tables -run Pairs -update writes it anew")
}
