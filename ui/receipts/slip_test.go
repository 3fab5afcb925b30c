package receipts

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/print/printtest"
	"kassa/ui/uitest"
)

// printer puts a printer behind the window that prints receipts when told.
func (s *shop) printer(when pos.When) *printtest.Printer {
	p := s.Printer()
	s.Settings.Paper.Receipt = when
	return p
}

// TestSlip_SaysWhetherItWasPrinted holds that a stored sale and a stored return tell
// how printing went, so that nobody prints a second slip.
func TestSlip_SaysWhetherItWasPrinted(t *testing.T) {
	stored := map[string]func(*shop){
		"sale":   func(s *shop) { s.show(s.sell(false)) },
		"return": func(s *shop) { ShowReturn(s.Env, s.giveBack(s.sell(false)), nil, nil) },
	}
	for name, show := range stored {
		t.Run(name+" printed by itself", func(t *testing.T) {
			s := open(t, uitest.Usual, "ru", pos.GroupOwner)
			s.printer(pos.PrintAlways)
			show(s)
			assert.True(t, uitest.HasText(s.Window, "Чек напечатан."), uitest.Texts(s.Window))
			s.Fine()
		})
		t.Run(name+" not printed", func(t *testing.T) {
			s := open(t, uitest.Usual, "ru", pos.GroupOwner)
			p := s.printer(pos.PrintAlways)
			p.Fail(printtest.NoPaper)
			show(s)
			assert.True(t, uitest.HasText(s.Window, "Чек не напечатан: "), uitest.Texts(s.Window))
			assert.True(t, uitest.HasText(s.Window, "кончилась бумага"), uitest.Texts(s.Window))
			s.Fine()
		})
		t.Run(name+" printed on request", func(t *testing.T) {
			s := open(t, uitest.Usual, "ru", pos.GroupOwner)
			s.printer(pos.PrintAsk)
			show(s)
			require.True(t, uitest.HasText(s.Window, "Чек не печатался"), uitest.Texts(s.Window))
			uitest.Press(s.Window, "Ctrl+P")
			assert.True(t, uitest.HasText(s.Window, "Чек напечатан."), uitest.Texts(s.Window))
		})
		t.Run(name+" without a printer", func(t *testing.T) {
			s := open(t, uitest.Usual, "ru", pos.GroupOwner)
			show(s)
			assert.False(t, uitest.HasText(s.Window, "напечатан"), "nothing is promised: %v", uitest.Texts(s.Window))
		})
	}
}

// TestShowReturn_NamesWhatWentBack holds that a cash return speaks of money alone.
func TestShowReturn_NamesWhatWentBack(t *testing.T) {
	s := open(t, uitest.Usual, "ru", pos.GroupOwner)
	ShowReturn(s.Env, s.giveBack(s.sell(false)), nil, nil)
	assert.True(t, uitest.HasText(s.Window, "Возврат записан: деньги возвращены."), uitest.Texts(s.Window))
	s = open(t, uitest.Usual, "ru", pos.GroupOwner)
	ShowReturn(s.Env, s.giveBack(s.sell(true)), nil, nil)
	assert.True(t, uitest.HasText(s.Window, "деньги возвращены, баллы пересчитаны, долг уменьшен."), uitest.Texts(s.Window))
}
