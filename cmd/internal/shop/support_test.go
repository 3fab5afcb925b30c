package shop

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/health"
	"kassa/pos/till"
	"kassa/storage/config"
	"kassa/storage/logs"
	"kassa/storage/secret"
)

// told are the things about the shop and its people that must not leave it.
var told = struct{ names, phones, secrets, numbers, shop []string }{
	names:   []string{"Пелагея", "Тьмутараканская", "Wilhelmina", "Quackenbush", "Akaki", "pelageya", "wilma@example.com", "Zherebtsov"},
	phones:  []string{"9000000071", "900 000-00-72", "+7900", "000-00-72"},
	secrets: []string{"tok-A1B2", "SESAME-open-42", "1ZZQQQQ"},
	numbers: []string{"4711", "860124", "4276550012345678", "4276 5500 1234 5678", "LC-77001"},
	shop:    []string{"Corner Store at Wilde", "770100000016", "12 Baker Lane", "192.0.2.77", "Call +7 900"},
}

// leaking opens a shop with people, settings and a log full of what must not be
// told.
func leaking(t *testing.T) *Shop {
	t.Helper()
	home := t.TempDir()
	t.Setenv("KASSA_SECRETS", "file")
	s, err := Open(t.Context(), Options{Home: home, Create: true, HashCost: till.HashCost{MemoryKiB: 8, Passes: 1}, Version: "1.2.3"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	owner, err := s.Till.CreateOwner(t.Context(), "Akaki Zherebtsov", "471100")
	require.NoError(t, err)
	for _, c := range []till.NewCustomer{
		{Name: "Пелагея Тьмутараканская", Phone: "+79000000071", Email: "pelageya@example.com", Card: "LC-77001", Language: "ru"},
		{Name: "Wilhelmina Quackenbush", Phone: "+79000000072", Email: "wilma@example.com", Language: "en"},
	} {
		_, err := s.Till.AddCustomer(t.Context(), owner, c)
		require.NoError(t, err)
	}
	set := s.Settings()
	set.Shop, set.TaxID, set.Address, set.Footer = "Corner Store at Wilde", "770100000016", "12 Baker Lane", "Call +7 900 000-00-72"
	set.SMSProvider, set.Paper.Connection, set.Paper.Address = "smsru", pos.PrinterFile, filepath.Join(home, "192.0.2.77.prn")
	require.NoError(t, s.SaveSettings(t.Context(), owner, Change{Settings: set, Secrets: map[string]secret.Secret{
		"sms.smsru.api_id": secret.New("tok-A1B2"), PassphraseName: secret.New("SESAME-open-42")}}))

	require.NoError(t, os.MkdirAll(s.Home.Logs(), 0o700))
	var log strings.Builder
	line := func(v map[string]any) {
		raw, err := json.Marshal(v)
		require.NoError(t, err)
		log.Write(append(raw, '\n'))
	}
	line(map[string]any{"time": "2026-11-22T10:00:00.000000001+03:00", "level": "ERROR", "msg": "a code did not go out", "error": "to +79000000071 (Пелагея Тьмутараканская, pelageya@example.com): 860124"})
	line(map[string]any{"time": "2026-11-22T10:00:01Z", "level": "WARN", "msg": "refused Wilhelmina QUACKENBUSH at Corner Store at Wilde, 12 Baker Lane", "to": "8 900 000-00-72", "pin": 4711, "n": 471100, "card": "4276550012345678"})
	line(map[string]any{"level": "INFO", "msg": "typed 4711, 4276 5500 1234 5678, LC-77001, tok-A1B2, SESAME-open-42", "inner": map[string]any{"list": []any{"Quackenbush", 860124.0}, "Akaki": "Zherebtsov"}})
	log.WriteString("panic: customer Wilhelmina wilma@example.com AGE-SECRET-KEY-1ZZQQQQ 770100000016\n")
	line(map[string]any{"level": "INFO", "msg": "the last line stays whole", "attempt": 2, "file": filepath.Join(home, "kassa.db")})
	require.NoError(t, os.WriteFile(filepath.Join(s.Home.Logs(), logs.FileName), []byte(log.String()), 0o600))
	return s
}

func whole(f health.File) string { return f.Name + "\n" + string(f.Body) }

func TestSupport_TellsNothingOfPeopleAndNoSecrets(t *testing.T) {
	s := leaking(t)
	for name, p := range map[string]Parcel{
		"of an open shop":       {Home: s.Home, Shop: s},
		"of the settings alone": {Home: s.Home, Shop: &Shop{Home: s.Home, Config: s.Config, Secrets: s.Secrets, Vendors: s.Vendors, Log: s.Log}},
		"of the log alone":      {Home: s.Home},
	} {
		t.Run(name, func(t *testing.T) {
			if p.Shop != nil && p.Shop != s {
				p.Shop.swap()
			}
			p.Lines = []health.Line{
				{Name: "backup", State: health.Bad, ID: "health.backup-failed", Args: pos.Args{"Folder": "/media/Пелагея", "Reason": fmt.Errorf("Quackenbush 4711")}},
				{Name: "disk", State: health.Good, ID: "health.disk-free", Args: pos.Args{"Free": int64(48123)}},
			}
			if p.Shop != s {
				p.Lines = p.Lines[1:] // nobody can tell whose names the data holds
			}
			b, err := Support(t.Context(), till.System(), p)
			require.NoError(t, err)
			require.NotEmpty(t, b.Files)
			for _, f := range b.Files {
				for _, bad := range append(append(append(append(told.names, told.phones...), told.secrets...), told.numbers...), told.shop...) {
					assert.NotContains(t, strings.ToLower(whole(f)), strings.ToLower(bad), f.Name)
				}
				assert.NotContains(t, whole(f), s.Home.Dir)
			}
			all := map[string]string{}
			for _, f := range b.Files {
				all[f.Name] = string(f.Body)
			}
			assert.Contains(t, all["health.json"], "48123", "the figures of the health are kept")
			assert.Contains(t, all["log.jsonl"], "the last line stays whole")
			assert.Contains(t, all["log.jsonl"], "2026-11-22T10:00:00.000000001+03:00")
			if p.Shop == s {
				assert.Contains(t, all["log.jsonl"], `"attempt":2`)
				assert.Contains(t, all["settings.txt"], `shop.tax_id = "[set]"`)
				assert.Contains(t, all["settings.txt"], `sms.provider = "smsru"`)
			}
		})
	}
}

func TestSupport_NeedsTheRight(t *testing.T) {
	s := leaking(t)
	_, err := s.Support(t.Context(), pos.Actor{ID: "x", Rights: []pos.Right{pos.RightSell}})
	assert.Equal(t, pos.CodeForbidden, pos.CodeOf(err))
	_, err = s.SaveSupport(t.Context(), pos.Actor{ID: "x"}, &health.Bundle{}, filepath.Join(t.TempDir(), "a.zip"))
	assert.Equal(t, pos.CodeForbidden, pos.CodeOf(err))
}

func TestSaveSupport(t *testing.T) {
	s := leaking(t)
	b := &health.Bundle{Files: []health.File{{Name: "a.txt", Body: []byte("hello")}}}
	dir := t.TempDir()
	file, err := s.SaveSupport(t.Context(), till.System(), b, filepath.Join(dir, "bundle"))
	require.NoError(t, err)
	assert.Equal(t, filepath.Join(dir, "bundle.zip"), file)
	z, err := zip.OpenReader(file)
	require.NoError(t, err)
	defer z.Close()
	r, err := z.File[0].Open()
	require.NoError(t, err)
	raw, err := io.ReadAll(r)
	require.NoError(t, err)
	assert.Equal(t, "hello", string(raw))
	t.Run("never writes over a file", func(t *testing.T) {
		_, err := s.SaveSupport(t.Context(), till.System(), b, file)
		assert.Equal(t, pos.CodeConflict, pos.CodeOf(err))
	})
	t.Run("tells what cannot be written and leaves nothing behind", func(t *testing.T) {
		_, err := s.SaveSupport(t.Context(), till.System(), b, "/dev/full/x.zip")
		assert.Equal(t, pos.CodeUnavailable, pos.CodeOf(err))
		left, err := os.ReadDir(dir)
		require.NoError(t, err)
		assert.Len(t, left, 1)
	})
}

func TestHealth(t *testing.T) {
	s := leaking(t)
	lines, err := s.Health(t.Context(), till.System(), false)
	require.NoError(t, err)
	by := map[string]health.Line{}
	for i, l := range lines {
		by[l.Name] = l
		say := lines[i].Say(s.Words("ru"))
		assert.NotEmpty(t, say)
		assert.NotContains(t, say, "health.", l.Name)
		assert.NotContains(t, say, "{{", l.Name)
		assert.NotContains(t, say, "<no value>", l.Name)
	}
	for _, name := range []string{"disk", "database", "backup", "prints", "outbox", "clock", "printer", "config", "secrets", "provider", "version"} {
		assert.Contains(t, by, name)
	}
	assert.Equal(t, health.Good, by["database"].State)
	assert.Equal(t, "health.backup-nothing", by["backup"].ID)
	t.Run("a copy that failed is bad, and told to the owner", func(t *testing.T) {
		full := pos.E(pos.CodeUnavailable, "storage.full", pos.Args{"Path": "/x"})
		require.NoError(t, s.Till.NoteCopies(t.Context(), till.System(), []pos.CopyResult{{Folder: s.Home.Backups(), Err: full}}))
		owner, err := s.Till.Login(t.Context(), "471100")
		require.NoError(t, err)
		bad, err := s.Troubles(t.Context(), owner)
		require.NoError(t, err)
		assert.Equal(t, "backup", bad[0].Name)
		assert.Equal(t, health.Copies, bad[0].Place)
		none, err := s.Troubles(t.Context(), pos.Actor{ID: "x"})
		require.NoError(t, err)
		assert.Empty(t, none)
	})
	t.Run("what was put aside is told apart from what waits", func(t *testing.T) {
		l := OutboxHealth(pos.OutboxCounts{Waiting: 41})
		assert.Equal(t, health.Good, l.State)
		assert.Contains(t, l.Say(s.Words("en")), "41 events wait")
		l = OutboxHealth(pos.OutboxCounts{Waiting: 41, Aside: 2})
		assert.Equal(t, health.Warn, l.State)
		assert.Contains(t, l.Say(s.Words("en")), "set aside: 2, waiting: 41")
	})
	t.Run("a text of messages that cannot be sent is found wherever it stands", func(t *testing.T) {
		t.Setenv("KASSA_SMS_TEMPLATE", "Код <code> <amonut>")
		for _, provider := range []string{"", "sandbox", "smsru"} {
			t.Setenv("KASSA_SMS_PROVIDER", provider)
			c, err := config.Load(s.Home, s.Vendors.Declarations()...)
			require.NoError(t, err)
			other := &Shop{Home: s.Home, Config: c, Vendors: s.Vendors, Secrets: s.Secrets, Clock: s.Clock}
			other.swap()
			found := slices.IndexFunc(other.SettingsHealth(t.Context(), false), func(l health.Line) bool { return l.Name == "template" })
			require.GreaterOrEqual(t, found, 0, "provider %q", provider)
			l := other.SettingsHealth(t.Context(), false)[found]
			assert.Equal(t, health.Bad, l.State)
			assert.Contains(t, l.Say(s.Words("ru")), "<amonut>")
		}
	})
	t.Run("needs the right", func(t *testing.T) {
		_, err := s.Health(context.Background(), pos.Actor{ID: "x"}, false)
		assert.Equal(t, pos.CodeForbidden, pos.CodeOf(err))
	})
}

// TestHealth_NoProviderIsATroubleWhereCodesAreAskedForAlone holds that a shop without
// codes hears nothing of a provider of messages.
func TestHealth_NoProviderIsATroubleWhereCodesAreAskedForAlone(t *testing.T) {
	s, a := open(t)
	provider := func(policy pos.ConfirmPolicy) health.State {
		set := s.Settings()
		set.SMSProvider = ""
		set.ConfirmPoints, set.ConfirmCredit = policy, policy
		require.NoError(t, s.SaveSettings(t.Context(), a, Change{Settings: set}))
		lines := s.SettingsHealth(t.Context(), false)
		return lines[slices.IndexFunc(lines, func(l health.Line) bool { return l.Name == "provider" })].State
	}
	assert.Equal(t, health.Good, provider(pos.ConfirmNever))
	assert.Equal(t, health.Bad, provider(pos.ConfirmAlways))
}
