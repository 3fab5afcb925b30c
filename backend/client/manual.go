package client

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"kassa/backend"
	"kassa/backend/api"
	"kassa/pos/exchange"
	"kassa/pos/manual"
	"kassa/pos/money"
)

// Manual payments. Each error is a *exchange.Trouble; a refusal's problem has the
// order as it stands in Args "Order" where somebody else came first.

const manualBase = "/v1/manual/"

// asked is a body: who asks, and what under a name.
func asked(by api.Asker, name string, v any) map[string]any {
	return map[string]any{"by": by.By, "rights": by.Rights, name: v}
}

// Merchants lists all merchants, without their images.
func (c *Client) Merchants(ctx context.Context) ([]manual.Merchant, error) {
	var out struct {
		Till      string            `json:"till"`
		Merchants []manual.Merchant `json:"merchants"`
	}
	err := c.ask(ctx, http.MethodGet, manualBase+"merchants", nil, nil, &out)
	return out.Merchants, c.mine(out.Till, err)
}

// mine refuses the answer to another till.
func (c *Client) mine(till string, err error) error {
	if err == nil && till != c.p.Till {
		return &exchange.Trouble{Reason: exchange.Foreign}
	}
	return err
}

// about refuses an answer about something else than was asked for.
func about(id, got string, err error) error {
	if err == nil && id != got {
		return &exchange.Trouble{Reason: exchange.BadAnswer}
	}
	return err
}

// Merchant reads one with its image.
func (c *Client) Merchant(ctx context.Context, id string) (m manual.Merchant, err error) {
	err = c.ask(ctx, http.MethodGet, manualBase+"merchants/"+url.PathEscape(id), nil, nil, &m)
	return m, about(id, m.ID, err)
}

// PutMerchant makes a merchant or changes the version that was seen.
func (c *Client) PutMerchant(ctx context.Context, by api.Asker, in manual.Merchant) (m manual.Merchant, err error) {
	if in.Currencies == nil {
		in.Currencies = []money.Currency{}
	}
	err = c.ask(ctx, http.MethodPut, manualBase+"merchants/"+url.PathEscape(in.ID), nil, asked(by, "merchant", in), &m)
	return m, about(in.ID, m.ID, err)
}

// Offers lists all offers.
func (c *Client) Offers(ctx context.Context) ([]manual.Offer, error) {
	var out struct {
		Till   string         `json:"till"`
		Offers []manual.Offer `json:"offers"`
	}
	err := c.ask(ctx, http.MethodGet, manualBase+"offers", nil, nil, &out)
	return out.Offers, c.mine(out.Till, err)
}

// Offer reads one.
func (c *Client) Offer(ctx context.Context, id string) (o manual.Offer, err error) {
	err = c.ask(ctx, http.MethodGet, manualBase+"offers/"+url.PathEscape(id), nil, nil, &o)
	return o, about(id, o.ID, err)
}

// OfferPage is where customers see an offer, "" where the backend has no page of it.
func (c *Client) OfferPage(ctx context.Context, id string) (string, error) {
	var out struct {
		ID   string `json:"id"`
		Page string `json:"page"`
	}
	err := c.ask(ctx, http.MethodGet, manualBase+"offers/"+url.PathEscape(id), nil, nil, &out)
	if err = about(id, out.ID, err); err != nil || out.Page == "" {
		return "", err
	}
	if at, err := url.Parse(out.Page); err != nil || at.Host == "" || at.Scheme != "https" && at.Scheme != "http" {
		return "", &exchange.Trouble{Reason: exchange.BadAnswer}
	}
	return out.Page, nil
}

// PutOffer makes an offer or changes the version that was seen.
func (c *Client) PutOffer(ctx context.Context, by api.Asker, in manual.Offer) (o manual.Offer, err error) {
	if in.Merchants == nil {
		in.Merchants = []string{}
	}
	err = c.ask(ctx, http.MethodPut, manualBase+"offers/"+url.PathEscape(in.ID), nil, asked(by, "offer", in), &o)
	return o, about(in.ID, o.ID, err)
}

// Orders reads a page of orders.
func (c *Client) Orders(ctx context.Context, f backend.Orders) (p api.Orders, err error) {
	query := map[string]string{}
	add := func(name, v string) {
		if v != "" {
			query[name] = v
		}
	}
	add("state", string(f.State))
	add("merchant", f.Merchant)
	add("customer", f.Customer)
	add("also", strings.Join(f.Also, ","))
	add("after", f.After)
	between(query, f.From, f.To)
	if f.Limit > 0 {
		add("limit", decimal(int64(f.Limit)))
	}
	err = c.ask(ctx, http.MethodGet, manualBase+"orders", query, nil, &p)
	return p, c.mine(p.Till, err)
}

// between adds a stretch of time to a query; a time that is zero bounds nothing.
func between(query map[string]string, from, to time.Time) {
	for name, t := range map[string]time.Time{"from": from, "to": to} {
		if !t.IsZero() {
			query[name] = t.UTC().Format(time.RFC3339Nano)
		}
	}
}

// Takings reads what came by each merchant in a time.
func (c *Client) Takings(ctx context.Context, from, to time.Time) ([]manual.Takings, error) {
	query := map[string]string{}
	between(query, from, to)
	var out api.TakingsReport
	err := c.ask(ctx, http.MethodGet, manualBase+"takings", query, nil, &out)
	return out.Rows, c.mine(out.Till, err)
}

// Order reads one with all that happened to it.
func (c *Client) Order(ctx context.Context, id string) (k manual.Kept, err error) {
	err = c.ask(ctx, http.MethodGet, manualBase+"orders/"+url.PathEscape(id), nil, nil, &k)
	return k, about(id, k.ID, err)
}

// NewOrder notes what somebody says was paid.
func (c *Client) NewOrder(ctx context.Context, by api.Asker, in manual.Ask) (o manual.Order, err error) {
	err = c.ask(ctx, http.MethodPost, manualBase+"orders", nil, asked(by, "order", in), &o)
	return o, about(in.ID, o.ID, err)
}

// Decide approves or declines an order; request names the decision.
func (c *Client) Decide(ctx context.Context, by api.Asker, request, order string, in manual.Ruling) (o manual.Order, err error) {
	err = c.askNamed(ctx, request, http.MethodPost, manualBase+"orders/"+url.PathEscape(order)+"/decision", nil, asked(by, "ruling", in), &o)
	return o, about(order, o.ID, err)
}

// AskRefund asks for money back.
func (c *Client) AskRefund(ctx context.Context, by api.Asker, order string, in manual.AskRefund) (o manual.Order, err error) {
	err = c.ask(ctx, http.MethodPost, manualBase+"orders/"+url.PathEscape(order)+"/refunds", nil, asked(by, "refund", in), &o)
	return o, about(order, o.ID, err)
}

// AdvanceRefund allows a refund, refuses it, or says that the money was given.
func (c *Client) AdvanceRefund(ctx context.Context, by api.Asker, request, order, refund string, step manual.RefundStep, where manual.Place) (o manual.Order, err error) {
	body := asked(by, "step", step)
	body["where"] = where
	err = c.askNamed(ctx, request, http.MethodPost, manualBase+"orders/"+url.PathEscape(order)+"/refunds/"+url.PathEscape(refund), nil, body, &o)
	return o, about(order, o.ID, err)
}

// Bring hands over what another backend kept for this till.
func (c *Client) Bring(ctx context.Context, in manual.Handover) (t manual.Taken, err error) {
	err = c.ask(ctx, http.MethodPost, manualBase+"handover", nil, in, &t)
	return t, err
}
