package counter_test

// These tests scan codes in other forms than the shop keeps them in.

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/barcode"
	"kassa/pos/imports"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// coded is a small shop with goods by their codes beside its own.
func coded(t *testing.T, list ...string) *tilltest.Shop {
	t.Helper()
	s := tilltest.Small(t)
	text := "sku,name,barcodes,unit,price,weighed\n"
	for i, row := range list {
		sku, code, _ := strings.Cut(row, "=")
		code, rest, _ := strings.Cut(code, " ")
		unit := "шт,10.00,"
		if rest == "kg" {
			unit = "кг,200.00,да"
		}
		text += fmt.Sprintf("%s,Товар %d,%s,%s\n", sku, i, code, unit)
	}
	r, err := s.ImportList(s.Owner, imports.KindProducts, text, false)
	require.NoError(t, err)
	require.EqualValues(t, len(list), r.New, "%+v", r)
	return s
}

func TestTill_ScanFindsGoodsByEachForm(t *testing.T) {
	s := coded(t, "upc=036000291452", "ean=0012345678905", "lost=42100005264", "e=04252631", "ean8=46000019", "pack=14600000000012",
		"book=9785699120147", "abc=ABC-1234", "qwe=QWE/RTY.5", "small=trb-001a", "АРТ-15=", "cyr=АВС-77", "uk=SIZE]7", "be=BOX'9", "Mix-Sku=", "mix=aBcD-5")
	const milk, mark = "04600000000015", "0104600000000015215abcdeFGHIJKL"
	for code, sku := range map[string]string{
		"0036000291452": "upc", "00036000291452": "upc", "36000291452": "upc", "]E00036000291452": "upc", "ъУ00036000291452": "upc",
		"012345678905": "ean", "12345678905": "ean", "00012345678905": "ean", "]E0012345678905": "ean",
		"042100005264": "lost", "0042100005264": "lost", "04252614": "lost",
		"0000046000019": "ean8", "00000046000019": "ean8", "]E446000019": "ean8", "01" + "00000046000019": "ean8",
		milk: "milk", "]C101" + milk: "milk", "01" + milk: "milk", "(01)" + milk + "(21)abc": "milk",
		mark: "milk", mark + "\x1d91EE06\x1d92abc+/=": "milk", "]d2" + mark + "\x1d91EE06": "milk", "\x1d" + mark + "{GS}91EE06": "milk",
		mark + " 91EE06 92abc": "milk", strings.ReplaceAll(mark, "abcde", "фисву"): "milk", milk + "!\"%&abcAAAAdGVz": "milk",
		mark + "\x1d91EE06\x1d92" + strings.Repeat("Ab+/", 22): "milk",
		"https://example.com/01/" + milk:                       "milk",
		"01" + "14600000000012" + "21a":                        "pack",
		"5699120149":                                           "book", "978569912014705": "book", "978569912014700015": "book",
		"abc-1234": "abc", "ФИС-1234": "abc", "фис-1234": "abc", "АBC-1234": "abc", "]C0ABC-1234": "abc",
		"qwe/rty.5": "qwe", "ЙЦУ.КЕНю5": "qwe", "йцу.кенЮ5": "qwe", "ЙЦУ.КЕНЮ5": "qwe",
		"TRB-001A": "small", "ЕКИ-001Ф": "small", "еки-001ф": "small",
		"арт-15": "АРТ-15", "fhn-15": "АРТ-15", "FHN-15": "АРТ-15",
		"ABCD-5": "mix", "abcd-5": "mix", "Abcd-5": "mix", "ФисВ-5": "mix", "MIX-SKU": "Mix-Sku", "mix-sku": "Mix-Sku", "ьшч-ылг": "Mix-Sku",
		"ABC-77": "cyr", "abc-77": "cyr", "ІШЯУЇ7": "uk", "ішяуї7": "uk", "ІЎЧЭ9": "be", "іўчэ9": "be",
	} {
		t.Run(code, func(t *testing.T) {
			v, err := s.Scan(t.Context(), s.Owner, code, 0, nil)
			require.NoError(t, err)
			require.Equal(t, sku, v.Cheque.Last().SKU)
			require.NoError(t, v.Cheque.Last().Check())
			if b := v.Cheque.Last().Barcode; b != "" {
				require.Contains(t, s.Stored(sku).Barcodes, b, "the line has the code the shop keeps")
			}
		})
	}
	_, err := s.CancelCheque(t.Context(), s.Owner, "проба")
	require.NoError(t, err)
}

