package settings

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/integration"
	"kassa/pos/message"
	"kassa/pos/money"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// smsPage is the block «СМС-рассылка»: through whom codes go, and what the
// message says. The provider's part is a panel drawn from what it declares.
type smsPage struct {
	v       *view
	panels  map[string]*panel // by provider
	page    *widgets.Scroll
	holder  *fyne.Container
	extra   *fyne.Container // the advanced fields of the chosen provider
	more    bool            // they are shown
	loud    *widgets.Banner
	verdict *widgets.Text
	counter *widgets.Text
	advice  *widgets.Banner
	preview *widgets.Paragraph
	ask     *widgets.Button
	send    *widgets.Button
	result  *widgets.Banner
	latest  *task.Latest
}

func (v *view) integrationsPage() fyne.CanvasObject {
	k := v.env.Kit
	p := &smsPage{v: v, panels: map[string]*panel{}, holder: widgets.VBox(0), extra: widgets.VBox(0), latest: task.NewLatest(v.env.Runner),
		loud: widgets.NewBanner("", widgets.Bad), advice: widgets.NewBanner("", widgets.Warn), result: widgets.NewBanner("", widgets.Neutral),
		verdict: widgets.NewText("", widgets.SmallMuted).Ellipsis(), counter: widgets.NewText("", widgets.SmallMuted)}
	v.sms = p
	for _, d := range v.m.kept.Providers {
		one := v.panel(d, p.stale)
		p.panels[d.ID] = one
		p.more = p.more || one.holdsAdvanced()
	}
	p.ask = k.ActionButton(v.env.T("settings.balance.ask", nil), widgets.Secondary, actBalance)
	p.send = k.ActionButton(v.env.T("settings.send.ask", nil), widgets.Secondary, actSend)
	form := widgets.NewCard(widgets.VBox(theme.GapInside,
		widgets.NewText(v.env.T("settings.block.sms", nil), widgets.Heading), v.ask("sms.provider"), p.loud, p.holder,
		widgets.VBox(theme.GapTiny, v.ask("sms.template"), widgets.HBox(theme.GapSmall, widgets.Grow(p.verdict), p.counter)),
		p.advice, widgets.KeyBar(theme.GapSmall, p.ask, p.send), p.result))
	p.page = k.Scroll(k.Beside(sideFrom, 0.6, form, widgets.VBox(theme.GapCards, v.systems(), p.side())))
	return p.page
}

// sideFrom is the width of the window from which the preview stands beside the form.
const sideFrom = 980

// side shows the message as the customer reads it, and what may stand in it.
func (p *smsPage) side() fyne.CanvasObject {
	t := p.v.env.T
	p.preview = widgets.NewParagraph("", widgets.Body)
	names := widgets.VBox(theme.GapSmall, widgets.NewText(t("settings.names.title", nil), widgets.Strong))
	for _, name := range []string{"code", "amount", "operation", "shop", "customer"} {
		names.Add(widgets.HBox(theme.GapSmall, widgets.FixedWidth(96, widgets.NewText("<"+name+">", widgets.Small.InBold())),
			widgets.Grow(widgets.NewText(t("settings.name."+name, nil), widgets.SmallMuted).Ellipsis())))
	}
	return widgets.VBox(theme.GapCards,
		widgets.NewCard(widgets.VBox(theme.GapSmall, widgets.NewText(t("settings.preview", nil), widgets.SmallMuted),
			widgets.NewPanel(p.preview, theme.ColorCap, theme.ColorNone, 12, theme.GapInside, theme.GapCards))),
		widgets.NewCard(names), p.extra)
}

// onForget marks the kept tokens to be forgotten, or takes that back.
func (p *smsPage) onForget() {
	if one := p.panels[p.v.m.texts["sms.provider"]]; one != nil {
		one.onForget()
	}
}

// onMore shows the advanced fields, or folds them away.
func (p *smsPage) onMore() {
	p.more = !p.more
	p.v.refresh()
}

// stale takes away an answer that was about other settings than those shown.
func (p *smsPage) stale() {
	p.latest.Cancel()
	p.result.Set("", widgets.Neutral)
	p.v.balance = ""
}

