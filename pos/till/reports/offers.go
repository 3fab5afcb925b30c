package reports

import (
	"cmp"
	"slices"
	"time"

	"kassa/pos"
	"kassa/pos/figures"
	"kassa/pos/money"
)

// promotionSums tells what each automatic discount took off and in how many
// sales, less what came back of it: a sale of which nothing is left that it was
// given on counts no more.
func (o *op) promotionSums(r *figures.Report) error {
	r.Columns = []figures.Column{{ID: "sum", Unit: figures.Money}, {ID: "sales", Unit: figures.Count}}
	r.Chart, r.Opens = true, figures.OpensSales
	f, err := o.finding(r.Query, "")
	if err != nil {
		return err
	}
	list, err := o.GivenBetween(f.From, f.To, f.In, f.After)
	if err != nil {
		return err
	}
	if list, err = o.lessBack(list, f.From, f.To); err != nil {
		return err
	}
	var all int64
	for _, g := range list {
		all += g.Sum
		r.Rows = append(r.Rows, figures.Row{Key: g.Offer, Label: figures.Label{Text: g.Name}, Cells: []figures.Cell{{N: g.Sum}, {N: g.Times}}})
	}
	r.SumFirst(all)
	return nil
}

// lessBack takes the returns of a time off what discounts gave.
func (o *op) lessBack(list []figures.Given, from, to time.Time) ([]figures.Given, error) {
	back, err := o.ReturnedBetween(from, to)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i := range list {
		at[list[i].Offer] = i
	}
	for i := range back {
		for offer, g := range back[i].Given() {
			j, ok := at[offer]
			if !ok {
				j, at[offer] = len(list), len(list)
				list = append(list, figures.Given{Offer: offer, Name: g.Name})
			}
			list[j].Sum -= g.Sum
			stays, err := o.OfferStays(&back[i], offer)
			if err != nil {
				return nil, err
			}
			if !stays {
				list[j].Times--
			}
		}
	}
	slices.SortFunc(list, func(a, b figures.Given) int { return cmp.Or(cmp.Compare(b.Sum, a.Sum), cmp.Compare(a.Offer, b.Offer)) })
	return list, nil
}

// giftCards tells what became of the certificates issued in the period: sold or
// issued for nothing, spent, left, and lost to their end.
func (o *op) giftCards(r *figures.Report) error {
	for _, id := range []string{"sold", "issued", "used", "left", "expired"} {
		r.Columns = append(r.Columns, figures.Column{ID: id, Unit: figures.Money})
	}
	r.Columns = append(r.Columns, figures.Column{ID: "at", Unit: figures.Moment})
	r.Opens = figures.OpensCheque
	from, to := r.Period.Moments(o.Zone())
	list, err := o.Certificates("", o.Settings.Currency, 1<<30)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(c pos.CertificateBalance) bool { return c.IssuedAt.Before(from) || !c.IssuedAt.Before(to) })
	sum := figures.Row{Label: figures.Label{ID: "figures.total"}, Cells: make([]figures.Cell, len(r.Columns))}
	for i := range list {
		c := &list[i]
		left, expired := c.Left, money.Amount(0)
		switch {
		case c.State == pos.CertificateLapsed:
			if expired, err = o.lapsed(c.Number); err != nil {
				return err
			}
		case c.Expired(o.Due()):
			left, expired = 0, c.Left
		}
		used := c.Amount.Sub(left).Sub(expired)
		sold, issued := c.Amount, money.Amount(0)
		if c.Sale == "" {
			sold, issued = 0, c.Amount
		}
		row := figures.Row{Key: string(c.Sale), Label: figures.Label{Text: pos.MaskCertificate(c.Number)}}
		for j, a := range []money.Amount{sold, issued, used, left, expired} {
			row.Cells = append(row.Cells, figures.Cell{N: int64(a)})
			sum.Cells[j].N += int64(a)
		}
		row.Cells = append(row.Cells, figures.Cell{N: c.IssuedAt.UnixMilli()})
		if i < listMost {
			r.Rows = append(r.Rows, row)
		}
	}
	if len(list) > listMost {
		r.Notes = append(r.Notes, figures.Label{ID: "figures.newest-only", Args: pos.Args{"Count": listMost}})
	}
	if len(r.Rows) > 0 {
		r.Total = &sum
	}
	return nil
}

// lapsed is what was left on a certificate when its end was booked: its last
// movement.
func (o *op) lapsed(number string) (money.Amount, error) {
	moves, err := o.CertificateMoves(number, 1)
	if err != nil || len(moves) == 0 {
		return 0, err
	}
	return moves[0].Amount.Neg(), nil
}
