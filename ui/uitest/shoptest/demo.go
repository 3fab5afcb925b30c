package shoptest

import (
	"context"
	"errors"
	"sync"

	"kassa/assets"
	"kassa/pos"
	"kassa/pos/postest"
	"kassa/pos/till"
	"kassa/storage/local"
	"kassa/storage/local/localtest"
	"kassa/ui/task"
	"kassa/ui/uitest"
)

// demo is the demo shop of one language, seeded once in a process.
type demo struct {
	once localtest.Once
	shop *till.DemoShop
}

// demoIDs is above every id the seeding takes.
const demoIDs = 1 << 20

var (
	demosMu sync.Mutex
	demos   = map[string]*demo{}
)

func demoIn(lang string) *demo {
	demosMu.Lock()
	defer demosMu.Unlock()
	d := demos[lang]
	if d == nil {
		d = &demo{}
		d.once.Make = func(dir string) error { return d.seed(dir, lang) }
		demos[lang] = d
	}
	return d
}

// seed makes the demo shop in a folder.
func (d *demo) seed(dir, lang string) error {
	ctx := context.Background()
	clock := task.NewManual(uitest.Start)
	store, err := local.Open(ctx, local.Params{Dir: dir, Now: clock.Now})
	if err != nil {
		return err
	}
	set := settingsIn(lang)
	p := params(clock, &postest.IDs{}, func() pos.Settings { return set })
	p.Store, p.Sender = store, postest.NewSender()
	d.shop, err = till.New(p).SeedDemo(ctx, assets.Demo)
	return errors.Join(err, store.Close())
}
