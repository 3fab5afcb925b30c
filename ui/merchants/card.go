package merchants

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
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// card edits one merchant, or makes a new one.
type card struct {
	env   *ui.Env
	b     Backend
	draft draft
	was   typed
	saved func(id string)
	made  bool // it is a new one

	form    *fields.Form
	more    bool // the additional settings are shown
	fold    *widgets.Button
	extra   *fyne.Container
	image   *widgets.Picture
	sum     *widgets.Entry
	lines   [3]*widgets.Pair // commission, fee, what is left
	aside   *widgets.Paragraph
	news    *widgets.Banner
	save    *widgets.Button
	picture *widgets.Button
	d       *widgets.Dialog
	tried   bool // it was tried to save: what is wrong is told while typing
}

// twoFrom is the width of the window from which the card has two columns.
const twoFrom = 820

// openNew makes a merchant; saved hears of its id.
func openNew(env *ui.Env, b Backend, saved func(id string)) {
	show(env, b, newDraft(b.NewID(), nil, env.Till.Settings().Currency), true, saved)
}

// openCard reads a merchant with its image and shows it; refused hears why not.
func openCard(env *ui.Env, b Backend, id string, saved func(id string), refused func(error)) {
	a := env.Actor
	task.Run(env.Ctx, env.Runner, func(ctx context.Context) (manual.Merchant, error) { return b.Merchant(ctx, a, id) },
		func(m manual.Merchant, err error) {
			if err != nil {
				refused(err)
				return
			}
			show(env, b, newDraft(id, &m, ""), false, saved)
		})
}

func show(env *ui.Env, b Backend, d draft, made bool, saved func(id string)) {
	c := &card{env: env, b: b, draft: d, was: d.typed, made: made, saved: saved, form: fields.New(env, "merchants."), news: widgets.NewBanner("", widgets.Bad)}
	c.more = d.hint != "" || len(d.m.Image) > 0
	name := c.build()
	c.d.Show(name, func(s *keys.Scope) {
		s.Bind(actMore, c.onMore)
		c.form.Bind(s)
		if MayChange(env) {
			s.Bind(actSave, c.onSave)
			s.Bind(actImage, c.onImage)
		}
	})
	c.showImage()
	c.draw()
}

// build lays the card out and returns where the cursor begins.
func (c *card) build() fyne.Focusable {
	k, t, d := c.env.Kit, c.env.T, &c.draft
	ask := func(key string, at *string, most int) *fields.Field {
		return c.form.Text(key, *at, most, func(text string) { *at = text; c.draw() })
	}
	pair := func(a, b *fields.Field) fyne.CanvasObject { return widgets.Equal(theme.GapCards, a.Box, b.Box) }
	name := ask("name", &d.name, pos.MaxNameRunes)
	what := ask("description", &d.description, manual.MaxText)
	left := widgets.VBox(theme.GapSmall, name.Box, what.Box,
		ask("commission", &d.commission, 12).Hint(t("merchants.commission.hint", nil)).Box,
		widgets.Columns(theme.GapCards, widgets.GrowBy(2, ask("fee", &d.fee, 20).Box), widgets.Grow(ask("feeCurrency", &d.feeIn, 3).Box)),
		pair(ask("account", &d.account, 3).Hint(t("merchants.account.hint", nil)),
			ask("transaction", &d.transaction, 3).Hint(t("merchants.transaction.hint", nil))),
		ask("currencies", &d.currencies, 1000).Hint(t("merchants.currencies.hint", nil)).Box)
	c.fold = k.ActionButton("", widgets.Secondary, actMore)
	c.fold.Leading = true
	c.image = widgets.NewPicture(112)
	c.picture = k.ActionButton(t("merchants.image.choose", nil), widgets.Secondary, actImage)
	c.picture.Hidden = !MayChange(c.env)
	hint := c.form.Area("hint", d.hint, manual.MaxHint, func(text string) { d.hint = text; c.draw() })
	c.extra = widgets.VBox(theme.GapSmall, hint.Hint(t("merchants.hint.hint", nil)).Box,
		c.form.Control("image", widgets.HBox(theme.GapCards, c.image, widgets.VBox(0, c.picture), widgets.Spring())).Hint(t("merchants.image.hint", nil)).Box)
	right := widgets.VBox(theme.GapCards, c.exampleCard(), c.fold, c.extra)

	save := "merchants.save"
	if c.made {
		save = "merchants.create"
	}
	c.save = k.ActionButton(t(save, nil), widgets.Primary, actSave)
	leave := "word.cancel"
	if !MayChange(c.env) {
		c.form.Lock()
		c.save.Hide()
		leave = "word.close"
	}
	title := d.m.Name
	if c.made {
		title = t("merchants.new-manual", nil)
	}
	c.d = k.Dialog(widgets.DialogSpec{Name: placeCard, Title: title, Width: widgets.Wide, OnEsc: c.onLeave,
		Body: k.Beside(twoFrom, 0.5, left, right),
		Footer: widgets.VBox(theme.GapSmall, c.news, widgets.HBox(theme.GapCards,
			k.KeyButton(t(leave, nil), widgets.Secondary, keys.Esc, c.onLeave), widgets.Spring(), c.save))})
	if !MayChange(c.env) {
		return c.sum.Focusable()
	}
	return name.Entry.Focusable()
}

