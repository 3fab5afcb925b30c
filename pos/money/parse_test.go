package money_test

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"kassa/pos/money"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// parseCase is one input with either a value or the reason it is refused for. The same
// tables seed the fuzz tests, and what fuzzing finds is added to them.
type parseCase struct {
	in     string
	want   int64
	reason money.Reason
}

var amountCases = []parseCase{
	{in: "1262.61", want: 126261},
	{in: "1262,61", want: 126261},
	{in: "1 262,61", want: 126261},
	{in: "1\u00A0262,61", want: 126261},
	{in: "1\u2009262,61", want: 126261},
	{in: "1\u202F262\u00A0000.5", want: 126200050},
	{in: "1,262.61", want: 126261},
	{in: "1.262,61", want: 126261},
	{in: "1,262,000.61", want: 126200061},
	{in: "  +5 ", want: 500},
	{in: "0", want: 0},
	{in: "007", want: 700},
	{in: ",5", want: 50},
	{in: "5,", want: 500},
	{in: "0.01", want: 1},
	{in: "10 000 000 000", want: int64(money.MaxAmount)},

	{in: "", reason: money.ReasonEmpty},
	{in: " \u00A0\u2009", reason: money.ReasonEmpty},
	{in: "1.234", reason: money.ReasonTooPrecise},
	{in: "1,262", reason: money.ReasonTooPrecise},
	{in: "1.000", reason: money.ReasonTooPrecise},
	{in: "10000000000.01", reason: money.ReasonTooLarge},
	{in: "99999999999999999999999999", reason: money.ReasonTooLarge},
	{in: strings.Repeat("9", 100_000), reason: money.ReasonTooLarge},
	{in: "-5", reason: money.ReasonNegative},
	{in: "−5,00", reason: money.ReasonNegative},
	{in: "-0", reason: money.ReasonNegative},
	{in: "12 62", reason: money.ReasonNotNumber},
	{in: "1262 000", reason: money.ReasonNotNumber},
	{in: "1  262", reason: money.ReasonNotNumber},
	{in: "1 262,000.50", reason: money.ReasonNotNumber},
	{in: "1,262,000", reason: money.ReasonNotNumber},
	{in: "12.34.56", reason: money.ReasonNotNumber},
	{in: "5 ,1", reason: money.ReasonNotNumber},
	{in: "5, 1", reason: money.ReasonNotNumber},
	{in: ".", reason: money.ReasonNotNumber},
	{in: "+", reason: money.ReasonNotNumber},
	{in: "-", reason: money.ReasonNotNumber},
	{in: "--5", reason: money.ReasonNotNumber},
	{in: "+-5", reason: money.ReasonNotNumber},
	{in: "- 5", reason: money.ReasonNotNumber},
	{in: "5-", reason: money.ReasonNotNumber},
	{in: "1e3", reason: money.ReasonNotNumber},
	{in: "0x10", reason: money.ReasonNotNumber},
	{in: "1_000", reason: money.ReasonNotNumber},
	{in: "5 ₽", reason: money.ReasonNotNumber},
	{in: "пять", reason: money.ReasonNotNumber},
	{in: "NaN", reason: money.ReasonNotNumber},
	{in: "Inf", reason: money.ReasonNotNumber},
	{in: "5\n", reason: money.ReasonNotNumber},
	{in: "\t5", reason: money.ReasonNotNumber},
	{in: "5\x00", reason: money.ReasonNotNumber},
	{in: "5\u202E1", reason: money.ReasonNotNumber},
	{in: "٥", reason: money.ReasonNotNumber},
	{in: "5\xff", reason: money.ReasonNotNumber},
}

var quantityCases = []parseCase{
	{in: "1", want: 1000},
	{in: "0,845", want: 845},
	{in: "0.001", want: 1},
	{in: "1,5", want: 1500},
	{in: "1 000 000", want: int64(money.MaxQuantity)},

	{in: "", reason: money.ReasonEmpty},
	{in: "0", reason: money.ReasonNegative},
	{in: "0,000", reason: money.ReasonNegative},
	{in: "-1", reason: money.ReasonNegative},
	{in: "0.0001", reason: money.ReasonTooPrecise},
	{in: "1000000,001", reason: money.ReasonTooLarge},
	{in: "4600000000017", reason: money.ReasonTooLarge}, // a barcode scanned into the field
	{in: "2*3", reason: money.ReasonNotNumber},
}

