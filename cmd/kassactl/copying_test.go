package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestImport(t *testing.T) {
	home, _ := demo(t)
	good := filepath.Join(t.TempDir(), "good.csv")
	bad := filepath.Join(t.TempDir(), "bad.csv")
	require.NoError(t, os.WriteFile(good, []byte("Артикул;Название;Цена\n9001;Ложка;10,50\n1001;Молоко;95\n"), 0o600))
	require.NoError(t, os.WriteFile(bad, []byte("sku,name,price\n9002,Fork,11.00\n9003,,12.00\n9004,Knife,dear\n"), 0o600))
	count := func() string {
		out, _, exit := call(t, home, "export", "products")
		require.Zero(t, exit)
		return out
	}
	before := count()
	out, _, exit := call(t, home, "import", "products", good, "--dry-run", "--json")
	require.Zero(t, exit, out)
	assert.Contains(t, out, `"new":1,"updated":1`)
	assert.Equal(t, before, count(), "a dry run stores nothing")

	for _, args := range [][]string{{"--dry-run"}, {}} {
		out, _, exit = call(t, home, append([]string{"import", "products", bad, "--json"}, args...)...)
		assert.Equal(t, exitRefused, exit)
		code, _ := fault(t, out)
		assert.Equal(t, "invalid", code)
		var v struct{ Report importJSON }
		require.NoError(t, json.Unmarshal([]byte(out), &v))
		require.Len(t, v.Report.Bad, 2)
		assert.Equal(t, 3, v.Report.Bad[0].Line)
		assert.Equal(t, "price", v.Report.Bad[1].Column)
		assert.NotEmpty(t, v.Report.Bad[1].Reason)
	}
	_, errOut, _ := call(t, home, "import", "products", bad)
	assert.Contains(t, errOut, "price")
	assert.Equal(t, before, count(), "nothing of a bad file is stored")

	out, _, exit = call(t, home, "import", "products", good)
	require.Zero(t, exit, out)
	assert.Contains(t, count(), "Ложка")
	_, errOut, exit = call(t, home, "verify")
	assert.Zero(t, exit, errOut)
}

func TestExport(t *testing.T) {
	home, _ := demo(t)
	file := filepath.Join(t.TempDir(), "customers.csv")
	out, _, exit := call(t, home, "export", "customers", "--out", file, "--json")
	require.Zero(t, exit, out)
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Contains(t, string(content), "Анна Лебедева")
	out, _, exit = call(t, home, "export", "customers", "--out", file, "--json")
	assert.Equal(t, exitRefused, exit)
	code, _ := fault(t, out)
	assert.Equal(t, "conflict", code)
	again, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, content, again)
	left, err := filepath.Glob(file + "*")
	require.NoError(t, err)
	assert.Len(t, left, 1, "no half-written file stays")

	var list []map[string]string
	out, _, exit = call(t, home, "export", "products", "--json")
	require.Zero(t, exit)
	require.NoError(t, json.Unmarshal([]byte(out), &list))
	assert.NotEmpty(t, list)
}

func TestBackup_Restore(t *testing.T) {
	home, _ := demo(t)
	stick := t.TempDir()
	out, _, exit := callWith(t, "короткая\n", "backup", "--to", stick, "--encrypt", "--json", "--home", home)
	assert.Equal(t, exitRefused, exit)
	code, _ := fault(t, out)
	assert.Equal(t, "invalid", code)
	gone := filepath.Join(stick, "pulled out")
	out, _, exit = call(t, home, "backup", "--to", gone, "--json")
	assert.Equal(t, exitRefused, exit)
	code, message := fault(t, out)
	assert.Equal(t, "unavailable", code)
	assert.Contains(t, message, gone)
	assert.NoDirExists(t, gone, "a stick that was pulled is not made up on the disk below")
	out, _, exit = callWith(t, "одна очень долгая фраза\n", "backup", "--to", stick, "--encrypt", "--json", "--home", home)
	require.Zero(t, exit, out)
	var made struct{ File string }
	require.NoError(t, json.Unmarshal([]byte(out), &made))
	assert.Regexp(t, `\.db\.age$`, made.File)
	assert.NotContains(t, out, "фраза")
	out, _, exit = call(t, home, "backups", stick, "--json")
	require.Zero(t, exit, out)
	assert.Contains(t, out, `"sealed":true`)
	out, _, exit = callWith(t, "не та фраза, которой закрыли\n", "restore", made.File, "--json", "--home", home)
	assert.Equal(t, exitRefused, exit)
	code, _ = fault(t, out)
	assert.Equal(t, "invalid", code)
	for _, args := range [][]string{{}, {"--yes"}} {
		out, _, exit = callWith(t, "одна очень долгая фраза\n", append([]string{"restore", made.File, "--json", "--home", home}, args...)...)
		require.Zero(t, exit, out)
		assert.Equal(t, len(args) > 0, strings.Contains(out, `"done":true`), out)
	}
	_, errOut, exit := call(t, home, "verify")
	assert.Zero(t, exit, errOut)
}
