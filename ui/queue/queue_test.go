package queue

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/backend/manual"
	"kassa/pos"
	"kassa/pos/exchange"
	pay "kassa/pos/manual"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

var usual = shoptest.Looks[0]

// behind is a demo shop with a true backend behind its till, seen by its owner.
func behind(t *testing.T, look shoptest.Look) (*shoptest.Shop, *shoptest.Behind) {
	t.Helper()
	s := shoptest.Open(t, look.Size, look.Lang)
	s.SetTheme(theme.New(look.Mode, look.Scale))
	b := s.Behind()
	s.Login(pos.GroupOwner)
	return s, b
}

func waiting(t *testing.T, s *shoptest.Shop) pos.OutboxCounts {
	t.Helper()
	v, err := s.Till.Queue(t.Context(), s.Env.Actor, 0, 1)
	require.NoError(t, err)
	return v.Counts
}

func TestQueue_FollowsWhatIsBrought(t *testing.T) {
	s, b := behind(t, usual)
	require.Positive(t, waiting(t, s).Waiting)
	closed := 0
	Open(s.Env, func() { closed++ })
	require.NotEqual(t, "0", s.Facts["queue"]["waiting"])
	uitest.Press(s.Window, "F9")
	s.Shows("queue", "waiting", "0", "aside", "0", "found", "0", "exchange", "resting", "error", "")
	assert.True(t, uitest.HasText(s.Window, "Всё записано"))
	assert.Equal(t, exchange.Nothing, look(s, b), "a till that carries its backend tells nothing while all is well")
	uitest.Press(s.Window, keys.Enter, "F5", "F8", keys.Esc)
	assert.Equal(t, 1, closed)
	s.Fine()
}

func look(s *shoptest.Shop, b *shoptest.Behind) exchange.Look {
	now := b.Exchange()
	return now.Look(s.Clock.Now())
}

func TestQueue_ACutNetworkIsToldAndMended(t *testing.T) {
	s, b := behind(t, usual)
	b.Cut()
	Open(s.Env, func() {})
	uitest.Press(s.Window, "F9")
	s.Shows("queue", "exchange", "waiting", "trouble", "exchange.offline")
	assert.True(t, uitest.HasText(s.Window, "Сервер не отвечает"))
	assert.True(t, uitest.HasText(s.Window, "следующая через 1 с"))
	b.Mend()
	uitest.Press(s.Window, "F9")
	s.Shows("queue", "waiting", "0", "exchange", "resting", "trouble", "")
	s.Fine()
}

func TestQueue_PutAsideAndTakenBack(t *testing.T) {
	s, b := behind(t, usual)
	Open(s.Env, func() {})
	id := s.Facts["queue"]["id"]
	uitest.Press(s.Window, "F8", keys.Enter)
	s.Shows("queue.aside", "error", "invalid")
	uitest.Type(s.Window, "жду ответа")
	uitest.Press(s.Window, keys.Enter)
	s.Shows("queue", "aside", "1", "error", "")
	assert.Equal(t, exchange.Stuck, look(s, b))
	uitest.Press(s.Window, "F4")
	s.Shows("queue", "found", "1", "id", id, "state", "aside")
	assert.True(t, uitest.HasText(s.Window, "жду ответа"))
	uitest.Press(s.Window, keys.Enter)
	s.Shows("queue.row", "state", "aside")
	uitest.Press(s.Window, "F5")
	s.Shows("queue", "aside", "0", "found", "0", "waiting", "0")
	assert.Equal(t, 1, s.Books.Happened(pos.EventQueueAside))
	assert.Equal(t, 1, s.Books.Happened(pos.EventQueueResent))
	s.Fine()
}

func TestQueue_AllThatWasPutAsideGoesAgain(t *testing.T) {
	s, b := behind(t, usual)
	b.Cut()
	v, err := s.Till.Queue(t.Context(), s.Env.Actor, 0, 3)
	require.NoError(t, err)
	for _, m := range v.Rows {
		require.NoError(t, s.Till.PutQueuedAside(t.Context(), s.Env.Actor, m.ID, "why"))
	}
	Open(s.Env, func() {})
	s.Shows("queue", "aside", "3")
	b.Mend()
	uitest.Press(s.Window, "Shift+F5")
	s.Shows("queue", "aside", "0", "waiting", "0")
}

func TestQueue_PausedAndResumed(t *testing.T) {
	s, b := behind(t, usual)
	Open(s.Env, func() {})
	uitest.Press(s.Window, "F7")
	s.Shows("queue", "paused", "yes", "exchange", "paused")
	assert.NotEqual(t, "0", s.Facts["queue"]["waiting"])
	assert.Equal(t, exchange.Halted, look(s, b))
	assert.True(t, uitest.HasText(s.Window, "Обмен остановлен"))
	uitest.Press(s.Window, "F9")
	require.Positive(t, waiting(t, s).Waiting, "who paused it decides when it goes on")
	uitest.Press(s.Window, "F7")
	s.Shows("queue", "paused", "no", "waiting", "0")
	s.Fine()
}

func TestQueue_ACashierLooksAndMayNotTouch(t *testing.T) {
	s, _ := behind(t, usual)
	s.Login(pos.GroupCashier)
	Open(s.Env, func() {})
	before := s.Facts["queue"]["waiting"]
	uitest.Press(s.Window, "F7")
	assert.Equal(t, "approval", s.Last(), "another's PIN may allow it")
	uitest.Press(s.Window, keys.Esc)
	s.Shows("queue", "paused", "no", "waiting", before, "error", "forbidden")
	uitest.Press(s.Window, keys.Enter)
	assert.Equal(t, "approval", s.Last(), "what is told names customers and sums")
}

