package smstest

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos/integration"
	"kassa/sms"
)

// Subject is a provider set up for one test of the conformance suite, with a fresh account behind it.
type Subject struct {
	Provider sms.Provider

	// Delivered returns the messages that would have reached a phone, oldest first, without dry runs. Numbers are
	// E.164.
	Delivered func() []sms.Message

	// Secrets are the values that must show up nowhere.
	Secrets []string

	// BreakBefore makes the next request fail before it reaches the provider.
	BreakBefore func()

	// BreakAfter makes the next request reach the provider, whose answer is lost.
	BreakAfter func()
}

// conformanceNumber is in a range that belongs to nobody.
const conformanceNumber = "+79000000001"

// message is what the till would ask the subject to bring; who makes the code writes the text too.
func (s Subject) message() sms.Message {
	if s.makesCodes() {
		return sms.Message{To: conformanceNumber}
	}
	return sms.Message{To: conformanceNumber, Text: "Код 123456: списание баллов 150,00 ₽"}
}

// makesCodes tells whether the provider makes the code where it is left to choose the way.
func (s Subject) makesCodes() bool {
	return s.Provider.Declaration().Channels[0].CodeBy == integration.CodeByProvider
}

// Conformance judges a provider by what the till relies on. factory sets up a subject for each test.
func Conformance(t *testing.T, factory func(t *testing.T) Subject) {
	tests := []struct {
		name string
		run  func(*testing.T, Subject)
	}{
		{"declares itself completely", declares},
		{"can what it declares and no more", keepsDeclaration},
		{"delivers a message once and unchanged", delivers},
		{"delivers many messages at the same time", deliversConcurrently},
		{"refuses what is no number", refusesNumbers},
		{"refuses an empty text", refusesNoText},
		{"tells the code it made, and tells it nobody else", makesCodes},
		{"sends nothing when given up before", honoursContext},
		{"does not deliver a dry run", dryRun},
		{"says not sent when nothing left", brokenBefore},
		{"says it may have left when the answer is lost", brokenAfter},
		{"tells balance, cost and status", tells},
		{"shows no secret and no number", hides},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { test.run(t, factory(t)) })
	}
}

func declares(t *testing.T, s Subject) {
	d := s.Provider.Declaration()
	assert.Equal(t, integration.Messages, d.Kind)
	assert.Empty(t, d.Flaws())
	assert.Equal(t, d, s.Provider.Declaration(), "the declaration changes")
}

func keepsDeclaration(t *testing.T, s Subject) {
	d := s.Provider.Declaration()
	_, balancer := s.Provider.(sms.Balancer)
	_, coster := s.Provider.(sms.Coster)
	_, checker := s.Provider.(sms.StatusChecker)
	assert.Equal(t, d.Has(integration.TellsBalance), balancer, "balance")
	assert.Equal(t, d.Has(integration.TellsCost), coster, "cost")
	assert.Equal(t, d.Has(integration.TellsStatus), checker, "status")
}

func delivers(t *testing.T, s Subject) {
	m := s.message()
	receipt, err := s.Provider.Send(t.Context(), m)
	require.NoError(t, err)
	if s.Provider.Declaration().Has(integration.TellsStatus) {
		assert.NotEmpty(t, receipt.ID)
	}
	got := s.Delivered()
	require.Len(t, got, 1)
	assert.Equal(t, m.To, got[0].To)
	if !s.makesCodes() {
		assert.Equal(t, m.Text, got[0].Text)
		assert.True(t, receipt.Code.Empty(), "the code is the till's")
	}
}

// codeShape is what the till can take over: digits as the person reads them, leading zeros included.
var codeShape = regexp.MustCompile(`^[0-9]{4,8}$`)

func makesCodes(t *testing.T, s Subject) {
	if !s.makesCodes() {
		t.Skip("the till makes the code")
	}
	for range 3 {
		receipt, err := s.Provider.Send(t.Context(), s.message())
		require.NoError(t, err)
		code := receipt.Code.Reveal()
		require.Regexp(t, codeShape, code)
		shown := fmt.Sprintf("%v %+v %#v %v %+v %#v", receipt, receipt, receipt, s.Provider, s.Provider.Declaration(), err)
		if encoded, err := json.Marshal(receipt); err == nil {
			shown += string(encoded)
		}
		assert.NotContains(t, shown, code)
	}
}

func deliversConcurrently(t *testing.T, s Subject) {
	const n = 8
	errs := make([]error, n)
	var done sync.WaitGroup
	for i := range n {
		done.Go(func() {
			m := s.message()
			m.To = fmt.Sprintf("+7900000000%d", i)
			_, errs[i] = s.Provider.Send(context.WithoutCancel(t.Context()), m)
		})
	}
	done.Wait()
	for _, err := range errs {
		assert.NoError(t, err)
	}
	numbers := map[string]bool{}
	for _, m := range s.Delivered() {
		numbers[m.To] = true
	}
	assert.Len(t, s.Delivered(), n)
	assert.Len(t, numbers, n)
}

