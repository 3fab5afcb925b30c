package tables

// How likely a text is in an encoding: by which letters follow one another in
// Russian, Ukrainian, Belarusian and Kazakh, whatever their case.

import (
	_ "embed"
	"math"
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

// pairsText has a line per letter: the letter, and for every letter of the first
// column how seldom that one follows, 0 (often) to z (never), in thirds of a
// natural logarithm. The first letter, a space, is the end of a word.
//
//go:embed pairs.txt
var pairsText string

// letterPairs is pairsText by the places of the letters.
var letterPairs, letterPlaces = readPairs(pairsText)

func readPairs(text string) ([][]float64, map[rune]int) {
	var all [][]float64
	places := map[rune]int{}
	for line := range strings.Lines(text) {
		letters := []rune(strings.TrimRight(line, "\r\n"))
		if len(letters) == 0 {
			continue
		}
		places[letters[0]] = len(all)
		row := make([]float64, 0, len(letters)-1)
		for _, d := range letters[1:] {
			row = append(row, max(-float64(strings.IndexRune(pairDigits, d))/3, seldom))
		}
		all = append(all, row)
	}
	return all, places
}

// seldom is what a pair costs that the words the table is made of do not have: a
// name may be the first to have it.
const seldom = -8

const pairDigits = "0123456789abcdefghijklmnopqrstuvwxyz"

// oneByte are the encodings of one byte a letter, the likelier first, with what
// that is worth.
var oneByte = []struct {
	charset string
	page    interface{ DecodeByte(byte) rune }
	worth   float64
}{
	{"windows-1251", charmap.Windows1251, 4},
	{"cp866", charmap.CodePage866, 0},
	{"koi8-r", charmap.KOI8R, 0},
	{"koi8-u", charmap.KOI8U, -1},
	{"kz-1048", kazakh{}, -6},
	{"iso-8859-5", charmap.ISO8859_5, -3},
	{"x-mac-cyrillic", charmap.MacintoshCyrillic, -5},
	{"windows-1252", charmap.Windows1252, -4},
}

// near is how much likelier one encoding must be than another to be no doubt: e
// to this power.
const near = 9

// guess names the likeliest encoding, and those that are nearly as likely and
// would read something else.
func (s *survey) guess() (string, []string) {
	type judged struct {
		charset string
		page    *[256]rune
		score   float64
	}
	var all []judged
	for _, o := range oneByte {
		var page [256]rune
		for b := range page {
			page[b] = o.page.DecodeByte(byte(b))
		}
		all = append(all, judged{o.charset, &page, o.worth + s.score(&page)})
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].score > all[j].score })
	upper := s.upperBytes()
	best := all[0]
	var doubt []string
	seen := []*[256]rune{best.page}
	for _, o := range all[1:] {
		if best.score-o.score > near {
			break
		}
		different := true
		for _, p := range seen {
			different = different && apart(p, o.page, upper)
		}
		if different {
			doubt, seen = append(doubt, o.charset), append(seen, o.page)
		}
	}
	return best.charset, doubt
}

func (s *survey) upperBytes() []byte {
	var found [256]bool
	for at, n := range s.pairs {
		if n > 0 {
			found[at>>8], found[at&0xFF] = true, true
		}
	}
	var list []byte
	for b := 0x80; b < 0x100; b++ {
		if found[b] {
			list = append(list, byte(b))
		}
	}
	return list
}

// score is the logarithm of how likely the pairs of a text are in an encoding.
// What comes often counts less each time, so that one word of every row does not
// outweigh all others.
func (s *survey) score(page *[256]rune) float64 {
	var kinds [256]sign
	for b := range kinds {
		kinds[b] = signOf(page[b])
	}
	sum := 0.0
	for at, n := range s.pairs {
		if n > 0 {
			sum += (1 + math.Log(float64(n))) * follows(kinds[at>>8], kinds[at&0xFF])
		}
	}
	return sum
}

// sign is a letter or mark as far as it matters here.
type sign struct {
	kind  signKind
	place int // of a letter
	upper bool

	opens, closes bool // of a mark: a quotation
	rare          bool // of a mark
}

type signKind int

const (
	isBlank   signKind = iota // a space, a figure, a mark of ASCII
	isLetter                  // of our languages
	isLatin                   // a letter of ASCII
	isAccent                  // a Latin letter beyond ASCII
	isMark                    // a mark that lists have
	isForeign                 // what no list has
)

// usualMarks are those beyond ASCII that stand in lists of goods.
const usualMarks = "«»„“”‘’–—…№°•·×±®©™€₽§½¼¾²³µ\u00A0\u00AD"

func signOf(r rune) sign {
	lower := unicode.ToLower(r)
	place, known := letterPlaces[lower]
	switch {
	case known && r != ' ':
		return sign{kind: isLetter, place: place, upper: r != lower}
	case r < 0x20 && r != '\t' && r != '\r' && r != '\n', r == 0x7F:
		return sign{kind: isForeign}
	case r < 0x80 && unicode.IsLetter(r):
		return sign{kind: isLatin, upper: r != lower}
	case r < 0x80:
		return sign{kind: isBlank}
	case unicode.Is(unicode.Latin, r):
		return sign{kind: isAccent, upper: r != lower}
	case strings.ContainsRune(usualMarks, r):
		return sign{kind: isMark, opens: strings.ContainsRune("«„“‘", r), closes: strings.ContainsRune("»”’", r), rare: !strings.ContainsRune("«»„“”–—№°\u00A0", r)}
	}
	return sign{kind: isForeign}
}

// follows is the logarithm of how likely b comes after a.
func follows(a, b sign) float64 {
	switch {
	case a.kind == isForeign || b.kind == isForeign:
		return -8
	case a.kind == isAccent || b.kind == isAccent:
		return accented(a, b)
	case a.kind == isLetter && b.kind == isLetter:
		p := letterPairs[a.place][b.place]
		switch {
		case !a.upper && b.upper: // вОДКА
			p -= 8
		case a.upper && !b.upper:
			p--
		}
		return p
	case a.kind == isLatin && b.kind == isLetter, a.kind == isLetter && b.kind == isLatin:
		return -6
	case a.kind == isLetter && b.opens, a.closes && b.kind == isLetter:
		return -18 // ки»вський
	case a.opens && b.kind == isBlank, a.kind == isBlank && b.closes:
		return -8
	case a.kind == isLetter && b.rare, a.rare && b.kind == isLetter:
		return -12 // р€женка
	case b.rare:
		return -7
	case b.kind == isMark:
		return -4
	case a.kind == isLetter:
		return letterPairs[a.place][0]
	case b.kind == isLetter:
		return letterPairs[0][b.place]
	}
	return -1
}

// accented is follows for é and its like, which stand among Latin letters.
func accented(a, b sign) float64 {
	switch {
	case a.kind == isLetter || b.kind == isLetter, a.kind == isAccent && b.kind == isAccent:
		return -7
	case a.kind == isLatin && !a.upper && b.upper:
		return -8
	case a.kind == isLatin:
		return -3.5
	case b.kind == isLatin:
		return -1
	}
	return -4
}