func TestTill_ScanRefusesWhatIsOtherGoods(t *testing.T) {
	s := coded(t, "low=abc-1", "upp=ABC-1", "one=XY-1", "two=xy-1", "kg=4607001234562 kg")
	for name, tt := range map[string]struct {
		code string
		kind pos.Code
		id   string
	}{
		"a package of the goods":         {"14600000000012", pos.CodeNotFound, "scan.package"},
		"a package behind a prefix":      {"]C10114600000000012", pos.CodeNotFound, "scan.package"},
		"a case that names its goods":    {"02046000000000153724", pos.CodeNotFound, "scan.package"},
		"a package of goods unknown":     {"14600000000999", pos.CodeNotFound, "scan.unknown"},
		"goods nobody has":               {"0104600000000992" + "21abc", pos.CodeNotFound, "scan.unknown"},
		"a wrong check digit":            {"04600000000016", pos.CodeNotFound, "scan.unknown"},
		"a case that fits two":           {"Abc-1", pos.CodeConflict, "scan.several"},
		"a layout that fits two":         {"Фис-1", pos.CodeConflict, "scan.several"},
		"a pallet":                       {"]C100146000000000000015", pos.CodeNotFound, "scan.unknown"},
		"weighed goods without a weight": {"01" + "94607001234565" + "10A", pos.CodeInvalid, "scan.no-weight"},
		"a code and a prefix alone":      {"]C1", pos.CodeNotFound, "scan.unknown"},
		"an escape":                      {"\x1b[31m", pos.CodeInvalid, "scan.characters"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := s.Scan(t.Context(), s.Owner, tt.code, 0, nil)
			tilltest.Refused(t, err, tt.kind, tt.id)
		})
	}
	require.Equal(t, "low", s.Ring("abc-1").Cheque.Last().SKU, "the exact code wins")
	require.Equal(t, "upp", s.Ring("ABC-1").Cheque.Last().SKU)
	_, err := s.CancelCheque(t.Context(), s.Owner, "проба")
	require.NoError(t, err)
}

func TestTill_ScanTakesTheWeightOfAPacker(t *testing.T) {
	gtin9 := "9460700123456"
	gtin9 += string(barcode.CheckDigit(gtin9))
	s := coded(t, "kg=4607001234562 kg", "own=98000000000012 kg")
	own := "01" + "98000000000012"
	for name, tt := range map[string]struct {
		code, sku string
		qty       int64
		sum       money.Amount
	}{
		"a weight":                  {"]C1" + own + "3103001234", "own", 1234, 24_680},
		"a weight, then more":       {own + "310200015017260101" + "10A7", "own", 1500, 30_000},
		"a weight under FNC1":       {"\x1d" + own + "10A7\x1d3103000500", "own", 500, 10_000},
		"a price":                   {own + "392212345", "own", 618, 12_345},
		"the goods of the packer":   {"01" + gtin9 + "3103001000", "kg", 1000, 20_000},
		"the goods by their EAN-13": {"01" + "04607001234562" + "3103000250", "kg", 250, 5_000},
		"a count of pieces":         {"01" + "04600000000015" + "306", "milk", 6000, 60_000},
		"a weight of pieces":        {"01" + "04600000000015" + "3103001000", "milk", 1000, 10_000},
	} {
		t.Run(name, func(t *testing.T) {
			v, err := s.Scan(t.Context(), s.Owner, tt.code, 0, nil)
			require.NoError(t, err)
			l := v.Cheque.Last()
			require.Equal(t, tt.sku, l.SKU)
			require.EqualValues(t, tt.qty, l.Qty)
			require.Equal(t, tt.sum, v.Totals.Total)
			_, err = s.CancelCheque(t.Context(), s.Owner, "проба")
			require.NoError(t, err)
		})
	}
	for code, id := range map[string]string{own + "10A": "scan.no-weight", "2*" + own + "3103001234": "scan.two-quantities", own + "39220": "label.none-price"} {
		_, err := s.Scan(t.Context(), s.Owner, code, 0, nil)
		tilltest.Refused(t, err, pos.CodeInvalid, id)
	}
}

