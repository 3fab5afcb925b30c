// The stories of manual payments: the board, an order whole, what is added, and the
// history on a customer's card.

package main

import (
	"bytes"
	"context"
	"image"
	"image/color"
	drawing "image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"kassa/backend"
	"kassa/backend/api"
	"kassa/backend/client"
	pays "kassa/backend/manual"
	"kassa/backend/payments"
	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/postest"
	"kassa/storage/central"
	"kassa/storage/images"
	"kassa/ui/keys"
)

var orderStories = []story{
	{name: "orders", shows: "orders", wide: true, play: func(b *book) { b.sold().owner().menu("orders") }},
	{name: "orders-none", shows: "orders", play: func(b *book) { b.unpaid().owner().menu("orders") }},
	{name: "orders-open", shows: "orders", play: func(b *book) { b.sold().owner().menu("orders").press("F4") }},
	{name: "orders-decided", shows: "orders", play: func(b *book) { b.sold().owner().menu("orders").press("F9") }},
	{name: "orders-lost", shows: "orders", play: func(b *book) {
		b.sold().owner().menu("orders")
		b.ruled("p9", manual.Decline)
		b.press("F9")
	}},
	{name: "orders-offline", shows: "orders", play: func(b *book) { b.sold().owner().menu("orders").deaf().press("Shift+F5") }},
	{name: "orders-allowed", shows: "approval", play: func(b *book) { b.sold().login(pos.GroupCashier).menu("orders").press("F9") }},
	{name: "orders-allowed-abroad", shows: "approval", play: func(b *book) { b.sold().abroad().login(pos.GroupCashier).menu("orders").press("F9") }},
	{name: "orders-takings", shows: "orders", wide: true, play: func(b *book) { b.sold().owner().menu("orders").press("F11") }},
	{name: "orders-export", shows: "orders.export", play: func(b *book) { b.sold().owner().menu("orders").press("F7") }},
	{name: "orders-order", shows: "orders.order", wide: true, play: func(b *book) { b.sold().owner().menu("orders").press(keys.Down, keys.Down, keys.Down, keys.Enter) }},
	{name: "orders-order-open", shows: "orders.order", play: func(b *book) { b.sold().owner().menu("orders").press(keys.Enter) }},
	{name: "orders-order-proofs", shows: "orders.order", play: func(b *book) { b.sold().proven().owner().menu("orders").press(keys.Enter) }},
	{name: "orders-proofs", shows: "orders.proofs", wide: true, play: func(b *book) { b.sold().proven().owner().menu("orders").press(keys.Enter, "F2", keys.Down) }},
	{name: "orders-proofs-pdf", shows: "orders.proofs", play: func(b *book) { b.sold().proven().owner().menu("orders").press(keys.Enter, "F2") }},
	{name: "orders-proofs-none", shows: "orders.proofs", play: func(b *book) { b.sold().owner().menu("orders").press(keys.Enter, "F2") }},
	{name: "orders-attach", shows: "orders.attach", play: func(b *book) { b.sold().proven().owner().menu("orders").press(keys.Enter, "F2", "F2") }},
	{name: "orders-attach-refused", shows: "orders.attach", play: func(b *book) {
		path := filepath.Join(b.dir, "квитанция.svg")
		must(os.WriteFile(path, []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), 0o600))
		b.sold().owner().menu("orders").press(keys.Enter, "F2", "F2").typed(path).press(keys.Enter)
	}},
	{name: "orders-attach-offline", shows: "orders.attach", play: func(b *book) {
		path := filepath.Join(b.dir, "квитанция.png")
		must(os.WriteFile(path, bankScreen(), 0o600))
		b.sold().owner().menu("orders").press(keys.Enter, "F2", "F2").typed(path).deaf().press(keys.Enter)
	}},
	{name: "orders-rule", shows: "orders.rule", play: func(b *book) { b.sold().owner().menu("orders").press(keys.Enter, "F4") }},
	{name: "orders-refund", shows: "orders.refund", play: func(b *book) { b.sold().owner().menu("orders").press(keys.Down, keys.Down, keys.Down, "Shift+F9") }},
	{name: "orders-add", shows: "orders.add", play: func(b *book) { b.sold().owner().menu("orders").press("F2") }},
	{name: "orders-add-word", shows: "orders.add", play: func(b *book) { b.sold().owner().menu("orders").press("F2", "F4") }},
	{name: "customer-orders-card", shows: "customer.card", play: func(b *book) { b.sold().owner().menu("customers").typed(b.demo.Customers[0].Name).press(keys.Enter) }},
	{name: "customer-orders", shows: "orders.history", wide: true, play: func(b *book) { b.sold().owner().ordered().press("+") }},
	{name: "customer-orders-pay", shows: "orders.pay", play: func(b *book) { b.sold().owner().ordered().press("F2", keys.Down, "Ctrl+Enter") }},
}

