package imports_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos/imports"
)

func TestNewCSV_FindsTheSeparator(t *testing.T) {
	for name, tt := range map[string]struct {
		text  string
		comma rune
		first []string
		line  int
	}{
		"Excel's own line":            {"sep=,\r\nsku,name\r\n1,a\r\n", ',', []string{"sku", "name"}, 2},
		"in quotes and capitals":      {"\"SEP=|\"\nsku|name;a,b\n", '|', []string{"sku", "name;a,b"}, 2},
		"as a row of its own":         {"\uFEFFsep=;;;\nsku;name;price\n", ';', []string{"sku", "name", "price"}, 2},
		"a tab":                       {"sep=\t\nsku\tname\n", '\t', []string{"sku", "name"}, 2},
		"one nobody else uses":        {"sep=^\nsku^name;x\n", '^', []string{"sku", "name;x"}, 2},
		"a head that only looks so":   {"sep=код;имя\n1;a\n", ';', []string{"sep=код", "имя"}, 1},
		"decimal commas in every row": {"Код;Имя;Цена;Остаток;Группа;Штрихкод\n1;a;11,00\n2;b;12,00\n3;c;13,00\n4;d;14,00;1;x\n", ';', []string{"Код", "Имя", "Цена", "Остаток", "Группа", "Штрихкод"}, 1},
		"commas in names":             {"1;Молоко, 3,2 %, 1 л, «Утро», пастер.;89,90\n2;Хлеб, ржаной;45\n3;Сыр;600\n", ';', []string{"1", "Молоко, 3,2 %, 1 л, «Утро», пастер.", "89,90"}, 1},
		"commas and quoted decimals":  {"sku,name,price\n1,\"Хлеб; чёрный; нарезной; весовой\",\"45,00\"\n2,\"Сыр; твёрдый\",\"600,00\"\n", ',', []string{"sku", "name", "price"}, 1},
		"a title above":               {"Прайс-лист, от 31.12.2025, розница;;;\nКод;Имя;Цена;Остаток\n1;a;1,5;1\n2;b;2,5;1\n", ';', []string{"Прайс-лист, от 31.12.2025, розница", "", "", ""}, 1},
		"a quoted break in the head":  {"\"Код,\nтовара\"\t\"Имя\"\n1\ta,b\n", '\t', []string{"Код,\nтовара", "Имя"}, 1},
		"bars":                        {"1|Хлеб; ржаной|45,00\n2|Сыр|60,00\n", '|', []string{"1", "Хлеб; ржаной", "45,00"}, 1},
		"one column":                  {"Хлеб\nСыр\n", ';', []string{"Хлеб"}, 1},
		"unseen signs at the ends":    {"\u200B1\u00A0;\u00ADХлеб\u200F \n", ';', []string{"1", "Хлеб"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			rows, err := imports.NewCSV(strings.NewReader(tt.text), 0)
			require.NoError(t, err)
			require.Equal(t, string(tt.comma), string(rows.Format().Comma))
			cells, line, err := rows.Next()
			require.NoError(t, err)
			require.Equal(t, tt.first, cells)
			require.Equal(t, tt.line, line)
		})
	}
	t.Run("but one that is asked for stands", func(t *testing.T) {
		rows, err := imports.NewCSV(strings.NewReader("sep=;\n1,2;3\n"), ',')
		require.NoError(t, err)
		cells, line, err := rows.Next()
		require.NoError(t, err)
		require.Equal(t, []string{"1", "2;3"}, cells)
		require.Equal(t, 2, line)
	})
	t.Run("nothing but the line is no list", func(t *testing.T) {
		rows, err := imports.NewCSV(strings.NewReader("sep=;\n"), 0)
		if err == nil {
			_, _, err = rows.Next()
		}
		require.Error(t, err)
	})
}
