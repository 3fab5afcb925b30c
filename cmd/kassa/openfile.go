package main

import (
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
)

// opener has the system's own program show a file.
func opener(a fyne.App) func(path string) error {
	return func(path string) error { return a.OpenURL(fileURL(path)) }
}

// fileURL is the address of a file; of one on Windows the letter of its drive stands
// behind a slash.
func fileURL(path string) *url.URL {
	at := filepath.ToSlash(path)
	if !strings.HasPrefix(at, "/") {
		at = "/" + at
	}
	return &url.URL{Scheme: "file", Path: at}
}
