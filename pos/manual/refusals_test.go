package manual_test

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"kassa/pos/ledger"
	"kassa/pos/manual"
	"kassa/pos/money"
)

func TestBegin_Refuses(t *testing.T) {
	for name, c := range map[string]struct {
		bend func(*manual.Ask)
		id   string
	}{
		"no id":                 {func(a *manual.Ask) { a.ID = "" }, "manual.id"},
		"a long id":             {func(a *manual.Ask) { a.ID = strings.Repeat("x", 65) }, "manual.id"},
		"a future date":         {func(a *manual.Ask) { a.Date = noon.Add(time.Millisecond) }, "manual.future"},
		"minus five":            {func(a *manual.Ask) { a.Offer, a.Text, a.Price = "", "Пошив", -5 }, "manual.price-low"},
		"nothing":               {func(a *manual.Ask) { a.Offer, a.Text = "", "Пошив" }, "manual.price-low"},
		"too much":              {func(a *manual.Ask) { a.Offer, a.Text, a.Price = "", "Пошив", money.MaxAmount+1 }, "manual.price-high"},
		"no text":               {func(a *manual.Ask) { a.Offer, a.Text, a.Price = "", " ", 5 }, "manual.name-empty"},
		"an offer and a price":  {func(a *manual.Ask) { a.Price = 5 }, "manual.offer-or-text"},
		"another currency":      {func(a *manual.Ask) { a.Offer, a.Text, a.Price, a.Currency = "", "Пошив", 5, "EUR" }, "manual.currency-unsupported"},
		"no currency":           {func(a *manual.Ask) { a.Offer, a.Text, a.Price, a.Currency = "", "Пошив", 5, "XYZ" }, "manual.currency"},
		"points":                {func(a *manual.Ask) { a.Offer, a.Text, a.Price, a.Currency = "", "Пошив", 5, "PTS" }, "manual.currency"},
		"a card in the comment": {func(a *manual.Ask) { a.Comment = "с карты 4111 1111 1111 1111" }, "text.card-number"},
		"a card in the text":    {func(a *manual.Ask) { a.Offer, a.Text, a.Price = "", "4111111111111111", 5 }, "text.card-number"},
		"control characters":    {func(a *manual.Ask) { a.Comment = "а\x00б" }, "text.control"},
		"a long comment":        {func(a *manual.Ask) { a.Comment = strings.Repeat("ё", 1001) }, "manual.text-long"},
		"a phone":               {func(a *manual.Ask) { a.Phone = "8 900" }, "manual.phone"},
		"an e-mail":             {func(a *manual.Ask) { a.Email = "a@b" }, "customer.email"},
		"no customer":           {func(a *manual.Ask) { a.Where, a.Customer = manual.AtOrders, "" }, "manual.offer-customer"},
		"no contact":            {func(a *manual.Ask) { a.Where, a.Phone = manual.AtCard, "" }, "manual.contact"},
	} {
		t.Run(name, func(t *testing.T) {
			a := ask(manual.AtTill)
			c.bend(a)
			var of *manual.Offer
			if a.Offer != "" {
				of = offer()
			}
			_, _, err := manual.Begin(a, of, merchant(), "t1", anna, all(), noon)
			require.Equal(t, c.id, idOf(err))
		})
	}
	old := ask(manual.AtTill)
	old.Date = noon.AddDate(-3, 0, 0)
	_, _, err := manual.Begin(old, offer(), merchant(), "t1", anna, all(), noon)
	require.NoError(t, err, "the past is allowed")
	gone, away := offer(), merchant()
	gone.Archived, away.Archived = true, true
	_, _, err = manual.Begin(ask(manual.AtTill), gone, merchant(), "t1", anna, all(), noon)
	require.Equal(t, "manual.offer-archived", idOf(err))
	_, _, err = manual.Begin(ask(manual.AtTill), offer(), away, "t1", anna, all(), noon)
	require.Equal(t, "manual.merchant-archived", idOf(err))
}

