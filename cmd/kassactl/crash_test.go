package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/cmd/internal/killat"
)

// crashes is how often the till is killed; KASSA_CRASHES asks for more.
const crashes = 100

// TestCrash kills the real program with SIGKILL at random moments of a sale and
// finds every sale that was shown as done stored once, everything else as it
// was last shown, and every invariant kept.
func TestCrash(t *testing.T) {
	n := crashes
	if v, err := strconv.Atoi(os.Getenv("KASSA_CRASHES")); err == nil && v > 0 {
		n = v
	}
	c := newCrasher(t)
	random := c.random
	for c.kills < n {
		c.session(nil, func(k *talk) {
			// A sale takes some 60 ms; what is uniform over a little more falls
			// between, into and behind its commands.
			time.AfterFunc(time.Duration(random.IntN(120_000))*time.Microsecond, func() { _ = k.cmd.Process.Kill() })
		})
	}
	c.settle()
}

// TestCrash_Syscalls kills the program at exact system calls: inside a write or a flush
// of the database, and at all else it leaves behind, from the start of the program into
// its sales. It takes minutes and is part of the soak: KASSA_SOAK=1.
func TestCrash_Syscalls(t *testing.T) {
	if os.Getenv("KASSA_SOAK") == "" {
		t.Skip("part of make soak: set KASSA_SOAK=1")
	}
	report := filepath.Join(t.TempDir(), "report")
	wrap, err := killat.Wrap(0, report)
	require.NoError(t, err)
	if out, err := exec.Command(wrap[0], append(wrap[1:], binary(t), "version")...).CombinedOutput(); err != nil {
		t.Skipf("programs cannot be traced here: %s", out)
	}
	c := newCrasher(t)
	for at := 1; at <= 240; at++ {
		wrap, err := killat.Wrap(at, report)
		require.NoError(t, err)
		c.session(wrap, func(*talk) {}) // it sells until it is killed
	}
	require.NotZero(t, c.kills, "nothing was killed")
	c.settle()
}

// crasher rings up sales in one shop whose process keeps being killed, and
// remembers what it was told.
type crasher struct {
	t      *testing.T
	home   string
	made   newShop
	random *rand.Rand
	seed   uint64

	opened  bool   // the shift
	confirm string // how points are confirmed in this session
	kills   int
	byKill  map[string]int // commands that were in flight when the process was killed
	done    map[string]int // sales shown as done, by id
	back    map[string]int // returns shown as done, by id
	sent    string         // the open return whose answer was on its way, "" for none
	total   map[string]string

	// What was shown last, and what was asked for since.
	shown    tillReply
	inFlight string
}

func newCrasher(t *testing.T) *crasher {
	seed := uint64(time.Now().UnixNano())
	if v, err := strconv.ParseUint(os.Getenv("KASSA_SEED"), 10, 64); err == nil {
		seed = v
	}
	c := &crasher{t: t, seed: seed, random: rand.New(rand.NewPCG(seed, 1)),
		byKill: map[string]int{}, done: map[string]int{}, back: map[string]int{}, total: map[string]string{}}
	t.Logf("seed %d (KASSA_SEED=%d repeats it)", seed, seed)
	c.home, c.made = demoShop(t)
	return c
}

// session starts the till, looks whether it stands where it stood, and rings up
// sales until the process is killed. arm is called when somebody is logged in.
func (c *crasher) session(wrap []string, arm func(*talk)) {
	// The codes of a phone are limited, so only some sessions ask for them.
	c.confirm = "none"
	if c.random.IntN(4) == 0 {
		c.confirm = "sms"
	}
	k := startTill(c.t, c.home, []string{"KASSA_CONFIRM_POINTS=" + c.confirm, "KASSA_CONFIRM_CREDIT=none"}, wrap)
	defer k.kill()
	before, was := c.shown, c.inFlight
	if _, err := c.ask(k, "login", map[string]any{"pin": c.made.Employees[0].PIN}); err != nil {
		c.killed("login")
		c.shown, c.inFlight = before, was
		return
	}
	now, err := k.ask("cheque", nil)
	if err != nil {
		c.killed("cheque")
		c.shown, c.inFlight = before, was
		return
	}
	if !c.stands(k, before, was, now) {
		c.shown, c.inFlight = before, was
		return
	}
	// The cheque is settled; of a return the answer may still be missing.
	c.shown, c.inFlight = now, ""
	if was == "return.finish" {
		c.inFlight = was
	}
	if c.leftOpen(k, was) != nil {
		c.killed("return.show")
		return
	}
	c.inFlight = ""
	arm(k)
	for c.sale(k) {
	}
	c.killed(c.inFlight)
}

