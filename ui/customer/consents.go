package customer

import (
	"context"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// consents asks what a customer said about being written to.
type consents struct {
	c      *card
	all    []pos.Consent
	ticks  map[pos.ConsentTo]*widgets.Check
	source *widgets.Select
	news   *widgets.Banner
	save   *widgets.Button
	d      *widgets.Dialog
}

func (c *card) onConsents() {
	a, id := c.env.Actor, c.view.ID
	approval.Run(c.env, func(ctx context.Context) ([]pos.Consent, error) {
		return c.env.Till.Consents(ctx, a, id)
	}, func(all []pos.Consent, err error) {
		switch {
		case !c.d.Shown():
		case err != nil:
			c.refuse(err)
		default:
			(&consents{c: c, all: all}).show()
		}
	})
}

func (q *consents) show() {
	k, t := q.c.env.Kit, q.c.env.T
	now := pos.Consents(q.all)
	q.ticks = map[pos.ConsentTo]*widgets.Check{}
	columns := make([]fyne.CanvasObject, 0, len(pos.Purposes))
	var first fyne.Focusable
	for _, purpose := range pos.Purposes {
		rows := []fyne.CanvasObject{widgets.NewText(t("consent.purpose."+string(purpose), nil), widgets.Strong)}
		for _, channel := range pos.Channels {
			to := pos.ConsentTo{Channel: channel, Purpose: purpose}
			tick := k.Check(t("consent.channel."+string(channel), nil), now[to].Given, nil)
			if first == nil {
				first = tick
			}
			q.ticks[to] = tick
			rows = append(rows, tick)
		}
		columns = append(columns, widgets.VBox(0, rows...))
	}
	sources := make([]string, len(pos.ConsentSources))
	for i, s := range pos.ConsentSources {
		sources[i] = t("consent.source."+string(s), nil)
	}
	q.source = k.Select(sources, 0, nil)
	q.news = widgets.NewBanner("", widgets.Bad)
	q.save = k.ActionButton(t("customers.save", nil), widgets.Primary, actSave)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, q.onLeave)
	q.save.Height, back.Height = widgets.Large, widgets.Large
	q.d = k.Dialog(widgets.DialogSpec{
		Name: "customer.consents", Title: t("consent.title", nil), Subtitle: q.c.view.Name, Width: widgets.Middle, OnEsc: q.onLeave,
		Body: widgets.VBox(theme.GapCards,
			widgets.NewParagraph(t("consent.why", nil), widgets.SmallMuted),
			widgets.Equal(theme.GapInside, columns...),
			widgets.Field(t("consent.source", nil), q.source),
			widgets.NewParagraph(q.history(), widgets.SmallMuted), q.news),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(180, back), widgets.Grow(q.save)),
	})
	q.d.Show(first, func(s *keys.Scope) { s.Bind(actSave, q.onSave) })
	q.c.env.Shown("customer.consents")
}

// history is what was said last, newest first.
func (q *consents) history() string {
	env, text := q.c.env, ""
	for i := len(q.all) - 1; i >= max(0, len(q.all)-3); i-- {
		s := &q.all[i]
		id := "consent.said.no"
		if s.Given {
			id = "consent.said.yes"
		}
		if text != "" {
			text += "\n"
		}
		text += env.T(id, pos.Args{"When": env.Words.DateTime(s.At), "Channel": env.T("consent.channel."+string(s.Channel), nil),
			"Purpose": env.T("consent.purpose."+string(s.Purpose), nil), "Source": env.T("consent.source."+string(s.Source), nil)})
	}
	if text == "" {
		return env.T("consent.none", nil)
	}
	return text
}

func (q *consents) changed() bool {
	now := pos.Consents(q.all)
	for to, tick := range q.ticks {
		if tick.On() != now[to].Given {
			return true
		}
	}
	return false
}

func (q *consents) onLeave() {
	if !q.changed() {
		q.d.Close()
		return
	}
	q.c.env.Leave("customer.consents", q.onSave, q.d.Close)
}

func (q *consents) onSave() {
	if q.save.Disabled() {
		return
	}
	var answers []till.Answer
	for _, purpose := range pos.Purposes {
		for _, channel := range pos.Channels {
			to := pos.ConsentTo{Channel: channel, Purpose: purpose}
			answers = append(answers, till.Answer{ConsentTo: to, Given: q.ticks[to].On()})
		}
	}
	env, id, source := q.c.env, q.c.view.ID, pos.ConsentSources[max(q.source.Selected(), 0)]
	a := env.Actor
	q.save.Disable()
	approval.Run(env, func(ctx context.Context) ([]pos.Consent, error) {
		return env.Till.RecordConsents(ctx, a, id, answers, source)
	}, func(_ []pos.Consent, err error) {
		if !q.d.Shown() {
			return
		}
		q.save.Enable()
		if err != nil {
			q.news.Set(env.Words.Error(err), widgets.Bad)
			q.d.Refresh()
			env.Shown("customer.consents", "error", string(pos.CodeOf(err)))
			return
		}
		q.d.Close()
		env.Kit.Toast(env.T("consent.saved", nil), widgets.Good)
		q.c.load()
	})
}
