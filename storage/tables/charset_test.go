package tables_test

// The encoding of a list, tried on goods of four languages in every case, at
// every length, in every encoding: found, or named as doubtful, never wrong in
// silence.

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"kassa/pos/imports"
)

// goodsOf are names of goods, most of them of words the table of pairs was not
// made of: what, which, and how much make some hundreds.
var goodsOf = map[string][3][]string{
	"ru": {{"Водка", "Пиво", "Ряженка", "Творожок", "Сырок глазированный", "Пельмени", "Батон нарезной", "Лимонад", "Зубная щётка", "Фонарик", "Удлинитель", "Саморезы", "Обои", "Кроссовки детские", "Плёнка пищевая", "Ёршик"},
		{"Царская", "Жигули", "Домик в деревне", "«Утро»", "Южный", "Фермерский", "Эконом", "Премиум"}, {"0,5Л", "2,5% 1 л", "300 г", "№ 7", "10 шт.", "ВЕС"}},
	"uk": {{"Горілка", "Ряжанка", "Вареники", "Батон нарізний", "Ліхтарик", "Подовжувач", "Шпалери", "Кросівки дитячі", "Плівка харчова", "Ґудзики", "Їжачок", "Цвяхи"},
		{"Київський", "Яготинське", "Моршинська", "Фермерський", "Економ", "Солов'їна"}, {"0,5Л", "2,5% 1 л", "300 г", "10 шт."}},
	"be": {{"Гарэлка", "Ражанка", "Пельмені", "Булка нарэзаная", "Ліхтарык", "Падаўжальнік", "Шпалеры", "Красоўкі", "Плёнка харчовая", "Гузікі", "Цвікі", "Вожык"},
		{"Савушкін", "Беларускі", "Белавежская пушча", "Слаўная", "Эканом", "Мінскі"}, {"0,5Л", "2,5% 1 л", "300 г", "10 шт."}},
	"kk": {{"Арақ", "Қымыз", "Шұбат", "Тұшпара", "Бөлке нан", "Қолшам", "Ұзартқыш", "Түсқағаз", "Балалар аяқ киімі", "Түйме", "Құрт", "Ірімшік"},
		{"Алатау", "Шымкент", "Ұлттық", "Әжемнің", "Үнемді", "Көкшетау"}, {"0,5Л", "2,5% 1 л", "300 г", "10 дана"}},
}

func goodsNames(language string) (all []string) {
	g := goodsOf[language]
	for i := range len(g[0]) * len(g[1]) * len(g[2]) {
		all = append(all, g[0][i%len(g[0])]+" "+g[1][(i*5+i/7)%len(g[1])]+" "+g[2][(i*3+i/5)%len(g[2])])
	}
	return all
}

var encodings = map[string]encoding.Encoding{
	"utf-8": encoding.Nop, "windows-1251": charmap.Windows1251, "cp866": charmap.CodePage866, "koi8-r": charmap.KOI8R, "koi8-u": charmap.KOI8U,
	"iso-8859-5": charmap.ISO8859_5, "x-mac-cyrillic": charmap.MacintoshCyrillic,
	"utf-16le": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16be": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
}

var cases = map[string]func(string) string{
	"lower": strings.ToLower, "UPPER": strings.ToUpper, "Title": func(s string) string { return s },
}

// listings are the ways a name stands in a file.
var listings = map[string]struct{ head, row string }{
	"a list":     {"Артикул;Наименование;Цена\r\n", "CP-%03d;%s;%d,90\r\n"},
	"no head":    {"", "%03d;%s;%d,90\r\n"},
	"names only": {"", "%.0d%s%.0d\r\n"},
}

func TestOpen_NeverGuessesInSilence(t *testing.T) {
	dir := t.TempDir()
	right, doubtful, wrong := 0, 0, 0
	perLength, perCharset := map[string][2]int{}, map[string]int{}
	for _, language := range slices.Sorted(maps.Keys(goodsOf)) {
		names := goodsNames(language)
		require.Greater(t, len(names), 100)
		for charset, e := range encodings {
			for which, fold := range cases {
				for how, listing := range listings {
					for _, lines := range []int{1, 3, 10, 100} {
						for try := range max(1, 3-lines/3) {
							text := listing.head
							for i := range lines {
								text += fmt.Sprintf(listing.row, i, fold(names[(try*97+i)%len(names)]), i+10)
							}
							content, err := e.NewEncoder().Bytes([]byte(text))
							if err != nil { // the encoding lacks a letter: Excel writes a question mark
								if content, err = e.NewEncoder().Bytes([]byte(withoutLetters(e, text))); err != nil {
									continue
								}
							}
							want, err := e.NewDecoder().Bytes(content)
							require.NoError(t, err)
							path := filepath.Join(dir, "a.csv")
							require.NoError(t, os.WriteFile(path, content, 0o600))
							got, f := wholeText(t, path)
							n := perLength[fmt.Sprint(lines)]
							n[0]++
							switch {
							case got == strings.Join(strings.Fields(string(want)), " ") && len(f.Doubt) == 0:
								right++
							case len(f.Doubt) > 0 && (got == strings.Join(strings.Fields(string(want)), " ") || slices.Contains(f.Doubt, charset) || sameText(f.Doubt, content, string(want))):
								doubtful++
								n[1]++
								perCharset[charset]++
							default:
								wrong++
								t.Errorf("%s %s %s %s %d lines: read as %s, doubting %q: %q", language, charset, which, how, lines, f.Charset, f.Doubt, got)
							}
							perLength[fmt.Sprint(lines)] = n
						}
					}
				}
			}
		}
	}
	t.Logf("right %d, doubtful %d, wrong %d; doubtful by lines: %v, by encoding: %v", right, doubtful, wrong, perLength, perCharset)
	require.Zero(t, perLength["100"][1], "a hundred lines leave no doubt")
	require.Less(t, doubtful*15, right, "a question for every list is no help")
}

