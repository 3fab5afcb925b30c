// Package client is the till's side of the backend: the same calls whether it is
// a server or carried in this process. Everything it asks may be asked again, and
// it says of every answer whether that can be believed.
package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"net"
	"net/http"
	"time"

	"github.com/go-resty/resty/v2"

	"kassa/backend/api"
	"kassa/pos/exchange"
	"kassa/pos/hidden"
)

// Params say whom to ask.
type Params struct {
	Base  string      // https://… without a path; http only to this computer
	Token hidden.Text // the till's credential; none to join
	Till  string      // exchange.Head.Till: an answer for another one is refused
	Lang  string      // of the sentences the backend answers with

	Roots *x509.CertPool // who may vouch for the server; nil: whom the system trusts
	// Handler is the backend carried in this process; Base and Token are not used
	// then.
	Handler http.Handler
	// Transport answers instead of the network, for tests.
	Transport http.RoundTripper
}

// Client asks one backend. It is safe for use by several goroutines.
type Client struct {
	p    Params
	http *resty.Client
	wait *resty.Client // for what is answered late
	idle func()
}

// New makes a client; it contacts nobody.
func New(p Params) *Client {
	transport, late, idle := p.Transport, p.Transport, func() {}
	base := p.Base
	switch {
	case p.Handler != nil:
		transport, base = inProcess{p.Handler}, "http://in-process"
		late = transport
	case transport == nil:
		soon := network(p.Roots, exchange.HeaderTimeout)
		patient := network(p.Roots, exchange.LongestWait+exchange.HeaderTimeout)
		transport, late, idle = soon, patient, func() { soon.CloseIdleConnections(); patient.CloseIdleConnections() }
	}
	return &Client{p: p, http: asking(base, &p, transport), wait: asking(base, &p, late), idle: idle}
}

// asking asks over a transport, as whoever the parameters say.
func asking(base string, p *Params, over http.RoundTripper) *resty.Client {
	plain := &http.Client{Transport: over, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	c := resty.NewWithClient(plain).SetBaseURL(base).SetRetryCount(0).SetLogger(silent{}).
		SetHeader("Accept", "application/json").SetHeader("Accept-Language", p.Lang)
	if !p.Token.Empty() {
		c.SetAuthToken(p.Token.Reveal())
	}
	return c
}

// Close gives the connections back.
func (c *Client) Close() { c.idle() }

func network(roots *x509.CertPool, headers time.Duration) *http.Transport {
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: exchange.ConnectTimeout}).DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots},
		TLSHandshakeTimeout:    exchange.TLSTimeout,
		ResponseHeaderTimeout:  headers,
		MaxResponseHeaderBytes: 64 << 10,
		MaxIdleConns:           2,
		IdleConnTimeout:        90 * time.Second,
	}
}

// silent keeps resty from logging: requests hold credentials.
type silent struct{}

func (silent) Errorf(string, ...any) {}
func (silent) Warnf(string, ...any)  {}
func (silent) Debugf(string, ...any) {}

// Push brings a batch; waiting is how many more wait. Its error is a
// *exchange.Trouble.
func (c *Client) Push(ctx context.Context, b exchange.Batch, waiting int64) (exchange.Reply, error) {
	type body struct {
		Head     api.Head      `json:"head"`
		Waiting  int64         `json:"waiting"`
		Commands []api.Command `json:"commands"`
	}
	in := body{Head: api.Head(b.Head), Waiting: waiting, Commands: make([]api.Command, len(b.Commands))}
	for i := range b.Commands {
		in.Commands[i] = travelling(&b.Commands[i], b.Head.Till)
	}
	var out struct {
		Till    string       `json:"till"`
		Epoch   int64        `json:"epoch"`
		Answers []api.Answer `json:"answers"`
		Held    api.Held     `json:"held"`
	}
	if err := c.ask(ctx, http.MethodPost, "/v1/sync/commands", nil, in, &out); err != nil {
		return exchange.Reply{}, err
	}
	if out.Till != b.Head.Till || out.Epoch != b.Head.Epoch {
		return exchange.Reply{}, &exchange.Trouble{Reason: exchange.Foreign}
	}
	reply := exchange.Reply{Held: exchange.Held(out.Held)}
	if len(out.Answers) != len(b.Commands) {
		return reply, &exchange.Trouble{Reason: exchange.BadAnswer}
	}
	for i, a := range out.Answers {
		told, ok := heard(&a)
		if !ok || a.ID != b.Commands[i].ID {
			return exchange.Reply{}, &exchange.Trouble{Reason: exchange.BadAnswer}
		}
		reply.Answers = append(reply.Answers, told)
	}
	return reply, nil
}

