// Command demoplay plays a day in the demo shop: it opens the built till on a
// virtual display, works it by real key presses, and leaves pictures of every
// step. `make run` starts it where there is no display.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"kassa/cmd/internal/screen"
	"kassa/cmd/internal/shop"
	"kassa/storage/config"
)

// patience bounds every wait; a slow machine draws its window in software.
const patience = 90 * time.Second

// made is what `kassactl init --demo --json` answers, as far as it is needed.
type made struct {
	Employees []struct{ Name, Group, PIN string }
	Customers []struct {
		ID, Phone   string
		Points      json.Number
		CreditLimit json.Number `json:"credit_limit"`
	}
	Products []struct{ SKU, Barcode string }
}

func main() {
	bin := flag.String("till", "build/kassa", "the built till")
	ctl := flag.String("ctl", "build/kassactl", "the built headless door")
	out := flag.String("out", "build/demo", "where the pictures go")
	flag.Parse()
	if err := run(*bin, *ctl, *out); err != nil {
		fmt.Fprintln(os.Stderr, "the demo stopped:", err)
		os.Exit(1)
	}
}

func run(bin, ctl, out string) error {
	if tool := screen.Missing(); tool != "" {
		return fmt.Errorf("%s is missing: run scripts/setup.sh display", tool)
	}
	home := filepath.Join(out, "shop")
	env := append(os.Environ(), "KASSA_SECRETS=file")
	demo, err := initDemo(ctl, home, env)
	if err != nil {
		return err
	}
	d, err := screen.Open(1366, 768)
	if err != nil {
		return err
	}
	defer d.Close()
	t, err := d.Start(bin, filepath.Join(out, "window.log"), append(decided(os.Environ()), "KASSA_SECRETS=file"), "--home", home)
	if err != nil {
		return err
	}
	p := &player{t: t, out: out, home: home, demo: demo}
	if err := p.play(); err != nil {
		_ = t.Shot(filepath.Join(out, "stopped.png"))
		t.Kill()
		return err
	}
	if err := t.Quit(patience); err != nil {
		return err
	}
	verify := exec.Command(ctl, "verify", "--home", home)
	verify.Env, verify.Stdout, verify.Stderr = env, os.Stdout, os.Stderr
	return verify.Run()
}

// decided are the settings of whoever plays the demo: the window is to open with
// them, as the headless door does. A display of its own lets none through, since
// tests run on it too. They are told, so that nobody wonders at what is seen.
func decided(environ []string) []string {
	var own []string
	for _, e := range environ {
		if name, _, _ := strings.Cut(e, "="); strings.HasPrefix(name, "KASSA_") && name != config.HomeVariable {
			fmt.Println("the demo is played with", name)
			own = append(own, e)
		}
	}
	return own
}

func initDemo(ctl, home string, env []string) (*made, error) {
	c := exec.Command(ctl, "init", "--demo", "--json", "--home", home)
	c.Env, c.Stderr = env, os.Stderr
	answer, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("make the demo shop: %w: %s", err, answer)
	}
	var m made
	return &m, json.Unmarshal(answer, &m)
}

// player presses the keys. After the first failure it does nothing more and
// keeps that failure.
type player struct {
	t     *screen.Till
	out   string
	home  string
	demo  *made
	shots int
	err   error
}

func (p *player) do(f func() error) {
	if p.err == nil {
		p.err = f()
	}
}

func (p *player) key(names ...string) { p.do(func() error { return p.t.Key(names...) }) }
func (p *player) typed(text string)   { p.do(func() error { return p.t.Type(text) }) }
func (p *player) scan(code string)    { p.do(func() error { return p.t.Scan(code) }) }

// see waits for a screen with facts, name and value in turn.
func (p *player) see(name string, facts ...string) {
	p.do(func() error {
		_, err := p.t.Await(name, patience, func(s screen.Seen) bool {
			for i := 0; i+1 < len(facts); i += 2 {
				if s.Facts[facts[i]] != facts[i+1] {
					return false
				}
			}
			return s.Screen == name
		})
		return err
	})
}

