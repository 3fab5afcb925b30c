package receiptdata_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/receiptdata"
)

func sale(lines ...pos.SaleLine) *pos.Sale {
	s := &pos.Sale{Lines: lines}
	for _, l := range lines {
		s.Total = s.Total.Add(l.Sum)
	}
	return s
}

func line(name string, qty money.Quantity, sum money.Amount, vat money.Percent) pos.SaleLine {
	return pos.SaleLine{Line: pos.Line{Name: name, Qty: qty, VAT: vat}, LineTotals: pos.LineTotals{Sum: sum}}
}

func text(t *testing.T, d receiptdata.Data) string {
	t.Helper()
	b, err := json.Marshal(d)
	require.NoError(t, err)
	return string(b)
}

func rules(all []receiptdata.Finding) []string {
	out := []string{}
	for _, f := range all {
		name := f.Rule
		if f.Warning {
			name += "?"
		}
		if f.Position > 0 {
			name = fmt.Sprint(f.Position, ":", name)
		}
		out = append(out, name)
	}
	return out
}

func TestOf(t *testing.T) {
	two := sale(line("Кофе в зёрнах, 250 г", money.One, 1500, 2000), line("Булочка", 3*money.One, 900, 1000))
	for name, c := range map[string]struct {
		sale *pos.Sale
		mode receiptdata.Mode
		want string
		odd  []string
	}{
		"VAT on top, as in the service's example": {two, receiptdata.Added,
			`{"positions":[{"quantity":1,"amount":1500,"tax":20,"tax_amount":300,"description":"Кофе в зёрнах, 250 г"},{"quantity":3,"amount":900,"tax":10,"tax_amount":90,"description":"Булочка"}],"total_tax_amount":390}`, []string{}},
		"VAT contained": {two, receiptdata.Included,
			`{"positions":[{"quantity":1,"amount":1500,"tax":20,"tax_amount":250,"description":"Кофе в зёрнах, 250 г"},{"quantity":3,"amount":900,"tax":10,"tax_amount":82,"description":"Булочка"}],"total_tax_amount":332}`, []string{}},
		"one rate for all": {sale(line("Сыр", 345, 28635, 1000), line("Хлеб", money.One, 4500, 1000)), receiptdata.Included,
			`{"positions":[{"quantity":0.345,"amount":28635,"tax_amount":2603,"description":"Сыр"},{"quantity":1,"amount":4500,"tax_amount":409,"description":"Хлеб"}],"total_tax_amount":3012,"common_tax":10}`, []string{}},
		"without VAT no rate is told, with 0 % it is": {sale(line("Марка", money.One, 100, pos.NoVAT), line("Книга", money.One, 100, 0)), receiptdata.Included,
			`{"positions":[{"quantity":1,"amount":100,"tax_amount":0,"description":"Марка"},{"quantity":1,"amount":100,"tax":0,"tax_amount":0,"description":"Книга"}],"total_tax_amount":0}`, []string{}},
		"a rate of a fraction": {sale(line("", money.One, 1000, 667)), receiptdata.Added,
			`{"positions":[{"quantity":1,"amount":1000,"tax_amount":67}],"total_tax_amount":67,"common_tax":6.67}`, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			d, odd := receiptdata.Of(c.sale, c.mode, "Прочие позиции")
			require.Equal(t, c.want, text(t, d))
			require.Equal(t, c.odd, rules(odd))
		})
	}
}

// What is struck off is not told, and a rounding of the whole is said.
func TestOf_RemovedAndRounded(t *testing.T) {
	gone := line("Торт", money.One, 0, 2000)
	gone.Removed = true
	s := sale(line("Чай", money.One, 1234, 2000), gone)
	s.Total, s.Rounding = 1230, 4
	d, odd := receiptdata.Of(s, receiptdata.Included, "")
	require.Len(t, d.Positions, 1)
	require.Equal(t, []string{"V10?"}, rules(odd))
}

func TestOf_MoreThanFifty(t *testing.T) {
	for _, n := range []int{49, 50, 51, 52, 200} {
		var lines []pos.SaleLine
		for i := range n {
			lines = append(lines, line(fmt.Sprint("Товар ", i), money.One, money.Amount(100+(i*37)%n), 2000))
		}
		s := sale(lines...)
		d, odd := receiptdata.Of(s, receiptdata.Included, "Прочие позиции")
		require.Empty(t, odd)
		require.Equal(t, s.Total, d.Sum(), "nothing is lost by folding")
		require.Len(t, d.Positions, min(n, 50))
		if n <= 50 {
			continue
		}
		last := d.Positions[49]
		require.Equal(t, "Прочие позиции", last.Description)
		require.Nil(t, last.Quantity, "pieces and kilograms do not add up")
		smallest := d.Positions[0].Amount
		for _, p := range d.Positions[:49] {
			smallest = min(smallest, p.Amount)
		}
		told := map[string]bool{}
		for _, p := range d.Positions[:49] {
			told[p.Description] = true
		}
		for _, l := range lines {
			require.True(t, told[l.Name] || l.Sum <= smallest, "the largest stay apart")
		}
		var vat money.Amount
		for _, l := range lines {
			vat = vat.Add(money.VATIncluded(l.Sum, 2000))
		}
		require.Equal(t, vat, *d.TotalTax, "the VAT of the receipt, to the unit")
	}
}

func TestDescribe(t *testing.T) {
	require.Equal(t, strings.Repeat("я", 255), receiptdata.Describe(strings.Repeat("я", 255)))
	require.Equal(t, strings.Repeat("я", 252)+"...", receiptdata.Describe(strings.Repeat("я", 256)))
	require.Empty(t, receiptdata.Describe("  \t"))
	require.Equal(t, "a�b", receiptdata.Describe("a\xffb"))
}

