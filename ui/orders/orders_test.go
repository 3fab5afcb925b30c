package orders_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	pays "kassa/backend/manual"
	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/ui/customer"
	"kassa/ui/keys"
	"kassa/ui/orders"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// office is a demo shop with a true backend behind its till, at which somebody of a
// group sits. Marina is a manager somewhere else.
type office struct {
	*shoptest.Shop
	back   *shoptest.Behind
	marina pays.From
}

func open(t *testing.T, g pos.GroupID) *office {
	t.Helper()
	s := shoptest.Open(t, uitest.Usual, "ru")
	o := &office{Shop: s, back: s.Behind()}
	s.Login(g)
	head, err := s.Till.ExchangeHead(t.Context())
	require.NoError(t, err)
	o.marina = pays.From{Till: head.Till, By: manual.Person{ID: "marina", Name: "Марина"}, Rights: manual.AllRights()}
	for _, m := range []manual.Merchant{
		{ID: "m1", Name: "Карта на карту", Commission: 25000, Fee: 1000, Account: "RUB", Currencies: []money.Currency{"RUB", "USD"}, Hint: "Последние цифры карты"},
		{ID: "m2", Name: "Курьер", Account: "RUB", Archived: true},
	} {
		_, err := o.back.PutMerchant(t.Context(), o.marina, m)
		require.NoError(t, err)
	}
	for _, f := range []manual.Offer{
		{ID: "o1", Text: "Курс кройки", Price: 1000_00, Currency: "RUB", Merchants: []string{"m1"}},
		{ID: "o2", Text: "Архивное", Price: 1000_00, Currency: "RUB", Merchants: []string{"m1"}, Archived: true},
		{ID: "o3", Text: "Через архивного мерчанта", Price: 1000_00, Currency: "RUB", Merchants: []string{"m2"}},
	} {
		_, err := o.back.PutOffer(t.Context(), o.marina, f)
		require.NoError(t, err)
	}
	return o
}

func (o *office) by(from pays.From, id string) {
	o.T.Helper()
	c := o.Demo.Customers[0]
	_, err := o.back.New(o.T.Context(), from, manual.Ask{ID: id, Where: manual.AtOrders, Offer: "o1", Customer: string(c.ID), CustomerName: c.Name, Comment: "вечером"})
	require.NoError(o.T, err)
}

func (o *office) order(id string) manual.Kept {
	o.T.Helper()
	k, err := o.back.Order(o.T.Context(), id)
	require.NoError(o.T, err)
	return *k
}

// board opens «Заказы и продажи» with an order noted by Marina.
func (o *office) board() *office {
	o.by(o.marina, "p1")
	orders.Open(o.Env, customer.Find, func() {})
	o.Shows("orders", "id", "p1", "state", "open", "error", "")
	return o
}

// heard lets the till hear what changed at the backend.
func (o *office) heard() {
	o.back.Noticed()
	o.Env.Exchange.Wake()
}

func (o *office) press(names ...keys.Key) { uitest.Press(o.Window, names...) }

func (o *office) fact(screen, name string) string { return o.Facts[screen][name] }

func TestBoard_OneKeyDecides(t *testing.T) {
	for key, want := range map[keys.Key]struct {
		state manual.State
		word  string
	}{"F9": {manual.Approved, "Разрешен"}, "F8": {manual.Declined, "Отклонен"}} {
		t.Run(want.word, func(t *testing.T) {
			o := open(t, pos.GroupOwner).board()
			require.True(t, uitest.HasText(o.Window, "осталось 30 дней"), "%q", uitest.Texts(o.Window))
			o.press(key)
			o.Shows("orders", "state", string(want.state), "open", "0", "error", "")
			assert.Equal(t, want.state, o.order("p1").State)
			assert.Equal(t, string(o.Env.Actor.ID), o.order("p1").Decider.ID)
			assert.True(t, uitest.HasText(o.Window, want.word))
			o.press("F8", "F9") // meet the same order, which is decided
			assert.EqualValues(t, 2, o.order("p1").Version)
			o.Fine()
		})
	}
}

