package counter_test

// These tests pay and finish sales.

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

func TestTill_Tender(t *testing.T) {
	t.Run("takes any mix and gives change from cash alone", func(t *testing.T) {
		s := ready(t)
		for _, d := range []struct {
			m pos.Method
			a money.Amount
		}{{pos.Card, 30_000}, {pos.Transfer, 20_000}, {pos.Cash, 60_000}} {
			_, _, err := s.Tender(s.Context(), s.Owner, d.m, d.a)
			require.NoError(t, err)
		}
		sale := s.Finish()
		if sale.Change != 10_000 || len(sale.Tenders) != 3 {
			t.Errorf("sale %+v", sale)
		}
		x, err := s.XReport(s.Context(), s.Owner)
		require.NoError(t, err)
		if x.Expected != 150_000 || x.ByTender[pos.Card] != 30_000 || x.ByTender[pos.Cash] != 50_000 {
			t.Errorf("report %+v", x)
		}
	})
	t.Run("refuses what cannot be paid so", func(t *testing.T) {
		s := ready(t)
		try := func(m pos.Method, a money.Amount, code pos.Code, id string) {
			t.Helper()
			_, _, err := s.Tender(s.Context(), s.Owner, m, a)
			tilltest.Refused(t, err, code, id)
		}
		try("cheque book", 1, pos.CodeInvalid, "tender.unknown")
		try(pos.Points, 1, pos.CodeInvalid, "tender.points")
		try(pos.Card, 100_001, pos.CodeInvalid, "tender.no-change")
		try(pos.Cash, 0, pos.CodeInvalid, "amount.not-positive")
		try(pos.Cash, -5, pos.CodeInvalid, "amount.not-positive")
		try(pos.Cash, money.MaxAmount+1, pos.CodeLimit, "cheque.too-large")
		s.Cash(100_000)
		try(pos.Cash, 1, pos.CodeConflict, "tender.nothing-due")
		_, err := s.RemoveTender(s.Context(), s.Owner, pos.Card, 0)
		tilltest.Refused(t, err, pos.CodeNotFound, "tender.none")
	})
	t.Run("takes off one of several", func(t *testing.T) {
		s := ready(t)
		s.Cash(1_000)
		s.Cash(2_000)
		s.Cash(3_000)
		v, err := s.RemoveTender(s.Context(), s.Owner, pos.Cash, 2)
		require.NoError(t, err)
		if v.Totals.Paid != 4_000 {
			t.Errorf("paid %d", v.Totals.Paid)
		}
		v, err = s.RemoveTender(s.Context(), s.Owner, pos.Cash, 0)
		require.NoError(t, err)
		if v.Totals.Paid != 1_000 {
			t.Errorf("paid %d", v.Totals.Paid)
		}
	})
}

