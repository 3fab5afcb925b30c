package tables

// A workbook of Excel and of whoever writes its format.

import (
	"archive/zip"
	"errors"
	"os"

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
	styles []*numberFormat // by their number
	since  int             // which first day days are counted from
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

func openBook(file *os.File, z *zip.Reader, f imports.Format) (imports.Rows, error) {
	b := &book{file: file, zip: z}
	if err := b.readContents(); err != nil {
		return nil, broken(err)
	}
	if err := b.texts.read(b); err != nil {
		return nil, broken(err)
	}
	chosen, err := b.choose(f.Sheet)
	if err != nil {
		return nil, err
	}
	rows, err := b.rows(chosen)
	if err != nil {
		return nil, broken(err)
	}
	return rows, nil
}

func bomb() error { return pos.E(pos.CodeInvalid, "table.excel-bomb", nil) }
