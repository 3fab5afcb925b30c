package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos/integration"
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

func TestSMSProviders(t *testing.T) {
	home, _ := demo(t)
	t.Setenv("KASSA_SMS_SMSRU_SENDER", "Shop")
	t.Setenv("KASSA_SMS_SANDBOX_FILE", "relative.jsonl")

	out, _, exit := call(t, home, "sms", "providers", "--json")
	require.Zero(t, exit, out)
	var told struct{ Providers []providerJSON }
	require.NoError(t, json.Unmarshal([]byte(out), &told))
	require.Len(t, told.Providers, 2)
	smsru, sandbox := told.Providers[0], told.Providers[1]
	assert.Equal(t, []string{"smsru", "SMS.RU", "sandbox"}, []string{smsru.ID, smsru.Name, sandbox.ID})
	assert.Equal(t, []bool{false, false, true, true}, []bool{smsru.Chosen, smsru.Training, sandbox.Chosen, sandbox.Training})
	assert.True(t, smsru.Balance && smsru.Cost && smsru.Status)
	assert.Equal(t, []integration.Way{integration.BySMS}, smsru.Channels)
	assert.Equal(t, fieldJSON{Key: "sms.smsru.api_id", Label: "API-токен (api_id)", Type: integration.Secret, Required: true, Secret: true,
		Problem: "Не заполнено поле «API-токен (api_id)» (SMS.RU). Заполните его в настройках."}, smsru.Fields[0])
	assert.Equal(t, fieldJSON{Key: "sms.smsru.sender", Label: "Отправитель", Type: integration.Text, Set: true}, smsru.Fields[1])
	assert.Equal(t, integration.Path, sandbox.Fields[0].Type)
	assert.Contains(t, sandbox.Fields[0].Problem, "полный путь")

	out, errOut, exit := call(t, home, "sms", "providers")
	require.Zero(t, exit, errOut)
	assert.Contains(t, out, "sms.smsru.api_id", "what is missing is told by its key")
	assert.Contains(t, out, "«Файл для сообщений» (Sandbox): значение не подходит")
}
