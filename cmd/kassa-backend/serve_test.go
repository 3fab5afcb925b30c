package main

import (
	"context"
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/backend/client"
	"kassa/pos/hidden"
)

// A server that is asked to end answers the tills that wait at it for what others
// change, and ends in order.
func TestProgram_EndsThoughTillsWait(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address, db := l.Addr().String(), "sqlite:"+filepath.Join(t.TempDir(), "backend.db")
	require.NoError(t, l.Close())
	_, code, _ := said(t, db, nil, "till", "add", "Касса")
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"serve", "--database", db, "--listen", address, "--lang", "ru"}, func(string) string { return "" }, io.Discard, io.Discard)
	}()
	token := hidden.New("0123456789abcdef0123456789abcdef0123456789abcdef")
	c := client.New(client.Params{Base: "http://" + address, Till: "t1", Token: token})
	defer c.Close()
	require.Eventually(t, func() bool {
		_, err := c.Join(t.Context(), hidden.New(strings.TrimSpace(code)), token)
		return err == nil
	}, time.Minute, 10*time.Millisecond)

	type heard struct {
		changed, heardOut bool
		err               error
	}
	waits := make(chan heard, 2)
	for range 2 {
		go func() {
			var h heard
			h.changed, h.heardOut, h.err = c.Await(t.Context(), "")
			waits <- h
		}()
	}
	require.Equal(t, heard{}, <-waits, "one waits for a till at a time; the other does now")
	end()
	require.Equal(t, heard{}, <-waits)
	require.Equal(t, exitDone, <-ended)
}
