package mail_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"math/big"
	"mime"
	"net"
	netmail "net/mail"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"

	"kassa/mail"
	"kassa/pos/hidden"
	"kassa/pos/integration"
)

// server is a mail server with troubles a test gives it.
type server struct {
	mu    sync.Mutex
	rcpts []string
	got   []string // whole mails
	logs  int      // sessions

	onRcpt func(to string) error
	onData func() error
	drop   bool // closes the connection when the text is there
}

func (s *server) NewSession(c *smtp.Conn) (smtp.Session, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, encrypted := c.TLSConnectionState(); encrypted { // the one before is left behind by STARTTLS
		s.logs++
	}
	return &session{s: s, conn: c}, nil
}

type session struct {
	s    *server
	conn *smtp.Conn
}

func (x *session) AuthMechanisms() []string { return []string{sasl.Plain, "XOAUTH2"} }

func (x *session) Auth(mech string) (sasl.Server, error) {
	if mech == "XOAUTH2" {
		return &token{}, nil
	}
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "shop@example.com" || password != "s3cret-password" {
			return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "Bad password " + password}
		}
		return nil
	}), nil
}

// token takes the token s3cret-password, as the mechanism writes it.
type token struct{}

func (*token) Next(response []byte) (challenge []byte, done bool, err error) {
	if response == nil {
		return []byte{}, false, nil
	}
	if !strings.Contains(string(response), "auth=Bearer s3cret-password") {
		return nil, true, &smtp.SMTPError{Code: 535, Message: "no"}
	}
	return nil, true, nil
}

func (x *session) Mail(string, *smtp.MailOptions) error { return nil }

func (x *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	if x.s.onRcpt != nil {
		if err := x.s.onRcpt(to); err != nil {
			return err
		}
	}
	x.s.rcpts = append(x.s.rcpts, to)
	return nil
}

func (x *session) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	if x.s.drop {
		x.s.got = append(x.s.got, string(text)) // taken, and the answer lost
		_ = x.conn.Conn().Close()
		return errors.New("gone")
	}
	if x.s.onData != nil {
		if err := x.s.onData(); err != nil {
			return err
		}
	}
	x.s.got = append(x.s.got, string(text))
	return nil
}

func (x *session) Reset()        {}
func (x *session) Logout() error { return nil }

