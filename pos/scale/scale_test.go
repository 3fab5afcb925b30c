package scale_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/scale"
)

const shopRules = "20=weight/5, 21=weight/6, 22=price/5/check, 23=price/4/check, 24=price/5"

func rules(t testing.TB, text string) scale.Rules {
	t.Helper()
	r, err := scale.ParseRules(text)
	require.NoError(t, err)
	return r
}

// ean adds the last digit to twelve.
func ean(digits string) string { return digits + string(scale.CheckDigit(digits)) }

func TestRules_Read(t *testing.T) {
	for name, tt := range map[string]struct {
		code string
		item string
		qty  money.Quantity
		sum  money.Amount
		id   string // of the refusal
	}{
		"a weight":                   {code: ean("200004201234"), item: "42", qty: 1234},
		"a longer number":            {code: ean("211234561234"), item: "123456", qty: 1234},
		"a price":                    {code: ean("240004212345"), item: "42", sum: 12345},
		"a price with a check digit": {code: ean("220004292875"), item: "42", sum: 2875},
		"one of five digits":         {code: ean("230042614685"), item: "42", sum: 14685},
		"its check digit is wrong":   {code: ean("220004282875"), item: "42", sum: 2875, id: "label.inner"},
		"a weight of nothing":        {code: ean("200004200000"), item: "42", id: "label.none-weight"},
		"a price of nothing":         {code: ean("240004200000"), item: "42", id: "label.none-price"},
		"goods of number nothing":    {code: ean("200000001234"), item: "0", qty: 1234},
		"the last digit is wrong":    {code: "200004201234" + "0", item: "42", qty: 1234, id: "label.check"},
	} {
		t.Run(name, func(t *testing.T) {
			l, ok, err := rules(t, shopRules).Read(tt.code)
			require.True(t, ok)
			if tt.id == "" {
				require.NoError(t, err)
			} else {
				var e *pos.Error
				require.ErrorAs(t, err, &e)
				require.Equal(t, tt.id, e.ID)
			}
			assert.Equal(t, tt.item, l.Item)
			assert.Equal(t, tt.qty, l.Weight)
			assert.Equal(t, tt.sum, l.Price)
		})
	}
	for name, code := range map[string]string{
		"another prefix": ean("290004201234"), "a maker's code": ean("460000000001"), "twelve digits": "200004201234",
		"letters": "20000420123AB", "nothing": "", "digits of another alphabet": "20000420123٤", "a minus": "20000-2012347",
	} {
		t.Run(name+" is no label", func(t *testing.T) {
			_, ok, err := rules(t, shopRules).Read(code)
			require.NoError(t, err)
			require.False(t, ok)
		})
	}
}

// The examples of the standard: 2875 has the digit 9, 14685 the digit 6.
func TestRule_Write_InnerDigit(t *testing.T) {
	four, err := scale.Rule{Prefix: 22, Kind: scale.Price, Item: 5, Inner: true}.Write("42", 2875)
	require.NoError(t, err)
	assert.Equal(t, "220004292875", four[:12])
	five, err := scale.Rule{Prefix: 23, Kind: scale.Price, Item: 4, Inner: true}.Write("42", 14685)
	require.NoError(t, err)
	assert.Equal(t, "230042614685", five[:12])
}

func TestRule_Write_IsReadBack(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	all := rules(t, shopRules)
	for range 2000 {
		r := all[rnd.IntN(len(all))]
		most := int64(1)
		for range r.Figure() {
			most *= 10
		}
		figure := 1 + rnd.Int64N(most-1)
		code, err := r.Write("4242", figure)
		require.NoError(t, err)
		l, ok, err := all.Read(code)
		require.NoError(t, err, code)
		require.True(t, ok)
		require.Equal(t, "4242", l.Item)
		require.Equal(t, figure, int64(l.Weight)+int64(l.Price))
		at := rnd.IntN(13)
		wrong := []byte(code)
		wrong[at] = '0' + (wrong[at]-'0'+1+byte(rnd.IntN(9)))%10
		if at >= 2 {
			_, _, err = all.Read(string(wrong))
			require.Error(t, err, "one digit of %s misread at %d", code, at)
		}
	}
	_, err := all[0].Write("123456", 1)
	require.Error(t, err)
	_, err = all[0].Write("1", 1_000_000)
	require.Error(t, err)
	_, err = all[0].Write("", 1)
	require.Error(t, err)
	_, err = all[0].Write("1a", 1)
	require.Error(t, err)
}

