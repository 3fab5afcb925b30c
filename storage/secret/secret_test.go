package secret_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/zalando/go-keyring"

	"kassa/pos"
	"kassa/storage/secret"
)

const token = "sms.smsru.api_id"

func noEnvironment(string) string { return "" }

func open(t *testing.T, dir string) secret.Store {
	t.Helper()
	s, err := secret.Open(secret.Params{Dir: dir, Mode: secret.File, Environment: noEnvironment})
	require.NoError(t, err)
	return s
}

func get(t *testing.T, s secret.Store, name string) string {
	t.Helper()
	v, err := s.Get(name)
	require.NoError(t, err)
	return v.Reveal()
}

func id(t *testing.T, err error) string {
	t.Helper()
	e, ok := errors.AsType[*pos.Error](err)
	require.True(t, ok, "%v", err)
	return e.ID
}

func TestFile_KeepsSecrets(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "secrets")
	s := open(t, dir)
	assert.Empty(t, get(t, s, token))
	require.NoError(t, s.Set(token, secret.New("TOKEN-VALUE")))
	require.NoError(t, s.Set("other", secret.New("другое")))

	again := open(t, dir)
	assert.Equal(t, "TOKEN-VALUE", get(t, again, token))
	assert.Equal(t, secret.File, again.Mode())
	require.NoError(t, again.Delete(token))
	require.NoError(t, again.Delete(token))
	assert.Empty(t, get(t, again, token))
	assert.Equal(t, "другое", get(t, again, "other"))
}

func TestFile_IsForItsOwnerAloneAndEncrypted(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "secrets")
	require.NoError(t, open(t, dir).Set(token, secret.New("TOKEN-VALUE")))
	info, err := os.Stat(dir)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o700), info.Mode().Perm())
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, entries, 2)
	for _, e := range entries {
		info, err := e.Info()
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), e.Name())
		raw, err := os.ReadFile(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
		assert.NotContains(t, string(raw), "TOKEN-VALUE")
	}
}

func TestFile_TwoFoldersShareNothing(t *testing.T) {
	a, b := open(t, filepath.Join(t.TempDir(), "a")), open(t, filepath.Join(t.TempDir(), "b"))
	require.NoError(t, a.Set(token, secret.New("TOKEN-VALUE")))
	assert.Empty(t, get(t, b, token))
}

func TestFile_DamageIsToldAndNothingIsOverwritten(t *testing.T) {
	for name, tt := range map[string]struct {
		harm func(t *testing.T, dir string)
		want string
	}{
		"the key is missing":   {func(t *testing.T, dir string) { require.NoError(t, os.Remove(filepath.Join(dir, "key.txt"))) }, "secret.key-missing"},
		"the key is cut":       {write("key.txt", "AGE-SECRET-KEY-1"), "secret.damaged"},
		"the key is empty":     {write("key.txt", ""), "secret.unreadable"},
		"the values are cut":   {write("secrets.age", "age-encryption.org/v1\n"), "secret.damaged"},
		"the values are empty": {write("secrets.age", ""), "secret.unreadable"},
		"the key is another's": {func(t *testing.T, dir string) {
			other := filepath.Join(t.TempDir(), "other")
			require.NoError(t, open(t, other).Set(token, secret.New("x")))
			raw, err := os.ReadFile(filepath.Join(other, "key.txt"))
			require.NoError(t, err)
			write("key.txt", string(raw))(t, dir)
		}, "secret.damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "secrets")
			require.NoError(t, open(t, dir).Set(token, secret.New("TOKEN-VALUE")))
			tt.harm(t, dir)
			before := listing(t, dir)
			s := open(t, dir)

			_, err := s.Get(token)
			assert.Equal(t, tt.want, id(t, err))
			assert.Equal(t, pos.CodeUnavailable, pos.CodeOf(err))
			assert.NotContains(t, err.Error(), "SECRET-KEY")
			assert.Equal(t, tt.want, id(t, s.Set(token, secret.New("new"))))
			_, err = secret.Pepper(s, true)
			assert.Error(t, err)
			assert.Equal(t, before, listing(t, dir))
		})
	}
}

func write(name, content string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		t.Helper()
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600))
	}
}

