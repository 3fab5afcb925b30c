package shop

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // to cut a history short

	"kassa/pos"
	"kassa/pos/health"
	"kassa/pos/hidden"
	"kassa/pos/history"
	"kassa/pos/postest"
	"kassa/pos/till"
)

// again opens a shop of the test anew.
func again(t *testing.T, home string, c *postest.Clock, o Options) *Shop {
	t.Helper()
	o.Home, o.Clock, o.HashCost = home, c, cheap
	s, err := Open(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// spoil changes the database as somebody with a database tool would, guards off.
func spoil(t *testing.T, file string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file)
	require.NoError(t, err)
	db.SetMaxOpenConns(1)
	for _, step := range append([]string{`PRAGMA writable_schema = 1`, `DELETE FROM sqlite_master WHERE type = 'trigger'`, `PRAGMA writable_schema = RESET`}, statements...) {
		_, err := db.Exec(step)
		require.NoError(t, err, step)
	}
	require.NoError(t, db.Close())
}

// witnessed is a shop with a day behind it, closed; files are all it left.
func witnessed(t *testing.T, sales int) (s *Shop, c *postest.Clock, d *till.DemoShop) {
	t.Helper()
	s, c, d = copying(t)
	a := owner(t, s, d)
	_, err := s.Till.OpenShift(t.Context(), a, 0)
	require.NoError(t, err)
	for range sales {
		sell(t, s, a, d)
	}
	return s, c, d
}

func ids(problems []till.Problem) []string {
	var all []string
	for _, p := range problems {
		all = append(all, p.Invariant+" "+p.ID)
	}
	return all
}

func TestWitness(t *testing.T) {
	t.Run("finds the last event cut off, and the last entry", func(t *testing.T) {
		for name, cut := range map[string]string{
			"event": `DELETE FROM events WHERE n = (SELECT max(n) FROM events)`,
			"both":  `DELETE FROM events WHERE n > (SELECT max(n) FROM events) - 3`,
		} {
			s, c, _ := witnessed(t, 2)
			require.NoError(t, s.Close())
			spoil(t, s.Home.Database(), cut)
			looked := again(t, s.Home.Dir, c, Options{Beside: true})
			problems, err := looked.Till.SelfCheck(t.Context(), till.System())
			require.NoError(t, err)
			assert.Contains(t, ids(problems), "I12 history.behind", name)
			gap := looked.Missing()
			require.NotNil(t, gap)
			assert.Equal(t, gap.Known.Events, gap.Events().Last)
		}
	})
	t.Run("finds a history that went on otherwise", func(t *testing.T) {
		s, c, d := witnessed(t, 1)
		require.NoError(t, s.Close())
		earlier, err := os.ReadFile(s.Home.Database())
		require.NoError(t, err)
		s = again(t, s.Home.Dir, c, Options{})
		a := owner(t, s, d)
		sell(t, s, a, d)
		require.NoError(t, s.Close())
		// An older program, which knew of no witness, went on with the older file.
		require.NoError(t, os.WriteFile(s.Home.Database(), earlier, 0o600))
		kept := aside(t, s)
		s = again(t, s.Home.Dir, c, Options{})
		a = owner(t, s, d)
		for range 5 {
			sell(t, s, a, d)
		}
		require.NoError(t, s.Close())
		kept()
		s = again(t, s.Home.Dir, c, Options{})
		gap := s.Missing()
		require.NotNil(t, gap)
		assert.True(t, gap.Forked)
		st, err := s.Till.Begin(t.Context())
		require.NoError(t, err)
		assert.Contains(t, ids(st.Problems), "I12 history.forked")
		_, err = s.Till.Login(t.Context(), d.Employees[0].PIN)
		require.NoError(t, err)
	})
	t.Run("says nothing of what it does not know: another till, other keys, an older epoch, a lost file", func(t *testing.T) {
		s, c, d := witnessed(t, 1)
		copied, err := s.Backup(t.Context(), owner(t, s, d), "")
		require.NoError(t, err)
		require.NoError(t, s.Close())
		other, _, _ := witnessed(t, 3)
		require.NoError(t, other.Close())
		require.NoError(t, os.CopyFS(filepath.Join(s.Home.Secrets(), "more"), os.DirFS(other.Home.Secrets())))
		foreign, err := filepath.Glob(filepath.Join(other.Home.Backups(), "*"))
		require.NoError(t, err)
		for _, f := range foreign {
			text, err := os.ReadFile(f)
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(filepath.Join(s.Home.Backups(), filepath.Base(f)), text, 0o600))
		}
		assert.Nil(t, again(t, s.Home.Dir, c, Options{Beside: true}).Missing())

		_, err = Restore(t.Context(), Options{Home: s.Home.Dir, Clock: c}, copied, hidden.Text{}, agree)
		require.NoError(t, err)
		fresh := again(t, s.Home.Dir, c, Options{})
		assert.Nil(t, fresh.Missing(), "the copy is older, and that was decided")
		now, err := fresh.Till.Standing(t.Context())
		require.NoError(t, err)
		require.NoError(t, fresh.Close())
		assert.EqualValues(t, 2, now.Epoch)

		files := witnessFiles(t, s)
		require.NotEmpty(t, files)
		require.NoError(t, os.WriteFile(files[0], []byte("не то"), 0o600))
		odd := again(t, s.Home.Dir, c, Options{Beside: true})
		assert.Nil(t, odd.Missing())
		lines, err := odd.Health(t.Context(), till.System(), false)
		require.NoError(t, err)
		for _, l := range lines {
			if l.Name == "history" {
				assert.Equal(t, health.Warn, l.State, "it is told of")
			}
		}
		require.NoError(t, os.Remove(files[0]))
		assert.Nil(t, again(t, s.Home.Dir, c, Options{Beside: true}).Missing())
	})
	t.Run("hears what a program beside the till wrote, and what the till wrote after it", func(t *testing.T) {
		s, c, d := witnessed(t, 1)
		a := owner(t, s, d)
		for range 3 {
			beside, err := Open(t.Context(), Options{Home: s.Home.Dir, Clock: c, HashCost: cheap, Beside: true})
			require.NoError(t, err)
			assert.Nil(t, beside.Missing())
			_, err = beside.Till.SelfCheck(t.Context(), till.System())
			require.NoError(t, err)
			assert.Equal(t, remembered(t, beside), standsNow(t, beside))
			sell(t, s, a, d)
			assert.Equal(t, remembered(t, s), standsNow(t, s))
			problems, err := beside.Till.SelfCheck(t.Context(), till.System())
			require.NoError(t, err)
			assert.Empty(t, problems)
			require.NoError(t, beside.Close())
		}
	})
	t.Run("is not written while something is missing, nor are the good copies pushed out", func(t *testing.T) {
		s, c, d := witnessed(t, 1)
		require.NoError(t, s.Close())
		before, err := os.ReadFile(s.Home.Database())
		require.NoError(t, err)
		s = again(t, s.Home.Dir, c, Options{})
		sell(t, s, owner(t, s, d), d)
		knew := remembered(t, s)
		require.NoError(t, s.Close())
		require.NoError(t, os.WriteFile(s.Home.Database(), before, 0o600))
		s = again(t, s.Home.Dir, c, Options{})
		_, err = s.Till.Begin(t.Context())
		require.NoError(t, err)
		for range 30 { // more events than are missing
			owner(t, s, d)
		}
		assert.Equal(t, knew, remembered(t, s))
		_, err = s.Backup(t.Context(), till.System(), "")
		assert.Equal(t, pos.CodeConflict, pos.CodeOf(err))
		_, err = s.Backup(t.Context(), till.System(), t.TempDir())
		require.NoError(t, err, "elsewhere one may be made")
		_, err = s.GoOn(t.Context(), owner(t, s, d))
		require.NoError(t, err)
		_, err = s.Backup(t.Context(), till.System(), "")
		require.NoError(t, err)
		require.NoError(t, s.Close())
		require.NoError(t, os.WriteFile(s.Home.Database(), before, 0o600))
		gap := again(t, s.Home.Dir, c, Options{Beside: true}).Missing()
		require.NotNil(t, gap, "an epoch is never undone")
		assert.EqualValues(t, 2, gap.Known.Epoch)
		assert.EqualValues(t, 1, gap.Now.Epoch)
	})
	t.Run("lets only who may restore go on", func(t *testing.T) {
		s, c, d := witnessed(t, 1)
		require.NoError(t, s.Close())
		spoil(t, s.Home.Database(), `DELETE FROM events WHERE n = (SELECT max(n) FROM events)`)
		s = again(t, s.Home.Dir, c, Options{})
		cashier, err := s.Till.Login(t.Context(), d.Employees[len(d.Employees)-1].PIN)
		require.NoError(t, err)
		_, err = s.GoOn(t.Context(), cashier)
		assert.Equal(t, pos.CodeForbidden, pos.CodeOf(err))
		found, err := filepath.Glob(filepath.Join(s.Home.Dir, "aside-*"))
		require.NoError(t, err)
		assert.Empty(t, found)
		require.NotNil(t, s.Missing())
	})
}

