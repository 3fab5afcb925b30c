// Package screen runs the till's window on a virtual display of its own and
// works it as a person does: by real key presses, looking at pictures. The
// demo and the end-to-end tests drive the built program with it.
package screen

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Tools are the programs a virtual display needs; `scripts/setup.sh display`
// installs them.
var Tools = []string{"Xvfb", "xdotool", "import"}

// Missing names the first tool that is not installed, or "".
func Missing() string {
	for _, t := range Tools {
		if _, err := exec.LookPath(t); err != nil {
			return t
		}
	}
	return ""
}

// Display is a virtual X display with nothing on it.
type Display struct {
	name string // ":12"
	xvfb *exec.Cmd
}

// Open starts a virtual display of that size in pixels.
func Open(width, height int) (*Display, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	// Xvfb picks a free number by itself and writes it to the descriptor once
	// it is ready, so that nobody has to wait and guess.
	x := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height), "-nolisten", "tcp")
	x.ExtraFiles = []*os.File{w}
	if err := x.Start(); err != nil {
		w.Close()
		return nil, fmt.Errorf("start the virtual display: %w", err)
	}
	w.Close()
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		_ = x.Process.Kill()
		_ = x.Wait()
		return nil, fmt.Errorf("the virtual display did not come up: %w", err)
	}
	return &Display{name: ":" + strings.TrimSpace(line), xvfb: x}, nil
}

// Close ends the display and whatever is shown on it.
func (d *Display) Close() error {
	_ = d.xvfb.Process.Kill()
	_ = d.xvfb.Wait()
	return nil
}

// Env is the environment in which a program shows itself on the display.
func (d *Display) Env() []string {
	var env []string
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "DISPLAY=") && !strings.HasPrefix(e, "WAYLAND_DISPLAY=") && !strings.HasPrefix(e, "KASSA_") {
			env = append(env, e)
		}
	}
	return append(env, "DISPLAY="+d.name, "LIBGL_ALWAYS_SOFTWARE=1", "LC_ALL=C.UTF-8")
}

// Shot writes a picture of the whole display.
func (d *Display) Shot(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return d.tool("import", "-window", "root", path)
}

func (d *Display) tool(name string, args ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	c := exec.CommandContext(ctx, name, args...)
	c.Env = append(os.Environ(), "DISPLAY="+d.name)
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, out)
	}
	return nil
}

// Seen is one line the till writes about what it shows: which screen or
// dialog, and the facts on it that matter. It is written after the picture was
// drawn.
type Seen struct {
	Screen string            `json:"screen"`
	Facts  map[string]string `json:"facts"`
}

// Till is the running window.
type Till struct {
	d     *Display
	cmd   *exec.Cmd
	log   *os.File
	mu    sync.Mutex
	seen  []Seen
	next  int // first of seen that Await has not passed
	news  chan struct{}
	ended chan struct{}
	err   error
}

// Start runs the till on the display. Its log goes to logPath. env is added to
// the display's environment; args are the till's flags.
func (d *Display) Start(bin, logPath string, env []string, args ...string) (*Till, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	log, err := os.Create(logPath)
	if err != nil {
		return nil, err
	}
	c := exec.Command(bin, append([]string{"--watch-fd", "3"}, args...)...)
	c.Env = append(d.Env(), env...)
	c.ExtraFiles = []*os.File{w}
	c.Stdout, c.Stderr = log, log
	t := &Till{d: d, cmd: c, log: log, news: make(chan struct{}, 1), ended: make(chan struct{})}
	if err := c.Start(); err != nil {
		return nil, fmt.Errorf("start the till: %w", err)
	}
	w.Close()
	go t.listen(r)
	if err := t.Focus(); err != nil {
		t.Kill()
		return nil, fmt.Errorf("the till's window did not open: %w", err)
	}
	return t, nil
}

// Focus waits for the window and gives it the keyboard: there is no window manager
// to do so, and keys pressed before it is there would be lost. Start has done it;
// a till that began anew by itself needs it again.
func (t *Till) Focus() error {
	return t.d.tool("xdotool", "search", "--sync", "--onlyvisible", "--name", ".", "windowfocus", "--sync", "mousemove", "2", "2")
}

// Fills waits until the window covers the whole display, and is no larger.
func (t *Till) Fills(width, height int, limit time.Duration) error {
	want, deadline := fmt.Sprintf("Position: 0,0 Geometry: %dx%d", width, height), time.Now().Add(limit)
	for {
		ctx, cancel := context.WithDeadline(context.Background(), deadline)
		c := exec.CommandContext(ctx, "xdotool", "search", "--sync", "--onlyvisible", "--name", ".", "getwindowgeometry")
		c.Env = append(os.Environ(), "DISPLAY="+t.d.name)
		out, err := c.CombinedOutput()
		cancel()
		told := strings.Join(strings.Fields(strings.ReplaceAll(string(out), "(screen: 0)", "")), " ")
		if err == nil && strings.HasSuffix(told, want) {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("the window is not %s but: %s", want, told)
		}
	}
}

