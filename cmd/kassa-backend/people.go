package main

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"time"

	"kassa/backend"
	"kassa/backend/pages/people"
	"kassa/pos"
)

// readShop reads where the shop is and whose word about addresses is believed.
func (p *program) readShop() error {
	p.shopZone = time.Local
	if p.zone != "" {
		zone, err := time.LoadLocation(p.zone)
		if err != nil {
			return pos.Wrap(pos.CodeInvalid, "backend.cli.zone", err)
		}
		p.shopZone = zone
	}
	p.believed = nil
	for text := range strings.FieldsFuncSeq(p.proxies, func(r rune) bool { return r == ',' || r == ' ' }) {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			addr, errAddr := netip.ParseAddr(text)
			if errAddr != nil {
				return pos.Wrap(pos.CodeInvalid, "backend.proxies", err)
			}
			prefix = netip.PrefixFrom(addr, addr.BitLen())
		}
		p.believed = append(p.believed, prefix)
	}
	return nil
}

// personAdd prints a link by which somebody sets a password.
func (p *program) personAdd(ctx context.Context, w []string) error {
	return p.with(ctx, func(b *backend.Backend) error {
		link, err := b.AddPerson(ctx, w[0], backend.Level(p.level))
		if err != nil {
			return err
		}
		fmt.Fprintln(p.out, p.seenAt()+people.PasswordPath+link.Text.Reveal())
		fmt.Fprintln(p.err, p.words.T("backend.cli.link", pos.Args{"Until": link.Ends, "Level": p.levelName(link.Person.Level)}))
		return nil
	})
}

// seenAt is where the pages are seen: at the public address, else where the server
// listens on this computer.
func (p *program) seenAt() string {
	at := p.listen
	if host, port, err := net.SplitHostPort(at); err == nil {
		if a, err := netip.ParseAddr(host); host == "" || err == nil && a.IsUnspecified() {
			at = net.JoinHostPort("localhost", port)
		}
	}
	switch {
	case p.publicURL != "":
		return strings.TrimSuffix(p.publicURL, "/")
	case p.tlsCert != "":
		return "https://" + at
	}
	return "http://" + at
}

func (p *program) levelName(l backend.Level) string {
	return p.words.T("peoplepage.level."+string(l), nil)
}

func (p *program) personList(ctx context.Context, _ []string) error {
	return p.with(ctx, func(b *backend.Backend) error {
		all, err := b.ListPeople(ctx)
		if err != nil {
			return err
		}
		for _, who := range all {
			state := p.words.T("backend.cli.person-ready", nil)
			switch {
			case !who.Revoked.IsZero():
				state = p.words.T("backend.cli.revoked", pos.Args{"At": who.Revoked})
			case who.Password == "":
				state = p.words.T("backend.cli.person-waits", nil)
			case who.Secret != "":
				state = p.words.T("backend.cli.person-authenticator", nil)
			}
			fmt.Fprintf(p.out, "%s\t%s\t%s\n", who.Email, who.Level, state)
		}
		return nil
	})
}

func (p *program) personRevoke(ctx context.Context, w []string) error {
	return p.with(ctx, func(b *backend.Backend) error {
		who, err := b.RevokePerson(ctx, w[0])
		if err != nil {
			return err
		}
		p.say("backend.cli.person-revoked", pos.Args{"Email": who.Email})
		return nil
	})
}
