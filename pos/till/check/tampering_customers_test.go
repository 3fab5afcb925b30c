package check_test

// These tests change cards of customers behind the till.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till/tilltest"
)

// Whatever is done to cards behind the till is found.
func TestTill_SelfCheckFindsTamperedCards(t *testing.T) {
	s, was := tilltest.Merged(t)
	s.Gather(pos.CustomerGroup{Name: "VIP", EarnRate: new(money.Percent(1000))}, 3)
	s.Rephone(s.Demo.Customers[3].ID, "+79000000099")
	require.NoError(t, s.EraseCustomer(s.Context(), s.Owner, s.Demo.Customers[5].ID, true))
	s.Sell(3, 1, func() { s.Cash(38_900) })
	day := s.Snapshot()
	finds(t, day, anyInvariant, map[string]change{
		"a merge that was none":               {`UPDATE customers SET merged_into = '` + string(was[0].ID) + `' WHERE name LIKE 'Глеб%'`, "check.card-merged"},
		"a merge undone":                      {`UPDATE customers SET merged_into = '' WHERE merged_into <> ''`, "check.card-merged"},
		"what a merge moved":                  {`UPDATE customer_merges SET points = points + 1`, "check.doc-changed"},
		"a merge taken out":                   {`DELETE FROM customer_merges`, "check.doc-missing"},
		"a lot handed back":                   {`UPDATE lots SET customer = origin WHERE origin <> ''`, "check.points"},
		"whose points from before were":       {`UPDATE lots SET origin = '' WHERE origin <> '' AND sale = ''`, "check.opening-changed"},
		"whose debt from before it was":       {`UPDATE debts SET origin = '' WHERE origin <> '' AND sale = ''`, "check.opening-changed"},
		"an erased name":                      {`UPDATE customers SET name = 'Кто-то' WHERE erased_at IS NOT NULL`, "check.card-erased"},
		"an erasure that was none":            {`UPDATE customers SET erased_at = 1 WHERE name LIKE 'Глеб%'`, "check.card-erased"},
		"words said to be an erased person's": {`UPDATE events SET detail = json_set(detail, '$.forgotten', 'yes') WHERE kind = 'customer.merged'`, "check.audit-hash"},
		"an erasure taken out":                {`DELETE FROM customer_erasures`, "check.doc-missing"},
		"a group's rate":                      {`UPDATE customer_groups SET earn_rate = 5000 WHERE name = 'VIP'`, "check.customer-group"},
		"a group taken out":                   {`DELETE FROM customer_groups WHERE name = 'VIP'`, "check.customer-group"},
		"a member of another group":           {`UPDATE customers SET grp = '' WHERE grp = (SELECT id FROM customer_groups WHERE name = 'VIP')`, "check.card-group"},
		"a phone":                             {`UPDATE customers SET phone = '+79000000045' WHERE phone = '+79000000099'`, "check.card-phone"},
		"a code for a phone":                  {`UPDATE challenges SET state = 'sent' WHERE operation = 'phone'`, "check.phone-code"},
		"a code for a phone taken out":        {`DELETE FROM challenges WHERE operation = 'phone'`, "check.phone-code"},
		"a consent taken back":                {`UPDATE consents SET given = 0`, "check.consents"},
		"a consent nobody gave":               {`INSERT INTO consents SELECT n + 10, customer, 'call', 'advertising', 1, source, employee, at FROM consents WHERE n = 1`, "check.consents"},
		"the terms of a sale":                 {`UPDATE sales SET terms_earn_rate = 10000 WHERE number = 1`, "check.sale-points"},
		"terms that say nothing":              {`UPDATE sales SET terms = 0 WHERE number = 1`, "check.sale-changed"},
		"terms beyond all reason":             {`UPDATE sales SET terms_point_value = 9223372036854775807 WHERE number = 1`, "check.sale-range"},
	})
}
