package certificates

import (
	"context"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/receipt"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// card is one certificate with its movements.
type card struct {
	env     *ui.Env
	v       *till.CertificateView
	changed func()
	reason  *widgets.Entry
	news    *widgets.Banner
	table   *widgets.Table
	block   *widgets.Button
	lapse   *widgets.Button
	chip    *widgets.Chip
	left    *widgets.Pair
	d       *widgets.Dialog
	busy    bool
}

// openCard looks a certificate up and shows it; refused hears why not.
func openCard(env *ui.Env, number string, changed func(), refused func(error)) {
	a := env.Actor
	task.Run(env.Ctx, env.Runner, func(ctx context.Context) (*till.CertificateView, error) {
		return env.Till.Certificate(ctx, a, number)
	}, func(v *till.CertificateView, err error) {
		if err != nil {
			refused(err)
			return
		}
		c := &card{env: env, v: v, changed: changed}
		c.build()
		c.d.Show(nil, func(s *keys.Scope) {
			s.Bind(actBlock, c.onBlock)
			s.Bind(actLapse, c.onLapse)
			s.Bind(ui.ActPrint, c.onPrint)
		})
		c.draw()
	})
}

func (c *card) build() {
	k, t := c.env.Kit, c.env.T
	c.news = widgets.NewBanner("", widgets.Bad)
	c.reason = k.Entry(widgets.TextEntry, t("certificates.reason.hint", nil))
	c.reason.MaxLength = pos.MaxNameRunes
	c.chip = widgets.NewChip("", widgets.Neutral)
	c.left = widgets.Stat(t("certificates.left", nil), "", widgets.Figure)
	m := c.env.Words.Money()
	c.table = k.Table([]widgets.Column{
		{Title: t("certificates.at", nil), Width: 170},
		{Title: t("certificates.what", nil)},
		{Title: t("certificates.amount", nil), Width: 140, Align: fyne.TextAlignTrailing, Style: widgets.Strong},
	}, func(row, col int) widgets.Cell {
		mv := &c.v.Moves[row]
		return widgets.Cell{Text: []string{c.env.Words.DateTime(mv.At), move(c.env, mv), m.Bare(mv.Amount)}[col]}
	})
	c.block = k.ActionButton("", widgets.DangerKind, actBlock)
	c.lapse = k.ActionButton(t("certificates.lapse", nil), widgets.WarnKind, actLapse)
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { c.d.Close() })
	c.d = k.Dialog(widgets.DialogSpec{Name: "certificate", Title: c.v.Number, Width: widgets.Middle, Height: 560, Fills: true,
		Body: widgets.VBox(theme.GapCards,
			widgets.NewCard(widgets.Equal(theme.GapInside, c.left.Box,
				widgets.Stat(t("certificates.sum", nil), m.Amount(c.v.Amount), widgets.Figure).Box,
				widgets.Stat(t("certificates.expires", nil), expiry(c.env, c.v.Expires), widgets.Figure).Box,
				widgets.VBox(0, widgets.HBox(0, c.chip, widgets.Spring())))),
			widgets.Grow(widgets.NewFlatCard(c.table)),
			widgets.Field(t("certificates.reason", nil), c.reason), c.news),
		Footer: widgets.Footer(theme.GapSmall, back, k.ActionButton(t("certificates.print", nil), widgets.Secondary, ui.ActPrint), c.lapse, c.block)})
}

// onPrint prints what is left, for whoever holds the certificate.
func (c *card) onPrint() {
	if c.env.Print == nil {
		return
	}
	v := c.v.CertificateBalance
	c.env.Print.Text(pos.PrintCertificate, "", receipt.RenderCertificate(
		receipt.CertificateInput{Certificate: &v, Shop: c.env.Till.Settings()}, c.env.Print.Width(), c.env.Print.Words()))
}

func (c *card) draw() {
	name, tone := state(c.env, &c.v.CertificateBalance, c.env.Kit.Timers.Now())
	c.chip.Set(name, tone)
	c.left.Value.SetText(c.env.Words.Money().Amount(c.v.Left))
	label := "certificates.block"
	if c.v.State == pos.CertificateBlocked {
		label = "certificates.free"
		c.news.Set(c.env.T("certificates.blocked-why", pos.Args{"Reason": c.v.Reason}), widgets.Warn)
	}
	c.block.SetLabel(c.env.T(label, nil))
	c.block.Hidden = c.v.State == pos.CertificateLapsed
	c.lapse.Hidden = c.v.State != pos.CertificateActive || c.v.Left == 0 || !c.v.Expired(c.env.Kit.Timers.Now())
	c.table.SetRows(len(c.v.Moves))
	c.d.Refresh()
	c.tell(nil)
}

func (c *card) tell(err error) {
	c.env.Shown("certificate", "state", string(c.v.State), "left", c.v.Left.String(), "error", string(pos.CodeOf(err)))
}

func (c *card) onBlock() {
	if c.block.Hidden {
		return
	}
	a, number, why, free := c.env.Actor, c.v.Number, c.reason.Text(), c.v.State == pos.CertificateBlocked
	c.change(func(ctx context.Context) error {
		_, err := c.env.Till.BlockCertificate(ctx, a, number, why, free)
		return err
	})
}

func (c *card) onLapse() {
	if c.lapse.Hidden {
		return
	}
	a, number := c.env.Actor, c.v.Number
	c.change(func(ctx context.Context) error {
		_, err := c.env.Till.LapseCertificate(ctx, a, number)
		return err
	})
}

// change does something to the certificate and shows it anew.
func (c *card) change(do func(context.Context) error) {
	if c.busy {
		return
	}
	a, number := c.env.Actor, c.v.Number
	c.busy = true
	approval.RunFor(c.env, c.reason.Text(), func(ctx context.Context) (*till.CertificateView, error) {
		if err := do(ctx); err != nil {
			return nil, err
		}
		return c.env.Till.Certificate(ctx, a, number)
	}, func(v *till.CertificateView, err error) {
		c.busy = false
		if !c.d.Shown() {
			return
		}
		if err != nil {
			c.news.Set(c.env.Words.Error(err), widgets.Bad)
			c.d.Refresh()
			c.reason.Focus()
			c.tell(err)
			return
		}
		c.v = v
		c.reason.SetText("")
		c.news.Set("", widgets.Neutral)
		c.changed()
		c.draw()
	})
}
