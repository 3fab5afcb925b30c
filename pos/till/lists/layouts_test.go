package lists_test

// These tests bring in lists laid out as people have them.

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/exports"
	"kassa/pos/imports"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

func ids(list []till.BadRow) (all []string) {
	for _, b := range list {
		all = append(all, b.ID)
	}
	return all
}

// stored is a product as the shop has it.
func stored(s *tilltest.Shop, sku string) (p *pos.Product) {
	s.Look(func(tx till.Tx) (err error) { p, err = tx.ProductBySKU(sku); return err })
	return p
}

func TestTill_ImportGoodsWithoutNumbers(t *testing.T) {
	const list = "Название;Цена;Штрихкод\nАйва;100,00;\nБатат;200,00;4699999999983\nМолоко;90,00;4600000000015\n"
	s := tilltest.Demo(t)
	before := goods(s)
	r, err := s.ImportList(s.Owner, imports.KindProducts, list, false)
	require.NoError(t, err)
	require.Equal(t, [3]int64{2, 1, 0}, [3]int64{r.New, r.Updated, r.Unchanged}, "a barcode names what is there")
	require.Equal(t, before+2, goods(s))
	var quince string
	s.Look(func(tx till.Tx) error {
		list, err := tx.SearchProducts("айва", 2)
		require.NoError(t, err)
		require.Len(t, list, 1)
		quince = list[0].SKU
		require.NotEmpty(t, quince)
		milk, err := tx.ProductBySKU("1001")
		require.Equal(t, "Молоко", milk.Name)
		return err
	})
	r, err = s.ImportList(s.Owner, imports.KindProducts, list, false)
	require.NoError(t, err)
	require.Equal(t, int64(3), r.Unchanged, "twice is once, by barcode and by name")

	r, err = s.ImportList(s.Owner, imports.KindProducts, "Название;Цена\nАйва;110,00\nАйва;120,00\n", true)
	require.NoError(t, err)
	require.Equal(t, []string{"import.twice"}, ids(r.Bad), "nothing tells the two apart")

	// What the list names stays on the shelf.
	_, err = s.Import(s.Context(), s.Owner, till.Import{Kind: imports.KindProducts, Open: imports.Text(list), ArchiveMissing: true})
	require.NoError(t, err)
	require.False(t, stored(s, quince).Archived)
	require.False(t, stored(s, "1001").Archived)
	require.True(t, stored(s, "1002").Archived)
	s.Sound()
}

func TestTill_ImportTellsWhatItChangedOnTheWay(t *testing.T) {
	s := tilltest.Demo(t)
	var noted []till.RefusedRow
	r, err := s.Import(s.Context(), s.Owner, till.Import{Kind: imports.KindProducts, Open: imports.Text("Цены;;;\nАртикул;Наименование;Цена;Номер на весах\nФрукты;;;\nФ1;Айва;100,005;00042\nФ2;Хурма;90,00;\nИтого;;190,00;\n"),
		Noted: func(r till.RefusedRow) error { noted = append(noted, r); return nil }})
	require.NoError(t, err)
	require.Equal(t, int64(2), r.New)
	require.Equal(t, []string{"import.note.group", "import.note.rounded", "import.note.total"}, ids(r.Notes))
	require.Equal(t, int64(3), r.NoteCount)
	require.Len(t, noted, 3)
	require.Equal(t, []string{"Ф1", "Айва", "100,005", "00042"}, noted[2].Cells, "as it stands in the file")
	quince := stored(s, "Ф1")
	require.Equal(t, [3]any{"Фрукты", "42", pos.Product{}.Article}, [3]any{quince.Category, quince.ScaleCode, quince.Article})
	require.EqualValues(t, 10_001, quince.Price)

	t.Run("a number on the scale that is another's is refused by its name", func(t *testing.T) {
		r, err := s.ImportList(s.Owner, imports.KindProducts, "Артикул;Наименование;Цена;Номер на весах\nФ3;Гранат;1,00;42\nФ4;Груша;1,00;7\nФ5;Слива;1,00;7\n", true)
		require.NoError(t, err)
		require.Equal(t, []string{"product.scale-code-taken", "import.twice"}, ids(r.Bad))
	})
	t.Run("goods in the archive of the list are passed over", func(t *testing.T) {
		r, err := s.ImportList(s.Owner, imports.KindProducts, "Код;Наименование;Цена;Архивный\nФ9;Старое;1,00;да\nФ2;Хурма;95,00;нет\n", false)
		require.NoError(t, err)
		require.Equal(t, [3]int64{0, 1, 1}, [3]int64{r.New, r.Updated, r.Skipped})
		require.Equal(t, []string{"import.note.archived"}, ids(r.Notes))
	})
	t.Run("a unit in another spelling is the same", func(t *testing.T) {
		r, err := s.ImportList(s.Owner, imports.KindProducts, "Артикул;Наименование;Цена;Ед. изм.\nФ2;Хурма;95,00;Шт.\n", false)
		require.NoError(t, err)
		require.Equal(t, int64(1), r.Unchanged)
	})
	t.Run("what stands beside a phone is kept in the note, once", func(t *testing.T) {
		for range 2 {
			r, err := s.ImportList(s.Owner, imports.KindCustomers, "Имя;Телефон;Комментарий\nЗоя;\"8 900 000-00-55, 8 495 000-00-01 Иван\";постоянная\n", false)
			require.NoError(t, err)
			require.Equal(t, []string{"import.note.phones"}, ids(r.Notes))
		}
		s.Look(func(tx till.Tx) error {
			c, err := tx.CustomerByPhone("+79000000055")
			require.Equal(t, "постоянная; +74950000001, Иван", c.Note)
			return err
		})
	})
}

func TestTill_OwnExportsGoInAgainWithoutANote(t *testing.T) {
	s := tilltest.Demo(t)
	for what, kind := range map[till.Exported]imports.Kind{till.ExportedProducts: imports.KindProducts, till.ExportedCustomers: imports.KindCustomers} {
		var out bytes.Buffer
		require.NoError(t, s.ExportTo(s.Owner, what, &out, exports.CSV))
		r, err := s.ImportList(s.Owner, kind, out.String(), false)
		require.NoError(t, err, "%v", r)
		require.Equal(t, r.Total, r.Unchanged, what)
		require.Positive(t, r.Total)
		require.Empty(t, r.Notes, what)
		rows, err := imports.Text(out.String())()
		require.NoError(t, err)
		sample, err := imports.Sample(rows)
		require.NoError(t, err)
		require.Empty(t, imports.Understand(kind, sample, false, "").Doubts, what)
	}
}
