// Package feed is the backend's room of what changed: page by page, for the tills
// that keep a mirror of it.
package feed

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"kassa/backend/internal/desk"
	"kassa/backend/store"
	"kassa/pos"
	"kassa/pos/exchange"
)

// Feed is the room.
type Feed struct {
	desk *desk.Desk
	wait waiting
}

// New makes the room.
func New(d *desk.Desk) *Feed {
	return &Feed{desk: d, wait: waiting{all: map[string]*waiter{}, stop: make(chan struct{})}}
}

// Changes is the page after a cursor: what changed since, as it stands now, each thing
// once. No cursor, or one of another past than this backend's, is answered with the
// first page of all there is, and Anew.
func (f *Feed) Changes(ctx context.Context, cursor string, limit int) (page exchange.Changes, err error) {
	if limit <= 0 || limit > exchange.MostChanges {
		limit = exchange.MostChanges
	}
	err = f.desk.Look(ctx, func(o *desk.Op) error {
		page = exchange.Changes{}
		after, known, err := place(o, cursor)
		if err != nil {
			return err
		}
		if page.Anew = !known; known {
			page.Next = cursor
		}
		rows, err := o.ChangesAfter(after, limit+1)
		if err != nil {
			return err
		}
		size := 0
		for i, r := range rows {
			c, err := stands(o, &r)
			if err != nil {
				return err
			}
			size += len(c.Body)
			if page.More = i == limit || i > 0 && size > exchange.MostChangeBytes; page.More {
				break
			}
			page.Changes, page.Next = append(page.Changes, c), cursorOf(&r)
		}
		return nil
	})
	return page, err
}

// A cursor names the last row that was read by its number and its mark.
func cursorOf(r *store.FeedRow) string { return strconv.FormatInt(r.N, 10) + "." + r.Mark }

// place is the number after which a cursor asks; it is not known where this backend
// never wrote that row, as when it was restored from a copy that is older.
func place(o *desk.Op, cursor string) (n int64, known bool, err error) {
	number, mark, ok := strings.Cut(cursor, ".")
	if n, err = strconv.ParseInt(number, 10, 64); err != nil || !ok || mark == "" {
		return 0, false, nil
	}
	is, err := o.ChangeMark(n)
	if err != nil || is != mark {
		return 0, false, err
	}
	return n, true, nil
}

// stands is how a thing stands now. Its version may be later than the row's: that row
// was superseded, and another one follows.
func stands(o *desk.Op, r *store.FeedRow) (exchange.Change, error) {
	c := exchange.Change{Kind: r.Kind, ID: r.ID}
	var thing any
	switch r.Kind {
	case exchange.ManualMerchant:
		m, err := o.Merchant(r.ID)
		if err != nil {
			return c, err
		}
		m.Image = nil // it is read when it is looked at
		c.Version, thing = m.Version, m
	case exchange.ManualOffer:
		offer, err := o.Offer(r.ID)
		if err != nil {
			return c, err
		}
		c.Version, thing = offer.Version, offer
	case exchange.ManualOrder:
		order, err := o.Order(r.ID)
		if err != nil {
			return c, err
		}
		c.Version, thing = order.Version, order
	default:
		return c, pos.E(pos.CodeInternal, "till.internal", nil)
	}
	body, err := json.Marshal(thing)
	c.Body = body
	return c, err
}
