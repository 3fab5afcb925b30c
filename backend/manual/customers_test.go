package manual_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend/manual"
	"kassa/pos"
	pay "kassa/pos/manual"
	"kassa/pos/money"
)

// keyOf is a key as a page draws one.
func keyOf(n int) string { return fmt.Sprintf("%043d", n) }

func (r *room) wish(comment string) manual.Wish {
	return manual.Wish{Offer: "o1", Saw: pay.Sight{Text: "Курс кройки", Price: 1000_00, Currency: "RUB"}, Day: "2026-03-02", Date: r.Now(), Comment: comment}
}

func (r *room) orders() []pay.Order {
	r.Helper()
	p, err := r.ListOrders(context.Background(), pay.Choice{})
	require.NoError(r, err)
	return p.Orders
}

func (r *room) putMerchant(change func(*pay.Merchant)) {
	r.Helper()
	m, err := r.Merchant(r.Context(), "m1")
	require.NoError(r, err)
	change(m)
	_, err = r.PutMerchant(r.Context(), owner, *m)
	require.NoError(r, err)
}

func (r *room) putOffer(change func(*pay.Offer)) {
	r.Helper()
	o, err := r.Offer(r.Context(), "o1")
	require.NoError(r, err)
	change(o)
	_, err = r.PutOffer(r.Context(), owner, *o)
	require.NoError(r, err)
}

// A customer says once that they paid; the order goes to the tills and is decided like
// any other, and the customer is told how it stands and nothing staff said.
func TestCustomers_WholeLife(t *testing.T) {
	engines(t, func(r *room) {
		t, ctx := r.T, r.Context()
		require.NoError(t, r.BeginByCustomer(ctx, keyOf(1), "192.0.2.1", r.wish("цифры 4411")))
		r.clock.Move(time.Minute)
		again := r.wish("цифры 4411")
		again.Date = r.Now() // as the page reads the same day later
		require.NoError(t, r.BeginByCustomer(ctx, keyOf(1), "192.0.2.9", again), "sent twice")
		require.Equal(t, "manual.request-taken", idOf(r.BeginByCustomer(ctx, keyOf(1), "192.0.2.1", r.wish("иное"))))
		all := r.orders()
		require.Len(t, all, 1)
		o := &all[0]
		require.Equal(t, pay.AtOffer, o.Origin)
		require.Equal(t, pay.Person{}, o.Author)
		require.Empty(t, o.Till)
		require.Equal(t, "цифры 4411", o.Requested.Comment)
		require.NotContains(t, o.ID, keyOf(1))
		told, err := r.Changes(ctx, "", 0)
		require.NoError(t, err)
		require.True(t, strings.Contains(string(told.Changes[len(told.Changes)-1].Body), o.ID), "tills are told")

		s, err := r.Standing(ctx, "o1", keyOf(1))
		require.NoError(t, err)
		require.Equal(t, &manual.Standing{Offer: "o1", Text: "Курс кройки", Way: "Карта на карту", State: pay.Open, Requested: o.Requested, Price: 1000_00, Currency: "RUB", Created: o.Created, Deadline: o.Deadline}, s)
		price := money.Amount(900_00)
		_, err = r.Decide(ctx, manager, "d1", o.ID, pay.Ruling{Decision: pay.Approve, Version: 1, Where: pay.AtOrders, Price: &price, Comment: "похоже на обман"})
		require.NoError(t, err)
		_, err = r.AskRefund(ctx, owner, o.ID, pay.AskRefund{ID: "r1", Amount: 100_00, Reason: "скандалил", Where: pay.AtOrders, Finish: true})
		require.NoError(t, err)
		s, err = r.Standing(ctx, "o1", keyOf(1))
		require.NoError(t, err)
		assert.Equal(t, pay.Approved, s.State)
		assert.EqualValues(t, 900_00, s.Price)
		assert.EqualValues(t, 100_00, s.Refunded)
		assert.True(t, s.Corrected)
		raw, err := json.Marshal(s)
		require.NoError(t, err)
		for _, secret := range []string{"обман", "скандалил", "Борис", "Ольга", "e2", o.ID} {
			assert.NotContains(t, string(raw), secret)
		}
		require.NoError(t, r.BeginByCustomer(ctx, keyOf(1), "192.0.2.1", again), "sent once more after the decision")
		require.Len(t, r.orders(), 1)
		for _, c := range [][2]string{{"o1", keyOf(2)}, {"o2", keyOf(1)}, {"o1", o.ID}, {"o1", ""}} {
			_, err = r.Standing(ctx, c[0], c[1])
			require.Equal(t, "manual.order-unknown", idOf(err), c)
		}
		r.sound()
	})
}

