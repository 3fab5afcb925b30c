package sale

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/ui/task"
	"kassa/ui/uitest"
)

func TestScreen_ScanAddsALine(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.Scan(0)
	require.Equal(t, "89.90", s.Facts["sale"]["total"])
	require.Equal(t, "1", s.Facts["sale"]["lines"])
	require.Equal(t, "1001", s.Facts["sale"]["sku"])
	require.Equal(t, "field", s.Facts["sale"]["focus"])
	require.Empty(t, s.screen.v.field.Text())
}

func TestScreen_ScanOfTheSameGoodsAdds(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.Scan(0)
	s.Scan(0)
	require.Equal(t, "2", s.Facts["sale"]["qty"])
	require.Equal(t, "1", s.Facts["sale"]["lines"])
	require.True(t, uitest.HasText(s.Window, "2 шт"))
}

func TestScreen_TypedMultiplier(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Type(s.Window, "3*"+s.Demo.Products[0].Barcodes[0])
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "3", s.Facts["sale"]["qty"])
	require.Equal(t, "269.70", s.Facts["sale"]["total"])
}

func TestScreen_TypedMultiplierThenScan(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Type(s.Window, "4*")
	s.Scan(0)
	require.Equal(t, "4", s.Facts["sale"]["qty"])
	require.Empty(t, s.screen.v.field.Text())
}

func TestScreen_ScanKeepsAHalfTypedName(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Type(s.Window, "хл")
	s.Scan(0)
	require.Equal(t, "1001", s.Facts["sale"]["sku"])
	require.Equal(t, "хл", s.screen.v.field.Text())
}

// A computer too busy drawing may take the front of a scan for typing.
func TestScreen_AScanCutInTwoIsPutTogether(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	code := s.Demo.Products[0].Barcodes[0]
	uitest.Type(s.Window, code[:8])
	s.Clock.Advance(time.Second)
	uitest.Scan(s.Window, code[8:])
	require.Equal(t, "1001", s.Facts["sale"]["sku"])
	require.Equal(t, "1", s.Facts["sale"]["lines"])
	require.Empty(t, s.screen.v.field.Text())
}

func TestScreen_UnknownCodeStaysUntilTheNextScan(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Scan(s.Window, "4609999999999")
	require.Equal(t, "scan.unknown", s.Facts["sale"]["error"])
	require.True(t, uitest.HasText(s.Window, "Неизвестный код 4609999999999"))
	require.Empty(t, s.screen.v.field.Text(), "the next scan must not be glued to it")
	uitest.Type(s.Window, "мо")
	require.True(t, uitest.HasText(s.Window, "4609999999999"), "looking for the name needs the code in sight")
	uitest.Press(s.Window, "Esc")
	s.Scan(0)
	require.False(t, uitest.HasText(s.Window, "4609999999999"))
	require.Empty(t, s.Facts["sale"]["error"])
}

func TestScreen_EnterOnAnEmptyFieldPays(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Press(s.Window, "Enter")
	require.Empty(t, s.called, "nothing to pay for yet")
	require.True(t, uitest.HasText(s.Window, "Чек пуст"))
	s.Scan(0)
	uitest.Press(s.Window, "Enter", "F9", "Ctrl+Enter")
	require.Equal(t, []string{"pay", "pay", "card"}, s.called)
}

func TestScreen_ScannersSecondEnterDoesNotPay(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Scan(s.Window, s.Demo.Products[0].Barcodes[0])
	uitest.Press(s.Window, "Enter") // 150 ms after the scan
	require.Empty(t, s.called)
}

func TestScreen_SearchByFragmentAndByWordBeginning(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Type(s.Window, "олок") // inside «Молоко»
	require.NotEqual(t, "0", s.Facts["sale"]["found"])
	require.True(t, uitest.HasText(s.Window, "Молоко"))
	uitest.Press(s.Window, "Esc")
	require.Empty(t, s.screen.v.field.Text())
	require.False(t, s.screen.v.list.Visible())
	uitest.Type(s.Window, "мо")
	require.True(t, uitest.HasText(s.Window, "Молоко"))
}

func TestScreen_EnterTakesTheFirstFound(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Type(s.Window, "хлеб пш")
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "1002", s.Facts["sale"]["sku"])
	require.False(t, s.screen.v.list.Visible())
}

func TestScreen_ArrowsChooseAmongTheFound(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Type(s.Window, "2*чай")
	second := s.screen.look.found[1]
	uitest.Press(s.Window, "Down", "Enter")
	require.Equal(t, second.SKU, s.Facts["sale"]["sku"])
	require.Equal(t, "2", s.Facts["sale"]["qty"])
}

func TestScreen_ATapTakesWhatWasFound(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Type(s.Window, "хлеб пш")
	uitest.TapText(s.Window, s.Demo.Products[1].Name)
	require.Equal(t, "1002", s.Facts["sale"]["sku"])
	require.Equal(t, "field", s.Facts["sale"]["focus"])
}

func TestScreen_AnExactCodeWinsOverTheList(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Type(s.Window, "1002")
	s.Clock.Advance(time.Second)
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "1002", s.Facts["sale"]["sku"])
}

