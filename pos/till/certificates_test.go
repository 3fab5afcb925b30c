package till_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till"
)

// sellCertificate sells one for cash and returns the sale.
func (s *shop) sellCertificate(number string, amount money.Amount) *pos.Sale {
	s.Helper()
	v, err := s.SellCertificate(s.Context(), s.cashier, till.NewCertificate{Number: number, Amount: amount, Name: "Сертификат"})
	s.ok(err)
	return s.payAll(v)
}

// payAll pays what is due in cash and finishes the sale.
func (s *shop) payAll(v *till.ChequeView) *pos.Sale {
	s.Helper()
	if v.Totals.Due > 0 {
		_, _, err := s.Tender(s.Context(), s.owner, pos.Cash, v.Totals.Due)
		s.ok(err)
	}
	sale, err := s.FinishSale(s.Context(), s.owner)
	s.ok(err)
	return sale
}

func (s *shop) left(number string) money.Amount {
	s.Helper()
	c, err := s.Certificate(s.Context(), s.cashier, number)
	s.ok(err)
	return c.Left
}

func TestTill_SellCertificate(t *testing.T) {
	t.Run("is a prepayment: no tax, no points, owed by the shop once it is sold", func(t *testing.T) {
		s := newShop(t)
		s.customer("2000001")
		v, err := s.SellCertificate(t.Context(), s.cashier, till.NewCertificate{Number: "gc 1001", Amount: 100_000})
		s.ok(err)
		require.Equal(t, "GC1001", v.Cheque.Lines[0].Certificate)
		require.Equal(t, money.Amount(100_000), v.Totals.Prepaid)
		require.Zero(t, v.Totals.Earn)
		require.Zero(t, v.MaxPoints)
		_, err = s.PayCertificate(t.Context(), s.cashier, "GC1001", 0)
		s.refuses(err, pos.CodeNotFound, "certificate.unknown")
		sale := s.payAll(v)
		require.Zero(t, sale.VAT)
		require.Zero(t, sale.PointsEarned)
		require.Equal(t, money.Amount(100_000), s.left("gc1001"))
		entry := ledger.OfSale(sale)
		require.Equal(t, []ledger.Posting{{Account: "drawer", Currency: "RUB", Amount: 100_000}, {Account: "certificate:GC1001", Currency: "RUB", Amount: -100_000}}, entry.Postings)
	})
	t.Run("is worth what it costs: nothing is taken off it", func(t *testing.T) {
		s := newShop(t)
		s.scan("4600000000015")
		_, err := s.SellCertificate(t.Context(), s.owner, till.NewCertificate{Number: "GC-1", Amount: 50_000})
		s.ok(err)
		v, err := s.DiscountCheque(t.Context(), s.owner, pos.Discount{Percent: 1000})
		s.ok(err)
		require.Equal(t, money.Amount(59_000), v.Totals.Total)
		for _, change := range []func() error{
			func() error { _, err := s.SetQty(t.Context(), s.owner, 2, 2000); return err },
			func() error { _, err := s.SetPrice(t.Context(), s.owner, 2, 100); return err },
			func() error { _, err := s.DiscountLine(t.Context(), s.owner, 2, pos.Discount{Sum: 1}); return err },
		} {
			s.refuses(change(), pos.CodeConflict, "certificate.line-fixed")
		}
		_, err = s.RemoveLine(t.Context(), s.owner, 2, "передумал")
		s.ok(err)
		s.payAll(s.cheque())
		_, err = s.Certificate(t.Context(), s.cashier, "GC-1")
		s.refuses(err, pos.CodeNotFound, "certificate.unknown")
	})
	t.Run("is bought for money alone", func(t *testing.T) {
		s := newShop(t)
		s.sellCertificate("GC-OLD", 100_000)
		s.customer("2000001")
		v, err := s.SellCertificate(t.Context(), s.owner, till.NewCertificate{Number: "GC-NEW", Amount: 50_000})
		s.ok(err)
		_, err = s.PayCertificate(t.Context(), s.owner, "GC-OLD", 0)
		s.refuses(err, pos.CodeConflict, "certificate.pays-certificate")
		_, _, err = s.Tender(t.Context(), s.owner, pos.Credit, v.Totals.Due)
		s.refuses(err, pos.CodeConflict, "tender.nothing-due")
		s.scan("4600000000015") // 100.00 of goods: that much may be paid with it
		v, err = s.PayCertificate(t.Context(), s.owner, "GC-OLD", 0)
		s.ok(err)
		require.Equal(t, money.Amount(10_000), v.Totals.Paid)
		_, err = s.RemoveLine(t.Context(), s.owner, 2, "")
		s.ok(err)
		_, _, err = s.Tender(t.Context(), s.owner, pos.Cash, 40_000)
		s.ok(err)
		_, err = s.FinishSale(t.Context(), s.owner)
		s.refuses(err, pos.CodeConflict, "certificate.pays-certificate")
	})
	t.Run("makes a number where none is given, and takes none twice", func(t *testing.T) {
		s := newShop(t)
		v, err := s.SellCertificate(t.Context(), s.owner, till.NewCertificate{Amount: 100})
		s.ok(err)
		number := v.Cheque.Lines[0].Certificate
		require.Len(t, number, pos.CertificateDigits)
		_, err = s.SellCertificate(t.Context(), s.owner, till.NewCertificate{Number: number, Amount: 100})
		s.refuses(err, pos.CodeConflict, "certificate.on-cheque")
		s.payAll(v)
		_, err = s.SellCertificate(t.Context(), s.owner, till.NewCertificate{Number: number, Amount: 100})
		s.refuses(err, pos.CodeConflict, "certificate.number-taken")
		for bad, id := range map[till.NewCertificate]string{
			{Number: "1", Amount: 100}:                    "certificate.number-length",
			{Number: "GC\x00123", Amount: 100}:            "barcode.characters",
			{Number: "GC-2"}:                              "amount.not-positive",
			{Number: "GC-2", Amount: -5}:                  "amount.not-positive",
			{Number: "GC-2", Amount: money.MaxAmount + 1}: "amount.too-large",
			{Number: "GC-2", Amount: 100, Expires: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}: "certificate.expires-past",
		} {
			_, err = s.SellCertificate(t.Context(), s.owner, bad)
			s.refuses(err, pos.CodeInvalid, id)
		}
	})
	t.Run("loses a number another sale took meanwhile whole", func(t *testing.T) {
		s := newShop(t)
		v, err := s.SellCertificate(t.Context(), s.owner, till.NewCertificate{Number: "GC-77", Amount: 100})
		s.ok(err)
		_, err = s.IssueCertificate(t.Context(), s.owner, till.NewCertificate{Number: "GC-77", Amount: 5}, "приз")
		s.ok(err)
		_, _, err = s.Tender(t.Context(), s.owner, pos.Cash, v.Totals.Due)
		s.ok(err)
		_, err = s.FinishSale(t.Context(), s.owner)
		s.refuses(err, pos.CodeConflict, "certificate.number-taken")
		_, err = s.RemoveTender(t.Context(), s.owner, pos.Cash, 0)
		s.ok(err)
	})
}

