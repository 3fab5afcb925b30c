package shop

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"

	"kassa/assets"
	"kassa/cmd/internal/month"
	"kassa/pos"
	"kassa/pos/till"
	"kassa/storage/config"
	"kassa/storage/secret"
)

// Create makes a shop in a home that has none and opens it to sell from it. A
// demo shop is filled with people, goods and customers, told in the second
// result, which is nil otherwise; with Options.Month a month lies behind it. It returns CodeConflict "shop.exists" and
// changes nothing where there is a shop; what a process that was interrupted
// left half made is no shop and is made whole. What a shop left whose database is
// gone is CodeConflict "shop.gone" and stays, unless Options.Anew lays it aside.
func Create(ctx context.Context, o Options, demo bool) (_ *Shop, _ *till.DemoShop, err error) {
	home, err := config.FindHome(o.Home)
	if err != nil {
		return nil, nil, err
	}
	o.Home = home.Dir
	switch err := refuseMade(ctx, home, o); {
	case err == nil && !(o.Anew && !Exists(home) && FindRemains(home).Any()):
	case err == nil, o.Anew && (Broken(err) || secret.Lost(err)):
		if _, err := layAside(home, o.now()); err != nil {
			return nil, nil, err
		}
	default:
		return nil, nil, err
	}
	o.Create, o.Beside, o.Storeless = true, false, false
	s, err := Open(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	// Another process may have been quicker between the two looks.
	if made, err := s.made(ctx); err != nil || made {
		return nil, nil, errors.Join(err, alreadyMade(home))
	}
	if !demo {
		return s, nil, errors.Join(s.Till.InitShop(ctx), s.watchSettings(ctx, true))
	}
	// The settings first: a demo without its goods is made whole by the next
	// attempt, goods under the settings of a real shop would look like one.
	if err := s.becomeDemo(o.Month); err != nil {
		return nil, nil, err
	}
	d, err := s.seed(ctx, o.Month)
	if err != nil {
		return nil, nil, err
	}
	return s, d, s.watchSettings(ctx, true)
}

// seed fills a demo shop, its names in the language of the screen: as it is on its first morning, or with a month behind it.
func (s *Shop) seed(ctx context.Context, lived bool) (*till.DemoShop, error) {
	files := assets.DemoIn(s.Settings().Language)
	if !lived {
		return s.Till.SeedDemo(ctx, files)
	}
	return month.Live(ctx, month.Params{Till: s.params, Files: files, Words: s.Words(""), Now: s.Clock.Now(), Seed: 1})
}

func (o *Options) now() time.Time {
	if o.Clock == nil {
		return time.Now()
	}
	return o.Clock.Now()
}

func alreadyMade(home config.Home) error {
	return pos.E(pos.CodeConflict, "shop.exists", pos.Args{"Dir": home.Dir})
}

// refuseMade looks whether the home holds a shop without changing anything.
func refuseMade(ctx context.Context, home config.Home, o Options) error {
	if !Exists(home) {
		return nil
	}
	o.Beside, o.Create, o.Storeless = true, false, false
	s, err := Open(ctx, o)
	if err != nil {
		return err
	}
	made, err := s.made(ctx)
	if err := errors.Join(err, s.Close()); err != nil {
		return err
	}
	if made {
		return alreadyMade(home)
	}
	return nil
}

// made reports whether the database belongs to a shop: the groups of employees
// are the first thing one gets.
func (s *Shop) made(ctx context.Context) (bool, error) {
	groups, err := s.Till.Groups(ctx)
	return len(groups) > 0, err
}

// becomeDemo puts the settings of a demo in force. A config.toml somebody
// prepared keeps what it says; only what makes a demo one is added.
func (s *Shop) becomeDemo(lived bool) error {
	set := config.DemoSettings()
	words := s.Words("")
	set.Shop, set.Address = words.T("demo.shop", nil), words.T("demo.address", nil)
	if lived {
		set.Rules.PointsLife = month.PointsLife
	}
	if _, err := os.Stat(s.Home.Config()); !errors.Is(err, fs.ErrNotExist) {
		prepared := s.Config.Settings()
		prepared.Demo = true
		if prepared.SMSProvider == "" {
			prepared.SMSProvider = set.SMSProvider
		}
		set = prepared
	}
	if err := s.Config.Save(set, nil); err != nil {
		return err
	}
	s.swap()
	return nil
}
