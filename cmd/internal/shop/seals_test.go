package shop

import (
	"database/sql"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/seal"
	"kassa/pos/till"
)

// edit changes config.toml as somebody with an editor would.
func edit(t *testing.T, s *Shop, from, to string) {
	t.Helper()
	raw, err := os.ReadFile(s.Home.Config())
	require.NoError(t, err)
	require.Contains(t, string(raw), from)
	require.NoError(t, os.WriteFile(s.Home.Config(), []byte(strings.Replace(string(raw), from, to, 1)), 0o600))
}

func TestShop_SettingsThatGuardMoneyAreWatched(t *testing.T) {
	s, c, d := copying(t)
	a := owner(t, s, d)
	again := func() *Shop {
		t.Helper()
		require.NoError(t, s.Close())
		next, err := Open(t.Context(), Options{Home: s.Home.Dir, Clock: c, HashCost: cheap})
		require.NoError(t, err)
		s = next
		t.Cleanup(func() { _ = next.Close() })
		return next
	}
	outside := func() []till.BrokenSeal {
		t.Helper()
		list, _, err := s.Till.BrokenSeals(t.Context(), a)
		require.NoError(t, err)
		return list
	}
	set := s.Settings()
	set.ConfirmPoints, set.Rules.PointValue = pos.ConfirmAlways, 100
	require.NoError(t, s.SaveSettings(t.Context(), a, Change{Settings: set}))
	again()
	assert.Empty(t, outside(), "decided at the till")

	edit(t, s, "[sms]", "[confirm]\npoints = \"none\"\n\n[sms]")
	again()
	list := outside()
	require.Len(t, list, 1)
	assert.Equal(t, []seal.Field{{Name: "confirm.points", Value: "none", Was: "sms"}}, list[0].Fields)
	start, err := s.Till.Begin(t.Context())
	require.NoError(t, err)
	require.Len(t, start.Problems, 1)
	assert.Equal(t, "check.settings-outside", start.Problems[0].ID)
	v, err := s.Till.Vitals(t.Context(), a)
	require.NoError(t, err)
	assert.True(t, v.Outside)
	spend := func() error {
		_, _, err := s.Till.SpendPoints(t.Context(), a, 1)
		return err
	}
	_, err = s.Till.OpenShift(t.Context(), a, 0)
	require.NoError(t, err)
	_, err = s.Till.Add(t.Context(), a, d.Products[0].ID, 9000, nil)
	require.NoError(t, err)
	_, err = s.Till.SetCustomer(t.Context(), a, till.FindCustomer{ID: d.Customers[0].Customer.ID})
	require.NoError(t, err)
	assert.Equal(t, "check.settings-outside", errID(t, spend()), "no points without a code because a file says so")

	again()
	require.Len(t, outside(), 1, "until somebody confirms it")
	events := 0
	require.NoError(t, s.Store.View(t.Context(), func(tx till.Tx) error {
		return tx.EachEvent(0, func(e *pos.Event) error {
			if e.Kind == pos.EventSettingsOutside {
				events++
				assert.Equal(t, "sms → none", e.Detail["confirm.points"])
			}
			return nil
		})
	}))
	assert.Equal(t, 1, events, "told once")

	set = s.Settings()
	set.Rules.CreditDays = 30
	require.NoError(t, s.SaveSettings(t.Context(), a, Change{Settings: set}))
	require.Len(t, outside(), 1, "what was saved beside it confirms nothing")

	require.NoError(t, s.Till.SealAgain(t.Context(), a, pos.SealSettings, list[0].ID, outside()[0].Seen))
	assert.Empty(t, outside())
	require.NoError(t, spend(), "confirmed")
	again()
	assert.Empty(t, outside())
}

func TestShop_WhatTheEnvironmentDecidesIsNotTakenForTheFile(t *testing.T) {
	s, c, d := copying(t)
	a := owner(t, s, d)
	require.NoError(t, s.Close())
	t.Setenv("KASSA_CONFIRM_POINTS", "none")
	next, err := Open(t.Context(), Options{Home: s.Home.Dir, Clock: c, HashCost: cheap})
	require.NoError(t, err)
	defer next.Close()
	list, _, err := next.Till.BrokenSeals(t.Context(), a)
	require.NoError(t, err)
	assert.Empty(t, list)
}

// A copy made before there were seals takes the place of data that has them.
func TestRestore_SealsACopyThatIsOlderThanTheSeals(t *testing.T) {
	s, c, d := copying(t)
	a := owner(t, s, d)
	kept, err := s.Secrets.Get(sealedSecret)
	require.NoError(t, err)
	require.NotEmpty(t, kept.Reveal())
	copied, err := s.Backup(t.Context(), a, "")
	require.NoError(t, err)
	require.NoError(t, s.Close())
	unseal(t, copied)
	_, err = Restore(t.Context(), Options{Home: s.Home.Dir, Clock: c}, copied, noKey, agree)
	require.NoError(t, err)
	again, err := Open(t.Context(), Options{Home: s.Home.Dir, Clock: c, HashCost: cheap})
	require.NoError(t, err)
	defer again.Close()
	problems, err := again.Till.SelfCheck(t.Context(), till.System())
	require.NoError(t, err)
	assert.Empty(t, problems)
	owner(t, again, d)
}

var noKey hidden.Text

