package sale

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/money"
)

func TestShort(t *testing.T) {
	for name, tt := range map[string]struct {
		lang string
		sum  money.Amount
		want string
	}{
		"roubles":                       {"ru", 500000, "5 000 ₽"},
		"kopecks stay":                  {"ru", 500050, "5 000,50 ₽"},
		"tens of kopecks too":           {"ru", 500000 + 10, "5 000,10 ₽"},
		"an English thousand stays one": {"en", 500000, "5,000 ₽"},
		"and so does a million":         {"en", 100000000, "1,000,000 ₽"},
		"nothing":                       {"en", 0, "0 ₽"},
	} {
		t.Run(name, func(t *testing.T) {
			got := short(words.New(tt.lang, "RUB", "").Money(), tt.sum)
			assert.Equal(t, tt.want, spaces(got))
		})
	}
}

// spaces makes every kind of space a plain one.
func spaces(s string) string {
	var out []rune
	for _, r := range s {
		if r == '\u2009' || r == '\u00a0' || r == '\u202f' {
			r = ' '
		}
		out = append(out, r)
	}
	return string(out)
}

func TestRoom_IsNothingWhileADebtIsOverdue(t *testing.T) {
	c := pos.CustomerState{Room: 135000}
	assert.Equal(t, money.Amount(135000), room(&c))
	c.Overdue = 1
	assert.Zero(t, room(&c))
}