func (t *Till) listen(r io.ReadCloser) {
	defer r.Close()
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		var s Seen
		if json.Unmarshal(sc.Bytes(), &s) != nil {
			continue
		}
		t.mu.Lock()
		t.seen = append(t.seen, s)
		t.mu.Unlock()
		select {
		case t.news <- struct{}{}:
		default:
		}
	}
	t.err = t.cmd.Wait()
	t.log.Close()
	close(t.ended)
}

// Await blocks until the till shows what match accepts, looking at everything
// shown since the last Await. It returns an error that tells what was shown
// instead when the limit passes or the till ends.
func (t *Till) Await(what string, limit time.Duration, match func(Seen) bool) (Seen, error) {
	deadline := time.NewTimer(limit)
	defer deadline.Stop()
	for {
		if s, ok := t.pass(match); ok {
			return s, nil
		}
		select {
		case <-t.news:
		case <-t.ended:
			if s, ok := t.pass(match); ok {
				return s, nil
			}
			return Seen{}, fmt.Errorf("waiting for %s: the till ended (%v); last seen %s", what, t.err, t.Last())
		case <-deadline.C:
			return Seen{}, fmt.Errorf("waiting for %s: not shown within %s; last seen %s", what, limit, t.Last())
		}
	}
}

func (t *Till) pass(match func(Seen) bool) (Seen, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := t.next; i < len(t.seen); i++ {
		if match(t.seen[i]) {
			t.next = i + 1
			return t.seen[i], true
		}
	}
	return Seen{}, false
}

// Last tells the last few things shown, for error messages.
func (t *Till) Last() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	b, _ := json.Marshal(t.seen[max(0, len(t.seen)-4):])
	return string(b)
}

// Key presses one key or chord by its X name: "F9", "Return", "ctrl+Return".
func (t *Till) Key(names ...string) error {
	for _, n := range names {
		press := []string{"key", "--clearmodifiers", n}
		if n == "Return" { // what it answers is read first
			press = append([]string{"sleep", "0.45"}, press...)
		}
		if err := t.d.tool("xdotool", press...); err != nil {
			return err
		}
	}
	return nil
}

// Type types a text at a person's pace: each press far enough from the last
// not to be taken for a scanner's.
func (t *Till) Type(text string) error {
	return t.d.tool("xdotool", "type", "--clearmodifiers", "--delay", "90", text)
}

// Click presses the first button of the mouse at a point of the display, as a touch
// screen does.
func (t *Till) Click(x, y int) error {
	return t.d.tool("xdotool", "mousemove", "--sync", strconv.Itoa(x), strconv.Itoa(y), "sleep", "0.1", "click", "1", "sleep", "0.3")
}

// TypeEnter types a text and then Enter so many times, all at the pace of a quick hand.
func (t *Till) TypeEnter(text string, times int) error {
	keys := []string{"key", "--clearmodifiers", "--delay", "60"}
	for _, c := range text {
		keys = append(keys, string(c))
	}
	for range times {
		keys = append(keys, "Return")
	}
	return t.d.tool("xdotool", keys...)
}

// Scan types a code as a scanner does: a burst, then Enter.
func (t *Till) Scan(code string) error {
	return t.d.tool("xdotool", "type", "--clearmodifiers", "--delay", "2", "--args", "1", code, "key", "--delay", "2", "Return")
}

// Stop holds the till where it stands, as a computer does that has no time for it.
func (t *Till) Stop() error { return t.cmd.Process.Signal(syscall.SIGSTOP) }

// Continue lets a till that was stopped go on.
func (t *Till) Continue() error { return t.cmd.Process.Signal(syscall.SIGCONT) }

// Pid is the number of the till's process.
func (t *Till) Pid() int { return t.cmd.Process.Pid }

// Shot takes a picture of the display the till is on.
func (t *Till) Shot(path string) error { return t.d.Shot(path) }

// Kill ends the till as a power cut would.
func (t *Till) Kill() {
	_ = t.cmd.Process.Kill()
	<-t.ended
}

// Ended waits until nobody tells any more what a window shows: the till has ended,
// and so has the one that began in its place. It returns how the first ended.
func (t *Till) Ended(limit time.Duration) error {
	select {
	case <-t.ended:
		return t.err
	case <-time.After(limit):
		return fmt.Errorf("the till did not end within %s", limit)
	}
}

// Quit asks the till to end in order and waits for it.
func (t *Till) Quit(limit time.Duration) error {
	if err := t.cmd.Process.Signal(os.Interrupt); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-t.ended:
		return t.err
	case <-time.After(limit):
		t.Kill()
		return fmt.Errorf("the till did not end within %s", limit)
	}
}
