package imports

import (
	"slices"
	"strings"
)

// Preset is a make of lists that is known by its name: only the heads that
// program writes count, nothing is guessed.
type Preset string

// The presets. Their words are permanent.
const (
	Preset1C       Preset = "1c"
	PresetMoySklad Preset = "moysklad"
)

// Presets are all presets, in the order in which they are offered.
var Presets = []Preset{Preset1C, PresetMoySklad}

// IsPreset tells the name of a preset from any other word.
func IsPreset(name string) bool { return slices.Contains(Presets, Preset(name)) }

// presetWords are the heads of a preset, in the order in which they are taken.
var presetWords = map[Preset]map[Kind]map[string]meaning{
	PresetMoySklad: {
		KindProducts: headerWords(map[Field][]string{
			colSKU: {"Код"}, colArticle: {"Артикул"}, colName: {"Наименование"}, colCategory: {"Группы", "Группа"},
			colUnit: {"Единица измерения"}, colPrice: {"Цена: Цена продажи", "Цена продажи"}, colCost: {"Закупочная цена"},
			colBarcode: {"Штрихкод EAN13", "Штрихкод EAN8", "Штрихкод Code128", "Штрихкод UPC", "Штрихкод GTIN", "Штрихкод"},
			colVAT:     {"НДС"}, colStock: {"Остаток", "Остаток на складе"}, colMinStock: {"Неснижаемый остаток"}, colWeighed: {"Весовой товар"},
			colNoOffers: {"Запретить скидки при продаже в розницу"}, colRowType: {"Тип"}, colArchived: {"Архивный"},
			colVariant: {"Характеристика"}, colCurrency: {"Валюта (Цена продажи)"}, colCostCurrency: {"Валюта (Закупочная цена)"},
		}),
		KindCustomers: headerWords(map[Field][]string{
			colName: {"Наименование"}, colPhone: {"Телефон"}, colEmail: {"Электронный адрес", "E-mail"}, colGroup: {"Группы"},
			colCard: {"Номер дисконтной карты", "Дисконтная карта"}, colBirthday: {"Дата рождения"}, colNote: {"Комментарий"},
		}),
	},
	Preset1C: {
		KindProducts: headerWords(map[Field][]string{
			colSKU: {"Код", "Номенклатура.Код"}, colArticle: {"Артикул", "Номенклатура.Артикул"},
			colName:     {"Наименование", "Рабочее наименование", "Номенклатура", "Номенклатура.Наименование", "Наименование для печати", "Полное наименование"},
			colVariant:  {"Характеристика", "Характеристика номенклатуры", "Номенклатура.Характеристика"},
			colBarcode:  {"Штрихкод", "Штрихкоды", "Номенклатура.Штрихкод"},
			colPrice:    {"Розничная цена", "Розничная", "Цена розничная", "Цена продажи", "Цена"},
			colCost:     {"Закупочная цена", "Закупочная", "Цена закупки", "Себестоимость"},
			colUnit:     {"Единица измерения", "Ед. изм.", "Базовая единица", "Базовая единица измерения", "Единица хранения", "Номенклатура, Базовая единица", "Номенклатура.Единица измерения", "Единица"},
			colVAT:      {"Ставка НДС", "Номенклатура.Ставка НДС", "НДС"},
			colCategory: {"Группа", "Родитель", "Номенклатура.Родитель", "Группа номенклатуры", "Вид номенклатуры", "Номенклатура.Вид номенклатуры"},
			colStock:    {"Свободный остаток", "Остаток", "Конечный остаток", "В наличии", "Количество"},
			colScale:    {"Код на весах", "PLU", "Код PLU"}, colRowType: {"Это группа", "Тип номенклатуры"}, colArchived: {"Пометка удаления", "Помечен на удаление"}, colCurrency: {"Валюта", "Валюта цены"},
		}),
		KindCustomers: headerWords(map[Field][]string{
			colName: {"Наименование", "Контрагент", "Партнер", "Полное наименование", "ФИО", "Имя"}, colSurname: {"Фамилия"}, colPatronymic: {"Отчество"},
			colPhone: {"Телефон", "Мобильный телефон"}, colEmail: {"Адрес электронной почты", "Электронная почта", "E-mail"}, colGroup: {"Группа", "Родитель"},
			colCard: {"Карта лояльности", "Номер карты", "Код карты", "Дисконтная карта"}, colBirthday: {"Дата рождения"}, colNote: {"Комментарий", "Дополнительная информация"},
			colPoints: {"Остаток бонусов", "Бонусы", "Баллы"},
		}),
	},
}

// presetHead understands a head as the preset's program writes it. Where prices
// of several names may stand ("Цена: Розничная"), only the named one counts.
func presetHead(k Kind, preset Preset, text string) head {
	words := presetWords[preset][k]
	if m, ok := words[headerKey(text)]; ok {
		return head{m, surely}
	}
	if before, _, ok := strings.Cut(text, ":"); ok {
		if m, known := words[headerKey(before)]; known && m.field.Repeats() {
			return head{m, surely}
		}
	}
	return head{}
}
