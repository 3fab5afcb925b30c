package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// listFile writes a list into a file of the test.
func listFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "list.csv")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func TestImport_RefusesWhatOnlyAPersonCanDecideAndNamesTheFlag(t *testing.T) {
	home, _ := demo(t)
	for _, tt := range []struct {
		name, kind, list, flag string
		answer                 []string
	}{
		{"no head", "products", "9101;Ложка;10,50\n9102;Вилка;11,50\n", "--columns sku,name,price --no-header", []string{"--columns", "sku,name,price", "--no-header"}},
		{"a column without a name", "products", "Артикул;;Цена\n9103;Ложка;10,50\n", "--columns sku,name,price", []string{"--columns", "sku,name,price"}},
		{"two prices", "products", "Артикул;Наименование;Цена;Цена\n9104;Ложка;10,50;9,00\n", "--columns sku,name,price,-", []string{"--columns", "sku,name,cost,price"}},
		{"thousands or decimals", "products", "Артикул;Наименование;Цена\n9105;Ложка;1,250\n", "--decimal", []string{"--decimal", ","}},
		{"the order of dates", "customers", "Имя;Телефон;Дата рождения\nЗоя;+79000000077;03/04/1990\n", "--dates", []string{"--dates", "mdy"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file := listFile(t, tt.list)
			out, _, exit := call(t, home, "import", tt.kind, file, "--json")
			require.Equal(t, exitRefused, exit, out)
			code, message := fault(t, out)
			assert.Equal(t, "invalid", code)
			assert.Contains(t, message, tt.flag)
			out, _, exit = call(t, home, append([]string{"import", tt.kind, file, "--json"}, tt.answer...)...)
			require.Zero(t, exit, out)
			out, _, exit = call(t, home, "import", tt.kind, file, "--json")
			require.Zero(t, exit, "what was answered once is known: %s", out)
		})
	}
	for _, args := range [][]string{{"--preset", "excel"}, {"--header-row", "none"}, {"--decimal", "_"}, {"--dates", "ymd"}} {
		_, _, exit := call(t, home, append([]string{"import", "products", listFile(t, "Артикул;Наименование;Цена\n9105;Ложка;1,25\n")}, args...)...)
		assert.Equal(t, exitUsage, exit, args)
	}
}

func TestImport_TellsItsNotesAndKeepsThemBeside(t *testing.T) {
	home, _ := demo(t)
	file := listFile(t, "Прайс;;\nКод;Наименование;Цена: Цена продажи;Цена: Опт\n9201;Ложка;10,505;9,00\nИтого;;10,51;\n")
	out, _, exit := call(t, home, "import", "products", file, "--preset", "moysklad", "--header-row", "2", "--json")
	require.Zero(t, exit, out)
	var v importJSON
	require.NoError(t, json.Unmarshal([]byte(out), &v))
	require.EqualValues(t, 2, v.NoteCount)
	assert.Equal(t, badRowJSON{Line: 3, Column: "Цена: Цена продажи", Reason: "«10,505» округлено до 10,51\u2009₽."}, v.Notes[0])
	kept, err := os.ReadFile(v.NotesFile)
	require.NoError(t, err)
	assert.Contains(t, string(kept), "9201;Ложка;10,505;9,00;3;Цена: Цена продажи: «10,505» округлено")

	out, _, exit = call(t, home, "import", "products", listFile(t, "9301;Ложка;дорого\n"), "--columns", "sku,name,price", "--no-header")
	require.Equal(t, exitRefused, exit)
	_, errOut, _ := call(t, home, "import", "products", listFile(t, "9301;Ложка;дорого\n"), "--columns", "sku,name,price", "--no-header")
	assert.Contains(t, errOut, "Цена: «дорого»", "a column without a head is called as the screen does: %s", out)
}
