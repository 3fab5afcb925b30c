package phone_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"kassa/pos/phone"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// parseCases are both the table of TestParse and the seeds of FuzzParse.
var parseCases = []struct {
	name, in, region string
	want             string
	reason           phone.Reason
}{
	{name: "E.164", in: "+79000000001", region: "RU", want: "+79000000001"},
	{name: "E.164 without a region", in: "+79000000001", want: "+79000000001"},
	{name: "the demo range from zero", in: "+7 900 000-00-00", region: "RU", want: "+79000000000"},
	{name: "with the trunk prefix", in: "8 (900) 000-00-01", region: "RU", want: "+79000000001"},
	{name: "the region in small letters", in: "89000000001", region: "ru", want: "+79000000001"},
	{name: "ten digits", in: "9000000001", region: "RU", want: "+79000000001"},
	{name: "the country code without a plus", in: "79000000001", region: "RU", want: "+79000000001"},
	{name: "dots", in: "8.900.000.00.01", region: "RU", want: "+79000000001"},
	{name: "no-break spaces and a long dash", in: "+7\u00A0900\u00A0000–00–01", region: "RU", want: "+79000000001"},
	{name: "a line end after it", in: "+79000000001\r\n", region: "RU", want: "+79000000001"},
	{name: "direction marks of an address book", in: "\u202A+79000000001\u202C", region: "RU", want: "+79000000001"},
	{name: "Kazakhstan shares the code", in: "8 701 000 00 00", region: "KZ", want: "+77010000000"},
	{name: "Belarus", in: "8 029 100-00-01", region: "BY", want: "+375291000001"},
	{name: "Ukraine", in: "050 000 00 01", region: "UA", want: "+380500000001"},
	{name: "another country than the default", in: "+380 50 000 0001", region: "RU", want: "+380500000001"},

	{name: "empty", in: "", region: "RU", reason: phone.ReasonEmpty},
	{name: "spaces", in: " \t\u00A0\u200E ", region: "RU", reason: phone.ReasonEmpty},
	{name: "one digit", in: "8", region: "RU", reason: phone.ReasonTooShort},
	{name: "an emergency number", in: "112", region: "RU", reason: phone.ReasonTooShort},
	{name: "a digit missing", in: "+7 900 000-00-0", region: "RU", reason: phone.ReasonTooShort},
	{name: "a digit too many", in: "+7 900 000-00-011", region: "RU", reason: phone.ReasonInvalid},
	{name: "a barcode", in: "4600000000017", region: "RU", reason: phone.ReasonInvalid},
	{name: "more digits than any number", in: "+7 900 000-00-01 000 000", region: "RU", reason: phone.ReasonTooLong},
	{name: "two numbers", in: "89000000001 89000000002", region: "RU", reason: phone.ReasonTooLong},
	{name: "huge", in: strings.Repeat("9", 100_000), region: "RU", reason: phone.ReasonTooLong},
	{name: "65 runes", in: strings.Repeat("\u00A0", 65), region: "RU", reason: phone.ReasonTooLong},
	{name: "letters", in: "abc", region: "RU", reason: phone.ReasonNotNumber},
	{name: "letters on keys", in: "1-800-FLOWERS", region: "US", reason: phone.ReasonNotNumber},
	{name: "an extension", in: "+7 900 000-00-01 доб. 12", region: "RU", reason: phone.ReasonNotNumber},
	{name: "a link", in: "tel:+79000000001", region: "RU", reason: phone.ReasonNotNumber},
	{name: "two numbers with a slash", in: "89000000001/02", region: "RU", reason: phone.ReasonNotNumber},
	{name: "a plus inside", in: "7+9000000001", region: "RU", reason: phone.ReasonNotNumber},
	{name: "a control character inside", in: "+7900\x000000001", region: "RU", reason: phone.ReasonNotNumber},
	{name: "broken text", in: "+7900000\xff0001", region: "RU", reason: phone.ReasonNotNumber},
	{name: "digits of another script", in: "٨٩٠٠٠٠٠٠٠٠١", region: "RU", reason: phone.ReasonNotNumber},
	{name: "brackets alone", in: "(-)", region: "RU", reason: phone.ReasonNotNumber},
	{name: "no country", in: "9000000001", reason: phone.ReasonNoCountry},
	{name: "an unknown region", in: "9000000001", region: "XX", reason: phone.ReasonNoCountry},
	{name: "an unknown country code", in: "+999 900 000 0001", region: "RU", reason: phone.ReasonInvalid},
	{name: "an unassigned area", in: "+7 000 000-00-01", region: "RU", reason: phone.ReasonInvalid},
}

