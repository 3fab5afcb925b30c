package prints

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/print/printtest"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// stuck is a shop whose printer had no paper for two slips.
func stuck(t *testing.T, look shoptest.Look) (*shoptest.Shop, *printtest.Printer) {
	t.Helper()
	s := shoptest.Open(t, look.Size, look.Lang)
	s.SetTheme(theme.New(look.Mode, look.Scale))
	s.Login(pos.GroupCashier)
	p := s.Printer()
	p.Fail(printtest.NoPaper)
	s.Env.Print.Slip(pos.PrintJob{Kind: pos.PrintReceipt, Doc: "s1", Title: "Чек № 1", Lines: []string{"Чек № 1", "ИТОГ   5,00 ₽"}})
	s.Env.Print.Slip(pos.PrintJob{Kind: pos.PrintReceipt, Doc: "s2", Title: "Чек № 2", Lines: []string{"Чек № 2", "ИТОГ   7,00 ₽"}})
	return s, p
}

var usual = shoptest.Looks[0]

func TestPrints_WhatDidNotComeOutIsToldAndStays(t *testing.T) {
	s, p := stuck(t, usual)
	assert.Equal(t, "failed", s.Facts["printed"]["state"])
	assert.Equal(t, "print.no-paper", s.Facts["printed"]["cause"])
	assert.True(t, uitest.HasText(s.Window, "Не напечатано: Чек № 2"))
	assert.Equal(t, 2, s.Env.Print.Open())
	assert.Empty(t, p.Slips())
	p.Fail(printtest.Fine)
	Open(s.Env, nil)
	s.Shows("prints", "found", "2", "open", "2", "doc", "s2", "state", "failed")
	assert.True(t, uitest.HasText(s.Window, "кончилась бумага"))
	assert.True(t, uitest.HasText(s.Window, "7,00"), "the text of the chosen slip")
	assert.Empty(t, p.Slips(), "nothing is printed before somebody asks")
	s.Fine()
}

func TestPrints_PrintsTheChosenOneAgainAndOnlyThat(t *testing.T) {
	s, p := stuck(t, usual)
	p.Fail(printtest.Fine)
	closed := 0
	Open(s.Env, func() { closed++ })
	uitest.Press(s.Window, keys.Down, "F5")
	require.Equal(t, "Чек № 1", s.Slips(p, 1)[0].Lines[0])
	s.Shows("prints", "found", "1", "doc", "s2")
	uitest.Press(s.Window, "F3")
	s.Shows("prints", "found", "2", "open", "1")
	uitest.Press(s.Window, keys.Down, "F5", keys.Enter)
	s.Slips(p, 1) // one that came out is not printed again from here
	uitest.Press(s.Window, keys.Esc)
	assert.Equal(t, 1, closed)
	assert.Equal(t, 1, s.Env.Print.Open())
}

func TestPrints_StillNoPaper(t *testing.T) {
	s, p := stuck(t, usual)
	Open(s.Env, nil)
	uitest.Press(s.Window, keys.Enter)
	s.Shows("prints", "found", "2", "open", "2")
	assert.Empty(t, p.Slips())
	s.Fine()
}

func TestPrints_Withdraw(t *testing.T) {
	s, p := stuck(t, usual)
	Open(s.Env, nil)
	uitest.Press(s.Window, "F8", "F8")
	s.Shows("prints", "found", "0", "open", "0")
	assert.True(t, uitest.HasText(s.Window, "Всё напечатано"))
	uitest.Press(s.Window, "F5", "F8")
	assert.Empty(t, p.Slips())
}

func TestPrints_WhatMayHaveComeOutNeedsTheRight(t *testing.T) {
	s, p := stuck(t, usual)
	p.Fail(printtest.PaperEnds)
	s.Env.Print.Slip(pos.PrintJob{Kind: pos.PrintZ, Doc: "z", Title: "Z", Lines: []string{"Z"}})
	require.Equal(t, "unknown", s.Facts["printed"]["state"])
	p.Fail(printtest.Fine)
	owner := s.Employee(pos.GroupOwner)
	a, err := s.Till.Login(t.Context(), owner.PIN)
	require.NoError(t, err)
	require.NoError(t, s.Till.SaveGroup(t.Context(), a, pos.Group{ID: pos.GroupCashier, Rights: []pos.Right{pos.RightSell}}))
	Open(s.Env, nil)
	uitest.Press(s.Window, "F5")
	assert.Equal(t, "unknown", s.Facts["prints"]["state"])
	s.Slips(p, 1)
	assert.Equal(t, "forbidden", s.Facts["printed"]["error"])
}

func TestPrints_Looks(t *testing.T) {
	for _, look := range shoptest.Looks {
		t.Run(look.Name, func(t *testing.T) {
			s, p := stuck(t, look)
			p.Fail(printtest.PaperEnds)
			s.Env.Print.Slip(pos.PrintJob{Kind: pos.PrintZ, Title: "Z-отчёт, смена 7", Lines: []string{"Z-отчёт", "Продано       12 345,00"}})
			Open(s.Env, nil)
			uitest.Press(s.Window, "F3")
			s.Picture("prints-" + look.Name)
		})
	}
}