// Each right is asked for by itself, and a bound holds the sum that was asked and
// the one it became.
func TestRights(t *testing.T) {
	bound := func(v money.Amount) *money.Amount { return &v }
	decide := func(by manual.Person, price *money.Amount, cut func(*manual.Rights)) string {
		r := manual.AllRights()
		r.Currency = "RUB"
		cut(&r)
		o := order(t, manual.Open)
		_, err := o.Decide(&manual.Ruling{Decision: manual.Approve, Version: 1, Where: manual.AtOrders, Price: price}, merchant(), by, &r, noon)
		return idOf(err)
	}
	none := func(*manual.Rights) {}
	assert.Equal(t, "<nil>", decide(boris, nil, none))
	assert.Equal(t, "manual.forbidden", decide(boris, nil, func(r *manual.Rights) { r.Decide = false }))
	assert.Equal(t, "manual.own", decide(anna, nil, func(r *manual.Rights) { r.Own = false }))
	assert.Equal(t, "<nil>", decide(anna, nil, none))
	assert.Equal(t, "<nil>", decide(boris, nil, func(r *manual.Rights) { r.Own = false }))
	assert.Equal(t, "manual.forbidden", decide(boris, bound(1), func(r *manual.Rights) { r.Correct = false }))
	assert.Equal(t, "<nil>", decide(boris, nil, func(r *manual.Rights) { r.Correct = false }))
	assert.Equal(t, "<nil>", decide(boris, nil, func(r *manual.Rights) { r.DecideCap = bound(100_00) }))
	assert.Equal(t, "manual.over-cap", decide(boris, nil, func(r *manual.Rights) { r.DecideCap = bound(99_99) }))
	assert.Equal(t, "manual.over-cap", decide(boris, bound(1), func(r *manual.Rights) { r.DecideCap = bound(99_99) }), "correcting it down is no way around")
	assert.Equal(t, "manual.over-cap", decide(boris, bound(100_01), func(r *manual.Rights) { r.DecideCap = bound(100_00) }))
	assert.Equal(t, "manual.over-cap", decide(boris, nil, func(r *manual.Rights) { r.DecideCap, r.Currency = bound(100_00), "USD" }), "other money cannot be compared")

	back := func(by manual.Person, cut func(*manual.Rights)) string {
		r := manual.AllRights()
		r.Currency = "RUB"
		cut(&r)
		o := order(t, manual.Approved)
		f, _, err := o.AskBack(&manual.AskRefund{ID: "r1", Reason: "брак", Where: manual.AtOrders, Amount: 50_00}, anna, &r, noon)
		if err == nil {
			_, err = o.Advance(f, manual.AllowRefund, manual.AtOrders, by, &r, noon)
		}
		return idOf(err)
	}
	assert.Equal(t, "<nil>", back(anna, none))
	assert.Equal(t, "manual.forbidden", back(boris, func(r *manual.Rights) { r.Refund = false }))
	assert.Equal(t, "manual.own", back(anna, func(r *manual.Rights) { r.Own = false }))
	assert.Equal(t, "manual.over-cap", back(boris, func(r *manual.Rights) { r.RefundCap = bound(49_99) }))
	assert.Equal(t, "<nil>", back(boris, func(r *manual.Rights) { r.RefundCap = bound(50_00) }))
}

func TestMerchant_Refuses(t *testing.T) {
	for name, c := range map[string]struct {
		bend func(*manual.Merchant)
		id   string
	}{
		"no name":              {func(m *manual.Merchant) { m.Name = " " }, "manual.name-empty"},
		"a whole commission":   {func(m *manual.Merchant) { m.Commission = 1_000_000 }, "manual.commission"},
		"a negative one":       {func(m *manual.Merchant) { m.Commission = -1 }, "manual.commission"},
		"a negative fee":       {func(m *manual.Merchant) { m.Fee = -1 }, "manual.fee"},
		"no such currency":     {func(m *manual.Merchant) { m.FeeCurrency = "XXY" }, "manual.currency"},
		"account not among":    {func(m *manual.Merchant) { m.Account = "EUR" }, "manual.currency-missing"},
		"transaction not":      {func(m *manual.Merchant) { m.Transaction = "EUR" }, "manual.currency-missing"},
		"a card in the hint":   {func(m *manual.Merchant) { m.Hint = "переведите на 4111 1111 1111 1111" }, "text.card-number"},
		"a long hint":          {func(m *manual.Merchant) { m.Hint = strings.Repeat("ё", 201) }, "manual.text-long"},
		"control in the words": {func(m *manual.Merchant) { m.Description = "\x1b" }, "text.control"},
	} {
		m := merchant()
		require.NoError(t, m.Check())
		c.bend(m)
		m.Normal()
		require.Equal(t, c.id, idOf(m.Check()), name)
	}
}

