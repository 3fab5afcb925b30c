package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/till"
)

// call runs a command line within the test.
func call(t *testing.T, home string, args ...string) (out, errOut string, exit int) {
	t.Helper()
	return callWith(t, "", append([]string{"--home", home}, args...)...)
}

func callWith(t *testing.T, in string, args ...string) (out, errOut string, exit int) {
	t.Helper()
	var o, e bytes.Buffer
	exit = run(t.Context(), args, strings.NewReader(in), &o, &e)
	return o.String(), e.String(), exit
}

// clean keeps the settings of whoever runs the tests out of them.
func clean(t *testing.T) {
	t.Helper()
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); strings.HasPrefix(name, "KASSA_") {
			t.Setenv(name, "")
		}
	}
	t.Setenv("KASSA_SECRETS", "file")
}

// demo makes a demo shop.
func demo(t *testing.T) (home string, made newShop) {
	t.Helper()
	clean(t)
	home = filepath.Join(t.TempDir(), "home")
	out, errOut, exit := call(t, home, "init", "--demo", "--json")
	require.Zero(t, exit, errOut)
	require.NoError(t, json.Unmarshal([]byte(out), &made))
	return home, made
}

// fault is the error object of an answer, which must be all of it but for
// what is told beside.
func fault(t *testing.T, out string) (code, message string) {
	t.Helper()
	var v struct {
		Error struct{ Code, Message string }
	}
	require.NoError(t, json.Unmarshal([]byte(out), &v), out)
	require.Equal(t, 1, strings.Count(strings.TrimSpace(out), "\n")+1, "one line")
	return v.Error.Code, v.Error.Message
}

func TestInit_Demo(t *testing.T) {
	home, made := demo(t)
	assert.Equal(t, pos.GroupOwner, made.Employees[0].Group, "the first employee is the owner")
	var cashiers int
	for _, e := range made.Employees {
		require.NoError(t, pos.CheckPIN(e.PIN))
		if e.Group == pos.GroupCashier {
			cashiers++
		}
	}
	assert.Positive(t, cashiers)

	s, err := shop.Open(t.Context(), shop.Options{Home: home, Beside: true})
	require.NoError(t, err)
	defer s.Close()
	require.GreaterOrEqual(t, len(made.Products), 6)
	for _, g := range made.Products[:6] {
		found, err := s.Till.SearchProducts(t.Context(), g.Name, 1)
		require.NoError(t, err)
		require.Len(t, found, 1)
		p := found[0]
		assert.Equal(t, g.ID, p.ID)
		assert.Equal(t, pos.ProductFlags{}, pos.ProductFlags{Weighed: p.Flags.Weighed, AskPrice: p.Flags.AskPrice, NoPoints: p.Flags.NoPoints})
		assert.GreaterOrEqual(t, int64(p.Price), int64(20_00))
		assert.NotEmpty(t, g.Barcode)
	}
	usable, creditable := 0, 0
	for _, c := range made.Customers {
		card, err := s.Till.CustomerCard(t.Context(), till.System(), c.ID)
		require.NoError(t, err)
		assert.Equal(t, c.Points, strconv.FormatInt(card.Points, 10))
		assert.Equal(t, c.Debt, card.Debt.String())
		if c.Phone == "" || card.Overdue > 0 || card.Points < 100 {
			continue
		}
		usable++
		if card.Room >= 1000_00 {
			creditable++
		}
	}
	assert.GreaterOrEqual(t, usable, 6)
	assert.GreaterOrEqual(t, creditable, 3)
}

func TestInit(t *testing.T) {
	t.Run("a second time is a conflict and changes nothing", func(t *testing.T) {
		home, _ := demo(t)
		before, err := os.ReadFile(filepath.Join(home, "config.toml"))
		require.NoError(t, err)
		for _, args := range [][]string{{"init"}, {"init", "--demo"}} {
			out, _, exit := call(t, home, append(args, "--json")...)
			assert.Equal(t, exitRefused, exit)
			code, message := fault(t, out)
			assert.Equal(t, "conflict", code)
			assert.Contains(t, message, home)
		}
		after, err := os.ReadFile(filepath.Join(home, "config.toml"))
		require.NoError(t, err)
		assert.Equal(t, string(before), string(after))
		_, _, exit := call(t, home, "verify")
		assert.Zero(t, exit)
	})
	t.Run("makes whole what an interrupted one left", func(t *testing.T) {
		clean(t)
		home := filepath.Join(t.TempDir(), "home")
		s, err := shop.Open(t.Context(), shop.Options{Home: home, Create: true}) // the database alone
		require.NoError(t, err)
		require.NoError(t, s.Close())
		out, errOut, exit := call(t, home, "init", "--demo", "--json")
		require.Zero(t, exit, errOut)
		assert.Contains(t, out, `"pin"`)
	})
	t.Run("makes an owner whose PIN comes from standard input", func(t *testing.T) {
		clean(t)
		home := filepath.Join(t.TempDir(), "home")
		_, errOut, exit := callWith(t, "111111\n", "init", "--owner", "Nora Finch", "--home", home, "--lang", "en")
		assert.Equal(t, exitRefused, exit)
		assert.Contains(t, errOut, "easy to guess")
		out, errOut, exit := callWith(t, "395172\n", "init", "--owner", "Nora Finch", "--home", home, "--json")
		require.Zero(t, exit, errOut)
		assert.NotContains(t, out, "395172")
		out, _, _ = callWith(t, `{"cmd":"login","pin":"395172"}`, "till", "--home", home)
		assert.Contains(t, out, `"ok":true`)
	})
}

