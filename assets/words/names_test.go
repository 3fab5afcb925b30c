// Holds that one thing has one name, everywhere and in every language.
package words_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/assets/words"
)

// left are words a language does not use, as patterns: old names of things, another
// language's words, and what sounds translated. CONTRIBUTING.md ("Our words") has the
// names that took their place.
var left = map[string]string{
	"ru": `(?i)штрих-код|клиент|контрольн\w+ журнал|очеред\w+ печати|в обход кассы|сервис\w* СМС|ключ API|провайдер SMS|№\{\{`,
	"en": `(?i)\bcheques?\b|\btelephones?\b|\bmend(ed)?\b|\banew\b|put right|take off|\bcopies of the data|past the till|behind the till|` +
		`\bI see\b|leaving a bridge|shut out|bring along|\bgood until\b|print queue|slip of the pen|API key|this is no |№`,
	"be": `(?i)штрых-код|кліент|кантрольн\p{L}+ журнал|чар(га|зе) друку|сэрвіс\p{L}* СМС|ключ API|№\{\{|[ъиИщЩ]`,
	"uk": `(?i)штрих-код|клієнт|контрольн\p{L}+ журнал|чер(га|зі) друку|в обхід каси|сервіс\p{L}* СМС|ключ API|№\{\{|[ъыэё]`,
	"kk": `(?i)штрих-код|клиент|бақылау журнал|басып шығару кезегі|айналып өтіп|СМС сервис|API кілті|№\{\{`,
}

// readAloud is a text without what is not spoken: arguments, what a customer's message
// is filled with, commands, and words searched for by who does not know ours.
func readAloud(id, text string) string {
	if strings.HasPrefix(id, "palette.also.") {
		return ""
	}
	return unspoken.ReplaceAllString(text, "")
}

var unspoken = regexp.MustCompile(`\{\{.*?\}\}|<[a-z]+>|(?:kassactl|kassa-backend)(?: -?-?[a-z]+)*|--[a-z-]+|"cmd":"[a-z.]+"`)

// letters are samples of alphabets and names of languages in their own letters.
var letters = []string{"print.test.letters", "settings.print.sample", "settings.option.till.language.", "settings.option.till.receipt_language."}

func isSample(id string) bool {
	return slices.ContainsFunc(letters, func(start string) bool { return strings.HasPrefix(id, start) })
}

func TestNames_NoWordThatWasLeft(t *testing.T) {
	for _, lang := range words.Languages() {
		bad := regexp.MustCompile(left[lang])
		require.NotEmpty(t, left[lang], lang)
		for id, e := range messages(t, lang) {
			for _, text := range e.forms {
				if isSample(id) {
					continue
				}
				if strings.Contains(left[lang], "№") && strings.Contains(text, "№{{") {
					t.Errorf("%s: %q: a space is missing behind №", e.file, id)
				}
				if found := bad.FindString(readAloud(id, text)); found != "" {
					t.Errorf("%s: %q says %q: see Our words in CONTRIBUTING.md", e.file, id, found)
				}
			}
		}
	}
}

// latin are the words in Latin letters that texts in Cyrillic ones may have: keys,
// brands and formats, names of files, values of settings, and PIN, QR, X and Z as
// every shop writes them.
var latin = strings.Fields(`
	Alt Ctrl Del Enter Esc Home PgDn PgUp Shift Tab F1 F2 F3 F5 F6 F7 F8 F9 F10 F11 F12
	Apple Br English Excel LibreOffice MAX Numbers PostgreSQL RU SMS SQLite Telegram Viber WhatsApp Windows
	A4 API AVIF BMP COM COM3 CSV EAN EPL2 FTP GIF HEIC II ISO JPEG JSON KOI8 KZ ODS PC437 PC852 PC855 PC858 PC866 PDF PIN PNG
	QR U URL USB UTF WebP X XLSX Z ZPL csv http https json jsonl xlsx
	AGE HOME KASSA KEY SECRET age age1 api aside backups com config db dev dialout example home id images jpg
	kassa LAVKA list lp lp0 lp1 media png postgres sms sqlite till tmp toml usb wal aplay paplay play pw E STICK
	by kz ru ua malako moloko tavary tovary
	notify shop v1 v2 SMTP STARTTLS TLS OAuth2 smtp yandex gmail archive anna Gmail
	cookie check false price qty receiving stocktake sure true weight writeoff x`)

var latinWord = regexp.MustCompile(`[A-Za-z][A-Za-z0-9]*`)

func TestNames_NoForeignLetters(t *testing.T) {
	used := map[string]bool{}
	for _, lang := range []string{"ru", "be", "uk", "kk"} {
		for id, e := range messages(t, lang) {
			if machine(id) {
				continue
			}
			for _, text := range e.forms {
				for _, w := range latinWord.FindAllString(unspoken.ReplaceAllString(text, ""), -1) {
					used[w] = true
					if !slices.Contains(latin, w) {
						t.Errorf("%s: %q has the Latin word %q", e.file, id, w)
					}
				}
			}
		}
	}
	for _, w := range latin {
		assert.True(t, used[w], "nothing says %q any more", w)
	}
}

