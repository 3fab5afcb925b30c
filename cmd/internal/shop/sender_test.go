package shop

// This file tests codes that the provider makes: how they come to the till, and
// that nobody else sees them.

import (
	"bytes"
	"io/fs"
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
	"kassa/sms/smstest"
	"kassa/storage/config"
)

// ringing is a demo shop whose codes a Caller makes, with a cheque on which
// points can be spent.
type ringing struct {
	*Shop
	who  pos.Actor
	line *smstest.Caller
	log  safeBuffer
}

func openRinging(t *testing.T, codes ...string) *ringing {
	t.Helper()
	r := &ringing{line: smstest.NewCaller(codes...)}
	s, a := openLogged(t, slog.New(slog.NewTextHandler(&r.log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	r.Shop, r.who = s, a
	r.line.By = integration.BySMS // the way this shop's codes go
	s.Vendors = sms.NewCatalogue(sandbox.Vendor(s.Inbox, filepath.Join(s.Home.Dir, SandboxFile)), r.line.Vendor())
	set := s.Settings()
	set.SMSProvider = smstest.CallerID
	require.NoError(t, s.SaveSettings(t.Context(), a, Change{Settings: set}))
	_, err := s.Till.OpenShift(t.Context(), a, 0)
	require.NoError(t, err)
	people, err := s.Till.SearchCustomers(t.Context(), a, "79000000001", 1)
	require.NoError(t, err)
	_, err = s.Till.Scan(t.Context(), a, "5*4600000000015", 0, nil)
	require.NoError(t, err)
	_, err = s.Till.SetCustomer(t.Context(), a, till.FindCustomer{ID: people[0].ID})
	require.NoError(t, err)
	return r
}

// spend asks for points and returns the code once it is brought.
func (r *ringing) spend(t *testing.T) *till.CodeView {
	t.Helper()
	_, v, err := r.Till.SpendPoints(t.Context(), r.who, 50)
	require.NoError(t, err)
	v, err = r.Till.BringCode(t.Context(), r.who, v.ID, nil)
	require.NoError(t, err)
	return v
}

// safeBuffer is a log that several goroutines write.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func TestSendCode_TheProviderMakesTheCode(t *testing.T) {
	t.Run("it confirms, and stands nowhere", func(t *testing.T) {
		const code = "73914628"
		r := openRinging(t, code)
		v := r.spend(t)
		require.Equal(t, confirm.Sent, v.State, v.ReasonID)
		require.Equal(t, len(code), v.Digits)
		require.Equal(t, smstest.CallerID, v.Rungs[0].Provider)
		require.Len(t, r.line.Calls(), 1)
		v, err := r.Till.EnterCode(t.Context(), r.who, v.ID, "00000000")
		require.NoError(t, err)
		require.Equal(t, 4, v.AttemptsLeft)
		v, err = r.Till.EnterCode(t.Context(), r.who, v.ID, "7391 4628")
		require.NoError(t, err)
		require.Equal(t, confirm.Verified, v.State)

		assert.NotContains(t, r.log.String(), code)
		require.NoError(t, filepath.WalkDir(r.Home.Dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			raw, err := os.ReadFile(path)
			assert.NotContains(t, string(raw), code, path)
			return err
		}))
	})
	t.Run("an answer that is lost or no code leaves nothing to enter", func(t *testing.T) {
		for name, r := range map[string]*ringing{
			"lost":    openRinging(t),
			"no code": openRinging(t, "busy"),
			"nothing": openRinging(t, ""),
		} {
			if name == "lost" {
				r.line.BreakAfter()
			}
			v := r.spend(t)
			require.Equal(t, confirm.SendUnknown, v.State, name)
			require.Equal(t, "code.unreadable", v.ReasonID, name)
			require.Zero(t, v.Digits, name)
			_, err := r.Till.EnterCode(t.Context(), r.who, v.ID, "0435")
			require.Equal(t, pos.CodeConflict, pos.CodeOf(err), name)
			now, err := r.Till.Code(t.Context(), r.who, v.ID)
			require.NoError(t, err)
			require.Equal(t, confirm.MaxWrong, now.AttemptsLeft, name)
			require.Len(t, r.line.Calls(), 1, "%s: never rung twice by itself", name)
			require.Contains(t, r.log.String(), "code not sent", name)
			require.NotContains(t, r.log.String(), "0435", name)
		}
	})
	t.Run("a refusal is one", func(t *testing.T) {
		r := openRinging(t)
		r.line.BreakBefore()
		v := r.spend(t)
		require.Equal(t, confirm.SendFailed, v.State)
		require.Empty(t, r.line.Calls())
	})
}

func TestSendCode_WhoMakesTheCodeHasChanged(t *testing.T) {
	r := openRinging(t)
	d := delivery()
	res := sender{r.Shop}.SendCode(t.Context(), d)
	assert.Equal(t, confirm.SendFailed, res.State, "the till's code is nothing for a provider that makes its own")
	assert.Equal(t, "shop.provider-changed", res.ReasonID)
	assert.True(t, sender{r.Shop}.Route(d.By).Foreign)

	set := r.Settings()
	set.SMSProvider = sandbox.ID
	require.NoError(t, r.SaveSettings(t.Context(), r.who, Change{Settings: set}))
	d.Code = ""
	res = sender{r.Shop}.SendCode(t.Context(), d)
	assert.Equal(t, confirm.SendFailed, res.State, "nor can the sandbox make one")
	assert.Equal(t, "shop.provider-changed", res.ReasonID)
	assert.Equal(t, confirm.Route{By: integration.BySMS, Provider: sandbox.ID}, sender{r.Shop}.Route(integration.BySMS))

	d.By = integration.ByCall
	res = sender{r.Shop}.SendCode(t.Context(), d)
	assert.Equal(t, confirm.SendFailed, res.State, "it does not go that way at all")
	assert.Equal(t, sms.MsgUnsupported, res.ReasonID)
	for _, lang := range []string{"ru", "en", "be", "uk", "kk"} {
		for _, id := range []string{"shop.provider-changed", "code.unreadable", "code.too-short", "code.never-sent"} {
			assert.True(t, r.Words(lang).Has(id), "%s has words for %q", lang, id)
		}
	}
	assert.Empty(t, r.Inbox.Messages())
	assert.Empty(t, r.line.Calls())
}

// TestReasons_Judged keeps a new reason of a failed message from deciding by
// itself whether a code may be skipped.
func TestReasons_Judged(t *testing.T) {
	ids := []string{"shop.template", "shop.no-provider", "shop.provider-changed", "code.unreadable", "code.too-short", "code.hash",
		"code.no-answer", "code.interrupted", "code.never-sent", "code.phone-limit", "code.dead-wait", "code.expired", confirm.RanOut}
	for _, id := range sms.Messages() {
		if strings.HasPrefix(id, "sms.err.") {
			ids = append(ids, id)
		}
	}
	for _, id := range ids {
		assert.True(t, confirm.Judged(id), id)
	}
}

func TestSendCode_ASettingsMistakeIsNoWayAroundTheCode(t *testing.T) {
	for name, spoil := range map[string]func(*testing.T, *Shop, pos.Actor){
		"a text of the environment with an unknown word": func(t *testing.T, s *Shop, _ pos.Actor) {
			t.Setenv("KASSA_SMS_TEMPLATE", "Код <code> <amonut>")
			c, err := config.Load(s.Home, s.Vendors.Declarations()...)
			require.NoError(t, err, "the till starts all the same")
			s.Config = c
			s.swap()
		},
		"a provider without its token": func(t *testing.T, s *Shop, a pos.Actor) {
			set := s.Settings()
			set.SMSProvider = "smsru"
			require.NoError(t, s.SaveSettings(t.Context(), a, Change{Settings: set}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, a := openLogged(t, slog.New(slog.DiscardHandler))
			r := &ringing{Shop: s, who: a}
			_, err := s.Till.OpenShift(t.Context(), a, 0)
			require.NoError(t, err)
			people, err := s.Till.SearchCustomers(t.Context(), a, "79000000001", 1)
			require.NoError(t, err)
			_, err = s.Till.Scan(t.Context(), a, "5*4600000000015", 0, nil)
			require.NoError(t, err)
			_, err = s.Till.SetCustomer(t.Context(), a, till.FindCustomer{ID: people[0].ID})
			require.NoError(t, err)
			spoil(t, s, a)
			v := r.spend(t)
			require.Equal(t, confirm.SendFailed, v.State)
			require.True(t, v.SkipAt.IsZero(), v.ReasonID)
			_, err = s.Till.SkipCode(t.Context(), a, v.ID, "код не приходит")
			require.Equal(t, pos.CodeConflict, pos.CodeOf(err), "%v", err)
		})
	}
}

// TestSendCode_WithoutAProviderTheRightGoesOn holds apart what looks alike: no
// provider chosen is a choice of the shop, a provider that is set up wrongly a mistake.
func TestSendCode_WithoutAProviderTheRightGoesOn(t *testing.T) {
	s, a := openLogged(t, slog.New(slog.DiscardHandler))
	r := &ringing{Shop: s, who: a}
	_, err := s.Till.OpenShift(t.Context(), a, 0)
	require.NoError(t, err)
	people, err := s.Till.SearchCustomers(t.Context(), a, "79000000001", 1)
	require.NoError(t, err)
	_, err = s.Till.Scan(t.Context(), a, "5*4600000000015", 0, nil)
	require.NoError(t, err)
	_, err = s.Till.SetCustomer(t.Context(), a, till.FindCustomer{ID: people[0].ID})
	require.NoError(t, err)
	set := s.Settings()
	set.SMSProvider = ""
	require.NoError(t, s.SaveSettings(t.Context(), a, Change{Settings: set}))
	v := r.spend(t)
	require.Equal(t, confirm.NoProvider, v.ReasonID)
	require.False(t, v.SkipAt.IsZero())
	_, err = s.Till.SkipCode(t.Context(), a, v.ID, "код не приходит")
	require.NoError(t, err, "the owner has the right")
}
