package print

import (
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/escpos"
	"kassa/pos/paper"
)

// TestPage is a slip by which a person sees whether the printer is set up: every
// letter, the width of the roll, money, the code and the logo.
func TestPage(set pos.Settings, say func(id string, args pos.Args) string) *pos.PrintJob {
	p := paper.New(set.Width)
	p.Centre(set.Shop)
	p.Centre(say("print.test.title", nil))
	p.Rule()
	there, lacking := letters(set.Paper.Page, say("print.test.letters", nil))
	p.Text(there)
	if lacking > 0 {
		p.Text(say("print.test.lacking", pos.Args{"Page": pageLabel(set.Paper.Page), "Count": lacking}))
	}
	p.Text("0123456789 № % + - × / = ( ) « » ₽ ₸ ₴ €")
	p.Rule()
	p.Text(ruler(set.Width))
	p.Text(say("print.test.width", pos.Args{"Columns": strconv.Itoa(set.Width)}))
	p.Pair(say("print.test.total", nil), "1 234,56")
	p.Rule()
	p.Text(say("print.test.cut", nil))
	return &pos.PrintJob{Kind: pos.PrintReceipt, Title: say("print.test.title", nil), Lines: p.Lines(), QR: "kassa", Copies: 1}
}

// letters are those of a text that a code page has, and how many it lacks. On a slip
// another letter stands for such a one: here it would look as though the page were set
// wrongly, since this is where every letter is looked at.
func letters(page, text string) (there string, lacking int) {
	p, ok := escpos.PageNamed(page)
	if !ok { // drawn: our own letters have all of them
		return text, 0
	}
	has := func(r rune) bool { return p.Decode(p.Encode(string(r))) == string(r) }
	var b strings.Builder
	for _, r := range text {
		if has(r) {
			b.WriteRune(r)
		} else {
			lacking++
		}
	}
	return strings.Join(strings.Fields(b.String()), " "), lacking
}

// pageLabel is a code page as the handbooks of printers write it.
func pageLabel(page string) string {
	p, _ := escpos.PageNamed(page)
	return p.Label
}

// ruler counts columns in tens.
func ruler(width int) string {
	var b strings.Builder
	for i := 1; i <= width; i++ {
		b.WriteByte(byte('0' + i%10))
	}
	return b.String()
}
