package next

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

func all(pos.Right) bool { return true }

func ids(list []point, done bool) (out []string) {
	for _, p := range list {
		if p.done == done {
			out = append(out, p.id)
		}
	}
	return out
}

func TestPoints(t *testing.T) {
	fresh := Facts{Settings: pos.Settings{}}
	assert.Equal(t, []string{"goods", "printer", "shift", "sell", "customer", "staff", "codes", "copy"}, ids(points(fresh, all), false))

	t.Run("each is ticked by what the till finds", func(t *testing.T) {
		for id, done := range map[string]func(*Facts){
			"goods": func(f *Facts) { f.Begun.Goods = true },
			"printer": func(f *Facts) {
				f.Settings.Paper.Connection, f.Settings.Paper.Address = pos.PrinterSystem, "/dev/usb/lp0"
			},
			"shift":    func(f *Facts) { f.Begun.Shift = true },
			"sell":     func(f *Facts) { f.Begun.Sold = true },
			"customer": func(f *Facts) { f.Begun.Customer = true },
			"staff":    func(f *Facts) { f.Begun.Staff = true },
			"codes": func(f *Facts) {
				f.Settings.ConfirmPoints, f.Settings.ConfirmCredit = pos.ConfirmNever, pos.ConfirmNever
			},
			"copy": func(f *Facts) { f.Settings.Backup.Folders = "/media/stick" },
		} {
			f := fresh
			done(&f)
			assert.Equal(t, []string{id}, ids(points(f, all), true))
		}
	})
	t.Run("goods to begin with go once there are others", func(t *testing.T) {
		f := Facts{Begun: till.Beginning{Starter: true}}
		assert.NotContains(t, ids(points(f, all), false), "starter")
		f.Begun.Goods = true
		assert.Contains(t, ids(points(f, all), false), "starter")
	})
	t.Run("nobody is sent where they may not go", func(t *testing.T) {
		got := points(fresh, func(r pos.Right) bool { return r == pos.RightSell || r == pos.RightShiftOpen })
		assert.Equal(t, []string{"shift", "sell"}, ids(got, false))
	})
}

func TestCard_FitsTheRoom(t *testing.T) {
	s := shoptest.OpenEmpty(t, uitest.Small, "ru")
	s.Env.Actor.Rights = pos.Rights
	var led []string
	c := New(s.Env, func(place string) { led = append(led, place) })
	assert.Zero(t, c.Fit(600, 600), "nothing was loaded yet")
	require.True(t, c.Show(&Facts{Begun: till.Beginning{Shift: true, Sold: true}}))

	whole := c.Fit(700, 600)
	assert.Positive(t, whole)
	assert.Equal(t, drawing{2, false, 8}, c.drawn)
	assert.Less(t, c.Fit(700, whole-1), whole, "what is done is left out first")
	assert.Equal(t, drawing{2, true, 6}, c.drawn)
	small := c.Fit(400, 200)
	assert.LessOrEqual(t, small, float32(200))
	assert.Equal(t, 1, c.drawn.columns)
	assert.Zero(t, c.Fit(400, 40), "no room at all")
	assert.False(t, c.Object().Visible())

	sc := s.Kit.Keys.Push("test")
	c.Bind(sc)
	uitest.Press(s.Window, "Ctrl+2")
	assert.Empty(t, led, "a card nobody sees has no keys")
	c.Fit(700, 600)
	uitest.Press(s.Window, "Ctrl+2", "Ctrl+0")
	assert.Equal(t, []string{"printer", "away"}, led)

	require.False(t, c.Show(nil), "put away")
	assert.Zero(t, c.Fit(700, 600))
}
