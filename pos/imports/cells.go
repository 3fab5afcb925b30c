package imports

import (
	"hash/maphash"
	"strconv"
	"strings"
	"unicode"

	"kassa/pos"
	"kassa/pos/money"
)

// The readers of cells return nil for an empty one: it leaves what is stored as
// it is, and a new record gets the default.

// vat is a rate: "20", "20%", "НДС 20%", "20/120", "20% / 120%", or none of it. A rate below
// one is a share, as a cell shown in per cent is kept: 0.2 is 20 %.
func (r *row) vat(c Field) *money.Percent {
	text := r.cell(c)
	if text == "" {
		return nil
	}
	none := money.Percent(pos.NoVAT)
	folded := pos.Fold(text)
	if isNothing(folded) || folded == "без" || folded == "no" {
		return &none
	}
	for _, words := range []string{"без ндс", "без налог", "без пдв", "не облага", "не оподатк", "не обклад", "ққс-сыз", "ққссыз", "no vat", "exempt", "освобожд"} {
		if strings.Contains(folded, words) {
			return &none
		}
	}
	number := strings.TrimFunc(folded, func(r rune) bool { return unicode.IsLetter(r) || strings.ContainsRune("()_ :.\u00A0-", r) })
	if rate, whole, ok := strings.Cut(number, "/"); ok {
		rate = strings.Trim(rate, "% \u00A0")
		a, errA := strconv.Atoi(rate)
		b, errB := strconv.Atoi(strings.Trim(whole, "% \u00A0"))
		if errA == nil && errB == nil && b == a+100 {
			number = rate
		}
	}
	p, err := money.ParsePercent(number)
	if err != nil {
		if strings.TrimSpace(number) == "" { // a word alone
			r.refuse(c, "number.reason.not_number", pos.Args{"Input": clip(text)})
			return nil
		}
		r.refuseNumber(c, text, err)
		return nil
	}
	if p > 0 && p < 100 && !strings.Contains(text, "%") {
		p *= 100
		r.note(c, "import.note.share", pos.Args{"Input": clip(text), "Value": p})
	}
	return &p
}

func (r *row) flag(c Field) *bool {
	text := r.cell(c)
	yes, no := true, false
	switch pos.Fold(text) {
	case "":
		return nil
	case "да", "д", "так", "иә", "yes", "y", "true", "истина", "1", "+", "x", "х", "✓":
		return &yes
	case "нет", "н", "ні", "не", "жоқ", "no", "n", "false", "ложь", "0", "-":
		return &no
	}
	if weighed, known := weighedWords[pos.Fold(text)]; known && c == colWeighed {
		return &weighed
	}
	r.refuse(c, "import.yes-no", pos.Args{"Input": clip(text)})
	return nil
}

// weighedWords are what lists say of goods instead of yes and no: how they are sold.
var weighedWords = map[string]bool{"весовой": true, "весовая": true, "весовое": true, "вес": true, "ваговий": true, "вагавы": true, "weighed": true,
	"штучный": false, "штучная": false, "штучное": false, "шт": false, "штучний": false, "штучны": false, "piece": false}

// once refuses a value that an earlier row of the file has already.
func (r *row) once(c Field, value string) { r.onceAs(c, value, value) }

// onceAs is once for a value that may be written in several ways: key is what
// they have in common.
func (r *row) onceAs(c Field, value, key string) {
	if value == "" {
		return
	}
	seen := r.t.seen[c]
	if seen == nil {
		seen = map[uint64]uint32{}
		r.t.seen[c] = seen
	}
	h := maphash.String(r.t.seed, key)
	if first, twice := seen[h]; twice {
		r.refuse(c, "import.twice", pos.Args{"Value": clip(value), "First": int(first)})
		return
	}
	seen[h] = uint32(r.line)
}
