package firstrun

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/message"
	"kassa/pos/money"
	"kassa/print/printtest"
	"kassa/ui/keys"
	"kassa/ui/uitest"
)

func TestOwner(t *testing.T) {
	for name, tt := range map[string]struct {
		name, pin, again string
		field            int
		bad              bool
	}{
		"all is well":       {"Анна", "507316", "507316", 0, false},
		"no name":           {"", "507316", "507316", 0, true},
		"a PIN too short":   {"Анна", "5073", "5073", 1, true},
		"a PIN too easy":    {"Анна", "123456", "123456", 1, true},
		"a PIN mistyped":    {"Анна", "507316", "507361", 2, true},
		"a PIN not a digit": {"Анна", "50731a", "50731a", 1, true},
	} {
		t.Run(name, func(t *testing.T) {
			field, err := owner(tt.name, tt.pin, tt.again)
			assert.Equal(t, tt.bad, err != nil)
			assert.Equal(t, tt.field, field)
		})
	}
}

func TestShop_TheCountryPicksTheRest(t *testing.T) {
	say := words.New("kk", "KZT", "").T
	var s shop
	s.pick("KZ")
	got := s.settings(pos.Settings{Shop: "Магазин", Country: "RU", Rules: pos.DefaultRules()}, say)
	assert.Equal(t, "Дүкен", got.Shop, "a name that was skipped is in the language of the shop")
	assert.Equal(t, []string{"KZ", "kk", "kk", "KZT"}, []string{got.Country, got.Language, got.ReceiptLanguage, string(got.Currency)})
	assert.Equal(t, money.Amount(100), got.Rules.RoundingStep)
	assert.True(t, got.NextSteps)

	s.currency = "USD"
	assert.Zero(t, s.settings(got, say).Rules.RoundingStep, "a step of tenge is none of dollars")
}

func TestShop_TheMessageOfEveryLanguageIsAccepted(t *testing.T) {
	for _, lang := range words.Languages() {
		problems, _ := message.Check(words.New(lang, "RUB", "").T("firstrun.message", nil))
		assert.Empty(t, problems, lang)
	}
}

func TestNamed(t *testing.T) {
	for typed, want := range map[string]pos.Connection{
		"192.168.0.50": pos.PrinterNetwork, "printer.local:9100": pos.PrinterNetwork, "company": pos.PrinterNetwork,
		"/dev/usb/lp0": pos.PrinterSystem, "LPT1": pos.PrinterSystem, `\\server\XP-80`: pos.PrinterSystem,
		"/dev/ttyUSB0": pos.PrinterSerial, "com3": pos.PrinterSerial, "/tmp/slips.bin": pos.PrinterFile,
	} {
		assert.Equal(t, pos.FoundPrinter{Connection: want, Address: typed}, named(" "+typed+" "), typed)
	}
}

func TestNewGoods(t *testing.T) {
	assert.Equal(t, []string{"4699999999990"}, newGoods("4699999999990").Barcodes)
	assert.Equal(t, "Хлеб", newGoods(" Хлеб ").Name)
	assert.Equal(t, "777", newGoods("777").Name, "too short for a barcode")
}

func TestStarterGoods_OfEveryLanguageAndCurrency(t *testing.T) {
	for _, lang := range words.Languages() {
		for _, c := range currencies {
			seen := map[string]bool{}
			for _, p := range starterGoods(c, words.New(lang, c, "").T) {
				assert.Positive(t, int64(p.Price), "%s %s %s", lang, c, p.Name)
				assert.False(t, seen[p.Name], p.Name)
				seen[p.Name] = true
				p.SKU = "1"
				assert.NoError(t, p.Check())
			}
			assert.Len(t, seen, 10)
		}
	}
}

// steps is how many the first run counts.
func (s *firstShop) steps() int {
	if s.Env.Print.Printer() == nil {
		return 3
	}
	return 4
}

