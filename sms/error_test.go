package sms

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"kassa/pos/integration"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestMayHaveLeft(t *testing.T) {
	tests := []struct {
		name string
		err  error
		kind Outcome
		left bool
	}{
		{"success", nil, Accepted, true},
		{"an error of somebody else", errors.New("x"), Unknown, true},
		{"a context that ended who knows where", context.DeadlineExceeded, Unknown, true},
		{"a refusal", &Error{Kind: BadNumber}, BadNumber, false},
		{"a wrapped refusal", fmt.Errorf("send: %w", &Error{Kind: Blocked}), Blocked, false},
		{"no network", &Error{Kind: TemporaryError, MessageID: MsgOffline}, TemporaryError, false},
		{"trouble behind a gateway", &Error{Kind: TemporaryError, Unclear: true}, TemporaryError, true},
		{"a question without an answer", Asked(&Error{Kind: Unknown, MessageID: MsgNoAnswer}), Unknown, false},
		{"unknown", &Error{Kind: Unknown}, Unknown, true},
		{"a duplicate", &Error{Kind: Duplicate}, Duplicate, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.kind, OutcomeOf(test.err))
			assert.Equal(t, test.left, MayHaveLeft(test.err))
			assert.Equal(t, !test.left, NotSent(test.err))
		})
	}
}

func TestError(t *testing.T) {
	cause := errors.New("cause")
	e := &Error{Kind: AuthError, Provider: "SMS.RU", ProviderCode: "200", ProviderText: "wrong key", Setting: "api_id", Err: cause}
	assert.Equal(t, "sms: SMS.RU: auth-error (code 200): setting api_id: wrong key: cause", e.Error())
	assert.ErrorIs(t, e, cause)
	assert.Equal(t, "sms.err.auth-error", e.Message())
	assert.Equal(t, "sms: temporary-error: offline", (&Error{Kind: TemporaryError, MessageID: MsgOffline}).Error())
}

func TestAsked(t *testing.T) {
	words := func(err error) string {
		var e *Error
		require.ErrorAs(t, err, &e)
		return e.Message()
	}
	sending := &Error{Kind: Unknown, MessageID: MsgNoAnswer}
	assert.Equal(t, "sms.ask.no-answer", words(Asked(sending)))
	assert.Equal(t, MsgNoAnswer, words(sending), "the error itself stays as it was")
	assert.Equal(t, "sms.ask.temporary-error", words(Asked(&Error{Kind: TemporaryError})))
	assert.Equal(t, "sms.err.auth-error", words(Asked(&Error{Kind: AuthError})))
	assert.NoError(t, Asked(nil))
	other := errors.New("x")
	assert.Equal(t, other, Asked(other))
}

func TestNumber(t *testing.T) {
	assert.True(t, ValidNumber("+79000000001"))
	assert.True(t, ValidNumber("+375290000001"))
	for _, bad := range []string{"", "+", "79000000001", "+7900", "+1234567890123456", "+09000000001", "+7900000000x", "+7 9000000001"} {
		assert.False(t, ValidNumber(bad), bad)
	}
	assert.Equal(t, "79000000001", Digits("+79000000001"))
}

// plain is a provider that can only send.
type plain struct{ got integration.Values }

func (plain) Declaration() integration.Declaration           { return declared() }
func (plain) Send(context.Context, Message) (Receipt, error) { return Receipt{}, nil }

func declared() integration.Declaration {
	return integration.Declaration{Kind: integration.Messages, ID: "plain", Name: "Plain",
		Channels: []integration.Channel{{By: integration.BySMS, CodeBy: integration.CodeByTill}},
		Fields: []integration.Field{
			{Key: "token", LabelID: "x", Type: integration.Secret, Required: true},
			{Key: "host", LabelID: "x", Type: integration.Text, Required: true},
			{Key: "path", LabelID: "x", Type: integration.Text, Required: true, Default: "/"},
			{Key: "base_url", LabelID: "x", Type: integration.Address},
			{Key: "route", LabelID: "x", Type: integration.Choice, Options: []string{"north", "south"}},
		}}
}

func TestCatalogue(t *testing.T) {
	vendor := Vendor{Declaration: declared(), Open: func(v integration.Values) (Provider, error) { return plain{v}, nil }}
	c := NewCatalogue(vendor)
	complete := integration.Values{Plain: map[string]string{"host": " h "}, Secrets: map[string]Secret{"token": NewSecret("t")}}

	t.Run("opens a provider with complete settings", func(t *testing.T) {
		p, err := c.Open("plain", complete)
		require.NoError(t, err)
		assert.Equal(t, "h", p.(plain).got.Get("host"))
		assert.Equal(t, "/", p.(plain).got.Get("path"), "the default counts where nothing is set")
	})
	t.Run("names the setting that is missing", func(t *testing.T) {
		for setting, s := range map[string]integration.Values{
			"token": {Plain: map[string]string{"host": "h", "token": "in the wrong place"}},
			"host":  {Plain: map[string]string{"host": " "}, Secrets: complete.Secrets},
		} {
			_, err := c.Open("plain", s)
			var e *Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, MsgSettingMissing, e.Message())
			assert.Equal(t, setting, e.Setting)
		}
	})
	t.Run("names the setting that cannot be right before the vendor is asked", func(t *testing.T) {
		for setting, test := range map[string]struct{ value, message string }{
			"base_url": {"http://plain.example", MsgInsecureAddress},
			"route":    {"west", MsgSettingInvalid},
		} {
			_, err := c.Open("plain", integration.Values{Plain: map[string]string{"host": "h", setting: test.value}, Secrets: complete.Secrets})
			var e *Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, setting, e.Setting)
			assert.Equal(t, test.message, e.Message())
			assert.True(t, NotSent(err))
		}
	})
	t.Run("says so when there is no such provider", func(t *testing.T) {
		_, err := c.Open("other", complete)
		var e *Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, MsgUnknownProvider, e.Message())
		_, ok := c.Declaration("other")
		assert.False(t, ok)
	})
	t.Run("lists what it has", func(t *testing.T) {
		require.Len(t, c.Declarations(), 1)
		d, ok := c.Declaration("plain")
		assert.True(t, ok)
		assert.Equal(t, c.Declarations()[0], d)
	})
	t.Run("panics when two vendors have one id", func(t *testing.T) {
		assert.Panics(t, func() { NewCatalogue(vendor, vendor) })
	})
	t.Run("panics when one declares what cannot be, or cannot be opened", func(t *testing.T) {
		flawed, closed := vendor, vendor
		flawed.Declaration.Name, closed.Open = "", nil
		assert.Panics(t, func() { NewCatalogue(flawed) })
		assert.Panics(t, func() { NewCatalogue(closed) })
	})
}

func TestCheckBalance_Unsupported(t *testing.T) {
	_, balanceErr := CheckBalance(t.Context(), plain{})
	_, costErr := CheckCost(t.Context(), plain{}, Message{})
	_, statusErr := CheckStatus(t.Context(), plain{}, "1")
	for _, err := range []error{balanceErr, costErr, statusErr} {
		var e *Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, MsgUnsupported, e.Message())
	}
}
