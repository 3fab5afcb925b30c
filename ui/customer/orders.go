package customer

import (
	"cmp"
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/ui/keys"
	"kassa/ui/orders"
	"kassa/ui/task"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// actOrders opens «История заказов».
const actOrders keys.ActionID = "customer.orders"

// pastRow is one thing that happened with the customer: at the till, or an indicator
// of a change of an order's state, which staff see and the customer does not.
type pastRow struct {
	entry  *pos.HistoryItem
	change *manual.Event
	order  *manual.Order
}

func (r *pastRow) at() time.Time {
	if r.change != nil {
		return r.change.At
	}
	return r.entry.At
}

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

// gather lists what happened at the till and to orders in one row, the newest first.
func (c *card) gather(kept []manual.Kept) {
	c.rows = nil
	for i := range c.view.History {
		c.rows = append(c.rows, pastRow{entry: &c.view.History[i]})
	}
	for i := range kept {
		for n := range kept[i].Events {
			c.rows = append(c.rows, pastRow{change: &kept[i].Events[n], order: &kept[i].Order})
		}
	}
	slices.SortStableFunc(c.rows, func(a, b pastRow) int {
		if a.change != nil && b.change != nil && a.order.ID == b.order.ID {
			return cmp.Compare(b.change.N, a.change.N)
		}
		return b.at().Compare(a.at())
	})
	c.history.SetRows(len(c.rows))
}

// shownOrders is of how many orders the card tells, the newest; the rest stands in
// «История заказов».
const shownOrders = 10

// loadOrders adds what happened to the customer's orders once it is known. The card
// does not wait for it, and says nothing where nobody answers: «История заказов» does.
func (c *card) loadOrders() {
	if !c.mayOrders() || !c.view.ErasedAt.IsZero() {
		return
	}
	p, a, view := c.env.Payments, c.env.Actor, c.view
	task.Run(c.env.Ctx, c.env.Runner, func(ctx context.Context) ([]manual.Kept, error) {
		return orders.Newest(ctx, p, a, c.id, shownOrders)
	}, func(kept []manual.Kept, err error) {
		if err == nil && c.d.Shown() && c.view == view && len(kept) > 0 {
			c.gather(kept)
			c.d.Refresh()
			c.tell(nil)
		}
	})
}

// onOrders shows the customer's history of orders.
func (c *card) onOrders() {
	if c.view == nil || !c.mayOrders() || !c.view.ErasedAt.IsZero() {
		return
	}
	orders.History(c.env, c.view.Customer, c.load)
}
