package counter_test

// These tests set the clock to come to a code, a skip or points before their
// time, or to keep them beyond it.

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// tricks are what somebody can do to the clock of a computer while it runs. None
// of them lets time pass.
var tricks = map[string]func(*tilltest.Shop){
	"an hour on":           func(s *tilltest.Shop) { s.Clock.Set(time.Hour) },
	"a year on":            func(s *tilltest.Shop) { s.Clock.Set(365 * 24 * time.Hour) },
	"an hour back":         func(s *tilltest.Shop) { s.Clock.Set(-time.Hour) },
	"to 1970":              func(s *tilltest.Shop) { s.Clock.Set(-56 * 365 * 24 * time.Hour) },
	"on, and anew":         func(s *tilltest.Shop) { s.Clock.Set(time.Hour); s.Restart() },
	"anew, and back":       func(s *tilltest.Shop) { s.Restart(); s.Clock.Set(-time.Hour) },
	"into another zone":    func(s *tilltest.Shop) { s.Clock.In(time.FixedZone("Владивосток", 10*3600)) },
	"on and back again":    func(s *tilltest.Shop) { s.Clock.Set(time.Hour); s.Screen(); s.Clock.Set(-time.Hour) },
	"by less than is told": func(s *tilltest.Shop) { s.Clock.Set(110 * time.Second) },
}

func everyTrick(t *testing.T, fn func(*testing.T, func(*tilltest.Shop))) {
	for name, trick := range tricks {
		t.Run(name, func(t *testing.T) { fn(t, trick) })
	}
}

func TestClock_SkipComesAfterTwoLivedMinutes(t *testing.T) {
	everyTrick(t, func(t *testing.T, trick func(*tilltest.Shop)) {
		s := ready(t)
		ch := s.Spend(100)
		s.Clock.Move(time.Second)
		trick(s)
		_, err := s.SkipCode(s.Context(), s.Owner, ch.ID, "не пришло")
		e := tilltest.Refused(t, err, pos.CodeWait, "code.skip-wait")
		left := e.Args["Until"].(time.Time).Sub(s.Clock.Now())
		require.InDelta(t, confirm.SkipAfter-time.Second, left, float64(time.Second), "told as the clock shows it")
		v, err := s.Code(s.Context(), s.Owner, ch.ID)
		require.NoError(t, err)
		require.WithinDuration(t, s.Clock.Now().Add(left), v.SkipAt, time.Second)
		s.Clock.Move(confirm.SkipAfter - time.Second)
		_, err = s.SkipCode(s.Context(), s.Owner, ch.ID, "не пришло")
		require.NoError(t, err)
	})
}

func TestClock_ACodeLivesItsTimeAndNoMore(t *testing.T) {
	everyTrick(t, func(t *testing.T, trick func(*tilltest.Shop)) {
		s := ready(t)
		ch := s.Spend(100)
		trick(s)
		s.Clock.Move(confirm.DefaultLifetime - time.Second)
		require.Equal(t, confirm.Verified, s.Enter(ch.ID, s.Sender.Code()).State, "it is not ended early")
	})
	everyTrick(t, func(t *testing.T, trick func(*tilltest.Shop)) {
		s := ready(t)
		ch := s.Spend(100)
		s.Clock.Move(confirm.DefaultLifetime)
		trick(s)
		require.Equal(t, confirm.Expired, s.Enter(ch.ID, s.Sender.Code()).State, "it is not kept alive")
	})
	everyTrick(t, func(t *testing.T, trick func(*tilltest.Shop)) {
		s := ready(t)
		s.SpendConfirmed(100)
		s.Clock.Move(confirm.Hold)
		trick(s)
		s.Cash(90_000)
		_, err := s.FinishSale(s.Context(), s.Owner)
		tilltest.Refused(t, err, pos.CodeCodeRequired, confirm.RanOut)
	})
}

