package door_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/cmd/kassactl/door"
	"kassa/pos"
)

// garbage are lines that are no commands or commands with wrong fields; each is
// answered and none ends the conversation.
var garbage = []string{
	`x`, `{`, `[]`, `null`, `1`, `"login"`, `{}`, `{"cmd":null}`, `{"cmd":1}`, `{"cmd":["scan"]}`, `{"cmd":""}`,
	`{"cmd":"nonsense"}`, `{"cmd":"SCAN","code":"1"}`, `{"cmd":"scan"} {"cmd":"scan"}`, `{"cmd":"scan",}`,
	`{"cmd":"scan"}`, `{"cmd":"scan","code":null}`, `{"cmd":"scan","code":4600000000015}`, `{"cmd":"scan","code":{"a":1}}`,
	`{"cmd":"scan","code":"4600000000015","qty":"NaN"}`, `{"cmd":"scan","code":"4600000000015","qty":"1e3"}`,
	`{"cmd":"scan","code":"4600000000015","qty":1e3}`, `{"cmd":"scan","code":"4600000000015","qty":"-1"}`,
	`{"cmd":"scan","code":"4600000000015","qty":"0"}`, `{"cmd":"scan","code":"4600000000015","qty":"1.0005"}`,
	`{"cmd":"scan","code":"4600000000015","qty":"0.5"}`, `{"cmd":"scan","code":"4600000000015","qty":"99999999999"}`,
	`{"cmd":"scan","code":"4600000000015","qty":true}`, `{"cmd":"scan","code":"4600000000015","qty":"1 000"}`,
	`{"cmd":"scan","code":"\u0000"}`, `{"cmd":"scan","code":"\u001b[2J"}`, `{"cmd":"scan","code":""}`,
	`{"cmd":"line.qty","line":"x","qty":"1"}`, `{"cmd":"line.qty","line":-1,"qty":"1"}`, `{"cmd":"line.qty","line":1.5,"qty":"1"}`,
	`{"cmd":"line.qty","line":99999999999999999999,"qty":"1"}`,
	`{"cmd":"line.discount","line":1}`, `{"cmd":"line.discount","line":1,"percent":"5","amount":"5"}`,
	`{"cmd":"line.discount","line":1,"percent":"101"}`, `{"cmd":"cheque.discount","percent":"-1"}`,
	`{"cmd":"tender","method":"gold","amount":"1"}`, `{"cmd":"tender","method":"points","amount":"1"}`,
	`{"cmd":"tender","method":"cash"}`, `{"cmd":"tender","method":"cash","amount":"-5"}`,
	`{"cmd":"tender","method":"cash","amount":"0.001"}`, `{"cmd":"tender","method":"cash","amount":"99999999999999999999999999"}`,
	`{"cmd":"points.spend","amount":"0.5"}`, `{"cmd":"customer","phone":"0001","card":"2000001"}`,
	`{"cmd":"receipt","id":"x","width":1}`, `{"cmd":"shift.open"}`, `{"cmd":"shift.close","counted":"all of it"}`,
	`{"cmd":"code.enter","challenge":"x"}`, `{"cmd":"code.enter","challenge":"x","code":123456}`,
	`{"cmd":"cheque","approval":"1"}`, `{"cmd":"cheque","approval":{"pin":1,"reason":"x"}}`, `{"cmd":"cheque","approval":{"pin":"1"}}`,
	`{"cmd":"cheque.park","note":"` + strings.Repeat("ж", 2000) + `"}`,
	"{\"cmd\":\"scan\",\"code\":\"\xff\xfe\"}", strings.Repeat("[", 20_000), strings.Repeat(`{"cmd":`, 20_000),
	`{"cmd":"scan","code":"1","deep":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `}`,
}

func TestSession_Garbage(t *testing.T) {
	c := newCounter(t, "ru")
	c.login(pos.GroupOwner)
	c.must(`{"cmd":"shift.open","float":"0"}`)
	before := c.must(`{"cmd":"scan","code":"4600000000053"}`)
	for _, l := range garbage {
		r := c.say(l)
		require.False(t, r.OK, "%.80q", l)
		assert.Contains(t, []pos.Code{pos.CodeInvalid, pos.CodeNotFound}, r.code(), "%.80q: %s", l, r.Error.Message)
		assert.Regexp(t, `[.!?)]$`, r.Error.Message, "%.80q: a sentence", l)
		assert.NotContains(t, r.Error.Message, "door.", "%.80q: the message has words", l)
	}
	assert.Equal(t, before.Result, c.must(`{"cmd":"cheque"}`).Result, "nothing was half done")
}

func TestSession_Serve(t *testing.T) {
	t.Run("answers blank lines too, outlives one that is too long, and takes a last line without its end", func(t *testing.T) {
		c := newCounter(t, "ru")
		in := strings.Join([]string{"", "  \r", `{"cmd":"cheque"}`, strings.Repeat("x", door.MaxLine+1), strings.Repeat("y", 3*door.MaxLine),
			`{"cmd":"cheque","why":"` + strings.Repeat("z", door.MaxLine-40) + `"}`, "{\"cmd\":\"cheque\"}\r", `{"cmd":"login"}`}, "\n")
		replies := served(t, c.session, strings.NewReader(in))
		var got []pos.Code
		for _, r := range replies {
			got = append(got, r.code())
		}
		assert.Equal(t, []pos.Code{pos.CodeInvalid, pos.CodeInvalid, pos.CodeForbidden, pos.CodeInvalid, pos.CodeInvalid, pos.CodeForbidden, pos.CodeForbidden, pos.CodeInvalid}, got)
	})
	t.Run("ends with its context while it waits for a line", func(t *testing.T) {
		c := newCounter(t, "ru")
		in, w := io.Pipe()
		defer w.Close()
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- c.session.Serve(ctx, in, io.Discard) }()
		cancel()
		require.NoError(t, <-done)
	})
	t.Run("tells when nobody reads its answers", func(t *testing.T) {
		c := newCounter(t, "ru")
		in := strings.NewReader("{\"cmd\":\"cheque\"}\n{\"cmd\":\"cheque\"}\n")
		require.Error(t, c.session.Serve(t.Context(), in, brokenWriter{}))
	})
	t.Run("forgets the login with the session", func(t *testing.T) {
		c := newCounter(t, "ru")
		replies := served(t, c.session, strings.NewReader(`{"cmd":"login","pin":"`+c.demo.Employees[0].PIN+`"}`))
		require.True(t, replies[0].OK)
		c.refused(pos.CodeForbidden, `{"cmd":"cheque"}`)
	})
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("closed") }

// FuzzSession throws anything at somebody who is logged in.
func FuzzSession(f *testing.F) {
	for _, l := range garbage {
		f.Add(l)
	}
	f.Add(`{"cmd":"scan","code":"3*4600000000015","qty":"2","price":"1.00"}`)
	f.Add(`{"cmd":"customer","phone":"0001"}`)
	f.Add(`{"cmd":"tender","method":"credit","amount":"10.00"}`)
	f.Add(`{"cmd":"receipt","id":""}`)
	c := newCounter(f, "ru")
	c.login(pos.GroupOwner)
	c.must(`{"cmd":"shift.open","float":"0"}`)
	f.Fuzz(func(t *testing.T, text string) {
		c.t = t
		r := c.say(text) // fails on an internal error
		c.script.Reset()
		if !r.OK {
			require.NotEmpty(t, r.Error.Message)
		}
		if c.say(`{"cmd":"cheque"}`).code() == pos.CodeForbidden { // it was a logout
			c.login(pos.GroupOwner)
		}
		c.script.Reset()
	})
}
