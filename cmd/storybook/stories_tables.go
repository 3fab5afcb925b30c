package main

import "kassa/ui/keys"

// tableStories are the windows that bring lists in and take them out.
var tableStories = []story{
	{name: "goods-import-mapping", shows: "goods.import", play: func(b *book) {
		b.importing("Номенклатура.Код;Номенклатура;Закупочная цена;Розничная цена;Поставщик\n1001;Молоко 2,5 %;70,10;92,90;Ферма\n3001;Пряники;80,00;115,00;Пекарня\n")
	}},
	{name: "goods-import-partly", shows: "goods.import", play: func(b *book) {
		b.importing("артикул;название;цена\n1001;Молоко 2,5 %;92,90\n3002;Пряники;дорого\n")
	}},
	{name: "goods-import-moysklad", shows: "goods.import", play: func(b *book) {
		b.importing("Группы;UUID;Тип;Код;Наименование;Внешний код;Артикул;Единица измерения;Цена: Цена продажи;Валюта (Цена продажи);Закупочная цена;Штрихкод EAN13;Штрихкод GTIN;НДС;Весовой товар;Остаток\n" +
			"Бакалея/Крупы;5d0f0001;Товар;00021;Рис круглый 800 г;zX1;KR-800;шт;94,50;руб;61,3333;4607999000011;;10;нет;120\n" +
			"Сыры;5d0f0003;Товар;00023;Сыр «Лесной» вес;zX3;;кг;640,00;руб;420,00;2000023000007;;без НДС;да;12,345\n")
	}},
	{name: "goods-import-1c", shows: "goods.import", play: func(b *book) {
		b.importing("Прайс-лист;;;;;\nНа дату: 31.12.2025;;;;;\n\nНоменклатура.Код;Номенклатура;Характеристика;Номенклатура, Базовая единица;Цена;\n;;;;Розничная;Закупочная\n" +
			";Обувь;;;;\n00-101;Кроссовки беговые;42, синий;пара;5 490,00;3 100,00\n00-101;Кроссовки беговые;43, синий;пара;5 490,00;3 100,00\n;Носки;;;;\n00-102;Носки белые;;пара;90,00 руб.;45,50 руб.\nИтого;;;;;6 245,50\n")
	}},
	{name: "goods-import-asked", shows: "goods.import", play: func(b *book) {
		b.importing("Артикул;Наименование;Цена;Цена\nХ-1;Халва;1,250;0,900\nХ-2;Щербет;2,400;1,100\n")
	}},
	{name: "goods-import-no-head", shows: "goods.import", play: func(b *book) {
		b.importing("4607999000103;Халва подсолнечная;125,00\n4607999000110;Щербет;240,00\n")
	}},
	{name: "goods-import-no-column", shows: "goods.import", play: func(b *book) {
		b.importing("Артикул;Что это;Почём\nХ-1;Халва;125,00\n")
	}},
	{name: "goods-import-lost", shows: "goods.import", play: func(b *book) {
		b.importing("Артикул;Наименование;Штрихкод;Цена;Остаток\nП-1;Печенье овсяное;4,608E+12;64,00;#Н/Д\nП-2;Пря\u200Bники;4607999000110;120 USD;12 шт\nП-3;Сушки;4607999000127;90,00;5\n")
	}},
	{name: "customers-import-phones", shows: "goods.import", play: func(b *book) {
		b.customers("Фамилия;Имя;Телефон;Дата рождения\nИванова;Анна;\"8 495 000-00-01, 8 900 000-00-02\";03/04/1990\nПетров;Олег;моб. 8 900 000-00-03 (жена);05/06/1985\n")
	}},
	{name: "goods-export-sales", shows: "goods.export", play: func(b *book) {
		b.owner().menu("goods").press("F7", keys.Down, keys.Down, "Ctrl+A").typed("/home/kassa/продажи.csv")
	}},
}
