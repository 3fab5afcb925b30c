// Package kills_test kills the till and the backend as a shop runs them, with SIGKILL,
// at each system call that leaves something behind, while one tells the other what
// happened, while manual payments are decided, and while a till joins a server or
// leaves it. Whoever is cut off is started again and does the same again, as people and
// programs do; after that nothing is lost and nothing is there twice.
//
// `make test` kills at a few calls drawn by a seed, `make soak` at all of them.
package kills_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/cmd/internal/killat"
	"kassa/storage/postgres/pgtest"
)

// patience is how long a program may take on a busy machine.
const patience = time.Minute

var bins string // the folder of both programs

func TestMain(m *testing.M) {
	killat.Main()
	dir, err := os.MkdirTemp("", "kills-")
	if err != nil {
		panic(err)
	}
	bins = dir
	code := pgtest.Main(m)
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

var built = sync.OnceValue(func() error {
	for _, name := range []string{"kassactl", "kassa-backend"} {
		cmd := exec.Command("go", "build", "-ldflags=-s -w", "-o", filepath.Join(bins, name), "kassa/cmd/"+name)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("build: %w\n%s", err, out)
		}
	}
	return nil
})

// environment is one without anything of this computer's own shop.
func environment() []string {
	env := slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "KASSA_") })
	return append(env, "KASSA_SECRETS=file", "TZ=UTC")
}

// traced skips a test where programs cannot be traced.
func traced(t *testing.T) {
	t.Helper()
	require.NoError(t, built())
	report := filepath.Join(t.TempDir(), "report")
	wrap, err := killat.Wrap(0, report)
	require.NoError(t, err)
	out, err := exec.Command(wrap[0], append(wrap[1:], filepath.Join(bins, "kassactl"), "version")...).CombinedOutput()
	if err != nil {
		t.Skipf("programs cannot be traced here: %s", out)
	}
}

// world is a till, and the server it is joined to or is to join.
type world struct {
	*testing.T
	dir  string // of the till and of a server's file
	base string // the server's database: where it is on a file "sqlite:…"
	addr string // where the server listens
	pin  string
	made map[string]any // what init told
	by   string         // the merchant orders are made by

	serving *process
	runs    int // programs started, for their reports
}

// process is a program that runs.
type process struct {
	cmd    *exec.Cmd
	said   bytes.Buffer
	report string // of the tracer, "" for none
	ended  chan struct{}
	code   int
}

func (p *process) over() bool {
	select {
	case <-p.ended:
		return true
	default:
		return false
	}
}

// start starts a program, killed at a call, 0 for one that is left alone, -1 for one
// that is not even traced. before sets its files.
func (w *world) start(at int, before func(*exec.Cmd), name string, args ...string) *process {
	w.Helper()
	line := append([]string{filepath.Join(bins, name)}, args...)
	p := &process{ended: make(chan struct{})}
	if at >= 0 {
		w.runs++
		p.report = filepath.Join(w.dir, "report-"+strconv.Itoa(w.runs))
		wrap, err := killat.Wrap(at, p.report)
		require.NoError(w, err)
		line = append(wrap, line...)
	}
	p.cmd = exec.Command(line[0], line[1:]...)
	p.cmd.Env, p.cmd.Dir = environment(), w.dir
	p.cmd.Stderr = &p.said
	if before != nil {
		before(p.cmd)
	}
	require.NoError(w, p.cmd.Start())
	w.Cleanup(func() {
		_ = p.cmd.Process.Kill()
		<-p.ended
	})
	go func() {
		_ = p.cmd.Wait()
		p.code = p.cmd.ProcessState.ExitCode()
		close(p.ended)
	}()
	return p
}

// end waits until a program ended and tells how; one that was not traced was not killed.
func (w *world) end(p *process) killat.End {
	w.Helper()
	select {
	case <-p.ended:
	case <-time.After(patience):
		w.Fatalf("it does not end: %s", p.said.String())
	}
	if p.report == "" {
		return killat.End{Code: p.code}
	}
	e, err := killat.Read(p.report)
	require.NoError(w, err, p.said.String())
	if e.Killed {
		w.Logf("killed at call %d: %s of %s", e.Calls, e.Call, e.On)
	}
	return e
}

