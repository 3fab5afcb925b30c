package secret_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/storage/secret"
)

var at = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func TestRenew(t *testing.T) {
	t.Run("keeps the old pepper and every other secret", func(t *testing.T) {
		dir := t.TempDir()
		s := open(t, dir)
		old, err := secret.Pepper(s, true)
		require.NoError(t, err)
		require.NoError(t, s.Set("sms.smsru.api_id", secret.New("token")))
		made, err := secret.Renew(s, dir, at)
		require.NoError(t, err)
		assert.NotEqual(t, old, made)
		now, err := secret.Pepper(s, false)
		require.NoError(t, err)
		assert.Equal(t, made, now)
		before, err := s.Get("pepper.before.20260302-120000")
		require.NoError(t, err)
		assert.Equal(t, old, secret.Raw(before))
		assert.Equal(t, "token", get(t, s, "sms.smsru.api_id"))
	})
	for name, spoil := range map[string]func(*testing.T, string){
		"the key is gone": func(t *testing.T, dir string) { require.NoError(t, os.Remove(filepath.Join(dir, "key.txt"))) },
		"the file is damaged": func(t *testing.T, dir string) {
			require.NoError(t, os.WriteFile(filepath.Join(dir, "secrets.age"), []byte("x"), 0o600))
		},
		"the key is no key": func(t *testing.T, dir string) {
			require.NoError(t, os.WriteFile(filepath.Join(dir, "key.txt"), []byte("x"), 0o600))
		},
		"the folder is emptied": func(t *testing.T, dir string) {
			require.NoError(t, os.RemoveAll(dir))
			require.NoError(t, os.Mkdir(dir, 0o700))
		},
	} {
		t.Run("makes one although "+name+", and throws nothing away", func(t *testing.T) {
			dir := t.TempDir()
			s := open(t, dir)
			_, err := secret.Pepper(s, true)
			require.NoError(t, err)
			spoil(t, dir)
			kept := map[string]string{}
			for _, name := range []string{"key.txt", "secrets.age"} {
				if raw, err := os.ReadFile(filepath.Join(dir, name)); err == nil {
					kept[name] = string(raw)
				}
			}
			_, err = secret.Pepper(s, false)
			require.True(t, secret.Lost(err), "%v", err)
			made, err := secret.Renew(s, dir, at)
			require.NoError(t, err)
			now, err := secret.Pepper(open(t, dir), false)
			require.NoError(t, err)
			assert.Equal(t, made, now)
			if len(kept) > 0 {
				assert.Equal(t, kept, listing(t, filepath.Join(dir, "aside-20260302-120000")))
			}
		})
	}
}

func TestAccept_BringsWhatACopyCarried(t *testing.T) {
	from, to := open(t, t.TempDir()), open(t, t.TempDir())
	old, err := secret.Pepper(from, true)
	require.NoError(t, err)
	theirs, err := secret.Pepper(to, true)
	require.NoError(t, err)
	names := []string{"sms.smsru.api_id", "backup.passphrase"}
	require.NoError(t, from.Set(names[0], secret.New("token")))
	require.NoError(t, to.Set(names[0], secret.New("their token")))

	carried, err := secret.Carry(from, names)
	require.NoError(t, err)
	require.Len(t, carried, 2, "what there is none of does not travel")
	assert.Nil(t, secret.Waiting(to))
	require.NoError(t, secret.Await(to, carried))
	now, err := secret.Pepper(to, false)
	require.NoError(t, err)
	assert.Equal(t, theirs, now, "what waits is not in force")
	assert.Equal(t, old, secret.Waiting(to))

	for range 2 { // a process that ended in between does it again
		require.NoError(t, secret.Accept(to, names, at))
	}
	now, err = secret.Pepper(to, false)
	require.NoError(t, err)
	assert.Equal(t, old, now)
	assert.Nil(t, secret.Waiting(to))
	assert.Equal(t, "token", get(t, to, names[0]))
	assert.Equal(t, "their token", get(t, to, names[0]+".before.20260302-120000"))
	before, err := to.Get("pepper.before.20260302-120000")
	require.NoError(t, err)
	assert.Equal(t, theirs, secret.Raw(before))
}
