package tilltest_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// told is a test of whose failures a test hears; its end is called by hand.
type told struct {
	testing.TB
	said []string
	ends []func()
}

func (t *told) Errorf(format string, args ...any) {
	t.said = append(t.said, fmt.Sprintf(format, args...))
}
func (t *told) Cleanup(fn func()) { t.ends = append(t.ends, fn) }

// end ends the test: what was asked for last comes first.
func (t *told) end() {
	for i := len(t.ends) - 1; i >= 0; i-- {
		t.ends[i]()
	}
}

func TestShop_TheEndProvesTheBooks(t *testing.T) {
	sell := func(t testing.TB) *tilltest.Shop {
		s := tilltest.Small(t)
		s.Ring("milk")
		s.Cash(100_00)
		s.Finish()
		return s
	}
	t.Run("of an honest shop, also when the test closed it", func(t *testing.T) {
		within := &told{TB: t}
		s := sell(within)
		require.NoError(t, s.Store.Close())
		within.end()
		require.Empty(t, within.said)
	})
	t.Run("and finds what is wrong with them", func(t *testing.T) {
		within := &told{TB: t}
		s := sell(within)
		c := s.Person(tilltest.Vera).Customer
		c.CreditLimit++
		require.NoError(t, s.Store.Update(t.Context(), func(tx till.Tx) error { return tx.PutCustomer(&c) }))
		within.end()
		require.Len(t, within.said, 1)
		require.Contains(t, within.said[0], "check.limit-changed")
	})
	t.Run("but not of one that was spoilt on purpose", func(t *testing.T) {
		within := &told{TB: t}
		s := sell(within)
		s.Tamper(`UPDATE sales SET total = total + 1`)
		require.Contains(t, tilltest.IDs(s.Problems()), "check.sale-total")
		within.end()
		require.Empty(t, within.said)
	})
}

func TestSnapshot_ShopsShareNothing(t *testing.T) {
	morning := tilltest.Demo(t).Snapshot()
	one, other := morning.Open(t), morning.Open(t)
	one.StartShift(100_00)
	one.Demo.Products[0].Barcodes[0] = "другой"
	one.Cashier.Rights[0] = ""
	one.Settings.Shop = "Другая"
	_, err := other.Shift(t.Context())
	tilltest.Refused(t, err, pos.CodeNotFound, "shift.none")
	require.NotEqual(t, one.Demo.Products[0].Barcodes, other.Demo.Products[0].Barcodes)
	require.NotEqual(t, one.Cashier.Rights, other.Cashier.Rights)
	require.NotEqual(t, one.Settings, other.Settings)
	require.Equal(t, one.Clock.Now(), other.Clock.Now())
	require.NotEqual(t, one.Store.Dir(), other.Store.Dir())
}
