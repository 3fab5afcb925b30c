package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// TabMail is the page of the mail server by which receipts and notices go out.
const TabMail Tab = "mail"

// The actions of the page.
const (
	actMailCheck keys.ActionID = "settings.mail.check"
	actMailSend  keys.ActionID = "settings.mail.send"
)

// MailAdmin tries a mail server that is being set up. Its errors bring words of
// their own and hold no password.
type MailAdmin interface {
	// CheckMail opens a session with the draft's server and sends nothing. It needs
	// RightSettings.
	CheckMail(ctx context.Context, a pos.Actor, d Draft) error
	// SendTestMail sends one mail by the draft's server. It needs RightTestSMS and is
	// recorded whatever becomes of it.
	SendTestMail(ctx context.Context, a pos.Actor, d Draft, to string) error
}

// MailPreset is what a well-known provider of boxes needs, by field.
type MailPreset struct {
	Name   string
	Fields map[string]string
}

// mailPage is the block of the mail server, drawn from what it declares.
type mailPage struct {
	v      *view
	panel  *panel
	page   *widgets.Scroll
	extra  *fyne.Container
	more   bool
	check  *widgets.Button
	send   *widgets.Button
	result *widgets.Banner
	latest *task.Latest
}

func (v *view) mailTab() fyne.CanvasObject {
	k, t := v.env.Kit, v.env.T
	p := &mailPage{v: v, result: widgets.NewBanner("", widgets.Neutral), latest: task.NewLatest(v.env.Runner)}
	v.mail = p
	p.panel = v.panel(v.m.kept.Mail, p.stale)
	p.more = p.panel.holdsAdvanced()
	p.check = k.ActionButton(t("settings.mail.check", nil), widgets.Secondary, actMailCheck)
	p.send = k.ActionButton(t("settings.mail.send", nil), widgets.Secondary, actMailSend)
	names := make([]string, len(v.m.kept.MailPresets))
	for i, preset := range v.m.kept.MailPresets {
		names[i] = preset.Name
	}
	ready := k.Select(names, -1, p.onPreset)
	p.extra = widgets.VBox(theme.GapInside, p.panel.more, p.panel.advanced)
	p.page = k.Scroll(widgets.NewCard(widgets.VBox(theme.GapInside,
		widgets.NewParagraph(t("settings.mail.why", nil), widgets.Muted),
		widgets.Field(t("settings.mail.preset", nil), ready),
		p.panel.box, p.extra, widgets.KeyBar(theme.GapSmall, p.check, p.send), p.result)))
	return p.page
}

func (p *mailPage) bind(s *keys.Scope) {
	here := keys.When(func() bool { return p.v.tab == TabMail })
	s.Bind(actMailCheck, p.onCheck, here)
	s.Bind(actMailSend, p.onSend, here)
}

// onPreset fills in what a well-known provider needs; what is the shop's own stays.
func (p *mailPage) onPreset(i int) {
	for field, value := range p.v.m.kept.MailPresets[i].Fields {
		key := p.panel.declared.Key(field)
		if p.v.m.locked(key) != "" {
			continue
		}
		p.v.m.set(key, value)
		p.v.fields[key].show(value)
	}
	p.stale()
	p.v.refresh()
}

// onMore shows the advanced fields, or folds them away.
func (p *mailPage) onMore() {
	p.more = !p.more
	p.v.refresh()
}

// stale takes away an answer that was about other settings than those shown.
func (p *mailPage) stale() {
	p.latest.Cancel()
	p.result.Set("", widgets.Neutral)
}

// refresh follows what is typed.
func (p *mailPage) refresh() {
	p.more = p.more || p.panel.badAdvanced()
	p.panel.refresh(p.more)
	set := strings.TrimSpace(p.v.m.texts[p.panel.declared.Key("host")]) != ""
	p.check.SetEnabled(set)
	p.send.SetEnabled(set)
}

// onCheck asks the server with what is typed, saved or not.
func (p *mailPage) onCheck() {
	if p.check.Disabled() {
		return
	}
	d, _ := p.v.m.read()
	p.say(p.v.env.T("settings.mail.checking", nil), widgets.Info, "")
	a := p.v.env.Actor
	task.RunLatest(p.v.env.Ctx, p.latest,
		func(ctx context.Context) (struct{}, error) { return struct{}{}, p.v.admin.CheckMail(ctx, a, d) },
		func(_ struct{}, err error) {
			if err != nil {
				p.say(p.v.env.Words.Error(err), widgets.Bad, idOf(err))
				return
			}
			p.say(p.v.env.T("mail.ready", nil), widgets.Good, "yes")
		})
}

