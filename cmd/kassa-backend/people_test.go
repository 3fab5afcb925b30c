package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend"
	"kassa/pos/hidden"
)

// said runs a command line over a database and returns what it said.
func said(t *testing.T, database string, env map[string]string, line ...string) (code int, out, errOut string) {
	t.Helper()
	var o, e strings.Builder
	code = run(t.Context(), append(line, "--database", database, "--lang", "ru"), func(name string) string { return env[name] }, &o, &e)
	return code, o.String(), e.String()
}

func TestProgram_People(t *testing.T) {
	db := "sqlite:" + filepath.Join(t.TempDir(), "backend.db")
	code, out, told := said(t, db, map[string]string{"KASSA_BACKEND_PUBLIC_URL": "https://shop.example/"}, "person", "add", "Olga@Example.ru")
	require.Equal(t, exitDone, code, told)
	require.Regexp(t, `^https://shop\.example/people/password/[\w-]{43}\n$`, out)
	require.Contains(t, told, "подходит один раз")
	require.Contains(t, told, "Владелец")

	for listen, link := range map[string]string{"0.0.0.0:8443": "https://localhost:8443/", ":8443": "https://localhost:8443/", "[::]:1": "https://localhost:1/", "192.0.2.7:8443": "https://192.0.2.7:8443/"} {
		_, out, _ = said(t, db, map[string]string{"KASSA_BACKEND_LISTEN": listen, "KASSA_BACKEND_TLS_CERT": "cert.pem"}, "person", "add", "olga@example.ru")
		assert.True(t, strings.HasPrefix(out, link), out)
	}
	code, out, _ = said(t, db, nil, "person", "add", "boris@example.ru", "--level", "see")
	require.Equal(t, exitDone, code)
	require.Regexp(t, `^http://127\.0\.0\.1:8088/people/password/`, out)
	for _, bad := range [][]string{{"person", "add", "nobody"}, {"person", "add", "a@b.ru", "--level", "king"}, {"person", "revoke", "none@example.ru"}} {
		code, _, told = said(t, db, nil, bad...)
		assert.Equal(t, exitRefused, code, bad)
		assert.NotContains(t, told, "person.", "it is said in words")
	}
	for _, bad := range [][]string{{"--decide-up-to", "5000"}, {"--decide-up-to", "-5", "--currency", "RUB"}, {"--refund-up-to", "много", "--currency", "RUB"},
		{"--decide-up-to", "5000", "--currency", "XXQ"}, {"--level", "owner", "--decide-up-to", "5000", "--currency", "RUB"}, {"--decide-up-to", "1.999", "--currency", "RUB"}} {
		code, _, told = said(t, db, nil, append([]string{"person", "add", "anna@example.ru"}, bad...)...)
		assert.Equal(t, exitRefused, code, bad)
		assert.NotContains(t, told, "person.", "it is said in words")
		assert.NotContains(t, told, "manual.")
	}
	code, _, told = said(t, db, nil, "person", "add", "anna@example.ru", "--level", "refund", "--decide-up-to", "5000", "--refund-up-to", "0.50", "--currency", "rub")
	require.Equal(t, exitDone, code, told)
	require.Regexp(t, `до 5.000,00.₽ каждая`, told)
	code, _, told = said(t, db, nil, "person", "add", "anna@example.ru", "--decide-up-to", "50", "--currency", "USD")
	require.Equal(t, exitRefused, code)
	require.Contains(t, told, "RUB", "the other one is in another currency")
	code, _, _ = said(t, db, nil, "person", "add", "anna@example.ru", "--decide-up-to", "any")
	require.Equal(t, exitDone, code)
	_, out, _ = said(t, db, nil, "person", "list")
	require.Regexp(t, `anna@example\.ru\trefund; Разрешает возвраты до 0,50.₽ каждый; [^\t]*\tпароль`, out)
	code, _, _ = said(t, db, nil, "person", "add", "anna@example.ru", "--level", "owner")
	require.Equal(t, exitDone, code)
	_, out, _ = said(t, db, nil, "person", "list")
	require.Contains(t, out, "anna@example.ru\towner\tпароль", "an owner has no bounds")
	_, _, _ = said(t, db, nil, "person", "revoke", "anna@example.ru")
	code, _, _ = said(t, db, nil, "person", "add")
	assert.Equal(t, exitUsage, code)
	_, out, _ = said(t, db, nil, "person", "revoke", "boris@example.ru")
	assert.Contains(t, out, "больше не войдёт")
	_, out, _ = said(t, db, nil, "person", "list")
	assert.Regexp(t, `\nboris@example\.ru\tsee\tотключена .*\nolga@example\.ru\towner\tпароль ещё не задан\n`, out)

	for _, flag := range [][]string{{"--zone", "Mars/Base"}, {"--proxies", "everybody"}} {
		code, _, _ = said(t, db, nil, append([]string{"serve"}, flag...)...)
		assert.Equal(t, exitRefused, code, flag)
	}
}

// People and tills are answered by one server; each by their own face.
func TestProgram_Handler(t *testing.T) {
	p := &program{log: slog.New(slog.DiscardHandler),
		options: options{database: "sqlite:" + filepath.Join(t.TempDir(), "backend.db"), zone: "Asia/Almaty", proxies: "10.0.0.5, 10.1.0.0/16"}}
	require.NoError(t, p.readShop())
	require.Len(t, p.believed, 2)
	require.Equal(t, "Asia/Almaty", p.shopZone.String())
	require.NoError(t, p.with(context.Background(), func(b *backend.Backend) error {
		s := httptest.NewServer(p.handler(b))
		defer s.Close()
		c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		for path, want := range map[string]struct {
			status int
			kind   string
		}{
			"/": {http.StatusSeeOther, ""}, "/people/": {http.StatusSeeOther, ""}, "/people/sign-in": {http.StatusOK, "text/html"},
			"/people/none": {http.StatusNotFound, "text/html"}, "/healthz": {http.StatusOK, ""}, "/v1/none": {http.StatusNotFound, "application/problem+json"},
			"/docs": {http.StatusOK, "text/html"}, "/openapi.json": {http.StatusOK, "application/openapi+json"},
		} {
			res, err := c.Get(s.URL + path)
			require.NoError(t, err)
			_, err = io.Copy(io.Discard, res.Body)
			require.NoError(t, err)
			require.NoError(t, res.Body.Close())
			assert.Equal(t, want.status, res.StatusCode, path)
			if want.kind != "" {
				assert.Contains(t, res.Header.Get("Content-Type"), want.kind, path)
			}
		}
		link, err := b.AddPerson(t.Context(), "olga@example.ru", "")
		if err != nil {
			return err
		}
		return b.SetPassword(t.Context(), link.Text, hidden.New("лодка едет в сельпо"))
	}))
}