func TestScreen_ATypedUnknownNameIsNotAGuess(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Type(s.Window, "самовар")
	require.True(t, uitest.HasText(s.Window, "Ничего не найдено"))
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "0", s.Facts["sale"]["lines"])
	require.True(t, uitest.HasText(s.Window, "Неизвестный код самовар"))
}

func TestScreen_OnlyTheNewestSearchIsShown(t *testing.T) {
	s := open(t, uitest.Usual, "ru")
	s.show()
	q := &task.Queue{}
	s.Env.Runner = q
	s.screen.look.latest = task.NewLatest(q)
	uitest.Type(s.Window, "чай")
	require.Equal(t, 3, q.Len())
	q.Finish(2)
	newest := s.screen.look.found
	require.NotEmpty(t, newest)
	q.Finish(0)
	q.Finish(0)
	require.Equal(t, newest, s.screen.look.found)
}

func TestScreen_EnterBeforeTheListAnswersGivesTheNameBack(t *testing.T) {
	s := open(t, uitest.Usual, "ru")
	s.show()
	q := &task.Queue{}
	s.Env.Runner = q
	s.screen.look.latest = task.NewLatest(q)
	uitest.Type(s.Window, "хл")
	uitest.Press(s.Window, "Enter")
	for q.Len() > 0 {
		q.Finish(0)
	}
	require.Equal(t, "хл", s.screen.v.field.Text())
	require.NotEmpty(t, s.screen.look.found)
	require.Equal(t, "0", s.Facts["sale"]["lines"])
}

func TestScreen_ScansNeverOvertakeOneAnother(t *testing.T) {
	s := open(t, uitest.Usual, "ru")
	s.show()
	q := &task.Queue{}
	s.Env.Runner = q
	for i := range 3 {
		s.Scan(i)
	}
	uitest.Press(s.Window, "+", "Enter")
	require.Empty(t, s.called, "payment waits for the goods")
	for q.Len() > 0 {
		q.Finish(q.Len() - 1)
	}
	require.Equal(t, "3", s.Facts["sale"]["lines"])
	require.Equal(t, "1003", s.Facts["sale"]["sku"])
	require.Equal(t, "2", s.Facts["sale"]["qty"])
	require.Equal(t, []string{"pay"}, s.called)
}

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
	s.Scan(6) // apples by weight
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
	require.True(t, uitest.HasText(s.Window, "убрано: передумал"))
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
	require.True(t, uitest.HasText(s.Window, "Отложенные 1"))
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

func TestScreen_Catalogue(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Press(s.Window, "Home")
	require.Equal(t, "60", s.Facts["sale.catalogue"]["found"])
	uitest.Type(s.Window, "кофе")
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "1", s.Facts["sale"]["lines"])
	require.Contains(t, strings.ToLower(s.screen.m.rows[0].line.Name), "кофе")
	require.Equal(t, "field", s.Facts["sale"]["focus"])
}

func TestScreen_ClosedShiftOffersToOpenOne(t *testing.T) {
	s := open(t, uitest.Usual, "ru").showClosed()
	require.Equal(t, "closed", s.Facts["sale"]["shift"])
	require.True(t, uitest.HasText(s.Window, "Открыть смену"))
	require.False(t, uitest.HasText(s.Window, "Оплата"))
	uitest.Press(s.Window, "Enter", "F12", "F9")
	require.Equal(t, []string{"open", "open", "open"}, s.called)
	s.Scan(0)
	require.Equal(t, "shift.closed", s.Facts["sale"]["error"])
}

func TestScreen_StaleShiftIsClosedFirst(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.Clock.Advance(24 * time.Hour)
	s.screen.Refresh()
	require.Equal(t, "stale", s.Facts["sale"]["shift"])
	uitest.Press(s.Window, "Enter")
	require.Equal(t, []string{"close"}, s.called)
}

func TestScreen_AChequeBegunBeforeMidnightIsStillPaid(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.Scan(0)
	s.Clock.Advance(24 * time.Hour)
	s.screen.Refresh()
	uitest.Press(s.Window, "Enter")
	require.Equal(t, []string{"pay"}, s.called)
	require.True(t, uitest.HasText(s.Window, "закройте её"))
}

func TestScreen_CustomerAndWhatIf(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Type(s.Window, "10*1004") // 1 540.00
	uitest.Press(s.Window, "Enter")
	s.customer(0)
	require.Equal(t, string(s.Demo.Customers[0].ID), s.Facts["sale"]["customer"])
	require.True(t, uitest.HasText(s.Window, "Анна Лебедева"))
	require.False(t, uitest.HasText(s.Window, "79000000001"), "a phone is shown masked")
	text := strings.Join(uitest.Texts(s.Window), " ")
	require.Contains(t, text, "можно списать 462 балла · начислим 32 · без списания 46 в долг до 5\u2009000\u2009₽",
		"the dot at the end of a line is left out")
	uitest.Press(s.Window, "Shift+F3")
	require.Empty(t, s.Facts["sale"]["customer"])
}