func TestTill_FinishSale(t *testing.T) {
	t.Run("refuses an empty cheque and an unpaid one", func(t *testing.T) {
		s := tilltest.Small(t)
		_, err := s.FinishSale(s.Context(), s.Owner)
		tilltest.Refused(t, err, pos.CodeConflict, "cheque.empty")
		s.Ring("milk")
		_, err = s.FinishSale(s.Context(), s.Owner)
		if e := tilltest.Refused(t, err, pos.CodeNotPaid, "sale.not-paid"); e.Args["Due"] != money.Amount(10_000) {
			t.Errorf("due %v", e.Args["Due"])
		}
	})
	t.Run("refuses card money beyond a total that fell", func(t *testing.T) {
		s := tilltest.Small(t)
		s.Ring("milk", "bread")
		_, _, err := s.Tender(s.Context(), s.Owner, pos.Card, 15_000)
		require.NoError(t, err)
		_, err = s.RemoveLine(s.Context(), s.Owner, 2, "")
		require.NoError(t, err)
		_, err = s.FinishSale(s.Context(), s.Owner)
		tilltest.Refused(t, err, pos.CodeConflict, "tender.excess")
	})
	t.Run("stores a gift", func(t *testing.T) {
		s := tilltest.Small(t)
		s.Ring("milk")
		_, err := s.DiscountCheque(s.Context(), s.Owner, pos.Discount{Percent: 10_000})
		require.NoError(t, err)
		if sale := s.Finish(); sale.Total != 0 || len(sale.Lines) != 1 {
			t.Errorf("sale %+v", sale)
		}
	})
	t.Run("moves stock below zero, counts and tells", func(t *testing.T) {
		s := tilltest.Small(t)
		s.Ring("7*bread", "milk")
		s.Cash(45_000)
		sale := s.Finish()
		s.Look(func(tx till.Tx) error {
			bread, err := tx.ProductBySKU("bread")
			if err != nil {
				return err
			}
			if bread.Stock != -2*money.One || bread.Sold != 1 {
				t.Errorf("bread: stock %d, sold %d", bread.Stock, bread.Sold)
			}
			drawer, err := tx.Balance(ledger.Drawer, "RUB")
			if drawer != 145_000 {
				t.Errorf("drawer %d", drawer)
			}
			if err != nil {
				return err
			}
			_, err = tx.OpenCheque()
			if pos.CodeOf(err) != pos.CodeNotFound {
				t.Errorf("the cheque is still open: %v", err)
			}
			return nil
		})
		shown, err := s.Sale(s.Context(), s.Owner, sale.ID)
		require.NoError(t, err)
		if shown.Digest() != sale.Digest() {
			t.Errorf("stored %+v, told %+v", shown, sale)
		}
	})
	t.Run("numbers sales without a gap", func(t *testing.T) {
		s := tilltest.Small(t)
		for want := int64(1); want <= 3; want++ {
			s.Ring("milk")
			_, err := s.FinishSale(s.Context(), s.Owner)
			tilltest.Refused(t, err, pos.CodeNotPaid, "")
			s.Cash(10_000)
			if got := s.Finish().Number; got != want {
				t.Errorf("number %d, want %d", got, want)
			}
		}
	})
	t.Run("asks points and credit again at the end", func(t *testing.T) {
		s := ready(t)
		s.Settings.ConfirmCredit = pos.ConfirmNever
		s.Credit(100_000)
		card := s.Person(tilltest.Anna)
		_, err := s.UpdateCustomer(s.Context(), s.Owner, card.ID, till.NewCustomer{Name: "Анна", Phone: "+79000000001", Card: tilltest.Anna, CreditLimit: 99_999})
		require.NoError(t, err)
		_, err = s.FinishSale(s.Context(), s.Owner)
		tilltest.Refused(t, err, pos.CodeLimit, "credit.over-limit")
	})
	t.Run("still sells on yesterday's shift", func(t *testing.T) {
		s := tilltest.Small(t)
		s.Clock.Move(24 * time.Hour)
		start, err := s.Begin(s.Context())
		require.NoError(t, err)
		if !start.StaleShift {
			t.Error("the stale shift is not told of")
		}
		s.Ring("milk")
		s.Cash(10_000)
		s.Finish()
	})
}

// TestTill_FinishSaleTwiceAtOnce races a double press against itself.
func TestTill_FinishSaleTwiceAtOnce(t *testing.T) {
	s := ready(t)
	ch := s.Spend(300)
	s.Enter(ch.ID, s.Sender.Code())
	s.Cash(70_000)
	const presses = 8
	errs := make(chan error, presses)
	for range presses {
		go func() {
			_, err := s.FinishSale(s.Context(), s.Owner)
			errs <- err
		}()
	}
	done := 0
	for range presses {
		if err := <-errs; err == nil {
			done++
		} else {
			tilltest.Refused(t, err, pos.CodeConflict, "cheque.empty")
		}
	}
	if card := s.Person(tilltest.Anna); done != 1 || card.Points != 221 {
		t.Errorf("%d sales, %d points left", done, card.Points)
	}
}

// over is the shop's till over a store that stands before its own.
func over(s *tilltest.Shop, store till.Store) *till.Till {
	p := s.Params()
	p.Store = store
	return till.New(p)
}

// flaky is a store whose commits end in doubt.
type flaky struct {
	till.Store
	doubt bool
	kept  bool
}

func (f *flaky) Update(ctx context.Context, fn func(till.Tx) error) error {
	if !f.doubt {
		return f.Store.Update(ctx, fn)
	}
	f.doubt = false
	undone := errors.New("undone")
	err := f.Store.Update(ctx, func(tx till.Tx) error {
		if err := fn(tx); err != nil || f.kept {
			return err
		}
		return undone
	})
	if err != nil && !errors.Is(err, undone) {
		return err
	}
	return fmt.Errorf("disk: %w", till.ErrUnknown)
}

func TestTill_FinishSaleInDoubt(t *testing.T) {
	for _, kept := range []bool{true, false} {
		t.Run(fmt.Sprintf("kept %v", kept), func(t *testing.T) {
			s := tilltest.Small(t)
			f := &flaky{Store: s.Store, kept: kept}
			s.Till = over(s, f)
			s.Ring("milk")
			s.Cash(10_000)
			f.doubt = true
			sale, err := s.FinishSale(s.Context(), s.Owner)
			if kept {
				require.NoError(t, err)
				if sale.Number != 1 {
					t.Errorf("sale %+v", sale)
				}
				return
			}
			tilltest.Refused(t, err, pos.CodeUnavailable, "sale.not-stored")
			if sale := s.Finish(); sale.Number != 1 {
				t.Errorf("number %d after finishing again", sale.Number)
			}
		})
	}
}

