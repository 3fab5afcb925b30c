package shop

// These tests bring a person back who was erased, by a copy made before.

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/storage/config"
)

func TestRestore_ForgetsAgain(t *testing.T) {
	for name, lost := range map[string]bool{"by the data of now": false, "by the list beside the keys where the data is gone": true} {
		t.Run(name, func(t *testing.T) {
			s, c, d := copying(t)
			a, home := owner(t, s, d), s.Home
			person := d.Customers[5].Customer
			copied, err := s.Backup(t.Context(), a, "")
			require.NoError(t, err)
			require.NoError(t, s.Till.EraseCustomer(t.Context(), a, person.ID, true))
			c.Move(time.Hour)
			require.NoError(t, s.Close())
			list, err := os.ReadFile(filepath.Join(home.Secrets(), forgottenFile))
			require.NoError(t, err)
			assert.Contains(t, string(list), string(person.ID))
			if lost {
				require.NoError(t, os.Remove(home.Database()))
			} else {
				require.NoError(t, os.Remove(filepath.Join(home.Secrets(), forgottenFile)))
			}
			_, err = Restore(t.Context(), Options{Home: home.Dir, Clock: c}, copied, hidden.Text{}, agree)
			require.NoError(t, err)
			isGone(t, home, c.Now, d.Employees[0].PIN, person)
		})
	}
	t.Run("where a shop goes on with an old file that somebody put into the place of the data", func(t *testing.T) {
		s, c, d := copying(t)
		a, home := owner(t, s, d), s.Home
		person := d.Customers[5].Customer
		copied, err := s.Backup(t.Context(), a, "")
		require.NoError(t, err)
		old, err := os.ReadFile(copied)
		require.NoError(t, err)
		require.NoError(t, s.Till.EraseCustomer(t.Context(), a, person.ID, true))
		require.NoError(t, s.Close())
		require.NoError(t, os.WriteFile(home.Database(), old, 0o600))
		s, err = Open(t.Context(), Options{Home: home.Dir, Clock: c, HashCost: cheap})
		require.NoError(t, err)
		a, err = s.Till.Login(t.Context(), d.Employees[0].PIN)
		require.NoError(t, err)
		_, err = s.GoOn(t.Context(), a)
		require.NoError(t, err)
		require.NoError(t, s.Close())
		isGone(t, home, c.Now, d.Employees[0].PIN, person)
	})
}

// isGone opens the shop and looks for the person in its books and in its file.
func isGone(t *testing.T, home config.Home, now func() time.Time, pin string, person pos.Customer) {
	t.Helper()
	s, err := Open(t.Context(), Options{Home: home.Dir, Clock: frozen(now), HashCost: cheap})
	require.NoError(t, err)
	a, err := s.Till.Login(t.Context(), pin)
	require.NoError(t, err)
	problems, err := s.Till.SelfCheck(t.Context(), a)
	require.NoError(t, err)
	assert.Empty(t, problems)
	require.NoError(t, s.Close())
	data, err := os.ReadFile(home.Database())
	require.NoError(t, err)
	for _, text := range []string{person.Name, strings.Fields(pos.Fold(person.Name))[1], person.Phone, person.Card} {
		at := strings.Index(string(data), text)
		assert.Negative(t, at, "%s … %q", text, data[max(0, at-60):max(0, at+80)])
	}
}

type frozen func() time.Time

func (f frozen) Now() time.Time { return f() }