// The published example of the service: what is paid is one unit more than what
// the positions come to, which must not stop anybody.
const published = `{"payment":{"amount":131971,"currency":"RUB"},"receipt_data":{"positions":[
 {"quantity":1,"amount":5990,"tax":20,"tax_amount":1198,"description":"A"},
 {"quantity":3,"amount":2990,"tax":10,"tax_amount":299,"description":"B"},
 {"quantity":1,"amount":122990,"tax":20,"tax_amount":24598,"description":"C"}],"total_tax_amount":26095}}`

func TestRead(t *testing.T) {
	position := func(fields string) string {
		return `{"positions":[{` + fields + `}]}`
	}
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"the service's example":       {published, []string{"V10?"}},
		"no positions":                {`{"positions":[]}`, []string{"V1"}},
		"51 positions":                {`{"positions":[` + strings.Repeat(`{"amount":1},`, 50) + `{"amount":1}]}`, []string{"V1"}},
		"no amount":                   {position(`"tax":20`), []string{"1:V2"}},
		"amount null":                 {position(`"amount":null`), []string{"1:V2"}},
		"amount with kopecks":         {position(`"amount":12.5`), []string{"1:V2"}},
		"amount 12.0":                 {position(`"amount":12.0`), []string{}},
		"amount as text":              {position(`"amount":"12"`), []string{"1:V2"}},
		"amount in scientific":        {position(`"amount":1e3`), []string{"1:V2"}},
		"amount below zero":           {position(`"amount":-5`), []string{"1:V2", "V10?"}[:1]},
		"amount beyond any":           {position(`"amount":9223372036854775807`), []string{"1:V2"}},
		"amount with too many digits": {position(`"amount":99999999999999999999`), []string{"1:V2"}},
		"quantity zero":               {position(`"amount":1,"quantity":0`), []string{"1:V3"}},
		"quantity below zero":         {position(`"amount":1,"quantity":-0.5`), []string{"1:V3"}},
		"six decimals":                {position(`"amount":1,"quantity":0.000001`), []string{}},
		"seven decimals":              {position(`"amount":1,"quantity":0.0000001`), []string{"1:V3"}},
		"seven decimals, the last 0":  {position(`"amount":1,"quantity":0.1000000`), []string{}},
		"rate below zero":             {position(`"amount":1,"tax":-1`), []string{"1:V4"}},
		"rate of 100":                 {position(`"amount":1,"tax":100`), []string{}},
		"rate above 100":              {position(`"amount":1,"tax":100.01`), []string{"1:V4"}},
		"rate of three decimals":      {position(`"amount":1,"tax":6.667`), []string{"1:V4"}},
		"VAT below zero":              {position(`"amount":1,"tax_amount":-1`), []string{"1:V5"}},
		"VAT above the amount":        {position(`"amount":1,"tax_amount":2`), []string{"1:V5"}},
		"VAT of a fraction":           {position(`"amount":9,"tax_amount":1.5`), []string{"1:V5"}},
		"VAT one unit off":            {position(`"amount":5990,"tax":20,"tax_amount":1199`), []string{}},
		"VAT two units off":           {position(`"amount":5990,"tax":20,"tax_amount":1200`), []string{"1:V6?"}},
		"total VAT one unit off":      {`{"positions":[{"amount":5990,"tax_amount":1198}],"total_tax_amount":1199}`, []string{"V7"}},
		"total VAT of a fraction":     {`{"positions":[{"amount":5990,"tax_amount":1198}],"total_tax_amount":1198.5}`, []string{"V7"}},
		"a common rate beside others": {`{"positions":[{"amount":10,"tax":20},{"amount":10,"tax":10}],"common_tax":20}`, []string{"2:V8"}},
		"a common rate of 101":        {`{"positions":[{"amount":10}],"common_tax":101}`, []string{"1:V4"}},
		"a common rate of a word":     {`{"positions":[{"amount":10}],"common_tax":"x"}`, []string{"V4"}},
		"sums beyond any":             {`{"positions":[` + strings.Repeat(`{"amount":999999999999},`, 49) + `{"amount":999999999999}]}`, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			d, payment, found, err := receiptdata.Read([]byte(c.text))
			require.NoError(t, err)
			against := d.Sum()
			if payment != nil {
				against = *payment
			}
			require.Equal(t, c.want, rules(append(found, receiptdata.Check(&d, against, receiptdata.Added)...)))
		})
	}
	for _, bad := range []string{"", "null", "[]", "1", `{"positions":5}`, `{"receipt_data":null,"positions":[}`, "{\"positions\":\"\xff\"}", `{"positions":[{"amount":1}]} x`} {
		_, _, _, err := receiptdata.Read([]byte(bad))
		require.ErrorIs(t, err, receiptdata.ErrNotAnObject, bad)
	}
}

// What we write is what we read.
func FuzzRead(f *testing.F) {
	f.Add([]byte(published))
	f.Fuzz(func(t *testing.T, in []byte) {
		d, _, found, err := receiptdata.Read(in)
		if err != nil || receiptdata.Refused(append(found, receiptdata.Check(&d, 0, receiptdata.Included)...)) {
			return
		}
		once := text(t, d)
		again, _, odd, err := receiptdata.Read([]byte(once))
		require.NoError(t, err)
		require.Empty(t, odd)
		require.Equal(t, once, text(t, again))
	})
}