// travelling is a command as it goes over the wire. Its body is the bytes that
// were stored.
func travelling(m *exchange.Command, till string) api.Command {
	c := api.Command{ID: m.ID, Type: string(m.Kind), DeviceID: till, Epoch: m.Epoch, Seq: m.Seq, At: m.At.UTC(), Subject: m.Subject, Digest: m.Digest(), Body: m.Body}
	if m.Object != m.Subject {
		c.Object = m.Object
	}
	return c
}

func heard(a *api.Answer) (exchange.Answer, bool) {
	told := exchange.Answer{ID: a.ID, Verdict: exchange.Verdict(a.Verdict)}
	switch told.Verdict {
	case exchange.Applied, exchange.Duplicate:
		return told, true
	case exchange.Rejected, exchange.Conflict, exchange.Denied:
		told.Problem = errorOf(a.Problem)
		return told, told.Problem != nil
	}
	return told, false
}

// Held lists what the backend has of the till after a place.
func (c *Client) Held(ctx context.Context, epoch, seq int64) ([]exchange.Command, error) {
	var out struct {
		Till     string         `json:"till"`
		Messages []api.HeldItem `json:"messages"`
	}
	query := map[string]string{"epoch": decimal(epoch), "seq": decimal(seq)}
	if err := c.ask(ctx, http.MethodGet, "/v1/sync/held", query, nil, &out); err != nil {
		return nil, err
	}
	if out.Till != c.p.Till {
		return nil, &exchange.Trouble{Reason: exchange.Foreign}
	}
	list := make([]exchange.Command, len(out.Messages))
	for i, m := range out.Messages {
		list[i] = exchange.Command{ID: m.ID, Epoch: m.Epoch, Seq: m.Seq}
	}
	return list, nil
}

// CountHeld counts what the backend has within a stretch; Span.Count is not asked.
func (c *Client) CountHeld(ctx context.Context, s exchange.Span) (int64, error) {
	var out struct {
		Till  string `json:"till"`
		Count int64  `json:"count"`
	}
	query := map[string]string{"epoch": decimal(s.Epoch), "after": decimal(s.After), "upTo": decimal(s.UpTo)}
	if err := c.ask(ctx, http.MethodGet, "/v1/sync/held/count", query, nil, &out); err != nil {
		return 0, err
	}
	if out.Till != c.p.Till {
		return 0, &exchange.Trouble{Reason: exchange.Foreign}
	}
	return out.Count, nil
}

// Changes reads what changed after a cursor, "" for the beginning.
func (c *Client) Changes(ctx context.Context, cursor string) (exchange.Changes, error) {
	var out api.Changes
	query := map[string]string{}
	if cursor != "" {
		query["cursor"] = cursor
	}
	if err := c.ask(ctx, http.MethodGet, changesPath, query, nil, &out); err != nil {
		return exchange.Changes{}, err
	}
	if out.Till != c.p.Till {
		return exchange.Changes{}, &exchange.Trouble{Reason: exchange.Foreign}
	}
	page := exchange.Changes{Next: out.Next, More: out.More, Anew: out.Anew}
	for _, one := range out.Changes {
		if one.Kind == "" || one.ID == "" || one.Version < 1 {
			return exchange.Changes{}, &exchange.Trouble{Reason: exchange.BadAnswer}
		}
		page.Changes = append(page.Changes, exchange.Change{Kind: exchange.ChangeKind(one.Kind), ID: one.ID, Version: one.Version, Body: one.Body})
	}
	if page.More && (page.Next == cursor || len(page.Changes) == 0) { // it would be asked for ever
		return exchange.Changes{}, &exchange.Trouble{Reason: exchange.BadAnswer}
	}
	return page, nil
}