// What changed while the form was open is said, and nothing is made of it.
func TestCustomers_WhatChangedMeanwhile(t *testing.T) {
	engines(t, func(r *room) {
		t, ctx := r.T, r.Context()
		send := func(w manual.Wish) string { return idOf(r.BeginByCustomer(ctx, keyOf(1), "192.0.2.1", w)) }
		seen := r.wish("")
		r.putOffer(func(o *pay.Offer) { o.Price = 1200_00 })
		require.Equal(t, "manual.offer-price", send(seen))
		r.putOffer(func(o *pay.Offer) { o.Price, o.Text = 1000_00, "Курс шитья" })
		require.Equal(t, "manual.offer-reworded", send(seen))
		r.putOffer(func(o *pay.Offer) { o.Text, o.Window = "Курс кройки", 5 })
		r.putMerchant(func(m *pay.Merchant) { m.Archived = true })
		seen.Merchant = "m1"
		require.Equal(t, "manual.merchant-archived", send(seen))
		_, err := r.Payable(ctx, "o1")
		require.Equal(t, "manual.merchant-missing", idOf(err))
		_, err = r.PictureOf(ctx, "o1", "m1")
		require.Equal(t, "manual.merchant-missing", idOf(err))
		seen.Merchant = "m2"
		require.Equal(t, "manual.merchant-other", send(seen))
		seen.Offer = "none"
		require.Equal(t, "manual.offer-unknown", send(seen))
		r.putMerchant(func(m *pay.Merchant) { m.Archived = false })
		r.putOffer(func(o *pay.Offer) { o.Archived = true })
		require.Equal(t, "manual.offer-archived", send(r.wish("")))
		_, err = r.Payable(ctx, "o1")
		require.Equal(t, "manual.offer-archived", idOf(err))
		require.Empty(t, r.orders())
		r.putOffer(func(o *pay.Offer) { o.Archived = false })
		require.Equal(t, "text.card-number", send(r.wish("4111 1111 1111 1111")))
		require.Equal(t, "pages.form-hurt", idOf(r.BeginByCustomer(ctx, "short", "192.0.2.1", r.wish(""))))
		require.Equal(t, "<nil>", send(r.wish("")), "what was refused made nothing of its key")
		r.sound()
	})
}

// Of several ways to pay one is named; a picture is that of a way that is open.
func TestCustomers_Ways(t *testing.T) {
	engines(t, func(r *room) {
		t, ctx := r.T, r.Context()
		_, err := r.PutMerchant(ctx, owner, pay.Merchant{ID: "m2", Name: "Курьер", Description: "Наличными", Hint: "Имя курьера", Account: "RUB", Commission: 77777, Image: picture(t)})
		require.NoError(t, err)
		_, err = r.PutMerchant(ctx, owner, pay.Merchant{ID: "m3", Name: "Доллары", Account: "USD", Image: picture(t)})
		require.NoError(t, err)
		r.putOffer(func(o *pay.Offer) { o.Merchants = []string{"m1", "m2"} })
		p, err := r.Payable(ctx, "o1")
		require.NoError(t, err)
		require.Equal(t, []manual.Way{{ID: "m1", Name: "Карта на карту"}, {ID: "m2", Name: "Курьер", Description: "Наличными", Hint: "Имя курьера", Picture: true}}, p.Ways)
		image, err := r.PictureOf(ctx, "o1", "m2")
		require.NoError(t, err)
		require.NotEmpty(t, image)
		for _, id := range []string{"m1", "m3", "none"} {
			_, err = r.PictureOf(ctx, "o1", id)
			require.Equal(t, "manual.merchant-unknown", idOf(err), id)
		}
		w := r.wish("")
		require.Equal(t, "manual.merchant-which", idOf(r.BeginByCustomer(ctx, keyOf(1), "a", w)))
		w.Merchant = "m3"
		require.Equal(t, "manual.merchant-other", idOf(r.BeginByCustomer(ctx, keyOf(1), "a", w)))
		w.Merchant = "m2"
		require.NoError(t, r.BeginByCustomer(ctx, keyOf(1), "a", w))
		require.Equal(t, "m2", r.orders()[0].Merchant)
	})
}