func (p *player) shot(name string) {
	p.do(func() error {
		p.shots++
		return p.t.Shot(filepath.Join(p.out, fmt.Sprintf("%02d-%s.png", p.shots, name)))
	})
}

func (p *player) play() error {
	p.see("login")
	p.shot("login")
	p.typed(p.demo.Employees[0].PIN)
	p.key("Return")
	p.see("shift.open")
	p.typed("2000")
	p.shot("shift-open")
	p.key("Return")
	p.see("shift.opened")
	p.see("sale")
	p.sellWithPointsAndCredit()
	p.sellForCash()
	p.key("F10")
	p.see("menu")
	p.shot("menu")
	p.key("1")
	p.see("settings")
	p.shot("settings")
	p.key("Escape")
	p.key("F11")
	p.see("xreport")
	p.shot("x-report")
	p.key("Return")
	p.key("F12")
	p.see("shift.close")
	p.typed("2100")
	p.shot("count")
	p.key("Return")
	p.see("zreport")
	p.shot("z-report")
	p.key("Return")
	return p.err
}

// sellWithPointsAndCredit rings up six goods, spends the customer's points with
// a code, takes a little cash and makes the rest a debt with another code.
func (p *player) sellWithPointsAndCredit() {
	for i, g := range p.demo.Products[:6] {
		p.scan(g.Barcode)
		p.see("sale", "lines", fmt.Sprint(i+1))
	}
	c := p.buyer()
	p.key("F3")
	p.see("customer.find")
	p.typed(strings.TrimPrefix(c, "+7"))
	p.see("customer.find", "found", "1")
	p.shot("customer")
	p.key("Return")
	p.see("sale", "lines", "6")
	p.shot("sale")
	p.key("F6")
	p.see("points")
	p.shot("points")
	p.key("Return")
	p.see("code", "state", "sent")
	p.shot("code")
	p.code(c, 1)
	p.key("Return")
	p.see("sale", "tenders", "1")
	p.key("F9")
	p.see("payment")
	p.typed("100")
	p.key("Return")
	p.see("payment", "action", "credit")
	p.shot("payment")
	p.key("Return")
	p.see("credit")
	p.shot("credit")
	p.key("Return")
	p.see("code", "operation", "credit", "state", "sent")
	p.code(c, 2)
	p.key("Return")
	p.see("payment", "action", "finish")
	p.key("Return")
	p.see("receipt")
	p.shot("receipt")
	p.key("Return")
	p.see("sale", "lines", "0")
}

func (p *player) sellForCash() {
	p.scan(p.demo.Products[0].Barcode)
	p.see("sale", "lines", "1")
	p.key("F9")
	p.see("payment")
	p.typed("500")
	p.shot("cash")
	p.key("Return")
	p.see("payment", "action", "finish")
	p.key("Return")
	p.see("receipt")
	p.shot("change")
	p.key("Return")
	p.see("sale", "lines", "0")
}

// buyer is the phone of a customer who has points and may owe.
func (p *player) buyer() string {
	for _, c := range p.demo.Customers {
		points, _ := c.Points.Int64()
		limit, _ := c.CreditLimit.Float64()
		if points >= 100 && limit >= 1000 && c.Phone != "" {
			return c.Phone
		}
	}
	p.do(func() error { return errors.New("the demo shop has no customer with points and credit") })
	return ""
}

var sixDigits = regexp.MustCompile(`\b\d{6}\b`)

// code types the code of the n-th message the sandbox kept for a phone.
func (p *player) code(to string, n int) {
	p.do(func() error {
		data, err := os.ReadFile(filepath.Join(p.home, shop.SandboxFile))
		if err != nil {
			return err
		}
		var texts []string
		for line := range strings.Lines(string(data)) {
			var m struct{ To, Text string }
			if json.Unmarshal([]byte(line), &m) == nil && m.To == to {
				texts = append(texts, m.Text)
			}
		}
		if len(texts) < n {
			return fmt.Errorf("message %d to the customer is missing", n)
		}
		return p.t.Type(sixDigits.FindString(texts[n-1]))
	})
}