func TestParseRules(t *testing.T) {
	assert.Equal(t, shopRules, rules(t, "24=price/5;23=price/4/check 22=price/5/check, 21=weight/6,20=weight/5").String())
	assert.Empty(t, rules(t, " "))
	for text, id := range map[string]string{
		"19=weight/5": "label.rule-prefix", "30=weight/5": "label.rule-prefix", "20=sum/5": "label.rule-kind", "20=weight/2": "label.rule-digits",
		"20=weight/8": "label.rule-digits", "20=weight/7": "label.rule-digits", "20=weight/x": "label.rule-text", "20": "label.rule-text", "20=weight/5/x": "label.rule-text",
		"20=weight/5/check/1": "label.rule-text", "20=weight/5,20=price/5": "label.rule-twice", "20=price/3/check": "label.rule-inner",
		"20=price/6/check": "label.rule-digits", "20=price/5, =": "label.rule-text",
	} {
		_, err := scale.ParseRules(text)
		var e *pos.Error
		require.ErrorAs(t, err, &e, text)
		assert.Equal(t, id, e.ID, text)
	}
}

func TestShare(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 20_000 {
		price, sum := money.Amount(1+rnd.Int64N(1_000_000)), money.Amount(1+rnd.Int64N(999_999))
		q, over, ok := scale.Share(price, sum)
		if !ok {
			require.Greater(t, int64(sum)*1000/int64(price), int64(money.MaxQuantity)-1000)
			continue
		}
		total, err := money.LineTotal(price, q)
		require.NoError(t, err)
		require.Equal(t, sum, total-over, "the sum is the label's to the last minor unit")
		require.GreaterOrEqual(t, int64(over), int64(0))
		if q > 1 {
			less, err := money.LineTotal(price, q-1)
			require.NoError(t, err)
			require.Less(t, less, sum, "no smaller quantity will do")
		}
	}
	_, _, ok := scale.Share(0, 100)
	assert.False(t, ok)
	_, _, ok = scale.Share(100, 0)
	assert.False(t, ok)
}

func FuzzRules_Read(f *testing.F) {
	all, _ := scale.ParseRules(shopRules)
	for _, code := range []string{"2000042012340", "2300004292875", "", "4600000000015", "20000420123AB", "2\x00", "٢٠٠٠٠٤٢٠١٢٣٤٠"} {
		f.Add(code)
	}
	f.Fuzz(func(t *testing.T, code string) {
		l, ok, err := all.Read(code)
		if !ok && err != nil {
			t.Fatal("no label is no error")
		}
		if ok && err == nil && (l.Weight > 0) == (l.Price > 0) {
			t.Fatalf("%q is neither a weight nor a price: %+v", code, l)
		}
		if ok && err == nil {
			back, werr := l.Rule.Write(l.Item, int64(l.Weight)+int64(l.Price))
			if werr != nil || back != code {
				t.Fatalf("%q is written back as %q (%v)", code, back, werr)
			}
		}
	})
}

func FuzzParseRules(f *testing.F) {
	for _, s := range []string{shopRules, "", "20=weight/5", "20=price/5/check", "=", "20=/", "99999999999999999999=weight/5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		all, err := scale.ParseRules(s)
		if err != nil {
			return
		}
		again, err := scale.ParseRules(all.String())
		if err != nil || again.String() != all.String() {
			t.Fatalf("%q is read as %q, that as %q (%v)", s, all, again, err)
		}
	})
}
