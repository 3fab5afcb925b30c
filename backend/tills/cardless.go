package tills

import (
	"bytes"
	"encoding/json"

	"kassa/pos/pan"
)

// cardless is JSON with the numbers of cards in its texts masked, and as it was where
// there are none.
func cardless(body []byte) []byte {
	if !pan.In(string(body)) {
		return body
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return nil // it is none, and nobody will read it
	}
	masked, err := json.Marshal(maskTexts(v))
	if err != nil {
		return nil
	}
	return masked
}

func maskTexts(v any) any {
	switch v := v.(type) {
	case string:
		masked, _ := pan.Mask(v)
		return masked
	case []any:
		for i := range v {
			v[i] = maskTexts(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = maskTexts(v[name])
		}
	}
	return v
}
