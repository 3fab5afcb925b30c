package counter_test

// These tests replace a customer's phone with the old phone's consent.

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/imports"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

func TestTill_PhoneChange(t *testing.T) {
	setup := func(t *testing.T) (*tilltest.Shop, pos.CustomerID) {
		s := tilltest.Demo(t)
		s.StartShift(10_000)
		return s, s.Demo.Customers[0].ID
	}
	t.Run("the old number is asked, and the new one spends by its own codes", func(t *testing.T) {
		s, id := setup(t)
		ch, err := s.StartPhoneChange(s.Context(), s.Senior, id, "8 900 000-00-99")
		require.NoError(t, err)
		require.Equal(t, "+79000000001", s.Brought(ch).Phone)
		require.Equal(t, "+79000000001", s.DemoPerson(0).Phone)
		got := s.Sender.Delivered()
		require.Equal(t, confirm.ChangePhone, got[len(got)-1].Operation)
		ch, err = s.EnterCode(s.Context(), s.Senior, ch.ID, s.Sender.WrongCode())
		require.NoError(t, err)
		require.Equal(t, 4, ch.AttemptsLeft)
		_, err = s.EnterCode(s.Context(), s.Senior, ch.ID, s.Sender.Code())
		require.NoError(t, err)
		require.Equal(t, "+79000000099", s.DemoPerson(0).Phone)
		require.False(t, s.DemoPerson(0).PhoneConfirmed)
		s.Sell(0, 1, func() { s.SpendConfirmed(100); s.Cash(28_900) })
		got = s.Sender.Delivered()
		require.Equal(t, "+79000000099", got[len(got)-1].Phone)
		require.True(t, s.DemoPerson(0).PhoneConfirmed)
	})
	t.Run("nobody changes a number by editing the card", func(t *testing.T) {
		s, id := setup(t)
		for _, number := range []string{"+79000000099", ""} {
			n := s.Form(0)
			n.Phone = number
			_, err := s.UpdateCustomer(s.Context(), s.Owner, id, n)
			tilltest.Refused(t, err, pos.CodeCodeRequired, "customer.phone-by-code")
		}
		s.Settings.ConfirmPoints, s.Settings.ConfirmCredit = pos.ConfirmNever, pos.ConfirmNever
		n := s.Form(0)
		n.Phone = "+79000000099"
		_, err := s.UpdateCustomer(s.Context(), s.Senior, id, n)
		require.NoError(t, err, "where nothing is confirmed there is nothing to protect")
	})
	t.Run("without the code it takes a right and a reason, and nothing is spent for a day", func(t *testing.T) {
		s, id := setup(t)
		s.Sender.Answer(postest.Ends(confirm.SendFailed))
		ch, err := s.StartPhoneChange(s.Context(), s.Senior, id, "+79000000099")
		require.NoError(t, err)
		s.Brought(ch)
		_, err = s.SkipCode(s.Context(), s.Senior, ch.ID, "потерял телефон")
		require.Equal(t, pos.RightSkipPhone, tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden").Args["Right"])
		_, err = s.SkipCode(s.Context(), s.Owner, ch.ID, " ")
		tilltest.Refused(t, err, pos.CodeInvalid, "reason.short")
		ch, err = s.SkipCode(s.Context(), s.Owner, ch.ID, "потерял телефон, показал паспорт")
		require.NoError(t, err)
		require.Equal(t, confirm.Consumed, ch.State)
		require.Equal(t, "+79000000099", s.DemoPerson(0).Phone)
		s.Sender.Answer(postest.Arrives)
		_, err = s.Scan(s.Context(), s.Cashier, s.Demo.Products[4].Barcodes[0], 0, nil)
		require.NoError(t, err)
		_, err = s.SetCustomer(s.Context(), s.Cashier, till.FindCustomer{ID: id})
		require.NoError(t, err)
		_, _, err = s.SpendPoints(s.Context(), s.Cashier, 50)
		e := tilltest.Refused(t, err, pos.CodeWait, "customer.phone-held")
		require.Equal(t, s.Clock.Now().Add(24*time.Hour).Unix(), e.Args["Until"].(time.Time).Unix())
		_, _, err = s.Tender(s.Context(), s.Cashier, pos.Credit, 100)
		tilltest.Refused(t, err, pos.CodeWait, "customer.phone-held")
		s.Clock.Move(24*time.Hour + time.Second)
		s.SpendConfirmed(50)
		s.Sound()
	})
	t.Run("a change is void when the card or another change came in between", func(t *testing.T) {
		s, id := setup(t)
		first, err := s.StartPhoneChange(s.Context(), s.Senior, id, "+79000000098")
		require.NoError(t, err)
		s.Brought(first)
		code := s.Sender.Code()
		s.Rephone(id, "+79000000099")
		ch, err := s.EnterCode(s.Context(), s.Senior, first.ID, code)
		require.NoError(t, err)
		require.Equal(t, confirm.Revoked, ch.State)
		require.Equal(t, "+79000000099", s.DemoPerson(0).Phone)
	})
	t.Run("five wrong codes end it", func(t *testing.T) {
		s, id := setup(t)
		ch, err := s.StartPhoneChange(s.Context(), s.Senior, id, "+79000000098")
		require.NoError(t, err)
		s.Brought(ch)
		for range confirm.MaxWrong {
			ch, err = s.EnterCode(s.Context(), s.Senior, ch.ID, s.Sender.WrongCode())
			require.NoError(t, err)
		}
		require.Equal(t, confirm.Dead, ch.State)
		require.Equal(t, "+79000000001", s.DemoPerson(0).Phone)
	})
	t.Run("is refused for no number, the same, somebody else's, or nobody to ask", func(t *testing.T) {
		s, id := setup(t)
		for number, want := range map[string]string{"12": "phone.reason.too_short", "+79000000001": "phone-change.same", "+79000000002": "customer.phone-taken"} {
			_, err := s.StartPhoneChange(s.Context(), s.Senior, id, number)
			var e *pos.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, want, e.ID)
		}
		c, err := s.AddCustomer(s.Context(), s.Owner, till.NewCustomer{Name: "Без телефона"})
		require.NoError(t, err)
		_, err = s.StartPhoneChange(s.Context(), s.Senior, c.ID, "+79000000098")
		tilltest.Refused(t, err, pos.CodeConflict, "phone-change.none")
		_, err = s.StartPhoneChange(s.Context(), s.Cashier, id, "+79000000098")
		tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
	})
	t.Run("a first number of somebody with points is held", func(t *testing.T) {
		s, _ := setup(t)
		_, err := s.ImportList(s.Owner, imports.KindCustomers, "имя;карта;баллы\nЗоя;900;500\n", false)
		require.NoError(t, err)
		found, err := s.SearchCustomers(s.Context(), s.Owner, "900", 5)
		require.NoError(t, err)
		i := slices.IndexFunc(found, func(c pos.CustomerState) bool { return c.Card == "900" })
		zoya, err := s.UpdateCustomer(s.Context(), s.Senior, found[i].ID, till.NewCustomer{Name: "Зоя", Card: "900", Phone: "+79000000097"})
		require.NoError(t, err)
		require.Error(t, zoya.CheckHold(s.Clock.Now()))
	})
}
