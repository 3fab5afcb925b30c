package queue

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/manual"
	"kassa/pos/till/internal/desk"
	"kassa/pos/till/store"
)

// What the store's meta holds of the mirror.
const (
	metaCursor = "queue.cursor" // how far the feed of the backend of now was taken; "" for not at all
	metaPast   = "queue.past"   // how often a feed was begun; "" for never
	metaKinds  = "queue.kinds"  // of what the feed was taken: exchange.ChangeKinds
	metaMirror = "queue.mirror" // when all there was had come, Unix milliseconds
)

// TakeChanges takes a page of the feed that was read after a cursor at a backend, in
// one transaction with the cursor of the next: the mirror, and whatever the rooms
// make of it. A version older than what is there changes nothing. A page that was
// not asked for by now, because the till turned to another backend or has taken it,
// is left. It tells how many things changed.
func (t *Till) TakeChanges(ctx context.Context, server, cursor string, page exchange.Changes) (taken int, err error) {
	if len(page.Changes) == 0 && page.Next == cursor && !page.More {
		t.stillFresh(server, false)
		return 0, nil // not a byte is written while nothing happens
	}
	err = t.desk.Tend(ctx, pos.Actor{}, "", func(o *op) error {
		taken = 0
		asked, err := o.asked(server, cursor)
		if err != nil || !asked {
			return err
		}
		taken, err = o.takePage(&page)
		return err
	})
	if err != nil {
		return 0, err
	}
	t.stillFresh(server, page.More)
	return taken, nil
}

// cursor is how far the feed was taken: from its beginning again where this program
// knows of other things than the one that took it.
func (o *op) cursor() (string, error) {
	known, err := o.Meta(metaKinds)
	if err != nil || known != exchange.ChangeKinds() {
		return "", err
	}
	return o.Meta(metaCursor)
}

// asked reports that the next page of a backend is asked for after a cursor.
func (o *op) asked(server, cursor string) (bool, error) {
	is, err := o.Meta(metaServer)
	if err != nil || is != server {
		return false, err
	}
	at, err := o.cursor()
	return at == cursor, err
}

func (o *op) takePage(page *exchange.Changes) (taken int, err error) {
	past, err := o.number(metaPast)
	if err != nil {
		return 0, err
	}
	if page.Anew {
		past++
		if err := errors.Join(o.PutMeta(metaPast, strconv.FormatInt(past, 10)), o.PutMeta(metaKinds, exchange.ChangeKinds())); err != nil {
			return 0, err
		}
	}
	for i := range page.Changes {
		done, err := o.takeChange(&page.Changes[i], past)
		if err != nil {
			return 0, err
		}
		if done {
			taken++
		}
	}
	if !page.More {
		gone, err := o.ForgetMirrored(past) // what the backend does not have
		if err != nil {
			return 0, err
		}
		taken += int(gone)
		if err := o.PutMeta(metaMirror, strconv.FormatInt(o.At.UnixMilli(), 10)); err != nil {
			return 0, err
		}
	}
	return taken, o.PutMeta(metaCursor, page.Next)
}

// takeChange puts one change into the mirror unless that has it, or a later one.
func (o *op) takeChange(c *exchange.Change, past int64) (bool, error) {
	if !c.Kind.Known() {
		return false, nil // a program that knows it reads the feed from its beginning, see cursor
	}
	row, err := rowOf(c)
	if err != nil {
		return false, err
	}
	was, err := o.Mirrored(c.Kind, c.ID)
	if err != nil && pos.CodeOf(err) != pos.CodeNotFound {
		return false, err
	}
	if was != nil && was.Past == past && (was.Version > c.Version || was.Version == c.Version && string(was.Body) == string(c.Body)) {
		return false, nil // the same version is another one where somebody was forgotten
	}
	row.Past, row.Came = past, o.At
	if err := o.PutMirrored(row); err != nil {
		return false, err
	}
	return was == nil || was.Version != c.Version || string(was.Body) != string(row.Body), o.Changed(c)
}

