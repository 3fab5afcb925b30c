package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A shop's day through the real program: coming in, looking whether everything
// is as it was told, and asking.

// customersOfDay is how many of the demo shop's customers come.
const customersOfDay = 9

// day is a shop that is worked in while things happen to it.
type day struct {
	t      *testing.T
	seed   uint64
	random *rand.Rand
	home   string
	made   newShop
	pin    string // the owner's
	code   string // the owner's recovery code
	books  *books
	counts map[string]int
	copied map[string]int // how many acts each copy holds, by its file

	k       *talk
	confirm string // how points and credit are confirmed in this session
	pending *act   // was asked for and not answered
	// unanswered says that a sale was asked for before history was lost, and nobody
	// knows whether it was stored.
	unanswered bool
	shift      bool
	parked     int
}

// errGone tells that the process was killed.
var errGone = errors.New("the process is gone")

func newDay(t *testing.T, seed uint64) *day {
	t.Logf("seed %d (KASSA_SEED=%d repeats it)", seed, seed)
	d := &day{t: t, seed: seed, random: rand.New(rand.NewPCG(seed, 8)), counts: map[string]int{}, copied: map[string]int{}}
	d.home, d.made = demoShop(t)
	d.pin = d.made.Employees[0].PIN
	d.books = newBooks(d.made)
	d.enter()
	d.code = d.must("recovery.new", nil).text("recovery_code")
	d.leave()
	return d
}

// where says at which point of the day something was found.
func (d *day) where() string {
	return fmt.Sprintf("seed %d, %d acts, %v", d.seed, len(d.books.acts), d.counts)
}

func (d *day) env() []string {
	return []string{"KASSA_CONFIRM_POINTS=" + d.confirm, "KASSA_CONFIRM_CREDIT=" + d.confirm}
}

// enter starts the till, logs in, and finds everything as it was told last, with
// or without the one act that was not answered.
func (d *day) enter() {
	d.confirm = "none"
	if d.random.IntN(3) == 0 {
		d.confirm = "sms"
	}
	d.k = startTill(d.t, d.home, d.env(), nil)
	login := d.must("login", map[string]any{"pin": d.pin})
	d.shift = login.Result["shift"] != nil
	start, _ := login.Result["start"].(map[string]any)
	require.Empty(d.t, start["problems"], d.where())
	d.settle(d.look())
	d.clear()
}

// leave ends the till in order.
func (d *day) leave() {
	d.k.finish(d.t)
	d.k = nil
}

// look reads how the till says the books stand.
func (d *day) look() standing {
	s := d.books.begin()
	s.open = d.shift
	if d.shift {
		report, _ := d.must("report.x", nil).Result["report"].(map[string]any)
		s.drawer = kopecks(fmt.Sprint(report["expected"]))
		s.sold = int(report["sales"].(float64))
	}
	for id := range s.debts {
		card := d.must("customer.card", map[string]any{"id": id})
		s.debts[id], s.points[id] = kopecks(card.text("debt")), whole(card.text("points"))
	}
	for _, one := range d.exported("sales") {
		s.docs["sale"]++
		s.sales += kopecks(one["total"])
	}
	for _, one := range d.exported("returns") {
		s.docs["return"]++
		s.returns += kopecks(one["total"])
	}
	return s
}

func (d *day) exported(what string) (list []map[string]string) {
	out, exit := ctl(d.t, d.home, nil, "export", what, "--format", "json")
	require.Zero(d.t, exit, out)
	require.NoError(d.t, json.Unmarshal([]byte(out), &list))
	return list
}

// settle decides about the act that was not answered, and finds nothing else.
func (d *day) settle(found standing) {
	p := d.pending
	d.pending = nil
	want := d.books.now()
	differs := found.differs(&want)
	if differs == "" {
		if p != nil {
			d.counts["unanswered, not there"]++
		}
		return
	}
	require.NotNil(d.t, p, "%s: %s", d.where(), differs)
	want = d.books.with(*p)
	both := found.differs(&want)
	require.Empty(d.t, both, "%s: neither as before %s (%s) nor with all of it", d.where(), p.what, differs)
	for i := range p.docs {
		p.docs[i].number = d.numberOf(p.docs[i])
	}
	require.NoError(d.t, d.books.book(*p), d.where())
	d.counts["unanswered, whole"]++
}

