package pos

import (
	"strings"
	"unicode"

	"kassa/pos/money"
)

// NoVAT marks goods sold without value added tax (as opposed to 0 %).
const NoVAT money.Percent = -1

// Limits of what a product may carry; longer input is refused with a reason.
const (
	MaxNameRunes    = 200
	MaxSKURunes     = 64
	MaxBarcodeRunes = 128
	MaxUnitRunes    = 16
	MaxNoteRunes    = 1000
	MaxArticleRunes = 64
	// MaxScaleDigits bounds the number of goods on a scale: no label has room
	// for more.
	MaxScaleDigits = 7
)

// Product is one line of the catalogue.
type Product struct {
	ID       ProductID
	SKU      string // unique, the shop's own number
	Name     string
	Barcodes []string // any number; a scan matches exactly, never a part
	Unit     string   // "шт", "кг"
	Price    money.Amount
	VAT      money.Percent  // included in Price; NoVAT for none
	Category string         // by its name; "" for none
	Cost     money.Amount   // what one unit costs the shop; 0: not known
	Stock    money.Quantity // may be below zero: the sale goes on, the shelf is right
	MinStock money.Quantity // below it the product is to be ordered; 0: never
	Article  string         // the supplier's own number
	Note     string         // for the staff; never printed
	// ScaleCode is the number of the goods on a label of a scale, digits without
	// leading zeros; "" for goods that have none.
	ScaleCode string
	Image     string // name of the picture, as the keeper of pictures gave it; "" for none
	Sold      int64  // how many times it was sold; orders the search
	Flags     ProductFlags
	Archived  bool
	Seal      Seal // how the seal was found when the goods were read
}

// ProductFlags are the exceptions a product can carry.
type ProductFlags struct {
	Weighed  bool // quantity has decimals
	AskPrice bool // the price is asked at the till
	NoEarn   bool // earns no points
	NoPoints bool // is not payable with points
	NoOffers bool // takes no automatic discounts
}

// Check tells the first thing wrong with a product as CodeInvalid.
func (p *Product) Check() error {
	switch {
	case strings.TrimSpace(p.Name) == "":
		return E(CodeInvalid, "product.name-empty", nil)
	case len([]rune(p.Name)) > MaxNameRunes:
		return E(CodeInvalid, "product.name-long", Args{"Max": MaxNameRunes})
	case strings.TrimSpace(p.SKU) == "":
		return E(CodeInvalid, "product.sku-empty", nil)
	case len([]rune(p.SKU)) > MaxSKURunes:
		return E(CodeInvalid, "product.sku-long", Args{"Max": MaxSKURunes})
	case len([]rune(p.Unit)) > MaxUnitRunes:
		return E(CodeInvalid, "product.unit-long", Args{"Max": MaxUnitRunes})
	case len([]rune(p.Article)) > MaxArticleRunes:
		return E(CodeInvalid, "product.article-long", Args{"Max": MaxArticleRunes})
	case len([]rune(p.Note)) > MaxNoteRunes:
		return E(CodeInvalid, "product.note-long", Args{"Max": MaxNoteRunes})
	case !isScaleCode(p.ScaleCode):
		return E(CodeInvalid, "product.scale-code", Args{"Max": MaxScaleDigits})
	case p.Cost < 0 || p.Cost > money.MaxAmount:
		return E(CodeInvalid, "product.cost", nil)
	case p.MinStock < 0 || p.MinStock > money.MaxQuantity:
		return E(CodeInvalid, "product.min-stock", nil)
	case p.Price < 0 || p.Price > money.MaxAmount:
		return E(CodeInvalid, "product.price", nil)
	case p.Image != "" && !IsImageName(p.Image):
		return E(CodeInvalid, "product.image", nil)
	case p.VAT != NoVAT && (p.VAT < 0 || p.VAT > 10_000):
		return E(CodeInvalid, "product.vat", nil)
	case HasControl(p.Name + p.SKU + p.Unit + p.Category + p.Article + strings.ReplaceAll(p.Note, "\n", " ")):
		return E(CodeInvalid, "text.control", nil)
	}
	for _, b := range p.Barcodes {
		if err := CheckBarcode(b); err != nil {
			return err
		}
	}
	return nil
}

// Low reports goods of which less is left than there should be.
func (p *Product) Low() bool { return p.MinStock > 0 && p.Stock < p.MinStock && !p.Archived }

// imageDigits is how long the name of a picture is before its ending: a SHA-256
// in hexadecimal digits.
const imageDigits = 64

// IsImageName tells the name of a kept picture from any other: it is what the
// picture holds, never what its file was called.
func IsImageName(s string) bool {
	digits, ending := s[:min(imageDigits, len(s))], s[min(imageDigits, len(s)):]
	return len(digits) == imageDigits && strings.Trim(digits, "0123456789abcdef") == "" && (ending == ".jpg" || ending == ".png")
}

// isScaleCode accepts none, or digits that do not begin with a zero: a label
// pads the number, and 00042 and 42 are the same goods.
func isScaleCode(s string) bool {
	return s == "" || len(s) <= MaxScaleDigits && s[0] != '0' && strings.Trim(s, "0123456789") == ""
}

// CheckBarcode refuses what cannot be a code: empty, too long, or holding
// anything but printable characters without spaces.
func CheckBarcode(s string) error {
	if s == "" || len([]rune(s)) > MaxBarcodeRunes {
		return E(CodeInvalid, "barcode.length", Args{"Max": MaxBarcodeRunes})
	}
	for _, r := range s {
		if !unicode.IsPrint(r) || unicode.IsSpace(r) || r == unicode.ReplacementChar {
			return E(CodeInvalid, "barcode.characters", nil)
		}
	}
	return nil
}

// HasControl reports characters that have no place in a name: controls,
// direction overrides and invalid UTF-8.
func HasControl(s string) bool {
	for _, r := range s {
		if r == unicode.ReplacementChar || unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) {
			return true
		}
	}
	return false
}

// Fold is how names are compared and searched: lower case, ё as е, spaces
// folded.
func Fold(s string) string {
	s = strings.ToLower(s)
	s = strings.ReplaceAll(s, "ё", "е")
	return strings.Join(strings.Fields(s), " ")
}

// measures are the units in which goods are weighed or measured out, folded.
var measures = map[string]bool{
	"кг": true, "г": true, "гр": true, "л": true, "м": true, "м2": true, "м²": true,
	"kg": true, "g": true, "l": true, "m": true, "m2": true, "m²": true,
}

// Measured tells whether goods in that unit are sold in parts of it: what a list
// without a column for it means by "кг".
func Measured(unit string) bool { return measures[strings.TrimSuffix(Fold(unit), ".")] }

// InGrams tells whether goods of that unit are counted in grams.
func InGrams(unit string) bool {
	u := strings.TrimSuffix(Fold(unit), ".")
	return u == "г" || u == "гр" || u == "g"
}

// InKilograms tells whether goods of that unit are counted in kilograms: what
// scales show in grams is typed for them a thousand times too large.
func InKilograms(unit string) bool {
	u := strings.TrimSuffix(Fold(unit), ".")
	return u == "кг" || u == "kg" || u == "килограмм" || u == "кілограм" || u == "кілаграм" || u == "kilogram"
}
