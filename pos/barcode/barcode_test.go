package barcode_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos/barcode"
)

func TestSameNumber(t *testing.T) {
	for name, tt := range map[string]struct {
		code string
		want []string
	}{
		"UPC-A":                          {"036000291452", []string{"0036000291452", "00036000291452", "36000291452"}},
		"EAN-13 of a UPC-A":              {"0036000291452", []string{"036000291452", "00036000291452", "36000291452"}},
		"UPC-A whose zero a sheet ate":   {"36000291452", []string{"036000291452", "0036000291452"}},
		"EAN-13":                         {"4600000000015", []string{"04600000000015"}},
		"GTIN-14 of it":                  {"04600000000015", []string{"4600000000015"}},
		"EAN-8":                          {"46000019", []string{"0000046000019", "00000046000019"}},
		"EAN-8 in EAN-13":                {"0000046000019", []string{"46000019"}},
		"EAN-8 in GTIN-14":               {"00000046000019", []string{"46000019"}},
		"UPC-E":                          {"04252614", []string{"042100005264", "0042100005264"}},
		"UPC-A that has a UPC-E":         {"042100005264", []string{"04252614"}},
		"a book of ten digits":           {"5699120149", []string{"9785699120147"}},
		"a book of thirteen":             {"9785699120147", []string{"5699120149"}},
		"a package":                      {"14600000000012", nil},
		"a wrong check digit":            {"4600000000016", nil},
		"a number of the shop":           {"00123", nil},
		"letters":                        {"ABC-1234", nil},
		"none":                           {"", nil},
		"thirteen letters beside digits": {"460000000001A", nil},
	} {
		t.Run(name, func(t *testing.T) {
			got := barcode.SameNumber(tt.code)
			if tt.want == nil {
				require.Empty(t, got)
			}
			require.Subset(t, got, tt.want)
			require.NotContains(t, got, tt.code)
		})
	}
}

// TestSameNumber_IsMutual: whichever writing the shop keeps, each other one leads
// to it. Eight digits may be an EAN-8 and a UPC-E at once: such a text leads to both
// numbers, which are no writings of one another.
func TestSameNumber_IsMutual(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		g := randomGTIN(rnd)
		all := append(barcode.SameNumber(g), g)
		for _, a := range all {
			for _, b := range all {
				require.True(t, a == b || slices.Contains(barcode.SameNumber(a), b) || twoNumbers(all), "%s is %s", a, b)
			}
		}
	}
}

// twoNumbers reports writings among which one of eight digits stands for another
// number too.
func twoNumbers(all []string) bool {
	return slices.ContainsFunc(all, func(s string) bool {
		return len(s) == 8 && slices.ContainsFunc(barcode.SameNumber(s), func(o string) bool { return !slices.Contains(all, o) }) ||
			len(s) == 8 && barcode.GTIN(s) != "" && slices.ContainsFunc(all, func(o string) bool { return barcode.GTIN(o) != barcode.GTIN(s) })
	})
}

// randomGTIN is a number of goods with as many leading zeros as there are.
func randomGTIN(rnd *rand.Rand) string {
	size := []int{7, 11, 12, 12, 12, 13}[rnd.IntN(6)]
	s := ""
	for range size {
		s += string(rune('0' + rnd.IntN(10)))
	}
	if size == 13 {
		s = string(rune('1'+rnd.IntN(9))) + s[1:]
	}
	if size == 11 && rnd.IntN(2) == 0 { // one that has a UPC-E
		s = fmt.Sprintf("0%02d%d0000%03d", rnd.IntN(100), rnd.IntN(3), rnd.IntN(1000))
	}
	return s + string(barcode.CheckDigit(s))
}

