package customer_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/customer"
	"kassa/ui/task"
	"kassa/ui/uitest"
)

// The demo's customers the tests speak of, by their place in the file.
const (
	anna = 0 // no debt
	kira = 9 // owes 1650, overdue
)

func TestFind(t *testing.T) {
	pick := func(s *shop, find func(*shop, func(pos.CustomerState))) *[]pos.CustomerState {
		var picked []pos.CustomerState
		find(s, func(c pos.CustomerState) { picked = append(picked, c) })
		return &picked
	}
	anybody := func(s *shop, f func(pos.CustomerState)) { customer.Find(s.Env, f) }

	t.Run("the last four digits find one, Enter takes it", func(t *testing.T) {
		s := newShop(t)
		picked := pick(s, anybody)
		s.Shows("customer.find", "found", "12")
		uitest.Type(s.Window, "0010")
		s.Shows("customer.find", "found", "1")
		uitest.Press(s.Window, "Enter")
		require.Len(t, *picked, 1)
		require.Equal(t, s.Demo.Customers[kira].ID, (*picked)[0].ID)
	})
	t.Run("arrows choose among several", func(t *testing.T) {
		s := newShop(t)
		picked := pick(s, anybody)
		uitest.Type(s.Window, "200000")
		s.Shows("customer.find", "found", "9")
		uitest.Press(s.Window, "Down", "Down", "Up", "Enter")
		require.Equal(t, s.Demo.Customers[1].ID, (*picked)[0].ID)
	})
	t.Run("no number is shown whole", func(t *testing.T) {
		s := newShop(t)
		pick(s, anybody)
		uitest.Type(s.Window, "Анна")
		require.True(t, uitest.HasText(s.Window, "•••"))
		require.False(t, uitest.HasText(s.Window, "000-00-01"))
	})
	t.Run("a scanned card is taken at once", func(t *testing.T) {
		s := newShop(t)
		picked := pick(s, anybody)
		uitest.Scan(s.Window, "2000010")
		require.Len(t, *picked, 1)
		require.Equal(t, s.Demo.Customers[kira].ID, (*picked)[0].ID)
	})
	t.Run("a fast Enter waits for the answer to what was typed", func(t *testing.T) {
		s := newShop(t)
		queue := &task.Queue{}
		s.Env.Runner = queue
		picked := pick(s, anybody)
		uitest.Type(s.Window, "0010")
		uitest.Press(s.Window, "Enter")
		require.Empty(t, *picked)
		for queue.Len() > 0 {
			queue.Finish(0)
		}
		require.Len(t, *picked, 1)
	})
	t.Run("nobody found says what to do", func(t *testing.T) {
		s := newShop(t)
		picked := pick(s, anybody)
		uitest.Type(s.Window, "несуществующий")
		uitest.Press(s.Window, "Enter")
		require.True(t, uitest.HasText(s.Window, "запишите нового"))
		require.Empty(t, *picked)
	})
	t.Run("only somebody with a phone will do where one is needed", func(t *testing.T) {
		s := newShop(t)
		_, err := s.Till.AddCustomer(s.T.Context(), s.Env.Actor, till.NewCustomer{Name: "Безтелефонный"})
		require.NoError(t, err)
		picked := pick(s, func(s *shop, f func(pos.CustomerState)) { customer.FindWithPhone(s.Env, f) })
		uitest.Type(s.Window, "Безтел")
		uitest.Press(s.Window, "Enter")
		s.Shows("customer.find", "error", "invalid")
		require.True(t, uitest.HasText(s.Window, "нужен телефон"))
		require.Empty(t, *picked)
	})
	t.Run("again F3 makes a new customer and takes it", func(t *testing.T) {
		s := newShop(t)
		picked := pick(s, anybody)
		uitest.Type(s.Window, "Нина Новая")
		uitest.Press(s.Window, "F3")
		s.Shows("customer.add")
		uitest.Type(s.Window, "+79000000055")
		uitest.Press(s.Window, "Ctrl+Enter")
		require.Len(t, *picked, 1)
		require.Equal(t, "Нина Новая", (*picked)[0].Name)
		require.Equal(t, "+79000000055", (*picked)[0].Phone)
	})
	t.Run("Esc leaves without a customer", func(t *testing.T) {
		s := newShop(t)
		picked := pick(s, anybody)
		uitest.Press(s.Window, "Esc")
		require.Empty(t, *picked)
		require.Empty(t, s.Fyne.Canvas().Overlays().List())
	})
}

