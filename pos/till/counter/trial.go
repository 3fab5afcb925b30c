package counter

import (
	"context"
	"time"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/offers"
	"kassa/pos/till/clients"
	"kassa/pos/till/internal/desk"
)

// TrialCheque is a cheque that is only thought of: what would it cost?
type TrialCheque struct {
	At       time.Time // zero: now
	Customer pos.CustomerID
	Buyer    *offers.Buyer // in place of a customer; nil for nobody
	Coupons  []pos.OfferID // promotions whose coupon is shown
	Lines    []TrialLine
	Edited   *offers.Promotion // tried in place of the stored one of its id, as if it were on
}

// TrialLine is goods on a trial cheque.
type TrialLine struct {
	Product pos.ProductID
	Qty     money.Quantity
}

// TrialOutcome is what a trial cheque would cost, and why.
type TrialOutcome struct {
	Lines        []TrialOutcomeLine
	Gross, Total money.Amount
	Verdicts     []offers.Verdict // of each promotion, in the order tried
}

// TrialOutcomeLine is a line of a trial cheque.
type TrialOutcomeLine struct {
	Name       string
	Qty        money.Quantity
	Gross, Sum money.Amount
	Given      []pos.Given
}

// EditedOffer stands for an edited promotion that was never stored: its verdict
// has this id, and so has its coupon.
const EditedOffer pos.OfferID = "new"

// TryOffers prices a trial cheque with all promotions that are on and the
// edited one, and tells which gave what and why the others did not. It stores
// nothing.
func (t *Till) TryOffers(ctx context.Context, a pos.Actor, trial TrialCheque) (*TrialOutcome, error) {
	var out *TrialOutcome
	err := t.desk.Look(ctx, a, pos.RightOffers, func(o *Op) error {
		all, err := o.soundPromotions()
		if err != nil {
			return err
		}
		if all, err = withEdited(all, trial.Edited); err != nil {
			return err
		}
		in := offers.Cheque{At: trial.At, Buyer: trial.Buyer, Coupons: trial.Coupons}
		if in.At.IsZero() {
			in.At = o.At
		}
		if trial.Customer != "" {
			c, err := clients.Known(o.Customer(trial.Customer))
			if err != nil {
				return err
			}
			in.Buyer = buyerOf(c)
		}
		out = &TrialOutcome{}
		for _, l := range trial.Lines {
			if err := o.trialLine(out, &in, l); err != nil {
				return err
			}
		}
		result := offers.Evaluate(all, in)
		out.Verdicts = result.Verdicts
		for i := range out.Lines {
			l := &out.Lines[i]
			l.Given, l.Sum = result.Given[i], l.Gross
			for _, g := range l.Given {
				l.Sum = l.Sum.Sub(g.Sum)
			}
			out.Gross, out.Total = out.Gross.Add(l.Gross), out.Total.Add(l.Sum)
		}
		return nil
	})
	return desk.OrNil(out, err)
}

func withEdited(all []offers.Promotion, edited *offers.Promotion) ([]offers.Promotion, error) {
	if edited == nil {
		return all, nil
	}
	if err := edited.Check(); err != nil {
		return nil, err
	}
	p := *edited
	p.On, p.Archived = true, false
	if p.ID == "" {
		p.ID = EditedOffer
	}
	kept := make([]offers.Promotion, 0, len(all)+1)
	for _, other := range all {
		if other.ID != p.ID {
			kept = append(kept, other)
		}
	}
	return append(kept, p), nil
}

func (o *Op) trialLine(out *TrialOutcome, in *offers.Cheque, l TrialLine) error {
	p, err := o.Product(l.Product)
	if err != nil {
		return err
	}
	line := pos.Line{Name: p.Name, Price: p.Price, Qty: l.Qty, Flags: p.Flags}
	line.Flags.AskPrice = false
	if err := line.Check(); err != nil {
		return err
	}
	gross, err := money.LineTotal(line.Price, line.Qty)
	if err != nil {
		return err
	}
	out.Lines = append(out.Lines, TrialOutcomeLine{Name: p.Name, Qty: l.Qty, Gross: gross})
	in.Lines = append(in.Lines, offers.Line{Product: p.ID, Category: p.Category, Price: p.Price, Qty: l.Qty,
		Weighed: p.Flags.Weighed, Excluded: p.Flags.NoOffers})
	return nil
}

// PromotionGoods are the goods of some ids, for a card that names what a
// promotion is for. Those that are no longer there are left out.
func (t *Till) PromotionGoods(ctx context.Context, a pos.Actor, ids []pos.ProductID) ([]pos.Product, error) {
	var list []pos.Product
	err := t.desk.Look(ctx, a, pos.RightOffers, func(o *Op) error {
		for _, id := range ids {
			p, err := o.Product(id)
			switch {
			case err == nil:
				list = append(list, *p)
			case pos.CodeOf(err) != pos.CodeNotFound:
				return err
			}
		}
		return nil
	})
	return list, err
}
