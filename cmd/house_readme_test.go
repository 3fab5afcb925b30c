package cmd_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestHouse_Readmes holds the English README to the Russian one: whoever adds a
// section, a command, a picture or a setting to one adds it to the other.
func TestHouse_Readmes(t *testing.T) {
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join("..", name))
		require.NoError(t, err)
		return string(text)
	}
	ru, en := read("README.md"), read("README.en.md")
	assert.NotEmpty(t, outline(ru))
	assert.Equal(t, outline(ru), outline(en))
	for _, target := range []string{"README.en.md", "ARCHITECTURE.md", "CONTRIBUTING.md"} {
		assert.Contains(t, ru, "]("+target+")")
	}
	for _, target := range []string{"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"} {
		assert.Contains(t, en, "]("+target+")")
	}
	for _, link := range linked.FindAllStringSubmatch(ru+en, -1) {
		assert.FileExists(t, filepath.Join("..", link[1]))
	}
}

// TestHouse_Pages holds the pages under docs to the same: each has its twin, and leads
// to what is there.
func TestHouse_Pages(t *testing.T) {
	list, err := filepath.Glob("../docs/*.md")
	require.NoError(t, err)
	require.NotEmpty(t, list)
	for _, name := range list {
		twin := filepath.Join("../docs/en", filepath.Base(name))
		ru, err := os.ReadFile(name)
		require.NoError(t, err)
		en, err := os.ReadFile(twin)
		require.NoError(t, err)
		assert.Equal(t, outline(string(ru)), outline(string(en)), name)
		for file, text := range map[string][]byte{name: ru, twin: en} {
			for _, link := range linked.FindAllSubmatch(text, -1) {
				assert.FileExists(t, filepath.Join(filepath.Dir(file), string(link[1])), file)
			}
		}
	}
}

// linked is a way to another file of the house.
var linked = regexp.MustCompile(`\]\(([^):]+)\)`)

// TestHouse_ReadmesThatDiffer shows that what makes a twin is looked at, and that
// what may differ, its words, is not.
func TestHouse_ReadmesThatDiffer(t *testing.T) {
	const text = "# А\n\nСлово.\n\n## Б\n\n![Чек](a.png)\n\n```\nmake run     # открыть\n# и\n```\n\n| `a.b` `c` | что |\n"
	require.Equal(t, []string{"#", "##", "![](a.png)", "```", "make run", "", "```", "| `a.b` `c` |"}, outline(text))
	assert.Equal(t, outline(text),
		outline("# A\n\nA word.\n\n## B\n\n![Receipt](a.png)\n\n```\nmake run # open\n# and\n```\n\n| `a.b` `c` | what |\n"))
	for _, change := range [][2]string{
		{"## Б", "### Б"}, {"## Б\n", ""}, {"a.png", "b.png"}, {"make run", "make test"}, {"# и\n", ""}, {"`c` |", "|"},
	} {
		assert.NotEqual(t, outline(text), outline(strings.Replace(text, change[0], change[1], 1)), change[0])
	}
}

var (
	heading = regexp.MustCompile(`^#+ `)
	picture = regexp.MustCompile(`!\[[^\]]*\](\([^)]*\))`)
	comment = regexp.MustCompile(`(^|\s+)# .*$`)
	keyCell = regexp.MustCompile("^\\| (`[^`]+` ?)+\\|")
)

// outline is what a text shares with its translation, in order: the levels of its
// headings, the lines of its blocks of code without their comments, its pictures,
// and the settings that begin the rows of its tables.
func outline(text string) (all []string) {
	code := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "```"):
			code = !code
			all = append(all, line)
		case code:
			all = append(all, comment.ReplaceAllString(line, ""))
		case heading.MatchString(line):
			all = append(all, strings.TrimSpace(heading.FindString(line)))
		default:
			for _, p := range picture.FindAllStringSubmatch(line, -1) {
				all = append(all, "![]"+p[1])
			}
			if cell := keyCell.FindString(line); cell != "" {
				all = append(all, cell)
			}
		}
	}
	return all
}
