package settings

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/scale"
	"kassa/pos/till"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// labelTrial sets up the prefixes of the scales, and reads a label by what
// stands in the field, kept or not.
type labelTrial struct {
	v     *view
	field *widgets.Entry
	news  *widgets.Banner
	rows  []*widgets.Text
	box   *fyne.Container
}

func (v *view) labelsPage() fyne.CanvasObject {
	t := v.env.T
	l := &labelTrial{v: v, field: v.env.Kit.Entry(widgets.TextEntry, ""), news: widgets.NewBanner("", widgets.Bad)}
	l.field.MaxLength = 40
	l.field.OnSubmitted = l.read
	l.field.OnScan = func(_, code string) { l.field.SetText(code); l.read(code) }
	var lines []fyne.CanvasObject
	for _, id := range []string{"settings.labels.prefix", "settings.labels.item", "settings.labels.product", "settings.labels.qty",
		"settings.labels.price", "settings.labels.sum"} {
		kv := widgets.KeyValue(t(id, nil), "", widgets.Strong)
		l.rows = append(l.rows, kv.Value)
		lines = append(lines, kv.Box)
	}
	l.box = widgets.VBox(theme.GapSmall, lines...)
	return v.page(
		widgets.NewParagraph(t("settings.labels.why", nil), widgets.Muted),
		v.ask("labels.rules"),
		widgets.NewSeparator(),
		widgets.Field(t("settings.labels.try", nil), l.field), l.news, l.box)
}

// read shows what a label says by the rules in the field.
func (l *labelTrial) read(code string) {
	code = strings.TrimSpace(code)
	rules, err := scale.ParseRules(l.v.m.texts["labels.rules"])
	if err != nil {
		l.show(till.LabelReading{}, err)
		return
	}
	a := l.v.env.Actor
	task.Run(l.v.env.Ctx, l.v.env.Runner,
		func(ctx context.Context) (till.LabelReading, error) {
			return l.v.env.Till.ReadLabel(ctx, a, rules, code)
		}, l.show)
}

func (l *labelTrial) show(r till.LabelReading, err error) {
	env, m := l.v.env, l.v.env.Words.Money()
	l.news.Set(env.Words.Error(err), widgets.Bad)
	values := make([]string, len(l.rows))
	if r.Label.Item != "" {
		values[0], values[1] = strconv.Itoa(r.Label.Rule.Prefix), r.Label.Item
		values[2] = env.T("settings.labels.unknown", nil)
		if r.Product != nil {
			values[2] = r.Product.Name
			values[3] = strings.TrimSpace(m.Quantity(r.Qty) + " " + r.Product.Unit)
		}
		if r.Label.Rule.Kind == scale.Price {
			values[4] = m.Amount(r.Label.Price)
		}
		if err == nil {
			values[5] = m.Amount(r.Sum)
		} else {
			values[3] = ""
		}
	}
	for i, v := range values {
		l.rows[i].SetText(v)
	}
	l.box.Refresh()
	l.v.dialog.Refresh()
	env.Shown("settings.label", "item", r.Label.Item, "product", values[2], "sum", values[5], "error", string(pos.CodeOf(err)))
}
