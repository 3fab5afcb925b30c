package clients

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/person"
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
//
// Slips, notes and drafts lose the person too, and nothing of what was deleted is
// left in the bytes of the files. Copies made before hold the person until they
// go; one that is restored forgets again, see ForgetAgain.
func (t *Till) EraseCustomer(ctx context.Context, a pos.Actor, id pos.CustomerID, forfeit bool) error {
	var gone []pos.CustomerID
	err := t.desk.Change(ctx, a, pos.RightErase, func(o *Op) error {
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
		gone, err = o.erase(c)
		return err
	})
	if err != nil {
		return err
	}
	t.desk.Forgot(ctx, gone)
	return nil
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
// books that. It returns the cards.
func (o *Op) erase(c *pos.Customer) ([]pos.CustomerID, error) {
	doc := &pos.Erasure{ID: pos.ErasureID(o.NewID()), Customer: c.ID, Employee: o.Actor.ID, At: o.At}
	lots, err := o.Lots(c.ID)
	if err != nil {
		return nil, err
	}
	var moves []pos.LotMove
	for i := range lots {
		moves = append(moves, pos.LotMove{Lot: lots[i].ID, Sale: pos.SaleID(doc.ID), Points: -lots[i].Left})
		doc.Points += lots[i].Left
		lots[i].Left = 0
	}
	if len(moves) > 0 {
		if err := o.PutSpent(lots, moves); err != nil {
			return nil, err
		}
	}
	if err := o.RevokePhoneChanges(c.ID); err != nil {
		return nil, err
	}
	cards, err := o.MergedCards(c.ID)
	if err != nil {
		return nil, err
	}
	was := *c
	gone, events, err := o.forget(append([]pos.Customer{*c}, cards...))
	if err != nil {
		return nil, err
	}
	*c = gone[0]
	if err := o.PutErasure(doc); err != nil {
		return nil, err
	}
	if err := o.Book(ledger.OfErasure(doc)); err != nil {
		return nil, err
	}
	if err := o.noteLimit(&was, c); err != nil {
		return nil, err
	}
	detail := map[string]string{"erasure": string(doc.ID), "points": strconv.FormatInt(doc.Points, 10)}
	if len(events) > 0 {
		detail[pos.DetailForgottenIn] = strings.Trim(fmt.Sprint(events), "[]")
	}
	if err := o.Note(pos.EventCustomerErased, string(c.ID), detail); err != nil {
		return nil, err
	}
	ids := make([]pos.CustomerID, len(gone))
	for i := range gone {
		ids[i] = gone[i].ID
	}
	return ids, o.Tell(wire.OfErasure(doc, ids))
}

// forget takes the person out of the cards, out of what others were told or are
// yet to be told of them, and out of what people wrote and the till printed; it
// returns the cards as they are stored, and which events lost their words.
func (o *Op) forget(cards []pos.Customer) (gone []pos.Customer, events []int64, err error) {
	gone, ids := make([]pos.Customer, len(cards)), make([]pos.CustomerID, len(cards))
	var traces person.Traces
	for i, card := range cards {
		trace(&traces, &card)
		ids[i] = card.ID
		gone[i] = pos.Customer{ID: card.ID, Name: pos.Anonymous, Group: card.Group, Archived: true, MergedInto: card.MergedInto,
			CreatedAt: card.CreatedAt, ErasedAt: o.At}
		if err := o.ForgetCustomer(&gone[i]); err != nil {
			return nil, nil, err
		}
		if err := o.forgetTold(card.ID, &traces); err != nil {
			return nil, nil, err
		}
	}
	events, err = o.ForgetTexts(ids, &traces)
	return gone, events, err
}

// forgetTold takes the person out of what others were told, and learns from it
// what the person was called by before.
func (o *Op) forgetTold(id pos.CustomerID, traces *person.Traces) error {
	told, err := o.ToldOfCustomer(id)
	if err != nil {
		return err
	}
	for i := range told {
		if was := wire.Told(&told[i]); was != nil {
			trace(traces, was)
		}
		payload, had, err := wire.Forget(&told[i])
		if err == nil && had {
			err = o.ForgetTold(told[i].ID, payload)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func trace(t *person.Traces, c *pos.Customer) {
	if c.Name != pos.Anonymous {
		t.Name(c.Name)
	}
	t.Phone(c.Phone)
	t.Word(c.Email)
	t.Word(c.Card)
}

// ForgetAgain makes customers anonymous in data that was restored from a copy made
// before they were: those of ids that are in it and still have a name. What was
// owed or left in points then is no reason to keep a person who was erased since.
// It returns how many there were.
func (t *Till) ForgetAgain(ctx context.Context, a pos.Actor, ids []pos.CustomerID) (n int, err error) {
	if len(ids) == 0 {
		return 0, nil
	}
	err = t.desk.Change(ctx, pos.Actor{}, "", func(o *Op) error {
		n, o.Actor = 0, a
		for _, id := range ids {
			c, err := o.Customer(id)
			if pos.CodeOf(err) == pos.CodeNotFound {
				continue
			}
			if err != nil {
				return err
			}
			if Alive(c) != nil {
				continue // gone already, or with the card it was merged into
			}
			if _, err := o.erase(c); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	if err == nil && n > 0 {
		t.desk.Forgot(ctx, nil)
	}
	return n, err
}

// CopiesNaming says how long copies of the data go on naming somebody who is
// erased now.
type CopiesNaming struct {
	Before time.Time // only copies made before
	Until  time.Time // they are gone by then; zero: none goes by its age
	Keep   int       // so many newer ones take their place; 0: none goes for that
}

// ID of the sentence that tells it.
func (c CopiesNaming) ID() string {
	switch {
	case !c.Until.IsZero():
		return "customers.erase.copies.until"
	case c.Keep > 0:
		return "customers.erase.copies.keep"
	}
	return "customers.erase.copies.ever"
}

// Args are its values.
func (c CopiesNaming) Args() pos.Args {
	return pos.Args{"Before": c.Before, "Until": c.Until, "Keep": c.Keep}
}

// CopiesNaming tells it by the settings of copies as they are now.
func (t *Till) CopiesNaming() CopiesNaming {
	set, now := t.desk.Settings().Backup, t.desk.Clock.Now()
	c := CopiesNaming{Before: now, Keep: set.Keep}
	if set.Days > 0 {
		c.Until = now.AddDate(0, 0, set.Days+1)
	}
	return c
}

// Forgotten are the cards of all customers who were made anonymous, oldest first.
func (t *Till) Forgotten(ctx context.Context) (ids []pos.CustomerID, err error) {
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *Op) error {
		ids = nil
		return o.EachErasure(func(e *pos.Erasure) error {
			ids = append(ids, e.Customer)
			cards, err := o.MergedCards(e.Customer)
			for i := range cards {
				ids = append(ids, cards[i].ID)
			}
			return err
		})
	})
	return ids, err
}
