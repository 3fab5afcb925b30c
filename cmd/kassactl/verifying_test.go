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

// What somebody changed in the books of manual payments is found by the self-check and by
// the doctor, and said which it is.
func TestVerify_BrokenBehind(t *testing.T) {
	home, made := demo(t)
	in := `{"cmd":"login","pin":"` + made.Employees[0].PIN + `"}
{"cmd":"merchant.put","name":"Курьер"}
{"cmd":"order.new","id":"one","text":"Доставка","amount":"350.00"}
{"cmd":"order.decide","id":"one","version":1,"decision":"approve"}
{"cmd":"order.refund","id":"one","amount":"100.00","reason":"не подошло"}
`
	out, _, exit := callWith(t, in, "till", "--home", home)
	require.Zero(t, exit)
	require.Equal(t, 5, strings.Count(out, `"ok":true`), out)
	for _, line := range [][]string{{"verify"}, {"doctor"}} {
		out, _, exit = call(t, home, line...)
		require.Zero(t, exit, out)
	}
	for statement, says := range map[string]struct{ invariant, word string }{
		`UPDATE manual_orders SET body = CAST(json_set(CAST(body AS TEXT), '$.refunded', 500) AS BLOB)`: {"I9", "one"},
		`UPDATE postings SET amount = amount + 1 WHERE place = 0`:                                       {"I3", ""},
		`UPDATE journal SET at = at + 1`:                                                                {"I12", ""},
	} {
		spoilt := filepath.Join(t.TempDir(), "home")
		copyHome(t, home, spoilt)
		tamperFile(t, filepath.Join(spoilt, "backend.db"), statement)
		out, _, exit = call(t, spoilt, "verify", "--json")
		assert.Equal(t, exitRefused, exit, statement)
		assert.Contains(t, out, `"invariant":"`+says.invariant+`"`, statement)
		out, _, exit = call(t, spoilt, "verify", "--lang", "ru")
		assert.Equal(t, exitRefused, exit, statement)
		assert.Contains(t, out, says.invariant+": ", statement)
		assert.Contains(t, out, says.word, statement)
		out, _, exit = call(t, spoilt, "doctor", "--json", "--lang", "ru")
		assert.Equal(t, exitRefused, exit, statement)
		assert.Contains(t, out, `"name":"books","state":"bad"`, statement)
		assert.Contains(t, out, "не сходятся", statement)
		assert.NotContains(t, out, "manual.fault", statement)
	}
}

// copyHome copies a shop with its keys to another place.
func copyHome(t *testing.T, from, to string) {
	t.Helper()
	for _, end := range []string{"", ".secrets"} {
		require.NoError(t, os.CopyFS(to+end, os.DirFS(from+end)))
	}
}

// tamper changes the database behind the till's back.
func tamper(t *testing.T, home string, statements ...string) {
	t.Helper()
	tamperFile(t, filepath.Join(home, "kassa.db"), statements...)
}

func tamperFile(t *testing.T, file string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
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
	for _, name := range []string{"home", "disk", "config", "database", "secrets", "provider", "clock", "shift", "lock", "books", "version"} {
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