func TestParse(t *testing.T) {
	const gtin = "04600000000015"
	mark := "01" + gtin + `215"Y>pB!wK3,tM`
	for name, tt := range map[string]struct {
		text string
		want barcode.Elements
	}{
		"goods alone":                 {"01" + gtin, barcode.Elements{GTIN: gtin}},
		"a marking code":              {mark + "\x1d91EE06\x1d92abcd/+==", barcode.Elements{GTIN: gtin}},
		"with FNC1 before it":         {"\x1d" + mark + "\x1d91EE06\x1d92abcd", barcode.Elements{GTIN: gtin}},
		"with its prefix":             {"]d2" + mark + "\x1d91EE06", barcode.Elements{GTIN: gtin}},
		"separators in words":         {mark + "{GS}91EE06{GS}92ab", barcode.Elements{GTIN: gtin}},
		"separators as Go writes":     {mark + `\x1d91EE06\x1d92ab`, barcode.Elements{GTIN: gtin}},
		"separators as spaces":        {mark + " 91EE06 92ab", barcode.Elements{GTIN: gtin}},
		"separators left out":         {mark + "91EE0692ab", barcode.Elements{GTIN: gtin}},
		"separators as shown":         {mark + "␝91EE06␝92ab", barcode.Elements{GTIN: gtin}},
		"brackets":                    {"(01)" + gtin + "(21)5(ab)c(3103)001234", barcode.Elements{GTIN: gtin, Weight: 1234}},
		"tobacco":                     {gtin + `!"%&abcAAAAdGVz`, barcode.Elements{GTIN: gtin}},
		"tobacco without its proof":   {gtin + "abcdefgAAAA", barcode.Elements{GTIN: gtin}},
		"a web address":               {"https://id.gs1.org/01/" + gtin + "/21/abc?x=1", barcode.Elements{GTIN: gtin}},
		"a packer's weight":           {"]C101" + gtin + "3103001234", barcode.Elements{GTIN: gtin, Weight: 1234}},
		"tenths of grams":             {"]C101" + gtin + "3104012345", barcode.Elements{GTIN: gtin, Weight: 1235}},
		"whole kilograms":             {"]C101" + gtin + "3100000012", barcode.Elements{GTIN: gtin, Weight: 12_000}},
		"weight behind dates":         {"01" + gtin + "1126010115260201" + "3102000150", barcode.Elements{GTIN: gtin, Weight: 1500}},
		"a price":                     {"01" + gtin + "392212345\x1d10A1", barcode.Elements{GTIN: gtin, Price: 12345, PriceDigits: 2, HasPrice: true}},
		"a price with its currency":   {"01" + gtin + "393264312345", barcode.Elements{GTIN: gtin, Price: 12345, PriceDigits: 2, HasPrice: true}},
		"a count":                     {"01" + gtin + "3012", barcode.Elements{GTIN: gtin, Count: 12}},
		"a case":                      {"02" + gtin + "3724", barcode.Elements{GTIN: gtin, Content: true}},
		"a lot that looks like more":  {"01" + gtin + "10LOT3103009999", barcode.Elements{GTIN: gtin}},
		"a weight whose end is lost":  {"]C101" + gtin + "310300", barcode.Elements{GTIN: gtin}},
		"a weight that is no number":  {"]C101" + gtin + "31030012a4", barcode.Elements{GTIN: gtin}},
		"a pound is not a kilogram":   {"]C101" + gtin + "3201001234", barcode.Elements{GTIN: gtin}},
		"the prefix under Caps Lock":  {"]D2" + mark, barcode.Elements{GTIN: gtin}},
		"a space before the brackets": {" (01) " + gtin, barcode.Elements{}},
		"a pallet":                    {"00146000000000000015", barcode.Elements{}},
		"a wrong check digit":         {"0104600000000016" + "21abc", barcode.Elements{}},
		"sixteen digits of a shop":    {"0104600000000018", barcode.Elements{}},
		"what goes on otherwise":      {"01" + gtin + "ZZ9", barcode.Elements{}},
		"plain goods":                 {"4600000000015", barcode.Elements{}},
		"nothing":                     {"", barcode.Elements{}},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := barcode.Parse(tt.text)
			require.Equal(t, tt.want.GTIN != "", ok)
			require.Equal(t, tt.want, got)
		})
	}
}

func TestLatins_UndoEachLayout(t *testing.T) {
	for typed, want := range map[string]string{
		"ФИС-1234":  "ABC-1234",
		"фис-1234":  "abc-1234",
		"йцу.кен":   "qwe/rty",
		"жэхъ":      ";'[]",
		"фіс":       "asc", // Ukrainian: і is on the key of S
		"хїє'":      "[]'`",
		"ўіс":       "obc", // Belarusian: і is on the key of B
		"ң,қққққққ": "46000000"[:1] + "6" + "0000000",
		"460.7":     "460/7", // signs alone
		"1;2":       "1$2",
	} {
		assert.Contains(t, barcode.Latins(typed), want, typed)
	}
	assert.Empty(t, barcode.Latins("abc"), "Latin letters were typed under a Latin layout")
	assert.Empty(t, barcode.Latins("4600000000015"))
	assert.Equal(t, "ABC", barcode.Latin("ФИС"))
	assert.Equal(t, "b'o", barcode.Latin("іэў"))
	assert.Equal(t, "460/7", barcode.Latin("460/7"))
	assert.Contains(t, barcode.Cyrillics("fhn-15"), "арт-15")
	assert.Contains(t, barcode.Alike("АВС-15"), "ABC-15")
	assert.Contains(t, barcode.Alike("ABC-15"), "АВС-15")
	assert.Contains(t, barcode.Alike("АBС-15"), "ABC-15", "mixed")
	assert.Empty(t, barcode.Alike("FHN-15"))
	assert.ElementsMatch(t, []string{"aBC", "ABC", "abc"}, barcode.Cases("Abc"))
}

// TestForms_CertainComesFirst: a number in another writing is tried before letters
// are guessed at.
func TestForms_CertainComesFirst(t *testing.T) {
	keys := slices.Concat(barcode.Typed("ъУ0АВС")...)
	require.Equal(t, "ABC", barcode.Latin("ФИС"))
	require.Contains(t, keys, "FDC", "the prefix of a scanner under the Russian layout")
	require.Equal(t, []string{"4600000000015"}, barcode.Forms("04600000000015")[0].Keys)
	require.Equal(t, "4600000000015", barcode.Forms("]E04600000000015")[0].Keys[0])
	require.Contains(t, slices.Concat(barcode.Typed("977000000000301"[:13]+"05")...), "9770000000003"[:13])
	require.Empty(t, barcode.Forms("123"), "a plain number costs nothing more")
}

func FuzzForms(f *testing.F) {
	for _, s := range []string{"", "]", "]C1", "(01)", "(01", "()", "01", "\x1d", "␝", "0104600000000015", "]d2␝(10)", "ң", "https:///01/", "3103", "\xff\xfe",
		strings.Repeat("9", 300), "04600000000015ABCDEFGAAAAbbbb", "ІіЎў'\\"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, form := range barcode.Forms(s) {
			for _, k := range form.Keys {
				if k == s || k == "" {
					t.Fatalf("%q is its own form", s)
				}
			}
			if form.GTIN != "" && barcode.GTIN(form.GTIN) != form.GTIN {
				t.Fatalf("%q names %q", s, form.GTIN)
			}
			if form.Weight < 0 || form.Price < 0 || form.Count < 0 {
				t.Fatalf("%q: %+v", s, form.Elements)
			}
			if len(form.Keys) > 40 {
				t.Fatalf("%q has %d keys", s, len(form.Keys))
			}
		}
	})
}
