package main

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos/clock"
)

// A clock that is wrong. What it does to waits and limits is tried where a test
// owns the clock; here the data remembers a time that was never.

// clockPutBack has the data remember a later time than the computer shows. The till
// says so and goes on, and one word of who looks after the computer ends it.
func (d *day) clockPutBack() {
	ahead := time.Hour + time.Duration(d.random.IntN(48))*time.Hour
	tamper(d.t, d.home, fmt.Sprintf(`UPDATE meta SET value = json_set(value, '$.at', json_extract(value, '$.at') + %d) WHERE key = 'clock.mark'`,
		ahead.Milliseconds()))
	v := d.clock()
	assert.Equal(d.t, clock.Behind, v.Doubt, d.where())
	f := d.finding("clock")
	assert.EqualValues(d.t, "bad", f.State, d.where())
	assert.Equal(d.t, v.Message, f.Message, "%s: the same words", d.where())
	d.work(5, false)
	d.work(0, true)
	if d.clock().Doubt != clock.Sure {
		d.confirmClock()
	}
	assert.Equal(d.t, clock.Sure, d.clock().Doubt, d.where())
	assert.EqualValues(d.t, "ok", d.finding("clock").State, d.where())
	if d.t.Failed() {
		d.t.FailNow()
	}
}

// confirmClock says that the computer's clock is right. Where the open shift is
// dated after it the till names the way: close the shift first.
func (d *day) confirmClock() {
	said, exit := ctl(d.t, d.home, nil, "clock", "--json", "confirm")
	if exit == 0 {
		return
	}
	require.Contains(d.t, said, "Закройте смену", d.where())
	d.enter()
	for tries := 0; d.shift && tries < 500; tries++ {
		require.NoError(d.t, d.closeShift(), d.where())
		if d.shift { // something is parked or on the screen
			require.NoError(d.t, d.trade(), d.where())
		}
	}
	require.False(d.t, d.shift, d.where())
	d.leave()
	d.clock("confirm")
}

// clock is what the till says of its time.
func (d *day) clock(words ...string) (v clockJSON) {
	said, exit := ctl(d.t, d.home, nil, append([]string{"clock", "--json"}, words...)...)
	require.Zero(d.t, exit, "%s: %s", d.where(), said)
	require.NoError(d.t, json.Unmarshal([]byte(said), &v), said)
	return v
}