// owner makes the owner in the second card and writes the recovery code down.
func (s *firstShop) owner() *firstShop {
	s.T.Helper()
	require.Equal(s.T, "firstrun", s.Last())
	require.True(s.T, uitest.HasText(s.Window, s.Env.T("firstrun.step", pos.Args{"N": 2, "All": s.steps()})), "the steps are counted without a hole: %q", uitest.Texts(s.Window))
	for _, text := range []string{"Анна", "507316", "507316"} {
		uitest.Type(s.Window, text)
		uitest.Press(s.Window, keys.Enter)
	}
	require.Equal(s.T, "recovery.code", s.Last())
	uitest.Type(s.Window, uitest.LastGroup(s.Window))
	uitest.Press(s.Window, keys.Enter)
	return s
}

// What was refused stands behind dots: the next try begins with empty fields.
func TestFirstRun_ARefusedPINClearsItsFields(t *testing.T) {
	for name, tt := range map[string][2]string{"too plain": {"111111", "111111"}, "another the second time": {"507316", "507361"}} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			s.begin()
			uitest.Press(s.Window, keys.Enter)
			for _, text := range []string{"Анна", tt[0], tt[1]} {
				uitest.Type(s.Window, text)
				uitest.Press(s.Window, keys.Enter)
			}
			require.Equal(t, "invalid", s.Facts["firstrun"]["error"])
			for _, text := range []string{"507316", "507316"} {
				uitest.Type(s.Window, text)
				uitest.Press(s.Window, keys.Enter)
			}
			require.Equal(t, "recovery.code", s.Last())
		})
	}
}

func TestFirstRun_FromTheShopToItsFirstGoods(t *testing.T) {
	s := open(t)
	p := s.Printer()
	s.found = []pos.FoundPrinter{{Connection: pos.PrinterNetwork, Address: p.Address()}}
	s.Settings.Paper = pos.DefaultPaper()
	s.begin()
	s.Fine()
	uitest.Type(s.Window, "Лавка")
	uitest.Press(s.Window, keys.Enter)
	s.owner()
	assert.Equal(t, "Лавка", s.Settings.Shop)

	require.Equal(t, "1", s.Facts["firstrun.printer"]["found"])
	require.True(t, uitest.HasText(s.Window, "Принтер найден"), "one is nothing to choose from")
	s.Fine()
	uitest.Press(s.Window, keys.Enter)
	require.Equal(t, "firstrun.printed", s.Last())
	s.Fine()
	require.Len(t, s.Slips(p, 1), 1)
	assert.False(t, s.Settings.Paper.Set(), "nothing is kept before somebody saw it")
	uitest.Press(s.Window, "F3")
	require.Equal(t, "32", s.Facts["firstrun.printed"]["width"], "a line that ran over is shortened")
	uitest.Press(s.Window, "F2")
	require.Equal(t, pos.RasterPage, s.Facts["firstrun.printed"]["page"])
	s.Slips(p, 3)
	uitest.Press(s.Window, keys.Enter)
	assert.Equal(t, []any{pos.PrinterNetwork, p.Address(), 32, pos.RasterPage},
		[]any{s.Settings.Paper.Connection, s.Settings.Paper.Address, s.Settings.Width, s.Settings.Paper.Page})

	require.Equal(t, "firstrun.goods", s.Last())
	s.Fine()
	uitest.Press(s.Window, keys.Enter)
	require.Empty(t, s.done, "nothing to sell yet: Enter does not pass over it")
	uitest.Scan(s.Window, "4699999999990")
	require.Equal(t, "firstrun.product", s.Last())
	s.Fine()
	uitest.Type(s.Window, "Хлеб")
	uitest.Press(s.Window, keys.Enter, keys.Enter)
	require.Equal(t, string(pos.CodeInvalid), s.Facts["firstrun.product"]["error"], "no price")
	uitest.Type(s.Window, "64,90")
	uitest.Press(s.Window, "F2", "F2", "F2", keys.Enter)
	require.Equal(t, "Хлеб", s.Facts["firstrun.goods"]["name"])
	s.Fine()
	uitest.Scan(s.Window, "4699999999990")
	require.True(t, uitest.HasText(s.Window, "Уже есть"), uitest.Texts(s.Window))
	uitest.Press(s.Window, keys.Enter)
	require.Len(t, s.done, 1)
	found, err := s.Till.GoodsOf(t.Context(), "4699999999990")
	require.NoError(t, err)
	assert.Equal(t, money.Amount(6490), found.Price)
	assert.True(t, found.Flags.Weighed)
	assert.Equal(t, "кг", found.Unit)
}

