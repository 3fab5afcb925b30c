// Command storybook draws every screen and dialog of the till's window to PNG
// files, for eyes, for documents and for review. What it shows is true: a
// temporary demo shop is brought into each state through the till's own
// operations and the window's own keys.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"kassa/ui/theme"
	"kassa/ui/uitest"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "storybook:", err)
		os.Exit(1)
	}
}

// options say which pictures are drawn.
type options struct {
	out    string
	only   []string // beginnings of names; all when empty
	sizes  []fyne.Size
	scale  float32 // of the letters and everything around them
	langs  []string
	themes []string
}

func parse(args []string, errOut io.Writer) (options, error) {
	f := flag.NewFlagSet("storybook", flag.ContinueOnError)
	f.SetOutput(errOut)
	out := f.String("out", filepath.Join("build", "shots"), "folder for the pictures")
	only := f.String("only", "", "names of stories, or their beginnings, with commas between them")
	size := f.String("size", "", "window sizes such as 1024x768, with commas between them (default: all)")
	scale := f.Float64("scale", 1, "how large everything is drawn, 0.8 to 1.6")
	lang := f.String("lang", "ru,en", "languages")
	look := f.String("theme", "light,dark", "themes")
	if err := f.Parse(args); err != nil {
		return options{}, err
	}
	o := options{out: *out, only: list(*only), langs: list(*lang), themes: list(*look), sizes: uitest.Screen, scale: float32(*scale)}
	if o.scale < theme.MinScale || o.scale > theme.MaxScale {
		return o, fmt.Errorf("%v is no scale; write a number between %v and %v", *scale, theme.MinScale, theme.MaxScale)
	}
	if *size != "" {
		o.sizes = nil
		for _, text := range list(*size) {
			var w, h int
			if n, err := fmt.Sscanf(text, "%dx%d", &w, &h); n != 2 || err != nil || w <= 0 || h <= 0 {
				return o, fmt.Errorf("%q is no size; write 1024x768", text)
			}
			o.sizes = append(o.sizes, fyne.NewSize(float32(w), float32(h)))
		}
	}
	for _, name := range o.only {
		if !slices.ContainsFunc(stories, func(s story) bool { return strings.HasPrefix(s.name, name) }) {
			return o, fmt.Errorf("there is no story %q", name)
		}
	}
	return o, nil
}

func list(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' })
}

func (o *options) wants(s story, size fyne.Size) bool {
	if size == uitest.Wide && !s.wide && len(o.sizes) == len(uitest.Screen) {
		return false // the wide screen only where it differs, unless it is asked for
	}
	return len(o.only) == 0 || slices.ContainsFunc(o.only, func(name string) bool { return strings.HasPrefix(s.name, name) })
}

// run draws the pictures. Every one is drawn even when some are broken; the
// error then names them.
func run(args []string, out, errOut io.Writer) error {
	o, err := parse(args, errOut)
	if err != nil {
		return err
	}
	shelf, err := newShelf()
	if err != nil {
		return err
	}
	defer shelf.Close()
	drawn, bad := 0, 0
	for _, lang := range o.langs {
		for _, size := range o.sizes {
			for _, s := range stories {
				if !o.wants(s, size) {
					continue
				}
				faults, err := draw(shelf, s, size, lang, &o)
				if err != nil {
					faults = append(faults, err.Error())
				}
				for _, fault := range faults {
					fmt.Fprintf(out, "%s %s %s: %s\n", s.name, o.named(size), lang, fault)
				}
				drawn += len(o.themes)
				bad += min(len(faults), 1)
			}
		}
	}
	fmt.Fprintf(out, "%d pictures in %s\n", drawn, o.out)
	if bad > 0 {
		return fmt.Errorf("%d stories are broken", bad)
	}
	return nil
}

// draw tells one story and takes its pictures, one per theme, also of a story
// that went wrong. What is wrong with them is said once for all themes but where
// it differs.
func draw(shelf *shelf, s story, size fyne.Size, lang string, o *options) ([]string, error) {
	b, err := shelf.open(s, size, lang)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	b.SetTheme(theme.New(theme.Light, o.scale))
	lost := b.tell()
	var faults []string
	for _, look := range o.themes {
		b.SetTheme(theme.New(theme.Mode(look), o.scale))
		b.Resize(size)
		path := filepath.Join(o.out, o.named(size)+"-"+look+"-"+lang, s.name+".png")
		if err := uitest.Shot(b.Window, path); err != nil {
			return nil, err
		}
		for _, fault := range uitest.Faults(b.Window) {
			if !slices.Contains(faults, fault) {
				faults = append(faults, fault)
			}
		}
	}
	return faults, lost
}

// named is what a size is called among the pictures.
func (o *options) named(size fyne.Size) string {
	if o.scale == 1 {
		return named(size)
	}
	return fmt.Sprintf("%s@%g", named(size), o.scale)
}

func named(size fyne.Size) string { return fmt.Sprintf("%.0fx%.0f", size.Width, size.Height) }
