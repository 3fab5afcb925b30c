package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestReceiptData(t *testing.T) {
	home := sold(t)
	out, errOut, exit := call(t, home, "receipt-data", "1")
	require.Equal(t, exitDone, exit, errOut)
	var alone struct {
		Positions []struct {
			Amount    int64   `json:"amount"`
			TaxAmount *int64  `json:"tax_amount"`
			Quantity  float64 `json:"quantity"`
		} `json:"positions"`
	}
	require.NoError(t, json.Unmarshal([]byte(out), &alone), "the object alone, to be sent on")
	require.Len(t, alone.Positions, 1)
	require.Positive(t, alone.Positions[0].Amount)
	require.NotNil(t, alone.Positions[0].TaxAmount)
	require.InDelta(t, 1, alone.Positions[0].Quantity, 0)
	require.Contains(t, errOut, "НДС выделен из суммы", "whoever looks is told how VAT was reckoned")

	// What the program writes it takes too.
	file := filepath.Join(t.TempDir(), "told.json")
	require.NoError(t, os.WriteFile(file, []byte(out), 0o600))
	said, errOut, exit := call(t, home, "receipt-data", "check", file)
	require.Equal(t, exitDone, exit, errOut)
	require.Contains(t, said, "Принято: 1 позиция.")

	added, _, exit := call(t, home, "receipt-data", "--vat", "added", "--json")
	require.Equal(t, exitDone, exit)
	var whole struct {
		VAT      string            `json:"vat"`
		Payment  int64             `json:"payment_minor"`
		Findings []json.RawMessage `json:"findings"`
	}
	require.NoError(t, json.Unmarshal([]byte(added), &whole))
	require.Equal(t, "added", whole.VAT)
	require.Equal(t, alone.Positions[0].Amount, whole.Payment)
	require.NotNil(t, whole.Findings)
}

func TestReceiptData_Refusals(t *testing.T) {
	home, _ := demo(t)
	dir := t.TempDir()
	put := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	for _, c := range []struct {
		args []string
		exit int
		says string
	}{
		{[]string{"receipt-data", "999999"}, exitRefused, "Такой продажи нет"},
		{[]string{"receipt-data", "--vat", "some"}, exitUsage, "included, added"},
		{[]string{"receipt-data", "check"}, exitUsage, "файл"},
		{[]string{"receipt-data", "check", filepath.Join(dir, "none.json")}, exitRefused, "none.json"},
		{[]string{"receipt-data", "check", put("html.json", "<html>")}, exitRefused, "нет позиций чека"},
		{[]string{"receipt-data", "check", put("large.json", strings.Repeat(" ", maxReceiptData+1))}, exitRefused, "1 МиБ"},
		{[]string{"receipt-data", "check", put("bad.json", `{"positions":[{"amount":-1}]}`)}, exitRefused, "V2: Позиция 1"},
		{[]string{"receipt-data", "check", put("odd.json", `{"payment":{"amount":2},"receipt_data":{"positions":[{"amount":1}]}}`)}, exitDone, "V10: К оплате 2"},
	} {
		out, errOut, exit := call(t, home, c.args...)
		require.Equal(t, c.exit, exit, c.args)
		require.Contains(t, out+errOut, c.says, c.args)
	}
}