func TestTill_PayCertificate(t *testing.T) {
	t.Run("is spent over several cheques, several on one", func(t *testing.T) {
		s := newShop(t)
		s.sellCertificate("GC-A", 15_000)
		s.sellCertificate("GC-B", 4_000)
		s.scan("4600000000015")
		v, err := s.PayCertificate(t.Context(), s.cashier, "gc-a", 0)
		s.ok(err)
		require.Zero(t, v.Totals.Due)
		first := s.payAll(v)
		require.Equal(t, money.Amount(10_000), first.Paid(pos.ByCertificate))
		s.scan("4600000000015")
		_, err = s.PayCertificate(t.Context(), s.cashier, "GC-A", 6_000)
		e := s.refuses(err, pos.CodeLimit, "certificate.over")
		require.Equal(t, money.Amount(5_000), e.Args["Left"])
		_, err = s.PayCertificate(t.Context(), s.cashier, "GC-A", 0)
		s.ok(err)
		_, err = s.PayCertificate(t.Context(), s.cashier, "GC-A", 0)
		s.refuses(err, pos.CodeConflict, "certificate.on-cheque")
		v, err = s.PayCertificate(t.Context(), s.cashier, "GC-B", 0)
		s.ok(err)
		require.Equal(t, money.Amount(1_000), v.Totals.Due)
		s.payAll(v)
		require.Zero(t, s.left("GC-A"))
		s.scan("4600000000015")
		_, err = s.PayCertificate(t.Context(), s.cashier, "GC-B", 0)
		s.refuses(err, pos.CodeConflict, "certificate.spent")
		card, err := s.Certificate(t.Context(), s.cashier, "GC-A")
		s.ok(err)
		require.Len(t, card.Moves, 3)
		require.Equal(t, money.Amount(-5_000), card.Moves[0].Amount)
		require.Equal(t, money.Amount(15_000), card.Moves[2].Amount)
		x, err := s.XReport(t.Context(), s.owner)
		s.ok(err)
		require.Equal(t, money.Amount(19_000), x.ByTender[pos.ByCertificate])
		require.Equal(t, money.Amount(19_000), x.Prepaid)
	})
	t.Run("earns points on the money alone", func(t *testing.T) {
		s := newShop(t)
		s.sellCertificate("GC-P", 6_000)
		s.customer("2000001")
		v := s.scan("4600000000015")
		require.Equal(t, int64(3), v.Totals.Earn)
		v, err := s.PayCertificate(t.Context(), s.owner, "GC-P", 0)
		s.ok(err)
		require.Equal(t, int64(1), v.Totals.Earn)
		s.payAll(v)
	})
	t.Run("refuses blocked and expired ones", func(t *testing.T) {
		s := newShop(t)
		s.sellCertificate("GC-L", 5_000)
		_, err := s.BlockCertificate(t.Context(), s.cashier, "GC-L", "потерян", false)
		s.refuses(err, pos.CodeForbidden, "till.forbidden")
		_, err = s.BlockCertificate(t.Context(), s.owner, "GC-L", "", false)
		s.refuses(err, pos.CodeInvalid, "reason.short")
		_, err = s.BlockCertificate(t.Context(), s.owner, "GC-L", "потерян", false)
		s.ok(err)
		_, err = s.BlockCertificate(t.Context(), s.owner, "GC-L", "потерян", false)
		s.refuses(err, pos.CodeConflict, "certificate.state-already")
		s.scan("4600000000015")
		_, err = s.PayCertificate(t.Context(), s.cashier, "GC-L", 0)
		e := s.refuses(err, pos.CodeConflict, "certificate.blocked")
		require.Equal(t, "потерян", e.Args["Reason"])
		_, err = s.BlockCertificate(t.Context(), s.owner, "GC-L", "нашёлся", true)
		s.ok(err)
		v, err := s.PayCertificate(t.Context(), s.cashier, "GC-L", 0)
		s.ok(err)
		require.Equal(t, money.Amount(5_000), v.Totals.Due)
		// Blocked while it lies on the cheque: it pays for nothing.
		_, err = s.BlockCertificate(t.Context(), s.owner, "GC-L", "в розыске", false)
		s.ok(err)
		_, _, err = s.Tender(t.Context(), s.owner, pos.Cash, 5_000)
		s.ok(err)
		_, err = s.FinishSale(t.Context(), s.owner)
		s.refuses(err, pos.CodeConflict, "certificate.blocked")
	})
	t.Run("lapses only once it expired", func(t *testing.T) {
		s := newShop(t)
		ends := pos.EndOfDay(s.clock.Now())
		v, err := s.SellCertificate(t.Context(), s.owner, till.NewCertificate{Number: "GC-E", Amount: 5_000, Expires: ends})
		s.ok(err)
		s.payAll(v)
		_, err = s.LapseCertificate(t.Context(), s.owner, "GC-E")
		s.refuses(err, pos.CodeConflict, "certificate.not-expired")
		s.clock.Move(24 * time.Hour)
		s.scan("4600000000015")
		_, err = s.PayCertificate(t.Context(), s.owner, "GC-E", 0)
		s.refuses(err, pos.CodeConflict, "certificate.expired")
		_, err = s.LapseCertificate(t.Context(), s.cashier, "GC-E")
		s.refuses(err, pos.CodeForbidden, "till.forbidden")
		c, err := s.LapseCertificate(t.Context(), s.owner, "GC-E")
		s.ok(err)
		require.Equal(t, pos.CertificateLapsed, c.State)
		_, err = s.LapseCertificate(t.Context(), s.owner, "GC-E")
		s.refuses(err, pos.CodeConflict, "certificate.spent")
		_, err = s.BlockCertificate(t.Context(), s.owner, "GC-E", "потерян", false)
		s.refuses(err, pos.CodeConflict, "certificate.state-already")
	})
	t.Run("lets nobody find a number by trying", func(t *testing.T) {
		s := newShop(t)
		s.sellCertificate("GC-G", 5_000)
		for range 5 {
			_, err := s.Certificate(t.Context(), s.cashier, "GC-X")
			s.refuses(err, pos.CodeNotFound, "certificate.unknown")
		}
		_, err := s.Certificate(t.Context(), s.cashier, "GC-G")
		e := s.refuses(err, pos.CodeWait, "certificate.tries")
		require.Equal(t, s.clock.Now().Add(15*time.Minute).UnixMilli(), e.Args["Until"].(time.Time).UnixMilli())
		s.restart()
		_, err = s.Certificate(t.Context(), s.cashier, "GC-G")
		s.refuses(err, pos.CodeWait, "certificate.tries")
		s.clock.Move(15 * time.Minute)
		require.Equal(t, money.Amount(5_000), s.left("GC-G"))
		var tried int
		s.ok(s.store.View(t.Context(), func(tx till.Tx) error {
			all, err := tx.Events("", 100)
			for _, ev := range all {
				if ev.Kind == pos.EventCertificateWrong {
					tried++
				}
			}
			return err
		}))
		require.Equal(t, 5, tried)
	})
	t.Run("needs its number, and stops a cheque from being parked", func(t *testing.T) {
		s := newShop(t)
		s.sellCertificate("GC-N", 5_000)
		s.scan("4600000000015")
		_, _, err := s.Tender(t.Context(), s.owner, pos.ByCertificate, 5_000)
		s.refuses(err, pos.CodeInvalid, "tender.certificate")
		_, err = s.PayCertificate(t.Context(), s.owner, "GC-N", 0)
		s.ok(err)
		_, err = s.Park(t.Context(), s.owner, "")
		s.refuses(err, pos.CodeConflict, "cheque.park-tenders")
		_, err = s.RemoveTender(t.Context(), s.owner, pos.ByCertificate, 0)
		s.ok(err)
		require.Equal(t, money.Amount(5_000), s.left("GC-N"))
	})
}

