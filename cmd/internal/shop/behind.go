package shop

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	mathrand "math/rand/v2"
	"net/http"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"kassa/backend"
	"kassa/backend/api"
	"kassa/backend/client"
	"kassa/backend/relay"
	"kassa/cmd/internal/duties"
	"kassa/pos"
	"kassa/pos/exchange"
	"kassa/pos/hidden"
	"kassa/pos/integration"
	"kassa/storage/central"
)

// pollServer is how often a server is looked at while nothing waits for it.
const pollServer = time.Minute

// behind is what stands behind the till: the backend it carries, or a server.
type behind struct {
	mu      sync.Mutex
	carried *central.Store // nil until something is told to it
	clients map[string]*client.Client
	relay   atomic.Pointer[relay.Relay] // asked by every sale, which waits for nothing
	stop    context.CancelFunc          // ends the carrying under way; nil while none is
	duties  duties.Duties
}

// ExchangeStatus is how the exchange with the backend stands.
type ExchangeStatus = relay.Status

// telling is what carries the queue, made once.
func (s *Shop) telling() *relay.Relay {
	if r := s.behind.relay.Load(); r != nil {
		return r // the window asks, and must not wait while a backend is opened
	}
	s.behind.mu.Lock()
	defer s.behind.mu.Unlock()
	if s.behind.relay.Load() == nil {
		s.behind.relay.Store(relay.New(relay.Params{Till: s.Till, Backend: s.backendAt, Now: s.Clock.Now, Jitter: mathrand.Float64, Poll: pollServer, HandOver: s.handOver, Log: s.Log,
			Changed: s.exchangeChanged, Mirrored: s.mirrored}))
	}
	return s.behind.relay.Load()
}

func (s *Shop) exchangeChanged(now ExchangeStatus) {
	if s.OnExchange != nil {
		s.OnExchange(now)
	}
}

func (s *Shop) mirrored() {
	if s.OnMirror != nil {
		s.OnMirror()
	}
}

// noticeCarried hears that something changed at the backend carried here.
func (s *Shop) noticeCarried() {
	if r := s.behind.relay.Load(); r != nil {
		r.Notice()
	}
}

// KeepTelling brings what happens to the backend, and what changed there to the till,
// until ctx ends. Nothing at the till waits for it.
func (s *Shop) KeepTelling(ctx context.Context) {
	r := s.telling()
	ctx, stop := context.WithCancel(ctx)
	s.behind.mu.Lock()
	s.behind.stop = stop
	s.behind.mu.Unlock()
	s.behind.duties.Keep(ctx, duties.Kept{Server: s.Till.Server, Go: s.copies.Go, Log: s.Log})
	s.copies.Go(func() {
		s.forgetLeftLate(ctx)
		r.Run(ctx)
	})
}

// stopTelling ends the carrying under way; what was sent and not answered is told
// again at the next start.
func (s *Shop) stopTelling() {
	s.behind.mu.Lock()
	defer s.behind.mu.Unlock()
	if s.behind.stop != nil {
		s.behind.stop()
	}
}

// TellAll brings all that waits now, once, and says how it ended: for whoever has
// no window. It returns at the first trouble.
func (s *Shop) TellAll(ctx context.Context) ExchangeStatus {
	r := s.telling()
	s.forgetLeftLate(ctx)
	for ctx.Err() == nil && r.Step(ctx) == 0 {
	}
	return r.Status()
}

// Exchange is how the exchange stands now.
func (s *Shop) Exchange() ExchangeStatus { return s.telling().Status() }

// tellMore says that something more waits, at once: every sale asks it.
func (s *Shop) tellMore() {
	if r := s.behind.relay.Load(); r != nil {
		r.Tell()
	}
}

// WakeExchange says that somebody wants a try now.
func (s *Shop) WakeExchange() {
	if r := s.behind.relay.Load(); r != nil {
		r.Wake()
	}
}

// backendAt is the backend with an address, "" for the one carried here.
func (s *Shop) backendAt(server string) (relay.Backend, error) {
	b, err := s.openBackend(server)
	if err == nil && server == "" {
		s.behind.duties.Begin()
	}
	return b, err
}

func (s *Shop) openBackend(server string) (relay.Backend, error) {
	s.behind.mu.Lock()
	defer s.behind.mu.Unlock()
	if c, ok := s.behind.clients[server]; ok {
		return c, nil
	}
	ctx := context.Background()
	head, err := s.Till.ExchangeHead(ctx)
	if err != nil {
		return nil, err
	}
	p := client.Params{Base: server, Till: head.Till, Lang: s.Settings().Language}
	if server == "" {
		if p.Handler, err = s.openCarried(ctx, head.Till); err != nil {
			return nil, err
		}
	} else if p.Token, err = s.Secrets.Get(tokenName(server)); err != nil {
		return nil, err
	}
	if s.behind.clients == nil {
		s.behind.clients = map[string]*client.Client{}
	}
	c := client.New(p)
	s.behind.clients[server] = c
	return c, nil
}

// openCarried opens the backend carried in this process. It listens on nothing.
func (s *Shop) openCarried(ctx context.Context, tillID string) (http.Handler, error) {
	st, err := central.OpenFile(ctx, filepath.Join(s.Home.Dir, central.FileName), true, s.Log)
	if err != nil {
		return nil, err
	}
	b := backend.New(backend.Params{Store: st, Clock: s.Clock, IDs: uuids{}, Log: s.Log, Carried: true, Elapsed: s.elapsed(), Doubted: s.doubted, Changed: s.noticeCarried})
	if err := b.Carry(ctx, tillID, s.Settings().Till); err != nil {
		return nil, errors.Join(err, st.Close())
	}
	s.behind.carried = st
	s.behind.duties.Carry(b)
	return api.New(api.Params{Backend: b, Log: s.Log, Version: s.version, Carrier: tillID}), nil
}

