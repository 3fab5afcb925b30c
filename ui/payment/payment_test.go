package payment_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/ui/payment"
	"kassa/ui/uitest"
)

func TestPayment_Cash(t *testing.T) {
	t.Run("one Enter takes the sum proposed, the second finishes", func(t *testing.T) {
		s := newShop(t)
		s.pay()
		s.Shows("payment", "total", "597.90", "due", "597.90", "method", "cash", "amount", "597.90", "action", "accept")
		uitest.Press(s.Window, "Enter")
		s.Shows("payment", "paid", "597.90", "due", "0.00", "action", "finish")
		uitest.Press(s.Window, "Enter")
		require.Equal(t, map[pos.Method]money.Amount{pos.Cash: 59790}, paidBy(s.sale()))
	})
	t.Run("what is typed replaces what was proposed, and change is the largest thing", func(t *testing.T) {
		s := newShop(t)
		s.pay()
		uitest.Type(s.Window, "1000")
		require.True(t, uitest.HasText(s.Window, "Сдача"))
		require.True(t, uitest.HasText(s.Window, "402,10"))
		s.Shows("payment", "amount", "1000.00", "action", "accept", "paid", "0.00")
		uitest.Press(s.Window, "Enter")
		s.Shows("payment", "change", "402.10", "action", "finish")
		uitest.Press(s.Window, "Enter")
		require.EqualValues(t, 40210, s.sale().Change)
	})
	t.Run("nothing is missing before anybody paid less", func(t *testing.T) {
		s := newShop(t)
		s.pay()
		require.True(t, uitest.HasText(s.Window, "Осталось внести"))
		require.False(t, uitest.HasText(s.Window, "Не хватает"))
		uitest.Type(s.Window, "100")
		require.True(t, uitest.HasText(s.Window, "Не хватает"))
	})
	t.Run("a quick sum is taken by a tap", func(t *testing.T) {
		s := newShop(t)
		s.pay()
		uitest.TapText(s.Window, "600")
		s.Shows("payment", "method", "cash", "amount", "600.00", "action", "accept")
	})
	t.Run("a held Enter takes the sum once and does not finish", func(t *testing.T) {
		s := newShop(t)
		s.pay()
		uitest.Hold(s.Window, "Enter", 20)
		s.Shows("payment", "paid", "597.90", "action", "finish")
		s.unsold()
	})
	t.Run("a scan leaves no sum behind", func(t *testing.T) {
		s := newShop(t)
		s.pay()
		uitest.Scan(s.Window, "4699999999990")
		s.Shows("payment", "paid", "0.00", "amount", "597.90", "action", "accept", "error", "not_found")
	})
}

func TestPayment_ASumFarBeyondWhatIsDue(t *testing.T) {
	ask := func(t *testing.T) *shop {
		s := newShop(t)
		s.pay()
		uitest.Type(s.Window, "60000")
		uitest.Press(s.Window, "Enter")
		s.Shows("payment.sure", "amount", "60000.00")
		s.Clock.Advance(time.Second)
		return s
	}
	t.Run("is asked about, and Enter goes back to it", func(t *testing.T) {
		s := ask(t)
		require.True(t, uitest.HasText(s.Window, "Верна ли сумма?"))
		uitest.Press(s.Window, "Enter")
		s.Shows("payment", "paid", "0.00", "amount", "60000.00", "action", "accept")
		uitest.Type(s.Window, "600")
		uitest.Press(s.Window, "Enter")
		s.Shows("payment", "paid", "600.00", "action", "finish")
	})
	t.Run("is not taken where the drawer cannot change it", func(t *testing.T) {
		s := ask(t)
		uitest.Press(s.Window, "F9")
		s.Shows("payment", "paid", "0.00", "error", "conflict")
	})
	t.Run("is taken once it is meant", func(t *testing.T) {
		s := newShop(t)
		_, err := s.Till.CashIn(t.Context(), s.Env.Actor, 6_000_000, "размен")
		require.NoError(t, err)
		s.pay()
		uitest.Type(s.Window, "60000")
		uitest.Press(s.Window, "Enter")
		uitest.Press(s.Window, "F9")
		s.Shows("payment", "paid", "60000.00", "action", "finish")
	})
}

