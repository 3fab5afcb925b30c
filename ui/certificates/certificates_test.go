package certificates_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/ui/certificates"
	"kassa/ui/payment"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
)

type shop struct {
	*shoptest.Shop
	closed int
	sold   []*pos.Sale
}

func newShop(t *testing.T, size fyne.Size, lang string) *shop {
	t.Helper()
	s := &shop{Shop: shoptest.Open(t, size, lang)}
	s.Login(pos.GroupOwner)
	s.OpenShift()
	return s
}

func (s *shop) open() { certificates.Open(s.Env, func() { s.closed++ }) }

// issue makes a certificate of 1000.00 beside the screen.
func (s *shop) issue(number string, ends time.Time) {
	s.T.Helper()
	_, err := s.Till.IssueCertificate(s.T.Context(), s.Env.Actor, till.NewCertificate{Number: number, Amount: 100_000, Expires: ends}, "приз покупателю")
	require.NoError(s.T, err)
}

func (s *shop) scan() *till.ChequeView {
	s.T.Helper()
	v, err := s.Till.Scan(s.T.Context(), s.Env.Actor, s.Demo.Products[4].Barcodes[0], 0, nil)
	require.NoError(s.T, err)
	return v
}

func (s *shop) pay() {
	s.T.Helper()
	payment.Open(s.Env, s.scan(), func(sale *pos.Sale) {
		if sale != nil {
			s.sold = append(s.sold, sale)
		}
	})
}

func TestCertificates_PayByKeysAlone(t *testing.T) {
	s := newShop(t, uitest.Usual, "ru")
	s.issue("GC-1001", time.Time{})
	s.pay()
	uitest.Press(s.Window, "F6")
	uitest.Type(s.Window, "gc-1001")
	uitest.Press(s.Window, "Enter")
	s.Shows("certificate.pay", "left", "1000.00", "sum", "389,00", "error", "")
	uitest.Press(s.Window, "Enter")
	s.Clock.Advance(time.Second)
	s.Shows("payment", "due", "0.00", "action", "finish")
	uitest.Press(s.Window, "Enter")
	require.Len(t, s.sold, 1)
	require.EqualValues(t, 38_900, s.sold[0].Paid(pos.ByCertificate))
}

func TestCertificates_PayByAScan(t *testing.T) {
	s := newShop(t, uitest.Usual, "ru")
	s.issue("GC-1001", time.Time{})
	s.pay()
	uitest.Press(s.Window, "F6")
	uitest.Scan(s.Window, "GC-1001")
	s.Shows("certificate.pay", "left", "1000.00")
	uitest.Press(s.Window, "Esc")
	s.Clock.Advance(time.Second)
	s.Shows("payment", "paid", "0.00")
}

func TestCertificates_AScanInThePaymentWindowFindsIt(t *testing.T) {
	s := newShop(t, uitest.Usual, "ru")
	s.issue("GC-1001", time.Time{})
	s.pay()
	uitest.Scan(s.Window, s.Demo.Products[0].Barcodes[0])
	s.Shows("payment.scan", "what", "goods")
	uitest.Press(s.Window, "Esc")
	s.Clock.Advance(time.Second)
	s.Shows("payment", "paid", "0.00", "error", "")
	require.False(t, uitest.HasText(s.Window, "Оплата сертификатом"), "goods are no certificate")
	uitest.Scan(s.Window, "GC-1001")
	s.Shows("certificate.pay", "left", "1000.00", "error", "")
	s.Clock.Advance(time.Second)
	uitest.Press(s.Window, "Enter")
	s.Clock.Advance(time.Second)
	s.Shows("payment", "due", "0.00")
}

func TestCertificates_PrintsWhatIsLeft(t *testing.T) {
	s := newShop(t, uitest.Usual, "ru")
	s.issue("GC-1001", time.Time{})
	p := s.Printer()
	s.Login(pos.GroupCashier)
	s.open()
	uitest.Scan(s.Window, "GC-1001")
	s.Shows("certificate", "left", "1000.00")
	uitest.Press(s.Window, "Ctrl+P")
	text := strings.Join(s.Slips(p, 1)[0].Lines, "\n")
	require.Contains(t, text, "Остаток")
	require.Contains(t, text, "1 000,00")
	require.NotContains(t, text, "GC-1001", "whoever has the number has the money")
}