// started is a server on loopback and what trusts it.
func started(t *testing.T, s *server, change func(*smtp.Server)) (port int, roots *x509.CertPool) {
	t.Helper()
	cert, roots := certificate(t, time.Now().Add(time.Hour), "127.0.0.1")
	srv := smtp.NewServer(s)
	srv.Domain, srv.TLSConfig = "mail.test", &tls.Config{Certificates: []tls.Certificate{cert}}
	srv.ErrorLog = quiet{}
	if change != nil {
		change(srv)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	go func() { _ = srv.Serve(l) }()
	t.Cleanup(func() { _ = srv.Close() })
	return l.Addr().(*net.TCPAddr).Port, roots
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

func certificate(t *testing.T, until time.Time, ip string) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	made := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mail.test"}, NotBefore: time.Now().Add(-2 * time.Hour), NotAfter: until,
		IPAddresses: []net.IP{net.ParseIP(ip)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, made, made, &key.PublicKey, key)
	require.NoError(t, err)
	leaf, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, roots
}

func values(port int, plain ...string) integration.Values {
	v := integration.Values{Plain: map[string]string{"host": "127.0.0.1", "port": strconv.Itoa(port), "user": "shop@example.com",
		"from": "shop@example.com", "from_name": "Магазин «У дома»"},
		Secrets: map[string]hidden.Text{"password": hidden.New("s3cret-password")}}
	for i := 0; i < len(plain); i += 2 {
		v.Plain[plain[i]] = plain[i+1]
	}
	return v
}

func opened(t *testing.T, v integration.Values, roots *x509.CertPool) *mail.SMTP {
	t.Helper()
	s, err := mail.Open(v, mail.Trusting(roots))
	require.NoError(t, err)
	return s
}

func letter(to string) *mail.Message {
	return &mail.Message{To: to, ToName: "Анна Петрова", Subject: "Чек № 12", Text: "Спасибо за покупку!\n", HTML: "<p>Спасибо за покупку!</p>"}
}

func TestSend(t *testing.T) {
	for _, security := range []string{mail.StartTLS, mail.TLS} {
		t.Run(security, func(t *testing.T) {
			s := &server{}
			var port int
			var roots *x509.CertPool
			if security == mail.TLS {
				port, roots = implicit(t, s)
			} else {
				port, roots = started(t, s, nil)
			}
			m := letter("anna@example.com")
			m.Inline = []mail.File{{Name: "logo.png", Type: "image/png", Data: []byte("\x89PNG")}}
			m.Files = []mail.File{{Name: "Чек 12.pdf", Type: "application/pdf", Data: []byte("%PDF-1.7")}}
			m.ID, m.Unsubscribe = "0190-12@shop.example", "https://shop.example/u/1"
			sender := opened(t, values(port, "security", security), roots)
			require.NoError(t, sender.Check(t.Context()))
			require.Equal(t, []error{nil, nil}, sender.Send(t.Context(), m, letter("boris@пример.рф")))
			require.Equal(t, 2, s.logs, "one connection for many")
			require.Equal(t, []string{"anna@example.com", "boris@xn--e1afmkfd.xn--p1ai"}, s.rcpts)
			got, err := netmail.ReadMessage(strings.NewReader(s.got[0]))
			require.NoError(t, err)
			subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
			require.NoError(t, err)
			require.Equal(t, "Чек № 12", subject)
			from, err := got.Header.AddressList("From")
			require.NoError(t, err)
			require.Equal(t, "Магазин «У дома»", from[0].Name)
			require.Equal(t, "<0190-12@shop.example>", got.Header.Get("Message-ID"))
			require.Equal(t, "<https://shop.example/u/1>", got.Header.Get("List-Unsubscribe"))
			require.Equal(t, "List-Unsubscribe=One-Click", got.Header.Get("List-Unsubscribe-Post"))
			for _, part := range []string{"text/plain", "text/html", "image/png", "application/pdf"} {
				require.Contains(t, s.got[0], part)
			}
		})
	}
}

// implicit is a server that speaks TLS from the first byte.
func implicit(t *testing.T, s *server) (port int, roots *x509.CertPool) {
	t.Helper()
	cert, roots := certificate(t, time.Now().Add(time.Hour), "127.0.0.1")
	srv := smtp.NewServer(s)
	srv.Domain, srv.ErrorLog = "mail.test", quiet{}
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{cert}})
	require.NoError(t, err)
	go func() { _ = srv.Serve(l) }()
	t.Cleanup(func() { _ = srv.Close() })
	return l.Addr().(*net.TCPAddr).Port, roots
}

// What stands in names and subjects stays text: no further recipient, no header.
func TestSend_Injection(t *testing.T) {
	s := &server{}
	port, roots := started(t, s, nil)
	sender := opened(t, values(port, "from_name", "Shop\r\nBcc: evil@example.com"), roots)
	for _, bad := range []string{"\r\nBcc: evil@example.com\r\n\r\nHello", "\nBcc: evil@example.com", "\rBcc: evil@example.com", "a\u2028Bcc: evil@example.com", "\x00\x85Bcc: evil@example.com", "<code>", "\u202eoc.live"} {
		m := letter("anna@example.com")
		m.ToName, m.Subject, m.ID, m.Unsubscribe = bad, bad, "1@x"+bad, "https://shop.example/"+bad
		require.Equal(t, []error{nil}, sender.Send(t.Context(), m))
	}
	for _, to := range s.rcpts {
		require.Equal(t, "anna@example.com", to)
	}
	for _, text := range s.got {
		got, err := netmail.ReadMessage(strings.NewReader(text))
		require.NoError(t, err)
		require.Empty(t, got.Header.Get("Bcc"))
		require.NotContains(t, strings.SplitN(text, "\r\n\r\n", 2)[0], "\r\nBcc")
	}
	for _, to := range []string{"anna@example.com\r\nRCPT TO:<evil@example.com>", "anna@example.com, evil@example.com", "<anna@example.com>", "anna", "", "anna@example.com\n", "anna@exa mple.com"} {
		err := sender.Send(t.Context(), letter(to))[0]
		require.Equal(t, mail.Wrong, mail.OutcomeOf(err), to)
	}
}

