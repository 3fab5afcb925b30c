package offers

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/offers"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// card edits one promotion, or makes a new one.
type card struct {
	env   *ui.Env
	draft draft
	was   draft
	saved func()
	news  *widgets.Banner
	save  *widgets.Button
	d     *widgets.Dialog

	goods, kinds, members *widgets.Button
}

func openCard(env *ui.Env, p *offers.Promotion, saved func()) {
	k, t := env.Kit, env.T
	c := &card{env: env, draft: newDraft(env, p), was: newDraft(env, p), saved: saved, news: widgets.NewBanner("", widgets.Bad)}
	title := t("offers.new", nil)
	if p != nil {
		title = p.Name
	}
	c.goods = k.ActionButton(t("offers.goods", nil), widgets.Secondary, actGoods)
	c.kinds = k.ActionButton(t("offers.categories", nil), widgets.Secondary, actCategories)
	c.members = k.ActionButton(t("offers.groups", nil), widgets.Secondary, actGroups)
	c.save = k.ActionButton(t("offers.save", nil), widgets.Primary, actSave)
	for _, b := range []*widgets.Button{c.goods, c.kinds, c.members} {
		b.Leading = true
	}
	name := c.entry(&c.draft.name, t("offers.name.hint", nil), pos.MaxNameRunes)
	c.d = k.Dialog(widgets.DialogSpec{Name: "offers.card", Title: title, Width: widgets.Wide, OnEsc: c.onLeave, Body: c.body(name),
		Footer: widgets.VBox(theme.GapSmall, c.news, widgets.HBox(theme.GapCards,
			k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, c.onLeave), widgets.Spring(),
			k.ActionButton(t("offers.preview", nil), widgets.Secondary, actPreview), c.save))})
	c.d.Show(name.Focusable(), func(s *keys.Scope) {
		s.Bind(actSave, c.onSave)
		s.Bind(actPreview, c.onPreview)
		s.Bind(actGoods, c.onGoods)
		s.Bind(actCategories, c.onCategories)
		s.Bind(actGroups, c.onGroups)
	})
	c.drawChosen()
	c.tell(nil)
	if p != nil {
		c.callByName(p)
	}
}

// callByName finds out what the chosen goods and groups are called.
func (c *card) callByName(p *offers.Promotion) {
	type both struct{ goods, groups []choice }
	a := c.env.Actor
	task.Run(c.env.Ctx, c.env.Runner, func(ctx context.Context) (both, error) {
		goods, groups, err := named(ctx, c.env, a, p)
		return both{goods, groups}, err
	}, func(b both, err error) {
		if err != nil {
			c.refuse(err)
			return
		}
		if c.draft.chosen == c.was.chosen {
			c.draft.choose(b.goods, c.draft.kinds, b.groups)
		}
	})
}

// drawChosen tells on the buttons how much was chosen.
func (c *card) drawChosen() {
	for b, list := range map[*widgets.Button][]choice{c.goods: c.draft.goods, c.kinds: c.draft.kinds, c.members: c.draft.members} {
		text, style := c.env.T("offers.chosen.all", nil), widgets.Muted
		if len(list) > 0 {
			text, style = strconv.Itoa(len(list)), widgets.Strong
		}
		b.SetValue(text, style)
	}
}

// take takes over what was chosen.
func (c *card) take(goods, kinds, members []choice) {
	c.draft.choose(goods, kinds, members)
	c.drawChosen()
	c.tell(nil)
}

func (c *card) onGoods() {
	choose(c.env, goodsOf(c.env, c.draft.goods, func(list []choice) { c.take(list, c.draft.kinds, c.draft.members) }))
}

func (c *card) onCategories() {
	choose(c.env, categoriesOf(c.env, c.draft.kinds, func(list []choice) { c.take(c.draft.goods, list, c.draft.members) }))
}

func (c *card) onGroups() {
	choose(c.env, groupsOf(c.env, c.draft.members, func(list []choice) { c.take(c.draft.goods, c.draft.kinds, list) }))
}

// onPreview tries the promotion as it is typed, before it is stored.
func (c *card) onPreview() {
	p, err := c.draft.read()
	if err != nil {
		c.refuse(err)
		return
	}
	openPreview(c.env, &p)
}

