using System.Text.Json;

namespace DiscreetDb.EngineTests.Query;

public class QueryAnswerTests
{
    private const string Model = HarbourModel.Text;

    [Fact]
    public void The_answer_is_one_object_with_an_array_per_root()
    {
        using QueryDatabase database = new(Model);
        database.Insert("mutate { b: harbour.Boat { name: \"Borea\" length: 11 home: { code: \"S1\" } } a: harbour.Boat { name: \"Aria\" length: 7.5 home: { code: \"N4\" } } }");

        Assert.Equal(
            "{\n\"b\":[{\"name\":\"Aria\",\"length\":7.5,\"home\":{\"code\":\"N4\"}},{\"name\":\"Borea\",\"length\":11.0,\"home\":{\"code\":\"S1\"}}],\n\"Memo\":[]\n}",
            database.Ask("query { b: harbour.Boat(order_by(name asc)) { name length home { code } } Memo { text } }"));
    }

    [Fact]
    public void The_key_of_a_root_is_the_entity_as_typed()
    {
        using QueryDatabase database = new(Model);

        Assert.Equal("{\n\"HARBOUR.Boat\":[]\n}", database.Ask("query { HARBOUR.Boat { name } }"));
    }

    [Fact]
    public void Every_type_has_its_form()
    {
        using QueryDatabase database = new(Model);
        Uid id = database.Insert(
            "mutate { b: harbour.Boat { name: $name length: 0.1 crew: -7 insured: false papers: $papers photo: \"AQID\" _binary: \"_w\" } }",
            new() { ["name"] = "a\"\\\n\u0001é", ["papers"] = "{\"a\": 1.50, \"b\": [true, null]}" })["b"];

        string answer = database.AskOne(
            "query { harbour.Boat { id name length crew insured papers photo room_id cdate mdate verifying_key _signature _entity _binary } }");

        using JsonDocument json = JsonDocument.Parse(answer);
        JsonElement row = json.RootElement[0];
        Assert.Equal(id.ToString(), row.GetProperty("id").GetString());
        Assert.Equal("a\"\\\n\u0001é", row.GetProperty("name").GetString());
        Assert.Equal("0.1", row.GetProperty("length").GetRawText());
        Assert.Equal("-7", row.GetProperty("crew").GetRawText());
        Assert.Equal("false", row.GetProperty("insured").GetRawText());
        Assert.Equal("{\"a\":1.50,\"b\":[true,null]}", row.GetProperty("papers").GetRawText());
        Assert.Equal("AQID", row.GetProperty("photo").GetString());
        Assert.Equal("null", row.GetProperty("room_id").GetRawText());
        Assert.Equal(row.GetProperty("cdate").GetRawText(), row.GetProperty("mdate").GetRawText());
        Assert.Equal(Base64Url.Encode(QueryDatabase.Author), row.GetProperty("verifying_key").GetString());
        Assert.Equal("SIGNATURE", System.Text.Encoding.ASCII.GetString(Base64Url.Decode(row.GetProperty("_signature").GetString()!)));
        Assert.Equal("harbour.Boat", row.GetProperty("_entity").GetString());
        Assert.Equal("_w", row.GetProperty("_binary").GetString());
    }

    [Fact]
    public void The_own_scalars_as_json_are_the_same_text_in_an_answer_and_in_a_filter()
    {
        using QueryDatabase database = new(Model);
        database.Insert(
            "mutate { a: harbour.Boat { name: $name length: 1.5 papers: \"{\\\"k\\\":[1]}\" photo: \"AQID\" } b: harbour.Boat { name: \"other\" } }",
            new() { ["name"] = "a\"b\n" });
        string expected = "{\"name\":\"a\\\"b\\n\",\"length\":1.5,\"crew\":1,\"insured\":true,\"papers\":{\"k\":[1]},\"photo\":\"AQID\"}";

        using JsonDocument json = JsonDocument.Parse(database.AskOne("query { harbour.Boat(_json = $json) { _json } }", new() { ["json"] = expected }));

        Assert.Equal(expected, json.RootElement[0].GetProperty("_json").GetString());
        Assert.Equal("[{\"n\":1,\"crew\":1}]", database.AskOne("query { harbour.Boat(text = $json) { n: count() text: _json crew } }", new() { ["json"] = expected })
            .Replace($"\"text\":{JsonSerializer.Serialize(expected, Relaxed)},", "", StringComparison.Ordinal));
    }

