package door_test

// This file tries to get the number of a payment card past the door: every command
// of every conversation that has a field for a text is first said with one in it.

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/cmd/kassactl/door"
)

// cards are test numbers as people write them, each with its last four digits.
var cards = [][2]string{
	{"4111 1111 1111 1111", "1111"}, {"2200000000000004", "0004"}, {"5555-5555-5555-4444", "4444"}, {"3782\u00a0822463\u00a010005", "0005"},
}

// typedFields hold what people write; the others are chosen, scanned or counted.
var typedFields = []string{"reason", "note", "name", "email", "supplier", "invoice", "comment", "hint", "description"}

// tryCards says a line with a card in each of its texts, which has to be refused
// in a sentence that does not repeat it.
func (c *counter) tryCards(lineText string) {
	c.t.Helper()
	var fields map[string]any
	require.NoError(c.t, json.Unmarshal([]byte(strings.TrimPrefix(lineText, "\ufeff")), &fields))
	for i, spoilt := range spoil(fields) {
		card := cards[(i+len(c.tried))%len(cards)]
		text, err := json.Marshal(spoilt(card[0]))
		require.NoError(c.t, err)
		reply := c.session.Answer(c.t.Context(), door.Line(string(text)))
		if assert.False(c.t, reply.OK, "%s", text) {
			assert.Contains(c.t, reply.Error.Message, "•••• "+card[1], "%s", text)
			assert.NotContains(c.t, reply.Error.Message, card[0])
		}
		c.tried = append(c.tried, string(text))
	}
}

// spoil makes a line out of one for each text in it, with the card behind it.
func spoil(fields map[string]any) (out []func(card string) map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if fields["approval"] != nil && name != "approval" {
			continue // it would be given, and wait for the line as it should be
		}
		with := func(v any) map[string]any {
			other := maps.Clone(fields)
			other[name] = v
			return other
		}
		switch v := fields[name].(type) {
		case string:
			if slices.Contains(typedFields, name) && v != "" {
				out = append(out, func(card string) map[string]any { return with(v + " " + card) })
			}
		case map[string]any:
			for _, inner := range spoil(v) {
				out = append(out, func(card string) map[string]any { return with(inner(card)) })
			}
		}
	}
	return out
}

// keepsNoCards looks for the cards that were tried in everything the shop has
// written.
func (c *counter) keepsNoCards() {
	c.t.Helper()
	require.NoError(c.t, filepath.WalkDir(filepath.Dir(c.shop.Home.Dir), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, card := range cards {
			for _, text := range []string{card[0], strings.NewReplacer(" ", "", "-", "", "\u00a0", "").Replace(card[0])} {
				assert.False(c.t, strings.Contains(string(data), text), "%s stands in %s", text, path)
			}
		}
		return err
	}))
}
