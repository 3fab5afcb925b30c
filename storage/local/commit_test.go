//go:build linux && (amd64 || arm64)

package local_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"kassa/pos/till/store"
	"kassa/storage/local"
	"kassa/storage/local/localtest"
	"kassa/storage/storagetest/faultdisk"
)

// mostOperations bounds the sweep: one small change takes about five. Should the
// layer count on without end, the sweep says so instead of going on with it.
const mostOperations = 100

// TestUpdate_ErrorSweep breaks every write, sync and truncate of a durable
// change in turn, once and for ever. Whatever the answer was, it must be true
// after the store is opened again: nil means stored, an error means not stored,
// and only ErrUnknown may mean either.
func TestUpdate_ErrorSweep(t *testing.T) {
	defer faultdisk.Heal()
	unknown, refused, stored := 0, 0, 0
	for _, always := range []bool{false, true} {
		done := false
		for k := int64(1); !done; k++ {
			if k > mostOperations {
				t.Fatalf("always=%v: one change took more than %d operations", always, mostOperations)
			}
			dir := localtest.Dir(t)
			s := openIn(t, local.Params{Dir: dir, VFS: faultdisk.Name})
			if err := putMeta(s, "k", "before"); err != nil {
				t.Fatal(err)
			}
			want := fmt.Sprint("after ", k)
			faultdisk.FailAt(k, always)
			err := putMeta(s, "k", want)
			done = faultdisk.Heal() < k // the change needed fewer operations than k
			if err == nil {
				if got := meta(t, s, "k"); got != want {
					t.Errorf("k=%d always=%v: told stored, reads %q at once", k, always, got)
				}
			}
			if err := s.Close(); err != nil {
				t.Logf("k=%d: closing: %v", k, err)
			}
			got := meta(t, openIn(t, local.Params{Dir: dir}), "k")
			switch {
			case err == nil && got == want:
				stored++
			case errors.Is(err, store.ErrUnknown):
				unknown++
			case err != nil && got == "before":
				refused++
			default:
				t.Errorf("k=%d always=%v: answer %v, yet after opening again %q", k, always, err, got)
			}
		}
	}
	t.Logf("stored %d, refused %d, unknown %d", stored, refused, unknown)
	if refused+unknown == 0 || stored == 0 {
		t.Error("the sweep broke nothing or let nothing through")
	}
}

// TestUpdate_GoesOnAfterFailedCommit: one broken sync does not end the day.
func TestUpdate_GoesOnAfterFailedCommit(t *testing.T) {
	defer faultdisk.Heal()
	s := openIn(t, local.Params{Dir: localtest.Dir(t), VFS: faultdisk.Name})
	for k := int64(1); k < 8; k++ {
		faultdisk.FailAt(k, false)
		_ = putMeta(s, "k", "broken or not")
		faultdisk.Heal()
		want := fmt.Sprint("whole ", k)
		if err := putMeta(s, "k", want); err != nil {
			t.Errorf("after a failure at %d: %v", k, err)
		}
		if got := meta(t, s, "k"); got != want {
			t.Errorf("after a failure at %d: reads %q", k, got)
		}
	}
}

// TestKept_AfterFailedCommit breaks writes of a change in turn: what is
// kept in memory afterwards is what is stored, whatever became of the change.
func TestKept_AfterFailedCommit(t *testing.T) {
	defer faultdisk.Heal()
	ctx := context.Background()
	for _, always := range []bool{false, true} {
		done := false
		for k := int64(1); !done; k += 1 + k/4 {
			if k > 10*mostOperations {
				t.Fatalf("always=%v: one change took more than %d operations", always, k)
			}
			s := openIn(t, local.Params{Dir: localtest.Dir(t), VFS: faultdisk.Name})
			must(t, s.Update(ctx, change(1)))
			sameAsStored(t, s, "the 1")
			faultdisk.FailAt(k, always)
			err := s.Update(ctx, change(2))
			done = faultdisk.Heal() < k
			want := "the 1"
			if meta(t, s, "k") == "the 2" {
				want = "the 2"
			}
			if err == nil && want == "the 1" {
				t.Errorf("k=%d always=%v: told stored, and is not", k, always)
			}
			sameAsStored(t, s, want)
		}
	}
}