func TestClock_AResendWaits(t *testing.T) {
	everyTrick(t, func(t *testing.T, trick func(*tilltest.Shop)) {
		s := ready(t)
		ch := s.Spend(100)
		trick(s)
		_, err := s.ResendCode(s.Context(), s.Owner, ch.ID)
		e := tilltest.Refused(t, err, pos.CodeWait, "code.resend-wait")
		require.InDelta(t, time.Minute, e.Args["Until"].(time.Time).Sub(s.Clock.Now()), float64(time.Second))
		s.Clock.Move(time.Minute)
		_, err = s.ResendCode(s.Context(), s.Owner, ch.ID)
		require.NoError(t, err)
	})
}

func TestClock_APhoneGetsNoMoreMessages(t *testing.T) {
	everyTrick(t, func(t *testing.T, trick func(*tilltest.Shop)) {
		s := ready(t)
		for n := range int64(3) {
			s.Spend(100 + n)
		}
		trick(s)
		_, _, err := s.SpendPoints(s.Context(), s.Owner, 200)
		e := tilltest.Refused(t, err, pos.CodeWait, "code.phone-limit")
		require.InDelta(t, 10*time.Minute, e.Args["Until"].(time.Time).Sub(s.Clock.Now()), float64(time.Second))
		s.Clock.Move(10 * time.Minute)
		s.Spend(200)
	})
}

func TestClock_AHeldPhoneIsHeldADay(t *testing.T) {
	everyTrick(t, func(t *testing.T, trick func(*tilltest.Shop)) {
		s := tilltest.Demo(t)
		s.StartShift(10_000)
		id := s.Demo.Customers[0].ID
		v, err := s.StartPhoneChange(s.Context(), s.Owner, id, "8 900 000-00-99")
		require.NoError(t, err)
		s.Brought(v)
		s.Clock.Move(confirm.SkipAfter)
		_, err = s.SkipCode(s.Context(), s.Owner, v.ID, "потерял телефон")
		require.NoError(t, err)
		trick(s)
		spend := func() error {
			_, err := s.Scan(s.Context(), s.Owner, "3*4600000000015", 0, nil)
			if err != nil {
				return err
			}
			if _, err = s.SetCustomer(s.Context(), s.Owner, till.FindCustomer{ID: id}); err != nil {
				return err
			}
			_, _, err = s.SpendPoints(s.Context(), s.Owner, 1)
			return err
		}
		err = spend()
		e := tilltest.Refused(t, err, pos.CodeWait, "customer.phone-held")
		require.InDelta(t, pos.PhoneHold, e.Args["Until"].(time.Time).Sub(s.Clock.Now()), float64(time.Second))
		s.Clock.Move(pos.PhoneHold)
		require.NoError(t, spend())
	})
}

func TestClock_ALeapEndsNoPointsAndMakesNoDebtOverdue(t *testing.T) {
	s := ready(t)
	before := s.Person(tilltest.Anna)
	s.Clock.Set(20 * 365 * 24 * time.Hour)
	after := s.Person(tilltest.Anna)
	require.Equal(t, before.Points, after.Points)
	require.Equal(t, before.Overdue, after.Overdue)
	s.SpendConfirmed(100)
	s.Cash(90_000)
	sold := s.Finish()
	require.Equal(t, 2046, sold.At.Year(), "the date is the clock's, and the till says so")
	require.Equal(t, 1, s.Happened(pos.EventClockStepped))
}

func TestClock_NoSaleIsDatedBeforeItsShift(t *testing.T) {
	s := ready(t)
	shift, err := s.Shift(s.Context())
	require.NoError(t, err)
	last := shift.OpenedAt
	for _, trick := range []string{"an hour back", "to 1970", "anew, and back"} {
		tricks[trick](s)
		s.Clock.Move(time.Minute)
		sold := s.PayAll(s.Screen())
		require.True(t, sold.At.After(last), "%s: dated %s, after %s", trick, sold.At, last)
		last = sold.At
		s.Ring("milk")
	}
	require.Equal(t, 3, s.Happened(pos.EventClockStepped), "each is recorded")
}