// refresh follows what is chosen and typed.
func (p *smsPage) refresh() {
	m, t := p.v.m, p.v.env.T
	pr := m.provider()
	loud := ""
	if m.trainingInEarnest() {
		loud = t("settings.training", pos.Args{"Provider": pr.Name})
	}
	p.loud.Set(loud, widgets.Bad)
	p.holder.Objects, p.extra.Objects = nil, nil
	if pr != nil {
		one := p.panels[pr.ID]
		p.more = p.more || one.badAdvanced()
		one.refresh(p.more)
		p.holder.Objects = []fyne.CanvasObject{one.box}
		if one.more != nil {
			p.extra.Objects = []fyne.CanvasObject{one.more, one.advanced}
		}
	}
	p.holder.Hidden = len(p.holder.Objects) == 0 || len(p.holder.Objects[0].(*fyne.Container).Objects) == 0
	p.ask.SetEnabled(pr != nil && pr.Has(integration.TellsBalance))
	p.send.SetEnabled(pr != nil)
	p.refreshTemplate()
}

// lookAtText looks at the text of messages as it is typed, with the draft's shop,
// language and money.
func (v *view) lookAtText(d Draft) message.Look {
	set := &d.Settings
	return message.LookAt(v.env.WordsFor(set.Language, set), set, v.m.texts["sms.template"])
}

func (p *smsPage) refreshTemplate() {
	v, t := p.v, p.v.env.T
	d, _ := v.m.read()
	look := v.lookAtText(d)
	p.preview.SetText(look.Text)
	p.counter.SetText(t("settings.counter", pos.Args{"Units": look.Size.Units, "Room": look.Size.Room(), "Count": look.Size.Parts}))
	field := v.fields["sms.template"]
	if len(look.Problems) > 0 {
		p.verdict.Set("", widgets.SmallMuted)
		field.refuse(t(look.Problems[0].MessageID, look.Problems[0].Data()))
	} else {
		p.verdict.Set(t("settings.template.fine", nil), widgets.SmallMuted.In(theme.ColorGood))
	}
	advice := ""
	for _, w := range look.Warnings {
		if advice != "" {
			advice += " "
		}
		advice += t(w.MessageID, w.Data())
	}
	p.advice.Set(advice, widgets.Warn)
}

// onBalance asks the provider with what is typed, saved or not.
func (v *view) onBalance() {
	p := v.sms
	pr := v.m.provider()
	if v.tab != TabIntegrations || pr == nil || !pr.Has(integration.TellsBalance) {
		return
	}
	d, _ := v.m.read()
	p.result.Set(v.env.T("settings.balance.asking", pos.Args{"Provider": pr.Name}), widgets.Info)
	v.balance = ""
	v.refresh()
	a := v.env.Actor
	task.RunLatest(v.env.Ctx, p.latest,
		func(ctx context.Context) (Balance, error) { return v.admin.Balance(ctx, a, d) }, v.onBalanceTold)
}

func (v *view) onBalanceTold(b Balance, err error) {
	p := v.sms
	if err != nil {
		p.result.Set(v.env.Words.Error(err), widgets.Bad)
		v.balance = idOf(err)
		v.refresh()
		p.page.Reveal(p.result)
		return
	}
	text, tone := "", widgets.Good
	switch {
	case b.NoteID != "":
		text, tone = v.env.T(b.NoteID, nil), widgets.Info
		v.balance = b.NoteID
	case b.Currency != "":
		text = v.env.T("settings.balance.sum", pos.Args{"Provider": b.Provider, "Sum": v.sum(b.Minor, b.Currency)})
		v.balance = money.Amount(b.Minor).String()
		if b.Minor <= 0 {
			text, tone = v.env.T("settings.balance.empty", pos.Args{"Provider": b.Provider, "Sum": v.sum(b.Minor, b.Currency)}), widgets.Warn
		}
	default:
		text = v.env.T("settings.balance.credits", pos.Args{"Provider": b.Provider, "Count": b.Credits})
		v.balance = v.env.Words.Money().Points(b.Credits)
		if b.Credits <= 0 {
			tone = widgets.Warn
		}
	}
	p.result.Set(text, tone)
	v.refresh()
	p.page.Reveal(p.result)
}

// sum writes an amount of the provider's currency, which need not be the shop's.
func (v *view) sum(minor int64, currency string) string {
	return money.NewFormatter(v.env.Words.Lang(), money.Currency(currency), "").Amount(money.Amount(minor))
}

// idOf is the id of the words of an error, for those who watch the window.
func idOf(err error) string {
	if e, ok := errors.AsType[*pos.Error](err); ok {
		return e.ID
	}
	var spoken interface{ Message() string }
	if errors.As(err, &spoken) {
		return spoken.Message()
	}
	return string(pos.CodeInternal)
}
