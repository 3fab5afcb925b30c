package door_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"

	"kassa/pos"
)

// TestScan_MarkingCode sends codes with the signs scanners put into them: the
// door refused a marking code for its group separators.
func TestScan_MarkingCode(t *testing.T) {
	c := newCounter(t, "ru")
	c.login(pos.GroupOwner)
	c.must(`{"cmd":"shift.open","float":"0"}`)
	c.must(`{"cmd":"scan","code":"4600000000053"}`)
	for name, code := range map[string]string{
		"separators":         "0104600000000053215!abcd\x1d91EE06\x1d92abcd",
		"one before it":      "\x1d0104600000000053215abcd\x1d93dGVz",
		"an AIM prefix":      "]d20104600000000053215abcd\x1d93dGVz",
		"a line end":         "4600000000053\r\n",
		"an end of its own":  "010460000000005321abc\x1d\r",
		"a record separator": "010460000000005321abc\x1e91EE06",
	} {
		text, _ := json.Marshal(code)
		r := c.say(`{"cmd":"scan","code":` + string(text) + `}`)
		assert.True(t, r.OK, "%s: %+v", name, r.Error)
	}
	assert.False(t, c.say(`{"cmd":"scan","code":"46000\u001b00000053"}`).OK, "what no scanner sends stays refused")
	assert.False(t, c.say(`{"cmd":"scan","code":5}`).OK)
}
