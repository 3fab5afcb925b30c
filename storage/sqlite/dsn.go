package sqlite

import (
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
)

// dsn names a database file for the driver. The path goes in as a file: URI
// with every byte that means something in a URI escaped, so that `?`, `#`, `%`
// and spaces in a folder's name stay part of the name.
func dsn(path string, params url.Values) string {
	p := filepath.ToSlash(path)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // C:/Kassa → file:///C:/Kassa
	}
	u := url.URL{Scheme: "file", Path: p}
	// url.URL leaves some bytes alone that SQLite's own parser would not
	// mind either; `?`, `#` and `%` it escapes.
	return "file://" + u.EscapedPath() + "?" + params.Encode()
}

// common holds for every connection.
func common() url.Values {
	v := url.Values{}
	v.Set("_dqs", "0")
	v.Set("_defensive", "1")
	v.Set("_error_rc", "1")
	v.Add("_pragma", "busy_timeout(5000)")
	v.Add("_pragma", "foreign_keys(1)")
	v.Add("_pragma", "trusted_schema(0)")
	return v
}

// writerDSN is for the one connection that writes.
func writerDSN(path string, p *Params) string {
	v := common()
	v.Set("_txlock", "immediate")
	v.Set("_journal_mode", "WAL")
	v.Set("_synchronous", "FULL")
	v.Add("_pragma", "cache_size(-32768)")
	// A sale writes some twenty pages; a checkpoint each forty sales keeps the
	// log small and its cost out of the median. The file shrinks again after
	// an import.
	v.Add("_pragma", "wal_autocheckpoint(1000)")
	v.Add("_pragma", "journal_size_limit(67108864)")
	// What moves from page to page leaves no copy behind: somebody who asks to be
	// forgotten is looked for where the rows are now.
	v.Add("_pragma", "secure_delete(FAST)")
	if runtime.GOOS == "darwin" {
		v.Add("_pragma", "fullfsync(1)")
		v.Add("_pragma", "checkpoint_fullfsync(1)")
	}
	if p.MaxPages > 0 {
		v.Add("_pragma", "max_page_count("+itoa(p.MaxPages)+")")
	}
	setVFS(v, p)
	return dsn(path, v)
}

// bareDSN is for a connection that looks at pages and not at rows.
func bareDSN(path string, p *Params) string {
	v := common()
	v.Del("_defensive")
	v.Set("_journal_mode", "WAL")
	v.Set("_synchronous", "FULL")
	setVFS(v, p)
	return dsn(path, v)
}

// readerDSN is for the connections that only read.
func readerDSN(path string, p *Params) string {
	v := common()
	v.Set("mode", "ro")
	v.Set("_query_only", "1")
	v.Add("_pragma", "cache_size(-8192)")
	setVFS(v, p)
	return dsn(path, v)
}

func setVFS(v url.Values, p *Params) {
	if p.VFS != "" {
		v.Set("vfs", p.VFS)
	}
}
