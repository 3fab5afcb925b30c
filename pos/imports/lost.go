package imports

// Letters that a file's encoding could not tell.

import (
	"strings"
	"unicode/utf8"

	"kassa/pos"
)

// lost refuses cells with a letter that the file's encoding could not tell: what
// stood there nobody knows.
func (r *row) lost() {
	for i, c := range r.t.mapping.Columns {
		if c != "" && i < len(r.cells) && strings.ContainsRune(r.cells[i], utf8.RuneError) {
			r.refuse(c, "import.lost-letter", pos.Args{"Input": clip(r.cells[i])})
		}
	}
}
