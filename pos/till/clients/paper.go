package clients

import (
	"context"

	"kassa/pos"
	"kassa/pos/receipt"
)

// OnPaper is what a receipt tells of its customer as things stand now, nil for
// nobody. A document that was just made tells it to whoever sells: the paper is
// the customer's, who stands there. A copy tells it only to who may look at
// customers, so that old receipts are no way to people's names and points.
func (o *Op) OnPaper(id pos.CustomerID, isCopy bool) (*receipt.CustomerInfo, error) {
	if id == "" {
		return nil, nil
	}
	rights := []pos.Right{pos.RightCustomerView}
	if !isCopy {
		rights = append(rights, pos.RightSell)
	}
	if may, err := o.Has(rights...); !may || err != nil {
		return nil, err
	}
	c, err := o.Surviving(o.Customer(id))
	if err != nil {
		return nil, err
	}
	s, err := o.StateOf(c)
	if err != nil {
		return nil, err
	}
	return &receipt.CustomerInfo{Name: c.Name, MaskedPhone: MaskPhone(c.Phone), PointsLeft: s.Points, Debt: s.Debt}, nil
}

// RepaymentSlip is what the slip of a repayment that was just made tells.
func (t *Till) RepaymentSlip(ctx context.Context, a pos.Actor, doc *pos.Repayment) (receipt.RepaymentInput, error) {
	in := receipt.RepaymentInput{Repayment: doc}
	err := t.desk.Look(ctx, a, "", func(o *Op) (err error) {
		in.Shop = o.Settings
		if in.Cashier, err = o.staff.NameOf(doc.Employee); err != nil {
			return err
		}
		in.Customer, err = o.OnPaper(doc.Customer, false)
		return err
	})
	return in, err
}
