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
	pay "kassa/pos/manual"
	"kassa/pos/money"
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
	bounds, err := p.bounds()
	if err != nil {
		return err
	}
	return p.with(ctx, func(b *backend.Backend) error {
		link, err := b.AddPersonWithin(ctx, w[0], backend.Level(p.level), bounds)
		if err != nil {
			return err
		}
		fmt.Fprintln(p.out, p.seenAt()+people.PasswordPath+link.Text.Reveal())
		fmt.Fprintln(p.err, p.words.T("backend.cli.link", pos.Args{"Until": link.Ends, "Level": strings.Join(append([]string{p.levelName(link.Person.Level)}, p.within(&link.Person)...), "; ")}))
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

// anySum takes a bound away.
const anySum = "any"

// bounds reads up to what sums a person decides and gives back.
func (p *program) bounds() (b backend.Bounds, err error) {
	b.Currency = money.Currency(strings.ToUpper(p.currency))
	for _, one := range []struct {
		text string
		to   *backend.Bound
	}{{p.decideUpTo, &b.Decide}, {p.refundUpTo, &b.Refund}} {
		switch one.text {
		case "":
			continue
		case anySum:
			one.to.Set = true
			continue
		}
		most, err := pay.ParseSum(one.text, b.Currency)
		if err != nil {
			return b, err
		}
		*one.to = backend.Bound{Set: true, Most: &most}
	}
	return b, nil
}

// within tells up to what sums a person decides and gives back.
func (p *program) within(who *backend.Person) (lines []string) {
	for _, one := range []struct {
		id   string
		most *money.Amount
	}{{"peoplepage.decides-up-to", who.DecideCap}, {"peoplepage.refunds-up-to", who.RefundCap}} {
		if one.most != nil {
			lines = append(lines, p.words.T(one.id, pos.Args{"Sum": money.NewFormatter(p.words.Lang(), who.CapIn, "").Amount(*one.most)}))
		}
	}
	return lines
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
			fmt.Fprintf(p.out, "%s\t%s\t%s\n", who.Email, strings.Join(append([]string{string(who.Level)}, p.within(&who)...), "; "), state)
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
