package local

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"kassa/pos/till/store"
	"kassa/storage/sqlite"
)

// tillQueries are all that run while somebody waits at the till. What walks
// the history (Each…, self-check, exports) is not among them.
var tillQueries = map[string]string{
	"product": sqlProduct, "product by SKU": sqlProductBySKU, "product by barcode": sqlProductByBarcode, "products by codes": sqlProductsByCodes, "products in any case": sqlProductsAnyCase,
	"list products": sqlListProducts, "product row": sqlProductRow, "SKU owner": sqlSKUOwner, "barcode owner": sqlBarcodeOwner,
	"barcodes": sqlBarcodesOf, "drop barcodes": sqlDropBarcodes, "add stock": addStock.texts[4], "insert moves": insertMoves.texts[4],
	"find fragments": sqlFindFragments, "find words": sqlFindWords, "find both": sqlFindBoth, "fragment docs": sqlFragmentDocs,
	"word docs": sqlWordDocs, "names of": sqlNamesOf, "find barcode": sqlFindBarcode,
	"read words": goodsWords.read, "word used": goodsWords.used, "drop word": goodsWords.drop, "read names": customersWords.read, "name used": customersWords.used,
	"find SKU": sqlFindSKU, "find article": sqlFindArticle, "products of": sqlProductsOf, "due": sqlDue,
	"employee": sqlEmployee, "by tag": sqlEmployeesByTag, "group": sqlGroup,
	"customer": sqlCustomer, "by phone": sqlCustomerByPhone, "by card": sqlCustomerByCard, "list customers": sqlListCustomers,
	"customer row": sqlCustomerRow, "phone owner": sqlPhoneOwner, "card owner": sqlCardOwner,
	"find customers": sqlFindCustomers, "find customers both": sqlFindCustomersBoth, "find customer words": sqlFindCustomerWords, "find tail": sqlFindPhoneTail,
	"find phone": sqlFindPhone, "find card": sqlFindCard,
	"lots": sqlLots, "debts": sqlDebts, "history sales": sqlHistorySales, "history repayments": sqlHistoryRepayments,
	"history debts": sqlHistoryDebts, "history lots": sqlHistoryLots,
	"open cheque": sqlOpenCheque, "cheque": sqlCheque, "parked": sqlParkedCheques, "lines": sqlChequeLines,
	"tenders": sqlChequeTenders, "awaited": sqlAwaited, "awaited of": sqlAwaitedOf, "put awaited": sqlPutAwaited, "put line": sqlPutLine, "delete tender": sqlDeleteTender, "delete cheque": sqlDeleteCheque,
	"sale": sqlSale, "sale by n": sqlSaleByN, "last sale": sqlLastSale, "list sales": sqlListSales, "shift sales": sqlShiftSales,
	"top sale": sqlTopSale, "top of shifts": sqlTopOfShifts, "first number": sqlFirstNumber, "first numbers": sqlFirstNumbers, "sale lines": sqlSaleLines, "sale tenders": sqlSaleTenders, "override": sqlOverride, "overrides": sqlOverrides,
	"open shift": sqlOpenShift, "open shift id": sqlOpenShiftID, "shift": sqlShift, "last shift": sqlLastShift, "shifts": sqlShifts,
	"top shift": sqlTopShift, "shift head": sqlShiftHead, "shift tenders": sqlShiftTenders, "shift repaid": sqlShiftRepaid,
	"shift cash": sqlShiftCash, "shift counts": sqlShiftCounts,
	"challenge": sqlChallenge, "challenges of": sqlChallengesOf, "in flight": sqlInFlight, "consume": sqlConsume, "sends": sqlSendsTo,
	"ledger head": sqlLedgerHead, "put entry": sqlPutEntry, "balance": sqlBalance, "audit head": sqlAuditHead,
	"approval": sqlApproval, "approvals": sqlApprovals, "use approval": sqlUseApproval,
	"waiting": sqlWaiting, "outbox message": sqlOutboxByID, "acknowledge": sqlAcknowledge, "put aside": sqlPutAside, "take back": sqlTakeBack,
	"told of": sqlToldOf, "forget told": sqlForgetTold,
	"put event": sqlPutEvent, "events": sqlEvents, "events of": sqlEventsOf, "meta": sqlMeta,
	"by scale": sqlProductByScale, "products in": sqlProductsIn, "image used": sqlImageUsed, "scale owner": sqlScaleOwner,
	"price history": sqlPriceHistory, "rename goods": sqlRenameGoods, "stock doc": sqlStockDoc, "stock number": sqlTopStockNumber,
	"reversal": sqlReversalOf, "shelves": shelves.texts[4], "moved": sqlMoved, "moved end": sqlMovedEnd, "stock lines": sqlStockLines, "stock moves": sqlStockMoves, "put stock line": sqlPutStockLine,
}

