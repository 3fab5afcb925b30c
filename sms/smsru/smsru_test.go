package smsru

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"kassa/pos/integration"
	"kassa/sms"
	"kassa/sms/smstest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	number = "+79000000001"
	text   = "Код 123456: списание баллов 150,00 ₽"
)

// msgAskBadAnswer is what a person reads when the answer to a question makes no sense.
const msgAskBadAnswer = "sms.ask.bad-answer"

func toSend() sms.Message { return sms.Message{To: number, Text: text} }

// start returns a client and the server it talks to. Whatever a test does, the client must not break the
// protocol's rules.
func start(t *testing.T) (*Client, *smstest.Server) {
	t.Helper()
	server, err := smstest.NewServer(smstest.Options{})
	require.NoError(t, err)
	t.Cleanup(func() {
		assert.Empty(t, server.Breaches())
		server.Close()
	})
	return client(t, server.URL()), server
}

func client(t *testing.T, base string) *Client {
	t.Helper()
	c, err := New(Config{APIID: sms.NewSecret(smstest.TestAPIID), BaseURL: base})
	require.NoError(t, err)
	return c
}

func asError(t *testing.T, err error) *sms.Error {
	t.Helper()
	var e *sms.Error
	require.ErrorAs(t, err, &e)
	return e
}

func TestClient_Conformance(t *testing.T) {
	smstest.Conformance(t, func(t *testing.T) smstest.Subject {
		c, server := start(t)
		return smstest.Subject{
			Provider: c,
			Secrets:  []string{smstest.TestAPIID},
			Delivered: func() []sms.Message {
				var got []sms.Message
				for _, m := range server.Messages() {
					if !m.Test {
						got = append(got, sms.Message{To: "+" + m.To, Text: m.Text})
					}
				}
				return got
			},
			BreakBefore: func() { server.Close() },
			BreakAfter:  func() { server.Next(smstest.Reset()) },
		}
	})
}

func TestClient_Send(t *testing.T) {
	t.Run("puts the key into the body and the number as digits", func(t *testing.T) {
		c, server := start(t)
		_, err := c.Send(t.Context(), toSend())
		require.NoError(t, err)
		got := server.Requests()
		require.Len(t, got, 1)
		assert.Equal(t, "POST", got[0].Method)
		assert.Equal(t, "/sms/send", got[0].Path)
		assert.Equal(t, "json=1", got[0].Query)
		assert.Equal(t, map[string]string{"api_id": smstest.TestAPIID, "to": "79000000001", "msg": text}, got[0].Form)
	})
	t.Run("tells the id and the balance after", func(t *testing.T) {
		c, server := start(t)
		receipt, err := c.Send(t.Context(), toSend())
		require.NoError(t, err)
		assert.Equal(t, server.Messages()[0].ID, receipt.ID)
		assert.Equal(t, &sms.Balance{Minor: 41256 - 450, Currency: "RUB"}, receipt.BalanceAfter)
	})
	t.Run("prefers the message's sender to the one in the settings", func(t *testing.T) {
		_, server := start(t)
		c, err := New(Config{APIID: sms.NewSecret(smstest.TestAPIID), BaseURL: server.URL(), Sender: "SHOP"})
		require.NoError(t, err)
		m := toSend()
		_, err = c.Send(t.Context(), m)
		require.NoError(t, err)
		m.Sender, m.Text = "OTHER", m.Text+"!"
		_, err = c.Send(t.Context(), m)
		require.NoError(t, err)
		got := server.Messages()
		assert.Equal(t, "SHOP", got[0].Sender)
		assert.Equal(t, "OTHER", got[1].Sender)
	})
	t.Run("refuses a text of nine parts before sending", func(t *testing.T) {
		c, server := start(t)
		m := toSend()
		for range 10 {
			m.Text += text + text
		}
		_, err := c.Send(t.Context(), m)
		assert.Equal(t, sms.MsgTextTooLong, asError(t, err).Message())
		assert.Empty(t, server.Requests())
	})
	t.Run("reports an identical message as a duplicate that may arrive", func(t *testing.T) {
		c, server := start(t)
		_, err := c.Send(t.Context(), toSend())
		require.NoError(t, err)
		_, err = c.Send(t.Context(), toSend())
		assert.Equal(t, sms.Duplicate, sms.OutcomeOf(err))
		assert.True(t, sms.MayHaveLeft(err))
		assert.Len(t, server.Messages(), 1)
	})
	t.Run("reports an empty account", func(t *testing.T) {
		c, server := start(t)
		server.SetBalance(-10)
		_, err := c.Send(t.Context(), toSend())
		assert.Equal(t, sms.InsufficientFunds, sms.OutcomeOf(err))
	})
	t.Run("reports a wrong key", func(t *testing.T) {
		_, server := start(t)
		c, err := New(Config{APIID: sms.NewSecret("wrong-key"), BaseURL: server.URL()})
		require.NoError(t, err)
		_, err = c.Send(t.Context(), toSend())
		e := asError(t, err)
		assert.Equal(t, sms.AuthError, e.Kind)
		assert.Equal(t, "200", e.ProviderCode)
		assert.True(t, sms.NotSent(err))
	})
}