func TestPayment_Mixed(t *testing.T) {
	t.Run("cash, then the rest by card", func(t *testing.T) {
		s := newShop(t)
		s.pay()
		uitest.Type(s.Window, "200")
		uitest.Press(s.Window, "Enter", "F2")
		s.Shows("payment", "method", "card", "amount", "397.90", "action", "accept")
		uitest.Press(s.Window, "Enter", "Enter")
		require.Equal(t, map[pos.Method]money.Amount{pos.Cash: 20000, pos.Card: 39790}, paidBy(s.sale()))
	})
	t.Run("a card pays no more than what is due", func(t *testing.T) {
		s := newShop(t)
		s.pay()
		uitest.Press(s.Window, "F2")
		uitest.Type(s.Window, "700")
		uitest.Press(s.Window, "Enter")
		s.Shows("payment", "error", "invalid", "paid", "0.00", "amount", "700.00")
		require.True(t, uitest.HasText(s.Window, "сдачу дают только с наличных"))
	})
	t.Run("Del takes the last payment of the chosen tender off", func(t *testing.T) {
		s := newShop(t)
		s.pay()
		uitest.Type(s.Window, "200")
		uitest.Press(s.Window, "Enter", "Del")
		s.Shows("payment", "paid", "0.00", "due", "597.90", "amount", "597.90")
	})
	t.Run("Esc goes back and the payments so far stay", func(t *testing.T) {
		s := newShop(t)
		s.pay()
		uitest.Type(s.Window, "200")
		uitest.Press(s.Window, "Enter", "Esc")
		require.Equal(t, 1, s.backs)
		require.EqualValues(t, 20000, s.cheque().Totals.Paid)
		s.unsold()
	})
	t.Run("exact by card finishes at once, pressed twice only once", func(t *testing.T) {
		s := newShop(t)
		payment.CardExact(s.Env, s.cheque(), s.done)
		uitest.Press(s.Window, "Ctrl+Enter")
		require.Equal(t, map[pos.Method]money.Amount{pos.Card: 59790}, paidBy(s.sale()))
	})
	t.Run("exact by card that is refused says why and stays", func(t *testing.T) {
		s := newShop(t)
		v := s.cheque()
		s.Env.Actor = pos.Actor{ID: "nobody"}
		payment.CardExact(s.Env, v, s.done)
		s.Shows("payment", "error", "forbidden", "action", "accept", "method", "card")
		require.Empty(t, s.sold)
	})
}

