package client

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
)

// inProcess asks a handler in this process. The answer is streamed as over a
// network, and a handler that breaks is a broken connection to whoever asked.
type inProcess struct{ handler http.Handler }

var errBroken = errors.New("the backend in this process broke")

// RoundTrip implements http.RoundTripper.
func (t inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx := r.Context()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	asked := r.Clone(ctx)
	asked.RequestURI = r.URL.RequestURI()
	asked.RemoteAddr = "in-process"
	if asked.Body == nil {
		asked.Body = http.NoBody
	}
	reader, writer := io.Pipe()
	w := &answer{header: http.Header{}, body: writer, begun: make(chan struct{})}
	go t.serve(w, asked)
	select {
	case <-w.begun:
	case <-ctx.Done():
		_ = reader.CloseWithError(ctx.Err()) // whoever still writes is told
		return nil, ctx.Err()
	}
	if w.broken != nil {
		return nil, w.broken
	}
	return &http.Response{
		Status: http.StatusText(w.status), StatusCode: w.status, Header: w.sent, Body: reader, Request: r, ContentLength: -1,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}, nil
}

func (t inProcess) serve(w *answer, r *http.Request) {
	defer func() {
		if r.Body != nil {
			_ = r.Body.Close() // read to where it was needed
		}
		w.end(recover())
	}()
	t.handler.ServeHTTP(w, r)
}

// answer is what the handler writes.
type answer struct {
	header, sent http.Header
	body         *io.PipeWriter
	status       int
	broken       error
	once         sync.Once
	begun        chan struct{}
}

func (w *answer) Header() http.Header { return w.header }

func (w *answer) WriteHeader(status int) {
	w.once.Do(func() {
		w.status, w.sent = status, w.header.Clone()
		close(w.begun)
	})
}

func (w *answer) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(b)
}

// end closes the answer; what is not nil is what the handler panicked with.
func (w *answer) end(panicked any) {
	if panicked == nil {
		w.WriteHeader(http.StatusOK)
		_ = w.body.Close()
		return
	}
	err := fmt.Errorf("%w: %v", errBroken, panicked)
	w.once.Do(func() {
		w.broken = err
		close(w.begun)
	})
	_ = w.body.CloseWithError(err)
}
