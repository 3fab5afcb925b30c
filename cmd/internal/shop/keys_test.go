package shop

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/recovery"
	"kassa/pos/till"
	"kassa/storage/backup"
	"kassa/storage/config"
	"kassa/storage/secret"
)

const token = "sms.smsru.api_id"

// swapKeys puts the keys of another shop in the place of a home's.
func swapKeys(t *testing.T, home config.Home) {
	t.Helper()
	other, _, _ := copying(t)
	require.NoError(t, other.Close())
	require.NoError(t, os.RemoveAll(home.Secrets()))
	require.NoError(t, os.CopyFS(home.Secrets(), os.DirFS(other.Home.Secrets())))
}

// spoilers are what becomes of a folder of keys, and what is said of it.
var spoilers = map[string]struct {
	do func(*testing.T, config.Home)
	id string
}{
	"the folder is gone": {func(t *testing.T, h config.Home) { require.NoError(t, os.RemoveAll(h.Secrets())) }, "secret.pepper-lost"},
	"the key file is gone": {func(t *testing.T, h config.Home) {
		require.NoError(t, os.Remove(filepath.Join(h.Secrets(), "key.txt")))
	}, "secret.key-missing"},
	"the file is damaged": {func(t *testing.T, h config.Home) {
		require.NoError(t, os.WriteFile(filepath.Join(h.Secrets(), "secrets.age"), []byte("не то"), 0o600))
	}, "secret.damaged"},
	"they are another till's": {swapKeys, "secret.foreign"},
}

func errID(t *testing.T, err error) string {
	t.Helper()
	e, ok := errors.AsType[*pos.Error](err)
	require.True(t, ok, "%v", err)
	return e.ID
}

// TestKeys_LostOrForeign spoils the keys of a shop: that is said at the start, not
// "wrong PIN"; the data can still be checked and copied, and the recovery code
// lets the owner in.
func TestKeys_LostOrForeign(t *testing.T) {
	for name, spoil := range spoilers {
		t.Run(name, func(t *testing.T) {
			s, c, d := copying(t)
			a := owner(t, s, d)
			code, err := s.Till.NewRecovery(t.Context(), a)
			require.NoError(t, err)
			require.NoError(t, s.Close())
			spoil.do(t, s.Home)
			o := Options{Home: s.Home.Dir, Clock: c, HashCost: cheap}
			for _, o.Beside = range []bool{false, true} {
				_, err = Open(t.Context(), o)
				assert.Equal(t, spoil.id, errID(t, err))
			}
			_, _, err = Create(t.Context(), o, true)
			require.Error(t, err, "and no new shop is made over it")

			looked := o
			looked.Keyless, looked.Beside = true, true
			k, err := Open(t.Context(), looked)
			require.NoError(t, err)
			assert.Equal(t, spoil.id, errID(t, k.Keys))
			problems, err := k.Till.SelfCheck(t.Context(), till.System())
			require.NoError(t, err)
			assert.Empty(t, problems)
			_, err = k.Backup(t.Context(), till.System(), "")
			require.NoError(t, err, "what is there can be copied")
			_, err = k.Till.Login(t.Context(), d.Employees[0].PIN)
			assert.Equal(t, "login.no-keys", errID(t, err))
			require.NoError(t, k.Close())

			o.Beside = false
			wrong, err := recovery.New()
			require.NoError(t, err)
			_, err = Recover(t.Context(), o, wrong, "720541")
			assert.Equal(t, "recovery.wrong", errID(t, err))
			r, err := Recover(t.Context(), o, hidden.New(recovery.Show(code)), "720541")
			require.NoError(t, err)
			assert.Equal(t, a.ID, r.Owner.ID)
			assert.False(t, r.Next.Empty())
			again, err := Open(t.Context(), o)
			require.NoError(t, err)
			defer again.Close()
			_, err = again.Till.Login(t.Context(), d.Employees[0].PIN)
			assert.Equal(t, pos.CodeForbidden, pos.CodeOf(err), "the PIN of before is void")
			_, err = again.Till.Login(t.Context(), "720541")
			require.NoError(t, err)
		})
	}
}

// TestRecover_CutInBetween ends the process after the new secret was stored and
// before the data knew it: the same code lets the owner in.
func TestRecover_CutInBetween(t *testing.T) {
	s, c, d := copying(t)
	code, err := s.Till.NewRecovery(t.Context(), owner(t, s, d))
	require.NoError(t, err)
	require.NoError(t, s.Close())
	_, err = secret.Renew(s.Secrets, s.Home.Secrets(), c.Now())
	require.NoError(t, err)
	o := Options{Home: s.Home.Dir, Clock: c, HashCost: cheap}
	_, err = Open(t.Context(), o)
	assert.Equal(t, "secret.foreign", errID(t, err))
	_, err = Recover(t.Context(), o, code, "720541")
	require.NoError(t, err)
}

