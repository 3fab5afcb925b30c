package central

import (
	"encoding/json"

	"kassa/pos"
)

// encodeDetail writes what a case tells: texts and numbers alone.
func encodeDetail(a pos.Args) (string, error) {
	if a == nil {
		a = pos.Args{}
	}
	b, err := json.Marshal(a)
	return string(b), err
}

func decodeDetail(text string) (a pos.Args, err error) {
	err = json.Unmarshal([]byte(text), &a)
	return a, err
}
