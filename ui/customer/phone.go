package customer

import (
	"context"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/approval"
	"kassa/ui/code"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// rephone asks for a customer's new number; the one before is then asked by a
// code.
type rephone struct {
	c     *card
	d     *widgets.Dialog
	field *widgets.Entry
	news  *widgets.Banner
	act   *widgets.Button
}

func (c *card) onPhone() {
	k, t := c.env.Kit, c.env.T
	p := &rephone{c: c, news: widgets.NewBanner("", widgets.Bad)}
	p.field = k.Entry(widgets.TextEntry, t("customers.field.phone.hint", nil))
	p.field.RefusesScan, p.field.MaxLength = true, pos.MaxNameRunes
	p.field.OnChanged = func(string) { p.refuse(nil) }
	p.act = k.KeyButton(t("customers.phone.do", nil), widgets.Primary, keys.Enter, p.onAct)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { p.d.Close() })
	p.act.Height, back.Height = widgets.Large, widgets.Large
	p.d = k.Dialog(widgets.DialogSpec{
		Name: "customer.phone", Title: t("customers.phone.title", nil), Subtitle: c.view.Name, Width: widgets.Narrow,
		Body: widgets.VBox(theme.GapCards,
			widgets.NewParagraph(t("customers.phone.why", pos.Args{"Phone": Masked(&c.view.Customer)}), widgets.Body),
			widgets.Field(t("customers.phone.new", nil), p.field), p.news),
		Footer: widgets.KeyBar(theme.GapCards, back, p.act),
	})
	p.d.Show(p.field.Focusable(), func(s *keys.Scope) { s.BindKey(keys.Enter, p.onAct) })
	c.env.Shown("customer.phone")
}

func (p *rephone) onAct() {
	if p.act.Disabled() {
		return
	}
	env, id, number := p.c.env, p.c.view.ID, p.field.Text()
	a := env.Actor
	p.act.Disable()
	approval.Run(env, func(ctx context.Context) (*till.CodeView, error) {
		return env.Till.StartPhoneChange(ctx, a, id, number)
	}, p.onStarted)
}

func (p *rephone) onStarted(v *till.CodeView, err error) {
	if !p.d.Shown() {
		return
	}
	p.act.Enable()
	if err != nil {
		p.refuse(err)
		return
	}
	p.d.Close()
	env := p.c.env
	code.Open(env, *v, func(ok bool) {
		if ok {
			env.Kit.Toast(env.T("customers.phone.done", nil), widgets.Good)
		}
		p.c.load()
	})
}

func (p *rephone) refuse(err error) {
	text := p.c.env.Words.Error(err)
	if text == p.news.Text() {
		return
	}
	p.news.Set(text, widgets.Bad)
	p.d.Refresh()
	if err != nil {
		p.c.env.Shown("customer.phone", "error", string(pos.CodeOf(err)))
		p.field.Focus()
	}
}
