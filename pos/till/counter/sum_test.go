package counter_test

// These tests type sums that cannot be meant.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

func TestTill_TenderAsksAboutASumFarBeyondWhatIsDue(t *testing.T) {
	s := tilltest.Small(t) // with 1000.00 in the drawer
	s.Ring("bread")        // 50.00
	_, _, err := s.Tender(s.Context(), s.Owner, pos.Cash, 5000_01)
	tilltest.Refused(t, err, pos.CodeConflict, "tender.sure")
	require.Equal(t, pos.Args{"Amount": money.Amount(5000_01), "Due": money.Amount(50_00), "Change": money.Amount(4950_01)}, err.(*pos.Error).Args)
	require.Empty(t, s.Tenders())
	t.Run("whoever is sure needs the change in the drawer, and is not told how much there is", func(t *testing.T) {
		_, _, err := s.TenderSure(s.Context(), s.Owner, pos.Cash, 4600000000015)
		require.Error(t, err)
		_, _, err = s.TenderSure(s.Context(), s.Owner, pos.Cash, 5000_01)
		tilltest.Refused(t, err, pos.CodeConflict, "tender.no-change-left")
		require.NotContains(t, err.(*pos.Error).Args, "Expected")
		require.Empty(t, s.Tenders())
	})
	t.Run("a hundred times is a large note", func(t *testing.T) {
		s := tilltest.Small(t)
		s.Ring("bread")
		s.Cash(5000_00)
		require.EqualValues(t, 4950_00, s.Finish().Change)
	})
	t.Run("what the drawer can change is taken", func(t *testing.T) {
		s := tilltest.Small(t)
		s.Ring("bread")
		s.Pay(pos.Card, 45_00)
		_, _, err := s.Tender(s.Context(), s.Owner, pos.Cash, 1000_00)
		tilltest.Refused(t, err, pos.CodeConflict, "tender.sure")
		_, _, err = s.TenderSure(s.Context(), s.Owner, pos.Cash, 1000_00)
		require.NoError(t, err)
		require.EqualValues(t, 995_00, s.Finish().Change)
	})
}

func TestTill_ChangeIsWholeSteps(t *testing.T) {
	s := tilltest.Small(t)
	s.Settings.Rules.RoundingStep = 1_00
	s.Ring("bread")
	s.Pay(pos.Card, 10_40)
	_, _, err := s.Tender(s.Context(), s.Owner, pos.Cash, 40_00)
	tilltest.Refused(t, err, pos.CodeInvalid, "tender.step")
	require.Equal(t, money.Amount(39_60), err.(*pos.Error).Args["Sum"])
	s.Cash(40_60)
	require.EqualValues(t, 1_00, s.Finish().Change)
	_, err = s.SellCertificate(s.Context(), s.Owner, till.NewCertificate{Number: "2000000000017", Amount: 100_50})
	tilltest.Refused(t, err, pos.CodeInvalid, "certificate.step")
}