func TestFirstRun_EveryStepCanBeSkipped(t *testing.T) {
	s := open(t)
	s.Printer()
	s.Settings.Paper = pos.DefaultPaper()
	s.begin()
	uitest.Press(s.Window, keys.Esc)
	s.owner()
	require.Equal(t, "0", s.Facts["firstrun.printer"]["found"])
	require.True(t, uitest.HasText(s.Window, "шаг 3 из 4"))
	uitest.Press(s.Window, keys.Esc)
	require.Equal(t, "firstrun.goods", s.Last())
	require.True(t, uitest.HasText(s.Window, "шаг 4 из 4"))
	uitest.Press(s.Window, keys.Esc)
	require.Len(t, s.done, 1)
	assert.Equal(t, "Магазин", s.Settings.Shop)
	assert.False(t, s.Settings.Paper.Set())
}

// Where nothing can print, nobody looks for a third step between the second and the
// fourth.
func TestFirstRun_CountsNoStepThatIsLeftOut(t *testing.T) {
	s := open(t)
	s.begin()
	require.True(t, uitest.HasText(s.Window, "шаг 1 из 3"))
	uitest.Press(s.Window, keys.Esc)
	s.owner()
	require.Equal(t, "firstrun.goods", s.Last())
	assert.True(t, uitest.HasText(s.Window, "шаг 3 из 3"))
}

func TestFirstRun_TheLanguageShowsAtOnce(t *testing.T) {
	s := open(t).begin()
	uitest.Type(s.Window, "Kramnica")
	uitest.Press(s.Window, keys.Tab, keys.Right)
	require.Equal(t, "be", s.Facts["firstrun.shop"]["language"])
	assert.True(t, uitest.HasText(s.Window, "Ваша крама"), uitest.Texts(s.Window))
	assert.True(t, uitest.HasText(s.Window, "Kramnica"), "what was typed stays")
	assert.Positive(t, s.spoke)
	uitest.Press(s.Window, keys.Right)
	require.Equal(t, "UAH", s.Facts["firstrun.shop"]["currency"], "the focus stays where the choice is")
	uitest.Press(s.Window, keys.Tab, keys.Up, keys.Up)
	require.Equal(t, "en", s.Facts["firstrun.shop"]["language"])
	assert.True(t, uitest.HasText(s.Window, "Your shop"))
	s.Fine()
	uitest.Press(s.Window, keys.Esc)
	s.owner()
	assert.Equal(t, "Kramnica", s.Settings.Shop, "skipping keeps what was typed")
	assert.Equal(t, "en", s.Settings.ReceiptLanguage)
	assert.Equal(t, money.Currency("UAH"), s.Settings.Currency)
}

func TestFirstRun_EnterOnAListGoesOn(t *testing.T) {
	for name, tabs := range map[string]int{"the list of languages": 2, "the list of currencies": 3, "the button after them": 4} {
		t.Run(name, func(t *testing.T) {
			s := open(t).begin()
			uitest.Type(s.Window, "Лавка")
			for range tabs {
				uitest.Press(s.Window, keys.Tab)
			}
			uitest.Press(s.Window, keys.Enter)
			require.Equal(t, "firstrun", s.Last(), "the owner is asked next")
			s.owner()
			assert.Equal(t, "Лавка", s.Settings.Shop)
		})
	}
}

func TestFirstRun_OpensInTheLanguageOfTheSystem(t *testing.T) {
	s := open(t)
	s.language = "en"
	s.begin()
	require.Equal(t, "en", s.Facts["firstrun.shop"]["language"])
	assert.True(t, uitest.HasText(s.Window, "Your shop"))
	assert.True(t, uitest.HasText(s.Window, "English · en"))
	assert.Positive(t, s.spoke, "what stands around the steps is said anew")
}

