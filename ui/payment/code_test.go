package payment_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/postest"
	"kassa/ui/points"
	"kassa/ui/uitest"
)

// askPoints pays with the points proposed, up to the code window.
func (s *shop) askPoints() {
	s.T.Helper()
	s.SetCustomer(anna)
	s.pay()
	uitest.Press(s.Window, "F4", "Enter")
	s.Clock.Advance(time.Second)
}

func TestCode_Entries(t *testing.T) {
	t.Run("after the last wrong code the points leave the payment, and one can start again", func(t *testing.T) {
		s := newShop(t)
		s.askPoints()
		for range confirm.MaxWrong {
			uitest.Type(s.Window, s.Sender.WrongCode())
			uitest.Press(s.Window, "Enter")
		}
		s.Shows("code", "state", "dead", "left", "0")
		require.True(t, uitest.HasText(s.Window, "убраны из оплаты"))
		uitest.Press(s.Window, "Enter") // back to payment
		s.settle()
		s.Shows("payment", "paid", "0.00", "due", "597.90", "method", "cash", "action", "accept")
		uitest.Press(s.Window, "F4", "Enter")
		s.Shows("points", "error", "wait") // whoever guesses does not get the next one at once
		uitest.Press(s.Window, "Escape")
		s.Clock.Advance(time.Minute)
		uitest.Press(s.Window, "F4", "Enter")
		s.Shows("code", "state", "sent", "left", "5")
	})
	t.Run("half a code costs no try", func(t *testing.T) {
		s := newShop(t)
		s.askPoints()
		uitest.Type(s.Window, "123")
		uitest.Press(s.Window, "Enter")
		s.Shows("code", "left", "5", "error", "invalid")
		uitest.Press(s.Window, "Backspace")
		s.Shows("code", "error", "")
	})
	t.Run("a scan and a held Enter are harmless", func(t *testing.T) {
		s := newShop(t)
		s.askPoints()
		uitest.Scan(s.Window, "4600000000015")
		s.Shows("code", "left", "5", "error", "")
		uitest.Type(s.Window, s.Sender.WrongCode())
		uitest.Hold(s.Window, "Enter", 20)
		s.Shows("code", "left", "4", "error", "wrong")
	})
	t.Run("the second of two quick Enters does not finish the sale", func(t *testing.T) {
		s := newShop(t)
		s.askPoints()
		uitest.Press(s.Window, "Esc")
		s.settle()
		uitest.Press(s.Window, "F1", "Enter", "Enter") // the rest in cash, then the code
		s.Shows("code")
		uitest.Type(s.Window, s.Sender.Code())
		uitest.Mash(s.Window, "Enter", 2, 150*time.Millisecond)
		s.unsold()
		s.settle()
		s.Shows("payment", "action", "finish")
		uitest.Press(s.Window, "Enter")
		s.sale()
	})
}

func TestCode_Time(t *testing.T) {
	t.Run("a second message may be asked for after its time, and its code alone is right", func(t *testing.T) {
		s := newShop(t)
		s.askPoints()
		first := s.Sender.Code()
		uitest.Press(s.Window, "F2")
		require.Len(t, s.Sender.Delivered(), 1)
		require.True(t, uitest.HasText(s.Window, "Ещё раз через"))
		s.Clock.Advance(time.Minute)
		uitest.Press(s.Window, "F2")
		require.Len(t, s.Sender.Delivered(), 2)
		require.True(t, uitest.HasText(s.Window, "сообщение 2"))
		if first != s.Sender.Code() {
			uitest.Type(s.Window, first)
			uitest.Press(s.Window, "Enter")
			s.Shows("code", "error", "wrong", "left", "4")
		}
		uitest.Type(s.Window, s.Sender.Code())
		uitest.Press(s.Window, "Enter")
		s.settle()
		s.Shows("payment", "action", "accept")
	})
	t.Run("a code whose time is over says so and offers a new one", func(t *testing.T) {
		s := newShop(t)
		s.askPoints()
		s.Clock.Advance(5 * time.Minute)
		s.Shows("code", "state", "expired")
		require.True(t, uitest.HasText(s.Window, "Время кода вышло"))
		uitest.Press(s.Window, "Enter")
		s.Shows("code", "state", "sent")
		require.Len(t, s.Sender.Delivered(), 2)
	})
}

func TestCode_DelTakesOffWhatIsSaidToWait(t *testing.T) {
	s := newShop(t)
	s.askPoints()
	uitest.Press(s.Window, "Esc")
	s.settle()
	uitest.Press(s.Window, "F1", "Enter")
	s.Shows("payment", "due", "0.00", "method", "points", "action", "code")
	require.True(t, uitest.HasText(s.Window, "ждёт код покупателя"))
	uitest.Press(s.Window, "Del")
	s.Shows("payment", "paid", "418.90", "due", "179.00")
	require.NotNil(t, s.cheque().Cheque.Tender(pos.Cash), "the money stays")
}