// A list of a shop may name weighed goods by a label of nothing.
func TestTill_ScanLabelOfGoodsListedWithoutWeight(t *testing.T) {
	s := coded(t, "a=2000023000009 kg", "b=2000024 kg", "c=200002500000 kg", "d=2000026000000 kg", "e=2400027000003", "f=2500028000005 kg", "g=2000029 kg")
	s.Settings.Labels.Rules = "20=weight/5, 24=price/5, 25=weight/4/check"
	g := s.Stored("apples")
	g.ScaleCode = "29"
	_, err := s.PutProduct(t.Context(), s.Owner, g)
	require.NoError(t, err)
	label := func(twelve string) string { return twelve + string(barcode.CheckDigit(twelve)) }
	for code, sku := range map[string]string{
		label("200002301234"): "a", label("200002401234"): "b", label("200002501234"): "c", label("200002601234"): "d",
		"]E0" + label("200002301234"): "a", "0" + label("200002301234"): "a",
		label("240002701234"): "e",
	} {
		v, err := s.Scan(t.Context(), s.Owner, code, 0, nil)
		require.NoError(t, err, code)
		l := v.Cheque.Last()
		require.Equal(t, sku, l.SKU, code)
		if sku == "e" {
			require.EqualValues(t, 1234, l.Price)
		} else {
			require.Zero(t, l.Qty%1234, code)
		}
	}
	_, err = s.Scan(t.Context(), s.Owner, label("200002901234"), 0, nil)
	tilltest.Refused(t, err, pos.CodeConflict, "label.several")
	_, err = s.Scan(t.Context(), s.Owner, label("200009901234"), 0, nil)
	tilltest.Refused(t, err, pos.CodeNotFound, "label.unknown")
	wrong := label("200002301234")
	_, err = s.Scan(t.Context(), s.Owner, wrong[:12]+string('0'+(wrong[12]-'0'+1)%10), 0, nil)
	tilltest.Refused(t, err, pos.CodeInvalid, "label.check")
	_, err = s.CancelCheque(t.Context(), s.Owner, "проба")
	require.NoError(t, err)
}

// TestTill_ScanFindsNoForeignCode: in a random catalogue each true form of a code
// names its goods, and no code of other goods names any.
func TestTill_ScanFindsNoForeignCode(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 11))
	kept := map[string]string{} // by each number of the shop, its sku
	var list []string
	var numbers []string
	for i := 0; len(list) < 150; i++ {
		all := randomForms(rnd)
		if slices.ContainsFunc(all, func(c string) bool { return kept[c] != "" || strings.HasPrefix(c, "46000000000") }) {
			continue
		}
		sku := fmt.Sprintf("r%d", i)
		for _, c := range all {
			kept[c] = sku
		}
		list = append(list, sku+"="+all[rnd.IntN(len(all))])
		numbers = append(numbers, all[0])
	}
	s := coded(t, list...)
	for _, n := range numbers {
		for _, c := range append(barcode.SameNumber(n), n, "]E0"+n) {
			v, err := s.Scan(t.Context(), s.Owner, c, 0, nil)
			require.NoError(t, err, c)
			require.Equal(t, kept[n], v.Cheque.Last().SKU, c)
		}
	}
	for range 300 {
		foreign := randomForms(rnd)
		if slices.ContainsFunc(foreign, func(c string) bool { return kept[c] != "" }) {
			continue
		}
		for _, c := range foreign {
			_, err := s.Scan(t.Context(), s.Owner, c, 0, nil)
			tilltest.Refused(t, err, pos.CodeNotFound, "scan.unknown")
		}
	}
}

// randomForms are the writings of a number of goods that no other number shares.
func randomForms(rnd *rand.Rand) []string {
	for {
		n := ""
		for range []int{7, 11, 12}[rnd.IntN(3)] {
			n += string(rune('0' + rnd.IntN(10)))
		}
		n += string(barcode.CheckDigit(n))
		all := append(barcode.SameNumber(n), n)
		for _, c := range all {
			if len(barcode.SameNumber(c)) != len(all)-1 {
				all = nil
				break
			}
		}
		if all != nil {
			return all
		}
	}
}

func TestTill_PutProductRefusesAnotherFormOfACode(t *testing.T) {
	s := coded(t, "upc=036000291452", "both=012345678905")
	bread := s.Stored("bread")
	bread.Barcodes = append(bread.Barcodes, "0036000291452")
	_, err := s.PutProduct(t.Context(), s.Owner, bread)
	e := tilltest.Refused(t, err, pos.CodeConflict, "product.barcode-same")
	require.Equal(t, pos.Args{"Barcode": "0036000291452", "Other": "036000291452", "Name": "Товар 0"}, e.Args)

	both := s.Stored("both")
	both.Barcodes = append(both.Barcodes, "0012345678905")
	_, err = s.PutProduct(t.Context(), s.Owner, both)
	require.NoError(t, err, "both writings on one card do no harm")

	r, err := s.ImportList(s.Owner, imports.KindProducts, `sku,name,barcodes,price
n1,Новый,00036000291452,1
n2,Другой,"0042100005264, 042100005264",1
n3,Третий,04252614,1
both,Товар 1,"012345678905, 0012345678905",1
`, true)
	require.NoError(t, err)
	require.EqualValues(t, 1, r.New, "%+v", r)
	require.EqualValues(t, 1, r.Updated, "%+v", r)
	var ids []string
	for _, b := range r.Bad {
		ids = append(ids, b.ID)
	}
	require.Equal(t, []string{"product.barcode-same", "import.twice"}, ids)
}

