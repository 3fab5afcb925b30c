package tables

// How the XML of a spreadsheet is read: in whatever encoding it is written, and
// guarded, as the decoder keeps in memory what stands between two tags.

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	utf16 "golang.org/x/text/encoding/unicode"
)

// errDeclaration is what no spreadsheet writes: a document's own entities.
var errDeclaration = errors.New("a declaration in XML")

// newXML begins to read XML of at most so many bytes; packed is its size in an
// archive, 0 outside one.
func newXML(r io.Reader, packed int64) (*xml.Decoder, *tagGuard) {
	in := bufio.NewReaderSize(r, 32<<10)
	head, _ := in.Peek(4)
	wide := true
	var plain io.Reader = in
	switch h := string(head); {
	case strings.HasPrefix(h, "\xFF\xFE"), h == "<\x00?\x00":
		plain = utf16.UTF16(utf16.LittleEndian, utf16.UseBOM).NewDecoder().Reader(in)
	case strings.HasPrefix(h, "\xFE\xFF"), h == "\x00<\x00?":
		plain = utf16.UTF16(utf16.BigEndian, utf16.UseBOM).NewDecoder().Reader(in)
	default:
		wide = false
		if strings.HasPrefix(h, "\xEF\xBB\xBF") {
			_, _ = in.Discard(3)
		}
	}
	g := &tagGuard{r: plain, most: maxUnpacked, packed: packed}
	d := xml.NewDecoder(g)
	d.Strict = true
	d.CharsetReader = func(name string, r io.Reader) (io.Reader, error) {
		if wide {
			return r, nil // it was read so from its first letter
		}
		known := charsetNamed(name)
		switch {
		case known == "utf-8" || strings.EqualFold(name, "us-ascii"):
			return r, nil
		case known == "" || strings.HasPrefix(known, "utf-16"):
			return nil, fmt.Errorf("XML in %q", name)
		}
		return codecs[known].NewDecoder().Reader(r), nil
	}
	return d, g
}

// next is the next piece of XML; a declaration is an error.
func nextToken(d *xml.Decoder) (xml.Token, error) {
	t, err := d.RawToken()
	if _, ok := t.(xml.Directive); ok {
		return nil, errDeclaration
	}
	return t, err
}

// inside hands over each element that begins until the one named end does end. A
// file that is over before that is cut short.
func inside(d *xml.Decoder, end string, begins func(xml.StartElement) error) error {
	for {
		tok, err := nextToken(d)
		if err != nil {
			return cutShort(err)
		}
		switch e := tok.(type) {
		case xml.EndElement:
			if e.Name.Local == end {
				return nil
			}
		case xml.StartElement:
			if err := begins(e); err != nil {
				return err
			}
		}
	}
}

// attr is an attribute by its name; one without a prefix comes first.
func attr(e xml.StartElement, name string) string {
	value := ""
	for _, a := range e.Attr {
		if a.Name.Local != name {
			continue
		}
		if a.Name.Space == "" {
			return a.Value
		}
		value = a.Value
	}
	return value
}

// tagGuard lets XML through as long as its tags come close enough together for
// the decoder, and as long as it does not unpack to an absurd multiple. What
// stands in a comment, in CDATA or in an instruction is one piece to it, however
// many tags it seems to hold.
type tagGuard struct {
	r            io.Reader
	most, packed int64
	total        int64
	since        int
	state        int
	end          string // what ends the piece
	met          int    // bytes of it that were met
}

// Where in XML the guard stands.
const (
	amongTags = iota
	tagBegun  // after <
	bangBegun // after <!
	inPiece   // until end
)

func (g *tagGuard) Read(p []byte) (int, error) {
	n, err := g.r.Read(p)
	g.total += int64(n)
	if g.total > g.most || g.total > 64<<20 && g.packed > 0 && g.total/g.packed > maxRatio {
		return 0, bomb()
	}
	for _, b := range p[:n] {
		if err := g.look(b); err != nil {
			return 0, err
		}
		if g.since++; g.since > maxTag {
			return 0, bomb()
		}
	}
	return n, err
}

func (g *tagGuard) look(b byte) error {
	switch g.state {
	case amongTags:
		if b == '<' {
			g.state, g.since = tagBegun, 0
		}
	case tagBegun:
		switch b {
		case '!':
			g.state = bangBegun
		case '?':
			g.state, g.end, g.met = inPiece, "?>", 0
		default:
			g.state = amongTags
		}
	case bangBegun:
		switch b {
		case '-':
			g.state, g.end, g.met = inPiece, "-->", -1 // the second dash of its beginning is none of its end
		case '[':
			g.state, g.end, g.met = inPiece, "]]>", 0
		default:
			return errDeclaration
		}
	default:
		g.piece(b)
	}
	return nil
}

func (g *tagGuard) piece(b byte) {
	last := g.end[0]
	switch {
	case g.met < 0:
		g.met = 0
	case b == g.end[g.met]:
		if g.met++; g.met == len(g.end) {
			g.state = amongTags
		}
	case b == last && g.met == len(g.end)-1 && len(g.end) == 3: // one dash or bracket too many
	case b == last:
		g.met = 1
	default:
		g.met = 0
	}
}
