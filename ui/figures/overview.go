package figures

import (
	"cmp"
	"context"
	"slices"
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

// gravity orders notices: what is bad stands first.
var gravity = map[widgets.Tone]int{widgets.Bad: 0, widgets.Warn: 1, widgets.Info: 2, widgets.Neutral: 3, widgets.Good: 4}

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
	v.dialog = k.Dialog(widgets.DialogSpec{Name: "overview", Page: "overview", Title: t("overview.title", nil), Width: widgets.Wide, Body: v.body,
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
		slices.SortStableFunc(s.notices, func(a, b Notice) int { return cmp.Compare(gravity[a.Tone], gravity[b.Tone]) })
		return s, nil
	}, v.show)
}

// needs are what of the day's figures needs a look, the gravest first. This list
// alone decides, with the sources, whether all is well.
var needs = []struct {
	id   string
	tone widgets.Tone
	of   func(*till.Today) pos.Args // nil for nothing
}{
	{"overview.below-drawer", widgets.Bad, func(o *till.Today) pos.Args { return when(o.Drawer < 0, pos.Args{}) }},
	{"overview.overdue-debts", widgets.Bad, func(o *till.Today) pos.Args { return debts(o.Overdue) }},
	{"overview.failed", widgets.Bad, func(o *till.Today) pos.Args { return counted(o.Failed) }},
	{"overview.stale-shift", widgets.Warn, func(o *till.Today) pos.Args {
		if o.Shift == nil {
			return nil
		}
		return when(o.Shift.Stale(o.At), pos.Args{"Number": o.Shift.Number})
	}},
	{"overview.due-debts", widgets.Warn, func(o *till.Today) pos.Args { return debts(o.DueToday) }},
	{"overview.skipped", widgets.Warn, func(o *till.Today) pos.Args { return counted(o.Skipped) }},
	{"overview.removed", widgets.Info, func(o *till.Today) pos.Args { return counted(o.Removed) }},
}

func when(so bool, args pos.Args) pos.Args {
	if !so {
		return nil
	}
	return args
}

func counted(n int64) pos.Args { return when(n > 0, pos.Args{"Count": n}) }

func debts(o till.Owed) pos.Args { return when(o.Count > 0, pos.Args{"Count": o.Count, "Sum": o.Sum}) }

// own are the notices of the figures themselves.
func own(o *till.Today) []Notice {
	var list []Notice
	for _, need := range needs {
		if args := need.of(o); args != nil {
			list = append(list, Notice{need.id, args, need.tone})
		}
	}
	return list
}

func (v *overview) show(s *seen, err error) {
	if err != nil {
		v.news.Set(v.env.Words.Error(err), widgets.Bad)
		v.dialog.Refresh()
		v.env.Shown("overview", "error", string(pos.CodeOf(err)))
		return
	}
	v.news.Set("", widgets.Bad)
	t := v.env.T
	v.dialog.SetTitle(t("overview.title", nil), t("overview.hint", pos.Args{"At": s.At}), "")
	v.body.RemoveAll()
	v.body.Add(v.news)
	v.body.Add(v.stats(s))
	v.body.Add(widgets.Columns(theme.GapCards, widgets.GrowBy(1.7, v.hours(s)), widgets.Grow(v.attention(s))))
	v.dialog.Refresh()
	v.env.Shown("overview", "sales", strconv.FormatInt(s.Sales, 10), "total", s.Total.String(), "notices", strconv.Itoa(len(s.notices)))
}

// stats are the day in four figures.
func (v *overview) stats(s *seen) fyne.CanvasObject {
	t, m := v.env.T, v.env.Words.Money()
	card := func(id, now, under string) fyne.CanvasObject {
		return widgets.NewCard(widgets.VBox(theme.GapTiny, widgets.NewText(t(id, nil), widgets.SmallMuted).Ellipsis(),
			widgets.NewText(now, figure).Shrink(), widgets.NewParagraph(under, widgets.SmallMuted)))
	}
	was := func(was string, c figures.Change) string {
		if p := report.Changed(c, m); p != "" {
			return p + " · " + t("overview.was", pos.Args{"Was": was})
		}
		return t("overview.was", pos.Args{"Was": was})
	}
	average, wasAverage := figures.Average(s.Total, s.Sales), figures.Average(s.WasTotal, s.WasSales)
	drawer, shift := "–", t("overview.no-shift", nil)
	if s.Shift != nil {
		drawer, shift = m.Amount(s.Drawer), t("figures.shift", pos.Args{"Number": s.Shift.Number})
	}
	return widgets.Equal(theme.GapCards,
		card("overview.total", m.Amount(s.Total), was(m.Amount(s.WasTotal), figures.Change{Now: int64(s.Total), Was: int64(s.WasTotal)})),
		card("overview.sales", m.Points(s.Sales), was(m.Points(s.WasSales), figures.Change{Now: s.Sales, Was: s.WasSales})),
		card("overview.average", m.Amount(average), was(m.Amount(wasAverage), figures.Change{Now: int64(average), Was: int64(wasAverage)})),
		card("overview.drawer", drawer, shift))
}

// figure is one of the day's figures, under its name and not beside it.
var figure = widgets.Style{Size: theme.SizeAmount, Color: theme.ColorInk}

// hours is the day by its hours, beside the same day a week ago.
func (v *overview) hours(s *seen) fyne.CanvasObject {
	t := v.env.T
	if len(s.hours.chart.Bars) == 0 {
		v.chart.SetData(chart.Data{})
		return widgets.NewCard(widgets.VBox(theme.GapTiny, widgets.NewText(t("overview.no-sales", nil), widgets.Muted)))
	}
	d := s.hours.chart
	d.Names = [2]string{t("overview.today", nil), t("overview.week-ago", nil)}
	v.chart.SetData(d)
	// The bars add up to another figure than the card of what was sold: this says which.
	sum := widgets.NewText(t("overview.by-hours", pos.Args{"Sum": money.Amount(s.Hours.Total.Cells[0].N)}), widgets.SmallMuted).Ellipsis()
	return widgets.NewFlatCard(widgets.VBox(theme.GapTiny, widgets.Padded(theme.GapSmall, theme.GapTiny, sum), widgets.Grow(widgets.Sized(0, chartHeight(v.env)+30, v.chart)),
		widgets.Padded(theme.GapSmall, theme.GapTiny, v.chart.Told())))
}

// attention is what needs a look, and what is owed and ends.
func (v *overview) attention(s *seen) fyne.CanvasObject {
	t, m := v.env.T, v.env.Words.Money()
	list := widgets.VBox(theme.GapSmall, widgets.NewText(t("overview.attention", nil), widgets.Strong))
	for _, n := range s.notices {
		list.Add(widgets.NewBanner(t(n.ID, n.Args), n.Tone))
	}
	if len(s.notices) == 0 {
		list.Add(widgets.NewText(t("overview.quiet", nil), widgets.Muted))
	}
	due := widgets.VBox(theme.GapTiny)
	for _, row := range [][2]string{{t("overview.due", nil), owed(s.DueToday, m)}, {t("overview.overdue", nil), owed(s.Overdue, m)},
		{t("overview.expiring", nil), m.Points(s.Expiring)}} {
		due.Add(widgets.KeyValue(row[0], row[1], widgets.Body).Box)
	}
	return widgets.VBox(theme.GapCards, widgets.Grow(widgets.NewCard(list)), widgets.NewCard(due))
}

// owed writes a sum of debts with their number.
func owed(o till.Owed, m money.Formatter) string {
	if o.Count == 0 {
		return "–"
	}
	return m.Amount(o.Sum) + " (" + m.Points(o.Count) + ")"
}