// numberOf asks the lists for the number of a document whose answer was lost.
func (d *day) numberOf(of doc) int64 {
	if of.kind == "shift" {
		return d.books.highest["shift"] + 1
	}
	for _, one := range d.exported(of.kind + "s") {
		if one["id"] == of.id {
			return whole(one["number"])
		}
	}
	d.t.Fatalf("%s: %s %s is counted and not listed", d.where(), of.kind, of.id)
	return 0
}

// clear ends what a killed process left on the screen, as a cashier would.
func (d *day) clear() {
	if d.must("return.show", nil).text("id") != "" {
		d.must("return.abandon", nil)
	}
	for _, tender := range d.must("cheque", nil).list("tenders") {
		d.must("tender.remove", map[string]any{"method": tender["method"], "tender": tender["tender"]})
	}
	d.parked = len(d.must("cheque.parked", nil).list("cheques"))
	if v := d.must("cheque", nil); v.text("id") != "" && d.random.IntN(2) == 0 {
		d.must("cheque.cancel", map[string]any{"reason": "покупатель ушёл"})
	}
}

// must asks before anything is killed.
func (d *day) must(cmd string, fields map[string]any) tillReply {
	r, err := d.k.ask(cmd, fields)
	require.NoError(d.t, err, "%s: %s", d.where(), cmd)
	require.True(d.t, r.OK, "%s: %s %v: %s: %s", d.where(), cmd, fields, r.Error.Code, r.Error.Message)
	return r
}

// ask sends a command that changes no books. A refusal with one of the codes is
// an answer, any other fails the day.
func (d *day) ask(cmd string, fields map[string]any, codes ...string) (tillReply, error) {
	r, err := d.k.ask(cmd, fields)
	if err != nil {
		return r, errGone
	}
	if !r.OK {
		require.Contains(d.t, codes, r.Error.Code, "%s: %s %v: %s", d.where(), cmd, fields, r.Error.Message)
	}
	return r, nil
}

// do carries an act out: what it will have changed is said before it is asked
// for, so that it is known of one whose answer is lost.
func (d *day) do(a act, cmd string, fields map[string]any) (tillReply, error) {
	d.pending = &a
	r, err := d.k.ask(cmd, fields)
	if err != nil {
		d.counts["killed in "+a.what]++
		return r, errGone
	}
	if !r.OK && r.Error.Code == "unavailable" {
		return r, nil // the disk; whoever injected that looks after it
	}
	require.True(d.t, r.OK, "%s: %s %v: %s", d.where(), cmd, fields, r.Error.Message)
	for i := range a.docs {
		a.docs[i].number = numbered(r, a.docs[i])
	}
	require.NoError(d.t, d.books.book(a), d.where())
	d.pending = nil
	d.counts[a.what]++
	return r, nil
}

// numbered is the number of a document in the answer that told of it.
func numbered(r tillReply, of doc) int64 {
	m := r.Result
	if in, ok := m[of.kind].(map[string]any); ok {
		m = in
	}
	n, _ := m["number"].(float64)
	return int64(n)
}

// lastCode reads the newest code where the sandbox put it.
func (d *day) lastCode() string {
	raw, err := os.ReadFile(filepath.Join(d.home, "sandbox.jsonl"))
	require.NoError(d.t, err)
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	var m struct{ Text string }
	require.NoError(d.t, json.Unmarshal([]byte(lines[len(lines)-1]), &m))
	for _, word := range strings.FieldsFunc(m.Text, func(r rune) bool { return r < '0' || r > '9' }) {
		if len(word) == 6 {
			return word
		}
	}
	d.t.Fatalf("no code in %q", m.Text)
	return ""
}

// work lets the shop trade for some acts, and kills it where killed is set at a
// moment nobody knows.
func (d *day) work(acts int, killed bool) {
	d.enter()
	if killed {
		k := d.k
		timer := time.AfterFunc(time.Duration(d.random.IntN(150_000))*time.Microsecond, func() { _ = k.cmd.Process.Kill() })
		defer timer.Stop()
		acts = 1000
	}
	for range acts {
		if d.trade() != nil {
			d.counts["kills"]++
			d.k.kill()
			d.k = nil
			return
		}
	}
	d.leave()
}

// sells reports that an act would have made a sale.
func (a *act) sells() bool {
	return a != nil && slices.ContainsFunc(a.docs, func(d doc) bool { return d.kind == "sale" })
}
