package counter_test

// These tests sell gift certificates and pay with them.

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// left is what a certificate is still worth.
func left(s *tilltest.Shop, number string) money.Amount {
	s.Helper()
	c, err := s.Certificate(s.Context(), s.Cashier, number)
	require.NoError(s, err)
	return c.Left
}

func TestTill_SellCertificate(t *testing.T) {
	t.Run("is a prepayment: no tax, no points, owed by the shop once it is sold", func(t *testing.T) {
		s := tilltest.Small(t)
		s.Customer(tilltest.Anna)
		v, err := s.SellCertificate(t.Context(), s.Cashier, till.NewCertificate{Number: "gc 1001", Amount: 100_000})
		require.NoError(t, err)
		require.Equal(t, "GC1001", v.Cheque.Lines[0].Certificate)
		require.Equal(t, money.Amount(100_000), v.Totals.Prepaid)
		require.Zero(t, v.Totals.Earn)
		require.Zero(t, v.MaxPoints)
		_, err = s.PayCertificate(t.Context(), s.Cashier, "GC1001", 0)
		tilltest.Refused(t, err, pos.CodeNotFound, "certificate.unknown")
		sale := s.PayAll(v)
		require.Zero(t, sale.VAT)
		require.Zero(t, sale.PointsEarned)
		require.Equal(t, money.Amount(100_000), left(s, "gc1001"))
		entry := ledger.OfSale(sale)
		require.Equal(t, []ledger.Posting{{Account: "drawer", Currency: "RUB", Amount: 100_000}, {Account: "certificate:GC1001", Currency: "RUB", Amount: -100_000}}, entry.Postings)
	})
	t.Run("is worth what it costs: nothing is taken off it", func(t *testing.T) {
		s := tilltest.Small(t)
		s.Ring("4600000000015")
		_, err := s.SellCertificate(t.Context(), s.Owner, till.NewCertificate{Number: "GC-1", Amount: 50_000})
		require.NoError(t, err)
		v, err := s.DiscountCheque(t.Context(), s.Owner, pos.Discount{Percent: 1000})
		require.NoError(t, err)
		require.Equal(t, money.Amount(59_000), v.Totals.Total)
		for _, change := range []func() error{
			func() error { _, err := s.SetQty(t.Context(), s.Owner, 2, 2000); return err },
			func() error { _, err := s.SetPrice(t.Context(), s.Owner, 2, 100); return err },
			func() error { _, err := s.DiscountLine(t.Context(), s.Owner, 2, pos.Discount{Sum: 1}); return err },
		} {
			tilltest.Refused(t, change(), pos.CodeConflict, "certificate.line-fixed")
		}
		_, err = s.RemoveLine(t.Context(), s.Owner, 2, "передумал")
		require.NoError(t, err)
		s.PayAll(s.Screen())
		_, err = s.Certificate(t.Context(), s.Cashier, "GC-1")
		tilltest.Refused(t, err, pos.CodeNotFound, "certificate.unknown")
	})
	t.Run("is bought for money alone", func(t *testing.T) {
		s := tilltest.Small(t)
		s.SellGift("GC-OLD", 100_000)
		s.Customer(tilltest.Anna)
		v, err := s.SellCertificate(t.Context(), s.Owner, till.NewCertificate{Number: "GC-NEW", Amount: 50_000})
		require.NoError(t, err)
		_, err = s.PayCertificate(t.Context(), s.Owner, "GC-OLD", 0)
		tilltest.Refused(t, err, pos.CodeConflict, "certificate.pays-certificate")
		_, _, err = s.Tender(t.Context(), s.Owner, pos.Credit, v.Totals.Due)
		tilltest.Refused(t, err, pos.CodeConflict, "certificate.pays-certificate")
		_, _, err = s.SpendPoints(t.Context(), s.Owner, 10)
		tilltest.Refused(t, err, pos.CodeConflict, "certificate.pays-certificate")
		s.Ring("4600000000015") // 100.00 of goods: that much may be paid with it
		v, err = s.PayCertificate(t.Context(), s.Owner, "GC-OLD", 0)
		require.NoError(t, err)
		require.Equal(t, money.Amount(10_000), v.Totals.Paid)
		_, err = s.RemoveLine(t.Context(), s.Owner, 2, "")
		require.NoError(t, err)
		_, _, err = s.Tender(t.Context(), s.Owner, pos.Cash, 40_000)
		require.NoError(t, err)
		_, err = s.FinishSale(t.Context(), s.Owner)
		tilltest.Refused(t, err, pos.CodeConflict, "certificate.pays-certificate")
	})
	t.Run("makes a number where none is given, and takes none twice", func(t *testing.T) {
		s := tilltest.Small(t)
		v, err := s.SellCertificate(t.Context(), s.Owner, till.NewCertificate{Amount: 100})
		require.NoError(t, err)
		number := v.Cheque.Lines[0].Certificate
		require.Len(t, number, pos.CertificateDigits)
		_, err = s.SellCertificate(t.Context(), s.Owner, till.NewCertificate{Number: number, Amount: 100})
		tilltest.Refused(t, err, pos.CodeConflict, "certificate.on-cheque")
		s.PayAll(v)
		_, err = s.SellCertificate(t.Context(), s.Owner, till.NewCertificate{Number: number, Amount: 100})
		tilltest.Refused(t, err, pos.CodeConflict, "certificate.number-taken")
		for bad, id := range map[till.NewCertificate]string{
			{Number: "1", Amount: 100}:                    "certificate.number-length",
			{Number: "GC\x00123", Amount: 100}:            "barcode.characters",
			{Number: "GC-2"}:                              "amount.not-positive",
			{Number: "GC-2", Amount: -5}:                  "amount.not-positive",
			{Number: "GC-2", Amount: money.MaxAmount + 1}: "amount.too-large",
			{Number: "GC-2", Amount: 100, Expires: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}: "certificate.expires-past",
		} {
			_, err = s.SellCertificate(t.Context(), s.Owner, bad)
			tilltest.Refused(t, err, pos.CodeInvalid, id)
		}
	})
	t.Run("loses a number another sale took meanwhile whole", func(t *testing.T) {
		s := tilltest.Small(t)
		v, err := s.SellCertificate(t.Context(), s.Owner, till.NewCertificate{Number: "GC-77", Amount: 100})
		require.NoError(t, err)
		_, err = s.IssueCertificate(t.Context(), s.Owner, till.NewCertificate{Number: "GC-77", Amount: 5}, "приз")
		require.NoError(t, err)
		_, _, err = s.Tender(t.Context(), s.Owner, pos.Cash, v.Totals.Due)
		require.NoError(t, err)
		_, err = s.FinishSale(t.Context(), s.Owner)
		tilltest.Refused(t, err, pos.CodeConflict, "certificate.number-taken")
		_, err = s.RemoveTender(t.Context(), s.Owner, pos.Cash, 0)
		require.NoError(t, err)
	})
}

