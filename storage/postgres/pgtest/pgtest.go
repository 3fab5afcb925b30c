// Package pgtest starts a PostgreSQL server for tests and the bench: Debian's own, on a folder
// of its own, heard on loopback alone, ended with the tests. Each test has a
// database nobody else uses.
package pgtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// startIn is how long a server may take to answer on a busy machine.
const startIn = 2 * time.Minute

// Main runs the tests of a package and ends the server they used, if they did.
//
//	func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }
func Main(m *testing.M) int {
	code := m.Run()
	if err := stop(); err != nil {
		fmt.Fprintln(os.Stderr, "pgtest:", err)
		code = max(code, 1)
	}
	return code
}

var (
	once    sync.Once
	running *Server
	failed  error
	number  atomic.Int64
)

// URL is an empty database of this test's own.
func URL(tb testing.TB) string {
	tb.Helper()
	once.Do(func() { running, failed = Start() })
	if failed != nil {
		tb.Fatalf("PostgreSQL is needed for this test (scripts/setup.sh test installs it): %v", failed)
	}
	url, err := running.Create(tb.Context(), "t"+strconv.FormatInt(number.Add(1), 10))
	if err != nil {
		tb.Fatal(err)
	}
	return url
}

// Create makes an empty database and returns its URL.
func (s *Server) Create(ctx context.Context, name string) (string, error) {
	db, err := sql.Open("pgx", s.url("postgres"))
	if err != nil {
		return "", err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, "CREATE DATABASE "+name)
	return s.url(name), err
}

