package customer

import (
	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/keys"
	"kassa/ui/orders"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// actOrders opens «История заказов».
const actOrders keys.ActionID = "customer.orders"

// past is what happened with the customer: at the till, and under it the way to what
// went past it.
func (c *card) past() fyne.CanvasObject {
	history := widgets.NewFlatCard(c.history)
	if !c.mayOrders() {
		return history
	}
	return widgets.VBox(theme.GapSmall, widgets.Grow(history), c.env.Kit.ActionButton(c.env.T("orders.card.title", nil), widgets.Secondary, actOrders))
}

func (c *card) mayOrders() bool { return c.env.Payments != nil && c.env.Actor.Can(pos.RightManualSee) }

// onOrders shows the customer's history of orders.
func (c *card) onOrders() {
	if c.view == nil || !c.mayOrders() || !c.view.ErasedAt.IsZero() {
		return
	}
	orders.History(c.env, c.view.Customer, c.load)
}
