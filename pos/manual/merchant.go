package manual

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/money"
)

// Rate is a share in ten-thousandths of a percent: 25000 is 2.5 %.
type Rate int64

// hundred is the whole.
const hundred Rate = 1_000_000

// Merchant is a way by which money comes that no program of ours sees: an account,
// a card, a courier. It is archived and never deleted: orders name it.
type Merchant struct {
	ID          string           `json:"id" maxLength:"64"`
	Name        string           `json:"name" maxLength:"400"`
	Description string           `json:"description,omitempty" maxLength:"4000" doc:"Shown to who pays: where and how"`
	Hint        string           `json:"hint,omitempty" maxLength:"800" doc:"Shown to who pays beside the comment"`
	Commission  Rate             `json:"commission" doc:"Ten-thousandths of a percent: 25000 is 2.5 %"`
	Fee         money.Amount     `json:"fee" doc:"Fixed fee of a payment, minor units"`
	FeeCurrency money.Currency   `json:"feeCurrency,omitempty" doc:"Of the fee; the account's unless given"`
	Account     money.Currency   `json:"accountCurrency" doc:"In which the money lands"`
	Transaction money.Currency   `json:"transactionCurrency" doc:"Asked for when the payer's is not supported"`
	Currencies  []money.Currency `json:"currencies" maxItems:"200" nullable:"false" doc:"Supported; both others are among them"`
	Image       []byte           `json:"image,omitempty" doc:"PNG or JPEG; in lists left out"`
	NoImage     bool             `json:"noImage,omitempty" doc:"Takes the image away; never told"`
	Archived    bool             `json:"archived,omitempty"`
	Version     int64            `json:"version" doc:"Of what is changed; 0 makes a new one"`
}

// Normal fills in what may be left out and puts the currencies in order.
func (m *Merchant) Normal() {
	m.Name, m.Description, m.Hint = strings.TrimSpace(m.Name), strings.TrimSpace(m.Description), strings.TrimSpace(m.Hint)
	if m.Transaction == "" {
		m.Transaction = m.Account
	}
	if m.FeeCurrency == "" {
		m.FeeCurrency = m.Account
	}
	if len(m.Currencies) == 0 {
		m.Currencies = []money.Currency{m.Account, m.Transaction}
	}
	m.Currencies = slices.Compact(slices.Sorted(slices.Values(m.Currencies)))
}

// Check tells the first thing wrong with a merchant as CodeInvalid.
func (m *Merchant) Check() error {
	if err := checkID(m.ID); err != nil {
		return err
	}
	return firstWrong(m.Wrongs())
}

// Wrongs tells all that is wrong with what is filled in of a merchant.
func (m *Merchant) Wrongs() (all Wrongs) {
	all.add("name", checkName("name", m.Name))
	all.add("description", checkText("description", m.Description, MaxText))
	all.add("hint", checkText("hint", m.Hint, MaxHint))
	if m.Commission < 0 || m.Commission >= hundred {
		all.add("commission", pos.E(pos.CodeInvalid, "manual.commission", nil))
	}
	if m.Fee < 0 || m.Fee > money.MaxAmount {
		all.add("fee", pos.E(pos.CodeInvalid, "manual.fee", nil))
	}
	all.add("account", checkCurrency(m.Account))
	all.add("transaction", checkCurrency(m.Transaction))
	all.add("feeCurrency", checkCurrency(m.FeeCurrency))
	for _, c := range m.Currencies {
		all.add("currencies", checkCurrency(c))
	}
	for _, c := range []money.Currency{m.Account, m.Transaction} {
		if !m.Supports(c) && KnownCurrency(c) {
			all.add("currencies", pos.E(pos.CodeInvalid, "manual.currency-missing", pos.Args{"Currency": string(c)}))
		}
	}
	return all
}

// Supports reports a currency the merchant takes.
func (m *Merchant) Supports(c money.Currency) bool { return slices.Contains(m.Currencies, c) }

// Demand refuses a currency the merchant does not take, and names the one to ask
// for instead.
func (m *Merchant) Demand(c money.Currency) error {
	if m.Supports(c) {
		return nil
	}
	return pos.E(pos.CodeInvalid, "manual.currency-unsupported",
		pos.Args{"Currency": short(string(c)), "Merchant": m.Name, "Instead": string(m.Transaction)})
}

// Only picks the merchant that is named or, where none is, the one that fits; among
// nil fits any.
func Only(all []Merchant, named string, among []string) (*Merchant, error) {
	var found *Merchant
	for i := range all {
		m := &all[i]
		switch {
		case among != nil && !slices.Contains(among, m.ID), named == "" && m.Archived, named != "" && m.ID != named:
			continue
		case found != nil:
			return nil, pos.E(pos.CodeInvalid, "manual.merchant-which", nil)
		}
		found = m
	}
	switch {
	case found != nil:
		return found, nil
	case named != "" && among != nil:
		return nil, pos.E(pos.CodeInvalid, "manual.merchant-other", nil)
	case named != "":
		return nil, pos.E(pos.CodeNotFound, "manual.merchant-unknown", nil)
	}
	return nil, pos.E(pos.CodeConflict, "manual.merchant-missing", nil)
}

