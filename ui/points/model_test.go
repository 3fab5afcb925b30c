package points

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
)

func TestModel_Check(t *testing.T) {
	buyer := &pos.CustomerState{Customer: pos.Customer{Name: "Анна"}, Points: 500}
	view := func(c *pos.CustomerState, cheque, most int64) *till.ChequeView {
		return &till.ChequeView{Customer: c, MaxPoints: most, Totals: pos.Totals{MaxPoints: cheque, Due: 100_000}}
	}
	for name, tc := range map[string]struct {
		view  *till.ChequeView
		typed string
		want  pos.Code
		id    string
	}{
		"all that is allowed":      {view(buyer, 300, 300), "300", "", ""},
		"nobody":                   {view(nil, 300, 0), "1", pos.CodeInvalid, "points.no-customer"},
		"no points at all":         {view(&pos.CustomerState{}, 300, 0), "1", pos.CodeLimit, "pointsask.none"},
		"goods that take none":     {view(buyer, 0, 0), "1", pos.CodeLimit, "pointsask.not-here"},
		"paid already":             {view(buyer, 300, 0), "1", pos.CodeConflict, "tender.nothing-due"},
		"nothing typed":            {view(buyer, 300, 300), "", pos.CodeInvalid, "points.not-positive"},
		"more than a number holds": {view(buyer, 300, 300), "99999999999999999999", pos.CodeInvalid, "points.not-positive"},
		"more than there are":      {view(buyer, 900, 500), "501", pos.CodeLimit, "points.too-few"},
		"more than the cheque":     {view(buyer, 300, 300), "301", pos.CodeLimit, "points.over-cheque"},
		"more than is due":         {view(buyer, 300, 100), "101", pos.CodeLimit, "points.over-due"},
	} {
		t.Run(name, func(t *testing.T) {
			m := &model{view: tc.view, rules: pos.DefaultRules(), typed: tc.typed}
			err := m.check()
			require.Equal(t, tc.want, pos.CodeOf(err))
			if tc.id != "" {
				require.Equal(t, tc.id, err.(*pos.Error).ID)
			}
		})
	}
}

func TestModel_Rest(t *testing.T) {
	v := &till.ChequeView{Totals: pos.Totals{Due: 50_000, PointsAmount: 10_000}}
	m := &model{view: v, rules: pos.DefaultRules(), typed: "250"}
	require.EqualValues(t, 35_000, m.rest(), "points typed stand in place of those on the cheque")
	m.typed = "5000"
	require.Zero(t, m.rest())
}
