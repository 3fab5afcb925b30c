package shop

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/integration"
	"kassa/pos/till"
	"kassa/sms"
	"kassa/sms/sandbox"
	"kassa/storage/config"
	"kassa/storage/secret"
)

// open makes a demo shop of the test's own, with cheap hashes.
func open(t *testing.T) (*Shop, pos.Actor) { return openLogged(t, nil) }

// openLogged is open with a log to look into.
func openLogged(t *testing.T, log *slog.Logger) (*Shop, pos.Actor) {
	t.Helper()
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); strings.HasPrefix(name, "KASSA_") {
			t.Setenv(name, "")
		}
	}
	t.Setenv("KASSA_SECRETS", "file")
	s, d, err := Create(t.Context(), Options{Home: filepath.Join(t.TempDir(), "home"), Log: log, HashCost: till.HashCost{MemoryKiB: 8, Passes: 1}}, true)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	a, err := s.Till.Login(t.Context(), d.Employees[0].PIN)
	require.NoError(t, err)
	return s, a
}

func delivery() confirm.Delivery {
	return confirm.Delivery{Challenge: "c", Phone: "+79000000001", By: integration.BySMS, Code: "123456", Operation: confirm.SpendPoints,
		Amount: 150_00, Points: 150, Customer: "Анна", Number: 1}
}

func TestSendCode(t *testing.T) {
	t.Run("writes the operation in the customer's language and numbers the second message", func(t *testing.T) {
		s, _ := open(t)
		d := delivery()
		d.Language, d.Number = "en", 2
		r := sender{s}.SendCode(t.Context(), d)
		require.Equal(t, confirm.Sent, r.State, r.Err)
		assert.Equal(t, sandbox.ID, r.Provider)
		m := s.Inbox.Messages()
		require.Len(t, m, 1)
		assert.Equal(t, m[0].ID, r.MessageID)
		assert.Contains(t, m[0].Text, "123456")
		assert.Contains(t, m[0].Text, "spending points")
		assert.Contains(t, m[0].Text, "(message 2)")
	})
	t.Run("leaves the code to the demo's file", func(t *testing.T) {
		s, _ := open(t)
		sender{s}.SendCode(t.Context(), delivery())
		raw, err := os.ReadFile(filepath.Join(s.Home.Dir, SandboxFile))
		require.NoError(t, err)
		var m sandbox.Message
		require.NoError(t, json.Unmarshal(raw, &m))
		assert.Contains(t, m.Text, "123456")
	})
	for _, c := range []struct {
		name  string
		err   error
		state confirm.State
	}{
		{"the provider refused", &sms.Error{Kind: sms.InsufficientFunds}, confirm.SendFailed},
		{"nobody answered", &sms.Error{Kind: sms.Unknown}, confirm.SendUnknown},
		{"a gateway failed behind which it may have been sent", &sms.Error{Kind: sms.TemporaryError, Unclear: true}, confirm.SendUnknown},
		{"an error nobody knows", errors.New("odd"), confirm.SendUnknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, _ := open(t)
			s.Inbox.FailNext(c.err)
			r := sender{s}.SendCode(t.Context(), delivery())
			assert.Equal(t, c.state, r.State)
			assert.True(t, s.Words("ru").Has(r.ReasonID), "%q has words", r.ReasonID)
			assert.True(t, s.Words("en").Has(r.ReasonID), "%q has words", r.ReasonID)
		})
	}
	t.Run("fails plainly without a provider and without its token", func(t *testing.T) {
		s, a := open(t)
		for provider, reason := range map[string]string{"": "shop.no-provider", "smsru": sms.MsgSettingMissing} {
			set := s.Settings()
			set.SMSProvider = provider
			require.NoError(t, s.SaveSettings(t.Context(), a, Change{Settings: set}))
			r := sender{s}.SendCode(t.Context(), delivery())
			assert.Equal(t, confirm.SendFailed, r.State)
			assert.Equal(t, reason, r.ReasonID)
		}
	})
}

