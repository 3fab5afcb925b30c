package check_test

// These tests change returns, exchanges and corrections behind the till.

import (
	"testing"

	"kassa/pos/till/tilltest"
)

// Whatever is changed of a return or a correction behind the till is found.
func TestTill_SelfCheckFindsTamperedReturns(t *testing.T) {
	const first = `(SELECT n FROM returns WHERE number = 1)`
	day := tilltest.ReturnsDay(t).Snapshot()
	finds(t, day, anyInvariant, map[string]change{
		"a dearer return":            {`UPDATE returns SET total = total + 100 WHERE number = 1`, "check.return-sums"},
		"a huge sum":                 {`UPDATE returns SET total = 9223372036854775807 WHERE number = 1`, "check.return-range"},
		"the reason":                 {`UPDATE returns SET reason = 'иначе' WHERE number = 1`, "check.doc-changed"},
		"another shift":              {`UPDATE returns SET shift = 'x' WHERE number = 1`, "check.doc-changed"},
		"a line that costs more":     {`UPDATE return_lines SET sum = sum + 100 WHERE return = ` + first + `; UPDATE return_refunds SET amount = amount + 100 WHERE return = ` + first + ` AND method = 'cash'; UPDATE returns SET total = total + 100 WHERE number = 1`, "check.return-line"},
		"more than was sold":         {`UPDATE return_lines SET qty = 99000 WHERE return = ` + first, "check.return-more"},
		"another line":               {`UPDATE return_lines SET origin = 7 WHERE return = ` + first, "check.return-line"},
		"goods that stay":            {`UPDATE return_lines SET restock = 0 WHERE return = ` + first, "check.stock-moves"},
		"the price without receipt":  {`UPDATE return_lines SET price = price + 1 WHERE origin = 0`, "check.return-line"},
		"a refund by another method": {`UPDATE return_refunds SET method = 'cash' WHERE method = 'credit'`, "check.doc-changed"},
		"a refund of another tender": {`UPDATE return_refunds SET of = 'transfer' WHERE return = ` + first + ` AND of = 'cash'`, "check.refund-more"},
		"more points back":           {`UPDATE return_refunds SET points = points + 500 WHERE method = 'points'`, "check.points-more"},
		"points that went elsewhere": {`UPDATE return_points SET points = points + 1 WHERE points > 0`, "check.return-points"},
		"points taken without trace": {`UPDATE lot_moves SET points = points - 1 WHERE sale IN (SELECT id FROM returns) AND points < -1`, "check.lot-moves"},
		"a fresh lot that lasts":     {`UPDATE lots SET expires = expires + 1 WHERE from_return <> ''`, "check.lot-return"},
		"a fresh lot taken out":      {`DELETE FROM lots WHERE from_return <> ''`, "check.lot-return"},
		"a return taken out":         {`DELETE FROM return_lines WHERE return = ` + first + `; DELETE FROM return_refunds WHERE return = ` + first + `; DELETE FROM return_points WHERE return = ` + first + `; DELETE FROM returns WHERE number = 1`, "check.return-gap"},
		"a return nobody booked":     {`INSERT INTO returns SELECT n+1, id||'x', till, epoch, number+1, shift, employee, '', 0, '', at, currency, reason, '', 0, 0, 0, 0, 0, 0, 0 FROM returns WHERE number = (SELECT max(number) FROM returns)`, "check.doc-unbooked"},
		"a sale that is gone":        {`UPDATE returns SET sale = sale || 'x' WHERE number = 1`, "check.return-sale"},
		"an exchange for nothing":    {`UPDATE returns SET exchange = '' WHERE exchange <> ''`, "check.exchange"},
		"a debt lowered by more":     {`UPDATE debts SET left = left - 1 WHERE sale <> '' AND left > 0`, "check.debt-repaid"},
		"a correction of more":       {`UPDATE corrections SET amount = 99000000`, "check.correction-more"},
		"a correction's reason":      {`UPDATE corrections SET reason = 'иначе'`, "check.doc-changed"},
		"a correction taken out":     {`DELETE FROM corrections`, "check.doc-missing"},
		"one of a pair of entries":   {`DELETE FROM postings WHERE entry = (SELECT max(n) FROM entries WHERE kind = 'correction'); DELETE FROM entries WHERE n = (SELECT max(n) FROM entries WHERE kind = 'correction')`, "check.passing"},
		"nobody told of a return":    {`DELETE FROM outbox WHERE kind = 'return.completed' AND n = (SELECT max(n) FROM outbox WHERE kind = 'return.completed')`, "check.outbox-returns"},
	})
}