func TestTill_OutboxTellsTheSale(t *testing.T) {
	s := ready(t)
	spy := &spyStore{Store: s.Store}
	s.Till = over(s, spy)
	s.Cash(100_000)
	sale := s.Finish()
	if len(spy.queued) != 1 || spy.queued[0].Kind != pos.EventSaleCompleted || spy.queued[0].Subject != string(sale.ID) {
		t.Fatalf("queued %+v", spy.queued)
	}
	var told map[string]any
	require.NoError(t, json.Unmarshal(spy.queued[0].Payload, &told))
	if told["id"] != string(sale.ID) || told["total_minor"] != float64(100_000) || told["digest"] != sale.Digest() {
		t.Errorf("payload %s", spy.queued[0].Payload)
	}
}

// spyStore remembers what was put into the outbox.
type spyStore struct {
	till.Store
	queued []pos.OutboxMessage
}

type spyTx struct {
	till.Tx
	s *spyStore
}

func (s *spyStore) Update(ctx context.Context, fn func(till.Tx) error) error {
	return s.Store.Update(ctx, func(tx till.Tx) error { return fn(spyTx{tx, s}) })
}

func (t spyTx) Enqueue(m *pos.OutboxMessage) error {
	t.s.queued = append(t.s.queued, *m)
	return t.Tx.Enqueue(m)
}

// TestTill_RandomSales rings up, pays, changes and confirms at random; after
// every finished sale its figures and the books agree, and no points or debt
// moved without a code.
func TestTill_RandomSales(t *testing.T) {
	s := tilltest.Small(t)
	rapid.Check(t, func(t *rapid.T) {
		steps := []func() error{
			func() error {
				_, err := s.Scan(s.Context(), s.Owner, rapid.SampledFrom([]string{"milk", "3*bread", "0.7*apples"}).Draw(t, "code"), 0, nil)
				return err
			},
			func() error {
				_, err := s.RemoveLine(s.Context(), s.Owner, rapid.IntRange(1, 4).Draw(t, "line"), "")
				return err
			},
			func() error {
				_, err := s.SetCustomer(s.Context(), s.Owner, till.FindCustomer{Card: rapid.SampledFrom([]string{tilltest.Anna, tilltest.Vera}).Draw(t, "card")})
				return err
			},
			func() error {
				_, _, err := s.SpendPoints(s.Context(), s.Owner, rapid.Int64Range(1, 20).Draw(t, "points"))
				return err
			},
			func() error {
				_, _, err := s.Tender(s.Context(), s.Owner, rapid.SampledFrom(pos.Methods).Draw(t, "method"),
					money.Amount(rapid.IntRange(1, 20_000).Draw(t, "amount")))
				return err
			},
			func() error {
				v, err := s.Cheque(s.Context())
				if err != nil {
					return err
				}
				_, _, err = s.Tender(s.Context(), s.Owner, pos.Cash, v.Totals.Due+100)
				return err
			},
			func() error {
				v, err := s.Cheque(s.Context())
				if err != nil || len(v.Challenges) == 0 {
					return err
				}
				_, err = s.EnterCode(s.Context(), s.Owner, v.Challenges[len(v.Challenges)-1].ID, s.Sender.Code())
				return err
			},
			func() error {
				v, err := s.Cheque(s.Context())
				if err != nil || len(v.Challenges) == 0 {
					return err
				}
				_, err = s.BringCode(s.Context(), s.Owner, v.Challenges[len(v.Challenges)-1].ID, nil)
				return err
			},
			func() error {
				s.Clock.Move(time.Duration(rapid.IntRange(1, 900).Draw(t, "seconds")) * time.Second)
				return nil
			},
			func() error {
				before, err := s.Cheque(s.Context())
				if err != nil {
					return err
				}
				sale, err := s.FinishSale(s.Context(), s.Owner)
				if err != nil {
					return err
				}
				for _, ch := range before.Challenges {
					if !ch.Confirmed(s.Clock.Now()) {
						t.Fatalf("sold although %s waited: %+v", ch.Operation, ch)
					}
				}
				if protected := sale.PointsSpent > 0 || sale.DebtAdded > 0; protected && len(before.Challenges) == 0 {
					t.Fatalf("sold without a code: %+v", sale)
				}
				return nil
			},
		}
		for range rapid.IntRange(1, 15).Draw(t, "steps") {
			err := steps[rapid.IntRange(0, len(steps)-1).Draw(t, "step")]()
			if code := pos.CodeOf(err); code == pos.CodeInternal || code == pos.CodeUnavailable {
				t.Fatalf("the till failed: %v", err)
			}
		}
	})
}
