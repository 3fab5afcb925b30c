package tables

// The texts that the cells of a workbook share.

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
)

// texts are the shared texts of a workbook, in one piece of memory.
type texts struct {
	part string
	all  []byte
	ends []uint32
}

func (t *texts) at(i int) (string, bool) {
	if i < 0 || i >= len(t.ends) {
		return "", false
	}
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return string(t.all[from:t.ends[i]]), true
}

func (t *texts) read(b *book) error {
	if t.part == "" {
		return nil
	}
	r, f, err := b.part(t.part)
	if err != nil || r == nil {
		return err
	}
	defer r.Close()
	d, _ := newXML(r, int64(f.CompressedSize64))
	in, aside := false, 0
	for {
		tok, err := nextToken(d)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch e := tok.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "t":
				in = true
			case "rPh": // how a Japanese text is spoken
				aside++
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "t":
				in = false
			case "rPh":
				aside--
			case "si":
				t.ends = append(t.ends, uint32(len(t.all)))
			}
		case xml.CharData:
			if !in || aside > 0 {
				continue
			}
			if t.all = append(t.all, e...); len(t.all) > maxStrings || len(t.ends) > maxStrings/8 {
				return bomb()
			}
		}
	}
}

// unescaped reads the _x000D_ by which a workbook writes control characters.
func unescaped(s string) string {
	for i := 0; i+7 <= len(s); i++ {
		if s[i] != '_' || s[i+1] != 'x' || s[i+6] != '_' {
			continue
		}
		n, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if err != nil {
			continue
		}
		s = s[:i] + string(rune(n)) + s[i+7:]
	}
	return s
}
