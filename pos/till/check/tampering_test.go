package check_test

// These tests change a busy day behind the till.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/pos/till/tilltest"
)

// change is what somebody with a database tool does to a shop's file, and the
// problem that has to tell of it.
type change struct{ sql, want string }

// anyInvariant is the pattern of every invariant's name.
const anyInvariant = `^I\d+$`

// finds asserts that the self-check finds each change made to a day, and names
// no invariant but those of the pattern.
func finds(t *testing.T, day *tilltest.Snapshot, invariants string, changes map[string]change) {
	t.Helper()
	for name, tt := range changes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := day.Open(t)
			s.Tamper(tt.sql)
			problems := s.Problems()
			require.Contains(t, tilltest.IDs(problems), tt.want)
			for _, p := range problems {
				require.Regexp(t, invariants, p.Invariant)
			}
		})
	}
}

// Whatever is changed behind the till is found, and named by the right words.
func TestTill_SelfCheckFindsTampering(t *testing.T) {
	const sale2, sale3, sale4 = `(SELECT n FROM sales WHERE number = 2)`, `(SELECT n FROM sales WHERE number = 3)`, `(SELECT n FROM sales WHERE number = 4)`
	day := tilltest.Busy(t)
	finds(t, day, anyInvariant, map[string]change{
		"a gap explained away":         {`INSERT INTO epochs (epoch, series, first) VALUES (1, 'sale', 2)`, "check.epoch-first"},
		"an epoch nobody began":        {`INSERT INTO epochs (epoch, series, first) VALUES (7, 'shift', 9)`, "check.epoch-first"},
		"a sum of a day":               {`UPDATE figures SET total = total + 1 WHERE dim = 1`, "check.figures"},
		"a sum of a month":             {`UPDATE figures SET qty = qty + 1 WHERE dim = 8`, "check.figures"},
		"a figure of nothing":          {`INSERT INTO figures SELECT dim, day, 'x', sales, lines, qty, gross, own, spread, total, vat, cost, costed, points_spent, points_earned, debt, removed, removed_sum FROM figures WHERE dim = 5 LIMIT 1`, "check.figures"},
		"a figure lost":                {`DELETE FROM figures WHERE dim = 4`, "check.figures"},
		"a day without its sales":      {`UPDATE figure_days SET first = last`, "check.figures"},
		"a cheaper sale":               {`UPDATE sales SET total = total - 100 WHERE number = 1`, "check.sale-total"},
		"a cheaper line and sale":      {`UPDATE sale_lines SET price = 100 WHERE sale = ` + sale2, "check.sale-line"},
		"another name on a line":       {`UPDATE sale_lines SET name = 'Хлеб' WHERE sale = ` + sale2, "check.sale-changed"},
		"another VAT":                  {`UPDATE sale_lines SET vat_sum = vat_sum + 1 WHERE sale = ` + sale2, "check.sale-vat"},
		"a huge sum":                   {`UPDATE sales SET total = 9223372036854775807 WHERE number = 2`, "check.sale-range"},
		"cash that was a card":         {`UPDATE sale_tenders SET method = 'cash' WHERE method = 'card'`, "check.sale-changed"},
		"less change":                  {`UPDATE sales SET change = change - 100 WHERE number = 1`, "check.sale-paid"},
		"more points spent":            {`UPDATE sales SET points_spent = 200 WHERE number = 2`, "check.sale-customer"},
		"a sale taken out":             {`DELETE FROM sale_lines WHERE sale = ` + sale2 + `; DELETE FROM sale_tenders WHERE sale = ` + sale2 + `; DELETE FROM sales WHERE number = 2`, "check.number-gap"},
		"the last sale taken out":      {`DELETE FROM sale_lines WHERE sale = (SELECT max(n) FROM sales); DELETE FROM sale_tenders WHERE sale = (SELECT max(n) FROM sales); DELETE FROM sales WHERE n = (SELECT max(n) FROM sales)`, "check.sale-missing"},
		"a sale without lines":         {`DELETE FROM sale_lines WHERE sale = ` + sale2, "check.sale-empty"},
		"a sale nobody booked":         {`INSERT INTO sales (n, id, till, epoch, number, shift, employee, customer, at, currency, gross, discount, rounding, total, vat, change, points_spent, points_earned, debt_added, debt_due) SELECT n+1, id||'x', till, epoch, number+1, shift, employee, customer, at, currency, gross, discount, rounding, total, vat, change, points_spent, points_earned, debt_added, debt_due FROM sales WHERE number = 5`, "check.sale-unbooked"},
		"another sale's shift":         {`UPDATE sales SET shift = (SELECT id FROM shifts WHERE number = 2) WHERE number = 1`, "check.sale-shift"},
		"a posting":                    {`UPDATE postings SET amount = amount - 100 WHERE account = 'drawer' AND amount = 47800`, "check.journal-hash"},
		"both sides of an entry":       {`UPDATE postings SET amount = amount * 2 WHERE entry = (SELECT n FROM entries WHERE kind = 'cash')`, "check.journal-hash"},
		"one side of an entry":         {`UPDATE postings SET amount = amount + 1 WHERE account = 'cash-in-out'`, "check.journal-sum"},
		"an entry's time":              {`UPDATE entries SET at = at + 1 WHERE n = 3`, "check.journal-hash"},
		"an entry taken out":           {`DELETE FROM postings WHERE entry = 3; DELETE FROM entries WHERE n = 3`, "check.journal-gap"},
		"the journal's tail cut":       {`DELETE FROM postings WHERE entry = (SELECT max(n) FROM entries); DELETE FROM entries WHERE n = (SELECT max(n) FROM entries)`, "check.sale-unbooked"},
		"a stored balance":             {`UPDATE balances SET amount = amount + 1000 WHERE account = 'drawer'`, "check.balance"},
		"a balance taken out":          {`DELETE FROM balances WHERE account = 'card'`, "check.balance"},
		"points of a customer":         {`UPDATE lots SET points = points + 50, left = left + 50 WHERE id = (SELECT min(id) FROM lots)`, "check.points"},
		"points in balance and lots":   {`UPDATE lots SET left = left - 1 WHERE id = (SELECT min(id) FROM lots)`, "check.lot-moves"},
		"a lot given to another":       {`UPDATE lots SET customer = (SELECT id FROM customers WHERE name LIKE 'Глеб%') WHERE id = (SELECT min(id) FROM lots)`, "check.points"},
		"a lot of another sale":        {`UPDATE lots SET sale = sale || 'x' WHERE sale <> ''`, "check.points-sales"},
		"a lot earned later":           {`UPDATE lots SET at = at + 1 WHERE sale <> ''`, "check.points-sales"},
		"earned points that last":      {`UPDATE lots SET expires = 4102444800000 WHERE sale <> ''`, "check.points-dates"},
		"earned points usable sooner":  {`UPDATE lots SET active_from = active_from - 1 WHERE sale <> ''`, "check.points-dates"},
		"points from before that end":  {`UPDATE lots SET expires = 1 WHERE sale = ''`, "check.opening-changed"},
		"points from before, later":    {`UPDATE lots SET active_from = active_from + 1 WHERE sale = ''`, "check.opening-changed"},
		"one lot from before in two":   {`INSERT INTO lots (id, customer, sale, points, left, at, active_from, expires) SELECT id||'x', customer, sale, 0, 0, at, active_from, expires FROM lots WHERE sale = ''`, "check.opening-changed"},
		"a debt forgiven":              {`UPDATE debts SET left = 0 WHERE left > 0`, "check.debt"},
		"a debt paid by nothing":       {`UPDATE debts SET left = left - 1 WHERE left > 0 AND sale <> ''`, "check.debt-repaid"},
		"a debt due later":             {`UPDATE debts SET due = due + 86400000 WHERE sale <> ''`, "check.debt-sales"},
		"a debt from before due later": {`UPDATE debts SET due = due + 86400000 WHERE sale = ''`, "check.opening-changed"},
		"a repayment":                  {`UPDATE repayments SET amount = amount + 1`, "check.repayment-parts"},
		"a repayment's method":         {`UPDATE repayments SET method = 'card'`, "check.doc-changed"},
		"a repayment taken out":        {`DELETE FROM repayment_parts; DELETE FROM repayments`, "check.doc-missing"},
		"the reason of a cash move":    {`UPDATE cash_moves SET reason = 'инкассация'`, "check.doc-changed"},
		"a cash move nobody booked":    {`INSERT INTO cash_moves SELECT n+1, id||'x', shift, employee, -100, reason, at FROM cash_moves`, "check.doc-unbooked"},
		"a count of a closed shift":    {`UPDATE shifts SET counted = expected WHERE number = 1`, "check.shift-changed"},
		"what a shift expected":        {`UPDATE shifts SET expected = counted WHERE number = 1`, "check.drawer"},
		"the float of the open shift":  {`UPDATE shifts SET float = 0 WHERE number = 2`, "check.shift-changed"},
		"a shift opened again":         {`DROP INDEX shifts_one_open; UPDATE shifts SET closed_at = NULL WHERE number = 1`, "check.shifts-open"},
		"a shift taken out":            {`DELETE FROM shifts WHERE number = 1`, "check.shift-gap"},
		"the last shift taken out":     {`DELETE FROM shifts WHERE number = 2`, "check.doc-missing"},
		"an audit record":              {`UPDATE events SET employee = 'x' WHERE kind = 'cash.moved'`, "check.audit-hash"},
		"an audit record taken out":    {`DELETE FROM events WHERE n = 5`, "check.audit-gap"},
		"the audit trail's tail cut":   {`DELETE FROM events WHERE n >= (SELECT n FROM events WHERE kind = 'shift.closed')`, "check.audit-count"},
		"an outbox emptied":            {`DELETE FROM outbox`, "check.outbox"},
		"a sale told as another":       {`UPDATE outbox SET subject = 'x' WHERE kind = 'sale.completed'`, "check.outbox"},
		"a credit limit":               {`UPDATE customers SET credit_limit = 99999900 WHERE name LIKE 'Анна%'`, "check.limit-changed"},
		"a customer taken out":         {`DELETE FROM customers WHERE name LIKE 'Анна%'`, "check.customer-missing"},
		"the stock":                    {`UPDATE stock SET qty = qty + 1000 WHERE product = 1`, "check.stock"},
		"the stock taken out":          {`DELETE FROM stock`, "check.stock"},
		"a stock move":                 {`DELETE FROM stock_moves WHERE n = (SELECT max(n) FROM stock_moves)`, "check.stock"},
		"a code never entered":         {`UPDATE challenges SET state = 'sent' WHERE state = 'consumed' AND operation = 'points'`, "check.code-state"},
		"a code for another sum":       {`UPDATE challenges SET amount = amount - 100 WHERE operation = 'points'`, "check.code-other"},
		"a code of another customer":   {`UPDATE challenges SET customer = (SELECT id FROM customers WHERE name LIKE 'Глеб%') WHERE operation = 'points'`, "check.code-other"},
		"a code for another total":     {`UPDATE challenges SET total = total + 1 WHERE operation = 'points'`, "check.code-other"},
		"a code of another cashier":    {`UPDATE challenges SET cashier = 'x' WHERE operation = 'points'`, "check.code-other"},
		"what a code stood for":        {`UPDATE challenges SET digest = 'x' WHERE operation = 'points'`, "check.code-other"},
		"what a skip stood for":        {`UPDATE challenges SET digest = 'x' WHERE override <> ''`, "check.code-other"},
		"a code taken out":             {`DELETE FROM challenges WHERE operation = 'points'`, "check.code-none"},
		"a code used for nothing":      {`UPDATE sale_tenders SET challenge = '' WHERE sale = ` + sale2, "check.code-unused"},
		"one code for two sales":       {`UPDATE sale_tenders SET challenge = (SELECT challenge FROM sale_tenders WHERE sale = ` + sale3 + ` AND challenge <> '') WHERE sale = ` + sale4, "check.code-twice"},
		"a code that was kept":         {`UPDATE challenges SET code_hash = 'x' WHERE state = 'consumed'`, "check.code-kept"},
		"the reason of a skip":         {`UPDATE overrides SET reason = 'никто не заметит'`, "check.sale-changed"},
		"a skip for somebody else":     {`UPDATE overrides SET customer = 'x'`, "check.override-other"},
		"a skip of another sum":        {`UPDATE overrides SET amount = 1`, "check.override-other"},
		"a limit exceeded by a sale":   {`UPDATE events SET detail = replace(detail, '"limit":"300000"', '"limit":"100"'); UPDATE customers SET credit_limit = 100 WHERE name LIKE 'Борис%'`, "check.over-limit"},
	})
}

// Every problem has words, in every language.
func TestProblems_HaveWords(t *testing.T) {
	s := tilltest.BusyDay(t)
	s.Tamper(`UPDATE sales SET total = total - 100`, `UPDATE events SET at = at + 1`, `UPDATE balances SET amount = 5`)
	problems := s.Problems()
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
