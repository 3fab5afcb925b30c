package vendorhttp

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"

	"kassa/pos/hidden"
)

func TestMask_Line(t *testing.T) {
	m := NewMask(hidden.New(canary), hidden.Text{}, hidden.New("пароль"))
	for text, want := range map[string]string{
		"":                               "",
		"wrong key " + canary:            "wrong key ***",
		"key=CANARY%2BKEY%2F1&x":         "key=***&x",
		"/botCANARY+KEY%2F1/sendMessage": "/bot***/sendMessage",
		"пароль не подошёл":              "*** не подошёл",
		"?p=%D0%BF%D0%B0%D1%80%D0%BE%D0%BB%D1%8C": "?p=***",
		"+7 900 000-00-01 and 8 (900) 0000001":    "+*** and ***",
		"code 482913.":                            "code ***.",
		"limit 100 of 250":                        "limit 100 of 250",
		"http://user:hunter2@proxy.example":       "http://***@proxy.example",
		"a\r\n\tb\u202e\x00c\ufffd":               "a   bc",
		strings.Repeat("я", 200):                  strings.Repeat("я", MaxLine) + "…",
	} {
		got := m.Line(text)
		assert.Equal(t, want, got)
		assert.True(t, utf8.ValidString(got))
	}
	assert.Equal(t, "key ***", Mask{}.Line("key 12345"))
	assert.NotContains(t, fmt.Sprintf("%v %+v %#v", m, m, m), "CANARY")
}
