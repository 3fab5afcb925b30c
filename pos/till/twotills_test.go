package till_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/offers"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/storage/local"
)

// TestTill_TwoOverOneFile: the window and a program beside it work on the same
// data. Each keeps in memory what it asked for last, and hears of what the other
// changed with its next operation.
func TestTill_TwoOverOneFile(t *testing.T) {
	ctx, dir, clock, ids := context.Background(), t.TempDir(), postest.NewClock(), &postest.IDs{}
	at := func(beside bool) *till.Till {
		s, err := local.Open(ctx, local.Params{Dir: dir, Now: clock.Now, Beside: beside})
		require.NoError(t, err)
		t.Cleanup(func() { _ = s.Close() })
		return till.New(till.Params{Store: s, Clock: clock, IDs: ids, Sender: postest.NewSender(), Pepper: postest.Pepper,
			Settings: func() pos.Settings {
				return pos.Settings{Shop: "Лавка", Till: "1", Language: "ru", Country: "RU", Currency: "RUB", Rules: pos.DefaultRules(), CodeLifetime: 5 * time.Minute}
			}, HashCost: till.HashCost{MemoryKiB: 64, Passes: 1}})
	}
	window := at(false)
	require.NoError(t, window.InitShop(ctx))
	owner, err := window.CreateOwner(ctx, "Ольга", "482915")
	require.NoError(t, err)
	_, err = window.PutProduct(ctx, owner, pos.Product{SKU: "1", Name: "Хлеб", Unit: "шт", Price: 50_00, VAT: pos.NoVAT, Barcodes: []string{"4600000000017"}})
	require.NoError(t, err)
	_, err = window.OpenShift(ctx, owner, 0)
	require.NoError(t, err)
	other := at(true)
	scan := func(at *till.Till) *till.ChequeView {
		t.Helper()
		v, err := at.Scan(ctx, owner, "4600000000017", 0, nil)
		require.NoError(t, err)
		return v
	}

	scan(window)
	scan(other)
	v := scan(window)
	require.EqualValues(t, 3000, v.Cheque.Lines[0].Qty, "each piece was counted")

	_, err = other.PutPromotion(ctx, owner, offers.Promotion{Name: "Всё", On: true, Rule: offers.Rule{Effect: offers.PercentOff, Percent: 1000}})
	require.NoError(t, err)
	v = scan(window)
	require.EqualValues(t, 20_00, v.Totals.Offered, "the discount made meanwhile was given")

	_, _, err = other.Tender(ctx, owner, pos.Card, v.Totals.Due)
	require.NoError(t, err)
	first, err := window.FinishSale(ctx, owner)
	require.NoError(t, err)
	v = scan(other)
	_, _, err = other.Tender(ctx, owner, pos.Card, v.Totals.Due)
	require.NoError(t, err)
	second, err := other.FinishSale(ctx, owner)
	require.NoError(t, err)
	require.Equal(t, first.Number+1, second.Number)

	v = scan(window)
	require.Len(t, v.Cheque.Lines, 1)
	require.NotEqual(t, second.ID, v.Cheque.ID)
	_, err = other.CancelCheque(ctx, owner, "проба")
	require.NoError(t, err)
	_, err = other.CloseShift(ctx, owner, 0)
	require.NoError(t, err)
	_, err = window.Scan(ctx, owner, "4600000000017", 0, nil)
	require.Equal(t, pos.CodeConflict, pos.CodeOf(err), "the shift closed meanwhile")

	problems, err := window.SelfCheck(ctx, owner)
	require.NoError(t, err)
	require.Empty(t, problems)
}
