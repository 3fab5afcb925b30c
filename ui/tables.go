package ui

import (
	"context"

	"kassa/pos/exports"
	"kassa/pos/imports"
)

// Tables reads and writes the files in which people keep lists. Its errors are
// *pos.Error with a sentence that names the file.
type Tables interface {
	// Open opens a list from its first row.
	Open(path string, f imports.Format) (imports.Rows, error)
	// Write fills a new file that gets its name only when it is whole; the
	// answer is its full path.
	Write(ctx context.Context, path string, f exports.Format, fill func(exports.Writer) error) (string, error)
	// Refused keeps the rows left out of the file at path in a list beside it.
	Refused(path, line, reason string) exports.RefusedRows
}
