package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// owned makes a shop with an owner and returns the recovery code that was told.
func owned(t *testing.T) (home, code string) {
	t.Helper()
	clean(t)
	home = filepath.Join(t.TempDir(), "home")
	out, errOut, exit := callWith(t, "507316\n", "--home", home, "init", "--owner", "Анна", "--json")
	require.Zero(t, exit, errOut)
	var made newShop
	require.NoError(t, json.Unmarshal([]byte(out), &made))
	require.Regexp(t, `^([0-9A-Z]{5}-){4}[0-9A-Z]{5}$`, made.Code)
	return home, made.Code
}

// logIn comes to the till with a PIN.
func logIn(t *testing.T, home, pin string) (out string, exit int) {
	t.Helper()
	out, _, exit = callWith(t, `{"cmd":"login","pin":"`+pin+`"}`+"\n", "--home", home, "till")
	return out, exit
}

// TestRecover loses the folder of keys: every command says that, what looks after
// the data still works, and the recovery code lets the owner in.
func TestRecover(t *testing.T) {
	home, code := owned(t)
	require.NoError(t, os.RemoveAll(home+".secrets"))
	const lost = "ключи кассы"

	out, errOut, exit := callWith(t, `{"cmd":"login","pin":"507316"}`+"\n", "--home", home, "till")
	assert.NotZero(t, exit)
	assert.Contains(t, out+errOut, lost, "not a wrong PIN")
	out, _, exit = call(t, home, "doctor", "--json")
	assert.NotZero(t, exit)
	assert.Contains(t, out, `{"name":"keys","state":"bad"`)
	assert.Contains(t, out, "kassactl recover")
	out, _, exit = call(t, home, "verify", "--json")
	assert.NotZero(t, exit)
	assert.Contains(t, out, `"invariant":"keys"`)
	_, errOut, exit = call(t, home, "backup")
	assert.Zero(t, exit, errOut)

	out, _, exit = callWith(t, "\n", "--home", home, "recover", "--json")
	assert.NotZero(t, exit)
	kind, _ := fault(t, out)
	assert.Equal(t, "invalid", kind)
	out, _, exit = callWith(t, "00000-00000-00000-00000-00000\n720541\n", "--home", home, "recover", "--json")
	assert.NotZero(t, exit)
	kind, _ = fault(t, out)
	assert.Contains(t, []string{"invalid", "forbidden"}, kind)
	out, errOut, exit = callWith(t, code+"\n720541\n", "--home", home, "recover", "--json")
	require.Zero(t, exit, out+errOut)
	var v struct {
		Owner string
		Code  string `json:"recovery_code"`
	}
	require.NoError(t, json.Unmarshal([]byte(out), &v))
	assert.Equal(t, "Анна", v.Owner)
	assert.NotEqual(t, code, v.Code)

	out, _ = logIn(t, home, "507316")
	assert.Contains(t, out, `"forbidden"`)
	out, _ = logIn(t, home, "720541")
	assert.Contains(t, out, `"ok":true`)
	out, _, exit = call(t, home, "verify", "--json")
	assert.Zero(t, exit, out)

	out, _, exit = callWith(t, code+"\n831652\n", "--home", home, "recover", "--json")
	assert.NotZero(t, exit, "a code is used once")
	assert.Contains(t, out, `"forbidden"`)
	out, _, _ = callWith(t, `{"cmd":"login","pin":"720541"}`+"\n"+`{"cmd":"recovery.new"}`+"\n", "--home", home, "till")
	assert.Contains(t, out, `"recovery_code":"`)
	out, _, _ = call(t, home, "recover", "--help")
	assert.Contains(t, out, "kassactl recover")
}

// TestGone takes the database away: nothing is made in its place, and what is said
// names the command that brings it back.
func TestGone(t *testing.T) {
	home, made := demo(t)
	_, errOut, exit := call(t, home, "backup")
	require.Zero(t, exit, errOut)
	copies, err := filepath.Glob(filepath.Join(home, "backups", "kassa-*.db"))
	require.NoError(t, err)
	require.Len(t, copies, 1)
	require.NoError(t, os.Remove(filepath.Join(home, "kassa.db")))
	for _, args := range [][]string{{"init"}, {"init", "--demo"}, {"verify"}, {"backup"}, {"report", "x"}, {"till"}, {"doctor"}} {
		out, errOut, exit := call(t, home, args...)
		assert.NotZero(t, exit, args)
		assert.Contains(t, out+errOut, `kassactl restore "`+copies[0]+`" --yes`, args)
		assert.NoFileExists(t, filepath.Join(home, "kassa.db"), args)
	}
	out, errOut, exit := call(t, home, "restore", copies[0], "--yes")
	require.Zero(t, exit, out+errOut)
	out, _ = logIn(t, home, made.Employees[0].PIN)
	assert.Contains(t, out, `"ok":true`)

	require.NoError(t, os.Remove(filepath.Join(home, "kassa.db")))
	_, errOut, exit = call(t, home, "init", "--anew")
	require.Zero(t, exit, errOut)
	kept, err := filepath.Glob(filepath.Join(home, "aside-*", "backups", filepath.Base(copies[0])))
	require.NoError(t, err)
	assert.Len(t, kept, 1)
}
