package check_test

// These tests change certificates, promotions and coupons behind the till.

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// What is changed behind the till on certificates is found.
func TestTill_SelfCheckFindsTamperedCertificates(t *testing.T) {
	s := tilltest.Demo(t)
	s.StartShift(10_000)
	v, err := s.SellCertificate(s.Context(), s.Cashier, till.NewCertificate{Number: "GC-1", Amount: 100_000})
	require.NoError(t, err)
	s.Cash(v.Totals.Due)
	_, err = s.FinishSale(s.Context(), s.Cashier)
	require.NoError(t, err)
	_, err = s.IssueCertificate(s.Context(), s.Owner, till.NewCertificate{Number: "GC-2", Amount: 5_000}, "приз")
	require.NoError(t, err)
	_, err = s.BlockCertificate(s.Context(), s.Owner, "GC-2", "потерян", false)
	require.NoError(t, err)
	s.Sell(-1, 1, func() {
		v, err := s.PayCertificate(s.Context(), s.Cashier, "GC-1", 0)
		require.NoError(t, err)
		require.Zero(t, v.Totals.Due)
	})
	day := s.Snapshot()
	finds(t, day, anyInvariant, map[string]change{
		"a certificate worth more":       {`UPDATE certificates SET amount = amount * 2 WHERE number = 'GC-1'`, "check.certificate-changed"},
		"an issued one worth more":       {`UPDATE certificates SET amount = amount * 2 WHERE number = 'GC-2'`, "check.certificate-changed"},
		"one that never ends":            {`UPDATE certificates SET expires = 4102444800000 WHERE number = 'GC-1'`, "check.certificate-changed"},
		"one freed behind the till":      {`UPDATE certificates SET state = 'active' WHERE number = 'GC-2'`, "check.certificate-state"},
		"one nobody sold":                {`INSERT INTO certificates SELECT n + 9, 'GC-9', amount, sale, issued_at, issued_by, expires, note, state, reason, seal FROM certificates WHERE number = 'GC-1'`, "check.certificate-unbooked"},
		"one taken out":                  {`DELETE FROM certificates WHERE number = 'GC-1'`, "check.certificate-missing"},
		"the balance of one":             {`UPDATE balances SET amount = amount - 100 WHERE account = 'certificate:GC-1'`, "check.balance"},
		"another number on the sale":     {`UPDATE sale_lines SET certificate = 'GC-8' WHERE certificate <> ''`, "check.sale-changed"},
		"another number on the payment":  {`UPDATE sale_tenders SET certificate = 'GC-2' WHERE certificate <> ''`, "check.sale-changed"},
		"a payment without a number":     {`UPDATE sale_tenders SET certificate = '' WHERE certificate <> ''`, "check.sale-tender"},
		"a taxed certificate":            {`UPDATE sale_lines SET vat = 2000 WHERE certificate <> ''`, "check.sale-line"},
		"more spent than there was":      {`UPDATE postings SET amount = 200000 WHERE account = 'certificate:GC-1' AND amount > 0`, "check.certificate-overspent"},
		"a posting to one nobody issued": {`UPDATE postings SET account = 'certificate:GC-7' WHERE account = 'certificate:GC-1'`, "check.certificate-missing"},
	})
}

// What is changed behind the till on discounts and coupons is found.
func TestTill_SelfCheckFindsTamperedOffers(t *testing.T) {
	s := tilltest.Demo(t)
	s.StartShift(10_000)
	p := tilltest.TenPercent("По купону")
	p.Coupon, p.On = true, true
	made, err := s.PutPromotion(s.Context(), s.Owner, p)
	require.NoError(t, err)
	coupons, err := s.MakeCoupons(s.Context(), s.Owner, made.ID, 2, time.Time{})
	require.NoError(t, err)
	s.Sell(-1, 1, func() {
		v, err := s.AddCoupon(s.Context(), s.Cashier, coupons[0].Number)
		require.NoError(t, err)
		s.Cash(v.Totals.Due)
	})
	day := s.Snapshot()
	finds(t, day, anyInvariant, map[string]change{
		"more taken off":          {`UPDATE sale_lines SET offers = replace(offers, '"s":3890', '"s":3900')`, "check.sale-line"},
		"another promotion":       {`UPDATE sale_lines SET offers = replace(offers, 'По купону', 'Другая')`, "check.sale-changed"},
		"nothing said":            {`UPDATE sale_lines SET offers = ''`, "check.sale-line"},
		"a coupon free again":     {`UPDATE coupons SET sale = '', used_at = NULL WHERE sale <> ''`, "check.coupon"},
		"a coupon used by nobody": {`UPDATE coupons SET sale = 'x' WHERE sale = ''`, "check.coupon"},
		"a coupon taken out":      {`DELETE FROM coupons WHERE sale <> ''`, "check.coupon"},
		"a sale without coupon":   {`UPDATE sales SET coupons = ''`, "check.sale-changed"},
	})
}
