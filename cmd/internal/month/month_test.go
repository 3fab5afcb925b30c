package month_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/assets"
	"kassa/assets/words"
	"kassa/cmd/internal/month"
	"kassa/pos"
	"kassa/pos/clock"
	"kassa/pos/figures"
	"kassa/pos/message"
	"kassa/pos/postest"
	"kassa/pos/till/tilltest"
	"kassa/sms/sandbox"
)

func settings(lang string) pos.Settings {
	rules := pos.DefaultRules()
	rules.PointsLife = month.PointsLife
	return pos.Settings{Shop: "Лавка", Till: "1", Language: lang, ReceiptLanguage: lang, Country: "RU", Currency: "RUB", Rules: rules,
		ConfirmPoints: pos.ConfirmAlways, ConfirmCredit: pos.ConfirmAlways, CodeLifetime: 5 * time.Minute, SMSProvider: sandbox.ID,
		SMSTemplate: message.DefaultTemplate, Certificates: pos.CertificateSettings{Life: 365 * 24 * time.Hour}, Demo: true}
}

// lived is a demo shop that has lived through its month, on the day after. Its end
// proves the books.
func lived(t *testing.T, now time.Time, lang string) *tilltest.Shop {
	t.Helper()
	c := postest.NewClock()
	c.In(now.Location())
	c.Set(now.Sub(postest.Noon))
	s := tilltest.EmptyAt(t, c, settings(lang))
	s.Clock = c
	var err error
	s.Demo, err = month.Live(t.Context(), month.Params{Till: s.Params(), Files: assets.DemoIn(lang), Words: words.New(lang, "RUB", ""), Now: now, Seed: 1})
	require.NoError(t, err)
	s.Owner, err = s.Login(t.Context(), s.Demo.Employees[0].PIN)
	require.NoError(t, err)
	return s
}

var now = time.Date(2026, time.March, 12, 15, 30, 0, 0, time.UTC)

// report is a report of the month, as the owner asks for it.
func report(t *testing.T, s *tilltest.Shop, kind figures.Kind) *figures.Report {
	t.Helper()
	today := figures.DayOf(s.Clock.Now(), s.Clock.Now().Location())
	r, err := s.Report(t.Context(), s.Owner, figures.Query{Kind: kind, Period: figures.Period{Span: figures.SpanCustom, From: today.Add(-month.Days), To: today}})
	require.NoError(t, err, kind)
	return r
}

func TestLive_HasSomethingToTell(t *testing.T) {
	s := lived(t, now, "ru")
	s.Sound()

	t.Run("in every report", func(t *testing.T) {
		for _, kind := range figures.Kinds {
			r := report(t, s, kind)
			require.NotEmpty(t, r.Rows, kind)
			require.True(t, slices.ContainsFunc(r.Rows, func(row figures.Row) bool { return row.Cells[0].N != 0 }), "%s tells of something", kind)
		}
		days := report(t, s, figures.Days)
		require.Len(t, days.Rows, month.Days+1)
		for _, d := range days.Rows[:month.Days] {
			require.Greater(t, d.Cells[0].N, int64(1_000_00), "each day sold: %v", d.Label)
		}
		assert.Zero(t, days.Rows[month.Days].Cells[0].N, "today has not begun")
		for i, id := range []string{"codes", "sends", "right", "wrong"} {
			assert.Positive(t, report(t, s, figures.Codes).Total.Cells[i].N, id)
		}
	})
	t.Run("of debts: one overdue, one due today, others on their way and paid back", func(t *testing.T) {
		v, err := s.Today(t.Context(), s.Owner)
		require.NoError(t, err)
		assert.EqualValues(t, 1, v.Overdue.Count)
		assert.EqualValues(t, 1, v.DueToday.Count)
		assert.Positive(t, v.Expiring, "points that end soon")
		assert.Nil(t, v.Shift, "today's shift is not open")
		owing, paid := 0, 0
		for i := range s.Demo.Customers {
			c := s.DemoPerson(i)
			require.Equal(t, s.Demo.Customers[i], c.CustomerState, "the shop that was made is told as it is now")
			if c.Debt > 0 {
				owing++
			}
			for _, h := range c.History {
				if h.Kind == pos.HistoryRepayment {
					paid++
				}
			}
		}
		assert.GreaterOrEqual(t, owing, 4)
		assert.GreaterOrEqual(t, paid, 6)
	})
	t.Run("of shifts that were miscounted now and then", func(t *testing.T) {
		diffs := 0
		for _, r := range report(t, s, figures.ShiftDiffs).Rows {
			if r.Cells[0].N != 0 {
				diffs++
			}
		}
		assert.Equal(t, 5, diffs)
	})
	t.Run("and goes on today", func(t *testing.T) {
		c, err := s.ClockSeen(t.Context())
		require.NoError(t, err)
		doubt, _ := c.Doubt()
		require.Equal(t, clock.Sure, doubt)
		s.Who = s.Owner
		s.StartShift(3_000_00)
		s.Sell(0, 1, func() { s.Pay(pos.Card, 389_00) })
	})
}

