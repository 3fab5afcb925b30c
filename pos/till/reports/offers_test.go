package reports_test

// These tests report promotions and gift certificates.

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

func TestTill_ReportOfPromotions(t *testing.T) {
	s := tilltest.Small(t)
	p := s.Promote(tilltest.TenPercent("Всё дешевле"))
	first := s.PayAll(s.Ring("4600000000015"))
	report := func() *figures.Report {
		r, err := s.Report(t.Context(), s.Owner, figures.Query{Kind: figures.Promotions, Period: figures.Of(figures.SpanDay, figures.DayOf(s.Clock.Now(), s.Clock.Now().Location()))})
		require.NoError(t, err)
		return r
	}
	one := int64(report().Rows[0].Cells[0].N)
	require.EqualValues(t, 1_000, one)

	// The same whether a sale is in the stored sums yet or not, and by the newest name.
	_, err := s.RollFigures(t.Context())
	require.NoError(t, err)
	p.Name = "Осень"
	s.Promote(*p)
	second := s.PayAll(s.Ring("4600000000015", "4600000000015"))
	off := *p
	off.On = false
	_, err = s.PutPromotion(t.Context(), s.Owner, off)
	require.NoError(t, err)
	s.PayAll(s.Ring("4600000000015"))
	r := report()
	require.Len(t, r.Rows, 1)
	require.Equal(t, figures.Label{Text: "Осень"}, r.Rows[0].Label)
	require.Equal(t, []figures.Cell{{N: 3_000}, {N: 2}}, r.Rows[0].Cells)
	require.EqualValues(t, 3_000, r.Total.Cells[0].N)

	list, err := s.ReportSales(t.Context(), s.Owner, r.Query, r.Rows[0].Key, nil, 10)
	require.NoError(t, err)
	require.Len(t, list, 2, "the third was sold without it")
	require.Equal(t, second.ID, list[0].ID)
	require.Equal(t, first.ID, list[1].ID)
}

func TestTill_ReportOfCertificates(t *testing.T) {
	s := tilltest.Small(t)
	s.SellGift("GC-SOLD", 100_000)
	_, err := s.IssueCertificate(t.Context(), s.Owner, till.NewCertificate{Number: "GC-GIVEN", Amount: 50_000}, "приз")
	require.NoError(t, err)
	s.Ring("4600000000015")
	v, err := s.PayCertificate(t.Context(), s.Owner, "GC-SOLD", 0)
	require.NoError(t, err)
	spent := s.PayAll(v).Total
	v, err = s.SellCertificate(t.Context(), s.Owner, till.NewCertificate{Number: "GC-ENDS", Amount: 5_000, Expires: pos.EndOfDay(s.Clock.Now())})
	require.NoError(t, err)
	s.PayAll(v)
	today := figures.Of(figures.SpanDay, figures.DayOf(s.Clock.Now(), s.Clock.Now().Location()))
	sums := func(sold, issued, used, left, expired money.Amount) (out []figures.Cell) {
		for _, a := range []money.Amount{sold, issued, used, left, expired} {
			out = append(out, figures.Cell{N: int64(a)})
		}
		return out
	}
	report := func() *figures.Report {
		r, err := s.Report(t.Context(), s.Owner, figures.Query{Kind: figures.GiftCards, Period: today})
		require.NoError(t, err)
		require.Len(t, r.Rows, 3)
		return r
	}
	rest := money.Amount(100_000).Sub(spent)
	r := report()
	require.Equal(t, sums(5_000, 0, 0, 5_000, 0), r.Rows[0].Cells[:5], "the newest first")
	require.Equal(t, sums(0, 50_000, 0, 50_000, 0), r.Rows[1].Cells[:5])
	require.Equal(t, sums(100_000, 0, spent, rest, 0), r.Rows[2].Cells[:5])
	require.Equal(t, sums(105_000, 50_000, spent, rest.Add(55_000), 0), r.Total.Cells[:5])

	s.Clock.Move(24 * time.Hour)
	expired := sums(5_000, 0, 0, 0, 5_000)
	require.Equal(t, expired, report().Rows[0].Cells[:5])
	_, err = s.LapseCertificate(t.Context(), s.Owner, "GC-ENDS")
	require.NoError(t, err)
	require.Equal(t, expired, report().Rows[0].Cells[:5], "whether its end was booked or not")
}
