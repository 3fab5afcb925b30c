package vendorhttp

import (
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

func TestAnswer_Unreadable(t *testing.T) {
	cause := errors.New("cause")
	for _, test := range []struct {
		name        string
		status      int
		contentType string
		body        string
		reason      Reason
		left        bool
	}{
		{"a page of a network that wants a login", 200, "text/html; charset=utf-8", "<!DOCTYPE html><html>Wi-Fi", Portal, false},
		{"a page that says nothing of itself", 200, "", " \n<html>", Portal, false},
		{"words of a page", 200, "text/html", "Please log in", Portal, false},
		{"a page written in XML", 200, "application/xhtml+xml", `<?xml version="1.0"?><!DOCTYPE html><html xmlns="x">`, Portal, false},
		{"a redirect", 302, "", "", Portal, false},
		{"an answer in XML", 200, "text/xml", `<?xml version="1.0"?><response>`, BadAnswer, true},
		{"an answer in XML without its head", 200, "application/xml", `<response>`, BadAnswer, true},
		{"what PHP says when it fails", 200, "text/html", "<br />\n<b>Fatal error</b>: in send.php", BadAnswer, true},
		{"JSON cut off in the middle of a page it quotes", 200, "text/html", `{"text":"<html>`, BadAnswer, true},
		{"nothing", 200, "text/html", " \r\n", BadAnswer, true},
		{"a list cut off", 201, "application/json", `[{`, BadAnswer, true},
		{"too many", 429, "text/plain", "slow down", TooMany, false},
		{"too late", 408, "", "", Busy, false},
		{"out of order", 503, "text/html", "<html>", Busy, false},
		{"a gateway's trouble", 502, "text/html", "<html>", Trouble, true},
		{"a server's trouble", 500, "", "", Trouble, true},
		{"a status of the vendor's own", 800, "", "", Trouble, true},
		{"an unknown place", 404, "text/html", "<html>", WrongAddress, false},
		{"a filter", 403, "", "", WrongAddress, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := Answer{Status: test.status, Header: http.Header{"Content-Type": {test.contentType}}, Body: []byte(test.body)}
			f := a.Unreadable(cause)
			assert.Equal(t, test.reason, f.Reason)
			assert.Equal(t, test.left, f.MayHaveLeft)
			assert.Equal(t, test.status, f.Status)
			assert.ErrorIs(t, f, cause)
			assert.True(t, slices.Contains(Reasons(), f.Reason))
		})
	}
}

func TestAnswer_RetryAfter(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"": 0, "7": 7 * time.Second, " 120 ": 2 * time.Minute, "-5": 0, "soon": 0, "99999999": time.Hour,
		"999999999999999999999": 0, "Wed, 21 Oct 2026 07:28:30 GMT": 30 * time.Second, "Wed, 21 Oct 2026 07:00:00 GMT": 0,
	} {
		a := Answer{Status: 429, Header: http.Header{"Retry-After": {value}, "Date": {"Wed, 21 Oct 2026 07:28:00 GMT"}}}
		assert.Equal(t, want, a.Unreadable(nil).RetryAfter, value)
	}
	undated := Answer{Status: 429, Header: http.Header{"Retry-After": {"Wed, 21 Oct 2026 07:28:30 GMT"}}}
	assert.Zero(t, undated.Unreadable(nil).RetryAfter)
}

func TestInUTF8(t *testing.T) {
	const text = "Недостаточно средств"
	old, err := charmap.Windows1251.NewEncoder().String(text)
	assert.NoError(t, err)
	koi, err := charmap.KOI8R.NewEncoder().String(text)
	assert.NoError(t, err)
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	assert.NoError(t, err)
	for _, test := range []struct{ name, contentType, body string }{
		{"UTF-8", "application/json", text},
		{"UTF-8 behind a byte mark", "application/json; charset=utf-8", "\ufeff" + text},
		{"UTF-8 that is called otherwise", "text/plain; charset=windows-1251", text},
		{"windows-1251 that says so", "text/plain; charset=windows-1251", old},
		{"windows-1251 that says nothing", "text/plain", old},
		{"windows-1251 that says it is UTF-8", "application/json; charset=UTF-8", old},
		{"windows-1251 under a name nobody knows", "text/plain; charset=russian", old},
		{"windows-1251 with a header that makes no sense", ";;;", old},
		{"KOI8-R that says so", "text/plain; charset=koi8-r", koi},
		{"UTF-16 that says so", "text/plain; charset=utf-16le", wide},
	} {
		assert.Equal(t, text, string(inUTF8([]byte(test.body), test.contentType)), test.name)
	}
}
