package customer

import (
	"context"

	"kassa/pos"
	"kassa/pos/phone"
	"kassa/pos/receipt"
)

// print prints the slip of a repayment. It belongs to the customer like a
// receipt, so it is printed wherever the shop prints those at all.
func (r *repayer) print(doc *pos.Repayment) {
	a, env := r.env.Actor, r.env
	w, width := env.Print.Words(), env.Print.Width()
	env.Print.Make(pos.PrintRepayment, func(ctx context.Context) (pos.PrintJob, error) {
		in := receipt.RepaymentInput{Repayment: doc, Shop: env.Till.Settings(), Cashier: a.Name}
		c, err := env.Till.CustomerCard(ctx, a, doc.Customer)
		if err != nil {
			return pos.PrintJob{}, err
		}
		in.Customer = &receipt.CustomerInfo{Name: c.Name, PointsLeft: c.Points, Debt: c.Debt}
		if c.Phone != "" {
			in.Customer.MaskedPhone = phone.Mask(c.Phone)
		}
		return pos.PrintJob{Doc: string(doc.ID), Lines: receipt.RenderRepayment(in, width, w)}, nil
	})
}
