package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The accidents that lose history, or act on records nobody at the till wrote.

// logGone kills the till and takes the log of its database away: what was sold
// since the last checkpoint is in there alone.
func (d *day) logGone() {
	d.work(0, true)
	for _, end := range []string{"-wal", "-shm"} {
		if err := os.Remove(d.database() + end); err != nil {
			require.ErrorIs(d.t, err, os.ErrNotExist)
		}
	}
	// What was not answered may be lost with the rest; the till may have stored it and
	// know of it all the same.
	d.unanswered, d.pending = d.pending.sells(), nil
	d.goOnWithout()
	d.unanswered = false
}

// yesterday puts an older file in the place of the database.
func (d *day) yesterday() {
	old, err := os.ReadFile(d.copy())
	require.NoError(d.t, err)
	d.work(6, false)
	away := filepath.Join(d.t.TempDir(), "away")
	d.takeAway(away)
	require.NoError(d.t, os.WriteFile(d.database(), old, 0o600))
	if d.random.IntN(2) == 0 {
		d.tells("history", d.history().Missing.Entries)
		d.putBack(away)
		return
	}
	d.goOnWithout()
}

func (d *day) history() historyJSON {
	out, exit := ctl(d.t, d.home, nil, "history", "--json")
	require.Zero(d.t, exit, "%s: %s", d.where(), out)
	var v historyJSON
	require.NoError(d.t, json.Unmarshal([]byte(out), &v))
	return v
}

// goOnWithout has the till tell what is missing and go on in a new epoch. Nothing
// that the books have is missing untold.
func (d *day) goOnWithout() {
	v := d.history()
	if v.Whole {
		d.counts["nothing was lost"]++
		d.rewindTo("", "nothing is missing, says the till")
		return
	}
	d.counts["history lost"]++
	sales := v.Missing.Sales
	told := []string{"Данные кассы старше"}
	if sales != "" {
		told = append(told, "чеки "+sales)
	}
	d.tells("history", told...)
	out, exit := ctl(d.t, d.home, nil, "history", "accept", "--json")
	require.Zero(d.t, exit, "%s: %s", d.where(), out)
	var after historyJSON
	require.NoError(d.t, json.Unmarshal([]byte(out), &after))
	assert.Greater(d.t, after.Stands.Epoch, v.Stands.Epoch, d.where())
	assert.FileExists(d.t, filepath.Join(after.Aside, "kassa.db"), d.where())
	d.rewindTo(sales, "the sales that are missing")
}

// rewindTo gives up what is lost, which must be the sales that were told.
func (d *day) rewindTo(sales, why string) {
	at := len(d.books.acts)
	lost := d.rewind()
	if d.unanswered && sales != lost {
		lost = oneMore(lost, sales)
	}
	assert.Equal(d.t, sales, lost, "%s: %s", d.where(), why)
	if why[0] == 'n' {
		assert.Len(d.t, d.books.acts, at, "%s: %s", d.where(), why)
	}
	if d.t.Failed() {
		d.t.FailNow()
	}
}

// oneMore is the stretch of sales that were lost with the one nobody was answered
// about, which follows them; its number is known from what the till says where it
// is the only one.
func oneMore(lost, told string) string {
	first, last, several := strings.Cut(lost, "–")
	if lost == "" {
		return told
	}
	if !several {
		last = first
	}
	n, err := strconv.ParseInt(last, 10, 64)
	if err != nil {
		return lost
	}
	return first + "–" + strconv.FormatInt(n+1, 10)
}

