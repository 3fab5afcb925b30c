package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The accidents of files and keys, each from its happening to the way out that
// was named.

// mishap is an accident of the day.
type mishap struct {
	name string
	do   func(*day)
}

var mishaps = []mishap{
	{"the disk does not sync", (*day).diskNeverSyncs},
	{"the disk is full", (*day).diskIsFull},
	{"the log of a killed till is gone", (*day).logGone},
	{"yesterday's database", (*day).yesterday},
	{"yesterday's database, and no witness but a copy", (*day).copyRemembers},
	{"the newest records cut out of the file", (*day).recordsCut},
	{"a witness that is damaged", (*day).witnessDamaged},
	{"the database is gone", (*day).databaseGone},
	{"another till's database", (*day).databaseForeign},
	{"the keys are gone", (*day).keysGone},
	{"another till's keys", (*day).keysForeign},
	{"a copy from before the keys were lost", (*day).copyOfOldKeys},
	{"records edited in the file", (*day).recordsEdited},
	{"a copy that is cut", (*day).copyCut},
	{"a folder of copies unplugged", (*day).stickOut},
	{"killed while it restores", (*day).killedRestoring},
	{"a clock that was ahead and is put back", (*day).clockPutBack},
}

func (d *day) database() string { return filepath.Join(d.home, "kassa.db") }
func (d *day) secrets() string  { return d.home + ".secrets" }

// takeAway moves the database out of the shop, with what lies beside it.
func (d *day) takeAway(to string) {
	require.NoError(d.t, os.MkdirAll(to, 0o700))
	files, err := filepath.Glob(d.database() + "*")
	require.NoError(d.t, err)
	for _, f := range files {
		require.NoError(d.t, os.Rename(f, filepath.Join(to, filepath.Base(f))))
	}
}

// putBack moves it where it was.
func (d *day) putBack(from string) {
	d.takeAway(filepath.Join(d.t.TempDir(), "found"))
	files, err := filepath.Glob(filepath.Join(from, "kassa.db*"))
	require.NoError(d.t, err)
	for _, f := range files {
		require.NoError(d.t, os.Rename(f, filepath.Join(d.home, filepath.Base(f))))
	}
}

// other is a shop that is not this one.
func (d *day) other() (home string) {
	home, _ = demoShop(d.t)
	return home
}

func (d *day) databaseGone() {
	d.copy()
	d.work(5, false)
	away := filepath.Join(d.t.TempDir(), "away")
	d.takeAway(away)
	newest := d.newest()
	way := `kassactl restore "` + newest + `" --yes`
	d.tells("database", way)
	said, exit := d.run("", "init", "--demo")
	assert.NotZero(d.t, exit, "an empty shop over it: %s", said)
	assert.Contains(d.t, said, way)
	require.NoFileExists(d.t, d.database(), d.where())
	if d.random.IntN(3) == 0 { // it was found after all
		d.putBack(away)
		return
	}
	d.restore(newest)
}

func (d *day) databaseForeign() {
	away := filepath.Join(d.t.TempDir(), "away")
	d.takeAway(away)
	foreign, err := os.ReadFile(filepath.Join(d.other(), "kassa.db"))
	require.NoError(d.t, err)
	require.NoError(d.t, os.WriteFile(d.database(), foreign, 0o600))
	d.tells("keys", "не от этой базы", "Если это база другой кассы, верните свою")
	d.putBack(away)
}

func (d *day) keysGone() {
	away := filepath.Join(d.t.TempDir(), "away")
	require.NoError(d.t, os.Rename(d.secrets(), away))
	d.tells("keys", "Пропали ключи кассы", "kassactl recover")
	if d.random.IntN(2) == 0 {
		require.NoError(d.t, os.RemoveAll(d.secrets()))
		require.NoError(d.t, os.Rename(away, d.secrets()))
		return
	}
	d.recoverByCode()
}

func (d *day) keysForeign() {
	away := filepath.Join(d.t.TempDir(), "away")
	require.NoError(d.t, os.Rename(d.secrets(), away))
	require.NoError(d.t, os.CopyFS(d.secrets(), os.DirFS(d.other()+".secrets")))
	d.tells("keys", "не от этой базы", "kassactl recover")
	if d.random.IntN(2) == 0 {
		require.NoError(d.t, os.RemoveAll(d.secrets()))
		require.NoError(d.t, os.Rename(away, d.secrets()))
		return
	}
	d.recoverByCode()
}

