package sale

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/task"
	"kassa/ui/uitest"
)

func TestScreen_KeysActOnTheChequeOnlyWhileTheFieldIsEmpty(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.Scan(0)
	uitest.Press(s.Window, "+")
	require.Equal(t, "2", s.Facts["sale"]["qty"])
	uitest.Press(s.Window, "-")
	require.Equal(t, "1", s.Facts["sale"]["qty"])
	uitest.Press(s.Window, "-")
	require.Equal(t, "1", s.Facts["sale"]["qty"], "the last one is removed by Del, with a reason")
	require.True(t, uitest.HasText(s.Window, "нажмите Del"))
	uitest.Type(s.Window, "ж+-*")
	require.Equal(t, "ж+-*", s.screen.v.field.Text())
	require.Equal(t, "1", s.Facts["sale"]["qty"])
	uitest.Press(s.Window, "Home", "Del")
	require.Equal(t, "+-*", s.screen.v.field.Text())
	require.Equal(t, "1", s.Facts["sale"]["lines"])
}

func TestScreen_ArrowsMoveTheSelectedLine(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.Scan(0)
	s.Scan(1)
	uitest.Press(s.Window, "Up", "+")
	require.Equal(t, "2", s.screen.m.rows[0].line.Qty.String())
	require.Equal(t, "1", s.screen.m.rows[1].line.Qty.String())
	require.Equal(t, 1, s.screen.m.selected, "an edit keeps the selection")
	uitest.Press(s.Window, "Down", "+")
	require.Equal(t, "2", s.screen.m.rows[1].line.Qty.String())
}

func TestScreen_QuantityDialog(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.weigh(apples, "1")
	uitest.Press(s.Window, "*")
	require.Equal(t, "sale.qty", s.Last())
	uitest.Type(s.Window, "0,845")
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "0.845", s.Facts["sale"]["qty"])
	require.Equal(t, "field", s.Facts["sale"]["focus"])
	uitest.Press(s.Window, "*")
	uitest.Type(s.Window, "0")
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "sale.qty", s.Last(), "a refusal keeps the dialog and what was typed")
	uitest.Press(s.Window, "Esc")
	require.Equal(t, "sale", s.Last())
	require.Equal(t, "0.845", s.Facts["sale"]["qty"])
}

func TestScreen_ScanInAQuantityFieldLeavesNoTrace(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.Scan(0)
	uitest.Press(s.Window, "*")
	s.Scan(1)
	require.Equal(t, "sale.qty", s.Last())
	uitest.Press(s.Window, "Esc")
	require.Equal(t, "1", s.Facts["sale"]["qty"])
}

func TestScreen_AskedPriceHoldsWhatWasScannedBehind(t *testing.T) {
	s := open(t, uitest.Usual, "ru")
	s.show()
	q := &task.Queue{}
	s.Env.Runner = q
	s.Scan(18) // flowers without a price of their own
	s.Scan(0)
	for q.Len() > 0 {
		q.Finish(0)
	}
	require.Equal(t, "sale.price", s.Last())
	require.Equal(t, "0", s.Facts["sale"]["lines"])
	uitest.Type(s.Window, "1250")
	uitest.Press(s.Window, "Enter")
	for q.Len() > 0 {
		q.Finish(0)
	}
	require.Equal(t, "2", s.Facts["sale"]["lines"])
	require.Equal(t, "1019", s.screen.m.rows[0].line.SKU)
	require.Equal(t, "1250.00", s.screen.m.rows[0].line.Price.String())
}

func TestScreen_PriceNotGivenLetsTheRestGoOn(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.Scan(18)
	require.Equal(t, "sale.price", s.Last())
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "sale.price", s.Last(), "an empty price is refused")
	uitest.Press(s.Window, "Esc")
	s.Scan(0)
	require.Equal(t, "1", s.Facts["sale"]["lines"])
}

