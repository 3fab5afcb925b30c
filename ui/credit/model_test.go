package credit

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
)

func TestModel(t *testing.T) {
	buyer := pos.CustomerState{Customer: pos.Customer{Name: "Мария", Phone: "+79000000012", CreditLimit: 500_000}, Limit: 500_000, Debt: 35_000, Room: 465_000}
	with := func(change func(*pos.CustomerState)) *pos.CustomerState { c := buyer; change(&c); return &c }
	for name, tc := range map[string]struct {
		customer *pos.CustomerState
		due      money.Amount
		want     pos.Code
	}{
		"within the limit": {&buyer, 46_261, ""},
		"nobody":           {nil, 46_261, pos.CodeInvalid},
		"no phone":         {with(func(c *pos.CustomerState) { c.Phone = "" }), 46_261, pos.CodeInvalid},
		"no limit":         {with(func(c *pos.CustomerState) { c.Limit = 0 }), 46_261, pos.CodeLimit},
		"over the limit":   {&buyer, 465_001, pos.CodeLimit},
		"overdue":          {with(func(c *pos.CustomerState) { c.Overdue = 1 }), 46_261, pos.CodeOverdue},
		"nothing is due":   {&buyer, 0, pos.CodeConflict},
	} {
		t.Run(name, func(t *testing.T) {
			m := &model{view: &till.ChequeView{Customer: tc.customer, Totals: pos.Totals{Due: tc.due}}, asked: tc.due, rest: true}
			require.Equal(t, tc.want, pos.CodeOf(m.check()))
		})
	}
	m := &model{view: &till.ChequeView{Customer: &buyer, Totals: pos.Totals{Due: 46_261}, Rules: pos.DefaultRules()}, asked: 46_261, rest: true,
		set: pos.Settings{ConfirmCredit: pos.ConfirmAlways}}
	require.EqualValues(t, 81_261, m.becomes())
	require.True(t, m.coded())
	require.Equal(t, 5, m.due(time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)).Day())
	m.view.Totals.Due = 50_000 // another customer took the points along
	require.EqualValues(t, 50_000, m.amount(), "the rest is followed")
}
