package tables

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"kassa/pos"
	"kassa/pos/imports"
)

// Limits of a workbook, against files made to fill the memory or the day. Excel
// itself stays far below all of them.
const (
	maxParts    = 10_000
	maxUnpacked = 4 << 30   // of one sheet
	maxStrings  = 192 << 20 // of all texts, kept in memory
	maxRatio    = 250       // of unpacked to packed
	maxTag      = 1 << 20   // between two tags
	maxColumns  = 512
)

// book is an opened workbook. A library reads a workbook whole or gives its
// cells as they are shown, rounded; here they are read exactly and row by row.
type book struct {
	file   *os.File
	zip    *zip.Reader
	sheets []sheetPart
	dates  []bool // by style: its numbers are dates
	since  int    // the day of serial 0, see serialDay
	texts  texts
}

type sheetPart struct {
	imports.Sheet
	part string
}

func broken(err error) error {
	var e *pos.Error
	if errors.As(err, &e) {
		return e
	}
	return &pos.Error{Code: pos.CodeInvalid, ID: "table.excel-broken", Err: err}
}

func openBook(file *os.File, size int64, f imports.Format) (imports.Rows, error) {
	z, err := zip.NewReader(file, size)
	if err != nil {
		return nil, broken(err)
	}
	if len(z.File) > maxParts {
		return nil, bomb()
	}
	b := &book{file: file, zip: z}
	for _, part := range z.File {
		if part.Flags&1 != 0 {
			return nil, pos.E(pos.CodeInvalid, "table.encrypted", nil)
		}
	}
	if err := b.readContents(); err != nil {
		return nil, broken(err)
	}
	chosen, err := b.choose(f.Sheet)
	if err != nil {
		return nil, err
	}
	if err := b.texts.read(b); err != nil {
		return nil, broken(err)
	}
	rows, err := b.rows(chosen)
	if err != nil {
		return nil, broken(err)
	}
	return rows, nil
}

func bomb() error { return pos.E(pos.CodeInvalid, "table.excel-bomb", nil) }

// choose takes the sheet asked for, else the first that is not hidden.
func (b *book) choose(name string) (sheetPart, error) {
	for _, s := range b.sheets {
		if name == s.Name || name == "" && !s.Hidden {
			return s, nil
		}
	}
	if name == "" && len(b.sheets) > 0 {
		return b.sheets[0], nil
	}
	return sheetPart{}, pos.E(pos.CodeNotFound, "table.no-sheet", pos.Args{"Sheet": name})
}

// part opens a part by its name, nil when it is not there. Names are compared
// as Windows does.
func (b *book) part(name string) (io.ReadCloser, *zip.File, error) {
	i := slices.IndexFunc(b.zip.File, func(f *zip.File) bool { return strings.EqualFold(f.Name, name) })
	if i < 0 {
		return nil, nil, nil
	}
	f := b.zip.File[i]
	if f.UncompressedSize64 > maxUnpacked {
		return nil, nil, bomb()
	}
	r, err := f.Open()
	return r, f, err
}

// walk hands every element of a part to fn while it is read; texts do not
// matter. A part that is not there has no elements.
func (b *book) walk(name string, fn func(path []string, e xml.StartElement)) error {
	r, f, err := b.part(name)
	if err != nil || r == nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(&tagGuard{r: r, most: maxUnpacked, packed: int64(f.CompressedSize64)})
	var at []string
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if at = append(at, t.Name.Local); len(at) > 64 {
				return errors.New("too deep")
			}
			fn(at, t)
		case xml.EndElement:
			if len(at) > 0 {
				at = at[:len(at)-1]
			}
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// readContents finds the sheets, the dates among the styles and the first day.
func (b *book) readContents() error {
	main := "xl/workbook.xml"
	err := b.walk("_rels/.rels", func(_ []string, e xml.StartElement) {
		if e.Name.Local == "Relationship" && strings.HasSuffix(attr(e, "Type"), "/officeDocument") {
			main = strings.TrimPrefix(attr(e, "Target"), "/")
		}
	})
	if err != nil {
		return err
	}
	dir := path.Dir(main)
	targets := map[string]string{}
	err = b.walk(path.Join(dir, "_rels", path.Base(main)+".rels"), func(_ []string, e xml.StartElement) {
		target := attr(e, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(dir, target)
		}
		targets[attr(e, "Id")] = strings.TrimPrefix(target, "/")
		switch {
		case strings.HasSuffix(attr(e, "Type"), "/sharedStrings"):
			b.texts.part = strings.TrimPrefix(target, "/")
		}
	})
	if err != nil {
		return err
	}
	b.since = days1900
	err = b.walk(main, func(_ []string, e xml.StartElement) {
		switch e.Name.Local {
		case "workbookPr":
			if v := attr(e, "date1904"); v == "1" || v == "true" {
				b.since = days1904
			}
		case "sheet":
			id := ""
			for _, a := range e.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" {
					id = a.Value
				}
			}
			s := sheetPart{imports.Sheet{Name: attr(e, "name"), Hidden: strings.HasSuffix(strings.ToLower(attr(e, "state")), "hidden")}, targets[id]}
			if s.part != "" {
				b.sheets = append(b.sheets, s)
			}
		}
	})
	if err != nil {
		return err
	}
	if len(b.sheets) == 0 {
		return pos.E(pos.CodeInvalid, "table.not-excel", nil)
	}
	return b.readStyles(path.Join(dir, "styles.xml"))
}

// readStyles notes which styles show a number as a date.
func (b *book) readStyles(name string) error {
	custom := map[string]bool{}
	return b.walk(name, func(at []string, e xml.StartElement) {
		switch {
		case e.Name.Local == "numFmt":
			custom[attr(e, "numFmtId")] = isDateFormat(attr(e, "formatCode"))
		case e.Name.Local == "xf" && len(at) > 1 && at[len(at)-2] == "cellXfs" && len(b.dates) < 1<<16:
			id := attr(e, "numFmtId")
			date, known := custom[id]
			b.dates = append(b.dates, known && date || !known && builtinDates[id])
		}
	})
}

// builtinDates are the formats every program knows by number.
var builtinDates = map[string]bool{"14": true, "15": true, "16": true, "17": true, "22": true,
	"27": true, "28": true, "29": true, "30": true, "31": true, "36": true, "50": true, "51": true, "52": true, "53": true, "54": true, "57": true, "58": true}

// isDateFormat looks for a year or a day outside quotes and brackets.
func isDateFormat(code string) bool {
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '\\' || c == '_':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case bracket:
		case c == 'y' || c == 'Y' || c == 'd' || c == 'D':
			return true
		}
	}
	return false
}

// tagGuard lets XML through as long as its tags come close enough together for
// the decoder, which keeps what is between them in memory, and as long as it
// does not unpack to an absurd multiple. Comments, entities and other things
// that no spreadsheet writes are refused.
type tagGuard struct {
	r            io.Reader
	most, packed int64
	total        int64
	since        int
	opened       bool
}

func (g *tagGuard) Read(p []byte) (int, error) {
	n, err := g.r.Read(p)
	g.total += int64(n)
	if g.total > g.most || g.total > 64<<20 && g.packed > 0 && g.total/g.packed > maxRatio {
		return 0, bomb()
	}
	for _, b := range p[:n] {
		if g.opened && b == '!' {
			return 0, errors.New("a declaration or comment")
		}
		if g.opened = b == '<'; g.opened {
			g.since = 0
		}
		if g.since++; g.since > maxTag {
			return 0, bomb()
		}
	}
	return n, err
}
