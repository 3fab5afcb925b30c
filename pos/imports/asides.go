package imports

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"kassa/pos"
)

// This file knows the rows of a table that are no goods and nobody's: groups
// between, totals below, heads and page numbers of printed lists.

// totals begin the rows that add up the ones above.
var totals = []string{"итого", "всего", "общий итог", "total", "grand total", "разом", "усього", "всього", "усяго", "разам", "барлығы", "жиыны"}

// pages begin the lines that number printed pages.
var pages = []string{"страница", "стр", "лист", "page", "сторінка", "аркуш", "старонка", "аркуш", "бет"}

// aside tells a row that is none of what the list is about, and notes it. A
// group is remembered for the goods below it.
func (t *Reader) aside(cells []string, line int) bool {
	filled, first, only := 0, "", -1
	for i, c := range cells {
		if c = strings.TrimSpace(c); c != "" {
			if filled++; filled == 1 {
				first, only = c, i
			}
		}
	}
	switch {
	case t.isTotal(cells, first):
		t.passOver(line, "import.note.total", clip(first))
		return true
	case filled > 1 && t.isHead(cells), filled > 1 && numbersColumns(cells, filled):
		return true // as on every printed page
	case t.kind != KindProducts:
		return false
	}
	if i, ok := t.at[colRowType]; ok && filled > 1 {
		return t.typedGroup(cells, i[0], line)
	}
	if filled != 1 || !t.mayGroup() || !isCaption(first, only == t.first(colName)) {
		return false
	}
	if isPageNumber(first) {
		t.passOver(line, "import.note.text", clip(first))
		return true
	}
	t.beginGroup(first, line)
	return true
}

// isTotal looks for the word of a sum at the beginning of a row that has no
// number of its own.
func (t *Reader) isTotal(cells []string, first string) bool {
	if sku := t.first(colSKU); sku >= 0 && at(cells, sku) != "" && at(cells, sku) != first {
		return false
	}
	if phone := t.first(colPhone); phone >= 0 && at(cells, phone) != "" && t.kind == KindCustomers {
		return false
	}
	if !isTotalWord(first) {
		return false
	}
	return t.kind != KindProducts || t.first(colBarcode) < 0 || at(cells, t.first(colBarcode)) == ""
}

func isTotalWord(text string) bool {
	words := tokens(text)
	for _, w := range totals {
		if n := len(tokens(w)); len(words) >= n && strings.Join(words[:n], " ") == w {
			return true
		}
	}
	return false
}

// isHead tells the head again, as it stands on each printed page.
func (t *Reader) isHead(cells []string) bool {
	if t.heads == nil {
		return false
	}
	same := 0
	for i, c := range cells {
		if c = strings.TrimSpace(c); c == "" {
			continue
		}
		if i >= len(t.heads) || t.heads[i] == "" || headerKey(c) != t.heads[i] {
			return false
		}
		same++
	}
	return same > 1
}

// numbersColumns tells the row "1 2 3 4" that official forms have under their
// head.
func numbersColumns(cells []string, filled int) bool {
	if filled < 3 {
		return false
	}
	n := 0
	for _, c := range cells {
		if c = strings.TrimSpace(c); c == "" {
			continue
		}
		if n++; c != strconv.Itoa(n) {
			return false
		}
	}
	return true
}

// typedGroup reads a column that says of each row what it is.
func (t *Reader) typedGroup(cells []string, col, line int) bool {
	says := tokens(at(cells, col))
	group := len(says) > 0 && (says[0] == "группа" || says[0] == "папка" || says[0] == "group" || says[0] == "folder" || says[0] == "група" || says[0] == "санат")
	if len(t.header) > col && headerKey(t.header[col]) == headerKey("это группа") {
		group = group || len(says) > 0 && (says[0] == "да" || says[0] == "истина" || says[0] == "true" || says[0] == "1")
	}
	if name := t.first(colName); group && name >= 0 {
		t.beginGroup(at(cells, name), line)
	}
	return group
}

// mayGroup tells whether a row of one text can be told from goods: a list of
// names alone has none.
func (t *Reader) mayGroup() bool {
	return t.first(colPrice) >= 0 || t.first(colBarcode) >= 0 || t.first(colStock) >= 0
}

// isCaption tells words from a number of goods.
func isCaption(text string, inName bool) bool {
	letters, digits := 0, 0
	for _, r := range text {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		}
	}
	return letters >= 3 && (inName || digits == 0 || strings.ContainsFunc(text, unicode.IsSpace)) && utf8.RuneCountInString(text) <= pos.MaxNameRunes
}

func isPageNumber(text string) bool {
	words := tokens(text)
	if len(words) < 2 || strings.Trim(words[1], "0123456789") != "" {
		return false
	}
	for _, p := range pages {
		if words[0] == p {
			return true
		}
	}
	return false
}

// beginGroup remembers the row until it is known whether goods follow it.
func (t *Reader) beginGroup(name string, line int) {
	t.endGroup()
	t.group, t.groupLine = strings.Join(strings.Fields(visible(name)), " "), line
}

// endGroup tells of a group without goods: it was a text between rows.
func (t *Reader) endGroup() {
	if t.groupLine > 0 {
		t.passOver(t.groupLine, "import.note.text", clip(t.group))
	}
	t.groupLine = 0
}

// grouped gives goods the category of the group they stand in, where the list
// has none of its own.
func (t *Reader) grouped(p *Product) {
	if t.group == "" || p.Category != nil {
		return
	}
	if _, has := t.at[colCategory]; has || len([]rune(t.group)) > pos.MaxNameRunes {
		t.endGroup()
		t.group = ""
		return
	}
	if t.groupLine > 0 {
		t.passed = append(t.passed, Note{Line: t.groupLine, ID: "import.note.group", Args: pos.Args{"Text": clip(t.group)}})
		t.groupLine = 0
	}
	group := t.group
	p.Category = &group
}

func (t *Reader) passOver(line int, id, text string) {
	t.passed = append(t.passed, Note{Line: line, ID: id, Args: pos.Args{"Text": text}})
}

// Passed are the notes about rows that are no goods and nobody's, since the last
// call.
func (t *Reader) Passed() []Note {
	list := t.passed
	t.passed = nil
	return list
}
