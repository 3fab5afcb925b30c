// Manual payments over HTTP: merchants, offers, orders with their decisions and
// refunds. A request that changes something names itself, so that one that comes
// again is answered as it was.
package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"kassa/backend"
	"kassa/backend/manual"
	"kassa/pos"
	pay "kassa/pos/manual"
)

// Asker is who asks at the till, and what they may do there. The till vouches for
// it; the backend holds each request to it.
type Asker struct {
	By     pay.Person `json:"by"`
	Rights pay.Rights `json:"rights"`
}

func (a *Asker) from(ctx context.Context) manual.From {
	return manual.From{Till: tillOf(ctx).ID, By: a.By, Rights: a.Rights}
}

type merchantInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Asker
		Merchant pay.Merchant `json:"merchant"`
	}
}

type merchantOutput struct{ Body pay.Merchant }

type merchantsOutput struct {
	Body struct {
		Till      string         `json:"till"`
		Merchants []pay.Merchant `json:"merchants" nullable:"false"`
	}
}

type payableInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Asker
		Offer pay.Offer `json:"offer"`
	}
}

type payableOutput struct {
	Body struct {
		pay.Offer
		Page string `json:"page,omitempty" doc:"Where customers see it; left out where the backend has no page of it"`
	}
}

// payable answers with an offer.
func (a *api) payable(o *pay.Offer) *payableOutput {
	out := &payableOutput{}
	out.Body.Offer = *o
	if a.OfferPage != nil {
		out.Body.Page = a.OfferPage(o)
	}
	return out
}

type payablesOutput struct {
	Body struct {
		Till   string      `json:"till"`
		Offers []pay.Offer `json:"offers" nullable:"false"`
	}
}

type idInput struct {
	ID string `path:"id" maxLength:"64"`
}

type orderInput struct {
	Body struct {
		Asker
		Order pay.Ask `json:"order"`
	}
}

type orderOutput struct{ Body pay.Order }

type keptOutput struct{ Body pay.Kept }

type ordersInput struct {
	State    string    `query:"state" enum:"open,approved,declined,completed,refunded" doc:"All of them unless given"`
	Merchant string    `query:"merchant" maxLength:"64"`
	Customer string    `query:"customer" maxLength:"64"`
	Also     []string  `query:"also" maxItems:"100" doc:"Other cards of that customer, which were merged into theirs; by commas"`
	From     time.Time `query:"from"`
	To       time.Time `query:"to" doc:"Excluded"`
	After    string    `query:"after" maxLength:"64" doc:"The last order of the page before"`
	Limit    int       `query:"limit" minimum:"0" maximum:"100" doc:"100 unless given"`
}

// Orders is a page of orders as it travels.
type Orders struct {
	Till   string              `json:"till"`
	Orders []pay.Order         `json:"orders" nullable:"false" doc:"Newest first"`
	Counts map[pay.State]int64 `json:"counts" doc:"Of all that fit, whatever their state"`
	More   bool                `json:"more"`
}

type ordersOutput struct{ Body Orders }

type takingsInput struct {
	From time.Time `query:"from"`
	To   time.Time `query:"to" doc:"Excluded"`
}

// TakingsReport is the report by merchant as it travels.
type TakingsReport struct {
	Till string        `json:"till"`
	Rows []pay.Takings `json:"rows" nullable:"false"`
}

type takingsOutput struct{ Body TakingsReport }

type handoverInput struct{ Body pay.Handover }

type handoverOutput struct{ Body pay.Taken }

// Keyed is a request that names itself.
type Keyed struct {
	ID  string `path:"id" maxLength:"64"`
	Key string `header:"Idempotency-Key" maxLength:"257" doc:"Made before the first attempt and kept through every retry; with or without quotes"`
}

// key is the name without the quotes of a structured field.
func (k *Keyed) key() string { return strings.Trim(k.Key, `"`) }

type decisionInput struct {
	Keyed
	Body struct {
		Asker
		Ruling pay.Ruling `json:"ruling"`
	}
}

type refundInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Asker
		Refund pay.AskRefund `json:"refund"`
	}
}

type refundStepInput struct {
	Keyed
	Refund string `path:"refund" maxLength:"64"`
	Body   struct {
		Asker
		Step  pay.RefundStep `json:"step" enum:"approve,refuse,done"`
		Where pay.Place      `json:"where" enum:"till,orders,card"`
	}
}

// manualBytes bounds a request; one with an image of 1 MiB in base64 fits.
const manualBytes = 2 << 20

// manual serves manual payments.
func (a *api) manual(h huma.API) {
	on := func(id, method, path, summary, more string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: "/v1/manual/" + path, Summary: summary, Description: more,
			Security: byTill, MaxBodyBytes: manualBytes, Tags: []string{"manual payments"}}
	}
	huma.Register(h, on("merchants", http.MethodGet, "merchants", "All merchants by name, without their images", ""), a.merchants)
	huma.Register(h, on("merchant", http.MethodGet, "merchants/{id}", "One merchant with its image", ""), a.merchant)
	huma.Register(h, on("merchant-put", http.MethodPut, "merchants/{id}", "Make a merchant, change it or put it in the archive",
		"Without an image it keeps the one it has. Another version than it has now is a conflict."), a.putMerchant)
	huma.Register(h, on("offers", http.MethodGet, "offers", "All offers by their text", ""), a.offers)
	huma.Register(h, on("offer", http.MethodGet, "offers/{id}", "One offer", ""), a.offer)
	huma.Register(h, on("offer-put", http.MethodPut, "offers/{id}", "Make an offer, change it or put it in the archive", ""), a.putOffer)
	huma.Register(h, on("orders", http.MethodGet, "orders", "A page of orders, newest first",
		"Orders whose time ran out are declined first."), a.orders)
	huma.Register(h, on("takings", http.MethodGet, "takings", "What came by each merchant in a time, as it is booked",
		"Gross less what was returned is fees and net. A fixed fee in another currency is a row of its own; nothing is converted."), a.takings)
	huma.Register(h, on("order-new", http.MethodPost, "orders", "Note what somebody says was paid",
		"The order's id names the request. The same again is answered as it was; the same id with other content is a conflict."), a.newOrder)
	huma.Register(h, on("order", http.MethodGet, "orders/{id}", "One order with all that happened to it", ""), a.order)
	huma.Register(h, on("decision", http.MethodPost, "orders/{id}/decision", "Approve or decline an open order",
		"Whoever saw another version, or comes after somebody else, is answered 409 with the order as it stands in the problem."), a.decide)
	huma.Register(h, on("refund", http.MethodPost, "orders/{id}/refunds", "Ask for money back, whole or in part",
		"No more goes back than was confirmed. The refund's id names the request."), a.refund)
	huma.Register(h, on("handover", http.MethodPost, "handover", "Bring what another backend kept for this till",
		"What is here already stays, unless an order brought is the same with more that happened to it. The same again is no change."), a.handover)
	huma.Register(h, on("refund-step", http.MethodPost, "orders/{id}/refunds/{refund}", "Allow a refund, refuse it, or say that the money was given", ""), a.refundStep)
}

func (a *api) merchants(ctx context.Context, _ *struct{}) (*merchantsOutput, error) {
	all, err := a.Backend.Merchants(ctx)
	if err != nil {
		return nil, refused(ctx, err)
	}
	out := &merchantsOutput{}
	out.Body.Till, out.Body.Merchants = tillOf(ctx).ID, all
	return out, nil
}

func (a *api) merchant(ctx context.Context, in *idInput) (*merchantOutput, error) {
	m, err := a.Backend.Merchant(ctx, in.ID)
	if err != nil {
		return nil, refused(ctx, err)
	}
	return &merchantOutput{*m}, nil
}

func (a *api) putMerchant(ctx context.Context, in *merchantInput) (*merchantOutput, error) {
	if in.Body.Merchant.ID != in.ID {
		return nil, refused(ctx, pos.E(pos.CodeInvalid, "manual.id", nil))
	}
	m, err := a.Backend.PutMerchant(ctx, in.Body.from(ctx), in.Body.Merchant)
	if err != nil {
		return nil, refused(ctx, err)
	}
	return &merchantOutput{*m}, nil
}