func TestSend_WhatTheServerSays(t *testing.T) {
	refuse := func(code int, enhanced smtp.EnhancedCode, text string) error {
		return &smtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: text}
	}
	for name, c := range map[string]struct {
		server *server
		want   mail.Outcome
		code   string
		said   string
	}{
		"greylisted": {&server{onRcpt: func(string) error {
			return refuse(451, smtp.EnhancedCode{4, 7, 1}, "Greylisted, try again in 5 minutes")
		}}, mail.Later, "451 4.7.1", "Greylisted"},
		"no such box":        {&server{onRcpt: func(string) error { return refuse(550, smtp.EnhancedCode{5, 1, 1}, "No such user") }}, mail.Refused, "550 5.1.1", "No such user"},
		"spam":               {&server{onData: func() error { return refuse(554, smtp.EnhancedCode{5, 7, 1}, "Looks like spam") }}, mail.Refused, "554 5.7.1", "Looks like spam"},
		"box full":           {&server{onData: func() error { return refuse(452, smtp.EnhancedCode{4, 2, 2}, "Over quota") }}, mail.Later, "452 4.2.2", "Over quota"},
		"gone with the text": {&server{drop: true}, mail.Unknown, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := c.server
			port, roots := started(t, s, nil)
			err := opened(t, values(port), roots).Send(t.Context(), letter("anna@example.com"))[0]
			var e *mail.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, c.want, e.Kind, e.Error())
			require.Equal(t, c.code, e.Code)
			require.Contains(t, e.Said, c.said)
			require.LessOrEqual(t, len(s.got), 1, "nothing is sent twice by one attempt")
			require.NotContains(t, e.Error(), "s3cret-password")
		})
	}
}

// One of three that is refused does not keep the others from theirs, nor does one
// that breaks the connection.
func TestSend_OneOfThree(t *testing.T) {
	s := &server{onRcpt: func(to string) error {
		if to == "b@example.com" {
			return &smtp.SMTPError{Code: 550, Message: "No such user"}
		}
		return nil
	}}
	port, roots := started(t, s, nil)
	answers := opened(t, values(port), roots).Send(t.Context(), letter("a@example.com"), letter("b@example.com"), letter("nobody"), letter("c@example.com"))
	require.NoError(t, answers[0])
	require.Equal(t, mail.Refused, mail.OutcomeOf(answers[1]))
	require.Equal(t, mail.Wrong, mail.OutcomeOf(answers[2]))
	require.NoError(t, answers[3])
	require.Len(t, s.got, 2)

	broken := &server{drop: true}
	port, roots = started(t, broken, nil)
	answers = opened(t, values(port), roots).Send(t.Context(), letter("a@example.com"), letter("b@example.com"))
	require.Equal(t, mail.Unknown, mail.OutcomeOf(answers[0]))
	require.Equal(t, mail.Unknown, mail.OutcomeOf(answers[1]))
	require.Len(t, broken.got, 2, "each once")
}

func TestSend_HiddenCopy(t *testing.T) {
	s := &server{}
	port, roots := started(t, s, nil)
	require.Equal(t, []error{nil}, opened(t, values(port, "bcc", "archive@example.com"), roots).Send(t.Context(), letter("anna@example.com")))
	require.ElementsMatch(t, []string{"anna@example.com", "archive@example.com"}, s.rcpts)
	require.NotContains(t, s.got[0], "archive@example.com")

	refusing := &server{onRcpt: func(to string) error {
		if to == "archive@example.com" {
			return &smtp.SMTPError{Code: 550, Message: "No such user"}
		}
		return nil
	}}
	port, roots = started(t, refusing, nil)
	require.Equal(t, []error{nil}, opened(t, values(port, "bcc", "archive@example.com"), roots).Send(t.Context(), letter("anna@example.com")))
	require.Len(t, refusing.got, 1, "a copy that cannot be made keeps nobody from theirs")
}