func (d *day) copyCut() {
	raw, err := os.ReadFile(d.copy())
	require.NoError(d.t, err)
	cut := filepath.Join(d.t.TempDir(), "cut.db")
	require.NoError(d.t, os.WriteFile(cut, raw[:len(raw)/8+d.random.IntN(len(raw)*7/8)], 0o600))
	said, exit := d.run("", "restore", cut, "--yes", "--json")
	assert.NotZero(d.t, exit, "%s: %s", d.where(), said)
	assert.Contains(d.t, said, cut, "the file given is named")
	assert.NotContains(d.t, said, d.database(), "the living database is not blamed")
}

func (d *day) stickOut() {
	stick := filepath.Join(d.t.TempDir(), "stick", "copies")
	said, exit := d.run("", "backup", "--to", stick, "--json")
	assert.NotZero(d.t, exit, "%s: %s", d.where(), said)
	assert.Contains(d.t, said, stick)
	assert.NoDirExists(d.t, filepath.Dir(stick), d.where())
	require.NoError(d.t, os.MkdirAll(stick, 0o700))
	said, exit = d.run("", "backup", "--to", stick, "--json")
	assert.Zero(d.t, exit, "%s: %s", d.where(), said)
	left, err := filepath.Glob(filepath.Join(d.home, "backups", "*.part"))
	require.NoError(d.t, err)
	assert.Empty(d.t, left, d.where())
}

func (d *day) recordsEdited() {
	goods, buyer := d.made.Products[30], d.made.Customers[11]
	names := []string{goods.Name, buyer.Name}
	tamper(d.t, d.home, `UPDATE customers SET phone = '+79000000666' WHERE id = '`+string(buyer.ID)+`'`,
		`UPDATE products SET price = 1 WHERE id = '`+string(goods.ID)+`'`)
	if d.random.IntN(2) == 0 {
		names = append(names, d.made.Employees[2].Name)
		tamper(d.t, d.home, `UPDATE employees SET grp = 'owner' WHERE grp = 'cashier'`)
	}
	d.tellsEdits(goods, buyer, names)
	list := d.brokenSeals()
	require.Len(d.t, list, len(names), d.where())
	for _, s := range list {
		said, exit := d.run("", "seals", "renew", s.Kind, s.ID, s.Seen)
		require.Zero(d.t, exit, "%s: %s", d.where(), said)
	}
	require.Empty(d.t, d.brokenSeals(), d.where())
	said, _ := d.run(`{"cmd":"login","pin":"`+d.pin+`"}`+"\n"+`{"cmd":"search","text":"`+goods.SKU+`"}`+"\n", "till")
	assert.Contains(d.t, said, `"price":"0.01"`, "sealed as it stands")
	d.undoEdits(goods, buyer)
}

// undoEdits brings the records back, which is an edit too, and seals them again.
func (d *day) undoEdits(goods newProduct, buyer newCustomer) {
	tamper(d.t, d.home, `UPDATE customers SET phone = '`+buyer.Phone+`' WHERE id = '`+string(buyer.ID)+`'`,
		`UPDATE products SET price = `+strings.ReplaceAll(goods.Price, ".", "")+` WHERE id = '`+string(goods.ID)+`'`,
		`UPDATE employees SET grp = 'cashier' WHERE grp = 'owner' AND id <> '`+d.owner()+`'`)
	for _, s := range d.brokenSeals() {
		said, exit := d.run("", "seals", "renew", s.Kind, s.ID, s.Seen)
		require.Zero(d.t, exit, "%s: %s", d.where(), said)
	}
}

// owner is the id of who logs in.
func (d *day) owner() string {
	said, _ := d.run(`{"cmd":"login","pin":"`+d.pin+`"}`+"\n", "till")
	var r tillReply
	require.NoError(d.t, json.Unmarshal([]byte(said), &r), said)
	e, _ := r.Result["employee"].(map[string]any)
	id, _ := e["id"].(string)
	return id
}

func (d *day) brokenSeals() []sealed {
	out, exit := ctl(d.t, d.home, nil, "seals", "--json")
	require.Zero(d.t, exit, "%s: %s", d.where(), out)
	var v struct{ Seals []sealed }
	require.NoError(d.t, json.Unmarshal([]byte(out), &v))
	return v.Seals
}
