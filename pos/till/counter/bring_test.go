package counter_test

// These tests place a code and bring it: two steps, between which a till may end.

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// placed is a code for points that nobody has brought yet.
func placed(s *tilltest.Shop) *till.CodeView {
	s.Helper()
	_, v, err := s.SpendPoints(s.Context(), s.Who, 100)
	require.NoError(s, err)
	return v
}

// bring brings a code and tells the states it reported.
func bring(s *tilltest.Shop, id pos.ChallengeID) (*till.CodeView, []confirm.State) {
	s.Helper()
	var said []confirm.State
	v, err := s.BringCode(s.Context(), s.Who, id, func(v till.CodeView) { said = append(said, v.State) })
	require.NoError(s, err)
	return v, said
}

// sends are the messages that count for Anna's number.
func sends(s *tilltest.Shop) (list []confirm.Send) {
	s.Helper()
	s.Look(func(tx till.Tx) (err error) {
		list, err = tx.SendsTo("+79000000001", postest.Noon.Add(-time.Hour))
		return err
	})
	return list
}

func TestTill_PlacedCode(t *testing.T) {
	t.Run("comes back at once with all that the window shows", func(t *testing.T) {
		s := ready(t)
		v := placed(s)
		require.Empty(t, s.Sender.Delivered(), "nothing has left")
		require.Empty(t, sends(s), "and nothing counts")
		require.Equal(t, "points", s.Tenders(), "the tender waits for it")
		require.Equal(t, 1, s.Happened(pos.EventCodeCreated))
		require.Empty(t, s.Asked(v.ID).CodeHash, "there is no code to guess yet")

		require.Equal(t, confirm.Created, v.State)
		require.True(t, v.Coming())
		require.False(t, v.Confirmed())
		require.EqualValues(t, 10_000, v.Amount)
		require.EqualValues(t, 100, v.Points)
		require.EqualValues(t, 100_000, v.Total)
		require.Equal(t, "Анна", v.Customer)
		require.Contains(t, v.Phone, "-01")
		require.NotContains(t, v.Phone, "79000000001")
		require.Equal(t, confirm.Digits, v.Digits)
		require.Equal(t, confirm.MaxWrong, v.AttemptsLeft)
		require.Equal(t, postest.Noon.Add(time.Minute), v.ResendAt)
		require.Equal(t, postest.Noon.Add(confirm.SkipAfter), v.SkipAt)
		require.True(t, v.MaySkip)
		require.Len(t, v.Rungs, 1)
		require.Equal(t, "sms", string(v.Rungs[0].By))
		require.Equal(t, "test", v.Rungs[0].Provider)

		now, err := s.Code(s.Context(), s.Cashier, v.ID)
		require.NoError(t, err)
		require.False(t, now.MaySkip, "a cashier has not the right")
	})
	t.Run("is sent by the second step, which reports each state", func(t *testing.T) {
		s := ready(t)
		v, said := bring(s, placed(s).ID)
		require.Equal(t, []confirm.State{confirm.Sending, confirm.Sent}, said)
		require.Equal(t, confirm.Sent, v.State)
		require.Equal(t, s.Asked(v.ID).MessageID, v.Rungs[0].MessageID)
		require.Equal(t, 1, v.Sends)
		require.Equal(t, 1, s.Sender.Delivered()[0].Number)
		require.Len(t, sends(s), 1)
		require.Equal(t, confirm.Verified, s.Enter(v.ID, s.Sender.Code()).State)
	})
	for state, kind := range map[confirm.State]pos.EventKind{
		confirm.SendFailed: pos.EventCodeFailed, confirm.SendUnknown: pos.EventCodeUnknown,
	} {
		t.Run("reports "+string(state), func(t *testing.T) {
			s := ready(t)
			s.Sender.Answer(postest.Ends(state))
			v, said := bring(s, placed(s).ID)
			require.Equal(t, []confirm.State{confirm.Sending, state}, said)
			require.Equal(t, "sms.err.offline", v.ReasonID)
			require.Equal(t, 1, s.Happened(kind))
		})
	}
	t.Run("cannot be entered, sent again or skipped before it is brought", func(t *testing.T) {
		s := ready(t)
		v := placed(s)
		_, err := s.EnterCode(s.Context(), s.Owner, v.ID, "123456")
		tilltest.Refused(t, err, pos.CodeWait, "code.sending")
		_, err = s.ResendCode(s.Context(), s.Owner, v.ID)
		tilltest.Refused(t, err, pos.CodeWait, "code.sending")
		_, err = s.SkipCode(s.Context(), s.Owner, v.ID, "нет связи")
		tilltest.Refused(t, err, pos.CodeWait, "code.skip-wait")
		require.Zero(t, s.Asked(v.ID).Wrong)
	})
	t.Run("is not sent when the cheque changed meanwhile", func(t *testing.T) {
		s := ready(t)
		v := placed(s)
		s.Ring("bread")
		now, said := bring(s, v.ID)
		require.Equal(t, []confirm.State{confirm.Revoked}, said)
		require.Equal(t, "code.revoked-cheque", now.ReasonID)
		require.Empty(t, s.Sender.Delivered())
		require.Empty(t, sends(s))
	})
	t.Run("is not sent when the shop's settings changed meanwhile", func(t *testing.T) {
		s := ready(t)
		v := placed(s)
		s.Settings.Shop = "Другая лавка"
		now, _ := bring(s, v.ID)
		require.Equal(t, confirm.Revoked, now.State)
		require.Empty(t, s.Sender.Delivered())
	})
	t.Run("is not sent beyond what the number may get", func(t *testing.T) {
		s := ready(t)
		s.Settings.ConfirmCredit = pos.ConfirmAlways
		for n := range int64(2) {
			s.Spend(50 + n)
		}
		first := placed(s)
		_, second, err := s.Tender(s.Context(), s.Owner, pos.Credit, 10_000)
		require.NoError(t, err, "neither has been sent, so neither counts yet")
		v, _ := bring(s, first.ID)
		require.Equal(t, confirm.Sent, v.State)
		v, said := bring(s, second.ID)
		require.Equal(t, []confirm.State{confirm.SendFailed}, said)
		require.Equal(t, "code.phone-limit", v.ReasonID)
		require.Equal(t, postest.Noon.Add(10*time.Minute), v.ReasonArgs["Until"])
		require.Len(t, s.Sender.Delivered(), 3)
		require.Equal(t, 1, s.Happened(pos.EventCodeLimited))
	})
	t.Run("is nobody's", func(t *testing.T) {
		s := ready(t)
		_, err := s.BringCode(s.Context(), s.Owner, "nobody's", nil)
		tilltest.Refused(t, err, pos.CodeNotFound, "code.none")
	})
}

