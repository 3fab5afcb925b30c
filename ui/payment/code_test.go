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
		uitest.Press(s.Window, "Enter", "Enter")
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
	<-sending
	s.Clock.Advance(200 * time.Millisecond) // the window asks whether the challenge stands
	r.until(func() bool { return s.Last() == "code" })
	s.Shows("code", "state", "sending", "left", "5")
	require.True(t, uitest.HasText(s.Window, "отправляем…"))

	uitest.Press(s.Window, "Esc")
	r.until(func() bool { return s.Last() == "payment" })
	s.settle()
	s.Shows("payment", "method", "points", "action", "code")
	uitest.Press(s.Window, "Enter")
	s.Shows("code", "state", "sending")

	close(release)
	// The answer belongs to the window that was left; once it is stored, this one
	// finds it by asking.
	r.until(func() bool { return s.cheque().Challenges[0].State == confirm.Sent })
	r.until(func() bool {
		s.Clock.Advance(time.Second)
		return s.Facts["code"]["state"] == "sent"
	})
	uitest.Type(s.Window, s.Sender.Code())
	uitest.Press(s.Window, "Enter")
	r.until(func() bool { return s.Last() == "payment" && s.Facts["payment"]["paid"] == "179.00" })
	s.settle()
	s.Shows("payment", "action", "accept", "due", "418.90")
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