// ctl runs a command of the till to its end, killed at a call, -1 for none.
func (w *world) ctl(at int, args ...string) (out string, e killat.End) {
	w.Helper()
	var said bytes.Buffer
	p := w.start(at, func(c *exec.Cmd) { c.Stdout = &said }, "kassactl", append([]string{"--home", filepath.Join(w.dir, "home"), "--lang", "ru"}, args...)...)
	e = w.end(p)
	return said.String() + p.said.String(), e
}

// must runs a command that has to succeed.
func (w *world) must(args ...string) string {
	w.Helper()
	out, e := w.ctl(-1, args...)
	require.Zero(w, e.Code, "kassactl %v: %s", args, out)
	return out
}

// try runs a command that may be refused, for want of a server.
func (w *world) try(args ...string) error {
	w.Helper()
	out, e := w.ctl(-1, args...)
	if e.Code != 0 {
		return fmt.Errorf("kassactl %v: exit %d: %s", args, e.Code, out)
	}
	return nil
}

// office runs a command of the server's to its end.
func (w *world) office(args ...string) string {
	w.Helper()
	cmd := exec.Command(filepath.Join(bins, "kassa-backend"), append(args, "--database", w.base)...)
	cmd.Env = environment()
	out, err := cmd.Output()
	require.NoError(w, err)
	return strings.TrimSpace(string(out))
}

// serve starts the server and waits until it answers or ended.
func (w *world) serve(at int) *process {
	w.Helper()
	p := w.start(at, nil, "kassa-backend", "serve", "--database", w.base, "--listen", w.addr, "--lang", "ru")
	w.serving = p
	require.Eventually(w, func() bool { return p.over() || w.ready() }, patience, 5*time.Millisecond, "the server does not answer: %s", &p.said)
	return p
}

func (w *world) ready() bool {
	res, err := http.Get("http://" + w.addr + "/readyz")
	if err != nil {
		return false
	}
	_ = res.Body.Close()
	return res.StatusCode == http.StatusOK
}

// leave ends the server in order.
func (w *world) leave() killat.End {
	w.Helper()
	_ = w.serving.cmd.Process.Signal(syscall.SIGTERM)
	return w.end(w.serving)
}

// onceAlive does a step until it succeeds, starting the server anew where that was
// killed meanwhile. A step that fails though the server lives fails the test.
func (w *world) onceAlive(name string, step func() error) {
	w.Helper()
	for range 3 {
		err := step()
		if err == nil {
			return
		}
		select {
		case <-w.serving.ended:
		case <-time.After(5 * time.Second):
			require.NoError(w, err, "%s: the server lives: %s", name, w.serving.said.String())
		}
		w.serve(-1)
	}
	w.Fatalf("%s: the server keeps ending: %s", name, w.serving.said.String())
}

// talk is a till somebody works at by its line protocol.
type talk struct {
	*process
	w   *world
	in  io.WriteCloser
	out *bufio.Reader
}

// errGone is that of a till that was killed.
var errGone = errors.New("the till is gone")

// reply is one answer.
type reply struct {
	OK     bool           `json:"ok"`
	Result map[string]any `json:"result"`
	Error  struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	} `json:"error"`
}

func (r reply) text(field string) string { s, _ := r.Result[field].(string); return s }

func (r reply) list(field string) (found []map[string]any) {
	items, _ := r.Result[field].([]any)
	for _, i := range items {
		if m, ok := i.(map[string]any); ok {
			found = append(found, m)
		}
	}
	return found
}

// work starts a till and logs the owner in; the error is that of one that was killed.
func (w *world) work(at int) (*talk, error) {
	w.Helper()
	k := &talk{w: w}
	k.process = w.start(at, func(c *exec.Cmd) {
		in, err := c.StdinPipe()
		require.NoError(w, err)
		out, err := c.StdoutPipe()
		require.NoError(w, err)
		k.in, k.out = in, bufio.NewReader(out)
	}, "kassactl", "till", "--home", filepath.Join(w.dir, "home"), "--lang", "ru")
	_, err := k.do("login", "pin", w.pin)
	return k, err
}