func TestTill_BringCodeOnce(t *testing.T) {
	t.Run("brought twice it is sent once", func(t *testing.T) {
		s := ready(t)
		v := placed(s)
		bring(s, v.ID)
		again, said := bring(s, v.ID)
		require.Equal(t, []confirm.State{confirm.Sent}, said)
		require.Equal(t, confirm.Sent, again.State)
		require.Len(t, s.Sender.Delivered(), 1)
		require.Equal(t, 1, s.Happened(pos.EventCodeSent))
	})
	t.Run("who comes while it is on its way waits along", func(t *testing.T) {
		s := ready(t)
		v := placed(s)
		arrived, release := make(chan struct{}), make(chan struct{})
		s.Sender.Answer(func(d confirm.Delivery) confirm.Result {
			close(arrived)
			<-release
			return postest.Arrives(d)
		})
		var all sync.WaitGroup
		outcome := func(got *[]confirm.State, begun chan<- struct{}) {
			_, err := s.BringCode(s.Context(), s.Owner, v.ID, func(v till.CodeView) {
				if *got = append(*got, v.State); len(*got) == 1 {
					close(begun)
				}
			})
			if err != nil {
				t.Error(err)
			}
		}
		var first, second []confirm.State
		begun := [2]chan struct{}{make(chan struct{}), make(chan struct{})}
		all.Go(func() { outcome(&first, begun[0]) })
		<-arrived
		all.Go(func() { outcome(&second, begun[1]) })
		<-begun[1]

		ended, cancel := context.WithCancel(s.Context())
		cancel()
		_, err := s.BringCode(ended, s.Owner, v.ID, nil)
		require.Equal(t, pos.CodeUnavailable, pos.CodeOf(err), "nobody is made to wait")

		close(release)
		all.Wait()
		require.Equal(t, []confirm.State{confirm.Sending, confirm.Sent}, first)
		require.Equal(t, []confirm.State{confirm.Sending, confirm.Sent}, second)
		require.Len(t, s.Sender.Delivered(), 1)
	})
	t.Run("many at once send one", func(t *testing.T) {
		s := ready(t)
		v := placed(s)
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				now, err := s.BringCode(s.Context(), s.Owner, v.ID, nil)
				if err != nil || now.State != confirm.Sent {
					t.Errorf("%+v, %v", now, err)
				}
			})
		}
		all.Wait()
		require.Len(t, s.Sender.Delivered(), 1)
	})
	t.Run("two processes send one", func(t *testing.T) {
		s := ready(t)
		v := placed(s)
		other := till.New(s.Params())
		s.Sender.Answer(func(d confirm.Delivery) confirm.Result {
			now, err := other.BringCode(s.Context(), s.Owner, d.Challenge, nil)
			if err != nil || now.State != confirm.Sending {
				t.Errorf("the other till: %+v, %v", now, err)
			}
			return postest.Arrives(d)
		})
		bring(s, v.ID)
		require.Len(t, s.Sender.Delivered(), 1)
	})
}

