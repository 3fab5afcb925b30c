package check_test

// These tests change what is known of manual payments behind the till.

import (
	"testing"

	"kassa/pos/till/tilltest"
)

// What is changed behind the till on manual payments that paid sales is found.
func TestTill_SelfCheckFindsTamperedOrders(t *testing.T) {
	s := tilltest.Demo(t)
	s.StartShift(10_000)
	s.PaidElsewhere()
	s.PaidElsewhere()
	finds(t, s.Snapshot(), anyInvariant, map[string]change{
		"one nobody approved":      {`UPDATE awaited SET state = 'open', price = 0`, "check.order-unpaid"},
		"one approved for less":    {`UPDATE awaited SET price = price - 1`, "check.order-unpaid"},
		"one in other money":       {`UPDATE awaited SET price_in = 'USD'`, "check.order-unpaid"},
		"one of another sale":      {`UPDATE awaited SET sale = 'another'`, "check.order-unpaid"},
		"one that was taken out":   {`DELETE FROM awaited`, "check.order-unknown"},
		"a sale without its order": {`UPDATE sale_tenders SET paid_order = ''`, "check.sale-tender"},
		"one order for both":       {`UPDATE sale_tenders SET paid_order = (SELECT min(id) FROM awaited)`, "check.order-twice"},
		"another order":            {`UPDATE sale_tenders SET paid_order = 'another' WHERE paid_order = (SELECT min(id) FROM awaited)`, "check.sale-changed"},
	})
}
