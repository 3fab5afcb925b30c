package keytimes

import (
	"encoding/binary"
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// pressed is what the server sends of a key.
func pressedAt(code byte, at uint32) []byte {
	b := make([]byte, 32)
	b[0], b[1] = keyPress, code
	binary.LittleEndian.PutUint32(b[4:], at)
	return b
}

func heard(t *testing.T) (*Keys, net.Conn) {
	t.Helper()
	here, server := net.Pipe()
	t.Cleanup(func() { here.Close(); server.Close() })
	return &Keys{conn: here, base: 1<<32 - 50, began: time.Now().Add(-time.Second), now: time.Now}, server
}

func TestKeys_TellWhenTheyWerePressed(t *testing.T) {
	k, server := heard(t)
	go func() {
		for _, b := range [][]byte{
			pressedAt(10, 1<<32-40), // the server's clock begins anew behind this one
			{34}, make([]byte, 31),  // another message, in pieces
			pressedAt(11, 60), pressedAt(10, 160),
		} {
			_, _ = server.Write(b)
		}
	}()
	first, ok := k.When(10)
	require.True(t, ok)
	require.Equal(t, k.began.Add(10*time.Millisecond), first)
	again, ok := k.When(10)
	require.True(t, ok, "a key that nobody asked about is passed over")
	require.Equal(t, 200*time.Millisecond, again.Sub(first))
}

func TestKeys_UnknownIsSaidSoonAndForgetsNothing(t *testing.T) {
	k, server := heard(t)
	go func() { _, _ = server.Write(pressedAt(10, 0)) }()
	_, ok := k.When(99)
	require.False(t, ok)
	_, ok = k.When(10)
	require.True(t, ok, "the one that was read meanwhile")
	require.NoError(t, server.Close())
	for range 2 * missLimit {
		_, ok = k.When(10)
		require.False(t, ok)
	}
}

func TestKeys_OneLeftBehindIsNotTakenForANewOne(t *testing.T) {
	k, server := heard(t)
	k.began = time.Now().Add(-time.Hour)
	go func() {
		_, _ = server.Write(pressedAt(10, k.base))
		_, _ = server.Write(pressedAt(10, k.base+3_600_000-100))
	}()
	at, ok := k.When(10)
	require.True(t, ok)
	require.WithinDuration(t, time.Now(), at, 2*time.Second)
}

func TestNumber(t *testing.T) {
	for display, want := range map[string]int{":0": 0, ":12.1": 12, "unix:3": 3} {
		n, err := number(display)
		require.NoError(t, err)
		require.Equal(t, want, n)
	}
	for _, display := range []string{"", "0", "elsewhere:0", ":x", ":-1"} {
		_, err := number(display)
		require.Error(t, err, display)
	}
}

func TestCookieIn(t *testing.T) {
	entry := func(family uint16, parts ...string) []byte {
		b := binary.BigEndian.AppendUint16(nil, family)
		for _, p := range parts {
			b = append(binary.BigEndian.AppendUint16(b, uint16(len(p))), p...)
		}
		return b
	}
	file := append(entry(0, "\x7f\x00\x00\x01", "7", cookieName, "elsewhere"), entry(familyLocal, "till", "6", cookieName, "other")...)
	file = append(file, entry(familyLocal, "till", "7", cookieName, "ours")...)
	require.Equal(t, "ours", string(cookieIn(file, "7")))
	require.Nil(t, cookieIn(file, "8"))
	for n := range file {
		_ = cookieIn(file[:n], "7") // cut off anywhere, it does not panic
	}
}
