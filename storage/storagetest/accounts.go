package storagetest

import (
	"errors"
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/till/store"
)

// keepsLotsAndDebts: points and debts come back as they were put; further down, a
// customer's history.
func keepsLotsAndDebts(t *testing.T, f *fixture) {
	day := 24 * time.Hour
	never := pos.Lot{ID: "l1", Customer: "c", Sale: "s1", Points: 10, Left: 10, At: noon, ActiveFrom: noon}
	later := pos.Lot{ID: "l2", Customer: "c", Points: 20, Left: 5, At: noon, ActiveFrom: noon.Add(day), Expires: noon.Add(9 * day)}
	soon := pos.Lot{ID: "l3", Customer: "c", Sale: "s1", Points: 30, Left: 30, At: noon, Expires: noon.Add(day)}
	used := pos.Lot{ID: "l4", Customer: "c", Sale: "s1", Points: 30, At: noon}
	foreign := pos.Lot{ID: "l5", Customer: "d", Points: 1, Left: 1}
	f.update(func(x store.Tx) error { return puts(x.PutLot, never, later, soon, used, foreign) })
	lots := func(x store.Tx) ([]pos.Lot, error) { return x.Lots("c") }
	reads(f, "Lots", []pos.Lot{soon, later, never}, lots)

	soon.Left, later.Left = 0, 1
	moves := []pos.LotMove{{Lot: "l3", Sale: "s2", Points: -30}, {Lot: "l2", Sale: "s2", Points: -4}}
	f.update(func(x store.Tx) error {
		return errors.Join(puts(x.PutLot, soon, later), x.PutLotMoves(moves, noon), x.PutLotMoves(nil, noon))
	})
	reads(f, "Lots after spending", []pos.Lot{later, never}, lots)
	f.view(func(x store.Tx) error {
		all, err := walk(x.EachLot)
		same(f, "EachLot", all, []pos.Lot{never, later, soon, used, foreign})
		got, err2 := walk(x.EachLotMove)
		same(f, "EachLotMove", got, moves)
		return errors.Join(err, err2)
	})

	old := pos.Debt{ID: "d2", Customer: "c", Sale: "s1", Number: 4, Amount: 100, Left: 60, At: noon, Due: noon.Add(day)}
	young := pos.Debt{ID: "d1", Customer: "c", Sale: "s2", Number: 5, Amount: 50, Left: 50, At: noon.Add(day)}
	paid := pos.Debt{ID: "d3", Customer: "c", Amount: 70}
	f.update(func(x store.Tx) error { return puts(x.PutDebt, young, old, paid) })
	reads(f, "Debts", []pos.Debt{old, young}, func(x store.Tx) ([]pos.Debt, error) { return x.Debts("c") })

	old.Left = 0
	r := pos.Repayment{ID: "r1", Customer: "c", Shift: "sh", Employee: "e", Method: pos.Card, Amount: 80, At: noon,
		Parts: []pos.RepaymentPart{{Debt: "d2", Amount: 60}, {Debt: "d1", Amount: 20}}}
	young.Left = 30
	f.update(func(x store.Tx) error { return errors.Join(puts(x.PutDebt, young, old), x.PutRepayment(&r)) })
	reads(f, "Debts after repaying", []pos.Debt{young}, func(x store.Tx) ([]pos.Debt, error) { return x.Debts("c") })
	f.view(func(x store.Tx) error {
		all, err := walk(x.EachDebt)
		same(f, "EachDebt", all, []pos.Debt{young, old, paid})
		got, err2 := walk(x.EachRepayment)
		same(f, "EachRepayment", got, []pos.Repayment{r})
		return errors.Join(err, err2)
	})
	f.refused(pos.CodeConflict, func(x store.Tx) error { return x.PutRepayment(&r) })
}

func tellsHistory(t *testing.T, f *fixture) {
	mine := sale(1)
	later := sale(2)
	later.At = noon.Add(2 * time.Hour)
	other := sale(3)
	other.Customer = "somebody"
	f.update(func(x store.Tx) error {
		opening := pos.Lot{ID: "l", Customer: mine.Customer, Points: 40, At: noon.Add(-time.Hour)}
		debt := pos.Debt{ID: "d", Customer: mine.Customer, Amount: 900, At: noon.Add(-2 * time.Hour)}
		return errors.Join(x.PutSale(mine), x.PutSale(later), x.PutSale(other), x.PutLot(&opening), x.PutDebt(&debt),
			x.PutRepayment(&pos.Repayment{ID: "r", Customer: mine.Customer, Amount: 5, At: noon.Add(time.Hour)}))
	})
	item := func(s *pos.Sale) pos.HistoryItem {
		return pos.HistoryItem{Kind: pos.HistorySale, At: s.At, Sale: s.ID, Number: s.Number, Amount: s.Total,
			PointsSpent: s.PointsSpent, PointsEarned: s.PointsEarned, DebtAdded: s.DebtAdded}
	}
	want := []pos.HistoryItem{
		item(later),
		{Kind: pos.HistoryRepayment, At: noon.Add(time.Hour), Amount: 5},
		item(mine),
		{Kind: pos.HistoryOpening, At: noon.Add(-time.Hour), PointsEarned: 40},
		{Kind: pos.HistoryOpening, At: noon.Add(-2 * time.Hour), DebtAdded: 900},
	}
	history := func(limit int) func(store.Tx) ([]pos.HistoryItem, error) {
		return func(x store.Tx) ([]pos.HistoryItem, error) { return x.History(mine.Customer, limit) }
	}
	reads(f, "History", want, history(10))
	reads(f, "History of two", want[:2], history(2))
}
