package notify

import (
	"cmp"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"kassa/pos"
)

// Version is the form of a notification by URL.
type Version string

// The two forms: a GET with purchaseid, and a signed POST of JSON.
const (
	V1 Version = "v1"
	V2 Version = "v2"
)

// PointID names a contact point. A setting holds it and not the address, so
// that an address that changed or went away is never written to by mistake.
type PointID string

// Point is an address of somebody, as the directory has it.
type Point struct {
	ID      PointID
	Channel Channel // any but URL
	Address string  // a mail address, a telephone in E.164, the id of a chat
	Kind    string  // "work" or "personal"
	Person  string  // whose it is, for people
	Gone    bool    // the contact lost it
}

// Cell is a place of the settings. Object is a service's or an outlet's code,
// and "" for all of them; the organisation and the buyers have no objects.
type Cell struct {
	Level   Level   `json:"level"`
	Object  string  `json:"object,omitempty"`
	Event   Event   `json:"event"`
	Channel Channel `json:"channel"`
}

// Setting is what stands in a cell: to whom, to which address, or for buyers
// whether at all. A cell of an object that is set to nobody is told to nobody,
// where one that is not set follows the cell of all.
type Setting struct {
	Cell
	Recipients []PointID `json:"recipients,omitempty"`
	URL        string    `json:"url,omitempty"`
	Version    Version   `json:"version,omitempty"`
	On         bool      `json:"on,omitempty"` // of buyers
}

// Settings is all that is set, at most one for each cell.
type Settings []Setting

// Of is what stands in a cell itself, an empty one where nothing does.
func (s Settings) Of(c Cell) (Setting, bool) {
	if i := slices.IndexFunc(s, func(have Setting) bool { return have.Cell == c }); i >= 0 {
		return s[i], true
	}
	return Setting{Cell: c}, false
}

// Put sets a cell; the settings before are left as they were.
func (s Settings) Put(one Setting) Settings {
	out := slices.DeleteFunc(slices.Clone(s), func(have Setting) bool { return have.Cell == one.Cell })
	out = append(out, one)
	slices.SortFunc(out, func(a, b Setting) int {
		return cmp.Or(
			slices.Index(Levels, a.Level)-slices.Index(Levels, b.Level), cmp.Compare(a.Object, b.Object),
			cmp.Compare(a.Event, b.Event), slices.Index(Channels, a.Channel)-slices.Index(Channels, b.Channel))
	})
	return out
}

// Drop leaves a cell of an object to the cell of all.
func (s Settings) Drop(c Cell) Settings {
	return slices.DeleteFunc(slices.Clone(s), func(have Setting) bool { return have.Cell == c })
}

// Directory is what settings may name.
type Directory struct {
	Points   map[PointID]Point
	Services []string // codes
	Outlets  []string // codes
	// Near are networks the shop allows itself to reach by URL though nobody from
	// outside could: a bookkeeping server beside the till.
	Near []netip.Prefix
}

// maxURL is how long an address may be; longer ones are cut by what stands between.
const maxURL = 2000

// Check tells the first thing wrong with a setting as CodeInvalid.
func (s *Setting) Check(d *Directory) error {
	switch {
	case !Offered(s.Level, s.Event, s.Channel):
		return pos.E(pos.CodeInvalid, "notify.not-offered", nil)
	case !s.objectKnown(d):
		return pos.E(pos.CodeInvalid, "notify.no-object", pos.Args{"Code": s.Object})
	case s.Level == Buyer && (len(s.Recipients) > 0 || s.URL != ""):
		return pos.E(pos.CodeInvalid, "notify.buyer-switch", nil)
	case s.Level != Buyer && s.On:
		return pos.E(pos.CodeInvalid, "notify.no-switch", nil)
	case s.Channel == URL:
		if len(s.Recipients) > 0 {
			return pos.E(pos.CodeInvalid, "notify.url-only", nil)
		}
		return s.checkURL(d)
	case s.URL != "" || s.Version != "":
		return pos.E(pos.CodeInvalid, "notify.no-url", nil)
	}
	for i, id := range s.Recipients {
		p, known := d.Points[id]
		switch {
		case !known || p.Gone:
			return pos.E(pos.CodeInvalid, "notify.no-contact", nil)
		case p.Channel != s.Channel:
			return pos.E(pos.CodeInvalid, "notify.other-channel", pos.Args{"Name": p.Person})
		case slices.Contains(s.Recipients[:i], id):
			return pos.E(pos.CodeInvalid, "notify.contact-twice", pos.Args{"Name": p.Person})
		}
	}
	return nil
}

func (s *Setting) objectKnown(d *Directory) bool {
	switch {
	case s.Object == "":
		return true
	case s.Level == Service:
		return slices.Contains(d.Services, s.Object)
	case s.Level == Outlet:
		return slices.Contains(d.Outlets, s.Object)
	}
	return false
}

// checkURL takes what may be called from outside: https, no name or password in
// it, nothing after a #. Whether the address behind it may be reached is asked
// each time it is dialled. Plain http is for the shop's own networks.
func (s *Setting) checkURL(d *Directory) error {
	if s.URL == "" {
		return nil // told to nobody
	}
	u, err := url.Parse(s.URL)
	switch {
	case err != nil || len(s.URL) > maxURL || strings.ContainsFunc(s.URL, func(r rune) bool { return r <= ' ' || r == 0x7f }),
		u.Hostname() == "", u.User != nil, u.Fragment != "", u.Opaque != "":
		return pos.E(pos.CodeInvalid, "notify.url", nil)
	case s.Version != V1 && s.Version != V2:
		return pos.E(pos.CodeInvalid, "notify.url-version", nil)
	case u.Scheme == "https", u.Scheme == "http" && near(d.Near, u.Hostname()):
		return nil
	}
	return pos.E(pos.CodeInvalid, "notify.url-https", nil)
}

func near(nets []netip.Prefix, host string) bool {
	ip, err := netip.ParseAddr(host)
	return err == nil && slices.ContainsFunc(nets, func(n netip.Prefix) bool { return n.Contains(ip.Unmap()) })
}
