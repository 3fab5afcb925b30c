package shoptest

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/api"
	"kassa/backend/client"
	"kassa/backend/payments"
	"kassa/backend/relay"
	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/hidden"
	"kassa/pos/manual"
	"kassa/pos/postest"
	"kassa/storage/central"
	"kassa/storage/images"
	"kassa/ui"
)

// Behind is what stands behind the shop's till: a true backend over a file of its
// own, carried in the process or heard on loopback. It tells only when it is woken.
type Behind struct {
	*backend.Backend
	URL   string // of the server; "" while it is carried
	Pages string // under which customers see offers; "" where they do not
	fault error  // what the network answers instead, nil for none
	shop  *Shop
	token hidden.Text
	relay *relay.Relay
	api   http.Handler
}

var _ ui.Carrier = (*Behind)(nil)

// Behind puts a backend behind the till, carried in the process.
func (s *Shop) Behind() *Behind {
	s.T.Helper()
	store, err := central.OpenFile(s.T.Context(), filepath.Join(s.T.TempDir(), central.FileName), false, nil)
	require.NoError(s.T, err)
	s.T.Cleanup(func() { require.NoError(s.T, store.Close()) })
	b := &Behind{shop: s, token: hidden.New("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")}
	b.Backend = backend.New(backend.Params{Store: store, Clock: s.Clock, IDs: postest.IDsAfter(1 << 40)})
	head, err := s.Till.ExchangeHead(s.T.Context())
	require.NoError(s.T, err)
	require.NoError(s.T, b.Carry(s.T.Context(), head.Till, "Касса 1"))
	b.api = api.New(api.Params{Backend: b.Backend, Carrier: head.Till, OfferPage: func(o *manual.Offer) string {
		if b.Pages == "" {
			return ""
		}
		return b.Pages + o.ID
	}})
	b.relay = relay.New(relay.Params{Till: s.Till, Backend: func(server string) (relay.Backend, error) { return b.client(server, head.Till), nil },
		Now: s.Clock.Now, Jitter: func() float64 { return 0.5 }, Changed: func(exchange.Status) { s.Env.Exchange.Changed() }, Mirrored: func() { s.Env.Exchange.Mirrored() }})
	s.Env.Exchange = ui.NewExchange(b)
	s.Env.Payments = payments.New(payments.Params{Till: s.Till, Files: images.Attached{}, Backend: func(ctx context.Context) (*client.Client, error) {
		server, err := s.Till.Server(ctx)
		return b.client(server, head.Till), err
	}})
	return b
}

// Listen lets another backend be heard on loopback, as kassa-backend serves it.
func (b *Behind) Listen() *Behind {
	b.shop.T.Helper()
	store, err := central.OpenFile(b.shop.T.Context(), filepath.Join(b.shop.T.TempDir(), central.FileName), false, nil)
	require.NoError(b.shop.T, err)
	b.Backend = backend.New(backend.Params{Store: store, Clock: b.shop.Clock, IDs: postest.IDsAfter(1 << 41)})
	server := httptest.NewServer(api.New(api.Params{Backend: b.Backend}))
	b.URL = server.URL
	b.shop.T.Cleanup(func() { server.Close(); require.NoError(b.shop.T, store.Close()) })
	return b
}

func (b *Behind) client(server, till string) *client.Client {
	p := client.Params{Base: server, Till: till, Lang: "ru", Token: b.token}
	if server == "" {
		p.Handler = b.api
	}
	if b.fault != nil {
		p.Handler, p.Transport = nil, failing{b.fault}
		p.Base = "http://127.0.0.1"
	}
	c := client.New(p)
	b.shop.T.Cleanup(c.Close)
	return c
}

// failing is a network that brings nothing through.
type failing struct{ err error }

// RoundTrip implements http.RoundTripper.
func (f failing) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }

// Exchange implements ui.Carrier.
func (b *Behind) Exchange() exchange.Status { return b.relay.Status() }

// WakeExchange implements ui.Carrier: it brings what waits at once.
func (b *Behind) WakeExchange() {
	for b.relay.Step(b.shop.T.Context()) == 0 {
	}
}

// Noticed says that something changed there, as the carried backend does by itself.
func (b *Behind) Noticed() { b.relay.Notice() }

// Cut takes the network away.
func (b *Behind) Cut() { b.fault = errors.New("connection refused") }

// Mend brings it back.
func (b *Behind) Mend() { b.fault = nil }

// Check asks the backend of now who the till is there.
func (b *Behind) Check(ctx context.Context) (name string, held int64, err error) {
	server, err := b.shop.Till.Server(ctx)
	if err != nil {
		return "", 0, err
	}
	head, err := b.shop.Till.ExchangeHead(ctx)
	if err != nil {
		return "", 0, err
	}
	return said(b.client(server, head.Till).Self(ctx))
}

func said(self client.Self, err error) (name string, held int64, _ error) {
	if t, ok := errors.AsType[*exchange.Trouble](err); ok {
		err = t.Told()
	}
	return self.Name, self.Held.Count, err
}

// Join turns the till to a server by a code.
func (b *Behind) Join(ctx context.Context, a pos.Actor, address string, code hidden.Text, since time.Time) (name string, held int64, err error) {
	head, err := b.shop.Till.ExchangeHead(ctx)
	if err != nil {
		return "", 0, err
	}
	if name, held, err = said(b.client(address, head.Till).Join(ctx, code, b.token)); err != nil {
		return name, held, err
	}
	_, err = b.shop.Till.TurnTo(ctx, a, address, since)
	return name, held, err
}

// Leave turns the till back to the backend it carries.
func (b *Behind) Leave(ctx context.Context, a pos.Actor) error {
	_, err := b.shop.Till.TurnTo(ctx, a, "", time.Time{})
	return err
}