// Cards, coupons, certificates and receipts are scanned by the same scanner.
func TestTill_CardsCouponsAndCertificatesHaveFormsToo(t *testing.T) {
	s := tilltest.Small(t)
	_, err := s.UpdateCustomer(s.Context(), s.Owner, s.Person(tilltest.Anna).ID, till.NewCustomer{Name: "Анна", Phone: "+79000000001", Card: "KD-77b", CreditLimit: 300_000, Language: "ru"})
	require.NoError(t, err)
	for _, code := range []string{"KD-77b", "kd-77B", "ЛВ-77и", "]C0KD-77b"} {
		v, err := s.SetCustomer(s.Context(), s.Who, till.FindCustomer{Card: code})
		require.NoError(t, err, code)
		require.Equal(t, "Анна", v.Customer.Name)
		list, err := s.SearchCustomers(s.Context(), s.Owner, code, 5)
		require.NoError(t, err, code)
		require.Len(t, list, 1, code)
	}
	for i, card := range []string{"aa-1", "AA-1"} {
		_, err = s.AddCustomer(s.Context(), s.Owner, till.NewCustomer{Name: "Имя", Phone: fmt.Sprintf("+7900000007%d", i), Card: card, Language: "ru"})
		require.NoError(t, err)
	}
	_, err = s.SetCustomer(s.Context(), s.Who, till.FindCustomer{Card: "Aa-1"})
	tilltest.Refused(t, err, pos.CodeConflict, "customer.several")
	_, err = s.SetCustomer(s.Context(), s.Who, till.FindCustomer{Card: "KD-7"})
	tilltest.Refused(t, err, pos.CodeNotFound, "customer.unknown")

	_, err = s.IssueCertificate(s.Context(), s.Owner, till.NewCertificate{Number: "GIFT-0042", Amount: 10_000}, "приз")
	require.NoError(t, err)
	for _, code := range []string{"gift-0042", "ПШАЕ-0042", "пшае-0042", "]C0GIFT-0042"} {
		c, err := s.Certificate(s.Context(), s.Owner, code)
		require.NoError(t, err, code)
		require.Equal(t, "GIFT-0042", c.Number)
	}
	_, err = s.Certificate(s.Context(), s.Owner, "GIFT-0043")
	tilltest.Refused(t, err, pos.CodeNotFound, "certificate.unknown")

	s.Ring("4600000000015")
	s.Cash(10_000)
	sale := s.Finish()
	id := strings.ToUpper(string(sale.ID))
	for _, code := range append(barcode.Cyrillics(string(sale.ID)), string(sale.ID), id, "]Q1"+string(sale.ID)) {
		v, err := s.StartReturn(s.Context(), s.Owner, till.FindSale{Code: code})
		require.NoError(t, err, code)
		require.Equal(t, sale.ID, v.Draft.Sale)
		require.NoError(t, s.AbandonReturn(s.Context(), s.Owner))
	}
}

// What a scan shows without ringing it up finds goods by the same forms.
func TestTill_SearchAndLookFindFormsOfACode(t *testing.T) {
	s := coded(t, "upc=036000291452", "abc=ABC-1234", "kg=2000023000009 kg")
	s.Settings.Labels.Rules = scaleRules
	for code, sku := range map[string]string{"0036000291452": "upc", "]E00036000291452": "upc", "фис-1234": "abc", "abc-1234": "abc", "ABC-1234": "abc",
		"010003600029145221xyz": "upc"} {
		found, err := s.SearchProducts(s.Context(), code, 5)
		require.NoError(t, err, code)
		require.Len(t, found, 1, code)
		require.Equal(t, sku, found[0].SKU, code)
		p, err := s.GoodsOf(s.Context(), code)
		require.NoError(t, err, code)
		require.Equal(t, sku, p.SKU, code)
	}
	p, err := s.GoodsOf(s.Context(), "2000023012347")
	require.NoError(t, err)
	require.Equal(t, "kg", p.SKU)
	_, err = s.GoodsOf(s.Context(), "2900042012346")
	tilltest.Refused(t, err, pos.CodeNotFound, "scan.unknown")
	for _, text := range []string{"", " ", "яблоко зелёное", "9999999999", strings.Repeat("я", 400)} {
		found, err := s.SearchProducts(s.Context(), text, 5)
		require.NoError(t, err)
		require.Empty(t, found, text)
	}
}