// exampleCard computes what a payment of some sum would come to, while one types.
func (c *card) exampleCard() fyne.CanvasObject {
	t := c.env.T
	c.sum = c.env.Kit.Entry(widgets.TextEntry, "")
	c.sum.SetText(exampleSum)
	c.sum.MaxLength, c.sum.RefusesScan, c.sum.Filter = 14, true, widgets.Decimal(4)
	c.sum.OnChanged = func(string) { c.draw() }
	c.sum.OnSubmitted = func(string) { c.env.Kit.Window.Canvas().FocusNext() }
	for i, id := range []string{"merchants.example.commission", "merchants.example.fee", "merchants.example.net"} {
		style := widgets.Body
		if i == 2 {
			style = widgets.Strong
		}
		c.lines[i] = widgets.KeyValue(t(id, nil), "", style)
	}
	c.aside = widgets.NewParagraph("", widgets.SmallMuted)
	return widgets.NewCard(widgets.VBox(theme.GapSmall,
		widgets.HBox(theme.GapSmall, widgets.Grow(widgets.NewText(t("merchants.example", nil), widgets.SmallMuted)), widgets.FixedWidth(150, c.sum)),
		c.lines[0].Box, c.lines[1].Box, widgets.NewSeparator(), c.lines[2].Box, c.aside))
}

// draw follows whatever was typed.
func (c *card) draw() {
	_, bad := c.draft.read()
	if c.tried {
		c.form.Refuse(reasons(c.env, bad))
	}
	c.fold.SetLabel(c.env.T(map[bool]string{false: "merchants.more", true: "merchants.less"}[c.more], nil))
	c.extra.Hidden = !c.more
	c.drawExample()
	c.d.Refresh()
	c.tell(nil)
}

func (c *card) drawExample() {
	e, ok := c.draft.compute(c.sum.Text())
	if !ok {
		for _, l := range c.lines {
			l.Value.SetText("—")
		}
		c.aside.SetText(c.env.T("merchants.example.unread", nil))
		c.aside.Show()
		return
	}
	c.lines[0].Value.SetText(Sum(c.env, e.fees.Share, e.in))
	c.lines[1].Value.SetText(Sum(c.env, e.fees.Fixed, e.fees.Currency))
	c.lines[2].Value.SetText(Sum(c.env, e.fees.Net, e.in))
	text := ""
	switch {
	case e.fees.Fixed != 0 && e.fees.Currency != e.in:
		text = c.env.T("merchants.example.beside", pos.Args{"Currency": string(e.fees.Currency)})
	case e.fees.Net < 0:
		text = c.env.T("merchants.example.below", nil)
	}
	c.aside.SetText(text)
	c.aside.Hidden = text == ""
}

// tell reports what is on the card.
func (c *card) tell(err error) {
	_, bad := c.draft.read()
	wrong := make([]string, len(bad))
	for i, w := range bad {
		wrong[i] = w.Field
	}
	net := ""
	if e, ok := c.draft.compute(c.sum.Text()); ok {
		net = manual.ShowSum(e.fees.Net, e.in)
	}
	pictured := "no"
	if c.draft.image != nil || len(c.draft.m.Image) > 0 && !c.draft.noImage {
		pictured = "yes"
	}
	c.env.Shown(placeCard, "id", c.draft.m.ID, "version", strconv.FormatInt(c.draft.m.Version, 10), "wrong", strings.Join(wrong, " "),
		"net", net, "image", pictured, "more", strconv.FormatBool(c.more), "error", string(pos.CodeOf(err)))
}

func (c *card) onMore() {
	c.more = !c.more
	c.draw()
	if c.more && MayChange(c.env) {
		c.form.Focus("hint")
	}
}

// onLeave closes the card; unsaved changes are asked about first.
func (c *card) onLeave() {
	if c.draft.typed == c.was || !MayChange(c.env) {
		c.d.Close()
		return
	}
	c.env.Leave(placeCard, c.onSave, c.d.Close)
}

func (c *card) onSave() {
	if c.save.Disabled() {
		return
	}
	m, bad := c.draft.read()
	c.tried = true
	if len(bad) > 0 {
		c.stop(bad)
		return
	}
	a := c.env.Actor
	c.save.Disable()
	approval.Run(c.env, func(ctx context.Context) (manual.Merchant, error) { return c.b.PutMerchant(ctx, a, m) },
		func(m manual.Merchant, err error) {
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
			c.env.Kit.Toast(c.env.T("merchants.saved", pos.Args{"Name": m.Name}), widgets.Good)
			c.saved(m.ID)
		})
}

// stop says beside the fields what is wrong and goes to the first of them.
func (c *card) stop(bad manual.Wrongs) {
	if bad.Of("hint") != nil {
		c.more = true
	}
	c.draw()
	if wrong := c.form.Refuse(reasons(c.env, bad)); len(wrong) > 0 {
		c.form.Focus(wrong[0])
	}
	c.news.Set("", widgets.Bad)
	c.d.Refresh()
	c.tell(bad[0].Err)
}
