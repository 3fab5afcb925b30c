package tables

import (
	"bytes"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf16 "golang.org/x/text/encoding/unicode"
)

// codecs are imports.Charsets; UTF-8 needs none.
var codecs = map[string]encoding.Encoding{
	"utf-8":        nil,
	"windows-1251": charmap.Windows1251,
	"cp866":        charmap.CodePage866,
	"koi8-r":       charmap.KOI8R,
	"utf-16le":     utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM),
	"utf-16be":     utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM),
}

// sampleBytes are looked at to tell one encoding of one byte a letter from
// another.
const sampleBytes = 64 << 10

// findCharset looks at a file from its beginning. A mark decides, then what is
// UTF-8 to its last byte, then the pattern of UTF-16; only what is left is
// guessed at.
func findCharset(file *os.File) (string, error) {
	head := make([]byte, sampleBytes)
	n, err := file.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return "", err
	}
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		return "utf-8", nil
	case bytes.HasPrefix(head, []byte("\xFF\xFE")):
		return "utf-16le", nil
	case bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return "utf-16be", nil
	}
	if c := looksLikeUTF16(head); c != "" {
		return c, nil
	}
	sample, err := firstNotUTF8(file)
	if err != nil || sample == nil {
		return "utf-8", err
	}
	return oneByte(sample), nil
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

// firstNotUTF8 reads until something is not UTF-8 and returns the piece of the
// file that begins there; nil when everything is.
func firstNotUTF8(file *os.File) ([]byte, error) {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	buf, kept := make([]byte, 1<<20), 0
	for at := int64(0); ; {
		n, err := file.Read(buf[kept:])
		part := buf[:kept+n]
		if bad := badAt(part, err == io.EOF); bad >= 0 {
			sample := make([]byte, sampleBytes)
			n, err := file.ReadAt(sample, at+int64(bad))
			if err == io.EOF {
				err = nil
			}
			return sample[:n], err
		}
		if err == io.EOF {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		whole := len(part) - cutRune(part)
		kept = copy(buf, part[whole:])
		at += int64(whole)
	}
}

// badAt is where b stops being UTF-8, -1 when it does not. A rune cut by its end
// counts only where nothing follows.
func badAt(b []byte, last bool) int {
	if !last {
		b = b[:len(b)-cutRune(b)]
	}
	if utf8.Valid(b) {
		return -1
	}
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
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

// oneByte tells the three encodings apart by the statistics of the library,
// and where it names none of them, by which one reads as words.
func oneByte(sample []byte) string {
	if name := strings.ToLower(chardet.Detect(sample).Encoding); reads(sample, name) > 0.9 {
		switch name {
		case "windows-1251", "koi8-r":
			return name
		case "ibm866":
			return "cp866"
		}
	}
	best, most := "windows-1251", 0.0
	for _, name := range []string{"windows-1251", "cp866", "koi8-r"} {
		if share := reads(sample, name); share > most {
			best, most = name, share
		}
	}
	return best
}

// reads tells what share of the letters beyond ASCII look like words in an
// encoding: Cyrillic, and no capital in the middle of a small word.
func reads(sample []byte, name string) float64 {
	if name == "ibm866" {
		name = "cp866"
	}
	codec := codecs[name]
	if codec == nil {
		return 0
	}
	text, err := codec.NewDecoder().Bytes(sample)
	if err != nil {
		return 0
	}
	good, all := 0, 0
	before := ' '
	for _, r := range string(text) {
		if r > unicode.MaxASCII {
			all++
			inside := unicode.IsLower(before) && unicode.IsUpper(r)
			if unicode.Is(unicode.Cyrillic, r) && !inside || strings.ContainsRune("«»—–№°\u00A0", r) {
				good++
			}
		}
		before = r
	}
	if all == 0 {
		return 0
	}
	return float64(good) / float64(all)
}
