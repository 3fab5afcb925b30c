package till_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
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
