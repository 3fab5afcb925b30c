package ui

import (
	"context"
	"os"
	"strings"

	"kassa/pos"
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
	// Noted keeps those that came in otherwise than they stand in the file.
	Noted(path, line, note string) exports.RefusedRows
}

// SaveRows writes a list that stands on the screen into a new file, in the
// format its name asks for, and returns the file's full path. It needs
// RightExport; CodeInvalid without a name.
func (e *Env) SaveRows(ctx context.Context, a pos.Actor, path string, rows [][]exports.Cell) (string, error) {
	if err := e.Till.Demand(ctx, a, pos.RightExport); err != nil {
		return "", err
	}
	if path = strings.TrimSpace(path); path == "" {
		return "", pos.E(pos.CodeInvalid, "table.no-name", nil)
	}
	return e.Tables.Write(ctx, path, exports.FormatOf(path), func(w exports.Writer) error {
		for _, row := range rows {
			if err := w.Row(row); err != nil {
				return err
			}
		}
		return w.End()
	})
}

// Home is where people keep their files; the working folder where the system
// does not tell.
func Home() string {
	dir, err := os.UserHomeDir()
	if err != nil {
		return "."
	}
	return dir
}