// Too much of one address waits, from whatever process it is served; others do not,
// and what is sent again is not counted.
func TestCustomers_Limits(t *testing.T) {
	engines(t, func(r *room) {
		t, ctx := r.T, r.Context()
		for n := range 20 {
			require.NoError(t, r.BeginByCustomer(ctx, keyOf(n), "192.0.2.1", r.wish("")))
			require.NoError(t, r.BeginByCustomer(ctx, keyOf(n), "192.0.2.1", r.wish("")), "again")
		}
		err := r.BeginByCustomer(ctx, keyOf(20), "192.0.2.1", r.wish(""))
		require.Equal(t, pos.CodeWait, pos.CodeOf(err))
		require.Equal(t, r.Now().Add(15*time.Minute), args(err)["Until"])
		require.NoError(t, r.BeginByCustomer(ctx, keyOf(0), "192.0.2.1", r.wish("")), "again")
		require.NoError(t, r.BeginByCustomer(ctx, keyOf(20), "192.0.2.2", r.wish("")), "another address")
		r.clock.Move(15 * time.Minute)
		require.NoError(t, r.BeginByCustomer(ctx, keyOf(21), "192.0.2.1", r.wish("")))
		for n := 22; n < 221; n++ {
			require.NoError(t, r.BeginByCustomer(ctx, keyOf(n), fmt.Sprint("192.0.2.", n), r.wish("")))
		}
		require.Equal(t, "manual.wait", idOf(r.BeginByCustomer(ctx, keyOf(300), "198.51.100.1", r.wish(""))), "of one offer, from wherever")
		p, err := r.ListOrders(ctx, pay.Choice{Limit: 1})
		require.NoError(t, err)
		require.EqualValues(t, 221, p.Counts[pay.Open])
	})
}

// One network of IPv6 does not use up what an offer takes from all: neither by the
// addresses of one line nor by the lines somebody is given.
func TestCustomers_LimitsOfNetworks(t *testing.T) {
	engines(t, func(r *room) {
		t, n := r.T, 0
		send := func(address string) error {
			n++
			return r.BeginByCustomer(r.Context(), keyOf(n), address, r.wish(""))
		}
		for line := range 3 {
			for host := range 20 {
				require.NoError(t, send(fmt.Sprintf("2001:db8:7:%x::%x", line, host+1)))
			}
			require.Equal(t, "manual.wait", idOf(send(fmt.Sprintf("2001:db8:7:%x:ffff::1", line))), "one line is one address")
			require.Equal(t, "manual.wait", idOf(send(fmt.Sprintf("2001:db8:7:%x::/64", line))), "however it is written")
		}
		require.Equal(t, "manual.wait", idOf(send("2001:db8:7:9::1")), "another line of the same network")
		for other := range 7 {
			for range 20 {
				require.NoError(t, send(fmt.Sprintf("2001:db8:%x::1", other+8)), "another network")
			}
		}
		require.Equal(t, "manual.wait", idOf(send("192.0.2.1")), "what was refused was not counted of the offer: 60 and 140 were taken")
		r.clock.Move(15 * time.Minute)
		for range 20 {
			require.NoError(t, send("192.0.2.1"))
		}
		require.Equal(t, "manual.wait", idOf(send("::ffff:192.0.2.1")), "one of IPv4 that is written as IPv6")
		require.NoError(t, send("192.0.2.2"))
	})
}

// However a button is pressed and whatever happens at that moment: one order, or none.
func TestCustomers_Races(t *testing.T) {
	engines(t, func(r *room) {
		t := r.T
		const presses = 4
		for n := range 10 {
			var wg sync.WaitGroup
			faults := make([]error, presses+1)
			w := r.wish(fmt.Sprint("раз ", n))
			for i := range presses {
				wg.Go(func() {
					faults[i] = r.BeginByCustomer(context.Background(), keyOf(n), fmt.Sprint("192.0.2.", n), w)
				})
			}
			wg.Go(func() {
				o, err := r.Offer(context.Background(), "o1")
				if err == nil {
					o.Price = 1000_00 + money.Amount(n%2)*100_00
					_, err = r.PutOffer(context.Background(), owner, *o)
				}
				faults[presses] = err
			})
			wg.Wait()
			require.NoError(t, faults[presses])
			made := 0
			for _, o := range r.orders() {
				if o.Requested.Comment == w.Comment {
					made++
					assert.EqualValues(t, 1000_00, o.Requested.Price, "never for another price than was seen")
				}
			}
			require.LessOrEqual(t, made, 1)
			for _, err := range faults[:presses] {
				if err != nil {
					require.Equal(t, "manual.offer-price", idOf(err))
				} else {
					require.Equal(t, 1, made)
				}
			}
			r.putOffer(func(o *pay.Offer) { o.Price = 1000_00 })
		}
		r.sound()
	})
}
