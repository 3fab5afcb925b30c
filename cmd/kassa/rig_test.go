package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/cmd/internal/screen"
	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/till"
	"kassa/sms/smstest"
	"kassa/storage/postgres/pgtest"
)

// patience bounds every wait of the end-to-end tests: far more than anything
// takes, since a busy machine must not fail them.
const patience = 60 * time.Second

var binary string

// TestMain builds the program once, as `make run` does.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		// Never the key store of whoever runs the tests.
		os.Setenv("KASSA_SECRETS", "file")
		dir, err := os.MkdirTemp("", "kassa-e2e-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		binary = filepath.Join(dir, "kassa")
		build := exec.Command("go", "build", "-tags", "migrated_fynedo", "-ldflags=-s -w", "-o", binary, ".")
		build.Stdout, build.Stderr = os.Stderr, os.Stderr
		if err := build.Run(); err != nil {
			fmt.Fprintln(os.Stderr, "the till does not build:", err)
			return 1
		}
		return pgtest.Main(m) // which ends the database servers too
	}())
}

// rig is a till in a real window with everything around it: its own display,
// its own shop, its own message provider.
type rig struct {
	t    *testing.T
	home string
	demo *till.DemoShop
	sms  *smstest.Server
	d    *screen.Display
	till *screen.Till
	env  []string
}

// newRig makes a demo shop whose codes go through a local server that speaks
// SMS.RU's protocol, and opens the window on it; more of the environment may be
// decided.
func newRig(t *testing.T, env ...string) *rig {
	t.Helper()
	r := bareRig(t, 1366, 768)
	r.stock()
	var err error
	r.sms, err = smstest.NewServer(smstest.Options{APIID: smstest.TestAPIID, BalanceMinor: 41256})
	require.NoError(t, err)
	t.Cleanup(r.sms.Close)
	r.env = append(r.env, "KASSA_SMS_PROVIDER=smsru", "KASSA_SMS_SMSRU_BASE_URL="+r.sms.URL(),
		"KASSA_SMS_SMSRU_API_ID="+smstest.TestAPIID, "KASSA_CONFIRM_POINTS=sms", "KASSA_CONFIRM_CREDIT=sms")
	r.env = append(r.env, env...)
	r.open()
	return r
}

// bareRig is a display of that size, and a home that is not there yet.
func bareRig(t *testing.T, width, height int) *rig {
	t.Helper()
	if tool := screen.Missing(); tool != "" {
		t.Fatalf("%s is missing: run scripts/setup.sh display", tool)
	}
	r := &rig{t: t, home: filepath.Join(t.TempDir(), "shop"), env: []string{"KASSA_SECRETS=file"}}
	var err error
	r.d, err = screen.Open(width, height)
	require.NoError(t, err)
	t.Cleanup(func() { r.d.Close() })
	return r
}

// stock makes the demo shop.
func (r *rig) stock() {
	r.t.Helper()
	s, demo, err := shop.Create(context.Background(), shop.Options{Home: r.home}, true)
	require.NoError(r.t, err)
	require.NoError(r.t, s.Close())
	r.demo = demo
}

// open starts the window and waits for the lock screen.
func (r *rig) open() {
	r.t.Helper()
	r.openTo("login")
}

// openTo starts the window and waits for its first screen.
func (r *rig) openTo(first string, facts ...string) {
	r.t.Helper()
	log := filepath.Join(r.t.TempDir(), "window.log")
	var err error
	r.till, err = r.d.Start(binary, log, r.env, "--home", r.home)
	require.NoError(r.t, err)
	r.t.Cleanup(func() {
		if r.t.Failed() {
			_ = r.till.Shot(filepath.Join(artifacts(), r.t.Name()+".png"))
			if text, err := os.ReadFile(log); err == nil {
				r.t.Logf("the window's log:\n%s", text)
			}
		}
		r.till.Kill()
	})
	r.see(first, facts...)
}

func artifacts() string { return filepath.Join("..", "..", "build", "e2e") }