    [Fact]
    public void System_fields_are_filtered_ordered_and_grouped_at_every_level()
    {
        using QueryDatabase database = new(Model);
        database.Insert("mutate { a: harbour.Boat { name: \"a\" owners: [{ nick: \"x\" }, { nick: \"y\" }] } }");
        Parameters parameters = new() { ["key"] = QueryDatabase.Author };

        Assert.Equal(
            "[{\"owners\":[{\"nick\":\"y\"},{\"nick\":\"x\"}]}]",
            database.AskOne(
                "query { harbour.Boat(verifying_key = $key, _entity = \"harbour.Boat\") { owners(verifying_key = $key, _signature != \"AAAA\", order_by(_entity asc, cdate asc, id desc)) { nick } } }",
                parameters));
        Assert.Equal(
            $"[{{\"verifying_key\":\"{Base64Url.Encode(QueryDatabase.Author)}\",\"_entity\":\"harbour.Owner\",\"n\":2}}]",
            database.AskOne("query { harbour.Owner { verifying_key _entity n: count() } }"));
        Assert.Equal("[]", database.AskOne("query { harbour.Owner(verifying_key != $key) { nick } }", parameters));
        Assert.Equal("[{\"n\":2}]", database.AskOne("query { harbour.Owner(verifying_key != \"AAAA\") { n: count() } }"));
    }

    [Fact]
    public void The_peer_of_a_row_is_the_peer_row_its_user_made()
    {
        using QueryDatabase database = new(Model);
        database.Insert("mutate { a: Memo { text: \"t\" } forged: sys.Peer { pub_key: \"AAAA\" name: \"mallory\" } }");

        Assert.Equal("[{\"sys_peer\":{\"name\":\"anonymous\"}}]", database.AskOne("query { Memo { sys_peer { name } } }"));
        Assert.Equal("[]", database.AskOne("query { Memo { sys_room { id } } }"));
    }

