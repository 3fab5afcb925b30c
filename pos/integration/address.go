package integration

// Web addresses of servers, the one place that says which can be trusted with a
// token.

import (
	"errors"
	"net/netip"
	"net/url"
	"strings"
)

// Why an address is refused. Neither repeats it: it may hold a password.
var (
	ErrAddress  = errors.New("must be https://host and at most a path")
	ErrInsecure = errors.New("plain http is for this very machine alone")
)

// ParseAddress reads the web address of a server: https, since tokens travel
// there, and plain http only to this very machine, named by address or as
// localhost, for proxies and test servers. It returns the address without a
// slash at its end, or ErrAddress or ErrInsecure. query allows one behind it.
func ParseAddress(raw string, query bool) (string, error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return "", ErrAddress // the parser's own words quote the address
	}
	switch {
	case u.Hostname() == "", u.User != nil, u.Fragment != "", !query && (u.RawQuery != "" || u.ForceQuery):
		return "", ErrAddress
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return "", ErrInsecure
	case u.Scheme != "http" && u.Scheme != "https":
		return "", ErrAddress
	case u.RawQuery != "":
		return u.String(), nil
	}
	return strings.TrimRight(u.String(), "/"), nil
}

func loopback(host string) bool {
	addr, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && addr.Unmap().IsLoopback()
}