// remembered is what the till's own witness holds.
func remembered(t *testing.T, s *Shop) history.Standing {
	t.Helper()
	list, err := s.history.known(t.Context(), standsNow(t, s).Origin, false)
	require.NoError(t, err)
	require.Len(t, list, 1)
	return list[0].Standing
}

func standsNow(t *testing.T, s *Shop) history.Standing {
	t.Helper()
	now, err := s.Till.Standing(t.Context())
	require.NoError(t, err)
	return now
}

func witnessFiles(t *testing.T, s *Shop) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(s.Home.Secrets(), "witness-*"))
	require.NoError(t, err)
	return files
}

// aside takes the witnesses and the copies away until they are brought back.
func aside(t *testing.T, s *Shop) (back func()) {
	t.Helper()
	var undo []func()
	for _, f := range witnessFiles(t, s) {
		text, err := os.ReadFile(f)
		require.NoError(t, err)
		require.NoError(t, os.Remove(f))
		undo = append(undo, func() { require.NoError(t, os.WriteFile(f, text, 0o600)) })
	}
	return func() {
		for _, u := range undo {
			u()
		}
	}
}

func TestRestore_NumbersGoOn(t *testing.T) {
	s, c, d := witnessed(t, 2)
	a := owner(t, s, d)
	copied, err := s.Backup(t.Context(), a, "")
	require.NoError(t, err)
	c.Move(time.Hour)
	for range 3 {
		sell(t, s, a, d)
	}
	_, err = s.Till.CloseShift(t.Context(), a, 0)
	require.NoError(t, err)
	_, err = s.Till.OpenShift(t.Context(), a, 0)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	// The data is gone; the copy knows of two sales, the witness of five.
	require.NoError(t, os.WriteFile(s.Home.Database(), []byte("не база"), 0o600))
	require.NoError(t, os.RemoveAll(s.Home.Database()+"-wal"))
	for range 2 { // and once more from the same copy
		_, err = Restore(t.Context(), Options{Home: s.Home.Dir, Clock: c}, copied, hidden.Text{}, agree)
		require.NoError(t, err)
		s = again(t, s.Home.Dir, c, Options{})
		require.Nil(t, s.Missing())
		a = owner(t, s, d)
		next := sell(t, s, a, d)
		want := int64(6)
		if next.Epoch == 3 {
			want = 7
		}
		assert.Equal(t, want, next.Number)
		found, err := s.Till.SaleNumbered(t.Context(), a, next.Number, 0)
		require.NoError(t, err)
		assert.Equal(t, next.ID, found.ID)
		found, err = s.Till.SaleNumbered(t.Context(), a, 2, 0)
		require.NoError(t, err, "a receipt of the first epoch")
		assert.EqualValues(t, 1, found.Epoch)
		_, err = s.Till.CloseShift(t.Context(), a, 0)
		require.NoError(t, err)
		sh, err := s.Till.OpenShift(t.Context(), a, 0)
		require.NoError(t, err)
		assert.Greater(t, sh.Number, int64(2), "shifts too")
		problems, err := s.Till.SelfCheck(t.Context(), a)
		require.NoError(t, err)
		assert.Empty(t, problems)
		var seen []int64
		for before := int64(0); ; {
			page, err := s.Till.Sales(t.Context(), a, before, 2)
			require.NoError(t, err)
			if len(page) == 0 {
				break
			}
			for i := range page {
				seen = append(seen, page[i].Number)
			}
			before = history.Place(page[len(page)-1].Epoch, page[len(page)-1].Number)
		}
		assert.Equal(t, []int64{want, 2, 1}, seen, "each once")
		require.NoError(t, s.Close())
	}
}