// rowOf reads what a change is found by. What cannot be read keeps the feed waiting:
// the backend is asked for it again.
func rowOf(c *exchange.Change) (*store.MirrorRow, error) {
	r := &store.MirrorRow{Kind: c.Kind, ID: c.ID, Version: c.Version, Body: c.Body}
	var err error
	switch c.Kind {
	case exchange.ManualOrder:
		var o manual.Order
		if err = json.Unmarshal(c.Body, &o); err == nil {
			r.State, r.Customer, r.Made = string(o.State), o.Customer, o.Created
		}
	case exchange.ManualMerchant:
		err = json.Unmarshal(c.Body, &manual.Merchant{})
	case exchange.ManualOffer:
		err = json.Unmarshal(c.Body, &manual.Offer{})
	}
	if err != nil {
		return nil, (&exchange.Trouble{Reason: exchange.BadAnswer, Err: err}).Told()
	}
	return r, nil
}

// freshFor is how long after it was noted a payment is taken to be waited for.
const freshFor = time.Hour

// soon reports that a payment was noted a short while ago which nobody decided yet:
// whoever pays by it stands at a counter.
func (o *op) soon() (bool, error) {
	list, err := o.ListMirrored(store.MirrorFilter{Kind: exchange.ManualOrder, State: string(manual.Open), Limit: 1})
	return err == nil && len(list) > 0 && o.Steady.Sub(list[0].Made) < freshFor, err
}

// number reads a whole number of the meta, 0 for none.
func (o *op) number(key string) (int64, error) {
	text, err := o.Meta(key)
	if err != nil || text == "" {
		return 0, err
	}
	return strconv.ParseInt(text, 10, 64)
}

// forgetMirror leaves nothing of a backend the till turns away from.
func (o *op) forgetMirror() error {
	past, err := o.number(metaPast)
	if err != nil {
		return err
	}
	_, err = o.ForgetMirrored(past + 1)
	return errors.Join(err, o.PutMeta(metaCursor, ""), o.PutMeta(metaMirror, ""))
}

// confirmed is when a backend last said that the mirror is as it is there. It is
// written where something came with it; else it is known as long as the program runs.
type confirmed struct {
	server string
	at     time.Time
}

// stillFresh notes that the backend was just read to its end.
func (t *Till) stillFresh(server string, more bool) {
	if !more {
		t.fresh.Store(&confirmed{server: server, at: t.desk.Clock.Now().UTC()})
	}
}

// Mirror is how the till's mirror of the backend stands.
type Mirror struct {
	Server string    // "" for the backend carried in the till
	As     time.Time // when it was as the backend was; zero for never yet
}

// mirror reads how the mirror stands.
func (t *Till) mirror(o *op) (m Mirror, err error) {
	if m.Server, err = o.Meta(metaServer); err != nil {
		return m, err
	}
	at, err := o.number(metaMirror)
	if at != 0 {
		m.As = time.UnixMilli(at).UTC()
	}
	if now := t.fresh.Load(); now != nil && now.server == m.Server && now.at.After(m.As) {
		m.As = now.at
	}
	return m, err
}

// MirroredMerchants are the merchants of manual payments by name, archived ones too,
// without their images, as the till knows them.
func (t *Till) MirroredMerchants(ctx context.Context) ([]manual.Merchant, Mirror, error) {
	return listed(ctx, t, exchange.ManualMerchant, func(a, b manual.Merchant) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID))
	})
}

// MirroredOffers are the offers by their text, archived ones too, as the till knows
// them.
func (t *Till) MirroredOffers(ctx context.Context) ([]manual.Offer, Mirror, error) {
	return listed(ctx, t, exchange.ManualOffer, func(a, b manual.Offer) int {
		return cmp.Or(strings.Compare(a.Text, b.Text), strings.Compare(a.ID, b.ID))
	})
}

// mostListed bounds what is read whole.
const mostListed = 10_000