func TestBoard_WhoComesTooLateIsToldWhoDecided(t *testing.T) {
	o := open(t, pos.GroupOwner).board()
	_, err := o.back.Decide(t.Context(), o.marina, "d1", "p1", manual.Ruling{Decision: manual.Decline, Version: 1, Where: manual.AtOrders})
	require.NoError(t, err)
	o.press("F9")
	o.Shows("orders", "state", "declined", "error", "conflict")
	assert.Contains(t, o.fact("orders", "news"), "Отклонен")
	assert.Contains(t, o.fact("orders", "news"), "Марина")
	assert.Equal(t, manual.Declined, o.order("p1").State)
	o.Fine()
}

func TestBoard_AnothersPINDecidesOnce(t *testing.T) {
	allow := func(o *office, g pos.GroupID) {
		o.press("F4")
		uitest.Type(o.Window, o.Employee(g).PIN)
		o.press(keys.Enter)
	}
	t.Run("without the right", func(t *testing.T) {
		o := open(t, pos.GroupCashier).board()
		o.press("F9")
		o.Shows("approval", "right", "manual.decide", "sum", "1000.00")
		allow(o, pos.GroupSeniorCashier)
		require.Equal(t, manual.Approved, o.order("p1").State)
		require.Equal(t, string(o.Env.Actor.ID), o.order("p1").Decider.ID)
		o.by(o.marina, "p2")
		o.press("Shift+F5", keys.Home)
		o.Clock.Advance(time.Second)
		o.press("F9")
		require.Equal(t, "approval", o.Last(), "it was allowed once")
		list := o.approvals()
		require.Len(t, list, 1)
		require.Equal(t, "p1", list[0].UsedFor)
	})
	t.Run("beyond the cap", func(t *testing.T) {
		o := open(t, pos.GroupSeniorCashier)
		o.ChangeGroup(pos.GroupSeniorCashier, func(g *pos.Group) { g.Caps = map[pos.Right]money.Amount{pos.RightManualDecide: 500_00} })
		o.board().press("F9")
		o.Shows("approval", "right", "manual.decide", "sum", "1000.00")
		allow(o, pos.GroupOwner)
		require.Equal(t, manual.Approved, o.order("p1").State)
	})
	t.Run("what one noted oneself", func(t *testing.T) {
		o := open(t, pos.GroupSeniorCashier)
		mine := o.marina
		mine.By = manual.Person{ID: string(o.Env.Actor.ID), Name: o.Env.Actor.Name}
		o.by(mine, "p1")
		orders.Open(o.Env, customer.Find, func() {})
		o.press("F9")
		o.Shows("approval", "right", "manual.decide")
		require.True(t, uitest.HasText(o.Window, "Свою запись решает другой сотрудник"), "%q", uitest.Texts(o.Window))
		o.press(keys.Esc)
		require.Equal(t, manual.Open, o.order("p1").State)
		o.press("F9")
		allow(o, pos.GroupOwner)
		require.Equal(t, manual.Approved, o.order("p1").State)
	})
}

func (o *office) approvals() []pos.Approval {
	o.T.Helper()
	owner, err := o.Till.Login(o.T.Context(), o.Employee(pos.GroupOwner).PIN)
	require.NoError(o.T, err)
	list, err := o.Till.Approvals(o.T.Context(), owner, o.Clock.Now().Add(-time.Hour), o.Clock.Now().Add(time.Hour))
	require.NoError(o.T, err)
	return list
}

func TestOrder_CorrectsAndKeepsWhatWasFirstSaid(t *testing.T) {
	o := open(t, pos.GroupOwner).board()
	o.press(keys.Enter)
	o.Shows("orders.order", "state", "open", "events", "1")
	o.press("F4")
	uitest.Type(o.Window, "900,50")
	o.press("F9")
	o.Shows("orders.order", "state", "approved", "events", "2")
	k := o.order("p1")
	assert.EqualValues(t, 1000_00, k.Requested.Price)
	assert.EqualValues(t, 900_50, k.Confirmed.Price)
	for _, text := range []string{"1\u2009000,00", "900,50", "Записано сначала", "вечером"} {
		assert.True(t, uitest.HasText(o.Window, text), text)
	}
	o.Fine()
}

