package main

import (
	"bytes"
	"fmt"
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

	"kassa/pos"
	"kassa/pos/till"
	"kassa/storage/postgres/pgtest"
	"kassa/ui/settings"
)

// remote is a kassa-backend in a process of its own, over PostgreSQL.
type remote struct {
	t        *testing.T
	binary   string
	database string
	address  string
	running  *exec.Cmd
}

// program is one of the others, built once.
func program(t *testing.T, name string) string {
	t.Helper()
	made, _ := programs.LoadOrStore(name, sync.OnceValues(func() (string, error) {
		path := filepath.Join(filepath.Dir(binary), name)
		build := exec.Command("go", "build", "-o", path, "kassa/cmd/"+name)
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		out, err := build.CombinedOutput()
		if err != nil {
			err = fmt.Errorf("%w: %s", err, out)
		}
		return path, err
	}))
	path, err := made.(func() (string, error))()
	require.NoError(t, err)
	return path
}

var programs sync.Map // by name

func newServer(t *testing.T) *remote {
	t.Helper()
	name := program(t, "kassa-backend")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s := &remote{t: t, binary: name, database: pgtest.URL(t), address: l.Addr().String()}
	require.NoError(t, l.Close())
	t.Cleanup(func() { s.stop() })
	s.start()
	return s
}

func (s *remote) command(args ...string) *exec.Cmd {
	return exec.Command(s.binary, append(args, "--database", s.database, "--listen", s.address, "--public-url", "http://"+s.address, "--lang", "ru")...)
}

// start serves, and returns when the server answers.
func (s *remote) start() {
	s.t.Helper()
	s.running = s.command("serve")
	var said bytes.Buffer
	s.running.Stderr = &said
	require.NoError(s.t, s.running.Start())
	require.Eventually(s.t, func() bool {
		resp, err := http.Get("http://" + s.address + "/readyz")
		if err != nil {
			return false
		}
		_ = resp.Body.Close()
		return resp.StatusCode == http.StatusOK
	}, patience, 50*time.Millisecond)
}

// stop ends the server in order: nobody answers any more.
func (s *remote) stop() {
	if s.running == nil {
		return
	}
	_ = s.running.Process.Signal(syscall.SIGTERM)
	_ = s.running.Wait()
	s.running = nil
}

// code is a one-time code for a new till.
func (s *remote) code(name string) string {
	s.t.Helper()
	out, err := s.command("till", "add", name).Output()
	require.NoError(s.t, err)
	return strings.TrimSpace(string(out))
}

// held is how many messages of the till in the window the server has.
func (s *remote) held() int64 {
	s.t.Helper()
	out, err := s.command("till", "list").Output()
	require.NoError(s.t, err)
	for line := range strings.Lines(string(out)) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		require.Len(s.t, fields, 4)
		if slices.Contains(fields, windowName) {
			n, err := strconv.ParseInt(fields[2], 10, 64)
			require.NoError(s.t, err)
			return n
		}
	}
	s.t.Fatalf("the server has no till %s: %s", windowName, out)
	return 0
}

// windowName is what the till in the window is called at a server.
const windowName = "Window"

// join turns the till to a server by its window, at an address.
func (r *rig) join(s *remote, address string) {
	r.t.Helper()
	r.place("1", "settings", "tab", "shop")
	for range slices.Index(settings.Tabs(), settings.TabServer) {
		r.key("Next")
	}
	r.see("settings.server", "joined", "no")
	r.key("Tab")
	r.typed("http://" + address)
	r.key("Return")
	r.typed(s.code(windowName))
	r.key("Return")
	r.see("settings.server", "joined", "yes", "said", "joined")
	r.key("Escape") // the sale is as it was
}

// A till joins a server by its window, tells it of its sales, goes on without it,
// and tells the rest when it is back.
func TestE2E_Server(t *testing.T) {
	behind := newServer(t)
	r := newRig(t)
	r.begin(pos.GroupOwner, "500")
	r.sell()
	r.join(behind, behind.address)
	r.sell()
	r.queue("waiting", "0", "look", "told", "server", "http://"+behind.address)
	r.key("Escape")
	r.see("sale")
	before := behind.held()
	require.Positive(t, before)

	behind.stop()
	r.sell()
	r.sell()
	r.queue("look", "late", "trouble", "exchange.offline")
	behind.start()
	r.key("F9")
	r.see("queue", "waiting", "0", "look", "told")

	s, ctx := r.stored()
	v, err := s.Till.Queue(ctx, till.System(), 0, 10)
	require.NoError(t, err)
	require.Zero(t, v.Counts, "%+v", v.Rows)
	require.Greater(t, behind.held(), before)
	from, err := s.Till.Acknowledged(ctx)
	require.NoError(t, err)
	acked := int64(0)
	for _, span := range from {
		acked += span.Count
	}
	require.EqualValues(t, 3, acked, "the sales since it joined; what its own backend had needs no telling")
	require.Equal(t, acked, behind.held(), "the server has each message it acknowledged, once")
	require.Len(t, r.sales(s, ctx), 4)
}

// queue opens the queue from the menu and waits until it shows some facts.
func (r *rig) queue(facts ...string) {
	r.t.Helper()
	r.place("l", "queue", facts...)
}
