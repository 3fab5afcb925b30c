package receipts

import (
	"context"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// sureRest is how long Enter rests after a correction was confirmed.
const sureRest = 300 * time.Millisecond

// correction is the dialog that says that a part of a sale was paid by another
// method than was booked.
type correction struct {
	env      *ui.Env
	sale     *pos.Sale
	done     func()
	from, to *widgets.Segments
	sum      *widgets.Entry
	reason   *widgets.Entry
	news     *widgets.Banner
	blue     *widgets.Button
	dialog   *widgets.Dialog
	sure     bool // confirmed: the next Enter stores it
	warm     bool
	busy     bool
	cool     func()
}

// Correct asks how a sale was really paid, shows what will be booked, and books
// it on a second Enter. done hears of a correction that was stored.
func Correct(env *ui.Env, sale *pos.Sale, done func()) {
	first := 0
	var most money.Amount
	for i, m := range pos.CounterMethods {
		if paid := sale.Paid(m); paid > most {
			first, most = i, paid
		}
	}
	if most == 0 {
		env.Kit.Toast(env.T("receipts.correct.none", nil), widgets.Warn)
		env.Shown("receipts.correct", "error", "none")
		return
	}
	k, t := env.Kit, env.T
	c := &correction{env: env, sale: sale, done: done, news: widgets.NewBanner("", widgets.Bad)}
	var names []string
	for _, m := range pos.CounterMethods {
		names = append(names, env.Words.Value(m))
	}
	c.from = k.Segments(names, first, func(i int) { c.propose(i); c.unsure() })
	c.to = k.Segments(names, (first+1)%len(names), func(int) { c.unsure() })
	c.sum = k.Entry(widgets.AmountEntry, "0")
	c.sum.Filter, c.sum.SelectAll = widgets.Decimal(2), true
	c.sum.OnChanged = func(string) { c.unsure() }
	c.reason = k.Entry(widgets.TextEntry, t("receipts.correct.hint", nil))
	c.reason.MaxLength, c.reason.RefusesScan = 200, true
	c.reason.OnChanged = func(string) { c.unsure() }
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, c.onEsc)
	c.blue = k.KeyButton(t("receipts.correct.do", nil), widgets.Primary, keys.Enter, c.onEnter)
	back.Height, c.blue.Height = widgets.Large, widgets.Large
	c.dialog = k.Dialog(widgets.DialogSpec{Name: "receipts.correct", Title: t("receipts.correct.title", nil),
		Subtitle: t("receipts.correct.sale", pos.Args{"Number": sale.Number, "Total": sale.Total}), Width: widgets.Narrow, OnEsc: c.onEsc,
		Body: widgets.VBox(theme.GapCards,
			widgets.Field(t("receipts.correct.from", nil), c.from), widgets.Field(t("receipts.correct.to", nil), c.to),
			widgets.Field(t("receipts.correct.sum", nil), c.sum), widgets.Field(t("receipts.correct.reason", nil), c.reason), c.news),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(180, back), widgets.Grow(c.blue))})
	c.dialog.OnClosed = func() {
		if c.cool != nil {
			c.cool()
		}
	}
	c.propose(first)
	c.dialog.Show(c.sum.Focusable(), func(sc *keys.Scope) { sc.BindKey(keys.Enter, c.onEnter) })
	c.report(nil)
}

// propose puts all that was paid by a method into the field.
func (c *correction) propose(i int) {
	c.sum.SetText(c.env.Words.Money().Typed(c.sale.Paid(pos.CounterMethods[i])))
}

func (c *correction) onEnter() {
	switch {
	case c.busy || c.warm:
	case c.sure:
		c.store()
	default:
		c.confirm()
	}
}

// confirm shows what will be booked.
func (c *correction) confirm() {
	sum, err := money.ParseAmount(c.sum.Text())
	ask := pos.Correction{From: pos.CounterMethods[c.from.Selected()], To: pos.CounterMethods[c.to.Selected()], Amount: sum}
	if err == nil {
		err = ask.Check()
	}
	if err == nil && strings.TrimSpace(c.reason.Text()) == "" {
		err = pos.E(pos.CodeInvalid, "reason.short", pos.Args{"Min": 3})
		c.reason.Focus()
	}
	if err != nil {
		c.refuse(err)
		return
	}
	c.sure, c.warm = true, true
	c.env.Kit.Keys.AskFresh()
	c.cool = c.env.Kit.Timers.After(sureRest, func() { c.warm = false; c.report(nil) })
	c.news.Set(c.env.T("receipts.correct.sure", pos.Args{"Amount": ask.Amount, "From": ask.From, "To": ask.To}), widgets.Warn)
	c.draw()
	c.report(nil)
}

func (c *correction) draw() {
	c.blue.Kind = widgets.Primary
	label := "receipts.correct.do"
	if c.sure {
		c.blue.Kind, label = widgets.PrimaryWarn, "receipts.correct.finish"
	}
	c.blue.SetLabel(c.env.T(label, nil))
	c.dialog.Refresh()
}

// unsure takes the confirmation back after something was changed.
func (c *correction) unsure() {
	if c.sure && !c.busy {
		c.sure = false
		c.news.Set("", widgets.Neutral)
		c.draw()
		c.report(nil)
	}
}

func (c *correction) onEsc() {
	switch {
	case c.busy:
	case c.sure:
		c.unsure()
	default:
		c.dialog.Close()
	}
}

func (c *correction) store() {
	sum, _ := money.ParseAmount(c.sum.Text())
	from, to, reason := pos.CounterMethods[c.from.Selected()], pos.CounterMethods[c.to.Selected()], c.reason.Text()
	c.busy = true
	a, id := c.env.Actor, c.sale.ID
	approval.RunFor(c.env, reason, func(ctx context.Context) (*pos.Correction, error) {
		return c.env.Till.CorrectTender(ctx, a, id, from, to, sum, reason)
	}, c.onStored)
}

func (c *correction) onStored(stored *pos.Correction, err error) {
	c.busy = false
	if !c.dialog.Shown() {
		return
	}
	if err != nil {
		c.sure = false
		c.refuse(err)
		return
	}
	c.dialog.Close()
	c.env.Kit.Toast(c.env.T("receipts.correct.done", pos.Args{"Amount": stored.Amount, "To": stored.To}), widgets.Good)
	c.done()
}

func (c *correction) refuse(err error) {
	c.news.Set(c.env.Words.Error(err), widgets.Bad)
	c.draw()
	c.report(err)
}

func (c *correction) report(err error) {
	sure := "no"
	if c.sure {
		sure = "yes"
	}
	c.env.Shown("receipts.correct", "from", string(pos.CounterMethods[c.from.Selected()]), "to", string(pos.CounterMethods[c.to.Selected()]),
		"sum", c.sum.Text(), "sure", sure, "error", string(pos.CodeOf(err)))
}