// The month is made on any day of the year, in any zone, and its books are right.
func TestLive_OnAnyDay(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	for _, at := range []time.Time{
		time.Date(2026, time.January, 1, 0, 5, 0, 0, time.UTC),  // over the new year, minutes after midnight
		time.Date(2028, time.March, 1, 9, 0, 0, 0, time.UTC),    // over a leap day
		time.Date(2026, time.April, 2, 12, 0, 0, 0, berlin),     // clocks were put forward
		time.Date(2026, time.November, 5, 23, 50, 0, 0, berlin), // and back
	} {
		t.Run(at.Format(time.DateOnly), func(t *testing.T) {
			s := lived(t, at, "ru")
			s.Sound()
			require.Greater(t, report(t, s, figures.Days).Total.Cells[0].N, int64(100_000_00))
		})
	}
}

// The same seed tells the same story, whatever the language it is told in.
func TestLive_IsTheSameStory(t *testing.T) {
	ru, en := lived(t, now, "ru"), lived(t, now, "en")
	for _, kind := range []figures.Kind{figures.Days, figures.Hours, figures.Employees, figures.Tenders, figures.ShiftDiffs, figures.DebtAges} {
		a, b := report(t, ru, kind), report(t, en, kind)
		require.Equal(t, len(a.Rows), len(b.Rows), kind)
		require.Equal(t, a.Total.Cells, b.Total.Cells, kind)
	}
	assert.Equal(t, "Истёк срок годности", spoilt(t, ru))
	assert.Equal(t, "Past its use-by date", spoilt(t, en))
	assert.Equal(t, "Olga Wolfe", en.Owner.Name)
	assert.Equal(t, "Meadow milk 2.5%, 1 l", en.Demo.Products[0].Name)
}

// spoilt is why goods were written off.
func spoilt(t *testing.T, s *tilltest.Shop) string {
	t.Helper()
	docs, err := s.StockDocs(t.Context(), s.Owner, pos.WriteOff, 0, 1)
	require.NoError(t, err)
	require.Len(t, docs, 1)
	return docs[0].Reason
}

// What is interrupted has never been: the next attempt makes the shop whole.
func TestLive_IsWholeOrNothing(t *testing.T) {
	c := postest.NewClock()
	s := tilltest.EmptyAt(t, c, settings("ru"))
	p := month.Params{Till: s.Params(), Files: assets.Demo, Words: words.New("ru", "RUB", ""), Now: postest.Noon, Seed: 1}
	ctx, stop := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer stop()
	_, err := month.Live(ctx, p)
	require.Error(t, err)
	groups, err := s.Groups(t.Context())
	require.NoError(t, err)
	require.Empty(t, groups)
	_, err = month.Live(t.Context(), p)
	require.NoError(t, err)
}
