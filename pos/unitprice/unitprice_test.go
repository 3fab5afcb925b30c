package unitprice_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"kassa/pos/money"
	"kassa/pos/unitprice"
)

func TestOf(t *testing.T) {
	for _, tt := range []struct {
		name  string
		price money.Amount
		per   money.Amount
		unit  unitprice.Unit
	}{
		{"Молоко «Луговое», 0,9 л", 89_91, 99_90, unitprice.Litre},
		{"Хлеб нарезной, 400 г", 48_00, 120_00, unitprice.Kilogram},
		{"Чай 100г", 154_00, 1540_00, unitprice.Kilogram},
		{"Сок 200 мл", 30_00, 150_00, unitprice.Litre},
		{"Мука 2 кг.", 99_99, 50_00, unitprice.Kilogram},
		{"Milk 500 ml", 1_00, 2_00, unitprice.Litre},
		{"Молоко 2,5 % 1 л", 89_90, 0, ""},   // it is the unit itself
		{"Набор 100 г + 50 г", 10_00, 0, ""}, // two
		{"Шуруп 4 грани", 10_00, 0, ""},
		{"Лампа 60 Вт", 10_00, 0, ""},
		{"Ткань 5 лет", 10_00, 0, ""},
		{"Молоко 0 л", 10_00, 0, ""},
		{"Молоко 0,5 л", 0, 0, ""},
		{"Молоко 0,5 л", 1 << 60, 0, ""},
		{"", 10_00, 0, ""},
	} {
		per, unit, ok := unitprice.Of(tt.name, tt.price)
		assert.Equal(t, tt.unit != "", ok, tt.name)
		assert.Equal(t, tt.per, per, tt.name)
		assert.Equal(t, tt.unit, unit, tt.name)
	}
}
