package payables

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/fields"
	"kassa/ui/keys"
	"kassa/ui/merchants"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// card edits one offer, or makes a new one.
type card struct {
	env   *ui.Env
	b     Backend
	draft draft
	was   typed
	saved func(id string)
	made  bool // it is a new one

	form    *fields.Form
	kind    *widgets.Segments
	product *widgets.Button
	text    *fields.Field
	price   *fields.Field
	money   *fields.Field
	goods   *fyne.Container // what only a product has
	more    bool            // the additional settings are shown
	fold    *widgets.Button
	extra   *fyne.Container
	news    *widgets.Banner
	save    *widgets.Button
	d       *widgets.Dialog
	tried   bool // it was tried to save: what is wrong is told while typing

	called string // the goods, at the till now
	page   string // where customers see the offer; "" for nowhere
	look   *widgets.Button
}

// twoFrom is the width of the window from which the card has two columns.
const twoFrom = 820

func show(env *ui.Env, b Backend, d draft, made bool, saved func(id string)) {
	c := &card{env: env, b: b, draft: d, was: d.typed, made: made, saved: saved, form: fields.New(env, "payables."), news: widgets.NewBanner("", widgets.Bad)}
	c.more = d.days != strconv.Itoa(manual.UsualWindow)
	c.build()
	var first fyne.Focusable = c.kind
	if !made || !merchants.MayChange(env) {
		first = c.text.Entry.Focusable()
	}
	if !merchants.MayChange(env) {
		first = nil
	}
	c.d.Show(first, func(s *keys.Scope) {
		s.Bind(actMore, c.onMore)
		s.Bind(actPage, c.onPage)
		c.form.Bind(s)
		if merchants.MayChange(env) {
			s.Bind(actSave, c.onSave)
			s.Bind(actProduct, c.onProduct)
		}
	})
	c.draw()
	c.callByName()
	c.findPage()
}

// callByName finds out what the goods of the offer are called now. Without an answer
// they keep the name they have in the offer.
func (c *card) callByName() {
	c.called = c.draft.text
	a, id := c.env.Actor, c.draft.product
	if id == "" {
		return
	}
	task.Run(c.env.Ctx, c.env.Runner, func(ctx context.Context) (*pos.Product, error) {
		return c.env.Till.ProductOf(ctx, a, pos.ProductID(id))
	},
		func(p *pos.Product, err error) {
			if err == nil && c.draft.product == id && c.d.Shown() {
				c.called = p.Name
				c.draw()
			}
		})
}

func (c *card) build() {
	k, t, d := c.env.Kit, c.env.T, &c.draft
	ask := func(key string, at *string, most int) *fields.Field {
		return c.form.Text(key, *at, most, func(text string) { *at = text; c.draw() })
	}
	kinds := make([]string, len(manual.OfferKinds))
	for i, kind := range manual.OfferKinds {
		kinds[i] = t("payables.kind."+string(kind), nil)
	}
	c.kind = k.Segments(kinds, d.kind, func(i int) { d.kind = i; c.draw() })
	c.product = k.ActionButton(t("payables.product.choose", nil), widgets.Secondary, actProduct)
	c.product.Leading = true
	c.goods = c.form.Control("product", c.product).Box
	kind := c.form.Control("kind", c.kind)
	c.text = ask("text", &d.text, pos.MaxNameRunes)
	c.price, c.money = ask("price", &d.price, 20), ask("currency", &d.currency, 3)
	left := widgets.VBox(theme.GapSmall, kind.Box, c.goods, c.text.Box, widgets.Equal(theme.GapCards, c.price.Box, c.money.Box))
	c.fold = k.ActionButton("", widgets.Secondary, actMore)
	c.fold.Leading = true
	days := ask("window", &d.days, 3)
	days.Entry.Filter = widgets.Digits()
	c.extra = widgets.VBox(theme.GapSmall, days.Hint(t("payables.window.hint", nil)).Box)
	c.look = k.ActionButton(t("payables.page", nil), widgets.Secondary, actPage)
	c.look.Leading = true
	right := widgets.VBox(theme.GapSmall, c.form.Control("merchants", c.systems()).Box, c.look, c.fold, c.extra)

	save, leave, title := "payables.save", "word.cancel", d.o.Text
	if c.made {
		save, title = "payables.create", t("payables.new", nil)
	}
	c.save = k.ActionButton(t(save, nil), widgets.Primary, actSave)
	if !merchants.MayChange(c.env) {
		c.form.Lock()
		c.kind.Disable()
		c.product.Disable()
		c.save.Hide()
		leave = "word.close"
	}
	c.d = k.Dialog(widgets.DialogSpec{Name: placeCard, Title: title, Width: widgets.Wide, OnEsc: c.onLeave,
		Body: k.Beside(twoFrom, 0.5, left, right),
		Footer: widgets.VBox(theme.GapSmall, c.news, widgets.HBox(theme.GapCards,
			k.KeyButton(t(leave, nil), widgets.Secondary, keys.Esc, c.onLeave), widgets.Spring(), c.save))})
}

