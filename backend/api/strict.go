// How strictly requests are read: what two readers could understand differently is
// refused before anybody acts on it.
package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"kassa/pos/strict"
)

// unambiguous reads JSON that can be understood in one way alone. What it says of the
// others never quotes them.
var unambiguous = huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: func(raw []byte, v any) error {
	if !utf8.Valid(raw) {
		return errors.New("the text is not UTF-8")
	}
	if err := json.Unmarshal(raw, v); err != nil {
		return errors.New("the text is no JSON, is cut, or has a number or text of another kind than expected")
	}
	if _, first := v.(*any); first && strict.Twice(raw, envelope) != "" {
		return errors.New("an object names a field twice")
	}
	return nil
}}

// readable reports an address whose parts are texts: neither engine is asked for what
// none can keep.
func readable(r *http.Request) bool {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil || !plainText(r.URL.Path) {
		return false
	}
	for name, values := range query {
		if !plainText(name) || !plainText(strings.Join(values, "")) {
			return false
		}
	}
	return true
}

func plainText(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f })
}

// envelope is how deep objects are looked at for a field named twice: as far as a
// request is read field by field. What a command of the exchange holds lies deeper
// and is told by its digest.
const envelope = 3