func TestCommandLine(t *testing.T) {
	home, _ := demo(t)
	for _, c := range []struct {
		args []string
		exit int
		code string
	}{
		{[]string{}, exitUsage, "invalid"},
		{[]string{"sell"}, exitUsage, "invalid"},
		{[]string{"report"}, exitUsage, "invalid"},
		{[]string{"report", "y"}, exitUsage, "invalid"},
		{[]string{"verify", "--nonsense"}, exitUsage, "invalid"},
		{[]string{"verify", "--demo"}, exitUsage, "invalid"},
		{[]string{"init", "--month"}, exitUsage, "invalid"},
		{[]string{"verify", "now"}, exitUsage, "invalid"},
		{[]string{"verify", "--json=1"}, exitUsage, "invalid"},
		{[]string{"import", "products"}, exitUsage, "invalid"},
		{[]string{"report", "sales", "--limit", "many"}, exitUsage, "invalid"},
		{[]string{"report", "skips", "--since", "yesterday"}, exitUsage, "invalid"},
		{[]string{"export", "sales", "--format", "xml"}, exitUsage, "invalid"},
		{[]string{"report", "z"}, exitRefused, "not_found"},
		{[]string{"report", "x"}, exitRefused, "conflict"},
		{[]string{"import", "products", "/nonexistent.csv"}, exitRefused, "not_found"},
		{[]string{"sms", "send", "12"}, exitRefused, "invalid"},
		{[]string{"--json", "verify"}, exitDone, ""},
		{[]string{"sms", "--json", "providers"}, exitDone, ""},
		{[]string{"version", "-json"}, exitDone, ""},
		{[]string{"report", "debts"}, exitDone, ""},
	} {
		t.Run(strings.Join(c.args, " "), func(t *testing.T) {
			out, errOut, exit := call(t, home, append(c.args, "--json")...)
			assert.Equal(t, c.exit, exit, out)
			assert.Empty(t, errOut)
			assert.True(t, json.Valid([]byte(out)), out)
			code, message := fault(t, out)
			assert.Equal(t, c.code, code)
			if exit != exitDone {
				assert.Regexp(t, `[.!]$`, message)
				assert.NotContains(t, message, "cli.")
				_, errOut, _ := call(t, home, c.args...)
				if !strings.Contains(strings.Join(c.args, " "), "json") {
					assert.Contains(t, errOut, message, "people read the same")
				}
			}
		})
	}
	t.Run("a home without a shop says how to make one", func(t *testing.T) {
		empty := filepath.Join(t.TempDir(), "empty")
		for _, args := range [][]string{{"verify"}, {"till"}, {"backup"}, {"export", "sales"}} {
			out, _, exit := call(t, empty, append(args, "--json")...)
			assert.Equal(t, exitRefused, exit)
			code, message := fault(t, out)
			assert.Equal(t, "not_found", code)
			assert.Contains(t, message, "kassactl init")
		}
	})
	t.Run("help is there in both languages for every command", func(t *testing.T) {
		for name := range commands {
			for _, lang := range []string{"ru", "en"} {
				out, errOut, exit := callWith(t, "", append(strings.Fields(name), "-h", "--lang", lang)...)
				assert.Zero(t, exit, errOut)
				assert.Contains(t, out, "kassactl "+strings.Fields(name)[0])
				assert.NotContains(t, out, "cli.help")
			}
		}
		ru, _, _ := callWith(t, "", "--help")
		en, _, _ := callWith(t, "", "help", "--lang", "en")
		assert.NotEqual(t, ru, en)
	})
}
