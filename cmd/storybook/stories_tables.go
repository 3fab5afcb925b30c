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
	{name: "goods-export-sales", shows: "goods.export", play: func(b *book) {
		b.owner().menu("goods").press("F7", keys.Down, keys.Down, "Ctrl+A").typed("/home/kassa/продажи.csv")
	}},
}
