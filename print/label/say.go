package label

import (
	"bytes"
	"fmt"
	"strings"

	"kassa/pos"
	"kassa/pos/escpos"
)

// gapMillimetres is what lies between two labels of a roll.
const gapMillimetres = 3

// Say is what prints labels of a roll, in the language of the printer: each label is
// sent once with how many of it. It returns CodeInvalid for labels that cannot be
// drawn, or a paper no label printer takes.
func Say(set *pos.LabelPrinterSettings, paper pos.LabelPaper, labels []pos.PriceLabel) ([]byte, error) {
	if _, _, roll := paper.Millimetres(); !roll {
		return nil, pos.E(pos.CodeInvalid, "labels.no-roll", nil)
	}
	var out bytes.Buffer
	for i := range labels {
		dots, err := Draw(&labels[i], paper, set.DPI)
		if err != nil {
			return nil, err
		}
		if set.Language == pos.LabelEPL {
			epl(&out, dots, labels[i].Count, set.DPI)
		} else {
			zpl(&out, dots, labels[i].Count)
		}
	}
	return out.Bytes(), nil
}

// zpl is one label as a graphic in compressed hexadecimal: the printer's own faces
// are not asked for anything.
func zpl(out *bytes.Buffer, b *escpos.Bitmap, count int) {
	total := b.Stride() * b.Height
	fmt.Fprintf(out, "^XA\n^PW%d\n^LL%d\n^LH0,0\n^FO0,0^GFA,%d,%d,%d,\n", b.Width, b.Height, total, total, b.Stride())
	last := ""
	for y := range b.Height {
		row := fmt.Sprintf("%X", b.Bits[y*b.Stride():(y+1)*b.Stride()])
		if row == last {
			out.WriteByte(':') // as the row above
		} else {
			out.WriteString(squeezed(row))
		}
		last = row
		out.WriteByte('\n')
	}
	fmt.Fprintf(out, "^FS\n^PQ%d\n^XZ\n", count)
}

// squeezed writes a row with runs of a digit as ZPL counts them: a letter from G is
// 1 to 19 of the next digit, a small one is twenties, and a comma fills the row with
// white, an exclamation mark with black.
func squeezed(row string) string {
	var b strings.Builder
	for i := 0; i < len(row); {
		n := 1
		for i+n < len(row) && row[i+n] == row[i] {
			n++
		}
		switch c := row[i]; {
		case i+n == len(row) && c == '0':
			b.WriteByte(',')
		case i+n == len(row) && c == 'F':
			b.WriteByte('!')
		default:
			b.WriteString(counted(n))
			b.WriteByte(c)
		}
		i += n
	}
	return b.String()
}

// counted is a number of repetitions, "" for one.
func counted(n int) string {
	if n == 1 {
		return ""
	}
	var b strings.Builder
	for ; n >= 400; n -= 400 {
		b.WriteByte('z')
	}
	if n >= 20 {
		b.WriteByte('g' + byte(n/20) - 1)
	}
	if n%20 > 0 {
		b.WriteByte('G' + byte(n%20) - 1)
	}
	return b.String()
}

// epl is one label as a graphic; in it a dot that is set stays white.
func epl(out *bytes.Buffer, b *escpos.Bitmap, count, dpi int) {
	gap := max(gapMillimetres*dpi*10/254, 16)
	fmt.Fprintf(out, "\r\nN\r\nq%d\r\nQ%d,%d\r\nGW0,0,%d,%d,", b.Width, b.Height, gap, b.Stride(), b.Height)
	for _, bits := range b.Bits {
		out.WriteByte(^bits)
	}
	fmt.Fprintf(out, "\r\nP%d\r\n", count)
}
