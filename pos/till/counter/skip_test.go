package counter_test

// These tests go on without a code, and send codes in bad weather.

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

func TestTill_SkipCode(t *testing.T) {
	t.Run("goes on after a failure, with the right and a reason", func(t *testing.T) {
		for _, state := range []confirm.State{confirm.SendFailed, confirm.SendUnknown} {
			s := ready(t)
			s.Sender.Answer(postest.Ends(state))
			ch := s.Spend(100)
			if ch.State != state || ch.ReasonID != "sms.err.offline" {
				t.Fatalf("challenge %+v", ch)
			}
			_, err := s.SkipCode(s.Context(), s.Owner, ch.ID, " ! ")
			tilltest.Refused(t, err, pos.CodeInvalid, "reason.short")
			_, err = s.SkipCode(s.Context(), s.Owner, ch.ID, "нет связи")
			require.NoError(t, err)
			ch = s.Asked(ch.ID)
			if ch.State != state || ch.Override == nil || ch.CodeHash != "" {
				t.Fatalf("challenge %+v", ch)
			}
			if now := s.Enter(ch.ID, s.Sender.Code()); now.State == confirm.Verified {
				t.Error("a code works after the skip")
			}
			s.Cash(90_000)
			sale := s.Finish()
			o := sale.Tenders[0].Override
			if o == nil || o.Reason != "нет связи" || o.Employee != s.Owner.ID || o.Cause == "" {
				t.Errorf("override %+v", o)
			}
			skips, err := s.Skips(s.Context(), s.Owner, postest.Noon.Add(-time.Hour), postest.Noon.Add(time.Hour))
			require.NoError(t, err)
			if len(skips) != 1 || skips[0].Sale != sale.ID {
				t.Errorf("reported %+v", skips)
			}
		}
	})
	t.Run("asks the right first and leaves a trace", func(t *testing.T) {
		s := tilltest.Small(t)
		_, err := s.Scan(s.Context(), s.Cashier, "10*milk", 0, nil)
		require.NoError(t, err)
		s.Customer(tilltest.Anna)
		_, ch, err := s.SpendPoints(s.Context(), s.Cashier, 100)
		require.NoError(t, err)
		s.Brought(ch)
		_, err = s.SkipCode(s.Context(), s.Cashier, ch.ID, "нет связи")
		if e := tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden"); e.Args["Right"] != pos.RightSkipPoints {
			t.Errorf("names %v", e.Args["Right"])
		}
		_, err = s.SkipCode(s.Context(), s.Owner, ch.ID, "нет связи")
		tilltest.Refused(t, err, pos.CodeWait, "code.skip-wait")
		if s.Happened(pos.EventCodeSkipRefused) != 2 || s.Happened(pos.EventForbidden) != 1 {
			t.Error("the refusals are not in the trail")
		}
		s.Clock.Move(confirm.SkipAfter)
		_, err = s.SkipCode(s.Context(), s.Owner, ch.ID, "не пришло")
		require.NoError(t, err)
	})
	t.Run("lets an employee with the right vouch for the cashier", func(t *testing.T) {
		s := tilltest.Small(t)
		s.Sender.Answer(postest.Ends(confirm.SendFailed))
		s.Ring("10*milk")
		s.Customer(tilltest.Anna)
		_, ch, err := s.Tender(s.Context(), s.Cashier, pos.Credit, 100_000)
		require.NoError(t, err)
		s.Brought(ch)
		_, err = s.SkipCode(s.Context(), s.Cashier, ch.ID, "нет связи")
		tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
		_, err = s.SkipCode(s.Context(), s.Owner, ch.ID, "нет связи")
		require.NoError(t, err)
		sale, err := s.FinishSale(s.Context(), s.Cashier)
		require.NoError(t, err)
		if sale.DebtAdded != 100_000 || sale.Tenders[0].Override.Employee != s.Owner.ID {
			t.Errorf("sale %+v", sale)
		}
	})
	t.Run("goes on at once where the shop has chosen no provider, under a cause of its own", func(t *testing.T) {
		s := ready(t)
		s.Sender.Leave(true)
		ch := s.Spend(100)
		require.Equal(t, confirm.SendFailed, ch.State)
		require.Equal(t, confirm.NoProvider, ch.ReasonID)
		require.Empty(t, s.Sender.Delivered(), "nothing is sent")
		_, err := s.SkipCode(s.Context(), s.Cashier, ch.ID, "провайдера нет")
		tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
		_, err = s.SkipCode(s.Context(), s.Owner, ch.ID, "провайдера нет")
		require.NoError(t, err)
		s.Cash(90_000)
		require.Equal(t, confirm.CauseNobody, s.Finish().Tenders[0].Override.Cause)
	})
	t.Run("asks the customer after all once a provider is chosen", func(t *testing.T) {
		s := ready(t)
		s.Sender.Leave(true)
		ch := s.Spend(100)
		s.Sender.Leave(false)
		_, err := s.SkipCode(s.Context(), s.Owner, ch.ID, "провайдера нет")
		tilltest.Refused(t, err, pos.CodeConflict, "code.provider-now")
		_, err = s.ResendCode(s.Context(), s.Owner, ch.ID)
		require.NoError(t, err)
		now, _ := bring(s, ch.ID)
		require.Equal(t, confirm.Sent, now.State)
	})
	t.Run("is void when the cheque changes", func(t *testing.T) {
		s := ready(t)
		s.Sender.Answer(postest.Ends(confirm.SendFailed))
		ch := s.Spend(100)
		_, err := s.SkipCode(s.Context(), s.Owner, ch.ID, "нет связи")
		require.NoError(t, err)
		s.Ring("bread")
		now, err := s.Challenge(s.Context(), ch.ID)
		require.NoError(t, err)
		if now.State != confirm.Revoked || s.Tenders() != "" {
			t.Errorf("challenge %s, tenders %q", now.State, s.Tenders())
		}
	})
}

