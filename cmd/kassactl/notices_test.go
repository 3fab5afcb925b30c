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

// Keys of config.toml that nobody knows, and what the environment switches off, are
// told where somebody begins to work: at the login, by every command, by doctor.
func TestNotices(t *testing.T) {
	home, made := demo(t)
	file := filepath.Join(home, "config.toml")
	kept, err := os.ReadFile(file)
	require.NoError(t, err)
	login := func() (notices []string) {
		t.Helper()
		out, _, _ := callWith(t, `{"cmd":"login","pin":"`+made.Employees[0].PIN+`"}`, "till", "--home", home, "--lang", "en")
		var v struct{ Result struct{ Notices []string } }
		require.NoError(t, json.Unmarshal([]byte(out), &v), out)
		return v.Result.Notices
	}
	require.Empty(t, login())
	_, errOut, _ := call(t, home, "report", "debts", "--lang", "en")
	require.Empty(t, errOut)

	require.NoError(t, os.WriteFile(file, append([]byte("[confrim]\npoints = \"none\"\n\n"), kept...), 0o600))
	t.Setenv("KASSA_CONFIRM_POINTS", "none")
	said := login()
	require.Len(t, said, 2)
	assert.Contains(t, said[0], "confrim.points")
	assert.Contains(t, said[1], "KASSA_CONFIRM_POINTS: points are spent without")
	out, errOut, exit := call(t, home, "report", "debts", "--lang", "en", "--json")
	assert.Zero(t, exit)
	assert.True(t, json.Valid([]byte(out)))
	assert.Contains(t, errOut, "kassactl: Unknown setting confrim.points")
	out, _, _ = call(t, home, "doctor", "--lang", "en")
	assert.Contains(t, out, "confrim.points")
	assert.Contains(t, out, "KASSA_CONFIRM_POINTS: points are spent without")
	t.Setenv("KASSA_CONFIRM_POINTS", "")
	assert.Len(t, login(), 1, "no longer in force")
	assert.NotContains(t, strings.Join(login(), " "), "KASSA_")
}
