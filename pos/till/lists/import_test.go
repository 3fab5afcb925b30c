package lists_test

// These tests bring lists in.

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/imports"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

func TestTill_ImportProducts(t *testing.T) {
	const list = "sku;name;barcode;price;stock\n" +
		"1001;Молоко новое;4600000000015;99,90;\n" + // changes name and price, keeps the stock
		"5000;Новинка;4699999999990;10;3\n" +
		"1002;\"Хлеб пшеничный нарезной, 400 г\";4600000000022;46,50;30\n" // as it is

	t.Run("a dry run tells everything and does nothing", func(t *testing.T) {
		s := tilltest.Demo(t)
		before := s.Kinds()
		r, err := s.ImportList(s.Owner, imports.KindProducts, list, true)
		require.NoError(t, err)
		require.Equal(t, [5]int64{3, 1, 1, 1, 0}, [5]int64{r.Total, r.New, r.Updated, r.Unchanged, r.BadCount})
		require.True(t, r.DryRun && !r.Applied)
		require.Equal(t, before, s.Kinds())
		s.Look(func(tx till.Tx) error {
			_, err := tx.ProductBySKU("5000")
			require.Equal(t, pos.CodeNotFound, pos.CodeOf(err))
			return nil
		})
	})
	t.Run("the same SKU updates, what stands empty stays", func(t *testing.T) {
		s := tilltest.Demo(t)
		r, err := s.ImportList(s.Owner, imports.KindProducts, list, false)
		require.NoError(t, err)
		require.True(t, r.Applied)
		s.Look(func(tx till.Tx) error {
			milk, err := tx.ProductBySKU("1001")
			require.NoError(t, err)
			require.Equal(t, s.Demo.Products[0].ID, milk.ID)
			require.Equal(t, "Молоко новое", milk.Name)
			require.Equal(t, money.Amount(9_990), milk.Price)
			require.Equal(t, s.Demo.Products[0].Stock, milk.Stock)
			require.Equal(t, s.Demo.Products[0].VAT, milk.VAT)
			fresh, err := tx.ProductBySKU("5000")
			require.Equal(t, money.Quantity(3_000), fresh.Stock)
			return err
		})
		require.Equal(t, pos.EventImported, s.Kinds()[0])
		s.Sound()

		r, err = s.ImportList(s.Owner, imports.KindProducts, list, false)
		require.NoError(t, err)
		require.Equal(t, int64(3), r.Unchanged, "twice is once")
	})
	t.Run("new goods in kilograms are weighed unless the list says otherwise", func(t *testing.T) {
		s := tilltest.Demo(t)
		_, err := s.ImportList(s.Owner, imports.KindProducts, "sku;name;price;unit\n6001;Сливы;150;Кг\n6002;Сок;90;шт\n", false)
		require.NoError(t, err)
		_, err = s.ImportList(s.Owner, imports.KindProducts, "sku;name;price;unit;weighed\n6003;Мешок картофеля;400;кг;нет\n", false)
		require.NoError(t, err)
		s.Look(func(tx till.Tx) error {
			for sku, weighed := range map[string]bool{"6001": true, "6002": false, "6003": false} {
				p, err := tx.ProductBySKU(sku)
				require.NoError(t, err)
				require.Equal(t, weighed, p.Flags.Weighed, sku)
			}
			return nil
		})
	})
	t.Run("one bad row stores nothing and all are named", func(t *testing.T) {
		s := tilltest.Demo(t)
		r, err := s.ImportList(s.Owner, imports.KindProducts, list+";;;;\n5001;Без цены;;;\n5002;Чужой код;4600000000039;1;\n;Без артикула;;1;\n", false)
		tilltest.Refused(t, err, pos.CodeInvalid, "import.bad-rows")
		ids := map[int]string{}
		for _, bad := range r.Bad {
			ids[bad.Line] = bad.ID
		}
		require.Equal(t, map[int]string{6: "import.no-price", 7: "product.barcode-taken", 8: "product.sku-empty"}, ids)
		require.False(t, r.Applied)
		s.Look(func(tx till.Tx) error {
			milk, err := tx.ProductBySKU("1001")
			require.Equal(t, s.Demo.Products[0].Name, milk.Name)
			return err
		})
	})
	t.Run("a cashier may not, and a torn file is refused", func(t *testing.T) {
		s := tilltest.Demo(t)
		_, err := s.ImportList(s.Cashier, imports.KindProducts, list, true)
		tilltest.Refused(t, err, pos.CodeForbidden, "till.forbidden")
		_, err = s.ImportList(s.Owner, imports.KindProducts, list+"\x00", false)
		tilltest.Refused(t, err, pos.CodeInvalid, "import.nul")
		_, err = s.Import(s.Context(), s.Owner, till.Import{Kind: imports.KindProducts,
			Open: func() (imports.Rows, error) { return imports.NewCSV(failing{}, 0) }})
		tilltest.Refused(t, err, pos.CodeUnavailable, "import.unreadable")
	})
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the stick was pulled out") }

func (failing) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }

