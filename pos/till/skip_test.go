package till_test

import (
	"strings"
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/postest"
	"kassa/pos/till"
)

func TestTill_SkipCode(t *testing.T) {
	t.Run("goes on after a failure, with the right and a reason", func(t *testing.T) {
		for _, state := range []confirm.State{confirm.SendFailed, confirm.SendUnknown} {
			s := ready(t)
			s.sender.Answer(postest.Ends(state))
			ch := s.spend(100)
			if ch.State != state || ch.ReasonID != "sms.err.offline" {
				t.Fatalf("challenge %+v", ch)
			}
			_, err := s.SkipCode(s.Context(), s.owner, ch.ID, " ! ")
			s.refuses(err, pos.CodeInvalid, "reason.short")
			ch, err = s.SkipCode(s.Context(), s.owner, ch.ID, "нет связи")
			s.ok(err)
			if ch.State != state || ch.Override == nil || ch.CodeHash != "" {
				t.Fatalf("challenge %+v", ch)
			}
			if now := s.enter(ch.ID, s.sender.Code()); now.State == confirm.Verified {
				t.Error("a code works after the skip")
			}
			s.cash(90_000)
			sale := s.finish()
			o := sale.Tenders[0].Override
			if o == nil || o.Reason != "нет связи" || o.Employee != s.owner.ID || o.Cause == "" {
				t.Errorf("override %+v", o)
			}
			skips, err := s.Skips(s.Context(), s.owner, postest.Noon.Add(-time.Hour), postest.Noon.Add(time.Hour))
			s.ok(err)
			if len(skips) != 1 || skips[0].Sale != sale.ID {
				t.Errorf("reported %+v", skips)
			}
		}
	})
	t.Run("asks the right first and leaves a trace", func(t *testing.T) {
		s := newShop(t)
		_, err := s.Scan(s.Context(), s.cashier, "10*milk", 0, nil)
		s.ok(err)
		s.customer("2000001")
		_, ch, err := s.SpendPoints(s.Context(), s.cashier, 100)
		s.ok(err)
		_, err = s.SkipCode(s.Context(), s.cashier, ch.ID, "нет связи")
		if e := s.refuses(err, pos.CodeForbidden, "till.forbidden"); e.Args["Right"] != pos.RightSkipPoints {
			t.Errorf("names %v", e.Args["Right"])
		}
		_, err = s.SkipCode(s.Context(), s.owner, ch.ID, "нет связи")
		s.refuses(err, pos.CodeWait, "code.skip-wait")
		if s.happened(pos.EventCodeSkipRefused) != 2 || s.happened(pos.EventForbidden) != 1 {
			t.Error("the refusals are not in the trail")
		}
		s.clock.Move(confirm.SkipAfter)
		_, err = s.SkipCode(s.Context(), s.owner, ch.ID, "не пришло")
		s.ok(err)
	})
	t.Run("lets an employee with the right vouch for the cashier", func(t *testing.T) {
		s := newShop(t)
		s.sender.Answer(postest.Ends(confirm.SendFailed))
		s.scan("10*milk")
		s.customer("2000001")
		_, ch, err := s.Tender(s.Context(), s.cashier, pos.Credit, 100_000)
		s.ok(err)
		_, err = s.SkipCode(s.Context(), s.cashier, ch.ID, "нет связи")
		s.refuses(err, pos.CodeForbidden, "till.forbidden")
		_, err = s.SkipCode(s.Context(), s.owner, ch.ID, "нет связи")
		s.ok(err)
		sale, err := s.FinishSale(s.Context(), s.cashier)
		s.ok(err)
		if sale.DebtAdded != 100_000 || sale.Tenders[0].Override.Employee != s.owner.ID {
			t.Errorf("sale %+v", sale)
		}
	})
	t.Run("is void when the cheque changes", func(t *testing.T) {
		s := ready(t)
		s.sender.Answer(postest.Ends(confirm.SendFailed))
		ch := s.spend(100)
		_, err := s.SkipCode(s.Context(), s.owner, ch.ID, "нет связи")
		s.ok(err)
		s.scan("bread")
		now, err := s.Challenge(s.Context(), ch.ID)
		s.ok(err)
		if now.State != confirm.Revoked || s.tenders() != "" {
			t.Errorf("challenge %s, tenders %q", now.State, s.tenders())
		}
	})
}

func TestTill_Sending(t *testing.T) {
	t.Run("holds nobody up and leaves a changed cheque's code revoked", func(t *testing.T) {
		s := ready(t)
		s.sender.Answer(func(d confirm.Delivery) confirm.Result {
			s.scan("bread") // somebody else at the till: would never return if the till were locked
			return postest.Arrives(d)
		})
		ch := s.spend(100)
		if ch.State != confirm.Revoked || s.tenders() != "" {
			t.Errorf("challenge %s, tenders %q", ch.State, s.tenders())
		}
		if now := s.enter(ch.ID, s.sender.Code()); now.State != confirm.Revoked {
			t.Errorf("state %s", now.State)
		}
	})
	t.Run("survives a sender that panics", func(t *testing.T) {
		s := ready(t)
		s.sender.Answer(func(confirm.Delivery) confirm.Result { panic("vendor") })
		if ch := s.spend(100); ch.State != confirm.SendUnknown || ch.ReasonID == "" {
			t.Errorf("challenge %+v", ch)
		}
		if now := s.enter(s.cheque().Challenges[0].ID, s.sender.Code()); now.State != confirm.Verified {
			t.Errorf("a code that arrived all the same: %s", now.State)
		}
	})
	t.Run("is settled as unknown after a crash", func(t *testing.T) {
		s := ready(t)
		var ch confirm.Challenge
		s.sender.Answer(func(d confirm.Delivery) confirm.Result {
			// What a process that dies here leaves behind is what the next one finds.
			s.restart()
			start, err := s.Begin(s.Context())
			s.ok(err)
			if !start.OpenCheque || start.Shift == nil || len(start.Problems) != 0 {
				t.Errorf("start %+v", start)
			}
			now, err := s.Challenge(s.Context(), d.Challenge)
			s.ok(err)
			ch = *now
			return postest.Arrives(d)
		})
		s.spend(100)
		if ch.State != confirm.SendUnknown || ch.ReasonID != "code.interrupted" {
			t.Errorf("found %+v", ch)
		}
		if now := s.enter(ch.ID, s.sender.Code()); now.State != confirm.Verified {
			t.Errorf("state %s", now.State)
		}
	})
}

func TestTill_CodeIsNowhereInTheStore(t *testing.T) {
	s := ready(t)
	ch := s.spend(100)
	code := s.sender.Code()
	s.enter(ch.ID, s.sender.WrongCode())
	s.ok(s.store.View(s.Context(), func(tx till.Tx) error {
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
	}))
}
