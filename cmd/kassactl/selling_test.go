package main

import (
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestBeside works in a shop while its till runs.
func TestBeside(t *testing.T) {
	home, made := demoShop(t)
	clean(t)
	k := startTill(t, home, nil, nil)
	_, err := k.ask("login", map[string]any{"pin": made.Employees[0].PIN})
	require.NoError(t, err)
	_, err = k.ask("shift.open", map[string]any{"float": "10.00"})
	require.NoError(t, err)

	out, _, exit := call(t, home, "till", "--json")
	assert.Equal(t, exitRefused, exit, "one home, one till")
	code, _ := fault(t, out)
	assert.Contains(t, []string{"conflict", "unavailable"}, code)

	file := filepath.Join(t.TempDir(), "more.csv")
	require.NoError(t, os.WriteFile(file, []byte("sku,name,price\n9001,Spoon,10.50\n"), 0o600))
	for _, args := range [][]string{{"verify"}, {"report", "x"}, {"report", "points"}, {"export", "sales"},
		{"backup"}, {"import", "products", file}, {"sms", "balance"}} {
		out, errOut, exit := call(t, home, args...)
		assert.Zero(t, exit, "%v: %s%s", args, out, errOut)
	}
	r, err := k.ask("scan", map[string]any{"code": "9001"})
	require.NoError(t, err)
	require.True(t, r.OK, "what was brought in is sold at once: %s", r.Error.Message)
	assert.Equal(t, "10.50", r.text("total"))
	backups, err := filepath.Glob(filepath.Join(home, "backups", "*.db"))
	require.NoError(t, err)
	assert.NotEmpty(t, backups)
	k.finish(t)
	_, errOut, exit := call(t, home, "verify")
	assert.Zero(t, exit, errOut)
}

// TestTill_Stop asks the till to stop while it waits, and kills it another time:
// the next start tells the one from the other, and which sale was the last.
func TestTill_Stop(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no such signal")
	}
	home, made := demoShop(t)
	login := func(k *talk) map[string]any {
		r, err := k.ask("login", map[string]any{"pin": made.Employees[0].PIN})
		require.NoError(t, err)
		start, ok := r.Result["start"].(map[string]any)
		require.True(t, ok)
		return start
	}
	k := startTill(t, home, nil, nil)
	assert.Equal(t, true, login(k)["orderly"])
	for _, step := range []struct {
		cmd    string
		fields map[string]any
	}{
		{"shift.open", map[string]any{"float": "10.00"}},
		{"scan", map[string]any{"code": made.Products[0].Barcode}},
		{"tender", map[string]any{"method": "card", "amount": made.Products[0].Price}},
		{"sale.finish", nil},
	} {
		r, err := k.ask(step.cmd, step.fields)
		require.NoError(t, err)
		require.True(t, r.OK, r.Error.Message)
	}
	k.kill()

	k = startTill(t, home, nil, nil)
	start := login(k)
	assert.Equal(t, false, start["orderly"])
	last, ok := start["last_sale"].(map[string]any)
	require.True(t, ok)
	assert.Equal(t, made.Products[0].Price, last["total"])
	require.NoError(t, k.cmd.Process.Signal(syscall.SIGTERM))
	_, err := k.out.ReadByte()
	require.Error(t, err, "it ended")
	k.finish(t)

	k = startTill(t, home, nil, nil)
	assert.Equal(t, true, login(k)["orderly"])
	k.finish(t)
}
