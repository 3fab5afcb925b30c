package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/till"
	"kassa/sms/smstest"
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

func TestSMS(t *testing.T) {
	home, _ := demo(t)
	server, err := smstest.NewServer(smstest.Options{})
	require.NoError(t, err)
	defer server.Close()
	t.Setenv("KASSA_SMS_PROVIDER", "smsru")
	t.Setenv("KASSA_SMS_SMSRU_BASE_URL", server.URL())

	out, _, exit := call(t, home, "sms", "balance", "--json")
	assert.Equal(t, exitRefused, exit, "there is no token yet")
	code, message := fault(t, out)
	assert.Equal(t, "invalid", code)
	assert.NotEmpty(t, message)

	t.Setenv("KASSA_SMS_SMSRU_API_ID", smstest.TestAPIID)
	out, _, exit = call(t, home, "sms", "balance", "--json")
	require.Zero(t, exit, out)
	assert.Contains(t, out, `"balance":"412.56","currency":"RUB"`)
	out, _, exit = call(t, home, "sms", "cost", "+79000000001", "Проба", "--json")
	require.Zero(t, exit, out)
	assert.Contains(t, out, `"cost":"4.50"`)
	out, errOut, exit := call(t, home, "sms", "send", "--to", "8 900 000-00-01", "--text", "Проба")
	require.Zero(t, exit, errOut)
	require.Len(t, server.Messages(), 1)
	assert.Equal(t, "Проба", server.Messages()[0].Text)
	assert.NotContains(t, out, "9000000001", "the number is masked")

	server.Break(smstest.RefuseRequest(201))
	out, _, exit = call(t, home, "sms", "send", "+79000000002", "--json")
	assert.Equal(t, exitRefused, exit)
	code, _ = fault(t, out)
	assert.Equal(t, "limit", code)
	assert.Empty(t, server.Breaches())
}

func TestDoctor(t *testing.T) {
	home, _ := demo(t)
	out, _, exit := call(t, home, "doctor", "--json")
	require.Zero(t, exit, out)
	for _, name := range []string{"home", "disk", "config", "database", "secrets", "provider", "clock", "lock", "version"} {
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
