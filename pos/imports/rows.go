package imports

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"kassa/pos"
	"kassa/pos/pan"
)

// This file goes from row to row and reads their cells.

// row is one row of a file while its cells are read; it collects what is wrong
// and what has to be told.
type row struct {
	t     *Reader
	line  int
	cells []string
	bad   []BadRow
	notes []Note
}

// next reads one row; io.EOF after the last. Rows without any text, and those
// that are groups, totals or heads again, are passed over.
func (t *Reader) next() (*row, error) {
	for {
		cells, line, err := t.take()
		if err != nil {
			t.endGroup()
			return nil, err
		}
		if blank(cells) || t.aside(cells, line) {
			continue
		}
		r := &row{t: t, line: line, cells: cells}
		r.beyond()
		r.lost()
		return r, nil
	}
}

// lost refuses cells with a letter that the file's encoding could not tell, or
// with question marks for all of them: what stood there nobody knows.
func (r *row) lost() {
	for i, c := range r.t.mapping.Columns {
		if c != "" && i < len(r.cells) && (strings.ContainsRune(r.cells[i], utf8.RuneError) || questioned(r.cells[i])) {
			r.refuse(c, "import.lost-letter", pos.Args{"Input": clip(r.cells[i])})
		}
	}
}

// beyond looks at cells outside of the table. Beside a sheet's table stand
// notes; in separated text such a cell tells that the row has shifted, unless an
// empty one stands between.
func (r *row) beyond() {
	want := len(r.t.mapping.Columns)
	if len(r.cells) <= want || blank(r.cells[want:]) {
		return
	}
	if !r.t.book && strings.TrimSpace(r.cells[want]) != "" {
		r.refuse("", "import.cells", pos.Args{"Want": want, "Have": len(r.cells)})
		return
	}
	for _, c := range r.cells[want:] {
		if c = strings.TrimSpace(c); c != "" {
			r.note("", "import.note.beside", pos.Args{"Text": clip(c)})
		}
	}
}

func (t *Reader) take() ([]string, int, error) {
	if len(t.held) > 0 {
		r := t.held[0]
		t.held = t.held[1:]
		return r.Cells, r.Line, nil
	}
	return t.rows.Next()
}

// first is the first column of a field, -1 for none.
func (t *Reader) first(c Field) int {
	if i, ok := t.at[c]; ok {
		return i[0]
	}
	return -1
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// cell is the text of a column, trimmed and without hidden signs; "" when the
// file does not have it.
func (r *row) cell(c Field) string {
	i, ok := r.t.at[c]
	if !ok {
		return ""
	}
	return r.text(c, i[0])
}

// text is one cell of a field. The apostrophe that a spreadsheet or our own
// export put before a text which looks like a formula is taken off again; the
// text stays a text. So are the marks that keep a number's noughts. A
// spreadsheet's error is empty.
func (r *row) text(c Field, i int) string {
	if i >= len(r.cells) {
		return ""
	}
	text := strings.TrimSpace(r.cells[i])
	if rest, ok := strings.CutPrefix(text, "'"); ok && looksLikeFormula(rest) {
		return rest
	}
	text = unmarked(text)
	if mayHide(text) {
		text = r.cleaned(c, text)
	}
	if isErrorCell(text) {
		r.note(c, "import.note.error-cell", pos.Args{"Input": clip(text)})
		return ""
	}
	return r.cardless(c, text)
}

// cardless hides the number of a payment card in what people write and notes it.
// One that would be a customer's own card is refused: hidden it would be nobody's.
func (r *row) cardless(c Field, text string) string {
	switch c {
	case colName, colSurname, colPatronymic, colGroup, colNote, colCategory, colUnit, colVariant, colEmail:
		masked, had := pan.Mask(text)
		if had {
			r.note(c, "import.note.card-number", pos.Args{"Text": clip(masked)})
		}
		return masked
	case colCard:
		if masked, had := pan.Mask(text); had && !strings.HasPrefix(text, pan.Trade) {
			r.refuse(c, "text.card-number", pos.Args{"Text": masked})
		}
	}
	return text
}

// filled is a cell that holds something: a dash or «нет» is nothing.
func (r *row) filled(c Field) string {
	text := r.cell(c)
	if isNothing(text) {
		return ""
	}
	return text
}

// code is a cell that names something: a number of which a spreadsheet has lost
// digits is refused.
func (r *row) code(c Field, text string) string {
	if lostDigits(text) {
		r.refuse(c, "import.lost-digits", pos.Args{"Input": clip(text)})
	}
	return text
}

// refuse notes what is wrong with a column of the row.
func (r *row) refuse(c Field, id string, args pos.Args) {
	r.bad = append(r.bad, BadRow{r.line, r.t.named(c), c, id, args})
}

// note tells what was done to a column of the row.
func (r *row) note(c Field, id string, args pos.Args) {
	for _, n := range r.notes {
		if n.ID == id && n.Field == c {
			return // a cell that is read twice
		}
	}
	r.notes = append(r.notes, Note{r.line, r.t.named(c), c, id, args})
}

// named is what the file calls the column of a field, "" where it does not.
func (t *Reader) named(c Field) string {
	if i := t.first(c); i >= 0 && i < len(t.header) {
		return clip(t.header[i])
	}
	return ""
}

// refuseError notes an error of a rule.
func (r *row) refuseError(c Field, err error) {
	var e *pos.Error
	if errors.As(err, &e) {
		r.refuse(c, e.ID, e.Args)
		return
	}
	r.refuse(c, "import.bad-value", nil)
}

// clip makes a piece of somebody's file fit to be shown.
func clip(s string) string {
	const limit = 64
	shown := make([]rune, 0, limit)
	for _, c := range strings.TrimSpace(s) {
		if len(shown) == limit {
			shown[limit-1] = '…'
			break
		}
		if pos.HasControl(string(c)) {
			c = '�'
		}
		shown = append(shown, c)
	}
	return string(shown)
}

// unmarked takes off what is written around a number so that a spreadsheet keeps
// its noughts: '00017 and ="00017".
func unmarked(text string) string {
	if rest, ok := strings.CutPrefix(text, `="`); ok && strings.Count(rest, `"`) == 1 && strings.HasSuffix(rest, `"`) {
		return strings.TrimSpace(strings.TrimSuffix(rest, `"`))
	}
	if rest, ok := strings.CutPrefix(text, "'"); ok && rest != "" && strings.Trim(rest, "0123456789") == "" {
		return rest
	}
	return text
}

// looksLikeFormula reports a text a spreadsheet would compute instead of show.
func looksLikeFormula(s string) bool {
	return s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0]))
}

// fileError turns what stopped the reading into a sentence.
func fileError(err error) error {
	var e *pos.Error
	if errors.As(err, &e) {
		return e
	}
	if errors.Is(err, io.EOF) {
		return pos.E(pos.CodeInvalid, "import.empty", nil)
	}
	var syntax *csv.ParseError
	if errors.As(err, &syntax) {
		return &pos.Error{Code: pos.CodeInvalid, ID: "import.quotes", Args: pos.Args{"Line": syntax.StartLine}, Err: err}
	}
	return pos.Wrap(pos.CodeUnavailable, "import.unreadable", err)
}
