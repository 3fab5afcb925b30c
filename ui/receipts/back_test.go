package receipts

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/uitest"
)

// giveBack brings one of the first line of a sale back.
func (s *shop) giveBack(sale *pos.Sale) *pos.Return {
	s.T.Helper()
	ctx, a := s.T.Context(), s.Env.Actor
	_, err := s.Till.StartReturn(ctx, a, till.FindSale{ID: sale.ID})
	require.NoError(s.T, err)
	_, err = s.Till.ReturnLine(ctx, a, 1, 1000, "брак", true)
	require.NoError(s.T, err)
	r, err := s.Till.FinishReturn(ctx, a, "брак")
	require.NoError(s.T, err)
	return r
}

func TestList_TellsWhatCameBack(t *testing.T) {
	s := open(t, uitest.Usual, "ru", pos.GroupOwner)
	sale := s.sell(false)
	r := s.giveBack(sale)
	List(s.Env, nil)
	s.Shows("receipts", "kind", "sales", "found", "1")
	assert.Contains(t, s.Facts["receipts"]["told"], "1 "+sale.Lines[0].Unit)
	assert.Contains(t, s.Facts["receipts"]["told"], "№ 1")
	s.Fine()

	uitest.Press(s.Window, "F6")
	s.Shows("receipts", "kind", "returns", "found", "1", "number", "1", "told", "")
	assert.True(t, uitest.HasText(s.Window, "ВОЗВРАТ"), uitest.Texts(s.Window))
	s.Fine()
	uitest.Press(s.Window, "Enter")
	s.Shows("receipts", "copied", string(r.ID))
	assert.Contains(t, fyne.CurrentApp().Clipboard().Content(), "КОПИЯ")
	uitest.Press(s.Window, "F6")
	s.Shows("receipts", "kind", "sales", "found", "1")
}

func TestShowReturn_TellsTheMoneyToGive(t *testing.T) {
	s := open(t, uitest.Usual, "ru", pos.GroupOwner)
	r := s.giveBack(s.sell(true))
	closed := 0
	ShowReturn(s.Env, r, nil, func() { closed++ })
	s.Shows("return", "number", "1", "cash", r.Refunded(pos.Cash).String())
	assert.True(t, uitest.HasText(s.Window, "Возврат № 1 сохранён"))
	s.Fine()
	uitest.Press(s.Window, "Enter")
	require.Equal(t, 1, closed)
}

func TestCorrect(t *testing.T) {
	s := open(t, uitest.Usual, "ru", pos.GroupOwner)
	sale := s.sell(false)
	List(s.Env, nil)
	uitest.Press(s.Window, "F7")
	s.Shows("receipts.correct", "from", "cash", "to", "card", "sure", "no")
	s.Fine()
	uitest.Press(s.Window, "Enter")
	s.Shows("receipts.correct", "error", "invalid", "sure", "no")
	uitest.Type(s.Window, "перепутали")
	uitest.Press(s.Window, "Enter")
	s.Shows("receipts.correct", "sure", "yes")
	s.Fine()
	uitest.Press(s.Window, "Esc")
	s.Shows("receipts.correct", "sure", "no")
	uitest.Press(s.Window, "Enter")
	uitest.Mash(s.Window, "Enter", 8, 150*time.Millisecond)
	list, err := s.Till.Corrections(t.Context(), s.Env.Actor, sale.ID)
	require.NoError(t, err)
	require.Empty(t, list, "a finger that hammers books nothing")
	s.Clock.Advance(time.Second)
	uitest.Press(s.Window, "Enter")
	list, err = s.Till.Corrections(t.Context(), s.Env.Actor, sale.ID)
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, sale.Total, list[0].Amount)
	s.Shows("receipts", "kind", "sales")
	assert.Contains(t, s.Facts["receipts"]["told"], "перепутали")
	s.Fine()

	t.Run("more than was paid so", func(t *testing.T) {
		uitest.Press(s.Window, "F7")
		uitest.Type(s.Window, "1")
		uitest.Press(s.Window, "Tab")
		uitest.Type(s.Window, "ещё раз")
		uitest.Press(s.Window, "Enter")
		s.Clock.Advance(time.Second)
		uitest.Press(s.Window, "Enter")
		s.Shows("receipts.correct", "error", "limit")
	})
}

func TestReturn_SavedAsPDF(t *testing.T) {
	save := func(s *shop, name string) {
		t.Helper()
		path := filepath.Join(t.TempDir(), name)
		require.Equal(t, "savepdf", s.Last())
		uitest.Press(s.Window, "Ctrl+A")
		uitest.Type(s.Window, path)
		uitest.Press(s.Window, "Enter")
		s.Shows("savepdf.done", "file", path)
		raw, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, "%PDF-", string(raw[:5]))
	}
	t.Run("when it was just made, which is no copy", func(t *testing.T) {
		s := open(t, uitest.Usual, "ru", pos.GroupOwner)
		r := s.giveBack(s.sell(true))
		s.ChangeGroup(pos.GroupSeniorCashier, func(g *pos.Group) { g.Rights = []pos.Right{pos.RightSell} })
		s.Login(pos.GroupSeniorCashier)
		ShowReturn(s.Env, r, nil, nil)
		uitest.Press(s.Window, "Ctrl+E")
		save(s, "возврат.pdf")
	})
	t.Run("from the list, as a copy that is noted", func(t *testing.T) {
		s := open(t, uitest.Usual, "ru", pos.GroupOwner)
		s.giveBack(s.sell(true))
		List(s.Env, nil)
		uitest.Press(s.Window, "F6")
		s.Fine()
		uitest.Press(s.Window, "Ctrl+E")
		save(s, "копия.pdf")
	})
	t.Run("and without the right to copies asks somebody who has it", func(t *testing.T) {
		s := open(t, uitest.Usual, "ru", pos.GroupOwner)
		s.giveBack(s.sell(true))
		s.ChangeGroup(pos.GroupSeniorCashier, func(g *pos.Group) { g.Rights = []pos.Right{pos.RightSell, pos.RightReports} })
		s.Login(pos.GroupSeniorCashier)
		List(s.Env, nil)
		uitest.Press(s.Window, "F6", "Ctrl+E")
		require.Equal(t, "approval", s.Last())
	})
}