func TestParse(t *testing.T) {
	for _, tt := range parseCases {
		t.Run(tt.name, func(t *testing.T) {
			got, err := phone.Parse(tt.in, tt.region)
			if tt.reason == "" {
				require.NoError(t, err)
				assert.Equal(t, tt.want, got)
				return
			}
			var refused *phone.ParseError
			require.True(t, errors.As(err, &refused), "want a *ParseError, got %q and %v", got, err)
			assert.Equal(t, tt.reason, refused.Reason)
			assert.Empty(t, got)
		})
	}
}

func TestParseError_SaysWhatToDoAndNotTheNumber(t *testing.T) {
	sentences := map[string]bool{}
	for _, r := range []phone.Reason{
		phone.ReasonEmpty, phone.ReasonTooLong, phone.ReasonTooShort,
		phone.ReasonNotNumber, phone.ReasonNoCountry, phone.ReasonInvalid,
	} {
		sentence := (&phone.ParseError{Reason: r}).Error()
		assert.Contains(t, sentence, ":", "the part after the colon says what to do")
		sentences[sentence] = true
	}
	assert.Len(t, sentences, 6, "each reason has its own sentence")

	_, err := phone.Parse("+7 900 000-00-0", "RU")
	assert.NotContains(t, err.Error(), "900")
}

func TestMask(t *testing.T) {
	for in, want := range map[string]string{
		"+79000000067":  "+7 900 •••-••-67",
		"+77010000012":  "+7 701 ••• ••12",
		"+380500000034": "+380 50 ••• ••34",
		"+442070000056": "+44 20 •••• ••56",
		"+12025550123":  "+1 202-•••-••23",
		"":              "••••",
		"secret":        "••••",
		"+7123":         "••••",
	} {
		assert.Equal(t, want, phone.Mask(in), in)
	}
}

func TestDigits(t *testing.T) {
	assert.Equal(t, "79000000067", phone.Digits("+7 (900) 000-00-67"))
	assert.Equal(t, "", phone.Digits("нет ٣"))
}

func FuzzParse(f *testing.F) {
	for _, tt := range parseCases {
		if len(tt.in) < 300 {
			f.Add(tt.in, tt.region)
		}
	}
	f.Fuzz(func(t *testing.T, raw, region string) {
		require.LessOrEqual(t, len(phone.Digits(phone.Mask(raw))), 8, "country, three and two")
		got, err := phone.Parse(raw, region)
		if err != nil {
			var refused *phone.ParseError
			require.True(t, errors.As(err, &refused), "%v", err)
			require.Empty(t, got)
			return
		}
		require.Regexp(t, `^\+[1-9][0-9]{5,14}$`, got)
		again, err := phone.Parse(got, "")
		require.NoError(t, err)
		require.Equal(t, got, again, "one number, one form")
		masked := phone.Mask(got)
		require.GreaterOrEqual(t, strings.Count(masked, "•"), 4, masked)
		require.True(t, utf8.ValidString(masked))
	})
}

func TestMobile(t *testing.T) {
	for number, want := range map[string]bool{"+79000000001": true, "+74950000001": false, "+375291000001": true, "+380500000001": true, "+77010000000": true, "": false, "9000000001": false} {
		assert.Equal(t, want, phone.Mobile(number), number)
	}
}
