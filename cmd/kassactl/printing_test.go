package main

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/print/printtest"
)

// sold is a demo shop with one sale in an open shift.
func sold(t *testing.T) (home string) {
	t.Helper()
	home, made := demo(t)
	s, err := shop.Open(t.Context(), shop.Options{Home: home})
	require.NoError(t, err)
	owner, err := s.Till.Login(t.Context(), made.Employees[0].PIN)
	require.NoError(t, err)
	_, err = s.Till.OpenShift(t.Context(), owner, 0)
	require.NoError(t, err)
	v, err := s.Till.Scan(t.Context(), owner, made.Products[0].Barcode, money.One, nil)
	require.NoError(t, err)
	_, _, err = s.Till.Tender(t.Context(), owner, pos.Card, v.Totals.Due)
	require.NoError(t, err)
	_, err = s.Till.FinishSale(t.Context(), owner)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	return home
}

func TestPrint(t *testing.T) {
	home := sold(t)
	p, err := printtest.Start("")
	require.NoError(t, err)
	t.Cleanup(p.Close)
	t.Setenv("KASSA_PRINTER_CONNECTION", "network")
	t.Setenv("KASSA_PRINTER_ADDRESS", p.Address())
	slip := func(n int) string {
		t.Helper()
		require.True(t, p.Await(30*time.Second, func(p *printtest.Printer) bool { return len(p.Slips()) >= n }))
		require.Len(t, p.Slips(), n)
		return p.Slips()[n-1].Text()
	}
	for i, c := range []struct {
		args []string
		says string
	}{
		{[]string{"print", "receipt"}, "КОПИЯ"},
		{[]string{"print", "receipt", "1"}, "Чек № 1"},
		{[]string{"print", "report", "x"}, "X-ОТЧЁТ"},
		{[]string{"print", "test"}, "ПРОБНАЯ ПЕЧАТЬ"},
	} {
		_, errOut, exit := call(t, home, c.args...)
		require.Zero(t, exit, errOut)
		assert.Contains(t, slip(i+1), c.says, "%v", c.args)
	}
	out, _, exit := call(t, home, "printer", "status", "--json")
	require.Zero(t, exit)
	assert.JSONEq(t, `{"address":"`+p.Address()+`","answers":true,"paper_low":false}`, out)

	t.Run("what is not there is told", func(t *testing.T) {
		out, _, exit := call(t, home, "print", "receipt", "7", "--json")
		require.Equal(t, 1, exit)
		code, _ := fault(t, out)
		assert.Equal(t, "not_found", code)
		_, _, exit = call(t, home, "print", "receipt", "many")
		assert.Equal(t, 2, exit)
		_, _, exit = call(t, home, "print", "report", "y")
		assert.Equal(t, 2, exit)
	})
	t.Run("what does not come out stays on the list", func(t *testing.T) {
		p.Fail(printtest.NoPaper)
		out, _, exit := call(t, home, "print", "receipt", "1", "--json")
		require.Equal(t, 1, exit)
		code, message := fault(t, out)
		assert.Equal(t, "unavailable", code)
		assert.Contains(t, message, "бумага")
		out, _, exit = call(t, home, "print", "queue")
		require.Zero(t, exit)
		assert.Contains(t, out, "Копия чека № 1")
		assert.Contains(t, out, "бумага")
		_, errOut, exit := call(t, home, "printer", "status")
		assert.Equal(t, 1, exit)
		assert.Contains(t, errOut, "бумага")
	})
}

func TestPrint_WithoutAPrinterNothingIsNoted(t *testing.T) {
	home := sold(t)
	for _, args := range [][]string{{"print", "receipt"}, {"print", "report", "x"}, {"print", "test"}, {"printer", "status"}} {
		out, _, exit := call(t, home, append(args, "--json")...)
		require.Equal(t, 1, exit, "%v", args)
		code, message := fault(t, out)
		assert.Equal(t, "unavailable", code)
		assert.Contains(t, message, "Принтер не настроен")
	}
	out, _, exit := call(t, home, "print", "queue")
	require.Zero(t, exit)
	assert.Contains(t, out, "Всё напечатано")
}

func TestPrint_IntoAFile(t *testing.T) {
	home := sold(t)
	path := filepath.Join(t.TempDir(), "slips.bin")
	t.Setenv("KASSA_PRINTER_CONNECTION", "file")
	t.Setenv("KASSA_PRINTER_ADDRESS", path)
	_, errOut, exit := call(t, home, "print", "receipt")
	require.Zero(t, exit, errOut)
	require.FileExists(t, path)
}

func TestPrinter_Fake(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // it answers, and ends as soon as it is asked to
	var out strings.Builder
	require.Zero(t, run(ctx, []string{"printer", "fake", "127.0.0.1:0", "--lang", "ru"}, strings.NewReader(""), &out, &out))
	assert.Contains(t, out.String(), "Учебный принтер ждёт на 127.0.0.1:")
	p, err := printtest.Start("")
	require.NoError(t, err)
	t.Cleanup(p.Close)
	assert.Equal(t, 1, run(t.Context(), []string{"printer", "fake", p.Address()}, strings.NewReader(""), &out, &out))
}

func TestReceipt_PDF(t *testing.T) {
	home := sold(t)
	path := filepath.Join(t.TempDir(), "чек.pdf")
	_, errOut, exit := call(t, home, "receipt", "1", "--pdf", path)
	require.Zero(t, exit, errOut)
	require.FileExists(t, path)
	_, _, exit = call(t, home, "receipt")
	assert.Equal(t, 2, exit)
	out, _, exit := call(t, home, "receipt", "--pdf", filepath.Join(path, "x.pdf"), "--json")
	require.Equal(t, 1, exit)
	code, _ := fault(t, out)
	assert.Equal(t, "unavailable", code)
}

// A number that two epochs gave needs its epoch.
func TestReceipt_OfAnEpoch(t *testing.T) {
	home, made := demo(t)
	s, err := shop.Open(t.Context(), shop.Options{Home: home})
	require.NoError(t, err)
	a, err := s.Till.Login(t.Context(), made.Employees[0].PIN)
	require.NoError(t, err)
	_, err = s.Till.OpenShift(t.Context(), a, 0)
	require.NoError(t, err)
	for range 2 {
		v, err := s.Till.Add(t.Context(), a, made.Products[0].ID, 1000, nil)
		require.NoError(t, err)
		_, _, err = s.Till.Tender(t.Context(), a, pos.Card, v.Totals.Due)
		require.NoError(t, err)
		_, err = s.Till.FinishSale(t.Context(), a)
		require.NoError(t, err)
		require.NoError(t, s.Store.Update(t.Context(), func(tx till.Tx) error { return tx.PutMeta("epoch", "2") }))
	}
	require.NoError(t, s.Close())
	to := func(name string) string { return filepath.Join(t.TempDir(), name) }
	out, _, exit := call(t, home, "receipt", "1", "--pdf", to("a.pdf"), "--json")
	assert.Equal(t, exitRefused, exit)
	code, message := fault(t, out)
	assert.Equal(t, "conflict", code)
	assert.Contains(t, message, "2, 1")
	for _, epoch := range []string{"1", "2"} {
		_, errOut, exit := call(t, home, "receipt", "1", "--epoch", epoch, "--pdf", to(epoch+".pdf"), "--json")
		assert.Zero(t, exit, errOut)
	}
	_, _, exit = call(t, home, "receipt", "1", "--epoch", "нет", "--pdf", to("b.pdf"))
	assert.Equal(t, exitUsage, exit)
}
