package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/history"
	"kassa/pos/integration"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/storage/local"
	"kassa/storage/witness"
)

// counter is a real till over a real store in a folder, with its owner at work.
type counter struct {
	dir   string
	store *local.Store
	till  *till.Till
	who   pos.Actor
	told  *witness.File // who remembers how far the history came; nil for nobody
}

// openCounter opens the folder, making a new shop when there is none.
func openCounter(ctx context.Context, dir string) (*counter, error) {
	return openChanged(ctx, dir, func(*till.Params) {})
}

// openChanged is openCounter for a till that stands on something else in part.
func openChanged(ctx context.Context, dir string, change func(*till.Params)) (*counter, error) {
	s, err := local.Open(ctx, local.Params{Dir: dir})
	if err != nil {
		return nil, err
	}
	p := till.Params{
		Store: s, Clock: clock{}, IDs: uuids{}, Sender: silent{}, Settings: settings, Pepper: pepper,
		HashCost: till.HashCost{MemoryKiB: 64, Passes: 1}, // the cost of a PIN is not measured
	}
	change(&p)
	c := &counter{dir: dir, store: s, till: till.New(p)}
	if c.who, err = c.owner(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return c, nil
}

const ownerPIN = "493817"

func (c *counter) owner(ctx context.Context) (pos.Actor, error) {
	who, err := c.till.CreateOwner(ctx, "Ольга Волкова", ownerPIN)
	if pos.CodeOf(err) == pos.CodeConflict {
		return c.till.Login(ctx, ownerPIN)
	}
	return who, err
}

func (c *counter) close() error {
	c.store.Watch(nil)
	if c.told == nil {
		return c.store.Close()
	}
	return errors.Join(c.store.Close(), c.told.Close())
}

// pepper is what seals and the witness are made under.
var pepper = make([]byte, 32)

// watched has how far the history came remembered outside the database after each
// commit, as the shop does it.
func (c *counter) watched() error {
	dir := filepath.Join(c.dir, "secrets")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	c.store.Watch(func(now history.Standing) {
		if c.told == nil {
			c.told = witness.At(dir, now.Origin, pepper)
		}
		if err := c.told.Keep(now); err != nil {
			panic(err) // what is measured would be another thing
		}
	})
	return nil
}

// ensureShift opens a shift unless one is open.
func (c *counter) ensureShift(ctx context.Context) error {
	_, err := c.till.OpenShift(ctx, c.who, 500_00)
	if pos.CodeOf(err) == pos.CodeConflict {
		return nil
	}
	return err
}

// settings of a shop that asks no codes: a provider's time is not the till's.
func settings() pos.Settings {
	return pos.Settings{
		Shop: "Продукты", Till: "1", Language: "ru", ReceiptLanguage: "ru", Country: "RU", Currency: "RUB",
		Rules: pos.DefaultRules(), ConfirmPoints: pos.ConfirmNever, ConfirmCredit: pos.ConfirmNever,
		CodeLifetime: confirm.DefaultLifetime, Width: 48,
	}
}

type clock struct{}

func (clock) Now() time.Time { return time.Now() }

type uuids struct{}

func (uuids) NewID() string { return uuid.Must(uuid.NewV7()).String() }

// silent takes every code and sends none.
type silent struct{}

func (silent) Route(by integration.Way) confirm.Route { return confirm.Route{By: by} }

func (silent) SendCode(context.Context, confirm.Delivery) confirm.Result {
	return confirm.Result{State: confirm.Sent}
}

// stockUp puts n products into the catalogue, in large transactions.
func (c *counter) stockUp(ctx context.Context, n int) error {
	const portion = 5000
	for from := 0; from < n; from += portion {
		err := c.store.Update(ctx, func(x till.Tx) error {
			for i := from; i < min(n, from+portion); i++ {
				p := product(i)
				if err := x.PutProduct(&p); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

var (
	kinds  = []string{"Молоко", "Кефир", "Сыр", "Хлеб", "Батон", "Масло", "Сметана", "Творог", "Йогурт", "Колбаса", "Сосиски", "Печенье", "Конфеты", "Шоколад", "Чай", "Кофе", "Вода", "Сок", "Рис", "Гречка", "Макароны", "Сахар", "Соль", "Мука", "Яйцо", "Шампунь", "Мыло", "Порошок", "Орехи кешью", "Мёд"}
	makers = []string{"деревенское", "домашнее", "отборное", "классическое", "фермерское", "лёгкое", "экстра", "премиум", "Заречный двор", "Белый берег", "Северный луг", "Три пекаря", "с кальцием", "без сахара"}
)

// product is the i-th of the catalogue: always the same, and unlike its
// neighbours.
func product(i int) pos.Product {
	h := uint64(i+1) * 0x9E3779B97F4A7C15 // spreads neighbours apart
	pick := func(n int) int {
		h ^= h >> 29
		h *= 0xBF58476D1CE4E5B9
		return int(h >> 33 % uint64(n))
	}
	p := pos.Product{
		ID: pos.ProductID(fmt.Sprintf("0193b0a0-0000-7000-8000-%012d", i)), SKU: fmt.Sprintf("%07d", i), Unit: "шт",
		Name:     fmt.Sprintf("%s %s %d,%d%% %d г", kinds[pick(len(kinds))], makers[pick(len(makers))], pick(10), pick(10), 50+10*pick(95)),
		Barcodes: []string{barcode(i)}, Price: money.Amount(49_00 + pick(900)*100 + pick(100)), VAT: 1000, Stock: 1_000_000 * money.One,
	}
	if pick(100) == 0 {
		p.Name += fmt.Sprintf(" партия %d", i)
	}
	if i%branded == 0 {
		p.Name += " " + brand(i/branded)
	}
	if pick(20) == 0 {
		p.Sold = int64(pick(1 + pick(3000)))
	}
	return p
}

// branded is how many goods there are for one that has a name of its own: a
// catalogue of a million so has forty thousand words, as true ones do.
const branded = 25

var syllables = []string{"ба", "ве", "гри", "до", "жу", "за", "ки", "ло", "ме", "ну", "пря", "ро", "си", "те", "ху", "ча"}

// brand is the i-th made-up word, unlike any other of 65,536.
func brand(i int) string {
	var word string
	for range 4 {
		word += syllables[i%len(syllables)]
		i /= len(syllables)
	}
	return word
}

func barcode(i int) string { return fmt.Sprintf("46%011d", i) }
