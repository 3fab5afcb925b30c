package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/cmd/internal/killat"
)

// built is the program as a shop runs it, built once for all tests.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "kassactl-")
	if err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "kassactl")
	cmd := exec.Command("go", "build", "-ldflags=-s -w", "-o", bin, ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return bin, nil
})

func TestMain(m *testing.M) {
	killat.Main()
	code := m.Run()
	if bin, err := built(); err == nil {
		_ = os.RemoveAll(filepath.Dir(bin))
	}
	os.Exit(code)
}

func binary(t testing.TB) string {
	t.Helper()
	bin, err := built()
	require.NoError(t, err)
	return bin
}

// testEnv is an environment without anything of this computer's own shop.
func testEnv(extra ...string) []string {
	var env []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "KASSA_") {
			env = append(env, v)
		}
	}
	return append(append(env, "KASSA_SECRETS=file", "TZ=UTC"), extra...)
}

// ctl runs the built program to its end.
func ctl(t testing.TB, home string, env []string, args ...string) (stdout string, exit int) {
	t.Helper()
	cmd := exec.Command(binary(t), append([]string{"--home", home}, args...)...)
	cmd.Env = testEnv(env...)
	var errOut bytes.Buffer
	cmd.Stderr = &errOut
	out, err := cmd.Output()
	if e, ok := errors.AsType[*exec.ExitError](err); ok {
		exit = e.ExitCode()
	} else {
		require.NoError(t, err)
	}
	if exit != 0 {
		t.Logf("kassactl %s: exit %d: %s", strings.Join(args, " "), exit, errOut.String())
	}
	return string(out), exit
}

// demoShop makes a demo shop in a folder of the test's own.
func demoShop(t testing.TB) (home string, made newShop) {
	t.Helper()
	home = filepath.Join(t.TempDir(), "home")
	out, exit := ctl(t, home, nil, "init", "--demo", "--json")
	require.Zero(t, exit, out)
	require.NoError(t, json.Unmarshal([]byte(out), &made))
	return home, made
}

// talk is a running `kassactl till`.
type talk struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	out   *bufio.Reader
	ended chan struct{}
}

// tillReply is one answer; fields of the result are looked up by name.
type tillReply struct {
	OK     bool           `json:"ok"`
	Result map[string]any `json:"result"`
	Error  struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	} `json:"error"`
}

func (r tillReply) text(field string) string { s, _ := r.Result[field].(string); return s }

// list is a field that is a list of objects.
func (r tillReply) list(field string) []map[string]any {
	var found []map[string]any
	items, _ := r.Result[field].([]any)
	for _, i := range items {
		if m, ok := i.(map[string]any); ok {
			found = append(found, m)
		}
	}
	return found
}

// startTill starts the program, under another one where wrap names it.
func startTill(t testing.TB, home string, env, wrap []string) *talk {
	t.Helper()
	args := append(append([]string{}, wrap...), binary(t), "till", "--home", home)
	k := &talk{cmd: exec.Command(args[0], args[1:]...), ended: make(chan struct{})}
	k.cmd.Env = testEnv(env...)
	var err error
	k.in, err = k.cmd.StdinPipe()
	require.NoError(t, err)
	out, err := k.cmd.StdoutPipe()
	require.NoError(t, err)
	k.out = bufio.NewReader(out)
	require.NoError(t, k.cmd.Start())
	t.Cleanup(k.kill)
	return k
}

// ask sends one command and waits for its answer. The error is that of a
// process that is gone.
func (k *talk) ask(cmd string, fields map[string]any) (tillReply, error) {
	line := map[string]any{"cmd": cmd}
	for name, v := range fields {
		line[name] = v
	}
	b, err := json.Marshal(line)
	if err != nil {
		return tillReply{}, err
	}
	return k.raw(string(b))
}

func (k *talk) raw(line string) (r tillReply, err error) {
	if _, err := io.WriteString(k.in, line+"\n"); err != nil {
		return r, err
	}
	answer, err := k.out.ReadBytes('\n')
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(answer, &r)
}

// kill ends the process as a power cut would, and waits until it is gone.
func (k *talk) kill() {
	_ = k.cmd.Process.Kill()
	k.wait()
}

func (k *talk) wait() error {
	select {
	case <-k.ended:
		return nil
	default:
	}
	_ = k.in.Close()
	_, _ = io.Copy(io.Discard, k.out)
	err := k.cmd.Wait()
	close(k.ended)
	return err
}

// finish ends the input and waits for an orderly end.
func (k *talk) finish(t testing.TB) {
	t.Helper()
	timer := time.AfterFunc(30*time.Second, func() { _ = k.cmd.Process.Kill() })
	defer timer.Stop()
	require.NoError(t, k.wait())
}