func TestClient_Send_Answers(t *testing.T) {
	const taken = `"status":"OK","status_code":100`
	tests := []struct {
		fault   smstest.Fault
		want    sms.Outcome
		message string // translation id; empty for the kind's own
		left    bool
	}{
		// Section by section of what the protocol's traps and the fault list name.
		{fault: smstest.StringsAndNulls(), want: sms.Accepted, left: true},
		{fault: smstest.MissingKeys(), want: sms.Accepted, left: true},
		{fault: smstest.OtherSpelling(), want: sms.Accepted, left: true},
		{fault: smstest.List(), want: sms.Accepted, left: true},
		{fault: smstest.RefuseNumber(221, false), want: sms.SenderNotApproved},
		{fault: smstest.RefuseNumber(221, true), want: sms.SenderNotApproved},
		{fault: smstest.RefuseNumber(207, false), want: sms.BadNumber},
		{fault: smstest.RefuseNumber(777, false), want: sms.Unknown, left: true},
		{fault: smstest.RefuseNumber(100, true), want: sms.Unknown, message: sms.MsgBadAnswer, left: true},
		{fault: smstest.RefuseRequest(220), want: sms.TemporaryError},
		{fault: smstest.RefuseRequest(100), want: sms.Unknown, message: sms.MsgBadAnswer, left: true},
		{fault: smstest.NoEntry(), want: sms.Unknown, message: sms.MsgBadAnswer, left: true},
		{fault: smstest.Page(), want: sms.TemporaryError, message: sms.MsgPortal},
		{fault: smstest.Redirect("https://portal.invalid/"), want: sms.TemporaryError, message: sms.MsgPortal},
		{fault: smstest.TooManyRequests(), want: sms.RateLimited},
		{fault: smstest.Answer(408, "text/plain", ""), want: sms.TemporaryError},
		{fault: smstest.Answer(503, "text/html", "<html>"), want: sms.TemporaryError},
		{fault: smstest.BadGateway(), want: sms.TemporaryError, message: sms.MsgServerTrouble, left: true},
		{fault: smstest.Answer(500, "application/json", `{"status":"ERROR","status_code":220}`), want: sms.TemporaryError},
		{fault: smstest.Answer(404, "text/html", "<html>"), want: sms.FailedRequest, message: sms.MsgWrongAddress},
		{fault: smstest.Empty(), want: sms.Unknown, message: sms.MsgBadAnswer, left: true},
		{fault: smstest.Truncated(), want: sms.Unknown, message: sms.MsgBadAnswer, left: true},
		{fault: smstest.Deep(), want: sms.Unknown, message: sms.MsgBadAnswer, left: true},
		{fault: smstest.GzipBomb(), want: sms.Unknown, message: sms.MsgBadAnswer, left: true},
		{fault: smstest.Reset(), want: sms.Unknown, message: sms.MsgNoAnswer, left: true},
		{fault: smstest.JSON(`null`), want: sms.Unknown, message: sms.MsgBadAnswer, left: true},
		{fault: smstest.JSON(`[]`), want: sms.Unknown, message: sms.MsgBadAnswer, left: true},
		{fault: smstest.JSON(`100`), want: sms.Unknown, message: sms.MsgBadAnswer, left: true},
		{fault: smstest.JSON("100\n202600-1000001"), want: sms.Unknown, message: sms.MsgBadAnswer, left: true},
		{fault: smstest.JSON(`{"response":{` + taken + `}}`), want: sms.Unknown, message: sms.MsgBadAnswer, left: true},
		{fault: smstest.JSON(`{` + taken + `,"sms":null}`), want: sms.Unknown, message: sms.MsgBadAnswer, left: true},
		{fault: smstest.JSON(`{` + taken + `,"sms":[]}`), want: sms.Unknown, message: sms.MsgBadAnswer, left: true},
		{fault: smstest.JSON(`{` + taken + `,"sms":"79000000001"}`), want: sms.Unknown, message: sms.MsgBadAnswer, left: true},
		{fault: smstest.JSON(`{` + taken + `,"sms":{"79000000001":"OK"}}`), want: sms.Unknown, message: sms.MsgBadAnswer, left: true},
		{fault: smstest.JSON(`{` + taken + `,"sms":{"79000000001":null}}`), want: sms.Unknown, message: sms.MsgBadAnswer, left: true},
		{fault: smstest.JSON(`{` + taken + `,"sms":{"79000000001":{"status":"OK"}}}`), want: sms.Unknown, message: sms.MsgBadAnswer, left: true},
		{fault: smstest.JSON(`{` + taken + `,"sms":{"79000000001":{"status":"OK","status_code":103}}}`), want: sms.Unknown, left: true},
		{fault: smstest.JSON(`{` + taken + `,"sms":{"79000000001":{"status":"OK","status_code":207}}}`), want: sms.Unknown, message: sms.MsgBadAnswer, left: true},
		{fault: smstest.JSON(`{` + taken + `,"sms":{"1":{` + taken + `},"2":{` + taken + `}}}`), want: sms.Unknown, message: sms.MsgBadAnswer, left: true},
		{fault: smstest.JSON(`{"status":"OK","status_code":"100.0","sms":{"79000000001":{` + taken + `}}}`), want: sms.Unknown, message: sms.MsgBadAnswer, left: true},
		{fault: smstest.JSON(`{` + taken + `,"sms":{` + taken + `,"sms_id":7}}`), want: sms.Accepted, left: true},
		{fault: smstest.JSON("\ufeff" + `{` + taken + `,"sms":{"79000000001":{` + taken + `,"sms_id":"1"}}}`), want: sms.Accepted, left: true},
	}
	for _, test := range tests {
		t.Run(test.fault.Name, func(t *testing.T) {
			c, server := start(t)
			server.Next(test.fault)
			_, err := c.Send(t.Context(), toSend())
			assert.Equal(t, test.want, sms.OutcomeOf(err), "%v", err)
			assert.Equal(t, test.left, sms.MayHaveLeft(err), "%v", err)
			if test.message != "" {
				assert.Equal(t, test.message, asError(t, err).Message())
			}
			assert.Len(t, server.Requests(), 1, "sent again by itself")
		})
	}
}