func TestTill_CrashBetweenPlacingAndBringing(t *testing.T) {
	t.Run("leaves what was never sent, told apart from what may have left", func(t *testing.T) {
		s := ready(t)
		v := placed(s)
		s.Restart()
		start, err := s.Begin(s.Context())
		require.NoError(t, err)
		require.Empty(t, start.Problems)
		ch := s.Asked(v.ID)
		require.Equal(t, confirm.SendFailed, ch.State)
		require.Equal(t, "code.never-sent", ch.ReasonID)
		require.Equal(t, 1, s.Happened(pos.EventCodeFailed))
		require.Zero(t, s.Happened(pos.EventCodeUnknown))
		require.Empty(t, sends(s))

		now, said := bring(s, v.ID)
		require.Equal(t, []confirm.State{confirm.SendFailed}, said, "nothing is sent by itself")
		require.Empty(t, s.Sender.Delivered())
		now, err = s.ResendCode(s.Context(), s.Owner, now.ID)
		require.NoError(t, err, "but at once on request")
		ch = s.Brought(now)
		require.Equal(t, 1, ch.Sends)
		require.Equal(t, confirm.Verified, s.Enter(ch.ID, s.Sender.Code()).State)
	})
	t.Run("counts as not sent when nobody brings it in time", func(t *testing.T) {
		s := ready(t)
		v := placed(s)
		s.Clock.Move(time.Minute)
		now, _ := bring(s, v.ID)
		require.Equal(t, confirm.SendFailed, now.State)
		require.Equal(t, "code.never-sent", now.ReasonID)
		require.Empty(t, s.Sender.Delivered())
	})
	t.Run("after that it may have left, and is never sent again by itself", func(t *testing.T) {
		s := ready(t)
		v := placed(s)
		var found *confirm.Challenge
		s.Sender.Answer(func(d confirm.Delivery) confirm.Result {
			s.Till = till.New(s.Params()) // what a process that dies here leaves behind
			_, err := s.Begin(s.Context())
			require.NoError(t, err)
			found = s.Asked(d.Challenge)
			counted := sends(s)
			require.Len(t, counted, 1, "a message that may have left counts though nobody lived to tell")
			require.Equal(t, confirm.SendUnknown, counted[0].State)
			now, err := s.BringCode(s.Context(), s.Owner, d.Challenge, nil)
			require.NoError(t, err)
			require.Equal(t, confirm.SendUnknown, now.State)
			return postest.Arrives(d)
		})
		bring(s, v.ID)
		require.Equal(t, confirm.SendUnknown, found.State)
		require.Equal(t, "code.interrupted", found.ReasonID)
		require.Len(t, s.Sender.Delivered(), 1)
		require.Len(t, sends(s), 1)
	})
}