// systems are the merchants by which the offer may be paid, a tick each.
func (c *card) systems() fyne.CanvasObject {
	list := widgets.VBox(theme.GapTiny)
	for _, m := range c.draft.offered() {
		name := m.Name
		if m.Archived {
			name = c.env.T("payables.archived-merchant", pos.Args{"Name": m.Name})
		}
		tick := c.env.Kit.Check(name, c.draft.has(m.ID), func(on bool) { c.draft.choose(m.ID, on); c.draw() })
		if !merchants.MayChange(c.env) {
			tick.Disable()
		}
		list.Add(tick)
	}
	if len(list.Objects) == 0 {
		list.Add(widgets.NewParagraph(c.env.T("payables.no-merchants", nil), widgets.Muted))
	}
	return list
}

// draw follows whatever was typed.
func (c *card) draw() {
	_, bad := c.draft.read()
	if c.tried {
		c.form.Refuse(c.reasons(bad))
	}
	c.goods.Hidden = manual.OfferKinds[c.draft.kind] != manual.OfferProduct
	name, style := c.env.T("payables.product.none", nil), widgets.Muted
	if c.draft.product != "" {
		name, style = c.called, widgets.Strong
	}
	c.product.SetValue(name, style)
	c.fold.SetLabel(c.env.T(map[bool]string{false: "payables.more", true: "payables.less"}[c.more], nil))
	c.extra.Hidden = !c.more
	c.look.Hidden = c.page == ""
	c.d.Refresh()
	c.tell(nil)
}

func (c *card) reasons(all manual.Wrongs) map[string]string {
	out := map[string]string{}
	for _, w := range all {
		out[w.Field] = merchants.Reason(c.env, w.Err)
	}
	return out
}

// tell reports what is on the card.
func (c *card) tell(err error) {
	_, bad := c.draft.read()
	wrong := make([]string, len(bad))
	for i, w := range bad {
		wrong[i] = w.Field
	}
	c.env.Shown(placeCard, "id", c.draft.o.ID, "version", strconv.FormatInt(c.draft.o.Version, 10), "kind", string(manual.OfferKinds[c.draft.kind]),
		"product", c.draft.product, "chosen", strconv.Itoa(len(strings.Fields(c.draft.chosen))), "page", c.page, "wrong", strings.Join(wrong, " "), "error", string(pos.CodeOf(err)))
}

func (c *card) onMore() {
	c.more = !c.more
	c.draw()
	if c.more && merchants.MayChange(c.env) {
		c.form.Focus("window")
	}
}

// onProduct picks goods of the catalogue; what is picked makes the offer a product.
func (c *card) onProduct() {
	pickProduct(c.env, func(p pos.Product) {
		c.draft.kind = 0
		c.kind.SetSelected(0)
		c.called = p.Name
		c.draft.pick(&p, c.env.Till.Settings().Currency)
		c.text.Entry.SetText(c.draft.text)
		c.price.Entry.SetText(c.draft.price)
		c.money.Entry.SetText(c.draft.currency)
		c.draw()
		c.price.Focus()
	})
}

// onLeave closes the card; unsaved changes are asked about first.
func (c *card) onLeave() {
	if c.draft.typed == c.was || !merchants.MayChange(c.env) {
		c.d.Close()
		return
	}
	c.env.Leave(placeCard, c.onSave, c.d.Close)
}

func (c *card) onSave() {
	if c.save.Disabled() {
		return
	}
	o, bad := c.draft.read()
	c.tried = true
	if len(bad) > 0 {
		c.stop(bad)
		return
	}
	a := c.env.Actor
	c.save.Disable()
	approval.Run(c.env, func(ctx context.Context) (manual.Offer, error) { return c.b.PutOffer(ctx, a, o) },
		func(o manual.Offer, err error) {
			c.save.Enable()
			if !c.d.Shown() {
				return
			}
			if err != nil {
				c.news.Set(c.env.Words.Error(err), widgets.Bad)
				c.d.Refresh()
				c.tell(err)
				return
			}
			c.d.Close()
			c.env.Kit.Toast(c.env.T("payables.saved", pos.Args{"Name": o.Text}), widgets.Good)
			c.saved(o.ID)
		})
}

// stop says beside the fields what is wrong and goes to the first of them.
func (c *card) stop(bad manual.Wrongs) {
	c.more = c.more || bad.Of("window") != nil
	c.draw()
	if wrong := c.form.Refuse(c.reasons(bad)); len(wrong) > 0 {
		c.form.Focus(wrong[0])
	}
	c.news.Set("", widgets.Bad)
	c.d.Refresh()
	c.tell(bad[0].Err)
}