func withoutLetters(e encoding.Encoding, text string) string {
	return strings.Map(func(r rune) rune {
		if _, err := e.NewEncoder().String(string(r)); err != nil {
			return '?'
		}
		return r
	}, text)
}

func sameText(charsets []string, content []byte, want string) bool {
	return slices.ContainsFunc(charsets, func(c string) bool {
		e, known := encodings[c]
		if !known {
			return false
		}
		got, err := e.NewDecoder().Bytes(content)
		return err == nil && string(got) == want
	})
}

// wholeText is all a list says, in one line.
func wholeText(t *testing.T, path string) (string, imports.Format) {
	rows, f, err := read(t, path, imports.Format{Comma: ';'})
	require.NoError(t, err)
	var all []string
	for _, r := range rows {
		all = append(all, strings.Join(r, ";"))
	}
	return strings.Join(strings.Fields(strings.Join(all, " ")), " "), f
}

func TestOpen_TellsEncodingsApart(t *testing.T) {
	in := func(e encoding.Encoding, text string) []byte {
		b, err := e.NewEncoder().Bytes([]byte(text))
		require.NoError(t, err)
		return b
	}
	far := strings.Repeat("1;a;1\r\n", 400_000)
	for name, tt := range map[string]struct {
		content []byte
		charset string
		last    string // of the last row
	}{
		"capitals under a head of small letters": {in(charmap.Windows1251, "артикул;наименование\r\nCP-000;ВОДКА ЦАРСКАЯ 0,5Л\r\n"), "windows-1251", "ВОДКА ЦАРСКАЯ 0,5Л"},
		"one line of three words":                {in(charmap.Windows1251, "СЫР РОССИЙСКИЙ ВЕС"), "windows-1251", "СЫР РОССИЙСКИЙ ВЕС"},
		"small letters in KOI8-R":                {in(charmap.KOI8R, "1;сыр российский вес"), "koi8-r", "сыр российский вес"},
		"capitals only far below":                {append([]byte(far), in(charmap.KOI8R, "9;ВОДКА ЦАРСКАЯ")...), "koi8-r", "ВОДКА ЦАРСКАЯ"},
		"Kazakh in its own standard":             {[]byte("1;\x8d\xfb\xe7\xfb\xeb\xf8\xe0 \x8d\xfb\xec\xfb\xe7 \xa3\xeb\xe8\xff"), "kz-1048", "Қызылша Қымыз Әлия"},
		"French among Latin letters":             {[]byte("sku;name\n1;Cr\xe8me br\xfbl\xe9e Nestl\xe9\n2;Caf\xe9 p\xe2t\xe9"), "windows-1252", "Café pâté"},
		"the end mark of DOS":                    {append(in(charmap.CodePage866, "1;молоко цельное\r\n2;Хлеб ржаной\r\n"), 0x1A), "cp866", "Хлеб ржаной"},
		"noughts after a power failure":          {append(in(charmap.Windows1251, "1;молоко цельное\r\n2;Хлеб ржаной"), make([]byte, 4096)...), "windows-1251", "Хлеб ржаной"},
		"UTF-8 with one bad byte":                {[]byte("1;Молоко цельное \xD0;5\n2;Хлеб ржаной"), "utf-8", "Хлеб ржаной"},
		"UTF-8 marked, with a bad byte":          {[]byte("\uFEFF1;Мол\xD0\n2;Хлеб"), "utf-8", "Хлеб"},
	} {
		t.Run(name, func(t *testing.T) {
			rows, f, err := read(t, write(t, "a.csv", tt.content), imports.Format{})
			require.NoError(t, err)
			require.Equal(t, tt.charset, f.Charset)
			require.Empty(t, f.Doubt)
			last := rows[len(rows)-1]
			require.Equal(t, tt.last, last[min(1, len(last)-1)])
		})
	}
	t.Run("a bad byte is seen in its cell", func(t *testing.T) {
		rows, _, err := read(t, write(t, "a.csv", []byte("1;Молоко \xD0;5\n2;Хлеб;7")), imports.Format{})
		require.NoError(t, err)
		require.Equal(t, []string{"1", "Молоко \uFFFD", "5"}, rows[0])
		rows, _, err = read(t, write(t, "b.csv", []byte("1;Молоко \xD0;5\n2;Хлеб;7")), imports.Format{Charset: "utf-8"})
		require.NoError(t, err)
		require.Equal(t, "Молоко \uFFFD", rows[0][1])
	})
	t.Run("a few letters are a doubt", func(t *testing.T) {
		_, f, err := read(t, write(t, "a.csv", in(charmap.KOI8R, "1;ЕЛ;5")), imports.Format{})
		require.NoError(t, err)
		require.NotEmpty(t, f.Doubt)
	})
	t.Run("no doubt about what was asked for", func(t *testing.T) {
		_, f, err := read(t, write(t, "a.csv", in(charmap.KOI8R, "1;ЕЛ;5")), imports.Format{Charset: "koi8-r"})
		require.NoError(t, err)
		require.Empty(t, f.Doubt)
	})
}
