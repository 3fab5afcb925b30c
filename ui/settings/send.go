package settings

import (
	"context"
	"strings"

	"kassa/pos"
	"kassa/pos/integration"
	"kassa/pos/message"
	"kassa/pos/phone"
	"kassa/ui/keys"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// sending is the dialog that sends one message to see whether it arrives.
type sending struct {
	v        *view
	provider *integration.Declaration
	draft    Draft
	dialog   *widgets.Dialog
	number   *widgets.Entry
	price    *widgets.Banner
	news     *widgets.Banner
	act      *widgets.Button
	latest   *task.Latest
	done     bool
}

// onSend opens the dialog after asking the right, so that a refusal names it at
// once.
func (v *view) onSend() {
	pr := v.m.provider()
	if v.tab != TabIntegrations || pr == nil {
		return
	}
	d, _ := v.m.read()
	if problems, _ := message.Check(v.m.texts["sms.template"]); len(problems) > 0 {
		v.sms.result.Set(v.env.T(problems[0].MessageID, problems[0].Data()), widgets.Bad)
		v.fields["sms.template"].focus()
		v.refresh()
		return
	}
	a := v.env.Actor
	task.Run(v.env.Ctx, v.env.Runner,
		func(ctx context.Context) (struct{}, error) {
			return struct{}{}, v.env.Till.Demand(ctx, a, pos.RightTestSMS)
		},
		func(_ struct{}, err error) {
			if err != nil {
				v.sms.result.Set(v.env.Words.Error(err), widgets.Bad)
				v.sent = idOf(err)
				v.refresh()
				return
			}
			v.openSending(pr, d)
		})
}

func (v *view) openSending(pr *integration.Declaration, d Draft) {
	k, t := v.env.Kit, v.env.T
	s := &sending{v: v, provider: pr, draft: d, latest: task.NewLatest(v.env.Runner), news: widgets.NewBanner("", widgets.Bad)}
	s.number = k.Entry(widgets.TextEntry, t("settings.send.number", nil))
	s.number.MaxLength = phone.MaxInput
	s.number.OnChanged = s.onNumber
	s.number.OnSubmitted = func(string) { s.onAct() }
	s.price = widgets.NewBanner("", widgets.Warn)
	s.setPrice(nil)
	s.act = k.KeyButton(t("settings.send.do", nil), widgets.Primary, keys.Enter, s.onAct)
	s.act.Height = widgets.Large
	back := k.KeyButton(t("word.close", nil), widgets.Secondary, keys.Esc, func() { s.dialog.Close() })
	back.Height = widgets.Large
	bubble := widgets.NewPanel(widgets.NewParagraph(v.lookAtText(d).Text, widgets.Body),
		theme.ColorCap, theme.ColorNone, 12, theme.GapInside, theme.GapCards)
	s.dialog = k.Dialog(widgets.DialogSpec{Name: "settings.send", Title: t("settings.send.title", nil), Width: widgets.Narrow,
		Body: widgets.VBox(theme.GapCards,
			widgets.NewParagraph(t("settings.send.why", pos.Args{"Provider": pr.Name}), widgets.Muted),
			bubble, widgets.Field(t("settings.send.phone", nil), s.number), s.price, s.news),
		Footer: widgets.HBox(theme.GapCards, back, widgets.Grow(s.act))})
	s.dialog.OnClosed = func() { s.latest.Cancel(); v.tell() }
	s.dialog.Show(s.number.Focusable(), nil)
	s.tell("")
}

// setPrice says what the message costs: in general, or what the provider said.
func (s *sending) setPrice(c *Cost) {
	t := s.v.env.T
	switch {
	case s.provider.Has(integration.Trains):
		s.price.Set(t("sms.balance.sandbox", nil), widgets.Info)
	case c == nil:
		s.price.Set(t("sms.test.cost-warning", pos.Args{"Provider": s.provider.Name}), widgets.Warn)
	default:
		s.price.Set(t("settings.send.cost", pos.Args{"Provider": s.provider.Name, "Sum": s.v.sum(c.Minor, c.Currency)}), widgets.Warn)
	}
}

// onNumber asks for the price as soon as the number can be one. That the price
// stays unknown is no reason not to send, so its errors are not told.
func (s *sending) onNumber(text string) {
	s.number.SetMessage("", widgets.Neutral)
	s.news.Set("", widgets.Neutral)
	s.setDone(false)
	s.latest.Cancel()
	s.setPrice(nil)
	s.dialog.Refresh()
	to, err := phone.Parse(text, s.draft.Settings.Country)
	if err != nil || !s.provider.Has(integration.TellsCost) || s.provider.Has(integration.Trains) {
		return
	}
	task.RunLatest(s.v.env.Ctx, s.latest,
		func(ctx context.Context) (Cost, error) { return s.v.admin.Cost(ctx, s.draft, to) },
		func(c Cost, err error) {
			if err == nil && !s.done {
				s.setPrice(&c)
				s.dialog.Refresh()
			}
		})
}

// onAct sends; once the message went out it closes the dialog instead, so that
// a second Enter costs nothing.
func (s *sending) onAct() {
	if s.act.Disabled() {
		return
	}
	if s.done {
		s.dialog.Close()
		return
	}
	to, err := phone.Parse(strings.TrimSpace(s.number.Text()), s.draft.Settings.Country)
	if err != nil {
		s.number.SetMessage(s.v.env.Words.Error(err), widgets.Bad)
		s.dialog.Refresh()
		s.tell("phone")
		return
	}
	s.latest.Cancel()
	s.act.Disable()
	s.news.Set(s.v.env.T("settings.send.sending", nil), widgets.Info)
	s.dialog.Refresh()
	a, d := s.v.env.Actor, s.draft
	task.Run(s.v.env.Ctx, s.v.env.Runner,
		func(ctx context.Context) (Sent, error) { return s.v.admin.SendTest(ctx, a, d, to) },
		func(sent Sent, err error) { s.onSent(to, sent, err) })
}

func (s *sending) onSent(to string, sent Sent, err error) {
	s.act.Enable()
	if err != nil {
		s.news.Set(s.v.env.Words.Error(err), widgets.Bad)
		s.v.sent = idOf(err)
	} else {
		id := "settings.send.taken"
		if s.provider.Has(integration.Trains) {
			id = "settings.send.kept"
		}
		s.news.Set(s.v.env.T(id, pos.Args{"Provider": sent.Provider, "Phone": phone.Mask(to)}), widgets.Good)
		if sent.Cost != nil {
			s.setPrice(sent.Cost)
		}
		s.setDone(true)
		s.v.sent = "yes"
	}
	s.dialog.Refresh()
	s.tell(s.v.sent)
}

func (s *sending) setDone(on bool) {
	s.done = on
	s.v.ends(s.act, on, "settings.send.do")
}

// ends names an action by what its next press does: what was sent is closed by it, so
// that a second Enter sends nothing.
func (v *view) ends(act *widgets.Button, done bool, id string) {
	if done {
		id = "word.close"
	}
	act.SetLabel(v.env.T(id, nil))
}

func (s *sending) tell(outcome string) {
	s.v.env.Shown("settings.send", "provider", s.provider.ID, "sent", outcome)
}