func TestPayment_Points(t *testing.T) {
	t.Run("a wrong code is told, the right one counts, and nothing finishes by itself", func(t *testing.T) {
		s := newShop(t)
		s.SetCustomer(anna)
		s.pay()
		uitest.Press(s.Window, "F4")
		s.Shows("points", "max", "179", "amount", "179")
		uitest.Press(s.Window, "Enter")
		s.Shows("code", "state", "sent", "operation", "points", "left", "5", "skippable", "no")
		uitest.Type(s.Window, s.Sender.WrongCode())
		uitest.Press(s.Window, "Enter")
		s.Shows("code", "left", "4", "error", "wrong")
		require.True(t, uitest.HasText(s.Window, "Осталось попыток: 4"))
		uitest.Type(s.Window, s.Sender.Code())
		uitest.Press(s.Window, "Enter")
		s.Shows("payment", "paid", "179.00", "due", "418.90", "action", "wait")
		s.settle()
		s.Shows("payment", "method", "cash", "amount", "418.90", "action", "accept")
		require.True(t, uitest.HasText(s.Window, "с кодом"))
		uitest.Press(s.Window, "Enter", "Enter")
		sale := s.sale()
		require.Equal(t, map[pos.Method]money.Amount{pos.Points: 17900, pos.Cash: 41890}, paidBy(sale))
		require.EqualValues(t, 179, sale.PointsSpent)
	})
	t.Run("Esc leaves the code for later, and Enter asks for it again", func(t *testing.T) {
		s := newShop(t)
		s.SetCustomer(anna)
		s.pay()
		uitest.Press(s.Window, "F4", "Enter", "Esc")
		s.settle()
		s.Shows("payment", "paid", "179.00", "method", "points", "action", "code")
		require.True(t, uitest.HasText(s.Window, "ждёт код"))
		uitest.Press(s.Window, "Enter")
		s.Shows("code", "state", "sent", "left", "5")
		uitest.Type(s.Window, s.Sender.Code())
		uitest.Press(s.Window, "Enter")
		s.settle()
		s.Shows("payment", "action", "accept", "due", "418.90")
	})
	t.Run("what Enter takes is not offered as a debt", func(t *testing.T) {
		s := newShop(t)
		s.SetCustomer(anna)
		s.pay()
		uitest.Type(s.Window, "100")
		uitest.Press(s.Window, "Enter")
		s.Shows("payment", "action", "credit")
		require.True(t, uitest.HasText(s.Window, "можно оформить в долг"), "%q", uitest.Texts(s.Window))
		uitest.Press(s.Window, "F1") // the rest in cash after all
		s.Shows("payment", "action", "accept")
		require.False(t, uitest.HasText(s.Window, "можно оформить в долг"), "%q", uitest.Texts(s.Window))
		require.True(t, uitest.HasText(s.Window, "Осталось внести"))
	})
	t.Run("without the code the sale is not finished", func(t *testing.T) {
		s := newShop(t)
		s.SetCustomer(anna)
		s.pay()
		uitest.Press(s.Window, "F4", "Enter", "Esc")
		s.settle()
		uitest.Press(s.Window, "F1", "Enter")
		s.Shows("payment", "due", "0.00", "action", "code")
		uitest.Press(s.Window, "Enter")
		s.Shows("code")
		s.unsold()
	})
	t.Run("too many points are refused before anything is sent", func(t *testing.T) {
		s := newShop(t)
		s.SetCustomer(anna)
		s.pay()
		uitest.Press(s.Window, "F4")
		uitest.Type(s.Window, "300")
		uitest.Press(s.Window, "Enter")
		s.Shows("points", "error", "limit")
		require.Empty(t, s.Sender.Delivered())
	})
	t.Run("without a customer one is found first", func(t *testing.T) {
		s := newShop(t)
		s.pay()
		uitest.Press(s.Window, "F4")
		s.Shows("customer.find", "found", "12")
		uitest.Type(s.Window, "0001")
		s.Shows("customer.find", "found", "1")
		uitest.Press(s.Window, "Enter")
		s.Shows("points", "max", "179")
	})
}

