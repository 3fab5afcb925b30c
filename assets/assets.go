// Package assets holds what the programs carry with them: the words of the
// interface, the demo shop and the icon. It parses nothing; see package words.
package assets

import (
	"embed"
	"io/fs"
)

//go:generate go run ./icon -o icon.png

// I18n holds the message files i18n/<language>/<first word of the id>.toml.
//
//go:embed i18n
var I18n embed.FS

// Demo holds the goods and customers of the demo shop, in the form in which a
// shop imports its own: demo/products.csv and demo/customers.csv.
//
//go:embed demo/*.csv
var Demo embed.FS

// demos hold the same shop in other languages: the names alone differ.
//
//go:embed demos
var demos embed.FS

// DemoIn is Demo with its names in a language, and demo/employees.csv with those
// of its people; Demo itself for a language that has none of its own.
func DemoIn(lang string) fs.FS {
	dir := "demos/" + lang
	if _, err := fs.Stat(demos, dir); err != nil {
		return Demo
	}
	in, err := fs.Sub(demos, dir)
	if err != nil {
		panic(err) // the name of a folder that is there
	}
	return in
}

// Icon is the program's icon, a PNG of 512×512 pixels.
//
//go:embed icon.png
var Icon []byte
