package clients

import (
	"context"
	"strconv"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/till/internal/desk"
	"kassa/pos/wire"
)

// ArchiveCustomer puts a card away, or takes it out again: nothing is sold to
// an archived customer. CodeConflict while a debt is open or the customer is on
// a cheque.
func (t *Till) ArchiveCustomer(ctx context.Context, a pos.Actor, id pos.CustomerID, archived bool) (*pos.CustomerState, error) {
	var state *pos.CustomerState
	err := t.desk.Change(ctx, a, pos.RightCustomerEdit, func(o *Op) error {
		c, err := Known(o.Customer(id))
		if err != nil {
			return err
		}
		if err := Alive(c); err != nil {
			return err
		}
		if state, err = o.StateOf(c); err != nil || c.Archived == archived {
			return err
		}
		kind := pos.EventCustomerRestore
		if archived {
			kind = pos.EventCustomerArchive
			if state.Debt > 0 {
				return pos.E(pos.CodeConflict, "customer.archive-debt", pos.Args{"Name": c.Name, "Debt": state.Debt})
			}
			cheques, err := o.ChequesOf(id)
			if err != nil {
				return err
			}
			if len(cheques) > 0 {
				return pos.E(pos.CodeConflict, "customer.archive-cheque", pos.Args{"Name": c.Name})
			}
		}
		c.Archived, state.Archived = archived, archived
		if err := o.PutCustomer(c); err != nil {
			return err
		}
		if err := o.Note(kind, string(id), nil); err != nil {
			return err
		}
		return o.Tell(wire.OfCustomer(kind, c, o.Act()))
	})
	return desk.OrNil(state, err)
}

// EraseCustomer makes a customer anonymous for good: name, phone, e-mail, card,
// birthday and note go, here and in everything that was merged into the card.
// What was bought stays, under the id alone, so that the books and both chains
// hold. CodeConflict while a debt is open, while the customer is on a cheque,
// and while points are left that are not forfeited.
func (t *Till) EraseCustomer(ctx context.Context, a pos.Actor, id pos.CustomerID, forfeit bool) error {
	return t.desk.Change(ctx, a, pos.RightErase, func(o *Op) error {
		c, err := Known(o.Customer(id))
		if err != nil {
			return err
		}
		if err := Alive(c); err != nil {
			return err
		}
		if err := o.mayErase(c, forfeit); err != nil {
			return err
		}
		return o.erase(c)
	})
}

func (o *Op) mayErase(c *pos.Customer, forfeit bool) error {
	s, err := o.StateOf(c)
	if err != nil {
		return err
	}
	if s.Debt > 0 {
		return pos.E(pos.CodeConflict, "erase.debt", pos.Args{"Name": c.Name, "Debt": s.Debt})
	}
	cheques, err := o.ChequesOf(c.ID)
	if err != nil {
		return err
	}
	if len(cheques) > 0 {
		return pos.E(pos.CodeConflict, "customer.archive-cheque", pos.Args{"Name": c.Name})
	}
	if points := s.Points + s.PointsSoon; points > 0 && !forfeit {
		return pos.E(pos.CodeConflict, "erase.points", pos.Args{"Name": c.Name, "Points": points})
	}
	return nil
}

// erase forfeits what points are left, takes the person out of every card and
// books that.
func (o *Op) erase(c *pos.Customer) error {
	doc := &pos.Erasure{ID: pos.ErasureID(o.NewID()), Customer: c.ID, Employee: o.Actor.ID, At: o.At}
	lots, err := o.Lots(c.ID)
	if err != nil {
		return err
	}
	var moves []pos.LotMove
	for i := range lots {
		moves = append(moves, pos.LotMove{Lot: lots[i].ID, Sale: pos.SaleID(doc.ID), Points: -lots[i].Left})
		doc.Points += lots[i].Left
		lots[i].Left = 0
	}
	if len(moves) > 0 {
		if err := o.PutSpent(lots, moves); err != nil {
			return err
		}
	}
	if err := o.RevokePhoneChanges(c.ID); err != nil {
		return err
	}
	cards, err := o.MergedCards(c.ID)
	if err != nil {
		return err
	}
	was := *c
	gone, err := o.forget(append([]pos.Customer{*c}, cards...))
	if err != nil {
		return err
	}
	*c = gone[0]
	if err := o.PutErasure(doc); err != nil {
		return err
	}
	if err := o.Book(ledger.OfErasure(doc)); err != nil {
		return err
	}
	if err := o.noteLimit(&was, c); err != nil {
		return err
	}
	detail := map[string]string{"erasure": string(doc.ID), "points": strconv.FormatInt(doc.Points, 10)}
	if err := o.Note(pos.EventCustomerErased, string(c.ID), detail); err != nil {
		return err
	}
	ids := make([]pos.CustomerID, len(gone))
	for i := range gone {
		ids[i] = gone[i].ID
	}
	return o.Tell(wire.OfErasure(doc, ids))
}

// forget takes the person out of the cards, and out of what others were told or
// are yet to be told of them; it returns the cards as they are stored.
func (o *Op) forget(cards []pos.Customer) ([]pos.Customer, error) {
	gone := make([]pos.Customer, len(cards))
	for i, card := range cards {
		gone[i] = pos.Customer{ID: card.ID, Name: pos.Anonymous, Group: card.Group, Archived: true, MergedInto: card.MergedInto,
			CreatedAt: card.CreatedAt, ErasedAt: o.At}
		if err := o.ForgetCustomer(&gone[i]); err != nil {
			return nil, err
		}
		told, err := o.ToldOfCustomer(card.ID)
		if err != nil {
			return nil, err
		}
		for j := range told {
			payload, had, err := wire.Forget(&told[j])
			if err == nil && had {
				err = o.ForgetTold(told[j].ID, payload)
			}
			if err != nil {
				return nil, err
			}
		}
	}
	return gone, nil
}