func (p *mailPage) say(text string, tone widgets.Tone, outcome string) {
	p.result.Set(text, tone)
	p.v.balance = outcome
	p.v.refresh()
	p.page.Reveal(p.result)
}

// onSend opens the dialog after asking the right, so that a refusal names it at once.
func (p *mailPage) onSend() {
	if p.send.Disabled() {
		return
	}
	d, _ := p.v.m.read()
	a := p.v.env.Actor
	task.Run(p.v.env.Ctx, p.v.env.Runner,
		func(ctx context.Context) (struct{}, error) {
			return struct{}{}, p.v.env.Till.Demand(ctx, a, pos.RightTestSMS)
		},
		func(_ struct{}, err error) {
			if err != nil {
				p.say(p.v.env.Words.Error(err), widgets.Bad, idOf(err))
				return
			}
			p.openSending(d)
		})
}

// mailing is the dialog that sends one mail to see whether it arrives.
type mailing struct {
	v      *view
	draft  Draft
	dialog *widgets.Dialog
	to     *widgets.Entry
	news   *widgets.Banner
	act    *widgets.Button
	done   bool
}

func (p *mailPage) openSending(d Draft) {
	v := p.v
	k, t := v.env.Kit, v.env.T
	s := &mailing{v: v, draft: d, news: widgets.NewBanner("", widgets.Bad)}
	s.to = k.Entry(widgets.TextEntry, t("settings.mail.to.hint", nil))
	s.to.MaxLength = maxMailAddress
	s.to.SetText(strings.TrimSpace(v.m.texts[p.panel.declared.Key("from")]))
	s.to.OnChanged = func(string) {
		s.to.SetMessage("", widgets.Neutral)
		s.news.Set("", widgets.Neutral)
		s.setDone(false)
		s.dialog.Refresh()
	}
	s.to.OnSubmitted = func(string) { s.onAct() }
	s.act = k.KeyButton(t("settings.mail.do", nil), widgets.Primary, keys.Enter, s.onAct)
	s.act.Height = widgets.Large
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { s.dialog.Close() })
	back.Height = widgets.Large
	s.dialog = k.Dialog(widgets.DialogSpec{Name: "settings.mail", Title: t("settings.mail.title", nil), Width: widgets.Narrow,
		Body: widgets.VBox(theme.GapCards, widgets.NewParagraph(t("settings.mail.try", nil), widgets.Muted),
			widgets.Field(t("settings.mail.to", nil), s.to), s.news),
		Footer: widgets.HBox(theme.GapCards, back, widgets.Grow(s.act))})
	s.dialog.OnClosed = v.tell
	s.dialog.Show(s.to.Focusable(), nil)
	s.tell("")
}

// maxMailAddress is how long an address may be.
const maxMailAddress = 254

// onAct sends; once the mail went out it closes the dialog instead.
func (s *mailing) onAct() {
	if s.act.Disabled() {
		return
	}
	if s.done {
		s.dialog.Close()
		return
	}
	s.act.Disable()
	s.news.Set(s.v.env.T("settings.mail.sending", nil), widgets.Info)
	s.dialog.Refresh()
	a, d, to := s.v.env.Actor, s.draft, strings.TrimSpace(s.to.Text())
	task.Run(s.v.env.Ctx, s.v.env.Runner,
		func(ctx context.Context) (struct{}, error) { return struct{}{}, s.v.admin.SendTestMail(ctx, a, d, to) },
		func(_ struct{}, err error) { s.onSent(to, err) })
}

func (s *mailing) onSent(to string, err error) {
	s.act.Enable()
	outcome := "yes"
	if err != nil {
		s.news.Set(s.v.env.Words.Error(err), widgets.Bad)
		outcome = idOf(err)
	} else {
		s.news.Set(s.v.env.T("mail.sent", pos.Args{"To": to}), widgets.Good)
		s.setDone(true)
	}
	s.dialog.Refresh()
	s.tell(outcome)
}

func (s *mailing) setDone(on bool) {
	s.done = on
	s.v.ends(s.act, on, "settings.mail.do")
}

func (s *mailing) tell(outcome string) { s.v.env.Shown("settings.mail", "sent", outcome) }
