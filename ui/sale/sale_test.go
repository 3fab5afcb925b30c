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

func TestScreen_Catalogue(t *testing.T) {
	s := open(t, uitest.Usual, "ru").show()
	uitest.Press(s.Window, "Home", "Home")
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
	_, err = s.Till.BringCode(context.Background(), s.Env.Actor, ch.ID, nil)
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
	require.False(t, uitest.HasText(s.Window, "по учёту"))
	uitest.Press(s.Window, "*")
	uitest.Type(s.Window, "50")
	uitest.Press(s.Window, "Enter")
	require.True(t, uitest.HasText(s.Window, "на складе по учёту 48 шт"))
	require.Equal(t, "50", s.Facts["sale"]["qty"], "and sold all the same")
}

// TestScreen_QuietAboutStockUntilThereIsSome holds that a shop that has counted
// nothing yet is not told at every scan that it has nothing.
func TestScreen_QuietAboutStockUntilThereIsSome(t *testing.T) {
	s := open(t, uitest.Usual, "ru")
	s.Login(pos.GroupOwner)
	ctx := context.Background()
	var last pos.Product
	for _, p := range s.Demo.Products {
		stored, err := s.Till.FindProducts(ctx, p.Name, 1)
		require.NoError(t, err)
		last = stored.List[0]
		last.Stock = 0
		_, err = s.Till.PutProduct(ctx, s.Env.Actor, last)
		require.NoError(t, err)
	}
	s.show()
	s.Scan(0)
	require.False(t, uitest.HasText(s.Window, "по учёту"), uitest.Texts(s.Window))
	uitest.Type(s.Window, "хлеб")
	require.False(t, uitest.HasText(s.Window, "0 шт"), "nor in the list: %v", uitest.Texts(s.Window))
	uitest.Press(s.Window, "Esc")

	last.Stock = 5000
	_, err := s.Till.PutProduct(ctx, s.Env.Actor, last)
	require.NoError(t, err)
	s.screen.Refresh()
	require.True(t, uitest.HasText(s.Window, "на складе по учёту 0"), uitest.Texts(s.Window))
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
	s.Scan(0)
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
