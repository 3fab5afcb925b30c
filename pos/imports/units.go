package imports

import (
	"slices"
	"strings"

	"kassa/pos"
)

// unitNames are the usual short names of units by what lists call them, codes of
// the classifier of units (ОКЕИ) included.
var unitNames = unitTable(map[string]string{
	"шт": "шт штука штук штуки штуку 796 pcs pce piece od штука(796)", "кг": "кг килограмм килограммов килограмма 166 kg кілограм", "г": "г гр грамм граммов 163 g грам",
	"л": "л литр литров литра 112 l літр", "мл": "мл миллилитр 111 ml", "м": "м метр метров метра пм п/м погм 006 018 m", "м2": "м2 м² квм кв.м 055 m2", "м3": "м3 м³ куб.м 113 m3",
	"упак": "упак уп упаковка упаковок 778 pack пачка пач 728", "компл": "компл комплект к-т 839", "пар": "пар пара 715", "бут": "бут бутылка 868", "кор": "кор короб коробка 8751", "рул": "рул рулон 736",
})

// perKilo tells a head that counts in kilograms: of a price or a stock, for no
// other weight and nothing else beside.
func perKilo(f Field, head string) bool {
	if f != colPrice && f != colStock {
		return false
	}
	words := tokens(head)
	return slices.ContainsFunc(words, func(w string) bool { return w == "кг" || w == "kg" }) &&
		!slices.ContainsFunc(words, func(w string) bool {
			return Unit(w) == "шт" || Unit(w) == "упак" || strings.Trim(w, "0123456789") == ""
		})
}

func unitTable(names map[string]string) map[string]string {
	table := map[string]string{}
	for short, all := range names {
		for _, w := range strings.Fields(all) {
			table[strings.ReplaceAll(w, ".", "")] = short
		}
	}
	return table
}

// Unit is the usual short name of a unit as lists write it: "шт." and "Штука"
// are "шт". What is not known stays as it is.
func Unit(text string) string {
	key := strings.ReplaceAll(strings.ReplaceAll(pos.Fold(text), ".", ""), " ", "")
	if short, ok := unitNames[key]; ok {
		return short
	}
	return text
}

// unit is that of the row, or of a list without a column of units the one its
// head names: "Цена, руб./кг".
func (r *row) unit() *string {
	text := r.filled(colUnit)
	if text == "" {
		if _, has := r.t.at[colUnit]; !has && r.t.kilos {
			text = "кг"
		} else {
			return nil
		}
	}
	short := Unit(text)
	return &short
}
