package logs_test

import (
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"kassa/storage/logs"
)

func TestMask(t *testing.T) {
	for in, want := range map[string]string{
		"sent to +79000000001 now":                                "sent to +•••01 now",
		"scanned 4111 1111 1111 1111 again":                       "scanned •••• 1111 again",
		"code ;5555555555554444=2712?":                            "code ;•••• 4444=2712?",
		"code 4600000000053 unknown":                              "code 4600000000053 unknown",
		"sent to +7 (900) 000-00-02":                              "sent to +•••02",
		"to=79000000003&msg=x":                                    "to=•••03&msg=x",
		"code 123456, again 1234567":                              "code ••••••, again 1234567",
		"GET /balance?api_id=A1B2-C3&json=1":                      "GET /balance?api_id=[hidden]&json=1",
		`{"token": "abc", "x": 1}`:                                `{"token": "[hidden]", "x": 1}`,
		"Authorization: Bearer abc.def":                           "Authorization: Bearer [hidden]",
		"key AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQ":         "key AGE-SECRET-KEY-[hidden]",
		"sale 019a0000-1111-7222-8333-444455556666 total=1262.61": "sale 019a0000-1111-7222-8333-444455556666 total=1262.61",
		"a+b, 3 + 4":       "a+b, 3 + 4",
		"at 2026-11-21":    "at 2026-11-21",
		"{Pin:482913 A:1}": "{Pin:[hidden] A:1}",
	} {
		assert.Equal(t, want, logs.Mask(in), in)
	}
}

func TestProperty_NoPhoneOrCodeSurvives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		phone := "+79" + rapid.StringMatching(`\d{9}`).Draw(t, "phone")
		code := rapid.StringMatching(`\d{6}`).Draw(t, "code")
		around := rapid.StringMatching(`[a-zа-я :,.]{0,10}`)
		masked := logs.Mask(around.Draw(t, "a") + " " + phone + " " + around.Draw(t, "b") + " " + code + " " + around.Draw(t, "c"))
		require.NotContains(t, masked, phone[1:9])
		require.NotContains(t, masked, code)
	})
}

type person struct{ Name, Phone string }

func TestLog_MasksMessagesAttributesAndErrors(t *testing.T) {
	var out strings.Builder
	l := logs.New(&out, slog.LevelInfo)
	l.With("phone", "+79000000001").WithGroup("sms").Error("no answer for +79000000002",
		"error", errors.New("post api_id=TOPSECRET to +79000000003: code 482913"),
		"api_id", "TOPSECRET", "person", person{"A", "+79000000004"}, "code", 482913, "attempt", 2,
		slog.Group("inner", "token", "TOPSECRET", "to", "+79000000005"))
	l.Debug("below the level")

	text := out.String()
	assert.Equal(t, 1, strings.Count(text, "\n"))
	for _, bad := range []string{"900000", "482913", "TOPSECRET", "below"} {
		assert.NotContains(t, text, bad)
	}
	var line struct {
		Msg   string
		Phone string
		Sms   struct {
			Attempt int
			Inner   struct{ To string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(text), &line))
	assert.Equal(t, "no answer for +•••02", line.Msg)
	assert.Equal(t, "+•••01", line.Phone)
	assert.Equal(t, 2, line.Sms.Attempt)
	assert.Equal(t, "+•••05", line.Sms.Inner.To)
}

func TestLog_KeepsErrorCodes(t *testing.T) {
	var out strings.Builder
	logs.New(&out, slog.LevelInfo).Info("refused", "code", "forbidden")
	assert.Contains(t, out.String(), `"code":"forbidden"`)
}

func TestOpen(t *testing.T) {
	t.Run("writes lines that stay after Close", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "logs")
		for range 2 {
			l, err := logs.Open(dir, slog.LevelInfo)
			require.NoError(t, err)
			l.Info("started")
			require.NoError(t, l.Close())
		}
		raw, err := os.ReadFile(filepath.Join(dir, logs.FileName))
		require.NoError(t, err)
		assert.Equal(t, 2, strings.Count(string(raw), `"msg":"started"`))
		info, err := os.Stat(filepath.Join(dir, logs.FileName))
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	})
	t.Run("tells a folder that cannot be written", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "file")
		require.NoError(t, os.WriteFile(file, nil, 0o600))
		_, err := logs.Open(filepath.Join(file, "logs"), slog.LevelInfo)
		assert.Error(t, err)
	})
}