func TestRule_RefusesWithASentenceAndKeepsWhatIsTyped(t *testing.T) {
	o := open(t, pos.GroupOwner).board()
	o.press(keys.Enter, "F4")
	uitest.Type(o.Window, "0")
	o.press("F9")
	o.Shows("orders.rule", "error", "invalid", "price", "0")
	assert.Contains(t, o.fact("orders.rule", "news"), "больше нуля")
	o.press(keys.Tab, keys.Tab)
	uitest.Type(o.Window, "01.01.2031")
	o.press("Shift+Tab", "Shift+Tab")
	uitest.Type(o.Window, "10")
	o.press("F9")
	o.Shows("orders.rule", "error", "invalid", "price", "10")
	assert.Contains(t, o.fact("orders.rule", "news"), "не может быть в будущем")
	assert.Equal(t, manual.Open, o.order("p1").State)
	o.Fine()
}

func TestRefund_InPartByItsSteps(t *testing.T) {
	o := open(t, pos.GroupOwner).board()
	o.press("F9", "Shift+F9")
	o.Shows("orders.refund", "sum", "1000,00")
	uitest.Type(o.Window, "300")
	o.press("Ctrl+Enter")
	assert.Contains(t, o.fact("orders.refund", "news"), "причину")
	o.press(keys.Tab)
	uitest.Type(o.Window, "перенесли")
	o.press("Ctrl+Enter")
	o.Shows("orders", "state", "approved", "error", "")
	require.EqualValues(t, 300_00, o.order("p1").Pending)
	o.press(keys.Enter)
	o.Shows("orders.order", "refund", "requested")
	o.press("F7") // not before it is allowed
	require.EqualValues(t, 0, o.order("p1").Refunded)
	o.press("F5")
	o.Shows("orders.order", "refund", "approved")
	o.press("F7")
	o.Shows("orders.order", "refund", "done", "state", "approved")
	require.EqualValues(t, 300_00, o.order("p1").Refunded)
	o.press("Shift+F9", keys.Tab)
	uitest.Type(o.Window, "передумали")
	o.press(keys.Tab, keys.Space, "Ctrl+Enter")
	o.Shows("orders.order", "state", "refunded", "refunds", "2")
	assert.True(t, uitest.HasText(o.Window, "Возврат средств"))
	faults, err := o.back.VerifyManual(t.Context())
	require.NoError(t, err)
	assert.Empty(t, faults)
	o.Fine()
}

func TestAdd_AnOfferForACustomer(t *testing.T) {
	o := open(t, pos.GroupCashier)
	orders.Open(o.Env, customer.Find, func() {})
	o.press("F2")
	o.Shows("orders.add", "offers", "1", "offer", "o1", "merchant", "m1")
	o.press("Ctrl+Enter")
	assert.Contains(t, o.fact("orders.add", "news"), "Выберите покупателя")
	o.press("F3")
	uitest.Type(o.Window, o.Demo.Customers[1].Name)
	o.press(keys.Enter)
	o.Shows("orders.add", "customer", string(o.Demo.Customers[1].ID), "news", "")
	o.Fine()
	o.press("Ctrl+Enter")
	o.Shows("orders", "found", "1", "open", "1", "state", "open", "error", "")
	k := o.order(o.fact("orders", "id"))
	assert.Equal(t, manual.AtOrders, k.Origin)
	assert.Equal(t, o.Demo.Customers[1].Name, k.CustomerName)
}

func TestAdd_ByTheCustomersWord(t *testing.T) {
	o := open(t, pos.GroupCashier)
	orders.Open(o.Env, customer.Find, func() {})
	o.press("F2", "F4")
	uitest.Type(o.Window, "Доставка")
	o.press(keys.Tab)
	uitest.Type(o.Window, "199,999")
	o.press("Ctrl+Enter")
	o.Shows("orders.add", "error", "invalid")
	assert.Contains(t, o.fact("orders.add", "news"), "знаков после точки")
	o.press(keys.Backspace, "Ctrl+Enter")
	o.Shows("orders", "found", "1", "error", "")
	k := o.order(o.fact("orders", "id"))
	assert.EqualValues(t, 199_99, k.Requested.Price)
	assert.Equal(t, "Доставка", k.Text)
}

