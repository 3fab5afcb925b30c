package money

import (
	"strconv"
	"strings"
)

// notes are the values of a currency's notes in whole units, the largest first.
// Coins, and what is printed no longer, are counted together.
var notes = map[Currency][]int64{
	"RUB": {5000, 2000, 1000, 500, 200, 100, 50, 10},
	"BYN": {500, 200, 100, 50, 20, 10, 5},
	"UAH": {1000, 500, 200, 100, 50, 20, 10},
	"KZT": {20000, 10000, 5000, 2000, 1000, 500},
	"KGS": {5000, 2000, 1000, 500, 200, 100, 50, 20},
	"UZS": {200000, 100000, 50000, 20000, 10000, 5000, 2000, 1000},
	"AMD": {100000, 50000, 20000, 10000, 5000, 2000, 1000},
	"USD": {100, 50, 20, 10, 5, 2, 1},
	"EUR": {500, 200, 100, 50, 20, 10, 5},
}

// usualNotes are those of a currency whose notes nobody wrote down here.
var usualNotes = []int64{5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5}

// Notes are the values of the currency's notes, the largest first.
func (c Currency) Notes() []Amount {
	values, known := notes[c]
	if !known {
		values = usualNotes
	}
	unit := Amount(1)
	for range c.Digits() {
		unit *= 10
	}
	out := make([]Amount, len(values))
	for i, v := range values {
		out[i] = Amount(v) * unit
	}
	return out
}

// Pile is how many there are of one note.
type Pile struct {
	Note Amount
	Many int64
}

// Sum is what the pile is worth.
func (p Pile) Sum() Amount { return p.Note * Amount(p.Many) }

// Counting is cash counted note by note, its coins together.
type Counting struct {
	Piles []Pile
	Coins Amount
}

// Empty tells that nothing was counted.
func (c Counting) Empty() bool { return len(c.Piles) == 0 && c.Coins == 0 }

// Sum is all that was counted.
func (c Counting) Sum() Amount {
	sum := c.Coins
	for _, p := range c.Piles {
		sum = sum.Add(p.Sum())
	}
	return sum
}

// Text writes a counting in minor units, as it is kept: "500000*3 10000*12 +550".
func (c Counting) Text() string {
	var words []string
	for _, p := range c.Piles {
		words = append(words, strconv.FormatInt(int64(p.Note), 10)+"*"+strconv.FormatInt(p.Many, 10))
	}
	if c.Coins != 0 {
		words = append(words, "+"+strconv.FormatInt(int64(c.Coins), 10))
	}
	return strings.Join(words, " ")
}

// ReadCounting reads what Text wrote; false for anything else.
func ReadCounting(text string) (c Counting, ok bool) {
	whole := func(s string) (int64, bool) {
		n, err := strconv.ParseInt(s, 10, 64)
		return n, err == nil && n > 0 && n <= int64(MaxAmount)
	}
	for _, word := range strings.Fields(text) {
		if coins, found := strings.CutPrefix(word, "+"); found {
			n, good := whole(coins)
			if !good || c.Coins != 0 {
				return Counting{}, false
			}
			c.Coins = Amount(n)
			continue
		}
		note, many, _ := strings.Cut(word, "*")
		n, good := whole(note)
		m, also := whole(many)
		if !good || !also || m > int64(MaxAmount)/n {
			return Counting{}, false
		}
		c.Piles = append(c.Piles, Pile{Note: Amount(n), Many: m})
	}
	return c, !c.Empty()
}
