package imports

// The rows of separated text, read as Excel reads them.

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"kassa/pos"
)

// csvRows reads cells from text in UTF-8.
type csvRows struct {
	in     *bufio.Reader
	comma  byte
	format Format
	rows   int
	line   int      // that was read last
	done   int64    // bytes
	ahead  []string // lines that were read in search of the end of a quotation
	record []byte   // the row, of one line or several
	cells  []string
	text   []byte // of the cells, one after another
	ends   []int  // of each in text
	open   *quotation
	later  event
}

// NewCSV reads separated text in UTF-8, with or without a byte order mark. A
// comma of 0 is found out. CodeInvalid "import.empty" when there is no text at
// all.
func NewCSV(r io.Reader, comma rune) (Rows, error) {
	buffered := bufio.NewReaderSize(r, MaxRowBytes+utf8BOMLen)
	first, err := buffered.Peek(MaxRowBytes + utf8BOMLen)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fileError(err)
	}
	if bytes.HasPrefix(first, utf8BOM) {
		first = first[utf8BOMLen:]
		if _, err := buffered.Discard(utf8BOMLen); err != nil {
			return nil, fileError(err)
		}
	}
	if len(bytes.TrimSpace(first)) == 0 {
		return nil, pos.E(pos.CodeInvalid, "import.empty", nil)
	}
	t := &csvRows{}
	named, length := namedSeparator(first)
	if length > 0 {
		if _, err := buffered.Discard(length); err != nil {
			return nil, fileError(err)
		}
		first, t.line = first[length:], 1
	}
	switch {
	case comma != 0:
	case named != 0:
		comma = named
	default:
		comma = separator(first)
	}
	t.format, t.comma = Format{Charset: "utf-8", Comma: comma}, byte(comma)
	t.in = bufio.NewReaderSize(&guard{r: &lineEnds{r: buffered}, line: 1 + t.line}, MaxRowBytes+1)
	return t, nil
}

func (t *csvRows) Next() ([]string, int, error) {
	for {
		line, err := t.read()
		if errors.Is(err, io.EOF) {
			return nil, 0, io.EOF
		}
		if err != nil {
			return nil, 0, fileError(err)
		}
		if len(t.record) == 0 {
			continue
		}
		if t.rows++; t.rows > MaxRows {
			return nil, 0, tooManyRows()
		}
		return t.cells, line, nil
	}
}

func (t *csvRows) Format() Format        { return t.format }
func (t *csvRows) Sheets() []Sheet       { return nil }
func (t *csvRows) Share() (int64, int64) { return t.done, 0 }
func (t *csvRows) Close() error          { return nil }

// maxQuotedLines are as many as a cell may have; a quotation longer than that is
// one that somebody forgot to close.
const maxQuotedLines = 200

// read reads a row and takes it apart. A quotation that is never closed was
// none: its quote is text, and the lines after it are rows of their own.
func (t *csvRows) read() (line int, err error) {
	t.record, t.open, t.later = t.record[:0], nil, event{}
	if err := t.addLine(); err != nil {
		return 0, err
	}
	line = t.line
	first := len(t.record)
	for found := t.split(false); found != whole; {
		grown := len(t.record)
		if t.line-line >= maxQuotedLines {
			found = noQuote
		}
		if found == unclosed {
			if err = t.addLine(); err != nil && !errors.Is(err, io.EOF) {
				return 0, err
			}
		}
		switch {
		case found == noQuote, err != nil:
			if len(t.record) > first {
				t.ahead = append(strings.Split(string(t.record[first+1:]), "\n"), t.ahead...)
			}
			t.record, t.line = t.record[:first], line
			found = t.split(true)
		case bytes.IndexByte(t.record[grown:], '"') >= 0:
			found = t.split(false)
		}
	}
	return line, nil
}

// addLine adds the next line to the row, without its end.
func (t *csvRows) addLine() error {
	var line []byte
	if len(t.ahead) > 0 {
		line, t.ahead = []byte(t.ahead[0]), t.ahead[1:]
	} else {
		var err error
		if line, err = t.in.ReadSlice('\n'); err != nil && (!errors.Is(err, io.EOF) || len(line) == 0) && !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
		t.done += int64(len(line))
	}
	t.line++
	if len(t.record) > 0 {
		t.record = append(t.record, '\n')
	}
	t.record = append(t.record, bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))...)
	if len(t.record) > MaxRowBytes {
		return pos.E(pos.CodeInvalid, "import.row-large", pos.Args{"Line": t.line, "KiB": MaxRowBytes >> 10})
	}
	return nil
}

func tooManyRows() error {
	return pos.E(pos.CodeInvalid, "import.rows-many", pos.Args{"Max": MaxRows})
}

var utf8BOM = []byte("\xEF\xBB\xBF")

const utf8BOMLen = 3

// lineEnds turns the lone carriage returns of old programs into line feeds, so
// that a file of mixed line ends has the rows one sees.
type lineEnds struct{ r *bufio.Reader }

func (l *lineEnds) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	n, err := l.r.Read(p)
	for i, b := range p[:n] {
		if b != '\r' {
			continue
		}
		if i+1 < n {
			if p[i+1] != '\n' {
				p[i] = '\n'
			}
			continue
		}
		if next, _ := l.r.Peek(1); len(next) == 0 || next[0] != '\n' {
			p[i] = '\n'
		}
	}
	return n, err
}
