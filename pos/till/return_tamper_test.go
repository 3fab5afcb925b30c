package till_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
)

// returnsDay has a return of a mixed sale, one of an expired lot, an exchange,
// one without a receipt and a corrected tender.
func returnsDay(t testing.TB) *backroom {
	b := newDemo(t)
	b.settings.ConfirmPoints, b.settings.ConfirmCredit = pos.ConfirmNone, pos.ConfirmNone
	b.settings.Rules.PointsLife = 24 * time.Hour
	b.shiftOpen()
	take := func(s *pos.Sale, qty int) {
		_, err := b.StartReturn(b.ctx, b.owner, till.FindSale{ID: s.ID})
		require.NoError(t, err)
		_, err = b.ReturnScan(b.ctx, b.owner, b.demo.Products[4].Barcodes[0], money.Quantity(qty)*money.One, nil)
		require.NoError(t, err)
	}
	finish := func() {
		_, err := b.FinishReturn(b.ctx, b.owner, "не подошло")
		require.NoError(t, err)
	}
	pay := func(m pos.Method) {
		v, err := b.Cheque(b.ctx)
		require.NoError(t, err)
		b.tender(m, v.Totals.Due)
	}
	spend := func(n int64) {
		_, _, err := b.SpendPoints(b.ctx, b.cashier, n)
		require.NoError(t, err)
	}
	mixed := b.sell(0, 3, func() { spend(100); b.tender(pos.Credit, 20_000); pay(pos.Cash) })
	take(mixed, 1)
	finish()
	b.sell(0, 3, func() { pay(pos.Cash) })
	expiring := b.sell(0, 2, func() { spend(120); pay(pos.Cash) })
	b.clock.Move(48 * time.Hour)
	take(expiring, 2)
	finish()
	swap := b.sell(-1, 2, func() { pay(pos.Card) })
	_, err := b.CorrectTender(b.ctx, b.owner, swap.ID, pos.Card, pos.Transfer, 10_000, "перепутали кнопку")
	require.NoError(t, err)
	take(swap, 2)
	_, err = b.StartExchange(b.ctx, b.owner)
	require.NoError(t, err)
	_, err = b.Scan(b.ctx, b.owner, b.demo.Products[4].Barcodes[0], 0, nil)
	require.NoError(t, err)
	_, _, err = b.FinishExchange(b.ctx, b.owner, "обмен")
	require.NoError(t, err)
	_, err = b.StartReturnWithoutReceipt(b.ctx, b.owner)
	require.NoError(t, err)
	_, err = b.ReturnScan(b.ctx, b.owner, b.demo.Products[4].Barcodes[0], 0, nil)
	require.NoError(t, err)
	finish()
	b.healthy()
	return b
}