// growing are the tables that get longer with every sale, product or customer.
var growing = strings.Fields(`products stock stock_moves barcodes customers lots lot_moves debts repayments repayment_parts
	cheques cheque_lines tenders sales sale_lines sale_tenders overrides approvals shifts cash_moves challenges awaited sends
	entries postings balances events outbox price_history stock_lines product_vocabulary customer_vocabulary`)

func TestQueries_NeverScanHistory(t *testing.T) {
	s, err := Open(context.Background(), Params{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for name, text := range tillQueries {
		err := s.View(context.Background(), func(x store.Tx) error {
			steps, err := plan(x.(*tx).Tx, text)
			for _, step := range steps {
				if problem := scans(text, step); problem != "" {
					t.Errorf("%s: %s\n%s", name, problem, strings.Join(steps, "\n"))
				}
			}
			return err
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestFindBoth_Merges: lists of hundreds of thousands are compared as they are
// read; copied or sorted first they would cost what plain SQL costs.
func TestFindBoth_Merges(t *testing.T) {
	s, err := Open(context.Background(), Params{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.View(context.Background(), func(x store.Tx) error {
		for _, text := range []string{sqlFindBoth, sqlFindCustomersBoth} {
			steps, err := plan(x.(*tx).Tx, text)
			if err != nil {
				return err
			}
			lists, _, _ := strings.Cut(strings.Join(steps, "\n"), "SCAN d")
			if !strings.Contains(lists, "MERGE (INTERSECT)") || strings.Contains(lists, "TEMP B-TREE") {
				t.Errorf("the lists are not walked side by side:\n%s", lists)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestScans_SeesAScan(t *testing.T) {
	s, err := Open(context.Background(), Params{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, text := range []string{
		"SELECT id FROM sales WHERE total = ?", "SELECT l.no FROM sale_lines l WHERE l.sum > ?",
		"SELECT id FROM sales WHERE shift = ? ORDER BY total LIMIT 1",
	} {
		err := s.View(context.Background(), func(x store.Tx) error {
			steps, err := plan(x.(*tx).Tx, text)
			found := ""
			for _, step := range steps {
				found += scans(text, step)
			}
			if found == "" {
				t.Errorf("nothing found in %q: %v", text, steps)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

func plan(x *sqlite.Tx, text string) (steps []string, err error) {
	args := make([]any, max(strings.Count(text, "?"), 1))
	for i := range args {
		args[i] = 1
	}
	err = x.Each("EXPLAIN QUERY PLAN "+text, args, func(r *sql.Rows) error {
		var id, parent, unused int64
		var step string
		err := r.Scan(&id, &parent, &unused, &step)
		steps = append(steps, step)
		return err
	})
	return steps, err
}

// scans tells what is wrong with a step of a plan, "" for nothing. Reading a
// table in the order asked for until LIMIT is no scan of it.
func scans(text, step string) string {
	if strings.Contains(step, "TEMP B-TREE FOR ORDER BY") && strings.Contains(text, "LIMIT") && !strings.Contains(text, "MATCH") {
		return "sorts everything to show a part"
	}
	table, ok := strings.CutPrefix(step, "SCAN ")
	if !ok {
		return ""
	}
	table, rest, _ := strings.Cut(table, " ")
	bounded := strings.Contains(text, "LIMIT") || strings.Contains(rest, "USING INDEX cheques_parked") ||
		strings.Contains(rest, "USING INDEX cheques_one_open") || strings.Contains(rest, "USING INDEX shifts_one_open")
	for _, g := range growing {
		if (table == g || len(table) == 1 && aliased(text, g, table)) && !bounded {
			return "scans " + g
		}
	}
	return ""
}

func aliased(text, table, alias string) bool {
	return strings.Contains(text, table+" "+alias+" ") || strings.Contains(text, table+" AS "+alias+" ")
}
