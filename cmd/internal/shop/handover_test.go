package shop

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/backend/api"
	"kassa/pos"
	"kassa/pos/manual"
	"kassa/storage/central"
)

// aServer is a backend heard on loopback.
func aServer(t *testing.T) (*backend.Backend, *httptest.Server) {
	st, err := central.OpenFile(t.Context(), filepath.Join(t.TempDir(), central.FileName), false, nil)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, st.Close()) })
	b := backend.New(backend.Params{Store: st, Clock: wall{}, IDs: uuids{}})
	s := httptest.NewServer(api.New(api.Params{Backend: b}))
	t.Cleanup(s.Close)
	return b, s
}

type wall struct{}

func (wall) Now() time.Time { return time.Now() }

func manualOf(t *testing.T, s *Shop, a pos.Actor) *ManualPayments {
	m, err := s.Manual(t.Context(), a)
	require.NoError(t, err)
	return m
}

// paidFor has a merchant and an order of a name, open.
func paidFor(t *testing.T, s *Shop, a pos.Actor, id string) {
	m := manualOf(t, s, a)
	_, err := m.PutMerchant(t.Context(), m.Asker, manual.Merchant{ID: "m-" + id, Name: "Перевод " + id, Account: s.Settings().Currency})
	require.NoError(t, err)
	_, err = m.NewOrder(t.Context(), m.Asker, manual.Ask{ID: id, Where: manual.AtTill, Text: "Доставка", Price: 350_00, Merchant: "m-" + id})
	require.NoError(t, err)
}

func TestHandover_JoiningBringsManualPaymentsAndLeavingBringsThemBack(t *testing.T) {
	s, a := open(t)
	b, server := aServer(t)
	paidFor(t, s, a, "one")
	attach(t, s, a, "one", "f1")
	code, err := b.AddTill(t.Context(), "Касса 1")
	require.NoError(t, err)
	_, err = s.JoinServer(t.Context(), a, server.URL, code.Text, time.Time{})
	require.NoError(t, err)
	_, due, err := s.Till.HandoverDue(t.Context())
	require.NoError(t, err)
	require.True(t, due, "the till turns first; whatever ends it, it is known what is still to be brought")
	require.Nil(t, s.TellAll(t.Context()).Trouble)
	_, due, err = s.Till.HandoverDue(t.Context())
	require.NoError(t, err)
	require.False(t, due)

	m := manualOf(t, s, a)
	_, err = m.Decide(t.Context(), m.Asker, "yes", "one", manual.Ruling{Decision: manual.Approve, Version: 2, Where: manual.AtOrders})
	require.NoError(t, err, "it is there")
	paidFor(t, s, a, "two")
	attach(t, s, a, "two", "f2")
	attach(t, s, a, "one", "f3")

	require.NoError(t, s.LeaveServer(t.Context(), a, false))
	m = manualOf(t, s, a)
	one, err := m.Order(t.Context(), "one")
	require.NoError(t, err)
	assert.Equal(t, manual.Approved, one.State)
	two, err := m.Order(t.Context(), "two")
	require.NoError(t, err)
	assert.Equal(t, manual.Open, two.State)
	for order, ids := range map[string][]string{"one": {"f1", "f3"}, "two": {"f2"}} {
		all, err := m.Proofs(t.Context(), order)
		require.NoError(t, err)
		require.Len(t, all, len(ids))
		for i, p := range all {
			require.Equal(t, ids[i], p.ID)
			file, err := m.Proof(t.Context(), order, p.Proof)
			require.NoError(t, err)
			require.Equal(t, proofOf(p.ID), file, "the files went there and came back")
		}
	}
	faults, err := s.VerifyBehind(t.Context())
	require.NoError(t, err)
	require.Empty(t, faults)
}

func proofOf(id string) []byte {
	return []byte("%PDF-1.4\n% " + id + "\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n")
}

func attach(t *testing.T, s *Shop, a pos.Actor, order, id string) {
	m := manualOf(t, s, a)
	_, err := m.AddProof(t.Context(), m.Asker, order, manual.AskProof{ID: id, Where: manual.AtOrders}, proofOf(id))
	require.NoError(t, err)
}

