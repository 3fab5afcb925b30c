package tables

// Which encoding a text is in. A mark decides, then what is UTF-8, then the
// pattern of UTF-16; what is left is judged by the pairs of letters of the whole
// file, see pairs.go.

import (
	"bytes"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf16 "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// codecs are imports.Charsets.
var codecs = map[string]interface{ NewDecoder() *encoding.Decoder }{
	"utf-8":          utf16.UTF8,
	"windows-1251":   charmap.Windows1251,
	"cp866":          charmap.CodePage866,
	"koi8-r":         charmap.KOI8R,
	"koi8-u":         charmap.KOI8U,
	"kz-1048":        kazakh{},
	"iso-8859-5":     charmap.ISO8859_5,
	"x-mac-cyrillic": charmap.MacintoshCyrillic,
	"windows-1252":   charmap.Windows1252,
	"utf-16le":       utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM),
	"utf-16be":       utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM),
}

// aliases are further names that XML and HTML give to encodings.
var aliases = map[string]string{"utf8": "utf-8", "cp1251": "windows-1251", "win-1251": "windows-1251", "ibm866": "cp866", "866": "cp866",
	"koi8": "koi8-r", "kz1048": "kz-1048", "strk1048-2002": "kz-1048", "rk1048": "kz-1048", "mac-cyrillic": "x-mac-cyrillic", "cp1252": "windows-1252",
	"iso-8859-1": "windows-1252", "latin1": "windows-1252", "utf-16": "utf-16le", "unicode": "utf-16le"}

// charsetNamed is the one of imports.Charsets that a file calls so, "" for none.
func charsetNamed(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	if a, ok := aliases[name]; ok {
		name = a
	}
	if _, ok := codecs[name]; !ok {
		return ""
	}
	return name
}

// headBytes are looked at for marks and for the pattern of UTF-16.
const headBytes = 64 << 10

// writing is how a text is written.
type writing struct {
	charset string
	doubt   []string
	mended  bool // UTF-8 but for some bytes, which are read as U+FFFD
}

// findCharset looks at a whole file.
func findCharset(file *os.File) (writing, error) {
	head := make([]byte, headBytes)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return writing{}, err
	}
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte("\xFF\xFE")):
		return writing{charset: "utf-16le"}, nil
	case bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return writing{charset: "utf-16be"}, nil
	}
	if c := looksLikeUTF16(head); c != "" {
		return writing{charset: c}, nil
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return writing{}, err
	}
	s, err := surveyOf(file)
	if err != nil {
		return writing{}, err
	}
	marked := bytes.HasPrefix(head, []byte("\xEF\xBB\xBF"))
	if marked || s.broken == 0 || s.runes > 4*s.broken {
		return writing{charset: "utf-8", mended: s.broken > 0}, nil
	}
	charset, doubt := s.guess()
	return writing{charset: charset, doubt: doubt}, nil
}

// looksLikeUTF16 goes by the upper byte of each letter: 0 for ours and 4 for
// Cyrillic ones, always in the same half of the pair.
func looksLikeUTF16(b []byte) string {
	var upper [2]int
	pairs := len(b) / 2
	for i := range pairs * 2 {
		if b[i] == 0 || b[i] == 4 {
			upper[i%2]++
		}
	}
	switch {
	case pairs < 2:
		return ""
	case upper[1]*10 >= pairs*9 && upper[0]*4 < pairs:
		return "utf-16le"
	case upper[0]*10 >= pairs*9 && upper[1]*4 < pairs:
		return "utf-16be"
	}
	return ""
}

// survey counts over a whole text what tells its encoding.
type survey struct {
	runes  int // of UTF-8, of more than one byte
	broken int // bytes that cannot be UTF-8
	pairs  [1 << 16]uint32
}

func surveyOf(r io.Reader) (*survey, error) {
	s := &survey{}
	buf, kept, before := make([]byte, 256<<10), 0, byte(' ')
	for {
		n, err := r.Read(buf[kept:])
		last := errors.Is(err, io.EOF)
		if err != nil && !last {
			return nil, err
		}
		before = s.countPairs(buf[kept:kept+n], before)
		part := buf[:kept+n]
		whole := len(part)
		if !last {
			whole -= cutRune(part)
		}
		s.countRunes(part[:whole])
		if last {
			s.countPairs([]byte{' '}, before)
			return s, nil
		}
		kept = copy(buf, part[whole:])
	}
}

// countPairs counts the pairs of neighbours of which one is beyond ASCII.
func (s *survey) countPairs(b []byte, before byte) byte {
	for _, c := range b {
		if (before|c)&0x80 != 0 {
			if at := &s.pairs[int(before)<<8|int(c)]; *at < 1<<31 {
				*at++
			}
		}
		before = c
	}
	return before
}

func (s *survey) countRunes(b []byte) {
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			s.broken++
		} else {
			s.runes++
		}
		i += size
	}
}

// cutRune is how many bytes at the end of b begin a rune without ending it.
func cutRune(b []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if utf8.RuneStart(b[len(b)-n]) {
			if utf8.FullRune(b[len(b)-n:]) {
				return 0
			}
			return n
		}
	}
	return 0
}

// kazakh is the standard STRK1048: Windows-1251 with the Kazakh letters in place
// of the Serbian and Macedonian ones.
type kazakh struct{}

var kazakhLetters = map[byte]rune{
	0x8d: 'Қ', 0x8e: 'Һ', 0x9d: 'қ', 0x9e: 'һ', 0xa1: 'Ұ', 0xa2: 'ұ', 0xa3: 'Ә', 0xa5: 'Ө', 0xaa: 'Ғ', 0xaf: 'Ү',
	0xb4: 'ө', 0xba: 'ғ', 0xbc: 'ә', 0xbd: 'Ң', 0xbe: 'ң', 0xbf: 'ү',
}

// NewDecoder reads the standard.
func (kazakh) NewDecoder() *encoding.Decoder { return &encoding.Decoder{Transformer: kazakh{}} }

// Reset has nothing to forget.
func (kazakh) Reset() {}

// Transform is that of transform.Transformer.
func (kazakh) Transform(dst, src []byte, _ bool) (nDst, nSrc int, err error) {
	for _, b := range src {
		r, ok := kazakhLetters[b]
		if !ok {
			r = charmap.Windows1251.DecodeByte(b)
		}
		if nDst+utf8.RuneLen(r) > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc++
	}
	return nDst, nSrc, nil
}

// DecodeByte is the letter of a byte.
func (kazakh) DecodeByte(b byte) rune {
	if r, ok := kazakhLetters[b]; ok {
		return r
	}
	return charmap.Windows1251.DecodeByte(b)
}

// apart tells whether two encodings read any of the bytes differently.
func apart(a, b *[256]rune, bytes []byte) bool {
	return slices.ContainsFunc(bytes, func(c byte) bool { return a[c] != b[c] })
}
