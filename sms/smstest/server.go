// Package smstest holds what judges the senders of codes: a conformance suite for every provider, and a server
// that speaks SMS.RU's protocol and can misbehave in every way a network or a provider does.
package smstest

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"net/http"
	"regexp"
	"slices"
	"sync"
	"time"
)

// Options say how a Server begins.
type Options struct {
	APIID        string // the key it accepts; empty for TestAPIID
	BalanceMinor int64  // hundredths of a rouble; 0 for 412.56
	Addr         string // where it listens; empty for a free port of 127.0.0.1
}

// TestAPIID is the key a Server accepts unless told otherwise.
const TestAPIID = "00000000-TEST-TEST-TEST-000000000000"

const (
	defaultBalance = 41256
	pricePerPart   = 450 // hundredths of a rouble
)

// Received is a message the server took, which on the real one would be on its way to a phone.
type Received struct {
	ID     string
	To     string // digits without a plus, as sent
	Text   string
	Sender string
	Test   bool
}

var sixDigits = regexp.MustCompile(`(?:^|\D)(\d{6})(?:\D|$)`)

// Code returns the six-digit code in the text, or "".
func (r Received) Code() string {
	if m := sixDigits.FindStringSubmatch(r.Text); m != nil {
		return m[1]
	}
	return ""
}

// Request is a request as it came in, good or bad.
type Request struct {
	Method string
	Path   string
	Query  string
	Form   map[string]string // of the body alone
}

// Server is an SMS.RU on 127.0.0.1. Its methods may be called from any goroutine while it serves.
type Server struct {
	http     *http.Server
	listener net.Listener
	served   chan struct{} // closed when serving has ended
	close    sync.Once
	closing  chan struct{} // closed to let go of requests that hang

	mu         sync.Mutex
	apiID      string
	balance    int64
	repeats    bool
	received   []Received
	requests   []Request
	breaches   []string
	next       []Fault
	always     *Fault
	progress   []int
	asked      map[string]int // how often the status of a message was asked
	changed    chan struct{}  // closed and replaced when received or requests grow
	lastNumber int
}

// NewServer starts a server. Close it.
func NewServer(opts Options) (*Server, error) {
	listener, err := net.Listen("tcp", cmp.Or(opts.Addr, "127.0.0.1:0"))
	if err != nil {
		return nil, fmt.Errorf("smstest: listen: %w", err)
	}
	s := newServer(opts)
	s.serve(listener)
	return s, nil
}

func newServer(opts Options) *Server {
	return &Server{
		served: make(chan struct{}), closing: make(chan struct{}), changed: make(chan struct{}),
		apiID:    cmp.Or(opts.APIID, TestAPIID),
		balance:  cmp.Or(opts.BalanceMinor, defaultBalance),
		progress: []int{100, 102, 103},
		asked:    map[string]int{},
	}
}

// NewServerOn starts a server on a listener of the caller's, for example one in memory. Close it.
func NewServerOn(listener net.Listener, opts Options) *Server {
	s := newServer(opts)
	s.serve(listener)
	return s
}

func (s *Server) serve(listener net.Listener) {
	s.listener = listener
	s.http = &http.Server{Handler: s, ReadHeaderTimeout: time.Minute}
	go func() {
		defer close(s.served)
		_ = s.http.Serve(listener) // ends with http.ErrServerClosed
	}()
}

// URL returns the base address to give to a client.
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() }

// Close stops the server and waits until it has ended.
func (s *Server) Close() {
	s.close.Do(func() {
		close(s.closing)
		_ = s.http.Close()
	})
	<-s.served
}

// Messages returns the messages taken so far, test messages too, oldest first.
func (s *Server) Messages() []Received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.received)
}

// Requests returns every request so far, refused ones too.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// Breaches returns what requests did that a client of SMS.RU must not, such as a key in the address. A test ends
// by requiring that there are none.
func (s *Server) Breaches() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.breaches)
}

// WaitMessages returns the messages as soon as there are n of them, or the error of ctx.
func (s *Server) WaitMessages(ctx context.Context, n int) ([]Received, error) {
	return wait(ctx, s, n, func() []Received { return slices.Clone(s.received) })
}

// WaitRequests returns the requests as soon as there are n of them, or the error of ctx.
func (s *Server) WaitRequests(ctx context.Context, n int) ([]Request, error) {
	return wait(ctx, s, n, func() []Request { return slices.Clone(s.requests) })
}

func wait[T any](ctx context.Context, s *Server, n int, get func() []T) ([]T, error) {
	for {
		s.mu.Lock()
		got, changed := get(), s.changed
		s.mu.Unlock()
		if len(got) >= n {
			return got, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return got, fmt.Errorf("smstest: %d of %d came: %w", len(got), n, ctx.Err())
		}
	}
}

// Next lets the next requests meet these faults, one each, whatever they ask; OK lets one pass.
func (s *Server) Next(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next = append(s.next, faults...)
}

// Break lets every request meet the fault until Repair.
func (s *Server) Break(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.always = &f
}

// Repair ends all faults.
func (s *Server) Repair() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.always, s.next = nil, nil
}

// SetBalance sets what is left on the account, in hundredths of a rouble.
func (s *Server) SetBalance(minor int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.balance = minor
}

// AllowRepeats lets identical messages pass, which are otherwise refused with 231.
func (s *Server) AllowRepeats() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.repeats = true
}

// SetProgress sets the states a message goes through, one for each time its status is asked; the last one stays.
func (s *Server) SetProgress(codes ...int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.progress = codes
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "bad form", http.StatusBadRequest)
		return
	}
	form := map[string]string{}
	for key := range r.PostForm {
		form[key] = r.PostForm.Get(key)
	}

	s.mu.Lock()
	s.requests = append(s.requests, Request{Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery, Form: form})
	s.breaches = append(s.breaches, breaches(r, form)...)
	fault := s.takeFault()
	var reply object
	if !fault.refuses {
		reply = s.answer(r.URL.Path, form)
	}
	s.announce()
	s.mu.Unlock()

	if fault.shape != nil {
		fault.shape(reply)
	}
	if fault.raw != nil {
		fault.raw(s, w, r, reply)
		return
	}
	writeJSON(w, reply)
}

// takeFault is called with the lock held.
func (s *Server) takeFault() Fault {
	if len(s.next) > 0 {
		f := s.next[0]
		s.next = s.next[1:]
		return f
	}
	if s.always != nil {
		return *s.always
	}
	return OK()
}

// announce is called with the lock held.
func (s *Server) announce() {
	close(s.changed)
	s.changed = make(chan struct{})
}
