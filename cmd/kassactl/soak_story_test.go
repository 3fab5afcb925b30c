package main

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What is told of an accident: by the start, the doctor and the self-check, and
// what stands in the books after the way out of it.

// run is one run of the program, with its input; both of its outputs in one.
func (d *day) run(in string, args ...string) (said string, exit int) {
	cmd := exec.Command(binary(d.t), append([]string{"--home", d.home}, args...)...)
	cmd.Env = testEnv("KASSA_CONFIRM_POINTS=none", "KASSA_CONFIRM_CREDIT=none")
	cmd.Stdin = strings.NewReader(in)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	_ = cmd.Run()
	return out.String(), cmd.ProcessState.ExitCode()
}

// finding is the line of the doctor about one thing.
func (d *day) finding(line string) finding {
	out, _ := ctl(d.t, d.home, nil, "doctor", "--json")
	var v struct{ Findings []finding }
	require.NoError(d.t, json.Unmarshal([]byte(out), &v), out)
	i := slices.IndexFunc(v.Findings, func(f finding) bool { return f.Name == line })
	require.GreaterOrEqual(d.t, i, 0, "%s: the doctor says nothing of %s: %s", d.where(), line, out)
	return v.Findings[i]
}

// tells expects that the start, the doctor, in that line, and the self-check tell
// of one accident in the same words, and that nothing is sold.
func (d *day) tells(line string, words ...string) {
	f := d.finding(line)
	assert.EqualValues(d.t, "bad", f.State, "%s: doctor: %s: %s", d.where(), line, f.Message)
	verified, exit := ctl(d.t, d.home, nil, "verify", "--json")
	assert.NotZero(d.t, exit, "%s: verify: %s", d.where(), verified)
	started, _ := d.run(`{"cmd":"login","pin":"`+d.pin+`"}`+"\n"+`{"cmd":"scan","code":"`+d.made.Products[0].Barcode+`"}`+
		"\n"+`{"cmd":"cash.in","amount":"1","reason":"размен"}`+"\n", "till")
	answers := strings.Count(started, `"ok":true`)
	assert.LessOrEqual(d.t, answers, strings.Count(started, `"rights"`), "%s: something was done: %s", d.where(), started)
	for _, w := range words {
		assert.Contains(d.t, f.Message, w, "%s: the doctor", d.where())
		assert.Contains(d.t, unquoted(verified), w, "%s: verify", d.where())
		assert.Contains(d.t, unquoted(started), w, "%s: the start", d.where())
	}
	if d.t.Failed() {
		d.t.FailNow()
	}
}

// unquoted takes the marks off that JSON puts before quotation marks.
func unquoted(text string) string { return strings.ReplaceAll(text, `\"`, `"`) }

// copy makes a copy, which holds all acts there are, and returns its file.
func (d *day) copy() string {
	out, exit := ctl(d.t, d.home, nil, "backup", "--json")
	require.Zero(d.t, exit, "%s: %s", d.where(), out)
	var v struct{ File string }
	require.NoError(d.t, json.Unmarshal([]byte(out), &v))
	d.copied[v.File] = len(d.books.acts)
	return v.File
}

// restore puts a copy into the place of the data. The books go back to what it
// holds, and what is lost is told.
func (d *day) restore(file string) {
	out, exit := ctl(d.t, d.home, nil, "restore", file, "--yes", "--json")
	require.Zero(d.t, exit, "%s: %s", d.where(), out)
	var v restoreJSON
	require.NoError(d.t, json.Unmarshal([]byte(out), &v))
	require.True(d.t, v.Done, out)
	d.rewind()
}

// newest is the newest copy there is.
func (d *day) newest() string {
	all, err := filepath.Glob(filepath.Join(d.home, "backups", "kassa-*.db"))
	require.NoError(d.t, err)
	require.NotEmpty(d.t, all, d.where())
	return slices.Max(all)
}

// rewind finds up to which act the data goes now, which must be one of those there
// were, whole, and gives up the others. It tells the sales among those.
func (d *day) rewind() (lost string) {
	d.pending = nil
	d.confirm = "none"
	d.k = startTill(d.t, d.home, d.env(), nil)
	login := d.must("login", map[string]any{"pin": d.pin})
	d.shift = login.Result["shift"] != nil
	found := d.look()
	d.leave()
	s, at := d.books.begin(), -1
	for i := 0; ; i++ {
		if s.differs(&found) == "" {
			at = i
		}
		if i == len(d.books.acts) {
			break
		}
		s.add(&d.books.acts[i])
	}
	if at < 0 {
		d.t.Fatalf("%s: the data is as it never was: %s", d.where(), found.differs(&s))
	}
	for file, n := range d.copied {
		if n > at {
			delete(d.copied, file)
		}
	}
	d.counts["acts lost to history"] += len(d.books.acts) - at
	return d.books.goBack(at)
}
