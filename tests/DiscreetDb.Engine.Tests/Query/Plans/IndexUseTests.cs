using DiscreetDb.Storage;

namespace DiscreetDb.EngineTests.Query.Plans;

public class IndexUseTests
{
    private const string Model =
        "shop { Product { sku: String, price: Float, stock: Integer nullable, day: Integer, maker: shop.Maker nullable, parts: [shop.Product] nullable, index(sku), index(stock, day) } Maker { name: String } }";

    [Theory]
    [InlineData("shop.Product(id = $id) { sku }", "SEARCH t USING INDEX", "id=?")]
    [InlineData("shop.Product(sku = \"a\") { price }", "shop.Product.$index.sku", "sku=?")]
    [InlineData("shop.Product(sku > \"a\", order_by(sku asc)) { price }", "shop.Product.$index.sku", "sku>?")]
    [InlineData("shop.Product(order_by(sku desc, id desc), first 10) { price }", "shop.Product.$index.sku", "SCAN t")]
    [InlineData("shop.Product(order_by(sku asc), after(\"a\"), first 10) { price }", "shop.Product.$index.sku", "sku>?")]
    [InlineData("shop.Product(order_by(sku asc, id asc), after(\"a\", $id), first 10) { price }", "shop.Product.$index.sku", "(sku,id)>(?,?)")]
    [InlineData("shop.Product(order_by(sku desc, id desc), after(\"a\", $id), first 10) { price }", "shop.Product.$index.sku", "(sku,id)<(?,?)")]
    [InlineData("shop.Product(stock = $stock, order_by(day asc)) { price }", "shop.Product.$index.stock,day", "stock=?")]
    [InlineData("shop.Product(stock = null, order_by(day asc)) { price }", "shop.Product.$index.stock,day", "stock=?")]
    [InlineData("shop.Product(stock = 3, day >= 2, order_by(day asc)) { price }", "shop.Product.$index.stock,day", "stock=? AND day>?")]
    [InlineData("shop.Product(order_by(mdate asc, id asc), first 10) { price }", "shop.Product.$mdate", "SCAN t")]
    [InlineData("shop.Product(order_by(mdate asc, id asc), after(1, $id), first 10) { price }", "shop.Product.$mdate", "(mdate,id)>(?,?)")]
    [InlineData("shop.Product(order_by(mdate asc, id asc), before(1, $id), first 10) { price }", "shop.Product.$mdate", "(mdate,id)<(?,?)")]
    [InlineData("shop.Product(mdate > 5, order_by(mdate asc)) { price }", "shop.Product.$mdate", "mdate>?")]
    [InlineData("shop.Product(room_id = $room, order_by(mdate asc, id asc), after(1, $id), first 10) { price }", "shop.Product.$room", "room_id=? AND (mdate,id)>(?,?)")]
    [InlineData("shop.Product(room_id = $room, order_by(mdate desc, id desc), first 10) { price }", "shop.Product.$room", "room_id=?")]
    [InlineData("shop.Product(room_id = null, order_by(mdate asc), first 10) { price }", "shop.Product.$room", "room_id=?")]
    [InlineData("shop.Product(first 10) { price }", "SCAN t USING INDEX", "")]
    [InlineData("shop.Product { n: count() }", "COVERING INDEX", "")]
    public void A_filter_or_order_on_an_indexed_prefix_uses_the_index_and_sorts_nothing(string root, string index, string constraint)
    {
        string steps = ExplainQueryPlan($"query {{ {root} }}", new() { ["id"] = Uid.Zero, ["stock"] = 3, ["room"] = Uid.Zero });

        Assert.Contains(index, steps, StringComparison.Ordinal);
        Assert.Contains(constraint, steps, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", steps, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop.Product(first 10) { maker { name } }", "SEARCH t USING INDEX sqlite_autoindex_shop.Maker_1 (id=?)")]
    [InlineData("shop.Product(first 10) { parts { sku } }", "SEARCH l USING PRIMARY KEY (src=?)")]
    [InlineData("shop.Product(first 10) { parts { n: count() } }", "SEARCH l USING PRIMARY KEY (src=?)")]
    [InlineData("shop.Product(parts = null, first 10) { sku }", "SEARCH l1 USING PRIMARY KEY (src=?)")]
    [InlineData("shop.Product(first 10) { sys_peer { name } }", "SEARCH c1 USING INDEX sys.Peer.$index.pub_key (pub_key=?)")]
    public void What_is_nested_is_looked_up(string root, string step)
    {
        string steps = ExplainQueryPlan($"query {{ {root} }}", new());

        Assert.Contains(step, steps, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", steps, StringComparison.Ordinal);
    }

    private static string ExplainQueryPlan(string query, Parameters parameters)
    {
        using QueryDatabase database = new(Model);
        string explained = database.Explain(query, parameters);
        using ReadTransaction snapshot = database.Readers.Begin(CancellationToken.None);
        List<string> steps = [];
        foreach (string line in explained.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith('S')))
        {
            using Statement statement = snapshot.Connection.Prepare("EXPLAIN QUERY PLAN " + line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            while (statement.Step())
            {
                steps.Add(System.Text.Encoding.UTF8.GetString(statement.GetText(3)));
            }
        }

        return string.Join('\n', steps);
    }
}
