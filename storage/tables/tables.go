// Package tables reads and writes the files in which people keep lists: text
// with separators in any encoding of our markets, and Excel workbooks. Reading
// and writing go row by row: a million rows need no more memory than ten.
//
// It finds out by itself how a file is written and says what it found, so that
// a person can see the guess and change it.
package tables

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"kassa/pos"
	"kassa/pos/imports"
)

// Files reads and writes lists by name. The zero value is ready.
type Files struct{}

// Open opens a list from its first row. The errors are *pos.Error: the file is
// missing, too large, encrypted, of another program, or damaged.
func (Files) Open(path string, f imports.Format) (imports.Rows, error) { return Open(path, f) }

// Open is Files.Open.
func Open(path string, f imports.Format) (imports.Rows, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	rows, err := open(file, f)
	if err != nil {
		_ = file.Close()
		return nil, err
	}
	return rows, nil
}

func open(file *os.File, f imports.Format) (imports.Rows, error) {
	st, err := file.Stat()
	if err != nil || !st.Mode().IsRegular() {
		return nil, unreadable(file.Name(), errors.Join(err, errors.New("not a regular file")))
	}
	if st.Size() > imports.MaxFileBytes {
		return nil, pos.E(pos.CodeInvalid, "import.file-large", pos.Args{"MiB": imports.MaxFileBytes >> 20})
	}
	head := make([]byte, 8)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, unreadable(file.Name(), err)
	}
	head = head[:n]
	switch ext := strings.ToLower(filepath.Ext(file.Name())); {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return openBook(file, st.Size(), f)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		// The container of both: what Excel encrypts and what it wrote before 2007.
		if ext == ".xls" {
			return nil, pos.E(pos.CodeInvalid, "table.old-excel", nil)
		}
		return nil, pos.E(pos.CodeInvalid, "table.encrypted", nil)
	case n == 0:
		return nil, pos.E(pos.CodeInvalid, "import.empty", nil)
	case ext == ".xlsx" || ext == ".xlsm" || bytes.HasPrefix(head, []byte("PK")):
		return nil, pos.E(pos.CodeInvalid, "table.not-excel", nil)
	case bytes.HasPrefix(head, []byte("%PDF")), bytes.HasPrefix(head, []byte("\x89PNG")), bytes.HasPrefix(head, []byte("\xFF\xD8\xFF")):
		return nil, pos.E(pos.CodeInvalid, "table.no-list", nil)
	}
	return openText(file, st.Size(), f)
}

// textRows are the rows of a text file, decoded on the way.
type textRows struct {
	imports.Rows
	file    *os.File
	charset string
	size    int64
	read    *atomic.Int64
}

func openText(file *os.File, size int64, f imports.Format) (imports.Rows, error) {
	charset := f.Charset
	if charset == "" {
		var err error
		if charset, err = findCharset(file); err != nil {
			return nil, unreadable(file.Name(), err)
		}
	}
	codec, known := codecs[charset]
	if !known {
		return nil, pos.E(pos.CodeInvalid, "table.charset", pos.Args{"Charset": charset})
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, unreadable(file.Name(), err)
	}
	read := &atomic.Int64{}
	var r io.Reader = counting{file, read}
	if codec != nil {
		r = &unmarked{r: bufio.NewReader(codec.NewDecoder().Reader(r))}
	}
	rows, err := imports.NewCSV(r, f.Comma)
	if err != nil {
		return nil, err
	}
	return &textRows{Rows: rows, file: file, charset: charset, size: size, read: read}, nil
}

func (t *textRows) Format() imports.Format {
	f := t.Rows.Format()
	f.Charset = t.charset
	return f
}

func (t *textRows) Share() (int64, int64) { return t.read.Load(), t.size }

func (t *textRows) Close() error { return t.file.Close() }

// counting counts what was read, for whoever watches the progress.
type counting struct {
	r    io.Reader
	read *atomic.Int64
}

func (c counting) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.read.Add(int64(n))
	return n, err
}

// unmarked takes the mark off the beginning of decoded text.
type unmarked struct {
	r     *bufio.Reader
	begun bool
}

func (s *unmarked) Read(p []byte) (int, error) {
	if !s.begun {
		s.begun = true
		if mark, _ := s.r.Peek(3); string(mark) == "\uFEFF" {
			_, _ = s.r.Discard(3)
		}
	}
	return s.r.Read(p)
}

func unreadable(path string, err error) error {
	e := &pos.Error{Code: pos.CodeUnavailable, ID: "table.unreadable", Args: pos.Args{"File": filepath.Base(path)}, Err: err}
	if errors.Is(err, fs.ErrNotExist) {
		e.Code, e.ID = pos.CodeNotFound, "table.missing"
	}
	return e
}