var percentCases = []parseCase{
	{in: "0", want: 0},
	{in: "12.5", want: 1250},
	{in: "12,5 %", want: 1250},
	{in: "12,55\u2009% ", want: 1255},
	{in: "100%", want: 10_000},

	{in: "", reason: money.ReasonEmpty},
	{in: "%", reason: money.ReasonEmpty},
	{in: "100.01", reason: money.ReasonTooLarge},
	{in: "-1%", reason: money.ReasonNegative},
	{in: "1.001%", reason: money.ReasonTooPrecise},
	{in: "5%%", reason: money.ReasonNotNumber},
	{in: "%5", reason: money.ReasonNotNumber},
}

func runParse[T ~int64](t *testing.T, parse func(string) (T, error), cases []parseCase) {
	t.Helper()
	for _, tt := range cases {
		name := tt.in
		if len(name) > 40 {
			name = name[:40]
		}
		t.Run(name, func(t *testing.T) {
			got, err := parse(tt.in)
			if tt.reason == "" {
				require.NoError(t, err)
				assert.Equal(t, tt.want, int64(got))
				return
			}
			var refused *money.ParseError
			require.True(t, errors.As(err, &refused), "want a *ParseError, got %d and %v", got, err)
			assert.Equal(t, tt.reason, refused.Reason, err)
			assert.Zero(t, got)
		})
	}
}

func TestParseAmount(t *testing.T)   { runParse(t, money.ParseAmount, amountCases) }
func TestParseQuantity(t *testing.T) { runParse(t, money.ParseQuantity, quantityCases) }
func TestParsePercent(t *testing.T)  { runParse(t, money.ParsePercent, percentCases) }

func TestParseError_SaysWhatToDo(t *testing.T) {
	for in, want := range map[string]string{
		"":      "amount is empty: enter a number such as 1262.61",
		"abc":   `amount "abc" is not a number: enter digits such as 1262.61`,
		"1.234": `amount "1.234" has too many digits after the separator: enter at most 2`,
		"-1":    `amount "-1" is too small: enter 0 or more`,
		"1e\n3": `amount "1e` + "\uFFFD" + `3" is not a number: enter digits such as 1262.61`,
	} {
		_, err := money.ParseAmount(in)
		assert.EqualError(t, err, want)
	}
	_, err := money.ParseQuantity("0")
	assert.EqualError(t, err, `quantity "0" is too small: enter 0.001 or more`)
	_, err = money.ParsePercent("101 %")
	assert.EqualError(t, err, `percentage "101 %" is too large: enter 100 or less`)
	assert.EqualError(t, &money.ParseError{Reason: money.ReasonEmpty}, "amount is empty: enter a number such as 1262.61")
}

func TestParseError_CutsItsInput(t *testing.T) {
	_, err := money.ParseAmount(strings.Repeat("щ", 32))
	assert.Equal(t, strings.Repeat("щ", 32), err.(*money.ParseError).Input)
	_, err = money.ParseAmount(strings.Repeat("щ", 33))
	assert.Equal(t, strings.Repeat("щ", 31)+"…", err.(*money.ParseError).Input)
}

func FuzzParseAmount(f *testing.F) {
	for _, tt := range amountCases {
		if len(tt.in) < 100 {
			f.Add(tt.in)
		}
	}
	f.Fuzz(func(t *testing.T, in string) {
		got, err := money.ParseAmount(in)
		if err != nil {
			checkRefusal(t, err)
			return
		}
		require.True(t, got >= 0 && got <= money.MaxAmount, "%d", got)
		again, err := money.ParseAmount(got.String())
		require.NoError(t, err)
		require.Equal(t, got, again)
	})
}

func FuzzParseQuantity(f *testing.F) {
	for _, tt := range quantityCases {
		f.Add(tt.in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got, err := money.ParseQuantity(in)
		if err != nil {
			checkRefusal(t, err)
			return
		}
		require.True(t, got > 0 && got <= money.MaxQuantity, "%d", got)
		again, err := money.ParseQuantity(got.String())
		require.NoError(t, err)
		require.Equal(t, got, again)
	})
}

// checkRefusal holds an error to its promise: typed, short and safe to show.
func checkRefusal(t *testing.T, err error) {
	t.Helper()
	var refused *money.ParseError
	require.True(t, errors.As(err, &refused), "%v", err)
	require.LessOrEqual(t, utf8.RuneCountInString(refused.Input), 32)
	for _, r := range refused.Input {
		require.True(t, unicode.IsPrint(r) || r == utf8.RuneError, "%q", refused.Input)
	}
}