func TestSystemLanguage(t *testing.T) {
	for want, env := range map[string]map[string]string{
		"en": {"LANG": "en_GB.UTF-8"}, "kk": {"LC_ALL": "kk_KZ.UTF-8", "LANG": "ru_RU.UTF-8"}, "uk": {"LANG": "uk"},
		"": {"LC_ALL": "C.UTF-8", "LANG": "en_GB"},
	} {
		assert.Equal(t, want, SystemLanguage(func(name string) string { return env[name] }))
	}
}

func TestFirstRun_BackFromTheOwnerToTheLanguage(t *testing.T) {
	s := open(t).begin()
	uitest.Type(s.Window, "Лавка")
	uitest.Press(s.Window, keys.Enter, keys.Esc)
	require.Equal(t, "firstrun.shop", s.Last())
	assert.True(t, uitest.HasText(s.Window, "Лавка"))
}

func TestFirstRun_APrinterThatDoesNotAnswer(t *testing.T) {
	s := open(t)
	s.Printer()
	gone, err := printtest.Start("")
	require.NoError(t, err)
	gone.Close()
	s.Settings.Paper = pos.DefaultPaper()
	s.begin()
	uitest.Press(s.Window, keys.Esc)
	s.owner()
	uitest.Press(s.Window, keys.Enter)
	assert.True(t, uitest.HasText(s.Window, "Сначала введите адрес"))
	uitest.Type(s.Window, gone.Address())
	uitest.Press(s.Window, keys.Enter)
	require.Equal(t, string(pos.CodeUnavailable), s.Facts["firstrun.printer"]["error"])
	s.Fine()
	uitest.Press(s.Window, keys.Esc)
	require.Equal(t, "firstrun.goods", s.Last())
}

func TestFirstRun_TenToBeginWith(t *testing.T) {
	s := open(t).begin()
	uitest.Press(s.Window, keys.Esc)
	s.owner()
	uitest.Press(s.Window, "F6")
	require.Equal(t, "10", s.Facts["firstrun.goods"]["count"])
	s.Fine()
	uitest.Press(s.Window, "F6")
	assert.True(t, uitest.HasText(s.Window, "уже добавлены"))
	uitest.Press(s.Window, keys.Enter)
	require.Len(t, s.done, 1)
}

// A shop that came from a copy without its keys is no new one: it has its name, its
// country and its goods, and is asked for its owner alone.
func TestFirstRun_ARestoredShopIsAskedForItsOwnerAlone(t *testing.T) {
	s := open(t)
	s.Settings.Shop = "Лавка у дома"
	kept := *s.Settings
	s.wizard = New(Params{Env: s.Env, Restored: true, Settings: func() pos.Settings { return *s.Settings },
		Done: func(a pos.Actor) { s.wizard.Deactivate(); s.done = append(s.done, a) }})
	s.Show(s.wizard.Content())
	s.wizard.Activate()
	require.Equal(t, "firstrun", s.Last())
	require.True(t, uitest.HasText(s.Window, "восстановлен из копии"), "%q", uitest.Texts(s.Window))
	require.False(t, uitest.HasText(s.Window, "Это первый запуск"))
	require.False(t, uitest.HasText(s.Window, "из 3"))
	s.Fine()
	uitest.Press(s.Window, "Esc")
	require.Equal(t, "firstrun", s.Last(), "there is nothing to go back to")
	uitest.Type(s.Window, "Ольга Волкова")
	uitest.Press(s.Window, "Enter")
	uitest.Type(s.Window, "482915")
	uitest.Press(s.Window, "Enter")
	uitest.Type(s.Window, "482915")
	uitest.Press(s.Window, "Enter")
	require.Equal(t, "recovery.code", s.Last())
	require.Equal(t, kept, *s.Settings, "nothing of the shop is changed")
}