func (c *crasher) killed(during string) {
	c.kills++
	c.byKill[during]++
}

// ask sends a command; an error means the process is gone. A refusal fails the
// test: a sale that goes on after a crash must not meet any.
func (c *crasher) ask(k *talk, cmd string, fields map[string]any) (tillReply, error) {
	c.inFlight = cmd
	r, err := k.ask(cmd, fields)
	if err != nil {
		return r, err
	}
	require.True(c.t, r.OK, "seed %d, kill %d: %s: %s: %s", c.seed, c.kills, cmd, r.Error.Code, r.Error.Message)
	if _, isCheque := r.Result["lines"]; isCheque && cmd != "sale.finish" {
		c.shown = r
	}
	c.inFlight = ""
	return r, nil
}

// sale rings one sale up; false means the process is gone.
func (c *crasher) sale(k *talk) bool {
	steps := []func(*talk) error{c.openShift, c.ring, c.customer, c.points, c.pay, c.finish, c.bringBack}
	for _, step := range steps {
		if step(k) != nil {
			return false
		}
	}
	return true
}

func (c *crasher) openShift(k *talk) error {
	if c.opened {
		return nil
	}
	c.inFlight = "shift.open"
	r, err := k.ask("shift.open", map[string]any{"float": "1000.00"})
	if err != nil {
		return err
	}
	require.True(c.t, r.OK || r.Error.Code == "conflict", r.Error.Message)
	c.opened = true
	c.inFlight = ""
	return nil
}

// ring adds up to five goods to what a killed process left.
func (c *crasher) ring(k *talk) error {
	if len(c.shown.list("tenders")) > 0 {
		return nil
	}
	for len(c.shown.list("lines")) < 5 {
		p := c.made.Products[c.random.IntN(6)]
		// The same product adds to its line; so that every scan makes one, the
		// next product is another.
		if lines := c.shown.list("lines"); len(lines) > 0 && lines[len(lines)-1]["sku"] == p.SKU {
			continue
		}
		if _, err := c.ask(k, "scan", map[string]any{"code": p.Barcode}); err != nil {
			return err
		}
	}
	return nil
}

func (c *crasher) customer(k *talk) error {
	if c.shown.Result["customer"] != nil {
		return nil
	}
	_, err := c.ask(k, "customer", map[string]any{"id": c.made.Customers[c.random.IntN(3)].ID})
	return err
}

// points spends some, with its code where one is asked for. A tender whose code
// was lost with the process, or that had none where one is asked for now, is
// taken off.
func (c *crasher) points(k *talk) error {
	for _, d := range c.shown.list("tenders") {
		uncoded := d["method"] == "points" && d["challenge"] == nil && c.confirm == "sms"
		if uncoded || d["state"] != "ready" && d["state"] != "verified" {
			if _, err := c.ask(k, "tender.remove", map[string]any{"method": d["method"], "tender": d["tender"]}); err != nil {
				return err
			}
		}
	}
	if len(c.shown.list("tenders")) > 0 || c.random.IntN(2) == 0 {
		return nil
	}
	if most, _ := strconv.Atoi(c.shown.text("points_max")); most < 3 {
		return nil
	}
	c.inFlight = "points.spend"
	r, err := k.ask("points.spend", map[string]any{"amount": "3"})
	if err != nil {
		return err
	}
	if r.Error.Code == "wait" { // this phone got its messages; the sale goes on without points
		c.inFlight = ""
		return nil
	}
	require.True(c.t, r.OK, "seed %d: points.spend: %s", c.seed, r.Error.Message)
	c.shown, c.inFlight = r, ""
	ch, ok := r.Result["challenge"].(map[string]any)
	if !ok {
		return nil
	}
	answer, err := c.ask(k, "code.enter", map[string]any{"challenge": ch["id"], "code": c.lastCode()})
	if err != nil {
		return err
	}
	require.Equal(c.t, "verified", answer.text("state"))
	_, err = c.ask(k, "cheque", nil)
	return err
}

