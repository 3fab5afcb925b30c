package imports

// What is kept out of a text before anybody reads it.

import (
	"io"
	"unicode/utf8"

	"kassa/pos"
)

// guard lets through what may be text in UTF-8 and stops at the first byte that
// cannot: too much of a file, a NUL, broken UTF-8.
type guard struct {
	r io.Reader

	line, total int
	tail        [utf8.UTFMax]byte // the beginning of a rune cut by the last read
	tailLen     int
	err         error
}

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
	switch {
	case b == 0:
		return pos.E(pos.CodeInvalid, "import.nul", pos.Args{"Line": g.line})
	case g.total > MaxFileBytes:
		return pos.E(pos.CodeInvalid, "import.file-large", pos.Args{"MiB": MaxFileBytes >> 20})
	}
	if b == '\n' {
		g.line++
	}
	return nil
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
