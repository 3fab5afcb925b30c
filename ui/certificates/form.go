package certificates

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/approval"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// form makes a certificate: one to be sold on the cheque, or one issued without a
// sale, which takes a reason.
type form struct {
	env    *ui.Env
	issue  bool
	done   func()
	sum    *widgets.Entry
	number *widgets.Entry
	ends   *widgets.Entry
	reason *widgets.Entry // of one issued without a sale
	news   *widgets.Banner
	act    *widgets.Button
	d      *widgets.Dialog
}

// Sell asks for sum and number and puts a certificate on the cheque. done is
// called once it is there.
func Sell(env *ui.Env, done func()) { openForm(env, false, done) }

func openForm(env *ui.Env, issue bool, done func()) {
	k, t := env.Kit, env.T
	f := &form{env: env, issue: issue, done: done, news: widgets.NewBanner("", widgets.Bad)}
	f.sum = k.Entry(widgets.AmountEntry, env.Words.Money().Bare(0))
	f.number = f.entry(t("certificates.form.own", nil), pos.MaxCertificateRunes)
	f.ends = f.entry(f.usualEnd(), 10)
	f.ends.RefusesScan = true
	f.reason = f.entry(t("certificates.form.why", nil), pos.MaxNameRunes)
	f.sum.OnSubmitted = func(string) { f.number.Focus() }
	title, words, name := "certificates.sell", "certificates.sell.", "certificate.sell"
	fields := []fyne.CanvasObject{widgets.Field(t("certificates.sum", nil), f.sum), widgets.Field(t("certificates.number", nil), f.number),
		widgets.Field(t("certificates.expires", nil), f.ends)}
	if issue {
		title, words, name = "certificates.issue", "certificates.issue.", "certificate.issue"
		fields = append(fields, widgets.Field(t("certificates.reason", nil), f.reason))
	}
	f.act = k.ActionButton(t(words+"do", nil), widgets.Primary, actSave)
	back := k.KeyButton(t("word.cancel", nil), widgets.Secondary, keys.Esc, func() { f.d.Close() })
	f.act.Height, back.Height = widgets.Large, widgets.Large
	f.d = k.Dialog(widgets.DialogSpec{Name: name, Title: t(title, nil), Subtitle: t(words+"hint", nil), Width: widgets.Middle,
		Body: widgets.Columns(theme.GapInside, widgets.Grow(widgets.VBox(theme.GapCards, append(fields, f.news)...)),
			widgets.FixedWidth(260, widgets.Sized(0, 260, k.Numpad(f.sum, false)))),
		Footer: widgets.Columns(theme.GapCards, widgets.FixedWidth(160, back), widgets.Grow(f.act))})
	f.d.Show(f.sum.Focusable(), func(s *keys.Scope) {
		s.Bind(actSave, f.onSave)
		s.OnScan = func(code string) { f.number.SetText(code) }
	})
	env.Shown(name)
}

// usualEnd says when a certificate ends if nothing is typed.
func (f *form) usualEnd() string {
	return expiry(f.env, f.env.Till.Settings().Certificates.EndsAt(f.env.Kit.Timers.Now()))
}

func (f *form) entry(hint string, most int) *widgets.Entry {
	e := f.env.Kit.Entry(widgets.TextEntry, hint)
	e.MaxLength = most
	e.OnSubmitted = func(string) { f.env.Kit.Window.Canvas().FocusNext() }
	return e
}

func (f *form) onSave() {
	if f.act.Disabled() {
		return
	}
	sum, err := money.ParseAmount(f.sum.Text())
	if err != nil || sum <= 0 {
		f.refuse(pos.E(pos.CodeInvalid, "amount.not-positive", nil), f.sum)
		return
	}
	ends, err := day(f.ends.Text(), f.env.Kit.Timers.Now().Location())
	if err != nil {
		f.refuse(err, f.ends)
		return
	}
	n := till.NewCertificate{Number: strings.TrimSpace(f.number.Text()), Amount: sum, Expires: ends, Name: lineName(f.env.Till.Settings())}
	a, reason := f.env.Actor, f.reason.Text()
	f.act.Disable()
	approval.Run(f.env, func(ctx context.Context) (string, error) {
		if !f.issue {
			_, err := f.env.Till.SellCertificate(ctx, a, n)
			return "", err
		}
		c, err := f.env.Till.IssueCertificate(ctx, a, n, reason)
		if err != nil {
			return "", err
		}
		return c.Number, nil
	}, func(number string, err error) {
		f.act.Enable()
		if !f.d.Shown() {
			return
		}
		if err != nil {
			f.refuse(err, nil)
			return
		}
		f.d.Close()
		told := f.env.T("certificates.sold", pos.Args{"Sum": sum})
		if f.issue {
			told = f.env.T("certificates.issued", pos.Args{"Number": number, "Sum": sum})
		}
		f.env.Kit.Toast(told, widgets.Good)
		f.done()
	})
}

func (f *form) refuse(err error, at *widgets.Entry) {
	f.news.Set(f.env.Words.Error(err), widgets.Bad)
	if at != nil {
		at.Focus()
	}
	f.d.Refresh()
	name := "certificate.sell"
	if f.issue {
		name = "certificate.issue"
	}
	f.env.Shown(name, "error", string(pos.CodeOf(err)))
}
