package palette_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"kassa/ui/palette"
)

var entries = []palette.Entry{
	{ID: "pay", Title: "Оплата", Key: "F9", Names: []string{"Payment"}},
	{ID: "discount", Title: "Скидка на строку", Names: []string{"Line discount"}},
	{ID: "cheque-discount", Title: "Скидка на чек", Names: []string{"Receipt discount"}},
	{ID: "x", Title: "X-отчёт", Key: "F11", Names: []string{"X report"}},
	{ID: "backup", Title: "Резервная копия", Where: "Меню «Файл»", Names: []string{"Backup"}},
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		query string
		want  []string
	}{
		{"", []string{"pay", "discount", "cheque-discount", "x", "backup"}},
		{"опл", []string{"pay"}},
		{"pay", []string{"pay"}},
		{"jgkfnf", []string{"pay"}}, // «оплата» on the Latin layout
		{"зфнь", []string{"pay"}},   // "paym" on the Russian one
		{"чек скидка", []string{"cheque-discount"}},
		{"скид", []string{"discount", "cheque-discount"}},
		{"discount", []string{"discount", "cheque-discount"}},
		{"отчет", []string{"x"}}, // е for ё
		{"f11", []string{"x"}},
		{"файл", []string{"backup"}},
		{"скидка оплата", nil},
		{"аплата", []string{"pay"}}, // a slip
		{"фплата", []string{"pay"}}, // the same at the beginning
		{"дисконт", nil},            // no word of theirs
		{"ытсщгте", nil},            // nor on another layout
		{"вшысщгте", []string{"discount", "cheque-discount"}},
		{"вшысагте", []string{"discount", "cheque-discount"}}, // with a slip in it
	} {
		var got []string
		for _, e := range palette.Find(entries, c.query).List {
			got = append(got, e.ID)
		}
		assert.Equal(t, c.want, got, c.query)
	}
}