// Whatever is changed of a return or a correction behind the till is found.
func TestTill_SelfCheckFindsTamperedReturns(t *testing.T) {
	const first = `(SELECT n FROM returns WHERE number = 1)`
	day := returnsDay(t)
	require.NoError(t, day.store.Close())
	for name, tt := range map[string]struct {
		sql  []string
		want string
	}{
		"a dearer return":            {[]string{`UPDATE returns SET total = total + 100 WHERE number = 1`}, "check.return-sums"},
		"a huge sum":                 {[]string{`UPDATE returns SET total = 9223372036854775807 WHERE number = 1`}, "check.return-range"},
		"the reason":                 {[]string{`UPDATE returns SET reason = 'иначе' WHERE number = 1`}, "check.doc-changed"},
		"another shift":              {[]string{`UPDATE returns SET shift = 'x' WHERE number = 1`}, "check.doc-changed"},
		"a line that costs more":     {[]string{`UPDATE return_lines SET sum = sum + 100 WHERE return = ` + first, `UPDATE return_refunds SET amount = amount + 100 WHERE return = ` + first + ` AND method = 'cash'`, `UPDATE returns SET total = total + 100 WHERE number = 1`}, "check.return-line"},
		"more than was sold":         {[]string{`UPDATE return_lines SET qty = 99000 WHERE return = ` + first}, "check.return-more"},
		"another line":               {[]string{`UPDATE return_lines SET origin = 7 WHERE return = ` + first}, "check.return-line"},
		"goods that stay":            {[]string{`UPDATE return_lines SET restock = 0 WHERE return = ` + first}, "check.stock-moves"},
		"the price without receipt":  {[]string{`UPDATE return_lines SET price = price + 1 WHERE origin = 0`}, "check.return-line"},
		"a refund by another method": {[]string{`UPDATE return_refunds SET method = 'cash' WHERE method = 'credit'`}, "check.doc-changed"},
		"a refund of another tender": {[]string{`UPDATE return_refunds SET of = 'transfer' WHERE return = ` + first + ` AND of = 'cash'`}, "check.refund-more"},
		"more points back":           {[]string{`UPDATE return_refunds SET points = points + 500 WHERE method = 'points'`}, "check.points-more"},
		"points that went elsewhere": {[]string{`UPDATE return_points SET points = points + 1 WHERE points > 0`}, "check.return-points"},
		"points taken without trace": {[]string{`UPDATE lot_moves SET points = points - 1 WHERE sale IN (SELECT id FROM returns) AND points < -1`}, "check.lot-moves"},
		"a fresh lot that lasts":     {[]string{`UPDATE lots SET expires = expires + 1 WHERE from_return <> ''`}, "check.lot-return"},
		"a fresh lot taken out":      {[]string{`DELETE FROM lots WHERE from_return <> ''`}, "check.lot-return"},
		"a return taken out":         {[]string{`DELETE FROM return_lines WHERE return = ` + first, `DELETE FROM return_refunds WHERE return = ` + first, `DELETE FROM return_points WHERE return = ` + first, `DELETE FROM returns WHERE number = 1`}, "check.return-gap"},
		"a return nobody booked":     {[]string{`INSERT INTO returns SELECT n+1, id||'x', till, epoch, number+1, shift, employee, '', 0, '', at, currency, reason, '', 0, 0, 0, 0, 0, 0, 0 FROM returns WHERE number = (SELECT max(number) FROM returns)`}, "check.doc-unbooked"},
		"a sale that is gone":        {[]string{`UPDATE returns SET sale = sale || 'x' WHERE number = 1`}, "check.return-sale"},
		"an exchange for nothing":    {[]string{`UPDATE returns SET exchange = '' WHERE exchange <> ''`}, "check.exchange"},
		"a debt lowered by more":     {[]string{`UPDATE debts SET left = left - 1 WHERE sale <> '' AND left > 0`}, "check.debt-repaid"},
		"a correction of more":       {[]string{`UPDATE corrections SET amount = 99000000`}, "check.correction-more"},
		"a correction's reason":      {[]string{`UPDATE corrections SET reason = 'иначе'`}, "check.doc-changed"},
		"a correction taken out":     {[]string{`DELETE FROM corrections`}, "check.doc-missing"},
		"one of a pair of entries":   {[]string{`DELETE FROM postings WHERE entry = (SELECT max(n) FROM entries WHERE kind = 'correction')`, `DELETE FROM entries WHERE n = (SELECT max(n) FROM entries WHERE kind = 'correction')`}, "check.passing"},
		"nobody told of a return":    {[]string{`DELETE FROM outbox WHERE kind = 'return.completed' AND n = (SELECT max(n) FROM outbox WHERE kind = 'return.completed')`}, "check.outbox-returns"},
	} {
		t.Run(name, func(t *testing.T) {
			b := day.copy(t)
			b.tamper(tt.sql...)
			problems, err := b.SelfCheck(b.ctx, b.owner)
			require.NoError(t, err)
			var ids []string
			for _, p := range problems {
				ids = append(ids, p.ID)
				require.Regexp(t, `^I\d+$`, p.Invariant)
			}
			require.Contains(t, ids, tt.want)
		})
	}
}