func TestHistory_OfTheCard(t *testing.T) {
	o := open(t, pos.GroupOwner)
	who := o.Demo.Customers[0].Customer
	orders.History(o.Env, who, func() {})
	o.Shows("orders.history", "found", "0")
	o.press("F2", "Ctrl+Enter")
	require.Equal(t, "orders.pay", o.Last())
	uitest.Type(o.Window, "anna@example.com")
	o.Fine()
	o.press("Ctrl+Enter")
	o.Shows("orders.history", "found", "1", "state", "open")
	id := o.fact("orders.history", "id")
	require.Equal(t, "anna@example.com", o.order(id).Email)
	o.press("+")
	o.Shows("orders.history", "lines", "2")
	o.press("F9")
	o.Shows("orders.rule", "id", id)
	o.press("F9")
	o.Shows("orders.history", "state", "completed", "lines", "3")
	assert.Equal(t, manual.Completed, o.order(id).State)
	assert.True(t, uitest.HasText(o.Window, "Завершен"))
	o.Fine()
	o.press("+")
	o.Shows("orders.history", "lines", "1")
}

func TestBoard_SaysThatNobodyAnswersAndTriesAgain(t *testing.T) {
	o := open(t, pos.GroupOwner)
	o.by(o.marina, "p1")
	o.back.Cut()
	orders.Open(o.Env, customer.Find, func() {})
	o.Shows("orders", "found", "0", "error", "unavailable")
	assert.Contains(t, o.fact("orders", "stands"), "Сервер не отвечает")
	assert.True(t, uitest.HasText(o.Window, "Повторить"))
	o.Fine()
	o.back.Mend()
	o.press("Shift+F5", "F9")
	o.Shows("orders", "state", "approved", "stands", "", "error", "")
}

// What the till keeps of the backend is read while that does not answer, and what is
// decided meanwhile goes by the queue.
func TestBoard_IsReadFromTheMirrorMeanwhile(t *testing.T) {
	o := open(t, pos.GroupOwner)
	o.by(o.marina, "p1")
	o.by(o.marina, "p2")
	o.heard()
	o.back.Cut()
	orders.Open(o.Env, customer.Find, func() {})
	o.Shows("orders", "found", "2", "open", "2", "error", "")
	assert.Contains(t, o.fact("orders", "stands"), "Нет связи. Список такой, каким был")
	o.Fine()
	id := o.fact("orders", "id")
	o.press("F9")
	o.Shows("orders", "state", "open", "error", "unavailable")
	assert.Contains(t, o.fact("orders", "news"), "Просьба записана")
	o.press("F9")
	waiting, err := o.Till.Requests(t.Context(), id)
	require.NoError(t, err)
	require.Len(t, waiting, 1, "it is asked once")
	o.press("F4", "F4")
	o.Shows("orders", "filter", "approved", "found", "0", "open", "2")
	o.press("Shift+F3")
	o.back.Mend()
	o.heard()
	assert.Equal(t, manual.Approved, o.order(id).State)
	o.press("Shift+F5")
	o.Shows("orders", "open", "1", "stands", "", "error", "")
}

// Money asked back meanwhile goes by the queue: from the board and from an order's
// window, which say so and close what asked for it.
func TestRefund_GoesByTheQueueMeanwhile(t *testing.T) {
	o := open(t, pos.GroupOwner).board()
	o.press("F9")
	o.Shows("orders", "state", "approved")
	o.heard()
	o.back.Cut()
	o.press("Shift+F9")
	o.Shows("orders.refund", "id", "p1", "sum", "1000,00")
	o.press("Ctrl+A")
	uitest.Type(o.Window, "300")
	o.press("Tab")
	uitest.Type(o.Window, "раз")
	o.press("Ctrl+Enter")
	require.True(t, uitest.HasText(o.Window, "Просьба записана"), "%q", uitest.Texts(o.Window))
	o.Shows("orders", "id", "p1", "state", "approved", "error", "")
	o.Fine()

	o.press(keys.Enter)
	o.Shows("orders.order", "id", "p1", "state", "approved")
	o.press("Shift+F9")
	o.Shows("orders.refund", "id", "p1")
	o.press("Tab")
	uitest.Type(o.Window, "всё")
	o.press("Ctrl+Enter")
	o.Shows("orders.refund", "error", "limit")
	waiting, err := o.Till.Requests(t.Context(), "p1")
	require.NoError(t, err)
	require.Len(t, waiting, 1)
	o.back.Mend()
	o.heard()
	k := o.order("p1")
	require.Len(t, k.Refunds, 1)
	assert.EqualValues(t, 300_00, k.Pending)
	assert.Equal(t, "раз", k.Refunds[0].Reason)
}

