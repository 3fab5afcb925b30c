package shell

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/print/printtest"
	"kassa/ui/keys"
	"kassa/ui/uitest"
)

// printing is a till in a shift with a played printer, a drawer and goods rung
// up.
func printing(t *testing.T, change func(*pos.PaperSettings)) (*shop, *printtest.Printer) {
	t.Helper()
	s := selling(t, pos.GroupSeniorCashier)
	p := s.Printer()
	s.Settings.Paper.Receipt = pos.PrintAlways
	if change != nil {
		change(&s.Settings.Paper)
	}
	s.shell.build()
	s.shell.showSale()
	s.Scan(0)
	return s, p
}

// cash pays in cash to the end.
func cash(s *shop) {
	uitest.Press(s.Window, "F9")
	uitest.Type(s.Window, "200")
	uitest.Press(s.Window, keys.Enter, keys.Enter)
	require.NotEmpty(s.T, s.Facts["receipt"]["id"])
}

func TestPaper_TheReceiptComesOutAndTheDrawerOpens(t *testing.T) {
	s, p := printing(t, nil)
	cash(s)
	s.Pulses(p, 1)
	slip := s.Slips(p, 1)[0]
	assert.Contains(t, slip.Text(), "ИТОГ")
	assert.Contains(t, slip.Text(), "89,90")
	assert.NotContains(t, slip.Text(), "КОПИЯ")
	assert.Equal(t, []string{s.Facts["receipt"]["id"]}, slip.QR)
	for _, line := range slip.Lines {
		assert.LessOrEqual(t, len([]rune(line)), s.Settings.Width, "%q", line)
	}
	assert.Equal(t, "done", s.Facts["printed"]["state"])
	s.Fine()
	uitest.Press(s.Window, "Ctrl+P")
	assert.Contains(t, s.Slips(p, 2)[1].Text(), "КОПИЯ", "a second paper says that it is one")
}

// A toast over the receipt leaves the mark in sight that tells of the same slip later.
func TestPaper_TheToastDoesNotLieOverTheMark(t *testing.T) {
	s, p := printing(t, nil)
	p.Fail(printtest.NoPaper)
	cash(s)
	s.Clock.Advance(time.Second)
	var mark, toast *uitest.Spot
	spots := uitest.Spots(s.Window)
	for i, spot := range spots {
		switch {
		case strings.HasPrefix(spot.Text, "Не напечатано: 1"):
			mark = &spots[i]
		case strings.HasPrefix(spot.Text, "Не напечатано:"):
			toast = &spots[i]
		}
	}
	require.NotNil(t, mark, "%q", uitest.Texts(s.Window))
	require.NotNil(t, toast, "%q", uitest.Texts(s.Window))
	assert.Less(t, toast.Position.X+toast.Size.Width, mark.Position.X)
}

func TestPaper_ByCardTheDrawerStaysShut(t *testing.T) {
	s, p := printing(t, nil)
	uitest.Press(s.Window, "Ctrl+Enter")
	s.Slips(p, 1)
	assert.Zero(t, p.Pulses())
}

func TestPaper_OnRequest(t *testing.T) {
	s, p := printing(t, func(set *pos.PaperSettings) { set.Receipt = pos.PrintAsk })
	cash(s)
	assert.Empty(t, p.Slips())
	uitest.Press(s.Window, "Ctrl+P")
	assert.NotContains(t, s.Slips(p, 1)[0].Text(), "КОПИЯ")
	uitest.Press(s.Window, "Ctrl+P")
	assert.Contains(t, s.Slips(p, 2)[1].Text(), "КОПИЯ")
}

func TestPaper_ADeadPrinterBlocksNoSale(t *testing.T) {
	s, p := printing(t, nil)
	p.Close()
	p2 := s.Settings.Paper.Address
	cash(s)
	assert.Equal(t, "failed", s.Facts["printed"]["state"])
	assert.Equal(t, "print.refused", s.Facts["printed"]["cause"])
	assert.True(t, uitest.HasText(s.Window, p2), "which printer")
	uitest.Press(s.Window, keys.Enter)
	s.Scan(1)
	assert.Equal(t, "1", s.Facts["sale"]["lines"])
	assert.True(t, uitest.HasText(s.Window, "Не напечатано: 1"), "the mark stays on the screen")
	s.Fine()
	uitest.Press(s.Window, "Ctrl+O")
	s.Shows("prints", "found", "1", "kind", "receipt")
}

func TestPaper_TheShiftsReports(t *testing.T) {
	s, p := printing(t, nil)
	cash(s)
	uitest.Press(s.Window, keys.Enter, "F11")
	require.Equal(t, "xreport", s.Last())
	s.Fine()
	uitest.Press(s.Window, "Ctrl+P", keys.Enter)
	assert.Contains(t, s.Slips(p, 2)[1].Text(), "X-ОТЧЁТ")
	uitest.Press(s.Window, "F12")
	uitest.Type(s.Window, "1089,90")
	uitest.Press(s.Window, keys.Enter)
	z := s.Slips(p, 3)[2]
	assert.Contains(t, z.Text(), "Z-ОТЧЁТ")
	assert.True(t, strings.Contains(z.Text(), "89,90"))
	s.Pulses(p, 2)
	s.Fine()
}

func TestPaper_TheDrawerByHandNeedsItsRight(t *testing.T) {
	s, p := printing(t, nil)
	uitest.Press(s.Window, "F7", "F8")
	s.Pulses(p, 1)
	s.Fine()
	s.Login(pos.GroupCashier)
	uitest.Press(s.Window, "F8")
	s.Pulses(p, 1)
	assert.Equal(t, "forbidden", s.Facts["drawer"]["error"])
}
