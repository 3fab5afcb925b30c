package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/netip"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
	"golang.org/x/net/idna"

	"kassa/pos/email"
	"kassa/pos/hidden"
	"kassa/pos/integration"
)

// Limits of a session.
const (
	stepTimeout = 30 * time.Second // of one command and its answer
	maxHeard    = 1 << 20          // bytes a server may say in one session
	maxSaid     = 300              // runes of its words that are kept
)

// SMTP sends through a mail server.
type SMTP struct {
	host, user, from, fromName, bcc string
	port                            int
	security, login                 string
	password                        hidden.Text
	tls                             *tls.Config
	dial                            func(ctx context.Context, network, address string) (net.Conn, error)
}

// Option changes how an SMTP reaches its server, for tests.
type Option func(*SMTP)

// Trusting lets these certificates vouch for the server beside those the system trusts.
func Trusting(roots *x509.CertPool) Option { return func(s *SMTP) { s.tls.RootCAs = roots } }

// Open makes a sender of settings; it contacts nobody. The error is an *Error of
// kind Wrong that names the setting.
func Open(v integration.Values, options ...Option) (*SMTP, error) {
	d := Declaration()
	v = d.Filled(v)
	port, _ := d.Field(KeyPort)
	s := &SMTP{host: v.Get(KeyHost), port: int(v.Number(port)), security: v.Get(KeySecurity), login: v.Get(KeyLogin), user: v.Get(KeyUser),
		password: v.Secret(KeyPassword), from: v.Get(KeyFrom), fromName: v.Get(KeyFromName), bcc: v.Get(KeyBcc)}
	wrong := func(key string) error { return &Error{Kind: Wrong, Setting: d.Key(key)} }
	switch {
	case !hostLike(s.host):
		return nil, wrong(KeyHost)
	case s.security == Plain && !loopback(s.host):
		return nil, wrong(KeySecurity)
	case !email.Plausible(s.from):
		return nil, wrong(KeyFrom)
	case s.bcc != "" && !email.Plausible(s.bcc):
		return nil, wrong(KeyBcc)
	case s.user != "" && s.password.Empty():
		return nil, wrong(KeyPassword)
	}
	if s.port == 0 {
		s.port = map[string]int{StartTLS: 587, TLS: 465, Plain: 25}[s.security]
	}
	s.tls = &tls.Config{ServerName: s.host, MinVersion: tls.VersionTLS12}
	s.dial = (&net.Dialer{Timeout: stepTimeout}).DialContext
	for _, o := range options {
		o(s)
	}
	return s, nil
}

// hostLike is what can be the name of a server, so that nothing else is looked up.
func hostLike(host string) bool {
	return host != "" && len(host) <= 253 && !strings.ContainsAny(host, " \t\r\n/@:[]") || netipLike(host)
}

func netipLike(host string) bool { _, err := netip.ParseAddr(host); return err == nil }

func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// Check implements Sender.
func (s *SMTP) Check(ctx context.Context) error {
	c, session, err := s.open(ctx)
	if err != nil {
		return err
	}
	_ = c.CloseWithSMTPClient(session) // what it says to our goodbye changes nothing
	return nil
}

// Send implements Sender.
func (s *SMTP) Send(ctx context.Context, mails ...*Message) []error {
	answers := make([]error, len(mails))
	made := make([]*gomail.Msg, len(mails))
	any := false
	for i, m := range mails {
		if made[i], answers[i] = s.make(m); answers[i] == nil {
			any = true
		}
	}
	if !any {
		return answers
	}
	c, session, err := s.open(ctx)
	for i := range mails {
		if answers[i] != nil {
			continue
		}
		if err == nil && session == nil { // the one before took the connection with it
			c, session, err = s.open(ctx)
		}
		if err != nil {
			answers[i] = err
			continue
		}
		if answers[i] = s.one(c, session, made[i]); broken(answers[i]) {
			_ = session.Close()
			session = nil
		}
	}
	if session != nil {
		_ = c.CloseWithSMTPClient(session)
	}
	return answers
}

// broken tells whether the connection cannot be used for the next mail.
func broken(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Code == ""
}

