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

// quotation is a cell in quotes that is being read.
type quotation struct {
	from int // after its first quote
	at   int // where the reading stands
	mark int // where its text begins
}

// event is the quote that decides for all quotes before it in its line.
type event struct {
	from, to int
	ends     bool
}

// split takes the record apart into cells, or goes on where the record grew by a
// line. With force it begins anew, and a quotation that does not end is text, its
// quote included.
func (t *csvRows) split(force bool) outcome {
	q := t.open
	if force || q == nil {
		q, t.text, t.ends, t.later = nil, t.text[:0], t.ends[:0], event{}
	}
	for at := 0; ; at++ {
		if q == nil && at < len(t.record) && t.record[at] == '"' {
			q = &quotation{at + 1, at + 1, len(t.text)}
		}
		if q == nil {
			at = t.bare(at)
		} else {
			end, found := t.quoted(q)
			if found != whole && !force {
				t.open = q
				return found
			}
			if found != whole {
				t.text = t.text[:q.mark]
				end = t.bare(at)
			}
			at, q, t.open = end, nil, nil
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
func (t *csvRows) quoted(q *quotation) (end int, found outcome) {
	for s := t.record; ; {
		n := bytes.IndexByte(s[q.at:], '"')
		if n < 0 {
			t.text = append(t.text, s[q.at:]...)
			q.at = len(s)
			return 0, unclosed
		}
		t.text = append(t.text, s[q.at:q.at+n]...)
		q.at += n + 1
		if q.at < len(s) && s[q.at] == '"' {
			t.text = append(t.text, '"')
			q.at++
			continue
		}
		if end, ends := t.endsCell(q.at); ends {
			return end, whole
		}
		lines := bytes.IndexByte(t.text[q.mark:], '\n') >= 0
		switch later := t.endsLater(q.at); {
		case lines && (s[q.at-2] == t.comma || !later):
			return 0, noQuote
		case !later:
			t.text = t.text[:q.mark]
			return t.bareLine(q.from-1, q.at), whole
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
	if l := t.later; l.from <= at && at <= l.to {
		return l.ends
	}
	t.later = event{from: at}
	for ; at < len(t.record) && t.record[at] != '\n'; at++ {
		if t.record[at] != '"' {
			continue
		}
		if _, ends := t.endsCell(at + 1); ends {
			t.later.ends = true
			break
		}
		if t.record[at-1] == t.comma {
			break
		}
	}
	t.later.to = at
	return t.later.ends
}
