package staff_test

// These tests set the clock to come to a sixth try of a PIN.

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till/tilltest"
)

// lockedOut is a till after the last wrong PIN.
func lockedOut(t *testing.T) *tilltest.Shop {
	s := tilltest.Demo(t)
	for range pos.PINTries {
		_, _ = s.Login(s.Context(), "739154")
	}
	return s
}

func TestTill_Login_NoClockGivesASixthTry(t *testing.T) {
	for name, trick := range map[string]func(*tilltest.Shop){
		"a quarter of an hour on":                  func(s *tilltest.Shop) { s.Clock.Set(pos.PINLock) },
		"a year on":                                func(s *tilltest.Shop) { s.Clock.Set(365 * 24 * time.Hour) },
		"a year back":                              func(s *tilltest.Shop) { s.Clock.Set(-365 * 24 * time.Hour) },
		"on by steps too small to tell":            func(s *tilltest.Shop) { creep(s, time.Minute, 20) },
		"on, and the program anew":                 func(s *tilltest.Shop) { s.Clock.Set(pos.PINLock); s.Restart() },
		"the program anew, and on":                 func(s *tilltest.Shop) { s.Restart(); s.Clock.Set(pos.PINLock) },
		"the computer anew, on meanwhile":          func(s *tilltest.Shop) { s.Clock.Reboot(pos.PINLock); s.Restart() },
		"the computer anew, twice, on by a day":    func(s *tilltest.Shop) { reboots(s, 24*time.Hour, 24*time.Hour) },
		"the computer anew in 1970, and right":     func(s *tilltest.Shop) { reboots(s, -56*365*24*time.Hour); s.Clock.Set(56*365*24*time.Hour + time.Hour) },
		"on, and somebody with the right agrees":   func(s *tilltest.Shop) { s.Clock.Set(time.Hour); agree(s) },
		"back, and somebody with the right agrees": func(s *tilltest.Shop) { s.Clock.Set(-time.Hour); agree(s) },
	} {
		t.Run(name, func(t *testing.T) {
			s := lockedOut(t)
			trick(s)
			_, err := s.Login(s.Context(), s.Demo.Employees[0].PIN)
			e := tilltest.Refused(t, err, pos.CodeWait, "login.locked")
			left := e.Args["Until"].(time.Time).Sub(s.Clock.Now())
			require.InDelta(t, pos.PINLock, left, float64(time.Second), "what the person is told is what their clock will show")
			s.Clock.Move(pos.PINLock - time.Minute)
			_, err = s.Login(s.Context(), s.Demo.Employees[0].PIN)
			tilltest.Refused(t, err, pos.CodeWait, "login.locked")
			s.Clock.Move(time.Minute)
			_, err = s.Login(s.Context(), s.Demo.Employees[0].PIN)
			require.NoError(t, err, "the wait is over when its time was lived")
		})
	}
}

func creep(s *tilltest.Shop, by time.Duration, n int) {
	for range n {
		s.Clock.Set(by)
		_, _ = s.Login(s.Context(), "739154")
	}
}

func reboots(s *tilltest.Shop, off ...time.Duration) {
	for _, d := range off {
		s.Clock.Reboot(d)
		s.Restart()
		_, _ = s.Login(s.Context(), "739154")
	}
}

func agree(s *tilltest.Shop) {
	s.Helper()
	_, err := s.ConfirmClock(s.Context(), s.Owner)
	require.NoError(s, err)
}

func TestTill_Login_ALockPassesWhileTheProgramIsClosed(t *testing.T) {
	s := lockedOut(t)
	s.Clock.Move(pos.PINLock) // the computer runs, or sleeps
	s.Restart()
	_, err := s.Login(s.Context(), s.Demo.Employees[0].PIN)
	require.NoError(t, err)
}
