package main

import (
	"net"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMail(t *testing.T) {
	home, _ := demo(t)
	out, _, exit := call(t, home, "mail", "check", "--json")
	require.Equal(t, exitRefused, exit)
	code, message := fault(t, out)
	require.Equal(t, "unavailable", code)
	require.Contains(t, message, "F10")

	closed, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	_, port, err := net.SplitHostPort(closed.Addr().String())
	require.NoError(t, err)
	require.NoError(t, closed.Close())
	t.Setenv("KASSA_MAIL_HOST", "127.0.0.1")
	t.Setenv("KASSA_MAIL_PORT", port)
	t.Setenv("KASSA_MAIL_SECURITY", "none")
	out, _, exit = call(t, home, "mail", "check", "--json")
	require.Equal(t, exitRefused, exit)
	code, message = fault(t, out)
	require.Equal(t, "invalid", code, "nobody is named as the sender")
	require.Contains(t, message, "shop@example.com")

	t.Setenv("KASSA_MAIL_FROM", "shop@example.com")
	t.Setenv("KASSA_MAIL_USER", "shop@example.com")
	t.Setenv("KASSA_MAIL_PASSWORD", "s3cret-password")
	for _, args := range [][]string{{"mail", "check"}, {"mail", "send", "anna@example.com"}} {
		out, errOut, exit := call(t, home, append(args, "--json")...)
		require.Equal(t, exitRefused, exit, args)
		code, message = fault(t, out)
		require.Equal(t, "unavailable", code, args)
		require.Contains(t, message, "не отвечает")
		require.NotContains(t, out+errOut, "s3cret-password")
	}
	out, _, exit = call(t, home, "mail", "send", "anna", "--json")
	require.Equal(t, exitRefused, exit)
	code, _ = fault(t, out)
	require.Equal(t, "invalid", code)
	_, _, exit = call(t, home, "mail", "send")
	require.Equal(t, exitUsage, exit)

	t.Setenv("KASSA_MAIL_SECURITY", "none")
	t.Setenv("KASSA_MAIL_HOST", "mail.example.com")
	_, errOut, exit := call(t, home, "mail", "check")
	require.Equal(t, exitRefused, exit)
	require.Contains(t, errOut, "Без шифрования письма идут только на этот же компьютер")
}
