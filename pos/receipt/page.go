package receipt

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kassa/pos/money"
)

// page collects lines of at most width runes.
type page struct {
	width int
	words Words
	money money.Formatter
	lines []string
}

func newPage(width int, w Words) *page {
	return &page{width: min(max(width, MinWidth), MaxWidth), words: w, money: w.Money()}
}

func (p *page) rule() { p.lines = append(p.lines, strings.Repeat("-", p.width)) }

// text writes a paragraph from the left; nothing for an empty one.
func (p *page) text(s string) { p.lines = append(p.lines, wrap(clean(s), p.width)...) }

// centre writes a paragraph in the middle.
func (p *page) centre(s string) {
	for _, line := range wrap(clean(s), p.width) {
		p.lines = append(p.lines, strings.Repeat(" ", (p.width-runes(line))/2)+line)
	}
}

// pair writes a name on the left and a figure on the right, on one line where
// both fit, else the figure below. Spaces before the name indent all of it.
func (p *page) pair(left, right string) {
	name := strings.TrimLeft(left, " ")
	indent := left[:len(left)-len(name)]
	room := p.width - len(indent)
	name, right = clean(name), clean(right)
	if runes(name)+1+runes(right) > room {
		for _, line := range wrap(name, room) {
			p.lines = append(p.lines, indent+line)
		}
		for _, line := range wrap(right, p.width) {
			p.lines = append(p.lines, strings.Repeat(" ", p.width-runes(line))+line)
		}
		return
	}
	p.lines = append(p.lines, indent+name+strings.Repeat(" ", room-runes(name)-runes(right))+right)
}

// wrap breaks a text at its spaces; a word longer than a line is cut.
func wrap(s string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		if line != "" && runes(line)+1+runes(word) <= width {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for runes(word) > width {
			head := cut(word, width)
			lines = append(lines, head)
			word = word[len(head):]
		}
		line = word
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

func cut(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func runes(s string) int { return utf8.RuneCountInString(s) }

// clean leaves only what a printer puts on paper as one column: names come from
// people and files, and an escape byte in one must not command the printer. The
// marks a screen has finer ones for become plain.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == '\u2212':
			return '-'
		case r == '•':
			return '*'
		case r == utf8.RuneError, unicode.In(r, unicode.C, unicode.Zl, unicode.Zp):
			return -1
		}
		return r
	}, s)
}
