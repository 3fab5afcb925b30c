package pos

// PriceLabel is what stands on one price label or shelf tag, in words a person
// reads.
type PriceLabel struct {
	Name  string
	Price string // as it is written, with its currency
	Unit  string // "за кг", "" for none
	SKU   string
	Code  string // the barcode; "" for none
	Shop  string
	Count int // how many of it
}

// LabelPaper is what labels are put on; the word is permanent.
type LabelPaper string

// Labels of a roll, one on a page, and shelf tags on sheets of A4.
const (
	Label58x40 LabelPaper = "58x40"
	Label58x30 LabelPaper = "58x30"
	Label43x25 LabelPaper = "43x25"
	LabelA4    LabelPaper = "a4"
)

// LabelPapers lists them in the order to offer them.
var LabelPapers = []LabelPaper{Label58x40, Label58x30, Label43x25, LabelA4}
