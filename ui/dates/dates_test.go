package dates

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/pos/figures"
	"kassa/ui/keys"
	"kassa/ui/uitest"
	"kassa/ui/widgets"
)

func TestCalendar_Keys(t *testing.T) {
	w := uitest.Open(t, uitest.Usual)
	say := words.New("ru", "RUB", "").T
	c := NewCalendar(w.Kit, say, 20260131, 20260301)
	var got figures.Day
	c.OnPicked = func(d figures.Day) { got = d }
	w.Show(widgets.VBox(0, c))
	w.Kit.Focus(c)
	for _, step := range []struct {
		key  keys.Key
		want figures.Day
	}{{keys.PgDn, 20260228}, {keys.Right, 20260301}, {keys.Up, 20260222}, {keys.Left, 20260221}, {keys.Down, 20260228}, {keys.PgUp, 20260128}, {keys.Home, 20260301}} {
		uitest.Press(w, step.key)
		require.Equal(t, step.want, c.Day(), step.key)
	}
	uitest.Press(w, keys.Enter)
	assert.Equal(t, figures.Day(20260301), got)
	require.Empty(t, uitest.Faults(w))
	assert.True(t, uitest.HasText(w, "март 2026"))
	assert.Equal(t, figures.Day(20260223), c.first(), "weeks begin on Monday")
}

func TestPeriodName(t *testing.T) {
	ru, en := words.New("ru", "RUB", "").T, words.New("en", "RUB", "").T
	for _, tt := range []struct {
		p      figures.Period
		ru, en string
	}{
		{figures.Of(figures.SpanDay, 20261121), "сб 21.11.2026", "Sat 21.11.2026"},
		{figures.Of(figures.SpanMonth, 20261121), "ноябрь 2026", "November 2026"},
		{figures.Of(figures.SpanQuarter, 20261121), "4 квартал 2026", "Q4 2026"},
		{figures.Of(figures.SpanYear, 20261121), "2026 год", "2026"},
		{figures.Of(figures.SpanWeek, 20261121), "16.11.2026 – 22.11.2026", "16.11.2026 – 22.11.2026"},
	} {
		assert.Equal(t, tt.ru, PeriodName(ru, tt.p))
		assert.Equal(t, tt.en, PeriodName(en, tt.p))
	}
}
