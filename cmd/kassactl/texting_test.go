package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/sms/smstest"
)

func TestSMS(t *testing.T) {
	home, _ := demo(t)
	server, err := smstest.NewServer(smstest.Options{})
	require.NoError(t, err)
	defer server.Close()
	t.Setenv("KASSA_SMS_PROVIDER", "smsru")
	t.Setenv("KASSA_SMS_SMSRU_BASE_URL", server.URL())

	out, _, exit := call(t, home, "sms", "balance", "--json")
	assert.Equal(t, exitRefused, exit, "there is no token yet")
	code, message := fault(t, out)
	assert.Equal(t, "invalid", code)
	assert.NotEmpty(t, message)

	t.Setenv("KASSA_SMS_SMSRU_API_ID", smstest.TestAPIID)
	out, _, exit = call(t, home, "sms", "balance", "--json")
	require.Zero(t, exit, out)
	assert.Contains(t, out, `"balance":"412.56","currency":"RUB"`)
	out, _, exit = call(t, home, "sms", "cost", "+79000000001", "Проба", "--json")
	require.Zero(t, exit, out)
	assert.Contains(t, out, `"cost":"4.50"`)
	out, errOut, exit := call(t, home, "sms", "send", "--to", "8 900 000-00-01", "--text", "Проба")
	require.Zero(t, exit, errOut)
	require.Len(t, server.Messages(), 1)
	assert.Equal(t, "Проба", server.Messages()[0].Text)
	assert.NotContains(t, out, "9000000001", "the number is masked")

	server.Break(smstest.RefuseRequest(201))
	out, _, exit = call(t, home, "sms", "send", "+79000000002", "--json")
	assert.Equal(t, exitRefused, exit)
	code, _ = fault(t, out)
	assert.Equal(t, "limit", code)
	assert.Empty(t, server.Breaches())
}
