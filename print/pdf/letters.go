package pdf

import (
	"strings"
	"sync"

	"golang.org/x/image/font/sfnt"

	"kassa/assets/fonts"
	"kassa/pos"
	"kassa/pos/paper"
)

// typeface tells which letters a face has; a document draws an empty box for any
// other, or breaks at it.
type typeface struct {
	face *sfnt.Font
	buf  sfnt.Buffer
}

func faceOf(raw []byte) func() (*typeface, error) {
	return sync.OnceValues(func() (*typeface, error) {
		f, err := sfnt.Parse(raw)
		if err != nil {
			return nil, pos.Wrap(pos.CodeInternal, "till.internal", err)
		}
		return &typeface{face: f}, nil
	})
}

var (
	sansFace = faceOf(fonts.Sans)
	monoFace = faceOf(fonts.Mono)
)

// mostRune is the last a document can name.
const mostRune = 0xffff

// written is a text in the letters of the face, each other one as its nearest.
func (t typeface) written(s string) string {
	has := func(r rune) bool {
		i, err := t.face.GlyphIndex(&t.buf, r)
		return err == nil && i != 0 && r <= mostRune
	}
	var b strings.Builder
	for _, r := range s {
		b.WriteString(paper.Nearest(r, has))
	}
	return b.String()
}