func TestCode_NobodyBringsIt(t *testing.T) {
	s := newShop(t)
	s.Settings.SMSProvider = ""
	s.Sender.Leave(true)
	s.askPoints()
	s.Shows("code", "state", "send_failed", "skippable", "yes")
	require.True(t, uitest.HasText(s.Window, "Можно продолжить без кода"))
	uitest.Press(s.Window, "F8", "Enter") // the reason stands there
	s.settle()
	uitest.Press(s.Window, "Enter")
	s.settle()
	uitest.Press(s.Window, "Enter")
	o := s.sale().Tenders[0].Override
	require.Equal(t, confirm.CauseNobody, o.Cause)
	require.Equal(t, "Провайдер СМС не выбран", o.Reason)
	require.Empty(t, s.Sender.Delivered())
}

func TestCode_Skip(t *testing.T) {
	t.Run("offered after a failure to who has the right, with a reason that is stored", func(t *testing.T) {
		s := newShop(t)
		s.Sender.Answer(postest.Ends(confirm.SendFailed))
		s.askPoints()
		s.Shows("code", "state", "send_failed", "skippable", "yes")
		uitest.Press(s.Window, "F8")
		s.Shows("code.skip", "operation", "points")
		uitest.Press(s.Window, "Enter")
		s.Shows("code.skip", "error", "invalid")
		uitest.Press(s.Window, "F2", "Enter")
		s.settle()
		s.Shows("payment", "paid", "179.00", "action", "accept")
		uitest.Press(s.Window, "Enter", "Enter")
		sale := s.sale()
		require.Equal(t, "Нет связи", sale.Tenders[0].Override.Reason)
		require.Equal(t, "failed", sale.Tenders[0].Override.Cause)
	})
	t.Run("not offered to who has not the right", func(t *testing.T) {
		s := newShop(t)
		s.Login(pos.GroupCashier)
		s.Sender.Answer(postest.Ends(confirm.SendFailed))
		s.askPoints()
		s.Shows("code", "state", "send_failed", "skippable", "no")
		require.False(t, uitest.HasText(s.Window, "без кода"))
		uitest.Press(s.Window, "F8")
		s.Shows("code")
	})
	t.Run("offered once the code did not come in time", func(t *testing.T) {
		s := newShop(t)
		s.askPoints()
		s.Shows("code", "skippable", "no")
		uitest.Press(s.Window, "F8")
		s.Shows("code")
		s.Clock.Advance(confirm.SkipAfter)
		s.Shows("code", "skippable", "yes")
		uitest.Press(s.Window, "F8")
		s.Clock.Advance(5 * time.Minute) // the code lapses under the question
		s.Shows("code.skip")
		uitest.Press(s.Window, "Esc")
		s.Shows("code", "skippable", "yes", "state", "expired")
		uitest.Press(s.Window, "Enter") // the blue button has the focus
		s.Shows("code", "state", "sent")
		require.Len(t, s.Sender.Delivered(), 2)
	})
	t.Run("a failed sending says why and sends again on Enter", func(t *testing.T) {
		s := newShop(t)
		s.Sender.Answer(postest.Ends(confirm.SendFailed))
		s.askPoints()
		require.True(t, uitest.HasText(s.Window, "Сообщение не ушло"))
		s.Sender.Answer(smsru)
		uitest.Press(s.Window, "Enter")
		s.Shows("code", "state", "sent")
	})
}

// handRunner works in the background and keeps what follows until the test
// takes it, as the window's goroutine would.
type handRunner chan func()

func (r handRunner) Do(work, then func()) {
	go func() {
		work()
		r <- then
	}()
}

// Show keeps what work has to show in the order in which it came.
func (r handRunner) Show(fn func()) { r <- fn }

// until takes what comes back until ok holds.
func (r handRunner) until(ok func() bool) {
	for !ok() {
		(<-r)()
	}
}

func TestCode_WhileTheMessageIsOnItsWay(t *testing.T) {
	s := newShop(t)
	s.SetCustomer(anna)
	r := make(handRunner, 100)
	sending, release := make(chan struct{}), make(chan struct{})
	s.Sender.Answer(func(d confirm.Delivery) confirm.Result {
		close(sending)
		<-release
		return smsru(d)
	})
	s.Env.Runner = r
	s.pay()
	uitest.Press(s.Window, "F4", "Enter")
	r.until(func() bool { return s.Last() == "code" })
	<-sending
	s.Shows("code", "state", "sending", "left", "5")
	require.True(t, uitest.HasText(s.Window, "отправляем…"))

	uitest.Press(s.Window, "Esc")
	r.until(func() bool { return s.Last() == "payment" })
	s.settle()
	s.Shows("payment", "method", "points", "action", "code")
	uitest.Press(s.Window, "Enter")
	s.Shows("code", "state", "sending")

	close(release)
	// The window that was left began the sending; this one waits along with it.
	r.until(func() bool { return s.Facts["code"]["state"] == "sent" })
	require.Len(t, s.Sender.Delivered(), 1)
	uitest.Type(s.Window, s.Sender.Code())
	uitest.Press(s.Window, "Enter")
	r.until(func() bool { return s.Last() == "payment" && s.Facts["payment"]["paid"] == "179.00" })
	s.settle()
	s.Shows("payment", "action", "accept", "due", "418.90")
}