// lastCode reads the newest code where the sandbox put it.
func (c *crasher) lastCode() string {
	f, err := os.Open(filepath.Join(c.home, "sandbox.jsonl"))
	require.NoError(c.t, err)
	defer f.Close()
	var last string
	for s := bufio.NewScanner(f); s.Scan(); {
		last = s.Text()
	}
	var m struct{ Text string }
	require.NoError(c.t, json.Unmarshal([]byte(last), &m))
	for _, word := range strings.FieldsFunc(m.Text, func(r rune) bool { return r < '0' || r > '9' }) {
		if len(word) == 6 {
			return word
		}
	}
	c.t.Fatalf("no code in %q", m.Text)
	return ""
}

func (c *crasher) pay(k *talk) error {
	if c.shown.text("due") == "0.00" {
		return nil
	}
	_, err := c.ask(k, "tender", map[string]any{"method": "cash", "amount": c.shown.text("due")})
	return err
}

func (c *crasher) finish(k *talk) error {
	r, err := c.ask(k, "sale.finish", nil)
	if err != nil {
		return err
	}
	c.record(r)
	c.shown = tillReply{}
	return nil
}

// bringBack returns a piece of the sale just made, now and then.
func (c *crasher) bringBack(k *talk) error {
	if c.random.IntN(3) != 0 || len(c.done) == 0 {
		return nil
	}
	r, err := c.askReturn(k, "return.find", map[string]any{"limit": 1})
	if err != nil {
		return err
	}
	if r, err = c.askReturn(k, "return.start", map[string]any{"id": r.list("sales")[0]["id"]}); err != nil {
		return err
	}
	c.sent = r.text("id")
	line := c.random.IntN(len(r.list("lines")))
	if qty, _ := strconv.Atoi(fmt.Sprint(r.list("lines")[line]["left"])); qty > 0 {
		if _, err = c.askReturn(k, "return.line", map[string]any{"line": r.list("lines")[line]["line"], "qty": "1"}); err != nil {
			return err
		}
		return c.finishReturn(k)
	}
	return c.abandon(k)
}

func (c *crasher) askReturn(k *talk, cmd string, fields map[string]any) (tillReply, error) {
	c.inFlight = cmd
	r, err := k.ask(cmd, fields)
	if err == nil {
		require.True(c.t, r.OK, "seed %d, kill %d: %s: %s: %s", c.seed, c.kills, cmd, r.Error.Code, r.Error.Message)
		c.inFlight = ""
	}
	return r, err
}

func (c *crasher) finishReturn(k *talk) error {
	r, err := c.askReturn(k, "return.finish", map[string]any{"reason": "не подошло"})
	if err == nil {
		c.back[r.text("id")]++
		c.sent = ""
	}
	return err
}

func (c *crasher) abandon(k *talk) error {
	_, err := c.askReturn(k, "return.abandon", nil)
	if err == nil {
		c.sent = ""
	}
	return err
}

// leftOpen settles the return that was open when the process was killed.
func (c *crasher) leftOpen(k *talk, inFlight string) error {
	r, err := k.ask("return.show", nil)
	if err != nil {
		return err
	}
	require.True(c.t, r.OK, "seed %d: return.show", c.seed)
	switch {
	case r.text("id") == "" && inFlight == "return.finish" && c.sent != "":
		c.back[c.sent]++ // the answer was lost, the return is stored: the export will tell
		c.sent = ""
		return nil
	case r.text("id") == "":
		c.sent = ""
		return nil
	}
	c.sent = r.text("id")
	preview, _ := r.Result["preview"].(map[string]any)
	if lines, _ := preview["lines"].([]any); len(lines) > 0 {
		return c.finishReturn(k)
	}
	return c.abandon(k)
}