func TestTill_IssueCertificate(t *testing.T) {
	s := newShop(t)
	_, err := s.IssueCertificate(t.Context(), s.cashier, till.NewCertificate{Amount: 100}, "приз")
	s.refuses(err, pos.CodeForbidden, "till.forbidden")
	_, err = s.IssueCertificate(t.Context(), s.owner, till.NewCertificate{Amount: 100}, " ")
	s.refuses(err, pos.CodeInvalid, "reason.short")
	c, err := s.IssueCertificate(t.Context(), s.owner, till.NewCertificate{Amount: 100, Endless: true}, "приз покупателю")
	s.ok(err)
	require.Equal(t, money.Amount(100), s.left(c.Number))
	_, err = s.Certificates(t.Context(), s.cashier, "", 10)
	s.refuses(err, pos.CodeForbidden, "till.forbidden")
	list, err := s.Certificates(t.Context(), s.owner, c.Number[4:9], 10)
	s.ok(err)
	require.Equal(t, []pos.CertificateBalance{*c}, list)
}

// What is changed behind the till on certificates is found.
func TestTill_SelfCheckFindsTamperedCertificates(t *testing.T) {
	day := newDemo(t)
	day.shiftOpen()
	v, err := day.SellCertificate(day.ctx, day.cashier, till.NewCertificate{Number: "GC-1", Amount: 100_000})
	require.NoError(t, err)
	day.tender(pos.Cash, v.Totals.Due)
	_, err = day.FinishSale(day.ctx, day.cashier)
	require.NoError(t, err)
	_, err = day.IssueCertificate(day.ctx, day.owner, till.NewCertificate{Number: "GC-2", Amount: 5_000}, "приз")
	require.NoError(t, err)
	_, err = day.BlockCertificate(day.ctx, day.owner, "GC-2", "потерян", false)
	require.NoError(t, err)
	day.sell(-1, 1, func() {
		v, err := day.PayCertificate(day.ctx, day.cashier, "GC-1", 0)
		require.NoError(t, err)
		require.Zero(t, v.Totals.Due)
	})
	day.healthy()
	require.NoError(t, day.store.Close())
	for name, tt := range map[string]struct{ sql, want string }{
		"a certificate worth more":       {`UPDATE certificates SET amount = amount * 2 WHERE number = 'GC-1'`, "check.certificate-changed"},
		"an issued one worth more":       {`UPDATE certificates SET amount = amount * 2 WHERE number = 'GC-2'`, "check.certificate-changed"},
		"one that never ends":            {`UPDATE certificates SET expires = 4102444800000 WHERE number = 'GC-1'`, "check.certificate-changed"},
		"one freed behind the till":      {`UPDATE certificates SET state = 'active' WHERE number = 'GC-2'`, "check.certificate-state"},
		"one nobody sold":                {`INSERT INTO certificates SELECT n + 9, 'GC-9', amount, sale, issued_at, issued_by, expires, note, state, reason FROM certificates WHERE number = 'GC-1'`, "check.certificate-unbooked"},
		"one taken out":                  {`DELETE FROM certificates WHERE number = 'GC-1'`, "check.certificate-missing"},
		"the balance of one":             {`UPDATE balances SET amount = amount - 100 WHERE account = 'certificate:GC-1'`, "check.balance"},
		"another number on the sale":     {`UPDATE sale_lines SET certificate = 'GC-8' WHERE certificate <> ''`, "check.sale-changed"},
		"another number on the payment":  {`UPDATE sale_tenders SET certificate = 'GC-2' WHERE certificate <> ''`, "check.sale-changed"},
		"a payment without a number":     {`UPDATE sale_tenders SET certificate = '' WHERE certificate <> ''`, "check.sale-tender"},
		"a taxed certificate":            {`UPDATE sale_lines SET vat = 2000 WHERE certificate <> ''`, "check.sale-line"},
		"more spent than there was":      {`UPDATE postings SET amount = 200000 WHERE account = 'certificate:GC-1' AND amount > 0`, "check.certificate-overspent"},
		"a posting to one nobody issued": {`UPDATE postings SET account = 'certificate:GC-7' WHERE account = 'certificate:GC-1'`, "check.certificate-missing"},
	} {
		t.Run(name, func(t *testing.T) {
			b := day.copy(t)
			b.tamper(tt.sql)
			problems, err := b.SelfCheck(b.ctx, b.owner)
			require.NoError(t, err)
			var ids []string
			for _, p := range problems {
				ids = append(ids, p.ID)
			}
			require.Contains(t, ids, tt.want)
		})
	}
}