// ask sends a command; the error is that of a till that is gone.
func (k *talk) ask(cmd string, fields ...any) (r reply, err error) {
	line := map[string]any{"cmd": cmd}
	for i := 0; i+1 < len(fields); i += 2 {
		line[fields[i].(string)] = fields[i+1]
	}
	b, err := json.Marshal(line)
	require.NoError(k.w, err)
	if _, err := k.in.Write(append(b, '\n')); err != nil {
		return r, errGone
	}
	answer, err := k.out.ReadBytes('\n')
	if err != nil {
		return r, errGone
	}
	return r, json.Unmarshal(answer, &r)
}

// do asks for what must not be refused.
func (k *talk) do(cmd string, fields ...any) (reply, error) {
	k.w.Helper()
	r, err := k.ask(cmd, fields...)
	if err == nil && !r.OK {
		err = fmt.Errorf("%s: %s: %s", cmd, r.Error.Code, r.Error.Message)
	}
	return r, err
}

// must asks for what must not be refused of a till nobody kills.
func (k *talk) must(cmd string, fields ...any) reply {
	k.w.Helper()
	r, err := k.do(cmd, fields...)
	require.NoError(k.w, err, k.said.String())
	return r
}

// close ends the till in order, and tells how it ended.
func (k *talk) close() killat.End {
	k.w.Helper()
	_ = k.in.Close()
	_, _ = io.Copy(io.Discard, k.out)
	return k.w.end(k.process)
}

// newWorld makes a till that is told of nobody yet.
func newWorld(t *testing.T) *world {
	w := &world{T: t, dir: t.TempDir()}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	w.addr = l.Addr().String()
	require.NoError(t, l.Close())
	require.NoError(t, json.Unmarshal([]byte(w.must("init", "--demo", "--json")), &w.made))
	w.pin = w.made["employees"].([]any)[0].(map[string]any)["pin"].(string)
	return w
}

// again is a copy of a world, with its server's database where that is a file.
func (w *world) again(t *testing.T) *world {
	c := &world{T: t, dir: t.TempDir(), base: w.base, addr: w.addr, pin: w.pin, made: w.made, by: w.by}
	for _, name := range []string{"home", "home.secrets", "server"} {
		copied(t, filepath.Join(w.dir, name), filepath.Join(c.dir, name))
	}
	if strings.HasPrefix(w.base, "sqlite:") {
		c.base = "sqlite:" + filepath.Join(c.dir, "server", "server.db")
	} else if w.base != "" {
		c.base = pgtest.Copy(t, w.base)
	}
	return c
}

func copied(t *testing.T, from, to string) {
	err := filepath.WalkDir(from, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		switch {
		case d.IsDir():
			return os.MkdirAll(target, 0o700)
		case d.Name() == "ballast": // room kept for a full disk: large, and nothing is in it
			return os.Link(path, target)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(target, b, 0o600)
	})
	if !errors.Is(err, os.ErrNotExist) {
		require.NoError(t, err)
	}
}

// few is how many kills a scenario has in make test.
const few = 2

// sweep runs a scenario killed at each call, or in make test at a few that are drawn.
// The scenario gets a world of its own and tells how what is killed ended.
func sweep(t *testing.T, from *world, scenario func(w *world, at int) killat.End) {
	calls, kills := 0, map[string]int{}
	try := func(at int) (e killat.End) {
		ok := t.Run(strconv.Itoa(at), func(t *testing.T) {
			w := from.again(t)
			e = scenario(w, at)
			if e.Killed {
				kills[e.Call]++
				calls = max(calls, e.Calls)
			}
		})
		if !ok {
			t.FailNow() // by the first, which says what is wrong
		}
		return e
	}
	if os.Getenv("KASSA_SOAK") != "" {
		for at := 1; try(at).Killed; at++ {
		}
	} else {
		seed := uint64(time.Now().UnixNano())
		if v, err := strconv.ParseUint(os.Getenv("KASSA_SEED"), 10, 64); err == nil {
			seed = v
		}
		t.Logf("KASSA_SEED=%d repeats it", seed)
		random := rand.New(rand.NewPCG(seed, 1))
		all := try(0)
		require.Zero(t, all.Code)
		require.Greater(t, all.Calls, few)
		for _, i := range random.Perm(all.Calls)[:few] {
			try(i + 1)
		}
	}
	killed := 0
	for _, n := range kills {
		killed += n
	}
	require.Positive(t, killed, "nothing was killed")
	t.Logf("killed %d times, at calls up to the %d-th: %v", killed, calls, kills)
}
