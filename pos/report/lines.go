package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Widths a text may have; others are brought within.
const (
	minWidth = 24
	maxWidth = 80
)

// Lines writes rows as text. No line is longer than width runes; a name that
// leaves no room for its figure has the figure below it.
func Lines(rows []Row, width int) []string {
	width = min(max(width, minWidth), maxWidth)
	var lines []string
	for i, r := range rows {
		switch r.Mark {
		case Rule:
			// Two rules with nothing between them are one.
			if i > 0 && i < len(rows)-1 && rows[i-1].Mark != Rule {
				lines = append(lines, strings.Repeat("-", width))
			}
		case Title:
			for _, l := range fold(plain(r.Label), width) {
				lines = append(lines, strings.Repeat(" ", (width-length(l))/2)+l)
			}
		default:
			lines = append(lines, pair(plain(r.Label), plain(r.Value), width)...)
		}
	}
	return lines
}

func pair(label, value string, width int) []string {
	if value == "" {
		return fold(label, width)
	}
	if length(label)+1+length(value) <= width {
		return []string{label + strings.Repeat(" ", width-length(label)-length(value)) + value}
	}
	lines := fold(label, width)
	for _, l := range fold(value, width) {
		lines = append(lines, strings.Repeat(" ", width-length(l))+l)
	}
	return lines
}

// fold breaks a text at its spaces, and a word longer than a line where the
// line ends.
func fold(s string, width int) []string {
	var lines []string
	line := []rune{}
	for _, word := range strings.Fields(s) {
		w := []rune(word)
		if len(line) > 0 && len(line)+1+len(w) > width {
			lines, line = append(lines, string(line)), line[:0]
		}
		if len(line) > 0 {
			line = append(line, ' ')
		}
		line = append(line, w...)
		for len(line) > width {
			lines = append(lines, string(line[:width]))
			line = append([]rune{}, line[width:]...)
		}
	}
	if len(line) > 0 {
		lines = append(lines, string(line))
	}
	return lines
}

// plain leaves what a printer puts into one column: names come from people, and
// an escape byte in one must not command the printer.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == '\u2212':
			return '-'
		case r == utf8.RuneError, unicode.In(r, unicode.C):
			return -1
		}
		return r
	}, s)
}

func length(s string) int { return utf8.RuneCountInString(s) }
