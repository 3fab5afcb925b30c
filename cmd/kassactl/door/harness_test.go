package door_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/cmd/internal/shop"
	"kassa/cmd/kassactl/door"
	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/sms/smstest"
)

// counter is a demo shop with a provider to send codes through and somebody at
// the door.
type counter struct {
	t       testing.TB
	clock   *postest.Clock
	shop    *shop.Shop
	demo    *till.DemoShop
	server  *smstest.Server
	session *door.Session
	script  strings.Builder // all that was said
	tried   []string        // lines with the number of a card
}

// newCounter opens a shop of its own whose codes go through SMS.RU.
func newCounter(t testing.TB, lang string) *counter {
	t.Helper()
	server, err := smstest.NewServer(smstest.Options{})
	require.NoError(t, err)
	t.Cleanup(server.Close)
	for name, v := range map[string]string{
		"KASSA_HOME": "", "KASSA_SECRETS": "file", "KASSA_SMS_PROVIDER": "smsru", "KASSA_SMS_SMSRU_BASE_URL": server.URL(),
		"KASSA_SMS_SMSRU_API_ID": smstest.TestAPIID, "KASSA_SMS_TEMPLATE": "", "KASSA_CONFIRM_POINTS": "sms", "KASSA_CONFIRM_CREDIT": "sms",
	} {
		t.Setenv(name, v)
	}
	c := &counter{t: t, server: server, clock: postest.NewClock()}
	c.clock.Move(-3 * time.Hour) // a shop opens at nine
	c.shop, c.demo, err = shop.Create(t.Context(), shop.Options{
		Home: filepath.Join(t.TempDir(), "home"), Clock: c.clock, IDs: &postest.IDs{}, HashCost: till.HashCost{MemoryKiB: 8, Passes: 1},
	}, true)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, c.shop.Close()); c.keepsNoCards() })
	set := c.shop.Settings()
	c.session = door.New(door.Params{
		Till: c.shop.Till, Words: words.New(lang, set.Currency, set.CurrencySymbol).In(time.UTC),
		Receipt: c.shop.Receipt, Manual: c.shop.Manual, Exchange: func(ctx context.Context) { c.shop.TellAll(ctx) }, IDs: postest.IDsAfter(1 << 44),
	})
	return c
}

// reply is an answer with its result still as it was written.
type reply struct {
	OK     bool           `json:"ok"`
	Result map[string]any `json:"result"`
	Error  *struct {
		Code    pos.Code `json:"code"`
		Message string   `json:"message"`
		Until   string   `json:"until"`

		Order map[string]any `json:"order"`
	} `json:"error"`
}

func (r reply) text(field string) string { s, _ := r.Result[field].(string); return s }

func (r reply) object(field string) map[string]any {
	m, _ := r.Result[field].(map[string]any)
	return m
}

func (r reply) code() pos.Code {
	if r.Error == nil {
		return ""
	}
	return r.Error.Code
}

// say sends one line and writes both sides down.
func (c *counter) say(lineText string) reply {
	c.t.Helper()
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	require.NoError(c.t, enc.Encode(c.session.Answer(c.t.Context(), door.Line(lineText))))
	fmt.Fprintf(&c.script, "> %s\n< %s", lineText, out.String())
	var r reply
	require.NoError(c.t, json.Unmarshal(out.Bytes(), &r))
	require.NotEqual(c.t, pos.CodeInternal, r.code(), "%s", out.String())
	return r
}

// must is say for a command that has to succeed.
func (c *counter) must(lineText string) reply {
	c.t.Helper()
	c.tryCards(lineText)
	r := c.say(lineText)
	require.True(c.t, r.OK, "%s: %+v", lineText, r.Error)
	return r
}

// refused is say for a command that has to be refused with a code.
func (c *counter) refused(code pos.Code, lineText string) reply {
	c.t.Helper()
	r := c.say(lineText)
	require.False(c.t, r.OK, lineText)
	require.Equal(c.t, code, r.code(), "%s: %s", lineText, r.Error.Message)
	require.NotEmpty(c.t, r.Error.Message)
	return r
}

// login logs in the first employee of a group.
func (c *counter) login(g pos.GroupID) reply {
	c.t.Helper()
	return c.must(fmt.Sprintf(`{"cmd":"login","pin":%q}`, c.employee(g).PIN))
}

// employee is the first employee of a group.
func (c *counter) employee(g pos.GroupID) till.DemoEmployee {
	c.t.Helper()
	for _, e := range c.demo.Employees {
		if e.Group == g {
			return e
		}
	}
	c.t.Fatalf("nobody of group %s", g)
	return till.DemoEmployee{}
}

// owner is the owner, logged in beside the conversation.
func (c *counter) owner() pos.Actor {
	c.t.Helper()
	a, err := c.shop.Till.Login(c.t.Context(), c.employee(pos.GroupOwner).PIN)
	require.NoError(c.t, err)
	return a
}

// cap gives a group a right up to a sum.
func (c *counter) cap(id pos.GroupID, r pos.Right, most money.Amount) {
	c.t.Helper()
	groups, err := c.shop.Till.Groups(c.t.Context())
	require.NoError(c.t, err)
	for _, g := range groups {
		if g.ID == id {
			g.Rights, g.Caps = append(g.Rights, r), map[pos.Right]money.Amount{r: most}
			require.NoError(c.t, c.shop.Till.SaveGroup(c.t.Context(), c.owner(), g))
		}
	}
}

// approvals are all there are.
func (c *counter) approvals() []pos.Approval {
	c.t.Helper()
	list, err := c.shop.Till.Approvals(c.t.Context(), c.owner(), c.clock.Now().Add(-time.Hour), c.clock.Now().Add(time.Hour))
	require.NoError(c.t, err)
	return list
}

// lastCode is the code in the newest message.
func (c *counter) lastCode() string {
	c.t.Helper()
	m := c.server.Messages()
	require.NotEmpty(c.t, m, "no message was sent")
	code := m[len(m)-1].Code()
	require.NotEmpty(c.t, code, m[len(m)-1].Text)
	return code
}

// wrongCode is a code that is certainly not the one that was sent.
func (c *counter) wrongCode() string {
	if c.lastCode() == "000000" {
		return "000001"
	}
	return "000000"
}

var (
	pins  = regexp.MustCompile(`"pin":"[0-9]+"`)
	codes = regexp.MustCompile(`"code":"[0-9]{6}"`)
	uuids = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	heads = regexp.MustCompile(`"head":"[0-9a-f]+"`)
)

// transcript is all that was said, without what differs from run to run.
func (c *counter) transcript() string {
	s := pins.ReplaceAllString(c.script.String(), `"pin":"******"`)
	s = codes.ReplaceAllString(s, `"code":"******"`)
	s = heads.ReplaceAllString(s, `"head":"********"`)
	// Ids are named in the order in which they appear, so that one more made
	// somewhere inside changes nothing here.
	names := map[string]string{}
	return uuids.ReplaceAllStringFunc(s, func(id string) string {
		if names[id] == "" {
			names[id] = fmt.Sprintf("id-%d", len(names)+1)
		}
		return names[id]
	})
}

// served runs a whole stream through Serve and returns the answers.
func served(t testing.TB, s *door.Session, in io.Reader) []reply {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, s.Serve(t.Context(), in, &out))
	var replies []reply
	for _, l := range strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n") {
		if l == "" {
			continue
		}
		var r reply
		require.NoError(t, json.Unmarshal([]byte(l), &r), l)
		replies = append(replies, r)
	}
	return replies
}