// More files than a server lets wait for their orders come all the same: no more go
// before orders than that.
func TestHandover_BringsAnyNumberOfFiles(t *testing.T) {
	s, a := open(t)
	b, server := aServer(t)
	const orders = manual.MostLoose/manual.MostProofs + 1
	for i := range orders {
		order := fmt.Sprint("order", i)
		paidFor(t, s, a, order)
		for k := range manual.MostProofs {
			attach(t, s, a, order, fmt.Sprint("f", i, "-", k))
		}
	}
	code, err := b.AddTill(t.Context(), "Касса 1")
	require.NoError(t, err)
	_, err = s.JoinServer(t.Context(), a, server.URL, code.Text, time.Time{})
	require.NoError(t, err)
	require.Nil(t, s.TellAll(t.Context()).Trouble)
	m := manualOf(t, s, a)
	for i := range orders {
		all, err := m.Proofs(t.Context(), fmt.Sprint("order", i))
		require.NoError(t, err)
		require.Len(t, all, manual.MostProofs)
	}
	_, due, err := s.Till.HandoverDue(t.Context())
	require.NoError(t, err)
	require.False(t, due)
}

func TestHandover_ADeadServerIsLeftOnlyWithout(t *testing.T) {
	s, a := open(t)
	b, server := aServer(t)
	code, err := b.AddTill(t.Context(), "Касса 1")
	require.NoError(t, err)
	_, err = s.JoinServer(t.Context(), a, server.URL, code.Text, time.Time{})
	require.NoError(t, err)
	require.Nil(t, s.TellAll(t.Context()).Trouble)
	server.Config.Handler = http.NotFoundHandler()
	server.CloseClientConnections()
	err = s.LeaveServer(t.Context(), a, false)
	require.Equal(t, pos.CodeUnavailable, pos.CodeOf(err))
	now, err := s.Till.Server(t.Context())
	require.NoError(t, err)
	require.Equal(t, server.URL, now, "nothing was turned")
	require.NoError(t, s.LeaveServer(t.Context(), a, true))
	now, err = s.Till.Server(t.Context())
	require.NoError(t, err)
	require.Empty(t, now)
}

// A process that ended between the turn and the forgetting left a credential behind;
// leaving once more ends that, and so does the next carrying of the queue.
func TestHandover_ALeavingThatWasCutOffIsEnded(t *testing.T) {
	for name, next := range map[string]func(s *Shop, a pos.Actor) error{
		"leaving": func(s *Shop, a pos.Actor) error { return s.LeaveServer(t.Context(), a, false) },
		"telling": func(s *Shop, _ pos.Actor) error { s.TellAll(t.Context()); return nil },
	} {
		t.Run(name, func(t *testing.T) {
			s, a := open(t)
			b, server := aServer(t)
			code, err := b.AddTill(t.Context(), "Касса 1")
			require.NoError(t, err)
			_, err = s.JoinServer(t.Context(), a, server.URL, code.Text, time.Time{})
			require.NoError(t, err)
			require.Nil(t, s.TellAll(t.Context()).Trouble)
			_, err = s.Till.TurnTo(t.Context(), a, "", time.Time{})
			require.NoError(t, err)
			kept, err := s.Secrets.Get(tokenName(server.URL))
			require.NoError(t, err)
			require.False(t, kept.Empty())

			require.NoError(t, next(s, a))
			kept, err = s.Secrets.Get(tokenName(server.URL))
			require.NoError(t, err)
			require.True(t, kept.Empty())
			require.Equal(t, pos.CodeConflict, pos.CodeOf(s.LeaveServer(t.Context(), a, false)), "there is none any more")
		})
	}
}

// The credential for a server is needed until all was brought from there to the next
// one, and then no more.
func TestHandover_TheServerBeforeIsForgotten(t *testing.T) {
	s, a := open(t)
	var urls []string
	for range 2 {
		b, server := aServer(t)
		code, err := b.AddTill(t.Context(), "Касса 1")
		require.NoError(t, err)
		_, err = s.JoinServer(t.Context(), a, server.URL, code.Text, time.Time{})
		require.NoError(t, err)
		if len(urls) == 0 {
			paidFor(t, s, a, "one")
		}
		urls = append(urls, server.URL)
	}
	kept, err := s.Secrets.Get(tokenName(urls[0]))
	require.NoError(t, err)
	require.False(t, kept.Empty(), "something is to be brought from there")
	require.Nil(t, s.TellAll(t.Context()).Trouble)
	m := manualOf(t, s, a)
	_, err = m.Order(t.Context(), "one")
	require.NoError(t, err)
	for i, empty := range []bool{true, false} {
		kept, err := s.Secrets.Get(tokenName(urls[i]))
		require.NoError(t, err)
		require.Equal(t, empty, kept.Empty(), urls[i])
	}
}