func listing(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	all := map[string]string{}
	for _, e := range entries {
		raw, err := os.ReadFile(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
		all[e.Name()] = string(raw)
	}
	return all
}

func TestStore_TheEnvironmentComesFirst(t *testing.T) {
	s, err := secret.Open(secret.Params{Dir: filepath.Join(t.TempDir(), "s"), Mode: secret.File, Environment: func(name string) string {
		return map[string]string{"KASSA_SMS_SMSRU_API_ID": " FROM-ENV\n", "KASSA_PEPPER": "weak"}[name]
	}})
	require.NoError(t, err)
	require.NoError(t, s.Set(token, secret.New("kept")))
	assert.Equal(t, "FROM-ENV", get(t, s, token))
	assert.True(t, s.Overridden(token))
	p, err := secret.Pepper(s, true)
	require.NoError(t, err)
	assert.Len(t, p, secret.PepperBytes, "the pepper never comes from the environment")
}

func TestStore_RefusesWhatCannotBeAToken(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "s"))
	for _, v := range []string{"", "a\nb", "a\x00", "\xff", strings.Repeat("x", secret.MaxValue+1)} {
		assert.Equal(t, "secret.value", id(t, s.Set(token, secret.New(v))), "%q", v)
	}
}

func TestPepper(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "s")
	_, err := secret.Pepper(open(t, dir), false)
	assert.Equal(t, "secret.pepper-lost", id(t, err), "hashes exist, so a new one is useless")
	first, err := secret.Pepper(open(t, dir), true)
	require.NoError(t, err)
	again, err := secret.Pepper(open(t, dir), false)
	require.NoError(t, err)
	assert.Equal(t, first, again)
	other, err := secret.Pepper(open(t, filepath.Join(t.TempDir(), "s")), true)
	require.NoError(t, err)
	assert.NotEqual(t, first, other)

	s := open(t, dir)
	require.NoError(t, s.Set("pepper", secret.New("short")))
	_, err = secret.Pepper(s, true)
	assert.Equal(t, "secret.pepper-lost", id(t, err))
}

func TestOpen_AFolderThatCannotBeMade(t *testing.T) {
	f := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(f, nil, 0o600))
	_, err := secret.Open(secret.Params{Dir: filepath.Join(f, "s"), Environment: noEnvironment})
	assert.Equal(t, "secret.folder", id(t, err))
}

// The library's stand-in for a key store is one for the whole process, so all
// that needs it is told in this one test.
func TestSystem(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	dir := filepath.Join(t.TempDir(), "bare")
	s, err := secret.Open(secret.Params{Dir: dir, Environment: noEnvironment})
	require.NoError(t, err)
	assert.Equal(t, secret.File, s.Mode(), "without a session bus")

	keyring.MockInit()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
	s, err = secret.Open(secret.Params{Dir: dir, Environment: noEnvironment})
	require.NoError(t, err)
	assert.Equal(t, secret.File, s.Mode(), "a mode is remembered")

	a, b := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b")
	s, err = secret.Open(secret.Params{Dir: a, Environment: noEnvironment})
	require.NoError(t, err)
	require.Equal(t, secret.System, s.Mode())
	require.NoError(t, s.Set(token, secret.New("TOKEN-VALUE")))
	assert.Equal(t, "TOKEN-VALUE", get(t, s, token))
	assert.NotContains(t, fmt.Sprint(listing(t, a)), "TOKEN-VALUE")

	other, err := secret.Open(secret.Params{Dir: b, Environment: noEnvironment})
	require.NoError(t, err)
	assert.Empty(t, get(t, other, token))
	forced, err := secret.Open(secret.Params{Dir: a, Environment: func(name string) string {
		return map[string]string{secret.ModeVariable: "file"}[name]
	}})
	require.NoError(t, err)
	assert.Equal(t, secret.File, forced.Mode())

	require.NoError(t, s.Delete(token))
	require.NoError(t, s.Delete(token))
	assert.Empty(t, get(t, s, token))

	keyring.MockInitWithError(errors.New("locked"))
	_, err = s.Get(token)
	assert.Equal(t, "secret.system", id(t, err))
	fresh, err := secret.Open(secret.Params{Dir: filepath.Join(t.TempDir(), "c"), Environment: noEnvironment})
	require.NoError(t, err)
	assert.Equal(t, secret.File, fresh.Mode(), "a key store that fails is none")
}
