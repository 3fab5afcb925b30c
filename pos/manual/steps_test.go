package manual_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
)

var (
	noon  = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	anna  = manual.Person{ID: "e1", Name: "Анна"}
	boris = manual.Person{ID: "e2", Name: "Борис"}
)

func merchant() *manual.Merchant {
	m := &manual.Merchant{ID: "m1", Name: "Карта на карту", Commission: 25000, Fee: 1000, Account: "RUB", Currencies: []money.Currency{"RUB", "USD"}}
	m.Normal()
	return m
}

func offer() *manual.Offer {
	o := &manual.Offer{ID: "o1", Text: "Курс кройки", Price: 100_00, Currency: "RUB", Merchants: []string{"m1"}}
	o.Normal()
	return o
}

func all() *manual.Rights { r := manual.AllRights(); return &r }

func ask(where manual.Place) *manual.Ask {
	return &manual.Ask{ID: "p1", Where: where, Offer: "o1", Customer: "c1", CustomerName: "Нина", Phone: "+79000000001"}
}

// order makes an order and takes it to a state.
func order(t testing.TB, state manual.State) *manual.Order {
	o, _, err := manual.Begin(ask(manual.AtTill), offer(), merchant(), "t1", anna, all(), noon)
	require.NoError(t, err)
	decide := func(d manual.Decision, where manual.Place) {
		_, err := o.Decide(&manual.Ruling{Decision: d, Version: o.Version, Where: where}, merchant(), boris, all(), noon)
		require.NoError(t, err)
	}
	switch state {
	case manual.Approved, manual.Refunded:
		decide(manual.Approve, manual.AtOrders)
	case manual.Completed:
		decide(manual.Approve, manual.AtCard)
	case manual.Declined:
		decide(manual.Decline, manual.AtOrders)
	}
	if state == manual.Refunded {
		f, _, err := o.AskBack(&manual.AskRefund{ID: "r", Reason: "передумала", Where: manual.AtOrders}, anna, all(), noon)
		require.NoError(t, err)
		for _, step := range []manual.RefundStep{manual.AllowRefund, manual.GiveRefund} {
			_, err := o.Advance(f, step, manual.AtOrders, boris, all(), noon)
			require.NoError(t, err)
		}
	}
	require.Equal(t, state, o.State)
	return o
}

// The transitions as the reference has them; every other one is refused, and
// leaves the order as it was.
func TestSteps_EveryTransition(t *testing.T) {
	may := map[string]bool{}
	for _, s := range []string{
		"-> open customer offer", "-> open staff till", "-> open staff orders", "-> open staff card",
		"open -> approved staff orders", "open -> approved staff till", "open -> approved staff people", "open -> completed staff card",
		"open -> declined staff orders", "open -> declined staff till", "open -> declined staff people", "open -> declined staff card",
		"open -> declined time clock",
		"approved -> refunded staff orders", "approved -> refunded staff till", "approved -> refunded staff card", "approved -> refunded staff people",
		"completed -> refunded staff orders", "completed -> refunded staff till", "completed -> refunded staff card", "completed -> refunded staff people",
	} {
		may[s] = true
	}
	places := []manual.Place{manual.AtOffer, manual.AtTill, manual.AtOrders, manual.AtCard, manual.AtPeople, manual.AtClock}
	seen := 0
	for _, from := range append([]manual.State{""}, manual.States...) {
		for _, to := range manual.States {
			for _, who := range []manual.Who{manual.ByCustomer, manual.ByStaff, manual.ByTime} {
				for _, where := range places {
					key := fmt.Sprintf("%s -> %s %s %s", from, to, who, where)
					if from == "" {
						key = key[1:]
					}
					assert.Equal(t, may[key], manual.Allowed(from, to, who, where), key)
					if may[key] {
						seen++
					}
				}
			}
		}
	}
	assert.Equal(t, len(may), seen)
}

