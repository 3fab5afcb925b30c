package clients_test

// These tests write down what a customer agreed to.

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

func TestTill_Consents(t *testing.T) {
	s := tilltest.Demo(t)
	id := s.Demo.Customers[0].ID
	ads := pos.ConsentTo{Channel: pos.ChannelViber, Purpose: pos.PurposeAdvertising}
	list, err := s.RecordConsents(s.Context(), s.Senior, id, []till.Answer{{ConsentTo: ads, Given: true}, {ConsentTo: pos.ConsentTo{Channel: pos.ChannelSMS, Purpose: pos.PurposeService}, Given: true}}, pos.ConsentPaper)
	require.NoError(t, err)
	require.Len(t, list, 2)
	s.Clock.Move(time.Hour)
	list, err = s.RecordConsents(s.Context(), s.Senior, id, []till.Answer{{ConsentTo: ads, Given: false}, {ConsentTo: pos.ConsentTo{Channel: pos.ChannelSMS, Purpose: pos.PurposeService}, Given: true}}, pos.ConsentSpoken)
	require.NoError(t, err)
	require.Len(t, list, 3, "what stands already is no new statement")
	now := pos.Consents(list)
	require.False(t, now[ads].Given)
	require.Equal(t, pos.ConsentSpoken, now[ads].Source)
	require.Equal(t, s.Senior.ID, now[ads].Employee)
	kept, err := s.Consents(s.Context(), s.Cashier, id)
	require.NoError(t, err)
	require.Len(t, kept, 3)
	_, err = s.RecordConsents(s.Context(), s.Senior, id, []till.Answer{{ConsentTo: pos.ConsentTo{Channel: "pigeon", Purpose: pos.PurposeService}, Given: true}}, pos.ConsentPaper)
	tilltest.Refused(t, err, pos.CodeInvalid, "consent.unknown")
	_, err = s.RecordConsents(s.Context(), s.Senior, id, nil, pos.ConsentMerge)
	tilltest.Refused(t, err, pos.CodeInvalid, "consent.unknown")
	_, err = s.RecordConsents(s.Context(), s.Cashier, id, nil, pos.ConsentPaper)
	tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
}
