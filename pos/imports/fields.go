package imports

// Field is what a column means: the permanent English name of it, which is
// also the header our exports write. "" is a column that is passed over.
type Field string

// Fields are what the columns of a kind of list may mean, in the order in
// which they are offered.
func Fields(k Kind) []Field {
	if k == KindCustomers {
		return []Field{colName, colPhone, colCard, colEmail, colGroup, colLanguage, colPoints, colDebt, colDebtDue, colLimit, colBirthday}
	}
	return []Field{colSKU, colName, colBarcode, colPrice, colCost, colStock, colUnit, colCategory, colVAT, colWeighed, colAskPrice, colNoEarn, colNoPoints, colNoOffers}
}

const (
	colSKU      Field = "sku"
	colName     Field = "name"
	colBarcode  Field = "barcode"
	colPrice    Field = "price"
	colCost     Field = "cost"
	colVAT      Field = "vat"
	colCategory Field = "category"
	colUnit     Field = "unit"
	colStock    Field = "stock"
	colWeighed  Field = "weighed"
	colAskPrice Field = "ask_price"
	colNoEarn   Field = "no_earn"
	colNoPoints Field = "no_points"
	colNoOffers Field = "no_offers"
)

const (
	colPhone    Field = "phone"
	colEmail    Field = "email"
	colCard     Field = "card"
	colGroup    Field = "group"
	colLanguage Field = "language"
	colPoints   Field = "points"
	colDebt     Field = "debt"
	colDebtDue  Field = "debt_due"
	colLimit    Field = "credit_limit"
	colBirthday Field = "birthday"
)

// What headers are called in the lists of our markets, those of accounting
// programs included. They are compared by headerKey.
var productWords = headerWords(map[Field][]string{
	colSKU:      {"sku", "артикул", "код", "код товара", "article", "item code", "product code", "номенклатура код", "код номенклатуры", "внутренний код", "арт", "plu", "код товару", "артыкул", "тауар коды", "артикулы"},
	colName:     {"name", "наименование", "название", "товар", "product", "title", "item", "description", "номенклатура", "наименование товара", "название товара", "полное наименование", "наименование номенклатуры", "product name", "item name", "назва", "назва товару", "найменування", "найменне", "атауы", "тауар атауы", "тауар"},
	colBarcode:  {"barcode", "barcodes", "штрихкод", "штрихкоды", "штрих-код", "штрих-коды", "штрих код товара", "ean", "ean13", "gtin", "upc", "шк", "штрихкод товару", "штрыхкод", "штрихкоды тауар", "штрих-код тауар"},
	colPrice:    {"price", "цена", "цена, руб", "цена, руб.", "цена руб", "розничная цена", "цена розничная", "цена продажи", "цена за единицу", "цена розн", "retail price", "sale price", "unit price", "ціна", "роздрібна ціна", "ціна продажу", "цена rub", "цана", "рознічная цана", "бағасы", "баға", "бөлшек баға"},
	colCost:     {"cost", "себестоимость", "закупочная цена", "цена закупки", "закупка", "purchase price", "собівартість", "закупівельна ціна", "закупачная цана", "сатып алу бағасы", "өзіндік құны"},
	colVAT:      {"vat", "ндс", "ставка ндс", "ндс, %", "ндс %", "vat rate", "пдв", "ставка пдв", "tax", "стаўка пдв", "ққс", "ққс мөлшерлемесі"},
	colCategory: {"category", "категория", "группа", "раздел", "вид номенклатуры", "товарная группа", "группа товаров", "родитель", "категорія", "група", "group", "катэгорыя", "група тавараў", "санат", "санаты"},
	colUnit:     {"unit", "ед", "ед. изм.", "единица", "единица измерения", "базовая единица", "uom", "од", "од. вим.", "одиниця", "одиниця виміру", "адзінка", "адз", "өлшем бірлігі", "бірлік"},
	colStock:    {"stock", "остаток", "остатки", "количество", "кол-во", "qty", "quantity", "свободный остаток", "конечный остаток", "остаток на складе", "on hand", "залишок", "кількість", "астатак", "колькасць", "қалдық", "қалдығы", "саны"},
	colWeighed:  {"weighed", "весовой", "весовой товар", "ваговий"},
	colAskPrice: {"ask price", "ask_price", "цена на кассе"},
	colNoEarn:   {"no earn", "no_earn", "без баллов", "без начисления баллов", "не начислять баллы"},
	colNoPoints: {"no points", "no_points", "не списывать баллы", "без списания баллов"},
	colNoOffers: {"no offers", "no_offers", "без акций", "не участвует в акциях", "без автоматических скидок", "без акцій"},
})

var customerWords = headerWords(map[Field][]string{
	colName:     {"name", "имя", "фио", "ф.и.о.", "покупатель", "клиент", "контрагент", "customer", "full name", "наименование", "ім'я", "піб", "покупець", "клієнт"},
	colPhone:    {"phone", "телефон", "номер телефона", "тел", "мобильный", "мобильный телефон", "сотовый", "mobile", "phone number", "контактный телефон", "номер телефону"},
	colEmail:    {"email", "e-mail", "почта", "электронная почта", "эл. почта", "mail", "пошта", "електронна пошта"},
	colCard:     {"card", "карта", "номер карты", "карта лояльности", "дисконтная карта", "код карты", "card number", "картка", "номер картки"},
	colGroup:    {"group", "группа", "группа клиентов", "категория", "група"},
	colLanguage: {"language", "язык", "lang", "мова"},
	colPoints:   {"points", "баллы", "бонусы", "остаток баллов", "бонусный баланс", "bonus", "бали", "бонуси"},
	colDebt:     {"debt", "долг", "задолженность", "сумма долга", "борг", "заборгованість"},
	colDebtDue:  {"debt due", "debt_due", "долг до", "срок долга", "вернуть до", "срок оплаты", "due date", "борг до"},
	colBirthday: {"birthday", "день рождения", "дата рождения", "день народження"},
	colLimit:    {"credit limit", "credit_limit", "лимит", "кредитный лимит", "лимит долга", "ліміт"},
})

func headerWords(words map[Field][]string) map[string]Field {
	keys := map[string]Field{}
	for c, list := range words {
		for _, w := range list {
			keys[headerKey(w)] = c
		}
	}
	return keys
}

func wordsOf(k Kind) map[string]Field {
	if k == KindCustomers {
		return customerWords
	}
	return productWords
}