    [Theory]
    [InlineData("query { harbour.Boat(order_by(name asc)) { name home { code } } }", "[{\"name\":\"a\",\"home\":{\"code\":\"N\"}}]")]
    [InlineData("query { harbour.Boat(order_by(name asc), nullable(home)) { name home { code } } }", "[{\"name\":\"a\",\"home\":{\"code\":\"N\"}},{\"name\":\"b\",\"home\":null},{\"name\":\"c\",\"home\":null}]")]
    [InlineData("query { harbour.Boat(order_by(name asc), home = null, nullable(home)) { name home { code } } }", "[{\"name\":\"b\",\"home\":null},{\"name\":\"c\",\"home\":null}]")]
    [InlineData("query { harbour.Boat(order_by(name asc), home = null) { name home { code } } }", "[]")]
    [InlineData("query { harbour.Boat(order_by(name asc), home = null) { name } }", "[{\"name\":\"b\"},{\"name\":\"c\"}]")]
    [InlineData("query { harbour.Boat(order_by(name asc), sisters = null) { name } }", "[{\"name\":\"b\"},{\"name\":\"c\"}]")]
    [InlineData("query { harbour.Boat(order_by(name asc), sisters != null) { name sisters(order_by(name asc)) { name } } }", "[{\"name\":\"a\",\"sisters\":[{\"name\":\"b\"},{\"name\":\"c\"}]}]")]
    [InlineData("query { harbour.Boat(order_by(name asc), sisters != null) { name sisters(name = \"x\") { name } } }", "[]")]
    [InlineData("query { harbour.Boat(order_by(name asc), sisters = null) { name sisters(name = \"x\") { name } } }", "[{\"name\":\"a\",\"sisters\":[]},{\"name\":\"b\",\"sisters\":[]},{\"name\":\"c\",\"sisters\":[]}]")]
    [InlineData("query { harbour.Boat(order_by(name asc), sisters = null) { name sisters(skip 1) { name } } }", "[{\"name\":\"b\",\"sisters\":[]},{\"name\":\"c\",\"sisters\":[]}]")]
    [InlineData("query { harbour.Boat(order_by(name asc), sisters = null) { name sisters(skip 2) { name } } }", "[{\"name\":\"a\",\"sisters\":[]},{\"name\":\"b\",\"sisters\":[]},{\"name\":\"c\",\"sisters\":[]}]")]
    [InlineData("query { harbour.Boat(sisters = null, sisters != null) { sisters { name } } }", "[]")]
    [InlineData("query { harbour.Boat(order_by(name desc), first 1) { name sisters(order_by(name asc), skip 1) { name } } }", "[{\"name\":\"c\",\"sisters\":[]}]")]
    [InlineData("query { harbour.Boat(order_by(name asc), first 1, s != null) { s: sisters(order_by(name asc), skip 1) { name } } }", "[{\"s\":[{\"name\":\"c\"}]}]")]
    [InlineData("query { harbour.Boat(order_by(name asc), first 1, skip 1, s != null) { s: sisters(order_by(name asc), skip 1) { name } } }", "[]")]
    [InlineData("query { harbour.Boat(order_by(name asc), first 1) { name fleet: sisters { n: count() } } }", "[{\"name\":\"a\",\"fleet\":[{\"n\":2}]}]")]
    [InlineData("query { harbour.Boat(order_by(name asc), skip 2) { name fleet: sisters { n: count() } home { n: count() } } }", "[{\"name\":\"c\",\"fleet\":[{\"n\":0}],\"home\":{\"n\":0}}]")]
    public void Relations_decide_about_their_parents(string query, string expected)
    {
        using QueryDatabase database = new(Model);
        database.Insert("mutate { a: harbour.Boat { name: \"a\" home: { code: \"N\" } sisters: [{ name: \"b\" }, { name: \"c\" }] } }");

        Assert.Equal(expected, database.AskOne(query));
    }

