package manual_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos/manual"
)

func wish() *manual.Wish {
	return &manual.Wish{ID: "p1", Offer: "o1", Saw: offer().Sight(), Day: "2026-11-30", Date: noon}
}

// What a customer says has the offer's own price and deadline and nobody for its
// author: it takes no right to say it, and anybody who may decide decides it.
func TestBeginByCustomer(t *testing.T) {
	w, of := wish(), offer()
	w.Date, w.Comment, of.Window = noon.AddDate(0, 0, -2), "последние цифры 4411", 7
	o, e, err := manual.BeginByCustomer(w, of, merchant(), noon)
	require.NoError(t, err)
	terms := manual.Terms{Price: 100_00, Currency: "RUB", Date: noon.AddDate(0, 0, -2), Comment: "последние цифры 4411"}
	require.Equal(t, &manual.Order{ID: "p1", Origin: manual.AtOffer, Offer: "o1", Text: "Курс кройки", Merchant: "m1", Account: "Карта на карту", State: manual.Open, Version: 1,
		Requested: terms, Created: noon, Deadline: noon.AddDate(0, 0, 7)}, o)
	require.Equal(t, &manual.Event{N: 1, At: noon, Kind: manual.EventCreated, To: manual.Open, Where: manual.AtOffer, Terms: &terms}, e)
	require.Empty(t, manual.Verify([]manual.Kept{{Order: *o, Events: []manual.Event{*e}}}, nil))

	r := all()
	r.Own = false
	_, err = o.Decide(&manual.Ruling{Decision: manual.Approve, Version: 1, Where: manual.AtPeople}, merchant(), manual.Person{}, r, noon)
	require.NoError(t, err, "it is nobody's own")
}

// A day that is not over yet is paid now; no day is today.
func TestBeginByCustomer_Today(t *testing.T) {
	for date, want := range map[time.Time]string{
		{}: "", noon: "", noon.Add(12 * time.Hour): "", noon.Add(12*time.Hour + time.Millisecond): "manual.future", noon.AddDate(0, 0, 1): "manual.future", noon.AddDate(-5, 0, 0): "",
	} {
		w := wish()
		w.Date = date
		o, _, err := manual.BeginByCustomer(w, offer(), merchant(), noon)
		if want != "" {
			require.Equal(t, want, idOf(err), date)
			continue
		}
		require.NoError(t, err, date)
		if date.Before(noon) && !date.IsZero() {
			require.Equal(t, date, o.Requested.Date)
		} else {
			require.Equal(t, noon, o.Requested.Date)
		}
	}
}

func TestBeginByCustomer_Refuses(t *testing.T) {
	for name, c := range map[string]struct {
		bend func(*manual.Wish, *manual.Offer, *manual.Merchant)
		id   string
	}{
		"no id":                 {func(w *manual.Wish, _ *manual.Offer, _ *manual.Merchant) { w.ID = "" }, "manual.id"},
		"a long id":             {func(w *manual.Wish, _ *manual.Offer, _ *manual.Merchant) { w.ID = strings.Repeat("x", 65) }, "manual.id"},
		"another price":         {func(_ *manual.Wish, o *manual.Offer, _ *manual.Merchant) { o.Price++ }, "manual.offer-price"},
		"another currency":      {func(_ *manual.Wish, o *manual.Offer, _ *manual.Merchant) { o.Currency = "USD" }, "manual.offer-price"},
		"another text":          {func(_ *manual.Wish, o *manual.Offer, _ *manual.Merchant) { o.Text = "Курс шитья" }, "manual.offer-reworded"},
		"an archived offer":     {func(_ *manual.Wish, o *manual.Offer, _ *manual.Merchant) { o.Archived = true }, "manual.offer-archived"},
		"an archived merchant":  {func(_ *manual.Wish, _ *manual.Offer, m *manual.Merchant) { m.Archived = true }, "manual.merchant-archived"},
		"a merchant's currency": {func(_ *manual.Wish, _ *manual.Offer, m *manual.Merchant) { m.Currencies = m.Currencies[1:] }, "manual.currency-unsupported"},
		"a card in the comment": {func(w *manual.Wish, _ *manual.Offer, _ *manual.Merchant) {
			w.Comment = "с карты 4111 1111 1111 1111"
		}, "text.card-number"},
		"control characters": {func(w *manual.Wish, _ *manual.Offer, _ *manual.Merchant) { w.Comment = "а\x00б" }, "text.control"},
		"a long comment": {func(w *manual.Wish, _ *manual.Offer, _ *manual.Merchant) {
			w.Comment = strings.Repeat("ё", manual.MaxText+1)
		}, "manual.text-long"},
	} {
		t.Run(name, func(t *testing.T) {
			w, o, m := wish(), offer(), merchant()
			c.bend(w, o, m)
			_, _, err := manual.BeginByCustomer(w, o, m, noon)
			require.Equal(t, c.id, idOf(err))
		})
	}
}