// sealed makes a copy under a passphrase and closes the shop.
func sealed(t *testing.T, s *Shop, d *till.DemoShop) string {
	t.Helper()
	require.NoError(t, s.Secrets.Set(token, secret.New("токен")))
	results, err := s.MakeCopies(t.Context(), owner(t, s, d), CopyTo{Folder: t.TempDir(), Key: backup.Key{Seal: pos.SealPassphrase, Passphrase: hidden.New(phrase), Work: 2}})
	require.NoError(t, err)
	require.NoError(t, CopyError(results))
	require.NoError(t, s.Close())
	return results[0].Copy.Path
}

func TestCopies_CarryTheKeys(t *testing.T) {
	t.Run("to a computer that has nothing: the old PIN lets in", func(t *testing.T) {
		s, c, d := copying(t)
		file := sealed(t, s, d)
		o := Options{Home: filepath.Join(t.TempDir(), "home"), Clock: c, HashCost: cheap}
		_, err := Restore(t.Context(), o, file, hidden.New(phrase), func(_ *Shop, p *till.RestorePlan) error {
			assert.False(t, p.LostPINs)
			assert.Equal(t, till.KeysBrought, p.Keys)
			return nil
		})
		require.NoError(t, err)
		moved, err := Open(t.Context(), o)
		require.NoError(t, err)
		defer moved.Close()
		_, err = moved.Till.Login(t.Context(), d.Employees[0].PIN)
		require.NoError(t, err)
		v, err := moved.Secrets.Get(token)
		require.NoError(t, err)
		assert.Equal(t, "токен", v.Reveal())
	})
	t.Run("to a computer that has others: those are kept aside", func(t *testing.T) {
		s, c, d := copying(t)
		file := sealed(t, s, d)
		here, _, _ := copying(t)
		theirs, err := secret.Pepper(here.Secrets, false)
		require.NoError(t, err)
		require.NoError(t, here.Close())
		o := Options{Home: here.Home.Dir, Clock: c, HashCost: cheap}
		_, err = Restore(t.Context(), o, file, hidden.New(phrase), func(_ *Shop, p *till.RestorePlan) error {
			assert.Equal(t, till.KeysExchanged, p.Keys)
			return nil
		})
		require.NoError(t, err)
		moved, err := Open(t.Context(), o)
		require.NoError(t, err)
		defer moved.Close()
		_, err = moved.Till.Login(t.Context(), d.Employees[0].PIN)
		require.NoError(t, err)
		before, err := moved.Secrets.Get(secret.PepperName + ".before." + c.Now().Format("20060102-150405"))
		require.NoError(t, err)
		assert.Equal(t, theirs, secret.Raw(before))
	})
	t.Run("back to where they come from: nothing is exchanged", func(t *testing.T) {
		s, c, d := copying(t)
		file := sealed(t, s, d)
		o := Options{Home: s.Home.Dir, Clock: c, HashCost: cheap}
		_, err := Restore(t.Context(), o, file, hidden.New(phrase), func(_ *Shop, p *till.RestorePlan) error {
			assert.Empty(t, p.Keys)
			return nil
		})
		require.NoError(t, err)
	})
	t.Run("the keys of now stay in force until the copy has taken its place", func(t *testing.T) {
		s, c, d := copying(t)
		file := sealed(t, s, d)
		here, _, there := copying(t)
		r, err := here.PlanRestore(t.Context(), till.System(), file, hidden.New(phrase))
		require.NoError(t, err)
		require.NoError(t, here.awaitKeys(r)) // and here the process ended
		require.NoError(t, r.Close())
		require.NoError(t, here.Close())
		again, err := Open(t.Context(), Options{Home: here.Home.Dir, Clock: c, HashCost: cheap})
		require.NoError(t, err)
		defer again.Close()
		_, err = again.Till.Login(t.Context(), there.Employees[0].PIN)
		require.NoError(t, err)
	})
	t.Run("not where the settings do not want it, and not in an open copy", func(t *testing.T) {
		s, c, d := copying(t)
		a := owner(t, s, d)
		pepper, err := s.Secrets.Get(secret.PepperName)
		require.NoError(t, err)
		plain, err := s.Backup(t.Context(), a, "")
		require.NoError(t, err)
		raw, err := os.ReadFile(plain)
		require.NoError(t, err)
		assert.NotContains(t, string(raw), pepper.Reveal())
		decide(t, s, a, func(b *pos.BackupSettings) { b.Keys = false }, "")
		file := sealed(t, s, d)
		for _, f := range []string{plain, file} {
			no := pos.E(pos.CodeConflict, "backup.looked", nil)
			_, err = Restore(t.Context(), Options{Home: filepath.Join(t.TempDir(), "home"), Clock: c}, f, hidden.New(phrase), func(_ *Shop, p *till.RestorePlan) error {
				assert.True(t, p.LostPINs)
				assert.Empty(t, p.Keys)
				return no
			})
			require.ErrorIs(t, err, no)
		}
	})
}
