package smsru

import (
	"io"
	"log"
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/sms"
	"kassa/sms/smstest"
	"kassa/sms/vendorhttp"
)

func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

// replay answers every request with the same bytes, without a network.
type replay struct {
	status      int
	contentType string
	body        string
}

func (r replay) RoundTrip(req *http.Request) (*http.Response, error) {
	_, _ = io.Copy(io.Discard, req.Body)
	_ = req.Body.Close()
	return &http.Response{StatusCode: r.status, Header: http.Header{"Content-Type": {r.contentType}},
		Body: io.NopCloser(strings.NewReader(r.body)), Request: req}, nil
}

// FuzzAnswer lets the provider say anything at all.
func FuzzAnswer(f *testing.F) {
	for _, body := range []string{
		`{"status":"OK","status_code":100,"sms":{"79000000001":{"status":"OK","status_code":100,"sms_id":"202600-1"}},"balance":412.56}`,
		`{"status":"OK","status_code":"100","sms":[{"status":"OK","status_code":"100","cost":"4.5","sms":1}],"balance":null}`,
		`{"status":"OK","status_code":100,"sms":{"79000000001":{"status":"ERROR","status_code":221,"status_text":"x","sms_id":"1"}}}`,
		`{"status":"ERROR","status_code":200,"status_text":"wrong ` + smstest.TestAPIID + ` +7 900 000-00-01"}`,
		`{"status":"OK","status_code":100,"balance":1e99999}`, `<html>`, ``, `null`, `[[[[`, "100\n1",
	} {
		f.Add(200, "application/json", body)
	}
	f.Add(502, "text/html", "<html>")
	f.Add(302, "", "")
	f.Fuzz(func(t *testing.T, status int, contentType, body string) {
		if status < 200 || status > 599 {
			t.Skip("no final answer of HTTP")
		}
		c, err := newClient(Config{APIID: sms.NewSecret(smstest.TestAPIID)}, vendorhttp.Params{Transport: replay{status, contentType, body}})
		require.NoError(t, err)

		receipt, err := c.Send(t.Context(), toSend())
		checkError(t, err)
		if err == nil {
			assert.GreaterOrEqual(t, strings.Count(body, "100"), 2, "success without 100 at both levels")
			assert.LessOrEqual(t, len(receipt.ID), vendorhttp.MaxID)
		}
		balance, err := c.Balance(t.Context())
		checkError(t, err)
		assert.Less(t, balance.Minor, int64(1e16))
		_, err = c.Cost(t.Context(), toSend())
		checkError(t, err)
		state, err := c.Status(t.Context(), "202600-1")
		checkError(t, err)
		checkText(t, state.ProviderText)
	})
}

func checkError(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	e := asError(t, err)
	assert.True(t, slices.Contains(sms.Messages(), e.Message()), e.Message())
	assert.NotEqual(t, sms.Accepted, e.Kind)
	assert.NotContains(t, err.Error(), smstest.TestAPIID)
	checkText(t, e.ProviderText)
}

func checkText(t *testing.T, s string) {
	t.Helper()
	assert.LessOrEqual(t, utf8.RuneCountInString(s), vendorhttp.MaxLine+1)
	assert.NotContains(t, s, smstest.TestAPIID)
	assert.NotContains(t, s, "\n")
	assert.NotContains(t, s, "9000000001")
}
