package merchants

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
)

// filled is a draft nothing is wrong with.
func filled() draft {
	d := newDraft("m1", nil, "RUB")
	d.name = "Перевод"
	return d
}

func TestDraft_ReadsWhatWasTyped(t *testing.T) {
	d := filled()
	d.commission, d.fee, d.feeIn, d.account, d.currencies = "2,5", "10,5", "", " usd ", "rub, usd;EUR usd"
	m, bad := d.read()
	require.Empty(t, bad)
	assert.Equal(t, manual.Merchant{ID: "m1", Name: "Перевод", Commission: 25000, Fee: 1050, FeeCurrency: "USD", Account: "USD", Transaction: "RUB",
		Currencies: []money.Currency{"EUR", "RUB", "USD"}}, m)
	again := newDraft("m1", &m, "RUB")
	assert.Equal(t, "2.5", again.commission, "with a point, whatever was typed")
	back, bad := again.read()
	require.Empty(t, bad)
	assert.Equal(t, m, back, "what is shown is what is kept")
}

func TestDraft_SaysAllThatIsWrongByField(t *testing.T) {
	for name, c := range map[string]struct {
		bend      func(*draft)
		field, id string
	}{
		"no name":                 {func(d *draft) { d.name = "  " }, "name", "manual.name-empty"},
		"a card's number":         {func(d *draft) { d.name = "4111 1111 1111 1111" }, "name", "text.card-number"},
		"control characters":      {func(d *draft) { d.description = "a\x00b" }, "description", "text.control"},
		"all of it":               {func(d *draft) { d.commission = "100" }, "commission", "manual.commission"},
		"below nothing":           {func(d *draft) { d.commission = "-1" }, "commission", "manual.commission"},
		"five digits":             {func(d *draft) { d.commission = "1.00001" }, "commission", "manual.commission"},
		"words":                   {func(d *draft) { d.commission = "много" }, "commission", "manual.commission"},
		"a fee below nothing":     {func(d *draft) { d.fee = "-5" }, "fee", "manual.fee"},
		"more digits than it has": {func(d *draft) { d.fee = "1.005" }, "fee", "manual.price-digits"},
		"99 decimals":             {func(d *draft) { d.fee = "1.0000000000000000000000000000000000000001" }, "fee", "manual.price-digits"},
		"no such currency":        {func(d *draft) { d.account = "ABC" }, "account", "manual.currency"},
		"points":                  {func(d *draft) { d.account = "PTS" }, "account", "manual.currency"},
		"the account's left out":  {func(d *draft) { d.account = "EUR" }, "currencies", "manual.currency-missing"},
		"the other one left out":  {func(d *draft) { d.transaction = "EUR" }, "currencies", "manual.currency-missing"},
		"a strange one supported": {func(d *draft) { d.currencies = "RUB, XYZ" }, "currencies", "manual.currency"},
	} {
		t.Run(name, func(t *testing.T) {
			d := filled()
			c.bend(&d)
			_, bad := d.read()
			require.Len(t, bad, 1, "%v", bad)
			assert.Equal(t, c.field, bad[0].Field)
			var e *pos.Error
			require.ErrorAs(t, bad[0].Err, &e)
			assert.Equal(t, c.id, e.ID)
		})
	}
	d := draft{typed: typed{commission: "x", fee: "y", account: "?", transaction: "RUB"}}
	_, bad := d.read()
	assert.Greater(t, len(bad), 3, "all at once, not one after the other")
}

func TestDraft_ComputesWhatIsLeft(t *testing.T) {
	for name, c := range map[string]struct {
		commission, fee, feeIn, account, sum string
		net                                  string
	}{
		"nothing is kept":             {"0", "0", "RUB", "RUB", "1000", "1000.00"},
		"a share":                     {"2.5", "0", "RUB", "RUB", "1000", "975.00"},
		"a share and a fee":           {"2.5", "10", "RUB", "RUB", "1000", "965.00"},
		"half up":                     {"2.5", "0", "RUB", "RUB", "0.20", "0.19"},
		"a fee in another currency":   {"2.5", "10", "USD", "RUB", "1000", "975.00"},
		"more than the payment":       {"0", "10", "RUB", "RUB", "1", "-9.00"},
		"a currency without kopecks":  {"10", "5", "JPY", "JPY", "1005", "899"},
		"one with three digits":       {"0.5", "0", "KWD", "KWD", "1,000", "0.995"},
		"a commission nobody reads":   {"x", "0", "RUB", "RUB", "1000", ""},
		"a sum nobody reads":          {"1", "0", "RUB", "RUB", "", ""},
		"a currency nobody knows":     {"1", "0", "RUB", "QQQ", "1000", ""},
		"more digits than money goes": {"1", "0", "RUB", "RUB", "99999999999999", ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := filled()
			d.commission, d.fee, d.feeIn, d.account = c.commission, c.fee, c.feeIn, c.account
			e, ok := d.compute(c.sum)
			require.Equal(t, c.net != "", ok)
			if ok {
				assert.Equal(t, c.net, manual.ShowSum(e.fees.Net, e.in))
			}
		})
	}
}
