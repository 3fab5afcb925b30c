package print_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/print"
	"kassa/print/printtest"
)

func TestFind(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"lp1", "lp0", "ttyUSB0", "other"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), nil, 0o600))
	}
	p, err := printtest.Start("")
	require.NoError(t, err)
	defer p.Close()
	gone, err := printtest.Start("")
	require.NoError(t, err)
	gone.Close()
	queues := func(context.Context) []string { return []string{"XP-80"} }
	at := func(c pos.Connection, address string) pos.FoundPrinter {
		return pos.FoundPrinter{Connection: c, Address: address}
	}

	t.Run("what is plugged in comes first, what does not answer not at all", func(t *testing.T) {
		got := print.Find(t.Context(), print.Places{Devices: []string{filepath.Join(dir, "lp*")}, Ports: []string{filepath.Join(dir, "ttyUSB*")},
			Queues: queues, Network: []string{gone.Address(), p.Address()}})
		assert.Equal(t, []pos.FoundPrinter{
			at(pos.PrinterSystem, filepath.Join(dir, "lp0")), at(pos.PrinterSystem, filepath.Join(dir, "lp1")),
			at(pos.PrinterSystem, "XP-80"), at(pos.PrinterNetwork, p.Address()), at(pos.PrinterSerial, filepath.Join(dir, "ttyUSB0")),
		}, got)
		assert.Empty(t, p.Slips(), "looking prints nothing")
	})
	t.Run("nothing is found where nothing is", func(t *testing.T) {
		assert.Empty(t, print.Find(t.Context(), print.Places{Devices: []string{filepath.Join(dir, "usb*")}, Network: []string{gone.Address()}}))
	})
	t.Run("the patterns of this computer can be read", func(t *testing.T) {
		here := print.ThisComputer()
		for _, pattern := range append(here.Devices, here.Ports...) {
			_, err := filepath.Match(pattern, "x")
			assert.NoError(t, err, pattern)
		}
	})
}
