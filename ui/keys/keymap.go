package keys

import (
	"fmt"
	"slices"
	"strings"
)

// ParseMap reads a shop's own keys as they are kept in its settings: pairs of an
// action and its key, "sale.pay=F7", with spaces between them.
func ParseMap(text string) (map[ActionID]Key, error) {
	own := map[ActionID]Key{}
	for _, pair := range strings.Fields(text) {
		id, name, found := strings.Cut(pair, "=")
		if !found || id == "" {
			return nil, fmt.Errorf("keys: %q is not an action and its key", pair)
		}
		key, err := Parse(name)
		if err != nil {
			return nil, err
		}
		own[ActionID(id)] = key
	}
	return own, nil
}

// FormatMap is what ParseMap reads, in the order of the actions' names.
func FormatMap(own map[ActionID]Key) string {
	pairs := make([]string, 0, len(own))
	for id, key := range own {
		pairs = append(pairs, string(id)+"="+string(key))
	}
	slices.Sort(pairs)
	return strings.Join(pairs, " ")
}
