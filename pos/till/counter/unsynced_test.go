//go:build linux && (amd64 || arm64)

package counter_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
	"kassa/storage"
	"kassa/storage/local"
	"kassa/storage/storagetest/faultdisk"
)

// onFaultdisk moves the shop onto a disk that breaks when the test says so.
func onFaultdisk(s *tilltest.Shop) {
	s.Helper()
	dir := s.Store.Dir()
	require.NoError(s, s.Store.Close())
	store, err := local.Open(s.Context(), local.Params{Dir: dir, Now: s.Clock.Now, VFS: faultdisk.Name, Renew: faultdisk.Renew})
	require.NoError(s, err)
	s.Store = store
	s.Till = till.New(s.Params())
}

// salesAfterCut counts the sales a power cut now would leave.
func salesAfterCut(s *tilltest.Shop) int64 {
	s.Helper()
	to := s.TempDir()
	require.NoError(s, faultdisk.PowerCut(s.Store.Dir(), to, false))
	left, err := local.Open(s.Context(), local.Params{Dir: to})
	require.NoError(s, err)
	defer left.Close()
	var n int64
	require.NoError(s, left.View(s.Context(), func(tx till.Tx) (err error) { n, err = tx.SaleCount(); return err }))
	return n
}

// TestTill_DiskNeverSyncs: a disk that takes everything and keeps nothing sees no
// sale done; when it is well the same cheque is finished, once.
func TestTill_DiskNeverSyncs(t *testing.T) {
	defer faultdisk.Heal()
	s := tilltest.Small(t)
	onFaultdisk(s)
	s.Ring("milk")
	s.Cash(10_000)
	require.Equal(t, int64(1), s.Finish().Number)

	s.Ring("bread")
	s.Cash(5_000)
	faultdisk.FailSyncAt(1, true)
	_, err := s.FinishSale(s.Context(), s.Owner)
	tilltest.Refused(t, err, pos.CodeUnavailable, "sale.outcome-unknown")
	for range 3 {
		_, err = s.FinishSale(s.Context(), s.Owner)
		tilltest.Refused(t, err, pos.CodeUnavailable, storage.IDDiskFails)
		_, err = s.Scan(s.Context(), s.Owner, "4600000000015", 0, nil)
		tilltest.Refused(t, err, pos.CodeUnavailable, storage.IDDiskFails)
	}
	require.Equal(t, int64(1), salesAfterCut(s), "what was not told is not there, what was told is")

	faultdisk.Heal()
	require.Equal(t, int64(2), s.Finish().Number, "the cheque is as it was")
	require.Equal(t, int64(2), salesAfterCut(s))
}

// TestTill_SyncFailsOnce: one failure undoes one action, whose cheque stays.
func TestTill_SyncFailsOnce(t *testing.T) {
	defer faultdisk.Heal()
	s := tilltest.Small(t)
	onFaultdisk(s)
	s.Ring("milk")
	s.Cash(10_000)
	faultdisk.FailSyncAt(1, false)
	_, err := s.FinishSale(s.Context(), s.Owner)
	tilltest.Refused(t, err, pos.CodeUnavailable, storage.IDNotStored)
	require.Equal(t, int64(0), salesAfterCut(s))
	require.Equal(t, int64(1), s.Finish().Number)
	require.Equal(t, int64(1), salesAfterCut(s))
}

// TestTill_AskManual_SyncFails: a disk that keeps nothing asks nobody: the cheque, its
// tender and the request stand together or not at all.
func TestTill_AskManual_SyncFails(t *testing.T) {
	defer faultdisk.Heal()
	s := counter{tilltest.Small(t)}
	onFaultdisk(s.Shop)
	s.ring()
	faultdisk.FailSyncAt(1, false)
	_, err := s.AskManual(s.Context(), s.Who, cardToCard, 0)
	tilltest.Refused(t, err, pos.CodeUnavailable, storage.IDNotStored)
	require.Empty(t, s.requests())
	require.Empty(t, s.Tenders())
	w, err := s.AskManual(s.Context(), s.Who, cardToCard, 0)
	require.NoError(t, err)
	require.Len(t, s.requests(), 1)

	s.decide(w, "approved", w.Amount, "RUB")
	faultdisk.FailSyncAt(1, false)
	_, err = s.FinishWaiting(s.Context(), s.Who, w.Sale)
	tilltest.Refused(t, err, pos.CodeUnavailable, storage.IDNotStored)
	require.Equal(t, int64(0), salesAfterCut(s.Shop))
	sale, err := s.FinishWaiting(s.Context(), s.Who, w.Sale)
	require.NoError(t, err)
	require.Equal(t, w.Order, sale.Tenders[0].Order)
	require.Equal(t, int64(1), salesAfterCut(s.Shop))
}
