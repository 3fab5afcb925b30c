// Package paper sets texts in lines for a printer of one fixed column width,
// such as a receipt printer's. What goes on the page comes from people and
// files, so nothing but printable marks is let through.
package paper

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Page collects lines of at most its width, counted in runes.
type Page struct {
	width int
	lines []string
}

// New returns an empty page of a width of at least 1.
func New(width int) *Page { return &Page{width: max(width, 1)} }

// Lines are what was written so far.
func (p *Page) Lines() []string { return p.lines }

// Rule draws a line across the page.
func (p *Page) Rule() { p.lines = append(p.lines, strings.Repeat("-", p.width)) }

// Text writes a paragraph from the left; nothing for an empty one.
func (p *Page) Text(s string) { p.lines = append(p.lines, wrap(clean(s), p.width)...) }

// Centre writes a paragraph in the middle.
func (p *Page) Centre(s string) {
	for _, line := range wrap(clean(s), p.width) {
		p.lines = append(p.lines, strings.Repeat(" ", (p.width-runes(line))/2)+line)
	}
}

// Pair writes a name on the left and a figure on the right, on one line where
// both fit, else the figure below. Spaces before the name indent all of it.
func (p *Page) Pair(name, figure string) {
	bare := strings.TrimLeft(name, " ")
	indent := name[:min(len(name)-len(bare), p.width-1)]
	room := p.width - len(indent)
	name, figure = clean(bare), clean(figure)
	if figure != "" && runes(name)+1+runes(figure) <= room {
		p.lines = append(p.lines, indent+name+strings.Repeat(" ", room-runes(name)-runes(figure))+figure)
		return
	}
	for _, line := range wrap(name, room) {
		p.lines = append(p.lines, indent+line)
	}
	for _, line := range wrap(figure, p.width) {
		p.lines = append(p.lines, strings.Repeat(" ", p.width-runes(line))+line)
	}
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

// cut returns the first n runes.
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

// clean leaves only what a printer puts on paper as one column: an escape byte
// in a name must not command it, and a letter with its mark beside it becomes one
// letter. The marks a screen has finer ones for become plain.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == '\u2212':
			return '-'
		case r == '•':
			return '*'
		case r == utf8.RuneError, unicode.In(r, unicode.C, unicode.Zl, unicode.Zp, unicode.Variation_Selector):
			return -1
		}
		return r
	}, norm.NFC.String(s))
}
