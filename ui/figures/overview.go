package figures

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/pos/money"
	"kassa/pos/report"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/chart"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// Notice is something the owner should look at.
type Notice struct {
	ID   string // of its sentence
	Args pos.Args
	Tone widgets.Tone
}

// Source tells what needs attention. It is asked in the background and touches
// no widget; an error is logged by nobody and told as a notice.
type Source func(ctx context.Context, a pos.Actor) ([]Notice, error)

// overview is the owner's start page.
type overview struct {
	env    *ui.Env
	more   []Source
	dialog *widgets.Dialog
	body   *fyne.Container
	news   *widgets.Banner
	chart  *chart.Chart
	latest *task.Latest
}

// seen is what the page shows.
type seen struct {
	*till.Today
	hours   *page
	notices []Notice
}

// Overview shows how the day goes and what needs attention; sources add to it.
func Overview(env *ui.Env, sources []Source, closed func()) {
	v := &overview{env: env, more: sources, news: widgets.NewBanner("", widgets.Bad), latest: task.NewLatest(env.Runner),
		chart: chart.New(env.Kit)}
	k, t := env.Kit, env.T
	button := func(id string, kind widgets.Kind, key keys.Key, do func()) *widgets.Button {
		b := k.KeyButton(t(id, nil), kind, key, do)
		b.Height = widgets.Large
		return b
	}
	leave := func() { v.dialog.Close() }
	sell := button("overview.sell", widgets.Primary, keys.Enter, leave)
	reports := func() { open(env, figures.Days, func() { v.load() }) }
	v.body = widgets.VBox(theme.GapCards, v.news)
	v.dialog = k.Dialog(widgets.DialogSpec{Name: "overview", Page: "overview", Title: t("overview.title", nil), Width: 1160, Body: v.body,
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(260, button("overview.reports", widgets.Secondary, "F2", reports)), widgets.Grow(sell))})
	v.dialog.OnClosed = func() {
		v.latest.Cancel()
		closed()
	}
	v.dialog.Show(sell, func(s *keys.Scope) {
		s.BindKey("F2", reports)
		s.BindKey("F5", v.load)
	})
	v.load()
}

func (v *overview) load() {
	a, w, more := v.env.Actor, v.env.Words, v.more
	task.RunLatest(v.env.Ctx, v.latest, func(ctx context.Context) (*seen, error) {
		o, err := v.env.Till.Today(ctx, a)
		if err != nil {
			return nil, err
		}
		s := &seen{Today: o, hours: newPage(o.Hours, w.T, w.Money()), notices: own(o)}
		for _, source := range more {
			n, err := source(ctx, a)
			if err != nil {
				return nil, err
			}
			s.notices = append(s.notices, n...)
		}
		return s, nil
	}, v.show)
}

// own are the notices of the figures themselves.
func own(o *till.Today) []Notice {
	var n []Notice
	for _, c := range []struct {
		id    string
		count int64
		tone  widgets.Tone
	}{{"overview.failed", o.Failed, widgets.Bad}, {"overview.skipped", o.Skipped, widgets.Warn}, {"overview.removed", o.Removed, widgets.Info}} {
		if c.count > 0 {
			n = append(n, Notice{c.id, pos.Args{"Count": c.count}, c.tone})
		}
	}
	return n
}

func (v *overview) show(s *seen, err error) {
	if err != nil {
		v.news.Set(v.env.Words.Error(err), widgets.Bad)
		v.dialog.Refresh()
		v.env.Shown("overview", "error", string(pos.CodeOf(err)))
		return
	}
	t, m := v.env.T, v.env.Words.Money()
	stat := func(id string, now, was string, c figures.Change) fyne.CanvasObject {
		sub := t("overview.was", pos.Args{"Was": was})
		if p := report.Changed(c, m); p != "" {
			sub += " · " + p
		}
		return widgets.NewCard(widgets.VBox(theme.GapTiny, widgets.NewText(t(id, nil), widgets.SmallMuted),
			widgets.NewText(now, widgets.Amount).Shrink(), widgets.NewText(sub, widgets.SmallMuted).Ellipsis()))
	}
	average, wasAverage := figures.Average(s.Total, s.Sales), figures.Average(s.WasTotal, s.WasSales)
	stats := widgets.Equal(theme.GapCards,
		stat("overview.total", m.Amount(s.Total), m.Amount(s.WasTotal), figures.Change{Now: int64(s.Total), Was: int64(s.WasTotal)}),
		stat("overview.sales", m.Points(s.Sales), m.Points(s.WasSales), figures.Change{Now: s.Sales, Was: s.WasSales}),
		stat("overview.average", m.Amount(average), m.Amount(wasAverage), figures.Change{Now: int64(average), Was: int64(wasAverage)}))

	drawer := t("overview.no-shift", nil)
	if s.Shift != nil {
		drawer = m.Amount(s.Drawer)
	}
	due := widgets.VBox(theme.GapSmall)
	for _, row := range [][2]string{{t("overview.drawer", nil), drawer}, {t("overview.due", nil), owed(s.DueToday, m)},
		{t("overview.overdue", nil), owed(s.Overdue, m)}, {t("overview.expiring", nil), m.Points(s.Expiring)}} {
		due.Add(widgets.KeyValue(row[0], row[1], widgets.Strong).Box)
	}
	attention := widgets.VBox(theme.GapSmall, widgets.NewText(t("overview.attention", nil), widgets.Strong))
	for _, n := range s.notices {
		attention.Add(widgets.NewBanner(t(n.ID, n.Args), n.Tone))
	}
	if len(s.notices) == 0 {
		attention.Add(widgets.NewText(t("overview.quiet", nil), widgets.Muted))
	}
	v.chart.SetData(s.hours.chart)
	hours := widgets.VBox(theme.GapTiny, widgets.NewText(t("overview.no-sales", nil), widgets.Muted))
	if len(s.hours.chart.Bars) > 0 {
		hours = widgets.VBox(theme.GapTiny, widgets.Sized(0, chartHeight(v.env), v.chart), v.chart.Told())
	}
	v.dialog.SetTitle(t("overview.title", nil), t("overview.hint", pos.Args{"At": s.At}), "")
	v.body.RemoveAll()
	for _, o := range []fyne.CanvasObject{v.news, stats, widgets.NewCard(hours),
		widgets.Equal(theme.GapCards, widgets.NewCard(due), widgets.NewCard(attention))} {
		v.body.Add(o)
	}
	v.dialog.Refresh()
	v.env.Shown("overview", "sales", strconv.FormatInt(s.Sales, 10), "total", s.Total.String(), "notices", strconv.Itoa(len(s.notices)))
}

// owed writes a sum of debts with their number.
func owed(o till.Owed, m money.Formatter) string {
	if o.Count == 0 {
		return "–"
	}
	return m.Amount(o.Sum) + " (" + m.Points(o.Count) + ")"
}