func TestCertificates_PayRefusesAndSaysWhy(t *testing.T) {
	s := newShop(t, uitest.Usual, "ru")
	s.issue("GC-1001", time.Time{})
	_, err := s.Till.BlockCertificate(t.Context(), s.Env.Actor, "GC-1001", "потерян", false)
	require.NoError(t, err)
	s.pay()
	uitest.Press(s.Window, "F6", "Enter")
	s.Shows("certificate.pay", "error", "invalid")
	uitest.Type(s.Window, "GC-7777")
	uitest.Press(s.Window, "Enter")
	s.Shows("certificate.pay", "error", "not_found")
	uitest.Scan(s.Window, "GC-1001")
	s.Shows("certificate.pay", "error", "conflict", "left", "")
	require.True(t, uitest.HasText(s.Window, "потерян"))
}

func TestCertificates_SellPutsOneOnTheCheque(t *testing.T) {
	s := newShop(t, uitest.Usual, "ru")
	s.open()
	uitest.Press(s.Window, "F3", "Ctrl+S")
	s.Shows("certificate.sell", "error", "invalid")
	uitest.Type(s.Window, "1500")
	uitest.Scan(s.Window, "GC-2002")
	uitest.Press(s.Window, "Ctrl+S")
	require.Equal(t, 1, s.closed)
	v, err := s.Till.Cheque(t.Context())
	require.NoError(t, err)
	require.Len(t, v.Cheque.Lines, 1)
	require.Equal(t, "GC-2002", v.Cheque.Lines[0].Certificate)
	require.EqualValues(t, 150_000, v.Totals.Prepaid)
	require.Equal(t, "Подарочный сертификат GC-2002", v.Cheque.Lines[0].Name)
}

func TestCertificates_IssueNeedsAReason(t *testing.T) {
	s := newShop(t, uitest.Usual, "ru")
	s.open()
	uitest.Press(s.Window, "F4")
	uitest.Type(s.Window, "500")
	uitest.Press(s.Window, "Ctrl+S")
	s.Shows("certificate.issue", "error", "invalid")
	uitest.Press(s.Window, "Tab", "Tab")
	uitest.Type(s.Window, "31.12.2019")
	uitest.Press(s.Window, "Tab")
	uitest.Type(s.Window, "приз за конкурс")
	uitest.Press(s.Window, "Ctrl+S")
	s.Shows("certificate.issue", "error", "invalid")
	require.True(t, uitest.HasText(s.Window, "Срок сертификата уже прошёл"))
}

func TestCertificates_BlockAndFree(t *testing.T) {
	s := newShop(t, uitest.Usual, "ru")
	s.issue("GC-1001", time.Time{})
	s.open()
	s.Shows("certificates", "rows", "1")
	uitest.Press(s.Window, "Enter")
	s.Shows("certificate", "state", "active", "left", "1000.00")
	uitest.Press(s.Window, "F5")
	s.Shows("certificate", "error", "invalid")
	uitest.Type(s.Window, "потерян")
	uitest.Press(s.Window, "F5")
	s.Shows("certificate", "state", "blocked")
	uitest.Type(s.Window, "нашёлся")
	uitest.Press(s.Window, "F5")
	s.Shows("certificate", "state", "active")
}

func TestCertificates_CashierAsksForARest(t *testing.T) {
	s := newShop(t, uitest.Usual, "ru")
	s.issue("GC-1001", time.Time{})
	s.Login(pos.GroupCashier)
	s.open()
	s.Shows("certificates", "rows", "0", "error", "")
	uitest.Scan(s.Window, "GC-1001")
	s.Shows("certificate", "left", "1000.00")
}

// Every window at the usual sizes, in both languages, light and dark.
func TestCertificates_Look(t *testing.T) {
	for name, scene := range map[string]func(*shop){
		"list": func(s *shop) { s.open() },
		"card": func(s *shop) { s.open(); uitest.Press(s.Window, "Enter") },
		"sell": func(s *shop) { s.open(); uitest.Press(s.Window, "F3") },
		"issue": func(s *shop) {
			s.open()
			uitest.Press(s.Window, "F4")
		},
		"payment": func(s *shop) { s.pay() },
		"pay": func(s *shop) {
			s.pay()
			uitest.Press(s.Window, "F6")
			uitest.Scan(s.Window, "GC-1001")
		},
	} {
		for _, view := range []struct {
			size fyne.Size
			lang string
			mode theme.Mode
		}{{uitest.Small, "ru", theme.Light}, {uitest.Usual, "en", theme.Dark}} {
			t.Run(name+"/"+view.lang, func(t *testing.T) {
				s := newShop(t, view.size, view.lang)
				s.SetTheme(theme.New(view.mode, 1))
				s.issue("GC-1001", s.Clock.Now().Add(90*24*time.Hour))
				s.issue("77001234567890", time.Time{})
				scene(s)
				require.Empty(t, uitest.Faults(s.Window))
			})
		}
	}
}