// Copy is a database of this test's own with what another of URL's holds, to which
// nobody may be connected. It goes with the test.
func Copy(tb testing.TB, of string) string {
	tb.Helper()
	at, err := url.Parse(of)
	if err != nil {
		tb.Fatal(err)
	}
	name := "t" + strconv.FormatInt(number.Add(1), 10)
	on := func(ctx context.Context, statement string) {
		db, err := sql.Open("pgx", running.url("postgres"))
		if err != nil {
			tb.Fatal(err)
		}
		defer db.Close()
		if _, err := db.ExecContext(ctx, statement); err != nil {
			tb.Fatal(err)
		}
	}
	on(tb.Context(), "CREATE DATABASE "+name+" TEMPLATE "+strings.TrimPrefix(at.Path, "/"))
	tb.Cleanup(func() { on(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)") })
	return running.url(name)
}

func stop() error {
	if running == nil {
		return nil
	}
	return running.Stop()
}

// Server is a running PostgreSQL server.
type Server struct {
	dir, bin string
	port     int
	cred     *syscall.Credential
	cmd      *exec.Cmd
	log      *os.File
	done     chan error
	settings []string
}

// URL is the database every server has, for a test with a server of its own.
func (s *Server) URL() string { return s.url("postgres") }

func (s *Server) url(name string) string {
	return fmt.Sprintf("postgres://kassa@127.0.0.1:%d/%s?sslmode=disable", s.port, name)
}

// ErrNone says that no PostgreSQL is installed.
var ErrNone = errors.New("PostgreSQL is not installed")

// Start makes a cluster and starts its server, with further settings (name=value)
// where the tests' own do not do: those keep nothing safe from a power cut. PostgreSQL
// refuses to run as root; then it runs as the user its package made, or nobody.
func Start(settings ...string) (_ *Server, err error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	cred, uid, gid, err := whom()
	if err != nil {
		return nil, err
	}
	// Another user has no way into a private folder of ours.
	dir, err := os.MkdirTemp("", "kassa-pg")
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			os.RemoveAll(dir)
		}
	}()
	if err := errors.Join(os.Chmod(dir, 0o755), os.Mkdir(filepath.Join(dir, "data"), 0o700), os.Chown(filepath.Join(dir, "data"), uid, gid)); err != nil {
		return nil, err
	}
	s := &Server{dir: dir, bin: bin, cred: cred, settings: settings}
	if s.port, err = freePort(); err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	initdb := as(cred, dir, filepath.Join(bin, "initdb"), "-D", data, "-U", "kassa", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	if s.log, err = os.Create(filepath.Join(dir, "log")); err != nil {
		return nil, err
	}
	if err := s.Begin(); err != nil {
		if s.done != nil {
			err = errors.Join(err, s.Stop())
		}
		return nil, err
	}
	return s, nil
}

// Begin starts the server, after Break as before.
func (s *Server) Begin() error {
	s.cmd = as(s.cred, s.dir, filepath.Join(s.bin, "postgres"), "-D", filepath.Join(s.dir, "data"), "-h", "127.0.0.1", "-p", strconv.Itoa(s.port),
		"-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "max_connections=100", "-c", "log_min_messages=warning")
	for _, set := range s.settings {
		s.cmd.Args = append(s.cmd.Args, "-c", set) // of two for one thing the last holds
	}
	s.cmd.Stdout, s.cmd.Stderr = s.log, s.log
	if err := s.cmd.Start(); err != nil {
		return err
	}
	s.done = make(chan error, 1)
	go func() { s.done <- s.cmd.Wait() }()
	return s.answers()
}

// Break ends the server in the midst of whatever it does, as its crash would: nothing
// more is written, and what was done is found again in its log by Begin.
func (s *Server) Break() error {
	err := s.cmd.Process.Signal(syscall.SIGQUIT)
	s.done <- <-s.done // kept for Stop
	return ignoreDone(err)
}

// answers waits until the server does.
func (s *Server) answers() error {
	ctx, cancel := context.WithTimeout(context.Background(), startIn)
	defer cancel()
	db, err := sql.Open("pgx", s.url("postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		if err = db.PingContext(ctx); err == nil {
			return nil
		}
		select {
		case ended := <-s.done:
			s.done <- ended
			log, _ := os.ReadFile(s.log.Name())
			return fmt.Errorf("the server ended: %v: %s", ended, log)
		case <-ctx.Done():
			return fmt.Errorf("the server does not answer: %w", err)
		case <-tick.C:
		}
	}
}

// Stop ends the server at once and removes its folder.
func (s *Server) Stop() error {
	err := s.cmd.Process.Signal(syscall.SIGQUIT) // at once, without writing anything more
	<-s.done
	return errors.Join(ignoreDone(err), s.log.Close(), os.RemoveAll(s.dir))
}

func ignoreDone(err error) error {
	if errors.Is(err, os.ErrProcessDone) {
		return nil
	}
	return err
}

// as makes a command of another user; nil for our own. It dies with us.
func as(cred *syscall.Credential, dir, name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Dir = dir
	c.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "HOME="+dir)
	c.SysProcAttr = &syscall.SysProcAttr{Credential: cred, Pdeathsig: syscall.SIGQUIT}
	return c
}

// whom says as whom the server runs.
func whom() (cred *syscall.Credential, uid, gid int, err error) {
	if os.Getuid() != 0 {
		return nil, os.Getuid(), os.Getgid(), nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.Atoi(u.Uid)
		gid, err2 := strconv.Atoi(u.Gid)
		if err1 == nil && err2 == nil {
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, uid, gid, nil
		}
	}
	return nil, 0, 0, errors.New("no user to run it as")
}

// binaries finds the newest server Debian installed, or one on the path.
func binaries() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil {
		return "", err
	}
	best, newest := "", -1
	for _, f := range found {
		n, err := strconv.Atoi(strings.Split(f, "/")[4])
		if err == nil && n > newest {
			best, newest = filepath.Dir(f), n
		}
	}
	if best != "" {
		return best, nil
	}
	f, err := exec.LookPath("postgres")
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNone, err)
	}
	return filepath.Dir(f), nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	port := l.Addr().(*net.TCPAddr).Port
	return port, l.Close()
}