// paid is the backend of a story's manual payments.
type paid struct {
	*backend.Backend
	store *central.Store
	cut   bool          // nobody answers
	ago   time.Duration // what happens there happened so long ago
	shown func() time.Time
}

// Now implements the backend's clock.
func (p *paid) Now() time.Time { return p.shown().Add(-p.ago) }

// ordered opens «История заказов» of a demo customer.
func (b *book) ordered() *book {
	return b.menu("customers").typed(b.demo.Customers[0].Name).press(keys.Enter, "F6")
}

// unpaid puts a backend behind the story's till that knows merchants and offers, and
// no payment.
func (b *book) unpaid() *book {
	ctx := context.Background()
	dir := filepath.Join(b.dir, "behind")
	must(os.MkdirAll(dir, 0o700))
	store, err := central.OpenFile(ctx, filepath.Join(dir, central.FileName), false, nil)
	must(err)
	b.pay.store, b.pay.shown = store, b.Clock.Now
	b.pay.Backend = backend.New(backend.Params{Store: store, Clock: &b.pay, IDs: postest.IDsAfter(1 << 40)})
	head, err := b.till.ExchangeHead(ctx)
	must(err)
	must(b.pay.Backend.Carry(ctx, head.Till, "Касса 1"))
	handler := api.New(api.Params{Backend: b.pay.Backend, Carrier: head.Till})
	b.env.Payments = payments.New(payments.Params{Till: b.till, Files: images.Attached{}, Backend: func(context.Context) (*client.Client, error) {
		if b.pay.cut {
			return client.New(client.Params{Base: "http://127.0.0.1:1", Till: head.Till, Lang: b.env.Words.Lang()}), nil
		}
		return client.New(client.Params{Handler: handler, Till: head.Till, Lang: b.env.Words.Lang()}), nil
	}})
	for _, m := range []manual.Merchant{
		{ID: "m1", Name: "Карта на карту", Commission: 25000, Fee: 1000, Account: "RUB", Currencies: []money.Currency{"RUB", "USD"}, Hint: "Последние 4 цифры карты"},
		{ID: "m2", Name: "Наличные курьеру", Account: "RUB"},
	} {
		_, err := b.pay.Backend.PutMerchant(ctx, b.manager(), m)
		must(err)
	}
	for _, o := range []manual.Offer{
		{ID: "o1", Text: "Доставка по городу", Price: 350_00, Currency: "RUB", Merchants: []string{"m1", "m2"}, Window: 1},
		{ID: "o2", Text: "Курс кройки и шитья, 8 занятий", Price: 12_900_00, Currency: "RUB", Merchants: []string{"m1"}},
		{ID: "o3", Text: "Предоплата за мебель", Price: 45_000_00, Currency: "RUB", Merchants: []string{"m2"}, Window: 3},
	} {
		_, err := b.pay.Backend.PutOffer(ctx, b.manager(), o)
		must(err)
	}
	return b
}

// manager is somebody who is not at this till.
func (b *book) manager() pays.From {
	head, err := b.till.ExchangeHead(context.Background())
	must(err)
	return pays.From{Till: head.Till, By: manual.Person{ID: "manager", Name: "Марина"}, Rights: manual.AllRights()}
}