// TestClient_Send_Codes holds the client to the reference table, at the top level and beside the number.
func TestClient_Send_Codes(t *testing.T) {
	table := map[sms.Outcome][]int{
		sms.AuthError:         {200, 300, 301, 302, 303},
		sms.InsufficientFunds: {201},
		sms.BadNumber:         {150, 202, 207},
		sms.FailedRequest:     {203, 205, 208, 210, 211, 212, 213, 901, 902},
		sms.SenderNotApproved: {204, 221},
		sms.RateLimited:       {130, 206, 230, 233, 304, 305, 501, 502, 503, 504, 505, 506, 507, 550},
		sms.Blocked:           {209, 214, 215, 216, 217, 218, 219},
		sms.TemporaryError:    {220, 500},
		sms.Duplicate:         {131, 132, 231, 232},
		sms.Unknown:           {-1, 0, 101, 102, 103, 104, 108, 110, 199, 222, 400, 401, 402, 999, 1 << 40},
	}
	c, server := start(t)
	for want, codes := range table {
		for _, code := range codes {
			for level, fault := range map[string]smstest.Fault{
				"request": smstest.RefuseRequest(code), "number": smstest.RefuseNumber(code, false),
			} {
				server.Next(fault)
				_, err := c.Send(t.Context(), toSend())
				e := asError(t, err)
				daily := code == 130 || code == 206 || code == 230
				assert.Equal(t, daily, asError(t, err).Message() == sms.MsgDailyLimit, "%d: tomorrow, not in some minutes", code)
				assert.Equal(t, want, e.Kind, "%d for the %s", code, level)
				assert.Equal(t, strconv.Itoa(code), e.ProviderCode)
				assert.Equal(t, "отказано", e.ProviderText)
				assert.Equal(t, want == sms.Unknown || want == sms.Duplicate, sms.MayHaveLeft(err), "%d", code)
			}
		}
	}
	assert.Equal(t, sms.Accepted, RequestOutcome(100))
	assert.Empty(t, server.Messages())
}