func listed[T any](ctx context.Context, t *Till, kind exchange.ChangeKind, order func(a, b T) int) (all []T, m Mirror, err error) {
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *op) error {
		rows, err := o.ListMirrored(store.MirrorFilter{Kind: kind, Limit: mostListed})
		if err != nil {
			return err
		}
		if all, err = bodies[T](rows); err != nil {
			return err
		}
		m, err = t.mirror(o)
		return err
	})
	slices.SortFunc(all, order)
	all, err = desk.OrNone(all, err)
	return all, m, err
}

func bodies[T any](rows []store.MirrorRow) ([]T, error) {
	all := make([]T, len(rows))
	for i := range rows {
		if err := json.Unmarshal(rows[i].Body, &all[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// CardsOf lists the cards of a customer: theirs, and those that were merged into it. A
// card the till does not know stands for itself. An order is found under each of them.
func (t *Till) CardsOf(ctx context.Context, id pos.CustomerID) (cards []pos.CustomerID, err error) {
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *op) error { cards, err = o.cardsOf(id); return err })
	return cards, err
}

func (o *op) cardsOf(id pos.CustomerID) ([]pos.CustomerID, error) {
	c, err := o.Customer(id)
	if pos.CodeOf(err) == pos.CodeNotFound {
		return []pos.CustomerID{id}, nil
	}
	if err != nil {
		return nil, err
	}
	if c.MergedInto != "" {
		id = c.MergedInto
	}
	cards := []pos.CustomerID{id}
	merged, err := o.MergedCards(id)
	for i := range merged {
		cards = append(cards, merged[i].ID)
	}
	return cards, err
}

// MirroredChoice chooses orders; what is empty chooses all.
type MirroredChoice struct {
	State    manual.State
	Customer pos.CustomerID
	After    string // the last order of the page before
	Limit    int
}

// MirroredOrders is a page of orders, newest first, as the till knows them.
type MirroredOrders struct {
	Mirror
	Orders []manual.Order
	Counts map[manual.State]int64 // of all of the customer, whatever their state
	More   bool
}

// MirroredOrders lists orders. CodeNotFound "exchange.not-here" after one that is not
// there.
func (t *Till) MirroredOrders(ctx context.Context, c MirroredChoice) (p MirroredOrders, err error) {
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *op) error {
		f := store.MirrorFilter{Kind: exchange.ManualOrder, Customer: string(c.Customer)}
		if c.Customer != "" {
			cards, err := o.cardsOf(c.Customer)
			if err != nil {
				return err
			}
			f.Customer = string(cards[0])
			for _, card := range cards[1:] {
				f.Also = append(f.Also, string(card))
			}
		}
		counts, err := o.CountMirrored(f)
		if err != nil {
			return err
		}
		p = MirroredOrders{Counts: map[manual.State]int64{}}
		for state, n := range counts {
			p.Counts[manual.State(state)] = n
		}
		if c.After != "" {
			last, err := o.Mirrored(f.Kind, c.After)
			if err != nil {
				return err
			}
			f.After, f.AfterID = last.Made, last.ID
		}
		f.State, f.Limit = string(c.State), c.Limit+1
		rows, err := o.ListMirrored(f)
		if err != nil {
			return err
		}
		if p.More = len(rows) > c.Limit; p.More {
			rows = rows[:c.Limit]
		}
		if p.Orders, err = bodies[manual.Order](rows); err != nil {
			return err
		}
		p.Mirror, err = t.mirror(o)
		return err
	})
	return p, err
}

// MirroredOrder is one order as the till knows it. CodeNotFound "exchange.not-here".
func (t *Till) MirroredOrder(ctx context.Context, id string) (out *manual.Order, m Mirror, err error) {
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *op) error {
		row, err := o.Mirrored(exchange.ManualOrder, id)
		if err != nil {
			return err
		}
		out = &manual.Order{}
		if err := json.Unmarshal(row.Body, out); err != nil {
			return err
		}
		m, err = t.mirror(o)
		return err
	})
	return out, m, err
}
