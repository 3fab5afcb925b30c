// Command bench measures the promised ratios: each operation of the till beside
// the bare operation it stands on, in one run on one machine, so that a noisy
// or slow machine slows both. It prints medians and 99th percentiles and exits
// with 1 when a promise is not kept.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"text/tabwriter"
	"time"
)

// promise is one line of the report.
type promise struct {
	what   string
	got    stats
	base   stats
	beside string  // what base is
	limit  float64 // of got's median to base's
	note   string
}

func (p promise) ratio() float64 { return float64(p.got.median) / float64(p.base.median) }

func (p promise) kept() bool { return p.limit == 0 || p.ratio() <= p.limit }

// section is a group of promises that share what they build up.
type section struct {
	name string
	run  func(ctx context.Context, dir string) ([]promise, error)
}

var sections = []section{
	{"sale", benchSale},
	{"scan", benchScan},
	{"search", benchSearch},
	{"history", benchHistory},
	{"figures", benchFigures},
	{"tables", benchTables},
	{"window", benchWindow},
	{"behind", benchBehind},
	{"day", benchDay},
	{"paper", benchPaper},
}

func main() {
	only := flag.String("only", "", "sections to run, by comma: sale,scan,search,history,figures,tables,window,behind,day,paper")
	child := flag.String("child", "", "for bench itself: what a started copy does")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if *child != "" {
		runChild(*child, flag.Args())
		return
	}
	if err := run(ctx, *only); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

var errBroken = errors.New("a promised ratio is not kept")

func run(ctx context.Context, only string) error {
	broken := false
	for _, s := range sections {
		if only != "" && !strings.Contains(","+only+",", ","+s.name+",") {
			continue
		}
		dir, err := os.MkdirTemp(workDir(), "kassa-bench-")
		if err != nil {
			return err
		}
		began := time.Now()
		promises, err := s.run(ctx, dir)
		os.RemoveAll(dir)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		fmt.Printf("\n%s (%s)\n", s.name, time.Since(began).Round(time.Second))
		for _, p := range promises {
			broken = broken || !p.kept()
		}
		print(promises)
	}
	if broken {
		return errBroken
	}
	return nil
}

// workDir is where the measured files lie: beside the program, since a
// temporary folder may be memory and its fsync a lie.
func workDir() string {
	if err := os.MkdirAll("build", 0o755); err != nil {
		return ""
	}
	return "build"
}

func print(promises []promise) {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "  what\tmedian\tp99\tbeside\tmedian\tp99\tratio\tlimit\t")
	for _, p := range promises {
		limit, mark := "–", ""
		if p.limit > 0 {
			limit = fmt.Sprintf("%.1f", p.limit)
			if !p.kept() {
				mark = "NOT KEPT"
			}
		}
		if p.note != "" {
			mark = strings.TrimSpace(mark + " " + p.note)
		}
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\t%s\t%s\t%.2f\t%s\t%s\n", p.what, p.got.show(p.got.median), p.got.show(p.got.p99),
			p.beside, p.base.show(p.base.median), p.base.show(p.base.p99), p.ratio(), limit, mark)
	}
	w.Flush()
}