// What the operations do is what the table says: each is tried from each state at
// each place.
func TestSteps_OperationsFollowTheTable(t *testing.T) {
	places := []manual.Place{manual.AtOffer, manual.AtTill, manual.AtOrders, manual.AtCard, manual.AtPeople, manual.AtClock, "nowhere"}
	for _, from := range manual.States {
		for _, where := range places {
			for _, d := range []manual.Decision{manual.Approve, manual.Decline} {
				o := order(t, from)
				before := *o
				e, err := o.Decide(&manual.Ruling{Decision: d, Version: o.Version, Where: where}, merchant(), boris, all(), noon)
				to := map[manual.Decision]manual.State{manual.Approve: manual.Approved, manual.Decline: manual.Declined}[d]
				if d == manual.Approve && where == manual.AtCard {
					to = manual.Completed
				}
				if manual.Allowed(from, to, manual.ByStaff, where) {
					require.NoError(t, err)
					require.Equal(t, to, o.State)
					require.Equal(t, o.Version, e.N)
					continue
				}
				require.Equal(t, "manual.transition", idOf(err), "%s %s at %s", from, d, where)
				require.Equal(t, pos.CodeConflict, pos.CodeOf(err))
				require.Equal(t, before, *o)
			}
			o := order(t, from)
			_, _, err := o.AskBack(&manual.AskRefund{ID: "r1", Reason: "брак", Where: where}, anna, all(), noon)
			if manual.Allowed(from, manual.Refunded, manual.ByStaff, where) {
				require.NoError(t, err)
			} else {
				require.Equal(t, "manual.transition", idOf(err), "%s back at %s", from, where)
			}
		}
		o := order(t, from)
		_, err := o.Expire(o.Deadline)
		if from == manual.Open {
			require.NoError(t, err)
			require.True(t, o.Expired)
			require.Equal(t, manual.Declined, o.State)
		} else {
			require.Equal(t, "manual.transition", idOf(err))
		}
	}
	for _, where := range places {
		_, _, err := manual.Begin(ask(where), offer(), merchant(), "t1", anna, all(), noon)
		if manual.Allowed("", manual.Open, manual.ByStaff, where) {
			require.NoError(t, err, where)
		} else {
			require.Equal(t, "manual.transition", idOf(err), where)
		}
	}
	o, _, err := manual.BeginByCustomer(wish(), offer(), merchant(), noon)
	require.NoError(t, err)
	require.True(t, manual.Allowed("", o.State, manual.ByCustomer, o.Origin))
}

func TestOrder_DeadlineIsCountedOnce(t *testing.T) {
	o := order(t, manual.Open)
	require.Equal(t, noon.AddDate(0, 0, 30), o.Deadline)
	_, err := o.Expire(o.Deadline.Add(-time.Millisecond))
	require.Equal(t, "manual.not-due", idOf(err))
	e, err := o.Expire(o.Deadline)
	require.NoError(t, err)
	require.Equal(t, manual.ReasonExpired, e.Reason)
	_, err = o.Expire(o.Deadline)
	require.Equal(t, pos.CodeConflict, pos.CodeOf(err), "never twice")
}

// The first entry stays beside what was corrected.
func TestOrder_KeepsWhatWasAsked(t *testing.T) {
	o := order(t, manual.Open)
	asked := o.Requested
	price := money.Amount(90_00)
	_, err := o.Decide(&manual.Ruling{Decision: manual.Approve, Version: 1, Where: manual.AtOrders, Price: &price, Currency: "USD", Date: noon.AddDate(0, 0, -3), Comment: "без скидки"},
		merchant(), boris, all(), noon)
	require.NoError(t, err)
	require.Equal(t, asked, o.Requested)
	require.Equal(t, &manual.Terms{Price: 90_00, Currency: "USD", Date: noon.AddDate(0, 0, -3), Comment: "без скидки"}, o.Confirmed)
	require.Equal(t, &manual.Fees{Share: 2_25, Fixed: 10_00, Currency: "RUB", Net: 87_75}, o.Fees, "a fixed fee of another currency stands beside")
}

// Whoever saw another version is told how it stands now.
func TestOrder_AnotherVersionIsAConflict(t *testing.T) {
	o := order(t, manual.Approved)
	_, err := o.Decide(&manual.Ruling{Decision: manual.Decline, Version: 1, Where: manual.AtOrders}, merchant(), anna, all(), noon)
	require.Equal(t, "manual.changed", idOf(err))
	require.Same(t, o, err.(*pos.Error).Args["Order"])
}

func idOf(err error) string {
	if e, ok := err.(*pos.Error); ok {
		return e.ID
	}
	return fmt.Sprint(err)
}
