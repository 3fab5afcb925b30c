package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestVerify_Broken(t *testing.T) {
	home, made := demo(t)
	in := `{"cmd":"login","pin":"` + made.Employees[0].PIN + `"}
{"cmd":"shift.open","float":"100.00"}
{"cmd":"scan","code":"` + made.Products[0].Barcode + `"}
{"cmd":"tender","method":"cash","amount":"500.00"}
{"cmd":"sale.finish"}
`
	out, _, exit := callWith(t, in, "till", "--home", home)
	require.Zero(t, exit)
	require.Equal(t, 5, strings.Count(out, `"ok":true`), out)
	out, _, exit = call(t, home, "verify", "--json")
	require.Zero(t, exit, out)
	assert.Contains(t, out, `"sales":1`)

	tamper(t, home, `DROP TRIGGER sale_lines_keep`, `UPDATE sale_lines SET name = name || ' 2'`)
	out, _, exit = call(t, home, "verify", "--json")
	assert.Equal(t, exitRefused, exit)
	code, _ := fault(t, out)
	assert.Equal(t, "conflict", code)
	assert.Contains(t, out, `"invariant":"I`)
	shown, _, exit := call(t, home, "verify")
	assert.Equal(t, exitRefused, exit)
	assert.Contains(t, shown, "I")
}

// tamper changes the database behind the till's back.
func tamper(t *testing.T, home string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(home, "kassa.db"))
	require.NoError(t, err)
	defer db.Close()
	for _, s := range statements {
		_, err := db.Exec(s)
		require.NoError(t, err)
	}
}

func TestDoctor(t *testing.T) {
	home, _ := demo(t)
	out, _, exit := call(t, home, "doctor", "--json")
	require.Zero(t, exit, out)
	for _, name := range []string{"home", "disk", "config", "database", "secrets", "provider", "clock", "shift", "lock", "version"} {
		assert.Contains(t, out, `"name":"`+name+`"`)
	}
	assert.NotContains(t, out, "cli.")

	require.NoError(t, os.WriteFile(filepath.Join(home, "config.toml"), []byte("[sms\n"), 0o600))
	out, _, exit = call(t, home, "doctor", "--json")
	assert.Equal(t, exitRefused, exit)
	assert.Contains(t, out, `"name":"config","state":"bad"`)
	_, _, exit = call(t, filepath.Join(t.TempDir(), "none"), "doctor")
	assert.Equal(t, exitRefused, exit)
}
