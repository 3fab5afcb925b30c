package smstest

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func start(t *testing.T, opts Options) *Server {
	t.Helper()
	s, err := NewServer(opts)
	require.NoError(t, err)
	t.Cleanup(s.Close)
	return s
}

// post asks the server as a careful client would.
func post(t *testing.T, s *Server, path string, form url.Values) map[string]any {
	t.Helper()
	if !form.Has("api_id") {
		form.Set("api_id", TestAPIID)
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.PostForm(s.URL()+path+"?json=1", form)
	require.NoError(t, err)
	defer func() { require.NoError(t, resp.Body.Close()) }()
	var reply map[string]any
	require.NoError(t, json.NewDecoder(resp.Body).Decode(&reply))
	return reply
}

func code(t *testing.T, reply map[string]any, number string) float64 {
	t.Helper()
	entry := reply["sms"].(map[string]any)[number].(map[string]any)
	return entry["status_code"].(float64)
}

const to = "79000000001"

func TestServer_TakesMessages(t *testing.T) {
	s := start(t, Options{BalanceMinor: 1000})
	send := func(text string) float64 {
		return code(t, post(t, s, "/sms/send", url.Values{"to": {to}, "msg": {text}, "from": {"SHOP"}}), to)
	}
	assert.Equal(t, 100.0, send("Код 012345: баллы 1500,00"))
	assert.Equal(t, 231.0, send("Код 012345: баллы 1500,00"), "identical")
	assert.Equal(t, 100.0, send("Код 999999"))
	assert.Equal(t, 201.0, send("Код 888888"), "the money is spent")
	assert.Equal(t, 202.0, code(t, post(t, s, "/sms/send", url.Values{"to": {"7900"}, "msg": {"x"}}), "7900"))

	got := s.Messages()
	require.Len(t, got, 2)
	assert.Equal(t, Received{ID: got[0].ID, To: to, Text: "Код 012345: баллы 1500,00", Sender: "SHOP"}, got[0])
	assert.Equal(t, "012345", got[0].Code())
	assert.Empty(t, s.Breaches())
	assert.Equal(t, 1.0, post(t, s, "/my/balance", url.Values{})["balance"])

	s.SetBalance(100000)
	s.AllowRepeats()
	assert.Equal(t, 100.0, send("Код 999999"))
}

func TestServer_KnowsItsKeyAndMethods(t *testing.T) {
	s := start(t, Options{APIID: "own"})
	assert.Equal(t, 200.0, post(t, s, "/my/balance", url.Values{})["status_code"])
	assert.Equal(t, 412.56, post(t, s, "/my/balance", url.Values{"api_id": {"own"}})["balance"])
	assert.Equal(t, 211.0, post(t, s, "/my/nothing", url.Values{"api_id": {"own"}})["status_code"])
}

func TestServer_NoticesCarelessClients(t *testing.T) {
	s := start(t, Options{})
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Get(s.URL() + "/sms/send?api_id=" + TestAPIID + "&to=%2B" + to)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	assert.Contains(t, s.Breaches(), "/sms/send: api_id in the address")
	assert.Contains(t, s.Breaches(), "/sms/send: method GET instead of POST")
	assert.Contains(t, s.Breaches(), "/sms/send: no api_id in the body")
	post(t, s, "/sms/send", url.Values{"to": {"+" + to}, "msg": {"x"}})
	assert.Contains(t, s.Breaches(), "/sms/send: number is not one number in digits")
}

func TestServer_Faults(t *testing.T) {
	s := start(t, Options{})
	send := func(text string) float64 {
		reply := post(t, s, "/sms/send", url.Values{"to": {to}, "msg": {text}})
		if _, ok := reply["sms"]; !ok {
			return reply["status_code"].(float64)
		}
		return code(t, reply, to)
	}
	s.Next(RefuseNumber(221, true), OK(), RefuseRequest(220))
	assert.Equal(t, 221.0, send("1"))
	assert.Equal(t, 100.0, send("2"))
	assert.Equal(t, 220.0, send("3"))
	assert.Equal(t, 100.0, send("4"))
	s.Break(RefuseRequest(500))
	assert.Equal(t, 500.0, send("5"))
	assert.Equal(t, 500.0, send("6"))
	s.Repair()
	assert.Equal(t, 100.0, send("7"))
	assert.Len(t, s.Messages(), 3)
}

func TestServer_Wait(t *testing.T) {
	s := start(t, Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := s.WaitMessages(ctx, 1)
	assert.ErrorIs(t, err, context.Canceled)

	waited := make(chan int)
	go func() {
		got, _ := s.WaitRequests(t.Context(), 2)
		waited <- len(got)
	}()
	post(t, s, "/my/balance", url.Values{})
	post(t, s, "/auth/check", url.Values{})
	assert.Equal(t, 2, <-waited)
}

func TestReceived_Code(t *testing.T) {
	for text, want := range map[string]string{
		"Код 012345": "012345", "123456": "123456", "1234567 баллов": "", "нет": "", "12345 и 654321.": "654321",
	} {
		assert.Equal(t, want, Received{Text: text}.Code(), text)
	}
}
