package imports

import (
	"slices"

	"kassa/pos"
)

// Field is what a column means: the permanent English name of it, which is
// also the header our exports write. "" is a column that is passed over.
type Field string

// Fields are what the columns of a kind of list may mean, in the order in
// which they are offered.
func Fields(k Kind) []Field {
	if k == KindCustomers {
		return []Field{colName, colSurname, colPatronymic, colPhone, colCard, colEmail, colGroup, colLanguage, colPoints, colDebt, colDebtDue, colLimit, colBirthday, colNote}
	}
	return []Field{colSKU, colName, colBarcode, colPrice, colCost, colStock, colUnit, colCategory, colVAT, colVariant, colArticle, colScale, colMinStock, colNote,
		colWeighed, colAskPrice, colNoEarn, colNoPoints, colNoOffers, colRowType, colArchived, colCurrency, colCostCurrency}
}

const (
	colSKU      Field = "sku"
	colName     Field = "name"
	colBarcode  Field = "barcode"
	colPrice    Field = "price"
	colCost     Field = "cost"
	colVAT      Field = "vat"
	colCategory Field = "category"
	colUnit     Field = "unit"
	colStock    Field = "stock"
	colVariant  Field = "variant"    // size or colour: several goods under one number
	colArticle  Field = "article"    // the supplier's own number
	colScale    Field = "scale_code" // the number of weighed goods on the scale
	colMinStock Field = "min_stock"
	colNote     Field = "note" // of a customer too
	colWeighed  Field = "weighed"
	colAskPrice Field = "ask_price"
	colNoEarn   Field = "no_earn"
	colNoPoints Field = "no_points"
	colNoOffers Field = "no_offers"
	colRowType  Field = "row_type" // goods, a variant of them, or a group that is no goods
	colArchived Field = "archived"

	colCurrency     Field = "currency" // of the price
	colCostCurrency Field = "cost_currency"
)

const (
	colSurname    Field = "surname" // with colName as the first name
	colPatronymic Field = "patronymic"
	colPhone      Field = "phone"
	colEmail      Field = "email"
	colCard       Field = "card"
	colGroup      Field = "group"
	colLanguage   Field = "language"
	colPoints     Field = "points"
	colDebt       Field = "debt"
	colDebtDue    Field = "debt_due"
	colLimit      Field = "credit_limit"
	colBirthday   Field = "birthday"
)

// repeats are those of which a list may have several columns.
var repeats = []Field{colBarcode, colVariant, colPhone}

// sums are the fields whose numbers have a decimal mark.
var sums = []Field{colPrice, colCost, colStock, colMinStock, colPoints, colDebt, colLimit}

// Repeats tells a field that several columns of one list may hold together.
func (f Field) Repeats() bool { return slices.Contains(repeats, f) }

// Spoken is a field under the name the screen has for it, to be put into a
// message.
func (f Field) Spoken(k Kind) error {
	return pos.E(pos.CodeInvalid, "goods.import.field."+string(k)+"."+string(f), nil)
}

// meaning is what a head says: a field, and how early it is taken where several
// heads of a list say the same.
type meaning struct {
	field Field
	rank  int
}

func headerWords(words map[Field][]string) map[string]meaning {
	keys := map[string]meaning{}
	for c, list := range words {
		for rank, w := range list {
			keys[headerKey(w)] = meaning{c, rank}
		}
	}
	return keys
}

func wordsOf(k Kind) map[string]meaning {
	if k == KindCustomers {
		return customerWords
	}
	return productWords
}
