package till_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/till"
)

// busyDay fills a shop with one of everything a self-check looks at: two
// shifts, sales by every tender, a skipped code, repayments and cash moves.
func busyDay(t testing.TB) *backroom {
	b := newDemo(t)
	b.shiftOpen()
	b.sell(-1, 2, func() { b.tender(pos.Card, 30_000); b.tender(pos.Cash, 50_000) })
	b.sell(0, 1, func() { b.spendPoints(100); b.tender(pos.Cash, 28_900) })
	b.sell(1, 1, func() { b.tender(pos.Credit, 30_000); b.tender(pos.Transfer, 8_900) })
	b.sender.Answer(postFails)
	_, err := b.Scan(b.ctx, b.senior, b.demo.Products[4].Barcodes[0], 0, nil)
	require.NoError(t, err)
	_, err = b.SetCustomer(b.ctx, b.senior, till.FindCustomer{ID: b.demo.Customers[2].ID})
	require.NoError(t, err)
	_, ch, err := b.Tender(b.ctx, b.senior, pos.Credit, 38_900)
	require.NoError(t, err)
	_, err = b.SkipCode(b.ctx, b.senior, ch.ID, "связи нет, покупатель известен")
	require.NoError(t, err)
	_, err = b.FinishSale(b.ctx, b.senior)
	require.NoError(t, err)
	_, _, err = b.RepayDebt(b.ctx, b.cashier, b.demo.Customers[1].ID, pos.Cash, 125_000)
	require.NoError(t, err)
	_, err = b.CashOut(b.ctx, b.senior, 5_000, "хозтовары")
	require.NoError(t, err)
	_, err = b.CloseShift(b.ctx, b.cashier, 200_000)
	require.NoError(t, err)
	b.shiftOpen()
	b.sell(-1, 1, func() { b.tender(pos.Cash, 38_900) })
	more, err := b.RollFigures(b.ctx)
	require.NoError(t, err)
	require.True(t, more)
	return b
}

func postFails(confirm.Delivery) confirm.Result {
	return confirm.Result{State: confirm.SendFailed, Channel: "sms", Provider: "test", ReasonID: "sms.err.offline"}
}

// copy is the same shop in a folder of its own. The original must be closed.
func (b *backroom) copy(t testing.TB) *backroom {
	c := *b
	c.t, c.dir = t, t.TempDir()
	file, err := os.ReadFile(filepath.Join(b.dir, "kassa.db"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(c.dir, "kassa.db"), file, 0o600))
	c.open()
	t.Cleanup(func() { _ = c.store.Close() })
	return &c
}

