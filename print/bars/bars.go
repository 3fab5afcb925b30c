// Package bars chooses the barcode a text is printed as and says which of its
// modules are black. Whoever draws it decides how large a module is.
package bars

import (
	"strings"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/code128"
	"github.com/boombuler/barcode/ean"
	"github.com/boombuler/barcode/qr"

	"kassa/pos"
)

// MostLinear is how long a text is that is still printed as bars.
const MostLinear = 24

// Encode makes EAN-13 or EAN-8 of a code that is one, Code 128 of any other text it
// has the letters for, and a QR code of what is long or has other letters. square
// tells the last. CodeInvalid "labels.bad-code" for what is none of them.
func Encode(code string) (bars barcode.Barcode, square bool, err error) {
	switch {
	case digits(code) && (len(code) == 13 || len(code) == 8):
		if bars, err = ean.Encode(code); err == nil {
			break
		}
		bars, err = code128.Encode(code) // a wrong check digit is a code of the shop's own
	case len(code) <= MostLinear && ascii(code):
		bars, err = code128.Encode(code)
	default:
		bars, err = Square(code)
		square = true
	}
	if err != nil {
		return nil, false, &pos.Error{Code: pos.CodeInvalid, ID: "labels.bad-code", Args: pos.Args{"Code": code}, Err: err}
	}
	return bars, square, nil
}

// Square is the QR code of a text.
func Square(code string) (barcode.Barcode, error) { return qr.Encode(code, qr.M, qr.Auto) }

// Black reports a black module.
func Black(bars barcode.Barcode, x, y int) bool {
	r, _, _, _ := bars.At(x, y).RGBA()
	return r == 0
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func ascii(s string) bool {
	for _, r := range s {
		if r < ' ' || r > '~' {
			return false
		}
	}
	return s != ""
}
