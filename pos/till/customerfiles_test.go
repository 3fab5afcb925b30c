package till_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till"
)

// rephone replaces a customer's number with the code sent to it.
func (b *backroom) rephone(id pos.CustomerID, number string) {
	b.t.Helper()
	ch, err := b.StartPhoneChange(b.ctx, b.senior, id, number)
	require.NoError(b.t, err)
	ch, err = b.EnterCode(b.ctx, b.senior, ch.ID, b.sender.Code())
	require.NoError(b.t, err)
	require.Equal(b.t, confirm.Consumed, ch.State)
}

func ptr[T any](v T) *T { return &v }

// group makes a group and puts a demo customer into it.
func (b *backroom) group(g pos.CustomerGroup, customer int) *pos.CustomerGroup {
	b.t.Helper()
	saved, err := b.SaveCustomerGroup(b.ctx, b.owner, g)
	require.NoError(b.t, err)
	n := b.asIs(customer)
	n.Group = saved.ID
	_, err = b.UpdateCustomer(b.ctx, b.owner, b.demo.Customers[customer].ID, n)
	require.NoError(b.t, err)
	return saved
}

// asIs is a demo customer's card as the form would save it again.
func (b *backroom) asIs(customer int) till.NewCustomer {
	c := b.state(customer)
	return till.NewCustomer{Name: c.Name, Phone: c.Phone, Card: c.Card, Email: c.Email, Language: c.Language, Group: c.Group,
		Birthday: c.Birthday, Note: c.Note, CreditLimit: c.CreditLimit}
}

func (b *backroom) state(customer int) *till.CardView {
	b.t.Helper()
	v, err := b.CustomerCard(b.ctx, b.owner, b.demo.Customers[customer].ID)
	require.NoError(b.t, err)
	return v
}

func (b *backroom) posted(a ledger.Account, c money.Currency) (sum int64) {
	b.t.Helper()
	b.view(func(tx till.Tx) (err error) { sum, err = tx.Balance(a, c); return err })
	return sum
}

func arrives(d confirm.Delivery) confirm.Result {
	return confirm.Result{State: confirm.Sent, Channel: "sms", Provider: "test", MessageID: string(d.Challenge)}
}

// merged makes two cards into one: Anna takes in Boris, who owes and has points.
func merged(t testing.TB) (b *backroom, before [2]*till.CardView) {
	b = newDemo(t)
	b.shiftOpen()
	b.sell(0, 1, func() { b.tender(pos.Cash, 38_900) })
	b.sell(1, 2, func() { b.spendPoints(20); b.tender(pos.Credit, 30_000); b.tender(pos.Card, 45_800) })
	before = [2]*till.CardView{b.state(0), b.state(1)}
	_, err := b.RecordConsents(b.ctx, b.owner, before[1].ID, []till.Answer{{pos.ConsentTo{Channel: pos.ChannelSMS, Purpose: pos.PurposeService}, true}}, pos.ConsentPaper)
	require.NoError(t, err)
	_, err = b.MergeCustomers(b.ctx, b.owner, till.MergeChoice{Survivor: before[0].ID, Duplicate: before[1].ID})
	require.NoError(t, err)
	return b, before
}

// Whatever is done to cards behind the till is found.
func TestTill_SelfCheckFindsTamperedCards(t *testing.T) {
	b, was := merged(t)
	b.group(pos.CustomerGroup{Name: "VIP", EarnRate: ptr(money.Percent(1000))}, 3)
	b.rephone(b.demo.Customers[3].ID, "+79000000099")
	require.NoError(t, b.EraseCustomer(b.ctx, b.owner, b.demo.Customers[5].ID, true))
	b.sell(3, 1, func() { b.tender(pos.Cash, 38_900) })
	b.healthy()
	require.NoError(t, b.store.Close())
	for name, tt := range map[string]struct{ sql, want string }{
		"a merge that was none":         {`UPDATE customers SET merged_into = '` + string(was[0].ID) + `' WHERE name LIKE 'Глеб%'`, "check.card-merged"},
		"a merge undone":                {`UPDATE customers SET merged_into = '' WHERE merged_into <> ''`, "check.card-merged"},
		"what a merge moved":            {`UPDATE customer_merges SET points = points + 1`, "check.doc-changed"},
		"a merge taken out":             {`DELETE FROM customer_merges`, "check.doc-missing"},
		"a lot handed back":             {`UPDATE lots SET customer = origin WHERE origin <> ''`, "check.points"},
		"whose points from before were": {`UPDATE lots SET origin = '' WHERE origin <> '' AND sale = ''`, "check.opening-changed"},
		"whose debt from before it was": {`UPDATE debts SET origin = '' WHERE origin <> '' AND sale = ''`, "check.opening-changed"},
		"an erased name":                {`UPDATE customers SET name = 'Кто-то' WHERE erased_at IS NOT NULL`, "check.card-erased"},
		"an erasure that was none":      {`UPDATE customers SET erased_at = 1 WHERE name LIKE 'Глеб%'`, "check.card-erased"},
		"an erasure taken out":          {`DELETE FROM customer_erasures`, "check.doc-missing"},
		"a group's rate":                {`UPDATE customer_groups SET earn_rate = 5000 WHERE name = 'VIP'`, "check.customer-group"},
		"a group taken out":             {`DELETE FROM customer_groups WHERE name = 'VIP'`, "check.customer-group"},
		"a member of another group":     {`UPDATE customers SET grp = '' WHERE grp = (SELECT id FROM customer_groups WHERE name = 'VIP')`, "check.card-group"},
		"a phone":                       {`UPDATE customers SET phone = '+79000000045' WHERE phone = '+79000000099'`, "check.card-phone"},
		"a code for a phone":            {`UPDATE challenges SET state = 'sent' WHERE operation = 'phone'`, "check.phone-code"},
		"a code for a phone taken out":  {`DELETE FROM challenges WHERE operation = 'phone'`, "check.phone-code"},
		"a consent taken back":          {`UPDATE consents SET given = 0`, "check.consents"},
		"a consent nobody gave":         {`INSERT INTO consents SELECT n + 10, customer, 'call', 'advertising', 1, source, employee, at FROM consents WHERE n = 1`, "check.consents"},
		"the terms of a sale":           {`UPDATE sales SET terms_earn_rate = 10000 WHERE number = 1`, "check.sale-points"},
		"terms that say nothing":        {`UPDATE sales SET terms = 0 WHERE number = 1`, "check.sale-changed"},
		"terms beyond all reason":       {`UPDATE sales SET terms_point_value = 9223372036854775807 WHERE number = 1`, "check.sale-range"},
	} {
		t.Run(name, func(t *testing.T) {
			c := b.copy(t)
			c.tamper(tt.sql)
			problems, err := c.SelfCheck(c.ctx, c.owner)
			require.NoError(t, err)
			var ids []string
			for _, p := range problems {
				ids = append(ids, p.ID)
			}
			require.Contains(t, ids, tt.want)
		})
	}
}
