package imports

import (
	"io"
	"unicode/utf8"

	"kassa/pos"
)

// guard lets through what may be a CSV file in UTF-8 and stops at the first
// byte that cannot: too much of a file, too long a row, a NUL, broken UTF-8. It
// stands before the CSV reader, which would gather a whole row (and with a
// quote that is never closed, the whole file) before anybody could ask how long
// it is.
type guard struct {
	r     io.Reader
	comma byte

	line, total, rowLen int
	state               quoting
	tail                [utf8.UTFMax]byte // the beginning of a rune cut by the last read
	tailLen             int
	err                 error
}

// quoting is where in a field the reader stands.
type quoting int

const (
	atStart quoting = iota
	inBare
	inQuotes
	afterQuote // a quote inside quotes: the end of the field or the first of two
)

// Read passes on only bytes that were looked at.
func (g *guard) Read(p []byte) (int, error) {
	if g.err != nil {
		return 0, g.err
	}
	n, err := g.r.Read(p)
	for i, b := range p[:n] {
		if g.err = g.look(b); g.err != nil {
			return i, g.err
		}
	}
	if g.err = g.text(p[:n], err != nil); g.err != nil {
		return n, g.err
	}
	g.err = err
	return n, err
}

func (g *guard) look(b byte) error {
	g.total++
	g.rowLen++
	switch {
	case b == 0:
		return pos.E(pos.CodeInvalid, "import.nul", pos.Args{"Line": g.line})
	case g.total > MaxFileBytes:
		return pos.E(pos.CodeInvalid, "import.file-large", pos.Args{"MiB": MaxFileBytes >> 20})
	case g.rowLen > MaxRowBytes:
		return pos.E(pos.CodeInvalid, "import.row-large", pos.Args{"Line": g.line, "KiB": MaxRowBytes >> 10})
	}
	if b == '\n' {
		g.line++
	}
	g.step(b)
	return nil
}

// step follows the CSV reader far enough to know where a row ends.
func (g *guard) step(b byte) {
	if g.state == inQuotes {
		if b == '"' {
			g.state = afterQuote
		}
		return
	}
	switch {
	case b == '\n':
		g.state, g.rowLen = atStart, 0
	case b == g.comma:
		g.state = atStart
	case b == '"' && g.state != inBare: // opens a field, or is the second of two
		g.state = inQuotes
	case b == '\r' && g.state == afterQuote:
	case g.state == afterQuote: // a quote that should have been doubled
		g.state = inQuotes
	default:
		g.state = inBare
	}
}

// text refuses what is not UTF-8. A rune may be cut between two reads.
func (g *guard) text(p []byte, last bool) error {
	for g.tailLen > 0 && len(p) > 0 && !utf8.FullRune(g.tail[:g.tailLen]) {
		g.tail[g.tailLen] = p[0]
		g.tailLen++
		p = p[1:]
	}
	if g.tailLen > 0 && (utf8.FullRune(g.tail[:g.tailLen]) || last) {
		if r, size := utf8.DecodeRune(g.tail[:g.tailLen]); r == utf8.RuneError && size <= 1 {
			return g.notUTF8()
		}
		g.tailLen = 0
	}
	for len(p) > 0 {
		r, size := utf8.DecodeRune(p)
		if r == utf8.RuneError && size == 1 {
			if !utf8.FullRune(p) && !last {
				g.tailLen = copy(g.tail[:], p)
				return nil
			}
			return g.notUTF8()
		}
		p = p[size:]
	}
	return nil
}

func (g *guard) notUTF8() error {
	return pos.E(pos.CodeInvalid, "import.not-utf8", nil)
}