func TestClient_Status(t *testing.T) {
	t.Run("follows a message from the queue to the phone", func(t *testing.T) {
		c, server := start(t)
		server.SetProgress(100, 102, 103)
		receipt, err := c.Send(t.Context(), toSend())
		require.NoError(t, err)
		var states []sms.State
		for range 4 {
			status, err := c.Status(t.Context(), receipt.ID)
			require.NoError(t, err)
			assert.Equal(t, &sms.Cost{Minor: 450, Currency: "RUB"}, status.Cost)
			states = append(states, status.State)
		}
		assert.Equal(t, []sms.State{sms.StateQueued, sms.StateQueued, sms.StateDelivered, sms.StateDelivered}, states)
	})
	t.Run("knows every state of the reference table", func(t *testing.T) {
		table := []struct {
			code   int
			state  sms.State
			reason sms.Outcome
		}{
			{-1, sms.StateUnknown, ""}, {100, sms.StateQueued, ""}, {101, sms.StateQueued, ""}, {102, sms.StateQueued, ""},
			{103, sms.StateDelivered, ""}, {110, sms.StateDelivered, ""},
			{104, sms.StateFailed, sms.FailedPermanent}, {105, sms.StateFailed, sms.FailedPermanent},
			{106, sms.StateFailed, sms.FailedPermanent}, {107, sms.StateFailed, sms.FailedPermanent},
			{108, sms.StateFailed, sms.FailedPermanent},
			{130, sms.StateFailed, sms.RateLimited}, {131, sms.StateFailed, sms.Duplicate},
			{132, sms.StateFailed, sms.Duplicate}, {150, sms.StateFailed, sms.BadNumber},
			{400, sms.StateQueued, ""}, {401, sms.StateDelivered, ""}, {402, sms.StateFailed, sms.FailedPermanent},
			{109, sms.StateUnknown, ""}, {777, sms.StateUnknown, ""},
		}
		c, server := start(t)
		receipt, err := c.Send(t.Context(), toSend())
		require.NoError(t, err)
		for _, row := range table {
			server.SetProgress(row.code)
			status, err := c.Status(t.Context(), receipt.ID)
			require.NoError(t, err)
			assert.Equal(t, row.state, status.State, "%d", row.code)
			assert.Equal(t, row.reason, status.Reason, "%d", row.code)
			assert.Equal(t, strconv.Itoa(row.code), status.ProviderCode)
		}
	})
	t.Run("reports what it cannot understand", func(t *testing.T) {
		c, server := start(t)
		for _, fault := range []smstest.Fault{smstest.NoEntry(), smstest.Empty(),
			smstest.JSON(`{"status":"OK","status_code":100,"sms":{"x":{"status":"OK"}}}`)} {
			server.Next(fault)
			_, err := c.Status(t.Context(), "x")
			assert.Equal(t, msgAskBadAnswer, asError(t, err).Message(), fault.Name)
		}
		server.Next(smstest.RefuseRequest(301))
		_, err := c.Status(t.Context(), "x")
		assert.Equal(t, sms.AuthError, sms.OutcomeOf(err))
	})
}