// Whatever is changed behind the till is found, and named by the right words.
func TestTill_SelfCheckFindsTampering(t *testing.T) {
	const sale2, sale3, sale4 = `(SELECT n FROM sales WHERE number = 2)`, `(SELECT n FROM sales WHERE number = 3)`, `(SELECT n FROM sales WHERE number = 4)`
	day := busyDay(t)
	require.NoError(t, day.store.Close())
	for name, tt := range map[string]struct {
		sql  []string
		want string
	}{
		"a sum of a day":               {[]string{`UPDATE figures SET total = total + 1 WHERE dim = 1`}, "check.figures"},
		"a sum of a month":             {[]string{`UPDATE figures SET qty = qty + 1 WHERE dim = 8`}, "check.figures"},
		"a figure of nothing":          {[]string{`INSERT INTO figures SELECT dim, day, 'x', sales, lines, qty, gross, own, spread, total, vat, cost, costed, points_spent, points_earned, debt, removed, removed_sum FROM figures WHERE dim = 5 LIMIT 1`}, "check.figures"},
		"a figure lost":                {[]string{`DELETE FROM figures WHERE dim = 4`}, "check.figures"},
		"a day without its sales":      {[]string{`UPDATE figure_days SET first = last`}, "check.figures"},
		"a cheaper sale":               {[]string{`UPDATE sales SET total = total - 100 WHERE number = 1`}, "check.sale-total"},
		"a cheaper line and sale":      {[]string{`UPDATE sale_lines SET price = 100 WHERE sale = ` + sale2}, "check.sale-line"},
		"another name on a line":       {[]string{`UPDATE sale_lines SET name = 'Хлеб' WHERE sale = ` + sale2}, "check.sale-changed"},
		"another VAT":                  {[]string{`UPDATE sale_lines SET vat_sum = vat_sum + 1 WHERE sale = ` + sale2}, "check.sale-vat"},
		"a huge sum":                   {[]string{`UPDATE sales SET total = 9223372036854775807 WHERE number = 2`}, "check.sale-range"},
		"cash that was a card":         {[]string{`UPDATE sale_tenders SET method = 'cash' WHERE method = 'card'`}, "check.sale-changed"},
		"less change":                  {[]string{`UPDATE sales SET change = change - 100 WHERE number = 1`}, "check.sale-paid"},
		"more points spent":            {[]string{`UPDATE sales SET points_spent = 200 WHERE number = 2`}, "check.sale-customer"},
		"a sale taken out":             {[]string{`DELETE FROM sale_lines WHERE sale = ` + sale2, `DELETE FROM sale_tenders WHERE sale = ` + sale2, `DELETE FROM sales WHERE number = 2`}, "check.number-gap"},
		"the last sale taken out":      {[]string{`DELETE FROM sale_lines WHERE sale = (SELECT max(n) FROM sales)`, `DELETE FROM sale_tenders WHERE sale = (SELECT max(n) FROM sales)`, `DELETE FROM sales WHERE n = (SELECT max(n) FROM sales)`}, "check.sale-missing"},
		"a sale without lines":         {[]string{`DELETE FROM sale_lines WHERE sale = ` + sale2}, "check.sale-empty"},
		"a sale nobody booked":         {[]string{`INSERT INTO sales (n, id, till, epoch, number, shift, employee, customer, at, currency, gross, discount, rounding, total, vat, change, points_spent, points_earned, debt_added, debt_due) SELECT n+1, id||'x', till, epoch, number+1, shift, employee, customer, at, currency, gross, discount, rounding, total, vat, change, points_spent, points_earned, debt_added, debt_due FROM sales WHERE number = 5`}, "check.sale-unbooked"},
		"another sale's shift":         {[]string{`UPDATE sales SET shift = (SELECT id FROM shifts WHERE number = 2) WHERE number = 1`}, "check.sale-shift"},
		"a posting":                    {[]string{`UPDATE postings SET amount = amount - 100 WHERE account = 'drawer' AND amount = 47800`}, "check.journal-hash"},
		"both sides of an entry":       {[]string{`UPDATE postings SET amount = amount * 2 WHERE entry = (SELECT n FROM entries WHERE kind = 'cash')`}, "check.journal-hash"},
		"one side of an entry":         {[]string{`UPDATE postings SET amount = amount + 1 WHERE account = 'cash-in-out'`}, "check.journal-sum"},
		"an entry's time":              {[]string{`UPDATE entries SET at = at + 1 WHERE n = 3`}, "check.journal-hash"},
		"an entry taken out":           {[]string{`DELETE FROM postings WHERE entry = 3`, `DELETE FROM entries WHERE n = 3`}, "check.journal-gap"},
		"the journal's tail cut":       {[]string{`DELETE FROM postings WHERE entry = (SELECT max(n) FROM entries)`, `DELETE FROM entries WHERE n = (SELECT max(n) FROM entries)`}, "check.sale-unbooked"},
		"a stored balance":             {[]string{`UPDATE balances SET amount = amount + 1000 WHERE account = 'drawer'`}, "check.balance"},
		"a balance taken out":          {[]string{`DELETE FROM balances WHERE account = 'card'`}, "check.balance"},
		"points of a customer":         {[]string{`UPDATE lots SET points = points + 50, left = left + 50 WHERE id = (SELECT min(id) FROM lots)`}, "check.points"},
		"points in balance and lots":   {[]string{`UPDATE lots SET left = left - 1 WHERE id = (SELECT min(id) FROM lots)`}, "check.lot-moves"},
		"a lot given to another":       {[]string{`UPDATE lots SET customer = (SELECT id FROM customers WHERE name LIKE 'Глеб%') WHERE id = (SELECT min(id) FROM lots)`}, "check.points"},
		"a lot of another sale":        {[]string{`UPDATE lots SET sale = sale || 'x' WHERE sale <> ''`}, "check.points-sales"},
		"a lot earned later":           {[]string{`UPDATE lots SET at = at + 1 WHERE sale <> ''`}, "check.points-sales"},
		"earned points that last":      {[]string{`UPDATE lots SET expires = 4102444800000 WHERE sale <> ''`}, "check.points-dates"},
		"earned points usable sooner":  {[]string{`UPDATE lots SET active_from = active_from - 1 WHERE sale <> ''`}, "check.points-dates"},
		"points from before that end":  {[]string{`UPDATE lots SET expires = 1 WHERE sale = ''`}, "check.opening-changed"},
		"points from before, later":    {[]string{`UPDATE lots SET active_from = active_from + 1 WHERE sale = ''`}, "check.opening-changed"},
		"one lot from before in two":   {[]string{`INSERT INTO lots (id, customer, sale, points, left, at, active_from, expires) SELECT id||'x', customer, sale, 0, 0, at, active_from, expires FROM lots WHERE sale = ''`}, "check.opening-changed"},
		"a debt forgiven":              {[]string{`UPDATE debts SET left = 0 WHERE left > 0`}, "check.debt"},
		"a debt paid by nothing":       {[]string{`UPDATE debts SET left = left - 1 WHERE left > 0 AND sale <> ''`}, "check.debt-repaid"},
		"a debt due later":             {[]string{`UPDATE debts SET due = due + 86400000 WHERE sale <> ''`}, "check.debt-sales"},
		"a debt from before due later": {[]string{`UPDATE debts SET due = due + 86400000 WHERE sale = ''`}, "check.opening-changed"},
		"a repayment":                  {[]string{`UPDATE repayments SET amount = amount + 1`}, "check.repayment-parts"},
		"a repayment's method":         {[]string{`UPDATE repayments SET method = 'card'`}, "check.doc-changed"},
		"a repayment taken out":        {[]string{`DELETE FROM repayment_parts`, `DELETE FROM repayments`}, "check.doc-missing"},
		"the reason of a cash move":    {[]string{`UPDATE cash_moves SET reason = 'инкассация'`}, "check.doc-changed"},
		"a cash move nobody booked":    {[]string{`INSERT INTO cash_moves SELECT n+1, id||'x', shift, employee, -100, reason, at FROM cash_moves`}, "check.doc-unbooked"},
		"a count of a closed shift":    {[]string{`UPDATE shifts SET counted = expected WHERE number = 1`}, "check.shift-changed"},
		"what a shift expected":        {[]string{`UPDATE shifts SET expected = counted WHERE number = 1`}, "check.drawer"},
		"the float of the open shift":  {[]string{`UPDATE shifts SET float = 0 WHERE number = 2`}, "check.shift-changed"},
		"a shift opened again":         {[]string{`DROP INDEX shifts_one_open`, `UPDATE shifts SET closed_at = NULL WHERE number = 1`}, "check.shifts-open"},
		"a shift taken out":            {[]string{`DELETE FROM shifts WHERE number = 1`}, "check.shift-gap"},
		"the last shift taken out":     {[]string{`DELETE FROM shifts WHERE number = 2`}, "check.doc-missing"},
		"an audit record":              {[]string{`UPDATE events SET employee = 'x' WHERE kind = 'cash.moved'`}, "check.audit-hash"},
		"an audit record taken out":    {[]string{`DELETE FROM events WHERE n = 5`}, "check.audit-gap"},
		"the audit trail's tail cut":   {[]string{`DELETE FROM events WHERE n >= (SELECT n FROM events WHERE kind = 'shift.closed')`}, "check.audit-count"},
		"an outbox emptied":            {[]string{`DELETE FROM outbox`}, "check.outbox"},
		"a sale told as another":       {[]string{`UPDATE outbox SET subject = 'x' WHERE kind = 'sale.completed'`}, "check.outbox"},
		"a credit limit":               {[]string{`UPDATE customers SET credit_limit = 99999900 WHERE name LIKE 'Анна%'`}, "check.limit-changed"},
		"a customer taken out":         {[]string{`DELETE FROM customers WHERE name LIKE 'Анна%'`}, "check.customer-missing"},
		"the stock":                    {[]string{`UPDATE stock SET qty = qty + 1000 WHERE product = 1`}, "check.stock"},
		"the stock taken out":          {[]string{`DELETE FROM stock`}, "check.stock"},
		"a stock move":                 {[]string{`DELETE FROM stock_moves WHERE n = (SELECT max(n) FROM stock_moves)`}, "check.stock"},
		"a code never entered":         {[]string{`UPDATE challenges SET state = 'sent' WHERE state = 'consumed' AND operation = 'points'`}, "check.code-state"},
		"a code for another sum":       {[]string{`UPDATE challenges SET amount = amount - 100 WHERE operation = 'points'`}, "check.code-other"},
		"a code of another customer":   {[]string{`UPDATE challenges SET customer = (SELECT id FROM customers WHERE name LIKE 'Глеб%') WHERE operation = 'points'`}, "check.code-other"},
		"a code for another total":     {[]string{`UPDATE challenges SET total = total + 1 WHERE operation = 'points'`}, "check.code-other"},
		"a code of another cashier":    {[]string{`UPDATE challenges SET cashier = 'x' WHERE operation = 'points'`}, "check.code-other"},
		"what a code stood for":        {[]string{`UPDATE challenges SET digest = 'x' WHERE operation = 'points'`}, "check.code-other"},
		"what a skip stood for":        {[]string{`UPDATE challenges SET digest = 'x' WHERE override <> ''`}, "check.code-other"},
		"a code taken out":             {[]string{`DELETE FROM challenges WHERE operation = 'points'`}, "check.code-none"},
		"a code used for nothing":      {[]string{`UPDATE sale_tenders SET challenge = '' WHERE sale = ` + sale2}, "check.code-unused"},
		"one code for two sales":       {[]string{`UPDATE sale_tenders SET challenge = (SELECT challenge FROM sale_tenders WHERE sale = ` + sale3 + ` AND challenge <> '') WHERE sale = ` + sale4}, "check.code-twice"},
		"a code that was kept":         {[]string{`UPDATE challenges SET code_hash = 'x' WHERE state = 'consumed'`}, "check.code-kept"},
		"the reason of a skip":         {[]string{`UPDATE overrides SET reason = 'никто не заметит'`}, "check.sale-changed"},
		"a skip for somebody else":     {[]string{`UPDATE overrides SET customer = 'x'`}, "check.override-other"},
		"a skip of another sum":        {[]string{`UPDATE overrides SET amount = 1`}, "check.override-other"},
		"a limit exceeded by a sale":   {[]string{`UPDATE events SET detail = replace(detail, '"limit":"300000"', '"limit":"100"')`, `UPDATE customers SET credit_limit = 100 WHERE name LIKE 'Борис%'`}, "check.over-limit"},
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

// Every problem has words, in every language.
func TestProblems_HaveWords(t *testing.T) {
	b := busyDay(t)
	b.tamper(`UPDATE sales SET total = total - 100`, `UPDATE events SET at = at + 1`, `UPDATE balances SET amount = 5`)
	problems, err := b.SelfCheck(b.ctx, b.owner)
	require.NoError(t, err)
	require.NotEmpty(t, problems)
	for _, lang := range words.Languages() {
		w := words.New(lang, "RUB", "")
		for _, p := range problems {
			said := w.T(p.ID, p.Args)
			require.NotEqual(t, p.ID, said)
			require.NotContains(t, said, "<no value>")
		}
	}
}
