package tables

// The parts of a workbook, which are files in an archive, and the styles among
// them.

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
)

// partName writes a part's name in the one way: some programs use the strokes
// of Windows, some begin at the root.
func partName(name string) string {
	return strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/")
}

// part opens a part by its name, nil when it is not there. Names are compared
// as Windows does.
func (b *book) part(name string) (io.ReadCloser, *zip.File, error) {
	name = partName(name)
	i := slices.IndexFunc(b.zip.File, func(f *zip.File) bool { return strings.EqualFold(partName(f.Name), name) })
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
	d, _ := newXML(r, int64(f.CompressedSize64))
	var at []string
	for {
		t, err := nextToken(d)
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

// maxStyles are looked at; Excel takes 65,490.
const maxStyles = 1 << 16

// readStyles notes how each style shows its numbers.
func (b *book) readStyles(name string) error {
	custom := map[string]*numberFormat{}
	for id, code := range builtinFormats {
		custom[strconv.Itoa(id)] = parseFormat(code)
	}
	return b.walk(name, func(at []string, e xml.StartElement) {
		switch {
		case e.Name.Local == "numFmt" && len(custom) < maxStyles && len(at) > 1 && at[len(at)-2] == "numFmts":
			custom[attr(e, "numFmtId")] = parseFormat(attr(e, "formatCode"))
		case e.Name.Local == "xf" && len(at) > 1 && at[len(at)-2] == "cellXfs" && len(b.styles) < maxStyles:
			b.styles = append(b.styles, custom[attr(e, "numFmtId")])
		}
	})
}

// style is how a cell's style shows numbers, nil as they are.
func (b *book) style(i int) *numberFormat {
	if i < 0 || i >= len(b.styles) {
		return nil
	}
	return b.styles[i]
}
