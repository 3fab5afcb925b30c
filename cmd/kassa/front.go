package main

// This file is the second start of the program in one home: it brings the running
// window forward and ends, in place of saying that the till is at work already.

import (
	"bufio"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/storage"
	"kassa/storage/config"
)

// frontName is the socket in the home on which the running till hears of a second
// start. The home belongs to one user of the computer, and so does the socket.
const frontName = "kassa.sock"

// What is said on the socket.
const (
	frontAsk  = "front\n"
	frontDone = "done\n"
)

// frontPatience is how long either side waits for the other: a window that draws
// something large answers late.
const frontPatience = 5 * time.Second

// hearFront brings the window forward whenever the program is started again in the
// home, until stop. Without a socket (a name too long for the system, a network
// folder) a second start says that the till is at work already.
func hearFront(home string, log *slog.Logger, forward func()) (stop func()) {
	name := filepath.Join(home, frontName)
	_ = os.Remove(name) // of a till that was killed: the home is locked, so none lives
	l, err := net.Listen("unix", name)
	if err != nil {
		log.Info("a second start will not bring the window forward", "error", err)
		return func() {}
	}
	if err := os.Chmod(name, 0o600); err != nil {
		log.Warn("the socket of a second start keeps its rights", "error", err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			answerFront(c, forward)
		}
	}()
	return func() {
		_ = l.Close() // removes the file
		<-done
	}
}

func answerFront(c net.Conn, forward func()) {
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(frontPatience))
	line, err := bufio.NewReader(io.LimitReader(c, int64(len(frontAsk)))).ReadString('\n')
	if err != nil || line != frontAsk {
		return
	}
	forward()
	_, _ = io.WriteString(c, frontDone)
}

// askFront asks the till that has the home to come forward, and tells whether it did.
func askFront(dir string, why error) bool {
	if e, ok := errors.AsType[*pos.Error](why); !ok || e.ID != storage.IDRunning {
		return false
	}
	home, err := config.FindHome(dir)
	if err != nil {
		return false
	}
	c, err := net.DialTimeout("unix", filepath.Join(home.Dir, frontName), frontPatience)
	if err != nil {
		return false
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(frontPatience))
	if _, err := io.WriteString(c, frontAsk); err != nil {
		return false
	}
	line, err := bufio.NewReader(io.LimitReader(c, int64(len(frontDone)))).ReadString('\n')
	return err == nil && line == frontDone
}

// forward shows the window over the others and gives it the keys.
func (w *window) forward() {
	fyne.Do(func() {
		w.win.Show()
		w.win.RequestFocus()
		w.env.Shown("front")
	})
}
