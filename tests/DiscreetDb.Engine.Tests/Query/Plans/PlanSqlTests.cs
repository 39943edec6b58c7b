using System.Text.RegularExpressions;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Plans;
using DiscreetDb.TestKit;

namespace DiscreetDb.EngineTests.Query.Plans;

public class PlanSqlTests
{
    [Fact]
    public void A_read_is_one_statement_with_bound_values() => Snapshot.Verify(Sql(
        """
        query {
          a: harbour.Boat(name = $n, length > 8, photo = $p, order_by(name asc), first 10, skip 5) { id name }
          b: harbour.Boat(verifying_key = $k, verifying_key != $k, verifying_key > $k, skip 3) { verifying_key _signature }
          c: harbour.Boat(papers->$.engine.kw >= 40, papers->0 = null, _entity = "harbour.Boat") { kw: papers->$.engine.kw _entity }
          d: harbour.Boat(rank > null) { rank: photo }
        }
        """));

    [Fact]
    public void Nested_reads_are_statements_that_bind_their_parents_row() => Snapshot.Verify(Sql(
        """
        query { harbour.Boat(nullable(sys_peer)) {
          name
          home { code sys_room { id } }
          owners(country != "FR", order_by(nick desc), first 2) { nick }
          sys_peer { name }
          fleet: sisters { n: count() }
        } }
        """));

    [Fact]
    public void Null_tests_of_relations_are_conditions() => Snapshot.Verify(Sql(
        """
        query {
          a: harbour.Boat(home = null, owners != null, sys_room = null, sys_peer != null) { name }
          b: harbour.Boat(sisters = null) { sisters(crew > 1) { name } }
        }
        """));

    [Fact]
    public void Keyset_paging_uses_row_values_where_one_direction_allows_it() => Snapshot.Verify(Sql(
        """
        query {
          up: harbour.Boat(order_by(mdate asc, id asc), after(1, $id), first 3) { id }
          down: harbour.Boat(order_by(mdate desc, id desc), after(1, $id), first 3) { id }
          before: harbour.Boat(order_by(mdate asc, id asc), before(1, $id)) { id }
          mixed: harbour.Boat(order_by(mdate desc, name asc, id asc), after(1, "a", $id)) { id }
          nullable_up: harbour.Boat(order_by(photo asc, id asc), after($photo, $id)) { id }
          nullable_down: harbour.Boat(order_by(photo desc, id asc), after($photo, $id)) { id }
          one: harbour.Boat(order_by(photo desc), after($photo)) { id }
        }
        """));

    [Fact]
    public void A_null_variable_has_its_own_plan() => Snapshot.Verify(Sql(
        """
        query {
          a: harbour.Boat(photo = $photo, order_by(photo asc, id asc), after($photo, $id)) { id }
          b: harbour.Boat(photo != $photo, order_by(photo desc, id asc), after($photo, $id)) { id }
          c: harbour.Boat(order_by(photo desc), before($photo)) { id }
          d: harbour.Boat(order_by(photo asc), before($photo)) { id }
        }
        """,
        isPhotoNull: true));

    [Fact]
    public void Groups_have_keys_having_and_order() => Snapshot.Verify(Sql(
        """
        query {
          a: harbour.Boat(n > 1, crew > 0, order_by(longest desc), after(3.5), first 2) { insured kw: papers->$.kw n: count() longest: max(length) mean: avg(crew) all: sum(crew) }
          b: harbour.Boat { n: count() }
          c: harbour.Boat(search("north wind")) { n: count() }
        }
        """));

    [Fact]
    public void A_search_joins_the_index_and_comes_by_rank() => Snapshot.Verify(Sql(
        """
        query {
          a: harbour.Boat(search($s), insured = true, first 20) { name owners(search("ann")) { nick } }
          b: harbour.Secret(search($s)) { note }
        }
        """));

    [Fact]
    public void No_text_of_a_query_reaches_sql()
    {
        const string Query =
            """
            query { alias1: harbour.Boat(name = "literal1", kw = "literal2", papers->$.path1.path2 = $variable1, search("literal3")) {
              alias2: name kw: papers->$.path3 alias3: owners(nick != "literal4", order_by(alias4 asc), after("literal5")) { alias4: nick } } }
            """;

        string sql = Sql(Query);

        Assert.All(
            Regex.Matches(Query, "(alias|literal|path|variable)[0-9]").Select(match => match.Value),
            word => Assert.DoesNotContain(word, sql, StringComparison.Ordinal));
    }

    private static string Sql(string query, bool isPhotoNull = false)
    {
        QueryOperation operation = QueryModels.ResolveAndRewrite(query);
        return PlanBuilder.Build(operation, operand =>
            isPhotoNull && operand is Operand.Variable variable && operation.Variables[variable.Slot].Name == "photo").ToString();
    }
}