    [Fact]
    public void A_parent_dropped_while_writing_counts_neither_for_first_nor_for_skip()
    {
        using QueryDatabase database = new("t { A { n: Integer, bs: [t.B] } B { n: Integer, cs: [t.C] } C { n: Integer } }");
        database.Insert(
            "mutate { " + string.Join(' ', Enumerable.Range(1, 6).Select(n =>
                $"a{n}: t.A {{ n: {n} bs: [{{ n: {n} {(n % 2 == 0 ? "cs: [{ n: 1 }]" : "")} }}] }}")) + " }");

        Assert.Equal("[{\"n\":4}]", Strip(database.AskOne("query { t.A(order_by(n asc), skip 1, first 1) { n bs { cs { n } } } }")));
        Assert.Equal("[{\"n\":2},{\"n\":4}]", Strip(database.AskOne("query { t.A(order_by(n asc), first $f) { n bs { cs { n } } } }", new() { ["f"] = 2 })));
        Assert.Equal("[{\"n\":2},{\"n\":4},{\"n\":6}]", Strip(database.AskOne("query { t.A(order_by(n asc), first $f) { n bs { cs { n } } } }", new() { ["f"] = 0 })));
        Assert.Equal("[{\"n\":6}]", Strip(database.AskOne("query { t.A(order_by(n asc), skip $s) { n bs { cs { n } } } }", new() { ["s"] = 2 })));

        static string Strip(string answer) => answer.Replace(",\"bs\":[{\"cs\":[{\"n\":1}]}]", "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_is_not_there_counts_as_absent()
    {
        using QueryDatabase database = new(Model);
        database.Insert("mutate { a: harbour.Boat { name: \"a\" home: { code: \"N\" } owners: [{ nick: \"x\" }] } }");
        database.Write(connection => connection.Execute("DELETE FROM \"harbour.Berth\"; DELETE FROM \"harbour.Owner\""));

        Assert.Equal("[]", database.AskOne("query { harbour.Boat { home { code } } }"));
        Assert.Equal("[{\"home\":null,\"owners\":[]}]", database.AskOne("query { harbour.Boat(nullable(home, owners)) { home { code } owners { nick } } }"));
        Assert.Equal("[{\"name\":\"a\"}]", database.AskOne("query { harbour.Boat(home = null, owners = null) { name } }"));
    }

    [Fact]
    public void Selectors_take_scalars_in_filters_and_render_values()
    {
        using QueryDatabase database = new("k { Doc { n: Integer, j: Json nullable } }");
        int n = 0;
        foreach (string? json in new[] { "{\"v\":true}", "{\"v\":1}", "{\"v\":\"1\"}", "{\"v\":null}", "{}", "{\"v\":[1,2]}", "{\"v\":{\"a\":1}}", "{\"v\":0.5}", null, "[5,[6]]" })
        {
            database.Insert("mutate { k.Doc { n: $n j: $j } }", new() { ["n"] = n++, ["j"] = json });
        }

        Assert.Equal("[{\"n\":0},{\"n\":1}]", database.AskOne("query { k.Doc(j->$.v = true) { n } }"));
        Assert.Equal("[{\"n\":2}]", database.AskOne("query { k.Doc(j->$.v = $v) { n } }", new() { ["v"] = "1" }));
        Assert.Equal("[{\"n\":3},{\"n\":4},{\"n\":8},{\"n\":9}]", database.AskOne("query { k.Doc(j->$.v = $v) { n } }", new() { ["v"] = null }));
        Assert.Equal("[{\"n\":5}]", database.AskOne("query { k.Doc(j->$.v = \"[1,2]\") { n } }"));
        Assert.Equal("[{\"n\":9}]", database.AskOne("query { k.Doc(j->0 = 5) { n } }"));
        Assert.Equal(
            "[{\"v\":true},{\"v\":1},{\"v\":\"1\"},{\"v\":null},{\"v\":null},{\"v\":[1,2]},{\"v\":{\"a\":1}},{\"v\":0.5},{\"v\":null},{\"v\":null}]",
            database.AskOne("query { k.Doc { v: j->$.v } }"));
        Assert.Equal("[{\"a\":[6],\"b\":5,\"c\":null,\"d\":[5,[6]]}]", database.AskOne("query { k.Doc(n = 9) { a: j->1 b: j->0 c: j->99999999999 d: j->$ } }"));
        Assert.Equal(
            "[{\"n\":3},{\"n\":4},{\"n\":8},{\"n\":9},{\"n\":7},{\"n\":0},{\"n\":1},{\"n\":2},{\"n\":5},{\"n\":6}]",
            OnlyNumbers(database.AskOne("query { k.Doc(order_by(v asc)) { n v: j->$.v } }")));
        Assert.Equal(
            "[{\"v\":null,\"c\":4},{\"v\":0.5,\"c\":1},{\"v\":1,\"c\":2},{\"v\":\"1\",\"c\":1},{\"v\":[1,2],\"c\":1},{\"v\":{\"a\":1},\"c\":1}]",
            database.AskOne("query { k.Doc { v: j->$.v c: count() } }"));

        static string OnlyNumbers(string answer)
        {
            using JsonDocument json = JsonDocument.Parse(answer);
            return $"[{string.Join(',', json.RootElement.EnumerateArray().Select(row => $"{{\"n\":{row.GetProperty("n")}}}"))}]";
        }
    }

