package sms

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos/message"
	"kassa/sms/vendorhttp"
)

func TestFailed(t *testing.T) {
	for reason, want := range map[vendorhttp.Reason]struct {
		kind    Outcome
		message string
		left    bool
	}{
		vendorhttp.Offline:      {TemporaryError, MsgOffline, false},
		vendorhttp.Untrusted:    {FailedRequest, MsgTLS, false},
		vendorhttp.Cancelled:    {TemporaryError, MsgCancelled, false},
		vendorhttp.Portal:       {TemporaryError, MsgPortal, false},
		vendorhttp.NoAnswer:     {Unknown, MsgNoAnswer, true},
		vendorhttp.BadAnswer:    {Unknown, MsgBadAnswer, true},
		vendorhttp.TooMany:      {RateLimited, "sms.err.rate-limited", false},
		vendorhttp.Busy:         {TemporaryError, "sms.err.temporary-error", false},
		vendorhttp.Trouble:      {TemporaryError, MsgServerTrouble, true},
		vendorhttp.WrongAddress: {FailedRequest, MsgWrongAddress, false},
	} {
		err := Failed("Pigeon", &vendorhttp.Failure{Reason: reason, MayHaveLeft: want.left})
		e, ok := errors.AsType[*Error](err)
		require.True(t, ok, reason)
		assert.Equal(t, want.kind, e.Kind, reason)
		assert.Equal(t, want.message, e.Message(), reason)
		assert.Equal(t, want.left, MayHaveLeft(err), reason)
		assert.Equal(t, "Pigeon", e.Provider)
	}
	assert.Len(t, failures, len(vendorhttp.Reasons()), "each reason is judged")

	assert.True(t, MayHaveLeft(Failed("Pigeon", errors.New("odd"))))
	assert.True(t, MayHaveLeft(BadAnswer("Pigeon", errors.New("odd"))))
	f, ok := errors.AsType[*vendorhttp.Failure](Failed("Pigeon", &vendorhttp.Failure{Reason: vendorhttp.TooMany, RetryAfter: 7}))
	require.True(t, ok)
	assert.EqualValues(t, 7, f.RetryAfter, "what the server asks for is not lost")
}

func TestCheckMessage(t *testing.T) {
	long := Message{To: "+79000000001", Text: "Код 123456: списание баллов, которое не помещается в одно сообщение, сколько его ни сокращай"}
	require.Equal(t, 2, message.Count(long.Text).Parts)
	assert.NoError(t, CheckMessage("Pigeon", long, 2))
	assert.NoError(t, CheckMessage("Pigeon", long, 0))
	for want, err := range map[string]error{
		MsgTextTooLong:       CheckMessage("Pigeon", long, 1),
		MsgNoText:            CheckMessage("Pigeon", Message{To: long.To, Text: " \n"}, 0),
		"sms.err.bad-number": CheckMessage("Pigeon", Message{To: "79000000001", Text: "x"}, 0),
	} {
		e, ok := errors.AsType[*Error](err)
		require.True(t, ok, want)
		assert.Equal(t, want, e.Message())
		assert.True(t, NotSent(err))
	}
}