// copyRemembers puts an older file in the place of the database and takes the
// witness away: the newest copy knows better, and brings back what it has.
func (d *day) copyRemembers() {
	old, err := os.ReadFile(d.copy())
	require.NoError(d.t, err)
	at := len(d.books.acts)
	for len(d.books.acts) == at {
		d.work(6, false)
	}
	newest := d.copy()
	d.takeAway(filepath.Join(d.t.TempDir(), "away"))
	require.NoError(d.t, os.WriteFile(d.database(), old, 0o600))
	for _, w := range d.witnesses() {
		require.NoError(d.t, os.Remove(w))
	}
	d.tells("history", "Данные кассы старше", newest)
	at = len(d.books.acts)
	d.restore(newest)
	require.Len(d.t, d.books.acts, at, "%s: the copy had it all", d.where())
}

func (d *day) witnesses() []string {
	found, err := filepath.Glob(filepath.Join(d.secrets(), "witness-*"))
	require.NoError(d.t, err)
	require.NotEmpty(d.t, found, d.where())
	return found
}

// witnessDamaged is no sign of what became of the data.
func (d *day) witnessDamaged() {
	for _, w := range d.witnesses() {
		raw, err := os.ReadFile(w)
		require.NoError(d.t, err)
		require.NoError(d.t, os.WriteFile(w, raw[:d.random.IntN(len(raw))], 0o600))
	}
	require.True(d.t, d.history().Whole, d.where())
	d.work(4, false)
	d.yesterday() // and is one again
}

// recordsCut cuts the end of a chain off, which leaves it whole in itself.
func (d *day) recordsCut() {
	tamper(d.t, d.home, `DROP TRIGGER events_stay`, `DELETE FROM events WHERE n > (SELECT max(n) - 2 FROM events)`,
		`CREATE TRIGGER events_stay BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END`)
	v := d.history()
	require.False(d.t, v.Whole, d.where())
	require.NotEmpty(d.t, v.Missing.Events, d.where())
	d.goOnWithout()
}

// tellsEdits expects each edited record to be told of and refused where it would
// be used.
func (d *day) tellsEdits(goods newProduct, buyer newCustomer, names []string) {
	out, exit := ctl(d.t, d.home, nil, "verify", "--json")
	assert.NotZero(d.t, exit, d.where())
	said, _ := d.run(`{"cmd":"login","pin":"`+d.pin+`"}`+"\n", "till")
	for _, name := range names {
		assert.Contains(d.t, unquoted(out), name, "%s: verify names it", d.where())
		assert.Contains(d.t, unquoted(said), name, "%s: the start names it", d.where())
	}
	f := d.finding("seals")
	assert.EqualValues(d.t, "bad", f.State, d.where())
	assert.Contains(d.t, f.Message, fmt.Sprintf(": %d.", len(names)), d.where())
	d.confirm = "none"
	d.k = startTill(d.t, d.home, d.env(), nil)
	d.must("login", map[string]any{"pin": d.pin})
	if d.shift {
		for cmd, fields := range map[string]map[string]any{"scan": {"code": goods.Barcode}, "customer": {"id": buyer.ID}} {
			r, err := d.k.ask(cmd, fields)
			require.NoError(d.t, err)
			assert.False(d.t, r.OK, "%s: %s of an edited record", d.where(), cmd)
			assert.Contains(d.t, r.Error.Message, "kassactl seals", d.where())
		}
	}
	d.leave()
}

// killedRestoring kills the program while it restores: the shop is the one before
// or the one of the copy, and the same command brings the copy in then.
func (d *day) killedRestoring() {
	file := d.copy()
	d.work(4, false)
	cmd := exec.Command(binary(d.t), "--home", d.home, "restore", file, "--yes")
	cmd.Env = testEnv()
	require.NoError(d.t, cmd.Start())
	timer := time.AfterFunc(time.Duration(d.random.IntN(160_000))*time.Microsecond, func() { _ = cmd.Process.Kill() })
	if cmd.Wait() != nil {
		d.counts["killed in restore"]++
	}
	timer.Stop()
	if _, exit := ctl(d.t, d.home, nil, "verify", "--json"); exit != 0 {
		d.counts["restored again"]++
		d.restore(file)
		return
	}
	d.rewind()
}