func TestQueue_ManyRowsComeInPages(t *testing.T) {
	s, _ := behind(t, usual)
	s.OpenShift()
	for range 3 * page {
		_, err := s.Till.CashIn(t.Context(), s.Env.Actor, 100, "размен")
		require.NoError(t, err)
	}
	Open(s.Env, func() {})
	s.Shows("queue", "found", "100", "page", "0")
	uitest.Press(s.Window, "Shift+F3", "F3", "F3")
	s.Shows("queue", "found", "100", "page", "2")
	uitest.Press(s.Window, "Shift+F3")
	s.Shows("queue", "page", "1")
	uitest.Press(s.Window, "F9")
	s.Shows("queue", "found", "0", "waiting", "0", "page", "0")
}

// samples are the payloads that package wire keeps.
var samples = filepath.Join("..", "..", "pos", "wire", "testdata")

func sample(t *testing.T, kind pos.EventKind) *pos.OutboxMessage {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(samples, string(kind)+".json"))
	require.NoError(t, err)
	return &pos.OutboxMessage{Kind: kind, Payload: body}
}

// Whatever is told can be read here: nothing in it shows a telephone whole.
func TestReadable(t *testing.T) {
	w := words.New("ru", "RUB", "")
	files, err := filepath.Glob(filepath.Join(samples, "*.json"))
	require.NoError(t, err)
	require.Greater(t, len(files), 15)
	for _, file := range files {
		kind := pos.EventKind(strings.TrimSuffix(filepath.Base(file), ".json"))
		m := sample(t, kind)
		text := readable(w, m)
		assert.NotContains(t, text, "не читается", kind)
		assert.NotContains(t, text, "+7900", kind)
		assert.Contains(t, text, "Версия: 1", kind)
	}
	for name := range named {
		assert.True(t, w.Has("queue.field."+name), name)
	}
	text := readable(w, sample(t, pos.EventSaleCompleted))
	assert.Contains(t, text, "Итого: 1")
	assert.Contains(t, text, "Строки:\n  – ")
	card := readable(w, sample(t, pos.EventCustomerAdded))
	assert.Contains(t, card, "•")
	long := &pos.OutboxMessage{Payload: []byte(`{"lines":[` + strings.TrimSuffix(strings.Repeat("1,", 5000), ",") + `]}`)}
	assert.Equal(t, mostLines+1, strings.Count(readable(w, long), "\n")+1)
	for _, cut := range []string{"", "{", `{"a":`, "null", `[1,`, `{"a":{"b":[{}]}}`} {
		readable(w, &pos.OutboxMessage{Payload: []byte(cut)})
	}
}

func TestQueue_Looks(t *testing.T) {
	for _, look := range shoptest.Looks {
		t.Run(look.Name, func(t *testing.T) {
			s, b := behind(t, look)
			b.Cut()
			Open(s.Env, func() {})
			uitest.Press(s.Window, "F9")
			s.Picture("queue-" + look.Name)
			s.Fine()
		})
	}
}

// A request that the backend refused says why, holds nothing up, and leaves the queue
// when somebody has seen it.
func TestQueue_ARefusedRequestIsSeenAndCleared(t *testing.T) {
	s, b := behind(t, usual)
	office := manual.From{Till: "office", By: pay.Person{ID: "o"}, Rights: pay.AllRights()}
	_, err := b.PutMerchant(t.Context(), office, pay.Merchant{ID: "m1", Name: "Карта", Account: "RUB"})
	require.NoError(t, err)
	_, err = b.New(t.Context(), office, pay.Ask{ID: "p1", Where: pay.AtTill, Text: "Занятие", Price: 1000_00, Merchant: "m1"})
	require.NoError(t, err)
	b.WakeExchange()
	b.Cut()
	require.NoError(t, s.Till.RequestRuling(t.Context(), s.Env.Actor, "d1", "p1", pay.Ruling{Decision: pay.Approve, Version: 1, Where: pay.AtOrders}, nil))
	_, err = b.Decide(t.Context(), office, "d2", "p1", pay.Ruling{Decision: pay.Decline, Version: 1, Where: pay.AtOrders})
	require.NoError(t, err)
	b.Mend()
	Open(s.Env, func() {})
	uitest.Press(s.Window, "F9")
	s.Shows("queue", "found", "1", "aside", "1", "waiting", "0", "exchange", "resting", "kind", string(pos.EventOrderRuled))
	assert.True(t, uitest.HasText(s.Window, "отказано"))
	assert.True(t, uitest.HasText(s.Window, "Сервер ответил отказом"))
	o, _, err := s.Till.MirroredOrder(t.Context(), "p1")
	require.NoError(t, err)
	assert.Equal(t, pay.Declined, o.State, "the mirror shows how it stands")
	uitest.Press(s.Window, "F8")
	s.Shows("queue", "found", "0", "aside", "0", "error", "")
	assert.True(t, uitest.HasText(s.Window, "убрано из очереди"))
	assert.Equal(t, 1, s.Books.Happened(pos.EventQueueDismissed))
	s.Fine()
}