// see waits until the window shows a screen with the given facts, name and
// value in turn.
func (r *rig) see(name string, facts ...string) screen.Seen {
	r.t.Helper()
	s, err := r.till.Await(fmt.Sprint(name, " ", facts), patience, func(s screen.Seen) bool {
		if s.Screen != name {
			return false
		}
		for i := 0; i+1 < len(facts); i += 2 {
			if s.Facts[facts[i]] != facts[i+1] {
				return false
			}
		}
		return true
	})
	require.NoError(r.t, err)
	return s
}

// shot takes a picture of the window into the folder KASSA_SHOTS names, and none where
// it names none.
func (r *rig) shot(name string) {
	r.t.Helper()
	if dir := os.Getenv("KASSA_SHOTS"); dir != "" {
		require.NoError(r.t, r.till.Shot(filepath.Join(dir, "window-"+name+".png")))
	}
}

func (r *rig) key(names ...string) {
	r.t.Helper()
	require.NoError(r.t, r.till.Key(names...))
}

func (r *rig) typed(text string) {
	r.t.Helper()
	require.NoError(r.t, r.till.Type(text))
}

func (r *rig) scan(code string) {
	r.t.Helper()
	require.NoError(r.t, r.till.Scan(code))
}

// login enters the PIN of the first employee of a group.
func (r *rig) login(g pos.GroupID) {
	r.t.Helper()
	for _, e := range r.demo.Employees {
		if e.Group == g {
			r.typed(e.PIN)
			r.key("Return")
			return
		}
	}
	r.t.Fatalf("the demo has nobody of group %s", g)
}

// begin logs in and opens a shift.
func (r *rig) begin(g pos.GroupID, float string) {
	r.t.Helper()
	r.login(g)
	r.see("shift.open")
	r.typed(float)
	r.key("Return")
	r.see("shift.opened")
	r.see("sale")
}

// stored ends the window in order and gives the shop to look at what it left.
func (r *rig) stored() (*shop.Shop, context.Context) {
	r.t.Helper()
	require.NoError(r.t, r.till.Quit(patience))
	s, err := shop.Open(context.Background(), shop.Options{Home: r.home, Beside: true})
	require.NoError(r.t, err)
	r.t.Cleanup(func() { _ = s.Close() })
	r.sound(s, context.Background())
	return s, context.Background()
}

// sound runs the self-check over what was left.
func (r *rig) sound(s *shop.Shop, ctx context.Context) {
	r.t.Helper()
	problems, err := s.Till.SelfCheck(ctx, till.System())
	require.NoError(r.t, err)
	require.Empty(r.t, problems, "the self-check")
}

// sales are all stored sales, lines and tenders included, oldest first.
func (r *rig) sales(s *shop.Shop, ctx context.Context) []pos.Sale {
	r.t.Helper()
	heads, err := s.Till.Sales(ctx, till.System(), 0, 100)
	require.NoError(r.t, err)
	all := make([]pos.Sale, len(heads))
	for i, h := range heads {
		one, err := s.Till.Sale(ctx, till.System(), h.ID)
		require.NoError(r.t, err)
		all[len(heads)-1-i] = *one
	}
	return all
}

// shopper is a demo customer with that many points and that much free credit.
func (r *rig) shopper(points int64, room int64) pos.CustomerState {
	r.t.Helper()
	for _, c := range r.demo.Customers {
		if c.Phone != "" && c.Overdue == 0 && c.Points >= points && int64(c.Room) >= room {
			return c
		}
	}
	r.t.Fatal("the demo has no such customer")
	return pos.CustomerState{}
}

// paidInCash takes the sale's whole sum in cash and goes on to the next customer.
func (r *rig) paidInCash() {
	r.t.Helper()
	r.key("F9")
	r.see("payment", "action", "accept")
	r.key("Return")
	r.see("payment", "action", "finish")
	r.key("Return")
	r.see("receipt")
	r.key("Return")
	r.see("sale", "lines", "0")
}