func TestForm(t *testing.T) {
	t.Run("a refusal says why, keeps what was typed and goes to its field", func(t *testing.T) {
		s := newShop(t)
		var added []pos.CustomerState
		customer.Add(s.Env, "Нина", func(c pos.CustomerState) { added = append(added, c) })
		uitest.Type(s.Window, "+79000000001")
		uitest.Press(s.Window, "Ctrl+Enter")
		s.Shows("customer.add", "error", "conflict")
		require.True(t, uitest.HasText(s.Window, "уже записан"))
		uitest.Press(s.Window, "Backspace")
		uitest.Type(s.Window, "1")
		uitest.Press(s.Window, "Backspace", "Backspace")
		uitest.Type(s.Window, "77")
		uitest.Press(s.Window, "Ctrl+Enter")
		require.Len(t, added, 1)
		require.Equal(t, "+79000000077", added[0].Phone)
	})
	t.Run("Enter walks through the fields and saves after the last", func(t *testing.T) {
		s := newShop(t)
		var added []pos.CustomerState
		customer.Add(s.Env, "", func(c pos.CustomerState) { added = append(added, c) })
		uitest.Type(s.Window, "Нина")
		uitest.Press(s.Window, "Enter")
		uitest.Type(s.Window, "89000000066")
		uitest.Press(s.Window, "Enter", "Enter", "Enter")
		uitest.Type(s.Window, "1500,50") // as the fields stand on the screen
		uitest.Press(s.Window, "Enter")
		uitest.Type(s.Window, "7.3")
		uitest.Press(s.Window, "Enter")
		uitest.Type(s.Window, "берёт ряженку")
		uitest.Press(s.Window, "Enter")
		require.Len(t, added, 1)
		require.EqualValues(t, 150050, added[0].CreditLimit)
		require.Equal(t, "03-07", added[0].Birthday)
		require.Equal(t, "берёт ряженку", added[0].Note)
		require.Equal(t, "+79000000066", added[0].Phone)
	})
	t.Run("a held Enter goes one field on", func(t *testing.T) {
		s := newShop(t)
		var added []pos.CustomerState
		customer.Add(s.Env, "Нина", func(c pos.CustomerState) { added = append(added, c) })
		uitest.Hold(s.Window, "Enter", 20)
		require.Empty(t, added)
	})
	t.Run("without the right the limit stays as it is", func(t *testing.T) {
		s := newShop(t)
		s.Login(pos.GroupSeniorCashier)
		customer.Edit(s.Env, s.card(anna).Customer, func(pos.CustomerState) {})
		uitest.Type(s.Window, " II")
		uitest.Press(s.Window, "Ctrl+Enter")
		require.EqualValues(t, 500_000, s.card(anna).CreditLimit)
		require.Equal(t, "Анна Лебедева II", s.card(anna).Name)
	})
}

func TestOpen_ListsEverybodyBeforeAnythingIsTyped(t *testing.T) {
	t.Run("Enter opens the card of the first, and Esc leads back to the list", func(t *testing.T) {
		s := newShop(t)
		left := 0
		first := slices.MinFunc(s.Demo.Customers, func(a, b pos.CustomerState) int { return strings.Compare(pos.Fold(a.Name), pos.Fold(b.Name)) })
		customer.Open(s.Env, func() { left++ })
		s.Shows("customer.find", "found", "12")
		uitest.Press(s.Window, "Enter")
		s.Shows("customer.card", "id", string(first.ID))
		uitest.Press(s.Window, "Esc")
		s.Shows("customer.find", "found", "12")
		uitest.Press(s.Window, "Esc")
		require.Equal(t, 1, left)
	})
	t.Run("what is typed narrows it, and taking that away shows all again", func(t *testing.T) {
		s := newShop(t)
		customer.Open(s.Env, func() {})
		uitest.Type(s.Window, "0010")
		s.Shows("customer.find", "found", "1")
		uitest.Press(s.Window, "Backspace", "Backspace", "Backspace", "Backspace")
		s.Shows("customer.find", "found", "12")
	})
	t.Run("for a cheque Enter alone puts nobody on it", func(t *testing.T) {
		s := newShop(t)
		picked := 0
		customer.Find(s.Env, func(pos.CustomerState) { picked++ })
		uitest.Press(s.Window, "Enter")
		require.Zero(t, picked)
		uitest.Press(s.Window, "Down", "Enter")
		require.Equal(t, 1, picked)
	})
	t.Run("further pages come as one goes down", func(t *testing.T) {
		s := newShop(t)
		for i := range 60 {
			_, err := s.Till.AddCustomer(s.Env.Ctx, s.Env.Actor, till.NewCustomer{Name: fmt.Sprintf("Покупатель %02d", i)})
			require.NoError(t, err)
		}
		customer.Open(s.Env, func() {})
		s.Shows("customer.find", "found", "50")
		for range 8 {
			uitest.Press(s.Window, "PgDn")
			s.Clock.Advance(10 * time.Millisecond)
		}
		s.Shows("customer.find", "found", "72")
	})
}

