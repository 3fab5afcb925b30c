// Package certificates is everything the window does with gift certificates:
// paying with one, selling and issuing them, looking after lost and expired ones.
package certificates

import (
	"context"
	"strings"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// payer takes a payment by certificate: the number first, then what it pays.
type payer struct {
	env    *ui.Env
	view   *till.ChequeView
	done   func()
	found  *till.CertificateView // nil until the number is known
	busy   bool
	d      *widgets.Dialog
	number *widgets.Entry
	sum    *widgets.Entry
	left   *widgets.Pair
	ends   *widgets.Pair
	news   *widgets.Banner
	act    *widgets.Button
}

// Pay asks for a certificate's number, typed or scanned, shows what is left on it
// and takes it as a payment. A number that is known already is looked up at once.
// done is called when the window has gone.
func Pay(env *ui.Env, v *till.ChequeView, number string, done func()) {
	p := &payer{env: env, view: v, done: done}
	p.build()
	p.d.Show(p.number.Focusable(), func(s *keys.Scope) {
		s.BindKey(keys.Enter, p.onAct)
		s.OnScan = p.onScan
		s.Home = p.number.Focusable()
	})
	p.draw()
	p.tell(nil)
	if number != "" {
		p.onScan(number)
	}
}

func (p *payer) build() {
	k, t := p.env.Kit, p.env.T
	p.number = k.Entry(widgets.TextEntry, t("certificates.pay.hint", nil))
	p.number.MaxLength = pos.MaxCertificateRunes
	p.number.OnChanged = func(string) { p.forget() }
	p.number.OnScan = func(_, code string) { p.onScan(code) }
	p.sum = k.Entry(widgets.AmountEntry, p.env.Words.Money().Bare(0))
	p.left = widgets.Stat(t("certificates.left", nil), "", widgets.Figure)
	p.ends = widgets.Stat(t("certificates.expires", nil), "", widgets.Figure)
	p.news = widgets.NewBanner("", widgets.Bad)
	p.act = k.KeyButton("", widgets.Primary, keys.Enter, p.onAct)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, p.leave)
	p.act.Height, back.Height = widgets.Large, widgets.Large
	p.d = k.Dialog(widgets.DialogSpec{
		Name: "certificate.pay", Title: t("certificates.pay.title", nil), Width: widgets.Middle, OnEsc: p.leave,
		Body: widgets.Columns(theme.GapInside+theme.GapSmall,
			widgets.Grow(widgets.VBox(theme.GapCards,
				widgets.Field(t("certificates.number", nil), p.number),
				widgets.NewCard(widgets.Equal(theme.GapInside, p.left.Box, p.ends.Box)), p.news)),
			widgets.FixedWidth(260, widgets.VBox(10, p.sum, widgets.Sized(0, 240, k.Numpad(p.sum, false))))),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(160, back), widgets.Grow(p.act)),
	})
}

func (p *payer) draw() {
	t, w := p.env.T, p.env.Words
	left, ends := "—", "—"
	label := t("certificates.pay.find", nil)
	if f := p.found; f != nil {
		left, ends = w.Money().Amount(f.Left), expiry(p.env, f.Expires)
		label = t("certificates.pay.do", nil)
		if sum, err := money.ParseAmount(p.sum.Text()); err == nil && sum > 0 {
			label = t("certificates.pay.do-sum", pos.Args{"Sum": sum})
		}
		p.sum.Enable()
	} else {
		p.sum.Disable()
	}
	p.left.Value.SetText(left)
	p.ends.Value.SetText(ends)
	p.act.SetLabel(label)
	p.act.SetEnabled(!p.busy)
	p.d.Refresh()
}

// forget drops what was found: the number is another one now.
func (p *payer) forget() {
	if p.found == nil && p.news.Text() == "" {
		return
	}
	p.found = nil
	p.sum.SetText("")
	p.news.Set("", widgets.Neutral)
	p.draw()
}

func (p *payer) onScan(code string) {
	if p.busy {
		return
	}
	p.number.SetText(code)
	p.found = nil
	p.find()
}

func (p *payer) onAct() {
	switch {
	case p.busy:
	case p.found == nil:
		p.find()
	default:
		p.pay()
	}
}

// find looks the number up.
func (p *payer) find() {
	number, a := strings.TrimSpace(p.number.Text()), p.env.Actor
	p.busy = true
	p.draw()
	task.Run(p.env.Ctx, p.env.Runner, func(ctx context.Context) (*till.CertificateView, error) {
		return p.env.Till.Certificate(ctx, a, number)
	}, func(v *till.CertificateView, err error) {
		p.busy = false
		if !p.d.Shown() {
			return
		}
		if err == nil {
			err = v.Usable(p.env.Kit.Timers.Now())
		}
		if err != nil {
			p.refuse(err)
			return
		}
		p.found = v
		p.news.Set("", widgets.Neutral)
		room := till.CertificateRoom(&p.view.Cheque, p.view.Totals)
		p.sum.SetText(p.env.Words.Money().Bare(min(room, v.Left)))
		p.draw()
		p.sum.Focus()
		p.sum.Select()
		p.tell(nil)
	})
}

func (p *payer) pay() {
	sum, err := money.ParseAmount(p.sum.Text())
	if err == nil && sum <= 0 {
		err = pos.E(pos.CodeInvalid, "amount.not-positive", nil)
	}
	if err != nil {
		p.refuse(err)
		return
	}
	a, number := p.env.Actor, p.found.Number
	p.busy = true
	p.draw()
	task.Run(p.env.Ctx, p.env.Runner, func(ctx context.Context) (*till.ChequeView, error) {
		return p.env.Till.PayCertificate(ctx, a, number, sum)
	}, func(_ *till.ChequeView, err error) {
		p.busy = false
		if !p.d.Shown() {
			return
		}
		if err != nil {
			p.refuse(err)
			return
		}
		p.leave()
	})
}

func (p *payer) refuse(err error) {
	p.news.Set(p.env.Words.Error(err), widgets.Bad)
	p.draw()
	if p.found == nil {
		p.number.Focus()
		p.number.Select()
	}
	p.tell(err)
}

func (p *payer) leave() {
	if p.busy {
		return
	}
	p.d.Close()
	p.done()
}

// tell reports the facts; a number never is one: whoever has it has the money.
func (p *payer) tell(err error) {
	left := ""
	if p.found != nil {
		left = p.found.Left.String()
	}
	p.env.Shown("certificate.pay", "left", left, "sum", p.sum.Text(), "error", string(pos.CodeOf(err)))
}