func TestOffer_Refuses(t *testing.T) {
	known := []manual.Merchant{*merchant()}
	require.NoError(t, offer().Check(known))
	for name, c := range map[string]struct {
		bend func(*manual.Offer)
		id   string
	}{
		"no text": {func(o *manual.Offer) { o.Text = "" }, "manual.name-empty"}, "no price": {func(o *manual.Offer) { o.Price = 0 }, "manual.price-low"},
		"no merchant": {func(o *manual.Offer) { o.Merchants = nil }, "manual.merchant-none"}, "nobody's": {func(o *manual.Offer) { o.Merchants = []string{"m9"} }, "manual.merchant-unknown"},
		"its currency is not taken": {func(o *manual.Offer) { o.Currency = "EUR" }, "manual.currency-unsupported"},
		"a window of years":         {func(o *manual.Offer) { o.Window = 367 }, "manual.window"}, "of less than none": {func(o *manual.Offer) { o.Window = -1 }, "manual.window"},
	} {
		o := offer()
		c.bend(o)
		require.Equal(t, c.id, idOf(o.Check(known)), name)
	}
}

func TestParse(t *testing.T) {
	for text, want := range map[string]manual.Rate{"0": 0, "2.5": 25000, "99.9999": 999_999, "0.0001": 1} {
		r, err := manual.ParseRate(text)
		require.NoError(t, err, text)
		require.Equal(t, want, r)
	}
	for _, text := range []string{"", "100", "2,5", "-1", "1.00001", "1e2", ".5", "0x1"} {
		_, err := manual.ParseRate(text)
		require.Equal(t, "manual.commission", idOf(err), text)
	}
	sum, err := manual.ParseSum("1262.61", "RUB")
	require.NoError(t, err)
	require.EqualValues(t, 126261, sum)
	sum, err = manual.ParseSum("1262", "JPY")
	require.NoError(t, err)
	require.EqualValues(t, 1262, sum)
	for text, id := range map[string]string{"-5": "manual.price-low", "1." + strings.Repeat("9", 99): "manual.price-digits", "1,5": "manual.price-number",
		"": "manual.price-number", "NaN": "manual.price-number", "10000000000.01": "manual.price-high"} {
		_, err := manual.ParseSum(text, "RUB")
		require.Equal(t, id, idOf(err), text)
	}
	_, err = manual.ParseSum("1.5", "JPY")
	require.Equal(t, "manual.price-digits", idOf(err))
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom([]money.Currency{"RUB", "JPY", "KWD", "USD"}).Draw(t, "currency")
		v := money.Amount(rapid.Int64Range(0, int64(money.MaxAmount)).Draw(t, "sum"))
		got, err := manual.ParseSum(manual.ShowSum(v, c), c)
		require.NoError(t, err)
		require.Equal(t, v, got)
	})
}

func TestCleanImage(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 3, 3))))
	clean, err := manual.CleanImage(append(b.Bytes(), []byte("PK second file")...))
	require.NoError(t, err)
	require.NotContains(t, string(clean), "PK")
	for name, raw := range map[string][]byte{"svg": []byte(`<svg onload="x()"/>`), "empty": nil, "cut": b.Bytes()[:40], "large": make([]byte, manual.MaxImage+1)} {
		_, err := manual.CleanImage(raw)
		require.Error(t, err, name)
	}
	b.Reset()
	require.NoError(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 5000, 5000))))
	require.Less(t, b.Len(), manual.MaxImage)
	_, err = manual.CleanImage(b.Bytes())
	require.Equal(t, "manual.image-large", idOf(err), "a bomb")
}

