package report

import "kassa/pos/paper"

// Widths a text may have; others are brought within.
const (
	minWidth = 24
	maxWidth = 80
)

// Lines writes rows as text. No line is longer than width runes; a name that
// leaves no room for its figure has the figure below it.
func Lines(rows []Row, width int) []string {
	page := paper.New(min(max(width, minWidth), maxWidth))
	for i, r := range rows {
		switch r.Mark {
		case Rule:
			// Two rules with nothing between them are one.
			if i > 0 && i < len(rows)-1 && rows[i-1].Mark != Rule {
				page.Rule()
			}
		case Title:
			page.Centre(r.Label)
		default:
			page.Pair(r.Label, r.Value)
		}
	}
	return page.Lines()
}