    [Fact]
    public void A_variable_of_bytes_is_the_text_it_came_as_beside_a_selector()
    {
        using QueryDatabase database = new("k { Doc { n: Integer, j: Json, key: Base64 } }");
        database.Insert("mutate { k.Doc { n: 1 j: \"{\\\"key\\\":\\\"QUJD\\\"}\" key: \"QUJD\" } }");

        Assert.Equal("[{\"n\":1}]", database.AskOne("query { k.Doc(key = $k, j->$.key = $k) { n } }", new() { ["k"] = "QUJD" }));
    }

    [Theory]
    [InlineData("query { k.N { c: count() s: sum(i) a: avg(i) lo: min(i) hi: max(i) } }", "[{\"c\":4,\"s\":19.0,\"a\":4.75,\"lo\":-1,\"hi\":10}]")]
    [InlineData("query { k.N(i > 100) { c: count() s: sum(i) a: avg(i) lo: min(i) hi: max(t) } }", "[{\"c\":0,\"s\":0.0,\"a\":null,\"lo\":null,\"hi\":null}]")]
    [InlineData("query { k.N(i > 100) { t c: count() } }", "[]")]
    [InlineData("query { k.N { b c: count() } }", "[{\"b\":false,\"c\":1},{\"b\":true,\"c\":3}]")]
    [InlineData("query { k.N(order_by(c desc)) { b c: count() } }", "[{\"b\":true,\"c\":3},{\"b\":false,\"c\":1}]")]
    [InlineData("query { k.N(c > 1) { b c: count() } }", "[{\"b\":true,\"c\":3}]")]
    [InlineData("query { k.N(c > 4) { c: count() } }", "[]")]
    [InlineData("query { k.N(order_by(t asc), after($t)) { t c: count() } }", "[{\"t\":\"x\",\"c\":2},{\"t\":\"y\",\"c\":1}]")]
    [InlineData("query { k.N(order_by(t desc), before($t)) { t c: count() } }", "[{\"t\":\"y\",\"c\":1},{\"t\":\"x\",\"c\":2}]")]
    [InlineData("query { k.N(order_by(t desc), first 1, skip 1) { t c: count() } }", "[{\"t\":\"x\",\"c\":2}]")]
    [InlineData("query { k.N { lo: min(b) hi: max(b) last: max(x) } }", "[{\"lo\":false,\"hi\":true,\"last\":\"_w\"}]")]
    [InlineData("query { k.N { m: max(f) s: sum(f) } }", "[{\"m\":2.5,\"s\":3.0}]")]
    public void Aggregates_act_on_groups(string query, string expected)
    {
        using QueryDatabase database = new("k { N { i: Integer, t: String nullable, b: Boolean default true, f: Float default 0.5, x: Base64 nullable } }");
        database.Insert("mutate { a: k.N { i: 9 t: \"x\" f: 2.5 x: \"_w\" } b: k.N { i: 10 t: \"x\" b: false f: -0.5 } c: k.N { i: 1 t: \"y\" x: \"AA\" } d: k.N { i: -1 } }");

        string actual = database.AskOne(query, query.Contains("$t", StringComparison.Ordinal) ? new() { ["t"] = null } : null);

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void A_null_is_the_lowest_value_in_pages_of_every_direction()
    {
        using QueryDatabase database = new("k { N { i: Integer nullable, t: String } }");
        string[] values = ["null", "null", "1", "2", "2", "null", "3"];
        database.Insert("mutate { " + string.Join(' ', values.Select((value, n) => $"r{n}: k.N {{ i: {value} t: \"{(char)('a' + n)}\" }}")) + " }");

        foreach (string i in new[] { "asc", "desc" })
        {
            foreach (string t in new[] { "asc", "desc" })
            {
                AssertPages(database, i, t);
            }
        }
    }

    [Fact]
    public void Two_hundred_fields_and_thirty_two_levels_work()
    {
        string fields = string.Join(", ", Enumerable.Range(0, 200).Select(n => $"f{n}: Integer default {n}"));
        using QueryDatabase database = new($"w {{ Wide {{ {fields}, next: w.Wide, all: [w.Wide] }} }}");
        string chain = "{ f0: 0 }";
        for (int level = 1; level < 32; level++)
        {
            chain = $"{{ f0: {level} next: {chain} }}";
        }

        database.Insert($"mutate {{ w.Wide {chain} }}");
        database.Write(connection => connection.Execute("INSERT INTO \"w.Wide.all\" (src, dest, \"$commit\") SELECT id, next, 1 FROM \"w.Wide\" WHERE next IS NOT NULL"));
        string wide = string.Join(' ', Enumerable.Range(1, 199).Select(n => $"f{n}"));
        string singles = "f0";
        string lists = "f0";
        for (int level = 0; level < 31; level++)
        {
            singles = $"f0 next(f0 >= 0, room_id = null) {{ {singles} }}";
            lists = $"f0 all(f0 >= 0, order_by(f0 asc)) {{ {lists} }}";
        }

        Assert.Equal(199, JsonDocument.Parse(database.AskOne($"query {{ w.Wide(f0 = 31) {{ {wide} }} }}")).RootElement[0].EnumerateObject().Count());
        Assert.Equal(32, Depth(database.AskOne($"query {{ w.Wide {{ {singles} }} }}")));
        Assert.Equal(32, Depth(database.AskOne($"query {{ w.Wide(first 1) {{ {lists} }} }}")));

        static int Depth(string answer) => answer.Split("\"f0\"").Length - 1;
    }

    [Fact]
    public void An_answer_beyond_its_limit_is_refused()
    {
        using QueryDatabase database = new("k { T { t: String } }");
        Uid id = database.Insert("mutate { k.T { t: $t } }", new() { ["t"] = new string('x', 200_000) })["k.T"];
        string items = string.Join(' ', Enumerable.Range(0, 400).Select(n => $"a{n}: t"));

        DiscreetException error = Assert.Throws<DiscreetException>(() => database.Ask($"query {{ k.T(id = $id) {{ {items} }} }}", new() { ["id"] = id }));

        Assert.Equal(ErrorCode.AnswerTooLarge, error.Code);
    }

    [Fact]
    public void A_cancelled_query_stops()
    {
        using QueryDatabase database = new(Model);
        using CancellationTokenSource source = new();
        source.Cancel();

        Exception? thrown = Record.Exception(() => database.Pipeline.Run("query { Memo { text } }", null, source.Token));

        Assert.True(thrown is OperationCanceledException or DiscreetException { Code: ErrorCode.Cancelled });
    }

    private static void AssertPages(QueryDatabase database, string i, string t)
    {
        string order = $"order_by(i {i}, t {t})";
        string[] all = [.. Rows(database.AskOne($"query {{ k.N({order}) {{ i t }} }}"))];
        for (int position = 0; position < all.Length; position++)
        {
            using JsonDocument row = JsonDocument.Parse(all[position]);
            JsonElement key = row.RootElement.GetProperty("i");
            Parameters values = new()
            {
                ["i"] = key.ValueKind == JsonValueKind.Null ? null : key.GetInt64(),
                ["t"] = row.RootElement.GetProperty("t").GetString(),
            };

            Assert.Equal(all[(position + 1)..], Rows(database.AskOne($"query {{ k.N({order}, after($i, $t)) {{ i t }} }}", values)));
            Assert.Equal(all[..position], Rows(database.AskOne($"query {{ k.N({order}, before($i, $t)) {{ i t }} }}", values)));
        }
    }

    private static IEnumerable<string> Rows(string answer)
    {
        using JsonDocument json = JsonDocument.Parse(answer);
        return [.. json.RootElement.EnumerateArray().Select(row => row.GetRawText())];
    }

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
