package staff_test

// These tests come to the till with a PIN, and with a wrong one.

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

func TestTill_CreateOwner(t *testing.T) {
	s := tilltest.Empty(t)
	t.Run("refuses a PIN that is easily guessed", func(t *testing.T) {
		_, err := s.CreateOwner(s.Context(), "Ольга", "111111")
		tilltest.Refused(t, err, pos.CodeInvalid, "pin.obvious")
	})
	t.Run("refuses nobody", func(t *testing.T) {
		_, err := s.CreateOwner(s.Context(), "  ", "482915")
		tilltest.Refused(t, err, pos.CodeInvalid, "employee.name-empty")
	})
	t.Run("makes the first employee, who may do everything", func(t *testing.T) {
		owner, err := s.CreateOwner(s.Context(), " Ольга  Волкова ", "482915")
		require.NoError(t, err)
		require.Equal(t, "Ольга Волкова", owner.Name)
		require.ElementsMatch(t, pos.Rights, owner.Rights)
		again, err := s.Login(s.Context(), "482915")
		require.NoError(t, err)
		require.Equal(t, owner, again)
	})
	t.Run("makes only one", func(t *testing.T) {
		_, err := s.CreateOwner(s.Context(), "Пётр", "593026")
		tilltest.Refused(t, err, pos.CodeConflict, "owner.exists")
	})
	t.Run("keeps neither the PIN nor its bare hash", func(t *testing.T) {
		s.Look(func(tx till.Tx) error {
			all, err := tx.Employees()
			require.Len(t, all, 1)
			require.Regexp(t, `^\$argon2id\$`, all[0].PINHash)
			require.Regexp(t, `^[0-9a-f]{2}$`, all[0].PINTag)
			return err
		})
		shown, err := s.Employees(s.Context())
		require.NoError(t, err)
		require.Empty(t, shown[0].PINHash+shown[0].PINTag)
	})
}

func TestTill_Login(t *testing.T) {
	// wrong is a PIN nobody in any demo has: seven digits, they have six.
	const wrong = "4829150"

	t.Run("locks after five wrong PINs for fifteen minutes, through a restart", func(t *testing.T) {
		s := tilltest.Demo(t)
		right := s.Demo.Employees[2].PIN
		for left := pos.PINTries - 1; left > 0; left-- {
			_, err := s.Login(s.Context(), wrong)
			e := tilltest.Refused(t, err, pos.CodeForbidden, "login.wrong")
			require.Equal(t, left, e.Args["Left"])
			s.Restart()
		}
		_, err := s.Login(s.Context(), wrong)
		e := tilltest.Refused(t, err, pos.CodeWait, "login.locked")
		require.Equal(t, s.Clock.Now().Add(pos.PINLock), e.Args["Until"].(time.Time).In(time.UTC))
		s.Restart()

		_, err = s.Login(s.Context(), right)
		tilltest.Refused(t, err, pos.CodeWait, "login.locked")
		s.Clock.Move(pos.PINLock - time.Millisecond)
		_, err = s.Login(s.Context(), right)
		tilltest.Refused(t, err, pos.CodeWait, "login.locked")
		s.Clock.Move(time.Millisecond)
		who, err := s.Login(s.Context(), right)
		require.NoError(t, err)
		require.Equal(t, s.Cashier, who)
		require.Equal(t, []pos.EventKind{pos.EventLoggedIn, pos.EventLoginLocked, pos.EventLoginRefused, pos.EventLoginRefused}, s.Kinds()[:4])
	})
	t.Run("a right PIN forgets the wrong ones", func(t *testing.T) {
		s := tilltest.Demo(t)
		for range 3 {
			for range pos.PINTries - 1 {
				_, err := s.Login(s.Context(), wrong)
				tilltest.Refused(t, err, pos.CodeForbidden, "login.wrong")
			}
			_, err := s.Login(s.Context(), s.Demo.Employees[0].PIN)
			require.NoError(t, err)
		}
	})
	t.Run("a lock that ended starts a new count", func(t *testing.T) {
		s := tilltest.Demo(t)
		for range pos.PINTries {
			_, _ = s.Login(s.Context(), wrong)
		}
		s.Clock.Move(pos.PINLock)
		_, err := s.Login(s.Context(), wrong)
		e := tilltest.Refused(t, err, pos.CodeForbidden, "login.wrong")
		require.Equal(t, pos.PINTries-1, e.Args["Left"])
	})
	t.Run("a clock put back does not lock for years", func(t *testing.T) {
		s := tilltest.Demo(t)
		s.Clock.Move(10 * 365 * 24 * time.Hour)
		for range pos.PINTries {
			_, _ = s.Login(s.Context(), wrong)
		}
		s.Clock.Move(-10 * 365 * 24 * time.Hour)
		_, err := s.Login(s.Context(), s.Demo.Employees[0].PIN)
		tilltest.Refused(t, err, pos.CodeWait, "login.locked")
		s.Clock.Move(pos.PINLock)
		_, err = s.Login(s.Context(), s.Demo.Employees[0].PIN)
		require.NoError(t, err)
	})
	t.Run("refuses somebody who left", func(t *testing.T) {
		s := tilltest.Demo(t)
		_, err := s.UpdateEmployee(s.Context(), s.Owner, s.Cashier.ID, s.Cashier.Name, s.Cashier.Group, true, "")
		require.NoError(t, err)
		_, err = s.Login(s.Context(), s.Demo.Employees[2].PIN)
		tilltest.Refused(t, err, pos.CodeForbidden, "login.wrong")
		_, err = s.OpenShift(s.Context(), s.Cashier, 0)
		tilltest.Refused(t, err, pos.CodeForbidden, "till.not-logged-in")
	})
	t.Run("keeps no PIN in the trail", func(t *testing.T) {
		s := tilltest.Demo(t)
		_, _ = s.Login(s.Context(), wrong)
		s.Look(func(tx till.Tx) error {
			return tx.EachEvent(0, func(e *pos.Event) error {
				for _, v := range e.Detail {
					require.NotContains(t, v, wrong)
					for _, who := range s.Demo.Employees {
						require.NotContains(t, v, who.PIN)
					}
				}
				return nil
			})
		})
	})
}

func TestTill_Logout(t *testing.T) {
	s := tilltest.Demo(t)
	require.NoError(t, s.Logout(s.Context(), s.Cashier))
	require.Equal(t, pos.EventLoggedOut, s.Kinds()[0])
}