// sold has payments of every state.
func (b *book) sold() *book {
	b.unpaid()
	for i, p := range []struct {
		id, offer, merchant string
		d                   manual.Decision
		where               manual.Place
	}{
		{"p1", "o2", "m1", manual.Approve, manual.AtOrders}, {"p2", "o1", "m2", manual.Decline, manual.AtOrders}, {"p3", "o2", "m1", manual.Approve, manual.AtCard},
		{"p4", "o1", "m1", manual.Approve, manual.AtOrders}, {"p5", "o1", "m2", "", ""}, {"p6", "o2", "m1", manual.Approve, manual.AtOrders},
		{"p7", "o3", "m2", "", ""}, {"p8", "o2", "m1", "", ""}, {"p9", "o1", "m1", "", ""},
	} {
		b.pay.ago = time.Duration(8-i)*7*time.Hour + time.Minute
		c := b.demo.Customers[i%3]
		_, err := b.pay.Backend.New(context.Background(), b.manager(), manual.Ask{ID: p.id, Where: manual.AtOrders, Offer: p.offer, Merchant: p.merchant,
			Customer: string(c.ID), CustomerName: c.Name, Phone: c.Phone, Comment: "перевёл вечером"})
		must(err)
		if p.d != "" {
			b.ruledAt(p.id, p.d, p.where)
		}
	}
	b.pay.ago = 0
	b.refunded("p4", 0, true)
	b.refunded("p6", 4000_00, true)
	b.refunded("p6", 1000_00, false)
	return b
}

// abroad adds an order in another currency than the shop's.
func (b *book) abroad() *book {
	ctx := context.Background()
	_, err := b.pay.Backend.PutMerchant(ctx, b.manager(), manual.Merchant{ID: "m9", Name: "PayPal", Account: "USD"})
	must(err)
	_, err = b.pay.Backend.New(ctx, b.manager(), manual.Ask{ID: "p10", Where: manual.AtTill, Text: "Занятие по видео", Price: 40_00, Merchant: "m9"})
	must(err)
	return b
}

func (b *book) refunded(order string, amount money.Amount, finish bool) {
	_, err := b.pay.Backend.AskRefund(context.Background(), b.manager(), order, manual.AskRefund{ID: "r" + order + amount.String(), Amount: amount, Reason: "занятие перенесли", Where: manual.AtOrders, Finish: finish})
	must(err)
}

// ruled lets somebody elsewhere decide an order.
func (b *book) ruled(id string, d manual.Decision) { b.ruledAt(id, d, manual.AtOrders) }

func (b *book) ruledAt(id string, d manual.Decision, where manual.Place) {
	price := money.Amount(12_500_00)
	in := manual.Ruling{Version: 1, Decision: d, Where: where, Comment: "пришло на счёт"}
	if id == "p6" {
		in.Price = &price
	}
	_, err := b.pay.Backend.Decide(context.Background(), b.manager(), "d"+id, id, in)
	must(err)
}

// proven has a picture and a document attached to the newest payment.
func (b *book) proven() *book {
	b.env.OpenFile = func(string) error { return nil }
	for i, p := range []struct {
		comment string
		file    []byte
	}{{"экран банка, перевод в 18:40", bankScreen()}, {"", []byte("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n")}} {
		_, err := b.pay.Backend.AddProof(context.Background(), b.manager(), "p9", manual.AskProof{ID: "f" + strconv.Itoa(i), Where: manual.AtOrders, Comment: p.comment}, p.file)
		must(err)
	}
	return b
}

// bankScreen is what a bank's program on a telephone looks like from afar.
func bankScreen() []byte {
	img := image.NewRGBA(image.Rect(0, 0, 540, 900))
	bar := func(x, y, w, h int, c color.RGBA) {
		drawing.Draw(img, image.Rect(x, y, x+w, y+h), image.NewUniform(c), image.Point{}, drawing.Src)
	}
	bar(0, 0, 540, 900, color.RGBA{R: 246, G: 248, B: 250, A: 255})
	bar(0, 0, 540, 140, color.RGBA{R: 20, G: 120, B: 90, A: 255})
	bar(190, 200, 160, 160, color.RGBA{R: 60, G: 170, B: 120, A: 255})
	for i := range 6 {
		bar(60, 430+i*64, 180, 18, color.RGBA{R: 150, G: 160, B: 170, A: 255})
		bar(300, 430+i*64, 180-i%3*40, 18, color.RGBA{R: 40, G: 50, B: 60, A: 255})
	}
	var out bytes.Buffer
	must(png.Encode(&out, img))
	return out.Bytes()
}

// deaf takes the network away.
func (b *book) deaf() *book { b.pay.cut = true; return b }
