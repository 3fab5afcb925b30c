package shell

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/ui/keys"
	"kassa/ui/sound"
	"kassa/ui/uitest"
)

// asked is a shop in which a sale of one piece waits for a manual payment.
func asked(t *testing.T) (*shop, manual.Awaited) {
	t.Helper()
	s := selling(t, pos.GroupSeniorCashier)
	s.Env.Merchants = func(context.Context) ([]manual.Merchant, error) {
		return []manual.Merchant{{ID: "m1", Name: "Карта управляющей", Account: "RUB", Transaction: "RUB", Currencies: []money.Currency{"RUB"}}}, nil
	}
	s.Scan(0)
	uitest.Press(s.Window, "F9", "F7", keys.Enter)
	s.Shows("sale", "lines", "0", "parked", "1")
	require.True(t, uitest.HasText(s.Window, "ждёт ручной оплаты"), "said over the sale screen")
	parked, err := s.Till.Parked(t.Context())
	require.NoError(t, err)
	return s, parked[0].Awaited[0].Awaited
}

// decided is what somebody elsewhere said, as the window hears of it.
func (s *shop) decided(w manual.Awaited, state manual.State, reason string) {
	s.T.Helper()
	h := manual.Heard{Order: w.Order, State: state, Reason: reason, Decided: s.Clock.Now()}
	if state.Paid() {
		h.Price, h.In = w.Amount, w.Currency
	}
	require.NoError(s.T, s.Till.HearOrders(s.T.Context(), []manual.Heard{h}))
	s.shell.HearDecided()
}

// ear hears what the till plays.
type ear struct{ heard []string }

func (e *ear) Play(_ context.Context, name string, _ []byte) error {
	e.heard = append(e.heard, name)
	return nil
}

// A shop that chose no sounds hears of an approval, and that it is another thing than a
// sale.
func TestShell_AnApprovalIsHeard(t *testing.T) {
	for want, state := range map[sound.Kind]manual.State{sound.News: manual.Approved, sound.Error: manual.Declined} {
		s, w := asked(t)
		e := &ear{}
		s.Env.Sound = sound.New(sound.Params{Settings: pos.DefaultFront, Player: e})
		s.decided(w, state, "")
		s.Env.Sound.Wait()
		require.Equal(t, []string{string(want)}, e.heard)
	}
}

// Enter on the empty sale finishes the sale that was told of.
func TestShell_EnterFinishesWhatWasApproved(t *testing.T) {
	s, w := asked(t)
	s.decided(w, manual.Approved, "")
	require.Equal(t, "waiting.news.ready", s.Facts["waiting.news"]["says"])
	s.Shows("sale", "parked", "1")
	uitest.Press(s.Window, keys.Enter)
	require.Equal(t, "receipt", s.Last())
	sale, err := s.Till.Sale(t.Context(), s.Env.Actor, w.Sale)
	require.NoError(t, err)
	assert.Equal(t, w.Order, sale.Tenders[0].Order)
	uitest.Press(s.Window, keys.Enter)
	s.Shows("sale", "parked", "0")
	uitest.Press(s.Window, keys.Enter)
	require.True(t, uitest.HasText(s.Window, "Чек пуст"), "there is nothing more to finish")
}

// A sale that is being rung up is paid by its own Enter; what waits is finished from
// the list.
func TestShell_TheListFinishesWhatWasApproved(t *testing.T) {
	s, w := asked(t)
	s.Scan(1)
	s.decided(w, manual.Approved, "")
	uitest.Press(s.Window, keys.Enter)
	require.Equal(t, "payment", s.Last())
	uitest.Press(s.Window, keys.Esc, "F5")
	s.Shows("sale.parked", "found", "1")
	uitest.Press(s.Window, keys.Enter)
	require.Equal(t, "receipt", s.Last())
	uitest.Press(s.Window, keys.Enter)
	s.Shows("sale", "lines", "1", "parked", "0")
}

func TestShell_FinishesByItselfWhereTheShopWantsThat(t *testing.T) {
	s, w := asked(t)
	s.Scan(1) // the next customer
	s.Settings.ManualFinish = true
	s.decided(w, manual.Approved, "")
	s.Shows("sale", "lines", "1", "parked", "0") // nothing comes between
	require.Equal(t, string(w.Sale), s.Facts["waiting.finished"]["id"])
	_, err := s.Till.Sale(t.Context(), s.Env.Actor, w.Sale)
	require.NoError(t, err)
}

// What was declined is said with its reason, and is paid otherwise from the list.
func TestShell_SaysWhatWasDeclined(t *testing.T) {
	s, w := asked(t)
	s.decided(w, manual.Declined, "деньги не пришли")
	require.True(t, uitest.HasText(s.Window, "деньги не пришли"))
	uitest.Press(s.Window, "F5", keys.Enter)
	s.Shows("sale", "lines", "1", "tenders", "0", "parked", "0")
}

// Nobody who is not there is told: what was decided meanwhile is said after the login.
func TestShell_TellsWhoeverLogsIn(t *testing.T) {
	s, w := asked(t)
	uitest.Press(s.Window, "Ctrl+L")
	s.decided(w, manual.Approved, "")
	require.Empty(t, s.Facts["waiting.news"])
	s.login(pos.GroupSeniorCashier)
	require.Equal(t, "waiting.news.ready", s.Facts["waiting.news"]["says"])
}
