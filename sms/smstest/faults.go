package smstest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
)

// Fault is one way an answer can go wrong.
type Fault struct {
	Name string

	refuses bool         // the request is not carried out
	shape   func(object) // changes the right answer
	raw     func(*Server, http.ResponseWriter, *http.Request, object)
}

// OK is no fault.
func OK() Fault { return Fault{Name: "ok"} }

// Answer gives this answer without carrying out the request.
func Answer(status int, contentType, body string) Fault {
	return Fault{Name: fmt.Sprintf("answer %d %.20q", status, body), refuses: true,
		raw: func(_ *Server, w http.ResponseWriter, _ *http.Request, _ object) {
			w.Header().Set("Content-Type", contentType)
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}}
}

const jsonType = "application/json; charset=utf-8"

func named(name string, f Fault) Fault {
	f.Name = name
	return f
}

// JSON answers 200 with this body without carrying out the request.
func JSON(body string) Fault { return Answer(http.StatusOK, jsonType, body) }

// RefuseRequest answers with an error for the whole request.
func RefuseRequest(code int) Fault {
	return named(fmt.Sprintf("request refused with %d", code),
		JSON(fmt.Sprintf(`{"status":"ERROR","status_code":%d,"status_text":"отказано"}`, code)))
}

// RefuseNumber answers OK for the request and an error for the number in it; withID gives the number an id all
// the same, as the real server sometimes does.
func RefuseNumber(code int, withID bool) Fault {
	return Fault{Name: fmt.Sprintf("number refused with %d", code), refuses: true,
		raw: func(s *Server, w http.ResponseWriter, r *http.Request, _ object) {
			entry := refusal(code)
			if withID {
				entry["sms_id"] = "202600-9000001"
			}
			s.mu.Lock()
			reply := s.toNumber(r.PostForm.Get("to"), entry)
			s.mu.Unlock()
			writeJSON(w, reply)
		}}
}

// StringsAndNulls carries out the request and writes numbers as strings and the balance as null.
func StringsAndNulls() Fault {
	return Fault{Name: "strings and nulls", shape: func(reply object) {
		stringsFor(reply)
		if _, ok := reply["sms"]; ok {
			reply["balance"] = nil
		}
	}}
}

func stringsFor(o object) {
	for key, value := range o {
		switch v := value.(type) {
		case object:
			stringsFor(v)
		case string, nil:
		default:
			o[key] = fmt.Sprint(v)
		}
	}
}

// MissingKeys carries out the request and leaves out everything the protocol does not promise.
func MissingKeys() Fault {
	return Fault{Name: "missing keys", shape: func(reply object) {
		for _, key := range []string{"balance", "total_cost", "total_sms", "status_text"} {
			if _, isSend := reply["sms"]; isSend {
				delete(reply, key)
			}
		}
	}}
}

// OtherSpelling carries out the request and names the number in a spelling of the server's own.
func OtherSpelling() Fault {
	return Fault{Name: "other spelling of the number", shape: func(reply object) {
		entries, ok := reply["sms"].(object)
		if !ok {
			return
		}
		for key, entry := range entries {
			delete(entries, key)
			entries["+"+key] = entry
		}
	}}
}

// List carries out the request and writes the entry of the number in a list instead of an object.
func List() Fault {
	return Fault{Name: "list instead of object", shape: func(reply object) {
		if entries, ok := reply["sms"].(object); ok {
			list := []any{}
			for _, entry := range entries {
				list = append(list, entry)
			}
			reply["sms"] = list
		}
	}}
}

// NoEntry answers OK and 100 without the number.
func NoEntry() Fault {
	return named("no entry for the number", JSON(`{"status":"OK","status_code":100,"sms":{},"balance":1}`))
}

// Page answers with a web page, as a network that wants a login does.
func Page() Fault {
	return named("web page", Answer(http.StatusOK, "text/html; charset=utf-8",
		"<!DOCTYPE html><html><body>Wi-Fi login</body></html>"))
}

// Empty answers 200 with nothing.
func Empty() Fault { return named("empty", JSON("")) }

// Truncated cuts the answer off in the middle, after the request was carried out.
func Truncated() Fault {
	return Fault{Name: "truncated", raw: func(_ *Server, w http.ResponseWriter, _ *http.Request, _ object) {
		w.Header().Set("Content-Type", jsonType)
		_, _ = w.Write([]byte(`{"status":"OK","status_code":100,"sms":{"7900`))
	}}
}

// Deep answers with JSON nested far beyond reason.
func Deep() Fault {
	return named("deeply nested", JSON(`{"status":`+strings.Repeat(`{"a":`, 100_000)+"1"+strings.Repeat("}", 100_001)))
}

// TooManyRequests answers 429.
func TooManyRequests() Fault {
	return named("429", Answer(http.StatusTooManyRequests, "text/plain", "slow down"))
}

// BadGateway answers 502 with a page, after the request was carried out: the gateway cannot know.
func BadGateway() Fault {
	f := named("502", Answer(http.StatusBadGateway, "text/html", "<html><h1>502 Bad Gateway</h1></html>"))
	f.refuses = false
	return f
}

// Redirect sends the client to another address.
func Redirect(to string) Fault {
	return Fault{Name: "redirect", refuses: true,
		raw: func(_ *Server, w http.ResponseWriter, r *http.Request, _ object) {
			http.Redirect(w, r, to, http.StatusTemporaryRedirect)
		}}
}

// Silence carries out the request and says nothing until the client has gone or the server is closed.
func Silence() Fault {
	return Fault{Name: "silence", raw: func(s *Server, _ http.ResponseWriter, r *http.Request, _ object) {
		select {
		case <-r.Context().Done():
		case <-s.closing:
		}
	}}
}

// Drip carries out the request, begins to answer and never ends, until the client has gone or the server is
// closed.
func Drip() Fault {
	return Fault{Name: "slow body", raw: func(s *Server, w http.ResponseWriter, r *http.Request, _ object) {
		w.Header().Set("Content-Type", jsonType)
		_, _ = w.Write([]byte(`{"status":`))
		_ = http.NewResponseController(w).Flush()
		select {
		case <-r.Context().Done():
		case <-s.closing:
		}
	}}
}

// Reset carries out the request and then breaks the connection without a word.
func Reset() Fault {
	return Fault{Name: "reset", raw: func(_ *Server, w http.ResponseWriter, _ *http.Request, _ object) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(err) // a server that is no plain HTTP/1
		}
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		_ = conn.Close()
	}}
}

// packedMiB is a MiB of zeros, packed once: packing under a race detector takes longer than a client waits.
var packedMiB = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	packed := gzip.NewWriter(&b)
	_, _ = packed.Write(make([]byte, 1<<20)) // neither fails: it goes into memory
	_ = packed.Close()
	return b.Bytes()
})

// GzipBomb answers with a small body that unpacks to 64 MiB.
func GzipBomb() Fault {
	return Fault{Name: "gzip bomb", raw: func(_ *Server, w http.ResponseWriter, _ *http.Request, _ object) {
		w.Header().Set("Content-Type", jsonType)
		w.Header().Set("Content-Encoding", "gzip")
		for range 64 { // packed streams one after the other are one
			if _, err := w.Write(packedMiB()); err != nil {
				return // the client had enough
			}
		}
	}}
}