// endBehind gives back what the exchange stood on.
func (s *Shop) endBehind() error {
	s.behind.mu.Lock()
	defer s.behind.mu.Unlock()
	for _, c := range s.behind.clients {
		c.Close()
	}
	s.behind.clients = nil
	if s.behind.carried == nil {
		return nil
	}
	s.behind.duties.Rest()
	err := s.behind.carried.Close()
	s.behind.carried = nil
	return err
}

// tokenName is under which name the credential for a server is kept.
func tokenName(server string) string {
	sum := sha256.Sum256([]byte(server))
	return "backend.token." + hex.EncodeToString(sum[:4])
}

// ServerState is the backend behind the till, for whoever looks at it.
type ServerState struct {
	Server string // address; "" for the one carried in the till
	Name   string // what the till is called there
	Held   exchange.Held
}

// CheckServer asks the backend who the till is there. It needs RightSettings.
func (s *Shop) CheckServer(ctx context.Context, a pos.Actor) (ServerState, error) {
	if err := s.Till.Demand(ctx, a, pos.RightSettings); err != nil {
		return ServerState{}, err
	}
	server, err := s.Till.Server(ctx)
	if err != nil {
		return ServerState{}, err
	}
	state := ServerState{Server: server}
	b, err := s.backendAt(server)
	if err != nil {
		return state, err
	}
	self, err := b.(*client.Client).Self(ctx)
	if err != nil {
		return state, Spoken(err)
	}
	state.Name, state.Held = self.Name, self.Held
	return state, nil
}

// JoinServer turns the till to a server, by a one-time code from there. What
// happened since a day is told it too; zero brings what still waits alone. The
// credential is kept before anybody is asked, and the till turns in one
// transaction at the end: a process that ends on the way leaves the shop wholly
// with the one or the other, and joining again is harmless.
func (s *Shop) JoinServer(ctx context.Context, a pos.Actor, address string, code hidden.Text, since time.Time) (ServerState, error) {
	if err := s.Till.Demand(ctx, a, pos.RightSettings); err != nil {
		return ServerState{}, err
	}
	server, err := integration.ParseAddress(address, false)
	if err != nil {
		return ServerState{}, &pos.Error{Code: pos.CodeInvalid, ID: "shop.server-address", Err: err}
	}
	if _, err := s.forgetLeft(ctx); err != nil {
		return ServerState{}, err
	}
	if now, err := s.Till.Server(ctx); err != nil {
		return ServerState{}, err
	} else if now != "" && now != server {
		if err := s.handOver(ctx, now); err != nil { // else it would be lost which of them has what
			return ServerState{}, Spoken(err)
		}
	}
	token, err := s.tokenFor(server)
	if err != nil {
		return ServerState{}, err
	}
	head, err := s.Till.ExchangeHead(ctx)
	if err != nil {
		return ServerState{}, err
	}
	c := client.New(client.Params{Base: server, Till: head.Till, Token: token, Lang: s.Settings().Language})
	defer c.Close()
	self, err := c.Join(ctx, code, token)
	if err != nil {
		return ServerState{}, Spoken(err)
	}
	again := s.behind.duties.Rest() // what waits in the carried backend is the server's from now on
	defer again()
	if _, err := s.Till.TurnTo(ctx, a, server, since); err != nil {
		return ServerState{}, err
	}
	s.forgetClient(server)
	s.WakeExchange()
	return ServerState{Server: server, Name: self.Name, Held: self.Held}, nil
}

// tokenFor is the credential for a server: the one kept, or a new one.
func (s *Shop) tokenFor(server string) (hidden.Text, error) {
	kept, err := s.Secrets.Get(tokenName(server))
	if err != nil || !kept.Empty() {
		return kept, err
	}
	var b [32]byte
	if _, err := rand.Read(b[:]); err != nil {
		return hidden.Text{}, pos.Wrap(pos.CodeUnavailable, "till.internal", err)
	}
	token := hidden.New(hex.EncodeToString(b[:]))
	return token, s.Secrets.Set(tokenName(server), token)
}

func (s *Shop) forgetClient(server string) {
	s.behind.mu.Lock()
	defer s.behind.mu.Unlock()
	if c, ok := s.behind.clients[server]; ok {
		c.Close()
		delete(s.behind.clients, server)
	}
}

// LeaveServer turns the till back to the backend it carries, and brings along what
// the server keeps of it; a leaving that was cut off is ended. Where the server does not answer, it is left only without:
// CodeUnavailable "shop.leave-unreached" tells so. CodeConflict "shop.no-server" when
// the till is with the carried backend already.
func (s *Shop) LeaveServer(ctx context.Context, a pos.Actor, without bool) error {
	if err := s.Till.Demand(ctx, a, pos.RightSettings); err != nil {
		return err
	}
	cut, err := s.forgetLeft(ctx)
	if err != nil {
		return err
	}
	server, err := s.Till.Server(ctx)
	switch {
	case err != nil:
		return err
	case server == "" && cut:
		return nil
	case server == "":
		return pos.E(pos.CodeConflict, "shop.no-server", nil)
	}
	if !without {
		if err := s.bringBack(ctx, server); err != nil {
			return err
		}
	}
	if _, err := s.Till.TurnTo(ctx, a, "", time.Time{}); err != nil {
		return err
	}
	_, err = s.forgetLeft(ctx)
	s.behind.duties.Begin()
	s.WakeExchange()
	return err
}
