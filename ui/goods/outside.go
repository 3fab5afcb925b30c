package goods

import "io"

// WriteNew fills a new file that gets its name only when it is whole; what lies
// there already is never overwritten. It returns the file's whole path, or an
// error that says what to do.
func WriteNew(name string, fill func(io.Writer) error) (string, error) { return writeNew(name, fill) }

// StartFolder is where files are offered to be written: the person's documents.
func StartFolder() string { return startFolder() }