// Whatever the sums and however a payment goes back, each entry balances, what is
// given never exceeds what was confirmed, and a whole refund leaves nothing on any
// account.
func TestProperty_RefundsReverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant()
		m.Commission = manual.Rate(rapid.Int64Range(0, 999_999).Draw(t, "rate"))
		m.Fee = money.Amount(rapid.Int64Range(0, 5000).Draw(t, "fee"))
		m.FeeCurrency = rapid.SampledFrom([]money.Currency{"RUB", "KZT"}).Draw(t, "fee currency")
		of := offer()
		of.Price = money.Amount(rapid.OneOf(rapid.Int64Range(1, 1000), rapid.Int64Range(1, int64(money.MaxAmount))).Draw(t, "price"))
		o, _, err := manual.Begin(ask(manual.AtTill), of, m, "t", anna, all(), noon)
		require.NoError(t, err)
		_, err = o.Decide(&manual.Ruling{Decision: manual.Approve, Version: 1, Where: manual.AtOrders}, m, boris, all(), noon)
		require.NoError(t, err)
		require.Equal(t, of.Price, o.Fees.Net+o.Fees.Share+map[bool]money.Amount{true: m.Fee}[m.FeeCurrency == "RUB"])
		sums := map[string]int64{}
		post := func(e *ledger.Entry) {
			require.NoError(t, e.Check())
			for _, p := range e.Postings {
				sums[string(p.Account)+string(p.Currency)] += p.Amount
			}
		}
		post(o.Received())
		for i := 0; o.State != manual.Refunded; i++ {
			left := o.Left()
			back := money.Amount(rapid.Int64Range(1, int64(left)).Draw(t, "back"))
			if i == 5 {
				back = left
			}
			_, _, err := o.AskBack(&manual.AskRefund{ID: "x", Reason: "брак", Where: manual.AtTill, Amount: left + 1}, anna, all(), noon)
			require.Equal(t, "manual.refund-much", idOf(err))
			f, _, err := o.AskBack(&manual.AskRefund{ID: "r", Reason: "брак", Where: manual.AtTill, Amount: back}, anna, all(), noon)
			require.NoError(t, err)
			require.Equal(t, left-back, o.Left(), "what is asked for is no more to be had")
			_, err = o.Advance(f, manual.GiveRefund, manual.AtTill, boris, all(), noon)
			require.Equal(t, "manual.refund-state", idOf(err), "first it is allowed")
			if rapid.Bool().Draw(t, "refused") && i < 5 {
				_, err = o.Advance(f, manual.RefuseRefund, manual.AtTill, boris, all(), noon)
				require.NoError(t, err)
				require.Equal(t, left, o.Left())
				continue
			}
			for _, step := range []manual.RefundStep{manual.AllowRefund, manual.GiveRefund} {
				_, err = o.Advance(f, step, manual.AtTill, boris, all(), noon)
				require.NoError(t, err)
			}
			post(o.Returned(f, boris))
			require.LessOrEqual(t, o.Refunded, o.Confirmed.Price)
		}
		for account, sum := range sums {
			require.Zero(t, sum, account)
		}
	})
}

// Halves go up, each in its own currency.
func TestMerchant_Fees(t *testing.T) {
	m := merchant()
	m.Commission, m.Fee = 25000, 30
	assert.Equal(t, manual.Fees{Share: 1, Fixed: 30, Currency: "RUB", Net: -11}, m.Fees(20, "RUB"), "a fee may be more than the payment")
	assert.Equal(t, manual.Fees{Share: 0, Fixed: 30, Currency: "RUB", Net: 19}, m.Fees(19, "USD"))
	m.Commission = 999_999
	assert.EqualValues(t, money.MaxAmount-money.MaxAmount/1_000_000, m.Fees(money.MaxAmount, "USD").Share)
}
