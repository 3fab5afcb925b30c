package customer

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// merger makes one card of two: this one stays, the other is taken in. Where
// they differ it asks whose to keep, and shows what the card becomes.
type merger struct {
	c      *card
	m      till.MergeChoice
	p      *till.MergePreview
	points *widgets.Pair
	debt   *widgets.Pair
	limit  *widgets.Pair
	what   *widgets.Paragraph
	news   *widgets.Banner
	act    *widgets.Button
	d      *widgets.Dialog
	latest *task.Latest
}

func (c *card) onMerge() {
	find(c.env, "customers.merge.find", false, func(other pos.CustomerState) {
		g := &merger{c: c, m: till.MergeChoice{Survivor: c.view.ID, Duplicate: other.ID}, latest: task.NewLatest(c.env.Runner)}
		g.preview(g.show)
	})
}

// preview asks the till what would come of it.
func (g *merger) preview(then func()) {
	env, a, m := g.c.env, g.c.env.Actor, g.m
	task.RunLatest(env.Ctx, g.latest, func(ctx context.Context) (*till.MergePreview, error) {
		return env.Till.PreviewMerge(ctx, a, m)
	}, func(p *till.MergePreview, err error) {
		switch {
		case err == nil:
			g.p = p
			then()
		case g.d != nil && g.d.Shown():
			g.refuse(err)
		case g.c.d.Shown():
			g.c.refuse(err)
		}
	})
}

// difference is something of which only one can be kept.
type difference struct {
	id           string // "customers.field.<id>" names it
	mine, theirs string
	take         *bool
}

func (g *merger) differences() []difference {
	mine, theirs := &g.p.Survivor, &g.p.Duplicate
	m, all := g.c.env.Words.Money(), []difference{}
	add := func(id, a, b string, take *bool) {
		if a != b && a != "" && b != "" {
			all = append(all, difference{id, a, b, take})
		}
	}
	add("name", mine.Name, theirs.Name, &g.m.TakeName)
	add("phone", Masked(&mine.Customer), Masked(&theirs.Customer), &g.m.TakePhone)
	add("card", mine.Card, theirs.Card, &g.m.TakeCard)
	add("email", mine.Email, theirs.Email, &g.m.TakeEmail)
	add("birthday", shownBirthday(mine.Birthday), shownBirthday(theirs.Birthday), &g.m.TakeBirthday)
	add("group", mine.GroupName, theirs.GroupName, &g.m.TakeGroup)
	if mine.CreditLimit != theirs.CreditLimit && g.c.env.Actor.Can(pos.RightCreditLimit) {
		all = append(all, difference{"limit", m.Amount(mine.CreditLimit), m.Amount(theirs.CreditLimit), &g.m.TakeLimit})
	}
	return all
}

func (g *merger) show() {
	k, t := g.c.env.Kit, g.c.env.T
	var fields []fyne.CanvasObject
	var first fyne.Focusable
	for _, d := range g.differences() {
		s := k.Segments([]string{d.mine, d.theirs}, 0, func(i int) {
			*d.take = i == 1
			g.preview(g.draw)
		})
		if first == nil {
			first = s
		}
		fields = append(fields, widgets.Field(t("customers.field."+d.id, nil), s))
	}
	g.points = widgets.Stat(t("customers.points", nil), "", widgets.Figure)
	g.debt = widgets.Stat(t("customers.debt", nil), "", widgets.Figure)
	g.limit = widgets.Stat(t("customers.limit", nil), "", widgets.Figure)
	g.what = widgets.NewParagraph("", widgets.Body)
	g.news = widgets.NewBanner("", widgets.Bad)
	g.act = k.ActionButton(t("customers.merge.do", nil), widgets.Primary, actSave)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { g.d.Close() })
	g.act.Height, back.Height = widgets.Large, widgets.Large
	if first == nil {
		first = back
	}
	g.d = k.Dialog(widgets.DialogSpec{
		Name: "customer.merge", Title: t("customers.merge.title", nil),
		Subtitle: t("customers.merge.who", pos.Args{"Name": g.p.Survivor.Name, "Other": g.p.Duplicate.Name}), Width: widgets.Middle,
		Body: widgets.VBox(theme.GapCards,
			widgets.NewCard(widgets.Equal(theme.GapInside, g.points.Box, g.debt.Box, g.limit.Box)),
			g.what, widgets.Tiles(theme.GapCards, 330, fields...), g.news),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(180, back), widgets.Grow(g.act)),
	})
	g.d.OnClosed = g.latest.Cancel
	g.draw()
	g.d.Show(first, func(s *keys.Scope) { s.Bind(actSave, g.onMerge) })
	g.draw()
}

// draw shows what the card becomes.
func (g *merger) draw() {
	w, t, p := g.c.env.Words, g.c.env.T, g.p
	b := &p.Becomes
	g.points.Value.SetText(w.Money().Points(b.Points))
	g.debt.Value.SetText(w.Money().Amount(b.Debt))
	g.limit.Value.SetText(w.Money().Amount(b.Limit))
	words := []string{t("customers.merge.moves", pos.Args{"Points": p.Points, "Debt": p.Debt}), t("customers.merge.finds", nil)}
	if p.Held {
		words = append(words, t("customers.merge.held", nil))
	}
	g.what.Set(strings.Join(words, " "), widgets.Body)
	if b.Debt > b.Limit {
		g.news.Set(t("customers.merge.over", nil), widgets.Warn)
	} else {
		g.news.Set("", widgets.Neutral)
	}
	g.d.Refresh()
	if g.d.Shown() {
		g.c.env.Shown("customer.merge", "points", w.Money().Points(b.Points), "debt", b.Debt.String(), "limit", b.Limit.String(),
			"phone", Masked(&b.Customer), "card", b.Card)
	}
}

func (g *merger) onMerge() {
	if g.act.Disabled() {
		return
	}
	env, a, m := g.c.env, g.c.env.Actor, g.m
	g.act.Disable()
	approval.Run(env, func(ctx context.Context) (*pos.CustomerState, error) {
		return env.Till.MergeCustomers(ctx, a, m)
	}, func(s *pos.CustomerState, err error) {
		if !g.d.Shown() {
			return
		}
		g.act.Enable()
		if err != nil {
			g.refuse(err)
			return
		}
		g.d.Close()
		env.Kit.Toast(env.T("customers.merge.done", pos.Args{"Name": s.Name}), widgets.Good)
		g.c.load()
	})
}

func (g *merger) refuse(err error) {
	g.news.Set(g.c.env.Words.Error(err), widgets.Bad)
	g.d.Refresh()
	g.c.env.Shown("customer.merge", "error", string(pos.CodeOf(err)))
}