func TestTill_ImportCustomers(t *testing.T) {
	t.Run("a new customer brings points and a debt, a known one does not", func(t *testing.T) {
		s := tilltest.Demo(t)
		anna := s.Demo.Customers[0]
		r, err := s.ImportList(s.Owner, imports.KindCustomers, "имя;телефон;карта;баллы;долг;лимит\n"+
			"Новая;8 900 000-00-55;;150;1000,50;2000\nАнна Л.;"+anna.Phone+";;;;\n", false)
		require.NoError(t, err)
		require.Equal(t, [2]int64{1, 1}, [2]int64{r.New, r.Updated})
		s.Look(func(tx till.Tx) error {
			c, err := tx.CustomerByPhone("+79000000055")
			require.NoError(t, err)
			card, err := s.CustomerCard(s.Context(), s.Owner, c.ID)
			require.NoError(t, err)
			require.Equal(t, [3]int64{150, 100_050, 200_000}, [3]int64{card.Points, int64(card.Debt), int64(card.CreditLimit)})
			require.Zero(t, card.Overdue)
			old, err := tx.Customer(anna.ID)
			require.Equal(t, "Анна Л.", old.Name)
			require.Equal(t, anna.CreditLimit, old.CreditLimit)
			return err
		})
		s.Sound()

		r, err = s.ImportList(s.Owner, imports.KindCustomers, "имя;телефон;баллы;долг\nНовая;+79000000055;151;\nАнна Л.;"+anna.Phone+";;5\n", true)
		require.NoError(t, err)
		require.Equal(t, []string{"import.points-known", "import.debt-known"}, []string{r.Bad[0].ID, r.Bad[1].ID})
	})
	t.Run("phone and card of two people name nobody", func(t *testing.T) {
		s := tilltest.Demo(t)
		r, err := s.ImportList(s.Owner, imports.KindCustomers, "имя;телефон;карта\nКто;"+s.Demo.Customers[0].Phone+";"+s.Demo.Customers[1].Card+"\n", true)
		require.NoError(t, err)
		require.Equal(t, "import.two-people", r.Bad[0].ID)
	})
	t.Run("two rows about one person, by phone and by card, are refused", func(t *testing.T) {
		s := tilltest.Demo(t)
		anna := s.Demo.Customers[0]
		r, err := s.ImportList(s.Owner, imports.KindCustomers, "имя;телефон;карта\nАнна;"+anna.Phone+";\nВера;8 900 000-00-56;"+anna.Card+"\n", false)
		tilltest.Refused(t, err, pos.CodeInvalid, "import.bad-rows")
		require.Equal(t, []till.BadRow{{Line: 3, ID: "import.same-person", Args: pos.Args{"Name": anna.Name, "First": 2}}}, r.Bad)
		s.Look(func(tx till.Tx) error {
			old, err := tx.Customer(anna.ID)
			require.Equal(t, anna.Phone, old.Phone)
			return err
		})
	})
}