func TestClient_Cost(t *testing.T) {
	t.Run("tells price and parts", func(t *testing.T) {
		c, server := start(t)
		m := toSend()
		m.Text += text
		for _, fault := range []smstest.Fault{smstest.OK(), smstest.StringsAndNulls(), smstest.MissingKeys()} {
			server.Next(fault)
			cost, err := c.Cost(t.Context(), m)
			require.NoError(t, err, fault.Name)
			assert.Equal(t, sms.Cost{Minor: 900, Currency: "RUB", Parts: 2}, cost, fault.Name)
		}
		assert.Empty(t, server.Messages())
	})
	t.Run("reports a refused number, where there is no total", func(t *testing.T) {
		c, server := start(t)
		server.Next(smstest.JSON(`{"status":"OK","status_code":100,"sms":{"79000000001":{"status":"ERROR","status_code":207}}}`))
		_, err := c.Cost(t.Context(), toSend())
		assert.Equal(t, sms.BadNumber, sms.OutcomeOf(err))
	})
	t.Run("does not invent a price", func(t *testing.T) {
		c, server := start(t)
		server.Next(smstest.JSON(`{"status":"OK","status_code":100,"sms":{"79000000001":{"status":"OK","status_code":100,"cost":null}}}`))
		_, err := c.Cost(t.Context(), toSend())
		assert.Equal(t, msgAskBadAnswer, asError(t, err).Message())
	})
}

func TestClient_Balance(t *testing.T) {
	t.Run("reads every way to write a sum", func(t *testing.T) {
		c, server := start(t)
		for written, want := range map[string]int64{
			`412.56`: 41256, `"412.56"`: 41256, `0`: 0, `-3.5`: -350, `10`: 1000, `412.55999999999997`: 41256,
			`1e2`: 10000, `" 7.1 "`: 710,
		} {
			server.Next(smstest.JSON(`{"status":"OK","status_code":100,"balance":` + written + `}`))
			balance, err := c.Balance(t.Context())
			require.NoError(t, err, written)
			assert.Equal(t, sms.Balance{Minor: want, Currency: "RUB"}, balance, written)
		}
	})
	t.Run("does not believe anything else", func(t *testing.T) {
		c, server := start(t)
		for _, written := range []string{`null`, `""`, `"много"`, `{}`, `[1]`, `true`, `1e999999999`, `-1e-999999999`,
			`99999999999999999999`, `1e19`, `"0x10"`, `"NaN"`} {
			server.Next(smstest.JSON(`{"status":"OK","status_code":100,"balance":` + written + `}`))
			_, err := c.Balance(t.Context())
			assert.Equal(t, msgAskBadAnswer, asError(t, err).Message(), written)
		}
	})
	t.Run("reports a wrong key", func(t *testing.T) {
		_, server := start(t)
		c, err := New(Config{APIID: sms.NewSecret("wrong-key"), BaseURL: server.URL()})
		require.NoError(t, err)
		_, err = c.Balance(t.Context())
		assert.Equal(t, sms.AuthError, sms.OutcomeOf(err))
	})
}

func TestClient_HidesWhatIsNobodysBusiness(t *testing.T) {
	c, server := start(t)
	var log bytes.Buffer
	server.Next(smstest.JSON(fmt.Sprintf(`{"status":"ERROR","status_code":202,"status_text":"%s +7 900 000-00-01 79000000001 %s\u202e\n<b>"}`,
		smstest.TestAPIID, "123456")))
	_, err := c.Send(t.Context(), toSend())
	slog.New(slog.NewJSONHandler(&log, nil)).Error("x", "err", err, "client", c, "key", c.apiID)
	encoded, jsonErr := json.Marshal(c.apiID)
	require.NoError(t, jsonErr)
	shown := fmt.Sprintf("%v %+v %#v %+v %#v %s", err, asError(t, err), asError(t, err), c, c, encoded) + log.String()
	for _, secret := range []string{smstest.TestAPIID, "9000000001", "900 000", "123456", "\u202e"} {
		assert.NotContains(t, shown, secret)
	}
	assert.Equal(t, "*** +*** <b>", asError(t, err).ProviderText)
}