func refusesNumbers(t *testing.T, s Subject) {
	for _, to := range []string{"", "+", "79000000001", "+7900", "+7 900 000-00-01", "+7900000000100000", "+0000000000", "+7900000000a", "+٧٩٠٠٠٠٠٠٠٠١"} {
		m := s.message()
		m.To = to
		_, err := s.Provider.Send(t.Context(), m)
		assert.Equal(t, sms.BadNumber, sms.OutcomeOf(err), "number %q: %v", to, err)
		assert.True(t, sms.NotSent(err), "number %q", to)
	}
	assert.Empty(t, s.Delivered())
}

func refusesNoText(t *testing.T, s Subject) {
	if s.makesCodes() {
		t.Skip("the provider writes the text")
	}
	m := s.message()
	m.Text = " \n"
	_, err := s.Provider.Send(t.Context(), m)
	assert.Equal(t, sms.FailedRequest, sms.OutcomeOf(err))
	assert.True(t, sms.NotSent(err))
	assert.Empty(t, s.Delivered())
}

func honoursContext(t *testing.T, s Subject) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := s.Provider.Send(ctx, s.message())
	assert.True(t, sms.NotSent(err), "%v", err)
	assert.Empty(t, s.Delivered())
}

func dryRun(t *testing.T, s Subject) {
	if !s.Provider.Declaration().Has(integration.DryRuns) {
		t.Skip("the provider has no dry run")
	}
	m := s.message()
	m.Test = true
	_, err := s.Provider.Send(t.Context(), m)
	require.NoError(t, err)
	assert.Empty(t, s.Delivered())
}

func brokenBefore(t *testing.T, s Subject) {
	s.BreakBefore()
	_, err := s.Provider.Send(t.Context(), s.message())
	assert.True(t, sms.NotSent(err), "%v", err)
	assert.Empty(t, s.Delivered())
	assertSayable(t, err)
}

func brokenAfter(t *testing.T, s Subject) {
	s.BreakAfter()
	_, err := s.Provider.Send(t.Context(), s.message())
	require.Error(t, err)
	assert.True(t, sms.MayHaveLeft(err), "%v", err)
	assert.Len(t, s.Delivered(), 1, "it must not be sent again by itself")
	assertSayable(t, err)
}

// assertSayable checks that an error has words for a person.
func assertSayable(t *testing.T, err error) {
	t.Helper()
	var e *sms.Error
	require.ErrorAs(t, err, &e)
	assert.True(t, slices.Contains(sms.Messages(), e.Message()), "no words for %q", e.Message())
	assert.NotEmpty(t, e.Provider)
}

func tells(t *testing.T, s Subject) {
	d := s.Provider.Declaration()
	m := s.message()
	if d.Has(integration.TellsBalance) {
		balance, err := sms.CheckBalance(t.Context(), s.Provider)
		require.NoError(t, err)
		assert.True(t, balance.Currency != "" || balance.Credits != 0 || balance.NoteID != "", "a balance of nothing")
	}
	if d.Has(integration.TellsCost) {
		cost, err := sms.CheckCost(t.Context(), s.Provider, m)
		require.NoError(t, err)
		assert.GreaterOrEqual(t, cost.Minor, int64(0))
		assert.NotEmpty(t, cost.Currency)
	}
	assert.Empty(t, s.Delivered(), "asking sends nothing")
	if d.Has(integration.TellsStatus) {
		receipt, err := s.Provider.Send(t.Context(), m)
		require.NoError(t, err)
		status, err := sms.CheckStatus(t.Context(), s.Provider, receipt.ID)
		require.NoError(t, err)
		assert.Contains(t, []sms.State{sms.StateQueued, sms.StateDelivered}, status.State)
		status, err = sms.CheckStatus(t.Context(), s.Provider, "no-such-message")
		require.NoError(t, err)
		assert.Equal(t, sms.StateUnknown, status.State)
	}
}

func hides(t *testing.T, s Subject) {
	s.BreakAfter()
	_, err := s.Provider.Send(t.Context(), s.message())
	require.Error(t, err)
	shown := fmt.Sprintf("%v %+v %v %+v %#v", err, err, s.Provider, s.Provider, s.Provider)
	if encoded, jsonErr := json.Marshal(s.Provider); jsonErr == nil {
		shown += string(encoded)
	}
	for _, secret := range append(slices.Clone(s.Secrets), sms.Digits(conformanceNumber), "123456") {
		assert.False(t, strings.Contains(shown, secret), "%q is shown", secret)
	}
}
