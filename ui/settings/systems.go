package settings

import (
	"fyne.io/fyne/v2"

	"kassa/ui/merchants"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// systems is the block «Платежные системы», which has a window of its own. Nothing of
// it is saved with the rest.
func (v *view) systems() fyne.CanvasObject {
	t := v.env.T
	return widgets.NewCard(widgets.VBox(theme.GapSmall,
		widgets.NewText(t("merchants.title", nil), widgets.Heading).Ellipsis(),
		widgets.NewParagraph(t("settings.systems.why", nil), widgets.SmallMuted),
		widgets.KeyBar(theme.GapSmall, v.env.Kit.ActionButton(t("settings.systems.open", nil), widgets.Secondary, actSystems))))
}

func (v *view) onSystems() { merchants.Open(v.env, v.admin.PaymentSystems(), v.tell) }
