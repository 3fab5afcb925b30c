package settings

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/ui/keys"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

// loopback is a true backend heard on loopback, joined by the till's own client.
type loopback struct{ *shoptest.Behind }

func (l loopback) CheckServer(ctx context.Context, _ pos.Actor) (s ServerState, err error) {
	s.Name, s.Held, err = l.Check(ctx)
	return s, err
}

func (l loopback) JoinServer(ctx context.Context, a pos.Actor, address string, code hidden.Text, since time.Time) (s ServerState, err error) {
	s.Name, s.Held, err = l.Join(ctx, a, address, code, since)
	return s, err
}

func (l loopback) LeaveServer(ctx context.Context, a pos.Actor, _ bool) error {
	return l.Leave(ctx, a)
}

// deaf is one whose server answers nobody who leaves.
type deaf struct{ loopback }

func (d deaf) LeaveServer(ctx context.Context, a pos.Actor, without bool) error {
	if !without {
		return pos.E(pos.CodeUnavailable, "shop.leave-unreached", nil)
	}
	return d.Leave(ctx, a)
}

// atServer opens the page of the server over a till with everything told.
func atServer(t *testing.T) (*shoptest.Shop, loopback) {
	t.Helper()
	s := shoptest.Open(t, uitest.Screen[1], "ru")
	l := loopback{s.Behind()}
	l.WakeExchange()
	l.Listen()
	s.Login(pos.GroupOwner)
	o := newOffice(s.Settings)
	o.behind = l
	Open(s.Env, o, string(TabServer), func(bool) {})
	s.Shows("settings.server", "joined", "no")
	return s, l
}

func TestServer_JoinsByACodeChecksAndLeaves(t *testing.T) {
	s, l := atServer(t)
	code, err := l.AddTill(t.Context(), "Касса у входа")
	require.NoError(t, err)
	uitest.Press(s.Window, "Shift+F6")
	s.Shows("settings.server", "said", "missing")
	uitest.Type(s.Window, l.URL)
	uitest.Press(s.Window, keys.Enter)
	uitest.Type(s.Window, "0000-0000")
	uitest.Press(s.Window, keys.Enter)
	s.Shows("settings.server", "joined", "no", "said", "backend.code-wrong")
	uitest.Press(s.Window, "Ctrl+A")
	uitest.Type(s.Window, code.Text.Reveal())
	uitest.Press(s.Window, keys.Tab)
	uitest.Type(s.Window, "01.01.2020")
	uitest.Press(s.Window, "Shift+F6")
	s.Shows("settings.server", "joined", "yes", "said", "joined")
	assert.True(t, uitest.HasText(s.Window, "Касса у входа"))
	s.Picture("settings-server-joined")

	s.Env.Exchange.Wake()
	uitest.Press(s.Window, "Shift+F5")
	s.Shows("settings.server", "said", "checked")
	tills, err := l.ListTills(t.Context())
	require.NoError(t, err)
	require.Len(t, tills, 1)
	assert.EqualValues(t, len(s.Books.Told()), tills[0].Held.Count, "the past came along")

	uitest.Press(s.Window, "Shift+F7")
	s.Shows("settings.server.leave")
	uitest.Press(s.Window, keys.Esc)
	uitest.Press(s.Window, "Shift+F7", keys.Enter)
	s.Shows("settings.server", "joined", "no", "said", "left")
	s.Fine()
}

func TestServer_LeavesADeadServerOnlyWhenToldTo(t *testing.T) {
	s, l := atServer(t)
	code, err := l.AddTill(t.Context(), "Касса у входа")
	require.NoError(t, err)
	_, _, err = l.Join(t.Context(), s.Env.Actor, l.URL, code.Text, time.Time{})
	require.NoError(t, err)
	o := newOffice(s.Settings)
	o.behind = deaf{l}
	Open(s.Env, o, string(TabServer), func(bool) {})
	s.Shows("settings.server", "joined", "yes")
	uitest.Press(s.Window, "Shift+F7", keys.Enter)
	s.Shows("settings.server.without")
	uitest.Press(s.Window, keys.Esc)
	assert.Equal(t, "yes", s.Facts["settings.server"]["joined"])
	assert.Equal(t, "shop.leave-unreached", s.Facts["settings.server"]["said"])
	uitest.Press(s.Window, "Shift+F7", keys.Enter, keys.Enter)
	s.Shows("settings.server", "joined", "no", "said", "left")
	s.Fine()
}

func TestServer_TellsThatNobodyAnswers(t *testing.T) {
	s, l := atServer(t)
	l.Cut()
	uitest.Press(s.Window, "Shift+F6")
	uitest.Type(s.Window, l.URL)
	uitest.Press(s.Window, keys.Enter)
	uitest.Type(s.Window, "0000-0000")
	uitest.Press(s.Window, "Shift+F6")
	s.Shows("settings.server", "joined", "no", "said", "exchange.offline")
	server, err := s.Till.Server(t.Context())
	require.NoError(t, err)
	assert.Empty(t, server)
	uitest.Press(s.Window, keys.Tab)
	uitest.Type(s.Window, "вчера")
	uitest.Press(s.Window, "Shift+F6")
	assert.Equal(t, "exchange.offline", s.Facts["settings.server"]["said"], "a text that is no day is refused before anybody is asked")
	s.Fine()
}