func TestTill_Sending(t *testing.T) {
	t.Run("holds nobody up and leaves a changed cheque's code revoked", func(t *testing.T) {
		s := ready(t)
		s.Sender.Answer(func(d confirm.Delivery) confirm.Result {
			s.Ring("bread") // somebody else at the till: would never return if the till were locked
			return postest.Arrives(d)
		})
		ch := s.Spend(100)
		if ch.State != confirm.Revoked || s.Tenders() != "" {
			t.Errorf("challenge %s, tenders %q", ch.State, s.Tenders())
		}
		if now := s.Enter(ch.ID, s.Sender.Code()); now.State != confirm.Revoked {
			t.Errorf("state %s", now.State)
		}
	})
	t.Run("survives a sender that panics", func(t *testing.T) {
		s := ready(t)
		s.Sender.Answer(func(confirm.Delivery) confirm.Result { panic("vendor") })
		if ch := s.Spend(100); ch.State != confirm.SendUnknown || ch.ReasonID == "" {
			t.Errorf("challenge %+v", ch)
		}
		if now := s.Enter(s.Screen().Challenges[0].ID, s.Sender.Code()); now.State != confirm.Verified {
			t.Errorf("a code that arrived all the same: %s", now.State)
		}
	})
	t.Run("is settled as unknown after a crash", func(t *testing.T) {
		s := ready(t)
		var ch confirm.Challenge
		s.Sender.Answer(func(d confirm.Delivery) confirm.Result {
			// What a process that dies here leaves behind is what the next one finds.
			s.Till = till.New(s.Params())
			start, err := s.Begin(s.Context())
			require.NoError(t, err)
			if !start.OpenCheque || start.Shift == nil || len(start.Problems) != 0 {
				t.Errorf("start %+v", start)
			}
			now, err := s.Challenge(s.Context(), d.Challenge)
			require.NoError(t, err)
			ch = *now
			return postest.Arrives(d)
		})
		s.Spend(100)
		if ch.State != confirm.SendUnknown || ch.ReasonID != "code.interrupted" {
			t.Errorf("found %+v", ch)
		}
		if now := s.Enter(ch.ID, s.Sender.Code()); now.State != confirm.Verified {
			t.Errorf("state %s", now.State)
		}
	})
}

func TestTill_CodeIsNowhereInTheStore(t *testing.T) {
	s := ready(t)
	ch := s.Spend(100)
	code := s.Sender.Code()
	s.Enter(ch.ID, s.Sender.WrongCode())
	s.Look(func(tx till.Tx) error {
		stored, err := tx.Challenge(ch.ID)
		if err != nil {
			return err
		}
		if strings.Contains(stored.CodeHash, code) || stored.CodeHash == "" {
			t.Errorf("hash %q", stored.CodeHash)
		}
		return tx.EachEvent(1, func(e *pos.Event) error {
			for key, value := range e.Detail {
				if value == code || strings.Contains(value, "79000000001") {
					t.Errorf("%s tells %s = %q", e.Kind, key, value)
				}
			}
			return nil
		})
	})
}