// Whoever may decide hears of a payment somebody else noted, wherever they are.
func TestWatch_TellsOfWhatBeginsToWait(t *testing.T) {
	o := open(t, pos.GroupOwner)
	o.by(o.marina, "p1")
	o.heard()
	stop := orders.Watch(o.Env)
	o.heard()
	require.NotContains(t, o.Shown, "orders.waits", "what waited before")
	mine := o.marina
	mine.By.ID = string(o.Env.Actor.ID)
	o.by(mine, "p2")
	o.heard()
	require.NotContains(t, o.Shown, "orders.waits", "what one noted oneself")
	o.by(o.marina, "p3")
	o.heard()
	o.Shows("orders.waits", "count", "1")
	assert.Contains(t, o.fact("orders.waits", "text"), "Курс кройки")
	o.by(o.marina, "p4")
	o.by(o.marina, "p5")
	o.heard()
	o.Shows("orders.waits", "count", "2")
	o.Env.Actor = pos.Actor{}
	o.by(o.marina, "p6")
	o.heard()
	require.Equal(t, "2", o.fact("orders.waits", "count"), "nobody is there")
	stop()
}

func TestBoard_FiltersAndReadsWhatOthersDid(t *testing.T) {
	o := open(t, pos.GroupOwner).board()
	o.by(o.marina, "p2")
	o.Clock.Advance(21 * time.Second)
	o.Shows("orders", "found", "2", "id", "p1")
	_, err := o.back.Decide(t.Context(), o.marina, "d1", "p2", manual.Ruling{Decision: manual.Approve, Version: 1, Where: manual.AtOrders})
	require.NoError(t, err)
	o.press("F4")
	o.Shows("orders", "filter", "open", "found", "1", "open", "1")
	o.press("F4")
	o.Shows("orders", "filter", "approved", "found", "1", "id", "p2")
	o.press("F5", "F5")
	o.Shows("orders", "merchant", "m2", "found", "0")
	o.press("Shift+F3")
	o.Shows("orders", "filter", "", "merchant", "", "found", "2")
}

func TestTakings_ByMerchantAndToAFile(t *testing.T) {
	o := open(t, pos.GroupOwner).board()
	o.press("F9", "F11")
	o.Shows("orders", "tab", "takings", "rows", "1", "gross", "1000.00", "fees", "35.00", "net", "965.00", "returned", "0.00")
	o.Fine()
	for name, want := range map[string]string{"takings": `"m1";`, "payments": `"p1";`} {
		if name == "payments" {
			o.press("F11")
		}
		path := filepath.Join(t.TempDir(), name+".csv")
		o.press("F7", "Ctrl+A")
		uitest.Type(o.Window, path)
		o.press(keys.Enter)
		require.Equal(t, path, o.fact("orders.export", "file"), "%v", o.Facts["orders.export"])
		raw, err := os.ReadFile(path)
		require.NoError(t, err)
		lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
		require.Len(t, lines, 2, "%s %s", want, raw)
		require.Contains(t, lines[1], "1000.00")
		o.press(keys.Enter)
	}
}

func TestBoard_IsForWhoMaySee(t *testing.T) {
	o := open(t, pos.GroupCashier)
	o.ChangeGroup(pos.GroupCashier, func(g *pos.Group) { g.Rights = []pos.Right{pos.RightSell} })
	_, err := o.Env.Payments.Orders(context.Background(), o.Env.Actor, manual.Choice{})
	require.Equal(t, pos.CodeForbidden, pos.CodeOf(err))
	_, err = o.Env.Payments.New(context.Background(), o.Env.Actor, manual.Ask{ID: "p1", Where: manual.AtTill, Text: "x", Price: 1})
	require.Equal(t, pos.CodeForbidden, pos.CodeOf(err))
}
