package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A disk that begins to fail under the working till, and is well again.

// inject makes system calls of a running process fail until the answer is called;
// ok is false where that is not allowed.
func (d *day) inject(pid int, what ...string) (heal func(), ok bool) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		return nil, false
	}
	log := filepath.Join(d.t.TempDir(), "calls")
	args := append([]string{"-f", "-qq", "-o", log, "-p", strconv.Itoa(pid)}, what...)
	cmd := exec.Command(strace, args...)
	require.NoError(d.t, cmd.Start())
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	for { // it says nothing of being there; its log is made when it is
		if traced(pid) {
			break
		}
		select {
		case <-ended:
			return nil, false
		case <-time.After(5 * time.Millisecond):
		}
	}
	return func() {
		_ = cmd.Process.Signal(os.Interrupt)
		<-ended
	}, true
}

// traced tells whether every thread of a process is watched.
func traced(pid int) bool {
	all, err := filepath.Glob("/proc/" + strconv.Itoa(pid) + "/task/*/status")
	if err != nil || len(all) == 0 {
		return false
	}
	for _, f := range all {
		raw, err := os.ReadFile(f)
		if err == nil && !hasTracer(string(raw)) {
			return false
		}
	}
	return true
}

func (d *day) diskNeverSyncs() {
	d.diskFails("Диск не сохраняет записанное", true, "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO")
}

func (d *day) diskIsFull() {
	d.diskFails("На диске нет места", false, "-e", "trace=pwrite64", "-e", "inject=pwrite64:error=ENOSPC")
}

// diskFails has the disk fail while somebody sells. The act in hand is whole or not
// there, nothing else is done, and the till goes on by itself.
func (d *day) diskFails(sentence string, doctor bool, what ...string) {
	d.enter()
	if !d.shift {
		require.NoError(d.t, d.openShift())
	}
	for range 3 {
		require.NoError(d.t, d.trade())
	}
	if !d.shift {
		require.NoError(d.t, d.openShift())
	}
	heal, ok := d.inject(d.k.cmd.Process.Pid, what...)
	if !ok {
		d.counts["no tracing here"]++
		d.leave()
		return
	}
	d.refusedByDisk()
	before := d.pending
	for range 3 { // and goes on refusing, in one sentence
		r, err := d.k.ask("cash.in", map[string]any{"amount": "7.00", "reason": "размен"})
		require.NoError(d.t, err)
		require.False(d.t, r.OK, "%s: done on a disk that keeps nothing", d.where())
		assert.Contains(d.t, r.Error.Message, sentence, d.where())
	}
	d.pending = before
	if doctor {
		d.doctorOnBadDisk(sentence, what...)
	}
	if d.random.IntN(3) == 0 { // killed while in doubt
		d.k.kill()
		heal()
		return
	}
	heal()
	d.settle(d.look())
	d.clear()
	for range 3 {
		require.NoError(d.t, d.trade())
	}
	d.leave()
}

// refusedByDisk does one thing that is not kept.
func (d *day) refusedByDisk() {
	d.t.Helper()
	if err := d.moveCash(); err != nil {
		d.t.Fatalf("%s: %v", d.where(), err)
	}
	require.NotNil(d.t, d.pending, "%s: it was told as done", d.where())
}

// doctorOnBadDisk asks the doctor on the same disk.
func (d *day) doctorOnBadDisk(sentence string, what ...string) {
	args := append([]string{"-f", "-qq", "-o", os.DevNull}, what...)
	cmd := exec.Command("strace", append(args, binary(d.t), "--home", d.home, "doctor", "--json")...)
	cmd.Env = testEnv()
	out, err := cmd.Output()
	assert.Error(d.t, err, d.where())
	assert.Contains(d.t, string(out), sentence, d.where())
	assert.Contains(d.t, string(out), `{"name":"disk","state":"bad"`, d.where())
}

func hasTracer(status string) bool {
	for line := range strings.Lines(status) {
		if pid, ok := strings.CutPrefix(line, "TracerPid:"); ok {
			return strings.TrimSpace(pid) != "0"
		}
	}
	return false
}