func TestTill_PayCertificate(t *testing.T) {
	t.Run("is spent over several cheques, several on one", func(t *testing.T) {
		s := tilltest.Small(t)
		s.SellGift("GC-A", 15_000)
		s.SellGift("GC-B", 4_000)
		s.Ring("4600000000015")
		v, err := s.PayCertificate(t.Context(), s.Cashier, "gc-a", 0)
		require.NoError(t, err)
		require.Zero(t, v.Totals.Due)
		first := s.PayAll(v)
		require.Equal(t, money.Amount(10_000), first.Paid(pos.ByCertificate))
		s.Ring("4600000000015")
		_, err = s.PayCertificate(t.Context(), s.Cashier, "GC-A", 6_000)
		e := tilltest.Refused(t, err, pos.CodeLimit, "certificate.over")
		require.Equal(t, money.Amount(5_000), e.Args["Left"])
		_, err = s.PayCertificate(t.Context(), s.Cashier, "GC-A", 0)
		require.NoError(t, err)
		_, err = s.PayCertificate(t.Context(), s.Cashier, "GC-A", 0)
		tilltest.Refused(t, err, pos.CodeConflict, "certificate.on-cheque")
		v, err = s.PayCertificate(t.Context(), s.Cashier, "GC-B", 0)
		require.NoError(t, err)
		require.Equal(t, money.Amount(1_000), v.Totals.Due)
		s.PayAll(v)
		require.Zero(t, left(s, "GC-A"))
		s.Ring("4600000000015")
		_, err = s.PayCertificate(t.Context(), s.Cashier, "GC-B", 0)
		tilltest.Refused(t, err, pos.CodeConflict, "certificate.spent")
		card, err := s.Certificate(t.Context(), s.Cashier, "GC-A")
		require.NoError(t, err)
		require.Len(t, card.Moves, 3)
		require.Equal(t, money.Amount(-5_000), card.Moves[0].Amount)
		require.Equal(t, money.Amount(15_000), card.Moves[2].Amount)
		x, err := s.XReport(t.Context(), s.Owner)
		require.NoError(t, err)
		require.Equal(t, money.Amount(19_000), x.ByTender[pos.ByCertificate])
		require.Equal(t, money.Amount(19_000), x.Prepaid)
	})
	t.Run("earns points on the money alone", func(t *testing.T) {
		s := tilltest.Small(t)
		s.SellGift("GC-P", 6_000)
		s.Customer(tilltest.Anna)
		v := s.Ring("4600000000015")
		require.Equal(t, int64(3), v.Totals.Earn)
		v, err := s.PayCertificate(t.Context(), s.Owner, "GC-P", 0)
		require.NoError(t, err)
		require.Equal(t, int64(1), v.Totals.Earn)
		s.PayAll(v)
	})
	t.Run("refuses blocked and expired ones", func(t *testing.T) {
		s := tilltest.Small(t)
		s.SellGift("GC-L", 5_000)
		_, err := s.BlockCertificate(t.Context(), s.Cashier, "GC-L", "потерян", false)
		tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
		_, err = s.BlockCertificate(t.Context(), s.Owner, "GC-L", "", false)
		tilltest.Refused(t, err, pos.CodeInvalid, "reason.short")
		_, err = s.BlockCertificate(t.Context(), s.Owner, "GC-L", "потерян", false)
		require.NoError(t, err)
		_, err = s.BlockCertificate(t.Context(), s.Owner, "GC-L", "потерян", false)
		tilltest.Refused(t, err, pos.CodeConflict, "certificate.state-already")
		s.Ring("4600000000015")
		_, err = s.PayCertificate(t.Context(), s.Cashier, "GC-L", 0)
		e := tilltest.Refused(t, err, pos.CodeConflict, "certificate.blocked")
		require.Equal(t, "потерян", e.Args["Reason"])
		_, err = s.BlockCertificate(t.Context(), s.Owner, "GC-L", "нашёлся", true)
		require.NoError(t, err)
		v, err := s.PayCertificate(t.Context(), s.Cashier, "GC-L", 0)
		require.NoError(t, err)
		require.Equal(t, money.Amount(5_000), v.Totals.Due)
		// Blocked while it lies on the cheque: it pays for nothing.
		_, err = s.BlockCertificate(t.Context(), s.Owner, "GC-L", "в розыске", false)
		require.NoError(t, err)
		_, _, err = s.Tender(t.Context(), s.Owner, pos.Cash, 5_000)
		require.NoError(t, err)
		_, err = s.FinishSale(t.Context(), s.Owner)
		tilltest.Refused(t, err, pos.CodeConflict, "certificate.blocked")
	})
	t.Run("lapses only once it expired", func(t *testing.T) {
		s := tilltest.Small(t)
		ends := pos.EndOfDay(s.Clock.Now())
		v, err := s.SellCertificate(t.Context(), s.Owner, till.NewCertificate{Number: "GC-E", Amount: 5_000, Expires: ends})
		require.NoError(t, err)
		s.PayAll(v)
		_, err = s.LapseCertificate(t.Context(), s.Owner, "GC-E")
		tilltest.Refused(t, err, pos.CodeConflict, "certificate.not-expired")
		s.Clock.Move(24 * time.Hour)
		s.Ring("4600000000015")
		_, err = s.PayCertificate(t.Context(), s.Owner, "GC-E", 0)
		tilltest.Refused(t, err, pos.CodeConflict, "certificate.expired")
		_, err = s.LapseCertificate(t.Context(), s.Cashier, "GC-E")
		tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
		c, err := s.LapseCertificate(t.Context(), s.Owner, "GC-E")
		require.NoError(t, err)
		require.Equal(t, pos.CertificateLapsed, c.State)
		_, err = s.LapseCertificate(t.Context(), s.Owner, "GC-E")
		tilltest.Refused(t, err, pos.CodeConflict, "certificate.spent")
		_, err = s.BlockCertificate(t.Context(), s.Owner, "GC-E", "потерян", false)
		tilltest.Refused(t, err, pos.CodeConflict, "certificate.state-already")
	})
	t.Run("lets nobody find a number by trying", func(t *testing.T) {
		s := tilltest.Small(t)
		s.SellGift("GC-G", 5_000)
		for range 5 {
			_, err := s.Certificate(t.Context(), s.Cashier, "GC-X")
			tilltest.Refused(t, err, pos.CodeNotFound, "certificate.unknown")
		}
		_, err := s.Certificate(t.Context(), s.Cashier, "GC-G")
		e := tilltest.Refused(t, err, pos.CodeWait, "certificate.tries")
		require.Equal(t, s.Clock.Now().Add(15*time.Minute).UnixMilli(), e.Args["Until"].(time.Time).UnixMilli())
		s.Restart()
		_, err = s.Certificate(t.Context(), s.Cashier, "GC-G")
		tilltest.Refused(t, err, pos.CodeWait, "certificate.tries")
		s.Clock.Move(15 * time.Minute)
		require.Equal(t, money.Amount(5_000), left(s, "GC-G"))
		var tried int
		s.Look(func(tx till.Tx) error {
			all, err := tx.Events("", 100)
			for _, ev := range all {
				if ev.Kind == pos.EventCertificateWrong {
					tried++
				}
			}
			return err
		})
		require.Equal(t, 5, tried)
	})
	t.Run("needs its number, and stops a cheque from being parked", func(t *testing.T) {
		s := tilltest.Small(t)
		s.SellGift("GC-N", 5_000)
		s.Ring("4600000000015")
		_, _, err := s.Tender(t.Context(), s.Owner, pos.ByCertificate, 5_000)
		tilltest.Refused(t, err, pos.CodeInvalid, "tender.certificate")
		_, err = s.PayCertificate(t.Context(), s.Owner, "GC-N", 0)
		require.NoError(t, err)
		_, err = s.Park(t.Context(), s.Owner, "")
		tilltest.Refused(t, err, pos.CodeConflict, "cheque.park-tenders")
		_, err = s.RemoveTender(t.Context(), s.Owner, pos.ByCertificate, 0)
		require.NoError(t, err)
		require.Equal(t, money.Amount(5_000), left(s, "GC-N"))
	})
}

func TestTill_IssueCertificate(t *testing.T) {
	s := tilltest.Small(t)
	_, err := s.IssueCertificate(t.Context(), s.Cashier, till.NewCertificate{Amount: 100}, "приз")
	tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
	_, err = s.IssueCertificate(t.Context(), s.Owner, till.NewCertificate{Amount: 100}, " ")
	tilltest.Refused(t, err, pos.CodeInvalid, "reason.short")
	c, err := s.IssueCertificate(t.Context(), s.Owner, till.NewCertificate{Amount: 100, Endless: true}, "приз покупателю")
	require.NoError(t, err)
	require.Equal(t, money.Amount(100), left(s, c.Number))
	_, err = s.Certificates(t.Context(), s.Cashier, "", 10)
	tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
	list, err := s.Certificates(t.Context(), s.Owner, c.Number[4:9], 10)
	require.NoError(t, err)
	require.Equal(t, []pos.CertificateBalance{*c}, list)
}