// Fees are what a merchant keeps of a payment.
type Fees struct {
	Share    money.Amount   `json:"share" doc:"Of the commission, in the payment's currency"`
	Fixed    money.Amount   `json:"fixed"`
	Currency money.Currency `json:"fixedCurrency"`
	Net      money.Amount   `json:"net" doc:"What is left in the payment's currency; a fixed fee in another is not in it"`
}

// Fees computes what is kept of a payment: the share and the fixed fee are each
// rounded half up to the minor unit of their currency. A fixed fee in another
// currency stands beside and is never converted. What is left may be below zero,
// where the fee is more than the payment.
func (m *Merchant) Fees(gross money.Amount, c money.Currency) Fees {
	// Both factors are bounded, so that their product fits.
	share := money.Amount((int64(gross)*int64(m.Commission) + int64(hundred)/2) / int64(hundred))
	f := Fees{Share: share, Fixed: m.Fee, Currency: m.FeeCurrency, Net: gross.Sub(share)}
	if f.Currency == c {
		f.Net = f.Net.Sub(f.Fixed)
	}
	return f
}

var plainRate = regexp.MustCompile(`^[0-9]{1,3}(\.[0-9]{1,4})?$`)

// ParseRate reads a percentage with a point and at most four digits after it.
func ParseRate(text string) (Rate, error) {
	if !plainRate.MatchString(text) {
		return 0, pos.E(pos.CodeInvalid, "manual.commission", nil)
	}
	v := scaled(text, 4)
	if Rate(v) >= hundred {
		return 0, pos.E(pos.CodeInvalid, "manual.commission", nil)
	}
	return Rate(v), nil
}

// String writes a rate as ParseRate reads it.
func (r Rate) String() string {
	return strings.TrimSuffix(strings.TrimRight(unscaled(int64(r), 4), "0"), ".")
}

var plainSum = regexp.MustCompile(`^[0-9]{1,13}(\.[0-9]{1,4})?$`)

// ParseSum reads a sum written with a point, in as many digits as its currency has.
func ParseSum(text string, c money.Currency) (money.Amount, error) {
	if !KnownCurrency(c) {
		return 0, pos.E(pos.CodeInvalid, "manual.currency", pos.Args{"Currency": short(string(c))})
	}
	_, after, _ := strings.Cut(text, ".")
	switch {
	case strings.HasPrefix(text, "-"):
		return 0, pos.E(pos.CodeInvalid, "manual.price-low", nil)
	case len(after) > c.Digits():
		return 0, pos.E(pos.CodeInvalid, "manual.price-digits", pos.Args{"Currency": string(c), "Digits": c.Digits()})
	case !plainSum.MatchString(text):
		return 0, pos.E(pos.CodeInvalid, "manual.price-number", nil)
	}
	v := scaled(text, c.Digits())
	if v > int64(money.MaxAmount) {
		return 0, pos.E(pos.CodeInvalid, "manual.price-high", nil)
	}
	return money.Amount(v), nil
}

// ShowSum writes a sum as ParseSum reads it.
func ShowSum(a money.Amount, c money.Currency) string { return unscaled(int64(a), c.Digits()) }

// scaled reads a plain decimal of at most 13 digits before the point in units of
// its last digit.
func scaled(text string, digits int) int64 {
	whole, after, _ := strings.Cut(text, ".")
	v, _ := strconv.ParseInt(whole+after+strings.Repeat("0", digits-len(after)), 10, 64)
	return v
}

func unscaled(v int64, digits int) string {
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	text := strconv.FormatInt(v, 10)
	if digits == 0 {
		return sign + text
	}
	if len(text) <= digits {
		text = strings.Repeat("0", digits+1-len(text)) + text
	}
	return sign + text[:len(text)-digits] + "." + text[len(text)-digits:]
}

// Limits of a merchant's image.
const (
	MaxImage  = 1 << 20 // bytes
	maxPixels = 4_000_000
)

// CleanImage reads a PNG or JPEG and writes it anew, so that nothing but the
// picture is kept: no position, no comment, no second file behind the first.
func CleanImage(raw []byte) ([]byte, error) {
	if len(raw) > MaxImage {
		return nil, pos.E(pos.CodeInvalid, "manual.image-large", nil)
	}
	head, kind, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || kind != "png" && kind != "jpeg" {
		return nil, pos.Wrap(pos.CodeInvalid, "manual.image", err)
	}
	if head.Width <= 0 || head.Height <= 0 || head.Width > maxPixels/head.Height {
		return nil, pos.E(pos.CodeInvalid, "manual.image-large", nil)
	}
	picture, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, pos.Wrap(pos.CodeInvalid, "manual.image", err)
	}
	var out bytes.Buffer
	if kind == "png" {
		err = png.Encode(&out, picture)
	} else {
		err = jpeg.Encode(&out, picture, &jpeg.Options{Quality: 85})
	}
	if err != nil {
		return nil, pos.Wrap(pos.CodeInvalid, "manual.image", err)
	}
	if out.Len() > MaxImage {
		return nil, pos.E(pos.CodeInvalid, "manual.image-large", nil)
	}
	return out.Bytes(), nil
}
