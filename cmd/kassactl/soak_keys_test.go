package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/stretchr/testify/require"
)

// Keys that are lost, and the owner's recovery code.

// recoverByCode lets the owner in with a new PIN; the code before is used up. Now
// and then the program is killed over it, and the owner tries again.
func (d *day) recoverByCode() {
	pin := "739164"
	if d.pin == pin {
		pin = "280573"
	}
	if d.random.IntN(2) == 0 && d.killedRecovering(pin) {
		return
	}
	said, exit := d.run(d.code+"\n"+pin+"\n", "recover", "--json")
	require.Zero(d.t, exit, "%s: %s", d.where(), said)
	var v struct {
		Code string `json:"recovery_code"`
	}
	require.NoError(d.t, json.Unmarshal([]byte(said), &v), said)
	said, exit = d.run(d.code+"\n618205\n", "recover", "--json")
	require.NotZero(d.t, exit, "%s: a code is used once: %s", d.where(), said)
	said, _ = d.run(`{"cmd":"login","pin":"`+d.pin+`"}`+"\n", "till")
	require.NotContains(d.t, said, `"ok":true`, "%s: the PIN of the lost keys", d.where())
	d.pin, d.code = pin, v.Code
}

// killedRecovering kills the recovery. Either the new PIN is in force, and the owner
// draws a new code with it, or the old code still is, and the answer is false.
func (d *day) killedRecovering(pin string) bool {
	cmd := exec.Command(binary(d.t), "--home", d.home, "recover", "--json")
	cmd.Env = testEnv()
	cmd.Stdin = strings.NewReader(d.code + "\n" + pin + "\n")
	require.NoError(d.t, cmd.Start())
	timer := time.AfterFunc(time.Duration(d.random.IntN(400_000))*time.Microsecond, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	if cmd.Wait() != nil {
		d.counts["killed in recover"]++
	}
	said, _ := d.run(`{"cmd":"login","pin":"`+pin+`"}`+"\n"+`{"cmd":"recovery.new"}`+"\n", "till")
	lines := strings.Split(strings.TrimSpace(said), "\n")
	var r tillReply
	if len(lines) < 2 || json.Unmarshal([]byte(lines[len(lines)-1]), &r) != nil || !r.OK {
		return false
	}
	d.pin, d.code = pin, r.text("recovery_code")
	d.counts["recovered though killed"]++
	return true
}

// copyOfOldKeys restores a copy that was made before the keys were lost: its PINs
// and its recovery code are those of then.
func (d *day) copyOfOldKeys() {
	file, pin, code := d.copy(), d.pin, d.code
	away := filepath.Join(d.t.TempDir(), "away")
	require.NoError(d.t, os.Rename(d.secrets(), away))
	d.recoverByCode()
	d.work(5, false)
	said, exit := d.run("", "restore", file, "--json")
	require.Zero(d.t, exit, "%s: %s", d.where(), said)
	require.Contains(d.t, said, `"lost_pins":true`, d.where())
	said, exit = d.run("", "restore", file, "--yes", "--json")
	require.Zero(d.t, exit, "%s: %s", d.where(), said)
	// Nobody has a PIN there, which is no wrong one.
	said, _ = d.run(`{"cmd":"login","pin":"`+pin+`"}`+"\n", "till")
	require.Contains(d.t, said, "kassactl recover", d.where())
	require.NotContains(d.t, said, `"ok":true`, d.where())
	require.Contains(d.t, d.finding("keys").Message, "kassactl recover", d.where())
	d.pin, d.code = pin, code
	d.recoverByCode()
	d.rewind()
}
