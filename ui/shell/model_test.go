package shell

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/till"
	"kassa/ui/keys"
)

func ids(list []pos.Error) []string {
	var all []string
	for _, n := range list {
		all = append(all, n.ID)
	}
	return all
}

func TestNotices(t *testing.T) {
	sold, shift := &pos.Sale{Number: 7}, &pos.Shift{Number: 3}
	problem := till.Problem{Invariant: "I7", ID: "check.total"}
	for name, tt := range map[string]struct {
		start till.Start
		want  []string
	}{
		"all is well":                      {till.Start{Orderly: true, LastSale: sold, OpenCheque: true}, nil},
		"a crash before any sale":          {till.Start{}, []string{"start.crash-nothing"}},
		"a crash after a sale":             {till.Start{LastSale: sold}, []string{"start.crash-sale"}},
		"a crash in a cheque":              {till.Start{LastSale: sold, OpenCheque: true}, []string{"start.crash-sale", "start.crash-cheque"}},
		"missing records come first, once": {till.Start{Orderly: true, Missing: &history.Gap{}, Problems: []till.Problem{{ID: "history.behind"}, problem}}, []string{"start.missing", "start.problems", "check.total"}},
		"yesterday's shift":                {till.Start{Orderly: true, Shift: shift, StaleShift: true}, []string{"start.stale-shift"}},
		"broken data come first":           {till.Start{LastSale: sold, Problems: []till.Problem{problem}}, []string{"start.problems", "check.total", "start.crash-sale"}},
		"and only some of the breaks":      {till.Start{Orderly: true, Problems: []till.Problem{problem, problem, problem, problem}}, []string{"start.problems", "check.total", "check.total"}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, tt.want, ids(notices(&tt.start))) })
	}
}

func TestIdle(t *testing.T) {
	at := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	assert.False(t, idle(at, at.Add(time.Minute), 0), "never")
	assert.False(t, idle(at, at.Add(9*time.Minute), 10*time.Minute))
	assert.True(t, idle(at, at.Add(10*time.Minute), 10*time.Minute))
	assert.False(t, idle(time.Time{}, at, 10*time.Minute), "nothing was touched yet")
}

func TestPlaces_HaveAKeyEach(t *testing.T) {
	seen := map[string]bool{}
	pressed := map[keys.Key]bool{}
	for _, p := range places() {
		assert.False(t, seen[p.id], p.id)
		assert.False(t, pressed[MenuKey(p.id)], p.id)
		seen[p.id], pressed[MenuKey(p.id)] = true, true
	}
	assert.Equal(t, keys.None, MenuKey("nowhere"))
}