// one sends a mail; a hidden copy that is refused does not keep it from whom it
// is for.
func (s *SMTP) one(c *gomail.Client, session *smtp.Client, m *gomail.Msg) error {
	err := c.SendWithSMTPClient(session, m)
	if m.IsDelivered() {
		return nil // what came after that is only the goodbye
	}
	var failed *gomail.SendError
	if errors.As(err, &failed) && failed.Reason == gomail.ErrSMTPRcptTo && failed.ErrorCode() != 0 && s.bcc != "" && strings.Contains(failed.Error(), s.bcc) &&
		!strings.Contains(failed.Error(), recipient(m)) {
		m.SetAddrHeaderIgnoreInvalid(gomail.HeaderBcc)
		if err = c.SendWithSMTPClient(session, m); m.IsDelivered() {
			return nil
		}
	}
	return s.sendFailed(err)
}

func recipient(m *gomail.Msg) string {
	if to := m.GetTo(); len(to) > 0 {
		return to[0].Address
	}
	return ""
}

// make puts a mail together; what cannot be one is Wrong.
func (s *SMTP) make(m *Message) (*gomail.Msg, error) {
	out := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	wrong := func(err error) (*gomail.Msg, error) { return nil, &Error{Kind: Wrong, Err: err} }
	if !email.Plausible(m.To) {
		return wrong(errors.New("no address"))
	}
	if err := out.FromFormat(oneLine(s.fromName), s.from); err != nil {
		return wrong(err)
	}
	to, err := asciiDomain(m.To)
	if err == nil {
		err = out.AddToFormat(oneLine(m.ToName), to)
	}
	if err != nil {
		return wrong(err)
	}
	if s.bcc != "" {
		if err := out.Bcc(s.bcc); err != nil {
			return wrong(err)
		}
	}
	out.Subject(oneLine(m.Subject))
	out.SetDate()
	if m.ID == "" {
		out.SetMessageID()
	} else {
		out.SetMessageIDWithValue(oneLine(m.ID))
	}
	if m.Unsubscribe != "" {
		out.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+oneLine(m.Unsubscribe)+">")
		out.SetGenHeader(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	out.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		out.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	for _, f := range m.Inline {
		if err := out.EmbedReader(f.Name, strings.NewReader(string(f.Data)), gomail.WithFileContentType(gomail.ContentType(f.Type))); err != nil {
			return wrong(err)
		}
	}
	for _, f := range m.Files {
		if err := out.AttachReader(f.Name, strings.NewReader(string(f.Data)), gomail.WithFileContentType(gomail.ContentType(f.Type))); err != nil {
			return wrong(err)
		}
	}
	return out, nil
}

// asciiDomain is an address as every server takes it: почта@пример.рф has a domain
// in letters of its own.
func asciiDomain(address string) (string, error) {
	local, domain, _ := strings.Cut(address, "@")
	ascii, err := idna.Lookup.ToASCII(domain)
	return local + "@" + ascii, err
}

// oneLine takes out of a text what could end a header: every kind of line end and
// control sign.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, "�"), func(r rune) bool {
		return r < ' ' || r == 0x7f || r == 0x85 || r == 0x2028 || r == 0x2029
	}), " ")
}

// open begins a session.
func (s *SMTP) open(ctx context.Context) (*gomail.Client, *smtp.Client, error) {
	var reached, trusted bool
	options := []gomail.Option{gomail.WithPort(s.port), gomail.WithTimeout(stepTimeout), gomail.WithTLSConfig(s.tls), gomail.WithHELO("localhost"),
		gomail.WithDialContextFunc(func(within context.Context, network, address string) (net.Conn, error) {
			conn, err := s.connect(ctx, within, network, address)
			reached = err == nil || errors.Is(err, errHandshake)
			trusted = err == nil
			return conn, err
		})}
	switch s.security {
	case StartTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case TLS: // the connection we hand over is encrypted
		options = append(options, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	if s.user != "" {
		auth := gomail.SMTPAuthAutoDiscover
		if s.login == ByToken {
			auth = gomail.SMTPAuthXOAUTH2
		}
		options = append(options, gomail.WithSMTPAuth(auth), gomail.WithUsername(s.user), gomail.WithPassword(s.password.Reveal()))
	}
	c, err := gomail.NewClient(s.host, options...)
	if err != nil {
		return nil, nil, &Error{Kind: Wrong, Err: s.clean(err)}
	}
	session, err := c.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return nil, nil, s.openFailed(err, reached, trusted)
	}
	return c, session, nil
}

// errHandshake marks a server that was reached and not trusted.
var errHandshake = errors.New("handshake")

// connect dials and, where the server speaks TLS from the first byte, trusts it.
func (s *SMTP) connect(ctx, within context.Context, network, address string) (net.Conn, error) {
	raw, err := s.dial(within, network, address)
	if err != nil {
		return nil, err
	}
	conn := net.Conn(&bounded{Conn: raw, left: maxHeard})
	context.AfterFunc(ctx, func() { _ = raw.SetDeadline(time.Unix(1, 0)) }) // whoever waits for it is told at once
	if s.security != TLS {
		return conn, nil
	}
	secured := tls.Client(conn, s.tls)
	if err := secured.HandshakeContext(within); err != nil {
		_ = raw.Close()
		return nil, errors.Join(errHandshake, err)
	}
	return secured, nil
}

// bounded is a connection over which a server may say so much and no more: its
// answers are read line by line, and a line may be endless.
type bounded struct {
	net.Conn
	left int64
}

var errTooMuch = errors.New("the server says more than a mail server has to say")

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooMuch
	}
	n, err := b.Conn.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

