package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/cmd/kassactl/door"
)

// What the help lists comes from the tables that run: every command, every flag,
// and of the till every command of its protocol with its fields.
func TestHelp_ListsEverything(t *testing.T) {
	for _, lang := range words.Languages() {
		all, errOut, exit := callWith(t, "", "-h", "--lang", lang)
		require.Zero(t, exit, errOut)
		assert.Contains(t, all, "kassactl till ", lang)
		for name, c := range commands {
			one, errOut, exit := callWith(t, "", strings.Fields(name)[0], "--help", "--lang", lang)
			require.Zero(t, exit, errOut)
			for _, page := range []string{all, one} {
				assert.Contains(t, page, form(name)+"\n", lang)
			}
			for _, flag := range c.flags {
				assert.Contains(t, one, "--"+flag, name)
			}
		}
		till, _, _ := callWith(t, "", "till", "-h", "--lang", lang)
		assert.Contains(t, till, strings.Join(door.Lines(), "\n"))
		assert.Contains(t, till, `{"cmd":"help"}`)
	}
	out, _, exit := callWith(t, "", "help", "till", "--json")
	require.Zero(t, exit)
	var v struct {
		Help     string
		Forms    []string
		Protocol struct{ Commands []struct{ Cmd string } }
	}
	require.NoError(t, json.Unmarshal([]byte(out), &v))
	assert.NotEmpty(t, v.Help)
	assert.Equal(t, []string{"kassactl till"}, v.Forms)
	assert.Greater(t, len(v.Protocol.Commands), 80)
	for _, args := range [][]string{{"help", "sell"}, {"sell", "-h"}, {"help", "reciept", "--json"}} {
		_, _, exit := callWith(t, "", args...)
		assert.Equal(t, exitUsage, exit, args)
	}
}

// Every command refuses, before it opens anything, a flag there is none of, one
// of another command, a word too many and one too few: with an object where
// --json is given, exit code 2, and a sentence that names what is wrong.
func TestCommandLine_RefusesWhatItDoesNotTake(t *testing.T) {
	clean(t)
	nowhere := filepath.Join(t.TempDir(), "nowhere")
	for name, c := range commands {
		typed := strings.Fields(name)
		least := append(typed[:len(typed):len(typed)], filled(c.min)...)
		most := append(typed[:len(typed):len(typed)], filled(c.max)...)
		cases := map[string][]string{
			"--nonsense":  append(least[:len(least):len(least)], "--nonsense"),
			"zzz":         append(most[:len(most):len(most)], "zzz"),
			"--home":      append(least[:len(least):len(least)], "--home"),
			"--home ":     append(least[:len(least):len(least)], "--home="),
			"--home twic": append(least[:len(least):len(least)], "--home", "x", "--home", nowhere),
		}
		for _, flag := range []string{"demo", "ask", "columns"} {
			if !strings.Contains(strings.Join(c.flags, " "), flag) {
				cases["--"+flag] = append(least[:len(least):len(least)], "--"+flag+map[bool]string{true: "=x"}[flags[flag]])
			}
		}
		if c.min > 0 {
			cases[name] = typed
		}
		for says, args := range cases {
			out, errOut, exit := callWith(t, "", append(args, "--json", "--lang", "en")...)
			require.Equal(t, exitUsage, exit, "%q: %s", args, out)
			assert.Empty(t, errOut)
			code, message := fault(t, out)
			assert.Equal(t, "invalid", code, args)
			assert.Contains(t, message, strings.TrimSuffix(strings.TrimSuffix(says, "twic"), " "), args)
			assert.Regexp(t, `[.!]$`, message, args)
		}
		assert.NoDirExists(t, nowhere)
	}
}

func filled(n int) []string { return strings.Fields(strings.Repeat("1 ", n)) }

func TestCommandLine_SaysWhatIsMeant(t *testing.T) {
	home, _ := demo(t)
	for _, x := range []struct {
		args []string
		exit int
		says string
	}{
		{[]string{"recipt"}, exitUsage, "Perhaps: receipt"},
		{[]string{"docter"}, exitUsage, "Perhaps: doctor"},
		{[]string{"report"}, exitUsage, "approvals"},
		{[]string{"report", "nothing"}, exitUsage, "one of these is needed"},
		{[]string{"receipt"}, exitUsage, "kassactl receipt NUMBER --pdf FILE"},
		{[]string{"receipt", "5"}, exitUsage, "kassactl receipt 5 --pdf FILE"},
		{[]string{"receipt", "--pdf"}, exitUsage, "--pdf needs a value"},
		{[]string{"receipt", "--pdf="}, exitUsage, "--pdf needs a value"},
		{[]string{"receipt", "--pdf", "--json"}, exitUsage, "--pdf needs a value"},
		{[]string{"receipt", "last", "--pdf", "x.pdf"}, exitUsage, `"last" is not a receipt number`},
		{[]string{"receipt", "--pdf", "x.pdf", "--epoch", "2"}, exitUsage, "needs a receipt number"},
		{[]string{"export", "sales", "--format", "xml"}, exitUsage, "csv, xlsx, json"},
		{[]string{"backup", "--encript"}, exitUsage, "Perhaps: encrypt"},
		{[]string{"import", "products"}, exitUsage, "a file"},
		{[]string{"print", "report"}, exitUsage, "x or z"},
		{[]string{"settings", "revert"}, exitUsage, "the number of a change"},
	} {
		out, _, exit := call(t, home, append(x.args, "--json", "--lang", "en")...)
		assert.Equal(t, x.exit, exit, x.args)
		_, message := fault(t, out)
		assert.Contains(t, message, x.says, x.args)
	}
}
