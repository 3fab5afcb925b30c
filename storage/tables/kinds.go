package tables

// What a file is, by how it begins; its name says it only where that does not.

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding/unicode"

	"kassa/pos"
	"kassa/pos/imports"
)

// kindBytes are looked at to tell what a file is.
const kindBytes = 16 << 10

func open(file *os.File, f imports.Format) (imports.Rows, error) {
	st, err := file.Stat()
	if err != nil || !st.Mode().IsRegular() {
		return nil, unreadable(file.Name(), errors.Join(err, errors.New("not a regular file")))
	}
	if st.Size() > imports.MaxFileBytes {
		return nil, pos.E(pos.CodeInvalid, "import.file-large", pos.Args{"MiB": imports.MaxFileBytes >> 20})
	}
	head := make([]byte, kindBytes)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, unreadable(file.Name(), err)
	}
	head = head[:n]
	switch {
	case n == 0:
		return nil, pos.E(pos.CodeInvalid, "import.empty", nil)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return openArchive(file, st.Size(), f)
	}
	if id, args := notAList(file, head); id != "" {
		return nil, pos.E(pos.CodeInvalid, id, args)
	}
	switch markup(head) {
	case "excel":
		return openExcelXML(file, f)
	case "web":
		return openWeb(file, st.Size(), head, f)
	case "other":
		return nil, pos.E(pos.CodeInvalid, "table.no-list", nil)
	}
	return openText(file, st.Size(), f)
}

func openArchive(file *os.File, size int64, f imports.Format) (imports.Rows, error) {
	z, err := zip.NewReader(file, size)
	if err != nil {
		return nil, broken(err)
	}
	if len(z.File) > maxParts {
		return nil, bomb()
	}
	open, err := kindOfArchive(z, strings.ToLower(filepath.Ext(file.Name())) == ".zip")
	if err != nil {
		return nil, err
	}
	if open {
		return openOpenDoc(file, z, f)
	}
	return openBook(file, z, f)
}

// beginnings are those of files that are no list, with what is said of them.
var beginnings = []struct{ begin, id string }{
	{"%PDF", "table.no-list"}, {"\x89PNG", "table.no-list"}, {"\xFF\xD8\xFF", "table.no-list"}, {"GIF8", "table.no-list"}, {`{\rtf`, "table.no-list"},
	{"\x09\x08\x10\x00", "table.old-excel"}, {"\x09\x08\x08\x00", "table.old-excel"}, {"\x09\x04\x06\x00", "table.old-excel"},
	{"\x09\x02\x06\x00", "table.old-excel"}, {"\x09\x00\x04\x00", "table.old-excel"}, {"MIME-Version:", "table.old-excel"},
	{"\x1F\x8B", "table.archive"}, {"Rar!", "table.archive"}, {"7z\xBC\xAF", "table.archive"},
}

// notAList names what a file is instead of a list; "" for what may be one.
func notAList(file *os.File, head []byte) (id string, args pos.Args) {
	ext := strings.ToLower(filepath.Ext(file.Name()))
	if bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) {
		// The container of both: what Excel encrypts and what it wrote before 2007.
		switch {
		case bytes.Contains(head, wide("EncryptedPackage")):
		case ext == ".xls", bytes.Contains(head, wide("Workbook")), bytes.Contains(head, wide("Book")):
			return "table.old-excel", nil
		case bytes.Contains(head, wide("WordDocument")):
			return "table.no-list", nil
		}
		return "table.encrypted", nil
	}
	for _, b := range beginnings {
		if bytes.HasPrefix(head, []byte(b.begin)) {
			name := filepath.Base(file.Name())
			return b.id, pos.Args{"File": strings.TrimSuffix(name, filepath.Ext(name))}
		}
	}
	// A list of text may bear the name of a workbook; what is no text may not.
	if (ext == ".xlsx" || ext == ".xlsm" || bytes.HasPrefix(head, []byte("PK"))) && looksLikeUTF16(head) == "" &&
		bytes.ContainsFunc(head, func(r rune) bool { return r < ' ' && r != '\t' && r != '\r' && r != '\n' }) {
		return "table.not-excel", nil
	}
	return "", nil
}

// wide is a name as the directory of an old container writes it.
func wide(name string) []byte {
	b, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().Bytes([]byte(name))
	if err != nil {
		return []byte(name)
	}
	return b
}

// markup tells a document of tags from separated text: "excel" for Excel's XML,
// "web" for a page, "other" for XML of others, "" for text.
func markup(head []byte) string {
	if c := looksLikeUTF16(head); c != "" || bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("\xFE\xFF")) {
		head = bytes.ReplaceAll(head, []byte{0}, nil) // the tags of it are ASCII
		head = bytes.TrimLeft(head, "\xFF\xFE")
	}
	text := strings.ToLower(string(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n")))
	begins := func(tags ...string) bool {
		for _, t := range tags {
			if strings.HasPrefix(text, t) {
				return true
			}
		}
		return false
	}
	switch {
	case !begins("<"):
		return ""
	case strings.Contains(text, "urn:schemas-microsoft-com:office:spreadsheet") && begins("<?xml", "<workbook", "<ss:workbook"):
		return "excel"
	case begins("<html", "<!doctype html", "<table", "<head", "<meta", "<body", "<style", "<div", "<center", "<!--"),
		begins("<?xml") && strings.Contains(text, "<html"):
		return "web"
	case begins("<?xml"):
		return "other"
	}
	return ""
}
