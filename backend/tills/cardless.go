package tills

import (
	"bytes"
	"encoding/json"
	"io"

	"kassa/pos/pan"
)

// cardless is JSON with the numbers of cards in it masked, and as it was where there
// are none. It looks at what the JSON says and not at how that is written: a digit may
// be written as \u0034, and of a name that stands twice both are looked at.
func cardless(body []byte) []byte {
	had, err := hasCard(body)
	if err != nil {
		return nil // it is no JSON, and nobody will read it
	}
	if !had {
		return body
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return nil
	}
	masked, err := json.Marshal(maskTexts(v))
	if err != nil {
		return nil
	}
	return masked
}

// hasCard reports the number of a card in a text, a name or a number of JSON.
func hasCard(body []byte) (had bool, err error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	for {
		part, err := d.Token()
		if err == io.EOF {
			return had, nil
		}
		if err != nil {
			return false, err
		}
		switch part := part.(type) {
		case string:
			had = had || pan.In(part)
		case json.Number:
			had = had || pan.In(part.String())
		}
	}
}

func maskTexts(v any) any {
	switch v := v.(type) {
	case string:
		masked, _ := pan.Mask(v)
		return masked
	case json.Number:
		if masked, had := pan.Mask(v.String()); had {
			return masked
		}
	case []any:
		for i := range v {
			v[i] = maskTexts(v[i])
		}
	case map[string]any:
		clean := make(map[string]any, len(v))
		for name, inside := range v {
			masked, _ := pan.Mask(name)
			clean[masked] = maskTexts(inside)
		}
		return clean
	}
	return v
}