// openFailed says what a session that did not begin means: nothing was sent.
func (s *SMTP) openFailed(err error, reached, trusted bool) *Error {
	e := &Error{Kind: Unreachable, Err: s.clean(err)}
	code, said := s.answer(err)
	e.Code, e.Said = code, said
	switch text := err.Error(); {
	case !reached:
	case !trusted, isTLS(err), strings.Contains(text, "does not support STARTTLS"), strings.Contains(text, "unencrypted connection"):
		e.Kind = Untrusted
	case strings.HasPrefix(text, "SMTP AUTH failed"), strings.Contains(text, "SMTP AUTH"), strings.Contains(text, "authentication"):
		e.Kind = Login
		if strings.HasPrefix(code, "4") {
			e.Kind = Later
		}
	case strings.HasPrefix(code, "4"):
		e.Kind = Later
	case strings.HasPrefix(code, "5"):
		e.Kind = Refused
	}
	return e
}

func isTLS(err error) bool {
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var record tls.RecordHeaderError
	var verify *tls.CertificateVerificationError
	return errors.As(err, &unknown) || errors.As(err, &name) || errors.As(err, &invalid) || errors.As(err, &record) || errors.As(err, &verify)
}

// sendFailed says what a mail that was not taken means. Only where the text was
// out and no answer came does nobody know.
func (s *SMTP) sendFailed(err error) *Error {
	e := &Error{Kind: Unreachable, Err: s.clean(err)}
	e.Code, e.Said = s.answer(err)
	var failed *gomail.SendError
	if errors.As(err, &failed) && failed.ErrorCode() != 0 {
		e.Code = strings.TrimSpace(strconv.Itoa(failed.ErrorCode()) + " " + failed.EnhancedStatusCode())
		e.Said = s.words(failed)
	}
	switch {
	case strings.HasPrefix(e.Code, "4"):
		e.Kind = Later
	case strings.HasPrefix(e.Code, "5"):
		e.Kind = Refused
	case failed != nil && failed.Reason == gomail.ErrSMTPDataClose:
		e.Kind = Unknown
	}
	return e
}

// answer is the server's code and words in an error.
func (s *SMTP) answer(err error) (code, said string) {
	var told *textproto.Error
	if !errors.As(err, &told) {
		return "", ""
	}
	return strconv.Itoa(told.Code), s.cut(told.Msg)
}

// words are the server's in the error of a sending, which holds them as text alone:
// behind its code, before what the library adds.
func (s *SMTP) words(failed *gomail.SendError) string {
	_, said, _ := strings.Cut(failed.Error(), strconv.Itoa(failed.ErrorCode())+" ")
	said, _, _ = strings.Cut(said, ", affected recipient")
	said, _, _ = strings.Cut(said, ", affected message")
	return s.cut(said)
}

func (s *SMTP) cut(said string) string {
	r := []rune(oneLine(s.mask(said)))
	return string(r[:min(len(r), maxSaid)])
}

// clean is an error for the log.
func (s *SMTP) clean(err error) error { return errors.New(s.mask(err.Error())) }

func (s *SMTP) mask(text string) string {
	if s.password.Empty() {
		return text
	}
	return strings.ReplaceAll(text, s.password.Reveal(), "…")
}