func TestScreen_ChangedPriceIsMarked(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.Scan(0)
	uitest.Press(s.Window, "Ctrl+P")
	uitest.Type(s.Window, "80")
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "80.00", s.Facts["sale"]["total"])
	require.True(t, uitest.HasText(s.Window, "обычная цена"))
}

func TestScreen_RefusedRightIsNamedAndNothingIsLost(t *testing.T) {
	s := open(t, uitest.Usual, "ru")
	s.Login(pos.GroupCashier)
	s.show()
	s.Scan(0)
	uitest.Press(s.Window, "F8")
	uitest.Type(s.Window, "10")
	uitest.Press(s.Window, "Enter")
	s.Shows("approval", "right", string(pos.RightLineDiscount), "sum", "8.99")
	uitest.Press(s.Window, "Esc")
	require.Equal(t, "sale.discount", s.Last())
	require.True(t, uitest.HasText(s.Window, "Нужно право"))
	require.Equal(t, "10", s.Facts["sale.discount"]["value"])
	uitest.Press(s.Window, "Esc")
	require.Equal(t, "89.90", s.Facts["sale"]["total"])
}

func TestScreen_LineAndChequeDiscount(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.Scan(2) // 119.00
	uitest.Press(s.Window, "F8")
	uitest.Type(s.Window, "10")
	require.True(t, uitest.HasText(s.Window, "107,10"), "the dialog tells what it becomes")
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "107.10", s.Facts["sale"]["total"])
	require.True(t, uitest.HasText(s.Window, "10\u2009%"))
	uitest.Press(s.Window, "Shift+F8", "F8")
	uitest.Type(s.Window, "7,10")
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "100.00", s.Facts["sale"]["total"])
	uitest.Press(s.Window, "Shift+F8", "Backspace", "Enter")
	require.Equal(t, "107.10", s.Facts["sale"]["total"], "an empty discount takes it away")
}

func TestScreen_RemovedLineIsStruckThroughWithItsReason(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.Scan(0)
	s.Scan(1)
	uitest.Press(s.Window, "Del")
	require.Equal(t, "sale.remove", s.Last())
	uitest.Press(s.Window, "F1")
	require.Equal(t, "1", s.Facts["sale"]["lines"])
	require.Equal(t, "89.90", s.Facts["sale"]["total"])
	require.True(t, uitest.HasText(s.Window, "убрано: покупатель передумал"))
	require.True(t, s.screen.v.cell(1, 1).Style.Strike)
	uitest.Press(s.Window, "Del")
	require.Equal(t, "sale", s.Last(), "a removed line cannot be removed again")
	require.True(t, uitest.HasText(s.Window, "уже убрана"))
}

func TestScreen_CancelNeedsAReason(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.Scan(0)
	uitest.Press(s.Window, "Ctrl+Del", "Enter")
	require.Equal(t, "sale.cancel", s.Last())
	require.Equal(t, "reason.short", s.Facts["sale.cancel"]["error"])
	uitest.Type(s.Window, "ушёл")
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "sale", s.Last())
	require.Equal(t, "0", s.Facts["sale"]["lines"])
}

func TestScreen_ParkAndRecall(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.Scan(0)
	uitest.Press(s.Window, "F4")
	uitest.Type(s.Window, "дама в шляпе")
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "0", s.Facts["sale"]["lines"])
	require.Equal(t, "1", s.Facts["sale"]["parked"])
	require.True(t, uitest.HasText(s.Window, "Отложенные 1"), uitest.Texts(s.Window))
	s.Scan(1)
	uitest.Press(s.Window, "F5")
	require.True(t, uitest.HasText(s.Window, "дама в шляпе"))
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "sale.parked", s.Last(), "the open cheque is not lost for it")
	require.Equal(t, "cheque.open", s.Facts["sale.parked"]["error"])
	uitest.Press(s.Window, "Esc", "Ctrl+Del", "F3", "F5", "Enter")
	require.Equal(t, "1", s.Facts["sale"]["lines"])
	require.Equal(t, "1001", s.Facts["sale"]["sku"])
	require.Equal(t, "0", s.Facts["sale"]["parked"])
}
