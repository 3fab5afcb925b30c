package main

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos/clock"
)

// TestClock is a shop whose clock stood a year ahead and was put right: every
// command tells that, and one word puts an end to it.
func TestClock(t *testing.T) {
	home, _ := owned(t)
	told := func(words ...string) (v clockJSON) {
		t.Helper()
		out, errOut, exit := call(t, home, append(words, "--json")...)
		require.Zero(t, exit, errOut)
		require.NoError(t, json.Unmarshal([]byte(out), &v))
		return v
	}
	require.Equal(t, clock.Sure, told("clock").Doubt)

	const year = 365 * 24 * time.Hour
	tamper(t, home, fmt.Sprintf(`UPDATE meta SET value = json_set(value, '$.at', json_extract(value, '$.at') + %d) WHERE key = 'clock.mark'`,
		year.Milliseconds()))

	v := told("clock")
	assert.Equal(t, clock.Behind, v.Doubt)
	assert.InDelta(t, year.Seconds(), v.Seconds, 60)
	assert.Contains(t, v.Message, "Состояние")
	out, _, exit := call(t, home, "doctor", "--json")
	assert.NotZero(t, exit)
	assert.Contains(t, out, `{"name":"clock","state":"bad"`)

	assert.Equal(t, clock.Sure, told("clock", "confirm").Doubt)
	assert.Equal(t, clock.Sure, told("clock").Doubt)
	out, _, _ = call(t, home, "doctor", "--json")
	assert.Contains(t, out, `{"name":"clock","state":"ok"`)
	out, _, exit = call(t, home, "verify", "--json")
	assert.Zero(t, exit, out)
}