func TestPayment_Credit(t *testing.T) {
	t.Run("paying less offers the rest as a debt", func(t *testing.T) {
		s := newShop(t)
		s.SetCustomer(anna)
		s.pay()
		uitest.Type(s.Window, "100")
		require.True(t, uitest.HasText(s.Window, "срок до 5"))
		require.True(t, uitest.HasText(s.Window, "Покупатель подтвердит кодом"))
		uitest.Press(s.Window, "Enter")
		s.Shows("payment", "due", "497.90", "action", "credit")
		require.True(t, uitest.HasText(s.Window, "Оформить остаток"))
		uitest.Press(s.Window, "Enter")
		s.Shows("credit", "amount", "497.90", "debt", "497.90", "error", "")
		require.Empty(t, s.Sender.Delivered())
		uitest.Press(s.Window, "Enter")
		s.Shows("code", "state", "sent", "operation", "credit", "amount", "497.90")
		uitest.Type(s.Window, s.Sender.Code())
		uitest.Press(s.Window, "Enter")
		s.settle()
		s.Shows("payment", "due", "0.00", "action", "finish")
		uitest.Press(s.Window, "Enter")
		require.EqualValues(t, 49790, s.sale().DebtAdded)
	})
	t.Run("a debt that waits for its code counts into the one that takes its place", func(t *testing.T) {
		s := newShop(t)
		s.SetCustomer(anna)
		s.pay()
		uitest.Type(s.Window, "100")
		uitest.Press(s.Window, "Enter", "Enter", "Enter")
		s.Shows("code", "amount", "497.90")
		uitest.Press(s.Window, "Esc", "F1", "Del")
		s.Shows("payment", "due", "100.00", "action", "accept")
		uitest.Press(s.Window, "Ctrl+A", "Backspace")
		s.Shows("payment", "action", "credit")
		require.True(t, uitest.HasText(s.Window, "Оформить остаток 597,90"), uitest.Texts(s.Window))
		uitest.Press(s.Window, "Enter")
		s.Shows("credit", "amount", "597.90", "debt", "597.90", "error", "")
	})
	t.Run("without a customer one with a phone is chosen", func(t *testing.T) {
		s := newShop(t)
		s.pay()
		uitest.Type(s.Window, "100")
		uitest.Press(s.Window, "Enter", "Enter")
		s.Shows("customer.find")
		uitest.Type(s.Window, "Борис")
		uitest.Press(s.Window, "Enter")
		s.Shows("credit", "amount", "497.90", "debt", "1697.90", "room", "1800.00", "error", "")
		uitest.Press(s.Window, "Enter")
		s.Shows("code", "operation", "credit")
	})
	for name, tc := range map[string]struct {
		customer int
		code     string
		says     string
	}{
		"an overdue debt is refused before any code goes out": {kira, "overdue", "просрочено"},
		"no credit is refused before any code goes out":       {gleb, "limit", "не разрешён долг"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			s.SetCustomer(tc.customer)
			s.pay()
			uitest.Press(s.Window, "F5")
			s.Shows("credit", "error", tc.code)
			require.True(t, uitest.HasText(s.Window, tc.says))
			uitest.Press(s.Window, "Enter")
			s.Shows("customer.find") // somebody else may owe
			require.Empty(t, s.Sender.Delivered())
			uitest.Press(s.Window, "Esc", "Esc")
			s.settle()
			s.Shows("payment", "due", "597.90")
		})
	}
	t.Run("without the right nothing is offered, but it can be approved", func(t *testing.T) {
		s := newShop(t)
		s.SetCustomer(anna)
		s.Env.Actor.Rights = []pos.Right{pos.RightSell}
		s.withoutCredit()
		s.pay()
		uitest.Type(s.Window, "100")
		uitest.Press(s.Window, "Enter")
		s.Shows("payment", "due", "497.90", "amount", "0.00", "action", "none")
		require.True(t, uitest.HasText(s.Window, "F5 спросит того"))
		require.True(t, uitest.HasText(s.Window, "с разрешения"))
		s.settle()
		uitest.Press(s.Window, "Enter", "Enter")
		s.Shows("payment", "due", "497.90", "paid", "100.00") // nobody paid the rest
		s.unsold()
		uitest.Press(s.Window, "F5", "Enter")
		s.Shows("approval", "right", string(pos.RightCredit), "sum", "497.90")
		uitest.Press(s.Window, "Esc")
		s.Shows("credit", "error", "forbidden")
		require.Empty(t, s.Sender.Delivered())
	})
}

// unsure is a disk that, once told so, keeps what it is given and says that it
// could not.
type unsure struct {
	forgetful bool // or keeps nothing
	lying     bool
}

func (u *unsure) save(save func() error) error {
	if !u.lying {
		return save()
	}
	u.lying = false
	if !u.forgetful {
		if err := save(); err != nil {
			return err
		}
	}
	return pos.E(pos.CodeUnavailable, "sale.unknown", nil)
}

func TestPayment_Unknown(t *testing.T) {
	t.Run("a sale that was stored all the same is found by its id", func(t *testing.T) {
		s := newShop(t)
		disk := &unsure{}
		s.Disk = disk.save
		s.pay()
		uitest.Press(s.Window, "Enter")
		disk.lying = true
		uitest.Press(s.Window, "Enter", "Enter")
		s.sale()
	})
	t.Run("one that was not says so and can be finished again", func(t *testing.T) {
		s := newShop(t)
		disk := &unsure{forgetful: true}
		s.Disk = disk.save
		s.pay()
		uitest.Press(s.Window, "Enter")
		disk.lying = true
		uitest.Press(s.Window, "Enter")
		s.Shows("payment", "error", "unavailable", "action", "finish")
		require.Empty(t, s.sold)
		uitest.Press(s.Window, "Enter")
		s.sale()
	})
}

func TestPayment_LockedFromOutside(t *testing.T) {
	s := newShop(t)
	s.askPoints()
	uitest.Press(s.Window, "F8")
	s.Kit.CloseDialogs()
	require.Empty(t, s.Fyne.Canvas().Overlays().List())
	s.Clock.Advance(time.Minute)
	require.Zero(t, s.Clock.Waiting(), "nothing ticks on behind the lock")
	require.Zero(t, s.backs)
	require.EqualValues(t, 17900, s.cheque().Totals.Paid)
}
