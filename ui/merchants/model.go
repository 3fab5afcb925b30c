// Package merchants are the windows of «Платежные системы»: through whom the shop is
// paid past the till. So far each is a merchant for manual payments, with what it
// keeps of a payment, which currencies it takes and what the payer is told.
package merchants

import (
	"context"
	"slices"
	"strings"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
	"kassa/ui"
	"kassa/ui/fields"
)

// Backend is what stands behind the till, asked for merchants as somebody. Its errors
// are *pos.Error and say what to do.
type Backend interface {
	// Merchants lists all by name, archived ones too, without their images.
	Merchants(ctx context.Context, a pos.Actor) ([]manual.Merchant, error)
	// Merchant reads one with its image.
	Merchant(ctx context.Context, a pos.Actor, id string) (manual.Merchant, error)
	// PutMerchant makes a merchant of version 0, or changes the version that was
	// seen. It needs RightSettings.
	PutMerchant(ctx context.Context, a pos.Actor, m manual.Merchant) (manual.Merchant, error)
	// NewID is the id of a merchant that is about to be made.
	NewID() string
	// Picture reads a PNG or JPEG file and makes it small; asked in the background.
	Picture(path string) ([]byte, error)
}

// draft is a merchant as it is typed.
type draft struct {
	m manual.Merchant // as it was seen, or all but empty
	typed
	image []byte // of the file chosen now; nil for the one it has
}

// typed is what the card shows, fit to be compared.
type typed struct {
	name, description, hint          string
	commission, fee, feeIn           string
	account, transaction, currencies string
	noImage                          bool
	taken                            int // how often a picture was chosen
}

// exampleSum is what the card computes the fees of until another sum is typed.
const exampleSum = "1000"

// newDraft is that of a new merchant, in the shop's currency, or of one that is there.
func newDraft(id string, m *manual.Merchant, shop money.Currency) draft {
	if m == nil {
		return draft{m: manual.Merchant{ID: id}, typed: typed{commission: "0", fee: "0", feeIn: string(shop), account: string(shop),
			transaction: string(shop), currencies: string(shop)}}
	}
	codes := make([]string, len(m.Currencies))
	for i, c := range m.Currencies {
		codes[i] = string(c)
	}
	return draft{m: *m, typed: typed{name: m.Name, description: m.Description, hint: m.Hint, commission: m.Commission.String(),
		fee: manual.ShowSum(m.Fee, m.FeeCurrency), feeIn: string(m.FeeCurrency), account: string(m.Account), transaction: string(m.Transaction),
		currencies: strings.Join(codes, ", ")}}
}

// code is a currency as typed.
func code(text string) money.Currency {
	return money.Currency(strings.ToUpper(strings.TrimSpace(text)))
}

// read is the merchant that was typed, and all that is wrong with it by field.
func (d *draft) read() (manual.Merchant, manual.Wrongs) {
	m := d.m
	m.Name, m.Description, m.Hint = d.name, d.description, d.hint
	m.FeeCurrency, m.Account, m.Transaction = code(d.feeIn), code(d.account), code(d.transaction)
	m.Currencies = nil
	for _, c := range fields.Codes(d.currencies) {
		m.Currencies = append(m.Currencies, money.Currency(c))
	}
	m.Image, m.NoImage = d.image, d.noImage && d.image == nil
	m.Normal()
	var unread manual.Wrongs
	if text := fields.Point(d.commission); text != "" {
		rate, err := manual.ParseRate(text)
		unread = wrong(unread, "commission", err)
		m.Commission = rate
	} else {
		m.Commission = 0
	}
	m.Fee = 0
	if text := fields.Point(d.fee); text != "" && manual.KnownCurrency(m.FeeCurrency) {
		fee, err := manual.ParseSum(text, m.FeeCurrency)
		if strings.HasPrefix(text, "-") {
			err = pos.E(pos.CodeInvalid, "manual.fee", nil) // 0 is fine here
		}
		unread = wrong(unread, "fee", err)
		m.Fee = fee
	}
	for _, w := range m.Wrongs() {
		unread = wrong(unread, w.Field, w.Err)
	}
	return m, unread
}

// wrong adds what is wrong with a field that had nothing wrong so far.
func wrong(all manual.Wrongs, field string, err error) manual.Wrongs {
	if err == nil || all.Of(field) != nil {
		return all
	}
	return append(all, manual.Wrong{Field: field, Err: err})
}

// example is what a payment of a sum would come to.
type example struct {
	gross money.Amount
	in    money.Currency // the account's
	fees  manual.Fees
}

// compute is the example of a typed sum in the account's currency; false where
// something it needs cannot be read yet.
func (d *draft) compute(sum string) (example, bool) {
	m, bad := d.read()
	for _, field := range []string{"commission", "fee", "feeCurrency", "account"} {
		if bad.Of(field) != nil {
			return example{}, false
		}
	}
	gross, err := manual.ParseSum(fields.Point(sum), m.Account)
	if err != nil {
		return example{}, false
	}
	return example{gross: gross, in: m.Account, fees: m.Fees(gross, m.Account)}, true
}

// reasons are what is wrong as it is said beside the fields.
func reasons(env *ui.Env, all manual.Wrongs) map[string]string {
	out := map[string]string{}
	for _, w := range all {
		out[w.Field] = Reason(env, w.Err)
	}
	return out
}

// Reason says what is wrong with a field beside it, where its name need not be told.
func Reason(env *ui.Env, err error) string {
	if e, ok := err.(*pos.Error); ok {
		switch e.ID {
		case "manual.name-empty":
			return env.T("merchants.empty-field", nil)
		case "manual.currency":
			if e.Args["Currency"] == "" {
				return env.T("merchants.empty-field", nil)
			}
		case "manual.text-long":
			return env.T("merchants.long-field", e.Args)
		}
	}
	return env.Words.Error(err)
}

// Sum writes a sum of a currency, which need not be the shop's.
func Sum(env *ui.Env, a money.Amount, c money.Currency) string {
	if c == env.Till.Settings().Currency {
		return env.Words.Money().Amount(a)
	}
	return money.NewFormatter(env.Words.Lang(), c, "").Amount(a)
}

// MayChange tells whether who is logged in changes merchants and offers; others look.
func MayChange(env *ui.Env) bool { return slices.Contains(env.Actor.Rights, pos.RightSettings) }