func TestCode_EnterBeforeTheMessageIsSent(t *testing.T) {
	code := func(fact, want string) func(*shop) bool {
		return func(s *shop) bool { return s.Facts["code"][fact] == want }
	}
	for name, tc := range map[string]struct {
		answer func(confirm.Delivery) confirm.Result
		typed  func(*shop) string
		until  func(*shop) bool
	}{
		"is kept and compared then": {smsru, func(s *shop) string { return s.Sender.Code() },
			func(s *shop) bool { return s.Last() == "payment" && s.Facts["payment"]["paid"] == "179.00" }},
		"costs one try when it is wrong": {smsru, func(s *shop) string { return s.Sender.WrongCode() }, code("left", "4")},
		"is nothing once the sending failed": {postest.Ends(confirm.SendFailed), func(s *shop) string { return s.Sender.Code() },
			code("state", "send_failed")},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			s.SetCustomer(anna)
			r := make(handRunner, 100)
			sending, release := make(chan struct{}), make(chan struct{})
			s.Sender.Answer(func(d confirm.Delivery) confirm.Result {
				close(sending)
				<-release
				return tc.answer(d)
			})
			s.Env.Runner = r
			s.pay()
			uitest.Press(s.Window, "F4", "Enter")
			r.until(func() bool { return s.Last() == "code" })
			<-sending
			uitest.Type(s.Window, tc.typed(s))
			uitest.Press(s.Window, "Enter")
			s.Shows("code", "state", "sending", "left", "5", "error", "")
			close(release)
			r.until(func() bool { return tc.until(s) })
		})
	}
}

func TestCode_OfTheProvider(t *testing.T) {
	made := func(s *shop, code string) {
		s.Sender.MakeCodes(true)
		s.Sender.Answer(func(d confirm.Delivery) confirm.Result {
			r := postest.Makes(code)(d)
			r.Provider = "smsru"
			return r
		})
	}
	t.Run("has as many boxes as digits, and confirms", func(t *testing.T) {
		s := newShop(t)
		made(s, "0435")
		s.askPoints()
		s.Shows("code", "state", "sent", "left", "3")
		uitest.Type(s.Window, "0434")
		uitest.Press(s.Window, "Enter")
		s.Shows("code", "left", "2", "error", "wrong")
		s.Fine()
		for _, text := range uitest.Texts(s.Window) {
			require.NotContains(t, text, "0435", "nobody at the till sees it")
		}
		uitest.Type(s.Window, "0435")
		uitest.Press(s.Window, "Enter")
		s.settle()
		s.Shows("payment", "paid", "179.00", "action", "accept")
	})
	t.Run("that nobody knows cannot be typed, and another is sent after its time", func(t *testing.T) {
		s := newShop(t)
		made(s, "none")
		s.askPoints()
		s.Shows("code", "state", "send_unknown", "left", "5", "skippable", "yes")
		require.True(t, uitest.HasText(s.Window, "проверить его нельзя"))
		uitest.Type(s.Window, "0435")
		uitest.Press(s.Window, "Enter")
		s.Shows("code", "state", "send_unknown", "left", "5", "error", "")
		require.True(t, uitest.HasText(s.Window, "Ещё раз через"))
		made(s, "123456")
		s.Clock.Advance(time.Minute)
		uitest.Press(s.Window, "Enter")
		s.Shows("code", "state", "sent", "left", "5")
		uitest.Type(s.Window, "123456")
		uitest.Press(s.Window, "Enter")
		s.settle()
		s.Shows("payment", "paid", "179.00", "action", "accept")
	})
}

func TestCode_AnotherCashierMustAskAgain(t *testing.T) {
	s := newShop(t)
	s.askPoints()
	s.Login(pos.GroupCashier)
	uitest.Type(s.Window, s.Sender.Code())
	uitest.Press(s.Window, "Enter")
	s.Shows("code", "state", "revoked")
	require.True(t, uitest.HasText(s.Window, "запросил другой сотрудник"))
	uitest.Press(s.Window, "Enter")
	s.settle()
	s.Shows("payment", "paid", "0.00", "due", "597.90")
	require.Nil(t, s.cheque().Cheque.Tender(pos.Points))
}

func TestPoints_FromTheSaleScreen(t *testing.T) {
	s := newShop(t)
	s.SetCustomer(anna)
	done := 0
	ask := func() { points.Ask(s.Env, s.cheque(), func() { done++ }) }
	ask()
	s.Shows("points", "max", "179")
	uitest.Type(s.Window, "50")
	uitest.Press(s.Window, "Enter", "Esc")
	require.True(t, uitest.HasText(s.Window, "ждёт кода"), "leaving says that the code is still waited for")
	require.Equal(t, 1, done)
	ask()
	s.Shows("code", "state", "sent", "amount", "50.00")
	uitest.Type(s.Window, s.Sender.Code())
	uitest.Press(s.Window, "Enter")
	require.Equal(t, 2, done)
	ask()
	s.Shows("points", "max", "179", "amount", "179")
	uitest.Press(s.Window, "Del")
	require.Equal(t, 3, done)
	require.Nil(t, s.cheque().Cheque.Tender(pos.Points))
}
