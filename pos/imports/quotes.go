package imports

// How a row of separated text is taken apart: what a quote means is seen only by
// what stands after the next one.

import "bytes"

// outcome is how the taking apart of a row ended.
type outcome int

const (
	whole    outcome = iota
	unclosed         // a quotation goes on in the next line
	noQuote          // what looked like a quotation over several lines was none
)

// split takes the record apart into cells. With force a quotation that does not
// end is text, its quote included.
func (t *csvRows) split(force bool) outcome {
	t.text, t.ends = t.text[:0], t.ends[:0]
	for at := 0; ; at++ {
		if at < len(t.record) && t.record[at] == '"' {
			end, found := t.quoted(at + 1)
			if found != whole && !force {
				return found
			}
			if found != whole {
				end = t.bare(at)
			}
			at = end
		} else {
			at = t.bare(at)
		}
		t.ends = append(t.ends, len(t.text))
		if at >= len(t.record) {
			break
		}
	}
	all := string(t.text)
	t.cells = t.cells[:0]
	from := 0
	for _, end := range t.ends {
		t.cells = append(t.cells, Bare(all[from:end]))
		from = end
	}
	return whole
}

// bare takes the text up to the next separator.
func (t *csvRows) bare(at int) (end int) {
	end = len(t.record)
	if n := bytes.IndexByte(t.record[at:], t.comma); n >= 0 {
		end = at + n
	}
	t.text = append(t.text, t.record[at:end]...)
	return end
}

// quoted takes the text of a cell after its first quote, and answers where the
// cell ends. A quote ends it before a separator or the end of the line; two mean
// one of the text; one alone is of the text where another ends the cell in the
// same line ("Молоко "Утро" 1 л"), else the cell only begins with a quotation
// ("Утро" молоко) and all of its quotes are text.
func (t *csvRows) quoted(from int) (end int, found outcome) {
	mark, s := len(t.text), t.record
	for at := from; ; {
		n := bytes.IndexByte(s[at:], '"')
		if n < 0 {
			t.text = t.text[:mark]
			return 0, unclosed
		}
		t.text = append(t.text, s[at:at+n]...)
		at += n + 1
		if at < len(s) && s[at] == '"' {
			t.text = append(t.text, '"')
			at++
			continue
		}
		if end, ends := t.endsCell(at); ends {
			return end, whole
		}
		lines := bytes.IndexByte(s[from:at], '\n') >= 0
		switch {
		case lines && s[at-2] == t.comma, !t.endsLater(at) && lines:
			t.text = t.text[:mark]
			return 0, noQuote
		case !t.endsLater(at):
			t.text = t.text[:mark]
			return t.bareLine(from-1, at), whole
		}
		t.text = append(t.text, '"')
	}
}

// bareLine is bare from a quote on, where the next separator is looked for after
// the quotation.
func (t *csvRows) bareLine(from, after int) (end int) {
	t.text = append(t.text, t.record[from:after]...)
	return t.bare(after)
}

// endsCell tells whether a cell ends where its quotation did.
func (t *csvRows) endsCell(at int) (end int, ends bool) {
	for at < len(t.record) && t.record[at] == ' ' && t.comma != ' ' {
		at++
	}
	return at, at >= len(t.record) || t.record[at] == t.comma || t.record[at] == '\n'
}

// endsLater tells whether a further quote in the same line ends the cell, before
// another cell begins with one.
func (t *csvRows) endsLater(at int) bool {
	for ; at < len(t.record) && t.record[at] != '\n'; at++ {
		if t.record[at] != '"' {
			continue
		}
		if _, ends := t.endsCell(at + 1); ends {
			return true
		}
		if t.record[at-1] == t.comma {
			return false
		}
	}
	return false
}