// unseal makes a copy one of the version before seals.
func unseal(t *testing.T, file string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	require.NoError(t, err)
	defer db.Close()
	for _, table := range []string{"customers", "customer_groups", "employees", "groups", "products", "promotions", "coupons", "certificates"} {
		_, err := db.Exec(`UPDATE ` + table + ` SET seal = x''`)
		require.NoError(t, err)
	}
	for _, step := range []string{`DELETE FROM seal_sums`, `DELETE FROM meta WHERE key IN ('seals.since', 'settings.sealed')`} {
		_, err := db.Exec(step)
		require.NoError(t, err)
	}
}

// Somebody with a database tool takes out all PINs, and the seals of what a shop
// has a handful of, so that the till takes the shop for one that has nobody yet:
// what was changed beside that is not sealed, and nobody is the owner by being first.
func TestOpen_PINsTakenOutPastTheTillSealNothing(t *testing.T) {
	for name, take := range map[string][]string{
		"the PINs":      {`UPDATE employees SET pin_hash = '', pin_tag = ''`},
		"the employees": {`DELETE FROM employees`, `DELETE FROM seal_sums WHERE kind = 'employee'`, `DELETE FROM meta WHERE key IN ('seals.since', 'keys.check')`},
	} {
		t.Run(name, func(t *testing.T) {
			s, c, d := copying(t)
			a := owner(t, s, d)
			code, err := s.Till.NewRecovery(t.Context(), a)
			require.NoError(t, err)
			require.NoError(t, s.Close())
			tamper(t, s.Home.Database(), append(take, `UPDATE customers SET phone = '+79990000000' WHERE card = '2000001'`,
				`UPDATE customer_groups SET seal = x''`, `UPDATE employees SET seal = x''`, `UPDATE groups SET seal = x''`, `UPDATE promotions SET seal = x''`)...)
			o := Options{Home: s.Home.Dir, Clock: c, HashCost: cheap}
			again, err := Open(t.Context(), o)
			require.NoError(t, err)
			defer again.Close()
			start, err := again.Till.Begin(t.Context())
			require.NoError(t, err)
			assert.False(t, start.FirstRun)
			assert.NotEmpty(t, start.Problems)
			_, err = again.Till.CreateOwner(t.Context(), "Вор", "720541")
			assert.Equal(t, "owner.exists", errID(t, err))
			_, err = again.Till.Login(t.Context(), d.Employees[0].PIN)
			assert.Equal(t, "login.pins-taken", errID(t, err))
			problems, err := again.Till.SelfCheck(t.Context(), till.System())
			require.NoError(t, err)
			assert.Contains(t, fmt.Sprint(problems), d.Customers[0].Name, "whose phone is another's")
			require.NoError(t, again.Close())

			require.NoError(t, os.RemoveAll(s.Home.Secrets()))
			_, err = Open(t.Context(), o)
			assert.Equal(t, "secret.pepper-lost", errID(t, err), "nor does taking the keys away help")
			if name == "the PINs" {
				_, err = Recover(t.Context(), o, code, "720541")
				require.NoError(t, err)
			}
		})
	}
}

func tamper(t *testing.T, file string, steps ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	require.NoError(t, err)
	defer db.Close()
	for _, step := range steps {
		_, err := db.Exec(step)
		require.NoError(t, err, step)
	}
}

// A whole table is put back to what it was in a copy, with the sum of its seals:
// every seal fits. How often the sum was sealed is remembered beside the secrets.
func TestOpen_ATablePutBackWithItsSumIsMissed(t *testing.T) {
	s, c, d := copying(t)
	a := owner(t, s, d)
	copied, err := s.Backup(t.Context(), a, "")
	require.NoError(t, err)
	add := func(s *Shop, name, phone string) {
		t.Helper()
		_, err := s.Till.AddCustomer(t.Context(), a, till.NewCustomer{Name: name, Phone: phone})
		require.NoError(t, err)
	}
	add(s, "Пётр", "+79001112233")
	require.NoError(t, s.Close())
	tamper(t, s.Home.Database(), `ATTACH '`+copied+`' AS o`, `DELETE FROM customers`, `INSERT INTO customers SELECT * FROM o.customers`,
		`DELETE FROM seal_sums WHERE kind = 'customer'`, `INSERT INTO seal_sums SELECT * FROM o.seal_sums WHERE kind = 'customer'`)
	open := func() *Shop {
		t.Helper()
		next, err := Open(t.Context(), Options{Home: s.Home.Dir, Clock: c, HashCost: cheap})
		require.NoError(t, err)
		t.Cleanup(func() { _ = next.Close() })
		return next
	}
	told := func(s *Shop) {
		t.Helper()
		start, err := s.Till.Begin(t.Context())
		require.NoError(t, err)
		require.Len(t, start.Problems, 1)
		assert.Equal(t, "check.seal-count", start.Problems[0].ID)
		list, _, err := s.Till.BrokenSeals(t.Context(), a)
		require.NoError(t, err)
		require.Len(t, list, 1)
		assert.Equal(t, pos.SealCustomer, list[0].Kind)
	}
	next := open()
	told(next)
	for i, name := range []string{"Анна", "Борис", "Вера"} {
		add(next, name, fmt.Sprintf("+7900111223%d", 4+i)) // the count does not catch up
	}
	told(next)
	require.NoError(t, next.Close())
	next = open()
	told(next)
	list, _, err := next.Till.BrokenSeals(t.Context(), a)
	require.NoError(t, err)
	require.NoError(t, next.Till.SealAgain(t.Context(), a, pos.SealCustomer, "", list[0].Seen))
	for range 2 {
		start, err := next.Till.Begin(t.Context())
		require.NoError(t, err)
		assert.Empty(t, start.Problems)
		add(next, "Глеб", "")
		require.NoError(t, next.Close())
		next = open()
	}
}