func (c *card) body(name *widgets.Entry) fyne.CanvasObject {
	k, t, d := c.env.Kit, c.env.T, &c.draft
	effects := make([]string, len(offers.Effects))
	for i, e := range offers.Effects {
		effects[i] = t("offers.effect."+string(e), nil)
	}
	pair := func(a, b fyne.CanvasObject) fyne.CanvasObject { return widgets.Equal(theme.GapCards, a, b) }
	ask := func(id string, at *string, hint string, most int) fyne.CanvasObject {
		return widgets.Field(t(id, nil), c.entry(at, hint, most))
	}
	days := make([]fyne.CanvasObject, len(week))
	for i := range week {
		days[i] = k.Check(t("offers.day."+strconv.Itoa(i+1), nil), d.days[i], func(on bool) { d.days[i] = on })
	}
	left := widgets.VBox(theme.GapSmall,
		pair(widgets.Field(t("offers.effect.title", nil), k.Select(effects, d.effect, func(i int) { d.effect = i })),
			ask("offers.value", &d.value, "10", 16)),
		pair(ask("offers.group", &d.group, "3", 3), ask("offers.free", &d.free, "1", 3)),
		pair(c.goods, c.kinds),
		pair(ask("offers.min-qty", &d.minQty, "—", 12), ask("offers.min-sum", &d.minSum, "—", 16)),
		pair(ask("offers.most", &d.most, "—", 16), ask("offers.priority.title", &d.priority, "0", 5)),
		k.Check(t("offers.on.check", nil), d.on, func(on bool) { d.on = on }),
		k.Check(t("offers.archive", nil), d.archived, func(on bool) { d.archived = on }))
	right := widgets.VBox(theme.GapSmall,
		pair(ask("offers.from", &d.from, "01.12.2026", 10), ask("offers.to", &d.to, "31.12.2026", 10)),
		pair(ask("offers.after", &d.after, "09:00", 5), ask("offers.before", &d.before, "18:00", 5)),
		widgets.Tiles(theme.GapTiny, 76, days...),
		c.members,
		widgets.HBox(theme.GapSmall, widgets.Grow(k.Check(t("offers.birthday", nil), d.birthday, func(on bool) { d.birthday = on })),
			widgets.FixedWidth(80, c.entry(&d.near, "0", 2))),
		k.Check(t("offers.coupon", nil), d.coupon, func(on bool) { d.coupon = on }),
		k.Check(t("offers.alone", nil), d.alone, func(on bool) { d.alone = on }),
		k.Check(t("offers.manual", nil), d.manual, func(on bool) { d.manual = on }))
	return widgets.VBox(theme.GapSmall, widgets.Field(t("offers.name", nil), name), widgets.Equal(theme.GapInside, left, right))
}

func (c *card) entry(at *string, hint string, most int) *widgets.Entry {
	e := c.env.Kit.Entry(widgets.TextEntry, hint)
	e.SetText(*at)
	e.MaxLength, e.RefusesScan = most, true
	e.OnChanged = func(text string) { *at = text }
	e.OnSubmitted = func(string) { c.env.Kit.Window.Canvas().FocusNext() }
	return e
}

// onLeave closes the card; unsaved changes are asked about first.
func (c *card) onLeave() {
	if c.draft.typed == c.was.typed {
		c.d.Close()
		return
	}
	c.env.Leave("offers.card", c.onSave, c.d.Close)
}

func (c *card) onSave() {
	if c.save.Disabled() {
		return
	}
	p, err := c.draft.read()
	if err != nil {
		c.refuse(err)
		return
	}
	a := c.env.Actor
	c.save.Disable()
	approval.Run(c.env, func(ctx context.Context) (*offers.Promotion, error) { return c.env.Till.PutPromotion(ctx, a, p) },
		func(_ *offers.Promotion, err error) {
			c.save.Enable()
			if err != nil {
				c.refuse(err)
				return
			}
			c.d.Close()
			c.saved()
		})
}

func (c *card) refuse(err error) {
	c.news.Set(c.env.Words.Error(err), widgets.Bad)
	c.d.Refresh()
	c.tell(err)
}

func (c *card) tell(err error) {
	c.env.Shown("offers.card", "id", string(c.draft.p.ID), "goods", strconv.Itoa(len(c.draft.goods)),
		"categories", strconv.Itoa(len(c.draft.kinds)), "groups", strconv.Itoa(len(c.draft.members)), "error", string(pos.CodeOf(err)))
}