func TestScreen_PendingCodeIsShownAndAnEditRevokesIt(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Type(s.Window, "10*1004")
	uitest.Press(s.Window, "Enter")
	s.customer(0)
	_, ch, err := s.Till.SpendPoints(context.Background(), s.Env.Actor, 100)
	require.NoError(t, err)
	s.screen.Refresh()
	require.True(t, uitest.HasText(s.Window, "ждёт код"))
	require.Equal(t, "1440.00", s.Facts["sale"]["due"])
	uitest.Press(s.Window, "F9")
	require.Equal(t, []string{"pay"}, s.called, "payment goes on with it")
	_, err = s.Till.EnterCode(context.Background(), s.Env.Actor, ch.ID, s.Sender.Code())
	require.NoError(t, err)
	s.screen.Refresh()
	require.True(t, uitest.HasText(s.Window, "код верный"))
	uitest.Press(s.Window, "+")
	require.Equal(t, "0", s.Facts["sale"]["tenders"])
	require.True(t, uitest.HasText(s.Window, "прежний код больше не действует"), "the screen says why")
}

func TestScreen_MoreThanTheShelfHoldsIsPointedOut(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.Scan(0) // 48 on the shelf
	require.False(t, uitest.HasText(s.Window, "в учёте"))
	uitest.Press(s.Window, "*")
	uitest.Type(s.Window, "50")
	uitest.Press(s.Window, "Enter")
	require.True(t, uitest.HasText(s.Window, "в учёте только 48 шт"))
	require.Equal(t, "50", s.Facts["sale"]["qty"], "and sold all the same")
}

func TestScreen_FocusAlwaysComesBack(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.Scan(0)
	for _, text := range []string{"Кол-во", "Убрать", "Отложить", "Отложенные", "Каталог", "Отменить чек"} {
		uitest.TapText(s.Window, text)
		uitest.Press(s.Window, "Esc")
		require.True(t, s.screen.v.field.Focused(), "after «%s»", text)
	}
	uitest.Press(s.Window, "Tab", "Tab")
	require.False(t, s.screen.v.field.Focused())
	uitest.Type(s.Window, "х")
	require.True(t, s.screen.v.field.Focused())
	require.Equal(t, "х", s.screen.v.field.Text())
}

func TestScreen_EveryHookHasItsKey(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Press(s.Window, "F3", "F6", "F7", "F10", "F11", "F12", "F1", "Ctrl+L")
	require.Equal(t, []string{"customer", "points", "drawer", "menu", "x", "close", "keys", "lock"}, s.called)
}

func TestScreen_DeactivateGivesTheKeysBack(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	s.screen.Deactivate()
	s.screen.Deactivate()
	require.Nil(t, s.Keys.Top())
	s.screen.Activate()
	s.Scan(0)
	require.Equal(t, "1", s.Facts["sale"]["lines"])
}

func TestScreen_WhatWasUnderWayAtTheLockIsNotShown(t *testing.T) {
	s := open(t, uitest.Usual, "ru")
	s.show()
	q := &task.Queue{}
	s.Env.Runner = q
	s.Scan(18) // would ask for its price
	s.screen.Deactivate()
	for q.Len() > 0 {
		q.Finish(0)
	}
	require.Equal(t, "sale", s.Last(), "no question over the lock screen")
	s.screen.Activate()
	s.Scan(0)
	for q.Len() > 0 {
		q.Finish(0)
	}
	require.Equal(t, "1", s.Facts["sale"]["lines"])
}

// TestScreen_500Lines holds the promise that a long cheque does not slow the
// window: a scan draws the new row and the one that lost the selection, and
// touches nothing else.
func TestScreen_500Lines(t *testing.T) {
	s := open(t, uitest.Usual, "ru")
	s.show()
	fill(s, 500)
	require.Equal(t, "500", s.Facts["sale"]["lines"])
	columns := 6
	for i := range 3 {
		s.screen.v.drawn = 0
		s.Scan(i)
		require.Equal(t, fmt.Sprint(501+i), s.Facts["sale"]["lines"])
		require.LessOrEqual(t, s.screen.v.drawn, 5*columns, "cells drawn for one scan")
		require.NotZero(t, s.screen.v.drawn)
	}
	s.screen.v.drawn = 0
	uitest.Press(s.Window, "+")
	require.LessOrEqual(t, s.screen.v.drawn, 2*columns, "cells drawn for one edit")
	require.True(t, uitest.HasText(s.Window, "503"), "the new line is in sight")
}

// fill puts n different goods into the cheque.
func fill(s *shop, n int) {
	s.T.Helper()
	for i := range n {
		p := s.Demo.Products[i%2]
		price := p.Price.Add(1)
		var err error
		if i%4 < 2 {
			_, err = s.Till.Add(context.Background(), s.Env.Actor, p.ID, 0, nil)
		} else {
			_, err = s.Till.Add(context.Background(), s.Env.Actor, p.ID, 0, &price)
		}
		require.NoError(s.T, err)
	}
	s.screen.Refresh()
}