// machine tells whether a text speaks of the command line, the door or values of
// settings, whose words are a machine's.
func machine(id string) bool {
	for _, start := range []string{"cli.", "door.", "config.allowed.", "backend.cli."} {
		if strings.HasPrefix(id, start) {
			return true
		}
	}
	return false
}

// windows are the places of the menu, each with the title of the window it opens.
var windows = map[string]string{
	"menu.settings": "settings.title", "menu.goods": "goods.title", "menu.people": "people.title", "menu.reports": "figures.title",
	"menu.lists": "reports.title", "menu.receipts": "receipts.title", "menu.certificates": "certificates.title", "menu.offers": "offers.title",
	"menu.stock": "stock.title", "menu.labels": "labels.title", "menu.overview": "overview.title", "menu.history": "settings.history.title",
	"menu.keymap": "keymap.title", "menu.health": "health.title", "menu.prints": "prints.title", "menu.seals": "seal.title",
	"menu.payables":  "payables.title",
	"menu.selfcheck": "care.check.title", "menu.backup": "copies.title",
}

func TestNames_OneNameForAPlace(t *testing.T) {
	for _, lang := range words.Languages() {
		all := messages(t, lang)
		say := func(id string) string { return all[id].forms["other"] }
		for entry, title := range windows {
			assert.NotEmpty(t, say(entry), entry)
			assert.Equal(t, say(entry), say(title), "%s: %s opens %s", lang, entry, title)
		}
		names := map[string]string{}
		for id := range all {
			page, isPage := strings.CutPrefix(id, "settings.page.")
			if isPage {
				assert.Equal(t, say("settings.tab."+page), say(id), "%s: the page %s, in the rail and above it", lang, page)
			}
			if isPage || strings.HasPrefix(id, "menu.") && strings.Count(id, ".") == 1 {
				assert.Empty(t, names[say(id)], "%s: %s is called like it: %q", lang, id, say(id))
				names[say(id)] = id
			}
		}
	}
}

// told is a way told in a text: the menu's key, and the place behind it.
var told = regexp.MustCompile(`F10\)?(?: [→›]|,) ([«“]?)([^»”.,;:)→›]+)`)

func TestNames_ToldWaysLeadSomewhere(t *testing.T) {
	for _, lang := range words.Languages() {
		all := messages(t, lang)
		for id, e := range all {
			for _, text := range e.forms {
				for _, way := range told.FindAllStringSubmatch(text, -1) {
					assert.True(t, isPlace(all, strings.TrimSpace(way[2])), "%s: %q names %q, which the menu does not have", e.file, id, way[2])
				}
			}
		}
	}
}

func isPlace(all map[string]entry, name string) bool {
	for id, e := range all {
		if strings.HasPrefix(id, "menu.") && e.forms["other"] == name {
			return true
		}
	}
	return false
}

// quoted are names in quotes, as a README tells them.
var quoted = map[string]*regexp.Regexp{"ru": regexp.MustCompile(`«([^»]+)»`), "en": regexp.MustCompile(`“([^”]+)”`)}

// step is one step of a way through the menu, up to the end of its line.
var step = regexp.MustCompile(`[→›] ([^→›\n]+)`)

func TestNames_READMESaysWhatTheWindowSays(t *testing.T) {
	for file, lang := range pages(t) {
		raw, err := os.ReadFile(filepath.Join(moduleRoot, file))
		require.NoError(t, err)
		var said, places []string
		for id, e := range messages(t, lang) {
			text := e.forms["other"]
			said = append(said, strings.TrimSuffix(text, "…"))
			for _, start := range []string{"menu.", "settings.tab.", "settings.field.", "goods.import"} {
				if strings.HasPrefix(id, start) && text != "" {
					places = append(places, text)
				}
			}
		}
		names := quoted[lang].FindAllStringSubmatch(string(raw), -1)
		for _, name := range names {
			assert.Contains(t, said, strings.TrimSuffix(name[1], "…"), "%s names what the window does not have", file)
		}
		steps := step.FindAllStringSubmatch(string(raw), -1)
		for _, s := range steps {
			to := strings.TrimLeft(s[1], "«“")
			if to != s[1] {
				continue // a name in quotes, which was looked at
			}
			assert.True(t, slices.ContainsFunc(places, func(p string) bool { return strings.HasPrefix(to, p) }), "%s leads to %q", file, s[1][:min(60, len(s[1]))])
		}
		if strings.HasPrefix(file, "README") {
			require.Greater(t, len(names), 10, "%s: the names were not found", file)
			require.Greater(t, len(steps), 15, "%s: the ways were not found", file)
		}
	}
}

// pages are the READMEs and the pages they lead to, with their languages.
func pages(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{"README.md": "ru", "README.en.md": "en"}
	for folder, lang := range map[string]string{"docs": "ru", "docs/en": "en"} {
		list, err := filepath.Glob(filepath.Join(moduleRoot, folder, "*.md"))
		require.NoError(t, err)
		require.Len(t, list, 5, folder)
		for _, name := range list {
			all[filepath.Join(folder, filepath.Base(name))] = lang
		}
	}
	return all
}
