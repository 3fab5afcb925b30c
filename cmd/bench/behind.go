package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// part chooses what the section behind measures.
var part = flag.String("part", "", "of the section behind, by comma: told,queue,ingest,decision,carried")

// benchBehind measures what the backend behind the till costs those who sell, and
// what one backend takes.
func benchBehind(ctx context.Context, dir string) ([]promise, error) {
	var out []promise
	for _, p := range []section{
		{"told", benchTold}, {"queue", benchQueue}, {"ingest", benchIngest}, {"decision", benchDecision}, {"carried", benchCarried},
	} {
		if *part != "" && !strings.Contains(","+*part+",", ","+p.name+",") {
			continue
		}
		own := filepath.Join(dir, p.name)
		if err := os.Mkdir(own, 0o755); err != nil {
			return nil, err
		}
		got, err := p.run(ctx, own)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
		out = append(out, got...)
	}
	return out, nil
}