func TestNew(t *testing.T) {
	key := sms.NewSecret("key")
	tests := []struct {
		name    string
		cfg     Config
		setting string
		message string
	}{
		{"no key", Config{}, KeyAPIID, sms.MsgSettingMissing},
		{"key with a line end", Config{APIID: sms.NewSecret("key\n")}, KeyAPIID, sms.MsgSettingInvalid},
		{"plain HTTP to another machine", Config{APIID: key, BaseURL: "http://sms.ru"}, KeyBaseURL, sms.MsgInsecureAddress},
		{"plain HTTP to a name that looks like loopback", Config{APIID: key, BaseURL: "http://127.0.0.1.example.org"}, KeyBaseURL, sms.MsgInsecureAddress},
		{"plain HTTP to every address", Config{APIID: key, BaseURL: "http://0.0.0.0:1"}, KeyBaseURL, sms.MsgInsecureAddress},
		{"another scheme", Config{APIID: key, BaseURL: "ftp://sms.ru"}, KeyBaseURL, sms.MsgSettingInvalid},
		{"no scheme", Config{APIID: key, BaseURL: "sms.ru"}, KeyBaseURL, sms.MsgSettingInvalid},
		{"password in it", Config{APIID: key, BaseURL: "https://user:hunter2@sms.ru"}, KeyBaseURL, sms.MsgSettingInvalid},
		{"password in what is no address", Config{APIID: key, BaseURL: "https://user:hunter2@sms.ru:port"}, KeyBaseURL, sms.MsgSettingInvalid},
		{"query in it", Config{APIID: key, BaseURL: "https://sms.ru?api_id=1"}, KeyBaseURL, sms.MsgSettingInvalid},
		{"no host", Config{APIID: key, BaseURL: "https://:443"}, KeyBaseURL, sms.MsgSettingInvalid},
	}
	for _, test := range tests {
		t.Run("refuses "+test.name, func(t *testing.T) {
			_, err := New(test.cfg)
			e := asError(t, err)
			assert.Equal(t, test.setting, e.Setting)
			assert.Equal(t, test.message, e.Message())
			assert.NotContains(t, err.Error(), "hunter2")
		})
	}
	for _, base := range []string{"", "https://sms.ru/", "https://proxy.example.org/smsru", "http://127.0.0.1:1", "http://[::1]:1", "http://localhost:1", "http://127.8.8.8"} {
		t.Run("takes "+base, func(t *testing.T) {
			_, err := New(Config{APIID: key, BaseURL: base})
			assert.NoError(t, err)
		})
	}
}

func TestVendor(t *testing.T) {
	_, server := start(t)
	catalogue := sms.NewCatalogue(Vendor())
	_, err := catalogue.Open(ID, integration.Values{})
	assert.Equal(t, KeyAPIID, asError(t, err).Setting)

	p, err := catalogue.Open(ID, integration.Values{
		Plain:   map[string]string{KeyBaseURL: " " + server.URL() + "/ ", KeySender: "SHOP"},
		Secrets: map[string]sms.Secret{KeyAPIID: sms.NewSecret(smstest.TestAPIID)},
	})
	require.NoError(t, err)
	_, err = p.Send(t.Context(), toSend())
	require.NoError(t, err)
	assert.Equal(t, "SHOP", server.Messages()[0].Sender)
	assert.Equal(t, "123456", server.Messages()[0].Code())
}

func TestClient_RefusedConnection(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	base := "http://" + l.Addr().String()
	require.NoError(t, l.Close())
	_, err = client(t, base).Send(context.Background(), toSend())
	assert.Equal(t, sms.MsgOffline, asError(t, err).Message())
	assert.True(t, sms.NotSent(err))
}
