package waiting

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/till"
)

func TestModel_Asked(t *testing.T) {
	rub := manual.Merchant{ID: "m1", Currencies: []money.Currency{"RUB"}}
	usd := manual.Merchant{ID: "m2", Currencies: []money.Currency{"USD"}}
	gone := manual.Merchant{ID: "m3", Currencies: []money.Currency{"RUB"}, Archived: true}
	for name, c := range map[string]struct {
		list []manual.Merchant
		step int
		text string
		id   string // of the refusal
		who  string
	}{
		"the only one that fits": {[]manual.Merchant{usd, gone, rub}, 0, "300", "", "m1"},
		"which of several":       {[]manual.Merchant{rub, rub}, 0, "300", "manual.merchant-which", ""},
		"chosen by a key":        {[]manual.Merchant{rub, {ID: "m4", Currencies: []money.Currency{"RUB"}}}, 2, "300", "", "m4"},
		"nobody":                 {[]manual.Merchant{usd, gone}, 1, "300", "waiting.no-merchant", ""},
		"more than is due":       {[]manual.Merchant{rub}, 0, "300.01", "tender.no-change", ""},
		"nothing":                {[]manual.Merchant{rub}, 0, "0", "amount.not-positive", ""},
		"no number":              {[]manual.Merchant{rub}, 0, "x", "not a number", ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := model{due: 300_00, shop: "RUB", chosen: -1, text: c.text}
			m.take(c.list)
			for range c.step {
				m.step(1)
			}
			who, sum, err := m.asked()
			if c.id != "" {
				if e, ok := errors.AsType[*pos.Error](err); ok {
					require.Equal(t, c.id, e.ID)
					return
				}
				require.ErrorContains(t, err, c.id)
				return
			}
			require.NoError(t, err)
			require.Equal(t, c.who, who.ID)
			require.EqualValues(t, 300_00, sum)
		})
	}
}

func TestSays(t *testing.T) {
	view := func(s manual.Standing, state manual.State, reason string, expired, loose bool) *till.AwaitedView {
		return &till.AwaitedView{Standing: s, Awaited: manual.Awaited{State: state, Reason: reason, Expired: expired, Loose: loose, Decided: time.Unix(1, 0)}}
	}
	for want, v := range map[string]*till.AwaitedView{
		"waiting.is.waits":            view(manual.Waits, manual.Open, "", false, false),
		"waiting.is.pays":             view(manual.Pays, manual.Completed, "", false, false),
		"waiting.is.differs":          view(manual.Differs, manual.Approved, "", false, false),
		"waiting.is.loose":            view(manual.Gone, manual.Open, "", false, true),
		"waiting.is.expired":          view(manual.Gone, manual.Declined, "", true, false),
		"waiting.is.declined":         view(manual.Gone, manual.Declined, "", false, false),
		"waiting.is.declined-because": view(manual.Gone, manual.Declined, "нет", false, false),
		"waiting.is.returned":         view(manual.Gone, manual.Refunded, "", false, false),
	} {
		require.Equal(t, want, Says(v).ID)
	}
	require.Equal(t, "waiting.is.refused", Says(&till.AwaitedView{Standing: manual.Gone, Awaited: manual.Awaited{State: manual.Declined}}).ID)
}