func TestSaveSettings(t *testing.T) {
	t.Run("puts settings, secrets and provider in force and records what changed but no value", func(t *testing.T) {
		s, a := open(t)
		set := s.Settings()
		set.SMSProvider, set.SMSTemplate = "smsru", "Ваш код {code}, сумма <amount>"
		err := s.SaveSettings(t.Context(), a, Change{
			Settings: set, Provider: map[string]string{"sms.smsru.base_url": "http://127.0.0.1:1"},
			Secrets: map[string]secret.Secret{"sms.smsru.api_id": secret.New("canary-token")},
		})
		require.NoError(t, err)
		p, err := s.Provider()
		require.NoError(t, err)
		assert.Equal(t, "smsru", p.Declaration().ID)

		file, err := os.ReadFile(s.Home.Config())
		require.NoError(t, err)
		assert.NotContains(t, string(file), "canary-token")
		var changed string
		require.NoError(t, s.Store.View(t.Context(), func(tx till.Tx) error {
			events, err := tx.Events("", 1)
			if err == nil {
				assert.Equal(t, pos.EventSettingsChanged, events[0].Kind)
				assert.Equal(t, a.ID, events[0].Employee)
				changed = events[0].Detail["changed"]
			}
			return err
		}))
		assert.Equal(t, "SMSProvider,SMSTemplate,sms.smsru.api_id,sms.smsru.base_url", changed)

		again, err := config.Load(s.Home, s.Vendors.Declarations()...)
		require.NoError(t, err)
		assert.Equal(t, s.Settings(), again.Settings())
	})
	t.Run("changes nothing when anything of it is refused", func(t *testing.T) {
		s, a := open(t)
		before := s.Settings()
		file, err := os.ReadFile(s.Home.Config())
		require.NoError(t, err)
		for name, change := range map[string]func(*Change){
			"a text without the code": func(c *Change) { c.Settings.SMSTemplate = "Сумма <amount>" },
			"an unknown variable":     func(c *Change) { c.Settings.SMSTemplate = "<code> <secret>" },
			"an unknown provider":     func(c *Change) { c.Settings.SMSProvider = "pigeons" },
			"a secret in the file":    func(c *Change) { c.Provider = map[string]string{"sms.smsru.api_id": "canary"} },
			"a plain address":         func(c *Change) { c.Provider = map[string]string{"sms.smsru.base_url": "http://example.com"} },
		} {
			c := Change{Settings: before, Secrets: map[string]secret.Secret{"sms.smsru.api_id": secret.New("new-token")}}
			change(&c)
			err := s.SaveSettings(t.Context(), a, c)
			require.Equal(t, pos.CodeInvalid, pos.CodeOf(err), "%s: %v", name, err)
			assert.Equal(t, before, s.Settings(), name)
			kept, err := s.Secrets.Get("sms.smsru.api_id")
			require.NoError(t, err)
			assert.True(t, kept.Empty(), name)
		}
		after, err := os.ReadFile(s.Home.Config())
		require.NoError(t, err)
		assert.Equal(t, string(file), string(after))
	})
	t.Run("takes the right to", func(t *testing.T) {
		s, _ := open(t)
		staff, err := s.Till.DemoEmployees(t.Context())
		require.NoError(t, err)
		cashier, err := s.Till.Login(t.Context(), staff[len(staff)-1].PIN)
		require.NoError(t, err)
		err = s.SaveSettings(t.Context(), cashier, Change{Settings: s.Settings()})
		assert.Equal(t, pos.CodeForbidden, pos.CodeOf(err))
	})
	t.Run("is seen whole by whoever sends meanwhile", func(t *testing.T) {
		s, a := open(t)
		var done sync.WaitGroup
		done.Go(func() {
			for i := range 20 {
				set := s.Settings()
				set.SMSProvider = []string{"", "sandbox"}[i%2]
				assert.NoError(t, s.SaveSettings(context.Background(), a, Change{Settings: set}))
			}
		})
		done.Go(func() {
			for range 50 {
				r := sender{s}.SendCode(context.Background(), delivery())
				if r.Provider == "" {
					assert.Equal(t, confirm.SendFailed, r.State)
				} else {
					assert.Equal(t, confirm.Sent, r.State)
				}
			}
		})
		done.Wait()
	})
}

func TestOpen(t *testing.T) {
	t.Run("lets one sell and others look", func(t *testing.T) {
		s, _ := open(t)
		_, err := Open(t.Context(), Options{Home: s.Home.Dir})
		assert.Equal(t, pos.CodeUnavailable, pos.CodeOf(err))
		beside, err := Open(t.Context(), Options{Home: s.Home.Dir, Beside: true})
		require.NoError(t, err)
		n, err := beside.Till.Count(t.Context(), till.System())
		require.NoError(t, err)
		assert.Positive(t, n.Products)
		require.NoError(t, beside.Close())
	})
	t.Run("does not make a new pepper for old hashes", func(t *testing.T) {
		s, _ := open(t)
		require.NoError(t, os.RemoveAll(s.Home.Secrets()))
		_, err := Open(t.Context(), Options{Home: s.Home.Dir, Beside: true})
		require.Equal(t, pos.CodeUnavailable, pos.CodeOf(err), "%v", err)
	})
	t.Run("refuses a home without a shop and makes none", func(t *testing.T) {
		t.Setenv("KASSA_SECRETS", "file")
		dir := t.TempDir()
		_, err := Open(t.Context(), Options{Home: dir})
		assert.Equal(t, pos.CodeNotFound, pos.CodeOf(err))
		_, err = os.Stat(filepath.Join(dir, "kassa.db"))
		assert.True(t, os.IsNotExist(err))
	})
}

func TestSystem_SellsNothing(t *testing.T) {
	s, a := open(t)
	_, err := s.Till.OpenShift(t.Context(), a, 0)
	require.NoError(t, err)
	_, err = s.Till.Scan(t.Context(), till.System(), "4600000000015", 0, nil)
	assert.Equal(t, pos.CodeForbidden, pos.CodeOf(err))
	_, err = s.Till.CashOut(t.Context(), till.System(), 1, "because")
	assert.Equal(t, pos.CodeForbidden, pos.CodeOf(err))
}
