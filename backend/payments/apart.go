package payments

import (
	"context"
	"errors"
	"time"

	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/manual"
	"kassa/pos/till"
)

// IDQueued tells that what was asked goes by the queue.
const IDQueued = "manual.queued"

// Unreached reports that the backend did not answer, or not so that it can be
// believed: nobody knows what became of what was asked.
func Unreached(err error) bool {
	t, ok := errors.AsType[*exchange.Trouble](err)
	return ok && t.Reason != exchange.Refused && t.Reason != exchange.Foreign
}

// Queued says that what was asked goes by the queue, after the trouble with which it
// came to nothing and what the till said to asking for it there. What the till cannot ask for
// because it does not know of it is told as what it is: the backend does not answer.
func Queued(trouble, err error) error {
	switch {
	case err == nil:
		return &pos.Error{Code: pos.CodeUnavailable, ID: IDQueued, Err: trouble}
	case pos.CodeOf(err) == pos.CodeNotFound:
		return Spoken(trouble)
	}
	return err
}

// mirrorPage is how many orders of the mirror are read at once.
const mirrorPage = 500

// mirrored is a page of what the till keeps of the backend, with how old that is. It
// is the trouble where the till never knew anything.
func (p *Payments) mirrored(ctx context.Context, f *manual.Choice, trouble error) (manual.Page, error) {
	page := manual.Page{Counts: map[manual.State]int64{}}
	most, behind := f.Limit, f.After == ""
	if most <= 0 {
		most = mirrorPage
	}
	for c := (till.MirroredChoice{Customer: pos.CustomerID(f.Customer), Limit: mirrorPage}); ; {
		got, err := p.p.Till.MirroredOrders(ctx, c)
		if err != nil {
			return manual.Page{}, err
		}
		if page.AsOf = got.As; page.AsOf.IsZero() {
			return manual.Page{}, Spoken(trouble)
		}
		for i := range got.Orders {
			o := &got.Orders[i]
			if !chosen(o.Merchant, o.Created, f) {
				continue
			}
			page.Counts[o.State]++
			if fits := f.State == "" || o.State == f.State; fits && behind {
				page.Orders = append(page.Orders, *o)
			}
			behind = behind || o.ID == f.After
		}
		if !got.More {
			break
		}
		c.After = got.Orders[len(got.Orders)-1].ID
	}
	if page.More = len(page.Orders) > most; page.More {
		page.Orders = page.Orders[:most]
	}
	return page, nil
}

// chosen reports an order of a merchant and a time that are asked for.
func chosen(merchant string, made time.Time, f *manual.Choice) bool {
	return (f.Merchant == "" || merchant == f.Merchant) && (f.From.IsZero() || !made.Before(f.From)) && (f.To.IsZero() || made.Before(f.To))
}