// Await waits at a server until something changed after a cursor, as long as the server
// lets it. It is not heard out where the server would not have the till wait now.
func (c *Client) Await(ctx context.Context, cursor string) (changed, heardOut bool, err error) {
	var out api.Changes
	query := map[string]string{"limit": "1", "wait": decimal(int64(exchange.LongestWait / time.Second))}
	if cursor != "" {
		query["cursor"] = cursor
	}
	if err := c.send(ctx, http.MethodGet, changesPath, sent{query: query, time: exchange.LongestWait + exchange.TotalTimeout, over: c.wait}, into(&out)); err != nil {
		return false, false, err
	}
	return len(out.Changes) > 0 || out.Anew && cursor != "", out.Waited, c.mine(out.Till, nil)
}

const changesPath = "/v1/sync/changes"

// Self is who the backend takes the till for.
type Self struct {
	Till string        `json:"till"`
	Name string        `json:"name"`
	Time time.Time     `json:"serverTime"`
	Held exchange.Held `json:"held"`
}

// Self asks who the till is there.
func (c *Client) Self(ctx context.Context) (Self, error) {
	return c.self(ctx, http.MethodGet, "/v1/tills/self", nil)
}

// Contact asks who the till is there, and what is held of it.
func (c *Client) Contact(ctx context.Context) (exchange.Held, error) {
	s, err := c.Self(ctx)
	return s.Held, err
}

// Join lets the till join by a code, with the credential it keeps already.
func (c *Client) Join(ctx context.Context, code, token hidden.Text) (Self, error) {
	return c.self(ctx, http.MethodPost, "/v1/tills/join", map[string]string{"code": code.Reveal(), "till": c.p.Till, "token": token.Reveal()})
}

func (c *Client) self(ctx context.Context, method, path string, body any) (Self, error) {
	var s Self
	if err := c.ask(ctx, method, path, nil, body, &s); err != nil {
		return s, err
	}
	if s.Till != c.p.Till {
		return Self{}, &exchange.Trouble{Reason: exchange.Foreign}
	}
	return s, nil
}

// ask sends one request and reads the answer into out. Its error is a
// *exchange.Trouble.
func (c *Client) ask(ctx context.Context, method, path string, query map[string]string, body, out any) error {
	return c.askNamed(ctx, "", method, path, query, body, out)
}

// askNamed is ask for a request that names itself, so that one that comes again is
// answered as it was.
func (c *Client) askNamed(ctx context.Context, name, method, path string, query map[string]string, body, out any) error {
	return c.send(ctx, method, path, sent{name: name, query: query, body: body}, into(out))
}

// into reads an answer into out.
func into(out any) func(*resty.Response) error {
	return func(resp *resty.Response) error {
		raw, err := bounded(resp.RawBody(), exchange.MostAnswer)
		if err != nil {
			return &exchange.Trouble{Reason: exchange.BadAnswer, Err: err}
		}
		return read(resp, raw, out)
	}
}

// sent is what goes along with a request. A file goes as it is, with what is told of
// it; anything else as JSON.
type sent struct {
	name  string
	query map[string]string
	body  any
	file  []byte
	kind  string // of the file
	told  string
	time  time.Duration
	over  *resty.Client // nil: the usual
}

// send sends one request and hands the answer on.
func (c *Client) send(ctx context.Context, method, path string, in sent, hear func(*resty.Response) error) error {
	if in.time == 0 {
		in.time = exchange.TotalTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, in.time)
	defer cancel()
	over := c.http
	if in.over != nil {
		over = in.over
	}
	r := over.R().SetContext(ctx).SetDoNotParseResponse(true).SetQueryParams(in.query)
	if in.name != "" {
		r.SetHeader("Idempotency-Key", `"`+in.name+`"`)
	}
	switch {
	case in.kind != "":
		r.SetBody(in.file).SetHeader("Content-Type", in.kind).SetHeader(api.ToldHeader, in.told)
	case in.body != nil:
		raw, err := json.Marshal(in.body)
		if err != nil {
			return &exchange.Trouble{Reason: exchange.BadAnswer, Err: err}
		}
		r.SetBody(raw).SetHeader("Content-Type", "application/json")
	}
	resp, err := r.Execute(method, path)
	if err != nil {
		return unanswered(err)
	}
	return hear(resp)
}
