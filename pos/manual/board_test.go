package manual_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos/manual"
	"kassa/pos/money"
)

func TestWaitOf_CountsMidnights(t *testing.T) {
	minsk := time.FixedZone("", 3*60*60)
	now := time.Date(2026, 3, 2, 23, 30, 0, 0, minsk)
	for name, tt := range map[string]struct {
		deadline time.Time
		want     manual.Wait
	}{
		"two days and a bit":            {now.Add(49 * time.Hour), manual.Wait{Days: 3}},
		"two days":                      {time.Date(2026, 3, 4, 1, 0, 0, 0, minsk), manual.Wait{Days: 2}},
		"an hour, but tomorrow":         {now.Add(time.Hour), manual.Wait{Days: 1, Short: true}},
		"a few minutes":                 {now.Add(10 * time.Minute), manual.Wait{Short: true}},
		"this moment":                   {now, manual.Wait{Over: true, Short: true}},
		"a week ago":                    {now.AddDate(0, 0, -7), manual.Wait{Over: true, Short: true}},
		"the same day by another clock": {time.Date(2026, 3, 2, 20, 45, 0, 0, time.UTC), manual.Wait{Short: true}},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, tt.want, manual.WaitOf(tt.deadline, now, minsk)) })
	}
}

func TestSumUp(t *testing.T) {
	merchants := []manual.Merchant{{ID: "m1", Name: "Карта"}, {ID: "m2", Name: "Курьер"}, {ID: "m3", Name: "Никто"}}
	received, returned := manual.KindReceived, manual.KindReturned
	rows := manual.SumUp([]manual.Posted{
		{Account: manual.Gross("m1"), Currency: "RUB", Kind: received, Sum: -3000, Count: 2},
		{Account: manual.Net("m1"), Currency: "RUB", Kind: received, Sum: 2900, Count: 2},
		{Account: manual.FeesOf("m1"), Currency: "RUB", Kind: received, Sum: 100, Count: 2},
		{Account: manual.Gross("m1"), Currency: "RUB", Kind: returned, Sum: 600, Count: 1},
		{Account: manual.Net("m1"), Currency: "RUB", Kind: returned, Sum: -580, Count: 1},
		{Account: manual.FeesOf("m1"), Currency: "RUB", Kind: returned, Sum: -20, Count: 1},
		{Account: manual.FeesOf("m1"), Currency: "USD", Kind: received, Sum: 50, Count: 2},
		{Account: "manual.fee-due:m1", Currency: "USD", Kind: received, Sum: -50, Count: 2},
		{Account: manual.Gross("m2"), Currency: "USD", Kind: received, Sum: -7, Count: 1},
		{Account: manual.Net("m2"), Currency: "USD", Kind: received, Sum: 7, Count: 1},
		{Account: "drawer", Currency: "RUB", Kind: received, Sum: 1, Count: 1},
	}, merchants)
	require.Equal(t, []manual.Takings{
		{Merchant: "m1", Name: "Карта", Currency: "RUB", Payments: 2, Refunds: 1, Gross: 3000, Returned: 600, Fees: 80, Net: 2320},
		{Merchant: "m1", Name: "Карта", Currency: "USD", Fees: 50},
		{Merchant: "m2", Name: "Курьер", Currency: "USD", Payments: 1, Gross: 7, Net: 7},
	}, rows)
	for _, r := range rows {
		if r.Payments > 0 {
			require.Equal(t, r.Gross.Sub(r.Returned), r.Fees.Add(r.Net), "nothing is lost between gross and net")
		}
	}
}

func TestRuling_MostAndCorrects(t *testing.T) {
	asked := manual.Order{Requested: manual.Terms{Price: 100, Currency: "RUB"}}
	less, more := money.Amount(50), money.Amount(150)
	for name, tt := range map[string]struct {
		r        manual.Ruling
		most     money.Amount
		in       money.Currency
		corrects bool
	}{
		"as it was said":      {manual.Ruling{Comment: "пришло"}, 100, "RUB", false},
		"less than was said":  {manual.Ruling{Price: &less}, 100, "RUB", true},
		"more than was said":  {manual.Ruling{Price: &more}, 150, "RUB", true},
		"in another currency": {manual.Ruling{Price: &less, Currency: "USD"}, 50, "USD", true},
		"on another day":      {manual.Ruling{Date: time.Unix(1, 0)}, 100, "RUB", true},
	} {
		t.Run(name, func(t *testing.T) {
			most, in := tt.r.Most(&asked)
			require.Equal(t, tt.most, most)
			require.Equal(t, tt.in, in)
			require.Equal(t, tt.corrects, tt.r.Corrects(&asked))
		})
	}
}
