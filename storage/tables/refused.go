package tables

import (
	"bufio"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"kassa/pos/exports"
)

// Refused is the list of rows an import left out, kept beside the file they
// came from: mended, it can be imported by itself. Nothing is made before the
// first row.
type Refused struct {
	beside string
	suffix string
	labels [2]string
	file   *os.File
	buf    *bufio.Writer
	csv    *csv.Writer
}

// NewRefused keeps the rows left out of the file at path; line and reason are
// the headers of the two columns that say why.
func NewRefused(path, line, reason string) *Refused {
	return &Refused{beside: path, suffix: "-refused", labels: [2]string{line, reason}}
}

// NewNoted keeps the rows that came in otherwise than they stand in the file at
// path, or were passed over, in a list of the same kind; note is the header of
// the column that says how.
func NewNoted(path, line, note string) *Refused {
	return &Refused{beside: path, suffix: "-notes", labels: [2]string{line, note}}
}

// Noted is NewNoted.
func (Files) Noted(path, line, note string) exports.RefusedRows {
	return NewNoted(path, line, note)
}

// Refused is NewRefused.
func (Files) Refused(path, line, reason string) exports.RefusedRows {
	return NewRefused(path, line, reason)
}

// Add keeps one row as it stood, with its line and what is wrong with it.
func (r *Refused) Add(header, cells []string, line int, reason string) error {
	if r.file == nil {
		if err := r.begin(header); err != nil {
			return err
		}
	}
	return r.write(cells, strconv.Itoa(line), reason)
}

func (r *Refused) begin(header []string) error {
	file, err := os.CreateTemp(filepath.Dir(r.beside), ".kassa-*.part")
	if err != nil {
		return unwritable(r.beside, err)
	}
	r.file, r.buf = file, bufio.NewWriter(file)
	r.csv = csv.NewWriter(r.buf)
	r.csv.Comma, r.csv.UseCRLF = ';', true
	if _, err := r.buf.WriteString("\uFEFF"); err != nil {
		return unwritable(r.beside, err)
	}
	if header == nil {
		return nil
	}
	return r.write(header, r.labels[0], r.labels[1])
}

func (r *Refused) write(cells []string, more ...string) error {
	row := make([]string, 0, len(cells)+len(more))
	for _, c := range cells {
		row = append(row, cellText(exports.Cell{Value: c}))
	}
	if err := r.csv.Write(append(row, more...)); err != nil {
		return unwritable(r.beside, err)
	}
	return nil
}

// Close gives the list its name, the file's own with "-refused" or "-notes"
// before a number where it is taken. It answers "" when there was no row.
func (r *Refused) Close() (string, error) {
	if r.file == nil {
		return "", nil
	}
	defer os.Remove(r.file.Name())
	r.csv.Flush()
	if err := errors.Join(r.csv.Error(), r.buf.Flush(), r.file.Sync(), r.file.Close()); err != nil {
		return "", unwritable(r.beside, err)
	}
	base := strings.TrimSuffix(r.beside, filepath.Ext(r.beside)) + r.suffix
	for n := 1; ; n++ {
		name := base + ".csv"
		if n > 1 {
			name = base + "-" + strconv.Itoa(n) + ".csv"
		}
		if _, err := os.Lstat(name); err == nil && n < 1000 {
			continue
		}
		if err := os.Rename(r.file.Name(), name); err != nil {
			return "", unwritable(name, err)
		}
		return name, nil
	}
}
