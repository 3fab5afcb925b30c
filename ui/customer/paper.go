package customer

import (
	"context"

	"kassa/pos"
	"kassa/pos/receipt"
)

// print prints the slip of a repayment. It belongs to the customer like a
// receipt, so it is printed wherever the shop prints those at all.
func (r *repayer) print(doc *pos.Repayment) {
	a, env := r.env.Actor, r.env
	w, width := env.Print.Words(), env.Print.Width()
	env.Print.Make(pos.PrintRepayment, func(ctx context.Context) (pos.PrintJob, error) {
		in, err := env.Till.RepaymentSlip(ctx, a, doc)
		if err != nil {
			return pos.PrintJob{}, err
		}
		return pos.PrintJob{Doc: string(doc.ID), Lines: receipt.RenderRepayment(in, width, w)}, nil
	}, nil)
}
