package settings

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/escpos"
	"kassa/print/printtest"
	"kassa/ui/keys"
	"kassa/ui/theme"
	"kassa/ui/uitest"
	"kassa/ui/uitest/shoptest"
	"kassa/ui/widgets"
)

// printing is a desk beside a played printer, on the page of the printer.
func printing(t *testing.T, l shoptest.Look) (*desk, *printtest.Printer) {
	t.Helper()
	d := newDesk(t, l.Size, l.Lang)
	d.SetTheme(theme.New(l.Mode, l.Scale))
	p := d.Printer()
	d.open(TabPrinter)
	return d, p
}

func (d *desk) kept() pos.PaperSettings {
	d.T.Helper()
	uitest.Press(d.Window, "Ctrl+S")
	require.Len(d.T, d.office.saved, 1)
	return d.office.saved[0].Settings.Paper
}

func TestPrinter_TestPage(t *testing.T) {
	d, p := printing(t, shoptest.Looks[0])
	uitest.Press(d.Window, "F8")
	text := d.Slips(p, 1)[0].Text()
	assert.Contains(t, text, "ПРОБНАЯ ПЕЧАТЬ")
	assert.Contains(t, text, "АБВГДЕЁЖЗ")
	assert.True(t, uitest.HasText(d.Window, "Отправлено"))
	p.Fail(printtest.NoPaper)
	uitest.Press(d.Window, "F8")
	assert.Equal(t, "print.no-paper", d.Facts["settings.print"]["error"])
	assert.True(t, uitest.HasText(d.Window, "кончилась бумага"))
	d.Fine()
}

func TestPrinter_NothingIsTriedWithoutAnAddress(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru")
	d.Printer()
	d.Settings.Paper.Address = ""
	d.open(TabPrinter)
	for _, key := range []keys.Key{"F8", "F9", "F12"} {
		uitest.Press(d.Window, key)
		assert.True(t, uitest.HasText(d.Window, "Сначала выберите подключение"), key)
	}
}

func TestPrinter_WithoutASpoolSaysTheSame(t *testing.T) {
	d := newDesk(t, uitest.Usual, "ru").open(TabPrinter)
	uitest.Press(d.Window, "F8", "F9", "F11", "F12")
	assert.True(t, uitest.HasText(d.Window, "Сначала выберите подключение"))
}

func TestPrinter_Wizard(t *testing.T) {
	t.Run("takes the page of the readable line", func(t *testing.T) {
		d, p := printing(t, shoptest.Looks[0])
		cp1251, _ := escpos.PageNamed("wpc1251")
		for n := range 256 { // this printer knows one page with Cyrillic, under a number of its own
			p.Knows(byte(n), mustPage(t, "pc437"))
		}
		p.Knows(73, cp1251)
		uitest.Press(d.Window, "F9")
		require.Equal(t, "settings.codepage", d.Last())
		readable := ""
		for _, line := range d.Slips(p, 1)[0].Lines {
			if strings.Contains(line, "Привет, касса!") {
				readable = strings.TrimLeft(line[:2], "0")
			}
		}
		require.NotEmpty(t, readable)
		d.Fine()
		uitest.Type(d.Window, readable)
		uitest.Press(d.Window, "Enter")
		assert.True(t, uitest.HasText(d.Window, "WPC1251"))
		got := d.kept()
		assert.Equal(t, "wpc1251", got.Page)
		assert.Equal(t, 73, got.PageNumber)
	})
	t.Run("offers pictures when none can be read", func(t *testing.T) {
		d, _ := printing(t, shoptest.Looks[0])
		uitest.Press(d.Window, "F9", "F2")
		assert.Equal(t, pos.RasterPage, d.kept().Page)
	})
	t.Run("refuses a line that is not there", func(t *testing.T) {
		d, _ := printing(t, shoptest.Looks[0])
		uitest.Press(d.Window, "F9")
		uitest.Type(d.Window, "99")
		uitest.Press(d.Window, "Enter")
		assert.True(t, uitest.HasText(d.Window, "Введите номер строки"))
		d.Fine()
	})
}

