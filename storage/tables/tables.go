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

// textRows are the rows of a text file, decoded on the way.
type textRows struct {
	imports.Rows
	file *os.File
	how  writing
	size int64
	read *atomic.Int64
}

func openText(file *os.File, size int64, f imports.Format) (imports.Rows, error) {
	r, read, how, err := decoded(file, size, f.Charset)
	if err != nil {
		return nil, err
	}
	rows, err := imports.NewCSV(r, f.Comma)
	if err != nil {
		return nil, err
	}
	return &textRows{Rows: rows, file: file, how: how, size: size, read: read}, nil
}

// decoded is a file's text in UTF-8 from its beginning, in the encoding asked
// for or the one that is found.
func decoded(file *os.File, size int64, charset string) (io.Reader, *atomic.Int64, writing, error) {
	how := writing{charset: charset}
	if charset == "" || charset == "utf-8" {
		found, err := findCharset(file)
		if err != nil {
			return nil, nil, how, unreadable(file.Name(), err)
		}
		if charset == "" || found.charset == charset {
			how = found
		}
	}
	codec, known := codecs[how.charset]
	if !known {
		return nil, nil, how, pos.E(pos.CodeInvalid, "table.charset", pos.Args{"Charset": how.charset})
	}
	end, err := textEnd(file, size, how.charset)
	if err != nil {
		return nil, nil, how, unreadable(file.Name(), err)
	}
	read := &atomic.Int64{}
	var r io.Reader = counting{io.NewSectionReader(file, 0, end), read}
	if how.charset != "utf-8" || how.mended {
		r = &unmarked{r: bufio.NewReader(codec.NewDecoder().Reader(r))}
	}
	return r, read, how, nil
}

// textEnd is where a text ends: old programs put a mark of its own there, and
// what was cut off by a power failure is filled with noughts.
func textEnd(file *os.File, size int64, charset string) (int64, error) {
	if strings.HasPrefix(charset, "utf-16") {
		return size, nil
	}
	tail := make([]byte, min(size, 64<<10))
	n, err := file.ReadAt(tail, size-int64(len(tail)))
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	return size - int64(n-len(bytes.TrimRight(tail[:n], "\x00\x1A"))), nil
}

func (t *textRows) Format() imports.Format {
	f := t.Rows.Format()
	f.Charset, f.Doubt = t.how.charset, t.how.doubt
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
