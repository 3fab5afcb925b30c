package imports

// Which sign stands between the cells of a text file.

import (
	"bytes"
	"strings"
)

// namedSeparator reads the line sep=; by which Excel is told the separator, and
// how long that line is; 0 where the text does not begin with one.
func namedSeparator(text []byte) (comma rune, length int) {
	line := text
	if end := bytes.IndexAny(text, "\r\n"); end >= 0 {
		line = text[:end]
		length = end + 1
		if text[end] == '\r' && end+1 < len(text) && text[end+1] == '\n' {
			length++
		}
	} else {
		length = len(text)
	}
	said := strings.TrimPrefix(strings.TrimSuffix(strings.TrimRight(string(line), " "), `"`), `"`)
	if len(said) < len("sep=x") || !strings.EqualFold(said[:len("sep=")], "sep=") {
		return 0, 0
	}
	sign := said[len("sep=")]
	// A program may write the line as a row of its own, with separators after it.
	if strings.Trim(said[len("sep="):], said[len("sep="):len("sep=")+1]) != "" || sign >= 0x80 || sign < ' ' && sign != '\t' || sign == '"' || sign == '=' {
		return 0, 0
	}
	return rune(sign), length
}

// sampleLines are enough to find a separator.
const sampleLines = 60

// separator is the sign that cuts the first lines into rows of the same width,
// and the first of them, which names the columns, into the most cells.
func separator(text []byte) rune {
	best, most := Commas[0], 0.0
	for _, c := range Commas {
		if worth := worthOf(widths(text, byte(c))); worth > most {
			best, most = c, worth
		}
	}
	return best
}

// quoting is where in a cell the counting stands.
type quoting int

const (
	atStart quoting = iota
	inBare
	inQuotes
	afterQuote // a quote inside quotes: the end of the cell or the first of two
)

// widths counts the cells of the first rows. A separator within quotes is text,
// and so is a quote in the middle of a cell.
func widths(text []byte, comma byte) (all []int) {
	state, cells, blank := atStart, 1, true
	for _, b := range text {
		switch {
		case state == inQuotes:
			if b == '"' {
				state = afterQuote
			}
		case b == '\n' || b == '\r':
			if !blank {
				all = append(all, cells)
			}
			if len(all) == sampleLines {
				return all
			}
			state, cells, blank = atStart, 1, true
		case b == comma:
			state, blank = atStart, false
			cells++
		case b == '"' && state != inBare:
			state, blank = inQuotes, false
		default:
			state = inBare
			blank = blank && b == ' '
		}
	}
	// What the sample cut off in the middle says nothing of its width.
	if !blank && (len(all) == 0 || state != inQuotes && len(text) < MaxRowBytes) {
		all = append(all, cells)
	}
	return all
}

// worthOf weighs how many cells a row usually has, how many rows have as many,
// and how many the first has: in Excel's rows the last cells may be left out, and
// a comma of prices and names stands in the rows alone.
func worthOf(widths []int) float64 {
	if len(widths) == 0 {
		return 0
	}
	count, usual := map[int]int{}, 1
	for _, w := range widths {
		count[w]++
	}
	for w, n := range count {
		if n > count[usual] || n == count[usual] && w > usual {
			usual = w
		}
	}
	even := float64(count[usual]) / float64(len(widths))
	return even*even*float64(usual-1) + (0.4+0.6*even)*float64(widths[0]-1)/2
}
