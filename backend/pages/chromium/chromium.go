// Package chromium drives a headless Chromium for tests: Debian's own, spoken to
// over a pipe in the protocol of its developer tools, ended with the test. Pages
// are pressed and typed into as a person would, with scripts switched off.
package chromium

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Names under which the program is installed.
var names = []string{"chromium", "chromium-browser", "google-chrome"}

// answerIn is how long the browser may take for one thing on a busy machine.
const answerIn = 90 * time.Second

// Browser is a running Chromium with one window.
type Browser struct {
	tb      testing.TB
	to      io.Writer
	mu      sync.Mutex
	last    int64
	waiting map[int64]chan message
	events  chan message
	session string
}

// message is one of the protocol, either way.
type message struct {
	ID      int64           `json:"id,omitempty"`
	Session string          `json:"sessionId,omitempty"`
	Method  string          `json:"method,omitempty"`
	Params  any             `json:"params,omitempty"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   *struct {
		Message string `json:"message"`
	} `json:"error,omitempty"`
}

type args map[string]any

// Start starts a browser that ends with the test. It takes certificates nobody
// signed, as those of test servers are.
func Start(tb testing.TB) *Browser {
	tb.Helper()
	program := ""
	for _, name := range names {
		if p, err := exec.LookPath(name); err == nil {
			program = p
			break
		}
	}
	if program == "" {
		tb.Fatal("Chromium is needed for this test: scripts/setup.sh test installs it")
	}
	in, out := pipe(tb), pipe(tb)
	dir, err := os.MkdirTemp("", "kassa-chromium-")
	if err != nil {
		tb.Fatal(err)
	}
	cmd := exec.Command(program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
		"--disable-background-networking", "--disable-component-update", "--disable-extensions", "--force-device-scale-factor=1", "--ignore-certificate-errors", "--accept-lang=ru",
		"--remote-debugging-pipe", "--user-data-dir="+dir, "about:blank")
	cmd.Env = append(os.Environ(), "HOME="+dir)
	cmd.ExtraFiles = []*os.File{in[0], out[1]} // 3 is read by it, 4 is written
	var said strings.Builder
	cmd.Stderr = &said
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // it starts others, which end with it
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	in[0].Close()
	out[1].Close()
	b := &Browser{tb: tb, to: in[1], waiting: map[int64]chan message{}, events: make(chan message, 1024)}
	heard := make(chan struct{})
	go func() { defer close(heard); b.hear(out[0]) }()
	tb.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // it has nothing to keep
		_ = cmd.Wait()
		in[1].Close()
		out[0].Close()
		<-heard
		for range 50 { // what it started may still write while it ends
			if os.RemoveAll(dir) == nil {
				break
			}
		}
		if tb.Failed() {
			tb.Log("chromium said: " + said.String())
		}
	})
	b.attach()
	return b
}

func pipe(tb testing.TB) [2]*os.File {
	r, w, err := os.Pipe()
	if err != nil {
		tb.Fatal(err)
	}
	return [2]*os.File{r, w}
}

// attach takes the window that is open.
func (b *Browser) attach() {
	b.tb.Helper()
	var targets struct {
		TargetInfos []struct{ TargetID, Type string }
	}
	b.ask("Target.getTargets", nil, &targets)
	for _, t := range targets.TargetInfos {
		if t.Type != "page" {
			continue
		}
		var at struct{ SessionID string }
		b.ask("Target.attachToTarget", args{"targetId": t.TargetID, "flatten": true}, &at)
		b.session = at.SessionID
		b.ask("Page.enable", nil, nil)
		b.ask("DOM.enable", nil, nil)
		b.ask("Log.enable", nil, nil)
		b.ask("Emulation.setScriptExecutionDisabled", args{"value": true}, nil)
		return
	}
	b.tb.Fatal("chromium has no window")
}

// hear gives answers to who waits for them, and events to the others.
func (b *Browser) hear(from io.Reader) {
	r := bufio.NewReader(from)
	for {
		raw, err := r.ReadBytes(0)
		if err != nil {
			b.mu.Lock()
			for _, c := range b.waiting {
				close(c)
			}
			b.waiting = nil
			b.mu.Unlock()
			return
		}
		var m message
		if json.Unmarshal(raw[:len(raw)-1], &m) != nil {
			continue
		}
		if m.ID == 0 {
			select {
			case b.events <- m:
			default: // nobody looks
			}
			continue
		}
		b.mu.Lock()
		c := b.waiting[m.ID]
		delete(b.waiting, m.ID)
		b.mu.Unlock()
		if c != nil {
			c <- m
		}
	}
}

// try asks for something and reports what the browser refuses.
func (b *Browser) try(method string, params args, into any) error {
	if params == nil {
		params = args{}
	}
	answer := make(chan message, 1)
	b.mu.Lock()
	b.last++
	m := message{ID: b.last, Session: b.session, Method: method, Params: params}
	if b.waiting != nil {
		b.waiting[m.ID] = answer
	}
	b.mu.Unlock()
	raw, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if _, err := b.to.Write(append(raw, 0)); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), answerIn)
	defer cancel()
	select {
	case m, ok := <-answer:
		switch {
		case !ok:
			return fmt.Errorf("%s: chromium has ended", method)
		case m.Error != nil:
			return fmt.Errorf("%s: %s", method, m.Error.Message)
		case into == nil:
			return nil
		}
		return json.Unmarshal(m.Result, into)
	case <-ctx.Done():
		return fmt.Errorf("%s: no answer", method)
	}
}

func (b *Browser) ask(method string, params args, into any) {
	b.tb.Helper()
	if err := b.try(method, params, into); err != nil {
		b.tb.Fatal(err)
	}
}

// await reads events until one of a name comes; what a page logged meanwhile, such
// as something its policy forbids, fails the test.
func (b *Browser) await(method string) {
	b.tb.Helper()
	late := time.After(answerIn)
	for {
		select {
		case m := <-b.events:
			if m.Method == "Log.entryAdded" {
				b.complain(m)
			}
			if m.Method == method {
				return
			}
		case <-late:
			b.tb.Fatalf("chromium: %s did not come", method)
		}
	}
}

// complain fails the test for what the browser says of our pages; that an answer
// was a refusal is the test's own business.
func (b *Browser) complain(m message) {
	b.tb.Helper()
	raw, _ := json.Marshal(m.Params) // it was JSON just now
	var p struct {
		Entry struct{ Level, Text, Source, URL string }
	}
	if json.Unmarshal(raw, &p) != nil || p.Entry.Source == "network" || p.Entry.Level != "error" && p.Entry.Level != "warning" {
		return
	}
	b.tb.Errorf("chromium: %s (%s)", p.Entry.Text, p.Entry.URL)
}

// Screen sets the size of the window and whether the device is dark.
func (b *Browser) Screen(width, height int, dark bool) {
	b.tb.Helper()
	b.ask("Emulation.setDeviceMetricsOverride", args{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}, nil)
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	b.ask("Emulation.setEmulatedMedia", args{"features": []args{{"name": "prefers-color-scheme", "value": scheme}}}, nil)
}

// Open goes to an address and waits until the page is there.
func (b *Browser) Open(url string) {
	b.tb.Helper()
	b.drain()
	b.ask("Page.navigate", args{"url": url}, nil)
	b.await("Page.loadEventFired")
}

// drain forgets the events of before.
func (b *Browser) drain() {
	b.tb.Helper()
	for {
		select {
		case m := <-b.events:
			if m.Method == "Log.entryAdded" {
				b.complain(m)
			}
		default:
			return
		}
	}
}

// node finds the first element of a CSS selector, 0 for none.
func (b *Browser) node(selector string) int64 {
	b.tb.Helper()
	var doc struct{ Root struct{ NodeID int64 } }
	b.ask("DOM.getDocument", nil, &doc)
	var found struct{ NodeID int64 }
	b.ask("DOM.querySelector", args{"nodeId": doc.Root.NodeID, "selector": selector}, &found)
	return found.NodeID
}

// Has reports an element.
func (b *Browser) Has(selector string) bool { b.tb.Helper(); return b.node(selector) != 0 }

// Text is the HTML of an element, "" for none.
func (b *Browser) Text(selector string) string {
	b.tb.Helper()
	n := b.node(selector)
	if n == 0 {
		return ""
	}
	var html struct{ OuterHTML string }
	b.ask("DOM.getOuterHTML", args{"nodeId": n}, &html)
	return html.OuterHTML
}

// Type puts the focus into a field, takes out what is there, and types.
func (b *Browser) Type(selector, text string) {
	b.tb.Helper()
	b.Press(selector)
	for _, key := range []args{{"type": "keyDown", "key": "a", "code": "KeyA", "modifiers": 2, "commands": []string{"selectAll"}}, {"type": "keyUp", "key": "a", "code": "KeyA", "modifiers": 2}} {
		b.ask("Input.dispatchKeyEvent", key, nil)
	}
	b.ask("Input.insertText", args{"text": text}, nil)
}

// Press presses the middle of an element.
func (b *Browser) Press(selector string) {
	b.tb.Helper()
	n := b.node(selector)
	if n == 0 {
		b.tb.Fatalf("chromium: the page has no %s:\n%s", selector, b.Text("body"))
	}
	b.ask("DOM.scrollIntoViewIfNeeded", args{"nodeId": n}, nil)
	var box struct{ Quads [][]float64 }
	b.ask("DOM.getContentQuads", args{"nodeId": n}, &box)
	if len(box.Quads) == 0 {
		b.tb.Fatalf("chromium: %s cannot be seen", selector)
	}
	q := box.Quads[0]
	at := args{"x": (q[0] + q[4]) / 2, "y": (q[1] + q[5]) / 2, "button": "left", "clickCount": 1}
	for _, kind := range []string{"mousePressed", "mouseReleased"} {
		at["type"] = kind
		b.ask("Input.dispatchMouseEvent", at, nil)
	}
}

// Send presses what leads to another page and waits until that is there.
func (b *Browser) Send(selector string) {
	b.tb.Helper()
	b.drain()
	b.Press(selector)
	b.await("Page.loadEventFired")
}

// Width is how wide the page is, which is more than the window where something
// sticks out.
func (b *Browser) Width() int {
	b.tb.Helper()
	var m struct{ CSSContentSize struct{ Width float64 } }
	b.ask("Page.getLayoutMetrics", nil, &m)
	return int(m.CSSContentSize.Width)
}

// Picture writes the whole page as a PNG into the folder KASSA_SHOTS names, and
// nowhere where it names none.
func (b *Browser) Picture(name string) {
	b.tb.Helper()
	dir := os.Getenv("KASSA_SHOTS")
	if dir == "" {
		return
	}
	var shot struct{ Data string }
	b.ask("Page.captureScreenshot", args{"format": "png", "captureBeyondViewport": true}, &shot)
	raw, err := base64.StdEncoding.DecodeString(shot.Data)
	if err != nil || len(raw) == 0 {
		b.tb.Fatal("chromium made no picture", err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		b.tb.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), raw, 0o644); err != nil {
		b.tb.Fatal(err)
	}
}

// Looks looks at the page at the width of a desk and of a telephone, by night and by
// day, so that it stands as it is seen most when it is done: nothing sticks out, and a
// picture is taken of each.
func (b *Browser) Looks(name string) {
	b.tb.Helper()
	for _, width := range []int{1280, 390} {
		for _, dark := range []bool{true, false} {
			b.Screen(width, 844, dark)
			if w := b.Width(); w > width {
				b.tb.Errorf("%s sticks out at %d: %d wide", name, width, w)
			}
			b.Picture(fmt.Sprintf("%s-%d-%s", name, width, map[bool]string{true: "dark", false: "light"}[dark]))
		}
	}
}