// record remembers a sale that was shown as done.
func (c *crasher) record(r tillReply) {
	c.done[r.text("id")]++
	c.total[r.text("id")] = r.text("total")
}

// stands checks that the cheque is what was shown last, or that with the one
// command that was on its way. false means the process is gone.
func (c *crasher) stands(k *talk, before tillReply, inFlight string, now tillReply) bool {
	where := fmt.Sprintf("seed %d, kill %d, during %q", c.seed, c.kills, inFlight)
	if id := before.text("id"); id != "" && inFlight == "sale.finish" && now.text("id") != id {
		// The answer was lost: the sale must be there, once, and as it was shown.
		r, err := k.ask("sale.show", map[string]any{"id": id})
		if err != nil {
			c.killed("sale.show")
			return false
		}
		require.True(c.t, r.OK, "%s: the cheque is gone and there is no sale: %s", where, r.Error.Message)
		require.Equal(c.t, before.text("total"), r.text("total"), where)
		require.Empty(c.t, now.list("lines"), where)
		c.record(r)
		return true
	}
	if id := before.text("id"); id != "" {
		require.Equal(c.t, id, now.text("id"), where)
	}
	lines, had := len(now.list("lines")), len(before.list("lines"))
	switch inFlight {
	case "scan":
		require.Contains(c.t, []int{had, had + 1}, lines, where)
	default:
		require.Equal(c.t, had, lines, where)
	}
	if customer := before.Result["customer"]; customer != nil {
		require.NotNil(c.t, now.Result["customer"], where)
	}
	tenders, paid := len(now.list("tenders")), len(before.list("tenders"))
	switch inFlight {
	case "tender", "points.spend":
		require.Contains(c.t, []int{paid, paid + 1}, tenders, where)
	case "tender.remove":
		require.Contains(c.t, []int{paid, paid - 1}, tenders, where)
	default:
		require.Equal(c.t, paid, tenders, where)
	}
	return true
}

// settle looks at everything once more when nothing is killed any longer.
func (c *crasher) settle() {
	t := c.t
	k := startTill(t, c.home, []string{"KASSA_CONFIRM_POINTS=none"}, nil)
	_, err := k.ask("login", map[string]any{"pin": c.made.Employees[0].PIN})
	require.NoError(t, err)
	now, err := k.ask("cheque", nil)
	require.NoError(t, err)
	require.True(t, c.stands(k, c.shown, c.inFlight, now))
	require.NoError(t, c.leftOpen(k, c.inFlight))
	k.finish(t)

	for id, times := range c.done {
		require.Equal(t, 1, times, "sale %s was shown as done %d times", id, times)
	}
	out, exit := ctl(t, c.home, nil, "export", "sales", "--format", "json")
	require.Zero(t, exit)
	var stored []map[string]string
	require.NoError(t, json.Unmarshal([]byte(out), &stored))
	require.Len(t, stored, len(c.done), "seed %d: sales stored and sales shown", c.seed)
	for i, s := range stored {
		assert.Equal(t, 1, c.done[s["id"]], "seed %d: sale %s", c.seed, s["id"])
		assert.Equal(t, c.total[s["id"]], s["total"], "seed %d: sale %s", c.seed, s["id"])
		assert.Equal(t, strconv.Itoa(i+1), s["number"], "seed %d: numbers have no gap", c.seed)
	}
	out, exit = ctl(t, c.home, nil, "export", "returns", "--format", "json")
	require.Zero(t, exit)
	var returned []map[string]any
	require.NoError(t, json.Unmarshal([]byte(out), &returned))
	require.Len(t, returned, len(c.back), "seed %d: returns stored and returns shown", c.seed)
	for _, r := range returned {
		assert.Equal(t, 1, c.back[fmt.Sprint(r["id"])], "seed %d: return %s", c.seed, r["id"])
	}
	out, exit = ctl(t, c.home, nil, "verify", "--json")
	require.Zero(t, exit, out)
	t.Logf("seed %d: %d kills, %d sales and %d returns, all stored once; in flight when killed: %v", c.seed, c.kills, len(c.done), len(c.back), c.byKill)
}
