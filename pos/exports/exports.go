// Package exports says what the lists a shop writes out are made of. How a file
// of them is written is the business of whoever implements Writer.
package exports

import (
	"path"
	"slices"
	"strings"
)

// Format is how a file is written.
type Format string

// The formats.
const (
	CSV   Format = "csv"   // UTF-8 with a byte order mark and semicolons: what spreadsheets open by a double click
	XLSX  Format = "xlsx"  // a workbook, with further sheets where one is full
	JSON  Format = "json"  // one array of objects, each on a line
	JSONL Format = "jsonl" // an object a line
)

// Formats are all of them, in the order in which they are offered.
var Formats = []Format{CSV, XLSX, JSON, JSONL}

// FormatOf is the format a file's name asks for by its ending; CSV without one
// that is known.
func FormatOf(name string) Format {
	f := Format(strings.ToLower(strings.TrimPrefix(path.Ext(name), ".")))
	if slices.Contains(Formats, f) {
		return f
	}
	return CSV
}

// Kind says what a cell holds, so that a format may keep it typed.
type Kind uint8

// The kinds of cells.
const (
	Text   Kind = iota // of a person: it may look like a formula and must not become one
	Plain              // text made by the till: an id, a time, a phone
	Number             // a decimal with a point
)

// Cell is one value under its column's permanent name.
type Cell struct {
	Name  string
	Value string
	Kind  Kind
}

// Writer takes a list row by row. Every row has the same names in the same
// order. End finishes the list; a Writer that is not ended left no whole file.
// Errors are those of the file.
type Writer interface {
	Row(cells []Cell) error
	End() error
}

// RefusedRows keeps the rows an import left out, for mending.
type RefusedRows interface {
	// Add keeps a row as it stood, with its line and what is wrong with it.
	Add(header, cells []string, line int, reason string) error
	// Close finishes the list and answers where it lies; "" when it has no row.
	Close() (string, error)
}
