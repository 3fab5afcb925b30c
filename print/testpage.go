package print

import (
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/paper"
)

// TestPage is a slip by which a person sees whether the printer is set up: every
// letter, the width of the roll, money, the code and the logo.
func TestPage(set pos.Settings, say func(id string, args pos.Args) string) *pos.PrintJob {
	p := paper.New(set.Width)
	p.Centre(set.Shop)
	p.Centre(say("print.test.title", nil))
	p.Rule()
	p.Text(say("print.test.letters", nil))
	p.Text("0123456789 № % + - × / = ( ) « » ₽ ₸ ₴ €")
	p.Rule()
	p.Text(ruler(set.Width))
	p.Text(say("print.test.width", pos.Args{"Columns": strconv.Itoa(set.Width)}))
	p.Pair(say("print.test.total", nil), "1 234,56")
	p.Rule()
	p.Text(say("print.test.cut", nil))
	return &pos.PrintJob{Kind: pos.PrintReceipt, Title: say("print.test.title", nil), Lines: p.Lines(), QR: "kassa", Copies: 1}
}

// ruler counts columns in tens.
func ruler(width int) string {
	var b strings.Builder
	for i := 1; i <= width; i++ {
		b.WriteByte(byte('0' + i%10))
	}
	return b.String()
}
