// Package scale reads the labels of weighing scales: EAN-13 codes that carry
// the number of goods and their weight or price. It is pure.
//
// A label is thirteen digits: a prefix of two (20…29, which no maker of goods
// has), the number of the goods, an inner check digit where the scale prints
// one, the weight in grams or the price in minor units, and the check digit of
// every EAN-13.
package scale

import (
	"slices"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/barcode"
	"kassa/pos/money"
)

// Kind tells what the figure of a label is.
type Kind string

// Kinds of figures.
const (
	Weight Kind = "weight" // grams
	Price  Kind = "price"  // minor units
)

// Rule tells how the labels of one prefix read.
type Rule struct {
	Prefix int // 20…29
	Kind   Kind
	Item   int  // digits of the number of goods
	Inner  bool // a check digit of the figure stands before it
}

// digits of a label.
const (
	size        = 13
	prefixSize  = 2
	leastItem   = 3
	leastFigure = 4
	mostFigure  = 6
)

// Figure is how many digits the weight or price has.
func (r Rule) Figure() int {
	n := size - prefixSize - 1 - r.Item
	if r.Inner {
		n--
	}
	return n
}

// Check tells what is wrong with a rule as CodeInvalid.
func (r Rule) Check() error {
	switch {
	case r.Prefix < 20 || r.Prefix > 29:
		return pos.E(pos.CodeInvalid, "label.rule-prefix", nil)
	case r.Kind != Weight && r.Kind != Price:
		return pos.E(pos.CodeInvalid, "label.rule-kind", nil)
	case r.Item < leastItem, r.Item > pos.MaxScaleDigits, r.Figure() < leastFigure, r.Figure() > mostFigure:
		return pos.E(pos.CodeInvalid, "label.rule-digits", pos.Args{"Prefix": r.Prefix})
	case r.Inner && r.Figure() > 5:
		return pos.E(pos.CodeInvalid, "label.rule-inner", pos.Args{"Prefix": r.Prefix})
	}
	return nil
}

// String writes the rule as ParseRules reads it.
func (r Rule) String() string {
	s := strconv.Itoa(r.Prefix) + "=" + string(r.Kind) + "/" + strconv.Itoa(r.Item)
	if r.Inner {
		s += "/check"
	}
	return s
}

// Rules are the prefixes of a shop's scales, each once.
type Rules []Rule

// ParseRules reads rules such as "20=weight/5, 23=price/5/check". An empty text
// is no rules. CodeInvalid for anything else, and for a prefix given twice.
func ParseRules(s string) (Rules, error) {
	var all Rules
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == ' ' }) {
		r, err := parseRule(part)
		if err != nil {
			return nil, err
		}
		if _, twice := all.of(r.Prefix); twice {
			return nil, pos.E(pos.CodeInvalid, "label.rule-twice", pos.Args{"Prefix": r.Prefix})
		}
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b Rule) int { return a.Prefix - b.Prefix })
	return all, nil
}

func parseRule(s string) (Rule, error) {
	unread := pos.E(pos.CodeInvalid, "label.rule-text", pos.Args{"Text": s})
	prefix, rest, ok := strings.Cut(s, "=")
	parts := strings.Split(rest, "/")
	if !ok || len(parts) < 2 || len(parts) > 3 || (len(parts) == 3 && parts[2] != "check") {
		return Rule{}, unread
	}
	r := Rule{Kind: Kind(parts[0]), Inner: len(parts) == 3}
	var err, err2 error
	r.Prefix, err = strconv.Atoi(prefix)
	r.Item, err2 = strconv.Atoi(parts[1])
	if err != nil || err2 != nil {
		return Rule{}, unread
	}
	return r, r.Check()
}

// String writes the rules as ParseRules reads them.
func (all Rules) String() string {
	parts := make([]string, len(all))
	for i, r := range all {
		parts[i] = r.String()
	}
	return strings.Join(parts, ", ")
}

func (all Rules) of(prefix int) (Rule, bool) {
	for _, r := range all {
		if r.Prefix == prefix {
			return r, true
		}
	}
	return Rule{}, false
}

// Label is what a label says.
type Label struct {
	Rule   Rule
	Item   string         // number of the goods without leading zeros; "0" for zero
	Weight money.Quantity // of a weight
	Price  money.Amount   // of a price
}

