package local_test

import (
	"context"
	"testing"

	"kassa/pos/till/store"
	"kassa/storage/local"
	"kassa/storage/local/localtest"
	"kassa/storage/storagetest"
)

// open makes a store in a folder of the test.
func open(t *testing.T) *local.Store {
	t.Helper()
	s, err := local.Open(context.Background(), local.Params{Dir: localtest.Dir(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestStore(t *testing.T) {
	storagetest.Run(t, func(t *testing.T) store.Store { return open(t) })
}
