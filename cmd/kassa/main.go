// Command kassa is the till: a window over one shop's data.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"kassa/assets/words"
	"kassa/cmd/internal/frugal"
	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/storage/config"
	"kassa/storage/logs"
)

// version is put in by the build: -ldflags "-X main.version=1.2.3".
var version = "dev"

// options are the command line.
type options struct {
	home    string
	demo    bool
	full    bool
	watchFD int
	version bool
}

func parse(args []string, errOut io.Writer) (options, error) {
	var o options
	f := flag.NewFlagSet("kassa", flag.ContinueOnError)
	f.SetOutput(errOut)
	f.StringVar(&o.home, "home", "", "folder of the shop's data (default: KASSA_HOME, else the user's config folder)")
	f.BoolVar(&o.demo, "demo", false, "fill a new shop with demo goods, customers, employees and a month of sales")
	f.BoolVar(&o.full, "fullscreen", false, "take the whole screen")
	f.IntVar(&o.watchFD, "watch-fd", 0, "write what the window shows as lines of JSON to this file descriptor, for tests")
	f.BoolVar(&o.version, "version", false, "print the version and end")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if f.NArg() > 0 {
		err := fmt.Errorf("kassa: %q is not understood", f.Arg(0))
		fmt.Fprintln(errOut, err)
		return o, err
	}
	return o, nil
}

// exitAgain asks main to begin the program anew; nobody outside ever sees it.
const exitAgain = -1

func main() {
	code := run(os.Args[1:])
	if code == exitAgain {
		code = again()
	}
	os.Exit(code)
}

// again starts the program anew, after everything of this one was closed.
func again() int {
	name, err := os.Executable()
	if err == nil {
		next := exec.Command(name, os.Args[1:]...)
		next.Stdout, next.Stderr = os.Stdout, os.Stderr
		err = next.Start()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "kassa: start the till again:", err)
		return 1
	}
	return 0
}

func run(args []string) int {
	o, err := parse(args, os.Stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case o.version:
		fmt.Println(version)
		return 0
	}
	frugal.Begin()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	log, closeLog := openLog(o.home)
	defer closeLog()
	options := shop.Options{Home: o.home, Log: log, Version: version, Month: o.demo}
	opening := open(ctx, options, o.demo)
	a, win := newWindow(o)
	s, err := opening()
	if err != nil && askFront(o.home, err) {
		log.Info("the till is at work already: its window was brought forward")
		return 0
	}
	if err != nil {
		log.Error("the shop cannot be opened", "error", err)
		fmt.Fprintln(os.Stderr, words.New("ru", "RUB", "").Error(err))
		return runStuck(ctx, o, a, win, options, err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			log.Error("the shop was not closed in order", "error", err)
		}
	}()
	return runWindow(ctx, o, a, win, s, log)
}

// open begins to open the shop and to read its words; what it returns waits for
// them. The disk is read while the system makes ready to show a window.
func open(ctx context.Context, o shop.Options, demo bool) func() (*shop.Shop, error) {
	var s *shop.Shop
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		if s, err = shop.OpenOrCreate(ctx, o, demo); err == nil {
			s.Words("")
		}
	}()
	return func() (*shop.Shop, error) { <-done; return s, err }
}

// openLog logs into the home; where that is impossible, and the reason will be
// on the screen in a moment, to the standard error.
func openLog(dir string) (*slog.Logger, func()) {
	home, err := config.FindHome(dir)
	if err == nil {
		var l *logs.Log
		if l, err = logs.Open(home.Logs(), slog.LevelInfo); err == nil {
			return l.Logger, func() { _ = l.Close() }
		}
	}
	l := logs.New(os.Stderr, slog.LevelWarn)
	l.Warn("logging to the standard error", "error", err)
	return l, func() {}
}

// demoName is how a demo's login screen names a group.
func demoName(w *words.Words, g pos.GroupID) string { return w.Value(g) }