// Read reads a code by the rules. It answers false for a code that is no label:
// other than thirteen digits, or of a prefix nobody set up. A label that cannot
// be right is CodeInvalid: "label.check" and "label.inner" for a wrong check
// digit, "label.none" for a weight or price of nothing; what could be read of it
// is returned with the error.
func (all Rules) Read(code string) (Label, bool, error) {
	if len(code) != size || strings.Trim(code, "0123456789") != "" {
		return Label{}, false, nil
	}
	prefix, _ := strconv.Atoi(code[:prefixSize])
	r, ok := all.of(prefix)
	if !ok {
		return Label{}, false, nil
	}
	l := Label{Rule: r}
	figureAt := size - 1 - r.Figure()
	if l.Item = strings.TrimLeft(code[prefixSize:prefixSize+r.Item], "0"); l.Item == "" {
		l.Item = "0"
	}
	figure, _ := strconv.ParseInt(code[figureAt:size-1], 10, 64)
	if r.Kind == Weight {
		l.Weight = money.Quantity(figure) // a gram is a thousandth of a kilogram
	} else {
		l.Price = money.Amount(figure)
	}
	switch {
	case CheckDigit(code[:size-1]) != code[size-1]:
		return l, true, pos.E(pos.CodeInvalid, "label.check", pos.Args{"Code": code})
	case r.Inner && innerDigit(code[figureAt:size-1]) != code[figureAt-1]:
		return l, true, pos.E(pos.CodeInvalid, "label.inner", pos.Args{"Code": code})
	case figure == 0 && r.Kind == Weight:
		return l, true, pos.E(pos.CodeInvalid, "label.none-weight", pos.Args{"Code": code})
	case figure == 0:
		return l, true, pos.E(pos.CodeInvalid, "label.none-price", pos.Args{"Code": code})
	}
	return l, true, nil
}

// Empty lists how the goods of a label may be written in a list of goods: as a
// label of nothing, with its check digits or zeros in their places, without the
// last one, or as the prefix and the number alone. code is a label of the rule.
func (r Rule) Empty(code string) []string {
	number := code[:prefixSize+r.Item]
	inner := []string{""}
	zeros := strings.Repeat("0", r.Figure())
	if r.Inner {
		inner = []string{"0", string(innerDigit(zeros))}
	}
	var all []string
	for _, c := range inner {
		bare := number + c + zeros
		all = append(all, bare+string(CheckDigit(bare)), bare+"0", bare)
	}
	all = append(all, number)
	slices.Sort(all)
	return slices.Compact(all)
}

// Write makes the code of a label: what a scale prints. CodeInvalid when the
// number or the figure has more digits than the rule gives them.
func (r Rule) Write(item string, figure int64) (string, error) {
	if err := r.Check(); err != nil {
		return "", err
	}
	f := strconv.FormatInt(figure, 10)
	if figure < 0 || len(f) > r.Figure() || len(item) > r.Item || item == "" || strings.Trim(item, "0123456789") != "" {
		return "", pos.E(pos.CodeInvalid, "label.too-long", pos.Args{"Prefix": r.Prefix})
	}
	f = strings.Repeat("0", r.Figure()-len(f)) + f
	code := strconv.Itoa(r.Prefix) + strings.Repeat("0", r.Item-len(item)) + item
	if r.Inner {
		code += string(innerDigit(f))
	}
	code += f
	return code + string(CheckDigit(code)), nil
}

// CheckDigit is the check digit of an EAN-13 by its first twelve digits; '?'
// for anything but digits.
func CheckDigit(digits string) byte { return barcode.CheckDigit(digits) }

// The weights of the inner check digit, by the digit they weigh.
var (
	twoMinus  = [10]int{0, 2, 4, 6, 8, 9, 1, 3, 5, 7}
	three     = [10]int{0, 3, 6, 9, 2, 5, 8, 1, 4, 7}
	fivePlus  = [10]int{0, 5, 1, 6, 2, 7, 3, 8, 4, 9}
	fiveMinus = [10]int{0, 5, 9, 4, 8, 3, 7, 2, 6, 1}
)

// innerDigit is the check digit of a figure of four or five digits, as the
// standard of the labels defines it; '?' for other lengths.
func innerDigit(f string) byte {
	var weights []*[10]int
	switch len(f) {
	case 4:
		weights = []*[10]int{&twoMinus, &twoMinus, &three, &fiveMinus}
	case 5:
		weights = []*[10]int{&fivePlus, &twoMinus, &fiveMinus, &fivePlus, &twoMinus}
	default:
		return '?'
	}
	sum := 0
	for i, w := range weights {
		sum += w[f[i]-'0']
	}
	if len(f) == 4 {
		return byte('0' + sum*3%10)
	}
	want := (10 - sum%10) % 10
	return byte('0' + slices.Index(fiveMinus[:], want))
}

// Share finds how much of goods at a price per unit is worth a sum: the least
// quantity whose worth is at least the sum, and by how much it is too much. A
// label's price is thus kept to the last minor unit, whatever the price per
// kilogram divides into. It reports false when no quantity can do it.
func Share(perUnit, sum money.Amount) (q money.Quantity, over money.Amount, ok bool) {
	if perUnit <= 0 || sum <= 0 || perUnit > money.MaxAmount || sum > money.MaxAmount/money.Amount(money.One) {
		return 0, 0, false
	}
	q = money.Quantity((int64(sum)*int64(money.One) + int64(perUnit) - 1) / int64(perUnit))
	for q > 1 { // rounding up to the minor unit may do with less
		t, err := money.LineTotal(perUnit, q-1)
		if err != nil || t < sum {
			break
		}
		q--
	}
	t, err := money.LineTotal(perUnit, q)
	if err != nil || t < sum || q > money.MaxQuantity {
		return 0, 0, false
	}
	return q, t - sum, true
}
