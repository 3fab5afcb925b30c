// Command kassactl is the till without a window: it sets a shop up, brings
// goods and customers in and out, sells through a line protocol, checks and
// copies the database, and talks to the SMS provider. It opens no window and
// needs no C.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// version is set by the build: -ldflags "-X main.version=1.2.3".
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A second signal ends the program at once: the first one is answered by
	// finishing what was begun.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
