package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"kassa/pos/integration"
	"kassa/sms"
	"kassa/sms/smstest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const number = "+79000000001"

func testInbox() *Inbox {
	return NewInbox(func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) })
}

func TestProvider_Conformance(t *testing.T) {
	smstest.Conformance(t, func(t *testing.T) smstest.Subject {
		inbox := testInbox()
		fail := func(kind sms.Outcome) func() {
			return func() { inbox.FailNext(&sms.Error{Kind: kind, Provider: name}) }
		}
		return smstest.Subject{
			Provider: New(inbox, filepath.Join(t.TempDir(), "sms.jsonl")),
			Delivered: func() []sms.Message {
				var got []sms.Message
				for _, m := range inbox.Messages() {
					got = append(got, sms.Message{To: m.To, Text: m.Text})
				}
				return got
			},
			BreakBefore: fail(sms.TemporaryError),
			BreakAfter:  fail(sms.Unknown),
		}
	})
}

func TestProvider_Send(t *testing.T) {
	t.Run("appends a line to a file for its owner alone", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "sms.jsonl")
		require.NoError(t, os.WriteFile(path, nil, 0o644))
		p := New(testInbox(), path)
		for _, text := range []string{"Код 111111", "Код 222222\nвторая строка"} {
			_, err := p.Send(t.Context(), sms.Message{To: number, Text: text, Sender: "SHOP"})
			require.NoError(t, err)
		}

		got, err := os.ReadFile(path)
		require.NoError(t, err)
		lines := strings.Split(strings.TrimSuffix(string(got), "\n"), "\n")
		require.Len(t, lines, 2)
		var last Message
		require.NoError(t, json.Unmarshal([]byte(lines[1]), &last))
		assert.Equal(t, "Код 222222\nвторая строка", last.Text)
		assert.Equal(t, number, last.To)
		assert.Equal(t, "SHOP", last.Sender)
		assert.Equal(t, "2026-03-01T12:00:00Z", last.At.Format(time.RFC3339))
		stat, err := os.Stat(path)
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(fileMode), stat.Mode().Perm())
	})
	t.Run("says so when the file cannot be written", func(t *testing.T) {
		inbox := testInbox()
		p := New(inbox, filepath.Join(t.TempDir(), "missing", "sms.jsonl"))
		_, err := p.Send(t.Context(), sms.Message{To: number, Text: "Код 111111"})
		var e *sms.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, sms.MsgSandboxFile, e.Message())
		assert.True(t, sms.NotSent(err))
		assert.Empty(t, inbox.Messages())
	})
	t.Run("keeps lines whole when many send at once", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "sms.jsonl")
		inbox := testInbox()
		var done sync.WaitGroup
		for range 20 {
			done.Go(func() {
				_, err := New(inbox, path).Send(context.Background(), sms.Message{To: number, Text: strings.Repeat("ю", 200)})
				assert.NoError(t, err)
			})
		}
		done.Wait()
		got, err := os.ReadFile(path)
		require.NoError(t, err)
		lines := strings.Split(strings.TrimSuffix(string(got), "\n"), "\n")
		assert.Len(t, lines, 20)
		for _, line := range lines {
			assert.True(t, json.Valid([]byte(line)))
		}
	})
}

func TestInbox(t *testing.T) {
	send := func(t *testing.T, b *Inbox) {
		t.Helper()
		_, err := New(b, "").Send(t.Context(), sms.Message{To: number, Text: "Код 111111"})
		require.NoError(t, err)
	}
	t.Run("shows messages to those who watch, until they stop", func(t *testing.T) {
		b := testInbox()
		var seen []string
		stop := b.Subscribe(func(m Message) { seen = append(seen, m.ID); _ = b.Messages() })
		send(t, b)
		stop()
		stop()
		send(t, b)
		require.Len(t, seen, 1)
		assert.Equal(t, b.Messages()[0].ID, seen[0])
	})
	t.Run("forgets the oldest", func(t *testing.T) {
		b := testInbox()
		send(t, b)
		first := b.Messages()[0].ID
		for range keep {
			send(t, b)
		}
		assert.Len(t, b.Messages(), keep)
		assert.NotEqual(t, first, b.Messages()[0].ID)
	})
	t.Run("fails as often as told", func(t *testing.T) {
		b := testInbox()
		told := &sms.Error{Kind: sms.InsufficientFunds}
		b.FailNext(told)
		_, err := New(b, "").Send(t.Context(), sms.Message{To: number, Text: "x"})
		assert.True(t, errors.Is(err, told))
		assert.Empty(t, b.Messages())
		send(t, b)
	})
}

func TestVendor(t *testing.T) {
	usual := filepath.Join(t.TempDir(), "usual.jsonl")
	c := sms.NewCatalogue(Vendor(testInbox(), usual))
	_, err := c.Open(ID, integration.Values{Plain: map[string]string{KeyFile: "relative.jsonl"}})
	var e *sms.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, KeyFile, e.Setting)

	p, err := c.Open(ID, integration.Values{})
	require.NoError(t, err)
	assert.True(t, p.Declaration().Has(integration.Trains))
	balance, err := sms.CheckBalance(t.Context(), p)
	require.NoError(t, err)
	assert.Equal(t, NoteBalance, balance.NoteID)

	own := filepath.Join(t.TempDir(), "own.jsonl")
	chosen, err := c.Open(ID, integration.Values{Plain: map[string]string{KeyFile: own}})
	require.NoError(t, err)
	for path, p := range map[string]sms.Provider{usual: p, own: chosen} {
		_, err := p.Send(t.Context(), sms.Message{To: number, Text: "x"})
		require.NoError(t, err)
		assert.FileExists(t, path)
	}
}
