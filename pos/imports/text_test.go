package imports_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos/imports"
)

func rowsOf(t *testing.T, text string) (all [][]string, lines []int) {
	t.Helper()
	rows, err := imports.NewCSV(strings.NewReader(text), ';')
	require.NoError(t, err)
	for {
		cells, line, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return all, lines
		}
		require.NoError(t, err)
		all, lines = append(all, append([]string(nil), cells...)), append(lines, line)
	}
}

func TestNewCSV_KnowsWhatAQuoteMeans(t *testing.T) {
	for name, tt := range map[string]struct {
		text  string
		want  [][]string
		lines []int
	}{
		"as it should be":               {"1;\"Молоко; \"\"Утро\"\"\";5\n", [][]string{{"1", "Молоко; \"Утро\"", "5"}}, []int{1}},
		"over lines":                    {"1;\"а\r\nб\n\nв\";5\r\n2;г\r\n", [][]string{{"1", "а\nб\n\nв", "5"}, {"2", "г"}}, []int{1, 5}},
		"nothing in quotes":             {"\"\";\"\"\n;\n", [][]string{{"", ""}, {"", ""}}, []int{1, 2}},
		"spaces after":                  {"\"а\" ;\"б\"  \n", [][]string{{"а", "б"}}, []int{1}},
		"quotes not doubled":            {"1;\"Молоко \"Утро\" 1 л\";5\n2;Хлеб;6\n", [][]string{{"1", "Молоко \"Утро\" 1 л", "5"}, {"2", "Хлеб", "6"}}, []int{1, 2}},
		"a name that begins with one":   {"\"Мишка\" конфеты;100\n\"Белочка\" конфеты;200\n", [][]string{{"\"Мишка\" конфеты", "100"}, {"\"Белочка\" конфеты", "200"}}, []int{1, 2}},
		"and a quoted cell after it":    {"\"Мишка\" конфеты;\"шт\";5\n", [][]string{{"\"Мишка\" конфеты", "шт", "5"}}, []int{1}},
		"inches":                        {"Диск 5\" чёрный;\"Болт 1/2\"\";7\n", [][]string{{"Диск 5\" чёрный", "\"Болт 1/2\"\"", "7"}}, []int{1}},
		"one that is never closed":      {"\"Мишка;100\n2;Хлеб\n3;Сыр\n", [][]string{{"\"Мишка", "100"}, {"2", "Хлеб"}, {"3", "Сыр"}}, []int{1, 2, 3}},
		"and a quoted cell below":       {"1;\"Мишка;100\n2;\"Хлеб\";5\n\n3;Сыр;6\n", [][]string{{"1", "\"Мишка", "100"}, {"2", "Хлеб", "5"}, {"3", "Сыр", "6"}}, []int{1, 2, 4}},
		"and a name in quotes below":    {"\"Мишка;100\n\"Белочка\" конфеты;200\n", [][]string{{"\"Мишка", "100"}, {"\"Белочка\" конфеты", "200"}}, []int{1, 2}},
		"two that are never closed":     {"\"а;1\n\"б;2\n\"в;3", [][]string{{"\"а", "1"}, {"\"б", "2"}, {"\"в", "3"}}, []int{1, 2, 3}},
		"line ends of old programs":     {"1;а\r2;б\r\r3;в", [][]string{{"1", "а"}, {"2", "б"}, {"3", "в"}}, []int{1, 2, 4}},
		"rows shorter and longer":       {"1;2;3\n1\n1;2;3;4;\n", [][]string{{"1", "2", "3"}, {"1"}, {"1", "2", "3", "4", ""}}, []int{1, 2, 3}},
		"only a quote":                  {"\"\n2;а\n", [][]string{{"\""}, {"2", "а"}}, []int{1, 2}},
		"a quotation of another within": {"1;\"он сказал\n\"да\" и ушёл\";5\n", [][]string{{"1", "он сказал\n\"да\" и ушёл", "5"}}, []int{1}},
	} {
		t.Run(name, func(t *testing.T) {
			rows, lines := rowsOf(t, tt.text)
			require.Equal(t, tt.want, rows)
			require.Equal(t, tt.lines, lines)
		})
	}
}

func TestNewCSV_ReadsTheRowsBelowAQuoteNobodyClosed(t *testing.T) {
	rows, lines := rowsOf(t, "1;\"Хлеб\n"+strings.Repeat("2;Булка\n", imports.MaxRowBytes))
	require.Len(t, rows, imports.MaxRowBytes+1)
	require.Equal(t, []string{"1", "\"Хлеб"}, rows[0])
	require.Equal(t, []string{"2", "Булка"}, rows[imports.MaxRowBytes])
	require.Equal(t, imports.MaxRowBytes+1, lines[imports.MaxRowBytes])
	long := "1;\"" + strings.Repeat("а\n", 150) + "\";5\n"
	rows, _ = rowsOf(t, long)
	require.Len(t, rows, 1)
}

// Rows made to be read again and again end in a moment.
func TestNewCSV_HoldsOutAgainstQuotes(t *testing.T) {
	for _, line := range []string{"\"x\"\"\n", "\"x\"x", "\"\"\n\"", "\"a\n", "\";\"\n\"\"\""} {
		text := strings.Repeat(line, (imports.MaxRowBytes-100)/len(line))
		rows, err := imports.NewCSV(strings.NewReader("1;2\n"+text), ';')
		require.NoError(t, err)
		for err == nil {
			_, _, err = rows.Next()
		}
		require.ErrorIs(t, err, io.EOF)
	}
}
