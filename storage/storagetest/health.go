package storagetest

import (
	"strings"
	"testing"
	"time"

	"kassa/pos"
	"kassa/pos/till/store"
)

// tellsOfItself: the store knows its schema, its rows and what waits in the outbox.
func tellsOfItself(_ *testing.T, f *fixture) {
	f.update(func(x store.Tx) error {
		return x.Enqueue(&pos.OutboxMessage{ID: "m1", Epoch: 1, Kind: pos.EventShiftOpened, Subject: "s", Payload: []byte("{}"), At: noon.Add(time.Second)})
	})
	reads(f, "rows", int64(1), func(x store.Tx) (int64, error) {
		counts, err := x.RowCounts()
		return counts["outbox"], err
	})
	reads(f, "the tables", true, func(x store.Tx) (bool, error) {
		version, statements, err := x.Schema()
		return version > 0 && strings.Contains(strings.Join(statements, "\n"), "sales"), err
	})
}
