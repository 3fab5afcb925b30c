package smstest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/sms"
)

func TestCaller_Conformance(t *testing.T) {
	Conformance(t, func(*testing.T) Subject {
		c := NewCaller("0435", "123456", "77777777")
		return Subject{Provider: c, Delivered: c.Calls, BreakBefore: c.BreakBefore, BreakAfter: c.BreakAfter}
	})
}

func TestCaller_Send(t *testing.T) {
	c := NewCaller("0435", "none")
	for _, want := range []string{"0435", "none", "none"} {
		receipt, err := c.Send(t.Context(), sms.Message{To: conformanceNumber})
		require.NoError(t, err)
		assert.Equal(t, want, receipt.Code.Reveal())
		assert.Equal(t, want, c.Made())
	}
}
