package customer

import (
	"context"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// eraser makes a customer anonymous; it asks twice, since nothing brings the
// person back.
type eraser struct {
	c     *card
	lose  *widgets.Check // the points that are left
	asked bool           // once already
	text  *widgets.Paragraph
	news  *widgets.Banner
	act   *widgets.Button
	d     *widgets.Dialog
}

func (c *card) onErase() {
	k, t := c.env.Kit, c.env.T
	e := &eraser{c: c, news: widgets.NewBanner("", widgets.Bad)}
	points := c.view.Points + c.view.PointsSoon
	e.lose = k.Check(t("customers.erase.points", pos.Args{"Points": points}), false, func(bool) { e.refuse(nil) })
	e.text = widgets.NewParagraph(t("customers.erase.text", nil), widgets.Body)
	e.act = k.KeyButton(t("customers.erase.next", nil), widgets.DangerKind, keys.Del, e.onAct)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { e.d.Close() })
	e.act.Height, back.Height = widgets.Large, widgets.Large
	e.lose.Hidden = points == 0
	e.d = k.Dialog(widgets.DialogSpec{
		Name: "customer.erase", Title: t("customers.erase.title", nil), Subtitle: c.view.Name, Width: widgets.Narrow,
		Body:   widgets.VBox(theme.GapCards, e.text, e.lose, e.news),
		Footer: widgets.Columns(theme.GapCards, widgets.Grow(back), widgets.Grow(e.act)),
	})
	first := fyne.Focusable(back)
	if points > 0 {
		first = e.lose
	}
	e.d.Show(first, func(s *keys.Scope) { s.BindKey(keys.Del, e.onAct) })
	c.env.Shown("customer.erase", "asked", "no")
}

func (e *eraser) onAct() {
	if e.act.Disabled() {
		return
	}
	env := e.c.env
	if !e.asked {
		e.asked = true
		e.text.Set(env.T("customers.erase.again", pos.Args{"Name": e.c.view.Name}), widgets.Strong.In(theme.ColorBad))
		e.act.SetLabel(env.T("customers.erase.do", nil))
		e.d.Refresh()
		env.Shown("customer.erase", "asked", "yes")
		return
	}
	a, id, lose := env.Actor, e.c.view.ID, e.lose.On()
	e.act.Disable()
	approval.Run(env, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, env.Till.EraseCustomer(ctx, a, id, lose)
	}, func(_ struct{}, err error) {
		if !e.d.Shown() {
			return
		}
		e.act.Enable()
		if err != nil {
			e.refuse(err)
			return
		}
		e.d.Close()
		copies := env.Till.CopiesNaming()
		env.Kit.Toast(env.T("customers.erase.done", nil)+" "+env.T(copies.ID(), copies.Args()), widgets.Good)
		e.c.load()
	})
}

func (e *eraser) refuse(err error) {
	text := e.c.env.Words.Error(err)
	if text == e.news.Text() {
		return
	}
	e.news.Set(text, widgets.Bad)
	e.d.Refresh()
	if err != nil {
		e.c.env.Shown("customer.erase", "error", string(pos.CodeOf(err)))
	}
}

// onArchive puts the card away, or takes it out again.
func (c *card) onArchive() {
	a, id, away := c.env.Actor, c.view.ID, !c.view.Archived
	approval.Run(c.env, func(ctx context.Context) (*pos.CustomerState, error) {
		return c.env.Till.ArchiveCustomer(ctx, a, id, away)
	}, func(_ *pos.CustomerState, err error) {
		switch {
		case !c.d.Shown():
		case err != nil:
			c.refuse(err)
		default:
			c.load()
		}
	})
}