func TestCheck(t *testing.T) {
	s := &server{}
	port, roots := started(t, s, nil)
	_, others := certificate(t, time.Now().Add(time.Hour), "127.0.0.1")
	open := func(v integration.Values, r *x509.CertPool) error { return opened(t, v, r).Check(t.Context()) }
	require.NoError(t, open(values(port), roots))
	require.NoError(t, open(values(port, "login", mail.ByToken), roots))
	require.Equal(t, mail.Untrusted, mail.OutcomeOf(open(values(port), others)), "another's certificate")

	wrongPassword := values(port)
	wrongPassword.Secrets = map[string]hidden.Text{"password": hidden.New("another")}
	err := open(wrongPassword, roots)
	var e *mail.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, mail.Login, e.Kind)
	require.Equal(t, "535", e.Code)
	require.NotContains(t, e.Said+e.Error(), "another", "a server that repeats the password does not make us show it")

	port, roots = started(t, s, func(srv *smtp.Server) { srv.TLSConfig = nil })
	require.Equal(t, mail.Untrusted, mail.OutcomeOf(open(values(port), roots)), "a server without STARTTLS gets no password")

	expired, old := certificate(t, time.Now().Add(-time.Hour), "127.0.0.1")
	port, _ = started(t, s, func(srv *smtp.Server) { srv.TLSConfig = &tls.Config{Certificates: []tls.Certificate{expired}} })
	require.Equal(t, mail.Untrusted, mail.OutcomeOf(open(values(port), old)), "an expired certificate")

	other, roots := certificate(t, time.Now().Add(time.Hour), "127.0.0.2")
	port, _ = started(t, s, func(srv *smtp.Server) { srv.TLSConfig = &tls.Config{Certificates: []tls.Certificate{other}} })
	require.Equal(t, mail.Untrusted, mail.OutcomeOf(open(values(port), roots)), "the certificate of another server")

	closed, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, closed.Close())
	require.Equal(t, mail.Unreachable, mail.OutcomeOf(open(values(closed.Addr().(*net.TCPAddr).Port), roots)))
}

// A server that lies, hangs or never ends is given up, and nothing is sent to it.
func TestCheck_Hostile(t *testing.T) {
	for name, speak := range map[string]func(net.Conn){
		"a web server":    func(c net.Conn) { _, _ = io.WriteString(c, "HTTP/1.1 400 Bad Request\r\n\r\n<html>") },
		"says no at once": func(c net.Conn) { _, _ = io.WriteString(c, "554 5.7.1 go away\r\n") },
		"closes":          func(net.Conn) {},
		"zeros without end": func(c net.Conn) {
			zeros := make([]byte, 1<<16)
			for {
				if _, err := c.Write(zeros); err != nil {
					return
				}
			}
		},
		"greets without end": func(c net.Conn) {
			for {
				if _, err := io.WriteString(c, "220-hello\r\n"); err != nil {
					return
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			require.NoError(t, err)
			t.Cleanup(func() { _ = l.Close() })
			go func() {
				for {
					c, err := l.Accept()
					if err != nil {
						return
					}
					speak(c)
					_ = c.Close()
				}
			}()
			err = opened(t, values(l.Addr().(*net.TCPAddr).Port), nil).Check(t.Context())
			var e *mail.Error
			require.ErrorAs(t, err, &e)
			require.Contains(t, []mail.Outcome{mail.Unreachable, mail.Refused}, e.Kind)
		})
	}
	t.Run("hangs", func(t *testing.T) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		t.Cleanup(func() { _ = l.Close() })
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			c, err := l.Accept()
			if err != nil {
				return
			}
			cancel() // somebody gives up while it says nothing
			_, _ = io.Copy(io.Discard, c)
		}()
		require.Equal(t, mail.Unreachable, mail.OutcomeOf(opened(t, values(l.Addr().(*net.TCPAddr).Port), nil).Check(ctx)))
	})
}

func TestOpen_Refusals(t *testing.T) {
	for _, c := range []struct{ key, value, setting string }{
		{"host", "", "mail.host"}, {"host", "a b", "mail.host"}, {"host", "http://mail.example.com", "mail.host"}, {"host", "mail.example.com:25", "mail.host"}, {"host", "a\r\nb", "mail.host"},
		{"from", "shop", "mail.from"}, {"from", "", "mail.from"}, {"bcc", "x", "mail.bcc"},
	} {
		_, err := mail.Open(values(25, c.key, c.value))
		var e *mail.Error
		require.ErrorAs(t, err, &e, c)
		require.Equal(t, c.setting, e.Setting, c)
	}
	_, err := mail.Open(values(25, "security", mail.Plain))
	require.NoError(t, err, "unencrypted to this very machine")
	_, err = mail.Open(values(25, "security", mail.Plain, "host", "mail.example.com"))
	require.Equal(t, mail.Wrong, mail.OutcomeOf(err))
	v := values(25)
	v.Secrets = nil
	_, err = mail.Open(v)
	var e *mail.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, "mail.password", e.Setting)
}