// byProvider is a shop whose provider makes the codes.
func byProvider(t *testing.T, code string) *tilltest.Shop {
	s := ready(t)
	s.Sender.MakeCodes(true)
	s.Sender.Answer(postest.Makes(code))
	return s
}

func TestTill_CodeOfTheProvider(t *testing.T) {
	t.Run("confirms the sale as the till's own would", func(t *testing.T) {
		s := byProvider(t, "0435")
		v := placed(s)
		require.Zero(t, v.Digits, "nobody knows how long it will be")
		v, said := bring(s, v.ID)
		require.Equal(t, []confirm.State{confirm.Sending, confirm.Sent}, said)
		require.Empty(t, s.Sender.Code(), "the till made none")
		require.Equal(t, 4, v.Digits)
		require.Equal(t, 3, v.AttemptsLeft, "a short code may be tried less")
		require.Equal(t, postest.Noon.Add(3*time.Minute), v.ExpiresAt, "and for a shorter time")

		_, err := s.EnterCode(s.Context(), s.Owner, v.ID, "435")
		tilltest.Refused(t, err, pos.CodeInvalid, "code.format")
		_, err = s.EnterCode(s.Context(), s.Owner, v.ID, "000435")
		tilltest.Refused(t, err, pos.CodeInvalid, "code.format")
		require.Equal(t, 1, s.Enter(v.ID, "4350").Wrong)
		require.Equal(t, confirm.Verified, s.Enter(v.ID, "0435").State)
		s.Cash(90_000)
		sale := s.Finish()
		require.EqualValues(t, 100, sale.PointsSpent)
	})
	t.Run("is bound to the sum", func(t *testing.T) {
		s := byProvider(t, "123456")
		v, _ := bring(s, placed(s).ID)
		ch := s.Asked(v.ID)
		h := confirm.Hasher{Pepper: postest.Pepper, MemoryKiB: 8, Passes: 1}
		require.True(t, h.Matches(ch.CodeHash, ch.ID, ch.Digest, "123456"))
		require.False(t, h.Matches(ch.CodeHash, ch.ID, "another sum", "123456"))
		s.Ring("bread")
		require.Equal(t, confirm.Revoked, s.Enter(v.ID, "123456").State)
	})
	t.Run("waits for the answer, and costs no attempt before", func(t *testing.T) {
		s := byProvider(t, "0435")
		s.Sender.Answer(func(d confirm.Delivery) confirm.Result {
			_, err := s.EnterCode(s.Context(), s.Owner, d.Challenge, "0435") // the phone rang before the provider answered
			tilltest.Refused(t, err, pos.CodeWait, "code.sending")
			require.Empty(t, s.Asked(d.Challenge).CodeHash)
			return postest.Makes("0435")(d)
		})
		v, _ := bring(s, placed(s).ID)
		require.Equal(t, 3, v.AttemptsLeft)
		require.Equal(t, confirm.Verified, s.Enter(v.ID, "0435").State)
	})
	t.Run("a second one takes the place of the first", func(t *testing.T) {
		s := byProvider(t, "0435")
		v, _ := bring(s, placed(s).ID)
		s.Clock.Move(time.Minute)
		s.Sender.Answer(postest.Makes("123456"))
		now, err := s.ResendCode(s.Context(), s.Owner, v.ID)
		require.NoError(t, err)
		now, _ = bring(s, now.ID)
		require.Equal(t, 6, now.Digits)
		_, err = s.EnterCode(s.Context(), s.Owner, v.ID, "0435")
		tilltest.Refused(t, err, pos.CodeInvalid, "code.format")
		require.Equal(t, confirm.Verified, s.Enter(v.ID, "123456").State)
	})
	for name, answer := range map[string]func(confirm.Delivery) confirm.Result{
		"the answer was lost": postest.Ends(confirm.SendUnknown),
		"it is no code":       postest.Makes("позвоните сами"),
		"it is too long":      postest.Makes("123456789"),
		"there is none":       postest.Arrives,
		"the sender panicked": func(confirm.Delivery) confirm.Result { panic("vendor") },
	} {
		t.Run("is unknown where "+name, func(t *testing.T) {
			s := byProvider(t, "")
			s.Sender.Answer(answer)
			v, said := bring(s, placed(s).ID)
			require.Equal(t, []confirm.State{confirm.Sending, confirm.SendUnknown}, said)
			require.Equal(t, "code.unreadable", v.ReasonID)
			require.Len(t, sends(s), 1, "it may have reached the customer")
			_, err := s.EnterCode(s.Context(), s.Owner, v.ID, "0435")
			tilltest.Refused(t, err, pos.CodeConflict, "code.unreadable")
			require.Zero(t, s.Asked(v.ID).Wrong)
			require.Len(t, s.Sender.Delivered(), 1, "nothing is sent again by itself")

			s.Clock.Move(time.Minute)
			s.Sender.Answer(postest.Makes("0435"))
			now, err := s.ResendCode(s.Context(), s.Owner, v.ID)
			require.NoError(t, err)
			bring(s, now.ID)
			require.Equal(t, confirm.Verified, s.Enter(v.ID, "0435").State)
		})
	}
	t.Run("is unknown after a crash", func(t *testing.T) {
		s := byProvider(t, "0435")
		v := placed(s)
		s.Sender.Answer(func(d confirm.Delivery) confirm.Result {
			s.Till = till.New(s.Params())
			_, err := s.Begin(s.Context())
			require.NoError(t, err)
			return postest.Makes("0435")(d)
		})
		now, _ := bring(s, v.ID)
		require.Equal(t, confirm.SendUnknown, now.State)
		require.Equal(t, "code.unreadable", now.ReasonID)
		require.Empty(t, s.Asked(v.ID).CodeHash)
	})
	t.Run("a short one is nothing for credit", func(t *testing.T) {
		s := byProvider(t, "0435")
		_, v, err := s.Tender(s.Context(), s.Owner, pos.Credit, 50_000)
		require.NoError(t, err)
		v, _ = bring(s, v.ID)
		require.Equal(t, confirm.SendUnknown, v.State)
		require.Equal(t, "code.too-short", v.ReasonID)
		s.Sender.Answer(postest.Makes("043512"))
		s.Clock.Move(time.Minute)
		v, err = s.ResendCode(s.Context(), s.Owner, v.ID)
		require.NoError(t, err)
		bring(s, v.ID)
		require.Equal(t, confirm.Verified, s.Enter(v.ID, "043512").State)
	})
	t.Run("who makes it is asked anew for each message", func(t *testing.T) {
		s := byProvider(t, "0435")
		v, _ := bring(s, placed(s).ID)
		s.Clock.Move(time.Minute)
		s.Sender.MakeCodes(false)
		s.Sender.Answer(postest.Arrives)
		now, err := s.ResendCode(s.Context(), s.Owner, v.ID)
		require.NoError(t, err)
		require.Equal(t, confirm.Digits, now.Digits)
		bring(s, now.ID)
		require.Equal(t, confirm.Verified, s.Enter(v.ID, s.Sender.Code()).State)
	})
	t.Run("is in no view, log, trail or file", func(t *testing.T) {
		const code = "73914628"
		s := byProvider(t, code)
		var log bytes.Buffer
		p := s.Params()
		p.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		s.Till = till.New(p)
		v, _ := bring(s, placed(s).ID)
		require.Equal(t, confirm.Sent, v.State)
		s.Sender.Answer(func(d confirm.Delivery) confirm.Result {
			r := postest.Makes(code + "9")(d) // too long: what is refused is not told either
			return r
		})
		s.Clock.Move(time.Minute)
		now, err := s.ResendCode(s.Context(), s.Owner, v.ID)
		require.NoError(t, err)
		bad, _ := bring(s, now.ID)
		require.Equal(t, confirm.SendUnknown, bad.State)
		require.Contains(t, log.String(), "code not sent")
		for _, e := range s.Trail() {
			for key, value := range e.Detail {
				require.NotContains(t, value, code, "%s tells %s", e.Kind, key)
			}
		}
		shown := strings.Join([]string{log.String(), string(s.File())}, "\n")
		require.NotContains(t, shown, code)
	})
}
