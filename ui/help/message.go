package help

// Pictures of points, messages and codes.

import (
	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// codeLength is that of the codes in the pictures.
const codeLength = 6

// offer is the total with what it earns and what points may pay of it.
func (p *painter) offer() fyne.CanvasObject {
	w, t := p.env.WordsFor(p.env.Words.Lang(), p.set), p.env.T
	c := p.cheque(w)
	sum := pos.Price(c, p.set.Rules)
	m := w.Money()
	lines := widgets.VBox(theme.GapTiny,
		widgets.KeyValue(t("sale.to-pay", nil), m.Amount(sum.Total), widgets.Figure).Box,
		widgets.KeyValue(t("sale.offer.earn", nil), t("help.points", pos.Args{"Count": sum.Earn}), widgets.Body).Box,
		widgets.KeyValue(t("sale.offer.spend", nil), t("help.points", pos.Args{"Count": sum.MaxPoints}), widgets.Body).Box)
	if p.key == "points.value" {
		lines.Add(widgets.KeyValue(t("help.points", pos.Args{"Count": int64(100)}), m.Amount(p.set.Rules.PointValue*100), widgets.Body).Box)
	}
	return widgets.NewCard(lines)
}

// bubble is the message on the customer's telephone.
func (p *painter) bubble() fyne.CanvasObject {
	from := p.env.T("help.no-provider", nil)
	if p.form.Provider != nil {
		from = p.form.Say("sms.provider")
	}
	return widgets.VBox(theme.GapSmall, widgets.NewText(from, widgets.SmallMuted).Ellipsis(),
		widgets.NewPanel(widgets.NewParagraph(p.form.Message, widgets.Body), theme.ColorCap, theme.ColorNone, 12, theme.GapInside, theme.GapCards))
}

// code is the window in which a code is entered.
func (p *painter) code() fyne.CanvasObject {
	t, policy := p.env.T, p.set.ConfirmPoints
	w := p.env.WordsFor(p.env.Words.Lang(), p.set)
	title := t("codebox.title.points", pos.Args{"Count": int64(300)})
	if p.key == "confirm.credit" {
		policy, title = p.set.ConfirmCredit, t("codebox.title.credit", pos.Args{"Amount": w.Money().Amount(owed)})
	}
	if p.key != "confirm.code_lifetime_minutes" && !policy.Asks() {
		return widgets.NewBanner(t("settings.unconfirmed."+p.key, nil), widgets.Warn)
	}
	boxes := p.env.Kit.CodeBoxes(codeLength)
	boxes.Restore("482", false)
	boxes.Disable()
	return widgets.VBox(theme.GapCards, widgets.NewText(title, widgets.Figure.Center()).Shrink(), boxes,
		widgets.NewText(t("codebox.left", pos.Args{"Left": 5, "Time": p.set.CodeLifetime}), widgets.SmallMuted.Center()).Shrink())
}