func mustPage(t *testing.T, name string) escpos.Page {
	t.Helper()
	p, ok := escpos.PageNamed(name)
	require.True(t, ok)
	return p
}

func TestPrinter_Drawer(t *testing.T) {
	d, p := printing(t, shoptest.Looks[0])
	uitest.Press(d.Window, "F12")
	d.Pulses(p, 1)
	assert.Empty(t, p.Slips())
}

func TestPrinter_Logo(t *testing.T) {
	d, _ := printing(t, shoptest.Looks[0])
	printer := d.Env.Print.Printer()
	path := filepath.Join(t.TempDir(), "наш логотип.png")
	img := image.NewGray(image.Rect(0, 0, 1200, 600))
	for i := range img.Pix {
		img.Pix[i] = byte(i)
	}
	img.Set(0, 0, color.White)
	f, err := os.Create(path)
	require.NoError(t, err)
	require.NoError(t, png.Encode(f, img))
	require.NoError(t, f.Close())

	uitest.Press(d.Window, "F11")
	require.Equal(t, map[string]string{"error": "", "logo": "no"}, d.Facts["settings.logo"])
	uitest.Type(d.Window, path)
	uitest.Press(d.Window, "Enter")
	require.Equal(t, map[string]string{"error": "", "logo": "yes"}, d.Facts["settings.logo"])
	b := printer.Logo()
	require.NotNil(t, b)
	assert.Equal(t, 384, b.Width)
	assert.Equal(t, 192, b.Height)
	d.Fine()
	uitest.Press(d.Window, "Ctrl+A")
	uitest.Type(d.Window, "/nothing/here.png")
	uitest.Press(d.Window, "Enter")
	assert.Equal(t, "print.logo-unreadable", d.Facts["settings.logo"]["error"])
	assert.NotNil(t, printer.Logo(), "the kept one stays")
	uitest.Press(d.Window, "F8")
	assert.Nil(t, printer.Logo())
	uitest.Press(d.Window, "Esc", "Ctrl+S")
	assert.Empty(t, d.office.saved, "without a logo, as it was before")
}

func TestPrinter_APageBringsItsUsualNumber(t *testing.T) {
	v := &view{m: newModel(&Kept{Settings: pos.Settings{Paper: pos.DefaultPaper()}}), fields: map[string]*field{}}
	d := newDesk(t, uitest.Usual, "ru")
	v.env = d.Env
	v.fields["printer.page_number"] = &field{entry: d.Kit.Entry(0, "")}
	p := &printerPage{v: v, news: widgets.NewBanner("", widgets.Info)}
	require.Equal(t, "17", v.m.texts["printer.page_number"])
	p.onChanged("printer.page", "wpc1251")
	assert.Equal(t, "46", v.m.texts["printer.page_number"])
	assert.Equal(t, "46", v.fields["printer.page_number"].entry.Text())
	p.onChanged("printer.page", pos.RasterPage)
	assert.Equal(t, "46", v.m.texts["printer.page_number"], "pictures need none")
}

func TestPrinter_Looks(t *testing.T) {
	scenes := map[string]func(d *desk){
		"printer": func(*desk) {},
		"failed":  func(d *desk) { d.Settings.Paper.Address = "127.0.0.1:1"; uitest.Press(d.Window, "F8") },
		"wizard":  func(d *desk) { uitest.Press(d.Window, "F9") },
		"logo":    func(d *desk) { uitest.Press(d.Window, "F11") },
	}
	for name, scene := range scenes {
		for _, l := range shoptest.Looks {
			t.Run(name+" "+l.Name, func(t *testing.T) {
				d, _ := printing(t, l)
				scene(d)
				d.Picture("settings-" + name + "-" + l.Name)
			})
		}
	}
}