func (a *api) offers(ctx context.Context, _ *struct{}) (*payablesOutput, error) {
	all, err := a.Backend.Offers(ctx)
	if err != nil {
		return nil, refused(ctx, err)
	}
	out := &payablesOutput{}
	out.Body.Till, out.Body.Offers = tillOf(ctx).ID, all
	return out, nil
}

func (a *api) offer(ctx context.Context, in *idInput) (*payableOutput, error) {
	o, err := a.Backend.Offer(ctx, in.ID)
	if err != nil {
		return nil, refused(ctx, err)
	}
	return a.payable(o), nil
}

func (a *api) putOffer(ctx context.Context, in *payableInput) (*payableOutput, error) {
	if in.Body.Offer.ID != in.ID {
		return nil, refused(ctx, pos.E(pos.CodeInvalid, "manual.id", nil))
	}
	o, err := a.Backend.PutOffer(ctx, in.Body.from(ctx), in.Body.Offer)
	if err != nil {
		return nil, refused(ctx, err)
	}
	return a.payable(o), nil
}

func (a *api) orders(ctx context.Context, in *ordersInput) (*ordersOutput, error) {
	p, err := a.Backend.ListOrders(ctx, backend.Orders{State: pay.State(in.State), Merchant: in.Merchant, Customer: in.Customer, Also: in.Also,
		From: in.From, To: in.To, After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, refused(ctx, err)
	}
	return &ordersOutput{Orders{Till: tillOf(ctx).ID, Orders: p.Orders, Counts: p.Counts, More: p.More}}, nil
}

func (a *api) takings(ctx context.Context, in *takingsInput) (*takingsOutput, error) {
	rows, err := a.Backend.Takings(ctx, in.From, in.To)
	if err != nil {
		return nil, refused(ctx, err)
	}
	return &takingsOutput{TakingsReport{Till: tillOf(ctx).ID, Rows: rows}}, nil
}

// told answers with an order.
func told(ctx context.Context, o *pay.Order, err error) (*orderOutput, error) {
	if err != nil {
		return nil, refused(ctx, err)
	}
	return &orderOutput{*o}, nil
}

func (a *api) newOrder(ctx context.Context, in *orderInput) (*orderOutput, error) {
	o, err := a.Backend.New(ctx, in.Body.from(ctx), in.Body.Order)
	return told(ctx, o, err)
}

func (a *api) order(ctx context.Context, in *idInput) (*keptOutput, error) {
	k, err := a.Backend.Order(ctx, in.ID)
	if err != nil {
		return nil, refused(ctx, err)
	}
	return &keptOutput{*k}, nil
}

func (a *api) decide(ctx context.Context, in *decisionInput) (*orderOutput, error) {
	o, err := a.Backend.Decide(ctx, in.Body.from(ctx), in.key(), in.ID, in.Body.Ruling)
	return told(ctx, o, err)
}

func (a *api) refund(ctx context.Context, in *refundInput) (*orderOutput, error) {
	o, err := a.Backend.AskRefund(ctx, in.Body.from(ctx), in.ID, in.Body.Refund)
	return told(ctx, o, err)
}

func (a *api) refundStep(ctx context.Context, in *refundStepInput) (*orderOutput, error) {
	o, err := a.Backend.AdvanceRefund(ctx, in.Body.from(ctx), in.key(), in.ID, manual.RefundMove{Refund: in.Refund, Step: in.Body.Step, Where: in.Body.Where})
	return told(ctx, o, err)
}

func (a *api) handover(ctx context.Context, in *handoverInput) (*handoverOutput, error) {
	taken, err := a.Backend.TakeOver(ctx, tillOf(ctx).ID, in.Body)
	if err != nil {
		return nil, refused(ctx, err)
	}
	return &handoverOutput{Body: taken}, nil
}