func TestCard(t *testing.T) {
	t.Run("shows what there is and takes money for the debt", func(t *testing.T) {
		s := newShop(t)
		left := 0
		customer.Card(s.Env, s.Demo.Customers[kira].ID, func() { left++ })
		s.Shows("customer.card", "points", "205", "debt", "1650.00", "room", "1350.00")
		require.True(t, uitest.HasText(s.Window, "просрочено"))
		uitest.Press(s.Window, "F5")
		s.Shows("customer.repay", "owed", "1650.00", "method", "cash")
		uitest.Type(s.Window, "500")
		uitest.Press(s.Window, "F2", "Enter")
		s.Shows("customer.card", "debt", "1150.00")
		require.EqualValues(t, 115_000, s.card(kira).Debt)
		uitest.Press(s.Window, "Esc")
		require.Equal(t, 1, left)
	})
	t.Run("takes the customer off the cheque, but only the one that is on it", func(t *testing.T) {
		s := newShop(t)
		s.SetCustomer(anna)
		onCheque := func() pos.CustomerID {
			v, err := s.Till.Cheque(s.T.Context())
			require.NoError(t, err)
			return v.Cheque.Customer
		}
		customer.Card(s.Env, s.Demo.Customers[kira].ID, func() {})
		uitest.Press(s.Window, "Del", "Esc")
		require.Equal(t, s.Demo.Customers[anna].ID, onCheque())
		customer.Card(s.Env, s.Demo.Customers[anna].ID, func() {})
		uitest.Press(s.Window, "Del")
		require.Empty(t, onCheque())
	})
	t.Run("who may not see customers is told so", func(t *testing.T) {
		s := newShop(t)
		s.Env.Actor = pos.Actor{ID: "nobody"}
		customer.Card(s.Env, s.Demo.Customers[anna].ID, func() {})
		s.Shows("customer.card", "error", "forbidden")
	})
}

func TestRepay(t *testing.T) {
	t.Run("Enter takes all that is owed", func(t *testing.T) {
		s := newShop(t)
		done := 0
		customer.Repay(s.Env, s.Demo.Customers[kira].ID, func() { done++ })
		uitest.Hold(s.Window, "Enter", 20)
		require.Equal(t, 1, done)
		require.Zero(t, s.card(kira).Debt)
	})
	t.Run("more than is owed is refused", func(t *testing.T) {
		s := newShop(t)
		customer.Repay(s.Env, s.Demo.Customers[kira].ID, func() { t.Error("taken") })
		uitest.Type(s.Window, "5000")
		uitest.Press(s.Window, "Enter")
		s.Shows("customer.repay", "error", "limit")
		require.EqualValues(t, 165_000, s.card(kira).Debt)
	})
	t.Run("nothing is taken from who owes nothing", func(t *testing.T) {
		s := newShop(t)
		customer.Repay(s.Env, s.Demo.Customers[anna].ID, func() { t.Error("taken") })
		s.Shows("customer.repay", "owed", "0.00", "error", "")
		require.True(t, uitest.HasText(s.Window, "нет долга"))
		uitest.Press(s.Window, "Enter")
	})
}
